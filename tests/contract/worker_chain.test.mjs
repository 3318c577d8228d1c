// What the worker function does with its time, with events of all kinds, and with two databases.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, it } from 'node:test';
import { started } from './support/answers.mjs';
import { Client } from './support/client.mjs';
import { Cloud, workerName } from './support/cloud.mjs';
import { makeDatabase } from './support/databases.mjs';
import { LambdaEnvironment, WorkerFunction } from './support/lambda.mjs';
import { Process, Service, call } from './support/program.mjs';
import { local } from './support/site.mjs';
import { until, wholeSuite, within } from './support/wait.mjs';

describe('the worker function', { timeout: wholeSuite }, () => {
  let cloud;
  afterEach(async () => {
    await cloud?.stop();
    cloud = undefined;
  });

  it('hands a run on before its deadline, with the same result as in one go', async () => {
    cloud = await Cloud.start();
    const { run_id: inOneGo } = await cloud.client.post('/api/ingestion/start', started);
    const before = await cloud.untilOver(inOneGo);
    await cloud.stop();

    cloud = await Cloud.start({ seconds: 20 });
    cloud.site.gateway.hold();
    const { run_id: runId } = await cloud.client.post('/api/ingestion/start', started);
    await until('it is handed on twice', () => cloud.worker.invocations.length === 3, 90);
    cloud.site.gateway.open();
    const run = await cloud.untilOver(runId);

    for (const number of ['total_jobs', 'jobs_ready', 'jobs_failed', 'jobs_new'])
      assert.equal(run[number], before[number], number);
    assert.deepEqual(cloud.worker.invocations.map(({ run_id, chain }) => [run_id, chain]),
      [[runId, 0], [runId, 1], [runId, 2]]);
    const lines = (await cloud.linesOf(runId)).map(({ message }) => message);
    assert.equal(lines.filter((line) => / HANDED ON before the deadline, \d of 15 times$/.test(line)).length, 2);
  });

  it('goes on waiting in a mock run from where it was', async () => {
    cloud = await Cloud.start({ seconds: 20,
      settings: { ROLECALL_INGESTION: 'mock', ROLECALL_MOCK_WAIT: '35s' } });

    const begun = performance.now();
    const { run_id: runId } = await cloud.client.post('/api/ingestion/start', started);
    const run = await cloud.untilOver(runId);
    const seconds = (performance.now() - begun) / 1000;

    assert.equal(run.status, 'finished');
    assert.equal(run.jobs_ready, run.total_jobs);
    assert.ok(seconds > 34 && seconds < 75, `${seconds} s`);
    assert.deepEqual(cloud.worker.invocations.map(({ chain }) => chain), [0, 1, 2]);
  });

  it('ends a chain of fifteen by itself, and says who takes the run up', async () => {
    cloud = await Cloud.start({ seconds: 3 });
    cloud.site.gateway.hold();
    cloud.aws.functions.set(workerName, () => {});
    const { run_id: runId } = await cloud.client.post('/api/ingestion/start', started);

    await cloud.worker.run({ run_id: runId, user_id: 1, use_test_db: false, chain: 15 });

    assert.deepEqual(cloud.worker.outcomes[0].answer, { run_id: runId, left_as: 'initializing' });
    const last = (await cloud.linesOf(runId, cloud.site.client)).at(-1);
    assert.match(last.message, /LEFT: the run was handed on 15 times in a row; the next look at the run, or the schedule/);
    assert.equal(cloud.aws.count('Invoke'), 1);
  });

  it('answers what no other try can mend, with one line in its log, and lives on', async () => {
    cloud = await Cloud.start();
    const { run_id: runId } = await cloud.site.client.post('/api/ingestion/start', started);
    const order = { run_id: runId, user_id: 1, use_test_db: false };
    const environment = await LambdaEnvironment.start({ handler: 'worker', environment: cloud.environment });
    try {
      for (const [event, sentence] of [
        ['run 12', /^the event is no JSON/],
        ['[]', /^the event is no JSON object$/],
        [{ ...order, run_id: undefined }, /^the event has no run_id$/],
        [{ ...order, use_test_db: 'no' }, /^the event must have true or false as its use_test_db$/],
        [{ ...order, user_id: 2 }, /no run/],
        [{ ...order, run_id: 4711 }, /no run 4711/],
        [{ ...order, run_key: 'of another' }, /has another run_key/],
        [{ ...order, use_test_db: true }, /^TEST_DATABASE_URL is not set/],
        [{ more: 'x'.repeat(1_000_000) }, /^the event has no run_id$/],
      ]) {
        const said = environment.process.err.length;
        const { answer, error } = await environment.invoke(event);
        assert.equal(error, undefined, JSON.stringify(error));
        assert.match(answer.refused, sentence, JSON.stringify(event).slice(0, 100));
        await until('its log says so', () => environment.process.err.slice(said).endsWith('\n'));
        assert.equal(environment.process.err.slice(said), `${answer.refused}\n`);
      }
      const { answer } = await environment.invoke(order);
      assert.deepEqual(answer, { run_id: runId, left_as: 'finished' });
    } finally {
      await environment.stop();
    }
  });

  it('has events tried again while its database is away', async () => {
    cloud = await Cloud.start();
    const environment = await LambdaEnvironment.start({ handler: 'worker', environment: {
      ...cloud.environment, DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' } });
    try {
      const { error } = await environment.invoke({ run_id: 1, user_id: 1, use_test_db: false });
      assert.equal(error.type, 'Function.Unavailable');
    } finally {
      await environment.stop();
    }
  });

  it('takes up on a schedule what was left, and starts what is due', async () => {
    cloud = await Cloud.start();
    const other = await cloud.site.addUser('other@example.com');
    await cloud.site.followAll('other@example.com');
    const { run_id: left } = await cloud.site.client.post('/api/ingestion/start', started);
    const long = cloud.site.database.url.startsWith('sqlite') ? "'2026-01-01T00:00:00.000Z'" : "now() - interval '1 hour'";
    await cloud.site.sql(`UPDATE ingestion_runs SET heartbeat_at = ${long};`);

    await cloud.worker.run({ scheduled: true });

    const [{ answer }] = cloud.worker.outcomes.filter(({ payload }) => payload.scheduled);
    assert.equal(answer.started.length, 1);
    await cloud.untilOver(left);
    await until('the run of the other is over', async () =>
      (await cloud.site.runOf(answer.started[0], other)).status === 'finished');
    await cloud.worker.run({ scheduled: true });
    assert.deepEqual(cloud.worker.outcomes.at(-1).answer, { started: [] });
  });

  it('is not asked for by a local server without a test database', async () => {
    cloud = await Cloud.start();
    const environment = { ...cloud.environment, WORKER_FUNCTION_NAME: workerName };

    const serve = new Process(['serve', '--port', '0'], environment);
    await within('it refuses', serve.ended);

    assert.equal(serve.code, 64);
    assert.match(serve.err, /WORKER_FUNCTION_NAME is set, and TEST_DATABASE_URL is not/);
  });

  it('writes to the test database alone for a local server', async () => {
    cloud = await Cloud.start();
    const { site } = cloud;
    await site.rolecall(['run']);
    const folder = mkdtempSync(join(tmpdir(), 'rolecall-contract-'));
    const test = await makeDatabase(folder);
    const environment = { ...cloud.environment, TEST_DATABASE_URL: test.url };
    const onTest = { ...site.environment, DATABASE_URL: test.url };
    let server;
    let worker;
    try {
      for (const { name, board, token } of site.boards)
        await call(['--user', local, 'companies', 'add', name, '--board', board, '--token', token], onTest);
      const token = await call(['--user', local, 'user', 'token', '--expires', '1d'], onTest);
      worker = new WorkerFunction({ aws: cloud.aws, environment });
      const tables = await site.sql(test.url.startsWith('sqlite')
        ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name;"
        : "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename;");
      assert.ok(tables.includes('run_log_heads') && tables.length > 20, `${tables}`);
      await site.server.stop();
      const production = async () => Promise.all(tables.map((table) => site.sql(`SELECT * FROM ${table} ORDER BY 1, 2;`)));
      const before = await production();
      server = await Service.start(['serve', '--host', '127.0.0.1'],
        { environment: { ...environment, WORKER_FUNCTION_NAME: workerName }, portFile: join(folder, 'port') });
      const client = new Client(server, token);

      const { run_id: runId } = await client.post('/api/ingestion/start', started);
      const run = await site.untilOver(runId, client);

      assert.equal(run.status, 'finished');
      assert.equal(run.total_jobs, 36);
      assert.deepEqual(worker.invocations.map(({ use_test_db }) => use_test_db), [true]);
      const lines = await cloud.linesOf(runId, client);
      assert.ok(lines.length > 5);
      for (const { message } of lines) assert.ok(message.startsWith(`[TEST][IngestionWorker:run_id=${runId}] `), message);
      assert.deepEqual(await production(), before);
    } finally {
      await server?.stop();
      await worker?.stop();
      await test.remove();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
