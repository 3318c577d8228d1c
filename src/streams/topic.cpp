// Keeps the bytes of a topic. One chunk for each Say, shared by all who send it.
#include "streams/topic.h"

#include <algorithm>
#include <utility>

#include "streams/streams.h"

namespace rolecall {
namespace {

// As many as one call of sendmsg is given.
constexpr std::size_t kMostChunks = 64;

}  // namespace

TopicState::TopicState(std::shared_ptr<StreamInbox> inbox, std::size_t most)
    : inbox_(std::move(inbox)), most_(most) {}

// Those who are counted later find what is kept by themselves.
bool TopicState::MustTell(Kept& kept) {
  return kept.listeners > 0 && !std::exchange(kept.told, true);
}

void TopicState::Tell() { inbox_->Tell(shared_from_this()); }

void TopicState::Say(std::string_view events) {
  if (events.empty()) return;
  auto bytes = std::make_shared<const std::string>(events);
  const bool must_tell = kept_.With([&](Kept& kept) {
    if (kept.ended) return false;
    kept.chunks.push_back({kept.said, std::move(bytes)});
    kept.said += events.size();
    while (kept.chunks.size() > 1 && kept.said - kept.chunks[1].at >= most_)
      kept.chunks.pop_front();
    return MustTell(kept);
  });
  if (must_tell) Tell();
}

void TopicState::End() {
  const bool must_tell = kept_.With([&](Kept& kept) {
    kept.ended = true;
    return MustTell(kept);
  });
  if (must_tell) Tell();
}

std::uint64_t TopicState::said() const {
  return kept_.With([](const Kept& kept) { return kept.said; });
}

std::size_t TopicState::listeners() const {
  return kept_.With([](const Kept& kept) { return kept.listeners; });
}

void TopicState::CountListener() {
  kept_.With([](Kept& kept) { ++kept.listeners; });
}

void TopicState::ForgetListener() {
  kept_.With([](Kept& kept) { --kept.listeners; });
}

std::uint64_t TopicState::Hear() {
  return kept_.With([](Kept& kept) {
    kept.told = false;
    return kept.oldest();
  });
}

Piece TopicState::Read(std::uint64_t from) const {
  Piece piece{.from = from, .to = from};
  std::uint64_t begins = from;  // of the first chunk
  kept_.With([&](const Kept& kept) {
    piece.forgotten = from < kept.oldest();
    if (piece.forgotten) return;
    const auto after = std::ranges::upper_bound(kept.chunks, from, {}, &Chunk::at);
    auto chunk = from < kept.said ? std::prev(after) : kept.chunks.end();
    if (chunk != kept.chunks.end()) begins = chunk->at;
    for (; chunk != kept.chunks.end() && piece.chunks.size() < kMostChunks; ++chunk) {
      piece.chunks.push_back(chunk->bytes);
      piece.to = chunk->at + chunk->bytes->size();
    }
    piece.reaches_end = piece.to >= kept.said;
    piece.ended = kept.ended;
  });
  piece.parts.reserve(piece.chunks.size());
  std::size_t skip = from - begins;
  for (const auto& bytes : piece.chunks) {
    const std::string_view part = std::string_view(*bytes).substr(std::exchange(skip, 0));
    piece.parts.push_back({const_cast<char*>(part.data()), part.size()});
  }
  return piece;
}

Topic::Topic(std::shared_ptr<TopicState> state) : state_(std::move(state)) {}

void Topic::Say(std::string_view events) { state_->Say(events); }

void Topic::End() { state_->End(); }

std::uint64_t Topic::said() const { return state_->said(); }

std::size_t Topic::listeners() const { return state_->listeners(); }

}  // namespace rolecall
