// The certificate roots that the program carries, and how libcurl comes to trust them. They are
// read once for all connections: a CURLOPT_CAINFO_BLOB is read for each, which takes it 20 ms.
#include "fetch/carried_roots.h"

#ifdef ROLECALL_ROOTS

#include <curl/curl.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <cstdlib>

namespace rolecall {
namespace {

constexpr char kRoots[] = {
#embed ROLECALL_ROOTS
};

// Lives as long as the process. What is no certificate is left out.
X509_STORE* ReadRoots() {
  X509_STORE* store = X509_STORE_new();
  BIO* text = BIO_new_mem_buf(kRoots, sizeof(kRoots));
  while (X509* root = PEM_read_bio_X509(text, nullptr, nullptr, nullptr)) {
    X509_STORE_add_cert(store, root);
    X509_free(root);
  }
  BIO_free(text);
  // The end of the text is told as an error.
  ERR_clear_error();
  return store;
}

CURLcode ShareRoots(CURL*, void* tls, void*) {
  static X509_STORE* const store = ReadRoots();
  SSL_CTX_set1_cert_store(static_cast<SSL_CTX*>(tls), store);
  return CURLE_OK;
}

}  // namespace

void TrustCarriedRoots(CURL* curl) {
  static const char* const named = std::getenv("SSL_CERT_FILE");
  if (named != nullptr && *named != '\0')
    curl_easy_setopt(curl, CURLOPT_CAINFO, named);
  else
    curl_easy_setopt(curl, CURLOPT_SSL_CTX_FUNCTION, ShareRoots);
}

}  // namespace rolecall

#else

namespace rolecall {

void TrustCarriedRoots(CURL*) {}

}  // namespace rolecall

#endif
