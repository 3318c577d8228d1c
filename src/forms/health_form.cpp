// Judges by the latest of what is known.
#include "forms/health_form.h"

#include "forms/or_null.h"

namespace rolecall {
namespace json = boost::json;

std::string_view Name(HealthState state) {
  switch (state) {
    case HealthState::kOk:
      return "ok";
    case HealthState::kWholeButFor:
      return "whole_but_for";
    case HealthState::kPartial:
      return "partial";
    case HealthState::kFailing:
      return "failing";
    case HealthState::kUnverified:
      return "unverified";
    case HealthState::kUnread:
      return "unread";
  }
  std::unreachable();
}

HealthForm HealthOf(bool zero_proves_nothing, const BoardHealth& health) {
  if (!health.not_read.empty())
    return {.state = HealthState::kFailing, .since = health.not_read_at, .why = health.not_read};
  if (health.latest == "failed")
    return {.state = HealthState::kFailing, .since = health.failing_since, .why = health.trouble};
  if (health.but_for && health.latest_is_whole)
    return {.state = HealthState::kWholeButFor,
            .since = health.but_for_since,
            .why = health.but_for_what};
  if (health.latest == "partial")
    return {.state = HealthState::kPartial, .since = health.failing_since, .why = health.trouble};
  if (!health.confirmed_at) return {};
  if (zero_proves_nothing && !health.ever_listed)
    return {.state = HealthState::kUnverified,
            .since = health.confirmed_at,
            .why = "it lists nothing, as this vendor says of any name"};
  return {.state = HealthState::kOk, .since = health.confirmed_at, .why = {}};
}

json::object HealthJson(const HealthForm& form, const BoardHealth& health) {
  return {{"state", Name(form.state)},
          {"since", TimeOrNull(form.since)},
          {"why", TextOrNull(form.why)},
          {"whole_but_for", health.but_for ? json::value(*health.but_for) : json::value()},
          {"last_complete_at", TimeOrNull(health.confirmed_at)},
          {"sizes", json::value_from(health.sizes)}};
}

}  // namespace rolecall
