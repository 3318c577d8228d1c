// The whole story by the keyboard alone: from nothing followed over a first run to its jobs, the history and the log.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { job, jobs } from '../contract/support/answers.mjs';
import { Site } from '../contract/support/site.mjs';
import { until, wholeSuite } from '../contract/support/wait.mjs';
import { Chromium } from './support/visit.mjs';

describe('the page by keys', { timeout: wholeSuite }, () => {
  let site;
  let chromium;
  let visit;
  before(async () => {
    site = await Site.start({ companies: 3, jobs: 40 });
    chromium = await Chromium.start();
    visit = await chromium.visit();
    // No pointer is there: whoever needs one fails.
    visit.page.mouse.click = visit.page.mouse.down = () => { throw new Error('the keyboard alone'); };
  });
  after(async () => {
    await chromium?.stop();
    await site?.stop();
  });

  const press = (key) => visit.page.keyboard.press(key);
  const type = (text) => visit.page.keyboard.type(text);
  const untilAt = (pattern) => visit.page.waitForURL((url) => pattern.test(url.pathname), { timeout: 120_000 });
  const dialog = () => visit.page.getByRole('dialog');
  const question = () => visit.page.getByRole('alertdialog');

  // By Tab, from wherever the focus is; it has to be seen where it is.
  async function goTo(target, most = 200) {
    await target.first().waitFor();
    for (let presses = 0; presses < most; presses += 1) {
      if (await target.first().evaluate((one) => one === document.activeElement)) {
        // A field of several parts shows it around them all.
        const isSeen = await target.first().evaluate((one) => [one, one.parentElement, one.parentElement.parentElement]
          .some((ring) => getComputedStyle(ring).outlineStyle !== 'none'));
        assert.ok(isSeen, `${target} does not show that it has the focus`);
        return;
      }
      await press('Tab');
    }
    throw new Error(`${target} is not reached by ${most} presses of Tab`);
  }
  async function push(target) {
    await goTo(target);
    await press('Enter');
  }

  async function follow({ name, board, token }) {
    await push(visit.button('Add a company'));
    await push(dialog().getByRole('button', { name: 'By kind and token' }));
    await goTo(dialog().getByLabel('Kind of board'));
    await type(board);
    assert.equal(await dialog().getByLabel('Kind of board').inputValue(), board);
    await goTo(dialog().getByLabel('Its token there'));
    await type(token);
    await goTo(dialog().getByLabel('Name here (optional)'));
    await type(name);
    await push(dialog().getByRole('button', { name: 'Check this board' }));
    await push(dialog().getByRole('button', { name: 'Follow', exact: true }));
    await dialog().waitFor({ state: 'detached' });
  }

  it('follows, filters, previews, runs, finds, marks, compares and searches', async () => {
    const [, secret] = await until('the server tells its address', () => /#once=(\S+)/.exec(site.server.err));
    await visit.open(site.client.url(`/#once=${secret}`));
    await untilAt(/^\/configure$/);
    for (const company of site.boards.slice(0, 2)) await follow(company);

    const card = visit.page.getByRole('article', { name: 'Acme Robotics' });
    await push(card.getByRole('button', { name: /^Filters/ }));
    await goTo(card.getByRole('textbox', { name: 'Exclude', exact: true }));
    await type('intern');
    await press('Enter');
    await push(visit.button('Save', { exact: true }));
    await visit.says(/^Saved/);
    await push(visit.button('Preview', { exact: true }));
    await untilAt(/^\/preview$/);
    await push(visit.button('Start ingestion'));
    await push(question().getByRole('button', { name: 'Start the run' }));
    await untilAt(/^\/summary\/\d+$/);
    const run = Number(/\d+$/.exec(new URL(visit.page.url()).pathname)[0]);

    // From a number of the run to its jobs, to one of them, and back.
    await push(visit.page.getByRole('link', { name: /^\d+ new$/ }));
    await visit.heading('Jobs').waitFor();
    const [first] = (await site.client.get(`/api/jobs?run=${run}&fate=new&limit=1`, jobs)).jobs;
    await press('j');
    await press('o');
    await visit.heading(first.title).waitFor();
    await push(visit.button('Mark as applied'));
    await visit.button('Applied ✓').waitFor();
    await visit.page.goBack(); // a browser's own Alt and Left, which reach no browser here
    await visit.heading('Jobs').waitFor();
    await press('j');
    await press('h');
    await until('it is hidden', async () => (await site.client.get(`/api/jobs/${first.id}`, job)).hidden_at);
    await press('u');
    await until('it is not any more', async () => !(await site.client.get(`/api/jobs/${first.id}`, job)).hidden_at);
    await press('/');
    await type('enginer');
    await visit.says('Showing results for');

    // The boards move on, and another run is compared with the first.
    await site.boardsDo('next');
    const { run_id: second } = await site.runOnce();
    await push(visit.link('Runs', { exact: true }));
    await push(visit.link(`Compare run ${second} with run ${run}`));
    await visit.heading(`From run ${run} to run ${second}`).waitFor();
    await push(visit.link(`run ${second}`, { exact: true }));
    await untilAt(new RegExp(`^/summary/${second}$`));

    // Its log: searched, narrowed, and copied.
    await visit.says('Complete');
    await press('?');
    await visit.heading('Keys').waitFor();
    await press('Escape');
    await goTo(visit.page.getByRole('log'));
    await press('Control+f');
    await type('upsert');
    await visit.says('0 of 2');
    await press('Enter');
    await visit.says('1 of 2');
    await push(visit.button('Only these'));
    await visit.says(/^2 of \d+ lines$/);
    await goTo(visit.page.getByRole('log'));
    await press('Control+a');
    await press('Control+c');
    await until('it is copied', async () => /UPSERT/.test(await visit.page.evaluate(() => navigator.clipboard.readText())));
    const copied = (await visit.page.evaluate(() => navigator.clipboard.readText())).trimEnd().split('\n');
    assert.equal(copied.length, 2);
    await visit.isUsableByAll();
    await visit.end();
  });
});
