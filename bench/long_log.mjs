// The page over a log of a million lines, in Chromium: how long a person waits for its first lines, its end, a search
// and a line of it, how many rows are in the document, and how long the page does not answer while it is scrolled and
// followed. Beside it, in the same run, the same of a log of a thousand lines.
//   ROLECALL_PROGRAM=build/release/rolecall node bench/long_log.mjs [LINES [SECONDS]]
import { appendLines, lastLine } from '../tests/contract/support/lines.mjs';
import { Site } from '../tests/contract/support/site.mjs';
import { until } from '../tests/contract/support/wait.mjs';
import { Chromium } from '../tests/browser/support/visit.mjs';

const many = Number(process.argv[2] ?? 1_000_000);
const seconds = Number(process.argv[3] ?? 60); // of following
const words = ['READ board', 'UPSERT 42 jobs for acme-robotics (3 new, 1 changed, 38 unchanged)', 'WAIT for the vendor'];

async function fill(site, run, lines) {
  const start = Date.now();
  const parts = Math.min(20, lines / 500);
  for (let part = 0; part < parts; part += 1) {
    const count = Math.floor(lines / parts) - 1;
    await appendLines(site, run, count, start + part, { words: words[part % 3], company: 'acme-robotics' });
    await appendLines(site, run, 1, start + part, { words: 'lost the needle', level: 'error' });
  }
}

// What `act` takes until the page says so, ms, and the longest task meanwhile.
async function time(page, act) {
  await page.evaluate(() => { window.longTasks = []; });
  const begun = performance.now();
  await act();
  const took = performance.now() - begun;
  const tasks = await page.evaluate(() => window.longTasks);
  return { took, longest: Math.max(0, ...tasks), over: tasks.filter((task) => task > 100).length };
}

const watchTasks = () => {
  window.longTasks = [];
  new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map((one) => one.duration)))
    .observe({ type: 'longtask', buffered: true });
};

async function measure(site, chromium, lines) {
  const figures = {};
  site.gateway.hold();
  const run = await site.startRun();
  await site.gateway.untilHeld();
  await fill(site, run, lines);
  const last = await lastLine(site, run);
  const visit = await chromium.visit({ token: site.token });
  const { page } = visit;
  await page.addInitScript(watchTasks);
  const log = () => page.getByRole('log');
  const row = (id) => log().locator(`a[href="#L${id}"]`);
  const counted = (words) => page.getByRole('search').getByText(words).waitFor();
  const rows = () => log().locator('[data-place]').count();
  await visit.open(site.client.url('/'));
  const keep = async (name, act) => { figures[name] = await time(page, act); };

  await keep('first lines', async () => {
    await visit.open(site.client.url(`/ingest/${run}`));
    await row(last).waitFor();
  });
  figures['rows in the document'] = await rows();
  await keep('to the first line', async () => {
    await log().focus();
    await page.keyboard.press('Home');
    await row(1).waitFor();
  });
  await keep('to the end', async () => {
    await page.keyboard.press('End');
    await row(last).waitFor();
  });
  const search = page.getByRole('searchbox', { name: 'Search the log' });
  await keep('a search, the first time', async () => {
    await search.fill('needle');
    await counted(/^0 of [\d,]+$/);
  });
  await keep('to the next match', async () => {
    await search.press('Enter');
    await counted(/^1 of [\d,]+$/);
    await log().locator('mark').first().waitFor();
  });
  await keep('errors alone', async () => {
    await page.getByRole('combobox', { name: 'Level' }).selectOption('error');
    await visit.says(/^[\d,]+ of [\d,]+ lines$/);
    await row(last).waitFor();
  });
  await page.getByRole('combobox', { name: 'Level' }).selectOption('');
  await search.fill('');
  await row(last).waitFor().catch(() => {});
  await keep('ten seconds of scrolling', async () => {
    await log().hover();
    for (let turn = 0; turn < 200; turn += 1) {
      await page.mouse.wheel(0, turn % 2 === 0 ? -900 : -1500);
      await page.evaluate(() => new Promise((drawn) => { setTimeout(drawn, 50); }));
    }
  });
  await keep('dragging the scroll bar', async () => {
    for (let turn = 0; turn < 50; turn += 1)
      await log().evaluate((view, part) => {
        view.scrollTop = part * view.scrollHeight;
        return new Promise((drawn) => { requestAnimationFrame(() => requestAnimationFrame(drawn)); });
      }, (turn % 10) / 10);
  });
  await log().focus();
  await page.keyboard.press('End');
  await row(last).waitFor();
  let most = 0;
  const writing = setInterval(() => void appendLines(site, run, 10, Date.now(), { words: 'meanwhile' }), 100);
  await keep(`${seconds} seconds of following a hundred a second`, async () => {
    for (let second = 0; second < seconds; second += 1) {
      await page.evaluate(() => new Promise((passed) => { setTimeout(passed, 1000); }));
      most = Math.max(most, await rows());
    }
  });
  clearInterval(writing);
  figures['most rows meanwhile'] = most;
  const end = await lastLine(site, run);
  await until('the last line is shown', async () => await row(end).count() > 0, 30);
  figures['megabytes of the page'] = await page.evaluate(() => Math.round(performance.memory.usedJSHeapSize / 1e6));
  await visit.end();
  site.gateway.open();
  await site.untilOver(run);
  return figures;
}

const site = await Site.start({ companies: 3, jobs: 10 });
const chromium = await Chromium.start();
try {
  await site.followAll();
  const few = await measure(site, chromium, 1000);
  const all = await measure(site, chromium, many);
  const shown = (figure) => (typeof figure === 'number' ? `${figure}`
    : `${figure.took.toFixed(0)} ms, longest task ${figure.longest.toFixed(0)}, ${figure.over} over 100`);
  console.log(`${''.padEnd(52)}${'1,000 lines'.padEnd(44)}${many.toLocaleString('en-US')} lines`);
  for (const name of Object.keys(all)) console.log(`${name.padEnd(52)}${shown(few[name]).padEnd(44)}${shown(all[name])}`);
} finally {
  await chromium.stop();
  await site.stop();
}
