// One question a screen, and the list of all of them.

/** What an answer is called in the list: a shape and a word, so that nothing hangs on colour. */
const STATES = {
  open: ['○', 'open'],
  value: ['✓', 'answered'],
  unknown: ['?', 'don’t know'],
  'not-applicable': ['–', 'not applicable'],
};

/** The questions that are asked now, each with its section and number. */
function questions() {
  const all = app.view.sections.flatMap((section) => section.questions.map((question) => ({ section, question })));
  return all.map((each, at) => ({ ...each, number: at + 1, of: all.length }));
}

const questionById = (id) => questions().find(({ question }) => question.id === id);

function questionScreen({ id }) {
  const { question, section, number, of } = questionById(id);
  // What is chosen but no answer yet, as a missing reason, is remembered while the page is open.
  const draft = app.drafts[id] ??= { reason: '', isNotApplicable: false, evidence: { title: '', kind: 'file', place: '' } };
  const state = { question, draft, given: structuredClone(question.answer), isLast: number === of, refused: new Set() };
  if (state.given.claim.is === 'not-applicable') Object.assign(draft, { reason: state.given.claim.said, isNotApplicable: true });
  return [
    el('p', { class: 'place' }, `${section.title} · question ${number} of ${of}`),
    el('h1', { tabindex: '-1', id: 'question' }, question.ask),
    question.why && el('p', { class: 'why' }, question.why),
    question.terms.length > 0 && el('div', { class: 'terms' }, el('p', { class: 'soft', id: 'words' }, 'Words explained:'), question.terms.map(term)),
    el('form', { novalidate: true, submit: (event) => { event.preventDefault(); leaveQuestion(state); } },
      answerFields(state),
      beside(state),
      steps(state)),
  ];
}

const term = ({ term: word, means }) => el('details', { class: 'term' }, el('summary', {}, word), el('p', {}, means));

/** The fields of an answer: levels, options or a number, and what may be said in their place. */
function answerFields(state) {
  const { question } = state;
  const legends = {
    maturity: 'Which of these holds today?',
    checklist: 'Tick all that hold today',
    number: question.unit ? `Your number (${question.unit})` : 'Your number',
  };
  return el('fieldset', { id: 'answer', class: 'cards', 'aria-describedby': 'question' },
    el('legend', {}, legends[question.kind] ?? 'Choose one'),
    question.kind === 'number' ? numberField(state) : optionCards(state),
    instead(state));
}

function optionCards(state) {
  const { question, given } = state;
  const isList = question.kind === 'checklist';
  const said = given.claim.is === 'value' ? given.claim.said : [];
  const options = question.options.length ? question.options : [{ id: 'yes', text: 'Yes' }, { id: 'no', text: 'No' }];
  const change = (event) => {
    if (isList) return tick(state, event.target);
    claim(state, { is: 'value', said: [event.target.value] });
  };
  return options.map((option) => card(el('input', {
    type: isList ? 'checkbox' : 'radio', name: 'answer', value: option.id, 'data-is': 'value',
    checked: said.includes(option.id), change,
  }), option.text));
}

/** "None of these" and the others rule each other out, as "don't know" and "not applicable" do. */
function tick(state, input) {
  const { question } = state;
  const boxes = [...page('answer').querySelectorAll('[data-is=value]')];
  const isNone = input.value === question.exclusive;
  if (input.checked) {
    for (const box of boxes) if (box !== input && (isNone || box.value === question.exclusive)) box.checked = false;
  }
  const said = boxes.filter((box) => box.checked).map((box) => box.value);
  claim(state, said.length ? { is: 'value', said } : { is: 'open' });
}

function numberField(state) {
  const { claim: now } = state.given;
  const input = el('input', {
    id: 'number', inputmode: 'numeric', autocomplete: 'off', class: 'short',
    value: now.is === 'value' ? now.said[0] : '', 'aria-label': state.question.unit ? `Number of ${state.question.unit}` : 'Number',
  });
  const later = pending(() => {
    const text = input.value.trim();
    claim(state, text ? { is: 'value', said: [text] } : { is: 'open' }, 'number');
  });
  input.addEventListener('input', () => later.soon());
  input.addEventListener('change', () => later.now());
  return el('p', { class: 'number' }, input, state.question.unit && el('span', { 'aria-hidden': 'true' }, ` ${state.question.unit}`));
}

