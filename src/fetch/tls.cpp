// Sets OpenSSL up beneath libcurl. Carried roots are read once for all connections: a
// CURLOPT_CAINFO_BLOB is read for each, which takes it 20 ms.
#include "fetch/tls.h"

#include <curl/curl.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <cstdlib>

namespace rolecall {
namespace {

#ifdef ROLECALL_ROOTS

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

void TrustCarriedRoots(SSL_CTX* tls) {
  static X509_STORE* const store = ReadRoots();
  SSL_CTX_set1_cert_store(tls, store);
}

#else

void TrustCarriedRoots(SSL_CTX*) {}

#endif

// Where a context keeps the TlsSeen of its CURL.
int SeenIndex() {
  static const int index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
  return index;
}

void SeeAlert(const SSL* tls, int event, int alert) {
  const bool ends = event == SSL_CB_READ_ALERT && (alert & 0xFF) == SSL_AD_CLOSE_NOTIFY;
  const bool refuses = event == SSL_CB_WRITE_ALERT && SSL_get_verify_result(tls) != X509_V_OK;
  if (!ends && !refuses) return;
  auto* const seen = static_cast<TlsSeen*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(tls), SeenIndex()));
  if (ends) seen->ended = tls;
  if (refuses) seen->verdict = SSL_get_verify_result(tls);
}

CURLcode SetUpContext(CURL*, void* context, void* seen) {
  auto* const tls = static_cast<SSL_CTX*>(context);
  if (NamedRoots() == nullptr) TrustCarriedRoots(tls);
  if (seen == nullptr) return CURLE_OK;
  SSL_CTX_set_ex_data(tls, SeenIndex(), seen);
  SSL_CTX_set_info_callback(tls, SeeAlert);
  return CURLE_OK;
}

}  // namespace

const char* NamedRoots() {
  static const char* const named = std::getenv("SSL_CERT_FILE");
  return named == nullptr || *named == '\0' ? nullptr : named;
}

void SetUpTls(CURL* curl, TlsSeen* seen) {
  if (NamedRoots() != nullptr) curl_easy_setopt(curl, CURLOPT_CAINFO, NamedRoots());
  curl_easy_setopt(curl, CURLOPT_SSL_CTX_FUNCTION, SetUpContext);
  curl_easy_setopt(curl, CURLOPT_SSL_CTX_DATA, seen);
}

const void* TlsOf(CURL* curl) {
  const curl_tlssessioninfo* session = nullptr;
  curl_easy_getinfo(curl, CURLINFO_TLS_SSL_PTR, &session);
  return session == nullptr ? nullptr : session->internals;
}

}  // namespace rolecall
