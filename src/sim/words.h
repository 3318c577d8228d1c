// The lists of words that titles, places, names and descriptions are made of.
#pragma once

#include <array>
#include <string_view>

namespace rolecall {

inline constexpr std::array<std::string_view, 48> kSimNames{
    "acme",    "borealis", "cobalt",  "delphi", "ember",    "fjord",  "granite", "harbor",
    "indigo",  "juniper",  "kestrel", "lumen",  "meridian", "nimbus", "orchard", "pinnacle",
    "quarry",  "rivet",    "saffron", "tundra", "umbra",    "vertex", "willow",  "xenon",
    "yarrow",  "zephyr",   "aurora",  "basalt", "cinder",   "dune",   "echo",    "falcon",
    "glacier", "helix",    "iris",    "jade",   "krypton",  "lagoon", "magnet",  "nova",
    "onyx",    "prism",    "quill",   "ridge",  "sable",    "tidal",  "ursa",    "vale"};

inline constexpr std::array<std::string_view, 16> kSimTrades{
    "robotics", "health", "foods",    "energy",   "bank",   "games",  "logistics", "labs",
    "media",    "travel", "security", "learning", "motors", "optics", "biotech",   "cloud"};

inline constexpr std::array<std::string_view, 12> kSimGrades{
    "",        "",      "",           "Senior ",    "Senior ",    "Staff ",
    "Junior ", "Lead ", "Principal ", "Associate ", "Mid-Level ", "Staff "};

// Roles that stand without a grade.
inline constexpr std::array<std::string_view, 8> kSimGradeless{
    "Software Engineering Intern", "Marketing Intern",    "Büroleitung",    "Office Manager",
    "Executive Assistant",         "Warehouse Associate", "Chef de Partie", "People Partner"};

inline constexpr std::array<std::string_view, 40> kSimRoles{"Software Engineer",
                                                            "Backend Engineer, Payments",
                                                            "Frontend Engineer (React)",
                                                            "Data Scientist",
                                                            "Product Manager",
                                                            "Account Executive",
                                                            "Customer Success Manager",
                                                            "Site Reliability Engineer",
                                                            "C++ Developer",
                                                            "Machine Learning Engineer",
                                                            "Technical Writer",
                                                            "UX Researcher",
                                                            "Recruiter",
                                                            "Financial Analyst",
                                                            "Legal Counsel",
                                                            "Security Engineer",
                                                            "Software Engineering Intern",
                                                            "Marketing Intern",
                                                            "Internal Auditor",
                                                            "Développeur Logiciel",
                                                            "Ingénieur Qualité",
                                                            "Büroleitung",
                                                            "Warehouse Associate",
                                                            "Electrical Engineer",
                                                            "Mechanical Engineer",
                                                            "Field Technician",
                                                            "Office Manager",
                                                            "Executive Assistant",
                                                            "People Partner",
                                                            "Sales Development Representative",
                                                            "Solutions Architect",
                                                            "Data Engineer",
                                                            "Analytics Engineer",
                                                            "Game Designer",
                                                            "QA Engineer",
                                                            "IT Support Specialist",
                                                            "Supply Chain Planner",
                                                            "Compliance Officer",
                                                            "Brand Designer",
                                                            "Chef de Partie"};

inline constexpr std::array<std::string_view, 24> kSimPlaces{
    "Berlin, Germany",   "Paris, France",    "London, United Kingdom", "New York, NY",
    "San Francisco, CA", "Austin, TX",       "Toronto, Canada",        "Zürich, Switzerland",
    "Kraków, Poland",    "Lisbon, Portugal", "Remote - Europe",        "Remote - US",
    "Bengaluru, India",  "Singapore",        "Tokyo, Japan",           "Sydney, Australia",
    "São Paulo, Brazil", "Dublin, Ireland",  "Stockholm, Sweden",      "Seattle, WA",
    "Chicago, IL",       "Munich, Germany",  "Tel Aviv, Israel",       "Amsterdam, Netherlands"};

inline constexpr std::array<std::string_view, 12> kSimSentences{
    "You will own a part of the product from the first sketch to the day it runs.",
    "We ship small, measure honestly & keep what works.",
    "The team is eight people across three time zones.",
    "You write plainly, and you read what others wrote before you change it.",
    "Experience with distributed systems is welcome, curiosity is required.",
    "We pay fairly, and say how: every range is public inside the company.",
    "Travel is rare: twice a year, for a week, somewhere with good bread.",
    "You will talk to the people who use what you build.",
    "On call is shared, paid & quiet.",
    "Five years in a similar role, or a good story instead.",
    "We sponsor visas where we have an office.",
    "Diversity is how we avoid building for ourselves alone."};

}  // namespace rolecall
