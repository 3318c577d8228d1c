// Filters by place, of one company and of all, as a client sets and tries them.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { filters, filtersPut, preview, settings, settingsDone } from './support/answers.mjs';
import { Site } from './support/site.mjs';
import { wholeSuite } from './support/wait.mjs';

const ofSettings = '/api/ingestion/settings';
const forAll = '/api/ingestion/filters';
const noTitles = { include: [], exclude: [] };
const noPlaces = { include: [], exclude: [], remote: false };
const none = { title_filters: noTitles, place_filters: noPlaces };

describe('places', { timeout: wholeSuite }, () => {
  let site;
  let company;
  before(async () => {
    site = await Site.start({ companies: 1, jobs: 40 });
    company = site.boards[0].name;
    await site.followAll();
    await site.runOnce();
  });
  after(() => site?.stop());

  const put = (body) => site.client.expect(200, filtersPut, 'PUT', forAll, { body });
  const tried = async (place_filters) => {
    const body = { company, title_filters: noTitles, place_filters };
    return (await site.client.post('/api/ingestion/dry-run?kept=true', preview, body))[company];
  };

  it('are tried on one company without being saved', async () => {
    const one = await tried({ include: ['germany'], exclude: ['munich'], remote: true });

    assert.ok(one.included_jobs.length > 0 && one.excluded_jobs.length > 0);
    for (const job of one.included_jobs) assert.match(job.location, /Germany|Remote|^$|Locations/);
    for (const job of one.excluded_jobs) {
      assert.match(job.rule, /^(no include place matches|exclude place: munich)$/);
      assert.equal(job.match, null);
    }
    assert.deepEqual((await site.client.get(ofSettings, settings))[0].place_filters, noPlaces);
  });

  it('are saved beside titles, each without the other', async () => {
    const place_filters = { include: ['germany'], exclude: [], remote: false };
    const title_filters = { include: [], exclude: ['intern'] };
    const upsert = (change) => site.client.post(ofSettings, settingsDone,
      [{ op: 'upsert', company_name: company, ...change }]);

    await upsert({ place_filters });
    await upsert({ title_filters });
    const [both] = await site.client.get(ofSettings, settings);
    await upsert(none);

    assert.deepEqual(both.place_filters, place_filters);
    assert.deepEqual(both.title_filters, title_filters);
  });

  it('are filtered for all companies, which says what that would take, and writes nothing first', async () => {
    const nowhere = { title_filters: noTitles, place_filters: { include: ['nowhere'], exclude: ['x'], remote: true } };

    const before = await site.client.get(forAll, filters);
    const asked = await put({ ...nowhere, dry_run: true });
    const between = await site.client.get(forAll, filters);
    const written = await put(nowhere);
    const shown = await site.client.get(forAll, filters);
    const all = await site.client.post('/api/ingestion/dry-run', preview);
    const undone = await put(none);

    assert.deepEqual(before, { ...none, updated_at: null });
    assert.equal(asked.warnings.length, 1, JSON.stringify(asked));
    assert.match(asked.warnings[0], /^the changed filter takes away \d+ of the \d+ jobs of .*no include place matches \(all/);
    assert.equal(asked.updated_at, null);
    assert.deepEqual(between, before);
    assert.deepEqual(written.warnings, asked.warnings);
    assert.deepEqual(shown.place_filters, nowhere.place_filters);
    assert.ok(shown.updated_at);
    assert.ok(all[company].excluded_jobs.length > 0);
    for (const job of all[company].excluded_jobs)
      assert.equal(job.rule, 'no include place matches (all companies)');
    assert.deepEqual(undone.warnings, []);
  });

  it('are refused where they are none, with the place of each mistake', async () => {
    for (const [body, ...loc] of [
      [{ title_filters: noTitles }, 'body', 'place_filters'],
      [{ place_filters: noPlaces }, 'body', 'title_filters'],
      [{ ...none, place_filters: { remote: 'yes' } }, 'body', 'place_filters', 'remote'],
      [{ ...none, place_filters: { include: ['/(/'] } }, 'body', 'place_filters', 'include', 0],
      [{ ...none, surprise: 1 }, 'body', 'surprise'],
      [[], 'body']]) {
      const answer = await site.client.refused(422, 'PUT', forAll, { body });
      assert.deepEqual(answer.json.detail[0].loc, loc, answer.text);
    }
    const inSettings = await site.client.refused(422, 'POST', ofSettings,
      { body: [{ op: 'upsert', company_name: company, place_filters: { exclude: ['/[/'] } }] });
    assert.deepEqual(inSettings.json.detail[0].loc, ['body', 0, 'place_filters', 'exclude', 0]);
    assert.deepEqual((await site.client.get(forAll, filters)).place_filters, noPlaces);
  });

  it('are nobody else\'s: whoever has no token is refused', async () => {
    assert.equal((await site.anybody.ask('GET', forAll)).status, 401);
    assert.equal((await site.anybody.ask('PUT', forAll, { body: none })).status, 401);
  });
});
