// How old a job truly is, in words. Pure.
import { countOf } from "../text/counts";
import type { Job } from "./use_jobs";

type Aged = Pick<Job, "times_posted" | "back_after_days">;

export function ageWords(job: Aged): string[] {
  const words: string[] = [];
  if (job.back_after_days !== null)
    words.push(
      job.back_after_days === 0
        ? "back after less than a day"
        : `back after ${countOf(job.back_after_days, "day")}`,
    );
  if (job.times_posted > 1) words.push(`posted ${countOf(job.times_posted, "time")}`);
  return words;
}

const workplaces: Record<NonNullable<Job["workplace"]>, string> = {
  remote: "remote",
  hybrid: "hybrid",
  on_site: "on site",
};

// Where one works and for what pay, as far as the board states it.
export function factWords(
  job: Pick<Job, "location" | "workplace" | "department" | "salary">,
): string[] {
  return [
    job.location,
    job.workplace === null ? "" : workplaces[job.workplace],
    job.department ?? "",
    job.salary ?? "",
  ].filter((word) => word !== "");
}
