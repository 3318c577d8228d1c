// A small AWS: Lambda's Invoke and the logs' FilterLogEvents, behind a check of each request's signature.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import http from 'node:http';

const minutes = 60_000;
const hash = (data) => createHash('sha256').update(data).digest('hex');
const hmac = (key, data) => createHmac('sha256', key).update(data).digest();
const encode = (text) => encodeURIComponent(text).replace(/[!'()*]/g,
  (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

// What AWS answers where it does not do as asked.
class Refusal extends Error {
  constructor(status, type, message) {
    super(message);
    this.status = status;
    this.type = type;
  }
}

// A request as it is signed: what AWS computes of the one that came.
function canonical(request, signed, body) {
  const [path, query = ''] = request.url.split('?');
  const headers = signed.map((name) => `${name}:${request.headers[name].trim().replace(/ +/g, ' ')}\n`);
  const parameters = query.split('&').filter(Boolean)
    .map((one) => one.split('=').map((part) => encode(decodeURIComponent(part))))
    .map(([name, value = '']) => `${name}=${value}`).sort();
  // Of all services but S3 the path is encoded once more.
  return [request.method, path.split('/').map(encode).join('/'), parameters.join('&'), headers.join(''),
    signed.join(';'), hash(body)].join('\n');
}

// "20261128T120000Z" as milliseconds.
function readDate(text) {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text ?? '')?.slice(1).map(Number);
  if (!parts) throw new Refusal(403, 'IncompleteSignatureException', `there is no X-Amz-Date, but ${text}`);
  const [year, month, ...rest] = parts;
  return Date.UTC(year, month - 1, ...rest);
}

export class Aws {
  static async start(settings = {}) {
    const aws = new Aws(settings);
    await new Promise((resolve) => { aws.server.listen(0, '127.0.0.1', resolve); });
    aws.url = `http://127.0.0.1:${aws.server.address().port}`;
    // For a program that is to ask it.
    aws.environment = { AWS_ENDPOINT_URL: aws.url, AWS_REGION: aws.region, AWS_ACCESS_KEY_ID: aws.accessKey,
      AWS_SECRET_ACCESS_KEY: aws.secretKey, AWS_SESSION_TOKEN: aws.token };
    return aws;
  }

  constructor({ region = 'eu-west-1', accessKey = 'AKIDOFTESTS', secretKey = 'secret/of+tests',
    token = 'token/of+tests==' } = {}) {
    Object.assign(this, { region, accessKey, secretKey, token });
    this.functions = new Map(); // name to what is told of each event: (payload, {qualifier, id})
    this.clockAhead = 0; // ms that this AWS is ahead of the machine
    this.pageSize = 10_000; // events looked at for a page, whether they match or not
    this.emptyPages = 0; // before the first of each reading
    this.requestsASecond = 5; // of FilterLogEvents
    this.asked = []; // {operation, status, type} of each request
    this.groups = new Map();
    this.pages = new Map();
    this.faults = [];
    this.turns = [];
    this.server = http.createServer((request, answer) => { this.serve(request, answer); });
  }

  now() { return Date.now() + this.clockAhead; }

  // The next `times` requests of an operation: 'throttle', 'fail' (500), 'reset', or 'hang' (no answer, ever).
  fail(operation, kind, times = 1) {
    for (let i = 0; i < times; i += 1) this.faults.push({ operation, kind });
  }

  // Lines of a group, which exists from then on: {message, at, late}, ms, `late` until it can be read.
  put(group, ...events) {
    if (!this.groups.has(group)) this.groups.set(group, []);
    const stored = this.groups.get(group);
    for (const { message, at = this.now(), late = 0 } of events) {
      const eventId = String(stored.length + 1).padStart(56, '3');
      stored.push({ eventId, message, timestamp: at, ingestionTime: this.now() + late, logStreamName: 'stream' });
    }
  }

  // How often an operation was asked for.
  count(operation) { return this.asked.filter((one) => one.operation === operation).length; }

  async serve(request, answer) {
    const parts = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts);
    const ofLogs = request.headers['x-amz-target'] !== undefined;
    const operation = ofLogs ? request.headers['x-amz-target'].split('.')[1] : 'Invoke';
    const record = { operation };
    this.asked.push(record);
    try {
      this.checkSignature(request, body, ofLogs ? 'logs' : 'lambda');
      const fault = this.faults.findIndex((one) => one.operation === operation);
      if (fault >= 0) {
        const { kind } = this.faults.splice(fault, 1)[0];
        record.type = kind;
        if (kind === 'hang') return;
        if (kind === 'reset') { request.socket.destroy(); return; }
        if (kind === 'fail') throw new Refusal(500, ofLogs ? 'InternalFailure' : 'ServiceException', 'It failed.');
        throw this.throttled(ofLogs);
      }
      const [status, text] = ofLogs ? [200, this.filterLogEvents(request, body)] : [202, this.invoke(request, body)];
      record.status = status;
      this.send(answer, status, {}, text);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      Object.assign(record, { status: error.status, type: error.type });
      // The protocol of the logs knows one status for what a caller did wrong, and tells its type in the body.
      const status = ofLogs && error.status < 500 ? 400 : error.status;
      this.send(answer, status, ofLogs ? {} : { 'x-amzn-ErrorType': error.type },
        JSON.stringify(ofLogs ? { __type: error.type, message: error.message } : { message: error.message }));
    }
  }

  send(answer, status, headers, text) {
    answer.writeHead(status, { 'x-amzn-RequestId': randomUUID(), Date: new Date(this.now()).toUTCString(),
      'Content-Length': Buffer.byteLength(text), ...headers });
    answer.end(text);
  }

  throttled(ofLogs) {
    return ofLogs ? new Refusal(400, 'ThrottlingException', 'Rate exceeded')
      : new Refusal(429, 'TooManyRequestsException', 'Rate Exceeded.');
  }

  checkSignature(request, body, service) {
    const found = new RegExp('^AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/([^/]+)/aws4_request, '
      + 'SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$').exec(request.headers.authorization ?? '');
    if (!found) throw new Refusal(403, 'IncompleteSignatureException', 'there is no signature');
    const [accessKey, day, region, signedService, names, signature] = found.slice(1);
    const date = request.headers['x-amz-date'];
    const invalid = (message) => new Refusal(403, 'InvalidSignatureException', message);
    if (Math.abs(this.now() - readDate(date)) > 5 * minutes) throw invalid(`Signature expired: ${date}`);
    if (!date.startsWith(day)) throw invalid(`the scope is of ${day}, the date ${date}`);
    if (region !== this.region || signedService !== service)
      throw invalid(`the scope must be ${this.region}/${service}, and is ${region}/${signedService}`);
    if (accessKey !== this.accessKey || request.headers['x-amz-security-token'] !== this.token)
      throw new Refusal(403, 'UnrecognizedClientException', 'The security token included in the request is invalid.');
    const signed = names.split(';');
    const due = Object.keys(request.headers).filter((name) => name === 'host' || name.startsWith('x-amz-'));
    for (const name of due) if (!signed.includes(name)) throw invalid(`${name} is not signed`);
    for (const name of signed)
      if (request.headers[name] === undefined) throw invalid(`${name} is signed, and was not sent`);
    if (names !== [...signed].sort().join(';')) throw invalid('the signed headers are not in their order');
    const text = ['AWS4-HMAC-SHA256', date, `${day}/${region}/${service}/aws4_request`,
      hash(canonical(request, signed, body))].join('\n');
    const key = [day, region, service, 'aws4_request'].reduce(hmac, `AWS4${this.secretKey}`);
    if (!timingSafeEqual(hmac(key, text), Buffer.from(signature, 'hex')))
      throw invalid('The request signature we calculated does not match the signature you provided.');
  }

  invoke(request, body) {
    const address = new URL(request.url, this.url);
    const name = /^\/2015-03-31\/functions\/([\w-]+)\/invocations$/.exec(address.pathname)?.[1];
    if (request.method !== 'POST' || !name) throw new Refusal(404, 'UnknownOperationException', address.pathname);
    if (request.headers['x-amz-invocation-type'] !== 'Event')
      throw new Refusal(400, 'InvalidParameterValueException', 'only invocations of type Event are known here');
    const told = this.functions.get(name);
    if (!told) throw new Refusal(404, 'ResourceNotFoundException', `Function not found: ${name}`);
    if (body.length > 1024 * 1024) throw new Refusal(413, 'RequestTooLargeException', `${body.length} bytes`);
    let payload;
    try {
      payload = JSON.parse(body);
    } catch (error) {
      throw new Refusal(400, 'InvalidRequestContentException', error.message);
    }
    told(payload, { qualifier: address.searchParams.get('Qualifier') ?? '$LATEST', id: randomUUID() });
    return '';
  }

  filterLogEvents(request, body) {
    if (request.headers['x-amz-target'] !== 'Logs_20140328.FilterLogEvents' || request.url !== '/'
      || request.headers['content-type'] !== 'application/x-amz-json-1.1')
      throw new Refusal(400, 'UnknownOperationException', request.headers['x-amz-target']);
    this.turns = this.turns.filter((at) => at > Date.now() - 1000);
    if (this.turns.length >= this.requestsASecond) throw this.throttled(true);
    this.turns.push(Date.now());
    const { logGroupName, startTime = 0, filterPattern = '""', nextToken, limit = 10_000 } = JSON.parse(body);
    const invalid = (message) => new Refusal(400, 'InvalidParameterException', message);
    if (!/^"([^"\\]|\\.)*"$/.test(filterPattern)) throw invalid(`not within quotes: ${filterPattern}`);
    const phrase = filterPattern.slice(1, -1).replace(/\\(.)/g, '$1');
    const group = this.groups.get(logGroupName);
    if (!group) throw new Refusal(400, 'ResourceNotFoundException', 'The specified log group does not exist.');
    const reading = JSON.stringify([logGroupName, startTime, filterPattern, limit]);
    const page = nextToken === undefined ? { reading, empty: this.emptyPages } : this.pages.get(nextToken);
    if (page?.reading !== reading) throw invalid('The specified nextToken is invalid.');
    const order = (one, other) => one.timestamp - other.timestamp || (one.eventId < other.eventId ? -1 : 1);
    const left = group.filter((event) => event.ingestionTime <= this.now() && event.timestamp >= startTime)
      .sort(order).filter((event) => !page.last || order(page.last, event) < 0);
    const looked = page.empty > 0 ? [] : left.slice(0, Math.min(this.pageSize, limit));
    const answer = { events: looked.filter(({ message }) => message.includes(phrase)), searchedLogStreams: [] };
    if (looked.length < left.length || page.empty > 0) {
      answer.nextToken = randomUUID();
      this.pages.set(answer.nextToken, { reading, empty: page.empty - 1, last: looked.at(-1) ?? page.last });
    }
    return JSON.stringify(answer);
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((resolve) => { this.server.close(resolve); });
  }
}
