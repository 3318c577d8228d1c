// The document of the interface, and that what differs from it is seen.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { health, settings, settingsDone } from './support/answers.mjs';
import { Interface } from './support/interface.mjs';
import { Site } from './support/site.mjs';
import { wholeSuite } from './support/wait.mjs';

const path = '/api/ingestion/settings';

describe('the document of the interface', { timeout: wholeSuite }, () => {
  let site;
  let described;
  before(async () => {
    site = await Site.start({ companies: 1, jobs: 3 });
    described = await Interface.of(site.server.url);
  });
  after(() => site?.stop());

  const ask = (headers = {}) => site.anybody.ask('GET', '/api/openapi.json', { headers });
  const headers = new Headers({ 'Content-Type': 'application/json' });
  const hold = (method, at, status, json, sent) =>
    described.holdAnswer({ method, path: at }, { status, headers, json, sent });
  const refuses = (what, ...answer) => assert.throws(() => hold(...answer), what);

  it('is for anybody, of this program, and sent again only when it is another', async () => {
    const first = await ask();
    const again = await ask({ 'If-None-Match': first.headers.get('etag') });

    assert.equal(first.status, 200);
    assert.equal(first.json.openapi, '3.1.0');
    assert.ok((await site.rolecall(['--version'])).includes(first.json.info.version));
    assert.equal(again.status, 304);
    assert.equal(again.text, '');
    assert.equal((await ask({ 'If-None-Match': 'W/"0"' })).status, 200);
  });

  it('takes the answers that it describes', async () => {
    hold('GET', '/health', 200, await site.anybody.get('/health', health));
    hold('GET', path, 200, await site.client.get(path, settings));
    hold('GET', '/nothing', 404, { detail: 'There is nothing.' });
    hold('DELETE', '/health', 405, { detail: 'Not so.' });
  });

  it('refuses a key more, a key less and another word', async () => {
    const healthy = await site.anybody.get('/health', health);

    refuses(/additional properties.*"more"/, 'GET', '/health', 200, { ...healthy, more: 1 });
    refuses(/required property 'timestamp'/, 'GET', '/health', 200, { status: 'healthy' });
    refuses(/\$\/status must be equal to constant/, 'GET', '/health', 200, { ...healthy, status: 'ill' });
    refuses(/\$\/timestamp must match pattern/, 'GET', '/health', 200, { ...healthy, timestamp: '2026-01-01' });
  });

  it('refuses a key more in what is put together of several, wherever it stands', async () => {
    const now = '2026-01-01T00:00:00.000Z';
    const event = { at: now, kind: 'new', detail: null, reading_id: 1, completeness: 'complete', listed: 3 };
    const life = { id: 1, company: 'acme', external_id: '1', title: 'Cook', location: '', url: 'https://acme.test/1',
      status: 'ready', run_id: 1, first_seen_at: now, last_seen_at: now, missing_since: null, withheld_since: null,
      expired_at: null, expired_reason: null, error_message: null, places: [], posted_at: null,
      workplace: 'remote', department: null, salary: null, times_posted: 1, back_after_days: null,
      hidden_at: null, company_hidden_at: null, changed_since_hidden: false, applied_at: null, description: null,
      requirements: null,
      events: [event], text_changes: [{ at: now, reading_id: 2, lines: [{ change: 'added', line: 'Soup' }] }] };

    hold('GET', '/api/jobs/1', 200, life);
    refuses(/"more"/, 'GET', '/api/jobs/1', 200, { ...life, more: 1 });
    refuses(/\$\/events\/0 .*"more"/, 'GET', '/api/jobs/1', 200, { ...life, events: [{ ...event, more: 1 }] });
    refuses(/\$\/events\/0\/kind/, 'GET', '/api/jobs/1', 200, { ...life, events: [{ ...event, kind: 'gone' }] });
    refuses(/required property 'title'/, 'GET', '/api/jobs/1', 200, { ...life, title: undefined });
  });

  it('refuses a status, a header and an address that it does not describe', () => {
    const detail = { detail: 'No.' };

    refuses(/418 is not described/, 'GET', '/health', 418, detail);
    refuses(/401 comes without WWW-Authenticate/, 'GET', '/api/user', 401, detail);
    refuses(/\/nothing: 200 is not described/, 'GET', '/nothing', 200, {});
    refuses(/DELETE \/health: 200 is not described/, 'DELETE', '/health', 200, {});
  });

  it('refuses a body that was taken, and is not described', async () => {
    const { name } = site.boards[0];
    await site.followAll();
    const change = { op: 'upsert', company_name: name };
    const done = await site.client.post(path, settingsDone, [change]);

    hold('POST', path, 200, done, [change]);
    refuses(/the body of POST .*"more"/s, 'POST', path, 200, done, [{ ...change, more: 1 }]);
    refuses(/the body of GET .* is not described/, 'GET', '/health', 200, await site.anybody.get('/health', health), {});
  });

  it('refuses events that it does not describe', () => {
    const progress = '/api/ingestion/progress/1';
    const holdEvent = (event, data) => described.holdEvent(progress, { event, data });

    holdEvent('status', 'finished');
    assert.throws(() => holdEvent('status', 'over'), /allowed values/);
    assert.throws(() => holdEvent('message', '{"run_id": 1}'), /required property 'status'/);
    assert.throws(() => holdEvent('news', '{}'), /the event news of .* is not described/);
  });
});
