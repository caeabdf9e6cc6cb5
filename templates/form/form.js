// The form: what it knows, what is said to the engine, which screen is shown.

const app = {
  data: JSON.parse(page('form-data').textContent), // what the form was made with
  documents: '[]', // the same for the engine: documents of one's own
  Engine: null,
  engine: null, // the engine with the answers
  view: null, // what it shows of them
  text: '', // the answers file as it stands; kept apart, for the day the engine fails
  screen: { is: 'start' },
  drafts: {},
  pending: [],
  required: new Set(), // what must be said before anything is scored
  asked: {}, // each question that was ever shown, by id
  isInFile: true, // whether a file holds all that was said
  failed: false,
  store: null,
};

/** A failure of the engine that is no refusal: from then on only the text is safe. */
function guarded(work) {
  try {
    return work();
  } catch (why) {
    fail(why);
    return undefined;
  }
}

/** What the engine refuses, as data; anything else that it throws is passed on. */
function refusal(why) {
  if (why instanceof WebAssembly.RuntimeError) throw why;
  try {
    return JSON.parse(why.message);
  } catch {
    throw why;
  }
}

function fail(why) {
  app.failed = true;
  console.warn(why);
  document.documentElement.dataset.engine = 'failed';
  app.pending = [];
  page('side').hidden = true;
  page('progress').hidden = true;
  page('main').replaceChildren(
    el('h1', { tabindex: '-1' }, 'Something went wrong in this form'),
    el('p', {}, 'This is our fault, not yours. Your answers are safe up to your last step.'),
    el('p', {}, 'Save them as a file now. Then load the page again and go on.'),
    el('div', { class: 'choices' },
      app.text && button('Save answers', saveAnswers, { class: 'main' }),
      button('Load the page again', () => location.reload())),
    el('details', {}, el('summary', {}, 'For a report of this fault'), el('p', {}, `${app.data.engine}: ${why.message}`)));
  page('main').querySelector('h1').focus();
}

/** Says things to the engine; `false` where it refuses, and then nothing has changed. */
function tell(said) {
  if (app.failed) return false;
  return guarded(() => {
    try {
      app.engine.say(JSON.stringify(said));
    } catch (why) {
      app.refused = refusal(why);
      return false;
    }
    const before = app.view;
    look();
    app.isInFile = false;
    keep();
    showIdle(before);
    showSide();
    const { done, asked } = app.view.progress;
    const score = app.view.outcome ? ` Score ${app.view.outcome.overall.headline} of 100.` : '';
    speak(`${app.store.works ? 'Saved' : 'Noted'}. ${done} of ${asked} answered.${score}`);
    return true;
  }) ?? false;
}

/** What the engine refused last, at the field. The reader who writes is not moved. */
function showRefusal(id) {
  if (app.failed) return;
  const { message, help } = app.refused;
  showFaults([{ id, text: `${capital(message)}.${help ? ` ${capital(help)}.` : ''}` }], { isLive: true });
}

/** A change that waits for a pause in writing; `flush` does not wait. */
function pending(call) {
  const later = debounced(call);
  app.pending.push(later);
  return later;
}

function flush() {
  for (const later of app.pending) later.now();
}

/** Looks at the answers anew. */
function look() {
  app.text = app.engine.answers();
  app.view = JSON.parse(app.engine.view());
  for (const { question } of questions()) app.asked[question.id] = question.ask;
  for (const what of app.view.unsaid) app.required.add(what);
}

/** Goes on with the answers of this engine. */
function take(engine, { isInFile, isKept = true }) {
  const old = app.engine;
  app.engine = engine;
  if (old && !app.failed) old.free();
  app.pending = [];
  app.drafts = {};
  look();
  app.isInFile = isInFile;
  if (isKept) keep();
  showIdle({ idle: [] });
}

/** Answers that have come to count no longer are named once. */
function showIdle(before) {
  const { idle } = app.view;
  if (idle.length === 0) return settle('idle');
  if (idle.every((id) => before.idle.includes(id))) return undefined;
  return notice('idle', {
    text: 'These answers do not count now, as their questions are no longer asked. They are kept, and count again if that changes.',
    list: idle.map((id) => app.asked[id] ?? id),
  });
}

// --- keeping -------------------------------------------------------------------------------------

