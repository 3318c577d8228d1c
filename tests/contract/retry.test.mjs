// A run of what another could not carry through, and what a start takes as its body.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { aborted, active, settingsDone, started } from './support/answers.mjs';
import { Site } from './support/site.mjs';
import { wholeSuite } from './support/wait.mjs';

describe('a run of what failed', { timeout: wholeSuite }, () => {
  let site;
  let names;
  let failed;
  before(async () => {
    site = await Site.start({ companies: 4, jobs: 6 });
    names = site.boards.map(({ name }) => name);
    await site.followAll();
  });
  after(() => site?.stop());

  const start = (body) => site.client.ask('POST', '/api/ingestion/start', { body });
  const follow = (name, enabled) => site.client.post('/api/ingestion/settings', settingsDone, [
    { op: 'upsert', company_name: name, title_filters: { include: [], exclude: [] }, is_enabled: enabled }]);
  const companiesOf = (run) => run.companies.map((one) => one.company);
  async function retry(runId) {
    const { run_id: retried } = await site.client.post('/api/ingestion/start', started, { retry_failed: runId });
    return site.untilOver(retried);
  }

  it('has the companies that could not be read, and names the run that they failed in', async () => {
    for (const name of names.slice(0, 2)) await site.boardsDo('fault', { company: name, fault: 'http_403' });
    failed = await site.runOnce();
    await site.boardsDo('fault', { company: names[0], fault: 'none' });

    const over = await retry(failed.run_id);

    assert.deepEqual(companiesOf(over), names.slice(0, 2).sort());
    assert.equal(over.parent_run_id, failed.run_id);
    assert.equal(failed.parent_run_id, null);
    assert.equal(over.companies.find((one) => one.company === names[0]).status, 'done');
    failed = over;
  });

  it('goes on to those that failed again', async () => {
    await site.boardsDo('fault', { company: names[1], fault: 'none' });

    const over = await retry(failed.run_id);

    assert.deepEqual(companiesOf(over), [names[1]]);
    assert.equal(over.status, 'finished');
  });

  it('leaves out what is followed no more, or not enabled', async () => {
    for (const name of names.slice(0, 3)) await site.boardsDo('fault', { company: name, fault: 'http_403' });
    failed = await site.runOnce();
    for (const name of names.slice(0, 3)) await site.boardsDo('fault', { company: name, fault: 'none' });
    await follow(names[0], false);
    await site.client.post('/api/ingestion/settings', settingsDone, [{ op: 'delete', company_name: names[1] }]);

    assert.deepEqual(companiesOf(await retry(failed.run_id)), [names[2]]);

    await follow(names[2], false);
    const answer = await start({ retry_failed: failed.run_id });
    assert.equal(answer.status, 409);
    for (const name of names.slice(0, 3)) await follow(name, true);
  });

  it('has the companies that were not begun when it was aborted', async () => {
    site.gateway.hold();
    const runId = await site.startRun();
    await site.gateway.untilHeld(1);
    await site.client.post(`/api/ingestion/abort/${runId}`, aborted);
    site.gateway.open();
    await site.untilOver(runId);

    const over = await retry(runId);

    assert.deepEqual(companiesOf(over), [...names].sort());
    assert.equal(over.status, 'finished');
    failed = over;
  });

  it('is refused where nothing failed, with a sentence', async () => {
    const answer = await start({ retry_failed: failed.run_id });

    assert.equal(answer.status, 409);
    assert.match(answer.json.detail, new RegExp(`nothing of run ${failed.run_id} `));
  });

  it('is not found for a run that is not there, or of another user', async () => {
    const other = await site.addUser('other@example.org');

    assert.equal((await start({ retry_failed: 987_654_321 })).status, 404);
    await other.refused(404, 'POST', '/api/ingestion/start', { body: { retry_failed: failed.run_id } });
  });

  it('is the active one while there is one', async () => {
    site.gateway.hold();
    const runId = await site.startRun();

    for (const of of [runId, failed.run_id])
      assert.deepEqual(await site.client.post('/api/ingestion/start', active, { retry_failed: of }),
        { run_id: runId, already_active: true });

    site.gateway.open();
    await site.untilOver(runId);
  });

  it('is asked for by that field alone; a body that says nothing starts a run of all', async () => {
    for (const body of [{ retry: 1 }, { retry_failed: 'last' }, { retry_failed: 0 }, { retry_failed: 1.5 },
      { retry_failed: failed.run_id, company: 'acme' }, [], null, 'all'])
      await site.client.refused(422, 'POST', '/api/ingestion/start', { body });
    await site.client.refused(400, 'POST', '/api/ingestion/start', { raw: '{"retry_failed": ' });
    for (const options of [{}, { raw: '' }, { raw: ' \n', headers: { 'Content-Type': 'text/plain' } },
      { raw: '', headers: { 'Content-Type': 'application/json' } }, { body: {} }, { body: { retry_failed: null } }]) {
      const answer = await site.client.ask('POST', '/api/ingestion/start', options);
      assert.equal(answer.status, 200, JSON.stringify(options) + answer.text);
      assert.equal((await site.untilOver(answer.json.run_id)).companies.length, 4);
    }
  });
});
