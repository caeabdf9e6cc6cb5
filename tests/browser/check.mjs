// Opens gapwise's HTML reports in Chromium and checks what a reader would meet:
//   node check.mjs FILE.html... [--screenshots DIR]
//   node check.mjs --self-test
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { growScrollBoxes, inspectCharts, inspectPage, inspectSource, openDetails } from './in-page.mjs';

const USAGE = 'usage: node check.mjs FILE.html... [--screenshots DIR] | --self-test';
const CHROMIUM = '/usr/bin/chromium';
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--no-first-run'];
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const MOST_SHOWN = 10; // a fault repeated in every row of a table need not fill the log

// isMobile makes Chromium honour the viewport tag as a phone does, so a report without one
// is laid out 980px wide and fails. Print has about the width of A4 at 96 dots per inch.
const desktop = { viewport: { width: 1280, height: 900 } };
const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
const MODES = {
  'light-1280': { ...desktop, colorScheme: 'light' },
  'dark-1280': { ...desktop, colorScheme: 'dark' },
  'phone-light-360': { ...phone, colorScheme: 'light' },
  'phone-dark-360': { ...phone, colorScheme: 'dark' },
  print: { viewport: { width: 794, height: 1123 }, colorScheme: 'light', media: 'print' },
};

function stop(message, code = 1) {
  console.error(message);
  process.exit(code);
}

function axeFindings({ violations, incomplete }) {
  const tell = (code, rule) => {
    const lines = rule.nodes.slice(0, MOST_SHOWN)
      .flatMap((node) => [node.target.flat().join(' '), node.failureSummary ?? '']);
    if (rule.nodes.length > MOST_SHOWN) lines.push(`and ${rule.nodes.length - MOST_SHOWN} more`);
    return { code: `${code}/${rule.id}`, text: [`${rule.impact}: ${rule.help}`, ...lines].join('\n') };
  };
  // What axe leaves undecided is told as a note; only contrast it must be able to decide.
  return [
    ...violations.map((rule) => tell('axe', rule)),
    ...incomplete.map((rule) => ({ ...tell('axe-undecided', rule), note: rule.id !== 'color-contrast' })),
  ];
}

async function checkMode(browser, axeSource, url, { media = 'screen', ...options }, screenshot) {
  const found = [];
  // Without motion, so that no colour is measured half way through a transition.
  const context = await browser.newContext({ ...options, reducedMotion: 'reduce' });
  try {
    // Any request but the report's own is answered here with nothing: none leaves the machine.
    await context.route(() => true, (route) => {
      if (route.request().url() === url) return route.continue();
      found.push({ code: 'request', text: route.request().url() });
      return route.fulfill({ status: 204, body: '' });
    });
    const page = await context.newPage();
    // Chromium's errors tell, among others, what a content security policy refused.
    page.on('console', (m) => m.type() === 'error' && found.push({ code: 'console', text: m.text() }));
    page.on('pageerror', (e) => found.push({ code: 'console', text: e.message }));
    await page.emulateMedia({ media });
    await page.goto(url, { waitUntil: 'load' });
    await page.evaluate(openDetails); // so that nothing is hidden from the checks
    found.push(...await page.evaluate(inspectPage, options.isMobile ? options.viewport.width : null));
    if (screenshot) {
      // The top of a long report: a picture of all of it would take minutes.
      const [width, height] = await page.evaluate(() => [innerWidth, document.documentElement.scrollHeight]);
      await page.screenshot({ path: screenshot, fullPage: true, clip: { x: 0, y: 0, width, height: Math.min(height, 9000) } });
    }
    // Evaluated, not added as an element: a content security policy would refuse an element.
    await page.evaluate(axeSource);
    const runAxe = async (runOnly, rules, context = {}) => found.push(...axeFindings(await page.evaluate(
      ([what, how]) => globalThis.axe.run({ include: [document], ...what }, how), [context, { runOnly, rules }])));
    // target-size belongs to wcag22aa but is off unless named.
    await runAxe(TAGS, { 'target-size': { enabled: true }, 'color-contrast': { enabled: false } });
    await page.evaluate(growScrollBoxes);
    // axe never decides on text in a chart, so that is measured here.
    await runAxe(['color-contrast'], {}, { exclude: ['svg'] });
    found.push(...await page.evaluate(inspectCharts));
  } catch (error) {
    found.push({ code: 'error', text: error.message });
  } finally {
    await context.close();
  }
  return found;
}

