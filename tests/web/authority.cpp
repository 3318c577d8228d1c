// Certificates of P-256 keys, with the extensions that a client looks at.
#include "tests/web/authority.h"

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

namespace rolecall {
namespace {

void Extend(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

// Signed by `issuer`, or by itself where there is none.
Identity MakeIdentity(const std::string& name, Validity valid, const Identity* issuer) {
  static std::atomic<long> serial = 1;
  const Identity made{.certificate = {X509_new(), X509_free},
                      .key = {EVP_EC_gen("P-256"), EVP_PKEY_free}};
  const Identity& signer = issuer == nullptr ? made : *issuer;
  X509* certificate = made.certificate.get();
  X509_set_version(certificate, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial++);
  X509_gmtime_adj(X509_getm_notBefore(certificate), valid.from);
  X509_gmtime_adj(X509_getm_notAfter(certificate), valid.until);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  X509_set_issuer_name(certificate, X509_get_subject_name(signer.certificate.get()));
  X509_set_pubkey(certificate, made.key.get());
  return made;
}

Identity Signed(Identity made, const Identity& signer) {
  X509_sign(made.certificate.get(), signer.key.get(), EVP_sha256());
  return made;
}

// What the tests of this program trust: named before anything connects, and taken away at the end.
class Trust : public testing::Environment {
 public:
  void SetUp() override {
    TrustedAuthority().WriteTo(TrustedFile());
    setenv("SSL_CERT_FILE", TrustedFile().c_str(), 1);
  }
  void TearDown() override { std::filesystem::remove(TrustedFile()); }
};

[[maybe_unused]] const auto* const kTrust = testing::AddGlobalTestEnvironment(new Trust);

}  // namespace

Authority::Authority(const std::string& name) : self_(MakeIdentity(name, {}, nullptr)) {
  X509* certificate = self_.certificate.get();
  Extend(certificate, certificate, NID_basic_constraints, "critical,CA:TRUE");
  Extend(certificate, certificate, NID_key_usage, "critical,keyCertSign");
  self_ = Signed(self_, self_);
}

Identity Authority::Sign(const std::string& host, Validity valid) const {
  const Identity made = MakeIdentity(host, valid, &self_);
  Extend(made.certificate.get(), self_.certificate.get(), NID_subject_alt_name, "DNS:" + host);
  return Signed(made, self_);
}

void Authority::WriteTo(const std::string& path) const {
  std::FILE* file = std::fopen(path.c_str(), "we");
  if (file == nullptr) return;
  PEM_write_X509(file, self_.certificate.get());
  std::fclose(file);
}

Identity SignedByItself(const std::string& host) {
  const Identity made = MakeIdentity(host, {}, nullptr);
  Extend(made.certificate.get(), made.certificate.get(), NID_subject_alt_name, "DNS:" + host);
  return Signed(made, made);
}

const Authority& TrustedAuthority() {
  static const Authority authority("The authority of these tests");
  return authority;
}

const std::string& TrustedFile() {
  static const std::string path = (std::filesystem::temp_directory_path() /
                                   ("rolecall-web-" + std::to_string(getpid()) + ".pem"))
                                      .string();
  return path;
}

}  // namespace rolecall
