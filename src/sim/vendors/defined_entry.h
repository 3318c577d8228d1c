// What a site of a defined kind says of one job, each value where the definition reads it.
#pragma once

#include <boost/json.hpp>
#include <pugixml.hpp>
#include <string>

#include "boards/definition.h"
#include "sim/world.h"

namespace rolecall {

// The id and the path by which a site knows the job of that number.
std::string IdOf(const SimJob& job);

// In the listing.
boost::json::value JsonEntry(const BoardAddress& board, const SimWorld& world,
                             const SimCompany& company, const SimJob& job);
void AddXmlEntry(pugi::xml_node list, const BoardAddress& board, const SimWorld& world,
                 const SimCompany& company, const SimJob& job);

// In a job's own answer.
boost::json::value JsonDetail(const BoardDefinition& definition, const SimWorld& world,
                              const SimJob& job);

}  // namespace rolecall