// Returns [mode, findings] pairs, the first for the text of the file as it is.
async function checkFile(browser, axeSource, file, screenshotStem) {
  const blank = await browser.newPage();
  let source;
  try {
    source = await blank.evaluate(inspectSource, await readFile(file, 'utf8'));
  } catch (error) {
    return [['source', [{ code: 'error', text: error.message }]]];
  } finally {
    await blank.close();
  }
  const url = pathToFileURL(resolve(file)).href;
  return [['source', source], ...await Promise.all(Object.entries(MODES).map(async ([mode, options]) => [
    mode,
    await checkMode(browser, axeSource, url, options, screenshotStem && `${screenshotStem}-${mode}.png`),
  ]))];
}

const counts = { passed: 0, failed: 0 };
function report(label, faults, notes = []) {
  const show = (kind) => (text) => console.log(`      ${kind}${text.replaceAll('\n', '\n        ')}`);
  console.log(`${faults.length ? 'FAIL' : 'ok  '}  ${label}`);
  faults.forEach(show(''));
  notes.forEach(show('note: '));
  counts[faults.length ? 'failed' : 'passed'] += 1;
}

async function checkFiles(browser, axeSource, files, screenshots) {
  if (screenshots) await mkdir(screenshots, { recursive: true });
  for (const [i, file] of files.entries()) {
    // Numbered, as files of two folders may share a name.
    const stem = screenshots && join(screenshots, `${i + 1}-${basename(file, '.html')}`);
    for (const [mode, found] of await checkFile(browser, axeSource, file, stem)) {
      const texts = (wanted) => found.filter(wanted).map((f) => `${f.code}: ${f.text}`);
      report(`${file}  ${mode}`, texts((f) => !f.note), texts((f) => f.note));
    }
  }
}

// Each page must show exactly the findings it was made for, in the modes it was made for.
async function selfTest(browser, axeSource) {
  const { selfTestPages } = await import('./self-test-pages.mjs');
  const dir = await mkdtemp(join(tmpdir(), 'gapwise-browser-'));
  try {
    for (const { name, html, expected } of selfTestPages(Object.keys(MODES))) {
      const file = join(dir, 'page.html');
      await writeFile(file, html);
      const met = (await checkFile(browser, axeSource, file)).flatMap(([mode, found]) =>
        found.filter((f) => !f.note).map((f) => `${mode}: ${f.code}`));
      report(`self-test: ${name}`, [
        ...expected.filter((e) => !met.includes(e)).map((e) => `missed ${e}`),
        ...met.filter((m) => !expected.includes(m)).map((m) => `unexpected ${m}`),
      ]);
    }
  } finally {
    await rm(dir, { recursive: true });
  }
}

let args;
try {
  const options = { screenshots: { type: 'string' }, 'self-test': { type: 'boolean' } };
  args = parseArgs({ allowPositionals: true, options });
} catch (error) {
  stop(`${error.message}\n${USAGE}`, 2);
}
const { positionals: files, values } = args;
if (values['self-test'] ? files.length || values.screenshots : !files.length) stop(USAGE, 2);
if (!existsSync(CHROMIUM)) stop(`no ${CHROMIUM}: run apt-get update && apt-get install -y chromium`);
const [{ chromium }, { default: axe }] = await Promise.all([import('playwright-core'), import('axe-core')])
  .catch((error) => stop(`${error.message}\nrun npm ci in ${import.meta.dirname}`));
const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
try {
  if (values['self-test']) await selfTest(browser, axe.source);
  else await checkFiles(browser, axe.source, files, values.screenshots);
} finally {
  await browser.close();
}
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed ? 1 : 0;
