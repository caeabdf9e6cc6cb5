// Fills in a form in Chromium as its users would, with keyboard alone, and tries to break it:
//   node form.mjs GAPWISE [--form FORM.html] [--screenshots DIR] [--sets N] | GAPWISE --self-test
// GAPWISE is a program built with --release; the form is its own for `msme-first-look` unless named.
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import axe from 'axe-core';
import { inspectPage } from './in-page.mjs';
import { answered, openFile, pressUntil, randomSets, say, tabTo } from './form-steps.mjs';

const PACK = 'msme-first-look';
const PACKS = [PACK, PACK, 'hiroshima-code-of-conduct', 'public-sector-body'];
const CHROMIUM = '/usr/bin/chromium';
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--no-first-run'];
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const HOSTILE = '<img src=x onerror="document.title=1"></script><b>x</b> & "q" \u2028';

const { positionals: [program], values } = parseArgs({
  allowPositionals: true,
  options: { form: { type: 'string' }, screenshots: { type: 'string' }, sets: { type: 'string', default: '200' }, 'self-test': { type: 'boolean' } },
});
if (!program) {
  console.error('usage: node form.mjs GAPWISE [--form FORM.html] [--screenshots DIR] [--sets N] | GAPWISE --self-test');
  process.exit(2);
}

const counts = { passed: 0, failed: 0 };
function must(holds, what, details = []) {
  console.log(`${holds ? 'ok  ' : 'FAIL'}  ${what}`);
  if (!holds) for (const line of details) console.log(`      ${line}`);
  counts[holds ? 'passed' : 'failed'] += 1;
  return holds;
}

const folder = await mkdtemp(join(tmpdir(), 'gapwise-form-'));
const gapwise = (...args) => execFileSync(resolve(program), args, { cwd: folder, maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'pipe'] });
const form = values.form ? resolve(values.form) : join(folder, 'form.html');
if (!values.form) gapwise('form', PACK, '-o', form);
const url = pathToFileURL(form).href;
const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });

