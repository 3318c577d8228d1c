// Signs and verifies tokens. What cjose leaves open is closed before it is asked: it takes any
// algorithm that fits the key, lax base64, and headers that it does not understand.
#include "auth/tokens.h"

#include <fmt/format.h>
#include <jansson.h>
#include <openssl/err.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <vector>

namespace rolecall {
namespace json = boost::json;
namespace {

constexpr std::size_t kLongestToken = 8192;
constexpr double kSkew = 60;                       // seconds
constexpr double kFarthest = 253'402'300'799'999;  // milliseconds: the end of the year 9999
constexpr std::size_t kLeastBits = 2048;
constexpr std::size_t kMostKeysOfASet = 100;

std::unexpected<Error> NotRight(std::string why) {
  return Fail(Errc::kInvalidInput, std::move(why));
}

Jwk Own(cjose_jwk_t* key) { return {key, cjose_jwk_release}; }

// Strict: no padding, no other characters, no spare bits that are set.
bool IsBase64Url(std::string_view text) {
  std::vector<unsigned char> bytes(text.size());
  std::size_t size = 0;
  const char* end = nullptr;
  return !text.empty() &&
         sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &size,
                           &end, sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
         end == text.data() + text.size();
}

bool HasThreeParts(std::string_view compact) {
  const auto first = compact.find('.');
  const auto second = compact.find('.', first == std::string_view::npos ? first : first + 1);
  return second != std::string_view::npos && IsBase64Url(compact.substr(0, first)) &&
         IsBase64Url(compact.substr(first + 1, second - first - 1)) &&
         IsBase64Url(compact.substr(second + 1));
}

Result<std::optional<double>> NumberClaim(const json::object& claims, std::string_view name) {
  const json::value* value = claims.if_contains(name);
  if (value == nullptr) return std::nullopt;
  json::error_code failure;
  const auto number = value->to_number<double>(failure);
  if (failure) return NotRight(fmt::format("the token's {} is no number", name));
  return number;
}

}  // namespace

Jwk SecretKey(std::string_view secret) {
  cjose_jwk_t* key = cjose_jwk_create_oct_spec(reinterpret_cast<const std::uint8_t*>(secret.data()),
                                               secret.size(), nullptr);
  if (key == nullptr) throw std::runtime_error("no key can be made of the secret");
  return Own(key);
}

Result<std::map<std::string, Jwk, std::less<>>> ReadKeySet(std::string_view jwks) {
  json::error_code failure;
  const json::value read = json::parse(jwks, failure);
  const json::object* set = failure ? nullptr : read.if_object();
  const json::value* list = set == nullptr ? nullptr : set->if_contains("keys");
  if (list == nullptr || !list->is_array())
    return Fail(Errc::kUpstream, fmt::format("no \"keys\" array in {} bytes", jwks.size()));
  std::map<std::string, Jwk, std::less<>> keys;
  for (const json::value& entry : list->get_array()) {
    const json::object* one = entry.if_object();
    if (one == nullptr || keys.size() == kMostKeysOfASet || TextClaim(*one, "kty") != "RSA")
      continue;
    if (one->contains("use") && TextClaim(*one, "use") != "sig") continue;
    if (one->contains("alg") && TextClaim(*one, "alg") != "RS256") continue;
    // The library ends the process over base64 whose padding stands in its midst.
    const std::string id = TextClaim(*one, "kid"), n = TextClaim(*one, "n"),
                      e = TextClaim(*one, "e");
    if (!IsBase64Url(n) || !IsBase64Url(e)) continue;
    const std::string text = json::serialize(json::object{{"kty", "RSA"}, {"n", n}, {"e", e}});
    const Jwk key = Own(cjose_jwk_import(text.data(), text.size(), nullptr));
    if (key != nullptr && !id.empty() && cjose_jwk_get_keysize(key.get(), nullptr) >= kLeastBits)
      keys[id] = key;
  }
  ERR_clear_error();
  if (keys.empty()) return Fail(Errc::kUpstream, "there is no RSA key that can be used in the set");
  return keys;
}

std::string SignClaims(const json::object& claims, const Jwk& key) {
  const std::unique_ptr<cjose_header_t, decltype(&cjose_header_release)> header(
      cjose_header_new(nullptr), cjose_header_release);
  const std::string text = json::serialize(claims);
  const char* compact = nullptr;
  if (header != nullptr &&
      cjose_header_set(header.get(), CJOSE_HDR_ALG, CJOSE_HDR_ALG_HS256, nullptr) &&
      cjose_header_set(header.get(), "typ", "JWT", nullptr)) {
    const std::unique_ptr<cjose_jws_t, decltype(&cjose_jws_release)> jws(
        cjose_jws_sign(key.get(), header.get(), reinterpret_cast<const std::uint8_t*>(text.data()),
                       text.size(), nullptr),
        cjose_jws_release);
    if (jws != nullptr && cjose_jws_export(jws.get(), &compact, nullptr)) return compact;
  }
  throw std::runtime_error("a token could not be signed");
}

Result<SealedToken> SealedToken::Read(std::string_view compact, std::string_view algorithm) {
  if (compact.size() > kLongestToken) return NotRight("the token is longer than 8 KiB");
  if (!HasThreeParts(compact)) return NotRight("the token is no JWT");
  Jws jws(cjose_jws_import(compact.data(), compact.size(), nullptr), cjose_jws_release);
  // Also where the algorithm is one that the library does not know.
  if (jws == nullptr) return NotRight("the token is no JWT that can be read");
  cjose_header_t* header = cjose_jws_get_protected(jws.get());
  const char* told = cjose_header_get(header, CJOSE_HDR_ALG, nullptr);
  if (told == nullptr || told != algorithm)
    return NotRight(fmt::format("the token is not signed with {}", algorithm));
  // A header of cjose is a value of jansson.
  if (json_object_get(header, "crit") != nullptr)
    return NotRight("the token asks for extensions that nobody here knows");
  const char* key_id = cjose_header_get(header, CJOSE_HDR_KID, nullptr);
  return SealedToken(std::move(jws), key_id == nullptr ? "" : key_id);
}

Result<json::object> SealedToken::Open(const Jwk& key) const {
  if (!cjose_jws_verify(jws_.get(), key.get(), nullptr)) {
    // Whoever uses OpenSSL next on this thread would take what is left for an error of its own.
    ERR_clear_error();
    return NotRight("the token's signature is not right");
  }
  std::uint8_t* text = nullptr;
  std::size_t size = 0;
  if (!cjose_jws_get_plaintext(jws_.get(), &text, &size, nullptr))
    return NotRight("the token has no claims");
  json::error_code failure;
  json::value claims = json::parse({reinterpret_cast<const char*>(text), size}, failure);
  if (failure || !claims.is_object()) return NotRight("the token's claims are no JSON object");
  return std::move(claims).as_object();
}

Result<Timestamp> CheckTimes(const json::object& claims, Timestamp now) {
  const double seconds = static_cast<double>(now.time_since_epoch().count()) / 1000;
  TRY(const auto expires, NumberClaim(claims, "exp"));
  if (!expires) return NotRight("the token does not say when it expires");
  if (seconds >= *expires + kSkew) return NotRight("the token has expired");
  for (const std::string_view name : {"iat", "nbf"}) {
    TRY(const auto begins, NumberClaim(claims, name));
    if (begins && *begins > seconds + kSkew) return NotRight("the token is of the future");
  }
  const double milliseconds = std::min((*expires + kSkew) * 1000, kFarthest);
  return Timestamp(std::chrono::milliseconds(static_cast<std::int64_t>(milliseconds)));
}

std::string TextClaim(const json::object& claims, std::string_view name) {
  const json::value* value = claims.if_contains(name);
  const json::string* text = value == nullptr ? nullptr : value->if_string();
  return text == nullptr ? "" : std::string(text->data(), text->size());
}

std::string RandomSecret() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot be used");
  std::array<unsigned char, 32> bytes;
  randombytes_buf(bytes.data(), bytes.size());
  std::array<char, sodium_base64_ENCODED_LEN(32, sodium_base64_VARIANT_URLSAFE_NO_PADDING)> text;
  return sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(),
                           sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

}  // namespace rolecall
