// A run of 5,000 jobs, watched over a connection that is cut 20 times and a server that is restarted twice.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { EventSource } from 'eventsource';
import { isFinal } from './support/answers.mjs';
import { Site } from './support/site.mjs';
import { Telling } from './support/telling.mjs';
import { until, wholeSuite } from './support/wait.mjs';

const cuts = 20;
const restartsAt = [7, 14];

describe('a run of 5,000 jobs', { timeout: wholeSuite }, () => {
  let site;
  let runId;
  let last = { total_jobs: 0, jobs_ready: 0, jobs_skipped: 0, jobs_expired: 0, jobs_failed: 0, status: 'pending' };
  let stream;
  before(async () => {
    site = await Site.start({ companies: 10, jobs: 500, workers: 2 });
    await site.followAll();
    site.gateway.hold();
    runId = await site.startRun();
  });
  after(() => site?.stop());

  const watch = (options) => site.client.stream(`/api/ingestion/progress/${runId}`, options);

  // Whoever comes now is told a state between what the server says before and after: the same one where it stands still.
  async function comeAgain() {
    const earlier = await site.runOf(runId);
    stream = await watch({ lastEventId: stream?.lastEventId });
    assert.equal(stream.status, 200);
    const whole = await Telling.of(stream).untilWhole();
    const later = await site.runOf(runId);
    const first = JSON.parse(stream.events.find((one) => one.event === 'message').data);
    Telling.neverFall(earlier, first);
    Telling.neverFall(first, later);
    Telling.neverFall(last, first);
    last = whole.numbers;
    return whole;
  }

  async function cut() {
    await stream.cut();
    const told = Telling.of(stream);
    Telling.neverFall(last, told.numbers);
    last = told.numbers;
  }

  it('is told wholly after each cut, and its numbers never fall', async () => {
    await comeAgain();
    for (let times = 1; times <= cuts; times += 1) {
      const before = site.gateway.passed;
      // Listings at first, then one description after another: each cut comes while something is under way.
      site.gateway.letThrough(times <= 10 ? 2 : 25);
      await site.gateway.untilHeld(1);
      assert.ok(site.gateway.passed > before);
      await cut();
      if (restartsAt.includes(times)) await site.restart();
      await comeAgain();
    }
    assert.ok(!isFinal(last.status), 'the run was over before the last cut');
    assert.ok(last.total_jobs > 0);
  });

  it('is told by a server that goes to whoever watches, who comes again', async () => {
    const source = new EventSource(`${site.client.url(`/api/ingestion/progress/${runId}`)}?token=${site.token}`);
    const told = []; // of each connection, what it was told
    source.addEventListener('open', () => told.push([]));
    source.addEventListener('message', (event) => told.at(-1).push(JSON.parse(event.data)));
    await until('the EventSource is told the state', () => told.length === 1 && told[0].length > 0);

    await site.restart();
    await until('the EventSource comes again by itself', () => told.length >= 2 && told.at(-1).length > 0);

    source.close();
    told.flat().reduce((before, now) => { Telling.neverFall(before, now); return now; });
    // The stream of before the restart ended with its server.
    assert.notEqual(await stream.untilEnd(), 'cut');
    await comeAgain();
  });

  it('comes to its end: the final status is the last word, and is said once', async () => {
    site.gateway.open();

    assert.equal(await stream.untilEnd(180), 'closed');

    const told = Telling.of(stream);
    assert.deepEqual(told.steps.filter(isFinal), ['finished'], JSON.stringify(told.steps));
    assert.equal(stream.events.at(-1).event, 'status');
    const over = await site.runOf(runId);
    assert.equal(over.status, 'finished');
    assert.equal(over.total_jobs, 5000);
    assert.equal(over.jobs_ready + over.jobs_skipped + over.jobs_failed, 5000);
    assert.deepEqual(told.numbersOnly(), Telling.numbersOf(over));
    assert.equal(told.companies.size, 10);
    for (const company of over.companies) assert.deepEqual(told.companies.get(company.company), company);
    const allJobs = stream.events.filter((one) => one.event === 'all_jobs').at(-1);
    assert.equal(Object.values(JSON.parse(allJobs.data)).flat().length, 5000);
  });

  it('is 204 to whoever saw that', async () => {
    assert.equal((await watch({ lastEventId: stream.lastEventId })).status, 204);
  });
});
