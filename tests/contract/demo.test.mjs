// The demonstration as a stranger meets it: weeks of runs with what befalls boards, and a run at the first word.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { isFinal, jobs, logs, preview, run, runs, settings, started, withheld } from './support/answers.mjs';
import { Client } from './support/client.mjs';
import { makeDatabase } from './support/databases.mjs';
import { Service, call } from './support/program.mjs';
import { until, wholeSuite } from './support/wait.mjs';

const day = 86_400_000;

describe('the demonstration', { timeout: wholeSuite }, () => {
  let folder;
  let database;
  let environment;
  let server;
  let client;
  let begun;
  const serve = async () => {
    server = await Service.start(['serve', '--demo'], { environment, portFile: join(folder, 'port') });
    client = new Client(server, await call(['user', 'token', '--expires', '30d'], environment));
  };
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rolecall-demo-'));
    database = await makeDatabase(folder);
    environment = { HOME: folder, XDG_DATA_HOME: folder, DATABASE_URL: database.url,
      SECRET_KEY: 'a key of the demonstration alone' };
    begun = performance.now();
    await serve();
  });
  after(async () => {
    await server?.stop().finally(() => database?.remove());
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  const list = async () => (await client.get('/api/ingestion/runs?limit=100', runs)).runs;
  const whole = async () => {
    const all = [];
    for (const { run_id: id } of await list()) all.push(await client.get(`/api/ingestion/runs/${id}`, run));
    return all;
  };

  it('has three weeks of runs behind it, all of them ended, and none later than now', async (context) => {
    const past = await list();
    context.diagnostic(`answered ${Math.round(performance.now() - begun)} ms after it was started`);

    assert.ok(past.length >= 15, `${past.length} runs`);
    assert.ok(past.every((one) => one.status === 'finished'), JSON.stringify(past.map((one) => one.status)));
    const times = past.map((one) => Date.parse(one.created_at));
    assert.ok(times[0] < Date.now() && times[0] > Date.now() - 4 * day, past[0].created_at);
    assert.ok(times[0] - times.at(-1) >= 18 * day, `from ${past.at(-1).created_at} to ${past[0].created_at}`);
    assert.equal(new Set(past.map((one) => one.created_at.slice(0, 10))).size, past.length, 'one a day');
    assert.ok(past.every((one) => one.finished_at < new Date().toISOString() && one.finished_at > one.started_at));
    assert.deepEqual([...times].sort((one, other) => other - one), times);
  });

  it('has what befalls boards among them', async () => {
    const past = await whole();
    const parts = past.flatMap((one) => one.companies);

    assert.ok(parts.some((one) => one.status === 'error' && one.error_message), 'a company that failed');
    assert.ok(parts.some((one) => one.status === 'not_reconciled' && one.listed > 0), 'a board that was half read');
    for (const number of ['new', 'changed', 'expired', 'reopened', 'missing', 'withheld', 'excluded'])
      assert.ok(parts.some((one) => one[number] > 0), number);
    assert.ok(past.filter((one) => one.jobs_reopened > 0).length >= 3, 'jobs came back more than once');
    assert.ok(past.at(-1).jobs_new > 500 && past.slice(0, -1).every((one) => one.jobs_new < 100), 'the first finds all');
  });

  it('leaves a person something to decide', async () => {
    const [last] = await whole();
    const { company } = last.companies.find((one) => one.withheld > 0);

    const held = await client.get(`/api/ingestion/runs/${last.run_id}/withheld/${company}`, withheld);

    assert.ok(held.jobs.length > 10, `${held.jobs.length} jobs`);
    assert.ok(last.warning_count > 0);
  });

  it('lists jobs of many days, by companies of many sizes', async () => {
    const found = await client.get('/api/jobs?limit=200&sort=posted', jobs);

    assert.equal((await client.get('/api/ingestion/settings', settings)).length, 12);
    assert.equal(Object.keys(found.facets.company).length, 11, 'the twelfth was followed after the last run');
    assert.ok(new Set(Object.values(found.facets.company)).size >= 8, JSON.stringify(found.facets.company));
    assert.ok(new Set(found.jobs.map((one) => one.first_seen_at.slice(0, 10))).size >= 10, 'first seen');
    assert.ok(new Set(found.jobs.map((one) => one.posted_at?.slice(0, 10))).size >= 10, 'posted');
    assert.ok(found.jobs.every((one) => one.posted_at === null || Date.parse(one.posted_at) < Date.now() + day));
  });

  it('begins a run at a word, with failures among it, that goes on for long enough to be watched', async (context) => {
    const asked = performance.now();
    const { run_id: id } = await client.post('/api/ingestion/start', started);
    const states = new Set();
    const now = () => client.get(`/api/ingestion/runs/${id}`, run);

    await until('a board is being read', async () => (await now()).companies.some((one) => one.status !== 'waiting') || null);
    context.diagnostic(`a board is being read ${Math.round(performance.now() - asked)} ms after the word`);
    await until('the log tells of it', async () =>
      (await client.get(`/api/ingestion/logs/${id}`, logs)).logs.length > 3 || null);
    const over = await until('the run is over', async () => {
      const seen = await now();
      states.add(JSON.stringify(seen.companies.map((one) => one.status)));
      return isFinal(seen.status) ? seen : null;
    });
    context.diagnostic(`it took ${Math.round(performance.now() - asked)} ms, and was seen in ${states.size} states`);

    assert.equal(over.status, 'finished');
    assert.ok(over.companies.some((one) => one.status === 'error'), JSON.stringify(over.companies));
    assert.ok(over.companies.some((one) => one.status === 'not_reconciled'), JSON.stringify(over.companies));
    assert.ok(over.jobs_new > 0 && over.jobs_changed > 0 && over.jobs_expired > 0, JSON.stringify(over));
    assert.ok(states.size >= 5, `${states.size} states`);
  });

  it('is left alone where it was shown before, and its boards go on', async () => {
    const earlier = await list();
    await server.stop();

    await serve();

    assert.deepEqual(await list(), earlier);
    const companies = Object.values(await client.post('/api/ingestion/dry-run', preview));
    const included = companies.flatMap((one) => one.included_jobs);
    const news = included.filter((one) => one.fate === 'new').length;
    assert.ok(included.length > 400 && news < 100, `${news} of ${included.length} jobs are new`);
  });
});
