// The interface as a function of AWS Lambda: the same routes, asked by events.
import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import { after, afterEach, before, describe, it } from 'node:test';
import { companies, detail, health, logs as logLines, started, user, viewKey } from './support/answers.mjs';
import { LambdaEnvironment, httpEvent } from './support/lambda.mjs';
import { fits } from './support/shapes.mjs';
import { Site } from './support/site.mjs';
import { until, wholeSuite } from './support/wait.mjs';

describe('the API function', { timeout: wholeSuite }, () => {
  let site;
  let lambda;
  before(async () => {
    site = await Site.start({ companies: 2, jobs: 12 });
    await site.followAll();
    lambda = await LambdaEnvironment.start({ handler: 'api', environment: site.environment });
  });
  after(async () => {
    await lambda?.stop();
    await site?.stop();
  });

  async function ask(method, path, options = {}) {
    const { answer, error } = await lambda.invoke(httpEvent(method, path, { token: site.token, ...options }));
    assert.equal(error, undefined, JSON.stringify(error));
    return { status: answer.statusCode, headers: answer.headers, text: answer.body,
      json: answer.headers['Content-Type'] === 'application/json' && !answer.isBase64Encoded
        ? JSON.parse(answer.body) : undefined,
      answer };
  }
  const get = async (path, shape, options) => {
    const { status, json } = await ask('GET', path, options);
    assert.equal(status, 200);
    return fits(json, shape);
  };

  it('answers as the server does', async () => {
    await get('/health', health, { token: undefined });
    const me = await site.client.get('/api/user', user);
    const picture = new URL(me.picture).pathname;
    assert.deepEqual(await get('/api/user', user), { ...me, picture: `https://jobs.example.com${picture}` });
    await get('/api/ingestion/companies', companies);
  });

  it('refuses whoever is not signed in, and what is not there', async () => {
    const nobody = await ask('GET', '/api/user', { token: undefined });
    assert.equal(nobody.status, 401);
    fits(nobody.json, detail);
    assert.equal((await ask('GET', '/nothing-at-all')).status, 404);
  });

  it('is asked behind a stage', async () => {
    const { status } = await ask('GET', '/health', { stage: 'prod' });

    assert.equal(status, 200);
  });

  it('starts a run that any worker does, and tells of it', async () => {
    const { status, json } = await ask('POST', '/api/ingestion/start', { body: {} });
    assert.equal(status, 200);
    const { run_id: runId } = fits(json, started);
    await site.untilOver(runId);

    const log = await ask('GET', `/api/ingestion/logs/${runId}/stream`);
    assert.equal(log.answer.headers['Content-Type'], 'text/event-stream');
    const told = log.answer.body.split('\n\n').filter((event) => event.startsWith('id: '));
    const { logs } = await site.client.get(`/api/ingestion/logs/${runId}`, logLines);
    assert.equal(told.length, logs.length);
    assert.match(log.answer.body, /retry: 3000\n\n$/);
  });

  it('leaves out the jobs that a watcher has, and tells others anew', async () => {
    site.gateway.hold();
    await site.boardsDo('next');
    const { json: { run_id: runId } } = await ask('POST', '/api/ingestion/start', { body: {} });
    await site.gateway.untilHeld(1);
    const watch = async (id) => (await ask('GET', `/api/ingestion/progress/${runId}`,
      { headers: id ? { 'last-event-id': id } : {} })).answer.body;

    const first = await watch();
    const [, id] = /^id: (.+)\nevent: all_jobs$/m.exec(first);
    const second = await watch(id);
    site.gateway.open();
    await site.untilOver(runId);
    const third = await watch(id);

    assert.equal(second, first.replace(/^id: .+\nevent: all_jobs\ndata: .*\n\n/m, ''));
    assert.match(third, /^event: all_jobs$/m);
    assert.match(third, /^event: status\ndata: finished$/m);
  });

  it('packs what is long for those who take it', async () => {
    const { answer } = await ask('GET', '/api/jobs', { query: 'limit=50', headers: { 'accept-encoding': 'gzip' } });

    assert.equal(answer.headers['Content-Encoding'], 'gzip');
    assert.equal(answer.isBase64Encoded, true);
    JSON.parse(gunzipSync(Buffer.from(answer.body, 'base64')));
  });

  it('tells a feed to whoever has its key, which stands in no log', async () => {
    assert.equal((await ask('PUT', '/api/views/mine', { body: {} })).status, 201);
    const { key } = fits((await ask('POST', '/api/views/mine/key')).json, viewKey);
    const feed = (sent) => ask('GET', '/api/views/mine/feed.atom', { query: `key=${sent}`, token: undefined });

    const { status, headers, text } = await feed(key);
    const refused = await feed(`${key}x`);

    assert.equal(status, 200);
    assert.match(headers['Content-Type'], /^application\/atom\+xml/);
    assert.match(text, /^<\?xml .*<title>mine<\/title>/s);
    assert.equal(refused.status, 404);
    assert.ok(!(lambda.process.out + lambda.process.err).includes(key));
  });

  it('lives on after events that are none', async () => {
    for (const odd of ['', '{', 'null', '[]', '{}', '{"run_id": 5, "user_id": 1}', '{"requestContext": {"http": {}}}',
      `"${'x'.repeat(1_000_000)}"`]) {
      const { error } = await lambda.invoke(odd);
      assert.equal(error?.type, 'Function.InvalidEvent', odd.slice(0, 50));
      assert.match(error.message, /^the event /);
    }
    await get('/health', health);
    assert.equal(lambda.connections, 1);
  });
});

