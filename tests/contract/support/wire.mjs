// A connection on which bytes are sent as they are, and replies are read as HTTP/1.1 frames them (RFC 9112).
import assert from 'node:assert/strict';
import net from 'node:net';
import { within } from './wait.mjs';

export class Wire {
  static async open(port) {
    const wire = new Wire(net.connect({ port, host: '127.0.0.1', noDelay: true }));
    await within('the connection is made', new Promise((resolve, reject) => {
      wire.socket.once('connect', resolve).once('error', reject);
    }));
    return wire;
  }

  constructor(socket) {
    this.socket = socket;
    this.bytes = Buffer.alloc(0);
    this.replies = [];
    this.look = () => {};
    socket.on('error', (error) => { this.error = error; });
    socket.on('data', (chunk) => {
      this.bytes = Buffer.concat([this.bytes, chunk]);
      while (this.takeReply());
      this.look();
    });
    this.closed = new Promise((resolve) => {
      socket.on('close', () => { this.over = true; this.look(); resolve(); });
    });
  }

  // Once the system took the bytes, or the connection is closed.
  send(bytes) {
    if (this.over || this.socket.destroyed) return this.closed;
    if (this.socket.write(bytes)) return Promise.resolve();
    return Promise.race([new Promise((resolve) => { this.socket.once('drain', resolve); }), this.closed]);
  }

  takeReply() {
    const end = this.bytes.indexOf('\r\n\r\n');
    if (end < 0) return false;
    const [line, ...fields] = this.bytes.subarray(0, end).toString('latin1').split('\r\n');
    assert.match(line, /^HTTP\/1\.[01] [1-5]\d\d( |$)/);
    const headers = {};
    for (const field of fields) {
      assert.match(field, /^[!#-'*+\-.^-z|~\w]+:[^\r\n]*$/);
      headers[field.slice(0, field.indexOf(':')).toLowerCase()] = field.slice(field.indexOf(':') + 1).trim();
    }
    const status = Number(line.slice(9, 12));
    const bare = status < 200 || status === 204 || status === 304;
    const length = bare ? 0 : Number(headers['content-length']);
    assert.ok(bare || Number.isSafeInteger(length), `a reply without a length: ${line}`);
    if (this.bytes.length < end + 4 + length) return false;
    const body = this.bytes.subarray(end + 4, end + 4 + length).toString('utf8');
    this.bytes = this.bytes.subarray(end + 4 + length);
    this.replies.push({ status, headers, body });
    return true;
  }

  // Once there are `count` replies, or the connection is closed.
  untilReplies(count, seconds = 30) {
    return within(`${count} replies`, new Promise((resolve) => {
      this.look = () => { if (this.replies.length >= count || this.over) resolve(this.replies); };
      this.look();
    }), seconds);
  }

  end() { this.socket.destroy(); }
}
