// A gate between the program and the simulated boards: it can hold the program's requests and let
// them through by number, so that a test decides how far a run has come.
import http from 'node:http';
import { until } from './wait.mjs';

export class Gateway {
  static async start(target) {
    const gateway = new Gateway(target);
    await new Promise((resolve) => { gateway.server.listen(0, '127.0.0.1', resolve); });
    gateway.url = `http://127.0.0.1:${gateway.server.address().port}`;
    return gateway;
  }

  constructor(target) {
    this.target = new URL(target);
    this.tickets = Infinity;
    this.queue = [];
    this.passed = 0;
    this.agent = new http.Agent({ keepAlive: true });
    this.server = http.createServer((request, answer) => {
      const turn = { request, answer };
      // Whoever went away does not use a ticket up.
      answer.on('close', () => { this.queue = this.queue.filter((other) => other !== turn); });
      this.queue.push(turn);
      this.serve();
    });
    this.server.keepAliveTimeout = 60_000;
  }

  hold() { this.tickets = 0; }
  open() { this.letThrough(Infinity); }
  letThrough(count) {
    this.tickets += count;
    this.serve();
  }

  // Once `count` requests wait at the gate.
  untilHeld(count = 1, seconds = 120) {
    return until(`${count} requests wait at the gate`, () => this.queue.length >= count, seconds);
  }

  // The first request that waits at the gate is answered here, in place of its board.
  answer(status, headers = {}) {
    const { answer } = this.queue.shift();
    answer.writeHead(status, headers);
    answer.end();
  }

  serve() {
    while (this.tickets > 0 && this.queue.length > 0) {
      this.tickets -= 1;
      this.passed += 1;
      this.forward(this.queue.shift());
    }
  }

  forward({ request, answer }) {
    const onward = http.request({
      agent: this.agent, host: this.target.hostname, port: this.target.port,
      method: request.method, path: request.url, headers: request.headers,
    }, (reply) => {
      answer.writeHead(reply.statusCode, reply.headers);
      reply.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    request.pipe(onward);
  }

  async stop() {
    this.agent.destroy();
    this.server.closeAllConnections();
    await new Promise((resolve) => { this.server.close(resolve); });
  }
}
