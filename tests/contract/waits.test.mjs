// Companies whose vendor asked for patience: until when they wait, and why.
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { aborted } from './support/answers.mjs';
import { Process } from './support/program.mjs';
import { Site } from './support/site.mjs';
import { Telling } from './support/telling.mjs';
import { wholeSuite, within } from './support/wait.mjs';

const asked = 'greenhouse asked us to wait (429, Retry-After)';

describe('a company that waits for its vendor', { timeout: wholeSuite }, () => {
  let site;
  afterEach(async () => {
    await site?.stop();
    site = undefined;
  });

  const on = (board) => site.boards.filter((one) => one.board === board).map(({ name }) => name);
  const waiting = (companies) => companies.filter((one) => one.waits_until !== null);

  // A run of boards of greenhouse alone, whose first request is answered with 429.
  async function startAndHoldBack(seconds) {
    for (const { name, board, token } of site.boards.filter((one) => one.board === 'greenhouse'))
      await site.rolecall(['companies', 'add', name, '--board', board, '--token', token]);
    site.gateway.hold();
    const runId = await site.startRun();
    const stream = await site.client.stream(`/api/ingestion/progress/${runId}`);
    await Telling.of(stream).untilWhole();
    await site.gateway.untilHeld(1);
    assert.deepEqual(waiting((await site.runOf(runId)).companies), []);
    site.gateway.answer(429, { 'Retry-After': String(seconds) });
    await stream.until('a company waits', () => waiting([...Telling.of(stream).companies.values()]).length > 0);
    return { runId, stream };
  }

  async function expectPatience({ runId, stream }, least, most) {
    const now = Date.now();
    const { companies } = await site.runOf(runId);

    const names = on('greenhouse');
    assert.deepEqual(waiting(companies).map(({ company }) => company), [...names].sort());
    for (const one of companies) {
      assert.equal(one.waits_why, asked);
      const left = Date.parse(one.waits_until) - now;
      assert.ok(left > least * 1000 && left <= most * 1000, `${left} ms`);
      assert.ok(['waiting', 'reading'].includes(one.status), one.status);
    }
    const told = await stream.until('the stream tells the same', () => {
      const all = [...Telling.of(stream).companies.values()];
      return all.length === names.length && all.every((one) => one.waits_why === asked) && all;
    });
    assert.ok(told.every((one) => one.waits_until === companies[0].waits_until), JSON.stringify(told));
  }

  it('says so, and no longer once its run has ended', async () => {
    site = await Site.start({ companies: 4, jobs: 3 });
    const held = await startAndHoldBack(50);

    await expectPatience(held, 5, 50);

    await site.client.post(`/api/ingestion/abort/${held.runId}`, aborted);
    assert.equal(await held.stream.untilEnd(), 'closed');
    assert.deepEqual(waiting([...Telling.of(held.stream).companies.values()]), []);
    assert.deepEqual(waiting((await site.runOf(held.runId)).companies), []);
  });

  it('says so where its worker is another process', async () => {
    site = await Site.start({ companies: 4, jobs: 3, workers: 0 });
    const worker = new Process(['work'], site.environment);
    try {
      await expectPatience(await startAndHoldBack(50), 5, 50);
    } finally {
      worker.child.kill('SIGTERM');
      await within('the worker ends', worker.ended);
    }
  });

  it('says so no longer once the time is over, and goes on', async () => {
    site = await Site.start({ companies: 4, jobs: 3 });
    const { runId, stream } = await startAndHoldBack(4);
    const told = () => [...Telling.of(stream).companies.values()];

    // Nothing else happens: the gate is closed.
    await stream.until('no company waits', () => waiting(told()).length === 0);

    assert.ok(told().every((one) => !['done', 'error'].includes(one.status)), JSON.stringify(told()));
    assert.deepEqual(waiting((await site.runOf(runId)).companies), []);
    site.gateway.open();
    const over = await site.untilOver(runId);
    assert.equal(over.status, 'finished');
    assert.equal(await stream.untilEnd(), 'closed');
  });
});