/** A browser of its own, with nothing kept. What the page asks for, and what it complains of, is held against it. */
async function visitor(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, reducedMotion: 'reduce', acceptDownloads: true, ...options });
  const troubles = [];
  await context.route(() => true, (route) => {
    if (route.request().url().startsWith('file:')) return route.continue();
    troubles.push(`request: ${route.request().url()}`);
    return route.fulfill({ status: 204, body: '' });
  });
  await context.addInitScript(() => addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.blockedURI}`)));
  const tab = async (where = url) => {
    const page = await context.newPage();
    page.on('console', (message) => message.type() === 'error' && troubles.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => troubles.push(`error: ${error.message}`));
    await page.goto(where);
    await page.waitForSelector('html[data-engine]');
    return page;
  };
  return { context, troubles, tab };
}

/** It is small enough to be mailed, and ready before one wonders. */
async function isLight() {
  const { size } = await stat(form);
  must(size < 6_000_000, `the form has ${(size / 1e6).toFixed(1)} MB, the writer of PDFs in it (at most 6)`);
  const { context, tab } = await visitor();
  const begun = performance.now();
  await tab();
  const took = performance.now() - begun;
  must(took < 10_000, `it is ready ${Math.round(took)} ms after it was opened (at most 10 000 on a busy machine)`);
  await context.close();
}

async function faultsOf(page, width = null) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: tags, rules: { 'target-size': { enabled: true } } }), TAGS);
  const found = violations.map((rule) => `axe/${rule.id}: ${rule.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(' | ')}`);
  return [...found, ...(await page.evaluate(inspectPage, width)).map(({ code, text }) => `${code}: ${text}`)];
}

async function savedBy(page, press) {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

async function ownerAtTheKeyboard() {
  const { context, troubles, tab } = await visitor();
  let page = await tab();
  const press = async (selector, key = 'Enter') => { await tabTo(page, selector); await page.keyboard.press(key); };
  await press('main button.main');
  await press('main button.main');
  must(await page.evaluate(() => document.activeElement.matches('.faults')), 'what is missing is named and gets the focus');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  must(await page.evaluate(() => document.activeElement.id) === 'name', 'a link of the summary leads to its field');
  await page.keyboard.type('Corner Bakery');
  await tabTo(page, '#task');
  await page.keyboard.type('owner');
  await press('input[value=plain-user]', 'Space');
  await press('form button.main');
  for (let number = 1; number <= 16; number += 1) {
    const heading = await page.evaluate(() => document.activeElement.localName);
    if (heading !== 'h1') must(false, `question ${number}: the heading has the focus, not ${heading}`);
    if (number === 8) {
      await page.reload();
      await page.waitForSelector('html[data-engine]');
      const where = await page.textContent('.place');
      must(where.includes('question 8 of 16') && await answered(page) === 7, `after loading anew the answers are there, at the same question (${where})`);
    }
    await tabTo(page, '#answer input');
    if (number === 3) await pressUntil(page, 'ArrowUp', '[data-is=unknown]:checked', 3);
    else if (number === 5) {
      await pressUntil(page, 'ArrowUp', '[data-is=not-applicable]:checked', 3);
      await press('form button.main');
      must(await page.evaluate(() => document.activeElement.matches('.faults')), 'not applicable wants a reason');
      await tabTo(page, '#reason');
      await page.keyboard.type('We have no staff.');
    } else await pressUntil(page, 'ArrowDown', `input[value="${1 + (number % 4)}"]:checked`, 5);
    if (number === 1) {
      await press('.beside > summary');
      await tabTo(page, '#title');
      await page.keyboard.type('Tool list');
      await tabTo(page, '#where');
      await page.keyboard.type('tools.ods');
      await tabTo(page, '#note');
      await page.keyboard.type(HOSTILE);
    }
    await press('form button.main');
  }
  must(await page.textContent('h1') === 'Your result', 'the last question leads to the result');
  await press('main .beside > summary');
  await press('input[name=public]', 'Space');
  const answers = await savedBy(page, () => press('main .choices:last-of-type button.main'));
  const html = await savedBy(page, () => press('main .choices:last-of-type button:nth-child(3)'));
  const pdf = await savedBy(page, () => press('main .choices:last-of-type button:nth-child(2)'));
  must(answers.name === 'corner-bakery.yaml', `the file is called ${answers.name}`);
  await writeFile(join(folder, answers.name), answers.bytes);
  must(gapwise('check', answers.name).length >= 0, 'gapwise check accepts the saved answers');
  const result = JSON.parse(gapwise('score', answers.name, '--format', 'json'));
  const shown = await page.textContent('.result .score strong');
  must(gapwise('score', answers.name).toString().includes(shown), `the page's score, ${shown}, is the command line's`);
  must(result !== null && answers.bytes.toString().includes('<img src=x onerror='), 'a hostile note is kept as it is');
  must(html.bytes.equals(gapwise('report', answers.name, '--format', 'html')), `the HTML report is the command line's to the byte (${html.bytes.length})`);
  must(pdf.bytes.equals(gapwise('report', answers.name, '--format', 'pdf')), `the PDF report is the command line's to the byte (${pdf.bytes.length})`);
  const [first] = await page.$$eval('input[name=public]', (boxes) => boxes.map((box) => box.closest('label').textContent));
  const sheet = gapwise('report', answers.name, '--for', 'buyer', '--format', 'md').toString();
  must(sheet.includes(first.slice(0, 40)), 'the answer that a customer may see is on the answer sheet');
  const markup = await page.evaluate(() => document.querySelectorAll('main img, main b b').length);
  must(markup === 0 && await page.title() !== '1', 'text from answers does not become markup');
  must(troubles.length === 0, 'no request, no complaint', troubles);
  await context.close();
  return answers;
}

/** Each kind of screen, as it looks in light and dark, on a phone and on a desk. */
async function screens(shots, good) {
  const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
  const sizes = { 1400: { viewport: { width: 1400, height: 1000 } }, 360: phone };
  for (const [size, options] of Object.entries(sizes)) {
    for (const colorScheme of ['light', 'dark']) {
      const { context, tab } = await visitor({ ...options, colorScheme });
      const page = await tab();
      const look = async (name) => {
        const faults = await faultsOf(page, options.isMobile ? 360 : null);
        must(faults.length === 0, `${name}, ${colorScheme}, ${size} px: accessible, and as wide as the screen`, faults);
        if (shots) await page.screenshot({ path: join(shots, `form-${name}-${colorScheme}-${size}.png`), fullPage: true });
      };
      await look('1-start');
      await page.click('main button.main');
      await page.click('main button.main');
      await look('2-profile-with-faults');
      await page.fill('#name', 'Corner Bakery');
      await page.check('input[value=plain-user]');
      await page.click('form button.main');
      await page.waitForSelector('#answer');
      await look('3-question');
      await page.click('.term summary');
      await page.check('#answer input[value="2"]');
      await page.click('.beside > summary');
      await look('4-question-answered');
      await page.click('#clear');
      await page.check('[data-is=not-applicable]');
      await page.click('form button.main');
      await look('5-question-with-fault');
      if (options.isMobile) {
        await page.click('#score-fold > summary');
        await page.click('#list-fold > summary');
        await look('6-all-open');
      }
      await openFile(page, good.name, good.bytes);
      await page.waitForSelector('.result');
      for (const fold of await page.$$('main details > summary')) await fold.click();
      await look('7-result');
      await page.click('#menu > summary');
      await look('8-menu');
      await context.close();
    }
  }
}

