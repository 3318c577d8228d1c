// The demonstration as a person meets it in the page: what is there at once, and the run that a few clicks begin.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Service } from '../contract/support/program.mjs';
import { until, wholeSuite } from '../contract/support/wait.mjs';
import { Chromium } from './support/visit.mjs';

describe('the demonstration in the page', { timeout: wholeSuite }, () => {
  let folder;
  let server;
  let chromium;
  let visit;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rolecall-demo-'));
    server = await Service.start(['serve', '--demo'],
      { environment: { HOME: folder, XDG_DATA_HOME: folder }, portFile: join(folder, 'port') });
    chromium = await Chromium.start();
    visit = await chromium.visit();
  });
  after(async () => {
    await chromium?.stop();
    await server?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  const open = async (path, heading) => {
    await visit.open(server.url + path);
    await visit.heading(heading).waitFor();
  };
  async function looksWell(name) {
    await visit.isUsableByAll();
    await visit.fits();
    await visit.picture(name);
  }

  it('opens on twelve companies whose boards have weeks behind them', async () => {
    const [, secret] = await until('the server tells its address', () => /#once=(\S+)/.exec(server.err));
    await open(`/#once=${secret}`, 'Configure');

    await until('all companies are drawn', async () => (await visit.page.getByRole('article').count()) === 12 || null);
    await visit.page.getByRole('article', { name: 'Ember Bank' }).getByText(/failed|maintenance|not read/i).first().waitFor();
    await looksWell('demo-configure');
  });

  it('shows the runs of three weeks', async () => {
    await open('/runs', 'Runs');

    await visit.says('Run 15');
    await looksWell('demo-runs');
  });

  it('shows what the last of them withheld', async () => {
    await open('/summary/15', 'Summary of run 15');

    await visit.button(/^Expire up to/).waitFor();
    await looksWell('demo-summary');
  });

  it('shows jobs that came on different days', async () => {
    await open('/jobs?q=engineer&sort=newest', 'Jobs');

    await visit.page.locator('ol h2').first().waitFor();
    await looksWell('demo-jobs');
  });

  it('previews what a run would change', async () => {
    await open('/preview', 'Preview');

    await visit.button('Start ingestion').waitFor();
    await looksWell('demo-preview');
  });

  it('has a run under way a few clicks later, and tells of what fails in it', async (context) => {
    await open('/configure', 'Configure');
    const clicked = performance.now();
    await visit.button('Preview', { exact: true }).click();
    await visit.button('Start ingestion').click();
    await visit.page.getByRole('alertdialog').getByRole('button', { name: 'Start the run' }).click();
    await visit.page.waitForURL(/ingest\/16$/);
    context.diagnostic(`a run is under way ${Math.round(performance.now() - clicked)} ms after the first click`);

    await visit.says(/page 3 of \d+ failed/);
    await looksWell('demo-ingest');
    await visit.page.waitForURL(/summary\/16$/);
    context.diagnostic(`and its summary ${Math.round(performance.now() - clicked)} ms after it`);
    await visit.says(/Run 16 finished/);
    await looksWell('demo-summary-after');
    await visit.end();
  });
});
