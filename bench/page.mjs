// The page in Chromium over 50,000 jobs of 5,000 companies: how soon it is there, how far its lists go without stalling,
// and how many rows they hold in the document. Prints figures; what they come to is for a person to judge.
//
//   ROLECALL_PROGRAM=build/release/rolecall node bench/page.mjs [companies] [jobs of each]
//
// Needs what tests/browser/run installs. Rows are written beside the program, into SQLite, as copies of one board that
// was read.
import { performance } from 'node:perf_hooks';

process.env.ROLECALL_CONTRACT_DATABASE = 'sqlite';
const { Site } = await import('../tests/contract/support/site.mjs');
const { Chromium } = await import('../tests/browser/support/visit.mjs');
const { until } = await import('../tests/contract/support/wait.mjs');

const [companies = 5_000, each = 10] = process.argv.slice(2).map(Number);

// The columns of a table that have no value of their own here, as copies.
async function columnsBut(site, table, own) {
  const all = (await site.sql(`SELECT name FROM pragma_table_info('${table}');`)).filter((name) => !own.includes(name));
  return { names: all.map((name) => `, ${name}`).join(''), from: all.map((name) => `, t.${name}`).join('') };
}

async function fill(site) {
  const [board] = await site.sql('SELECT id FROM boards LIMIT 1;');
  const [name] = site.boards.map((one) => one.name);
  const numbers = (most) => `WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < ${most})`;
  const copies = async (table, own, values, from) => {
    const { names, from: rest } = await columnsBut(site, table, own);
    await site.sql(`${numbers(companies)} INSERT INTO ${table} (${own.join(', ')}${names}) SELECT ${values}${rest} ${from};`);
  };
  const id = '1000000 + n.i';
  await site.sql('BEGIN;');
  await copies('boards', ['id', 'token', 'version'], `${id}, 'made-' || n.i, 1`, `FROM n, boards t WHERE t.id = ${board}`);
  await copies('readings', ['id', 'board_id'], `${id}, ${id}`,
    `FROM n, readings t WHERE t.id = (SELECT max(id) FROM readings WHERE board_id = ${board})`);
  await site.sql('UPDATE boards SET latest_reading = id, complete_reading = id, changed_reading = id WHERE id > 1000000;');
  await copies('companies', ['id', 'name', 'display_name', 'board_id'],
    `${id}, 'made-' || n.i, 'Made Company ' || n.i, ${id}`, `FROM n, companies t WHERE t.name = '${name}'`);
  await copies('user_company_settings', ['id', 'company_name', 'last_reading_id'], `${id}, 'made-' || n.i, ${id}`,
    `FROM n, user_company_settings t WHERE t.company_name = '${name}'`);
  const jobs = `FROM n, (SELECT *, row_number() OVER (ORDER BY id) AS place FROM board_jobs WHERE board_id = ${board}) t `
    + `WHERE t.place <= ${each}`;
  const job = `n.i * 1000 + t.place + 10000000`;
  await copies('board_jobs', ['id', 'board_id', 'external_id', 'title', 'location', 'detail_location', 'version'],
    `${job}, ${id}, 'J' || t.place, t.title || ' ' || n.i, 'City ' || (n.i * 7 % 2000) || ', Country ' || (n.i % 80), NULL, 1`,
    jobs);
  await site.sql(`INSERT INTO job_contents (job_id, board_id, state, description, changed_reading)
    SELECT id, board_id, 'ready', title, changed_reading FROM board_jobs WHERE id > 10000000;`);
  await site.sql(`INSERT INTO user_jobs (user_id, job_id, company, came_run_id, wrote_run_id, version)
    SELECT 1, id, 'made-' || (board_id - 1000000), 1, 1, 1 FROM board_jobs WHERE id > 10000000;`);
  await site.sql('COMMIT;');
}

const told = [];
const tell = (what, figure) => { told.push([what, figure]); console.log(`${what.padEnd(58)}${figure}`); };
const ms = (from) => `${Math.round(performance.now() - from).toLocaleString('en-US')} ms`;

