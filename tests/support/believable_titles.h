// Ten thousand titles as boards have them, and what people type for some of them.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall {

struct BelievableJob {
  std::string title, location;
};

// 10,000 of them, always the same; titles recur in several places.
std::vector<BelievableJob> BelievableJobs();

// What a person typed, slips and all, and the title of the job that was meant.
struct TypedQuery {
  std::string_view typed, meant;
};

inline constexpr std::array<TypedQuery, 50> kTypedQueries{{
    // A letter too few, at the end of what is typed so far, or within.
    {"kubrne", "Software Engineer, Kubernetes"},
    {"enginer kubernetes", "Software Engineer, Kubernetes"},
    {"acountant", "Senior Accountant"},
    {"electrcian", "Electrician"},
    {"veterinay nurse", "Veterinary Nurse"},
    {"warehose associate", "Warehouse Associate"},
    {"complianc oficer", "Compliance Officer"},
    {"reserch scientist", "Research Scientist"},
    {"maintenace technician", "Maintenance Technician"},
    {"paralgal", "Paralegal"},
    // One too many.
    {"sofftware engineer payments", "Software Engineer, Payments"},
    {"barrista", "Barista"},
    {"copywritter", "Copywriter"},
    {"phamrmacist", "Pharmacist"},
    {"bookkeepper", "Bookkeeper"},
    {"designner brand", "Brand Designer"},
    {"analysst treasury", "Treasury Analyst"},
    {"recruiiter", "Technical Recruiter"},
    {"plumberr", "Plumber"},
    {"physioterrapist", "Physiotherapist"},
    // Another one.
    {"data sciemtist pricing", "Data Scientist, Pricing"},
    {"elektrician", "Electrician"},
    {"product managar growth", "Product Manager, Growth"},
    {"maschine learning", "Machine Learning Engineer"},
    {"security enginear", "Security Engineer"},
    {"translater", "Translator"},
    {"beekeaper", "Beekeeper"},
    {"actuery", "Actuary"},
    {"supply chian planner", "Supply Chain Planner"},
    {"custamer success", "Customer Success Manager"},
    // Two in each other's place.
    {"nusre", "Registered Nurse"},
    {"manaegr finance", "Finance Manager"},
    {"hcef", "Sous Chef"},
    {"lawyre", "Tax Lawyer"},
    {"mobiel engineer", "Software Engineer, Mobile"},
    {"dirver", "Delivery Driver"},
    {"baekr", "Baker"},
    {"intenrship", "Marketing Internship"},
    {"tecnhical writer", "Technical Writer"},
    {"florsit", "Florist"},
    // Two slips in a long word, several words, accents and case.
    {"kubenetis", "Software Engineer, Kubernetes"},
    {"anesthesiolgst", "Anesthesiologist"},
    {"infrastrcture enginer", "Software Engineer, Infrastructure"},
    {"ENVIROMENTAL SCIENTST", "Environmental Scientist"},
    {"developeur logicel", "Développeur Logiciel"},
    {"kochin", "Köchin"},
    {"procurment specalist", "Procurement Specialist"},
    {"statistican", "Statistician"},
    {"ingneer", "Quality Engineer"},
    {"accout executve", "Account Executive, Mid-Market"},
}};

}  // namespace rolecall
