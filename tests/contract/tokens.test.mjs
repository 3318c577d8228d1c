// Who is asking: which tokens are taken, where, and what of others one sees.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { settings, user } from './support/answers.mjs';
import { curl } from './support/client.mjs';
import { claimsFor, sign } from './support/jwt.mjs';
import { Site, secretKey } from './support/site.mjs';
import { wholeSuite, within } from './support/wait.mjs';

const guarded = [
  ['GET', '/api/user'], ['GET', '/api/ingestion/directory?q=acme'], ['GET', '/api/ingestion/settings'], ['POST', '/api/ingestion/settings'],
  ['POST', '/api/ingestion/dry-run'], ['POST', '/api/ingestion/start'], ['GET', '/api/ingestion/current-run'],
  ['POST', '/api/ingestion/abort/1'], ['GET', '/api/ingestion/runs'], ['GET', '/api/ingestion/runs/1'],
  ['GET', '/api/ingestion/runs/1/withheld/acme'], ['POST', '/api/ingestion/runs/1/withheld/acme'],
  ['GET', '/api/ingestion/progress/1'], ['GET', '/api/ingestion/logs/1'], ['GET', '/api/ingestion/logs/1/stream'],
  ['GET', '/api/ingestion/logs/1/download'], ['GET', '/api/jobs'], ['GET', '/api/jobs/1'],
  ['GET', '/api/jobs/export'], ['GET', '/api/views'], ['GET', '/api/views/x'], ['PUT', '/api/views/x'],
  ['DELETE', '/api/views/x'], ['POST', '/api/views/x/key'], ['DELETE', '/api/views/x/key']];

