// The life of a job: what became of it, when, and in which reading.
import type { Schemas } from "../api/queries";
import { Badge, type BadgeTone } from "../parts/badge";
import { Moment } from "../parts/moment";
import { countOf } from "../text/counts";
import styles from "./job_page.module.css";

type Event = Schemas["JobEvent"];

const words: Record<Event["kind"], readonly [string, BadgeTone]> = {
  new: ["new", "new"],
  changed: ["changed", "changed"],
  content: ["description changed", "changed"],
  facts: ["facts changed", "changed"],
  missing: ["missing", "missing"],
  back: ["listed again", "reopened"],
  withheld: ["withheld", "withheld"],
  kept: ["kept", "plain"],
  readable: ["readable again", "plain"],
  expired: ["expired", "expired"],
  reopened: ["back", "reopened"],
  joined: ["joined", "plain"],
};

export function JobEvents({ events }: { events: readonly Event[] }) {
  return (
    <section className="stack" aria-labelledby="life">
      <h2 id="life">Its life</h2>
      <ol className={styles.events}>
        {[...events].reverse().map((event, at) => (
          // Two events of one reading may be alike.
          <li key={`${event.reading_id} ${event.kind} ${at}`} className={styles.event}>
            <div className="row">
              <Badge tone={words[event.kind][1]}>{words[event.kind][0]}</Badge>
              <span className="quiet small">
                <Moment at={event.at} />
              </span>
            </div>
            {event.detail !== null && <p className="foreign small">{event.detail}</p>}
            <p className="quiet small">
              Reading {event.reading_id}
              {event.completeness !== null &&
                `, ${event.completeness}, of ${countOf(event.listed, "job")}`}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