describe('an API function behind a Function URL that streams', { timeout: wholeSuite }, () => {
  let site;
  let lambda;
  before(async () => {
    site = await Site.start({ companies: 2, jobs: 12 });
    await site.followAll();
    lambda = await LambdaEnvironment.start({ handler: 'api', seconds: 8,
      environment: { ...site.environment, ROLECALL_FUNCTION_URL: 'RESPONSE_STREAM' } });
  });
  after(async () => {
    await lambda?.stop();
    await site?.stop();
  });
  const ask = (path, { onPart, ...options } = {}) => lambda.invoke(httpEvent('GET', path,
    { token: site.token, domainName: 'abc.lambda-url.eu-west-1.on.aws', ...options }), onPart);

  it('passes plain answers on', async () => {
    const { streamed } = await ask('/api/user');

    assert.equal(streamed.statusCode, 200);
    assert.equal(streamed.headers['Content-Type'], 'application/json');
    fits(JSON.parse(streamed.body), user);
  });

  it('streams a run as it goes, to its end', async () => {
    site.gateway.hold();
    const runId = await site.startRun();
    await site.gateway.untilHeld(1);
    let opened = false;
    const progress = await ask(`/api/ingestion/progress/${runId}`, { onPart: (body) => {
      if (opened || !body.includes('event: status')) return;
      opened = true;
      site.gateway.open();
    } });

    assert.equal(progress.streamed.headers['Content-Type'], 'text/event-stream');
    assert.match(progress.streamed.body, /event: status\ndata: initializing\n\n/);
    assert.match(progress.streamed.body, /event: status\ndata: finished\n\n$/);
    assert.equal(progress.broken, undefined);
  });

  it('ends a stream before its deadline, and goes on where it was', async () => {
    site.gateway.hold();
    await site.boardsDo('next');
    const runId = await site.startRun();
    await site.gateway.untilHeld(1);

    const begun = performance.now();
    const { streamed } = await ask(`/api/ingestion/logs/${runId}/stream`);
    const seconds = (performance.now() - begun) / 1000;
    site.gateway.open();
    await site.untilOver(runId);
    const last = [...streamed.body.matchAll(/^id: (\d+)$/gm)].at(-1)[1];
    const rest = await ask(`/api/ingestion/logs/${runId}/stream`, { headers: { 'last-event-id': last } });

    assert.ok(seconds > 4 && seconds < 8, `${seconds} s`);
    const { logs } = await site.client.get(`/api/ingestion/logs/${runId}`, logLines);
    const told = [...(streamed.body + rest.streamed.body).matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
    assert.deepEqual(told, logs.map(({ id }) => id));
  });

  it('answers whole behind an HTTP API, which does not stream', async () => {
    const { answer } = await ask('/health', { domainName: 'abc.execute-api.eu-west-1.amazonaws.com' });

    assert.equal(answer.statusCode, 200);
  });
});

describe('an API function that is not set up', { timeout: wholeSuite }, () => {
  let lambda;
  afterEach(() => lambda?.stop());

  it('answers 500 without saying why to strangers, and says it in its log', async () => {
    lambda = await LambdaEnvironment.start({ handler: 'api',
      environment: { DATABASE_URL: 'sqlite::memory:', SECRET_KEY: 'short' } });
    const { answer } = await lambda.invoke(httpEvent('GET', '/health'));

    assert.equal(answer.statusCode, 500);
    assert.doesNotMatch(answer.body, /SECRET/);
    await until('the log says why', () => /SECRET_KEY/.test(lambda.process.err));
  });

  it('refuses to be a handler that there is not', async () => {
    lambda = await LambdaEnvironment.start({ handler: 'nonsense', environment: {} });
    const { error } = await lambda.invoke({});

    assert.equal(error.type, 'Function.NoSuchHandler');
  });
});
