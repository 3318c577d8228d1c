// A run's log: read by pages in the older and in the newer way, found in, followed, and taken home.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { aborted, database, foundLogs, isFinal, logLine, logMatches, logs } from './support/answers.mjs';
import { curl, headOf } from './support/client.mjs';
import { appendLines, lastLine } from './support/lines.mjs';
import { fits } from './support/shapes.mjs';
import { Site } from './support/site.mjs';
import { until, wholeSuite } from './support/wait.mjs';

describe('the log', { timeout: wholeSuite }, () => {
  let site;
  let runId;
  let burst; // a run of which many lines are of the same millisecond
  before(async () => {
    site = await Site.start({ companies: 3, jobs: 10 });
    await site.followAll();
  });
  after(() => site?.stop());

  const read = (query = '', id = runId, shape = logs) => site.client.get(`/api/ingestion/logs/${id}?${query}`, shape);
  async function whole(id = runId) {
    const all = [];
    for (;;) {
      const page = await read(`after=${all.at(-1)?.id ?? 0}&limit=1000`, id);
      if (page.logs.length === 0) return all;
      all.push(...page.logs);
    }
  }
  const ids = (lines) => lines.map((line) => line.id);
  const counted = (count) => Array.from({ length: count }, (_, index) => index + 1);

  it('of a run that has said nothing is an empty list', async () => {
    site.workers = 0;
    await site.restart();
    runId = await site.startRun();
    await site.sql(`DELETE FROM run_lines WHERE run_id = ${runId};
      UPDATE run_log_heads SET last_seq = 0 WHERE run_id = ${runId};`);

    assert.deepEqual(await read(), { logs: [], next_token: null });
    assert.deepEqual(await read('start_time=0&limit=5'), { logs: [], next_token: null });
    await site.client.post(`/api/ingestion/abort/${runId}`, aborted);
  });

  it('read as older clients do, from the last timestamp and one, is whole when the run is over', async () => {
    site.workers = 2;
    await site.restart();
    runId = await site.startRun();
    const seen = [];
    let over = false;

    await until('the run is over and its log read', async () => {
      const last = over;
      const from = seen.length ? seen.at(-1).timestamp + 1 : 0;
      const { logs: more } = await read(`start_time=${from}&limit=3`);
      seen.push(...more);
      over = isFinal((await site.runOf(runId)).status);
      return last && more.length === 0;
    }, 60);

    assert.deepEqual(seen, await whole());
    assert.deepEqual(ids(seen), counted(seen.length));
    assert.ok(seen.length >= 8);
    const { database_type: type } = await site.anybody.get('/debug/db', database);
    const prefix = `${type === 'TEST' ? '[TEST]' : ''}[IngestionWorker:run_id=${runId}] `;
    for (const line of seen) assert.ok(line.message.startsWith(prefix) && line.message.length > prefix.length);
    assert.ok(seen.every((line, at) => at === 0 || line.timestamp >= seen[at - 1].timestamp));
  });

  it('is read by pages with next_token, which is null at the end', async () => {
    const all = await whole();
    const seen = [];
    let token = '';
    for (let pages = 0; token !== null; pages += 1) {
      assert.ok(pages <= all.length, 'the pages have no end');
      const page = await read(`limit=3${token && `&next_token=${encodeURIComponent(token)}`}`);
      seen.push(...page.logs);
      token = page.next_token;
    }

    assert.deepEqual(seen, all);
  });

  it('is read after a line by its id', async () => {
    const all = await whole();

    assert.deepEqual((await read('after=4&limit=2')).logs, all.slice(4, 6));
    assert.deepEqual((await read(`after=${all.at(-1).id}`)).logs, []);
    assert.deepEqual((await read('after=987654321')).logs, []);
  });

  it('holds what was said before and after a moment apart', async () => {
    const all = await whole();
    const at = all[Math.floor(all.length / 2)].timestamp;

    assert.deepEqual((await read(`start_time=${at}`)).logs, all.filter((line) => line.timestamp >= at));
    assert.deepEqual((await read(`start_time=${all.at(-1).timestamp + 1}`)).logs, []);
  });

  it('never splits a millisecond, whatever the limit', async () => {
    site.gateway.hold();
    burst = await site.startRun();
    await site.gateway.untilHeld(1);
    await appendLines(site, burst, 2500, Date.now());
    await appendLines(site, burst, 40, Date.now(), { level: 'warning', company: site.boards[0].name, words: 'odd 50%' });
    await appendLines(site, burst, 20, Date.now(), { level: 'error', words: 'Öl_x' });
    site.gateway.open();
    await site.untilOver(burst);
    const total = await lastLine(site, burst);

    for (const limit of [1, 100, 1000]) {
      const seen = [];
      for (let from = 0; ;) {
        const { logs: more } = await read(`start_time=${from}&limit=${limit}`, burst);
        if (more.length === 0) break;
        seen.push(...more);
        from = more.at(-1).timestamp + 1;
      }
      assert.equal(seen.length, total, `limit ${limit}`);
      assert.equal(new Set(ids(seen)).size, total, `limit ${limit}`);
    }
  });

  it('is read by id in pages within a millisecond too', async () => {
    const all = await whole(burst);

    assert.deepEqual(ids(all), counted(await lastLine(site, burst)));
  });

  it('is filtered by level and company, and says how many there are', async () => {
    const [{ name }] = site.boards;
    const warnings = await read('level=warning&limit=10', burst, foundLogs);
    const errors = await read('level=error&limit=1000', burst, foundLogs);
    const company = await read(`company=${name}&level=warning&limit=1000`, burst, foundLogs);
    const none = await read('company=no-such-company', burst, foundLogs);

    assert.ok(warnings.logs.length >= 10 && warnings.logs.every((line) => line.level === 'warning'));
    assert.equal(warnings.total_matches, 40);
    assert.equal(errors.total_matches, 20);
    assert.deepEqual([...new Set(errors.logs.map((line) => line.level))], ['error']);
    assert.equal(company.total_matches, 40);
    assert.equal(company.logs.length, 40);
    assert.deepEqual([none.total_matches, none.logs], [0, []]);
  });

  it('is searched for words, in which signs of other languages mean nothing', async () => {
    assert.equal((await read('q=odd%2050%25', burst, foundLogs)).total_matches, 40);
    assert.equal((await read('q=ODD', burst, foundLogs)).total_matches, 40);
    assert.equal((await read('q=%C3%96l_x', burst, foundLogs)).total_matches, 20);
    assert.equal((await read('q=50_', burst, foundLogs)).total_matches, 0);
    assert.equal((await read('q=o%25d', burst, foundLogs)).total_matches, 0);
    assert.equal((await read("q='%20OR%201%3D1%20--", burst, foundLogs)).total_matches, 0);
  });

  it('found by pages with after gives each match once', async () => {
    const seen = [];
    for (;;) {
      const page = await read(`level=warning&limit=7&after=${seen.at(-1)?.id ?? 0}`, burst, foundLogs);
      if (page.logs.length === 0) break;
      seen.push(...page.logs);
    }

    assert.equal(seen.length, 40);
    assert.equal(new Set(ids(seen)).size, 40);
  });

  it('tells where its matches lie, and which come next to any line', async () => {
    const found = (await read('level=warning&limit=1000', burst, foundLogs)).logs.map((line) => line.id);
    const last = await lastLine(site, burst);
    const matches = (query) => site.client.get(`/api/ingestion/logs/${burst}/matches?level=warning&${query}`, logMatches);

    const { counts, lines, total_matches: total } = await matches('buckets=7');
    assert.deepEqual([lines, total, counts.length], [last, found.length, 7]);
    const parts = Array.from({ length: 7 }, (_, part) =>
      found.filter((id) => Math.floor(((id - 1) * 7) / last) === part).length);
    assert.deepEqual(counts, parts);
    for (const id of [0, found[0], found[0] + 1, found.at(-1), last + 5]) {
      const near = await matches(`id=${id}`);
      assert.equal(near.counts.length, 500);
      assert.deepEqual([near.up_to, near.before, near.next], [found.filter((one) => one <= id).length,
        found.findLast((one) => one < id) ?? null, found.find((one) => one > id) ?? null], `at ${id}`);
    }
    await site.client.refused(422, 'GET', `/api/ingestion/logs/${burst}/matches?buckets=0`);
    await site.client.refused(422, 'GET', `/api/ingestion/logs/${burst}/matches?buckets=2001`);
    await site.client.refused(404, 'GET', '/api/ingestion/logs/987654321/matches');
  });

  it('is told from any place of what matches, of the first or the last, and by company', async () => {
    const warnings = (await read('level=warning&limit=1000', burst, foundLogs)).logs;
    assert.deepEqual((await read('level=warning&skip=5&limit=1000', burst, foundLogs)).logs, warnings.slice(5));
    assert.deepEqual((await read('level=warning&tail=3', burst, foundLogs)).logs, warnings.slice(-3));
    assert.deepEqual(ids((await read('tail=2', burst)).logs), ids((await whole(burst)).slice(-2)));
    assert.deepEqual(ids((await read('skip=3&limit=1', burst)).logs).slice(0, 1), [4]);

    const byCompany = [];
    for (;;) {
      const page = await read(`sort=company&skip=${byCompany.length}&limit=50`, burst, foundLogs);
      if (page.logs.length === 0) break;
      byCompany.push(...page.logs);
    }
    const order = (await whole(burst)).sort((a, b) =>
      ((a.company ?? '') < (b.company ?? '') ? -1 : (a.company ?? '') > (b.company ?? '') ? 1 : a.id - b.id));
    assert.deepEqual(ids(byCompany), ids(order));
    await site.client.refused(422, 'GET', `/api/ingestion/logs/${burst}?sort=company&after=3`);
  });

  it('streamed from the first line is the log, and ends with it', async () => {
    const stream = await site.client.stream(`/api/ingestion/logs/${burst}/stream`);
    assert.equal(await stream.untilEnd(), 'closed');

    assert.deepEqual(stream.events.map((one) => Number(one.id)), counted(await lastLine(site, burst)));
    assert.deepEqual(stream.events.map((one) => fits(JSON.parse(one.data), logLine)), await whole(burst));
  });

  it('streamed after a line begins with the next', async () => {
    const all = await whole();

    const stream = await site.client.stream(`/api/ingestion/logs/${runId}/stream`, { lastEventId: all[2].id });
    assert.equal(await stream.untilEnd(), 'closed');

    assert.deepEqual(stream.events.map((one) => Number(one.id)), ids(all.slice(3)));
  });

  it('streamed while the run works comes line by line, and whole before the run is over', async () => {
    site.gateway.hold();
    const live = await site.startRun();
    const stream = await site.client.stream(`/api/ingestion/logs/${live}/stream`);
    await stream.untilCount(1);
    assert.equal(stream.over, false);
    site.gateway.open();

    const progress = await site.client.stream(`/api/ingestion/progress/${live}`);
    await progress.untilEnd();
    const atTheEnd = await whole(live);

    assert.equal(await stream.untilEnd(), 'closed');
    assert.deepEqual(atTheEnd, await whole(live));
    assert.deepEqual(stream.events.map((one) => Number(one.id)), ids(atTheEnd));
  });

  it('is taken home as text and as JSON lines', async () => {
    const all = await whole(burst);
    const get = (format) => curl(['-i', '-H', `Authorization: Bearer ${site.token}`,
      site.client.url(`/api/ingestion/logs/${burst}/download?format=${format}`)]);

    const asText = await get('text');
    const asLines = await get('jsonl');

    for (const answer of [asText, asLines]) {
      const { status, headers } = headOf(answer.text);
      assert.equal(status, 200);
      assert.match(headers['content-disposition'] ?? '', /^attachment/);
    }
    const linesOf = (answer) => answer.text.slice(answer.text.indexOf('\r\n\r\n') + 4).trimEnd().split('\n');
    assert.deepEqual(linesOf(asLines).map((line) => fits(JSON.parse(line), logLine)), all);
    assert.equal(linesOf(asText).length, all.length);
    linesOf(asText).forEach((line, at) => assert.ok(line.includes(all[at].message), line));
    await site.client.refused(422, 'GET', `/api/ingestion/logs/${burst}/download?format=pdf`);
  });

  it('of a run that is not there is not found', async () => {
    for (const path of ['987654321', '987654321/stream', '987654321/download'])
      await site.client.refused(404, 'GET', `/api/ingestion/logs/${path}`);
  });

  it('names the test database in each message where it is one', async () => {
    site.environment.TEST_DATABASE_URL = site.environment.DATABASE_URL;
    await site.restart();
    const { database_type: type } = await site.anybody.get('/debug/db', database);

    const lines = await whole();

    assert.equal(type, 'TEST');
    for (const line of lines) assert.ok(line.message.startsWith(`[TEST][IngestionWorker:run_id=${runId}] `), line.message);
  });
});