/** What may be said in place of an answer: radio buttons of the same group where there are radio buttons. */
function instead(state) {
  const { question, given, draft } = state;
  const type = ['checklist', 'number'].includes(question.kind) ? 'checkbox' : 'radio';
  const input = (is, checked, chosen) => el('input', {
    type, name: 'answer', value: is, 'data-is': is, checked,
    change: (event) => (event.target.checked ? chosen() : claim(state, { is: 'open' })),
  });
  const unknown = input('unknown', given.claim.is === 'unknown', () => claim(state, { is: 'unknown' }));
  const cards = [card(unknown, 'I don’t know')];
  if (!question.essential) {
    const reason = el('input', { id: 'reason', value: draft.reason, maxlength: '500', autocomplete: 'off' });
    const later = pending(() => sayReason(state, reason.value));
    reason.addEventListener('input', () => later.soon());
    reason.addEventListener('change', () => later.now());
    const chosen = () => { draft.isNotApplicable = true; sayReason(state, reason.value); };
    cards.push(card(input('not-applicable', draft.isNotApplicable, chosen), 'This does not apply to us',
      el('div', { id: 'why-not', hidden: !draft.isNotApplicable }, field(reason, 'Why not? A few words are enough.', 'The report prints this reason.'))));
  }
  return el('div', { class: 'instead cards' }, cards);
}

function sayReason(state, text) {
  state.draft.reason = text;
  claim(state, text.trim() ? { is: 'not-applicable', said: text.trim() } : { is: 'open' });
}

/** Says a claim, and makes the screen show it. `from`: the field it was written in. */
function claim(state, now, from) {
  const is = now.is;
  const isNotApplicable = Boolean(page('answer')?.querySelector('[data-is=not-applicable]')?.checked) && !['value', 'unknown'].includes(is);
  state.draft.isNotApplicable = isNotApplicable;
  for (const box of page('answer').querySelectorAll('[type=checkbox]')) {
    const its = box.dataset.is;
    if (its !== is && !(its === 'not-applicable' && isNotApplicable)) box.checked = false;
  }
  if (page('number') && is !== 'value' && from !== 'number') page('number').value = '';
  if (page('why-not')) page('why-not').hidden = !isNotApplicable;
  sayAnswer(state, { claim: now }, from ?? 'answer');
}

/** Says the answer with something in it changed; where it is refused, nothing changes. */
function sayAnswer(state, changed, fieldId) {
  const next = { ...state.given, ...changed };
  const isSaid = tell([{ answer: [state.question.id, next] }]);
  if (isSaid) {
    state.given = next;
    state.refused.delete(fieldId);
    hideFaults();
  } else {
    state.refused.add(fieldId);
    showRefusal(fieldId);
  }
  showSteps(state);
  return isSaid;
}

/** What stands beside an answer: evidence and a note. */
function beside(state) {
  const { given, question } = state;
  const note = el('textarea', { id: 'note', rows: '3', maxlength: '4000' }, given.note);
  const later = pending(() => sayAnswer(state, { note: note.value }, 'note'));
  note.addEventListener('input', () => later.soon());
  note.addEventListener('change', () => later.now());
  const items = el('div', { id: 'items' });
  const isOpen = given.evidence.length > 0 || given.note !== '';
  const box = el('details', { class: 'beside', open: isOpen },
    el('summary', {}, 'Evidence and a note ', el('span', { class: 'soft' }, '(if you like)')),
    question.supports.length > 0 && [
      el('p', {}, 'These would support your answer:'),
      el('ul', {}, question.supports.map((each) => el('li', {}, each))),
    ],
    items,
    evidenceFields(state),
    field(note, 'Note', 'The full report prints it.'));
  showEvidence(state, items);
  return box;
}

const KINDS = { file: 'a file', link: 'a web page', reference: 'something else' };

function showEvidence(state, place) {
  const item = (each, at) => el('li', {},
    el('span', {}, each.title, each.place && el('span', { class: 'soft' }, ` (${each.place})`)),
    button(['Remove', unseen(` ${each.title}`)], () => {
      const evidence = state.given.evidence.filter((_, other) => other !== at);
      if (sayAnswer(state, { evidence }, 'title')) showEvidence(state, place);
      page('title').focus();
    }));
  const { evidence } = state.given;
  place.replaceChildren(...(evidence.length ? [el('p', {}, 'Your evidence:'), el('ul', { class: 'items' }, evidence.map(item))] : []));
}

function evidenceFields(state) {
  const { evidence } = state.draft;
  const keep = (name) => (event) => { evidence[name] = event.target.value; };
  const kind = ([id, text]) => card(el('input', { type: 'radio', name: 'kind', value: id, checked: evidence.kind === id, change: keep('kind') }), text);
  return el('fieldset', { class: 'add' },
    el('legend', {}, 'Add evidence'),
    field(el('input', { id: 'title', value: evidence.title, maxlength: '200', autocomplete: 'off', input: keep('title') }), 'What is it?', 'For example: “Our rules for AI, March 2026”.'),
    el('fieldset', { class: 'cards few' }, el('legend', {}, 'It is'), Object.entries(KINDS).map(kind)),
    field(el('input', { id: 'where', value: evidence.place, maxlength: '500', autocomplete: 'off', input: keep('place') }), 'Where is it?', 'Its file name, its address, or where you keep it. The file itself stays where it is.'),
    button('Add this evidence', () => { if (addEvidence(state)) { speak('Evidence added'); page('title').focus(); } }));
}

