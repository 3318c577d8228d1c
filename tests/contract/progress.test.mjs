// The progress stream: the whole state, then what changes, then the end, for good.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { EventSource } from 'eventsource';
import { aborted, events, isFinal } from './support/answers.mjs';
import { fits } from './support/shapes.mjs';
import { Site } from './support/site.mjs';
import { Telling } from './support/telling.mjs';
import { wholeSuite, within } from './support/wait.mjs';

describe('progress', { timeout: wholeSuite }, () => {
  let site;
  let runId;
  let idle;
  before(async () => {
    site = await Site.start({ companies: 3, jobs: 10 });
    await site.followAll();
  });
  after(() => site?.stop());

  const path = () => `/api/ingestion/progress/${runId}`;
  const watch = (options) => site.client.stream(path(), options);

  it('begins with the whole state', async () => {
    site.gateway.hold();
    runId = await site.startRun();
    await site.gateway.untilHeld(1);

    const stream = await watch();
    const telling = await Telling.of(stream).untilWhole();

    assert.equal(stream.response.headers.get('x-accel-buffering'), 'no');
    assert.match(stream.response.headers.get('cache-control'), /no-cache/);
    const { status, total_jobs } = await site.runOf(runId);
    assert.equal(telling.numbers.status, status);
    assert.equal(telling.status, status);
    assert.equal(telling.numbers.total_jobs, total_jobs);
    assert.equal(stream.over, false);
    await stream.cut();
    idle = await watch();
  });

  it('tells each change in a shape of the contract, and ends with the final status', async () => {
    const stream = await watch();
    await Telling.of(stream).untilWhole();
    site.gateway.letThrough(1);
    await site.gateway.untilHeld(1);
    // The stream that is idle is not: it hears of the same, and a comment line keeps it awake.
    await idle.until('a comment line', () => idle.comments > 0);
    site.gateway.open();

    assert.equal(await stream.untilEnd(), 'closed');

    const telling = Telling.of(stream);
    assert.deepEqual(telling.steps.filter(isFinal), ['finished']);
    assert.equal(stream.events.at(-1).event, 'status');
    assert.deepEqual(telling.numbersOnly(), Telling.numbersOf(await site.runOf(runId)));
    const all = stream.events.filter((one) => one.event === 'all_jobs');
    assert.ok(all.length >= 2, 'all_jobs comes on connecting and before the final status');
    assert.equal(telling.jobs.size, 30);
    assert.ok([...telling.jobs.values()].every((status) => status === 'ready'));
    const last = Object.values(JSON.parse(all.at(-1).data)).flat();
    assert.ok(last.every((job) => job.status === 'ready') && last.length === 30);
    assert.equal(await idle.untilEnd(), 'closed');
    assert.equal(idle.events.at(-1).data, 'finished');
  });

  it('gives the final state once to whoever comes after the end', async () => {
    const stream = await watch();

    assert.equal(await stream.untilEnd(), 'closed');

    const telling = Telling.of(stream);
    assert.deepEqual(telling.steps, ['finished']);
    assert.deepEqual(telling.numbersOnly(), Telling.numbersOf(await site.runOf(runId)));
    assert.equal(stream.events.filter((one) => one.event === 'message').length, 1);
    assert.equal(telling.jobs.size, 30);
    assert.ok(stream.lastEventId, 'the final status brings an id');
  });

  it('is 204 to whoever comes again with the id of the end, and only then', async () => {
    const { lastEventId } = await watch().then(async (stream) => { await stream.untilEnd(); return stream; });

    const again = await watch({ lastEventId });
    const odd = await watch({ lastEventId: 'something else' });

    assert.equal(again.status, 204);
    assert.equal(again.body, '');
    assert.equal(odd.status, 200);
    assert.equal(await odd.untilEnd(), 'closed');
  });

  it('of another run is not ended by that id', async () => {
    const { lastEventId } = await watch().then(async (stream) => { await stream.untilEnd(); return stream; });
    site.gateway.hold();
    runId = await site.startRun();

    const stream = await watch({ lastEventId });

    assert.equal(stream.status, 200);
    await Telling.of(stream).untilWhole();
    await stream.cut();
  });

  it('is understood by an EventSource, which stops asking after the end', async () => {
    let asked = 0;
    const words = [];
    const numbers = [];
    const source = new EventSource(`${site.client.url(path())}?token=${site.token}`, {
      fetch: (url, init) => { asked += 1; return fetch(url, init); } });
    const opened = new Promise((resolve) => { source.addEventListener('open', resolve, { once: true }); });
    const ended = new Promise((resolve) => {
      source.addEventListener('error', () => { if (source.readyState === EventSource.CLOSED) resolve(); });
    });
    source.addEventListener('status', (event) => words.push(event.data));
    source.addEventListener('message', (event) => numbers.push(fits(JSON.parse(event.data), events.message)));

    await within('the EventSource is open', opened);
    site.gateway.open();
    await within('the EventSource gives up after the end', ended, 60);

    assert.equal(source.readyState, EventSource.CLOSED);
    assert.equal(words.at(-1), 'finished');
    assert.equal(words.filter(isFinal).length, 1);
    assert.deepEqual(Telling.numbersOf(numbers.at(-1)), Telling.numbersOf(await site.runOf(runId)));
    assert.equal(asked, 2);
  });

  it('ends with aborted where the run is', async () => {
    site.gateway.hold();
    runId = await site.startRun();
    const stream = await watch();
    await Telling.of(stream).untilWhole();

    await site.client.post(`/api/ingestion/abort/${runId}`, aborted);

    assert.equal(await stream.untilEnd(), 'closed');
    assert.deepEqual(Telling.of(stream).steps.filter(isFinal), ['aborted']);
    assert.equal(stream.events.at(-1).data, 'aborted');
    site.gateway.open();
  });

  it('of many is told to all of them', async () => {
    site.gateway.hold();
    runId = await site.startRun();
    const streams = await Promise.all(Array.from({ length: 20 }, () => watch()));
    site.gateway.open();

    const ends = await Promise.all(streams.map((stream) => stream.untilEnd()));

    assert.ok(ends.every((how) => how === 'closed'));
    for (const stream of streams) assert.deepEqual(Telling.of(stream).steps.filter(isFinal), ['finished']);
  });

  it('of a run that is not there is not found', async () => {
    await site.client.refused(404, 'GET', '/api/ingestion/progress/987654321');
  });
});
