// Reads a board once, and doubts what a definition that is not right yet gives.
#include "boards/board_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "boards/definition.h"
#include "boards/own_name.h"

namespace rolecall {
namespace {

Result<BoardReport::Sample> AskAboutFirst(const BoardAddress& board, const ListedJob& job,
                                          Fetcher& fetcher, const std::stop_token& stop) {
  BoardReport::Sample sample{.job = job, .content = {}, .content_trouble = {}, .witness = {}};
  const ListedRef ref{.external_id = job.external_id, .path = job.path, .url = job.url};
  if (job.content) {
    sample.content = InlineContent(*board.definition, *job.content);
  } else if (board.definition->content_url) {
    auto content = ReadContent(board, ref, fetcher, stop);
    if (content)
      sample.content = *std::move(content);
    else if (content.error().code == Errc::kCancelled)
      return std::unexpected(std::move(content).error());
    else
      sample.content_trouble = std::move(content).error().message;
  }
  if (board.definition->witness) {
    TRY(sample.witness, AskWitness(board, ref, fetcher, stop));
  }
  return sample;
}

void DoubtJobs(const BoardDefinition& definition, const std::vector<ListedJob>& jobs,
               std::vector<std::string>& doubts) {
  const auto lacking = [&](auto lacks) { return std::ranges::count_if(jobs, lacks); };
  const auto all = static_cast<std::ptrdiff_t>(jobs.size());
  const auto doubt = [&](std::ptrdiff_t count, std::string_view what) {
    if (count > 0) doubts.push_back(fmt::format("{} of {} jobs have no {}", count, all, what));
  };
  if (!definition.location.empty())
    doubt(lacking([](const ListedJob& job) { return job.location.empty(); }),
          "place: [fields] location finds nothing there");
  doubt(lacking([](const ListedJob& job) { return !job.url.starts_with("http"); }),
        "address that begins with http: [fields] url");
  if (lacking([](const ListedJob& job) {
        return job.title.contains("</") || job.title.contains("&#");
      }) > 0)
    doubts.emplace_back("titles hold markup: [fields] title");
  const bool has_facts =
      std::ranges::any_of(jobs, [](const ListedJob& job) { return !(job.facts == JobFacts{}); });
  if (!jobs.empty() && !has_facts && !definition.facts.empty())
    doubts.emplace_back(
        "no job has a day, workplace, department or pay, though [fields] names some");
}

void DoubtSample(const BoardReport::Sample& sample, std::vector<std::string>& doubts) {
  const std::string& text = sample.content.description;
  if (!sample.content_trouble.empty())
    doubts.push_back(fmt::format("[content]: {}", sample.content_trouble));
  else if (Trim(text).empty())
    doubts.emplace_back("[content]: the first job has no description");
  else if (text.contains("</") || text.contains("&lt;") || text.contains("&amp;nbsp;"))
    doubts.emplace_back("[content]: the description holds markup: is escaping right?");
  if (sample.witness && sample.witness->witness != Witness::kStands)
    doubts.push_back(
        fmt::format("[witness]: a job that is listed does not stand at its own address ({})",
                    sample.witness->detail));
}

}  // namespace

Result<BoardReport> ReportBoard(const BoardAddress& board, const ReadingLimits& limits,
                                Fetcher& fetcher, const std::stop_token& stop) {
  BoardReport report{
      .reading = {FailedListing{}, {}, {}, 0}, .own_name = {}, .sample = {}, .doubts = {}};
  TRY(report.reading, ReadBoard(board, limits, {}, fetcher, stop));
  const Listing& listing = report.reading.listing;
  const std::vector<ListedJob>& jobs = JobsIn(listing);
  if (const std::string trouble = TroubleOf(listing); !trouble.empty())
    report.doubts.push_back(fmt::format("[list]: {}", trouble));
  else if (jobs.empty())
    report.doubts.emplace_back("[list]: there is no job, which proves little");
  if (CompletenessOf(listing) == Completeness::kFailed) return report;
  TRY(report.own_name, AskOwnName(board, fetcher, stop));
  DoubtJobs(*board.definition, jobs, report.doubts);
  if (jobs.empty()) return report;
  TRY(report.sample, AskAboutFirst(board, jobs.front(), fetcher, stop));
  DoubtSample(*report.sample, report.doubts);
  return report;
}

}  // namespace rolecall
