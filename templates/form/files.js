// Files out and in: answers, and the reports that the engine makes of them.

const LARGEST_ANSWERS = 1024 * 1024; // bytes, as the engine has it

function saveAnswers() {
  flush();
  saveFile(engineName(), app.text, 'application/yaml');
  app.isInFile = true;
  speak('Answers saved as a file');
}

/** The engine's name for the file; also where the engine has failed. */
function engineName() {
  if (app.failed) return 'answers.yaml';
  return app.engine.file_name();
}

function saveReport(format) {
  flush();
  speak('Writing the report');
  // A moment, so that this is seen before the engine keeps the page busy.
  setTimeout(() => guarded(() => {
    try {
      const bytes = app.engine.report(format);
      const name = engineName().replace(/\.ya?ml$/, '');
      saveFile(`${name}-report.${format}`, bytes, format === 'pdf' ? 'application/pdf' : 'text/html');
      speak('Report saved as a file');
    } catch (why) {
      const { message, help } = refusal(why);
      notice('report', { text: [`The report cannot be made: ${message}.`, help ? `${capital(help)}.` : ''].filter(Boolean), kind: 'bad' });
    }
  }), 30);
}

function chooseFile() {
  el('input', { type: 'file', id: 'chosen', accept: '.yaml,.yml,text/yaml,application/yaml', hidden: true,
    change: (event) => { openFile(event.target.files[0]); event.target.remove(); } }).click();
}

/** Opens answers from a file; whatever is wrong with it, the answers in the page stay as they are. */
async function openFile(file) {
  if (!file) return;
  flush();
  const refuse = (list) => notice('open', {
    kind: 'bad',
    text: [`${file.name} was not opened.`, 'Your answers in this form are as they were.'],
    list,
  });
  if (file.size > LARGEST_ANSWERS) return refuse(['The file is larger than 1 MiB. That is too large for answers.']);
  let text;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await file.arrayBuffer());
  } catch {
    return refuse(['This is no text file in UTF-8. Answers end in .yaml and can be read in an editor.']);
  }
  const opened = tryOpen(text, file.name);
  if (opened.faults) return refuse(opened.faults.map(faultInWords));
  const hasAnswers = app.view.progress.done > 0;
  if (hasAnswers && !await agreed(`Open ${file.name}?`, 'The answers in this form give way to those in the file. To keep them, save them first.', 'Open it', 'Cancel')) return opened.engine.free();
  take(opened.engine, { isInFile: true });
  settle('open');
  const remarks = app.view.warnings;
  notice('opened', {
    text: [`${file.name} is open.`, remarks.length ? 'Remarks on it follow. This page cannot see the files that you name as evidence.' : ''].filter(Boolean),
    list: remarks,
  });
  go(firstScreen());
}

/** `{ engine }` of answers, or the `{ faults }` for which they cannot be opened. */
function tryOpen(text, name) {
  return guarded(() => {
    try {
      const engine = app.Engine.open(app.documents, text, name);
      const of = JSON.parse(engine.view()).questionnaire;
      if (of === app.data.questionnaire) return { engine };
      engine.free();
      return { faults: [{ message: `these are answers to \`${of}\`, and this form asks \`${app.data.questionnaire}\``, help: `make a form of its own for them: gapwise form ${name} -o form.html` }] };
    } catch (why) {
      const faults = refusal(why);
      return { faults: [faults].flat() };
    }
  }) ?? { faults: [{ message: 'the engine has stopped' }] };
}

function faultInWords({ message, help, line, column, severity }) {
  const place = line ? `Line ${line}${column ? `, column ${column}` : ''}: ` : '';
  const kind = severity === 'warning' ? 'Remark: ' : '';
  return `${place}${kind}${message}.${help ? ` ${capital(help)}.` : ''}`;
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
