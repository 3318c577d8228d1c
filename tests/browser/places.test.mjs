// The page where it is served otherwise: under a path behind a proxy, and by a function behind an HTTP API, which only hands
// out whole answers.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { Cloud } from '../contract/support/cloud.mjs';
import { Site } from '../contract/support/site.mjs';
import { wholeSuite } from '../contract/support/wait.mjs';
import { Chromium } from './support/visit.mjs';

describe('the page elsewhere', { timeout: wholeSuite }, () => {
  let chromium;
  let visit;
  let stops;
  before(async () => { chromium = await Chromium.start(); stops = []; });
  after(() => chromium?.stop());
  afterEach(async () => {
    await visit?.end();
    for (const one of stops.splice(0)) await one.stop();
  });
  const untilAt = (pattern) => visit.page.waitForURL((url) => pattern.test(url.pathname));

  it('goes the whole way under a path', async () => {
    const site = await Site.start({ companies: 2, jobs: 12 });
    stops.push(site);
    await site.followAll();
    site.arguments = ['--base-path', '/rolecall'];
    await site.restart();
    visit = await chromium.visit({ token: site.token, base: '/rolecall' });
    const asked = [];
    visit.page.on('request', (request) => asked.push(new URL(request.url()).pathname));

    await visit.open(site.client.url('/rolecall'));
    await untilAt(/^\/rolecall\/configure$/);
    await visit.says('Acme Robotics');
    await visit.link('Preview').first().click();
    await untilAt(/^\/rolecall\/preview$/);
    await visit.button('Start ingestion').click();
    await visit.page.getByRole('alertdialog').getByRole('button', { name: /^Start/ }).click();
    await untilAt(/^\/rolecall\/summary\/\d+$/);
    await visit.says(/Run \d+ finished/);
    await visit.page.reload();
    await visit.says(/Run \d+ finished/);

    assert.deepEqual(asked.filter((path) => !path.startsWith('/rolecall')), []);
  });

  it('weighs at most 200 KB of scripts, whichever stage comes first, and is kept but for its document', async () => {
    const site = await Site.start({ companies: 1, jobs: 3 });
    stops.push(site);
    await site.followAll();
    const { run_id: run } = await site.runOnce();
    for (const [path, heading] of [['/configure', 'Configure'], ['/preview', 'Preview'], [`/ingest/${run}`, `Run ${run}`],
      [`/summary/${run}`, `Summary of run ${run}`]]) {
      visit = await chromium.visit({ token: site.token });
      const scripts = [];
      visit.page.on('response', (response) => {
        if (response.request().resourceType() === 'script') scripts.push(response);
      });
      await visit.open(site.client.url(path));
      await visit.heading(heading).waitFor();
      const sizes = await Promise.all(scripts.map(async (one) => (await one.request().sizes()).responseBodySize));
      const all = sizes.reduce((sum, size) => sum + size, 0);
      assert.ok(all > 50_000 && all <= 200_000, `${path}: ${all} bytes`);
      assert.ok(scripts.every((one) => one.headers()['cache-control'].includes('immutable')));
      await visit.end();
    }
    visit = undefined;
    const document = await site.anybody.ask('GET', `/summary/${run}`);
    assert.equal(document.headers.get('cache-control'), 'no-store');
  });

  it('is put under its path where somebody asks past the proxy', async () => {
    const site = await Site.start({ companies: 1, jobs: 3 });
    stops.push(site);
    site.arguments = ['--base-path', '/rolecall'];
    await site.restart();
    visit = await chromium.visit({ token: site.token });

    await visit.open(site.client.url('/configure'));

    await untilAt(/^\/rolecall\/configure$/);
  });

  it('asks every three seconds where answers only come whole, until the end, and loses no line', async () => {
    const cloud = await Cloud.start({ jobs: 40, late: (line) => (line % 5 === 0 ? 1_500 : 0) });
    stops.push(cloud);
    visit = await chromium.visit({ token: cloud.site.token });
    cloud.site.gateway.hold();
    await visit.open(`${cloud.front.url}/preview`);
    cloud.site.gateway.open();
    await visit.button('Start ingestion').click();
    cloud.site.gateway.hold();
    await visit.page.getByRole('alertdialog').getByRole('button', { name: /^Start/ }).click();
    await untilAt(/^\/ingest\/\d+$/);
    const run = Number(/\d+$/.exec(new URL(visit.page.url()).pathname)[0]);

    await visit.says('Asked every 3 s');
    const asked = [];
    visit.page.on('request', (request) => {
      if (request.url().includes('/progress/')) asked.push(Date.now());
    });
    await cloud.site.gateway.untilHeld();
    cloud.site.gateway.open();
    await untilAt(new RegExp(`^/summary/${run}$`));
    await visit.says('Complete');

    const lines = (await cloud.linesOf(run)).map(({ message }) => message);
    await visit.says(`${lines.length} lines`);
    await visit.button('Copy', { exact: true }).click();
    await visit.says(`${lines.length} lines copied`);
    assert.deepEqual((await visit.page.evaluate(() => navigator.clipboard.readText())).trimEnd().split('\n'), lines);
    const pauses = asked.slice(1).map((time, at) => time - asked[at]);
    assert.ok(pauses.every((pause) => pause > 2_900), `${pauses}`);
  });
});
