// Filters by place as a person writes them: of one company, tried at once and shown by the preview, and of all companies,
// with a warning before they are saved. Each test goes on where the one before ended.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { Site } from '../contract/support/site.mjs';
import { wholeSuite } from '../contract/support/wait.mjs';
import { Chromium } from './support/visit.mjs';

describe('places on the page', { timeout: wholeSuite }, () => {
  let site;
  let chromium;
  let visit;
  let company;
  before(async () => {
    site = await Site.start({ companies: 2, jobs: 60 });
    company = site.boards[0].name;
    await site.followAll();
    await site.runOnce();
    chromium = await Chromium.start();
    visit = await chromium.visit({ token: site.token });
    await visit.open(site.client.url('/configure'));
  });
  after(async () => {
    await visit?.end();
    await chromium?.stop();
    await site?.stop();
  });
  afterEach(() => assert.deepEqual(visit.troubles, []));

  const keys = (...names) => names.reduce((last, name) => last.then(() => visit.page.keyboard.press(name)), Promise.resolve());
  const card = () => visit.page.getByRole('article', { name: 'Acme Robotics' });
  const all = () => visit.page.getByRole('region', { name: 'All companies' });
  const question = () => visit.page.getByRole('alertdialog');
  const field = (within, label) => within.getByRole('textbox', { name: label, exact: true });
  const settingOf = async (name) =>
    (await site.client.ask('GET', '/api/ingestion/settings')).json.find((one) => one.company_name === name);
  const filters = async () => (await site.client.ask('GET', '/api/ingestion/filters')).json;
  const countIn = async (locator) => Number(/\d+/.exec(await locator.innerText())[0]);

  async function looksWell(name) {
    await visit.isUsableByAll();
    await visit.fits();
    await visit.picture(name);
  }

  it('are written beside titles, tried at once, and counted where they take jobs away', async () => {
    await card().getByRole('button', { name: 'Filters: Every title' }).click();
    await field(card(), 'Include places').fill('Germany');
    await visit.page.keyboard.press('Enter');
    await field(card(), 'Exclude places').fill('munich');
    await visit.page.keyboard.press('Enter');
    await card().getByRole('switch', { name: 'Remote jobs too' }).click();

    await card().getByText(/^\d+ of 60 jobs stay/).waitFor();
    const munich = card().getByRole('button', { name: /^\d+ jobs? taken away by munich: show$/ });
    const elsewhere = card().getByRole('button', { name: /^\d+ at no include place$/ });
    const [stay, taken, rest] = await Promise.all([card().getByText(/jobs stay/), munich, elsewhere].map(countIn));
    assert.equal(stay + taken + rest, 60);
    assert.ok(stay > 0 && taken > 0 && rest > 0, `${[stay, taken, rest]}`);
    await munich.click();
    const shown = card().getByRole('region', { name: /taken away by munich$/ });
    assert.match(await shown.getByRole('listitem').first().innerText(), /Munich, Germany/);
    await looksWell('places-company');
    assert.equal(await card().getByRole('button', { name: 'Filters: Every title, Germany or remote, not munich' }).count(), 1);
  });

  it('are saved with the rest, and shown by the preview with their rules', async () => {
    await visit.button('Save and preview').click();
    await visit.page.waitForURL(/\/preview$/);
    const section = visit.page.getByRole('region', { name: 'Acme Robotics' });
    await section.getByText('every title; at “Germany”, or remote, not at “munich”').waitFor();

    const row = section.getByRole('group', { name: 'Acme Robotics: excluded' }).getByRole('listitem').first();
    await row.scrollIntoViewIfNeeded();
    assert.match(await row.innerText(), /(no include place matches|exclude place: munich)/);
    assert.equal(await row.locator('mark').count(), 0);
    await looksWell('places-preview');
    assert.deepEqual((await settingOf(company)).place_filters, { include: ['Germany'], exclude: ['munich'], remote: true });
  });

  it('stay as they are where the preview changes the titles', async () => {
    const section = visit.page.getByRole('region', { name: 'Acme Robotics' });
    await section.getByRole('button', { name: 'Filters' }).click();
    await field(section, 'Leave out titles with').fill('engineer');
    await visit.page.keyboard.press('Enter');
    await section.getByText(/of 60 jobs included with these filters/).waitFor();
    await section.getByText('no include place matches').first().waitFor();
    await section.getByRole('button', { name: 'Save filters' }).click();
    await section.getByText('not saved').waitFor({ state: 'detached' });

    const { place_filters, title_filters } = await settingOf(company);
    assert.deepEqual(place_filters, { include: ['Germany'], exclude: ['munich'], remote: true });
    assert.deepEqual(title_filters.exclude, ['engineer']);
  });

  it('of all companies are written by keys alone, and warned of before they are saved', async () => {
    await visit.link('Configure').click();
    await all().getByRole('button', { name: 'Filters: Every title, every place' }).focus();
    await keys('Enter');
    await field(all(), 'Include places').focus();
    await visit.page.keyboard.type('Nowhere, XY');
    await keys('Enter', 'Tab', 'Space');
    await all().getByRole('button', { name: 'Filters: Every title, Nowhere, XY or remote' }).waitFor();
    await all().getByText(/^The changed filter takes away \d+ of the \d+ jobs of/).first().waitFor();
    await looksWell('places-all');
    await visit.button('Save', { exact: true }).focus();
    await keys('Enter');
    await question().getByText(/^The changed filter takes away/).first().waitFor();
    await looksWell('places-all-asked');
    assert.deepEqual((await filters()).place_filters.include, []);

    await keys('Tab', 'Enter');

    await visit.page.getByText(/^Not saved/).waitFor({ state: 'detached' });
    assert.deepEqual((await filters()).place_filters, { include: ['Nowhere, XY'], exclude: [], remote: true });
  });

  it('of all companies are told apart where a company is filtered', async () => {
    await card().getByRole('button', { name: /^Filters/ }).click();
    const byAll = card().getByRole('button', { name: /^\d+ by the rule for all companies$/ });
    await byAll.click();

    const shown = card().getByRole('region', { name: /taken away by the rule for all companies$/ });
    assert.match(await shown.getByRole('listitem').first().innerText(), /no include place matches$/);
    await byAll.scrollIntoViewIfNeeded();
    await looksWell('places-by-all');
    await visit.link(/Preview/).click();
    await visit.says('The filters for all companies changed.');
    await visit.button('Preview again').click();
    await visit.says('no include place matches (all companies)');
  });

  it('that cannot be meant are refused at their chip', async () => {
    await visit.link('Configure').click();
    await all().getByRole('button', { name: /^Filters/ }).click();
    await field(all(), 'Exclude places').fill('/(/');
    await visit.page.keyboard.press('Enter');
    await all().getByRole('listitem').filter({ hasText: '/(/' }).getByText(/parenthes|missing/i).waitFor();
    await all().getByText('! Not taken').waitFor();
    await looksWell('places-refused');
    await visit.button('Save', { exact: true }).click();

    await visit.says(/^Nothing was saved: look at All companies/);
    await all().getByRole('button', { name: /^Undo/ }).click();
    await all().getByText('Modified').waitFor({ state: 'detached' });
    assert.deepEqual((await filters()).place_filters.exclude, []);
  });
});
