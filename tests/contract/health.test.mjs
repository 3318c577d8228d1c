// What load balancers and whoever looks after the server ask.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { database, databaseWithUrl, health } from './support/answers.mjs';
import { curl } from './support/client.mjs';
import { password, postgres } from './support/databases.mjs';
import { fits } from './support/shapes.mjs';
import { Site } from './support/site.mjs';
import { until, wholeSuite } from './support/wait.mjs';

const checks = [/database/, /migration/, /worker|heartbeat/, /disk/];

// Where the checks stand is left open; each has a name, and somewhere within it its age.
function checksOf(answer) {
  const all = answer.json.checks ?? answer.json;
  return checks.map((name) => {
    const found = Object.entries(all).find(([key]) => name.test(key));
    assert.ok(found, `no check is named ${name}: ${answer.text}`);
    const age = Object.entries(found[1]).find(([key]) => /age/.test(key));
    assert.ok(age && Number(age[1]) >= 0, `the check ${found[0]} tells no age: ${answer.text}`);
    return found[1];
  });
}

describe('health', { timeout: wholeSuite }, () => {
  let site;
  before(async () => { site = await Site.start({ companies: 1, jobs: 1, workers: 1 }); });
  after(() => site?.stop());

  it('is told to anybody', async () => {
    const answer = await site.anybody.get('/health', health);

    assert.ok(Math.abs(Date.parse(answer.timestamp) - Date.now()) < 600_000, answer.timestamp);
  });

  it('is ready with a worker, and tells each check with its age', async () => {
    const answer = await until('the server is ready', async () => {
      const now = await site.anybody.ask('GET', '/ready', { refusal: () => {} });
      return now.status === 200 ? now : null;
    });

    checksOf(answer);
  });

  it('tells anybody the kind of database, and its address only to somebody, without the password', async () => {
    const toAnybody = await site.anybody.get('/debug/db', database);
    const toSomebody = await site.client.get('/debug/db', databaseWithUrl);

    assert.equal(toAnybody.database_type, toSomebody.database_type);
    assert.ok(!JSON.stringify(toSomebody).includes(password), JSON.stringify(toSomebody));
    assert.match(toSomebody.database_url, postgres ? /^postgres/ : /^sqlite:/);
  });

  it('gives metrics to loopback as Prometheus reads them', async () => {
    const answer = await site.anybody.ask('GET', '/metrics');

    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type'), /^text\/plain/);
    const samples = answer.text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    assert.ok(samples.length > 0);
    for (const line of samples) assert.match(line, /^[a-zA-Z_:][\w:]*(\{.*\})? \S+( \d+)?$/);
  });

  it('counts a HEAD as what it asks for', async () => {
    await curl(['-I', site.client.url('/health')]);

    await until('the request is counted', async () => {
      const { text } = await site.anybody.ask('GET', '/metrics');
      return /^rolecall_requests_total\{method="HEAD",route="\/health",status="200"\} 1$/m.test(text) || null;
    });
  });

  it('gives metrics through a proxy only to whoever has a token', async () => {
    const proxied = { headers: { 'X-Forwarded-For': '203.0.113.9' } };

    await site.anybody.refused(401, 'GET', '/metrics', proxied);
    const answer = await site.client.ask('GET', '/metrics', proxied);

    assert.equal(answer.status, 200);
  });

  it('is not ready where nobody works, and healthy none the less', async () => {
    site.workers = 0;
    await site.restart();

    const answer = await until('the server is not ready', async () => {
      const now = await site.anybody.ask('GET', '/ready', { refusal: () => {} });
      return now.status === 503 ? now : null;
    }, 90);

    checksOf(answer);
    fits((await site.anybody.ask('GET', '/health')).json, health);
  });
});
