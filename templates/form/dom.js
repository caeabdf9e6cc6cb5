// Building the page. Texts only ever become text nodes and attribute values, so no answer can become markup.

const page = (id) => document.getElementById(id);

/** An element; an attribute that is a function listens to the event of that name. */
function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.flat(2).filter((child) => child != null && child !== false));
  return element;
}

const button = (text, click, attributes = {}) => el('button', { type: 'button', click, ...attributes }, text);

/** A text that only screen readers meet. */
const unseen = (text) => el('span', { class: 'unseen' }, text);

function svg(tag, attributes, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** A radio button or box to tick as a card: all of it can be pressed. */
function card(input, text, ...more) {
  return el('div', { class: 'card' }, el('label', {}, input, el('span', {}, text)), more);
}

/** A field with its label, and a hint that belongs to it. */
function field(input, label, hint) {
  const hintId = hint && `${input.id}-hint`;
  if (hint) input.setAttribute('aria-describedby', hintId);
  return el('div', { class: 'field' },
    el('label', { for: input.id }, label),
    hint && el('p', { class: 'hint', id: hintId }, hint),
    input);
}

/** Lets screen readers say something once the page has come to rest. */
function speak(text) {
  clearTimeout(speak.timer);
  speak.timer = setTimeout(() => { page('spoken').textContent = text; }, 700);
}

/** Calls after the last of several calls in a row; `now` does not wait. */
function debounced(call, milliseconds = 500) {
  let timer = null;
  const now = () => {
    if (timer === null) return;
    clearTimeout(timer);
    timer = null;
    call();
  };
  return { soon: () => { clearTimeout(timer); timer = setTimeout(now, milliseconds); }, now };
}

/** Something the reader must know, until it is settled. One per name. */
function notice(name, { text, list = [], actions = [], kind = 'plain', dismiss = true }) {
  const close = () => page(`notice-${name}`)?.remove();
  const act = ([label, click]) => button(label, () => { close(); click(); page('main').querySelector('h1')?.focus(); });
  const box = el('section', { class: `notice ${kind}`, id: `notice-${name}`, 'aria-label': 'Notice' },
    [text].flat().map((line) => el('p', {}, line)),
    list.length > 0 && el('ul', {}, list.map((line) => el('li', {}, line))),
    el('div', { class: 'choices' }, actions.map(act), dismiss && act(['Close', () => {}])));
  const old = page(`notice-${name}`);
  if (old) old.replaceWith(box);
  else page('notices').append(box);
  speak([text].flat().concat(list).join(' '));
}

const settle = (name) => page(`notice-${name}`)?.remove();

/** Asks before something is lost. Resolves to whether it was agreed to. */
function agreed(question, text, yes, no) {
  return new Promise((resolve) => {
    const answer = (word) => () => { dialog.close(); dialog.remove(); resolve(word); };
    const dialog = el('dialog', { 'aria-labelledby': 'asked', 'aria-describedby': 'asked-text', cancel: () => { dialog.remove(); resolve(false); } },
      el('h2', { id: 'asked' }, question),
      el('p', { id: 'asked-text' }, text),
      el('div', { class: 'choices' },
        button(no, answer(false), { class: 'main' }),
        button(yes, answer(true))));
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Names what is wrong under the heading, leads to each field, and says it at the field. */
function showFaults(faults, { isLive = false } = {}) {
  clearFaults();
  for (const { id, text } of faults) {
    const input = page(id);
    if (!input) continue;
    const described = input.getAttribute('aria-describedby');
    input.setAttribute('aria-describedby', [`${id}-fault`, described].filter(Boolean).join(' '));
    if (input.localName !== 'fieldset') input.setAttribute('aria-invalid', 'true');
    const mark = el('p', { class: 'fault', id: `${id}-fault` }, unseen('Error: '), text);
    if (input.localName === 'fieldset') input.querySelector('legend').after(mark);
    else input.before(mark);
  }
  const link = ({ id, text }) => el('li', {}, page(id)
    ? el('a', { href: `#${id}`, click: (event) => { event.preventDefault(); focusField(id); } }, text)
    : text);
  const summary = el('div', { class: 'faults', tabindex: '-1', role: 'group', 'aria-labelledby': 'faults' },
    el('h2', { id: 'faults' }, faults.length === 1 ? 'Something is missing or wrong' : 'Some things are missing or wrong'),
    el('ul', {}, faults.map(link)));
  page('main').querySelector('h1').after(summary);
  if (isLive) speak(faults.map(({ text }) => text).join(' ')); // who is writing goes on writing
  else summary.focus();
}

/** What is settled goes out of sight but keeps its place: what moves under a press is missed by it. */
function hideFaults() {
  for (const old of document.querySelectorAll('.faults, .fault')) old.classList.add('settled');
  for (const input of document.querySelectorAll('[aria-invalid]')) input.removeAttribute('aria-invalid');
}

function clearFaults() {
  for (const old of document.querySelectorAll('.faults, .fault')) old.remove();
  for (const input of document.querySelectorAll('[aria-describedby*="-fault"]')) {
    const kept = input.getAttribute('aria-describedby').split(' ').filter((id) => !id.endsWith('-fault'));
    if (kept.length) input.setAttribute('aria-describedby', kept.join(' '));
    else input.removeAttribute('aria-describedby');
    input.removeAttribute('aria-invalid');
  }
}

function focusField(id) {
  const place = page(id);
  for (let up = place; up; up = up.parentElement) if (up.localName === 'details') up.open = true;
  (place.localName === 'fieldset' ? place.querySelector('input, button') : place).focus();
}

/** Offers a file to the reader. */
function saveFile(name, content, type) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  el('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

const clock = (time) => time.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
const day = (time) => time.toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
const count = (number, one, many) => `${number} ${number === 1 ? one : many}`;
