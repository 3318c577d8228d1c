// A visit of the page in Chromium: what a person sees of it, and what it got wrong.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pictures = process.env.ROLECALL_PICTURES;

export const wide = { width: 1280, height: 900 };
export const narrow = { width: 360, height: 780 };

export class Chromium {
  static async start() {
    const started = new Chromium();
    started.browser = await chromium.launch({ executablePath: '/usr/bin/chromium', timeout: 180_000,
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'] });
    return started;
  }

  // A browser that stored nothing; with a `token`, one of whoever signed in with it, under a `base` path.
  async visit({ viewport = wide, colorScheme = 'light', token, base = '' } = {}) {
    const context = await this.browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce',
      permissions: ['clipboard-read', 'clipboard-write'] });
    context.setDefaultTimeout(Number(process.env.ROLECALL_BROWSER_PATIENCE ?? 60) * 1000);
    const page = await context.newPage();
    if (token) await page.addInitScript((value) => localStorage.setItem(...value), [`rolecall.token${base}`, token]);
    return new Visit(context, page);
  }

  stop() { return this.browser.close(); }
}

export class Visit {
  constructor(context, page) {
    this.context = context;
    this.page = page;
    this.troubles = []; // exceptions of scripts, and what the content policy forbade
    page.on('pageerror', (error) => this.troubles.push(String(error.stack ?? error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        this.troubles.push(message.text());
    });
  }

  async open(url) { await this.page.goto(url); }

  button(name, options = {}) { return this.page.getByRole('button', { name, ...options }); }
  link(name, options = {}) { return this.page.getByRole('link', { name, ...options }); }
  heading(name) { return this.page.getByRole('heading', { name }); }

  // The page says these words somewhere that a person sees.
  says(words) { return this.page.getByText(words).locator('visible=true').first().waitFor(); }

  // As a system that changes its theme, until the page has drawn it.
  async showTheme(theme) {
    await this.page.emulateMedia({ colorScheme: theme });
    await this.page.waitForFunction((name) => document.documentElement.dataset.theme === name, theme);
    await this.page.evaluate(() => new Promise((drawn) => { requestAnimationFrame(() => requestAnimationFrame(drawn)); }));
  }

  // Fails on what makes a page hard or impossible to use for some, in either theme.
  async isUsableByAll() {
    const { page } = this;
    for (const theme of ['dark', 'light']) {
      await this.showTheme(theme);
      // What a modal dialog covers is out of reach, and its landmarks with it.
      const found = await page.evaluate(`${axe}; axe.run(document.querySelector('[role=alertdialog]') ?? document,
        { resultTypes: ['violations'] })`);
      const told = found.violations.map(({ id, help, nodes }) =>
        `${id}: ${help}\n${nodes.slice(0, 5).map((node) => `  ${node.html.slice(0, 200)}\n  ${node.failureSummary}`).join('\n')}`);
      assert.deepEqual(told, [], `${page.url()} in ${theme}`);
    }
  }

  // Whether something is wider than the window.
  async fits() {
    const [content, window, widest] = await this.page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      const widest = [...document.querySelectorAll('body *')]
        .filter((one) => one.getBoundingClientRect().right > clientWidth)
        .map((one) => `${one.tagName} ${one.className}`);
      return [scrollWidth, clientWidth, widest.slice(0, 8)];
    });
    assert.ok(content <= window, `${this.page.url()}: ${content} px in a window of ${window}, as of ${widest.join('; ')}`);
  }

  // Pictures of what is shown now: light and dark, in windows of these sizes.
  async picture(name, sizes = { wide, narrow }) {
    if (!pictures) return;
    mkdirSync(pictures, { recursive: true });
    const { page } = this;
    const size = page.viewportSize();
    for (const [word, viewport] of Object.entries(sizes)) {
      await page.setViewportSize(viewport);
      for (const shown of ['dark', 'light']) {
        await this.showTheme(shown);
        await page.screenshot({ path: join(pictures, `${name}-${word}-${shown}.png`) });
      }
    }
    await page.setViewportSize(size);
  }

  async end() {
    await this.context.close();
    assert.deepEqual(this.troubles, []);
  }
}
