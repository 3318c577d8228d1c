// Companies, settings, and the preview of a run.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { companies, preview, settings, settingsDone } from './support/answers.mjs';
import { Site } from './support/site.mjs';
import { wholeSuite } from './support/wait.mjs';

const path = '/api/ingestion/settings';
const nothingEnabled = 'No enabled companies configured. Add companies in Stage 1.';

describe('configuring', { timeout: wholeSuite }, () => {
  let site;
  let first;
  let second;
  before(async () => {
    site = await Site.start({ companies: 3, jobs: 15 });
    [first, second] = site.boards.map((board) => board.name);
  });
  after(() => site?.stop());

  const upsert = (company_name, change = {}) => (
    { op: 'upsert', company_name, title_filters: { include: [], exclude: [] }, is_enabled: true, ...change });
  const dryRun = (query = '') => site.client.post(`/api/ingestion/dry-run${query}`, preview);
  const settingsNow = () => site.client.get(path, settings);

  it('begins with no settings, and refuses to preview or start with these words', async () => {
    assert.deepEqual(await settingsNow(), []);
    for (const what of ['dry-run', 'start']) {
      const answer = await site.client.refused(400, 'POST', `/api/ingestion/${what}`);
      assert.equal(answer.json.detail, nothingEnabled);
    }
  });

  it('names the companies, also to whoever has no token', async () => {
    await site.followAll();

    await site.anybody.get('/api/ingestion/companies', companies);
    const all = await site.client.get('/api/ingestion/companies', companies);

    for (const board of site.boards) {
      const one = all.find((company) => company.name === board.name);
      assert.ok(one, `${board.name} is not named`);
      assert.equal(one.board, board.board);
    }
  });

  it('tells the settings with both lists', async () => {
    const all = await settingsNow();

    assert.deepEqual(all.map((one) => one.company_name).sort(), site.boards.map((board) => board.name).sort());
    for (const one of all) assert.deepEqual(one.title_filters, { include: [], exclude: [] });
    assert.ok(all.every((one) => one.is_enabled));
  });

  it('changes several at once, and answers in their order', async () => {
    const filters = { include: ['engineer', 'Köchin'], exclude: ['/intern(ship)?/'] };
    const sent = [upsert(second, { is_enabled: false }), upsert(first, { title_filters: filters })];

    const done = await site.client.post(path, settingsDone, sent);

    assert.deepEqual(done.map((one) => one.company_name), [second, first]);
    assert.ok(done.every((one) => one.success && one.op === 'upsert'));
    const all = await settingsNow();
    const changed = all.find((one) => one.company_name === first);
    assert.deepEqual(changed.title_filters, filters);
    assert.equal(all.find((one) => one.company_name === second).is_enabled, false);
    assert.equal(changed.id, done[1].id);
    assert.equal(changed.updated_at, done[1].updated_at);
  });

  it('deletes a company and takes it in again', async () => {
    const [gone] = await site.client.post(path, settingsDone, [{ op: 'delete', company_name: second }]);
    const without = await settingsNow();
    await site.client.post(path, settingsDone, [upsert(second)]);

    assert.equal(gone.op, 'delete');
    assert.equal(gone.success, true);
    assert.ok(without.every((one) => one.company_name !== second));
    assert.ok((await settingsNow()).some((one) => one.company_name === second));
  });

  it('does all or nothing where a company is unknown, and says which', async () => {
    const before = await settingsNow();

    const answer = await site.client.refused(422, 'POST', path,
      { body: [upsert(first, { is_enabled: false }), upsert('no-such-company')] });

    assert.deepEqual(answer.json.detail.map((one) => one.loc), [['body', 1, 'company_name']]);
    assert.deepEqual(await settingsNow(), before);
  });

  it('says where a body is wrong, and changes nothing', async () => {
    const before = await settingsNow();
    for (const [body, ...loc] of [
      [[upsert(first, { op: 'replace' })], 'body', 0, 'op'],
      [[upsert(first), upsert(first, { is_enabled: 'yes' })], 'body', 1, 'is_enabled'],
      [[upsert(7)], 'body', 0, 'company_name'],
      [[upsert(first, { title_filters: [] })], 'body', 0, 'title_filters'],
      [[upsert(first, { title_filters: { include: 'x', exclude: [] } })], 'body', 0, 'title_filters', 'include'],
      [[upsert(first, { title_filters: { include: [], exclude: [1] } })], 'body', 0, 'title_filters', 'exclude', 0],
      [[upsert(first, { surprise: 1 })], 'body', 0, 'surprise'],
      [['upsert'], 'body', 0],
      [{ op: 'upsert' }, 'body']]) {
      const answer = await site.client.refused(422, 'POST', path, { body });
      assert.deepEqual(answer.json.detail[0].loc, loc, answer.text);
    }
    assert.deepEqual(await settingsNow(), before);
  });

  it('refuses a filter that is no regular expression', async () => {
    const body = [upsert(first, { title_filters: { include: ['/(/'], exclude: [] } })];

    await site.client.refused(422, 'POST', path, { body });
  });

  it('looks at no further term once a few cannot be', async () => {
    const include = Array.from({ length: 40 }, (_, at) => `/(${at}/`);
    const body = [upsert(first, { title_filters: { include, exclude: [] } })];

    const { json } = await site.client.refused(422, 'POST', path, { body });

    assert.equal(json.detail.length, 5);
    assert.match(json.detail[4].msg, /were not looked at/);
  });

  it('takes terms as they are written, a comma and flags too', async () => {
    const filters = { include: ['CTO, COO'], exclude: ['/intern/i'] };

    const done = await site.client.post(path, settingsDone, [upsert(first, { title_filters: filters })]);

    assert.equal(done[0].success, true);
    assert.deepEqual((await settingsNow()).find((one) => one.company_name === first).title_filters, filters);
  });

  it('previews what a run would do, and writes nothing', async () => {
    await site.client.post(path, settingsDone, site.boards.map((board) => upsert(board.name)));

    const shown = await dryRun();

    assert.deepEqual(Object.keys(shown).sort(), site.boards.map((board) => board.name).sort());
    for (const one of Object.values(shown)) {
      assert.equal(one.status, 'success');
      assert.equal(one.error_message, null);
      assert.equal(one.total_count, 15);
      assert.equal(one.urls_count, one.included_jobs.length);
      assert.equal(one.included_jobs.length, 15);
      assert.equal(one.plan.new, 15);
      assert.equal(one.plan.complete, true);
    }
    assert.equal((await site.client.get('/api/jobs', () => {})).total, 0);
    assert.deepEqual((await site.client.get('/api/ingestion/runs', () => {})).runs, []);
  });

  it('previews a filter, each excluded job with its rule', async () => {
    const { included_jobs: [{ title }] } = (await dryRun())[first];
    const filters = { include: [], exclude: [title] };
    await site.client.post(path, settingsDone, [upsert(first, { title_filters: filters })]);

    const { [first]: one } = await dryRun();

    assert.ok(one.excluded_jobs.length > 0);
    assert.ok(one.excluded_jobs.every((job) => job.rule.includes(title)), JSON.stringify(one.excluded_jobs));
    assert.equal(one.included_jobs.length + one.excluded_jobs.length, one.total_count);
    assert.equal(one.urls_count, one.included_jobs.length);
    assert.equal(one.plan.new, one.included_jobs.length);
  });

  it('shows what a dry run read again where that is asked for, and says when it was read', async () => {
    const { [first]: read } = await dryRun('?kept=false');

    const { [first]: again } = await dryRun('?kept=true');
    const { [first]: afresh } = await dryRun();

    assert.deepEqual([read.kept, again.kept, afresh.kept], [false, true, false]);
    assert.equal(again.read_at, read.read_at);
    assert.ok(afresh.read_at > read.read_at);
    assert.deepEqual(again.plan, read.plan);
  });

  it('refuses to guess whether what is kept was asked for', async () => {
    const answer = await site.client.refused(422, 'POST', '/api/ingestion/dry-run?kept=maybe');

    assert.deepEqual(answer.json.detail.map((one) => one.loc), [['query', 'kept']]);
  });

  it('shows the company that cannot be read as an error, beside the others', async () => {
    await site.boardsDo('fault', { company: second, fault: 'http_403' });

    for (const query of ['', '?kept=true']) {
      const shown = await dryRun(query);

      assert.equal(shown[second].status, 'error');
      assert.ok(shown[second].error_message.length > 0);
      assert.equal(shown[second].plan.complete, false);
      assert.equal(shown[first].status, 'success');
    }
  });

  it('leaves a disabled company out of a preview', async () => {
    await site.client.post(path, settingsDone, [upsert(second, { is_enabled: false })]);

    assert.ok(!(second in await dryRun()));
  });

  it('plans with no listing that a run followed, and warns of a filter that takes all away', async () => {
    await site.client.post(path, settingsDone, [upsert(first)]);
    await dryRun();
    await site.boardsDo('next');
    await site.runOnce();

    const { [first]: unchanged } = await dryRun('?kept=true');
    await site.client.post(path, settingsDone,
      [upsert(first, { title_filters: { include: ['zookeeper'], exclude: [] } })]);
    const { [first]: filtered } = await dryRun();

    assert.equal(unchanged.kept, false);
    assert.equal(unchanged.plan.unchanged, 15);
    assert.deepEqual(unchanged.warnings, []);
    assert.equal(filtered.plan.would_expire, 15);
    assert.equal(filtered.warnings.length, 1);
    assert.match(filtered.warnings[0], /^the changed filter takes away all 15 jobs of /);
  });
});

describe('names', { timeout: wholeSuite }, () => {
  it('are known in whatever order the database sorts them', async () => {
    const site = await Site.start({ companies: 1, jobs: 1 });
    try {
      const names = ['a-b', 'a_d', 'ad'];
      for (const [index, name] of names.entries())
        await site.rolecall(['companies', 'add', name, '--board', 'greenhouse', '--token', `sorted${index}`]);

      await site.client.post(path, settingsDone, names.map((company_name) => (
        { op: 'upsert', company_name, title_filters: { include: [], exclude: [] }, is_enabled: true })));
    } finally {
      await site.stop();
    }
  });
});
