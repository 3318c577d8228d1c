// A page of the older interface: what it asks, how often, and what it keeps of the answers. It knows nothing of what is
// new here.
import assert from 'node:assert/strict';
import { EventSource } from 'eventsource';
import { companies, current, events, isFinal, logs, preview, settings, settingsDone, started } from './answers.mjs';
import { fits } from './shapes.mjs';
import { until } from './wait.mjs';

const readsLogsEvery = 3_000;

export class OlderClient {
  constructor(site, client) {
    this.site = site;
    this.client = client;
  }

  // Stage 1: chooses these of the companies that are offered; the list is asked for without a token.
  async configure(names) {
    const offered = await this.site.anybody.get('/api/ingestion/companies', companies);
    await this.client.get('/api/ingestion/settings', settings);
    const chosen = names.map((name) => ({ op: 'upsert', company_name: name, is_enabled: true,
      title_filters: { include: [], exclude: [] } }));
    const done = await this.client.post('/api/ingestion/settings', settingsDone, chosen);
    assert.ok(done.every((one) => one.success));
    return offered;
  }

  // Stage 2.
  preview() { return this.client.post('/api/ingestion/dry-run', preview); }

  // Stage 3.
  async start(shape = started) {
    const { run_id } = await this.client.post('/api/ingestion/start', shape);
    this.watch(run_id);
    return run_id;
  }

  // Opened anew, the page has nothing but its token.
  async reloaded() {
    this.leave();
    const page = new OlderClient(this.site, this.client);
    const { run_id } = await page.client.get('/api/ingestion/current-run', current);
    page.watch(run_id);
    return page;
  }

  watch(runId) {
    this.leave();
    this.runId = runId;
    this.numbers = null;
    this.status = null;
    this.jobs = new Map();
    this.dropped = 0; // updates of jobs that were not told
    this.lines = [];
    this.source = new EventSource(
      `${this.client.url(`/api/ingestion/progress/${runId}`)}?token=${this.client.token}`);
    const on = (name, take) => this.source.addEventListener(name, ({ data }) =>
      take(fits(name === 'status' ? data : JSON.parse(data), events[name])));
    on('message', (numbers) => { this.numbers = numbers; });
    on('status', (status) => { this.status = status; if (isFinal(status)) this.source.close(); });
    on('all_jobs', (told) => { this.keep(told); });
    on('update', (told) => { this.update(told); });
    this.timer = setInterval(() => { this.reading ??= this.readLogs().finally(() => { this.reading = null; }); },
      readsLogsEvery);
  }

  keep(told) {
    this.jobs.clear();
    for (const [company, jobs] of Object.entries(told))
      for (const { external_id, status } of jobs) this.jobs.set(`${company}/${external_id}`, status);
  }

  update(told) {
    for (const [company, jobs] of Object.entries(told))
      for (const [id, status] of Object.entries(jobs)) {
        if (this.jobs.has(`${company}/${id}`)) this.jobs.set(`${company}/${id}`, status);
        else this.dropped += 1;
      }
  }

  // What was said since the last line; a server that is away is asked again the next time.
  async readLogs() {
    const from = this.lines.length ? this.lines.at(-1).timestamp + 1 : 0;
    const answer = await this.site.anybody.ask('GET',
      `/api/ingestion/logs/${this.runId}?token=${this.client.token}&start_time=${from}`).catch(() => null);
    if (answer?.status === 200) this.lines.push(...fits(answer.json, logs).logs);
  }

  // Until the final status; then the log once more.
  async untilOver() {
    try {
      await until(`the older client sees the end of run ${this.runId}`, () => isFinal(this.status ?? 'pending'), 300);
    } finally {
      this.leave();
    }
    await this.reading;
    await this.readLogs();
  }

  leave() {
    clearInterval(this.timer);
    this.source?.close();
  }
}
