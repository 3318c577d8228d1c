// Adding companies by whatever a person has of them: an address, a name, or a list.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { Site } from '../contract/support/site.mjs';
import { wholeSuite } from '../contract/support/wait.mjs';
import { Chromium } from './support/visit.mjs';

describe('adding a company', { timeout: wholeSuite }, () => {
  let site;
  let chromium;
  let visit;
  before(async () => {
    site = await Site.start({ companies: 5, jobs: 12 });
    chromium = await Chromium.start();
    visit = await chromium.visit({ token: site.token });
  });
  after(async () => {
    await visit?.end();
    await chromium?.stop();
    await site?.stop();
  });
  beforeEach(async () => {
    await visit.open(site.client.url('/configure'));
    await visit.button('Add a company').click();
  });
  afterEach(() => assert.deepEqual(visit.troubles, []));

  const dialog = () => visit.page.getByRole('dialog');
  const button = (name) => dialog().getByRole('button', { name, exact: true });
  const field = () => dialog().getByLabel('Address of its careers page, or its name');
  const found = () => dialog().getByRole('status', { name: 'What was found' });
  const known = () => dialog().getByRole('list', { name: 'Known companies' });
  const addressOf = ({ token }) => `https://boards.greenhouse.io/${token}/jobs/1?utm_source=mail`;
  const onGreenhouse = () => site.boards.filter(({ board }) => board === 'greenhouse');
  const followed = async () =>
    (await site.client.ask('GET', '/api/ingestion/settings')).json.map((one) => one.company_name);

  async function paste(text) {
    await visit.page.evaluate((value) => navigator.clipboard.writeText(value), text);
    await visit.page.keyboard.press('ControlOrMeta+v');
  }
  async function looksWell(name) {
    await visit.isUsableByAll();
    await visit.fits();
    await visit.picture(name);
  }

  it('begins in the field, and takes any address of a board', async () => {
    await looksWell('add-empty');
    await paste(addressOf(onGreenhouse()[0]));
    await visit.page.keyboard.press('Enter');

    await button('Follow').waitFor();
    assert.equal(await found().getByRole('listitem').count(), 5);
    await found().getByText('12 jobs').waitFor();
    assert.deepEqual(await followed(), []);
    await looksWell('add-found');
    await dialog().getByLabel('Name here (optional)').fill('Crusoe');
    await visit.page.keyboard.press('Enter');

    await dialog().waitFor({ state: 'detached' });
    await visit.page.getByRole('article', { name: 'Crusoe' }).waitFor();
    assert.deepEqual(await followed(), ['crusoe']);
  });

  it('says at the field why an address leads to no board', async () => {
    await paste('https://boards.greenhouse.io/');
    await visit.page.keyboard.press('Enter');

    await dialog().locator('textarea[aria-invalid=true]').waitFor();
    await looksWell('add-refused');
    assert.equal(await button('Follow').count(), 0);
  });

  it('shows a board that cannot be read, and does not offer to follow it', async () => {
    await paste('https://boards.greenhouse.io/nobody-at-all');
    await visit.page.keyboard.press('Enter');

    await found().getByText('This board cannot be read now.').waitFor();
    await looksWell('add-unreadable');
    assert.equal(await button('Follow').count(), 0);
    await button('Check').waitFor();
  });

  it('finds a company by a name with a slip, and reads its board before it is followed', async () => {
    await field().pressSequentially('Strpie');
    await known().getByRole('button', { name: /^Stripe Greenhouse/ }).waitFor();
    await looksWell('add-known');

    await visit.page.keyboard.press('ArrowDown');
    await visit.page.keyboard.press('Enter');

    // The simulated vendor has no such board.
    await dialog().getByRole('alert').getByText(/there is no such board/).waitFor();
    await looksWell('add-known-refused');
    assert.ok(!(await followed()).includes('stripe'));
  });

  it('takes a list, follows what is ticked of it, and keeps why the rest is not', async () => {
    const [taken, second, third] = onGreenhouse();
    await paste([taken, second, third].map(addressOf).concat('Nobody at all', 'https://boards.greenhouse.io/').join('\n'));
    await button('Look at 5 lines').click();
    await dialog().getByText('2 of 5 lines can be followed.').waitFor();
    await looksWell('add-list');

    await button('Follow 2 companies').click();

    await dialog().getByText('2 of 5 lines can be followed, and 2 are followed now.').waitFor();
    await dialog().getByText(/is followed as crusoe already/).waitFor();
    await looksWell('add-list-followed');
    assert.deepEqual((await followed()).sort(), ['crusoe', second.name, third.name].sort());
    await button('Done').click();
    assert.equal(await visit.page.getByRole('article').count(), 3);
  });
});
