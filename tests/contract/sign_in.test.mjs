// The ways to a token.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { token, user, ways } from './support/answers.mjs';
import { claimsOf } from './support/jwt.mjs';
import { Site, local } from './support/site.mjs';
import { until, wholeSuite } from './support/wait.mjs';

const email = 'ann@example.org';
const password = 'correct horse, battery & staple';

describe('signing in', { timeout: wholeSuite }, () => {
  let site;
  before(async () => { site = await Site.start({ companies: 1, jobs: 1 }); });
  after(() => site?.stop());

  async function userOf(given) { return site.client.as(given.access_token).get('/api/user', user); }

  it('works once with the secret of the address that the server tells', async () => {
    const secret = await until('the server tells its address', () =>
      /http:\/\/127\.0\.0\.1:\d+\/#once=(\S+)/.exec(site.server.err)?.[1]);

    const given = await site.anybody.post('/auth/local', token, { secret });

    assert.equal((await userOf(given)).email, local);
    await site.anybody.refused(401, 'POST', '/auth/local', { body: { secret } });
  });

  it('says to anybody which ways in there are, and tells one behind a proxy of no address printed here', async () => {
    const before = await site.anybody.get('/auth/ways', ways);
    const forwarded = await site.anybody.get('/auth/ways', ways, { headers: { 'X-Forwarded-For': '192.0.2.1' } });

    assert.deepEqual(before, { google_client_id: null, password: false, local: true });
    assert.deepEqual(forwarded, { google_client_id: null, password: false, local: false });
  });

  it('does not work with another secret', async () => {
    await site.anybody.refused(401, 'POST', '/auth/local', { body: { secret: 'guessed' } });
  });

  it('gives a token with the claims of the contract by password', async () => {
    await site.rolecall(['user', 'add', email, '--name', 'Ann'], `${password}\n`);

    const given = await site.anybody.post('/auth/login', token, { email, password });

    const claims = claimsOf(given.access_token);
    const who = await userOf(given);
    assert.equal(claims.sub, email);
    assert.equal(claims.email, email);
    assert.equal(claims.user_id, who.user_id);
    assert.equal(claims.name, 'Ann');
    assert.ok('picture' in claims);
    assert.ok(Math.abs(claims.exp - Date.now() / 1000 - given.expires_in) < 600);
    assert.equal(who.email, email);
    assert.equal((await site.anybody.get('/auth/ways', ways)).password, true);
    assert.ok(Math.abs(Date.parse(who.last_login) - Date.now()) < 600_000, who.last_login);
  });

  it('takes the address in any case, and the password as it is', async () => {
    await site.anybody.post('/auth/login', token, { email: 'Ann@Example.ORG', password });
    await site.anybody.refused(401, 'POST', '/auth/login', { body: { email, password: password.toUpperCase() } });
  });

  it('tells a wrong password and a wrong address in the same words', async () => {
    const wrong = await site.anybody.refused(401, 'POST', '/auth/login', { body: { email, password: 'wrong' } });
    const nobody = await site.anybody.refused(401, 'POST', '/auth/login',
      { body: { email: 'nobody@example.org', password: 'wrong' } });

    assert.deepEqual(wrong.json, nobody.json);
  });

  it('lets nobody in by password who has none', async () => {
    await site.anybody.refused(401, 'POST', '/auth/login', { body: { email: local, password: 'wrong' } });
  });

  it('says where a body is wrong', async () => {
    const missing = await site.anybody.refused(422, 'POST', '/auth/login', { body: { email } });
    const odd = await site.anybody.refused(422, 'POST', '/auth/login', { body: { email: 7, password: ['x'] } });
    const none = await site.anybody.refused(422, 'POST', '/auth/google', { body: {} });

    assert.deepEqual(missing.json.detail.map((one) => one.loc), [['body', 'password']]);
    assert.deepEqual(odd.json.detail.map((one) => one.loc), [['body', 'email'], ['body', 'password']]);
    assert.deepEqual(none.json.detail.map((one) => one.loc), [['body', 'token']]);
  });

  it('refuses what is no token of Google', async () => {
    await site.anybody.refused([400, 401, 403, 503], 'POST', '/auth/google', { body: { token: 'a.b.c' } });
  });

  it('names Google where it could let somebody in', async () => {
    const waysWith = async (environment) => {
      const other = await Site.start({ companies: 1, jobs: 1, environment: { GOOGLE_CLIENT_ID: 'ours', ...environment } });
      try {
        return await other.anybody.get('/auth/ways', ways);
      } finally {
        await other.stop();
      }
    };

    assert.deepEqual(await waysWith({ ALLOWED_EMAILS: email }),
      { google_client_id: 'ours', password: false, local: false });
    assert.equal((await waysWith({})).google_client_id, null);
  });

  it('is refused to one address behind a proxy and not to the others', async () => {
    const behind = await Site.start({ companies: 1, jobs: 1, environment: { ROLECALL_PROXIES: '127.0.0.1' } });
    try {
      const tryFrom = async (address, account) => (await fetch(`${behind.server.url}/auth/login`, { method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': `9.9.9.9, ${address}` },
        body: JSON.stringify({ email: account, password: 'wrong' }) })).status;
      const tries = [];
      for (let i = 0; i < 11; i += 1) tries.push(await tryFrom('192.0.2.1', `nobody${i}@example.org`));

      assert.equal(tries[0], 401);
      assert.equal(tries.at(-1), 429);
      assert.equal(await tryFrom('192.0.2.2', 'somebody@example.org'), 401);
      assert.equal((await fetch(`${behind.server.url}/metrics`)).status, 401, 'what a proxy passes on is not from here');
    } finally {
      await behind.stop();
    }
  });

  it('is refused after ten failures in a minute, with the right password too, and says for how long', async () => {
    const { answer, failed, seconds } = await site.failToSignIn(email);

    // Those of the tests before count too; on a slow machine they are forgotten, as all after a minute.
    assert.ok(failed >= 4 && (failed <= 10 || seconds > 60), `${failed} in ${seconds} s`);
    assert.match(answer.headers.get('retry-after') ?? '', /^[1-9]\d*$/);
    await site.anybody.refused(429, 'POST', '/auth/login', { body: { email, password } });
  });
});
