// What comes of the answers: beside each question in short, and on a screen of its own.

const bar = ({ low_bp: low, high_bp: high, target_bp: target }) => {
  const box = (name, width) => svg('rect', { class: name, y: 2, height: 16, width: width / 10, rx: 2 });
  const line = target === null ? [] : [svg('line', { class: 'target', x1: target / 10, x2: target / 10, y1: 0, y2: 20 })];
  // What it shows is said in words beside it.
  return svg('svg', { viewBox: '0 0 1000 20', preserveAspectRatio: 'none', class: 'bar', 'aria-hidden': 'true', focusable: 'false' },
    box('track', 10_000), box('high', high ?? 0), box('low', low ?? 0), ...line);
};

const verdict = (owner) => el('p', { class: 'verdict' }, el('span', { class: `tag ${owner.verdict}` }, owner.headline), ' ', el('span', {}, owner.sentence));

const overallScore = (overall) => [
  el('p', { class: 'score' }, el('strong', {}, overall.headline), ' ', el('span', {}, 'of 100 points')),
  bar(overall),
];

const legend = (overall) => el('ul', { class: 'legend' },
  el('li', {}, el('i', { class: 'k-low' }), 'your points'),
  !overall.complete && el('li', {}, el('i', { class: 'k-high' }), 'what open questions could add'),
  overall.target && el('li', {}, el('i', { class: 'k-target' }), 'a good aim'));

const domainList = (domains) => el('ul', { class: 'domains' }, domains.map(({ title, figures }) =>
  el('li', {}, el('p', {}, el('span', {}, title), ' ', figures.low_bp === null ? el('span', { class: 'soft' }, 'not asked') : el('b', {}, figures.headline)), figures.low_bp !== null && bar(figures))));

const gateList = (gates) => gates.map((gate) => el('div', { class: 'gate' },
  el('p', {}, el('b', {}, 'Must never happen, and is not ruled out: '), gate.statement)));

const actionList = (actions) => el('ol', { class: 'actions' }, actions.map((action) => el('li', {},
  el('p', {}, action.action),
  el('p', { class: 'small soft' },
    action.effort && `Takes about ${action.effort}, by our estimate. `,
    action.serves && `It helps with this: ${action.serves} `,
    action.after.map((ask) => `Settle this first: ${ask} `),
    action.aid && 'There is a page to fill in, in the report.'))));

/** The score so far, in short. */
function scorePanel() {
  const { outcome } = app.view;
  if (!outcome) return [el('p', {}, 'The score shows here once you have told us about you.')];
  const { owner, overall, domains, findings } = outcome;
  const more = findings.length - 3;
  return [
    verdict(owner),
    overallScore(overall),
    !overall.complete && el('p', { class: 'small' }, `It will end between ${overall.range.replace(' to ', ' and ')}.`),
    legend(overall),
    gateList(outcome['failed-gates']),
    el('h3', {}, 'By theme'),
    domainList(domains),
    findings.length > 0 && [
      el('h3', {}, count(findings.length, 'gap so far', 'gaps so far')),
      el('ul', {}, findings.slice(0, 3).map((finding) => el('li', {}, finding.heading)), more > 0 && el('li', { class: 'soft' }, `and ${more} more`)),
    ],
    owner.actions.length > 0 && [
      el('h3', {}, 'First of all'),
      el('ol', {}, owner.actions.slice(0, 3).map(({ action }) => el('li', {}, action))),
    ],
  ];
}

/** The result, what to do first, and the files to take away. */
function resultScreen() {
  const { outcome } = app.view;
  if (!outcome) return [el('h1', { tabindex: '-1' }, 'Your result'), el('p', {}, 'Something about you is missing.'), button('About you', () => go({ is: 'profile' }), { class: 'main' })];
  const { owner, overall, findings, domains } = outcome;
  const open = questions().find(({ question }) => question.answer.claim.is === 'open');
  return [
    el('p', { class: 'place' }, app.view.name),
    el('h1', { tabindex: '-1' }, 'Your result'),
    el('section', { class: 'result', 'aria-label': 'Score' },
      verdict(owner),
      owner.alert && el('p', { class: 'alert' }, owner.alert),
      owner.broken.length > 0 && el('ul', {}, owner.broken.map((rule) => el('li', {}, rule)), owner.more_broken > 0 && el('li', {}, `and ${owner.more_broken} more`)),
      overallScore(overall),
      legend(overall),
      el('p', {}, owner.figures.join(' '))),
    open && el('div', { class: 'choices' }, button('Answer an open question', () => go({ is: 'question', id: open.question.id }))),
    owner.actions.length > 0 && [el('h2', {}, 'Do this first'), actionList(owner.actions)],
    el('h2', {}, 'By theme'),
    domainList(domains),
    findings.length > 0 && [el('h2', {}, `What is missing (${findings.length})`), findings.map(findingBox)],
    visibleToCustomers(),
    filesToTake(),
  ];
}

const findingBox = (finding) => el('details', { class: 'finding' },
  el('summary', {}, el('span', { class: `tag severity-${finding.severity}` }, finding.severity), ' ', finding.heading),
  finding.rest && el('p', {}, finding.rest),
  el('p', { class: 'soft' }, `${finding.clause}. Score ${finding.score}`, finding.target && `, wanted ${finding.target}`, `, worth ${finding.worth} points overall.`),
  finding.steps.length > 0 && el('ul', {}, finding.steps.map(({ action, effort }) => el('li', {}, action, effort && el('span', { class: 'soft' }, ` (about ${effort})`)))));

/** Asked once, at the end; nothing is shown to outsiders unless it is ticked here. */
function visibleToCustomers() {
  const answered = questions().filter(({ question }) => question.answer.claim.is !== 'open');
  const box = ({ question }) => {
    const input = el('input', { type: 'checkbox', name: 'public', value: question.id, checked: question.answer.public });
    input.addEventListener('change', () => {
      const { answer } = questionById(question.id).question;
      if (!tell([{ answer: [question.id, { ...answer, public: input.checked }] }])) {
        input.checked = !input.checked;
        showRefusal('public');
      }
    });
    return card(input, [question.ask, ' ', el('span', { class: 'soft' }, answerInWords(question))].flat());
  };
  return answered.length > 0 && [
    el('h2', {}, 'What may a customer see?'),
    el('p', {}, 'Customers and buyers may ask how you use AI. Tick the answers that they may see, if any. They are marked as public in the saved file. ',
      'An answer sheet for a customer then holds these and no others.'),
    el('details', { class: 'beside' }, el('summary', {}, 'Choose answers'),
      el('fieldset', { id: 'public', class: 'cards' }, el('legend', {}, 'A customer may see'), answered.map(box))),
  ];
}

function answerInWords({ answer: { claim: now }, options, unit }) {
  if (now.is !== 'value') return STATES[now.is][1];
  const words = now.said.map((id) => options.find((option) => option.id === id)?.text ?? id);
  return words.join('; ') + (unit ? ` ${unit}` : '');
}

function filesToTake() {
  return [
    el('h2', {}, 'Take it with you'),
    el('p', {}, 'Files land where your browser puts downloads. Save the answers too: you can open them here again, and next year you can compare.'),
    el('div', { class: 'choices' },
      button('Save answers', saveAnswers, { class: 'main' }),
      button('Save report to print (PDF)', () => saveReport('pdf')),
      button('Save report as a web page (HTML)', () => saveReport('html'))),
    el('p', { class: 'soft small' }, 'This comes from your own answers. It is no certificate and no legal advice.'),
  ];
}
