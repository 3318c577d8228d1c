// Asks the server as a script does, and holds what is true of every answer.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { detail, misfits } from './answers.mjs';
import { Interface } from './interface.mjs';
import { fits } from './shapes.mjs';
import { Stream } from './sse.mjs';

export class Client {
  constructor(server, token) {
    this.server = server; // anything with a `url`, which may change at a restart
    this.token = token;
  }

  as(token) { return new Client(this.server, token); }
  url(path) { return this.server.url + path; }

  // {status, headers, text, json}. `body` is sent as JSON, `raw` as it is. An error's shape is checked here: `refusal`
  // where it is not that of all errors.
  async ask(method, path, { body, raw, headers = {}, refusal } = {}) {
    const sent = { ...headers };
    if (this.token && !Object.keys(sent).some((name) => name.toLowerCase() === 'authorization'))
      sent.Authorization = `Bearer ${this.token}`;
    if (body !== undefined) sent['Content-Type'] ??= 'application/json';
    const response = await fetch(this.url(path), { method, headers: sent, redirect: 'manual',
      body: body === undefined ? raw : JSON.stringify(body), signal: AbortSignal.timeout(120_000) });
    const answer = { status: response.status, headers: response.headers, text: await response.text() };
    if (response.headers.get('content-type')?.startsWith('application/json')) answer.json = JSON.parse(answer.text);
    if (answer.status >= 400) fits(answer.json, refusal ?? (answer.status === 422 ? misfits : detail));
    (await Interface.of(this.server.url)).holdAnswer({ method, path }, { sent: body, ...answer });
    if (answer.status === 401) assert.match(answer.headers.get('www-authenticate') ?? '', /^Bearer( |$)/);
    return answer;
  }

  async get(path, shape, options = {}) { return this.expect(200, shape, 'GET', path, options); }
  async post(path, shape, body) { return this.expect(200, shape, 'POST', path, { body }); }

  // The JSON of an answer with that status and shape.
  async expect(status, shape, method, path, options = {}) {
    const answer = await this.ask(method, path, status < 400 ? options : { ...options, refusal: shape });
    assert.equal(answer.status, status, `${method} ${path}: ${answer.text.slice(0, 500)}`);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/json(;|$)/);
    return fits(answer.json, shape);
  }

  // The answer, which refuses with one of these statuses.
  async refused(statuses, method, path, options = {}) {
    const answer = await this.ask(method, path, options);
    assert.ok([statuses].flat().includes(answer.status),
      `${method} ${path} should be refused with ${statuses}: ${answer.status} ${answer.text.slice(0, 300)}`);
    return answer;
  }

  async stream(path, options = {}) {
    const described = await Interface.of(this.server.url);
    const stream = await Stream.open(this.url(path),
      { token: this.token, hold: (event) => described.holdEvent(path, event), ...options });
    const { status, response, json } = stream;
    described.holdAnswer({ method: 'GET', path }, { status, headers: response.headers, json });
    return stream;
  }
}

// What curl writes for its arguments. Throws where curl fails, unless `code` says that it may.
export function curl(args, { fails = false } = {}) {
  return new Promise((resolve, reject) => {
    execFile('curl', ['-sS', '--max-time', '120', ...args], { encoding: 'buffer', maxBuffer: 1 << 28 },
      (error, out, err) => {
        if (error && !fails) reject(new Error(`curl ${args.join(' ')}: ${err}`));
        else resolve({ code: error?.code ?? 0, bytes: out, text: out.toString('utf8'), err: err.toString('utf8') });
      });
  });
}

// Status and headers, names in lower case, of what `curl -i` or `curl -I` wrote; of several answers the last.
export function headOf(text) {
  const [head] = text.split('\r\n\r\n').filter((part) => part.startsWith('HTTP/')).slice(-1);
  const [line, ...fields] = head.split('\r\n');
  const headers = {};
  for (const field of fields) {
    const name = field.slice(0, field.indexOf(':')).toLowerCase();
    const value = field.slice(name.length + 1).trim();
    headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
  }
  return { status: Number(line.split(' ')[1]), headers };
}
