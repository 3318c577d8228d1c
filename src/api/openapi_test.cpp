// The document of the interface against the table of routes.
#include "api/openapi.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "api/page.h"
#include "api/routes.h"
#include "tests/support/api_rig.h"

namespace rolecall {
namespace {

namespace json = boost::json;
using Addresses = std::set<std::string>;

bool IsOfThePage(const Route& route) {
  return route.handle == GetPage || route.handle == GetPageFile || route.handle == GetPageIcon;
}

// "/logo/{name}.svg" as the table has it, "/logo/{}"; each name goes to `names`.
std::string AsRoute(std::string_view path, std::set<std::string>& names) {
  std::string shown;
  while (!path.empty()) {
    const std::string_view part = path.substr(0, path.find('/', 1));
    path.remove_prefix(part.size());
    const std::size_t begin = part.find('{');
    if (begin == std::string_view::npos) {
      shown += part;
      continue;
    }
    names.emplace(part.substr(begin + 1, part.find('}') - begin - 1));
    shown += "/{}";
  }
  return shown;
}

Addresses RoutesServed() {
  Addresses served;
  for (const Route& route : Routes()) {
    if (IsOfThePage(route)) continue;
    std::string path(route.path);
    if (path.ends_with('/')) path.pop_back();
    served.insert(std::string(route.method) + ' ' + path);
  }
  return served;
}

Addresses Without(Addresses those, const Addresses& others) {
  std::erase_if(those, [&](const std::string& one) { return others.contains(one); });
  return those;
}

// What an operation says of the parts of its path.
std::set<std::string> PathParameters(const json::object& document, const json::object& operation) {
  std::set<std::string> names;
  const json::value* parameters = operation.if_contains("parameters");
  if (parameters == nullptr) return names;
  for (const json::value& given : parameters->as_array()) {
    const json::value* reference = given.as_object().if_contains("$ref");
    const json::value& parameter =
        reference == nullptr
            ? given
            : json::value(document).at_pointer(std::string_view(reference->as_string()).substr(1));
    if (parameter.at("in") == "path") names.emplace(parameter.at("name").as_string());
  }
  return names;
}

std::string TagOf(const Reply& reply) {
  const auto tag = std::ranges::find(reply.headers, "ETag", &Header::name);
  return tag == reply.headers.end() ? "none" : tag->value;
}

TEST(InterfaceDocument, DescribesEveryRouteAndNoOther) {
  Addresses expected = RoutesServed();

  Addresses described;
  for (const auto& [path, item] : InterfaceDocument("1").at("paths").as_object()) {
    std::set<std::string> ignored;
    for (const auto& [method, operation] : item.as_object()) {
      std::string verb(method);
      std::ranges::transform(verb, verb.begin(), [](unsigned char c) { return std::toupper(c); });
      described.insert(verb + ' ' + AsRoute(path, ignored));
    }
  }

  EXPECT_EQ(Without(described, expected), Addresses());
  EXPECT_EQ(Without(expected, described), Addresses());
}

TEST(InterfaceDocument, SaysWhatEachPartOfAPathIs) {
  const json::object document = InterfaceDocument("1");

  for (const auto& [path, item] : document.at("paths").as_object()) {
    std::set<std::string> named;
    AsRoute(path, named);
    for (const auto& [method, operation] : item.as_object())
      EXPECT_EQ(PathParameters(document, operation.as_object()), named) << method << ' ' << path;
  }
}

TEST(InterfaceDocument, IsSentToWhoHasAnother) {
  ApiRig rig;
  Request request{.method = "GET", .path = "/api/openapi.json"};

  const Reply first = Answer(rig.parts(), request);
  const std::string tag = TagOf(first);
  request.headers = {{"if-none-match", "W/\"another\", " + tag}};
  const Reply again = Answer(rig.parts(), request);
  request.headers = {{"if-none-match", "W/\"another\""}};
  const Reply to_another = Answer(rig.parts(), request);

  EXPECT_EQ(first.status, 200);
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
  EXPECT_EQ(TagOf(again), tag);
  EXPECT_EQ(to_another.body, first.body);
}

TEST(InterfaceDocument, CarriesTheVersionThatItIsGiven) {
  EXPECT_EQ(InterfaceDocument("1.2.3").at("info").at("version"), "1.2.3");
}

}  // namespace
}  // namespace rolecall
