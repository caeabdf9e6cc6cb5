// Steps through a form, and what is run inside it. What runs there is sent as text, so it uses nothing from outside.

/** Presses Tab until what has the focus is what is wanted. */
export async function tabTo(page, selector, most = 120) {
  for (let times = 0; times < most; times += 1) {
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not reach ${selector}`);
}

/** Presses a key until something is so. */
export async function pressUntil(page, key, selector, most) {
  await page.keyboard.press('Space');
  for (let times = 0; times < most; times += 1) {
    if (await page.evaluate((wanted) => document.querySelector(wanted) !== null, selector)) return;
    await page.keyboard.press(key);
  }
  if (!await page.evaluate((wanted) => document.querySelector(wanted) !== null, selector)) throw new Error(`${key} does not lead to ${selector}`);
}

/** How many questions the page counts as answered. */
export const answered = (page) => page.$eval('progress', (bar) => bar.value);

/** Gives a name in the profile, and waits until the page has taken it in. */
export async function say(page, screen, name) {
  if (screen) await page.click('main button.main');
  await page.fill('#name', name);
  await page.evaluate(() => document.getElementById('name').blur());
  await page.fill('#name', name);
}

/** Opens answers from a file, and waits until the page has said something of it. */
export async function openFile(page, name, bytes) {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.evaluate(() => document.querySelector('#choices button:nth-child(3)').click()),
  ]);
  await chooser.setFiles({ name, mimeType: 'application/yaml', buffer: Buffer.from(bytes) });
  const says = (file) => [...document.querySelectorAll('.notice, dialog')].some((each) => each.textContent.includes(file));
  await page.waitForFunction(says, name);
  return page.textContent('#notices');
}

/** Random answers through the engine of the page: the file and the result of each set. */
export function randomSets({ packs, sets }) {
  let seed = 20261102;
  const random = (below) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const some = (list) => list.filter(() => random(2));
  const claim = (question) => {
    const way = random(10);
    if (way < 2) return { is: 'open' };
    if (way < 3) return { is: 'unknown' };
    if (way < 4 && !question.essential) return { is: 'not-applicable', said: 'Nobody <b>does</b> that: "here"' };
    const ids = question.options.map((option) => option.id);
    if (question.kind === 'yes-no') return { is: 'value', said: [['yes', 'no'][random(2)]] };
    if (question.kind === 'number') return { is: 'value', said: [String(random(100))] };
    if (question.kind !== 'checklist') return { is: 'value', said: [ids[random(ids.length)]] };
    const said = some(ids.filter((id) => id !== question.exclusive));
    return { is: 'value', said: said.length ? said : [question.exclusive ?? ids[0]] };
  };
  const places = [['file', 'list.ods'], ['link', 'https://example.org/list'], ['reference', 'the red folder']];
  const evidence = () => (random(3) ? [] : [places[random(3)]].map(([kind, place]) => ({ title: 'Our list', kind, place })));
  const made = [];
  for (let at = 0; at < sets; at += 1) {
    const engine = globalThis.engine.Engine.begin('[]', packs[at % packs.length], '2026-11-02');
    const blank = JSON.parse(engine.view());
    const facts = blank.facts.filter((fact) => fact.options.length).map((fact) => {
      const ids = fact.options.map((option) => option.id);
      const many = some(ids);
      return { fact: [fact.id, fact.kind === 'many' && many.length ? many : [ids[random(ids.length)]]] };
    });
    engine.say(JSON.stringify([{ name: `Set ${at}` }, { respondent: { name: '', function: 'owner' } }, ...facts]));
    const { sections } = JSON.parse(engine.view());
    const answers = sections.flatMap(({ questions }) => questions)
      .map((question) => ({ question, now: claim(question) }))
      .filter(({ now }) => now.is !== 'open')
      .map(({ question, now }) => ({ answer: [question.id, { claim: now, evidence: now.is === 'value' ? evidence() : [], note: '', public: false }] }));
    engine.say(JSON.stringify(answers));
    const { outcome } = JSON.parse(engine.view());
    made.push({ file: engine.file_name(), text: engine.answers(), result: new TextDecoder().decode(engine.report('json')), headline: outcome?.overall.headline });
    engine.free();
  }
  return made;
}
