// The bytes are the body of POST settings: changes of whom a user follows, by which titles. They
// are carried out as they say, all or none, or refused so that it can be told why; and every filter
// that is kept can be used.
#include <boost/json.hpp>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "api/body.h"
#include "api/settings.h"
#include "domain/title_term.h"
#include "store/boards/boards.h"
#include "store/users/settings.h"
#include "tests/fuzz/targets.h"
#include "tests/support/api_rig.h"

namespace rolecall {
namespace {

namespace json = boost::json;

// What the user has before each input.
constexpr std::string_view kBefore = R"([
    {"op": "upsert", "company_name": "acme", "title_filters": {"include": ["cook*", "/chef/"],
      "exclude": ["intern"]}},
    {"op": "upsert", "company_name": "bolt", "is_enabled": false}])";

// An interface over a database with some companies.
class Installation {
 public:
  Installation() {
    auto tx = Demanded(rig_.database().Write());
    // Two of them have one board: who follows one cannot follow the other.
    for (const auto& [name, token] :
         {std::pair("acme", "acme"), std::pair("bolt", "bolt"),
          std::pair("canteen", "soup-kitchen"), std::pair("soup-kitchen", "soup-kitchen")}) {
      const auto board = Demanded(FindOrAddBoard(tx, "greenhouse", token));
      Demanded(
          tx->Run("INSERT INTO companies (name, display_name, board_id) VALUES (:name, :name, :b)",
                  {{"name", name}, {"b", board}}));
    }
    Demanded(tx.Commit());
    user_.id = kUser;
  }

  void BeginAnew() {
    auto tx = Demanded(rig_.database().Write());
    Demanded(tx->Run("DELETE FROM user_company_settings"));
    Demanded(tx->Run("DELETE FROM departures"));
    Demanded(tx.Commit());
    Demand(Ask(PostSettings, kBefore).status == 200, "the settings of before are taken");
  }

  Reply Ask(Handle handle, std::string_view body = "") {
    const Request request{.method = "POST", .body = std::string(body)};
    auto reply = handle(rig_.parts(), {.request = request, .captured = {}, .user = user_});
    return reply ? *std::move(reply) : ReplyTo(reply.error());
  }

  std::vector<Setting> Stored() {
    return Demanded(LoadSettings(*Demanded(rig_.database().Reader()), kUser));
  }

 private:
  ApiRig rig_;
  SignedIn user_;
};

// A setting as a request writes it and an answer shows it.
struct ShownSetting {
  FilterTerms terms;
  bool enabled = true;
  bool operator==(const ShownSetting&) const = default;
};
using AllShown = std::map<std::string, ShownSetting>;

std::vector<std::string> TextsIn(const json::object& object, std::string_view name) {
  const json::value* list = object.if_contains(name);
  return list == nullptr || list->is_null() ? std::vector<std::string>()
                                            : json::value_to<std::vector<std::string>>(*list);
}

TitleTerms TitlesIn(const json::object& terms) {
  return {.include = TextsIn(terms, "include"), .exclude = TextsIn(terms, "exclude")};
}

PlaceTerms PlacesIn(const json::object& terms) {
  const json::value* remote = terms.if_contains("remote");
  return {.include = TextsIn(terms, "include"),
          .exclude = TextsIn(terms, "exclude"),
          .remote = remote != nullptr && remote->is_bool() && remote->get_bool()};
}

AllShown ShownIn(const Reply& reply) {
  Demand(reply.status == 200, "settings are shown");
  AllShown all;
  for (const json::value& one : json::parse(reply.body).as_array())
    all[json::value_to<std::string>(one.at("company_name"))] = {
        .terms = {.titles = TitlesIn(one.at("title_filters").as_object()),
                  .places = PlacesIn(one.at("place_filters").as_object())},
        .enabled = one.at("is_enabled").as_bool()};
  return all;
}

// What `all` becomes by a body that was taken.
void CarryOut(const json::array& operations, AllShown& all) {
  for (const json::value& one : operations) {
    const json::object& operation = one.as_object();
    const auto company = json::value_to<std::string>(operation.at("company_name"));
    if (operation.at("op").as_string() == "delete") {
      Demand(all.erase(company) == 1, "only what is followed is deleted");
      continue;
    }
    ShownSetting& shown = all[company];
    const json::value* titles = operation.if_contains("title_filters");
    if (titles != nullptr && !titles->is_null()) shown.terms.titles = TitlesIn(titles->as_object());
    const json::value* places = operation.if_contains("place_filters");
    if (places != nullptr && !places->is_null()) shown.terms.places = PlacesIn(places->as_object());
    const json::value* enabled = operation.if_contains("is_enabled");
    if (enabled != nullptr && !enabled->is_null()) shown.enabled = enabled->as_bool();
  }
}

void CheckRefusal(const Reply& reply) {
  Demand(reply.status == 400 || reply.status == 422, "a refusal is the asker's own");
  json::error_code failure;
  const json::value body = json::parse(reply.body, failure);
  Demand(!failure && body.is_object() && body.get_object().contains("detail"),
         "a refusal can be read");
}

void CheckAnswer(const Reply& reply, const json::array& operations) {
  const json::value done = json::parse(reply.body);
  Demand(done.as_array().size() == operations.size(), "each operation is answered for");
  for (std::size_t i = 0; i < operations.size(); ++i)
    for (const char* name : {"op", "company_name"})
      Demand(done.at(i).at(name) == operations[i].at(name), "what was done is what was asked for");
}

// A title of 4 KiB in which nothing is plain.
std::string HostileTitle() {
  std::string title =
      "Ko\u0308ch(in)\u00A0\u0130\uFB03 \u0E01\u0E32\u0E23 \u6599\u7406\u4EBA \xFF ";
  while (title.size() < 4'000) title += "a\u0301\u0323";
  return title + "\\ /.*+ \U0001F372";
}

void CheckFilter(const TitleTerms& terms) {
  static const std::string kHostile = HostileTitle();
  const auto expressions = std::ranges::count_if(terms.include, IsExpression) +
                           std::ranges::count_if(terms.exclude, IsExpression);
  Demand(terms.include.size() + terms.exclude.size() <= kMostTerms, "terms keep to their limit");
  Demand(expressions <= std::ptrdiff_t{kMostExpressions}, "expressions keep to their limit");
  const auto filter = TitleFilter::Compile(terms);
  Demand(filter.has_value(), "a filter that is kept compiles");
  for (const std::string_view title : {std::string_view("Cook"), std::string_view(kHostile)})
    Demand(filter->WhyExcluded(title) == filter->WhyExcluded(title),
           "a title is judged alike each time");
}

}  // namespace

void FuzzSettings(std::string_view bytes) {
  static Installation installation;
  installation.BeginAnew();
  const Reply before = installation.Ask(GetSettings);

  const Reply reply = installation.Ask(PostSettings, bytes);

  const Reply after = installation.Ask(GetSettings);
  if (reply.status != 200) {
    CheckRefusal(reply);
    Demand(after.status == 200 && after.body == before.body, "a refusal changes nothing");
    return;
  }
  const json::value body = *ReadJson(bytes);
  AllShown expected = ShownIn(before);
  CarryOut(body.as_array(), expected);
  Demand(ShownIn(after) == expected, "settings are shown as they were written");
  CheckAnswer(reply, body.as_array());
  for (const Setting& one : installation.Stored()) {
    Demand(one.terms == expected.at(one.company).terms, "terms are kept as they were written");
    CheckFilter(one.terms.titles);
    CheckFilter({one.terms.places.include, one.terms.places.exclude});
  }
}

}  // namespace rolecall
