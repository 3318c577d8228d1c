// The way of an older interface's page through a whole run: what it shows in the end is what the run did.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { aborted, active, logs } from './support/answers.mjs';
import { OlderClient } from './support/older_client.mjs';
import { Site } from './support/site.mjs';
import { Telling } from './support/telling.mjs';
import { until, wholeSuite } from './support/wait.mjs';

const wellKnown = ['google', 'amazon', 'anthropic', 'tiktok', 'roblox', 'netflix'];

for (const [companies, jobs] of [[3, 4], [4, 40], [6, 400]])
  describe(`an older client of ${companies * jobs} jobs`, { timeout: wholeSuite }, () => {
    let site;
    let client; // a user who added no company
    let page;
    before(async () => {
      site = await Site.start({ companies, jobs });
      await site.followAll();
      client = await site.addUser('follower@example.com');
      page = new OlderClient(site, client);
    });
    after(async () => {
      page?.leave();
      await site?.stop();
    });

    const runOf = () => site.runOf(page.runId, client);
    async function wholeLog() {
      const all = [];
      for (;;) {
        const { logs: more } = await client.get(
          `/api/ingestion/logs/${page.runId}?after=${all.at(-1)?.id ?? 0}&limit=1000`, logs);
        if (more.length === 0) return all;
        all.push(...more);
      }
    }

    // What the page has when it is over, against what the server says of the run.
    async function endsAsTheRun(status) {
      await page.untilOver();
      const run = await runOf();
      assert.equal(run.status, status);
      assert.equal(page.status, status);
      assert.deepEqual(Telling.numbersOf(page.numbers), Telling.numbersOf(run));
      assert.deepEqual(page.lines.map((line) => line.message), (await wholeLog()).map((line) => line.message));
      assert.equal(page.dropped, 0, 'updates of jobs that the page was never told');
      return run;
    }
    const counted = (status) => [...page.jobs.values()].filter((one) => one === status).length;

    it('finds the companies that the operator added beside those that are well known, and previews them', async () => {
      const offered = await page.configure(site.boards.map((one) => one.name));
      for (const name of [...wellKnown, ...site.boards.map((one) => one.name)])
        assert.ok(offered.some((one) => one.name === name), `${name} is not offered`);
      for (const { display_name, logo_url } of offered) {
        assert.match(display_name, /^[A-Za-z0-9]/);
        const logo = await fetch(logo_url);
        assert.equal(logo.headers.get('content-type'), 'image/svg+xml');
      }

      const previewed = await page.preview();

      assert.equal(Object.values(previewed).reduce((sum, one) => sum + one.included_jobs.length, 0), companies * jobs);
    });

    it('ends with the numbers, jobs and lines of its run', async () => {
      site.gateway.hold();
      await page.start();
      await site.gateway.untilHeld(1);
      await until('the page reads the log midway', () => page.lines.length > 0);
      site.gateway.open();

      const run = await endsAsTheRun('finished');

      assert.equal(run.total_jobs, companies * jobs);
      assert.equal(page.jobs.size, companies * jobs);
      assert.equal(counted('ready'), run.jobs_ready);
      assert.equal(counted('skipped'), run.jobs_skipped);
    });

    it('is given the active run by a second start, and goes on where it is reloaded', async () => {
      await site.boardsDo('next');
      site.gateway.hold();
      const runId = await page.start();
      await site.gateway.untilHeld(1);

      assert.equal(await page.start(active), runId);
      site.gateway.letThrough(2);
      page = await page.reloaded();
      assert.equal(page.runId, runId);
      site.gateway.open();

      const run = await endsAsTheRun('finished');
      assert.equal(page.jobs.size, run.total_jobs + run.jobs_expired);
    });

    it('sees its run to the end though the server is killed midway', async () => {
      await site.boardsDo('next');
      site.gateway.hold();
      await page.start();
      await site.gateway.untilHeld(1);
      site.gateway.letThrough(1);
      await until('the page is told something', () => page.numbers);

      await site.killAndRestart();
      site.gateway.open();

      await endsAsTheRun('finished');
    });

    it('sees the end of a run that it aborts', async () => {
      site.gateway.hold();
      await page.start();
      await site.gateway.untilHeld(1);

      const { success } = await client.post(`/api/ingestion/abort/${page.runId}`, aborted);
      site.gateway.open();

      assert.ok(success);
      await endsAsTheRun('aborted');
    });
  });
