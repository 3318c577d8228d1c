// Each number of a run opens the jobs that made it, and two runs are compared, over a history with churn.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { comparison, exportedJob, jobs } from './support/answers.mjs';
import { fits } from './support/shapes.mjs';
import { Site } from './support/site.mjs';
import { wholeSuite } from './support/wait.mjs';

const fates = { total: 'total_jobs', ready: 'jobs_ready', skipped: 'jobs_skipped', failed: 'jobs_failed',
  unchanged: 'jobs_unchanged', new: 'jobs_new', changed: 'jobs_changed', reopened: 'jobs_reopened', missing: 'jobs_missing',
  withheld: 'jobs_withheld', expired: 'jobs_expired' };

describe('what became of jobs', { timeout: wholeSuite }, () => {
  let site;
  const runs = []; // with what was open at the end of each
  const open = async () => new Map((await site.client.get('/api/jobs?status=open&limit=500', jobs)).jobs
    .map((one) => [one.id, one.title]));
  const ofFate = (run, fate, more = '') => site.client.get(`/api/jobs?limit=500&run=${run}&fate=${fate}${more}`, jobs);
  const compare = (one, other, more = '') =>
    site.client.get(`/api/ingestion/runs/${one}/compare/${other}?limit=500${more}`, comparison);
  before(async () => {
    site = await Site.start({ companies: 4, jobs: 30, churn: 0.25 });
    await site.followAll();
    for (let made = 0; made < 8; made += 1) {
      if (made > 0) await site.boardsDo('next');
      // Jobs whose own pages stand go missing, and come back.
      if (made === 3) await site.boardsDo('company', { company: site.boards[0].name, keep: 20, pages: 'stand' });
      // One board is read in part, and one not at all.
      if (made === 4) await site.boardsDo('fault', { company: site.boards[1].name, fault: 'page_3_fails' });
      if (made === 4) await site.boardsDo('fault', { company: site.boards[2].name, fault: 'http_500' });
      if (made === 5) for (const { name: company } of site.boards) await site.boardsDo('fault', { company, fault: 'none' });
      if (made === 5) await site.boardsDo('company', { company: site.boards[0].name, keep: null });
      // One company is followed no more, so that all of its jobs leave.
      if (made === 6) await site.rolecall(['companies', 'remove', site.boards[3].name]);
      runs.push({ ...await site.runOnce(), open: await open() });
    }
  });
  after(() => site?.stop());

  it('makes each number of each run', async () => {
    const seen = new Set();
    for (const run of runs)
      for (const [fate, number] of Object.entries(fates)) {
        const found = await ofFate(run.run_id, fate);
        assert.equal(found.total, run[number], `${fate} of run ${run.run_id}`);
        if (found.total > 0) seen.add(fate);
      }
    for (const fate of ['new', 'changed', 'missing', 'expired', 'unchanged', 'ready', 'skipped', 'total']) assert.ok(seen.has(fate), `none was ever ${fate}`);
  });

  it('is found with words, by pages, in files, and whatever is hidden', async () => {
    const { run_id: run } = runs[0];
    const all = await ofFate(run, 'new');
    const [{ id, title, company }] = all.jobs;
    assert.ok((await ofFate(run, 'new', `&q=${encodeURIComponent(`"${title}"`)}`)).jobs.some((one) => one.id === id));
    assert.equal((await ofFate(run, 'new', `&company=${company}`)).total, all.facets.company[company]);
    const first = await site.client.get(`/api/jobs?limit=7&run=${run}&fate=new`, jobs);
    const cursor = encodeURIComponent(first.next_cursor);
    const second = await site.client.get(`/api/jobs?limit=7&run=${run}&fate=new&cursor=${cursor}`, jobs);
    assert.deepEqual([...first.jobs, ...second.jobs].map((one) => one.id), all.jobs.slice(0, 14).map((one) => one.id));
    await site.client.refused(422, 'GET', `/api/jobs?limit=7&run=${runs[1].run_id}&fate=new&cursor=${cursor}`);
    const file = await site.client.ask('GET', `/api/jobs/export?format=jsonl&run=${run}&fate=new`);
    const lines = file.text.trimEnd().split('\n').map((line) => fits(JSON.parse(line), exportedJob));
    assert.deepEqual(new Set(lines.map((one) => one.id)), new Set(all.jobs.map((one) => one.id)));

    await site.client.ask('PUT', `/api/jobs/${id}/marks/hidden`);
    assert.equal((await ofFate(run, 'new')).total, all.total);
    await site.client.ask('DELETE', `/api/jobs/${id}/marks/hidden`);
  });

  it('differs between any two runs as what was open then does', async () => {
    for (const [at, earlier] of runs.entries())
      for (const later of runs.slice(at + 1)) {
        const found = await compare(earlier.run_id, later.run_id);
        const of = (change) => found.jobs.filter((one) => one.change === change).map((one) => one.id);
        const came = [...later.open.keys()].filter((id) => !earlier.open.has(id));
        const gone = [...earlier.open.keys()].filter((id) => !later.open.has(id));

        const told = `from ${earlier.run_id} to ${later.run_id}`;
        assert.deepEqual(new Set([...of('new'), ...of('back')]), new Set(came), told);
        assert.deepEqual(new Set(of('gone')), new Set(gone), told);
        assert.deepEqual([found.new, found.back, found.changed, found.gone],
          ['new', 'back', 'changed', 'gone'].map((change) => of(change).length), told);
        for (const [id, title] of earlier.open)
          if (later.open.has(id) && later.open.get(id) !== title) assert.ok(of('changed').includes(id), told);
        assert.deepEqual(await compare(later.run_id, earlier.run_id), found);
      }
  });

  it('is compared by pages', async () => {
    const [earlier, later] = [runs[0].run_id, runs[7].run_id];
    const { jobs: all } = await compare(earlier, later);
    const paged = [];
    for (let offset = 0; offset !== null;) {
      const page = await site.client.get(`/api/ingestion/runs/${earlier}/compare/${later}?limit=9&offset=${offset}`, comparison);
      paged.push(...page.jobs);
      offset = page.next_offset;
    }
    assert.deepEqual(paged, all);
    assert.ok(all.length > 9);
  });

  it('is refused for what is not there, or is no number of a run', async () => {
    const [{ run_id: run }] = runs;
    for (const query of [`run=${run}`, 'fate=new', `run=${run}&fate=great`, 'run=x&fate=new', `run=${run}&fate=excluded`])
      await site.client.refused(422, 'GET', `/api/jobs?${query}`);
    await site.client.refused(404, 'GET', '/api/jobs?run=987654321&fate=new');
    await site.client.refused(404, 'GET', `/api/ingestion/runs/${run}/compare/987654321`);
    await site.client.refused(422, 'GET', `/api/ingestion/runs/${run}/compare/${run}?limit=501`);
    const other = await site.addUser('other@fates.test');
    await other.refused(404, 'GET', `/api/jobs?run=${run}&fate=new`);
    await other.refused(404, 'GET', `/api/ingestion/runs/${run}/compare/${run}`);
    await other.refused(404, 'GET', `/api/jobs?run=${run}&fate=unchanged`);
  });

  it('is told of a run at work as far as it goes, but for what is known at its end', async () => {
    site.gateway.hold();
    const run = await site.startRun();
    assert.equal((await ofFate(run, 'new')).total, 0);
    await site.client.refused(409, 'GET', `/api/jobs?run=${run}&fate=total`);
    site.gateway.open();
    const { total_jobs: total } = await site.untilOver(run);
    assert.equal((await ofFate(run, 'total')).total, total);
  });
});
