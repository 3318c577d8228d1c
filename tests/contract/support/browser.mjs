// Chromium without a window, driven over its debugging pipe: pages as a person sees them.
import { spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until, within } from './wait.mjs';

const chromium = '/usr/bin/chromium';

export class Browser {
  static async start() {
    accessSync(chromium, constants.X_OK); // ./dev setup installs it
    const browser = new Browser();
    try {
      await within('Chromium answers', browser.send('Browser.getVersion'), 180);
    } catch (error) {
      browser.child.kill('SIGKILL');
      await browser.stop();
      throw error;
    }
    return browser;
  }

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'rolecall-browser-'));
    this.child = spawn(chromium, ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage',
      '--no-first-run', '--disable-background-networking', '--remote-debugging-pipe',
      `--user-data-dir=${this.folder}`], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    this.count = 0;
    this.asked = new Map();
    this.pages = new Map();
    this.child.stdio[3].on('error', () => {});
    let text = '';
    this.child.stdio[4].setEncoding('utf8').on('data', (data) => {
      const parts = (text + data).split('\0');
      text = parts.pop();
      for (const part of parts) this.take(JSON.parse(part));
    });
    this.ended = new Promise((resolve) => { this.child.on('close', resolve); this.child.on('error', resolve); });
    this.ended.then(() => { for (const { reject } of this.asked.values()) reject(new Error('Chromium ended')); });
  }

  send(method, params = {}, sessionId = undefined) {
    this.count += 1;
    const id = this.count;
    this.child.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((resolve, reject) => { this.asked.set(id, { resolve, reject, method }); });
  }

  take({ id, result, error, method, params, sessionId }) {
    if (id === undefined) return this.pages.get(sessionId)?.take(method, params);
    const { resolve, reject, method: asked } = this.asked.get(id);
    this.asked.delete(id);
    return error ? reject(new Error(`${asked}: ${error.message}`)) : resolve(result);
  }

  // A page with nothing stored.
  async page() {
    const { browserContextId } = await this.send('Target.createBrowserContext');
    const { targetId } = await this.send('Target.createTarget', { url: 'about:blank', browserContextId });
    const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true });
    const page = new Page(this, sessionId, browserContextId);
    this.pages.set(sessionId, page);
    for (const domain of ['Page', 'Runtime', 'Log']) await page.send(`${domain}.enable`);
    return page;
  }

  async stop() {
    await within('Chromium ends', Promise.race([this.send('Browser.close').then(() => this.ended), this.ended]))
      .catch(() => this.child.kill('SIGKILL'));
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

class Page {
  constructor(browser, session, context) {
    this.browser = browser;
    this.session = session;
    this.context = context;
    this.troubles = []; // exceptions of scripts, and what the content policy forbade
    this.loads = 0;
    this.answers = {};
  }

  send(method, params) { return this.browser.send(method, params, this.session); }

  close() { return this.browser.send('Target.disposeBrowserContext', { browserContextId: this.context }); }

  take(method, params) {
    if (method === 'Page.loadEventFired') this.loads += 1;
    if (method === 'Runtime.exceptionThrown')
      this.troubles.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
    if (method === 'Log.entryAdded' && params.entry.source === 'security') this.troubles.push(params.entry.text);
    if (method === 'Fetch.requestPaused') this.answer(params).catch(() => {});
  }

  // Requests of these paths are answered so, {path: {status, body, headers} or 'no network'}; all others by the server.
  async answerWith(answers) {
    this.answers = answers;
    await this.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
  }

  answer({ requestId, request }) {
    const given = this.answers[new URL(request.url).pathname];
    if (!given) return this.send('Fetch.continueRequest', { requestId });
    if (given === 'no network')
      return this.send('Fetch.failRequest', { requestId, errorReason: 'ConnectionRefused' });
    const headers = { 'Content-Type': 'application/json', ...given.headers };
    return this.send('Fetch.fulfillRequest', { requestId, responseCode: given.status,
      responseHeaders: Object.entries(headers).map(([name, value]) => ({ name, value })),
      body: Buffer.from(JSON.stringify(given.body ?? {})).toString('base64') });
  }

  async loaded(what) {
    const before = this.loads;
    await what();
    await until('the page is loaded', () => this.loads > before);
  }
  open(url) { return this.loaded(() => this.send('Page.navigate', { url })); }
  reload() { return this.loaded(() => this.send('Page.reload')); }

  // The value of an expression in the page.
  async value(expression) {
    const { result, exceptionDetails } = await this.send('Runtime.evaluate',
      { expression, returnByValue: true, awaitPromise: true });
    if (exceptionDetails) throw new Error(`${expression}: ${exceptionDetails.exception?.description}`);
    return result.value;
  }

  // What a person reads: nothing of what is hidden.
  text() { return this.value('document.body.innerText'); }
  async untilSays(words) {
    await until(`the page says ${words}`, async () => (await this.text()).includes(words))
      .catch(async (late) => { throw new Error(`${late.message}, but: ${await this.text()}`); });
  }

  async click(selector) {
    await this.value(`document.querySelector(${JSON.stringify(selector)}).click()`);
  }
  isDisabled(selector) { return this.value(`document.querySelector(${JSON.stringify(selector)}).disabled`); }
  untilEnabled(selector) { return until(`${selector} can be clicked`, async () => !await this.isDisabled(selector)); }
  async clickOnceEnabled(selector) {
    await this.untilEnabled(selector);
    await this.click(selector);
  }
  type(text) { return this.send('Input.insertText', { text }); }
  async press(key) {
    const code = { Enter: 13, Tab: 9 }[key];
    const event = { key, code: key, windowsVirtualKeyCode: code, text: key === 'Enter' ? '\r' : undefined };
    await this.send('Input.dispatchKeyEvent', { type: 'keyDown', ...event });
    await this.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
  }

  // As on a screen of that width in CSS pixels.
  async resize(width, { height = 800, dark = false } = {}) {
    await this.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });
    await this.send('Emulation.setEmulatedMedia',
      { features: [{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }] });
  }
  async picture(file) {
    const { data } = await this.send('Page.captureScreenshot', { format: 'png' });
    writeFileSync(file, Buffer.from(data, 'base64'));
  }
}
