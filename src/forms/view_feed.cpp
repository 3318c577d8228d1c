// Writes feeds. What boards wrote is made text of XML here, and nowhere else.
#include "forms/view_feed.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/characters.h"
#include "base/digest.h"
#include "base/text.h"

namespace rolecall {
namespace {

// XML 1.0, 2.2.
bool MayStandInXml(utf8proc_int32_t point) {
  return point == '\t' || point == '\n' || point == '\r' || (point >= 0x20 && point <= 0xD7FF) ||
         (point >= 0xE000 && point <= 0xFFFD) || point >= 0x10000;
}

// For an element or between double quotes.
std::string XmlText(std::string_view text) {
  std::string escaped;
  EachCharacter(text, [&](utf8proc_int32_t point, std::string_view bytes) {
    if (point == '&')
      escaped += "&amp;";
    else if (point == '<')
      escaped += "&lt;";
    else if (point == '>')
      escaped += "&gt;";
    else if (point == '"')
      escaped += "&quot;";
    else if (!MayStandInXml(point) || (point == 0xFFFD && bytes.size() == 1))
      escaped += "\uFFFD";
    else
      escaped += bytes;
  });
  return escaped;
}

std::string XmlLine(std::string_view text) { return XmlText(WithoutSteering(OneLine(text))); }

// An address as it may stand in an IRI (RFC 3987): blanks and what parts addresses in texts,
// encoded.
std::string XmlAddress(std::string_view url) {
  std::string address;
  for (const char letter : url) {
    const auto byte = static_cast<unsigned char>(letter);
    if (byte <= 0x20 || byte == 0x7F || std::string_view("\"<>\\^`{|}").contains(letter))
      address += fmt::format("%{:02X}", byte);
    else
      address += letter;
  }
  return XmlText(address);
}

// A UUID of 32 hexadecimal digits, of the form for those that somebody makes (RFC 9562, 5.8).
std::string Urn(std::string hex) {
  hex[12] = '8';
  hex[16] = "89ab"[hex[16] % 4];
  for (const std::size_t at : {20, 16, 12, 8}) hex.insert(at, 1, '-');
  return "urn:uuid:" + hex;
}

std::string IdOf(const View& view) {
  return Urn(Digester()
                 .Add("view")
                 .Add(std::to_string(view.user_id))
                 .Add(view.name)
                 .Add(ToIso(view.created_at))
                 .Finish());
}

std::string IdOf(const Arrival& arrival) {
  return Urn(Digester()
                 .Add("arrival")
                 .Add(std::to_string(arrival.job.id))
                 .Add(std::to_string(arrival.run_id))
                 .Add(ToIso(arrival.job.first_seen_at))
                 .Finish());
}

// "Zürich · Engineering · CHF 90,000 · hybrid", of what is known.
std::string SummaryOf(const JobRow& job) {
  std::string workplace = job.workplace;
  std::ranges::replace(workplace, '_', ' ');
  std::string summary;
  for (const std::string_view part :
       std::initializer_list<std::string_view>{job.location, job.department, job.salary, workplace})
    if (!part.empty()) summary.append(summary.empty() ? "" : " · ").append(part);
  return summary.empty() ? "" : fmt::format("\n    <summary>{}</summary>", XmlLine(summary));
}

std::string EntryOf(const Arrival& arrival) {
  return fmt::format(R"(
  <entry>
    <id>{}</id>
    <title>{}, {}</title>
    <link rel="alternate" href="{}"/>
    <published>{}</published>
    <updated>{}</updated>{}
  </entry>)",
                     IdOf(arrival), XmlLine(arrival.job.title), XmlLine(arrival.job.company),
                     XmlAddress(arrival.job.url), ToIso(arrival.at), ToIso(arrival.at),
                     SummaryOf(arrival.job));
}

}  // namespace

std::string ViewFeed(const View& view, const std::vector<Arrival>& arrivals) {
  Timestamp updated = arrivals.empty() ? view.updated_at : arrivals.front().at;
  std::string entries;
  for (const Arrival& arrival : arrivals) {
    updated = std::max(updated, arrival.at);
    entries += EntryOf(arrival);
  }
  return fmt::format(R"(<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>{}</id>
  <title>{}</title>
  <updated>{}</updated>
  <author><name>Rolecall</name></author>{}
</feed>
)",
                     IdOf(view), XmlLine(view.name), ToIso(updated), entries);
}

}  // namespace rolecall
