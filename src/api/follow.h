// Following a company by its board, and which kinds of boards there are.
#pragma once

#include "api/handler.h"

namespace rolecall {

// [{"kind", "title", "token_hint"}], for anybody.
Result<Reply> GetKinds(const ApiParts& parts, const Call& call);

// {"kind", "token", "name"?, "display_name"?, "dry_run"?, "confirm"?}, or "url" in place of kind
// and token: finds the board, checks it by reading it and follows the company. 201 {"name",
// "display_name", "board", "token", "sample", "total_count"}; 200 with "checked" too for a dry run,
// which follows nothing, and of an address tells the board that cannot be read too, with "trouble".
// "own_name" is what the board calls itself, "found_on" the page that led to it, each null where
// there is none. 422 where the board cannot be read, or an address leads to none; 409 where the
// name or the board is another's, and, with all of the above, until "confirm" where nothing shows
// that the board is there, or whose it is: kind and token alone, of a board that calls itself
// otherwise or that is known by its token alone. 429 while another check of this user is under way,
// or two are in all; 503 when the server ends.
Result<Reply> PostCompany(const ApiParts& parts, const Call& call);

}  // namespace rolecall
