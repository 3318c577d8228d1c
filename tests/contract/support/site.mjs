// All that a test file needs, for itself: a database, simulated boards behind a gate, the server, and who asks.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isFinal, run, started } from './answers.mjs';
import { Client } from './client.mjs';
import { makeDatabase } from './databases.mjs';
import { Gateway } from './gateway.mjs';
import { Service, call } from './program.mjs';
import { until } from './wait.mjs';

export const secretKey = 'a key of the contract suite alone';
export const local = 'local@localhost';

export class Site {
  // `workers`: lanes of the server; `environment`: more settings of it.
  static async start({ companies = 3, jobs = 12, workers = 2, environment = {}, churn = 0.05 } = {}) {
    const site = new Site();
    try {
      await site.build({ companies, jobs, workers, environment, churn });
      return site;
    } catch (error) {
      await site.stop().catch(() => {});
      throw error;
    }
  }

  async build({ companies, jobs, workers, environment, churn }) {
    this.folder = mkdtempSync(join(tmpdir(), 'rolecall-contract-'));
    this.database = await makeDatabase(this.folder);
    const home = { HOME: this.folder, XDG_DATA_HOME: this.folder };
    this.sim = await Service.start(
      ['simulate', '--companies', String(companies), '--jobs', String(jobs), '--churn', String(churn), '--seed', '7'],
      { environment: home, portFile: join(this.folder, 'sim.port') });
    this.gateway = await Gateway.start(this.sim.url);
    this.environment = { ...home, DATABASE_URL: this.database.url, SECRET_KEY: secretKey,
      ROLECALL_GATEWAY: this.gateway.url, ROLECALL_HOST_PAUSE: '0', ROLECALL_FETCH_DEADLINE: '10m', ...environment };
    this.boards = await (await fetch(`${this.sim.url}/_sim/companies`)).json();
    this.workers = workers;
    this.arguments = []; // more of the server's
    this.server = await this.serve();
    this.token = await this.tokenOf(local);
    this.client = new Client(this.server, this.token);
    this.anybody = new Client(this.server);
  }

  serve(port = 0) {
    return Service.start(['serve', '--host', '127.0.0.1', '--workers', String(this.workers), ...this.arguments],
      { environment: this.environment, portFile: join(this.folder, 'serve.port'), port });
  }

  // The server ends as a service manager ends it, and begins again on the same port and database.
  async restart() {
    await this.server.stop();
    this.server = await this.serve(this.server.port);
  }

  async killAndRestart() {
    await this.server.kill();
    this.server = await this.serve(this.server.port);
  }

  rolecall(args, input = '') { return call(args, this.environment, input); }
  tokenOf(email) { return this.rolecall(['--user', email, 'user', 'token', '--expires', '30d']); }

  // A further user, and a client of his.
  async addUser(email, password = 'a password of some length') {
    await this.rolecall(['user', 'add', email], `${password}\n`);
    return this.client.as(await this.tokenOf(email));
  }

  // Tries wrong passwords until more are refused for now: the answer that says so, how many failed before it, and how
  // long that took.
  async failToSignIn(email) {
    const begun = performance.now();
    for (let failed = 0; failed < 100; failed += 1) {
      const answer = await this.anybody.refused([401, 429], 'POST', '/auth/login',
        { body: { email, password: 'wrong' } });
      if (answer.status === 429) return { answer, failed, seconds: (performance.now() - begun) / 1000 };
    }
    throw new Error('nobody is ever refused for failing to sign in');
  }

  async followAll(email = local) {
    for (const { name, board, token } of this.boards)
      await this.rolecall(['--user', email, 'companies', 'add', name, '--board', board, '--token', token]);
  }

  // The simulated boards' own controls: 'next', 'fault', 'company'.
  async boardsDo(what, body) {
    const answer = await fetch(`${this.sim.url}/_sim/${what}`,
      { method: 'POST', body: body && JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
    if (!answer.ok) throw new Error(`the boards refuse: ${await answer.text()}`);
  }

  async startRun(client = this.client) {
    return (await client.post('/api/ingestion/start', started)).run_id;
  }
  runOf(runId, client = this.client) { return client.get(`/api/ingestion/runs/${runId}`, run); }

  // The run once it is over.
  untilOver(runId, client = this.client) {
    return until(`run ${runId} is over`, async () => {
      const now = await this.runOf(runId, client);
      return isFinal(now.status) ? now : null;
    }, 120);
  }

  async runOnce() { return this.untilOver(await this.startRun()); }

  async sql(statements) {
    this.session ??= await this.database.open();
    return this.session.run(statements);
  }

  // Everything, whatever of it fails; then the first failure.
  async stop() {
    const failures = [];
    const attempt = async (step) => { try { await step(); } catch (error) { failures.push(error); } };
    await attempt(() => this.session?.end());
    this.gateway?.open();
    await attempt(() => this.server?.stop());
    await attempt(() => this.gateway?.stop());
    await attempt(() => this.sim?.stop());
    await attempt(() => this.database?.remove());
    if (this.folder) rmSync(this.folder, { recursive: true, force: true });
    if (failures.length > 0) throw failures[0];
  }
}
