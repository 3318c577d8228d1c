// Starting, watching by asking, ending and looking back at runs.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { aborted, active, current, isFinal, run, runs } from './support/answers.mjs';
import { Site } from './support/site.mjs';
import { until, wholeSuite } from './support/wait.mjs';

const sum = (values) => values.reduce((total, value) => total + value, 0);

// What DESIGN promises of the numbers of a run that is over.
function addsUp(one) {
  for (const company of one.companies) {
    assert.equal(company.listed, company.included + company.excluded, JSON.stringify(company));
    assert.equal(company.included, company.new + company.changed + company.unchanged + company.reopened,
      JSON.stringify(company));
    assert.equal(company.active_before, company.unchanged + company.changed + company.missing + company.withheld +
      company.expired + company.not_reconciled, JSON.stringify(company));
  }
  const total = (name) => sum(one.companies.map((company) => company[name]));
  assert.equal(one.total_jobs, total('included'));
  for (const name of ['ready', 'skipped', 'expired', 'failed', 'new', 'changed', 'unchanged', 'reopened', 'missing',
    'withheld'])
    assert.equal(one[`jobs_${name}`], total(name), name);
  if (one.status === 'finished')
    assert.equal(one.total_jobs, one.jobs_ready + one.jobs_skipped + one.jobs_failed);
}

