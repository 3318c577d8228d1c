// A client on loopback that sends exactly the bytes that a test gives, and takes replies apart.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace rolecall {

struct RawReply {
  int status = 0;    // 0: none came whole
  std::string head;  // with the status line, without the empty line
  std::string body;  // its chunks put together
  bool cut = false;  // the connection ended, or broke, before the body did

  // By its name, in whatever case; "" for none.
  std::string HeaderOf(std::string_view name) const;
};

// The test fails where anything takes over two minutes. For one thread; Send beside reads.
class RawClient {
 public:
  explicit RawClient(int port);
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;
  ~RawClient();

  // False where the other side went.
  bool Send(std::string_view bytes);
  // "GET path" with a Host header and what is given besides, as "Name: value\r\n".
  bool Ask(std::string_view path, std::string_view headers = "");
  // Says that nothing more comes.
  void FinishSending();
  // Makes the kernel take little before it is read; before the first reply.
  void TakeLittle();

  // The next reply; the one to a HEAD without a body.
  RawReply Read();
  RawReply ReadHead();
  // What comes until the connection ends.
  std::string ReadToTheEnd();
  // How it ended: as the other side meant it, or by a reset, which destroys what was on its way.
  bool ended() const { return ended_; }
  bool broken() const { return broken_; }
  // Takes so many bytes.
  std::string ReadBytes(std::size_t count);

 private:
  bool Fill();
  std::string TakeUntil(std::string_view text);

  int socket_;
  std::string inbox_;
  bool ended_ = false;
  bool broken_ = false;
};

// What gzip packed; the test fails where it is not whole.
std::string Unpacked(std::string_view packed);

}  // namespace rolecall
