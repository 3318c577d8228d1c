// What a user hides and applies for, over many runs.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { hiddenCompanies, hiddenCompany, job, jobMarks, jobs } from './support/answers.mjs';
import { Site } from './support/site.mjs';
import { wholeSuite } from './support/wait.mjs';

const saysSomethingElse = ['changed', 'content', 'reopened'];

describe('marks', { timeout: wholeSuite }, () => {
  let site;
  const find = (q = '') => site.client.get(`/api/jobs?limit=500&q=${encodeURIComponent(q)}`, jobs);
  const idsOf = async (q) => new Set((await find(q)).jobs.map((one) => one.id));
  const at = (id, mark) => `/api/jobs/${id}/marks/${mark}`;
  const set = (id, mark) => site.client.expect(200, jobMarks, 'PUT', at(id, mark));
  const clear = async (path) => assert.equal((await site.client.ask('DELETE', path)).status, 204);
  const ofCompany = (name) => `/api/ingestion/companies/${encodeURIComponent(name)}/marks/hidden`;
  before(async () => {
    site = await Site.start({ companies: 3, jobs: 20, churn: 0.2 });
    await site.followAll();
    await site.runOnce();
  });
  after(() => site?.stop());

  it('hide jobs and a company over ten runs, and say which of them changed', async () => {
    const all = (await find()).jobs;
    const [{ company: away }] = all;
    const hidden = new Set(all.filter((one) => one.company !== away).filter((_, place) => place % 2 === 0)
      .map((one) => one.id));
    for (const id of hidden) await set(id, 'hidden');
    assert.ok((await site.client.expect(200, hiddenCompany, 'PUT', ofCompany(away))).hidden_at);

    for (let run = 0; run < 10; run += 1) {
      await site.boardsDo('next');
      await site.runOnce();
      const page = await find();

      assert.deepEqual(page.jobs.filter((one) => hidden.has(one.id) || one.company === away), []);
      assert.equal(page.total, page.jobs.length);
      assert.equal(page.facets.company[away], undefined);
      const shown = await find('is:hidden');
      for (const id of hidden) assert.ok(shown.jobs.some((one) => one.id === id), `${id} is not hidden any more`);
      assert.ok(shown.jobs.every((one) => one.company === away || hidden.has(one.id)));
    }

    let changed = 0;
    for (const id of hidden) {
      const life = await site.client.get(`/api/jobs/${id}`, job);
      const since = life.events.filter((one) => saysSomethingElse.includes(one.kind) && one.at > life.hidden_at);
      assert.equal(life.changed_since_hidden, since.length > 0, JSON.stringify(life.events));
      changed += since.length > 0 ? 1 : 0;
    }
    assert.ok(changed > 0, 'none of them changed in ten runs');

    const [{ company, open_jobs: open }, ...none] =
      (await site.client.get('/api/marks/companies', hiddenCompanies)).companies;
    assert.deepEqual([company, none], [away, []]);
    assert.equal((await site.client.get(`/api/jobs?status=open&q=is:hidden&company=${away}`, jobs)).total, open);
    await clear(ofCompany(away));
    assert.deepEqual((await site.client.get('/api/marks/companies', hiddenCompanies)).companies, []);
    for (const id of hidden) await clear(at(id, 'hidden'));
    assert.equal((await find('is:hidden')).total, 0);
    assert.ok((await find()).facets.company[away] > 0);
  });

  it('note what was applied for', async () => {
    const [one, other] = (await find('')).jobs;
    const marks = await set(one.id, 'applied');

    assert.equal((await set(one.id, 'applied')).applied_at, marks.applied_at);
    assert.equal(marks.hidden_at, null);
    assert.deepEqual(await idsOf('is:applied'), new Set([one.id]));
    assert.equal((await site.client.get(`/api/jobs/${one.id}`, job)).applied_at, marks.applied_at);
    await clear(at(one.id, 'applied'));
    await clear(at(other.id, 'applied'));
    assert.deepEqual(await idsOf('is:applied'), new Set());
  });

  it('are of ones own jobs alone, and no others are there', async () => {
    const [{ id, company }] = (await find()).jobs;
    const other = await site.addUser('other@marks.test');
    await site.client.expect(200, hiddenCompany, 'PUT', ofCompany(company));
    assert.deepEqual((await other.get('/api/marks/companies', hiddenCompanies)).companies, []);
    await clear(ofCompany(company));

    for (const method of ['PUT', 'DELETE']) {
      await other.refused(404, method, at(id, 'hidden'));
      await other.refused(404, method, ofCompany(company));
      await site.client.refused(404, method, at(id, 'starred'));
      await site.client.refused(404, method, at('x', 'hidden'));
      await site.client.refused(404, method, at(987654321, 'hidden'));
      await site.client.refused(404, method, ofCompany('nobody'));
    }
    assert.deepEqual(await idsOf('is:hidden'), new Set());
  });
});