describe('a run', { timeout: wholeSuite }, () => {
  let site;
  let first;
  before(async () => {
    site = await Site.start({ companies: 4, jobs: 12, churn: 0.25 });
    await site.followAll();
  });
  after(() => site?.stop());

  const currentRun = () => site.client.get('/api/ingestion/current-run', current);

  it('is none before one was started', async () => {
    assert.deepEqual(await currentRun(), { run_id: null });
    assert.deepEqual(await site.client.get('/api/ingestion/runs', runs), { runs: [], next_before: null });
  });

  it('is started before any company is asked', async () => {
    site.gateway.hold();

    first = await site.startRun();

    assert.equal(site.gateway.passed, 0);
    assert.deepEqual(await currentRun(), { run_id: first });
    const now = await site.runOf(first);
    assert.ok(!isFinal(now.status), now.status);
    assert.equal(now.companies.length, 4);
    assert.equal(now.finished_at, null);
  });

  it('is one only: a second start is told its number', async () => {
    for (let times = 0; times < 3; times += 1) {
      const answer = await site.client.post('/api/ingestion/start', active);
      assert.deepEqual(answer, { run_id: first, already_active: true });
    }
  });

  it("does not hinder another user's", async () => {
    const other = await site.addUser('other@example.org');
    await site.followAll('other@example.org');

    const theirs = await site.startRun(other);

    assert.notEqual(theirs, first);
    assert.deepEqual(await currentRun(), { run_id: first });
    await other.post(`/api/ingestion/abort/${theirs}`, aborted);
    await other.refused(404, 'GET', `/api/ingestion/runs/${first}`);
    await other.refused(404, 'POST', `/api/ingestion/abort/${first}`);
  });

  it('goes on to its end, with numbers that add up', async () => {
    site.gateway.open();

    const over = await site.untilOver(first);

    assert.equal(over.status, 'finished');
    assert.equal(over.total_jobs, 48);
    assert.equal(over.jobs_new, 48);
    assert.equal(over.jobs_ready, 48);
    assert.deepEqual(over.warnings, []);
    assert.ok(over.companies.every((one) => one.status === 'done' && one.reading_id !== null));
    addsUp(over);
    assert.ok(over.created_at <= over.started_at && over.started_at <= over.finished_at);
    assert.deepEqual(await currentRun(), { run_id: null });
  });

  it('says what changed since the one before', async () => {
    await site.boardsDo('next');

    const over = await site.runOnce();

    assert.equal(over.status, 'finished');
    assert.ok(over.jobs_new > 0 && over.jobs_unchanged > 0 && over.jobs_expired > 0, JSON.stringify(over));
    addsUp(over);
  });

  it('finishes with a warning where a company cannot be read, and leaves that one alone', async () => {
    const { name } = site.boards[0];
    await site.boardsDo('fault', { company: name, fault: 'http_403' });

    const over = await site.runOnce();
    await site.boardsDo('fault', { company: name, fault: 'none' });

    assert.equal(over.status, 'finished');
    assert.ok(over.warnings.some((one) => one.company === name), JSON.stringify(over.warnings));
    const failed = over.companies.find((one) => one.company === name);
    assert.ok(['error', 'not_reconciled'].includes(failed.status), failed.status);
    assert.ok(failed.error_message);
    assert.equal(failed.expired + failed.included, 0);
    assert.equal(failed.not_reconciled, failed.active_before);
    addsUp(over);
  });

  it('is an error where every company fails', async () => {
    for (const { name } of site.boards) await site.boardsDo('fault', { company: name, fault: 'http_403' });

    const over = await site.runOnce();
    for (const { name } of site.boards) await site.boardsDo('fault', { company: name, fault: 'none' });

    assert.equal(over.status, 'error');
    assert.ok(over.error_message);
    assert.equal(over.jobs_expired, 0);
    addsUp(over);
  });

  it('is one where two and more starts race, and all are told the same number', async () => {
    site.gateway.hold();

    const answers = await Promise.all(Array.from({ length: 8 }, () => site.client.ask('POST', '/api/ingestion/start')));

    assert.ok(answers.every((answer) => answer.status === 200), `${answers.map((answer) => answer.status)}`);
    assert.equal(answers.filter((answer) => answer.json.already_active).length, 7);
    assert.equal(new Set(answers.map((answer) => answer.json.run_id)).size, 1);
  });

  it('ends at once when it is aborted, and keeps its end', async () => {
    const { run_id: runId } = await currentRun();
    await site.gateway.untilHeld(1);

    const answer = await site.client.post(`/api/ingestion/abort/${runId}`, aborted);

    assert.deepEqual(answer, { success: true, message: `Run ${runId} aborted` });
    const over = await site.untilOver(runId);
    assert.equal(over.status, 'aborted');
    assert.ok(over.finished_at);
    addsUp(over);
    site.gateway.open();
    const again = await site.client.post(`/api/ingestion/abort/${runId}`, aborted);
    assert.deepEqual(again, { success: false, message: `Run ${runId} is already aborted` });
    assert.equal((await site.runOf(runId)).status, 'aborted');
  });

  it('can follow an aborted one at once', async () => {
    const over = await site.runOnce();

    assert.equal(over.status, 'finished');
    addsUp(over);
  });

  it('is not found where there is none', async () => {
    for (const id of ['987654321', '0', '9223372036854775807']) {
      await site.client.refused(404, 'GET', `/api/ingestion/runs/${id}`);
      await site.client.refused(404, 'POST', `/api/ingestion/abort/${id}`);
    }
  });

  it('is listed newest first, by pages that give each once', async () => {
    const whole = await site.client.get('/api/ingestion/runs?limit=100', runs);
    const seen = [];
    let before = '';
    do {
      const page = await site.client.get(`/api/ingestion/runs?limit=2${before}`, runs);
      assert.ok(page.runs.length <= 2);
      seen.push(...page.runs);
      before = page.next_before && `&before=${page.next_before}`;
    } while (before);

    assert.equal(whole.next_before, null);
    assert.deepEqual(seen, whole.runs);
    const ids = seen.map((one) => one.run_id);
    assert.deepEqual(ids, [...ids].sort((a, b) => b - a));
    assert.equal(ids.at(-1), first);
    for (const one of seen) {
      const { warnings, companies, ...head } = await site.runOf(one.run_id);
      const { warnings: _, companies: __, ...listed } = one;
      assert.deepEqual(listed, head);
    }
  });

  it('gives its status to current-run until its last moment', async () => {
    site.gateway.hold();
    const runId = await site.startRun();
    await site.gateway.untilHeld(1);
    assert.deepEqual(await currentRun(), { run_id: runId });
    site.gateway.open();

    await until('no run is active', async () => (await currentRun()).run_id === null);

    assert.ok(isFinal((await site.client.get(`/api/ingestion/runs/${runId}`, run)).status));
  });
});
