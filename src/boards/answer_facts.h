// The facts of a job in its own answer, where its listing need not state them.
#pragma once

#include <string_view>

#include "boards/fact_fields.h"
#include "content/job_page.h"

namespace rolecall {

// Of JSON that was read before: what is broken in it states nothing.
JobFacts FactsInAnswer(const FactFields& fields, std::string_view json);

// Of what a page says to crawlers.
JobFacts FactsOfPosting(const JobPosting& posting);

}  // namespace rolecall
