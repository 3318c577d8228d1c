// What a page of jobs and a search cost, beside looking at each job, and what the index takes.
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>

#include "bench/many_jobs.h"
#include "bench/must.h"
#include "bench/scratch_database.h"
#include "store/search/look_up_text.h"

namespace rolecall {
namespace {

constexpr std::string_view kExplanation = R"(
Of one user with so many jobs, on boards of 110 each: milliseconds of a page of 50, the median and the
95th of a hundred, and processor time of this process (on PostgreSQL the server's comes on top).
  bare      50 rows by their ids, through the view jobs
  beside    the same asked once without index and roll: rows are counted, and looked at one by one
With texts, each job has a description of 350 words, which rows are not looked through for.
)";

double WallOf(const std::function<void()>& work) {
  const auto began = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began)
      .count();
}

double CpuNow() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto ms = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
  };
  return ms(used.ru_utime) + ms(used.ru_stime);
}

double ResidentMiB() {
  std::ifstream status("/proc/self/statm");
  double pages = 0;
  status >> pages >> pages;
  return pages * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1 << 20);
}

struct Cost {
  double median = 0, late = 0, cpu = 0;
};

Cost CostOf(int times, const std::function<void()>& work) {
  work();
  std::vector<double> walls;
  const double before = CpuNow();
  for (int i = 0; i < times; ++i) walls.push_back(WallOf(work));
  const double cpu = (CpuNow() - before) / times;
  std::ranges::sort(walls);
  return {.median = walls[walls.size() / 2], .late = walls[walls.size() * 95 / 100], .cpu = cpu};
}

void Tell(std::string_view what, const Cost& cost, double beside = 0) {
  fmt::print("  {:<44} {:9.2f} {:9.2f} {:9.2f}", what, cost.median, cost.late, cost.cpu);
  if (beside > 0) fmt::print("   1/{:.1f} of {:.1f}", beside / cost.median, beside);
  fmt::print("\n");
  std::fflush(stdout);
}

class Measured {
 public:
  Measured(Dialect dialect, int jobs, Texts texts)
      : store_(dialect),
        folder_(std::filesystem::temp_directory_path() /
                fmt::format("rolecall_bench_search_{}", getpid())) {
    WriteManyJobs(store_.database(), jobs, texts);
    store_.raw().Script(dialect == Dialect::kPostgres ? "VACUUM ANALYZE" : "ANALYZE");
  }
  Measured(const Measured&) = delete;
  Measured& operator=(const Measured&) = delete;
  ~Measured() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  void MakeIndex() {
    index_ = Must(KeptIndex::Open(store_.database(), folder_.string()));
    MakeIndexOf("titles", [&] { Must(index_->BringUp()); });
    MakeIndexOf("texts", [&] {
      while (!Must(index_->texts().BringUp(std::chrono::seconds(2)))) {
      }
    });
  }

  // As a server answers it, or by rows alone, as a process does that keeps nothing.
  JobsFound Find(const JobSearch& asked, bool by_index = true) {
    const auto db = Must(store_.database().Reader());
    JobSearch search = asked;
    search.counts_places = true;
    std::string why;
    if (by_index) {
      Must(LookUpText(*db, index_.get(), 1, Slips::kForgiven, search.filter, why));
      if (!why.empty()) throw std::runtime_error(why);
    }
    return Must(FindJobs(*db, 1, search));
  }

  void Page(std::string_view what, const JobSearch& search) {
    const double each = WallOf([&] { Find(search, false); });
    Tell(what, CostOf(100, [&] { Find(search); }), each);
  }

  void BareRows() {
    std::vector<std::int64_t> ids;
    for (const JobRow& job : Find({.filter = {}, .sort = JobSort::kNewest}).jobs)
      ids.push_back(job.id);
    const auto db = Must(store_.database().Reader());
    Tell("bare: the rows of a page by their ids",
         CostOf(100, [&] { Must(LoadJobsById(*db, 1, ids)); }));
  }

  JobSearch Deep(JobSearch search, int pages) {
    for (int i = 0; i < pages; ++i) {
      const JobsFound found = Find(search);
      if (!found.next) break;
      search.after = found.next;
    }
    return search;
  }

  double BytesOnDisk() const {
    double bytes = 0;
    std::error_code none_yet;
    for (const auto& file : std::filesystem::directory_iterator(folder_, none_yet))
      bytes += static_cast<double>(file.file_size());
    return bytes;
  }

