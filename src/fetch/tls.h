// Whom libcurl trusts, where it speaks TLS. Where the program is built to (ROLECALL_ROOTS), it
// carries its certificate roots, so that this does not hang on a machine's own list, which may be
// old.
#pragma once

using CURL = void;

namespace rolecall {

// Has `curl` trust the file that SSL_CERT_FILE names, or else the roots carried; where none are,
// libcurl goes by its own. Any thread.
void SetUpTls(CURL* curl);

// The file that SSL_CERT_FILE named when first asked for; null: none.
const char* NamedRoots();

}  // namespace rolecall
