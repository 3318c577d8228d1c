// JSON Web Tokens in compact form (RFC 7515, 7519), signed and verified by cjose.
#pragma once

#include <cjose/cjose.h>

#include <boost/json.hpp>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/error.h"

namespace rolecall {

// A key; goes with its last owner. Several threads may verify with one.
using Jwk = std::shared_ptr<const cjose_jwk_t>;

// The key of HS256 that a secret is. Throws std::runtime_error where the secret is empty.
Jwk SecretKey(std::string_view secret);

// The RSA keys for signatures of a JWKS (RFC 7517) by their ids; kUpstream where it has none of at
// least 2048 bits.
Result<std::map<std::string, Jwk, std::less<>>> ReadKeySet(std::string_view jwks);

// Signs with HS256. Throws std::runtime_error where the library cannot.
std::string SignClaims(const boost::json::object& claims, const Jwk& key);

// A token whose signature was not looked at yet.
class SealedToken {
 public:
  // Takes it apart: three parts of strict base64url, at most 8 KiB, signed with `algorithm` by its
  // own word, and asking for nothing that has to be understood ("crit"). kInvalidInput otherwise;
  // no message of a token repeats any of it.
  static Result<SealedToken> Read(std::string_view compact, std::string_view algorithm);

  // "" where the token names no key.
  const std::string& key_id() const { return key_id_; }

  // Its claims, once the signature is seen to be of `key`; kInvalidInput where it is not.
  Result<boost::json::object> Open(const Jwk& key) const;

 private:
  using Jws = std::unique_ptr<cjose_jws_t, decltype(&cjose_jws_release)>;
  SealedToken(Jws jws, std::string key_id) : jws_(std::move(jws)), key_id_(std::move(key_id)) {}
  Jws jws_;
  std::string key_id_;
};

// When `exp` will have been past for a minute. kInvalidInput where it is, or is no number, or where
// `iat` or `nbf` are given and are no numbers or more than a minute to come.
Result<Timestamp> CheckTimes(const boost::json::object& claims, Timestamp now);

// The text of a claim; "" where there is no such text.
std::string TextClaim(const boost::json::object& claims, std::string_view name);

// 32 random bytes as base64url: 43 characters.
std::string RandomSecret();

}  // namespace rolecall
