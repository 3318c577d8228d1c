// Expiries that a guard withheld, and how a person settles them.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { jobs, withheld } from './support/answers.mjs';
import { Site } from './support/site.mjs';
import { until, wholeSuite } from './support/wait.mjs';
import { lackMany } from './support/withholding.mjs';

describe('withheld expiries', { timeout: wholeSuite }, () => {
  let site;
  let company;
  let shown;
  before(async () => {
    site = await Site.start({ companies: 2, jobs: 40 });
    company = site.boards[0].name;
    await site.followAll();
    await site.runOnce();
  });
  after(() => site?.stop());

  const partOf = (over) => over.companies.find((one) => one.company === company);
  const open = async () => {
    const all = await site.client.get(`/api/jobs?company=${company}&limit=1`, jobs);
    return all.total - (all.facets.status.expired ?? 0);
  };
  const listed = async (runId, name = company) =>
    (await site.client.get(`/api/ingestion/runs/${runId}/withheld/${name}`, withheld)).jobs;
  const settle = (runId, action, name = company) =>
    site.client.ask('POST', `/api/ingestion/runs/${runId}/withheld/${name}`, { body: { action } });

  async function withholdMany() {
    const over = await lackMany(site, company);
    assert.equal(partOf(over).withheld, 22, JSON.stringify(over));
    return over;
  }

  it('stand with the run, and the jobs stay readable', async () => {
    shown = await withholdMany();

    assert.equal(shown.jobs_withheld, 22);
    assert.equal(shown.jobs_expired, 0);
    assert.equal(await open(), 40);
    const all = await site.client.get(`/api/jobs?company=${company}&limit=100`, jobs);
    assert.equal(all.jobs.filter((job) => job.withheld_since !== null).length, 22);
  });

  it('are listed with what was doubted, for each company of the run', async () => {
    const list = await listed(shown.run_id);

    const all = await site.client.get(`/api/jobs?company=${company}&limit=100`, jobs);
    const marked = all.jobs.filter((job) => job.withheld_since !== null);
    const known = ({ id, external_id, title, location, withheld_since: since }) =>
      [id, external_id, title, location ?? '', since].join(' ');
    assert.deepEqual(list.map(known).sort(), marked.map(known).sort());
    assert.ok(list.every((job) => job.why.length > 0));
    assert.deepEqual(await listed(shown.run_id, site.boards[1].name), []);
  });

  it('are settled by no other word than expire or keep', async () => {
    for (const body of [{ action: 'delete' }, { action: 1 }, {}, { action: 'keep', more: 1 }]) {
      const answer = await site.client.refused(422, 'POST',
        `/api/ingestion/runs/${shown.run_id}/withheld/${company}`, { body });
      assert.equal(answer.json.detail[0].loc[0], 'body');
    }
  });

  it('are not found for a run or a company that has none', async () => {
    assert.equal((await settle(987_654_321, 'keep')).status, 404);
    assert.equal((await settle(shown.run_id, 'keep', 'no-such-company')).status, 404);
    const other = await site.addUser('other@example.org');
    const path = (runId, name) => `/api/ingestion/runs/${runId}/withheld/${name}`;
    await site.client.refused(404, 'GET', path(987_654_321, company));
    await site.client.refused(404, 'GET', path(shown.run_id, 'no-such-company'));
    await other.refused(404, 'GET', path(shown.run_id, company));
  });

  it('stay as they are where a person keeps them', async () => {
    const answer = await settle(shown.run_id, 'keep');
    const over = await site.runOnce();

    assert.equal(answer.status, 200, answer.text);
    assert.equal(partOf(over).withheld, 0);
    assert.equal(partOf(over).expired, 0);
    assert.equal(await open(), 40);
    assert.deepEqual(await listed(shown.run_id), []);
  });

  it('are not told of a run that is active', async () => {
    site.gateway.hold();
    const runId = await site.startRun();

    const answer = await site.client.refused(409, 'GET', `/api/ingestion/runs/${runId}/withheld/${company}`);

    assert.match(answer.json.detail, /wait for its end/i);
    site.gateway.open();
    await site.untilOver(runId);
  });

  it('expire once the board was read again, and never more than were shown', async () => {
    shown = await withholdMany();
    await site.boardsDo('company', { company, keep: 25, pages: 'stand' });

    const answer = await settle(shown.run_id, 'expire');

    assert.equal(answer.status, 200, answer.text);
    const newest = await until('a run reads the board again', async () => {
      const { runs: [one] } = await site.client.get('/api/ingestion/runs?limit=1', () => {});
      return one.run_id > shown.run_id ? one.run_id : null;
    });
    const over = await site.untilOver(newest);
    assert.equal(partOf(over).expired, 15, JSON.stringify(over));
    assert.equal(await open(), 25);
  });

  it('are settled once', async () => {
    const answer = await settle(shown.run_id, 'expire');

    assert.ok([404, 409].includes(answer.status), answer.text);
    assert.equal(await open(), 25);
  });
});
