// The same bytes as a body, a query, a cursor, a key set and a token: whatever they are, they are
// read, or refused in a way that can be told.
#include <sodium.h>

#include <array>
#include <boost/json.hpp>
#include <string>
#include <string_view>

#include "api/body.h"
#include "api/handler.h"
#include "api/job_cursor.h"
#include "api/query.h"
#include "auth/tokens.h"
#include "base/text.h"
#include "tests/fuzz/targets.h"

namespace rolecall {
namespace {

namespace json = boost::json;

constexpr Timestamp kNow{std::chrono::milliseconds(1'795'000'000'000)};

void CheckRefusal(const Reply& reply, int status) {
  Demand(reply.status == status, "a refusal has its status");
  json::error_code failure;
  const json::value body = json::parse(reply.body, failure);
  Demand(!failure && body.is_object() && body.get_object().contains("detail"),
         "a refusal can be read");
}

template <typename T>
void CheckInput(const Result<T>& read) {
  if (read) return;
  Demand(read.error().code == Errc::kInvalidInput, "what cannot be read is an input");
  CheckRefusal(ReplyTo(read.error()), 400);
}

template <typename T>
void CheckInput(const FromQuery<T>& read) {
  if (!read) CheckRefusal(Unprocessable({read.error()}), 422);
}

// Asks an object for fields of every kind, as the handlers do.
void ReadFields(const json::value& value, const Place& place, std::vector<Misfit>& misfits) {
  Fields fields(value, place, misfits);
  const std::string op = fields.Text("op", {.least = 1, .most = 10});
  Demand(op.size() <= 10, "a text keeps to its length");
  fields.MaybeText("company_name");
  fields.Flag("is_enabled");
  fields.MaybeFlag("now");
  const std::int64_t limit = fields.Number("limit", 0, 500);
  Demand(limit >= 0 && limit <= 500, "a number keeps to its limits");
  fields.MaybeNumber("id");
  if (auto filters = fields.MaybeObject("title_filters")) {
    Demand(filters->Texts("include", 3, {.least = 1, .most = 20}).size() <= 3,
           "a list keeps to its length");
    filters->MaybeTexts("exclude");
    filters->Close();
  }
  fields.Object("user").Text("email");
  fields.Close();
}

void FuzzBody(std::string_view bytes) {
  const auto value = ReadJson(bytes);
  if (!value) return CheckRefusal(value.error(), 400);
  std::vector<Misfit> misfits;
  ReadFields(*value, {"body"}, misfits);
  Place place{"body", ""};
  std::size_t index = 0;
  for (const json::value* item : Items(*value, {"body"}, 5, misfits)) {
    place.back() = std::to_string(index++);
    ReadFields(*item, place, misfits);
  }
  CheckRefusal(Unprocessable(misfits), 422);
}

void FuzzQuery(std::string_view bytes) {
  constexpr std::array<std::string_view, 3> kSorts{"company", "newest", "title"};
  Request request;
  request.query = bytes;
  CheckInput(ValueOf(request, "cursor"));
  CheckInput(ValuesOf(request, "company"));
  const auto sought = SoughtOf(request, "q");
  CheckInput(sought);
  Demand(!sought || sought->size() <= 200, "what is sought keeps to its length");
  const auto sort = ChoiceOf(request, "sort", kSorts);
  CheckInput(sort);
  Demand(!sort || std::ranges::find(kSorts, *sort) != kSorts.end(), "a choice is one of them");
  const auto since = SinceOf(request, "since", Timestamp{});
  CheckInput(since);
  if (since && *since) Demand(FromIso(ToIso(**since)) == **since, "a time is written as it is");
  const auto limit = NumberOf(request, "limit", {.otherwise = 50, .least = 1, .most = 500});
  CheckInput(limit);
  Demand(!limit || (*limit >= 1 && *limit <= 500), "a number keeps to its limits");
  const auto id = IdOf(bytes, "run");
  if (!id) CheckRefusal(ReplyTo(id.error()), 404);
}

void FuzzCursor(std::string_view bytes) {
  JobSearch search;
  search.filter.text = bytes.substr(0, 3);
  for (const JobSort sort :
       {JobSort::kCompany, JobSort::kNewest, JobSort::kTitle, JobSort::kPosted}) {
    search.sort = sort;
    const auto place = ReadCursor(search, bytes);
    CheckInput(place);
    Demand(!place || CursorOf(search, *place) == bytes, "a cursor that is taken was made here");
  }
  const std::string text = Fold(bytes.substr(0, 60));  // places are short
  const JobPlace place{.first = text,
                       .second = text.substr(text.find(' ') + 1),
                       .number = -static_cast<std::int64_t>(bytes.size()),
                       .id = INT64_MAX};
  const auto read = ReadCursor(search, CursorOf(search, place));
  Demand(read && *read == place, "a cursor that was made is read");
}

std::string Base64Url(std::string_view bytes) {
  constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string text(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), kVariant);
  text.pop_back();  // the NUL
  return text;
}

void OpenNothing(std::string_view compact, const Jwk& key) {
  for (const char* algorithm : {"HS256", "RS256"}) {
    const auto sealed = SealedToken::Read(compact, algorithm);
    CheckInput(sealed);
    if (sealed) CheckInput(sealed->Open(key));
  }
}

void FuzzToken(std::string_view bytes) {
  static const Jwk kKey = SecretKey("a secret that is made up");
  OpenNothing(bytes, kKey);
  // What stands before the first line end is the header of a token, what stands behind it its
  // claims.
  const std::string_view header = bytes.substr(0, bytes.find('\n'));
  const std::string_view claims = bytes.substr(std::min(bytes.size(), header.size() + 1));
  OpenNothing(Base64Url(header) + "." + Base64Url(claims) + "." + Base64Url("signed"), kKey);

  const auto value = ReadJson(bytes);
  // A number beyond all doubles can be read, and not be written.
  if (!value || !value->is_object() || !ReadJson(json::serialize(*value))) return;
  const auto sealed = SealedToken::Read(SignClaims(value->get_object(), kKey), "HS256");
  if (!sealed) return CheckInput(sealed);
  const auto opened = sealed->Open(kKey);
  Demand(opened && opened->size() == value->get_object().size() &&
             TextClaim(*opened, "sub") == TextClaim(value->get_object(), "sub"),
         "a token that was signed says what it said");
  CheckInput(CheckTimes(*opened, kNow));
}

void FuzzKeySet(std::string_view bytes) {
  const auto keys = ReadKeySet(bytes);
  Demand(keys || keys.error().code == Errc::kUpstream,
         "a key set that cannot be read is its maker's fault");
  Demand(!keys || !keys->empty(), "a key set has keys");
}

}  // namespace

void FuzzApi(std::string_view bytes) {
  FuzzBody(bytes);
  FuzzQuery(bytes);
  FuzzCursor(bytes);
  FuzzToken(bytes);
  FuzzKeySet(bytes);
}

}  // namespace rolecall
