// nghttp2 over TLS: requests are gathered from its callbacks, and each is answered as a whole. What
// is to break off does so once the last of its body has been handed over.
#include "tests/web/http2_answers.h"

#include <nghttp2/nghttp2.h>

#include <array>
#include <cstring>
#include <map>

namespace rolecall {
namespace {

struct Stream {
  Asked asked{.protocol = "h2", .host = {}, .path = {}};
  Told told;
  std::size_t sent = 0;  // of the body
};

struct Http2Peer {
  const std::function<Told(const Asked&)>& answer;
  std::map<std::int32_t, Stream> streams;
  std::optional<Told::End> ends;  // the peer, once all that is queued is sent
};

Http2Peer& PeerOf(void* state) { return *static_cast<Http2Peer*>(state); }

nghttp2_nv Header(std::string_view name, std::string_view value) {
  return {.name = reinterpret_cast<std::uint8_t*>(const_cast<char*>(name.data())),
          .value = reinterpret_cast<std::uint8_t*>(const_cast<char*>(value.data())),
          .namelen = name.size(),
          .valuelen = value.size(),
          .flags = NGHTTP2_NV_FLAG_NONE};
}

ssize_t ReadBody(nghttp2_session*, std::int32_t id, std::uint8_t* bytes, std::size_t most,
                 std::uint32_t* flags, nghttp2_data_source*, void* state) {
  Stream& stream = PeerOf(state).streams.at(id);
  const std::size_t count = std::min(most, stream.told.body.size() - stream.sent);
  std::memcpy(bytes, stream.told.body.data() + stream.sent, count);
  stream.sent += count;
  if (stream.sent == stream.told.body.size()) *flags |= NGHTTP2_DATA_FLAG_EOF;
  if (stream.told.end != Told::End::kWhole) *flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM;
  return static_cast<ssize_t>(count);
}

void Respond(nghttp2_session* session, std::int32_t id, Http2Peer& peer) {
  Stream& stream = peer.streams.at(id);
  stream.told = peer.answer(stream.asked);
  const std::string status = std::to_string(stream.told.status);
  const std::string length = std::to_string(stream.told.body.size());
  std::vector<nghttp2_nv> headers{Header(":status", status)};
  for (const auto& [name, value] : stream.told.headers) headers.push_back(Header(name, value));
  if (stream.told.end == Told::End::kWhole) headers.push_back(Header("content-length", length));
  const nghttp2_data_provider body{.source = {}, .read_callback = ReadBody};
  nghttp2_submit_response(session, id, headers.data(), headers.size(), &body);
}

int OnHeader(nghttp2_session*, const nghttp2_frame* frame, const std::uint8_t* name,
             std::size_t name_size, const std::uint8_t* value, std::size_t value_size, std::uint8_t,
             void* state) {
  Asked& asked = PeerOf(state).streams[frame->hd.stream_id].asked;
  const std::string_view named(reinterpret_cast<const char*>(name), name_size);
  const std::string said(reinterpret_cast<const char*>(value), value_size);
  if (named == ":path") asked.path = said;
  if (named == ":authority") asked.host = said;
  return 0;
}

int OnFrame(nghttp2_session* session, const nghttp2_frame* frame, void* state) {
  const bool asks = frame->hd.type == NGHTTP2_HEADERS || frame->hd.type == NGHTTP2_DATA;
  if (asks && (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0)
    Respond(session, frame->hd.stream_id, PeerOf(state));
  return 0;
}

int OnSent(nghttp2_session* session, const nghttp2_frame* frame, void* state) {
  if (frame->hd.type != NGHTTP2_DATA) return 0;
  const Stream& stream = PeerOf(state).streams.at(frame->hd.stream_id);
  if (stream.sent < stream.told.body.size()) return 0;
  switch (stream.told.end) {
    case Told::End::kWhole:
      break;
    case Told::End::kReset:
    case Told::End::kResetKindly:
      nghttp2_submit_rst_stream(
          session, NGHTTP2_FLAG_NONE, frame->hd.stream_id,
          stream.told.end == Told::End::kReset ? NGHTTP2_INTERNAL_ERROR : NGHTTP2_NO_ERROR);
      break;
    case Told::End::kClosed:
    case Told::End::kCut:
      PeerOf(state).ends = stream.told.end;
      break;
  }
  return 0;
}

// All that is queued; false where the other side has gone.
bool SendQueued(nghttp2_session* session, SSL* tls) {
  const std::uint8_t* bytes = nullptr;
  while (const ssize_t size = nghttp2_session_mem_send(session, &bytes))
    if (size < 0 || SSL_write(tls, bytes, static_cast<int>(size)) <= 0) return false;
  return true;
}

std::shared_ptr<nghttp2_session> MakeSession(Http2Peer& peer) {
  nghttp2_session_callbacks* callbacks = nullptr;
  nghttp2_session_callbacks_new(&callbacks);
  nghttp2_session_callbacks_set_on_header_callback(callbacks, OnHeader);
  nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, OnFrame);
  nghttp2_session_callbacks_set_on_frame_send_callback(callbacks, OnSent);
  nghttp2_session* session = nullptr;
  nghttp2_session_server_new(&session, callbacks, &peer);
  nghttp2_session_callbacks_del(callbacks);
  nghttp2_submit_settings(session, NGHTTP2_FLAG_NONE, nullptr, 0);
  return {session, nghttp2_session_del};
}

}  // namespace

void AnswerHttp2(SSL* tls, int socket, const std::function<Told(const Asked&)>& answer) {
  Http2Peer peer{.answer = answer, .streams = {}, .ends = {}};
  const auto session = MakeSession(peer);
  std::array<std::uint8_t, 16384> chunk;
  while (SendQueued(session.get(), tls) && !peer.ends) {
    const int got = SSL_read(tls, chunk.data(), static_cast<int>(chunk.size()));
    if (got <= 0) return;
    if (nghttp2_session_mem_recv(session.get(), chunk.data(), static_cast<std::size_t>(got)) < 0)
      return;
  }
  if (peer.ends == Told::End::kClosed) SSL_shutdown(tls);
  EndSending(socket);
}

}  // namespace rolecall
