// A log of 100,000 lines, followed while it is written, over a connection that is cut and a server that is restarted.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { aborted, logLine } from './support/answers.mjs';
import { appendLines, lastLine } from './support/lines.mjs';
import { fits } from './support/shapes.mjs';
import { Site } from './support/site.mjs';
import { until, wholeSuite } from './support/wait.mjs';

const wanted = 100_000;
const batch = 500;
// By how many lines the writing is ahead of the reading at most: little, so that lines are followed as they come, and
// much, so that whoever comes again is behind; in turns of 10,000 lines.
const aheadAt = (line) => (Math.floor(line / 10_000) % 2 === 0 ? 2_000 : 8_000);
const cutEvery = 3_000; // lines; what is on its way then is read too
const restartsAt = [35_000, 70_000];

// Takes the lines of one connection after another, and holds that each is the next.
class Follower {
  constructor(site, runId) {
    this.site = site;
    this.path = `/api/ingestion/logs/${runId}/stream`;
    this.last = 0;
    this.connections = 0;
    this.misfit = null;
  }

  // Reads until `last` or, where that is not given, until the server ends the stream.
  async read(last = Infinity) {
    this.connections += 1;
    const stream = await this.site.client.stream(this.path, { lastEventId: this.last, listen: (one) => this.take(one) });
    if (stream.status === 204) return 'over';
    assert.equal(stream.status, 200, stream.body);
    const reached = stream.until(`line ${last}`, () => this.misfit || this.last >= last, 180).catch((error) => error);
    await Promise.race([reached, stream.ended]);
    if (!stream.over) await stream.cut();
    assert.equal(this.misfit, null);
    return stream.ended;
  }

  take({ id, event, data }) {
    if (this.misfit) return;
    const line = JSON.parse(data);
    if (event !== 'message' || Number(id) !== this.last + 1 || line.id !== Number(id))
      this.misfit = `after line ${this.last} came ${event} ${id}: ${data.slice(0, 200)}`;
    else if (this.last % 1000 === 0) fits(line, logLine);
    this.last = Number(id);
  }
}

describe('a log of 100,000 lines', { timeout: wholeSuite }, () => {
  let site;
  let runId;
  before(async () => {
    // Nobody works: the run stays as it is while its log is written.
    site = await Site.start({ companies: 1, jobs: 1, workers: 0 });
    await site.followAll();
    runId = await site.startRun();
  });
  after(() => site?.stop());

  it('comes with each line once and in order, whatever is cut', async () => {
    const follower = new Follower(site, runId);
    const begun = await lastLine(site, runId);
    let writtenUpTo = begun;
    const writing = (async () => {
      while (writtenUpTo < wanted) {
        await until('lines are read', () => follower.last + aheadAt(writtenUpTo) > writtenUpTo);
        const count = Math.min(batch, wanted - writtenUpTo);
        await appendLines(site, runId, count, Date.now());
        writtenUpTo += count;
      }
    })();

    const restarts = [...restartsAt];
    while (follower.last < wanted) {
      await follower.read(Math.min(follower.last + cutEvery, wanted));
      if (restarts.length === 0 || follower.last < restarts[0]) continue;
      restarts.shift();
      const { last } = follower;
      const reading = follower.read();
      await until('lines come', () => follower.last > last);
      await site.restart();
      assert.notEqual(await reading, 'cut');
    }
    await writing;

    assert.equal(restarts.length, 0);
    assert.ok(follower.connections >= 20, `${follower.connections}`);
    assert.equal(follower.last, await lastLine(site, runId));
  });

  it('comes wholly to several at once, who are there while the run ends', async () => {
    const followers = Array.from({ length: 3 }, () => new Follower(site, runId));
    const reading = followers.map((follower) => follower.read());

    await site.client.post(`/api/ingestion/abort/${runId}`, aborted);

    assert.deepEqual(await Promise.all(reading), ['closed', 'closed', 'closed']);
    const last = await lastLine(site, runId);
    assert.deepEqual(followers.map((follower) => follower.last), [last, last, last]);
  });

  it('is over for whoever has read it to its end', async () => {
    const follower = new Follower(site, runId);
    follower.last = await lastLine(site, runId);

    const how = await follower.read();

    assert.ok(['over', 'closed'].includes(how), how);
    assert.equal(follower.last, await lastLine(site, runId));
  });
});
