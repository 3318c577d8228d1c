// Holds what a server answers, takes and tells against the document of the interface that it serves itself.
import assert from 'node:assert/strict';
import Ajv from 'ajv/dist/2020.js';

const pointed = (document, reference) => reference.slice(2).split('/').reduce((at, name) => at[name], document);

// A schema whose objects are closed: a key that it does not name fails. What is put together of several (`allOf`) is one
// object, since each part alone would refuse the others' keys.
function closed(schema, all) {
  if (Array.isArray(schema)) return schema.map((one) => closed(one, all));
  if (typeof schema !== 'object' || schema === null) return schema;
  if (schema.allOf) {
    const parts = schema.allOf.map((part) => closed(part.$ref ? pointed(all, part.$ref) : part, all));
    return { ...parts[0], required: parts.flatMap((part) => part.required ?? []),
      properties: Object.assign({}, ...parts.map((part) => part.properties)) };
  }
  const whole = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value, all)]));
  return whole.type === 'object' ? { additionalProperties: false, ...whole } : whole;
}

export class Interface {
  // The document of the first server that is asked: all of a test file are one program.
  static of(url) {
    Interface.known ??= Interface.fetchFrom(url).catch((error) => {
      Interface.known = undefined;
      throw error;
    });
    return Interface.known;
  }

  static async fetchFrom(url) {
    const response = await fetch(`${url}/api/openapi.json`, { signal: AbortSignal.timeout(120_000) });
    assert.equal(response.status, 200, 'the document of the interface is served');
    return new Interface(await response.json());
  }

  constructor(document) {
    this.document = document;
    this.ajv = new Ajv({ allErrors: true, allowUnionTypes: true, formats: { 'date-time': true, int64: true } });
    this.ajv.addSchema(this.usable({ $id: 'interface', $defs: document.components.schemas }));
    this.checks = new Map();
    this.paths = Object.entries(document.paths).map(([template, operations]) => ({ template, operations,
      pattern: new RegExp(`^${template.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`) }));
    // Of two that fit, the one that names more.
    this.paths.sort((a, b) => a.template.split('{').length - b.template.split('{').length);
  }

  usable(schema) {
    return JSON.parse(JSON.stringify(closed(schema, this.document))
      .replaceAll('"#/components/schemas/', '"interface#/$defs/'));
  }

  fits(value, schema, what) {
    if (!this.checks.has(schema)) this.checks.set(schema, this.ajv.compile(this.usable(schema)));
    const check = this.checks.get(schema);
    if (check(value)) return;
    const misfits = check.errors.slice(0, 10)
      .map(({ instancePath, message, params }) => `$${instancePath} ${message} ${JSON.stringify(params)}`);
    assert.fail(`${what} is not as the interface is described:\n${misfits.join('\n')}`);
  }

  // The path as described, and the operation; nothing where there is none.
  find(method, path) {
    const plain = path.split('?')[0];
    const found = this.paths.find(({ pattern, operations }) => pattern.test(plain) && operations[method]);
    return found && { at: found.template, operation: found.operations[method] };
  }

  resolve(part) { return part?.$ref ? pointed(this.document, part.$ref) : part; }

  // `sent`: the body as a value, where there was one; `json`: that of the answer.
  holdAnswer(asked, { sent, status, headers, json }) {
    const method = asked.method.toLowerCase() === 'head' ? 'get' : asked.method.toLowerCase();
    const found = this.find(method, asked.path);
    const what = `${asked.method} ${found?.at ?? asked.path}: ${status}`;
    if (!found) return this.holdNothing(what, status, json);
    const described = this.resolve(found.operation.responses[status]);
    assert.ok(described, `${what} is not described`);
    for (const [name, { required }] of Object.entries(described.headers ?? {}))
      assert.ok(!required || headers.has(name), `${what} comes without ${name}`);
    this.holdContent(what, described.content ?? {}, headers.get('content-type'), json);
    if (sent !== undefined && status < 300) this.holdBody(`the body of ${what}`, found.operation, sent);
    return undefined;
  }

  // At an address that is not described there is nothing, or a file of the page.
  holdNothing(what, status, json) {
    if (json === undefined) return;
    assert.ok(status === 404 || status === 405, `${what} is not described`);
    this.fits(json, this.document.components.schemas.Refusal, what);
  }

  holdContent(what, content, type, json) {
    const kind = type?.split(';')[0];
    if (!kind) return;
    assert.ok(Object.hasOwn(content, kind), `${what} is not described as ${kind}`);
    if (json !== undefined) this.fits(json, content[kind].schema, what);
  }

  holdBody(what, operation, sent) {
    assert.ok(operation.requestBody, `${what} is not described`);
    this.fits(sent, operation.requestBody.content['application/json'].schema, what);
  }

  // One event of a stream. Data is JSON, but where the schema is of a text.
  holdEvent(path, { event, data }) {
    const { at, operation } = this.find('get', path);
    const events = operation.responses[200].content['text/event-stream']['x-events'];
    const what = `the event ${event} of ${at}`;
    assert.ok(Object.hasOwn(events, event), `${what} is not described`);
    const bare = this.resolve(events[event]).type === 'string';
    this.fits(bare ? data : JSON.parse(data), events[event], what);
  }
}