// What blocked the page's thread for over 100 ms since it was last asked.
const watchTasks = () => {
  window.longTasks = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) if (duration > 100) window.longTasks.push(Math.round(duration));
  }).observe({ type: 'longtask', buffered: true });
};
async function tellTasks(page, during) {
  const tasks = await page.evaluate(() => window.longTasks.splice(0));
  tell(`  tasks of over 100 ms ${during}`, tasks.length === 0 ? 'none' : `${tasks.length}: ${tasks.join(', ')} ms`);
}
const rowsIn = (page, rows) => page.evaluate((row) => document.querySelectorAll(row).length, rows);

// Opens the address, scrolls through and to the end, and searches.
async function measure(site, chromium, { title, address, rows, search, words, found }) {
  const visit = await chromium.visit({ token: site.token });
  const { page } = visit;
  await page.addInitScript(watchTasks);
  console.log(`\n${title}`);
  let begun = performance.now();
  await visit.open(site.client.url(address));
  await page.locator(rows).first().waitFor();
  tell('  first rows', ms(begun));
  const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0);
  tell('  first contentful paint', `${Math.round(paint)} ms`);
  tell('  rows in the document', await rowsIn(page, rows));
  await tellTasks(page, 'until then');

  begun = performance.now();
  let most = 0;
  for (let turn = 0; turn < 60; turn += 1) {
    await page.mouse.move(800, 500);
    await page.mouse.wheel(0, 1_500);
    await page.evaluate(() => new Promise((drawn) => { requestAnimationFrame(() => requestAnimationFrame(drawn)); }));
    most = Math.max(most, await rowsIn(page, rows));
  }
  tell('  60 turns of the wheel, 90,000 px', ms(begun));
  tell('  most rows in the document meanwhile', most);
  await tellTasks(page, 'while it was scrolled');

  // A list that is loaded as it is read grows with each of them.
  begun = performance.now();
  let [last, all] = [0, 1];
  let presses = 0;
  while (last < all && presses < 50) {
    await page.keyboard.press('End');
    presses += 1;
    const before = last;
    [last, all] = await until('the next rows are in sight', async () => {
      const [at, of] = await page.evaluate((row) => {
        const { ariaPosInSet, ariaSetSize } = [...document.querySelectorAll(row)].at(-1)?.closest('[aria-posinset]') ?? {};
        return [Number(ariaPosInSet ?? 0), Number(ariaSetSize ?? 0)];
      }, rows);
      return at > before ? [at, of] : null;
    });
  }
  tell(`  End, ${presses} times: row ${last} of ${all}`, ms(begun));
  tell('  rows in the document', await rowsIn(page, rows));
  await tellTasks(page, 'on the way');

  await page.evaluate(() => window.scrollTo(0, 0));
  begun = performance.now();
  await page.getByRole('searchbox', { name: search }).pressSequentially(words);
  await visit.says(found);
  tell(`  “${words}” typed and found`, ms(begun));
  await tellTasks(page, 'meanwhile');
  await visit.end();
}

const site = await Site.start({ companies: 1, jobs: each });
const chromium = await Chromium.start();
try {
  await site.followAll();
  await site.runOnce();
  let begun = performance.now();
  await fill(site);
  console.log(`${companies} companies of ${each} jobs written in ${ms(begun)}`);
  begun = performance.now();
  const { total } = await (await site.client.ask('GET', '/api/jobs?status=open&limit=100')).json;
  tell(`first page of ${total.toLocaleString('en-US')} jobs, as the server answers it`, ms(begun));
  begun = performance.now();
  await site.client.ask('GET', '/api/jobs?status=open&limit=100');
  tell('the same once more', ms(begun));
  await measure(site, chromium, { title: 'Jobs', address: '/jobs', rows: 'ol > li[data-index]', search: 'Search jobs',
    words: `in:"City 7"`, found: /^\d+ jobs?$/ });
  await measure(site, chromium, { title: 'Configure', address: '/configure', rows: 'article', search: 'Find a company',
    words: `company ${companies - 1}`, found: /^1 company found$/ });
} finally {
  await chromium.stop();
  await site.stop();
}
