// Counts what the program does, and writes it as Prometheus reads it. Counters live here; what the
// database or a queue knows is asked for at each reading.
#include "api/metrics.h"

#include <fmt/format.h>
#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <functional>
#include <map>
#include <mutex>
#include <tuple>

#include "base/guarded.h"

namespace rolecall {
namespace {

using prometheus::BuildCounter;
using prometheus::BuildGauge;
using prometheus::BuildHistogram;

// Seconds, from a page of the cache to a slow reader.
const prometheus::Histogram::BucketBoundaries kSeconds{0.0005, 0.002, 0.01, 0.05, 0.25, 1, 5, 30};

}  // namespace

class Metrics::Impl {
 public:
  explicit Impl(const std::string& version)
      : requests_(BuildCounter()
                      .Name("rolecall_requests_total")
                      .Help("Requests answered.")
                      .Register(registry_)),
        request_seconds_(BuildHistogram()
                             .Name("rolecall_request_seconds")
                             .Help("From a request's header to its last byte sent.")
                             .Register(registry_)),
        fetches_(BuildCounter()
                     .Name("rolecall_fetches_total")
                     .Help("Requests to vendors, by status or what went wrong.")
                     .Register(registry_)),
        runs_(BuildGauge().Name("rolecall_runs").Help("Runs, by status.").Register(registry_)),
        jobs_(BuildGauge()
                  .Name("rolecall_run_jobs")
                  .Help("Jobs over all runs, by outcome.")
                  .Register(registry_)),
        lanes_(BuildGauge()
                   .Name("rolecall_lanes_busy")
                   .Help("Lanes of this process that carry a company.")
                   .Register(registry_)
                   .Add({})),
        takeovers_(BuildCounter()
                       .Name("rolecall_lease_takeovers_total")
                       .Help("Companies that this process took from workers that died or were too "
                             "slow.")
                       .Register(registry_)
                       .Add({})),
        streams_(BuildGauge()
                     .Name("rolecall_stream_subscribers")
                     .Help("Open event streams.")
                     .Register(registry_)
                     .Add({})),
        cut_off_(BuildCounter()
                     .Name("rolecall_streams_cut_off_total")
                     .Help("Streams whose reader fell too far behind.")
                     .Register(registry_)
                     .Add({})) {
    BuildGauge()
        .Name("rolecall_build_info")
        .Help("This program.")
        .Register(registry_)
        .Add({{"version", version}})
        .Set(1);
  }

  void CountRequest(std::string_view method, std::string_view route, int status,
                    std::chrono::microseconds took) {
    // Whatever a client invents as a method must not become a label.
    const bool known =
        method == "GET" || method == "HEAD" || method == "POST" || method == "OPTIONS";
    const std::tuple labels(known ? method : "other", route.empty() ? "other" : route, status);
    const RequestsOfKind of_kind = kinds_.With([&](auto& kinds) {
      const auto found = kinds.find(labels);
      if (found != kinds.end()) return found->second;
      return kinds.emplace(labels, CountersOf(std::get<0>(labels), std::get<1>(labels), status))
          .first->second;
    });
    of_kind.count->Increment();
    of_kind.seconds->Observe(std::chrono::duration<double>(took).count());
  }

  void CountFetch(const std::string& vendor, const std::string& outcome) {
    fetches_.Add({{"vendor", vendor}, {"outcome", outcome}}).Increment();
  }

  std::string Text(const Gauges& gauges) {
    const std::scoped_lock lock(reading_);
    for (const auto& [status, count] : gauges.runs.runs)
      runs_.Add({{"status", status}}).Set(static_cast<double>(count));
    for (const auto& [outcome, count] : gauges.runs.jobs)
      jobs_.Add({{"outcome", outcome}}).Set(static_cast<double>(count));
    lanes_.Set(gauges.lanes_busy);
    streams_.Set(static_cast<double>(gauges.streams));
    Reach(takeovers_, gauges.takeovers);
    Reach(cut_off_, gauges.streams_cut_off);
    return prometheus::TextSerializer().Serialize(registry_.Collect());
  }

 private:
  struct RequestsOfKind {
    prometheus::Counter* count;
    prometheus::Histogram* seconds;
  };

  RequestsOfKind CountersOf(std::string_view verb, std::string_view path, int status) {
    const std::string route(path);
    return {
        &requests_.Add(
            {{"method", std::string(verb)}, {"route", route}, {"status", fmt::to_string(status)}}),
        &request_seconds_.Add({{"route", route}}, kSeconds)};
  }

  static void Reach(prometheus::Counter& counter, std::uint64_t value) {
    counter.Increment(static_cast<double>(value) - counter.Value());
  }

  std::mutex reading_;
  // By method, route and status: to find them among labels takes longer than a short request.
  Guarded<std::map<std::tuple<std::string, std::string, int>, RequestsOfKind, std::less<>>> kinds_;
  prometheus::Registry registry_;
  prometheus::Family<prometheus::Counter>& requests_;
  prometheus::Family<prometheus::Histogram>& request_seconds_;
  prometheus::Family<prometheus::Counter>& fetches_;
  prometheus::Family<prometheus::Gauge>& runs_;
  prometheus::Family<prometheus::Gauge>& jobs_;
  prometheus::Gauge& lanes_;
  prometheus::Counter& takeovers_;
  prometheus::Gauge& streams_;
  prometheus::Counter& cut_off_;
};

Metrics::Metrics(const std::string& version) : impl_(std::make_unique<Impl>(version)) {}
Metrics::~Metrics() = default;

void Metrics::CountRequest(std::string_view method, std::string_view route, int status,
                           std::chrono::microseconds took) {
  impl_->CountRequest(method, route, status, took);
}

void Metrics::CountFetch(const std::string& vendor, const std::string& outcome) {
  impl_->CountFetch(vendor, outcome);
}

std::string Metrics::Text(const Gauges& gauges) { return impl_->Text(gauges); }

}  // namespace rolecall
