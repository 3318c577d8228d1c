// Reads events strictly: one that is misread could make a worker look for its run on the wrong
// database.
#include "aws/worker_event.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "base/text.h"

namespace rolecall {
namespace json = boost::json;
namespace {

std::unexpected<Error> NoSuchEvent(std::string_view what) {
  return Fail(Errc::kInvalidInput, fmt::format("the event {}", what));
}

Result<std::int64_t> IdIn(const json::object& event, std::string_view name) {
  const json::value* value = event.if_contains(name);
  if (value == nullptr) return NoSuchEvent(fmt::format("has no {}", name));
  const std::int64_t* number = value->if_int64();
  if (number == nullptr || *number < 1)
    return NoSuchEvent(fmt::format("must have a whole number from 1 up as its {}", name));
  return *number;
}

}  // namespace

Result<WorkerEvent> ReadWorkerEvent(std::string_view text) {
  boost::system::error_code failure;
  const json::value parsed = json::parse(text, failure);
  if (failure) return NoSuchEvent("is no JSON");
  const json::object* event = parsed.if_object();
  if (event == nullptr) return NoSuchEvent("is no JSON object");
  if (const json::value* scheduled = event->if_contains("scheduled")) {
    if (!scheduled->is_bool() || !scheduled->get_bool())
      return NoSuchEvent("must have true as its scheduled, or none");
    return ScheduledEvent{};
  }
  RunEvent read;
  TRY(read.run_id, IdIn(*event, "run_id"));
  TRY(read.user_id, IdIn(*event, "user_id"));
  const json::value* use_test_db = event->if_contains("use_test_db");
  if (use_test_db == nullptr) return NoSuchEvent("has no use_test_db");
  if (!use_test_db->is_bool()) return NoSuchEvent("must have true or false as its use_test_db");
  read.use_test_db = use_test_db->get_bool();
  if (const json::value* key = event->if_contains("run_key"); key != nullptr && !key->is_null()) {
    if (!key->is_string()) return NoSuchEvent("must have text as its run_key, or none");
    read.run_key = std::string(key->get_string());
  }
  if (const json::value* chain = event->if_contains("chain");
      chain != nullptr && !chain->is_null()) {
    const std::int64_t* number = chain->if_int64();
    if (number == nullptr || *number < 0 || *number > kLongestChain)
      return NoSuchEvent(
          fmt::format("must have a whole number from 0 to {} as its chain", kLongestChain));
    read.chain = static_cast<int>(*number);
  }
  return read;
}

std::string JsonOf(const RunEvent& event) {
  json::object shown{{"run_id", event.run_id},
                     {"user_id", event.user_id},
                     {"use_test_db", event.use_test_db},
                     {"chain", event.chain}};
  if (event.run_key) shown["run_key"] = *event.run_key;
  return json::serialize(shown);
}

}  // namespace rolecall
