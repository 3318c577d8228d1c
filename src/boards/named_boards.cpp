// Looks for addresses in pages as they are written: a page that is broken names its board too.
#include "boards/named_boards.h"

#include <re2/re2.h>

#include <algorithm>
#include <boost/algorithm/string/replace.hpp>
#include <set>

#include "base/text.h"
#include "boards/definition.h"
#include "fetch/address_guard.h"

namespace rolecall {
namespace {

constexpr std::size_t kMostNamed = 20;     // boards of a page: more are told apart by nobody
constexpr std::size_t kMostTried = 2'000;  // addresses of a page
constexpr std::size_t kMostLookedThrough = 4 << 20;  // bytes of a page
constexpr std::size_t kMostToLookAt = 8;             // pages that one page leads to
constexpr std::size_t kLongestLooked = 2000;         // of an address

// An address with a host, in HTML or in JSON, where a slash may be "\/".
const re2::RE2& AddressPattern() {
  static const re2::RE2 kAddress(
      R"re(((?:https?:)?(?:\\?/|\\u002[fF]){2}[A-Za-z0-9][A-Za-z0-9.-]*\.[A-Za-z]{2,}(?:[^\s"'<>`(){}\\]|\\/|\\u00[0-9A-Fa-f]{2})*))re");
  return kAddress;
}

std::string Unwritten(std::string address) {
  boost::replace_all(address, "\\/", "/");
  boost::replace_all(address, "\\u0026", "&");
  boost::ireplace_all(address, "\\u002f", "/");
  boost::ireplace_all(address, "\\u003d", "=");
  return address;
}

// "greenhouse acme", whatever its capitals: pages write one token in several ways.
std::string FoldedName(const BoardAddress& board) {
  return Traits(*board.definition).kind + " " + Fold(board.token);
}

std::string_view HostOf(std::string_view url) {
  const auto begin = url.find("://");
  if (begin == std::string_view::npos) return "";
  url.remove_prefix(begin + 3);
  return url.substr(0, url.find_first_of("/?#:"));
}

// The last two names of a host: of what is one site as a person sees it.
std::string_view SiteOf(std::string_view host) {
  const auto last = host.rfind('.');
  if (last == std::string_view::npos || last == 0) return host;
  const auto before = host.rfind('.', last - 1);
  return before == std::string_view::npos ? host : host.substr(before + 1);
}

class LooksOn {
 public:
  explicit LooksOn(const std::string& url) : url_(url) { seen_.insert(url); }

  void Add(std::string_view written) {
    ++tried_;
    std::string address(written);
    boost::replace_all(address, "&amp;", "&");
    if (address.empty() || address.size() > kLongestLooked) return;
    auto absolute = ResolveAddress(url_, address);
    if (!absolute || !absolute->starts_with("http")) return;
    absolute->erase(std::min(absolute->find('#'), absolute->size()));
    if (pages_.size() < kMostToLookAt && seen_.insert(*absolute).second)
      pages_.push_back(*std::move(absolute));
  }

  void AddOwn(std::string_view written) {
    ++tried_;
    const auto absolute = ResolveAddress(url_, std::string(written));
    if (absolute && SiteOf(HostOf(*absolute)) == SiteOf(HostOf(url_))) Add(written);
  }

  // Also where enough was tried that led nowhere.
  bool IsFull() const { return pages_.size() >= kMostToLookAt || tried_ >= kMostTried; }

  std::vector<std::string> Pages() && { return std::move(pages_); }

 private:
  const std::string& url_;
  std::set<std::string> seen_;
  std::vector<std::string> pages_;
  std::size_t tried_ = 0;
};

// What stands between a link's tag, just before `rest`, and its end.
std::string_view WordsOfLink(std::string_view rest) {
  constexpr std::size_t kMostWords = 200;
  rest = rest.substr(0, kMostWords);
  return rest.substr(0, rest.find("</a"));
}

}  // namespace

bool SaysOpenings(std::string_view words) {
  static const re2::RE2 kOpenings(
      "(?i)career|\\bjobs?\\b|vacanc|position|opening|join-?us|work-with-us|stellen|karriere|"
      "emploi|recrut|vacature|empleo|lavora");
  return re2::RE2::PartialMatch({words.data(), words.size()}, kOpenings);
}

std::vector<BoardAddress> BoardsNamedIn(const BoardRegistry& registry, std::string_view page) {
  std::vector<BoardAddress> boards;
  std::set<std::string> names, tried;
  page = page.substr(0, kMostLookedThrough);
  re2::StringPiece rest(page.data(), page.size());
  re2::StringPiece found;
  while (boards.size() < kMostNamed && tried.size() < kMostTried &&
         re2::RE2::FindAndConsume(&rest, AddressPattern(), &found)) {
    if (found.size() > kLongestLooked) continue;
    const std::string address = Unwritten(std::string(found));
    if (!tried.insert(address).second) continue;
    auto board = registry.BoardInAddress(address);
    if (!board || board->definition->form == ListForm::kSitemap) continue;
    if (names.insert(FoldedName(*board)).second) boards.push_back(*std::move(board));
  }
  return boards;
}

std::vector<BoardAddress> BoardsMarkedIn(const BoardRegistry& registry, std::string_view page,
                                         std::string_view host) {
  std::vector<BoardAddress> boards;
  for (const std::string& kind : registry.Kinds()) {
    const auto definition = registry.DefinitionOf(kind);
    const bool is_marked = std::ranges::any_of(
        definition->site_marks, [&](const std::string& mark) { return page.contains(mark); });
    if (!is_marked) continue;
    if (auto board = registry.FindBoard(kind, host)) boards.push_back(*std::move(board));
  }
  std::ranges::sort(boards, {}, [](const BoardAddress& board) {
    return std::pair(board.definition->site_rank, Traits(*board.definition).kind);
  });
  return boards;
}

std::vector<std::string> PagesToLookAt(const std::string& url, std::string_view page) {
  static const re2::RE2 kFrame(
      R"re((?is)<(?:i?frame|embed)\b[^>]*?\ssrc\s*=\s*["']?([^"'\s>]+))re");
  static const re2::RE2 kRefresh(
      R"re((?is)<meta\b[^>]*http-equiv\s*=\s*["']?refresh[^>]*?url\s*=\s*["']?([^"'\s>]+))re");
  static const re2::RE2 kLink(R"re((?is)<a\b[^>]*?\shref\s*=\s*["']?([^"'\s>]+)[^>]*>)re");
  static const re2::RE2 kScript(R"re((?is)<script\b[^>]*?\ssrc\s*=\s*["']?([^"'\s>]+))re");
  page = page.substr(0, kMostLookedThrough);
  LooksOn on(url);
  std::string address;
  for (const re2::RE2* led : {&kRefresh, &kFrame}) {
    re2::StringPiece rest(page.data(), page.size());
    while (!on.IsFull() && re2::RE2::FindAndConsume(&rest, *led, &address)) on.Add(address);
  }
  re2::StringPiece links(page.data(), page.size());
  while (!on.IsFull() && re2::RE2::FindAndConsume(&links, kLink, &address))
    if (SaysOpenings(address) || SaysOpenings(WordsOfLink({links.data(), links.size()})))
      on.AddOwn(address);
  re2::StringPiece scripts(page.data(), page.size());
  while (!on.IsFull() && re2::RE2::FindAndConsume(&scripts, kScript, &address)) on.AddOwn(address);
  return std::move(on).Pages();
}

}  // namespace rolecall