describe('a token', { timeout: wholeSuite }, () => {
  let site;
  let me;
  let runId;
  before(async () => {
    site = await Site.start({ companies: 1, jobs: 3 });
    me = await site.client.get('/api/user', user);
    await site.followAll();
    runId = (await site.runOnce()).run_id;
  });
  after(() => site?.stop());

  const withHeader = (value) => site.anybody.ask('GET', '/api/user', { headers: { Authorization: value } });
  async function isRefused(token) {
    const answer = await withHeader(`Bearer ${token}`);
    assert.equal(answer.status, 401, `${token}: ${answer.text}`);
  }

  it('made by hand with the claims of the contract is taken', async () => {
    const answer = await site.client.as(sign(claimsFor(me), secretKey)).get('/api/user', user);

    assert.deepEqual(answer, me);
  });

  it('is needed for all that belongs to somebody', async () => {
    for (const [method, path] of guarded) await site.anybody.refused(401, method, path);
  });

  it('is refused where it is malformed', async () => {
    const good = site.token;
    const [header, claims, signature] = good.split('.');
    for (const odd of ['', 'x', 'a.b', 'a.b.c', '..', `${header}.${claims}`, `${header}.${claims}.`,
      `${header}..${signature}`, `.${claims}.${signature}`, `${good}.more`, `${good}x`, good.slice(0, -2),
      `${header}.${claims}.${signature}=`, `${header}.${claims.slice(0, -1)}.${signature}`, '%00', '{}', 'null'])
      await isRefused(odd);
  });

  it('is refused where it is not signed by this server', async () => {
    await isRefused(sign(claimsFor(me), 'another key, of no less length'));
    await isRefused(sign(claimsFor(me), ''));
  });

  it('is refused where its claims were changed after signing', async () => {
    const [header, , signature] = site.token.split('.');
    const claims = Buffer.from(JSON.stringify(claimsFor(me, { user_id: me.user_id + 1 }))).toString('base64url');

    await isRefused(`${header}.${claims}.${signature}`);
  });

  it('is refused with any algorithm but HS256', async () => {
    for (const alg of ['none', 'None', 'NONE', 'nOnE', '', 'HS384', 'HS512', 'RS256', 'ES256', 'hs256'])
      await isRefused(sign(claimsFor(me), secretKey, { alg, typ: 'JWT' }));
    await isRefused(sign(claimsFor(me), secretKey, { typ: 'JWT' }));
    // The signature of a good one does not help an unsigned one.
    const [, , signature] = site.token.split('.');
    await isRefused(sign(claimsFor(me), secretKey, { alg: 'none' }) + signature);
  });

  it('is refused once it expired, and without an end or with an odd one', async () => {
    const now = Math.floor(Date.now() / 1000);
    for (const exp of [now - 3600, 0, -1, undefined, null, 'tomorrow', 1e400, {}])
      await isRefused(sign(claimsFor(me, { exp }), secretKey));
  });

  it('is refused where it names nobody', async () => {
    for (const change of [{ sub: undefined, email: undefined, user_id: undefined },
      { user_id: 987_654_321, sub: 'nobody@example.org', email: 'nobody@example.org' }])
      await isRefused(sign(claimsFor(me, change), secretKey));
  });

  it('is refused once its user is gone', async () => {
    const ben = await site.addUser('ben@example.org');
    await ben.get('/api/user', user);

    await site.sql("DELETE FROM users WHERE email = 'ben@example.org';");

    await ben.refused(401, 'GET', '/api/user');
  });

  it('is taken with the scheme in any case, and not under another', async () => {
    assert.equal((await withHeader(`bearer ${site.token}`)).status, 200);
    assert.equal((await withHeader(`BEARER ${site.token}`)).status, 200);
    for (const scheme of ['Basic', 'Token', 'Bearers', 'JWT'])
      assert.equal((await withHeader(`${scheme} ${site.token}`)).status, 401);
    assert.equal((await withHeader(site.token)).status, 401);
    assert.equal((await withHeader('Bearer')).status, 401);
  });

  it('with odd blanks is taken or refused, and never a failure', async () => {
    const at = Math.floor(site.token.length / 2);
    const broken = `${site.token.slice(0, at)} ${site.token.slice(at)}`;
    for (const value of [`Bearer ${broken}`, `Bearer ${site.token} ${site.token}`, `Bearer ${site.token},x`])
      assert.equal((await withHeader(value)).status, 401, value);
    for (const value of [`Bearer  ${site.token}`, `Bearer\t${site.token}`, `Bearer \t ${site.token}`])
      assert.ok([200, 401].includes((await withHeader(value)).status), value);
    // Blanks at the end belong to the line, not to the value (RFC 9110, 5.5).
    const padded = await curl(['-o', '/dev/null', '-w', '%{http_code}',
      '-H', `Authorization: Bearer ${site.token}  \t`, site.client.url('/api/user')]);
    assert.equal(padded.text, '200');
  });

  it('is refused where two headers bring one each', async () => {
    const twice = await curl(['-o', '/dev/null', '-w', '%{http_code}', '-H', `Authorization: Bearer ${site.token}`,
      '-H', 'Authorization: Bearer x', site.client.url('/api/user')]);

    assert.ok(['400', '401'].includes(twice.text), twice.text);
  });

  it('of any length is refused in peace', async () => {
    const long = await curl(['-o', '/dev/null', '-w', '%{http_code}',
      '-H', `Authorization: Bearer ${'a'.repeat(12_000)}`, site.client.url('/api/user')]);

    assert.ok(['401', '431'].includes(long.text), long.text);
  });

  it('in the query is taken by progress and logs, and by no other', async () => {
    const query = `?token=${site.token}`;

    for (const path of ['progress', 'logs']) {
      const answer = await fetch(site.client.url(`/api/ingestion/${path}/${runId}${query}`));
      assert.equal(answer.status, 200, path);
      await answer.text();
    }
    for (const [method, path] of guarded)
      if (!/\/(progress|logs)\//.test(path)) await site.anybody.refused(401, method, path + query);
  });

  it('in the query is as good as in the header, and no better', async () => {
    for (const token of ['', 'x', sign(claimsFor(me), 'another key, of no less length'),
      sign(claimsFor(me, { exp: 1 }), secretKey), sign(claimsFor(me), secretKey, { alg: 'none' })])
      for (const path of ['progress', 'logs'])
        await site.anybody.refused(401, 'GET', `/api/ingestion/${path}/${runId}?token=${token}`);
  });

  it('in the query never reaches a log of the server', async () => {
    const [, , signature] = site.token.split('.');

    assert.ok(!(site.server.out + site.server.err).includes(signature));
  });

  it("shows nothing of another user's: his runs and jobs are not found", async () => {
    const jobs = await site.client.get('/api/jobs', () => {});
    const eve = await site.addUser('eve@example.org');

    for (const [method, path, body] of [
      ['GET', `/api/ingestion/runs/${runId}`], ['POST', `/api/ingestion/abort/${runId}`],
      ['GET', `/api/ingestion/progress/${runId}`], ['GET', `/api/ingestion/logs/${runId}`],
      ['GET', `/api/ingestion/logs/${runId}/stream`], ['GET', `/api/ingestion/logs/${runId}/download`],
      ['POST', `/api/ingestion/runs/${runId}/withheld/${site.boards[0].name}`, { action: 'keep' }],
      ['GET', `/api/jobs/${jobs.jobs[0].id}`]])
      await eve.refused(404, method, path, { body });
    await eve.refused(404, 'GET', `/api/ingestion/progress/${runId}`,
      { headers: { 'Last-Event-ID': `${runId}-final` } });
    assert.equal((await eve.get('/api/jobs', () => {})).total, 0);
    assert.equal((await eve.get('/api/ingestion/runs', () => {})).runs.length, 0);
    assert.deepEqual(await eve.get('/api/ingestion/settings', settings), []);
  });
});

describe('a stream', { timeout: wholeSuite }, () => {
  let site;
  before(async () => { site = await Site.start({ companies: 1, jobs: 1, workers: 0 }); });
  after(() => site?.stop());

  it('ends with its token, when the password is changed', async () => {
    const ann = await site.addUser('ann@example.org');
    const bob = await site.addUser('bob@example.org');
    for (const email of ['ann@example.org', 'bob@example.org']) await site.followAll(email);
    const open = async (client) => {
      const runId = await site.startRun(client); // nobody works on it
      const streams = [await client.stream(`/api/ingestion/logs/${runId}/stream`),
        await client.stream(`/api/ingestion/progress/${runId}`)];
      for (const stream of streams) assert.equal(stream.status, 200);
      return { runId, streams };
    };
    const hers = await open(ann);
    const his = await open(bob);

    await site.rolecall(['user', 'password', 'ann@example.org'], 'another password of some length\n');

    for (const stream of hers.streams) assert.equal(await within('hers end', stream.ended), 'closed');
    await ann.refused(401, 'GET', `/api/ingestion/logs/${hers.runId}/stream`);
    for (const stream of his.streams) {
      assert.equal(stream.over, false);
      await stream.cut();
    }
  });
});
