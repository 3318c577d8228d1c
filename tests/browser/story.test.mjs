// The whole way through the page, as a person goes it: from nothing followed to a run's summary, over an abort, a failure
// and withheld expiries. Each test goes on where the one before ended.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { Site } from '../contract/support/site.mjs';
import { until, wholeSuite } from '../contract/support/wait.mjs';
import { lackMany } from '../contract/support/withholding.mjs';
import { Chromium } from './support/visit.mjs';

const email = 'ann@example.org';
const password = 'correct horse, battery & staple';

describe('the way through the page', { timeout: wholeSuite }, () => {
  let site;
  let chromium;
  let visit;
  before(async () => {
    site = await Site.start({ companies: 3, jobs: 40, churn: 0.1 });
    chromium = await Chromium.start();
    visit = await chromium.visit();
  });
  after(async () => {
    await chromium?.stop();
    await site?.stop();
  });
  afterEach(() => assert.deepEqual(visit.troubles, []));

  const untilAt = (pattern) => visit.page.waitForURL((url) => pattern.test(url.pathname), { timeout: 120_000 });
  const dialog = () => visit.page.getByRole('dialog');
  const question = () => visit.page.getByRole('alertdialog');
  const card = (title) => visit.page.getByRole('article', { name: title });
  const field = (label) => visit.page.getByRole('textbox', { name: label, exact: true });

  async function looksWell(name) {
    await visit.isUsableByAll();
    await visit.fits();
    await visit.picture(name);
  }

  async function check({ name, board, token }) {
    await visit.button('Add a company').click();
    await dialog().getByRole('button', { name: 'By kind and token' }).click();
    await dialog().getByLabel('Kind of board').selectOption(board);
    await dialog().getByLabel('Its token there').fill(token);
    await dialog().getByLabel('Name here (optional)').fill(name);
    await dialog().getByRole('button', { name: 'Check this board' }).click();
  }

  it('begins with the address that the server printed, and with nothing followed', async () => {
    const [, secret] = await until('the server tells its address', () => /#once=(\S+)/.exec(site.server.err));
    await visit.open(site.client.url(`/#once=${secret}`));

    await untilAt(/^\/configure$/);
    await visit.says('You follow no company yet.');
    await visit.button(/^Preview\s*, not open: Follow a company first/).waitFor();
    await looksWell('configure-empty');
  });

  it('adds companies by the kind of their board and their token, and says where that is wrong', async () => {
    const [first, second, third] = site.boards;
    await check({ ...first, token: 'no-such-board' });
    await dialog().getByText(/there is no such board/).first().waitFor();
    await looksWell('configure-add-refused');
    await visit.page.keyboard.press('Escape');

    for (const company of [first, second, third]) {
      await check(company);
      await dialog().getByRole('button', { name: 'Follow', exact: true }).waitFor();
      if (company === first) await looksWell('configure-add');
      await dialog().getByRole('button', { name: 'Follow', exact: true }).click();
      await dialog().waitFor({ state: 'detached' });
    }

    assert.equal(await visit.page.getByRole('article').count(), 3);
  });

  it('writes filters as chips, keeps them from being lost, and saves them', async () => {
    const title = 'Acme Robotics';
    await card(title).getByRole('button', { name: /^Filters/ }).click();
    await field('Exclude').fill('intern');
    await visit.page.keyboard.press('Enter');
    await field('Exclude').pressSequentially('director,');
    await field('Exclude').fill('wrong');
    await visit.page.keyboard.press('Enter');
    await visit.page.keyboard.press('Backspace');
    await card(title).getByText('Modified').waitFor();
    await card(title).getByRole('button', { name: 'Remove director' }).waitFor();
    assert.equal(await card(title).getByRole('button', { name: 'Remove wrong' }).count(), 0);
    await looksWell('configure');

    await visit.link(/Rolecall/).click();
    await question().waitFor();
    await question().getByRole('button').first().click();
    await question().waitFor({ state: 'detached' });
    await visit.button('Save', { exact: true }).click();
    await visit.says(/^Saved/);

    const { json } = await site.client.ask('GET', '/api/ingestion/settings');
    assert.deepEqual(json.find((one) => one.company_name === site.boards[0].name).title_filters,
      { include: [], exclude: ['intern', 'director'] });
  });

  it('says what was changed elsewhere, before it takes what stands here', async () => {
    await field('Exclude').fill('here');
    await visit.page.keyboard.press('Enter');
    await site.client.ask('POST', '/api/ingestion/settings', { body: [{ op: 'upsert', company_name: site.boards[0].name,
      title_filters: { include: [], exclude: ['elsewhere'] } }] });

    await visit.button('Save', { exact: true }).click();
    await visit.says(/changed elsewhere since you began/);
    await visit.button(/account and theme$/).click();
    await visit.page.getByRole('menuitem', { name: 'Sign out' }).click();
    await question().getByText(/Not saved/).waitFor();
    await question().getByRole('button', { name: 'Stay' }).click();
    await question().waitFor({ state: 'detached' });
    await visit.button('Save', { exact: true }).click();
    await visit.says(/^Saved/);

    const { json } = await site.client.ask('GET', '/api/ingestion/settings');
    assert.deepEqual(json.find((one) => one.company_name === site.boards[0].name).title_filters.exclude,
      ['intern', 'director', 'here']);
    await site.client.ask('POST', '/api/ingestion/settings', { body: [{ op: 'upsert', company_name: site.boards[0].name,
      title_filters: { include: [], exclude: ['intern', 'director'] } }] });
    await visit.page.reload();
    await visit.heading('Configure').waitFor();
  });

  it('previews what a run would do, and tries other filters without asking a board', async () => {
    await visit.button('Preview', { exact: true }).click();
    await untilAt(/^\/preview$/);
    await visit.button('Start ingestion').waitFor();
    await looksWell('preview');
    const passed = site.gateway.passed;

    const company = visit.page.getByRole('region', { name: 'Borealis Health' });
    if (!await company.getByRole('button', { name: 'Filters' }).isVisible().catch(() => false))
      await company.getByRole('button', { name: /Borealis Health/ }).click();
    await company.getByRole('button', { name: 'Filters' }).click();
    await company.getByRole('textbox', { name: 'Leave out titles with' }).fill('engineer');
    await visit.page.keyboard.press('Enter');
    await company.getByText(/of 40 jobs included with these filters/).waitFor();
    await company.locator('mark').first().waitFor();
    await looksWell('preview-filter');
    await company.getByRole('button', { name: 'Discard' }).click();

    assert.equal(site.gateway.passed, passed);
  });

  it('says when it is old', async () => {
    await visit.link('Configure').click();
    await untilAt(/^\/configure$/);
    await card('Borealis Health').getByRole('switch').click();
    await visit.button('Save', { exact: true }).click();
    await visit.says(/^Saved/);
    await visit.link(/Preview/).click();
    await visit.button('Preview again').waitFor();
    await looksWell('preview-old');
    await visit.link('Configure').click();
    await card('Borealis Health').getByRole('switch').click();
    await visit.button('Save and preview').click();
    await untilAt(/^\/preview$/);
  });

  it('names what could not be read, and reads it again', async () => {
    const { name } = site.boards[2];
    await site.boardsDo('fault', { company: name, fault: 'http_404' });
    await visit.button('Read all again').click();
    await visit.button('Read again').waitFor();
    await looksWell('preview-failed');
    await site.boardsDo('fault', { company: name, fault: 'none' });

    await visit.button('Read again').click();

    await visit.button('Read again').waitFor({ state: 'detached' });
  });

  it('starts a run that a person has seen, watches it and ends at its summary', async () => {
    await visit.button('Start ingestion').click();
    await question().getByText(/Start a run of 3 companies/).waitFor();
    await looksWell('preview-start');
    await question().getByRole('button', { name: 'Start the run' }).click();

    await untilAt(/^\/summary\/\d+$/);
    await visit.says(/Run \d+ finished/);
    await looksWell('summary-first');
  });

  it('leads into the run that is active, whoever started it, and aborts it', async () => {
    await visit.link('Start new run').click();
    await untilAt(/^\/preview$/);
    await visit.button('Start ingestion').waitFor();
    site.gateway.hold();
    const run = await site.startRun();
    await visit.button('Start ingestion').click();
    await question().getByRole('button', { name: 'Start the run' }).click();
    await untilAt(new RegExp(`^/ingest/${run}$`));
    await visit.button('Abort').click();
    await visit.button('Abort the run').click();
    await untilAt(new RegExp(`^/summary/${run}$`));
    site.gateway.open();

    await visit.says(`Run ${run} was aborted`);
    await looksWell('summary-aborted');
  });

  it('shows what a run withheld, and expires it by a person\'s word', async () => {
    const company = site.boards[1].name;
    const { run_id: run } = await lackMany(site, company);
    await visit.open(site.client.url(`/summary/${run}`));
    await visit.button('Expire up to 22').waitFor();
    await looksWell('summary');

    await visit.button('Expire up to 22').click();
    await looksWell('summary-expire');
    await question().getByRole('button').last().click();

    await untilAt(/^\/summary\/\d+$/);
    await visit.page.waitForURL((url) => !url.pathname.endsWith(`/${run}`));
    await untilAt(/^\/summary\/\d+$/);
    const next = Number(/\d+$/.exec(new URL(visit.page.url()).pathname)[0]);
    const over = await site.untilOver(next);
    assert.equal(over.jobs_expired, 22);
  });

  it('keeps what a run withheld, by a person\'s word', async () => {
    const company = site.boards[2].name;
    const { run_id: run } = await lackMany(site, company);
    const withheld = async () =>
      (await site.client.ask('GET', `/api/ingestion/runs/${run}/withheld/${company}`)).json.jobs.length;
    assert.equal(await withheld(), 22);
    await visit.open(site.client.url(`/summary/${run}`));

    await visit.button(/^Keep/).click();

    await visit.says('22 jobs are kept.');
    await visit.says(/^Nothing is withheld here any more: the 22 jobs of this run were settled since/);
    await looksWell('summary-kept');
    assert.equal(await visit.button(/^(Keep|Expire)/).count(), 0);
    assert.equal(await withheld(), 0);
    const next = await site.runOnce();
    assert.deepEqual([next.jobs_withheld, next.jobs_expired], [0, 0], JSON.stringify(next));
  });

  it('reads again what failed', async () => {
    const { name } = site.boards[2];
    await site.boardsDo('fault', { company: name, fault: 'http_404' });
    const failed = await site.runOnce();
    assert.equal(failed.companies.filter((one) => one.status !== 'done').length, 1, JSON.stringify(failed));
    await site.boardsDo('fault', { company: name, fault: 'none' });
    await visit.open(site.client.url(`/summary/${failed.run_id}`));
    await visit.says(/with warnings/);
    await looksWell('summary-warnings');

    await visit.button('Retry what failed').click();

    await visit.page.waitForURL((url) => /^\/summary\/\d+$/.test(url.pathname) && !url.pathname.endsWith(`/${failed.run_id}`));
    const next = Number(/\d+$/.exec(new URL(visit.page.url()).pathname)[0]);
    const over = await site.untilOver(next);
    assert.deepEqual(over.companies.map((one) => [one.company, one.status]), [[name, 'done']]);
  });

  it('signs out and in again, as somebody else', async () => {
    await site.rolecall(['user', 'add', email, '--name', 'Ann'], `${password}\n`);
    await visit.button(/account and theme$/).click();
    await visit.page.getByRole('menuitemradio', { name: 'Dark' }).click();
    assert.equal(await visit.page.evaluate(() => document.documentElement.dataset.theme), 'dark');
    await visit.button(/account and theme$/).click();
    await visit.page.getByRole('menuitem', { name: 'Sign out' }).click();
    await visit.heading('Sign in to Rolecall').waitFor();
    await visit.page.getByLabel('E-mail').fill(email);
    await visit.page.getByLabel('Password').fill(password);
    await visit.page.keyboard.press('Enter');

    await visit.says(/There is no run \d+ here|You follow no company yet/);
    assert.equal(await visit.page.getByText('local@localhost').count(), 0);
    await visit.end();
  });
});
