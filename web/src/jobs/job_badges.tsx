// What is to be known of a job at a glance: its status where it is not simply open, its age, the user's marks.
import { Badge, type BadgeTone } from "../parts/badge";
import { fateMeanings } from "../text/fates";
import { reasonOf } from "../text/reasons";
import { ageWords } from "./ages";
import type { Job } from "./use_jobs";

interface Told {
  words: string;
  tone: BadgeTone;
  meaning?: string;
}

export function badgesOf(job: Job): Told[] {
  const told: Told[] = [];
  if (job.status === "expired")
    told.push({
      words:
        job.expired_reason === null
          ? "expired"
          : `expired: ${reasonOf(job.expired_reason).toLowerCase()}`,
      tone: "expired",
    });
  else if (job.withheld_since !== null)
    told.push({ words: "withheld", tone: "withheld", meaning: fateMeanings.withheld });
  else if (job.missing_since !== null)
    told.push({ words: "missing", tone: "missing", meaning: fateMeanings.missing });
  if (job.status === "error")
    told.push({ words: "no description", tone: "warn", meaning: job.error_message ?? "" });
  if (job.status === "pending")
    told.push({ words: "description to come", tone: "plain", meaning: "A run has yet to read it" });
  for (const words of ageWords(job)) told.push({ words, tone: "reopened" });
  if (job.changed_since_hidden) told.push({ words: "changed since you hid it", tone: "changed" });
  if (job.company_hidden_at !== null) told.push({ words: "company hidden", tone: "plain" });
  if (job.applied_at !== null) told.push({ words: "applied", tone: "good" });
  return told;
}

export function JobBadges({ job }: { job: Job }) {
  const told = badgesOf(job);
  if (told.length === 0) return null;
  return (
    <ul className="row" aria-label="Marks">
      {told.map(({ words, tone, meaning }) => (
        <li key={words}>
          <Badge tone={tone} {...(meaning ? { title: meaning } : {})}>
            {words}
          </Badge>
        </li>
      ))}
    </ul>
  );
}