/** Adds the evidence that is written; `false` where something is wrong with it. */
function addEvidence(state) {
  const draft = state.draft.evidence;
  const faults = [
    !draft.title.trim() && { id: 'title', text: 'Write what the evidence is' },
    !draft.place.trim() && { id: 'where', text: 'Write where the evidence is' },
  ].filter(Boolean);
  if (faults.length) { showFaults(faults); return false; }
  const item = { title: draft.title.trim(), kind: draft.kind, place: draft.place.trim() };
  if (!sayAnswer(state, { evidence: [...state.given.evidence, item] }, 'where')) return false;
  Object.assign(draft, { title: '', place: '' });
  page('title').value = '';
  page('where').value = '';
  showEvidence(state, page('items'));
  return true;
}

/** Back, next, skip, and taking an answer back. */
function steps(state) {
  const skip = button('Skip for now', () => goFrom(state.question.id, 1), { id: 'skip' });
  const clear = button('Take this answer back', () => {
    Object.assign(state.draft, { isNotApplicable: false });
    sayAnswer(state, { claim: { is: 'open' } }, 'answer');
    go({ is: 'question', id: state.question.id }, { replace: true });
  }, { id: 'clear', class: 'quiet' });
  const isOpen = state.given.claim.is === 'open';
  skip.hidden = !isOpen;
  clear.hidden = isOpen;
  return el('div', { class: 'choices steps' },
    el('button', { type: 'submit', class: 'main' }, state.isLast ? 'To the result' : 'Next'),
    button('Back', () => goFrom(state.question.id, -1)),
    skip, clear);
}

function showSteps({ given }) {
  if (!page('skip')) return;
  page('skip').hidden = given.claim.is !== 'open';
  page('clear').hidden = given.claim.is === 'open';
}

/** On to the next question, unless something on this one waits. */
function leaveQuestion(state) {
  flush();
  if (!state.refused.size) clearFaults();
  state.refused.delete('where'); // evidence that was refused is tried once more
  if (state.refused.size) return page('main').querySelector('.faults')?.focus();
  const { title, place } = state.draft.evidence;
  if ((title.trim() || place.trim()) && !addEvidence(state)) return;
  if (state.draft.isNotApplicable && !state.draft.reason.trim()) {
    showFaults([{ id: 'reason', text: 'Write in a few words why it does not apply' }]);
    return;
  }
  if (state.given.claim.is === 'open') {
    showFaults([{ id: state.question.kind === 'number' ? 'number' : 'answer', text: 'Choose an answer, or skip the question for now' }]);
    return;
  }
  goFrom(state.question.id, 1);
}

/** To the question before or after this one, or to what stands before and after all of them. */
function goFrom(id, way) {
  flush();
  const all = questions();
  const at = all.findIndex(({ question }) => question.id === id);
  const next = all[at + way];
  if (next) return go({ is: 'question', id: next.question.id });
  go({ is: way < 0 ? 'profile' : 'result' });
}

/** The list of all questions: a shape and a word for each. */
function questionList() {
  const all = questions();
  const wasOpen = new Set([...document.querySelectorAll('.section[open]')].map((each) => each.dataset.id));
  const entry = ({ question, number }) => {
    const [shape, word] = STATES[question.answer.claim.is];
    const isHere = app.screen.is === 'question' && app.screen.id === question.id;
    return el('li', {}, el('button', {
      type: 'button', class: `entry ${question.answer.claim.is}`, 'aria-current': isHere ? 'step' : null,
      click: () => go({ is: 'question', id: question.id }),
    }, el('span', { class: 'shape', 'aria-hidden': 'true' }, shape), el('span', {}, `${number}. ${question.ask} `, el('span', { class: 'word' }, word))));
  };
  const section = (each) => {
    const its = all.filter((one) => one.section === each);
    const done = its.filter(({ question }) => question.answer.claim.is !== 'open').length;
    const isHere = its.some(({ question }) => question.id === app.screen.id);
    return el('details', { class: 'section', 'data-id': each.id, open: isHere || wasOpen.has(each.id) },
      el('summary', {}, el('h3', {}, each.title), el('span', { class: 'soft' }, ` ${done} of ${its.length}`)),
      el('ol', { class: 'entries' }, its.map(entry)));
  };
  const to = (text, screen) => button(text, () => go(screen), { class: 'entry', 'aria-current': app.screen.is === screen.is ? 'page' : null });
  return [to('About you', { is: 'profile' }), app.view.sections.map(section), all.length > 0 && to('Result', { is: 'result' })];
}
