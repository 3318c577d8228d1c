// Runs that a function of AWS Lambda works on, and whose log is read back from CloudWatch.
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { foundLogs, isFinal, logs, started } from './support/answers.mjs';
import { Cloud, workerName } from './support/cloud.mjs';
import { OlderClient } from './support/older_client.mjs';
import { until, wholeSuite } from './support/wait.mjs';

describe('a run on the worker function', { timeout: wholeSuite }, () => {
  let cloud;
  afterEach(async () => {
    await cloud?.stop();
    cloud = undefined;
  });

  it('is started by the API function, and its log comes back from CloudWatch as it was stored', async () => {
    cloud = await Cloud.start({ late: (line) => (line % 7 === 0 ? 1_500 : 0) });
    cloud.aws.emptyPages = 1;
    cloud.aws.pageSize = 20;
    cloud.aws.requestsASecond = 4;

    const { run_id: runId } = await cloud.client.post('/api/ingestion/start', started);
    const run = await cloud.untilOver(runId);

    assert.equal(run.status, 'finished');
    assert.equal(run.total_jobs, 36);
    const stored = await cloud.linesOf(runId, cloud.site.client);
    assert.deepEqual(await cloud.linesOf(runId), stored);
    assert.equal(cloud.linesInCloud(runId).length, stored.length);
    assert.ok(cloud.linesInCloud(runId).every(({ message }) => /\t\d+ [iwe] \d{13} /.test(message)));
    for (const [query, shape] of [['q=upsert', foundLogs], ['level=warning', foundLogs],
      [`company=${cloud.site.boards[0].name}`, foundLogs], ['limit=5&next_token=3', logs],
      [`start_time=${stored[4].timestamp}`, logs]]) {
      const path = `/api/ingestion/logs/${runId}?${query}`;
      assert.deepEqual(await cloud.client.get(path, shape), await cloud.site.client.get(path, shape), query);
    }
    const file = async (client) => (await client.ask('GET', `/api/ingestion/logs/${runId}/download`)).text;
    assert.equal(await file(cloud.client), await file(cloud.site.client));
    assert.deepEqual(cloud.worker.invocations.map(({ run_id, use_test_db, chain }) => [run_id, use_test_db, chain]),
      [[runId, false, 0]]);
  });

  it('is finished by another try where its worker was killed', async () => {
    cloud = await Cloud.start();
    cloud.site.gateway.hold();
    const { run_id: runId } = await cloud.client.post('/api/ingestion/start', started);
    await cloud.site.gateway.untilHeld(1);

    cloud.worker.killBusy();
    cloud.site.gateway.open();
    const run = await cloud.untilOver(runId);

    assert.equal(run.status, 'finished');
    assert.equal(run.total_jobs, 36);
    assert.deepEqual(cloud.worker.outcomes.map(({ error }) => error?.type), ['Runtime.ExitError', undefined]);
    assert.deepEqual(await cloud.linesOf(runId), await cloud.linesOf(runId, cloud.site.client));
  });

  it('is left to who works on it, and to nobody once it has ended', async () => {
    cloud = await Cloud.start();
    cloud.site.gateway.hold();
    const { run_id: runId } = await cloud.client.post('/api/ingestion/start', started);
    await cloud.site.gateway.untilHeld(1);
    const again = cloud.worker.invocations[0];

    await cloud.worker.run(again);
    cloud.site.gateway.open();
    await cloud.untilOver(runId);
    await until('the first invocation is over', () => cloud.worker.outcomes.length === 2);
    await cloud.worker.run(again);

    assert.deepEqual(cloud.worker.outcomes.map(({ answer }) => answer),
      [{ run_id: runId, is_worked_on: 'initializing' }, { run_id: runId, left_as: 'finished' },
        { run_id: runId, has_ended: 'finished' }]);
  });

  it('is refused where the worker is', async () => {
    cloud = await Cloud.start();
    cloud.aws.functions.delete(workerName);

    const answer = await cloud.client.refused(500, 'POST', '/api/ingestion/start');

    assert.equal(answer.json.detail, 'Failed to start ingestion worker');
    const [run] = (await cloud.client.ask('GET', '/api/ingestion/runs')).json.runs;
    assert.equal(run.status, 'error');
    assert.match(run.error_message, /^Failed to start worker: .*rolecall-worker/);
  });

  it('is asked for again where nobody knows whether that arrived', async () => {
    cloud = await Cloud.start();
    cloud.aws.fail('Invoke', 'reset', 4);

    const { run_id: runId } = await cloud.client.post('/api/ingestion/start', started);
    const run = await cloud.untilOver(runId);

    assert.equal(run.status, 'finished');
    assert.equal(cloud.aws.count('Invoke'), 5);
    assert.equal(cloud.worker.invocations.length, 1);
  });

  it('is seen to its end by an older client that asks every three seconds', async () => {
    cloud = await Cloud.start({ companies: 4, jobs: 30, late: (line) => (line % 5 === 0 ? 2_500 : 200) });
    const page = new OlderClient(cloud, cloud.client);

    await page.start();
    await page.untilOver();

    const run = await cloud.site.runOf(page.runId);
    assert.equal(page.status, run.status);
    assert.deepEqual(page.lines.map(({ message }) => message),
      (await cloud.linesOf(page.runId, cloud.site.client)).map(({ message }) => message));
    assert.equal(page.jobs.size, run.total_jobs);
  });

  it('has its lines from the table while CloudWatch fails', async () => {
    cloud = await Cloud.start();
    cloud.aws.fail('FilterLogEvents', 'fail', 1_000);
    const { run_id: runId } = await cloud.client.post('/api/ingestion/start', started);

    const run = await cloud.untilOver(runId);

    assert.equal(run.status, 'finished');
    assert.deepEqual(await cloud.linesOf(runId), await cloud.linesOf(runId, cloud.site.client));
    assert.ok(cloud.aws.count('FilterLogEvents') < 20, 'it is left alone for a while');
    assert.match(cloud.lambda.process.err, /CloudWatch|FilterLogEvents/);
  });

  it('is told of in time though CloudWatch does not answer', async () => {
    cloud = await Cloud.start();
    cloud.aws.fail('FilterLogEvents', 'hang', 1_000);

    const { run_id: runId } = await cloud.client.post('/api/ingestion/start', started);
    const slowest = [];
    const run = await until('the run is over', async () => {
      const begun = performance.now();
      const now = await cloud.site.runOf(runId, cloud.client);
      slowest.push(performance.now() - begun);
      return isFinal(now.status) ? now : null;
    }, 60);

    assert.equal(run.status, 'finished');
    assert.ok(Math.max(...slowest) < 10_000, `${Math.max(...slowest)} ms`);
    assert.deepEqual(await cloud.linesOf(runId), await cloud.linesOf(runId, cloud.site.client));
  });

  it('has its lines from the table where CloudWatch lost some', async () => {
    cloud = await Cloud.start({ late: (line) => (line === 3 ? 3_600_000 : 0) });
    const { run_id: runId } = await cloud.client.post('/api/ingestion/start', started);

    const begun = performance.now();
    await cloud.untilOver(runId);

    assert.ok(cloud.aws.count('FilterLogEvents') > 0);
    assert.ok(performance.now() - begun > 10_000, 'what CloudWatch lacks is waited for');
    assert.deepEqual(await cloud.linesOf(runId), await cloud.linesOf(runId, cloud.site.client));
  });
});
