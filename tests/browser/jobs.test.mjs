// The list of jobs: found, narrowed, put aside and kept, with a pointer and with keys alone.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { job, jobs, runs } from '../contract/support/answers.mjs';
import { Site } from '../contract/support/site.mjs';
import { until, wholeSuite } from '../contract/support/wait.mjs';
import { Chromium } from './support/visit.mjs';

describe('the list of jobs', { timeout: wholeSuite }, () => {
  let chromium;
  let site;
  let visit;
  before(async () => {
    chromium = await Chromium.start();
    site = await Site.start({ companies: 3, jobs: 60, churn: 0.3 });
    await site.followAll();
    await site.runOnce();
    await site.boardsDo('next');
    await site.runOnce();
  });
  after(async () => { await site?.stop(); await chromium?.stop(); });
  afterEach(() => visit?.end());

  const smallest = { width: 320, height: 700 };
  const find = (query) => site.client.get(`/api/jobs?limit=500&${query}`, jobs);
  async function open(address) {
    visit = await chromium.visit({ token: site.token });
    await visit.open(site.client.url(address));
    await visit.heading('Jobs').waitFor();
  }
  const titles = () => visit.page.locator('ol h2').allTextContents();
  const shown = (count) => visit.says(new RegExp(`^${count.toLocaleString('en-US')} jobs?$`));

  it('says how many there are, and draws those in sight alone', async () => {
    const { total } = await find('status=open');
    await open('/jobs');

    await shown(total);
    assert.ok((await titles()).length < 60);
    await visit.isUsableByAll();
    await visit.fits();
    await visit.picture('jobs');
    // To the end, page by page.
    const last = (await find('status=open')).jobs.at(-1).title;
    await until('the last job is in sight', async () => {
      await visit.page.mouse.wheel(0, 4000);
      return (await titles()).at(-1) === last;
    });
  });

  it('is searched as one types, forgives slips, and goes back to what was typed', async () => {
    const { total } = await find('status=open&q=engineer');
    await open('/jobs');
    await visit.page.getByRole('searchbox', { name: 'Search jobs' }).fill('enginer');

    await visit.says('Showing results for');
    await shown(total);
    await visit.isUsableByAll();
    await visit.picture('jobs-corrected');
    await visit.button('Search for enginer instead').click();
    await visit.says('No job matches.');
    assert.match(visit.page.url(), /exact=true/);
    await visit.page.goBack();
    await shown(total);
  });

  it('is narrowed by choices that stand in the address', async () => {
    const { facets } = await find('status=expired');
    const [company] = Object.keys(facets.company);
    const wanted = await find(`status=expired&company=${company}`);
    await open('/jobs');

    await visit.page.getByRole('radio', { name: /^Expired/ }).check();
    await visit.page.getByRole('checkbox', { name: new RegExp(company.replaceAll('-', ' '), 'i') }).check();
    await shown(wanted.total);
    await visit.page.reload();
    await shown(wanted.total);
  });

  it('is narrowed by places and remote work, each with its count', async () => {
    const { facets } = await find('status=open');
    const [[place, count]] = Object.entries(facets.place);
    await open('/jobs');
    const choice = (name) => visit.page.getByRole('checkbox', { name, exact: true });

    await choice(`${place} ${count.toLocaleString('en-US')}`).check();
    await shown(count);
    await visit.isUsableByAll();
    await visit.fits();
    await visit.picture('jobs-place');
    const both = await find(`status=open&q=${encodeURIComponent(`in:"${place}" remote`)}`);
    await visit.page.getByRole('checkbox', { name: /^Remote/ }).check();
    await shown(both.total);
    await visit.page.getByRole('checkbox', { name: /^Remote/ }).uncheck();
    await choice(`${place} ${count.toLocaleString('en-US')}`).uncheck();
    await visit.page.getByRole('searchbox', { name: 'Find a place among these' }).fill('nowhere');
    await visit.button('Only jobs in “nowhere”').click();
    await visit.says('No job matches.');
    await visit.isUsableByAll();
  });

  it('hides a company until it is shown again, over a run too', async () => {
    const before = await find('status=open');
    const [company] = Object.keys(before.facets.company);
    const left = before.total - before.facets.company[company];
    await open('/jobs');
    await shown(before.total);

    await visit.page.getByRole('button', { name: /^More about/ }).first().click();
    await visit.page.getByRole('menuitem', { name: /^Hide all jobs of/ }).click();
    await visit.button('Undo').click();
    await shown(before.total);
    const line = visit.page.getByRole('checkbox', { name: new RegExp(`^${company.replaceAll('-', ' ')}`, 'i') });
    await line.hover();
    await visit.page.getByRole('button', { name: new RegExp(`^Hide all jobs of ${company.replaceAll('-', ' ')}`, 'i') }).click();
    await shown(left);
    await site.boardsDo('next');
    await site.runOnce();
    assert.equal((await find('status=open')).facets.company[company], undefined);
    await visit.page.reload();
    await visit.button('1 hidden company…').click();
    await visit.heading('Hidden companies').waitFor();
    await visit.isUsableByAll();
    await visit.page.getByRole('button', { name: /^Show again/ }).last().click();
    await visit.says('No company is hidden.');
    await visit.button('Close').click();
    await until('its jobs are counted again', async () => (await find('status=open')).facets.company[company] > 0);
    await shown((await find('status=open')).total);
  });

  it('has room for all of it in a window of 320 px', async () => {
    visit = await chromium.visit({ token: site.token, viewport: smallest });
    await visit.open(site.client.url('/jobs'));
    await visit.button('Narrow the list').click();
    await visit.page.getByRole('group', { name: 'Place' }).waitFor();
    await visit.isUsableByAll();
    await visit.fits();
    await visit.picture('jobs-narrowed', { smallest });
    const [company] = Object.keys((await find('status=open')).facets.company);
    const hidden = `/api/ingestion/companies/${company}/marks/hidden`;
    await site.client.ask('PUT', hidden);
    await visit.page.reload();
    await visit.button('Narrow the list').click();
    await visit.button('1 hidden company…').click();
    await visit.heading('Hidden companies').waitFor();
    await visit.isUsableByAll();
    await visit.fits();
    await visit.picture('jobs-hidden-companies', { smallest });
    await site.client.ask('DELETE', hidden);
  });

  it('hides, undoes and opens by keys alone', async () => {
    const before = await find('status=open');
    const [first, second] = before.jobs;
    await open('/jobs');
    await shown(before.total);

    await visit.page.keyboard.press('j');
    await visit.page.keyboard.press('h');
    await shown(before.total - 1);
    await until('it is hidden', async () => (await site.client.get(`/api/jobs/${first.id}`, job)).hidden_at);
    await visit.page.keyboard.press('u');
    await shown(before.total);
    assert.equal((await site.client.get(`/api/jobs/${first.id}`, job)).hidden_at, null);
    await visit.page.keyboard.press('/');
    await visit.page.keyboard.type(`"${second.title}"`);
    await visit.says(second.title);
    await visit.page.keyboard.press('Tab');
    await visit.page.locator('body').evaluate(() => document.activeElement.blur());
    await visit.page.keyboard.press('j');
    await visit.page.keyboard.press('o');
    await visit.page.waitForURL(/\/jobs\/\d+$/);
    await visit.page.keyboard.press('?');
    await visit.heading('Keys').waitFor();
  });

  it('shows a posting with its life, marks it, and says why it left', async () => {
    const [expired] = (await find('status=expired')).jobs;
    visit = await chromium.visit({ token: site.token });
    await visit.open(site.client.url(`/jobs/${expired.id}`));
    await visit.heading(expired.title).waitFor();

    const life = await site.client.get(`/api/jobs/${expired.id}`, job);
    await visit.says(/^It expired/);
    await visit.says(life.events.find((one) => one.kind === 'expired').detail);
    await visit.isUsableByAll();
    await visit.fits();
    await visit.picture('job');
    await visit.button('Mark as applied').click();
    await visit.button('Applied ✓').waitFor();
    assert.ok((await site.client.get(`/api/jobs/${expired.id}`, job)).applied_at);
  });

  it('is led to by each number of a run, and tells what differs between two', async () => {
    const [{ run_id: run, jobs_new: fresh, jobs_unchanged: same, total_jobs: all }, { run_id: before }] =
      (await site.client.get('/api/ingestion/runs', runs)).runs;
    visit = await chromium.visit({ token: site.token });
    await visit.open(site.client.url('/runs'));
    await visit.link(`Run ${run}`, { exact: true }).waitFor();
    await visit.isUsableByAll();
    await visit.fits();
    await visit.picture('runs');
    await visit.link(`Run ${run}`, { exact: true }).click();
    await visit.link(`${fresh} new`).first().click();
    await shown(fresh);
    await visit.says(/^Jobs that were new in/);
    await visit.isUsableByAll();
    for (const [name, count] of [[`${same} unchanged`, same], [`${all} jobs`, all]]) {
      await visit.open(site.client.url(`/summary/${run}`));
      await visit.link(name, { exact: true }).first().click();
      await shown(count);
    }

    await visit.open(site.client.url('/runs'));
    await visit.link(`Compare run ${run} with run ${before}`).click();
    await visit.heading(`From run ${before} to run ${run}`).waitFor();
    await visit.says(/^gone$/);
    await visit.isUsableByAll();
    await visit.fits();
    await visit.picture('compare');
  });

  it('keeps a view, and tells the address of its feed once', async () => {
    await open('/jobs?q=engineer');
    await visit.button('Views').click();
    await visit.page.getByRole('menuitem', { name: 'Save this as a view…' }).click();
    await visit.page.getByRole('textbox', { name: 'Name' }).fill('Engineers');
    await visit.button('Save view').click();
    await visit.button('View Engineers').click();
    await visit.page.getByRole('menuitem', { name: 'Feed of this view, or delete it…' }).click();
    await visit.button('Make a feed').click();
    const address = await visit.page.locator('code').textContent();
    await visit.isUsableByAll();
    await visit.picture('jobs-feed');

    const feed = await fetch(address);
    assert.equal(feed.status, 200);
    assert.match(await feed.text(), /<feed/);
    await visit.button('Delete view').click();
    await visit.button('Views').waitFor();
  });
});
