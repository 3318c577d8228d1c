// A log of more lines than a page holds: narrowed, marked, searched by keys of its own, selected and copied whole.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { appendLines, lastLine } from '../contract/support/lines.mjs';
import { Site } from '../contract/support/site.mjs';
import { until, wholeSuite } from '../contract/support/wait.mjs';
import { Chromium } from './support/visit.mjs';

describe('a long log', { timeout: wholeSuite }, () => {
  let site;
  let chromium;
  let visit;
  let run; // over, with a log of some thousand lines
  let first; // the line after those of the run itself
  let start;
  before(async () => {
    site = await Site.start({ companies: 3, jobs: 10 });
    await site.followAll();
    chromium = await Chromium.start();
    ({ run_id: run } = await site.runOnce());
    first = await lastLine(site, run) + 1;
    start = Math.ceil(Date.now() / 1000) * 1000 + 60_000;
    await appendLines(site, run, 3000, start, { company: 'acme-robotics', words: 'READ board' });
    await appendLines(site, run, 5, start + 20_000, { company: 'borealis-health', level: 'warning', words: 'WAIT for board' });
    await appendLines(site, run, 3000, start + 21_000, { company: 'acme-robotics', words: 'UPSERT jobs' });
    await appendLines(site, run, 2, start + 22_000, { level: 'error', words: 'lost its board' });
    await appendLines(site, run, 3000, start + 23_000, { company: 'borealis-health', words: 'READ board' });
  });
  after(async () => { await site?.stop(); await chromium?.stop(); });
  afterEach(async () => {
    site.gateway.open();
    await visit?.end();
  });

  async function open(address) {
    visit = await chromium.visit({ token: site.token });
    await visit.open(site.client.url(address));
    await visit.says('Complete');
  }
  const log = () => visit.page.getByRole('log');
  const row = (id) => log().locator(`[data-place]:has(a[href="#L${id}"])`);
  const shown = () => log().locator('[data-place] a').evaluateAll((times) => times.map((time) => Number(time.hash.slice(2))));
  const search = () => visit.page.getByRole('searchbox', { name: 'Search the log' });
  const copied = () => visit.page.evaluate(() => navigator.clipboard.readText());
  const forgetCopied = () => visit.page.evaluate(() => navigator.clipboard.writeText('nothing'));
  async function stored(from, count) {
    const all = [];
    while (all.length < count) {
      const { logs } = await site.client.ask('GET', `/api/ingestion/logs/${run}?after=${from - 1 + all.length}&limit=1000`)
        .then(({ json }) => json);
      if (logs.length === 0) break;
      all.push(...logs.map(({ message }) => message));
    }
    return all.slice(0, count);
  }

  it('is there at its end and anywhere else, with some hundred rows at most', async () => {
    await open(`/summary/${run}`);
    const last = await lastLine(site, run);
    await row(last).waitFor();
    for (const [key, id] of [['Home', 1], ['End', last]]) {
      await log().focus();
      await visit.page.keyboard.press(key);
      await row(id).waitFor();
    }
    await visit.page.goto(site.client.url(`/summary/${run}#L${first + 4000}`));
    await row(first + 4000).waitFor();
    assert.ok((await shown()).length < 200);
    await visit.says(`${last.toLocaleString('en-US')} lines`);
  });

  it('is narrowed in the address, and a line of it shown in context', async () => {
    await open(`/summary/${run}`);
    await visit.page.getByRole('combobox', { name: 'Level' }).selectOption('warning');
    await visit.says(/^5 of 9,0\d\d lines$/);
    assert.deepEqual(await shown(), [0, 1, 2, 3, 4].map((at) => first + 3000 + at));
    await visit.page.getByRole('combobox', { name: 'Company' }).selectOption('acme-robotics');
    await visit.says('No line matches.');
    await visit.page.getByRole('combobox', { name: 'Company' }).selectOption('borealis-health');
    await row(first + 3002).waitFor();
    assert.match(visit.page.url(), /\?level=warning&company=borealis-health$/);
    await visit.isUsableByAll();
    await visit.fits();
    await visit.picture('log-narrowed');

    await visit.button(`Show line ${first + 3002} in context`).click();
    await row(first + 2999).waitFor();
    await row(first + 3005).waitFor();
    await visit.says('20 seconds later');
    await visit.picture('log-context');
    await visit.page.goBack();
    await visit.says(/^5 of 9,0\d\d lines$/);
    await visit.page.reload();
    await visit.says(/^5 of 9,0\d\d lines$/);
  });

  it('stands by company, whose lines are together', async () => {
    await open(`/summary/${run}?sort=company`);
    await until('its lines are there', async () => (await shown()).length > 0);
    await log().focus();
    await visit.page.keyboard.press('Home');
    await visit.says('The whole run');
    const order = (await shown()).filter((id) => id >= first);
    assert.deepEqual(order.slice(0, 2), [first + 6005, first + 6006]);
    await visit.isUsableByAll();
    await visit.picture('log-by-company');
  });

  it('marks words, shows only what is sought, and goes to a time and an error', async () => {
    await open(`/summary/${run}?mark=jobs`);
    await search().fill('lost its');
    await visit.says('0 of 2');
    await visit.button('Only these').click();
    await visit.says(/^2 of 9,0\d\d lines$/);
    assert.deepEqual(await shown(), [first + 6005, first + 6006]);
    await visit.button('Mark', { exact: true }).click();
    assert.match(visit.page.url(), /\?mark=jobs&mark=lost\+its$/);

    const clock = new Date(start + 21_000).toTimeString().slice(0, 8);
    await visit.page.getByLabel('Time to go to').fill(clock);
    await visit.button('Go', { exact: true }).click();
    await row(first + 3005).waitFor();
    await visit.page.locator('h1').click();
    await visit.page.keyboard.press('e');
    await row(first + 6005).waitFor();
    assert.deepEqual(await log().locator('mark[data-mark="2"]').allTextContents(), ['lost its', 'lost its']);
    await visit.isUsableByAll();
    await visit.fits();
    await visit.picture('log-marked');
  });

  it('is searched and selected by its own keys, and copied from what is stored', async () => {
    await open(`/summary/${run}#L${first + 100}`);
    await row(first + 100).waitFor();
    await log().focus();
    await visit.page.keyboard.press('Control+f');
    await visit.page.keyboard.type('upsert');
    await visit.says(/^\d of 3,003$/);
    assert.equal(await search().inputValue(), 'upsert');

    await log().focus();
    await visit.page.keyboard.press('Control+a');
    const last = await lastLine(site, run);
    await visit.says(`${last.toLocaleString('en-US')} lines selected.`);
    await forgetCopied();
    await visit.page.keyboard.press('Control+c');
    await until('all lines are copied', async () => await copied() !== 'nothing');
    assert.equal(await copied(), (await stored(1, last)).map((line) => `${line}\n`).join(''));

    await visit.button('Copy visible').click();
    await until('what is in sight is copied', async () => (await copied()).length < 10_000);
    const visible = (await copied()).trimEnd().split('\n');
    assert.ok(visible.length > 5 && visible.length < 60);
    assert.ok(visible.some((line) => line.endsWith(`READ board ${first + 100}`)));
  });

  it('is selected by drawing over its edge while lines arrive, and copied byte by byte', async () => {
    site.gateway.hold();
    const ended = run;
    run = await site.startRun();
    await site.gateway.untilHeld();
    await appendLines(site, run, 8000, Date.now(), { words: 'told zwölf' });
    visit = await chromium.visit({ token: site.token });
    await visit.open(site.client.url(`/ingest/${run}`));
    await visit.says('Live');
    const { page } = visit;
    // A hundred lines a second, for as long as a person draws.
    let writing = Promise.resolve();
    const writer = setInterval(() => {
      writing = writing.then(() => appendLines(site, run, 10, Date.now(), { words: 'meanwhile' }));
    }, 100);
    try {
      await log().focus();
      await page.keyboard.press('Home');
      await row(3).waitFor();
      const box = await log().boundingBox();
      const from = await row(3).locator('span').last().boundingBox();
      await page.mouse.move(from.x + 20, from.y + from.height / 2);
      await page.mouse.down();
      await page.mouse.move(box.x + 200, box.y + box.height - 40, { steps: 5 });
      await page.mouse.move(box.x + 200, box.y + box.height + 150, { steps: 5 });
      await until('the selection is long', async () => ((await shown()).at(-1) ?? 0) > 5300, 60);
      await page.mouse.move(box.x + 200, box.y + box.height - 40, { steps: 3 });
      await page.mouse.up();
      const end = await page.evaluate(() => Number(document.getSelection().focusNode.parentElement.closest('[data-place]').dataset.place));
      assert.ok(await log().locator('[data-place]').count() < 200);
      await forgetCopied();
      await page.keyboard.press('Control+c');
      await until('the lines are copied', async () => await copied() !== 'nothing', 20);

      assert.ok(end > 5000);
      assert.equal(await copied(), (await stored(3, end - 1)).map((line) => `${line}\n`).join(''));
    } finally {
      clearInterval(writer);
      await writing;
      run = ended;
    }
  });
});
