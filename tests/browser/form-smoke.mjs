// Opens a form in Chromium and has its engine make a PDF, which must be the command line's to the byte:
//   node form-smoke.mjs GAPWISE [ANSWERS.yaml]
// where GAPWISE is a program built with --release.
import { execFileSync } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--no-first-run'];
const EXAMPLE = join(import.meta.dirname, '../../examples/corner-bakery/answers.yaml');

const [program, answers = EXAMPLE] = process.argv.slice(2);
if (!program) {
  console.error('usage: node form-smoke.mjs GAPWISE [ANSWERS.yaml]');
  process.exit(2);
}
const faults = [];
const must = (holds, what) => {
  console.log(`${holds ? 'ok  ' : 'FAIL'}  ${what}`);
  if (!holds) faults.push(what);
};

// The page's own request is let through; any other is answered with nothing and held against it.
async function opened(browser, url) {
  const context = await browser.newContext();
  const requests = [];
  await context.route(() => true, (route) => {
    if (route.request().url() === url) return route.continue();
    requests.push(route.request().url());
    return route.fulfill({ status: 204, body: '' });
  });
  const page = await context.newPage();
  const said = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(error.message));
  const began = performance.now();
  await page.goto(url);
  await page.waitForSelector('html[data-engine]');
  return { page, requests, said, took: performance.now() - began };
}

async function check(folder, browser) {
  const name = basename(answers);
  await copyFile(answers, join(folder, name));
  const run = (...args) => execFileSync(resolve(program), args, { cwd: folder, maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'ignore'] });
  const file = join(folder, 'form.html');
  run('form', name, '-o', file);
  console.log(`form: ${(await stat(file)).size} bytes`);
  const { page, requests, said, took } = await opened(browser, pathToFileURL(file).href);
  const state = await page.evaluate(() => document.documentElement.dataset.engine);
  must(state === 'ready', `the engine starts; opened and ready after ${Math.round(took)} ms`);
  const text = await readFile(answers, 'utf8');
  const data = await page.evaluate(() => JSON.parse(document.getElementById('form-data').textContent));
  must(data.answers === text, 'the form carries the answers as they are');
  for (const format of ['json', 'html', 'pdf']) {
    const made = await page.evaluate(([answers, name, format]) => {
      const began = performance.now();
      const bytes = globalThis.engine.report('[]', answers, name, format);
      let text = '';
      for (const byte of bytes) text += String.fromCharCode(byte);
      return { text: btoa(text), took: performance.now() - began };
    }, [text, name, format]);
    const [here, there] = [run('report', name, '--format', format), Buffer.from(made.text, 'base64')];
    must(here.equals(there), `${format}: ${there.length} bytes in ${Math.round(made.took)} ms, the same as the command line's`);
  }
  must(said.length === 0, `the console stays empty${said.map((line) => `\n      ${line}`).join('')}`);
  must(requests.length === 0, `nothing is asked for${requests.map((url) => `\n      ${url}`).join('')}`);
}

const folder = await mkdtemp(join(tmpdir(), 'gapwise-form-'));
const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
try {
  await check(folder, browser);
} finally {
  await browser.close();
  await rm(folder, { recursive: true });
}
process.exitCode = faults.length ? 1 : 0;
