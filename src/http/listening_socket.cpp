// Opens a socket that listens. Made by Asio, and handed on as a plain descriptor, so that it
// belongs to no event loop yet.
#include "http/listening_socket.h"

#include <fmt/format.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <tuple>

namespace rolecall {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

Result<tcp::endpoint> EndpointOf(asio::io_context& io, const std::string& host, int port) {
  if (port < 0 || port > 65'535)
    return Fail(Errc::kInvalidInput,
                fmt::format("cannot listen on port {}: a port is 0 to 65535", port));
  // It would stand for all addresses of the machine.
  if (host.empty())
    return Fail(Errc::kInvalidInput,
                "cannot listen on an empty host: name an address, such as "
                "127.0.0.1, or 0.0.0.0 for all that this machine has");
  error_code failure;
  const auto found =
      tcp::resolver(io).resolve(host, std::to_string(port), tcp::resolver::passive, failure);
  if (failure || found.empty())
    return Fail(Errc::kInvalidInput,
                fmt::format("cannot listen on \"{}\": {}", host, failure.message()));
  return found.begin()->endpoint();
}

}  // namespace

Result<ListeningSocket> ListeningSocket::Open(const std::string& host, int port) {
  asio::io_context io;
  TRY(const tcp::endpoint wanted, EndpointOf(io, host, port));
  const bool is_v6 = wanted.address().is_v6();
  tcp::acceptor acceptor(io);
  error_code failure, ignored;
  std::ignore = acceptor.open(wanted.protocol(), failure);
  if (!failure) std::ignore = acceptor.set_option(tcp::acceptor::reuse_address(true), failure);
  if (is_v6) std::ignore = acceptor.set_option(asio::ip::v6_only(false), ignored);
  if (!failure) std::ignore = acceptor.bind(wanted, failure);
  if (!failure) std::ignore = acceptor.listen(asio::socket_base::max_listen_connections, failure);
  const tcp::endpoint bound = failure ? tcp::endpoint() : acceptor.local_endpoint(failure);
  const int number = failure ? -1 : acceptor.release(failure);
  if (failure) {
    const bool wrong = failure == boost::system::errc::address_not_available;
    return Fail(wrong ? Errc::kInvalidInput : Errc::kUnavailable,
                fmt::format("cannot listen on {}:{}: {}", host, port, failure.message()));
  }
  ListeningSocket socket;
  socket.number_ = number;
  socket.address_ = bound.address().to_string();
  socket.port_ = bound.port();
  socket.is_v6_ = is_v6;
  return socket;
}

ListeningSocket::ListeningSocket(ListeningSocket&& other) noexcept
    : number_(other.Release()),
      address_(std::move(other.address_)),
      port_(other.port_),
      is_v6_(other.is_v6_) {}

ListeningSocket::~ListeningSocket() {
  if (number_ >= 0) close(number_);
}

}  // namespace rolecall
