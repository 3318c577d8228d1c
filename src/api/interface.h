// The parts of the interface over one database, as members in the order in which they start.
#pragma once

#include <functional>
#include <stop_token>
#include <string>

#include "api/handler.h"
#include "api/line_source.h"
#include "api/metrics.h"
#include "api/readiness.h"
#include "api/watching/feeds.h"
#include "auth/sign_in.h"
#include "boards/board_registry.h"
#include "run/run_events.h"
#include "store/search/kept_index.h"
#include "streams/streams.h"

namespace rolecall {

struct InterfaceSettings {
  ApiSettings api;
  SignInSettings sign_in;
  std::string disk_folder;  // whose disk has to have room
  std::string worker_function{};
  FeedSettings feeds{};
  KeptIndex* index = nullptr;  // null: there is none, and words are looked for one by one
};

class Interface {
 public:
  // All that is handed in outlives this. `clock` is the database's. `lines`: null where they are
  // read from the table.
  Interface(Database& database, const BoardRegistry& kinds, Fetcher& fetcher, Clock clock,
            Metrics& metrics, InterfaceSettings settings, LineSource* lines = nullptr)
      : database_(database),
        metrics_(metrics),
        settings_(std::move(settings.api)),
        index_(settings.index),
        table_of_lines_(database),
        lines_(lines != nullptr ? *lines : table_of_lines_),
        events_(database),
        streams_({}),
        feeds_(database, kinds, lines_, events_, streams_, std::move(clock), settings.feeds),
        sign_in_(database, fetcher, std::move(settings.sign_in)),
        readiness_(database, std::move(settings.disk_folder), std::move(settings.worker_function)) {
  }

  const ApiSettings& settings() const { return settings_; }
  RunEvents& events() { return events_; }
  Streams& streams() { return streams_; }
  SignIn& sign_in() { return sign_in_; }

  // What handlers work with. `tools` outlive them; the rest as ApiParts has it.
  ApiParts PartsWith(const WorkTools& tools, std::function<void()> wake,
                     std::function<Result<void>(const RunOfUser&)> launch, std::stop_token stop) {
    return {.database = database_,
            .tools = tools,
            .settings = settings_,
            .sign_in = sign_in_,
            .feeds = feeds_,
            .lines = lines_,
            .streams = streams_,
            .metrics = metrics_,
            .readiness = readiness_,
            .index = index_,
            .wake = std::move(wake),
            .launch = std::move(launch),
            .stop = std::move(stop)};
  }

 private:
  Database& database_;
  Metrics& metrics_;
  const ApiSettings settings_;
  KeptIndex* const index_;
  TableOfLines table_of_lines_;
  LineSource& lines_;
  RunEvents events_;
  Streams streams_;
  Feeds feeds_;
  SignIn sign_in_;
  Readiness readiness_;
};

}  // namespace rolecall
