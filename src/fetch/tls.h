// How libcurl speaks TLS: whom it trusts, and who said that no more comes. Where the program is
// built to (ROLECALL_ROOTS), it carries its certificate roots, so that whom it trusts does not hang
// on a machine's own list, which may be old.
#pragma once

using CURL = void;

namespace rolecall {

// What was seen of the TLS beneath one CURL. Outlives it.
struct TlsSeen {
  // The connection (SSL) that last said that no more comes; null: none since this was cleared.
  const void* ended = nullptr;
  long verdict = 0;  // X509_V_OK, or why a certificate was refused; libcurl does not always tell
};

// Has `curl` trust the file that SSL_CERT_FILE names, or else the roots carried; where none are,
// libcurl goes by its own. Any thread.
void SetUpTls(CURL* curl, TlsSeen* seen = nullptr);

// The connection (SSL) of the transfer under way, to ask for within its callbacks; null: plain
// HTTP.
const void* TlsOf(CURL* curl);

// The file that SSL_CERT_FILE named when first asked for; null: none.
const char* NamedRoots();

}  // namespace rolecall
