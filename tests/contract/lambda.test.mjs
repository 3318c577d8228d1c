// The interface as a function of AWS Lambda: the same routes, asked by events.
import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import { after, afterEach, before, describe, it } from 'node:test';
import { companies, detail, health, logs as logLines, started, user } from './support/answers.mjs';
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

  it('packs what is long for those who take it', async () => {
    const { answer } = await ask('GET', '/api/jobs', { query: 'limit=50', headers: { 'accept-encoding': 'gzip' } });

    assert.equal(answer.headers['Content-Encoding'], 'gzip');
    assert.equal(answer.isBase64Encoded, true);
    JSON.parse(gunzipSync(Buffer.from(answer.body, 'base64')));
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