  void MakeIndexOf(std::string_view what, const std::function<void()>& make) {
    const double resident = ResidentMiB(), bytes = BytesOnDisk(), cpu = CpuNow();
    const double took = WallOf(make);
    fmt::print(
        "  index of {} made anew: {:.2f} s ({:.2f} processor), {:.1f} MB on disk, {:.0f} MiB "
        "more resident\n",
        what, took / 1e3, (CpuNow() - cpu) / 1e3, (BytesOnDisk() - bytes) / 1e6,
        ResidentMiB() - resident);
    std::fflush(stdout);
  }

  void Search(std::string_view text, JobFilter filter = {}) {
    filter.text = text;
    const JobSearch search{.filter = std::move(filter), .sort = JobSort::kBest};
    const auto found = Find(search);
    const double each = WallOf([&] { Find(search, false); });
    Tell(fmt::format("\"{}\": {}", text, found.total), CostOf(40, [&] { Find(search); }), each);
  }

  void BringUp() {
    RenameOneInAHundred(store_.database());
    fmt::print("  index brought up after 1% changed: {:.2f} s, then texts",
               WallOf([&] { Must(index_->BringUp()); }) / 1e3);
    fmt::print(" {:.2f} s\n",
               WallOf([&] { Must(index_->texts().BringUp(std::chrono::minutes(5))); }) / 1e3);
    fmt::print("  resident in all: {:.0f} MiB\n", ResidentMiB());
  }

 private:
  ScratchDatabase store_;
  std::filesystem::path folder_;
  std::unique_ptr<KeptIndex> index_;
};

// The same words as without texts, and such as come in them alone: seldom, often, and begun.
void MeasureTexts(Measured& measured) {
  for (const std::string_view text :
       {"kubernetes", "senior engineer zurich", "kubrnetes", "engineer", "e", "engin", "su",
        "sutevtevtevtev kubernetes", "baba"})
    measured.Search(text);
  measured.BringUp();
}

void Measure(Dialect dialect, int jobs, Texts texts) {
  fmt::print("\n{}, {} jobs{}\n", dialect == Dialect::kSqlite ? "SQLite" : "PostgreSQL", jobs,
             texts == Texts::kNone ? "" : " with texts");
  Measured measured(dialect, jobs, texts);
  measured.MakeIndex();
  fmt::print("  {:<44} {:>9} {:>9} {:>9}\n", "", "median", "95th", "processor");
  const JobSearch by_company{.filter = {}, .sort = JobSort::kCompany};
  const JobSearch newest{.filter = {}, .sort = JobSort::kNewest};
  JobSearch filtered = by_company;
  filtered.filter.companies = {"company-7"};
  filtered.filter.status = JobStatusFilter::kOpen;
  if (texts == Texts::kOfEach) return MeasureTexts(measured);
  measured.BareRows();
  measured.Page("a page, by company", by_company);
  measured.Page("the hundredth, by company", measured.Deep(by_company, jobs > 10'000 ? 99 : 59));
  measured.Page("a page, newest first", newest);
  measured.Page("the hundredth, newest first", measured.Deep(newest, jobs > 10'000 ? 99 : 59));
  measured.Page("of a company and a status", filtered);
  JobSearch titles = by_company;
  titles.sort = JobSort::kTitle;
  measured.Page("a page, by title", titles);
  measured.Search("kubernetes");
  measured.Search("senior engineer zurich");
  measured.Search("kubrnetes");
  measured.Search("engineer");
  measured.Search("e");
  measured.BringUp();
}

}  // namespace
}  // namespace rolecall

int main(int argc, char** argv) {
  fmt::print("{}", rolecall::kExplanation);
  const int most = argc > 1 ? std::atoi(argv[1]) : 680'000;
  const int most_with_texts = argc > 2 ? std::atoi(argv[2]) : 100'000;
  for (const auto dialect : {rolecall::Dialect::kSqlite, rolecall::Dialect::kPostgres}) {
    for (const int jobs : {4'000, most}) rolecall::Measure(dialect, jobs, rolecall::Texts::kNone);
    for (const int jobs : {4'000, most_with_texts})
      rolecall::Measure(dialect, jobs, rolecall::Texts::kOfEach);
  }
}