function keep() {
  const outcome = app.store.write({ answers: app.text, file: app.engine.file_name(), screen: app.screen, isInFile: app.isInFile });
  if (outcome === 'foreign') showForeign();
  if (outcome === 'refused') showNotKept();
  if (outcome === 'kept') settle('not-kept');
  app.isKept = outcome === 'kept';
  page('saved').textContent = app.isKept ? `Saved in this browser ${clock(new Date())}` : 'Not saved in this browser';
  page('saved').classList.toggle('off', !app.isKept);
}

function showNotKept() {
  if (page('notice-not-kept')) return;
  notice('not-kept', {
    kind: 'warn', dismiss: false,
    text: 'This browser does not keep answers: save them as a file before you close the page.',
    actions: [],
  });
  page('notice-not-kept').querySelector('.choices').append(button('Save answers', saveAnswers));
}

/** Another tab wrote or removed what is kept: neither of the two is overwritten unasked. */
function showForeign() {
  const record = app.store.read();
  if (!app.store.isForeign(record) || app.failed) return;
  if (record?.answers === app.text) { app.store.acknowledge(record); return; }
  app.isKept = false;
  const mine = ['Keep mine', () => { app.store.acknowledge(app.store.read()); keep(); }];
  const theirs = ['Take these', () => resume(app.store.read())];
  notice('foreign', {
    kind: 'warn', dismiss: false,
    text: record
      ? `This form is open in another tab, which has newer answers (${day(new Date(record.time))}). Until you choose, this tab saves nothing.`
      : 'The answers that this browser kept were removed in another tab. Until you choose, this tab saves nothing.',
    actions: record ? [theirs, mine] : [mine, ['Remove them here too', startAfresh]],
  });
}

/** Goes on from what is kept; `false` where that cannot be opened. */
function resume(record) {
  if (!record) return false;
  const { engine, faults } = tryOpen(record.answers, record.file ?? 'answers.yaml');
  if (!engine) {
    notice('kept-faulty', {
      kind: 'bad', dismiss: false,
      text: 'The answers that this browser keeps cannot be opened. You can save them as a file.',
      list: faults.map(faultInWords),
      actions: [['Save them', () => saveFile('answers.yaml', record.answers, 'application/yaml')]],
    });
    return false;
  }
  app.store.acknowledge(record);
  take(engine, { isInFile: record.isInFile === true, isKept: false });
  app.isKept = true;
  page('saved').textContent = `Saved in this browser ${clock(new Date(record.time))}`;
  go(record.screen ?? firstScreen(), { replace: true });
  return true;
}

function begin() {
  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
  return app.Engine.begin(app.documents, app.data.questionnaire, app.data.date ?? today);
}

/** A new start: from the answers that the form was made with, or from none. */
function startAfresh() {
  app.store.forget();
  const { engine } = app.data.answers ? tryOpen(app.data.answers, app.data.file ?? 'answers.yaml') : { engine: guarded(begin) };
  if (!engine) return;
  for (const name of ['resumed', 'foreign', 'not-kept', 'opened']) settle(name);
  take(engine, { isInFile: true, isKept: false });
  app.isKept = true;
  page('saved').textContent = '';
  go({ is: 'start' }, { replace: true });
}

async function forget() {
  if (await agreed('Forget the answers here?', 'They are removed from this browser and from this page. A file that you saved stays.', 'Forget them', 'Cancel')) startAfresh();
}

// --- screens -------------------------------------------------------------------------------------

const SCREENS = { start: startScreen, profile: profileScreen, question: questionScreen, result: resultScreen };

const firstScreen = () => (app.view.unsaid.length || !questions().length ? { is: 'profile' } : { is: 'result' });

/** Shows a screen; the reader is led to its heading. */
function go(screen, { replace = false, isBack = false } = {}) {
  flush();
  if (app.failed) return;
  const isThere = screen.is !== 'question' || questionById(screen.id);
  const wanted = SCREENS[screen.is] && isThere ? screen : firstScreen();
  app.pending = [];
  app.screen = wanted;
  page('main').replaceChildren(...SCREENS[wanted.is](wanted).flat(3).filter(Boolean));
  showSide();
  const heading = page('main').querySelector('h1');
  document.title = `${heading.textContent} – ${app.data.title}`;
  document.documentElement.dataset.screen = wanted.is;
  heading.focus({ preventScroll: true });
  scrollTo(0, 0);
  // The browser's own Back leads to the screen before.
  if (!isBack) history[replace ? 'replaceState' : 'pushState'](wanted, '');
  if (app.store.read() && app.isKept) keep();
}

