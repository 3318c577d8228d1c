// The certificate roots that the program carries, where it is built to (ROLECALL_ROOTS): so that
// whom it trusts does not hang on a machine's own list, which may be old.
#pragma once

using CURL = void;

namespace rolecall {

// Has `curl` trust the file that SSL_CERT_FILE names, or else the roots carried. Where none are,
// libcurl goes by its own. Any thread.
void TrustCarriedRoots(CURL* curl);

}  // namespace rolecall
