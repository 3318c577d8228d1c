// What a user looks for again and again: kept by name, and told as a feed to whoever has its key.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { jobs, misfits, view, viewKey, views } from './support/answers.mjs';
import { Site } from './support/site.mjs';
import { wholeSuite } from './support/wait.mjs';

const atom = 'application/atom+xml; charset=utf-8';
const plain = (text) => text.replace(/&(lt|gt|quot|amp);/g, (_, sign) => ({ lt: '<', gt: '>', quot: '"', amp: '&' })[sign]);
const within = (xml, name) => plain(new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)[1]);

// {id, title, updated, entries} of a feed.
function feedIn(xml) {
  const [head, ...parts] = xml.split('<entry>');
  const entries = parts.map((part) => ({ id: within(part, 'id'), title: within(part, 'title'),
    url: plain(/<link rel="alternate" href="([^"]*)"\/>/.exec(part)[1]), updated: within(part, 'updated') }));
  return { id: within(head, 'id'), title: within(head, 'title'), updated: within(head, 'updated'), entries };
}

describe('views', { timeout: wholeSuite }, () => {
  let site;
  const at = (name) => `/api/views/${encodeURIComponent(name)}`;
  const put = (name, body, status = 201) => site.client.expect(status, view, 'PUT', at(name), { body });
  const key = async (name) => site.client.expect(201, viewKey, 'POST', `${at(name)}/key`);
  const feed = async (path, options) => {
    const answer = await site.anybody.ask('GET', path, options);
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.headers.get('content-type'), atom);
    assert.equal(answer.headers.get('cache-control'), 'private, no-cache');
    return feedIn(answer.text);
  };
  before(async () => {
    site = await Site.start({ companies: 2, jobs: 12, churn: 0.4 });
    await site.followAll();
    await site.runOnce();
  });
  after(() => site?.stop());

  it('are kept, told, changed and deleted by their names, whose case counts', async () => {
    const [{ name: company }] = site.boards;
    const sent = { q: '"engineer" -senior', company: [company], status: 'open', sort: 'newest' };

    const made = await put('Köche & ครัว', sent);
    await put('köche & ครัว', {});

    for (const [field, value] of Object.entries(sent)) assert.deepEqual(made[field], value);
    assert.deepEqual(await site.client.get(at('Köche & ครัว'), view), made);
    assert.deepEqual((await site.client.get('/api/views', views)).views.map((one) => one.name),
      ['Köche & ครัว', 'köche & ครัว']);
    assert.equal((await put('Köche & ครัว', { q: 'x' }, 200)).created_at, made.created_at);
    for (const name of ['Köche & ครัว', 'köche & ครัว']) {
      assert.equal((await site.client.ask('DELETE', at(name))).status, 204);
      await site.client.refused(404, 'DELETE', at(name));
    }
  });

  it('show by their query the jobs that they look for', async () => {
    const { query } = await put('ours', { q: 'e', company: site.boards.map((one) => one.name), status: 'open' });

    const found = await site.client.get(`/api/jobs?${query}&limit=500`, jobs);

    assert.deepEqual(found, await site.client.get('/api/jobs?q=e&status=open&limit=500', jobs));
  });

  it('are refused where they cannot be right', async () => {
    const refuse = (name, options) => site.client.expect(422, misfits, 'PUT', `/api/views/${name}`, options);
    for (const name of ['a'.repeat(10_000), 'a%00b', 'a%2Fb', '%20', 'a%0Ab', '%FF', '%E2%80%8B'])
      assert.deepEqual((await refuse(name, { body: {} })).detail.map((one) => one.loc), [['path', 'name']]);
    for (const [body, loc] of [[{ q: 'a'.repeat(201) }, ['body', 'q']], [{ status: 'odd' }, ['body', 'status']],
      [{ sort: 'odd' }, ['body', 'sort']], [{ odd: 1 }, ['body', 'odd']], [[], ['body']]])
      assert.deepEqual((await refuse('odd', { body })).detail.map((one) => one.loc), [loc]);
    await site.client.refused(400, 'PUT', '/api/views/odd', { raw: 'no JSON' });
    await site.client.refused(404, 'GET', '/api/views/odd');
  });

  it('have a feed that their key opens, and is as it was until something comes', async () => {
    await put('open', { status: 'open' });
    const { path, key: told } = await key('open');
    const { jobs: open } = await site.client.get('/api/jobs?status=open&limit=500', jobs);

    const before_ = await feed(path);
    const answer = await site.anybody.ask('GET', path);
    const etag = answer.headers.get('etag');
    const again = await site.anybody.ask('GET', path, { headers: { 'If-None-Match': etag } });

    assert.match(etag, /^"[^"]+"$/);
    assert.equal(again.status, 304);
    assert.equal(again.text, '');
    assert.equal(before_.title, 'open');
    assert.deepEqual(before_.entries.map((one) => one.url).sort(), open.map((one) => one.url).sort());
    assert.equal(new Set(before_.entries.map((one) => one.id)).size, open.length);
    assert.ok(!answer.text.includes(told));

    await site.boardsDo('next');
    await site.runOnce();
    const after_ = await feed(path, { headers: { 'If-None-Match': etag } });
    const known = new Map(before_.entries.map((one) => [one.url, one]));
    const { jobs: now } = await site.client.get('/api/jobs?status=open&limit=500', jobs);
    const fresh = after_.entries.filter((one) => !known.has(one.url));
    assert.deepEqual(after_.entries.map((one) => one.url).sort(), now.map((one) => one.url).sort());
    assert.ok(fresh.length > 0, 'something came');
    assert.deepEqual(after_.entries.slice(0, fresh.length), fresh, 'what came last stands first');
    for (const one of after_.entries.slice(fresh.length)) {
      assert.equal(one.id, known.get(one.url).id);
      assert.equal(one.updated, known.get(one.url).updated);
    }
    assert.equal(after_.id, before_.id);
    assert.equal(after_.updated, after_.entries[0].updated);
    assert.ok(after_.updated > before_.updated);
  });

  it('keep their feeds from every other key', async () => {
    await put('mine', {});
    await put('other', {});
    const eve = await site.addUser('eve@example.org');
    await eve.expect(201, view, 'PUT', at('mine'), { body: {} });
    const eves = await eve.expect(201, viewKey, 'POST', `${at('mine')}/key`);
    const former = await key('mine');
    const mine = await key('mine');
    const other = await key('other');

    const path = `${at('mine')}/feed.atom`;
    const refusals = [];
    for (const query of ['', '?key=', `?key=${former.key}`, `?key=${other.key}`, `?key=${mine.key}x`, '?key=%zz',
      '?key=%00', `?token=${site.token}`, `?key=${'a'.repeat(10_000)}`])
      refusals.push((await site.anybody.refused(404, 'GET', path + query)).text);
    for (const name of ['Mine', 'other', 'none', 'a%2Fb'])
      refusals.push((await site.anybody.refused(404, 'GET', `/api/views/${name}/feed.atom?key=${mine.key}`)).text);
    assert.equal(new Set(refusals).size, 1);
    assert.equal((await feed(eves.path)).entries.length, 0);
    for (const [method, elsewhere] of [['GET', '/api/views'], ['GET', at('mine')], ['GET', '/api/jobs'],
      ['DELETE', at('mine')], ['POST', `${at('mine')}/key`]])
      await site.anybody.refused(401, method, `${elsewhere}?key=${mine.key}`);
    await feed(mine.path);
    assert.equal((await site.client.ask('DELETE', `${at('mine')}/key`)).status, 204);
    await site.anybody.refused(404, 'GET', mine.path);

    const log = site.server.out + site.server.err;
    assert.match(log, /feed\.atom/);
    for (const one of [eves, former, mine, other]) assert.ok(!log.includes(one.key), 'a key stands in the log');
  });
});
