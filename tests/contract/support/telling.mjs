// What a progress stream told, put together as a page does, each event held against the contract.
import assert from 'node:assert/strict';
import { events, isFinal, statuses } from './answers.mjs';
import { fits } from './shapes.mjs';

const numbers = ['total_jobs', 'jobs_ready', 'jobs_skipped', 'jobs_expired', 'jobs_failed'];
const rank = (status) => Math.min(statuses.indexOf(status), 3);

export class Telling {
  // Of all that the stream told so far.
  static of(stream) {
    const telling = new Telling(stream);
    for (const event of stream.events) telling.take(event);
    return telling;
  }

  static numbersOf(run) { return Object.fromEntries(numbers.map((name) => [name, run[name]])); }

  static neverFall(before, after) {
    for (const name of numbers)
      assert.ok(after[name] >= before[name], `${name} fell from ${before[name]} to ${after[name]}`);
    assert.ok(rank(after.status) >= rank(before.status), `${after.status} after ${before.status}`);
  }

  constructor(stream) {
    this.stream = stream;
    this.numbers = null; // of the last event without a name
    this.status = null;
    this.steps = []; // status words, in order
    this.jobs = new Map(); // "company/id" → status
    this.companies = new Map(); // name → what was told last
  }

  numbersOnly() { return Telling.numbersOf(this.numbers); }

  take({ event, data }) {
    assert.ok(Object.hasOwn(events, event), `an event that is not in the contract: ${event}`);
    assert.ok(!isFinal(this.status ?? 'pending'), `${event} after the final status: ${data.slice(0, 200)}`);
    const value = fits(event === 'status' ? data : JSON.parse(data), events[event]);
    switch (event) {
      case 'message': return this.takeNumbers(value);
      case 'status': return this.takeStatus(value);
      case 'all_jobs': return this.takeJobs(value);
      case 'update': return this.takeUpdate(value);
      default: return value.forEach((one) => this.companies.set(one.company, one));
    }
  }

  takeNumbers(value) {
    if (this.numbers) Telling.neverFall(this.numbers, value);
    this.numbers = value;
  }

  takeStatus(word) {
    if (this.status) assert.ok(rank(word) > rank(this.status), `${word} after ${this.status}`);
    this.status = word;
    this.steps.push(word);
  }

  takeJobs(companies) {
    this.jobs.clear();
    for (const [company, jobs] of Object.entries(companies))
      for (const job of jobs) this.jobs.set(`${company}/${job.external_id}`, job.status);
    assert.ok(this.jobs.size <= 20_000, `all_jobs tells ${this.jobs.size}`);
  }

  takeUpdate(companies) {
    for (const [company, jobs] of Object.entries(companies))
      for (const [id, status] of Object.entries(jobs)) {
        assert.ok(this.jobs.has(`${company}/${id}`), `an update of ${company}/${id}, which was never told`);
        this.jobs.set(`${company}/${id}`, status);
      }
  }

  // What the stream had told once its first whole state was there: numbers, jobs and status.
  async untilWhole() {
    const wanted = ['message', 'all_jobs', 'status'];
    await this.stream.until('the whole state', (stream) => wanted.every((name) =>
      stream.events.some((one) => one.event === name)));
    return Telling.of(this.stream);
  }
}
