// The stand-in of AWS: that it takes what curl signs, and nothing else.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { Aws } from './support/aws.mjs';
import { wholeSuite } from './support/wait.mjs';

const run = promisify(execFile);

describe('the stand-in of AWS', { timeout: wholeSuite }, () => {
  let aws;
  let events;
  beforeEach(async () => {
    aws = await Aws.start();
    aws.requestsASecond = Infinity;
    events = [];
    aws.functions.set('worker', (payload, { qualifier }) => { events.push({ payload, qualifier }); });
  });
  afterEach(() => aws.stop());

  // {status, body} of a request that curl signs, with what is given in place of what is right.
  async function ask(path, { body, headers = [], service = 'lambda', region = aws.region, secretKey = aws.secretKey,
    token = aws.token }) {
    const given = [...headers, `X-Amz-Security-Token: ${token}`].flatMap((header) => ['-H', header]);
    const { stdout } = await run('curl', ['--silent', '--aws-sigv4', `aws:amz:${region}:${service}`,
      '--user', `${aws.accessKey}:${secretKey}`, ...given, '--data', JSON.stringify(body),
      '--write-out', '\n%{http_code}', aws.url + path]);
    const [text, status] = stdout.split('\n');
    return { status: Number(status), body: text === '' ? null : JSON.parse(text) };
  }
  const invoke = (options = {}, path = '/2015-03-31/functions/worker/invocations?Qualifier=%24LATEST') => ask(path,
    { body: { run_id: 12 }, headers: ['Content-Type: application/json', 'X-Amz-Invocation-Type: Event'], ...options });
  async function filter(asked) {
    const { status, body } = await ask('/', { service: 'logs', body: { logGroupName: 'g', ...asked }, headers:
      ['Content-Type: application/x-amz-json-1.1', 'X-Amz-Target: Logs_20140328.FilterLogEvents'] });
    return status === 200 ? { words: body.events.map(({ message }) => message), next: body.nextToken }
      : { status, type: body.__type };
  }

  it('queues an event', async () => {
    assert.deepEqual(await invoke(), { status: 202, body: null });
    assert.deepEqual(events, [{ payload: { run_id: 12 }, qualifier: '$LATEST' }]);
    assert.equal((await invoke({}, '/2015-03-31/functions/nobody/invocations')).status, 404);
  });

  it('refuses what is signed wrongly', async () => {
    for (const wrong of [{ secretKey: 'other' }, { region: 'eu-west-2' }, { service: 'logs' }, { token: 'other' },
      { headers: ['X-Amz-Invocation-Type: Event', 'Accept:'] }])
      assert.equal((await invoke(wrong)).status, 403, JSON.stringify(wrong));
    aws.clockAhead = 10 * 60_000;
    assert.match((await invoke()).body.message, /Signature expired/);
    assert.deepEqual(events, []);
  });

  it('fails as it is told to', async () => {
    aws.fail('Invoke', 'throttle');
    aws.fail('Invoke', 'fail');
    aws.fail('Invoke', 'reset');
    assert.equal((await invoke()).status, 429);
    assert.equal((await invoke()).status, 500);
    await assert.rejects(invoke());
    assert.equal((await invoke()).status, 202);
    assert.equal(aws.count('Invoke'), 4);
  });

  it('shows lines in pages, some of them empty, late ones once they came', async () => {
    assert.equal((await filter()).type, 'ResourceNotFoundException');
    aws.put('g', { message: '[x:1] b', at: 2000 }, { message: '[x:1] a', at: 1000 }, { message: 'other', at: 1500 },
      { message: '[x:1] late', at: 1200, late: 60_000 });
    aws.pageSize = 2;
    aws.emptyPages = 1;
    const asked = { startTime: 1000, filterPattern: '"[x:1]"' };
    const words = [];
    let page = await filter(asked);
    for (; page.next; page = await filter({ ...asked, nextToken: page.next })) words.push(page.words);
    assert.deepEqual([...words, page.words], [[], ['[x:1] a'], ['[x:1] b']]);
    assert.equal((await filter({ filterPattern: '[x:1]' })).type, 'InvalidParameterException');
    aws.pageSize = 10;
    aws.emptyPages = 0;
    aws.clockAhead = 61_000;
    assert.deepEqual((await filter(asked)).words, ['[x:1] a', '[x:1] late', '[x:1] b']);
    aws.requestsASecond = 0;
    assert.equal((await filter(asked)).type, 'ThrottlingException');
  });
});
