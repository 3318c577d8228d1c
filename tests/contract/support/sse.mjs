// A reader of server-sent events over fetch that keeps what it was sent, and can be cut.
// https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
import assert from 'node:assert/strict';
import { until, within } from './wait.mjs';

export class Stream {
  // Events of one connection: {id, event, data}; `id` is null where the event brings none. `listen` is called with
  // each as it comes; where `hold` throws on one, whoever waits for the stream is told.
  static async open(url, { token, lastEventId, listen, hold } = {}) {
    const stream = new Stream(listen, hold);
    const headers = { Accept: 'text/event-stream' };
    if (token) headers.Authorization = `Bearer ${token}`;
    if (lastEventId !== undefined && lastEventId !== null) headers['Last-Event-ID'] = String(lastEventId);
    // A server that is held up says 503 and when to come again.
    stream.response = await until(`the stream ${new URL(url).pathname} is there`, async () => {
      const response = await within(`the stream ${new URL(url).pathname} answers`,
        fetch(url, { headers, signal: stream.controller.signal }));
      if (response.status !== 503 || !response.headers.has('retry-after')) return response;
      await response.text();
      return null;
    });
    stream.status = stream.response.status;
    if (stream.status !== 200) {
      stream.body = await stream.response.text();
      if (stream.response.headers.get('content-type')?.startsWith('application/json'))
        stream.json = JSON.parse(stream.body);
      stream.over = true;
      stream.ended = Promise.resolve('closed');
      return stream;
    }
    assert.match(stream.response.headers.get('content-type'), /^text\/event-stream(;|$)/);
    stream.ended = stream.read();
    return stream;
  }

  constructor(listen = () => {}, hold = () => {}) {
    this.controller = new AbortController();
    this.listen = listen;
    this.hold = hold;
    this.misfit = null;
    this.events = [];
    this.comments = 0;
    this.retry = null;
    this.lastEventId = null;
    this.over = false;
    this.waiting = new Set();
    this.next = { id: null, event: 'message', data: [] };
  }

  // How the stream ended: 'closed' by the server, 'cut' by us, or 'broken'. Throws what `hold` threw.
  async read() {
    let how = 'closed';
    try {
      const decoder = new TextDecoder('utf-8', { fatal: true });
      let left = '';
      for await (const bytes of this.response.body) {
        const lines = (left + decoder.decode(bytes, { stream: true })).split('\n');
        left = lines.pop();
        for (const line of lines) this.take(line.endsWith('\r') ? line.slice(0, -1) : line);
        this.wake();
      }
    } catch (error) {
      how = this.controller.signal.aborted ? 'cut' : 'broken';
      this.error = error;
    }
    this.over = true;
    this.wake();
    if (this.misfit) throw this.misfit;
    return how;
  }

  take(line) {
    if (line === '') return this.dispatch();
    if (line.startsWith(':')) { this.comments += 1; return undefined; }
    const [, field, value] = /^([^:]*)(?:: ?(.*))?$/s.exec(line);
    if (field === 'data') this.next.data.push(value ?? '');
    else if (field === 'event') this.next.event = value;
    else if (field === 'id') this.next.id = value;
    else if (field === 'retry') this.retry = Number(value);
    else assert.fail(`a line that is no field of an event stream: ${line.slice(0, 100)}`);
    return undefined;
  }

  dispatch() {
    const { id, event, data } = this.next;
    this.next = { id: null, event: 'message', data: [] };
    if (id !== null) this.lastEventId = id;
    if (data.length === 0) return;
    const whole = { id, event, data: data.join('\n') };
    this.events.push(whole);
    try {
      this.hold(whole);
    } catch (misfit) {
      this.misfit ??= misfit;
    }
    this.listen(whole);
  }

  wake() { for (const look of this.waiting) look(); }

  // The first value of `find(this)` that is neither false nor nothing; throws where the stream ends before.
  until(what, find, seconds = 120) {
    const found = new Promise((resolve, reject) => {
      const look = () => {
        const value = find(this);
        if (!value && !this.over) return;
        this.waiting.delete(look);
        if (this.misfit) reject(this.misfit);
        else if (value) resolve(value);
        else reject(new Error(`the stream ended before ${what}: ${JSON.stringify(this.events.slice(-3))}`));
      };
      this.waiting.add(look);
      look();
    });
    return within(what, found, seconds);
  }

  untilCount(count, seconds = 120) {
    return this.until(`${count} events came`, () => this.events.length >= count, seconds);
  }

  untilEnd(seconds = 120) { return within('the stream ends', this.ended, seconds); }

  // Goes away in the middle of whatever comes.
  async cut() {
    this.controller.abort();
    return this.ended;
  }
}
