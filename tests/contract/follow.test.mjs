// Following a company by its board.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { checked, companies, detail, followed, kinds, settings, unproven } from './support/answers.mjs';
import { Site } from './support/site.mjs';
import { wholeSuite } from './support/wait.mjs';

const path = '/api/ingestion/companies';

// Asks the boards of Greenhouse, but takes it that these answer to any name.
const answersToAnyName = `
kind = "anyname"
title = "AnyName"
pacing_key = "boards-api.greenhouse.io"
token = '[A-Za-z0-9_-]+'
token_shape = "any name"
zero_proves_nothing = true
[list]
url = "https://boards-api.greenhouse.io/v1/boards/{token}/jobs?content=true"
jobs = "/jobs"
[fields]
id = "/id"
title = "/title"
url = "/absolute_url"
location = "/location/name"
content = "/content"
`;

describe('following', { timeout: wholeSuite }, () => {
  let folder;
  let site;
  let ann;
  let onGreenhouse;
  let onWorkday;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rolecall-definitions-'));
    writeFileSync(join(folder, 'anyname.toml'), answersToAnyName);
    site = await Site.start({ companies: 6, jobs: 30, environment: { ROLECALL_DEFINITIONS: folder } });
    ann = await site.addUser('ann@example.org');
    onGreenhouse = site.boards.filter(({ board }) => board === 'greenhouse');
    onWorkday = site.boards.filter(({ board }) => board === 'workday');
  });
  after(async () => {
    await site?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const followIt = (body, client = site.client) => client.expect(201, followed, 'POST', path, { body });
  const check = (body, client = site.client) => client.post(path, checked, { ...body, dry_run: true });
  const refusedAt = async (body) => {
    const { json } = await site.client.refused(422, 'POST', path, { body });
    assert.equal(json.detail.length, 1);
    return { at: json.detail[0].loc.join('.'), says: json.detail[0].msg };
  };
  const followedNames = async (client = site.client) =>
    (await client.get('/api/ingestion/settings', settings)).map((one) => one.company_name);

  it('tells anybody which kinds of boards there are', async () => {
    const all = await site.anybody.get('/api/ingestion/kinds', kinds);

    for (const [kind, title, hint] of [['greenhouse', 'Greenhouse', 'greenhouse.io'], ['workday', 'Workday', 'wdN/site'],
      ['anyname', 'AnyName', 'any name']]) {
      const one = all.find((other) => other.kind === kind);
      assert.equal(one?.title, title);
      assert.ok(one.token_hint.includes(hint), one.token_hint);
    }
  });

  it('is for whoever has a token', async () => {
    await site.anybody.refused(401, 'POST', path, { body: { kind: 'greenhouse', token: onGreenhouse[0].token } });
  });

  it('shows a board without following it, and follows it without asking the board again', async () => {
    const { board: kind, token } = onGreenhouse[0];

    const shown = await check({ kind, token, display_name: 'Société Générale' });
    const before = await followedNames();
    const asked = site.gateway.passed;
    const one = await followIt({ kind, token, display_name: 'Société Générale' });

    assert.equal(shown.checked, true);
    assert.deepEqual([shown.name, shown.display_name], ['societe-generale', 'Société Générale']);
    assert.deepEqual([shown.board, shown.token, shown.total_count, shown.sample.length], [kind, token, 30, 5]);
    assert.deepEqual(before, []);
    assert.deepEqual({ ...one, checked: true }, shown);
    assert.ok(site.gateway.passed <= asked + 1, 'no more than what it calls itself');
    assert.deepEqual(await followedNames(), ['societe-generale']);
    const offered = (await site.anybody.get(path, companies)).find(({ name }) => name === 'societe-generale');
    assert.equal(offered?.display_name, 'Société Générale');
  });

  it('reads a board of several pages, which a run then finds', async () => {
    const { board: kind, token } = onWorkday[0];

    const one = await followIt({ kind, token });
    const { companies: parts } = await site.runOnce();

    assert.equal(one.total_count, 30);
    assert.equal(one.sample.length, 5);
    assert.equal(parts.find(({ company }) => company === one.name).listed, 30);
  });

  it('keeps what a user adds to that user', async () => {
    const { board: kind, token } = onGreenhouse[1];

    await followIt({ kind, token, name: 'anns-own' }, ann);

    assert.deepEqual(await followedNames(ann), ['anns-own']);
    assert.ok(!(await followedNames()).includes('anns-own'));
    assert.ok(!(await site.anybody.get(path, companies)).some(({ name }) => name === 'anns-own'));
  });

  it('refuses a board under a second name, and a name for a second board', async () => {
    const { board: kind, token } = onGreenhouse[0];

    const twice = await site.client.expect(409, detail, 'POST', path, { body: { kind, token, name: 'again' } });
    const moved = await site.client.expect(409, detail, 'POST', path,
      { body: { kind, token: onGreenhouse[1].token, name: 'Société Générale', dry_run: true } });

    assert.match(twice.detail, /is followed as societe-generale already/);
    assert.match(moved.detail, /^societe-generale is on another board already/);
    await followIt({ kind, token, name: 'societe-generale' });
  });

  it('says where a body is wrong, in words that help', async () => {
    const wrong = await refusedAt({ kind: 'grenhouse', token: 'acme' });
    const address = await refusedAt({ kind: 'workday', token: 'https://boards.greenhouse.io/acme' });

    assert.equal(wrong.at, 'body.kind');
    assert.match(wrong.says, /Did you mean greenhouse\?$/);
    assert.equal(address.at, 'body.token');
    assert.match(address.says, /its kind is greenhouse, and its token acme$/);
    assert.equal((await refusedAt({ url: 'https://boards.greenhouse.io/acme' })).at, 'body.url');
    assert.equal((await refusedAt({ kind: 'greenhouse', token: 'acme', name: '…' })).at, 'body.name');
    assert.equal((await refusedAt({ kind: 'greenhouse', token: 'acme', confirm: 'yes' })).at, 'body.confirm');
  });

  it('refuses a board that is not there, or cannot be read, and says why', async () => {
    const { name, board: kind, token } = onGreenhouse[2];
    await site.boardsDo('fault', { company: name, fault: 'http_403' });

    const missing = await refusedAt({ kind, token: 'no-such-board', confirm: true });
    const shut = await refusedAt({ kind, token });

    assert.equal(missing.at, 'body.token');
    assert.match(missing.says, /there is no such board\. Is "no-such-board" the right token\?$/);
    assert.match(shut.says, /HTTP 403/);
    assert.ok(!(await followedNames()).includes('no-such-board'));
  });

  it('wants a word before it follows what lists nothing where any name does', async () => {
    const { name, token } = onGreenhouse[0];
    const body = { kind: 'anyname', token, name: 'perhaps' };
    await site.boardsDo('company', { company: name, keep: 0 });

    const shown = await check(body);
    const asked = await site.client.expect(409, unproven, 'POST', path, { body });
    const before = await followedNames();
    const one = await followIt({ ...body, confirm: true });

    assert.deepEqual([shown.checked, shown.total_count], [false, 0]);
    assert.match(asked.detail, /^AnyName lists nothing for .* "confirm": true/);
    assert.equal(asked.name, 'perhaps');
    assert.ok(!before.includes('perhaps'));
    assert.equal(one.total_count, 0);
    assert.ok((await followedNames()).includes('perhaps'));
  });

  it('is one check at a time for a user, and not in the way of others', async () => {
    const { board: kind, token } = onWorkday[1];
    site.gateway.hold();
    const first = check({ kind, token });
    await site.gateway.untilHeld();

    const second = await site.client.refused(429, 'POST', path, { body: { kind, token } });
    const others = check({ kind, token }, ann);
    await site.gateway.untilHeld(2);
    site.gateway.open();

    assert.match(second.headers.get('retry-after') ?? '', /^[1-9]\d*$/);
    assert.equal((await first).total_count, 30);
    assert.equal((await others).total_count, 30);
  });
});
