// The program as a process: one command to its end, or one that goes on until it is told to stop.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until, within } from './wait.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
export const program = resolve(root, process.env.ROLECALL_PROGRAM || 'build/dev/rolecall');

const inherited = ['PATH', 'TMPDIR', 'LD_LIBRARY_PATH', 'ASAN_OPTIONS', 'UBSAN_OPTIONS', 'TSAN_OPTIONS',
  'LSAN_OPTIONS', 'ASAN_SYMBOLIZER_PATH', 'LLVM_PROFILE_FILE'];

// The program refuses settings that it does not know: nothing of the runner's reaches it.
function environmentOf(own) {
  const environment = {};
  for (const name of inherited) if (process.env[name]) environment[name] = process.env[name];
  return { ...environment, ...own };
}

const running = new Set();
process.on('exit', () => { for (const child of running) child.kill('SIGKILL'); });

export class Process {
  constructor(args, environment) {
    this.args = args;
    this.out = '';
    this.err = '';
    this.child = spawn(program, args, { env: environmentOf(environment), stdio: ['pipe', 'pipe', 'pipe'] });
    running.add(this.child);
    this.child.stdout.setEncoding('utf8').on('data', (text) => { this.out += text; });
    this.child.stderr.setEncoding('utf8').on('data', (text) => { this.err += text; });
    this.child.stdin.on('error', () => {});
    this.ended = new Promise((resolveEnd, reject) => {
      this.child.on('error', reject);
      this.child.on('close', (code, signal) => {
        running.delete(this.child);
        this.code = code ?? signal;
        resolveEnd(this.code);
      });
    });
  }

  story() { return `rolecall ${this.args.join(' ')}: ${this.code}\n${this.err.slice(-4000)}`; }
}

// Runs one command to its end; its output without the blanks around it. Throws where it fails.
export async function call(args, environment, input = '') {
  const one = new Process(args, environment);
  one.child.stdin.end(input);
  await within(`rolecall ${args.join(' ')} ends`, one.ended);
  if (one.code !== 0) throw new Error(one.story());
  return one.out.trim();
}

// A command with --port and --port-file, ready once it listens.
export class Service extends Process {
  static async start(args, { environment, portFile, port = 0 }) {
    rmSync(portFile, { force: true });
    const one = new Service([...args, '--port', String(port), '--port-file', portFile], environment);
    one.child.stdin.end();
    one.port = await until(`rolecall ${args[0]} listens`, () => {
      if (one.code !== undefined) throw new Error(`it ended before it listened: ${one.story()}`);
      return existsSync(portFile) && Number(readFileSync(portFile, 'utf8')) || null;
    });
    one.url = `http://127.0.0.1:${one.port}`;
    return one;
  }

  // Ends as where the power fails.
  async kill() {
    this.child.kill('SIGKILL');
    await within(`rolecall ${this.args[0]} ends after SIGKILL`, this.ended);
  }

  // Ends as a service manager ends it, and fails where that does not end well.
  async stop() {
    if (this.code === undefined) this.child.kill('SIGTERM');
    await within(`rolecall ${this.args[0]} ends after SIGTERM`, this.ended).catch((late) => {
      this.child.kill('SIGKILL');
      throw late;
    });
    if (this.code !== 0 || /AddressSanitizer|runtime error:/.test(this.err)) throw new Error(this.story());
  }
}
