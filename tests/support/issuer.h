// Tokens signed by anybody with anything: an issuer with an RSA key, and forgers.
#pragma once

#include <cjose/cjose.h>
#include <gtest/gtest.h>
#include <jansson.h>

#include <boost/json.hpp>
#include <memory>
#include <string>

namespace rolecall {

using TestKey = std::shared_ptr<cjose_jwk_t>;

inline TestKey MakeRsaKey(int bits = 2048) {
  const std::uint8_t exponent[] = {1, 0, 1};
  return {cjose_jwk_create_RSA_random(static_cast<std::size_t>(bits), exponent, 3, nullptr),
          cjose_jwk_release};
}

inline TestKey MakeSecretKey(std::string_view secret) {
  return {cjose_jwk_create_oct_spec(reinterpret_cast<const std::uint8_t*>(secret.data()),
                                    secret.size(), nullptr),
          cjose_jwk_release};
}

// A token with these claims and headers, "alg" among them.
inline std::string Signed(const boost::json::value& claims, const TestKey& key,
                          const boost::json::object& headers) {
  // A header of cjose is a value of jansson.
  const std::string header_text = boost::json::serialize(headers);
  cjose_header_t* header = json_loadb(header_text.data(), header_text.size(), 0, nullptr);
  const std::string text = boost::json::serialize(claims);
  cjose_jws_t* jws = cjose_jws_sign(
      key.get(), header, reinterpret_cast<const std::uint8_t*>(text.data()), text.size(), nullptr);
  const char* compact = nullptr;
  std::string token;
  if (jws != nullptr && cjose_jws_export(jws, &compact, nullptr)) token = compact;
  if (token.empty()) ADD_FAILURE() << "a token of a test could not be signed";
  cjose_jws_release(jws);
  cjose_header_release(header);
  return token;
}

inline std::string Base64Url(std::string_view text) {
  char* encoded = nullptr;
  std::size_t size = 0;
  cjose_base64url_encode(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(), &encoded,
                         &size, nullptr);
  const std::string copy(encoded, size);
  cjose_get_dealloc()(encoded);
  return copy;
}

// An issuer of ID tokens, with one key.
class Issuer {
 public:
  explicit Issuer(std::string key_id = "first", int bits = 2048)
      : key_id_(std::move(key_id)), key_(MakeRsaKey(bits)) {}

  std::string KeySet() const {
    char* text = cjose_jwk_to_json(key_.get(), false, nullptr);
    boost::json::object key = boost::json::parse(text).as_object();
    cjose_get_dealloc()(text);
    key["kid"] = key_id_;
    key["use"] = "sig";
    key["alg"] = "RS256";
    return boost::json::serialize(boost::json::object{{"keys", boost::json::array{key}}});
  }
  std::string Token(const boost::json::value& claims) const {
    return Signed(claims, key_, {{"alg", "RS256"}, {"kid", key_id_}});
  }
  const TestKey& key() const { return key_; }

 private:
  std::string key_id_;
  TestKey key_;
};

}  // namespace rolecall
