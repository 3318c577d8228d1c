// The environment of one function of AWS Lambda: the Runtime API that the program asks for events, and the program.
// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
import assert from 'node:assert/strict';
import http from 'node:http';
import { Process } from './program.mjs';
import { within } from './wait.mjs';

const base = '/2018-06-01/runtime/invocation/';

export class LambdaEnvironment {
  // `environment`: settings of the program, beside what Lambda sets. `seconds` that an event may take.
  static async start({ handler, environment, name = 'rolecall-test', seconds = 30 }) {
    const lambda = new LambdaEnvironment(name, seconds);
    await new Promise((resolve) => { lambda.server.listen(0, '127.0.0.1', resolve); });
    lambda.process = new Process([], { AWS_REGION: 'eu-west-1', ...environment, AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${lambda.server.address().port}`, _HANDLER: handler });
    lambda.process.child.stdin.end();
    return lambda;
  }

  constructor(name, seconds) {
    this.name = name;
    this.seconds = seconds;
    this.events = []; // that wait
    this.current = null;
    this.asker = null; // who waits for one
    this.given = 0;
    this.connections = 0;
    this.server = http.createServer((request, answer) => { this.serve(request, answer); });
    this.server.on('connection', () => { this.connections += 1; });
    this.server.keepAliveTimeout = 600_000;
  }

  // What came of an event: {answer} as JSON, {streamed} with its body and what it {broken} off with, or
  // {error: {type, message}}. `onPart` is told what came of a streamed answer so far.
  invoke(event, onPart) {
    const text = typeof event === 'string' ? event : JSON.stringify(event);
    return within('an event is answered', new Promise((resolve) => {
      this.events.push({ text, resolve, onPart });
      this.give();
    }));
  }

  give() {
    if (!this.asker || this.events.length === 0) return;
    this.current = this.events.shift();
    this.current.id = `event-${this.given += 1}`;
    this.asker.writeHead(200, { 'Content-Type': 'application/json', 'Lambda-Runtime-Aws-Request-Id': this.current.id,
      'Lambda-Runtime-Deadline-Ms': String(Date.now() + this.seconds * 1000),
      'Lambda-Runtime-Invoked-Function-Arn': `arn:aws:lambda:eu-west-1:123456789012:function:${this.name}` });
    this.asker.end(this.current.text);
    this.asker = null;
  }

  async serve(request, answer) {
    let body = '';
    for await (const part of request) {
      body += part;
      this.current?.onPart?.(body);
    }
    if (request.method === 'GET' && request.url === `${base}next`) {
      assert.equal(this.asker, null);
      assert.equal(this.current, null, 'the event before is answered');
      this.asker = answer;
      this.give();
      return;
    }
    const { id, resolve } = this.current;
    this.current = null;
    assert.equal(request.method, 'POST');
    answer.writeHead(202, { 'Content-Length': 0 });
    answer.end();
    if (request.headers['lambda-runtime-function-response-mode'] === 'streaming') {
      assert.equal(request.headers['content-type'], 'application/vnd.awslambda.http-integration-response');
      const end = body.indexOf('\0'.repeat(8));
      const broken = request.trailers['lambda-runtime-function-error-body'];
      resolve({ streamed: { ...JSON.parse(body.slice(0, end)), body: body.slice(end + 8) },
        broken: broken && JSON.parse(Buffer.from(broken, 'base64')) });
    } else if (request.url === `${base}${id}/response`) {
      resolve({ answer: JSON.parse(body) });
    } else {
      assert.equal(request.url, `${base}${id}/error`);
      const { errorType, errorMessage } = JSON.parse(body);
      assert.equal(request.headers['lambda-runtime-function-error-type'], errorType);
      resolve({ error: { type: errorType, message: errorMessage } });
    }
  }

  get isBusy() { return this.current !== null || this.events.length > 0; }

  // Ends as Lambda ends an environment: without a word.
  async stop() {
    this.process.child.kill('SIGKILL');
    await within('the function ends', this.process.ended);
    this.server.closeAllConnections();
    await new Promise((resolve) => { this.server.close(resolve); });
    assert.doesNotMatch(this.process.err, /AddressSanitizer|runtime error:/);
  }
}

// A function that is invoked asynchronously: in an environment that is free, or in another one. What it writes to stdout
// is a log of CloudWatch, a line an event.
export class WorkerFunction {
  // `aws`: takes its invocations and its log. `late`: ms until the n-th line can be read there.
  constructor({ aws, environment, name = 'rolecall-worker', seconds = 60, late = () => 0 }) {
    Object.assign(this, { aws, environment, name, seconds, late });
    this.group = `/aws/lambda/${name}`;
    this.environments = [];
    this.outcomes = []; // {payload, answer or error}, in the order in which they came
    this.invocations = []; // payloads, tries included
    this.lines = 0;
    this.stopped = false;
    aws.functions.set(name, (payload) => { this.run(payload); });
  }

  async free() {
    const idle = this.environments.find((one) => !one.isBusy && one.process.code === undefined);
    if (idle) return idle;
    const started = await LambdaEnvironment.start({ handler: 'worker', environment: this.environment, name: this.name,
      seconds: this.seconds });
    this.environments.push(started);
    let part = '';
    started.process.child.stdout.on('data', (text) => {
      const lines = (part + text).split('\n');
      part = lines.pop();
      for (const message of lines) this.aws.put(this.group, { message, late: this.late(this.lines += 1) });
    });
    return started;
  }

  // Tries an event whose environment ended, or that failed, twice more, as Lambda does.
  async run(payload, triesLeft = 2) {
    if (this.stopped) return;
    const reserved = this.reserving?.then(() => this.free()) ?? this.free();
    this.reserving = reserved.catch(() => {});
    const environment = await reserved;
    this.invocations.push(payload);
    const ended = environment.process.ended.then(() => ({ error: { type: 'Runtime.ExitError' } }));
    const outcome = await Promise.race([environment.invoke(payload), ended]).catch((error) => ({ error }));
    if (this.stopped) return;
    this.outcomes.push({ payload, ...outcome });
    if (outcome.error && triesLeft > 0) await this.run(payload, triesLeft - 1);
  }

  // The environment that works on an event, without a word.
  killBusy() { for (const one of this.environments) if (one.isBusy) one.process.child.kill('SIGKILL'); }

  async stop() {
    this.stopped = true;
    for (const one of this.environments) await one.stop();
  }
}

// An HTTP API before a function: whole answers, one event at a time.
export class HttpApi {
  static async start(lambda) {
    const api = new HttpApi();
    api.server = http.createServer(async (request, answer) => {
      let body = '';
      for await (const part of request) body += part;
      const address = new URL(request.url, 'http://any');
      const { authorization, ...headers } = request.headers;
      const { answer: told, error } = await lambda.invoke(httpEvent(request.method, address.pathname,
        { query: address.search.slice(1), headers, body: body || undefined, token: authorization?.replace('Bearer ', ''),
          asIs: true }));
      if (error) {
        answer.writeHead(500, { 'Content-Type': 'application/json' });
        answer.end('{"message":"Internal Server Error"}');
        return;
      }
      answer.writeHead(told.statusCode, told.headers);
      answer.end(told.isBase64Encoded ? Buffer.from(told.body, 'base64') : told.body);
    });
    await new Promise((resolve) => { api.server.listen(0, '127.0.0.1', resolve); });
    api.url = `http://127.0.0.1:${api.server.address().port}`;
    return api;
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((resolve) => { this.server.close(resolve); });
  }
}

// An event of an HTTP API (payload 2.0).
export function httpEvent(method, path, { token, body, query = '', headers = {}, stage = '$default', asIs = false,
  domainName = 'abc.execute-api.eu-west-1.amazonaws.com' } = {}) {
  const sent = { host: 'jobs.example.com', 'x-forwarded-proto': 'https', ...headers };
  if (token) sent.authorization = `Bearer ${token}`;
  return { version: '2.0', rawPath: stage === '$default' ? path : `/${stage}${path}`, rawQueryString: query, headers: sent,
    requestContext: { http: { method, path, sourceIp: '203.0.113.7' }, stage, domainName },
    body: body === undefined || asIs ? body : JSON.stringify(body), isBase64Encoded: false };
}
