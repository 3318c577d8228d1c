// What browsers and proxies rely on: origins, HEAD and OPTIONS, packing, and the headers that keep a page safe.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { curl, headOf } from './support/client.mjs';
import { Site } from './support/site.mjs';
import { Wire } from './support/wire.mjs';
import { wholeSuite } from './support/wait.mjs';

const allowed = 'https://jobs.example.com';
const also = 'http://localhost:5173';

describe('a browser', { timeout: wholeSuite }, () => {
  let site;
  let runId;
  before(async () => {
    site = await Site.start({ companies: 2, jobs: 60, environment: { ALLOWED_ORIGINS: `${allowed}, ${also}` } });
    await site.followAll();
    runId = (await site.runOnce()).run_id;
  });
  after(() => site?.stop());

  const from = (origin, method = 'GET', path = '/api/user', client = site.client) =>
    client.ask(method, path, { headers: { Origin: origin } });
  async function preflight(origin, path, method, headers = 'authorization, content-type') {
    const { text } = await curl(['-i', '-X', 'OPTIONS', '-H', `Origin: ${origin}`,
      '-H', `Access-Control-Request-Method: ${method}`, '-H', `Access-Control-Request-Headers: ${headers}`,
      site.client.url(path)]);
    return headOf(text);
  }
  const bearer = () => ['-H', `Authorization: Bearer ${site.token}`];

  it('of an allowed origin may read answers and errors', async () => {
    for (const origin of [allowed, also]) {
      for (const answer of [await from(origin), await from(origin, 'GET', '/api/user', site.anybody),
        await from(origin, 'GET', '/nothing'), await from(origin, 'DELETE', '/api/user'),
        await from(origin, 'GET', '/health', site.anybody)]) {
        assert.equal(answer.headers.get('access-control-allow-origin'), origin);
        assert.match(answer.headers.get('vary') ?? '', /\borigin\b/i);
      }
    }
  });

  it('of an allowed origin may read why its request was not even taken', async () => {
    const post = (more, body = '') => 'POST /api/ingestion/settings HTTP/1.1\r\nHost: x\r\n' +
      `Origin: ${allowed}\r\nAuthorization: Bearer ${site.token}\r\n${more}\r\n${body}`;
    for (const [status, bytes] of [
      [413, post('Content-Length: 1048577\r\n')],
      [413, post('Transfer-Encoding: chunked\r\n', '100001\r\n')],
      [431, post(`X-Long: ${'a'.repeat(20_000)}\r\n`)],
      [400, post('Content-Length: 1\r\nContent-Length: 2\r\n')],
      [400, post('Transfer-Encoding: gzip\r\n')],
      [400, post('Host: y\r\n')]]) {
      const wire = await Wire.open(site.server.port);
      await wire.send(bytes);
      const [reply] = await wire.untilReplies(1);
      wire.end();

      assert.equal(reply?.status, status);
      assert.equal(reply.headers['access-control-allow-origin'], allowed, `${status}`);
      assert.match(reply.headers.vary ?? '', /\borigin\b/i);
    }
  });

  it('of another origin is not told why its request was not taken', async () => {
    const wire = await Wire.open(site.server.port);
    await wire.send('POST /auth/login HTTP/1.1\r\nHost: x\r\nOrigin: https://evil.example.com\r\n' +
      'Content-Length: 1048577\r\n\r\n');
    const [reply] = await wire.untilReplies(1);
    wire.end();

    assert.equal(reply?.status, 413);
    assert.equal(reply.headers['access-control-allow-origin'], undefined);
  });

  it('of an allowed origin may follow the streams', async () => {
    for (const path of [`progress/${runId}`, `logs/${runId}/stream`]) {
      const answer = await fetch(site.client.url(`/api/ingestion/${path}`),
        { headers: { Origin: allowed, Authorization: `Bearer ${site.token}` } });
      await answer.text();
      assert.equal(answer.headers.get('access-control-allow-origin'), allowed, path);
    }
  });

  it('of another origin is told nothing of it', async () => {
    for (const origin of ['https://evil.example.com', 'https://jobs.example.com.evil.org', 'http://jobs.example.com',
      'https://jobs.example.com:8443', 'null', 'https://xjobs.example.com', '*', `${allowed}/`, `${allowed}, ${also}`]) {
      const answer = await from(origin);
      assert.equal(answer.headers.get('access-control-allow-origin'), null, origin);
      const { headers } = await preflight(origin, '/api/ingestion/start', 'POST');
      assert.equal(headers['access-control-allow-origin'], undefined, origin);
    }
  });

  it('of an allowed origin may ask first what it may send', async () => {
    for (const [path, method] of [['/api/ingestion/start', 'POST'], ['/api/ingestion/settings', 'POST'],
      ['/api/user', 'GET'], [`/api/ingestion/progress/${runId}`, 'GET'], ['/nothing', 'GET']]) {
      const { status, headers } = await preflight(allowed, path, method);

      assert.equal(status, 204, path);
      assert.equal(headers['access-control-allow-origin'], allowed);
      assert.ok((headers['access-control-allow-methods'] ?? '').split(/, */).includes(method),
        headers['access-control-allow-methods']);
      const names = (headers['access-control-allow-headers'] ?? '').toLowerCase().split(/, */);
      assert.ok(names.includes('authorization') && names.includes('content-type'), `${names}`);
    }
    // An EventSource that comes again, and a page that reads a stream with fetch, send this one.
    const { headers } = await preflight(allowed, `/api/ingestion/progress/${runId}`, 'GET', 'last-event-id');
    assert.match(headers['access-control-allow-headers'] ?? '', /last-event-id/i);
  });

  it('is told the methods of an address by OPTIONS', async () => {
    const answer = await site.anybody.ask('OPTIONS', '/api/ingestion/settings');

    assert.ok([200, 204].includes(answer.status));
    const methods = (answer.headers.get('allow') ?? '').split(/, */);
    assert.ok(methods.includes('GET') && methods.includes('POST'), `${methods}`);
    await site.anybody.refused(404, 'OPTIONS', '/nothing');
  });

  it('gets by HEAD what GET would say, without a body', async () => {
    for (const path of ['/health', '/api/user', '/api/jobs?limit=2', '/nothing', `/api/ingestion/logs/${runId}`]) {
      const { text } = await curl(['-I', ...bearer(), site.client.url(path)]);
      const full = await site.client.ask('GET', path);
      const head = headOf(text);

      assert.equal(head.status, full.status, path);
      assert.equal(head.headers['content-type'], full.headers.get('content-type'), path);
      assert.ok(text.endsWith('\r\n\r\n'), path);
    }
    const post = await curl(['-I', ...bearer(), site.client.url('/api/ingestion/start')]);
    assert.equal(headOf(post.text).status, 405);
  });

  it('gets by HEAD the head of a stream, which ends there', async () => {
    for (const path of [`progress/${runId}`, `logs/${runId}/stream`, `logs/${runId}/download`]) {
      const { text } = await curl(['-I', ...bearer(), site.client.url(`/api/ingestion/${path}`)]);
      assert.equal(headOf(text).status, 200, path);
    }
  });

  it('gets the same packed and unpacked, and packed only where it asks for it', async () => {
    const address = site.client.url('/api/jobs?limit=100');
    const plain = await curl([...bearer(), '-H', 'Accept-Encoding: identity', address]);
    for (const accept of ['gzip', 'gzip, deflate, br', 'br;q=1, gzip;q=0.5, *;q=0']) {
      const { bytes } = await curl(['-i', ...bearer(), '-H', `Accept-Encoding: ${accept}`, address]);
      const end = bytes.indexOf('\r\n\r\n');
      const { headers } = headOf(bytes.subarray(0, end + 4).toString('latin1'));
      const body = bytes.subarray(end + 4);

      assert.match(headers.vary ?? '', /accept-encoding/i);
      const text = headers['content-encoding'] === 'gzip' ? gunzipSync(body).toString('utf8') : body.toString('utf8');
      assert.deepEqual(JSON.parse(text), JSON.parse(plain.text));
    }
    for (const accept of ['identity', 'gzip;q=0', 'br', '*;q=0', '']) {
      const { text } = await curl(['-i', ...bearer(), '-H', `Accept-Encoding:${accept ? ` ${accept}` : ''}`, address]);
      assert.equal(headOf(text).headers['content-encoding'], undefined, accept);
    }
    const unpacked = await curl(['--compressed', ...bearer(), address]);
    assert.deepEqual(JSON.parse(unpacked.text), JSON.parse(plain.text));
  });

  it('gets a stream that no proxy may keep back, packed or not', async () => {
    const { text } = await curl(['-i', '-H', 'Accept-Encoding: gzip', ...bearer(),
      site.client.url(`/api/ingestion/progress/${runId}`)]);
    const { headers } = headOf(text);

    assert.equal(headers['x-accel-buffering'], 'no');
    assert.match(headers['cache-control'], /no-cache/);
    assert.equal(headers['content-encoding'], undefined);
  });

  it('is never to guess what an answer is, nor to keep what is a person\'s own', async () => {
    for (const [path, client] of [['/health', site.anybody], ['/api/user', site.client], ['/api/user', site.anybody],
      ['/nothing', site.anybody], ['/api/jobs/export?format=csv', site.client],
      [`/api/ingestion/logs/${runId}/download?format=text`, site.client]]) {
      const answer = await client.ask('GET', path);
      assert.equal(answer.headers.get('x-content-type-options'), 'nosniff', path);
    }
    const own = await site.client.ask('GET', '/api/user');
    assert.doesNotMatch(own.headers.get('cache-control') ?? '', /public|max-age=[1-9]/);
  });

  it('is not told which program serves it in which version', async () => {
    const { headers } = await site.anybody.ask('GET', '/health');

    assert.doesNotMatch(headers.get('server') ?? '', /\d/);
  });
});
