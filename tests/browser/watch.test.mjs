// A run as the page shows it: live, over a cut network, aborted, and with texts that strangers wrote.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { appendLines, lastLine } from '../contract/support/lines.mjs';
import { Site } from '../contract/support/site.mjs';
import { until, wholeSuite } from '../contract/support/wait.mjs';
import { Cable } from './support/cable.mjs';
import { Chromium } from './support/visit.mjs';

describe('watching a run', { timeout: wholeSuite }, () => {
  let site;
  let cable;
  let chromium;
  let visit;
  before(async () => {
    site = await Site.start({ companies: 3, jobs: 30 });
    await site.followAll();
    cable = await Cable.start(site.server.url);
    chromium = await Chromium.start();
  });
  after(async () => {
    await chromium?.stop();
    await cable?.stop();
    await site?.stop();
  });
  beforeEach(async () => { visit = await chromium.visit({ token: site.token }); });
  afterEach(async () => {
    site.gateway.open();
    cable.join();
    await visit.end();
  });

  const log = () => visit.page.getByRole('log');
  const rows = () => log().locator('[data-place]');
  const untilAt = (pattern) => visit.page.waitForURL((url) => pattern.test(url.pathname));

  // A run that waits for its boards, and the page that shows it.
  async function watchHeld() {
    site.gateway.hold();
    const run = await site.startRun();
    await site.gateway.untilHeld();
    await visit.open(`${cable.url}/`);
    await untilAt(new RegExp(`^/ingest/${run}$`));
    await visit.says('Live');
    return run;
  }

  // What a log says, from line 1, as the server has it.
  async function storedLines(run) {
    const { json } = await site.client.ask('GET', `/api/ingestion/logs/${run}`);
    return json.logs.map(({ message }) => message);
  }

  it('begins where an active run is, shows it live, and leads to its summary', async () => {
    const run = await watchHeld();
    assert.deepEqual(await visit.page.getByRole('heading', { level: 3 }).allTextContents(),
      ['Acme Robotics', 'Borealis Health', 'Cobalt Foods']);
    await visit.button(/^Summary\s*, not open: Run \d+ is at work/).waitFor();
    site.gateway.letThrough(6);
    await visit.says('Done');
    await visit.isUsableByAll();
    await visit.fits();
    await visit.picture('ingest');

    site.gateway.open();

    await untilAt(new RegExp(`^/summary/${run}$`));
    await visit.says(`Run ${run} finished`);
    await visit.says(`${(await storedLines(run)).length} lines`);
    await visit.isUsableByAll();
    await visit.fits();
    await visit.picture('summary-finished');
  });

  it('says that it is cut off, and loses nothing of what came meanwhile', async () => {
    const run = await watchHeld();
    cable.cut();
    await visit.says(/Reconnecting in \d+ s/);
    await visit.says('These numbers may be old.');
    await visit.isUsableByAll();
    await visit.picture('ingest-cut');
    site.gateway.open();
    await site.untilOver(run);

    cable.join();
    await untilAt(new RegExp(`^/summary/${run}$`));

    const lines = await storedLines(run);
    await visit.says(`${lines.length} lines`);
    await visit.button('Copy', { exact: true }).click();
    await visit.says(`${lines.length} lines copied`);
    assert.deepEqual((await visit.page.evaluate(() => navigator.clipboard.readText())).trimEnd().split('\n'), lines);
  });

  it('aborts it, once a person has said so twice', async () => {
    const run = await watchHeld();

    await visit.button('Abort').click();
    const question = visit.page.getByRole('alertdialog');
    await question.getByText('0 of 3 companies are settled').waitFor();
    await visit.isUsableByAll();
    await visit.picture('ingest-abort');
    await visit.page.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
    await visit.button('Abort').click();
    await visit.button('Abort the run').click();

    await untilAt(new RegExp(`^/summary/${run}$`));
    await visit.says(`Run ${run} was aborted`);
    await visit.picture('summary-aborted');
  });

  it('follows the end of a long log until a person reads further up', async () => {
    const run = await site.runOnce();
    await appendLines(site, run.run_id, 3000, Date.now());
    const last = `line ${await lastLine(site, run.run_id)}`;
    await visit.open(`${cable.url}/ingest/${run.run_id}`);

    await log().getByText(last, { exact: true }).waitFor().catch(async (late) => { throw new Error(`${late.message}: ${await log().innerText()}`); });
    assert.ok(await rows().count() <= 500);
    await log().hover();
    await visit.page.mouse.wheel(0, -4000);
    await visit.button(/^↓/).waitFor();
    assert.equal(await log().getByText(last, { exact: true }).count(), 0);
    await visit.button(/^↓/).click();
    await log().getByText(last, { exact: true }).waitFor();

    const download = visit.page.waitForEvent('download');
    await visit.button('Download').click();
    assert.equal((await download).suggestedFilename(), `rolecall-run-${run.run_id}.log`);
  });

  it('is searched in all of its lines, and points at them in the address', async () => {
    const { run_id: run } = await site.runOnce();
    const before = await lastLine(site, run);
    await appendLines(site, run, 900, Date.now(), { words: 'plain' });
    await appendLines(site, run, 2, Date.now(), { level: 'error', words: 'Zürich broke' });
    await appendLines(site, run, 900, Date.now(), { words: 'plain' });
    const found = before + 901;
    await visit.open(`${cable.url}/summary/${run}`);
    await visit.says('Complete');

    await visit.page.getByRole('searchbox', { name: 'Search the log' }).fill('zurich');
    await visit.says('0 of 2');
    await visit.page.keyboard.press('Enter');
    await visit.says('1 of 2');
    await log().getByText(`Zürich broke ${found}`).waitFor();
    assert.match(visit.page.url(), new RegExp(`#L${found}$`));
    await visit.isUsableByAll();
    await visit.fits();
    await visit.picture('log-search');
    await visit.page.keyboard.press('Enter');
    await visit.says('2 of 2');
    await visit.page.keyboard.press('Shift+Enter');
    await visit.says('1 of 2');

    await visit.open(`${cable.url}/summary/${run}#L${found - 2}-L${found + 1}`);
    await log().locator(`[data-place="${found}"]`).waitFor();
    await visit.page.reload();
    await log().locator(`[data-place="${found}"]`).waitFor();
    await visit.page.locator('h1').click();
    await visit.page.keyboard.press('e');
    await visit.says('There is no further error.');
  });

  it('copies selected lines with what is not repeated on the screen', async () => {
    const { run_id: run } = await site.runOnce();
    await visit.open(`${cable.url}/ingest/${run}`);
    await visit.says('Complete');
    await log().focus();
    await visit.page.keyboard.press('Home');
    await log().locator('[data-place="0"]').waitFor();
    await visit.page.evaluate(() => {
      const [first, , third] = document.querySelectorAll('[role=log] [data-place]');
      document.getSelection().setBaseAndExtent(first, 0, third, third.childNodes.length);
    });
    await visit.page.keyboard.press('Control+c');

    assert.deepEqual((await visit.page.evaluate(() => navigator.clipboard.readText())).trimEnd().split('\n'),
      (await storedLines(run)).slice(0, 3));
  });

  it('shows what strangers wrote as text, and is broken by none of it', async () => {
    const run = await site.runOnce();
    const hostile = ['<script>window.broken = 1</script>', '<img src=x onerror="window.broken = 1">',
      'left \u202Eright to left\u202C \u2066isolated\u2069', 'x'.repeat(10_000), '👩‍🚀🏳️‍🌈 é́́́́'];
    for (const [at, text] of hostile.entries()) {
      const quoted = text.replaceAll("'", "''");
      await appendLines(site, run.run_id, 1, Date.now(), { level: 'error', words: quoted });
      await site.sql(`UPDATE run_companies SET error_message = '${quoted}', stage = 'error'
        WHERE run_id = ${run.run_id} AND company = '${run.companies[at % 3].company}';`);
    }
    for (const page of ['ingest', 'summary']) {
      await visit.open(`${cable.url}/${page}/${run.run_id}`);
      await log().getByText('👩‍🚀').waitFor();
      await visit.fits();
      assert.equal(await visit.page.evaluate(() => window.broken), undefined);
      await visit.page.setViewportSize({ width: 320, height: 700 });
      await visit.fits();
      await visit.page.setViewportSize({ width: 1280, height: 900 });
    }
    await visit.picture('summary-failed');
    // Above the long line, and so not drawn beside it.
    await visit.open(`${cable.url}/summary/${run.run_id}?q=window.broken&only=1`);
    await log().getByText('<script>window.broken = 1</script>').waitFor();
    assert.equal(await visit.page.evaluate(() => window.broken), undefined);
  });

  it('says where there is no such run', async () => {
    await visit.open(`${cable.url}/ingest/987654`);
    await visit.says('There is no run 987654 here.');
    await visit.isUsableByAll();

    await visit.open(`${cable.url}/summary/987654`);
    await visit.says('There is no run 987654 here.');
  });

  it('tells at most every ten seconds of new lines, to whoever hears the page, and not where that is off', async () => {
    await visit.page.clock.install();
    const run = await watchHeld();
    await appendLines(site, run, 3, Date.now());
    const news = visit.page.locator('[role=status]').filter({ hasText: /new lines?/ });
    await until('the first news', async () => {
      await visit.page.clock.runFor(10_000);
      return await news.count() === 1;
    });

    await visit.page.getByLabel('Announce new lines to screen readers').uncheck();
    assert.equal(await news.count(), 0);
  });
});
