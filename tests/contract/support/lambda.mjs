// The environment of one function of AWS Lambda: the Runtime API that the program asks for events, and the program.
// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
import assert from 'node:assert/strict';
import http from 'node:http';
import { Process } from './program.mjs';
import { within } from './wait.mjs';

const base = '/2018-06-01/runtime/invocation/';

export class LambdaEnvironment {
  // `environment`: settings of the program, beside what Lambda sets.
  static async start({ handler, environment }) {
    const lambda = new LambdaEnvironment();
    await new Promise((resolve) => { lambda.server.listen(0, '127.0.0.1', resolve); });
    lambda.process = new Process([], { ...environment, AWS_LAMBDA_FUNCTION_NAME: 'rolecall-test', AWS_REGION: 'eu-west-1',
      AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${lambda.server.address().port}`, _HANDLER: handler });
    lambda.process.child.stdin.end();
    return lambda;
  }

  constructor() {
    this.events = []; // that wait
    this.current = null;
    this.asker = null; // who waits for one
    this.given = 0;
    this.connections = 0;
    this.server = http.createServer((request, answer) => { this.serve(request, answer); });
    this.server.on('connection', () => { this.connections += 1; });
    this.server.keepAliveTimeout = 600_000;
  }

  // What came of an event: {answer} as JSON, or {error: {type, message}}.
  invoke(event) {
    const text = typeof event === 'string' ? event : JSON.stringify(event);
    return within('an event is answered', new Promise((resolve) => {
      this.events.push({ text, resolve });
      this.give();
    }));
  }

  give() {
    if (!this.asker || this.events.length === 0) return;
    this.current = this.events.shift();
    this.current.id = `event-${this.given += 1}`;
    this.asker.writeHead(200, { 'Content-Type': 'application/json', 'Lambda-Runtime-Aws-Request-Id': this.current.id,
      'Lambda-Runtime-Deadline-Ms': String(Date.now() + 30_000),
      'Lambda-Runtime-Invoked-Function-Arn': 'arn:aws:lambda:eu-west-1:123456789012:function:rolecall-test' });
    this.asker.end(this.current.text);
    this.asker = null;
  }

  async serve(request, answer) {
    let body = '';
    for await (const part of request) body += part;
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
    if (request.url === `${base}${id}/response`) {
      resolve({ answer: JSON.parse(body) });
    } else {
      assert.equal(request.url, `${base}${id}/error`);
      const { errorType, errorMessage } = JSON.parse(body);
      assert.equal(request.headers['lambda-runtime-function-error-type'], errorType);
      resolve({ error: { type: errorType, message: errorMessage } });
    }
  }

  // Ends as Lambda ends an environment: without a word.
  async stop() {
    this.process.child.kill('SIGKILL');
    await within('the function ends', this.process.ended);
    this.server.closeAllConnections();
    await new Promise((resolve) => { this.server.close(resolve); });
    assert.doesNotMatch(this.process.err, /AddressSanitizer|runtime error:/);
  }
}

// An event of an HTTP API (payload 2.0).
export function httpEvent(method, path, { token, body, query = '', headers = {}, stage = '$default' } = {}) {
  const sent = { host: 'jobs.example.com', 'x-forwarded-proto': 'https', ...headers };
  if (token) sent.authorization = `Bearer ${token}`;
  return { version: '2.0', rawPath: stage === '$default' ? path : `/${stage}${path}`, rawQueryString: query, headers: sent,
    requestContext: { http: { method, path, sourceIp: '203.0.113.7' }, stage,
      domainName: 'abc.execute-api.eu-west-1.amazonaws.com' },
    body: body === undefined ? undefined : JSON.stringify(body), isBase64Encoded: false };
}
