// Bytes that are requests, in whatever pieces, and those that are refused.
#include "http/request_reader.h"

#include <gtest/gtest.h>

namespace rolecall {
namespace {

using ReadState = RequestReader::State;

constexpr ReadLimits kLimits{.header = 1024, .body = 100};

// "200 GET /path?query name=value body", or the status and the sentence of a refusal.
std::string Told(RequestReader& reader) {
  switch (reader.Read()) {
    case ReadState::kNothing:
      return "nothing";
    case ReadState::kHeader:
      return "header";
    case ReadState::kBody:
      return "body";
    case ReadState::kRefused:
      return std::to_string(reader.refusal().status);
    case ReadState::kWhole:
      break;
  }
  const Request request = reader.Release();
  std::string told = request.method + " " + request.path + "?" + request.query;
  for (const Header& header : request.headers)
    if (header.name != "host") told += " " + header.name + "=" + header.value;
  return told + " " + request.body;
}

std::string Read(std::string_view bytes) {
  RequestReader reader(kLimits);
  reader.Add(bytes);
  return Told(reader);
}

std::string Post(std::string_view headers, std::string_view body) {
  return Read("POST /p HTTP/1.1\r\nHost: h\r\n" + std::string(headers) + "\r\n" +
              std::string(body));
}

TEST(RequestReader, ReadsLineHeadersAndBody) {
  EXPECT_EQ(Read("PUT /a/b%20c?x=1&y HTTP/1.1\r\nHost: h\r\nX-One:  two \r\nContent-Length: 3\r\n"
                 "\r\nabc"),
            "PUT /a/b%20c?x=1&y x-one=two content-length=3 abc");
  EXPECT_EQ(Read("BREW / HTTP/1.0\r\n\r\n"), "BREW /? ");
}

TEST(RequestReader, TakesTheBasePathOffWhereItStands) {
  const auto read_under = [](const std::string& target) {
    RequestReader reader(kLimits, "/base");
    reader.Add("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n");
    return Told(reader);
  };

  EXPECT_EQ(read_under("/base/a?b"), "GET /a?b ");
  EXPECT_EQ(read_under("/base/"), "GET /? ");
  EXPECT_EQ(read_under("http://h/base/a"), "GET /a? ");
  EXPECT_EQ(read_under("/base"), "GET /base? ");
  EXPECT_EQ(read_under("/based/a"), "GET /based/a? ");
  EXPECT_EQ(read_under("/a"), "GET /a? ");
}

TEST(RequestReader, GivesAHeadAsAGet) {
  RequestReader reader(kLimits);
  reader.Add("HEAD /x HTTP/1.1\r\nHost: h\r\n\r\n");

  EXPECT_EQ(Told(reader), "GET /x? ");
  EXPECT_EQ(reader.method(), "HEAD");
}

TEST(RequestReader, ReadsTheSameByteByByte) {
  const std::string sent =
      "\r\nPOST /p?q HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3;x=\"y\"\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: t\r\n\r\n";
  RequestReader reader(kLimits);
  for (const char byte : sent.substr(0, sent.size() - 1)) {
    reader.Add(std::string_view(&byte, 1));
    ASSERT_NE(reader.Read(), ReadState::kWhole);
    ASSERT_NE(reader.Read(), ReadState::kRefused);
  }
  reader.Add(sent.substr(sent.size() - 1));

  EXPECT_EQ(Told(reader), "POST /p?q transfer-encoding=chunked abcde");
}

TEST(RequestReader, ReadsRequestsThatComeTogetherOneByOne) {
  RequestReader reader(kLimits);
  reader.Add(
      "GET /1 HTTP/1.1\r\nHost: h\r\n\r\nPOST /2 HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n");
  EXPECT_EQ(Told(reader), "GET /1? ");
  EXPECT_EQ(Told(reader), "header");
  reader.Add("\r\nxGET /3 HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(Told(reader), "POST /2? content-length=1 x");
  EXPECT_EQ(Told(reader), "GET /3? ");
  EXPECT_EQ(Told(reader), "nothing");
}

TEST(RequestReader, TellsHowFarARequestIs) {
  EXPECT_EQ(Read(""), "nothing");
  EXPECT_EQ(Read("\r\n"), "nothing");
  EXPECT_EQ(Read("G"), "header");
  EXPECT_EQ(Read("GET / HTTP/1.1\r\nHost: h\r\n"), "header");
  EXPECT_EQ(Post("Content-Length: 2\r\n", "a"), "body");
  EXPECT_EQ(Post("Transfer-Encoding: chunked\r\n", "1\r\na\r\n"), "body");
}

TEST(RequestReader, TakesTheFormForProxiesAndAsksOfAll) {
  EXPECT_EQ(Read("GET http://h/x?y HTTP/1.1\r\nHost: h\r\n\r\n"), "GET /x?y ");
  EXPECT_EQ(Read("GET http://h HTTP/1.1\r\nHost: h\r\n\r\n"), "GET /? ");
  EXPECT_EQ(Read("GET http://h?y HTTP/1.1\r\nHost: h\r\n\r\n"), "GET /?y ");
  EXPECT_EQ(Read("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n"), "OPTIONS *? ");
}

TEST(RequestReader, RefusesTargetsThatAreNoPath) {
  EXPECT_EQ(Read("GET x HTTP/1.1\r\nHost: h\r\n\r\n"), "400");
  EXPECT_EQ(Read("GET * HTTP/1.1\r\nHost: h\r\n\r\n"), "400");
  EXPECT_EQ(Read("GET /x#y HTTP/1.1\r\nHost: h\r\n\r\n"), "400");
  EXPECT_EQ(Read("CONNECT h:443 HTTP/1.1\r\nHost: h\r\n\r\n"), "400");
}

TEST(RequestReader, RefusesWhatIsNotWellFormed) {
  EXPECT_EQ(Read("\x16\x03\x01\x02"), "400");
  EXPECT_EQ(Read("GET  / HTTP/1.1\r\nHost: h\r\n\r\n"), "400");
  EXPECT_EQ(Read("GET / HTTP/1.1\r\nHost: h\r\nNo colon\r\n\r\n"), "400");
  EXPECT_EQ(Read("GET / HTTP/1.1\r\nHost: h\r\nX : blank\r\n\r\n"), "400");
  EXPECT_EQ(Read("GET / HTTP/1.1\nHost: h\n\n GET / HTTP/1.1\r\n\r\n"), "505");
  EXPECT_EQ(Read("GET / HTTP/1.1\r\nHost: h\r\nX: a\rb\r\n\r\n"), "400");
  EXPECT_EQ(Read("GET / HTTP/2.0\r\nHost: h\r\n\r\n"), "505");
  EXPECT_EQ(Read("GET / HTTP/1.1\r\n\r\n"), "400");
  EXPECT_EQ(Read("GET / HTTP/1.1\r\nHost: h\r\nHost: h\r\n\r\n"), "400");
  EXPECT_EQ(Post("Transfer-Encoding: chunked\r\n", "x\r\n"), "400");
  EXPECT_EQ(Post("Transfer-Encoding: chunked\r\n", "1\r\nabcdef\r\n"), "400");
}

TEST(RequestReader, RefusesHeadersThatGoOnOnASecondLine) {
  EXPECT_EQ(Post("X-A: b\r\n Content-Length: 35\r\n", ""), "400");
  EXPECT_EQ(Post("X-A: b\r\n\tContent-Length: 35\r\n", ""), "400");
  EXPECT_EQ(Post("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n"), "400");
  EXPECT_EQ(Post("Content-Length:\r\n 101\r\n", ""), "400");
  EXPECT_EQ(Post("X-A: b\r\n \r\n", ""), "400");
  EXPECT_EQ(Read("GET / HTTP/1.1\r\n Host: h\r\n\r\n"), "400");
  RequestReader reader(kLimits);
  for (const char byte : std::string_view("GET / HTTP/1.1\r\nHost: h\r\nX: a\r\n b\r\n\r\n")) {
    reader.Add(std::string_view(&byte, 1));
    reader.Read();
  }
  EXPECT_EQ(Told(reader), "400");
}

TEST(RequestReader, TakesABodyThatBeginsWithABlank) {
  EXPECT_EQ(Post("Content-Length: 5\r\n", " \r\n a"), "POST /p? content-length=5  \r\n a");
}

TEST(RequestReader, RefusesABodyWhoseEndIsInDoubt) {
  EXPECT_EQ(Post("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n", ""), "400");
  EXPECT_EQ(Post("Transfer-Encoding: chunked\r\nContent-Length: 1\r\n", ""), "400");
  EXPECT_EQ(Post("Content-Length: 1\r\nContent-Length: 2\r\n", ""), "400");
  EXPECT_EQ(Post("Content-Length: 1, 2\r\n", ""), "400");
  EXPECT_EQ(Post("Content-Length: -1\r\n", ""), "400");
  EXPECT_EQ(Post("Content-Length: 1x\r\n", ""), "400");
  EXPECT_EQ(Post("Content-Length: 99999999999999999999\r\n", ""), "400");
  EXPECT_EQ(Post("Transfer-Encoding: identity\r\n", ""), "400");
  EXPECT_EQ(Post("Transfer-Encoding: gzip, chunked\r\n", ""), "400");
  EXPECT_EQ(Post("Transfer-Encoding: chunked, gzip\r\n", ""), "400");
  EXPECT_EQ(Post("Transfer-Encoding: xchunked\r\n", ""), "400");
  EXPECT_EQ(Post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", ""), "400");
  EXPECT_EQ(Read("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), "400");
}

TEST(RequestReader, RefusesABodyOverTheLimitBeforeItComes) {
  EXPECT_EQ(Post("Content-Length: 101\r\n", ""), "413");
  EXPECT_EQ(Post("Content-Length: 100\r\n", ""), "body");
  EXPECT_EQ(Post("Transfer-Encoding: chunked\r\n", "65\r\n"), "413");
  EXPECT_EQ(Post("Transfer-Encoding: chunked\r\n", "64\r\n"), "body");
  EXPECT_EQ(Post("Transfer-Encoding: chunked\r\n", "1\r\na\r\n64\r\n"), "413");
}

TEST(RequestReader, RefusesHeadersOverTheLimitHoweverTheyCome) {
  const std::string field = "X: " + std::string(95, 'x') + "\r\n";  // 100 bytes
  const std::string line = "GET / HTTP/1.1\r\nHost: h\r\n";
  std::string fields;
  for (int i = 0; i < 10; ++i) fields += field;

  EXPECT_EQ(Read(line + fields.substr(0, 900) + "\r\n").substr(0, 5), "GET /");
  EXPECT_EQ(Read(line + fields + "\r\n"), "431");
  EXPECT_EQ(Read("GET /" + std::string(1024, 'x')), "431");
  RequestReader reader(kLimits);
  reader.Add(line);
  reader.Read();
  for (int i = 0; i < 11; ++i) {
    reader.Add(field);
    reader.Read();
  }
  EXPECT_EQ(Told(reader), "431");
  EXPECT_EQ(reader.path(), "/");
}

TEST(RequestReader, LimitsWhatStandsBetweenChunks) {
  const std::string much(1100, 'x');

  EXPECT_EQ(Post("Transfer-Encoding: chunked\r\n", "1;" + much), "400");
  EXPECT_EQ(Post("Transfer-Encoding: chunked\r\n", "0\r\nX: " + much), "400");
}

TEST(RequestReader, LeavesHeadersAfterTheBodyOut) {
  EXPECT_EQ(Post("Transfer-Encoding: chunked\r\n", "0\r\nAuthorization: Bearer x\r\n\r\n"),
            "POST /p? transfer-encoding=chunked ");
}

TEST(RequestReader, KnowsWhoKeepsTheConnection) {
  RequestReader reader(kLimits);
  const auto keeps = [&](std::string_view line, std::string_view header) {
    reader.Add(std::string(line) + "\r\nHost: h\r\n" + std::string(header) + "\r\n");
    Told(reader);
    return reader.keeps_alive();
  };

  EXPECT_TRUE(keeps("GET / HTTP/1.1", ""));
  EXPECT_FALSE(keeps("GET / HTTP/1.1", "Connection: Close\r\n"));
  EXPECT_FALSE(keeps("GET / HTTP/1.0", ""));
  EXPECT_TRUE(keeps("GET / HTTP/1.0", "Connection: keep-alive\r\n"));
  EXPECT_TRUE(reader.is_http_1_0());
}

TEST(RequestReader, KnowsWhoWaitsToBeToldToGoOn) {
  RequestReader reader(kLimits);
  reader.Add("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\n");

  reader.Read();
  EXPECT_TRUE(reader.waits_for_continue());
  reader.Add("a");
  reader.Read();
  EXPECT_FALSE(reader.waits_for_continue());
}

}  // namespace
}  // namespace rolecall
