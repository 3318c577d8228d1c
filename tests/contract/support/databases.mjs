// A database of a test's own, and statements beside the program: SQLite, or PostgreSQL where
// ROLECALL_CONTRACT_DATABASE says so, in the cluster that ROLECALL_TEST_POSTGRES names.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { within } from './wait.mjs';

export const postgres = process.env.ROLECALL_CONTRACT_DATABASE === 'postgres';
export const password = 'hush-hush-9';

// A session of sqlite3 or psql that takes statements one after another.
class Session {
  constructor(command, args) {
    this.out = '';
    this.err = '';
    this.waiting = null;
    this.turn = Promise.resolve();
    this.count = 0;
    this.child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    this.child.stdin.on('error', () => {});
    this.child.stdout.setEncoding('utf8').on('data', (text) => { this.out += text; this.look(); });
    this.child.stderr.setEncoding('utf8').on('data', (text) => { this.err += text; });
    this.ended = new Promise((resolve) => {
      this.child.on('error', (error) => { this.err += error.message; resolve(); });
      this.child.on('close', resolve);
    });
    this.ended.then(() => this.waiting?.reject(new Error(`${command} ended: ${this.err}`)));
  }

  look() {
    const mark = `done-${this.count}\n`;
    if (!this.waiting || !this.out.endsWith(mark)) return;
    const { resolve, reject } = this.waiting;
    this.waiting = null;
    const rows = this.out.slice(0, -mark.length).split('\n').filter((row) => row !== '');
    this.out = '';
    if (this.err === '') resolve(rows); else reject(new Error(this.err));
  }

  // The rows of the statements, columns parted by '|'. Calls wait for each other.
  run(sql) {
    const rows = this.turn.then(() => this.runNow(sql));
    this.turn = rows.catch(() => {});
    return rows;
  }

  runNow(sql) {
    this.count += 1;
    const done = new Promise((resolve, reject) => { this.waiting = { resolve, reject }; });
    this.child.stdin.write(`${sql}\nSELECT 'done-${this.count}';\n`);
    return within(`SQL is done: ${sql.slice(0, 200)}`, done);
  }

  async end() {
    this.child.stdin.end();
    await this.ended;
  }
}

function openPostgres(url) {
  return new Session('psql', ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-d', url]);
}

// The cluster's address with another database and a password that it does not ask for.
function withDatabase(url, name) {
  const [address, query] = url.split('?');
  const parts = /^(postgres(?:ql)?:\/\/)([^@/:]*)(?::[^@/]*)?(@[^/]*)\/.*$/.exec(address);
  if (!parts) throw new Error('ROLECALL_TEST_POSTGRES has to be of the form postgresql://USER@HOST/NAME?…');
  return `${parts[1]}${parts[2]}:${password}${parts[3]}/${name}${query ? `?${query}` : ''}`;
}

// An empty database: its URL for the program, a session in it once it is migrated, and its end.
export async function makeDatabase(folder) {
  if (!postgres) {
    const file = join(folder, 'rolecall.db');
    return {
      url: `sqlite:${file}`,
      open: async () => {
        const session = new Session('sqlite3', ['-batch', '-bail', file]);
        await session.run('.timeout 30000');
        return session;
      },
      remove: async () => {},
    };
  }
  const cluster = process.env.ROLECALL_TEST_POSTGRES;
  if (!cluster) throw new Error('ROLECALL_TEST_POSTGRES is not set: run this through tools/with_postgres');
  const name = `contract_${randomBytes(6).toString('hex')}`;
  const administer = async (sql) => {
    const session = openPostgres(cluster);
    await session.run(sql);
    await session.end();
  };
  // In the order of a language, as many a cluster has it, where those of the other tests have that of bytes.
  await administer(`CREATE DATABASE ${name} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US';`);
  const url = withDatabase(cluster, name);
  return {
    url,
    open: async () => openPostgres(url),
    remove: () => administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE);`),
  };
}
