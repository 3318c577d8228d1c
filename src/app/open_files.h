// How many files, sockets among them, the process may have open, and how connections share them
// with databases, logs and the web.
#pragma once

#include <cstddef>

namespace rolecall {

// Raises the process's soft limit of open files to its hard one, where the system lets it. Returns
// the soft limit as it is then. Before threads start.
std::size_t RaiseOpenFiles();

struct ConnectionCaps {
  std::size_t in_all;
  std::size_t an_address;  // at most half of all
};

// For a process that may have so many files open: 256 are left for the rest of it, or half of them
// where they are fewer than 512; 16 connections are allowed whatever the limit.
ConnectionCaps ConnectionsUnder(std::size_t open_files);

}  // namespace rolecall
