// The first screens: what the form is, and who answers.

function startScreen() {
  const { minutes, summary } = app.data;
  return [
    el('h1', { tabindex: '-1' }, app.data.title),
    el('p', { class: 'lead' }, summary),
    el('ul', { class: 'promises' },
      minutes && el('li', {}, `It takes about ${minutes} minutes. You can stop at any time and go on later.`),
      el('li', {}, 'Nothing leaves this computer. Your answers stay in this browser until you save them as a file or have them forgotten here.'),
      el('li', {}, '“I don’t know” is a good answer. It shows you what to find out.'),
      el('li', {}, 'At the end you get a score, what to do first, and a report. It is a self-assessment, never a certificate.')),
    el('div', { class: 'choices' },
      button('Start', () => go({ is: 'profile' }), { class: 'main' }),
      button('Open answers that you saved', chooseFile)),
  ];
}

function profileScreen() {
  const facts = el('div', { id: 'facts' });
  updateFacts(facts);
  return [
    el('p', { class: 'place' }, 'Before the questions'),
    el('h1', { tabindex: '-1' }, 'About you'),
    el('p', {}, 'This decides which questions you are asked. It is printed in the report.'),
    el('form', { novalidate: true, submit: (event) => { event.preventDefault(); leaveProfile(); } },
      heads(),
      facts,
      el('div', { class: 'choices' }, el('button', { type: 'submit', class: 'main' }, 'Continue'))),
  ];
}

/** Name, date and who answers. */
function heads() {
  const { view } = app;
  const live = (input, said) => {
    const say = pending(() => { if (!tell(said())) showRefusal(input.id); });
    input.addEventListener('input', () => say.soon());
    input.addEventListener('change', () => say.now());
    return input;
  };
  const name = el('input', { id: 'name', value: view.name, autocomplete: 'organization', maxlength: '200' });
  const date = el('input', { id: 'date', type: 'date', value: view.date });
  const [first = { name: '', function: '' }] = view.respondents;
  const person = el('input', { id: 'person', value: first.name, autocomplete: 'name', maxlength: '200' });
  const task = el('input', { id: 'task', value: first.function, autocomplete: 'organization-title', maxlength: '200' });
  const respondent = () => (task.value.trim() ? [{ respondent: { name: person.value.trim(), function: task.value.trim() } }] : []);
  return [
    field(live(name, () => [{ name: name.value.trim() }]), 'Name of your organisation, or of the AI system that is looked at'),
    field(live(date, () => [{ date: date.value }]), 'Date of this assessment'),
    view.respondents.length > 1
      ? el('p', {}, `Answered by: ${view.respondents.map(whoIs).join('; ')}.`)
      : [
        field(live(task, respondent), 'What you do there', 'For example: owner, office manager, head of IT.'),
        field(live(person, respondent), 'Your name (you may leave it out)'),
      ],
  ];
}

const whoIs = ({ name, function: task }) => (name ? `${name} (${task})` : task);

/** The facts that are asked for now: what stays asked keeps its fields, and so the focus. */
function updateFacts(place) {
  const kept = new Map([...place.children].map((each) => [each.id, each]));
  place.replaceChildren(...app.view.facts.map((fact) => kept.get(`fact-${fact.id}`) ?? factField(fact)));
}

function factField(fact) {
  const id = `fact-${fact.id}`;
  const say = (values) => {
    if (!tell([{ fact: [fact.id, values] }])) return showRefusal(id);
    if (page('facts')) updateFacts(page('facts'));
  };
  if (fact.kind === 'text') return el('div', { id: `${id}-box` }, factText(fact, id, say));
  const isMany = fact.kind === 'many';
  const options = fact.kind === 'yes-no' ? [{ id: 'yes', text: 'Yes' }, { id: 'no', text: 'No' }] : fact.options;
  const input = (value, checked, change) => el('input', { type: isMany ? 'checkbox' : 'radio', name: id, value, checked, change });
  const ticked = () => [...page(id).querySelectorAll('input:checked')].map((each) => each.value).filter(Boolean);
  const cards = options.map((option) =>
    card(input(option.id, fact.stated.includes(option.id), () => say(ticked())), option.text));
  if (!isMany && !app.required.has(fact.id)) {
    cards.push(card(input('', fact.stated.length === 0, () => say([])), 'Not said'));
  }
  return el('fieldset', { id, class: options.length < 3 ? 'cards few' : 'cards' }, el('legend', {}, fact.ask), cards);
}

function factText(fact, id, say) {
  const input = el('input', { id, value: fact.stated.join(' '), maxlength: '500' });
  const later = pending(() => say(input.value.trim() ? [input.value.trim()] : []));
  input.addEventListener('input', () => later.soon());
  input.addEventListener('change', () => later.now());
  return field(input, fact.ask);
}

/** Goes on to the questions, or names what must be said before. */
function leaveProfile() {
  flush();
  clearFaults();
  const wanted = { name: 'Write the name', date: 'Give the date' };
  const faults = app.view.unsaid.map((what) => (wanted[what]
    ? { id: what, text: wanted[what] }
    : { id: `fact-${what}`, text: `Choose an answer: ${app.view.facts.find((fact) => fact.id === what)?.ask ?? what}` }));
  if (page('person')?.value.trim() && !page('task').value.trim()) faults.push({ id: 'task', text: 'Write what you do there' });
  if (faults.length) return showFaults(faults);
  const open = questions().find(({ question }) => question.answer.claim.is === 'open');
  go(open ? { is: 'question', id: open.question.id } : { is: 'result' });
}
