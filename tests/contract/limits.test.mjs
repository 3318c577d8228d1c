// Clients that ask too much, too long or too slowly: each is bounded, and the others are served meanwhile.
import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, describe, it } from 'node:test';
import { fits } from './support/shapes.mjs';
import { detail, health, user } from './support/answers.mjs';
import { curl } from './support/client.mjs';
import { Site } from './support/site.mjs';
import { wholeSuite, within } from './support/wait.mjs';
import { Wire } from './support/wire.mjs';

describe('the server', { timeout: wholeSuite }, () => {
  let site;
  before(async () => {
    site = await Site.start({ companies: 2, jobs: 400 });
    await site.followAll();
    await site.runOnce();
  });
  after(() => site?.stop());

  const get = (path, more = '') => `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${more}\r\n`;
  const isWell = async () => {
    for (let times = 0; times < 5; times += 1) await within('others are served', site.anybody.get('/health', health));
  };
  // The one reply to bytes after which the server has to close.
  async function answerTo(bytes) {
    const wire = await Wire.open(site.server.port);
    await wire.send(bytes);
    const [reply] = await wire.untilReplies(1);
    wire.end();
    return reply;
  }

  it('answers 10,000 requests that come at once, each whole and in order', async () => {
    const count = 10_000;
    const paths = ['/health', '/nothing-at-all', '/debug/db'];
    const statuses = [200, 404, 200];
    let answered = 0;
    let connections = 0;
    while (answered < count) {
      connections += 1;
      assert.ok(connections <= 100, `${answered} of ${count} were answered in ${connections} connections`);
      const wire = await Wire.open(site.server.port);
      const sent = Array.from({ length: count - answered }, (_, at) => get(paths[(answered + at) % 3])).join('');
      wire.send(sent);
      const replies = await wire.untilReplies(count - answered, 120);
      replies.forEach((reply, at) => assert.equal(reply.status, statuses[(answered + at) % 3]));
      assert.ok(replies.length > 0, `no request was answered: ${wire.error}`);
      answered += replies.length;
      // Whoever stops early says so in its last reply, and leaves no half of another.
      if (answered < count) {
        assert.match(replies.at(-1).headers.connection ?? '', /close/i);
        assert.equal(wire.bytes.length, 0);
      }
      wire.end();
    }
    await isWell();
  });

  it('refuses nobody who is signed in while 500 wait to sign in from 16 addresses', async () => {
    const statuses = [];
    const tryToSignIn = (address) => new Promise((resolve) => {
      const body = JSON.stringify({ email: `nobody${statuses.length}@example.org`, password: 'wrong' });
      const asked = http.request(`${site.server.url}/auth/login`, { method: 'POST', agent: false, localAddress: address,
        headers: { 'Content-Type': 'application/json', 'Content-Length': body.length } }, (answer) => {
        statuses.push(answer.statusCode);
        answer.resume().on('end', resolve);
      });
      asked.on('error', resolve);
      asked.end(body);
    });
    await tryToSignIn('127.0.0.30');
    assert.deepEqual(statuses, [401]);

    const tries = Array.from({ length: 500 }, (_, at) => tryToSignIn(`127.0.0.${2 + at % 16}`));

    for (let times = 0; times < 200; times += 1) await site.client.get('/api/user', user);
    await within('all who sign in are answered', Promise.all(tries));

    assert.deepEqual([...new Set(statuses)].filter((status) => ![401, 429, 503].includes(status)), []);
    // On a slow machine so many come to no turn that their addresses are refused before any password is looked at.
    assert.ok(statuses.includes(503), `${[...new Set(statuses)]}`);
    // What came to no turn counts for its address, so that the next ones are refused before they wait.
    const { status } = await new Promise((resolve) => {
      http.request(`${site.server.url}/auth/login`, { method: 'POST', localAddress: '127.0.0.2', agent: false,
        headers: { 'Content-Type': 'application/json' } }, (answer) => { answer.resume(); resolve({ status: answer.statusCode }); })
        .end('{"email": "a@b", "password": "wrong"}');
    });
    assert.equal(status, 429);
  });

  it('serves others while one sends requests and never reads', async () => {
    const wires = await Promise.all(Array.from({ length: 10 }, () => Wire.open(site.server.port)));
    for (const wire of wires) {
      wire.socket.pause();
      wire.send(get('/api/jobs?limit=100', `Authorization: Bearer ${site.token}\r\n`).repeat(2000));
    }

    await isWell();

    for (const wire of wires) wire.end();
    await isWell();
  });

  it('refuses a header line of a megabyte', async () => {
    const reply = await answerTo(get('/health', `X-Long: ${'a'.repeat(1_000_000)}\r\n`));

    assert.equal(reply?.status, 431);
    fits(JSON.parse(reply.body), detail);
    const { text } = await curl(['-o', '/dev/null', '-w', '%{http_code}', '-H', `X-Long: ${'a'.repeat(100_000)}`,
      site.client.url('/health')]);
    assert.equal(text, '431');
    await isWell();
  });

  it('refuses a request line of a megabyte, and headers without end', async () => {
    const line = await answerTo(get(`/${'a'.repeat(1_000_000)}`));
    const many = await answerTo(get('/health', 'X-More: and more\r\n'.repeat(100_000)));

    assert.ok([414, 431].includes(line?.status), `${line?.status}`);
    assert.equal(many?.status, 431);
  });

  it('refuses a body that never ends', async () => {
    const wire = await Wire.open(site.server.port);
    await wire.send('POST /api/ingestion/settings HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n' +
      `Authorization: Bearer ${site.token}\r\n\r\n`);
    const chunk = `4000\r\n${' '.repeat(0x4000)}\r\n`;
    let sent = 0;

    while (wire.replies.length === 0 && !wire.over) {
      await wire.send(chunk);
      await new Promise(setImmediate);
      sent += 0x4000;
      assert.ok(sent < 64 << 20, 'the server takes 64 MiB without a word');
    }

    const [reply] = await wire.untilReplies(1);
    assert.equal(reply?.status, 413);
    wire.end();
    await isWell();
  });

  it('refuses a length that is too large before a byte of the body', async () => {
    for (const length of ['1048577', '99999999999', '18446744073709551616', '-1', 'x', '1, 2']) {
      const reply = await answerTo(`POST /auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\n\r\n`);
      assert.ok([400, 413].includes(reply?.status), `${length}: ${reply?.status}`);
    }
  });

  it('refuses what two servers could take for different requests', async () => {
    const post = (headers, body) => `POST /auth/login HTTP/1.1\r\nHost: x\r\n${headers}\r\n\r\n${body}`;
    for (const bytes of [
      post('Content-Length: 5\r\nTransfer-Encoding: chunked', '0\r\n\r\nG'),
      post('Content-Length: 3\r\nContent-Length: 5', '{} {}'),
      post('Transfer-Encoding: chunked, identity', '0\r\n\r\n'),
      post('Transfer-Encoding: xchunked', '0\r\n\r\n'),
      post('Transfer-Encoding : chunked', '0\r\n\r\n'),
      post('Transfer-Encoding: chunked', 'zz\r\n{}\r\n0\r\n\r\n'),
      'GET /health HTTP/1.1\r\nHost: x\r\n X-Folded: y\r\n\r\n', post('X-Folded: y\r\n Content-Length: 2', '{}'),
      post('Transfer-Encoding:\r\n chunked', '0\r\n\r\n'), post('Content-Length:\r\n\t2', '{}'),
      'GET /health HTTP/1.1\r\nNo colon here\r\n\r\n', 'GET /health\r\n\r\n', 'GET /health HTTP/9.9\r\nHost: x\r\n\r\n',
      'GET  /health HTTP/1.1\r\nHost: x\r\n\r\n', '\u0000\u0001\u0002\r\n\r\n', '\u0016\u0003\u0001\u0002\u0000\r\n\r\n']) {
      const wire = await Wire.open(site.server.port);
      await wire.send(Buffer.from(bytes, 'latin1'));
      const replies = await wire.untilReplies(1);
      assert.ok(replies.length <= 1);
      if (replies.length === 1)
        assert.ok([400, 404, 411, 501, 505].includes(replies[0].status), `${bytes}: ${replies[0].status}`);
      await within('the connection is closed', wire.closed, 15);
    }
    await isWell();
  });

  it('serves others while many send a byte at a time', async () => {
    // Longer than what anybody sends of it here: nobody's head is whole.
    const bytes = get('/api/jobs', `X-Long: ${'x'.repeat(10_000)}\r\n`);
    const wires = await Promise.all(Array.from({ length: 100 }, () => Wire.open(site.server.port)));
    let at = 0;
    const trickle = () => { for (const wire of wires) wire.send(bytes[at] ?? ''); at += 1; };
    const timer = setInterval(trickle, 30).unref();
    trickle();

    await isWell();
    for (let times = 0; times < 30 || at < 5; times += 1) await site.client.get('/api/jobs?limit=10', () => {});

    clearInterval(timer);
    for (const wire of wires) wire.end();
  });

  it('serves others while many read a byte at a time', async () => {
    const wires = await Promise.all(Array.from({ length: 30 }, () => Wire.open(site.server.port)));
    const path = '/api/jobs/export?format=jsonl';
    for (const wire of wires) {
      wire.socket.removeAllListeners('data');
      wire.socket.pause();
      wire.send(get(path, `Authorization: Bearer ${site.token}\r\n`));
    }
    let reads = 0;
    const read = () => { for (const wire of wires) wire.socket.read(1); reads += 1; };
    const timer = setInterval(read, 30).unref();

    await isWell();
    for (let times = 0; times < 5 || reads < 5; times += 1) {
      const whole = await site.client.ask('GET', path);
      assert.equal(whole.text.trimEnd().split('\n').length, 800);
    }

    clearInterval(timer);
    for (const wire of wires) wire.end();
    await isWell();
  });

  it('forgets those who open a stream and never read, and serves others', async () => {
    const runId = (await site.client.get('/api/ingestion/runs?limit=1', () => {})).runs[0].run_id;
    const wires = await Promise.all(Array.from({ length: 100 }, () => Wire.open(site.server.port)));
    for (const wire of wires) {
      wire.socket.pause();
      wire.send(get(`/api/ingestion/logs/${runId}/stream`, `Authorization: Bearer ${site.token}\r\n`));
    }

    await isWell();
    for (const wire of wires) wire.end();
    await isWell();
  });
});
