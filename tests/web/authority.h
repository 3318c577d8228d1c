// A certificate authority of a test and what it signs, made anew by each process: no key is ever
// written down.
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

namespace rolecall {

// A certificate and the key that proves it.
struct Identity {
  std::shared_ptr<X509> certificate;
  std::shared_ptr<EVP_PKEY> key;
};

// Seconds from now.
struct Validity {
  long from = -3'600;
  long until = 3'600;
};

class Authority {
 public:
  explicit Authority(const std::string& name);

  // Of a server that is called `host`.
  Identity Sign(const std::string& host, Validity valid = {}) const;

  // Its own certificate in a file at `path`, as SSL_CERT_FILE names one.
  void WriteTo(const std::string& path) const;

 private:
  Identity self_;
};

// Signed by nobody but itself.
Identity SignedByItself(const std::string& host);

// The authority that this program trusts, by SSL_CERT_FILE.
const Authority& TrustedAuthority();

// The file that SSL_CERT_FILE names.
const std::string& TrustedFile();

}  // namespace rolecall
