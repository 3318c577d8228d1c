// The ways into the page, and out of it, as a person meets them.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { local, Site } from '../contract/support/site.mjs';
import { until, wholeSuite } from '../contract/support/wait.mjs';
import { Chromium, narrow, wide } from './support/visit.mjs';

const email = 'ann@example.org';
const password = 'correct horse, battery & staple';
const away = { status: 503, body: { detail: 'The database does not answer: try again.' } };

describe('signing in to the page', { timeout: wholeSuite }, () => {
  let site;
  let chromium;
  let visit;
  before(async () => {
    site = await Site.start({ companies: 1, jobs: 3 });
    await site.followAll();
    chromium = await Chromium.start();
  });
  after(async () => {
    await chromium?.stop();
    await site?.stop();
  });
  beforeEach(async () => { visit = await chromium.visit(); });
  afterEach(() => visit.end());

  const open = (path = '/') => visit.open(site.client.url(path));
  const stored = () => visit.page.evaluate(() => localStorage.getItem('rolecall.token'));
  const printed = () => until('the server tells its address', () => /\/#once=\S+/.exec(site.server.err)?.[0]);
  const isInside = (name) => visit.button(`${name}: account and theme`).waitFor();
  const isOutside = () => visit.heading('Sign in to Rolecall').waitFor();

  // With a token from before.
  async function openWith(token, path = '/') {
    await open('/health');
    await visit.page.evaluate((value) => localStorage.setItem('rolecall.token', value), token);
    await open(path);
  }

  async function signIn(name, secret) {
    await visit.page.getByLabel('E-mail').fill(name);
    await visit.page.keyboard.press('Tab');
    await visit.page.keyboard.type(secret);
    await visit.page.keyboard.press('Enter');
  }

  // Requests of a path are answered so.
  async function answerWith(path, { status, body }) {
    await visit.page.route(`**${path}`, (route) => route.fulfill({ status, json: body ?? {} }));
  }

  it('takes the printed address, keeps it out of its own, and stays signed in', async () => {
    await answerWith('/auth/local', away);
    await open(await printed());
    await visit.says(away.body.detail);
    await visit.page.unroute('**/auth/local');
    await visit.button('Try again').click();
    await isInside('Local user');

    assert.equal(await visit.page.evaluate(() => location.hash), '');
    await visit.page.reload();
    await isInside('Local user');
  });

  it('goes on with the token that it has where the address was used already', async () => {
    await openWith(site.token, await printed());

    await isInside('Local user');
    assert.equal(await stored(), site.token);
  });

  it('says that an address was used already, and takes another without a reload', async () => {
    await open(await printed());
    await visit.says('This address was used already');

    await site.restart();
    await visit.page.evaluate((path) => { location.href = path; }, await printed());

    await isInside('Local user');
  });

  it('keeps its token through whatever is no refusal of it, and tries again without a reload', async () => {
    await answerWith('/api/user', away);
    await openWith(site.token);
    await visit.says(away.body.detail);

    assert.equal(await stored(), site.token);
    await visit.page.unroute('**/api/user');
    await visit.button('Try again').click();
    await isInside('Local user');
  });

  it('forgets a token that is refused', async () => {
    await openWith('not.a.token');
    await visit.heading('Sign in again').waitFor();

    assert.equal(await stored(), null);
  });

  it('offers no password where nobody has one', async () => {
    await open();
    await visit.says('open the address that the server prints');

    assert.equal(await visit.page.getByLabel('Password').count(), 0);
  });

  it('takes a password, which Enter sends and which it does not keep', async () => {
    await site.rolecall(['user', 'add', email, '--name', 'Ann'], `${password}\n`);
    await open();
    await isOutside();

    await signIn(email, 'wrong');
    await visit.says('The address or the password is not right.');
    assert.equal(await visit.page.evaluate(() => document.activeElement.name), 'password');
    await visit.page.keyboard.type(password);
    await visit.page.keyboard.press('Enter');
    await isInside('Ann');

    await visit.page.reload();
    await isInside('Ann');
    await visit.button('Ann: account and theme').click();
    await visit.page.getByRole('menuitem', { name: 'Sign out' }).click();
    await isOutside();
    assert.equal(await stored(), null);
  });

  it('keeps the page as it was where a session ends, and comes back to it', async () => {
    await openWith(await site.tokenOf(email), '/configure');
    await isInside('Ann');
    const search = visit.page.getByRole('searchbox').first();
    await search.fill('what was typed');
    await answerWith('/api/ingestion/settings', { status: 401, body: { detail: 'The token has expired.' } });
    await answerWith('/api/ingestion/current-run', { status: 401, body: { detail: 'The token has expired.' } });
    await visit.page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
    await visit.says('The token has expired.');
    await visit.isUsableByAll();
    await visit.picture('session-ended');
    await visit.page.unroute('**/api/ingestion/settings');
    await visit.page.unroute('**/api/ingestion/current-run');

    await signIn(email, password);

    await visit.heading('Sign in again').waitFor({ state: 'detached' });
    assert.equal(await search.inputValue(), 'what was typed');
    assert.equal(new URL(visit.page.url()).pathname, '/configure');
  });

  it('asks to sign in again over a dialog, which waits behind it as it is', async () => {
    await openWith(await site.tokenOf(email), '/configure');
    await isInside('Ann');
    await visit.button('Add a company').first().click();
    const dialog = visit.page.getByRole('dialog').filter({ hasText: 'By kind and token' });
    await dialog.getByRole('button', { name: 'By kind and token' }).click();
    await dialog.getByLabel('Its token there').fill('typed');
    await answerWith('/api/ingestion/companies', { status: 401, body: { detail: 'The token has expired.' } });
    await dialog.getByRole('button', { name: 'Check this board' }).click();
    await visit.says('The token has expired.');
    await visit.page.unroute('**/api/ingestion/companies');

    await signIn(email, password);

    await visit.heading('Sign in again').waitFor({ state: 'detached' });
    assert.equal(await dialog.getByLabel('Its token there').inputValue(), 'typed');
    await visit.page.keyboard.press('Escape');
  });

  it('says where the server works on the test database, and nowhere else', async () => {
    await openWith(site.token, '/configure');
    await isInside('Local user');
    assert.equal(await visit.page.getByText('TEST DB').count(), 0);
    await answerWith('/debug/db', { status: 200, body: { database_type: 'TEST', database_url: 'postgresql://…' } });

    await visit.page.reload();

    await visit.says('TEST DB');
    await visit.heading('Configure').waitFor();
    await visit.isUsableByAll();
  });

  it('shows nothing of who was signed in before', async () => {
    await openWith(site.token);
    await isInside('Local user');
    await visit.says('Stop following');
    await visit.button('Local user: account and theme').click();
    await visit.page.getByRole('menuitem', { name: 'Sign out' }).click();
    await isOutside();

    await signIn(email, password);
    await isInside('Ann');

    await visit.says('You follow no company yet.');
    assert.equal(await visit.page.getByText('local@localhost').count(), 0);
  });

  it('goes to Google where that is configured, and takes its answer for the question of this tab alone', async () => {
    site.environment.GOOGLE_CLIENT_ID = 'client.example';
    site.environment.ALLOWED_EMAILS = email;
    await site.restart();
    const asked = visit.page.waitForRequest('https://accounts.google.com/**');
    await visit.page.route('https://accounts.google.com/**', (route) => route.abort());
    await open('/preview');
    await visit.button('Continue with Google').click();
    const question = new URL((await asked).url()).searchParams;
    assert.equal(question.get('client_id'), 'client.example');
    assert.equal(question.get('redirect_uri'), site.client.url('/'));
    assert.equal(question.get('response_type'), 'id_token');

    const claims = Buffer.from(JSON.stringify({ nonce: question.get('nonce') })).toString('base64url');
    const answer = (state) => `/#state=${state}&id_token=x.${claims}.y`;
    const sent = [];
    await visit.page.route('**/auth/google', (route) => {
      sent.push(route.request().postDataJSON());
      return route.fulfill({ json: { access_token: site.token, token_type: 'bearer', expires_in: 60 } });
    });
    await open(answer('another'));
    await isOutside();
    assert.deepEqual(sent, []);
    await open('/health');
    await open(answer(question.get('state')));
    await visit.heading('Preview').waitFor();

    assert.deepEqual(sent, [{ token: `x.${claims}.y` }]);
    assert.equal(new URL(visit.page.url()).pathname, '/preview');
    delete site.environment.GOOGLE_CLIENT_ID;
    delete site.environment.ALLOWED_EMAILS;
    await site.restart();
  });

  it('asks Google in a window of its own while a page is kept, which goes on with what was typed', async () => {
    await answerWith('/auth/ways', { status: 200, body: { google_client_id: 'client.example', password: true, local: false } });
    // Google's own page cuts the window off from the one that opened it.
    await visit.context.route('https://accounts.google.com/**', (route) => {
      const asked = new URL(route.request().url()).searchParams;
      const claims = Buffer.from(JSON.stringify({ nonce: asked.get('nonce') })).toString('base64url');
      const answer = `${asked.get('redirect_uri')}#state=${asked.get('state')}&id_token=x.${claims}.y`;
      return route.fulfill({ contentType: 'text/html', body: `<a href="${answer}">It is me</a>`,
        headers: { 'Cross-Origin-Opener-Policy': 'same-origin' } });
    });
    const token = await site.tokenOf(local);
    await visit.context.route('**/auth/google', (route) => route.fulfill({ json: { access_token: token, token_type: 'bearer', expires_in: 60 } }));
    await openWith(site.token, '/configure');
    await isInside('Local user');
    const search = visit.page.getByRole('searchbox').first();
    await search.fill('what was typed');
    await answerWith('/api/ingestion/current-run', { status: 401, body: { detail: 'The token has expired.' } });
    await visit.page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
    await visit.says('The token has expired.');
    await visit.page.unroute('**/api/ingestion/current-run');

    const opens = visit.page.waitForEvent('popup');
    await visit.button('Continue with Google').click();
    const opened = await opens;
    const closes = opened.waitForEvent('close');
    await opened.getByRole('link', { name: 'It is me' }).click();
    await closes;

    await visit.heading('Sign in again').waitFor({ state: 'detached' });
    assert.equal(await search.inputValue(), 'what was typed');
    assert.equal(await stored(), token);
  });

  it('fits a narrow screen and names its fields, in the light and in the dark', async () => {
    for (const viewport of [narrow, wide, { width: 320, height: 600 }]) {
      await visit.page.setViewportSize(viewport);
      await open();
      await isOutside();
      await visit.page.getByLabel('Password').waitFor();

      await visit.fits();
      await visit.isUsableByAll();
    }
    await visit.picture('sign-in');
  });

  it('says for how long it is refused after too many tries', async () => {
    await open();
    await isOutside();
    await site.failToSignIn(email);

    await signIn(email, password);

    await visit.says(/Too many failures to sign in: try again in [1-9]\d* s\./);
    assert.equal(await stored(), null);
  });
});