function firstDifference(one, other) {
  const [lines, others] = [one, other].map((text) => text.split('\n'));
  const at = lines.findIndex((line, number) => line !== others[number]);
  return `line ${at + 1}: ${lines[at]?.slice(0, 120)} / ${others[at]?.slice(0, 120)}`;
}

async function everyAnswerScoresTheSame(sets) {
  const { context, tab } = await visitor();
  const page = await tab();
  const made = await page.evaluate(randomSets, { packs: PACKS, sets });
  const other = [];
  for (const { file, text, result } of made) {
    // In a folder of its own, as the result may name the file.
    const name = join(await mkdtemp(join(folder, 'set-')), file);
    await writeFile(name, text);
    const theirs = gapwise('score', name, '--format', 'json').toString();
    if (theirs.trimEnd() !== result.trimEnd()) other.push(`${file}: ${firstDifference(theirs, result)}`);
  }
  other.splice(5);
  const scores = new Set(made.map(({ headline }) => headline));
  must(other.length === 0 && scores.size > sets / 4, `${sets} random sets of answers, ${scores.size} scores: page and command line agree to the byte`, other);
  await context.close();
}

async function badFiles(good) {
  const { context, troubles, tab } = await visitor();
  const page = await tab();
  const text = good.bytes.toString();
  await say(page, { is: 'profile' }, 'Mine');
  const cases = {
    'cut.yaml': [text.slice(0, text.indexOf('answers:') + 40).replace('questionnaire', 'questionaire'), /Line \d+/],
    'foreign.yaml': ['name: x\nservices:\n  web: 1\n', /was not opened/],
    'quote.yaml': [text.replace('Corner Bakery', 'Corner "Bakery'), /Line \d+/],
    'large.yaml': ['#'.repeat(1024 * 1024 + 1), /larger than 1 MiB/],
    'binary.yaml': [Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 1]), /no text file/],
    'other.yaml': [text.replace(PACK, 'g7-declaration').replace(/answers:[\s\S]*/, ''), /was not opened/],
    'ancient.yaml': [text.replace(/^(questionnaire: .*)$/m, '$1\nquestionnaire-version: 0.1.0'), /was not opened/],
  };
  for (const [name, [bytes, expected]] of Object.entries(cases)) {
    const told = await openFile(page, name, bytes);
    const kept = await page.inputValue('#name');
    must(expected.test(told) && told.includes('was not opened') && kept === 'Mine', `${name}: said why, and nothing lost`, [told, kept]);
  }
  await openFile(page, 'corner-bakery.yaml', good.bytes);
  must(await answered(page) === 16, 'good answers open after all that');
  must(troubles.length === 0, 'no complaint', troubles);
  await context.close();
}

/** What a changed profile does to answers, and what is asked of a builder only. */
async function changedProfile() {
  const { context, troubles, tab } = await visitor();
  const page = await tab();
  await say(page, { is: 'profile' }, 'Builders');
  await page.check('input[value=application-developer]');
  await page.click('form button.main');
  await page.click('#list-fold .section:last-of-type > summary');
  await page.click('#list-fold .section:last-of-type .entry');
  await page.check('#answer input >> nth=1');
  const asked = await page.$eval('progress', (bar) => bar.max);
  await page.click('#list-fold > button:first-of-type');
  await page.check('input[value=plain-user]');
  await page.uncheck('input[value=application-developer]');
  await page.waitForSelector('#notice-idle');
  must(await page.$eval('progress', (bar) => bar.max) < asked, 'a changed profile asks less, and says which answers do not count now');
  await page.check('input[value=application-developer]');
  await page.waitForSelector('#notice-idle', { state: 'detached' });
  must(await answered(page) === 1, 'changed back, they count again');
  must(troubles.length === 0, 'no complaint', troubles);
  await context.close();
}

