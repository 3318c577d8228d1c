// The page at "/", as a person meets it in a browser.
// ROLECALL_PICTURES names a folder for pictures of its sign-in.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { Browser } from './support/browser.mjs';
import { Site } from './support/site.mjs';
import { until, wholeSuite } from './support/wait.mjs';

const email = 'ann@example.org';
const password = 'correct horse, battery & staple';
const away = { status: 503, body: { detail: 'The database does not answer: try again.' } };

describe('the page', { timeout: wholeSuite }, () => {
  let site;
  let browser;
  let page;
  before(async () => {
    site = await Site.start({ companies: 1, jobs: 3 });
    browser = await Browser.start();
  });
  after(async () => {
    await browser?.stop();
    await site?.stop();
  });
  beforeEach(async () => {
    page = await browser.page();
  });
  afterEach(async () => {
    await page.close();
    assert.deepEqual(page.troubles, []);
  });

  const open = (path = '/') => page.open(site.client.url(path));
  const stored = () => page.value('sessionStorage.getItem("token")');
  const printed = () => until('the server tells its address', () => /\/#once=\S+/.exec(site.server.err)?.[0]);
  const shows = (id) => page.value(`document.getElementById(${JSON.stringify(id)}).checkVisibility()`);
  // With a token from before.
  async function openWith(token, path = '/') {
    await open('/health');
    await page.value(`sessionStorage.setItem("token", ${JSON.stringify(token)})`);
    await open(path);
  }
  async function signIn(name, secret) {
    await page.value('document.getElementById("email").focus()');
    await page.type(name);
    await page.press('Tab');
    await page.type(secret);
    await page.press('Enter');
  }

  it('signs in with the printed address, keeps it out of its own, and stays signed in', async () => {
    await page.answerWith({ '/auth/local': away });
    await open(await printed());
    await page.untilSays(away.body.detail);
    await page.answerWith({});
    await page.click('#again');
    await page.untilSays('Signed in as Local user');

    assert.equal(await page.value('location.hash'), '');
    assert.ok(!await shows('door'));
    await page.reload();
    await page.untilSays('Signed in as Local user');
  });

  it('goes on with the token that it has where the address was used already', async () => {
    await openWith(site.token, await printed());

    await page.untilSays('Signed in as Local user');
    assert.equal(await stored(), site.token);
  });

  it('says that an address was used already, and takes another without a reload', async () => {
    await open(await printed());
    await page.untilSays('This address was used already');
    assert.ok(await shows('door'));

    await site.restart();
    await page.value(`location.href = ${JSON.stringify(await printed())}`);

    await page.untilSays('Signed in as Local user');
    assert.ok(!(await page.text()).includes('used already'));
  });

  it('keeps its token through whatever is no refusal of it, and tries again without a reload', async () => {
    for (const [path, answer, words] of [['/api/user', away, away.body.detail],
      ['/api/user', 'no network', 'The server cannot be reached'],
      ['/api/ingestion/runs', away, away.body.detail], ['/api/ingestion/current-run', 'no network', 'cannot be reached']]) {
      await page.answerWith({ [path]: answer });
      await openWith(site.token);
      await page.untilSays(words);

      assert.ok(!(await page.text()).includes('Not signed in'), path);
      assert.equal(await stored(), site.token, path);
      await page.answerWith({});
      await page.click('#again');
      await page.untilSays('Signed in as Local user');
      await until('the trouble is over', async () => !(await page.text()).includes(words));
      assert.ok(!await shows('again'), path);
    }
  });

  it('lets a run be started where the one that it watched ended unseen', async () => {
    await openWith(site.token);
    await page.untilSays('Signed in as Local user');
    // Until then it still asks for the run itself.
    await page.untilEnabled('#start');
    await page.value(`document.getElementById("state").textContent = "Run 4, initializing";
      document.getElementById("start").disabled = true; document.getElementById("abort").disabled = false;`);
    await page.answerWith({ '/api/user': 'no network' });
    await page.value('location.hash = "#once=used"');
    await page.untilSays('The server cannot be reached');

    await page.answerWith({});
    await page.click('#again');
    await page.untilEnabled('#start');

    assert.match(await page.text(), /No run is active/);
    assert.ok(await page.isDisabled('#abort'));
  });

  it('forgets a token that is refused, also later on, and asks to sign in', async () => {
    await openWith('not.a.token');
    await page.untilSays('Not signed in');
    assert.equal(await stored(), null);
    assert.ok(await shows('door') && !await shows('main'));

    await openWith(site.token);
    await page.untilSays('Signed in as Local user');
    await page.answerWith({ '/api/ingestion/start': { status: 401, body: { detail: 'The token has expired.' } } });
    await page.clickOnceEnabled('#start');
    await page.untilSays('Not signed in');

    assert.equal(await stored(), null);
    assert.ok((await page.text()).includes('The token has expired.'));
    assert.ok(await shows('door') && !await shows('main'));
  });

  it('signs in by password, which Enter sends and which it does not keep', async () => {
    await site.rolecall(['user', 'add', email, '--name', 'Ann'], `${password}\n`);
    await open();
    await page.untilSays('Not signed in');
    assert.match(await page.text(), /open the address that the server printed/);

    await signIn(email, 'wrong');
    await page.untilSays('The address or the password is not right.');
    assert.equal(await page.value('document.activeElement.id'), 'password');
    await page.type(password);
    await page.press('Enter');
    await page.untilSays('Signed in as Ann');

    assert.ok(!await shows('door') && await shows('main'));
    assert.ok(!(await page.text()).includes('not right'));
    assert.equal(await page.value('document.getElementById("password").value'), '');
    assert.match(await page.value('location.href'), /^http:\/\/127\.0\.0\.1:\d+\/$/);
    await page.reload();
    await page.untilSays('Signed in as Ann');
  });

  it('offers to start a run only once it knows that none is active', async () => {
    await open('/health');
    await page.answerWith({ '/api/ingestion/current-run': away });
    await openWith(site.token);
    await page.untilSays(away.body.detail);

    assert.ok(await shows('main') && await page.isDisabled('#start'));
    await page.answerWith({});
    await page.click('#again');
    await page.untilEnabled('#start');
  });

  it('shows nothing of who was signed in before', async () => {
    await site.followAll();
    await openWith(site.token);
    await page.untilSays('Signed in as Local user');
    await page.clickOnceEnabled('#start');
    await page.untilSays(', finished: 3 jobs');
    await until('the run is listed', () => page.value('document.querySelector("#runs tr") !== null'));
    await page.answerWith({ '/api/ingestion/start': { status: 401 } });
    await page.clickOnceEnabled('#start');
    await page.untilSays('Not signed in');

    await signIn(email, password);
    await page.untilSays('Signed in as Ann');

    assert.match(await page.text(), /No run is active/);
    assert.equal(await page.value('document.getElementById("log").textContent'), '');
    assert.equal(await page.value('document.querySelector("#runs tr")'), null);
  });

  it('fits a narrow screen and names its fields, in the light and in the dark', async () => {
    const fits = () => page.value('document.documentElement.scrollWidth <= document.documentElement.clientWidth');
    for (const [width, dark] of [[375, false], [375, true], [1280, false], [1280, true]]) {
      await page.resize(width, { dark });
      await openWith(site.token);
      await until('the runs are listed', () => page.value('document.querySelector("#runs tr") !== null'));
      assert.ok(await fits(), `${width}`);
      await openWith('not.a.token');
      await page.untilSays('Not signed in');

      assert.ok(await fits(), `${width}`);
      assert.deepEqual(await page.value(`[...document.querySelectorAll('#door input')].map((one) =>
        [one.labels[0]?.innerText, one.type, one.autocomplete])`),
      [['E-mail', 'text', 'username'], ['Password', 'password', 'current-password']]);
      if (process.env.ROLECALL_PICTURES)
        await page.picture(`${process.env.ROLECALL_PICTURES}/door-${width}-${dark ? 'dark' : 'light'}.png`);
    }
  });

  it('works under a path, and so do the addresses that the server tells', async () => {
    await site.followAll();
    site.arguments = ['--base-path', '/rolecall'];
    await site.restart();

    await openWith(site.token, '/rolecall');
    await page.untilSays('Signed in as Local user');
    await page.clickOnceEnabled('#start');
    await page.untilSays('finished');

    assert.equal(await page.value('location.pathname'), '/rolecall/');
    assert.match(site.server.err, /Serving at http:\/\/127\.0\.0\.1:\d+\/rolecall\n/);
    const { json } = await site.client.ask('GET', '/rolecall/api/user',
      { headers: { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'jobs.example.com' } });
    assert.equal(json.picture, 'https://jobs.example.com/rolecall/logo/Local%20user.svg');
    const logo = await site.anybody.ask('GET', '/rolecall/logo/Local%20user.svg');
    assert.equal(logo.status, 200);
    assert.match(logo.text, />L<\/text>/);
    site.arguments = [];
    await site.restart();
  });

  it('says for how long it is refused after too many tries', async () => {
    await open();
    await page.untilSays('Not signed in');
    await site.failToSignIn(email);

    await signIn(email, password);

    await page.untilSays('Too many failures to sign in: try again in ');
    assert.match(await page.text(), /try again in [1-9]\d* s\./);
    assert.equal(await stored(), null);
  });
});
