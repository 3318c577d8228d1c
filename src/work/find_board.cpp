// Follows a pasted address to its board, as a person would: by what it says, then by what stands on
// its page, then by the pages that lead on.
#include "work/find_board.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "base/text.h"
#include "boards/named_boards.h"
#include "boards/own_name.h"
#include "boards/sitemap.h"
#include "domain/company_name.h"
#include "fetch/address_guard.h"
#include "fetch/bounded_fetcher.h"

namespace rolecall {
namespace {

constexpr int kMostPages = 8;           // that are looked at, of one pasted address
constexpr std::size_t kToldBoards = 5;  // of several that a page names
constexpr std::size_t kLongestPasted = 2000;

// Boards to be checked, the likelier first.
struct Candidates {
  std::vector<BoardAddress> boards;
  std::string found_on;
};

std::string NamesOf(const std::vector<BoardAddress>& boards) {
  std::vector<std::string> names;
  for (const BoardAddress& board : boards) {
    if (names.size() == kToldBoards) break;
    names.push_back(Traits(*board.definition).kind + " " + board.token);
  }
  return fmt::format("{}{}", fmt::join(names, ", "),
                     boards.size() > kToldBoards ? " and more" : "");
}

bool IsSignIn(std::string_view page) {
  return page.contains("type=\"password\"") || page.contains("type='password'");
}

// Of an address that was asked, so that its host may be.
Result<WebAddress> PartsOf(const std::string& url) {
  const auto begin = url.find("://");
  const std::string rest = begin == std::string::npos ? url : url.substr(begin + 3);
  return CheckAddress(url, {rest.substr(0, rest.find_first_of("/?#:"))});
}

class BoardSearch {
 public:
  BoardSearch(const WorkTools& tools, std::string url, std::stop_token stop)
      : tools_(tools), stop_(std::move(stop)), url_(std::move(url)) {}

  Result<Candidates> Find() {
    to_look_at_.push_back(url_);
    known_.insert(url_);
    while (!to_look_at_.empty() && asked_ < kMostPages) {
      const std::string url = std::move(to_look_at_.front());
      to_look_at_.pop_front();
      auto found = LookAt(url);
      if (!found && url == url_ && found.error().code == Errc::kUpstream)
        return Fail(Errc::kInvalidInput, found.error().message);
      if (!found && found.error().code != Errc::kUpstream)
        return std::unexpected(std::move(found).error());
      if (found && !found->boards.empty()) return *std::move(found);
    }
    if (!postings_.boards.empty()) return postings_;
    TRY(const Candidates sitemap, LookAtSitemaps());
    if (!sitemap.boards.empty()) return sitemap;
    return Fail(Errc::kInvalidInput, WhyNone());
  }

 private:
  Result<Response> Ask(const std::string& url) {
    ++asked_;
    FetchRequest request{.url = url, .headers = {{"Accept", "text/html,*/*;q=0.8"}}};
    request.expects = FetchRequest::Body::kText;
    request.heeds_robots = true;
    auto response = tools_.fetcher.Fetch(request, stop_);
    if (!response) {
      Error error = std::move(response).error();
      // A page that cannot be had, or may not be asked for, is no trouble of ours.
      if (error.code != Errc::kCancelled) error.code = Errc::kUpstream;
      return std::unexpected(std::move(error));
    }
    if (response->status != 200)
      return Fail(Errc::kUpstream, fmt::format("{} answers HTTP {}", url, response->status));
    return response;
  }

  Result<Candidates> LookAt(const std::string& url) {
    TRY(const Response response, Ask(url));
    ++looked_at_;
    const std::string& at = response.final_url.empty() ? url : response.final_url;
    if (url == url_) signs_in_ = IsSignIn(response.body);
    if (auto moved = tools_.kinds.BoardInAddress(at)) return Candidates{{*std::move(moved)}, at};
    auto named = BoardsNamedIn(tools_.kinds, response.body);
    if (named.size() > 1)
      return Fail(
          Errc::kInvalidInput,
          fmt::format("{} names {} boards: {}. Which is meant? Name it by its kind and token", at,
                      named.size(), NamesOf(named)));
    if (!named.empty()) return Candidates{std::move(named), at};
    TRY(const WebAddress address, PartsOf(at));
    if (!site_) site_ = address;
    auto marked = BoardsMarkedIn(tools_.kinds, response.body, address.place);
    if (!marked.empty()) return Candidates{std::move(marked), at};
    if (postings_.boards.empty() && response.body.contains("JobPosting"))
      if (auto board = tools_.kinds.FindBoard("jsonld", address.place + address.rest))
        postings_ = {{*std::move(board)}, at};
    for (std::string& next : PagesToLookAt(at, response.body))
      if (known_.insert(next).second) to_look_at_.push_back(std::move(next));
    return Candidates{};
  }

