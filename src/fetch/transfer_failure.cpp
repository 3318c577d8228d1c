// Sentences of what libcurl and OpenSSL find. Theirs stand behind ours, where they say more.
#include "fetch/transfer_failure.h"

#include <curl/curl.h>
#include <fmt/format.h>
#include <openssl/x509_vfy.h>

#include <algorithm>

#include "base/text.h"
#include "fetch/outward_proxy.h"
#include "fetch/tls.h"
#include "fetch/transfer.h"

namespace rolecall {
namespace {

FailedTry Once(Errc code, std::string sentence) { return Error{code, std::move(sentence)}; }

FailedTry Again(Errc code, std::string sentence) {
  FailedTry failed = Once(code, std::move(sentence));
  failed.another_may_mend_it = true;
  return failed;
}

// A timeout before anything was asked is a place that cannot be reached; later, an answer that did
// not come. Neither is tried again: it has cost enough.
FailedTry WhyTimedOut(const BrokenTransfer& broken) {
  curl_off_t asked_after = 0;
  curl_easy_getinfo(broken.curl, CURLINFO_PRETRANSFER_TIME_T, &asked_after);
  const auto deadline = broken.exchange.deadline;
  if (asked_after == 0)
    return Once(
        Errc::kUnavailable,
        fmt::format("no connection within {:.1f} s{}",
                    std::chrono::duration<double>(std::min(deadline, kConnectWithin)).count(),
                    broken.exchange.proxy.empty()
                        ? ""
                        : " through the proxy " + ShownProxy(broken.exchange.proxy)));
  return Once(Errc::kUpstream, fmt::format("no whole answer within {:.1f} s",
                                           std::chrono::duration<double>(deadline).count()));
}

// What is wrong with whose certificate; "it" is the host, by whose name the sentence begins.
std::string FaultOfCertificate(long verdict, std::string_view said) {
  switch (verdict) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return "its certificate has expired";
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return "its certificate is not valid yet, or the clock of this machine is behind";
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
      return "its certificate is signed by nobody but itself";
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      return "its certificate is signed by an authority that is not trusted here (SSL_CERT_FILE "
             "can name a file of those that are)";
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
      return "its certificate is forged: the authority that it names has not signed it";
    case X509_V_OK:  // libcurl compares the names itself
      break;
    default:  // OpenSSL's codes are not ours to close
      return fmt::format("its certificate is refused ({})", X509_verify_cert_error_string(verdict));
  }
  if (said.contains("host name"))
    return fmt::format("its certificate is another host's ({})", said);
  return fmt::format("its certificate is refused ({})", said);
}

std::string CutShort(std::size_t body, std::string_view said) {
  return fmt::format("the answer was cut short after {} bytes ({})", body, said);
}

}  // namespace

FailedTry WhyBroken(const BrokenTransfer& broken) {
  const std::string said = OneLine(std::string(broken.said));
  const std::string& proxy = broken.exchange.proxy;
  long tunnel = 0;
  curl_easy_getinfo(broken.curl, CURLINFO_HTTP_CONNECTCODE, &tunnel);
  if (tunnel >= 300) return WhyRefusedByProxy(proxy, tunnel);
  if (broken.result == CURLE_PEER_FAILED_VERIFICATION || broken.verdict != X509_V_OK)
    return Once(Errc::kUpstream,
                "no connection that can be trusted: " + FaultOfCertificate(broken.verdict, said));
  switch (broken.result) {
    case CURLE_OPERATION_TIMEDOUT:
      return WhyTimedOut(broken);
    case CURLE_SSL_CACERT_BADFILE:
      return Once(Errc::kUnavailable,
                  fmt::format("no connection can be trusted: the authorities that are cannot be "
                              "read from {}",
                              NamedRoots() == nullptr
                                  ? "this machine's own list (" + said + ")"
                                  : Quoted(NamedRoots()) + ", which SSL_CERT_FILE names"));
    case CURLE_SSL_CONNECT_ERROR:
      return Again(Errc::kUpstream, fmt::format("no TLS could be agreed on ({})", said));
    case CURLE_COULDNT_CONNECT:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return Again(Errc::kUnavailable, proxy.empty()
                                           ? said
                                           : fmt::format("no connection to the proxy {} ({})",
                                                         ShownProxy(proxy), said));
    default:  // libcurl's codes are not ours to close
      return Again(Errc::kUpstream, broken.body ? CutShort(*broken.body, said)
                                                : fmt::format("the connection broke ({})", said));
  }
}

FailedTry WhyRefusedByProxy(const std::string& proxy, long status) {
  const std::string place = ShownProxy(proxy);
  if (status == kProxyAsksWho)
    return Once(Errc::kUpstream,
                proxy.contains('@')
                    ? fmt::format("the proxy {} does not take the name and password that its "
                                  "address holds (HTTP 407)",
                                  place)
                    : fmt::format("the proxy {0} asks for a name and a password, which its address "
                                  "can hold: http://NAME:PASSWORD@{0} (HTTP 407)",
                                  place));
  if (status >= 500)
    return Again(Errc::kUnavailable,
                 fmt::format("the proxy {} could not connect to it (HTTP {})", place, status));
  return Once(Errc::kUpstream,
              fmt::format("the proxy {} refuses to connect to it (HTTP {})", place, status));
}

FailedTry WhyCutUnseen(std::size_t body) {
  return Again(Errc::kUpstream,
               CutShort(body, "the connection broke off, and TLS had not said that no more comes"));
}

}  // namespace rolecall