async function twoTabs() {
  const { context, tab } = await visitor();
  const first = await tab();
  await say(first, { is: 'profile' }, 'First');
  const second = await tab();
  must(await second.inputValue('#name') === 'First', 'a second tab goes on from the first');
  await say(second, null, 'Second');
  await first.waitForSelector('#notice-foreign');
  await say(first, null, 'First again');
  const kept = () => first.evaluate(() => JSON.parse(localStorage.getItem(Object.keys(localStorage)[0])).answers);
  must((await kept()).includes('Second'), 'the older tab does not overwrite newer answers');
  await first.click('#notice-foreign button:nth-child(2)');
  must((await kept()).includes('First again'), '“keep mine” keeps them');
  await second.waitForSelector('#notice-foreign');
  await second.click('#notice-foreign button:nth-child(1)');
  must(await second.inputValue('#name') === 'First again', '“take these” takes them');
  await context.close();
}

async function nothingKept() {
  for (const [what, script] of Object.entries({
    'storage is full': () => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; },
    'storage is forbidden': () => Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } }),
  })) {
    const { context, troubles, tab } = await visitor();
    await context.addInitScript(script);
    const page = await tab();
    must((await page.textContent('#notices')).includes('does not keep answers'), `${what}: a standing notice`);
    await say(page, { is: 'profile' }, 'Not kept');
    let warned = false;
    page.on('dialog', (dialog) => { warned ||= dialog.type() === 'beforeunload'; dialog.dismiss(); });
    await page.close({ runBeforeUnload: true });
    await new Promise((done) => setTimeout(done, 300));
    must(warned, `${what}: leaving unsaved asks first`);
    must(troubles.length === 0, `${what}: no complaint`, troubles);
    await context.close();
  }
}

async function brokenEngine() {
  const { context, tab } = await visitor();
  const page = await tab();
  await say(page, { is: 'profile' }, 'Before');
  await page.evaluate(() => { globalThis.engine.Engine.prototype.say = () => { throw new WebAssembly.RuntimeError('unreachable'); }; });
  await page.fill('#name', 'After');
  await page.waitForSelector('html[data-engine=failed]');
  const saved = await savedBy(page, () => page.click('main button.main'));
  must(saved.bytes.toString().includes('Before'), 'if the engine fails, the last good answers can be saved');
  await context.close();
}

async function nothingLeaves() {
  const { context, troubles, tab } = await visitor();
  const page = await tab();
  const tried = await page.evaluate(async () => {
    const image = new Promise((done) => { const img = new Image(); img.onerror = () => done('blocked'); img.onload = () => done('loaded'); img.src = 'https://example.org/x.png'; });
    const fetched = fetch('https://example.org/').then(() => 'loaded', () => 'blocked');
    return [await image, await fetched];
  });
  must(tried.every((each) => each === 'blocked') && !troubles.some((each) => each.startsWith('request')), 'the policy blocks what an injected script asks for', [...tried, ...troubles]);
  await context.close();
}

/** Pages that are broken on purpose: the checks must notice. */
async function selfTest() {
  const source = await readFile(form, 'utf8');
  const broken = async (name, change) => {
    const file = join(folder, `${name}.html`);
    await writeFile(file, change(source));
    const { context, troubles, tab } = await visitor();
    const page = await tab(pathToFileURL(file).href);
    const found = [...troubles, ...await faultsOf(page)];
    await context.close();
    return found;
  };
  const withoutPolicy = (text) => text.replace(/<meta http-equiv[^>]*>/, '');
  must((await broken('whole', (text) => text)).length === 0, 'self-test: the form as it is passes');
  const expect = async (name, change, code) => {
    const found = await broken(name, change);
    must(found.some((each) => each.includes(code)), `self-test: ${name} is found`, found);
  };
  await expect('unlabelled', (text) => text.replace('<footer>', '<footer><input id="nameless">'), 'axe/label');
  await expect('talkative', (text) => withoutPolicy(text).replace('<footer>', '<footer><img alt="x" src="https://example.org/x.png">'), 'request:');
  await expect('guarded', (text) => text.replace('<footer>', '<footer><img alt="x" src="https://example.org/x.png">'), 'console:');
}

try {
  if (values['self-test']) await selfTest();
  else {
    if (values.screenshots) await mkdir(values.screenshots, { recursive: true });
    await isLight();
    const answers = await ownerAtTheKeyboard();
    await badFiles(answers);
    await changedProfile();
    await twoTabs();
    await nothingKept();
    await brokenEngine();
    await nothingLeaves();
    await everyAnswerScoresTheSame(Number(values.sets));
    await screens(values.screenshots, answers);
  }
} finally {
  await browser.close();
  await rm(folder, { recursive: true });
}
console.log(`${counts.passed} passed, ${counts.failed} failed (${basename(form)})`);
process.exitCode = counts.failed ? 1 : 0;