  // Of the page that was pasted, where they stand by custom.
  Result<Candidates> LookAtSitemaps() {
    if (!site_) return Candidates{};
    const WebAddress& page = *site_;
    const std::string url =
        page.url.substr(0, page.url.find("://") + 3) + page.place + "/sitemap.xml";
    auto response = Ask(url);
    if (!response && response.error().code == Errc::kCancelled)
      return std::unexpected(std::move(response).error());
    if (!response) return Candidates{};
    const auto sitemap = ReadSitemap(response->body);
    if (!sitemap) return Candidates{};
    const std::string token = page.place + "/sitemap.xml";
    if (sitemap->is_index) {
      const auto of_jobs = std::ranges::find_if(sitemap->addresses, SaysOpenings);
      if (of_jobs == sitemap->addresses.end()) return Candidates{};
      const auto path = PathOnSite(url, *of_jobs);
      return path ? CandidateOf(page.place + *path, url) : Candidates{};
    }
    std::map<std::string, int, std::less<>> folders;
    for (const std::string& one : sitemap->addresses)
      if (const auto path = PathOnSite(url, one); path && SaysOpenings(FolderOf(*path)))
        ++folders[std::string(FolderOf(*path))];
    const auto most =
        std::ranges::max_element(folders, {}, [](const auto& one) { return one.second; });
    if (most == folders.end()) return Candidates{};
    return CandidateOf(fmt::format("{}#{}/", token, most->first), url);
  }

  Candidates CandidateOf(const std::string& token, const std::string& found_on) const {
    auto board = tools_.kinds.FindBoard("jsonld", token);
    return board ? Candidates{{*std::move(board)}, found_on} : Candidates{};
  }

  std::string WhyNone() const {
    if (signs_in_) return fmt::format("{} is a page to sign in, and names no board", url_);
    return fmt::format(
        "{} names no board of a kind that is known{}, and says no posting and no sitemap of "
        "openings. Name the board by its kind and token, where you know them",
        url_,
        looked_at_ > 1
            ? fmt::format(", nor {} that it leads to",
                          looked_at_ == 2 ? "does the page"
                                          : fmt::format("do the {} pages", looked_at_ - 1))
            : "");
  }

  const WorkTools& tools_;
  const std::stop_token stop_;
  const std::string url_;
  std::deque<std::string> to_look_at_;
  std::set<std::string> known_;
  std::optional<WebAddress> site_;  // of the pasted page
  Candidates postings_;             // a page that says postings, where nothing better is found
  int asked_ = 0, looked_at_ = 0;
  bool signs_in_ = false;
};

Result<Candidates> FindCandidates(const WorkTools& tools, std::string_view written,
                                  std::stop_token stop) {
  std::string pasted = OneLine(Mend(std::string(written)).text);
  if (pasted.size() > kLongestPasted)
    return Fail(Errc::kInvalidInput,
                fmt::format("an address of {} bytes is none: at most {} are taken", pasted.size(),
                            kLongestPasted));
  if (auto board = tools.kinds.BoardInAddress(pasted)) return Candidates{{*std::move(board)}, ""};
  // What a query names is another address.
  const auto scheme = pasted.find("://");
  if (scheme == std::string::npos || pasted.find_first_of("/?#") != scheme + 1)
    pasted.insert(0, "https://");
  return BoardSearch(tools, std::move(pasted), std::move(stop)).Find();
}

}  // namespace

bool LooksLikeAddress(std::string_view written) {
  if (written.find_first_of(" \t") != std::string_view::npos) return written.contains("://");
  const auto dot = written.find('.');
  return written.contains('/') || (dot != std::string_view::npos && dot + 2 < written.size());
}

namespace {

// The same tools, with a fetcher of their own.
WorkTools With(const WorkTools& tools, Fetcher& fetcher) {
  return {.database = tools.database,
          .kinds = tools.kinds,
          .fetcher = fetcher,
          .clock = tools.clock,
          .leases = tools.leases,
          .settings = tools.settings,
          .progress = tools.progress,
          .each_beat = tools.each_beat,
          .counts = tools.counts};
}

}  // namespace

Result<FoundBoard> FindBoardAt(const WorkTools& tools, std::string_view written,
                               std::stop_token stop) {
  BoundedFetcher fetcher(tools.fetcher, tools.settings.check_patience);
  const WorkTools within = With(tools, fetcher);
  TRY(Candidates candidates, FindCandidates(within, written, stop));
  std::optional<FoundBoard> first;
  for (BoardAddress& board : candidates.boards) {
    TRY(CheckedBoard checked, CheckBoard(within, board, stop));
    const bool is_read = checked.presence != BoardPresence::kUnreadable;
    FoundBoard found{std::move(board), candidates.found_on, std::move(checked), ""};
    if (is_read || !first) first = std::move(found);
    if (is_read) break;
  }
  if (first->checked.presence != BoardPresence::kUnreadable) {
    TRY(first->own_name, AskOwnName(first->board, fetcher, stop));
  }
  return *std::move(first);
}

Result<FoundBoard> CheckFoundBoard(const WorkTools& tools, BoardAddress board,
                                   std::stop_token stop) {
  BoundedFetcher fetcher(tools.fetcher, tools.settings.check_patience);
  TRY(CheckedBoard checked, CheckBoard(With(tools, fetcher), board, stop));
  FoundBoard found{std::move(board), "", std::move(checked), ""};
  if (found.checked.presence == BoardPresence::kStands) {
    TRY(found.own_name, AskOwnName(found.board, fetcher, stop));
  }
  return found;
}

std::string NameToFollowBy(const FoundBoard& found) {
  if (!found.own_name.empty() && SlugOf(found.own_name)) return found.own_name;
  return FirstPartOfToken(found.board);
}

}  // namespace rolecall
