// A worker's name: which process on which machine holds a lease, so that its death can be seen.
#pragma once

#include <string>
#include <string_view>

namespace rolecall {

// A name for a worker of this process, another at each call:
// HOST/BOOT/PID NAMESPACE/PID/START TIME/NUMBER.
std::string NewWorkerName();

// For a process whose surroundings may look like those of others elsewhere: nobody takes it for
// dead before its leases lapse.
std::string NewRemoteWorkerName();

// Whether the worker was a process of this host, boot and namespace that lives no more. False
// wherever that cannot be known: its lease has to lapse then.
bool IsDead(std::string_view worker);

}  // namespace rolecall
