// What a dry run says of each job, and of one company under filters that are not saved.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { preview, settings, settingsDone } from './support/answers.mjs';
import { Site } from './support/site.mjs';
import { wholeSuite, within } from './support/wait.mjs';

const path = '/api/ingestion/dry-run';
const dryRun = (client, query = '', body = undefined) => client.post(`${path}${query}`, preview, body);
// Of the shown title, what stands where the rule is said to match.
const matched = ({ title, match }) => [...title].slice(match.begin, match.begin + match.length).join('');
const countOf = (jobs, fate) => jobs.filter((job) => job.fate === fate).length;

describe('a dry run', { timeout: wholeSuite }, () => {
  let site;
  let company;
  before(async () => {
    site = await Site.start({ companies: 2, jobs: 40, churn: 0.1 });
    company = site.boards[0].name;
    await site.followAll();
  });
  after(() => site?.stop());

  const filter = (title_filters) => site.client.post('/api/ingestion/settings', settingsDone,
    [{ op: 'upsert', company_name: company, title_filters }]);
  const shown = async () => (await dryRun(site.client))[company];
  const addsUp = (one) => {
    const listed = [...one.included_jobs, ...one.excluded_jobs];
    for (const fate of ['new', 'changed', 'unchanged', 'reopened'])
      assert.equal(countOf(one.included_jobs, fate), one.plan[fate], fate);
    for (const fate of ['missing', 'withheld']) assert.equal(countOf(one.leaving_jobs, fate), one.plan[fate], fate);
    assert.equal(countOf(one.leaving_jobs, 'expired'), one.plan.would_expire);
    assert.equal(listed.length, one.total_count);
    for (const job of one.leaving_jobs) assert.equal(job.reason === null, job.fate !== 'expired', JSON.stringify(job));
  };

  it('names the fate of each job, as the run that follows counts it', async () => {
    const first = await shown();
    await site.runOnce();
    await site.boardsDo('next');
    const next = await shown();
    const over = await site.runOnce();

    for (const one of [first, next]) addsUp(one);
    assert.equal(countOf(first.included_jobs, 'new'), 40);
    assert.deepEqual(first.leaving_jobs, []);
    const part = over.companies.find((one) => one.company === company);
    for (const fate of ['new', 'changed', 'unchanged', 'missing', 'expired'])
      assert.equal(countOf([...next.included_jobs, ...next.leaving_jobs], fate), part[fate], fate);
    assert.ok(part.expired > 0, 'the boards lost nobody');
    for (const { reason, evidence } of next.leaving_jobs) {
      assert.equal(reason, 'gone');
      assert.match(evidence, /^absent from a complete listing of \d+, the first to lack it; gone at its own address /);
    }
  });

  it('says which rule excludes a job, and where in its title', async () => {
    const [{ title }] = (await shown()).included_jobs;
    await filter({ include: [], exclude: [title.toUpperCase()] });
    const excluding = await shown();
    await filter({ include: ['zookeeper'], exclude: [title] });
    const including = await shown();
    await filter({ include: [], exclude: [] });

    addsUp(excluding);
    assert.ok(excluding.excluded_jobs.length > 0);
    for (const job of excluding.excluded_jobs) {
      assert.equal(job.rule, `exclude: ${title.toUpperCase()}`);
      assert.equal(matched(job), title);
    }
    for (const job of including.excluded_jobs)
      assert.deepEqual([job.rule, job.match], ['no include term matches', null]);
    const filtered = including.leaving_jobs.filter((job) => job.reason === 'filtered');
    assert.equal(filtered.length, including.excluded_jobs.length);
    for (const { evidence } of filtered)
      assert.equal(evidence, 'the filter leaves it out: no include term matches');
  });

  it('says since when a job is missing, and what is awaited', async () => {
    await site.boardsDo('company', { company, keep: 36, pages: 'stand' });
    await site.runOnce();

    const one = await shown();

    addsUp(one);
    const missing = one.leaving_jobs.filter((job) => job.fate === 'missing');
    assert.ok(missing.length > 0);
    for (const { evidence } of missing) {
      assert.match(evidence, /, missing since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC \(reading \d+\); its own page stands/);
      assert.match(evidence, /; leaves once it is gone at its own address, or 5 complete listings over 14 days lack it$/);
    }
  });

  it('says why an expiry is withheld, and what would settle it', async () => {
    await site.boardsDo('company', { company, keep: 15, pages: 'stand' });
    const lacking = [];
    for (let i = 0; i < 4; ++i) lacking.push((await site.runOnce()).run_id);
    for (const [i, run] of lacking.entries()) {
      const then = new Date(Date.now() - (15 - i) * 86_400_000).toISOString();
      await site.sql(`UPDATE readings SET finished_at = '${then}' WHERE run_id = ${run};`);
    }

    const ahead = await shown();
    await site.runOnce();
    const behind = await shown();

    for (const one of [ahead, behind]) {
      addsUp(one);
      assert.ok(one.plan.withheld > 10, JSON.stringify(one.plan));
      for (const { fate, evidence } of one.leaving_jobs)
        if (fate === 'withheld')
          assert.match(evidence, /withheld.*, as too many would leave with it.*; leaves by a person's word, or once 3 /);
    }
    await site.boardsDo('company', { company, keep: null });
    await site.runOnce();
  });

  it('names the jobs that leave with a company that is removed', async () => {
    const { title_filters } = (await site.client.get('/api/ingestion/settings', settings))[0];
    await site.client.post('/api/ingestion/settings', settingsDone, [{ op: 'delete', company_name: company }]);
    const one = await shown();
    await filter(title_filters);

    addsUp(one);
    assert.ok(one.leaving_jobs.length > 0);
    for (const { reason, evidence } of one.leaving_jobs)
      assert.deepEqual([reason, evidence], ['company_removed', 'the company was removed from the settings']);
  });
});

describe('a dry run under filters that are not saved', { timeout: wholeSuite }, () => {
  let site;
  let company;
  let ann;
  before(async () => {
    site = await Site.start({ companies: 2, jobs: 25 });
    company = site.boards[0].name;
    await site.followAll();
    ann = await site.addUser('ann@example.org');
  });
  after(() => site?.stop());

  const tried = async (query, title_filters, client = site.client) => {
    const all = await dryRun(client, query, { company, title_filters });
    assert.deepEqual(Object.keys(all), [company]);
    return all[company];
  };
  const kept = (title_filters, client) => tried('?kept=true', title_filters, client);
  const askedNobody = async (what) => {
    const { passed } = site.gateway;
    site.gateway.hold();
    try {
      return await within('nobody is asked', what());
    } finally {
      site.gateway.open();
      assert.equal(site.gateway.passed, passed);
    }
  };

  it('shows that company alone, and saves nothing', async () => {
    const before = await site.client.get('/api/ingestion/settings', settings);

    const all = await tried('', { include: [], exclude: [] });
    const [{ title }] = all.included_jobs;
    const one = await tried('', { include: [], exclude: [title] });

    assert.equal(all.urls_count, 25);
    assert.equal(one.kept, false);
    assert.ok(one.excluded_jobs.length > 0);
    assert.ok(one.excluded_jobs.every((job) => matched(job) === title));
    assert.deepEqual(await site.client.get('/api/ingestion/settings', settings), before);
  });

  it('shows a company that is not followed', async () => {
    const one = await tried('', { include: ['zookeeper'] }, ann);

    assert.equal(one.filtered_count, 25);
    assert.equal(one.plan.new, 0);
    assert.deepEqual(await ann.get('/api/ingestion/settings', settings), []);
  });

  it('is refused as settings are', async () => {
    const settingOf = ({ company: company_name, ...rest }) => [{ op: 'upsert', company_name, ...rest }];
    for (const [body, ...loc] of [
      [{ company: 'no-such-company' }, 'company'],
      [{ company, title_filters: { include: ['/(/'] } }, 'title_filters', 'include', 0],
      [{ company, title_filters: { include: 'x' } }, 'title_filters', 'include'],
      [{ company, title_filters: { exclude: Array(201).fill('x') } }, 'title_filters', 'exclude'],
      [{ company, pay_filters: {} }, 'pay_filters'],
      [{ company: 7 }, 'company'], [{ title_filters: {} }, 'company']]) {
      for (const query of ['', '?kept=true']) {
        const { json } = await site.client.refused(422, 'POST', path + query, { body });
        assert.deepEqual(json.detail[0].loc, ['body', ...loc]);
        const saved = await site.client.refused(422, 'POST', '/api/ingestion/settings', { body: settingOf(body) });
        assert.equal(saved.json.detail[0].msg, json.detail[0].msg);
      }
    }
    await site.client.refused(400, 'POST', path, { raw: '{' });
  });

  it('asks no board where what is kept is wanted', async () => {
    const read = await tried('', {});

    const again = await askedNobody(() => kept({ include: ['zookeeper'] }));

    assert.deepEqual([again.kept, again.read_at], [true, read.read_at]);
    assert.equal(again.filtered_count, 25);
  });

  it('takes the jobs that are known where nothing is kept, whoever brought them', async () => {
    const over = await site.runOnce();

    const own = await askedNobody(() => kept({}));
    const anns = await askedNobody(() => kept({}, ann));

    for (const one of [own, anns]) {
      assert.equal(one.kept, false);
      assert.equal(one.plan.complete, true);
      assert.ok(one.read_at >= over.started_at && one.read_at <= over.finished_at, JSON.stringify(one.read_at));
    }
    assert.equal(own.plan.unchanged, 25);
    assert.equal(anns.plan.new, 25);
  });

  it('finds the place of a match in the title as it is written', async () => {
    const titles = ['Élève développeur web', 'Bauleiter Straße', 'Ｓｅｎｉｏｒ　Ｃｏｏｋ', 'Cafe\u0301 Chef',
      '🍳 Köchin', 'Head of  People’s Ops'];
    const own = await kept({});
    for (const [at, title] of titles.entries())
      await site.sql(`UPDATE board_jobs SET title = '${title}' WHERE external_id = '${own.included_jobs[at].id}';`);

    const one = await kept({ exclude: ['developpeur', 'strasse', 'senior cook', 'cafe', 'kochin', "of people's"] });

    const found = Object.fromEntries(one.excluded_jobs.map((job) => [job.title, matched(job)]));
    assert.deepEqual(found, { [titles[0]]: 'développeur', [titles[1]]: 'Straße', [titles[2]]: titles[2],
      [titles[3]]: 'Cafe\u0301', [titles[4]]: 'Köchin', [titles[5]]: 'of  People’s' });
  });

  it('says so where a board was never read', async () => {
    const name = 'never-read';
    await site.rolecall(['companies', 'add', name, '--board', 'greenhouse', '--token', 'neverread']);

    const { [name]: one } = await askedNobody(() => dryRun(site.client, '?kept=true', { company: name }));

    assert.deepEqual([one.status, one.read_at, one.total_count, one.plan.complete], ['success', null, 0, false]);
    assert.match(one.error_message, /never read/);
  });

  it('waits for no dry run that asks boards', async () => {
    site.gateway.hold();
    const held = [dryRun(site.client), tried('', {}, ann)];
    await site.gateway.untilHeld(3);

    const refused = await site.client.refused(429, 'POST', path, { body: { company } });
    const many = await within('trials go on', (async () => {
      const answers = [];
      for (let i = 0; i < 10; ++i) answers.push(await kept({ include: [`word${i}`] }));
      return answers;
    })());
    const together = await Promise.all(Array.from({ length: 8 }, () =>
      site.client.ask('POST', `${path}?kept=true`, { body: { company } })));

    assert.equal(refused.headers.get('retry-after'), '5');
    for (const one of many) assert.equal(one.filtered_count, 25);
    assert.ok(together.some(({ status }) => status === 200));
    for (const { status, headers } of together)
      if (status !== 200) assert.deepEqual([status, headers.get('retry-after')], [429, '1']);
    site.gateway.open();
    await Promise.all(held);
  });
});
