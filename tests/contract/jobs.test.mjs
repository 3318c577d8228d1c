// The jobs of a user: by pages, found, told whole, and taken home.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { exportedJob, job, jobs } from './support/answers.mjs';
import { curl, headOf } from './support/client.mjs';
import { fits } from './support/shapes.mjs';
import { Site } from './support/site.mjs';
import { wholeSuite } from './support/wait.mjs';

// Rows of cells (RFC 4180).
function parseCsv(text) {
  const rows = [];
  let row = [];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|$)/gy;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    row.push(match[1] !== undefined ? match[1].replaceAll('""', '"') : match[2]);
    if (match[3] !== ',') { rows.push(row); row = []; }
    if (pattern.lastIndex >= text.length) break;
  }
  return rows;
}

describe('jobs', { timeout: wholeSuite }, () => {
  let site;
  let everything;
  before(async () => {
    site = await Site.start({ companies: 4, jobs: 25, churn: 0.2 });
    await site.followAll();
    await site.runOnce();
    await site.boardsDo('next');
    await site.runOnce();
    // Titles that a table or a list of a careless program would trip over.
    const odd = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', 'a "quoted", title\nof two lines', '<b>50%_\\</b>'];
    const rows = await site.sql('SELECT id FROM board_jobs ORDER BY id LIMIT 7;');
    for (const [at, title] of odd.entries())
      await site.sql(`UPDATE board_jobs SET title = '${title}' WHERE id = ${rows[at]};`);
  });
  after(() => site?.stop());

  const find = (query = '') => site.client.get(`/api/jobs?${query}`, jobs);
  async function pages(query, limit) {
    const all = [];
    const totals = new Set();
    let cursor = '';
    for (;;) {
      const page = await find(`${query}&limit=${limit}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      all.push(...page.jobs);
      totals.add(page.total);
      assert.ok(page.jobs.length <= limit);
      assert.ok(all.length <= page.total, 'pages give more than there are');
      if (page.next_cursor === null) return { all, totals: [...totals] };
      cursor = page.next_cursor;
    }
  }
  const sum = (facet) => Object.values(facet).reduce((total, count) => total + count, 0);
  const takeHome = (query) => curl(['-i', '-H', `Authorization: Bearer ${site.token}`,
    site.client.url(`/api/jobs/export?${query}`)]);
  const bodyOf = (answer) => answer.text.slice(answer.text.indexOf('\r\n\r\n') + 4);

  it('come by pages that give each once and agree with the total', async () => {
    for (const limit of [1, 7, 100]) {
      const { all, totals } = await pages('', limit);

      assert.deepEqual(totals, [all.length]);
      assert.equal(new Set(all.map((one) => one.id)).size, all.length);
      everything ??= all;
      assert.deepEqual(all, everything, `pages of ${limit} are in another order`);
    }
    assert.ok(everything.length >= 100);
  });

  it('are counted by company and status in sums that agree', async () => {
    const { facets, total } = await find('limit=1');

    assert.equal(sum(facets.company), total);
    assert.equal(sum(facets.status), total);
    for (const [company, count] of Object.entries(facets.company))
      assert.equal(count, everything.filter((one) => one.company === company).length);
    for (const [status, count] of Object.entries(facets.status))
      assert.equal(count, everything.filter((one) => one.status === status).length);
  });

  it('are counted by the names of places and by remote work, as each then finds them', async () => {
    const { facets, total } = await find('limit=1');

    assert.equal(sum(facets.remote), total);
    assert.equal((await find('q=remote&limit=1')).total, facets.remote.yes);
    const counts = Object.values(facets.place);
    assert.ok(counts.length > 3, 'the boards name places');
    assert.deepEqual(counts, counts.toSorted((one, other) => other - one));
    for (const [name, count] of Object.entries(facets.place)) {
      const found = await find(`limit=1&q=${encodeURIComponent(`in:"${name}"`)}`);
      assert.equal(found.total, count, name);
      assert.deepEqual(found.facets.place, facets.place, 'whatever names are asked for');
      const named = everything.filter((one) => one.places.some((at) => at.split(',').some((part) => part.trim() === name)));
      assert.equal(named.length, count, name);
    }
  });

  it('are found by company and status', async () => {
    const [{ name }] = site.boards;
    const ofCompany = await pages(`company=${name}`, 10);
    const expired = await pages('status=expired', 10);
    const both = await pages(`company=${name}&status=ready`, 10);

    const select = (holds) => everything.filter(holds).map((one) => one.id).sort();
    const found = (result) => result.all.map((one) => one.id).sort();
    assert.deepEqual(found(ofCompany), select((one) => one.company === name));
    assert.ok(expired.all.length > 0);
    for (const one of expired.all) assert.ok(one.status === 'expired' && one.expired_at && one.expired_reason);
    assert.deepEqual(found(both), select((one) => one.company === name && one.status === 'ready'));
    assert.equal((await find('company=no-such-company')).total, 0);
  });

  it('are found by words, whatever their case, in which signs of other languages mean nothing', async () => {
    const { title } = everything.find((one) => /^\w+ \w+/.test(one.title));

    const found = await pages(`q=${encodeURIComponent(title.toUpperCase())}`, 10);

    assert.ok(found.all.some((one) => one.title === title));
    assert.equal((await find(`q=${encodeURIComponent('50%_\\')}`)).total, 1);
    for (const q of ["' OR 1=1 --", 'NEAR(', 'title:x', 'AND OR NOT'])
      assert.ok((await find(`q=${encodeURIComponent(q)}`)).total < everything.length, q);
    for (const q of ['%', '_', '"', '*', '\\', '" ( * ) -'])
      assert.equal((await find(`q=${encodeURIComponent(q)}`)).total, everything.length, q);
  });

  it('are found though a word is mistyped, which is said, and not where words are to be exact', async () => {
    const right = await find('q=engineer');
    const mistyped = await find('q=enginere');

    assert.ok(right.total > 0 && !right.corrected && !right.search);
    assert.deepEqual(mistyped.corrected, { from: 'enginere', to: 'engineer' });
    assert.equal(mistyped.total, right.total);
    assert.equal((await find('q=enginere&exact=true')).total, 0);
    await site.client.refused(422, 'GET', '/api/jobs?exact=perhaps');
  });

  it('are found by operators among the words', async () => {
    const count = async (q) => (await find(`q=${encodeURIComponent(q)}`)).total;
    const holds = (field, word) => everything.filter((one) => one[field].includes(word)).length;
    const [{ company }] = everything;

    assert.equal(await count('-engineer'), everything.filter((one) => !/\bengineer\b/i.test(one.title)).length);
    assert.equal(await count('place:germany'), holds('location', 'Germany'));
    assert.equal(await count(`company:${company}`), everything.filter((one) => one.company === company).length);
    assert.equal(await count('remote'), holds('location', 'Remote'));
    assert.equal(await count('since:2999-01-01 engineer'), 0);
    const refused = await site.client.refused(422, 'GET', '/api/jobs?q=since:never');
    assert.deepEqual(refused.json.detail[0].loc, ['query', 'q']);
    assert.match(refused.json.detail[0].msg, /^since: must be a time ago/);
  });

  it('are found by when they were seen first', async () => {
    assert.equal((await find('since=2001-01-01T00:00:00.000Z')).total, everything.length);
    assert.equal((await find('since=2999-01-01T00:00:00.000Z')).total, 0);
  });

  it('are told whole, with their life', async () => {
    const ready = everything.find((one) => one.status === 'ready');

    const one = await site.client.get(`/api/jobs/${ready.id}`, job);

    const { description, requirements, events, text_changes: changes, ...listed } = one;
    assert.deepEqual(listed, ready);
    assert.deepEqual(changes, []);
    assert.ok(description.length > 0);
    assert.ok(events.length > 0);
    await site.client.refused(404, 'GET', '/api/jobs/987654321');
  });

  it('are taken home as a table in which no cell starts a formula', async () => {
    const answer = await takeHome('format=csv');

    const { status, headers } = headOf(answer.text);
    assert.equal(status, 200);
    assert.match(headers['content-type'], /^text\/csv/);
    assert.match(headers['content-disposition'] ?? '', /^attachment/);
    const [names, ...rows] = parseCsv(bodyOf(answer).replace(/^\uFEFF/, ''));
    assert.equal(rows.length, everything.length);
    assert.ok(rows.every((row) => row.length === names.length));
    for (const cell of rows.flat()) assert.doesNotMatch(cell, /^[=+\-@\t\r]/);
    const at = names.indexOf('id');
    assert.deepEqual(rows.map((row) => Number(row[at])).sort(), everything.map((one) => one.id).sort());
    const titles = rows.map((row) => row[names.indexOf('title')]);
    assert.ok(titles.includes('a "quoted", title\nof two lines'));
  });

  it('are taken home as JSON lines', async () => {
    const answer = await takeHome('format=jsonl');

    assert.equal(headOf(answer.text).status, 200);
    const rows = bodyOf(answer).trimEnd().split('\n').map((line) => fits(JSON.parse(line), exportedJob));
    assert.deepEqual(rows.map((one) => one.id).sort(), everything.map((one) => one.id).sort());
  });

  it('are taken home as they were found', async () => {
    const answer = await takeHome('format=jsonl&status=expired');

    const rows = bodyOf(answer).trimEnd().split('\n').map((line) => JSON.parse(line));
    assert.equal(rows.length, (await find('status=expired')).total);
    assert.ok(rows.every((one) => one.status === 'expired'));
  });

  it('are not asked for in vain with what cannot be right', async () => {
    for (const query of ['limit=-1', 'limit=0', 'limit=x', 'limit=99999999999999999999', 'status=odd', 'since=yesterdy',
      'cursor=x', 'cursor=%00', 'sort=no-such-order'])
      await site.client.refused(422, 'GET', `/api/jobs?${query}`);
    await site.client.refused(422, 'GET', '/api/jobs/export?format=xml');
  });

  it('are not shown to whoever changed a cursor', async () => {
    const { next_cursor: cursor } = await find('limit=2');
    for (const odd of [cursor.slice(1), cursor.slice(0, -1), `${cursor}A`, [...cursor].reverse().join(''), `x${cursor}`,
      Buffer.from('[1,2,3]').toString('base64url'), Buffer.from('{"id":"x"}').toString('base64url')]) {
      const answer = await site.client.ask('GET', `/api/jobs?limit=2&cursor=${encodeURIComponent(odd)}`);
      assert.ok([200, 422].includes(answer.status), `${odd}: ${answer.status} ${answer.text}`);
      if (answer.status === 200) fits(answer.json, jobs);
    }
  });

  it('stay readable while a run works', async () => {
    site.gateway.hold();
    const runId = await site.startRun();
    await site.gateway.untilHeld(1);

    const { all } = await pages('', 50);

    assert.deepEqual(all.map((one) => one.id), everything.map((one) => one.id));
    site.gateway.open();
    await site.untilOver(runId);
  });
});