/** The score and the list of questions. On a phone both are folded away. */
function showSide() {
  const side = page('side');
  side.hidden = app.screen.is === 'start';
  if (side.hidden) page('progress').hidden = true;
  if (side.hidden) return;
  const { done, asked, 'minutes-left': minutes } = app.view.progress;
  const isWide = matchMedia('(min-width: 64rem)').matches;
  const isOpen = (id) => page(id)?.open ?? isWide;
  const fold = (id, title, short, content) => el('details', { id, class: 'fold', open: isOpen(id) },
    el('summary', {}, el('h2', {}, title), short && el('span', { class: 'soft' }, ` ${short}`)), content);
  const score = app.view.outcome ? `${app.view.outcome.overall.headline} of 100` : '';
  const left = done < asked && minutes > 0 ? `, about ${count(minutes, 'minute', 'minutes')} left` : '';
  page('progress').hidden = asked === 0;
  page('progress').replaceChildren(
    el('p', { id: 'progress-words' }, `${done} of ${asked} answered${left}`),
    el('progress', { value: done, max: Math.max(asked, 1), 'aria-labelledby': 'progress-words' }));
  side.replaceChildren(
    app.screen.is === 'result' ? '' : fold('score-fold', 'Your score so far', score, scorePanel()),
    fold('list-fold', 'All questions', '', questionList()));
}

function showMenu() {
  const entry = (text, click) => button(text, () => { page('menu').open = false; click(); });
  page('choices').replaceChildren(
    entry('About you', () => go({ is: 'profile' })),
    entry('Save answers', saveAnswers),
    entry('Open answers', chooseFile),
    entry('Forget them here', forget),
    el('p', { class: 'soft small' }, 'Your answers stay in this browser, on this computer. Nobody else gets them unless you pass on a file.'));
  page('menu').hidden = false;
  page('menu').addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    page('menu').open = false;
    page('menu').querySelector('summary').focus();
  });
}

// --- start ---------------------------------------------------------------------------------------

/** The engine stands in the page: packed, and as text, since the page may not fetch anything. */
async function unpacked(element) {
  const text = atob(element.textContent);
  const packed = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) packed[at] = text.charCodeAt(at);
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(stream).arrayBuffer();
}

/** Why this browser cannot run the form; null where it can. */
function lacking() {
  try {
    if (typeof WebAssembly !== 'object') return 'WebAssembly';
    new DecompressionStream('deflate-raw');
    return null;
  } catch {
    return 'DecompressionStream';
  }
}

async function start() {
  const lacks = lacking();
  if (lacks) {
    page('starting').textContent = `This browser is too old for the form: it lacks ${lacks}. Open the file in Chrome or Edge 103, Firefox 113, Safari 16.4, or a newer one.`;
    return;
  }
  try {
    // Not the synchronous way: a browser refuses that to a module of this size.
    await wasm_bindgen({ module_or_path: await unpacked(page('engine')) });
  } catch (why) {
    fail(why);
    return;
  }
  page('engine').remove(); // it is large, and runs now
  app.Engine = wasm_bindgen.Engine;
  globalThis.engine = wasm_bindgen; // for tests, and for the curious
  app.documents = JSON.stringify(app.data.documents ?? []);
  app.data.title ??= document.title;
  guarded(openForm);
}

function openForm() {
  app.store = new Store(app.data.id, showForeign);
  if (!app.store.tries()) showNotKept();
  const probe = begin();
  for (const what of JSON.parse(probe.view()).unsaid) app.required.add(what);
  probe.free();
  showMenu();
  addEventListener('popstate', ({ state }) => go(state ?? { is: 'start' }, { isBack: true }));
  addEventListener('pagehide', flush);
  addEventListener('beforeunload', (event) => {
    flush();
    if (!app.isKept && !app.isInFile) event.preventDefault();
  });
  const record = app.store.read();
  if (!record || !resume(record)) {
    if (record) app.store.acknowledge(record);
    const { engine } = app.data.answers ? tryOpen(app.data.answers, app.data.file ?? 'answers.yaml') : { engine: begin() };
    take(engine ?? begin(), { isInFile: true, isKept: false });
    app.isKept = app.store.works;
    go({ is: 'start' }, { replace: true });
  } else {
    notice('resumed', {
      text: `Going on where you stopped (${day(new Date(record.time))}).`,
      actions: [['Start afresh', forget]],
    });
  }
  document.documentElement.dataset.engine = 'ready';
}

start();
