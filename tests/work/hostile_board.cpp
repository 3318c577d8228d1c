// Composes answers of pieces of JSON, some of which are no UTF-8.
#include "tests/work/hostile_board.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "domain/board_text.h"
#include "tests/support/readings.h"

namespace rolecall {
namespace {

std::string Repeated(std::string_view text, std::size_t count) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

// What stands in texts, as JSON writes it.
const std::vector<std::string>& Pieces() {
  static const std::vector<std::string> kPieces{
      "Cook",
      "b\u00E4cker",
      R"(\u0000)",
      R"(\ud800)",
      R"(\udc00x)",
      R"(\ud83c\udf72)",
      "\U0001F469\u200D\U0001F373",
      "\xFF",
      "\xED\xA0\x80",
      "\xF4\x90\x80\x80",
      "\xC0\x80",
      "\xE2\x82",
      R"(\u0007)",
      R"(\u009b31m)",
      R"(\u0085)",
      R"(\u202e)",
      "\u202Eloof\u202C",
      R"(\u2066\u2069)",
      "\uFEFF",
      "a" + Repeated("\u0301", 300),
      "\u0344\u0958",
      "\u05D8\u05B7\u05D1\u05BC\u05B8\u05D7",
      R"(\")",
      "'; --",
      R"(\\)",
      R"(\\N)",
      R"(\\.)",
      R"(\n\\.\n)",
      "%s%%",
      "$1",
      "{rows_of r: id bigint}",
      ":name",
      "{}",
      R"(\t)",
      R"(\r\n)",
      " ",
      "\u00A0",
      "\u200B",
      R"(\u2028)",
      "&amp;lt;p&amp;gt;",
      "&lt;p&gt;&amp;#0;&lt;/p&gt;",
      "\u1E9E\uFB03\u0130",
      "",
  };
  return kPieces;
}

// Ids that are another's in another spelling, and ids that become one where they are mended.
constexpr std::array kAlike{
    R"("a1")",
    R"("A1")",
    R"("a1 ")",
    R"("  a1")",
    R"("\u00e41")",
    R"("a\u03081")",
    R"("\u212b")",
    R"("\u00c5")",
    R"("\ufffd")",
    R"("\u0000")",
    R"("\ud800")",
    "\"\xFF\"",
    "\"\xFE\"",
    "7",
    R"("7")",
    "7.0",
    "-7",
    "-0",
    "0",
    "1e400",
    "0.1",
    "1e2",
    "100",
    "\"\\\\N\"",
    R"("'")",
    "9007199254740993",
    "9007199254740992",
    R"("%")",
    R"("$1")",
    R"("{rows_of}")",
    "18446744073709551616",
    "\"\uFEFFa1\"",
    R"("\ufeff")",
};

std::string AsJson(std::string_view words) { return fmt::format("\"{}\"", words); }

}  // namespace

HostileBoard::HostileBoard(std::uint32_t seed)
    : random_(seed),
      address_(Acme(seed % 2 == 0 ? "greenhouse" : "workday")),
      greenhouse_(seed % 2 == 0),
      has_unreadable_(seed % 4 < 2) {
  for (std::uint32_t jobs = 20 + Below(30); jobs > 0; --jobs) listed_.push_back(MakeEntry());
}

std::string HostileBoard::Words() {
  std::string words;
  for (std::uint32_t pieces = Below(5); pieces > 0; --pieces) words += OneOf(Pieces());
  return words;
}

std::string HostileBoard::IdOf() {
  const std::string number = std::to_string(++made_);
  if (OneIn(4)) return OneOf(kAlike);
  if (has_unreadable_ && OneIn(25)) return OneOf(std::array{R"("")", "null", R"(" ")"});
  // Of three lengths, the last of which is one byte too long; of one or of two bytes a character.
  if (OneIn(has_unreadable_ ? 8 : 12)) {
    const std::size_t length = kLongestId - 1 + Below(has_unreadable_ ? 3 : 2) - number.size();
    const std::size_t wide = OneIn(2) ? length / 2 : 0;
    return AsJson(number + Repeated("\u00E4", wide) + Repeated("i", length - 2 * wide));
  }
  return OneIn(2) ? number : AsJson(number + Words());
}

std::string HostileBoard::TitleOf() {
  if (has_unreadable_ && OneIn(40)) return OneOf(std::array{R"("")", "null", R"("\u200b")", "[]"});
  if (!OneIn(6)) return AsJson((OneIn(8) ? "\uFEFFCook" : "Cook") + Words());
  const std::size_t beyond = OneOf(std::array<std::size_t, 5>{0, 1, 2, 3, 6'000});
  return AsJson(Repeated(OneIn(2) ? "t" : "\u6599", kLongestLine / 3) +
                Repeated("t", kLongestLine % 3 + beyond));
}

std::string HostileBoard::UrlOf() {
  const std::string begin = fmt::format("https://jobs.test/{}/", Below(9));
  if (!OneIn(8)) return AsJson(begin + Words());
  if (has_unreadable_ && OneIn(4)) return OneOf(std::array{R"("")", R"("javascript:1")", "7"});
  const std::size_t longest = kLongestUrl - begin.size();
  return AsJson(begin + Repeated("u", longest - 1 + Below(has_unreadable_ ? 3 : 2)));
}

HostileBoard::Entry HostileBoard::MakeEntry() {
  Entry entry{.id = IdOf(),
              .title = TitleOf(),
              .place = AsJson(Words()),
              .url = UrlOf(),
              .content = AsJson("&lt;p&gt;" + Words() + "&lt;/p&gt;" + Words())};
  if (OneIn(10)) entry.place = AsJson(Repeated("Bern; ", kLongestLine / 6 + Below(3)));
  if (!greenhouse_) {
    // A path ends with the id, where that is one; else it is the id as a whole.
    std::string id = entry.id.starts_with('"') ? entry.id.substr(1, entry.id.size() - 2) : entry.id;
    entry.id = id.empty() ? R"("")" : AsJson("/job/" + OneOf(Pieces()) + "/Cook_" + id);
  }
  return entry;
}

void HostileBoard::Change(Entry& entry) {
  const Entry other = MakeEntry();
  switch (Below(4)) {
    case 0:
      entry.title = other.title;
      return;
    case 1:
      entry.place = other.place;
      return;
    case 2:
      entry.url = other.url;
      return;
    default:
      entry.content = other.content;
  }
}

void HostileBoard::Move() {
  std::vector<Entry> stayed;
  for (Entry& entry : listed_) {
    if (OneIn(5)) Change(entry);
    (OneIn(12) ? gone_ : stayed).push_back(std::move(entry));
  }
  std::vector<Entry> still_gone;
  for (Entry& entry : gone_) (OneIn(4) ? stayed : still_gone).push_back(std::move(entry));
  for (std::uint32_t jobs = Below(4); jobs > 0; --jobs) stayed.push_back(MakeEntry());
  if (OneIn(2)) std::ranges::shuffle(stayed, random_);
  listed_ = std::move(stayed);
  gone_ = std::move(still_gone);
}

std::string HostileBoard::Answer() {
  std::vector<std::string> jobs;
  for (const Entry& e : listed_)
    jobs.push_back(
        greenhouse_
            ? fmt::format(
                  R"({{"id":{},"title":{},"absolute_url":{},"location":{{"name":{}}},"content":{}}})",
                  e.id, e.title, e.url, e.place, e.content)
            : fmt::format(
                  R"({{"externalPath":{},"title":{},"locationsText":{},"bulletFields":["R-1"]}})",
                  e.id, e.title, e.place));
  const std::size_t total = jobs.size() + (OneIn(6) ? 1 : 0);
  return greenhouse_
             ? fmt::format(R"({{"jobs":[{}],"meta":{{"total":{}}}}})", fmt::join(jobs, ","), total)
             : fmt::format(R"({{"jobPostings":[{}],"total":{}}})", fmt::join(jobs, ","), total);
}

BoardReading HostileBoard::Next() {
  Move();
  Response response = Ok(Answer());
  if (OneIn(8)) response = {.status = 503, .body = Words() + Words()};
  if (OneIn(12)) response.body.resize(response.body.size() / 2);
  // As a fetcher hands it over.
  Mended mended = MendJson(std::move(response.body));
  response.body = std::move(mended.text);
  response.mended = mended.changed;
  return ReadWith(address_, [&, asked = 0](const FetchRequest&) mutable {
    // Of Workday what stands behind the first page is empty.
    return asked++ == 0 ? response : Ok(R"({"jobPostings":[],"total":0})");
  });
}

CannedFetcher::Answer HostileBoard::Witnesses(const BoardReading& reading) const {
  std::vector<std::string> ends;
  for (const ListedJob& job : JobsIn(reading.listing))
    for (const std::string& text : {job.external_id, job.path})
      if (!text.empty()) ends.push_back(PercentEncode(text, Slash::kKeep));
  return [ends = std::move(ends)](const FetchRequest& request) -> Result<Response> {
    const bool listed =
        std::ranges::any_of(ends, [&](const auto& end) { return request.url.ends_with(end); });
    return Response{.status = listed || request.url.size() % 3 == 0 ? 500 : 404, .body = "no"};
  };
}

}  // namespace rolecall
