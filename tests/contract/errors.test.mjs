// What is asked wrongly is answered with the right status and a sentence, and never with a failure.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { health } from './support/answers.mjs';
import { curl, headOf } from './support/client.mjs';
import { Site } from './support/site.mjs';
import { wholeSuite } from './support/wait.mjs';

describe('an error', { timeout: wholeSuite }, () => {
  let site;
  let runId;
  before(async () => {
    site = await Site.start({ companies: 1, jobs: 3 });
    await site.followAll();
    runId = (await site.runOnce()).run_id;
  });
  after(() => site?.stop());

  it('is 404 at an unknown path', async () => {
    for (const path of ['/api', '/api/', '/api/nothing', '/api/ingestion', '/api/ingestion/start/', '/api/jobs/1/2',
      '/API/JOBS', '/api//jobs', '/api/ingestion/logs/1/nothing', '/api/%6e%6fthing', '/auth'])
      await site.client.refused(404, 'GET', path);
  });

  it('is 405 for a wrong method, and names the right ones', async () => {
    for (const [method, path, right] of [
      ['POST', '/health', 'GET'], ['DELETE', '/api/jobs', 'GET'], ['GET', '/api/ingestion/start', 'POST'],
      ['PUT', '/api/ingestion/settings', 'GET'], ['PATCH', '/api/ingestion/settings', 'POST'],
      ['GET', '/auth/login', 'POST'], ['POST', `/api/ingestion/runs/${runId}`, 'GET'],
      ['GET', `/api/ingestion/abort/${runId}`, 'POST'], ['DELETE', `/api/ingestion/runs/${runId}`, 'GET'],
      ['POST', '/api/jobs/export', 'GET']]) {
      const answer = await site.client.refused(405, method, path);
      const allowed = (answer.headers.get('allow') ?? '').split(/, */);
      assert.ok(allowed.includes(right), `${method} ${path}: Allow: ${allowed}`);
      assert.ok(!allowed.includes(method), `${method} ${path}: Allow: ${allowed}`);
      assert.deepEqual(allowed, [...new Set(allowed)], `${method} ${path}: Allow: ${allowed}`);
    }
  });

  it('is 400 or 501 for a method that is none', async () => {
    for (const method of ['NONSENSE', 'get', 'TRACE', 'CONNECTX']) {
      const { text } = await curl(['-o', '/dev/null', '-w', '%{http_code}', '-X', method, site.client.url('/health')]);
      assert.ok(['400', '405', '501'].includes(text), `${method}: ${text}`);
    }
  });

  it('is 400 for a body that is no JSON', async () => {
    for (const raw of ['', '{', '[', '{"email": }', '[1,]', "{'a': 1}", 'nul', '{"a":1} x', '\u0000', '"\\x"', '{"a":1e}',
      Buffer.from([0x22, 0xff, 0xfe, 0x22]), '['.repeat(100_000)])
      for (const path of ['/api/ingestion/settings', '/auth/login'])
        await site.client.refused(400, 'POST', path, { raw, headers: { 'Content-Type': 'application/json' } });
  });

  it('is 422 with each place for a body of the wrong form', async () => {
    const answer = await site.client.refused(422, 'POST', '/api/ingestion/settings',
      { body: [{ op: 1, company_name: null, title_filters: 'x', is_enabled: 0, more: {} }] });

    const places = answer.json.detail.map((one) => one.loc.join('.'));
    for (const name of ['op', 'company_name', 'title_filters', 'is_enabled', 'more'])
      assert.ok(places.includes(`body.0.${name}`), `${places}`);
    for (const body of [null, 1, 'x', {}, [null], [[]], [1]])
      await site.client.refused(422, 'POST', '/api/ingestion/settings', { body });
  });

  it('names each term of a list that is no filter, whatever its neighbours are', async () => {
    const places = async (include) => (await site.client.refused(422, 'POST', '/api/ingestion/settings',
      { body: [{ op: 'upsert', company_name: site.boards[0].name, title_filters: { include, exclude: [] } }] }))
      .json.detail.map((one) => one.loc.join('.'));

    // What is no text is told before what is no filter.
    assert.deepEqual(await places(['/[/', '', 'cook', 7]), [1, 3].map((index) => `body.0.title_filters.include.${index}`));
    assert.deepEqual(await places(['/[/', 'cook', '*']), [0, 2].map((index) => `body.0.title_filters.include.${index}`));
  });

  it('stays small for a body of a mebibyte that is wrong everywhere', async () => {
    const fields = Array.from({ length: 80_000 }, (_, index) => [`x${index}`, 0]);
    const answer = await site.anybody.refused(422, 'POST', '/auth/login', { body: Object.fromEntries(fields) });

    assert.equal(answer.json.detail.length, 101);
    assert.deepEqual(answer.json.detail.at(-1).loc, ['body']);
    assert.match(answer.json.detail.at(-1).msg, /more mistakes/);
    assert.ok(answer.text.length < 20_000, `${answer.text.length} bytes`);
  });

  it('is never a failure for a number that does not fit', async () => {
    const odd = ['0', '-1', '1.5', '1e3', 'x', '%00', '%20', '%ff', '0x1', '2147483648', '9223372036854775807',
      '9223372036854775808', '-9223372036854775809', '99999999999999999999999', '١', 'NaN', '1%2F2', '+1', '01x'];
    for (const number of odd)
      for (const [method, before, behind] of [['GET', '/api/ingestion/runs/', ''], ['POST', '/api/ingestion/abort/', ''],
        ['GET', '/api/ingestion/progress/', ''], ['GET', '/api/ingestion/logs/', ''],
        ['GET', '/api/ingestion/logs/', '/stream'], ['GET', '/api/jobs/', '']])
        await site.client.refused([400, 404, 422], method, before + number + behind);
  });

  it('is told for a limit that cannot be right', async () => {
    for (const path of ['/api/ingestion/runs', `/api/ingestion/logs/${runId}`, '/api/jobs'])
      for (const limit of ['-1', 'x', '1.5', '99999999999999999999999', '%00'])
        await site.client.refused([400, 422], 'GET', `${path}?limit=${limit}`);
    for (const [path, names] of [['/api/ingestion/runs', ['before']],
      [`/api/ingestion/logs/${runId}`, ['after', 'start_time']]])
      for (const name of names)
        for (const number of ['x', '99999999999999999999999', '%00'])
          await site.client.refused([400, 422], 'GET', `${path}?${name}=${number}`);
  });

  it('is told for a token of pages that was changed', async () => {
    for (const token of ['x', '-1', '%00', '99999999999999999999999', 'bnVsbA', '../..'])
      await site.client.refused(422, 'GET', `/api/ingestion/logs/${runId}?next_token=${token}`);
  });

  it('keeps a large limit within what is allowed, or says so', async () => {
    for (const path of ['/api/ingestion/runs', `/api/ingestion/logs/${runId}`, '/api/jobs']) {
      const answer = await site.client.ask('GET', `${path}?limit=100000`);
      assert.ok([200, 400, 422].includes(answer.status), `${path}: ${answer.status}`);
    }
  });

  it('is 413 for a body over a mebibyte, with or without its length told', async () => {
    const text = (bytes) => `[${' '.repeat(bytes - 2)}]`;
    const post = (args, input) => curl(['-i', '-X', 'POST', '-H', 'Content-Type: application/json',
      '-H', `Authorization: Bearer ${site.token}`, ...args, '--data-binary', input,
      site.client.url('/api/ingestion/settings')], { fails: true });
    const [fits, over] = [`${site.folder}/fits.json`, `${site.folder}/over.json`];
    writeFileSync(fits, text(1 << 20));
    writeFileSync(over, text((1 << 20) + 1));

    for (const args of [[], ['-H', 'Expect:'], ['-H', 'Transfer-Encoding: chunked'], ['--http1.0']]) {
      const small = await post(args, `@${fits}`);
      assert.equal(headOf(small.text).status, 200, small.text.slice(0, 500));
      const large = await post(args, `@${over}`);
      assert.equal(headOf(large.text).status, 413, large.text.slice(0, 500));
    }
  });

  it('of all these leaves the server as it was', async () => {
    await site.anybody.get('/health', health);
    assert.equal((await site.runOf(runId)).status, 'finished');
  });
});
