// Makes titles of roles, levels and places, in an order that looks like chance and is none.
#include "tests/support/believable_titles.h"

#include <fmt/format.h>

#include <cstdint>

namespace rolecall {
namespace {

constexpr std::array<std::string_view, 40> kAreas{
    "Kubernetes",   "Payments",        "Mobile",        "Infrastructure", "Search",
    "Billing",      "Growth",          "Observability", "Data Platform",  "Developer Tools",
    "Compilers",    "Networking",      "Storage",       "Fraud",          "Identity",
    "Pricing",      "Recommendations", "Checkout",      "Maps",           "Robotics",
    "Embedded",     "Firmware",        "Frontend",      "Backend",        "Full Stack",
    "Reliability",  "Release",         "Security",      "Privacy",        "Messaging",
    "Video",        "Audio",           "Graphics",      "Games",          "Insights",
    "Integrations", "Notifications",   "Localization",  "Accessibility",  "Experimentation"};
constexpr std::array<std::string_view, 3> kRolesOfAreas{"Software Engineer", "Product Manager",
                                                        "Data Scientist"};
constexpr std::array<std::string_view, 6> kMarkets{"Mid-Market", "Enterprise",    "Nordics",
                                                   "DACH",       "Public Sector", "Startups"};
constexpr std::array<std::string_view, 100> kRoles{"Accountant",
                                                   "Electrician",
                                                   "Veterinary Nurse",
                                                   "Warehouse Associate",
                                                   "Compliance Officer",
                                                   "Research Scientist",
                                                   "Maintenance Technician",
                                                   "Paralegal",
                                                   "Barista",
                                                   "Copywriter",
                                                   "Pharmacist",
                                                   "Bookkeeper",
                                                   "Brand Designer",
                                                   "Treasury Analyst",
                                                   "Technical Recruiter",
                                                   "Plumber",
                                                   "Physiotherapist",
                                                   "Machine Learning Engineer",
                                                   "Security Engineer",
                                                   "Translator",
                                                   "Beekeeper",
                                                   "Actuary",
                                                   "Supply Chain Planner",
                                                   "Customer Success Manager",
                                                   "Registered Nurse",
                                                   "Finance Manager",
                                                   "Sous Chef",
                                                   "Tax Lawyer",
                                                   "Delivery Driver",
                                                   "Baker",
                                                   "Marketing Internship",
                                                   "Technical Writer",
                                                   "Florist",
                                                   "Anesthesiologist",
                                                   "Environmental Scientist",
                                                   "Développeur Logiciel",
                                                   "Köchin",
                                                   "Procurement Specialist",
                                                   "Statistician",
                                                   "Quality Engineer",
                                                   "Office Manager",
                                                   "Executive Assistant",
                                                   "People Partner",
                                                   "Payroll Specialist",
                                                   "Legal Counsel",
                                                   "Event Coordinator",
                                                   "Community Manager",
                                                   "Social Media Manager",
                                                   "Content Strategist",
                                                   "Video Editor",
                                                   "Photographer",
                                                   "Illustrator",
                                                   "Interior Designer",
                                                   "Architect",
                                                   "Civil Engineer",
                                                   "Mechanical Engineer",
                                                   "Electrical Engineer",
                                                   "Chemical Engineer",
                                                   "Process Engineer",
                                                   "Field Service Engineer",
                                                   "Sales Engineer",
                                                   "Solutions Architect",
                                                   "Support Engineer",
                                                   "Network Administrator",
                                                   "Database Administrator",
                                                   "Systems Administrator",
                                                   "Help Desk Agent",
                                                   "Call Center Agent",
                                                   "Store Manager",
                                                   "Cashier",
                                                   "Visual Merchandiser",
                                                   "Buyer",
                                                   "Category Manager",
                                                   "Logistics Coordinator",
                                                   "Forklift Operator",
                                                   "Machine Operator",
                                                   "Welder",
                                                   "Carpenter",
                                                   "Painter",
                                                   "Roofer",
                                                   "Gardener",
                                                   "Housekeeper",
                                                   "Receptionist",
                                                   "Concierge",
                                                   "Bartender",
                                                   "Waiter",
                                                   "Dishwasher",
                                                   "Line Cook",
                                                   "Pastry Chef",
                                                   "Butcher",
                                                   "Teacher",
                                                   "Tutor",
                                                   "Librarian",
                                                   "Social Worker",
                                                   "Psychologist",
                                                   "Dentist",
                                                   "Dental Hygienist",
                                                   "Radiographer",
                                                   "Paramedic",
                                                   "Midwife"};
constexpr std::array<std::string_view, 5> kLevels{"", "Senior ", "Junior ", "Lead ", "Principal "};
constexpr std::array<std::string_view, 16> kPlaces{"Zürich, Switzerland",
                                                   "Berlin, Germany",
                                                   "Paris, France",
                                                   "London, United Kingdom",
                                                   "New York, NY",
                                                   "Remote - US",
                                                   "San Francisco, CA",
                                                   "Dublin, Ireland",
                                                   "Amsterdam",
                                                   "Madrid, Spain",
                                                   "Toronto, Canada",
                                                   "Singapore",
                                                   "東京",
                                                   "Warsaw, Poland",
                                                   "São Paulo, Brazil",
                                                   "Sydney, Australia"};

std::vector<std::string> Titles() {
  std::vector<std::string> titles;
  for (const std::string_view level : kLevels) {
    for (const std::string_view role : kRolesOfAreas)
      for (const std::string_view area : kAreas)
        titles.push_back(fmt::format("{}{}, {}", level, role, area));
    for (const std::string_view market : kMarkets)
      titles.push_back(fmt::format("{}Account Executive, {}", level, market));
    for (const std::string_view role : kRoles) titles.push_back(fmt::format("{}{}", level, role));
  }
  return titles;
}

}  // namespace

std::vector<BelievableJob> BelievableJobs() {
  constexpr std::size_t kJobs = 10'000;
  const std::vector<std::string> titles = Titles();
  std::vector<BelievableJob> jobs;
  // 7919 is prime to the number of titles, so that each comes once a round.
  for (std::size_t i = 0; i < kJobs; ++i)
    jobs.push_back(
        {.title = titles[(i * 7919) % titles.size()],
         .location = std::string(kPlaces[(i * 31 + i / titles.size()) % kPlaces.size()])});
  return jobs;
}

}  // namespace rolecall
