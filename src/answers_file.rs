//! What an answers file says: a blank one, every question a comment and every answer open; and one answer
//! in its long form, marked public.

pub mod change;
pub mod in_place;

use crate::model::{
    Choice, Claim, Fact, FactKind, Facts, Glossary, Kind, Profile, Question, Questionnaire, Target,
};
use crate::source::{one_line, quoted};
use std::fmt::Write as _;

/// What is known when a blank file is written.
#[derive(Debug, Default)]
pub struct Known {
    /// The name of the organisation or system.
    pub name: Option<String>,
    /// The date of the assessment.
    pub date: Option<String>,
    /// Facts.
    pub profile: Profile,
}

/// What a blank file is made for.
#[derive(Clone, Copy, Debug)]
pub struct Form<'a> {
    /// The questionnaire.
    pub questionnaire: &'a Questionnaire,
    /// Its target.
    pub target: Option<&'a Target>,
    /// All facts that can be stated.
    pub facts: &'a Facts,
    /// Those that decide what is asked, once what is known is known.
    pub deciding: &'a [&'a Fact],
}

impl Form<'_> {
    /// Whether the questionnaire asks how far a system has come.
    pub fn has_stage(&self) -> bool {
        self.questionnaire.facts_used().contains(Facts::STAGE)
    }

    /// Whether a fact is asked for: it decides what is asked or what is aimed at, it must be
    /// stated here, or it is a word of the organisation's own.
    pub fn wants(&self, fact: &Fact, known: &Profile) -> bool {
        let rules = self.target.iter().flat_map(|target| &target.rules);
        let mut aimed_by = rules.flat_map(|rule| &rule.when).map(|(name, _)| name);
        let is_used = self.questionnaire.facts_used().contains(fact.id.as_str());
        fact.kind == FactKind::Text
            || known.contains_key(&fact.id)
            || fact.required && is_used
            || self.deciding.iter().any(|each| each.id == fact.id)
            || aimed_by.any(|name| *name == fact.id)
    }
}

/// An answers file to fill in, with these questions in this order.
pub fn blank(form: &Form<'_>, glossary: &Glossary, questions: &[usize], known: &Known) -> String {
    let questionnaire = form.questionnaire;
    let mut out = String::new();
    header(form, known, &mut out);
    profile(form, &known.profile, &mut out);
    let date = known.date.as_deref().map_or(String::new(), |date| format!(" {date}"));
    let _ = writeln!(out, "date:{date}  # of the assessment, as 2026-11-02");
    out.push_str("by:\n  - {function: \"owner\"}  # who answers; a name can stand before: {name: \"…\", function: \"…\"}\n");
    let _ =
        writeln!(out, "questionnaire: {}\nversion: {}", questionnaire.id, questionnaire.version);
    out.push_str("answers:\n");
    for at in questions {
        question(&questionnaire.questions[*at], glossary, &mut out);
    }
    out
}

fn header(form: &Form<'_>, known: &Known, out: &mut String) {
    let questionnaire = form.questionnaire;
    let _ =
        writeln!(out, "# {}, version {}", one_line(&questionnaire.title), questionnaire.version);
    out.push_str(
        "#\n\
         # Write an answer behind each question: the number of a level, yes or no, the name of an option,\n\
         # [several, options] of a checklist, a whole number, or unknown, which counts as 0 until you find out.\n\
         # Leave it empty while it is open.\n\
         # Choose the highest level of which every word is true today. Where a level speaks of cases that\n\
         # have not come up yet, it is reached once the rule for them is in force.\n\
         #\n\
         # More can stand beside an answer:\n\
         #   GOV-1: {level: 3, evidence: [{title: \"Launch check\", file: evidence/check.pdf}], note: \"For the chatbot.\"}\n\
         #   RIG-2: {not-applicable: \"The reason, which the report prints.\"}\n\
         # Evidence has a title and one of file (beside this file), link or reference.\n\
         # Answers are internal; visibility: public says that outsiders may see one.\n\n",
    );
    subject(form, known, out);
    let _ = writeln!(out, "language: {}  # of your own texts", questionnaire.language);
}

/// Who or what is assessed: a system where the questionnaire asks how far it has come.
fn subject(form: &Form<'_>, known: &Known, out: &mut String) {
    let name = quoted(known.name.as_deref().unwrap_or_default());
    let stated = |fact: &str| known.profile.get(fact).map(|values| values.concat());
    let has_stage = form.has_stage();
    let stage = stated(Facts::STAGE);
    let is_system = has_stage || stage.is_some();
    let kind = stated(Facts::KIND)
        .unwrap_or_else(|| if is_system { "system".to_owned() } else { "organisation".to_owned() });
    out.push_str("gapwise: answers/1\n");
    let Some(fact) = form.facts.get(Facts::STAGE).filter(|_| is_system) else {
        let _ = writeln!(out, "of: {{name: {name}, kind: {kind}}}  # who is assessed");
        return;
    };
    let stage = stage.map_or(String::new(), |stage| format!(" {stage}"));
    let _ = writeln!(out, "of:\n  name: {name}  # of the AI system\n  kind: {kind}");
    comment(&format!("{} Needed.", fact.ask), out);
    fact.options.iter().for_each(|(id, text)| comment(&format!("- {id}: {text}"), out));
    let _ = writeln!(out, "  stage:{stage}");
}

fn profile(form: &Form<'_>, stated: &Profile, out: &mut String) {
    out.push_str("profile:\n");
    for fact in form.facts.facts.iter().filter(|fact| form.wants(fact, stated)) {
        if fact.id == Facts::KIND || fact.id == Facts::STAGE {
            continue;
        }
        let is_needed = fact.required && form.questionnaire.facts_used().contains(fact.id.as_str());
        let needed = if is_needed { " Needed." } else { "" };
        comment(&format!("{}{needed}", fact.ask), out);
        for (id, text) in &fact.options {
            comment(&format!("- {id}: {text}"), out);
        }
        let value = match (stated.get(&fact.id), fact.kind) {
            (Some(values), FactKind::Many) => format!(" [{}]", values.join(", ")),
            (Some(values), FactKind::Text) => {
                format!(" {}", quoted(&values.concat()))
            }
            (Some(values), _) => format!(" {}", values.concat()),
            (None, FactKind::Many) => " []".to_owned(),
            (None, FactKind::YesNo) => "  # yes or no".to_owned(),
            (None, _) => String::new(),
        };
        let _ = writeln!(out, "  {}:{value}", fact.id);
    }
}

fn question(question: &Question, glossary: &Glossary, out: &mut String) {
    out.push('\n');
    comment(&question.ask, out);
    if let Some(why) = &question.why {
        comment(&format!("Why: {why}"), out);
    }
    let choices = |choices: &[Choice], out: &mut String| {
        choices
            .iter()
            .for_each(|choice| comment(&format!("- {}: {}", choice.id, choice.text), out));
    };
    match &question.kind {
        Kind::Maturity(levels) => choices(levels, out),
        Kind::Choice(options) => choices(options, out),
        Kind::Checklist { options, .. } => {
            comment("Tick all that holds, as [one, another]:", out);
            choices(options, out);
        }
        Kind::YesNo { .. } => comment("yes or no", out),
        Kind::Number { unit, .. } => {
            comment(
                &format!(
                    "A whole number{}",
                    unit.as_ref().map_or(String::new(), |unit| format!(": {unit}"))
                ),
                out,
            );
        }
    }
    if let Some(condition) = &question.applies_when {
        comment(&format!("Asked only where {condition}. Otherwise leave it empty."), out);
    }
    if question.essential {
        comment("Not applicable is no answer here.", out);
    }
    if !question.evidence.is_empty() {
        comment(&format!("Evidence, for example: {}", question.evidence.join("; ")), out);
    }
    for term in question.terms.iter().filter_map(|id| glossary.get(id)) {
        comment(&format!("({}: {})", term.term, term.means), out);
    }
    let _ = writeln!(out, "  {}:", question.id);
}

fn comment(text: &str, out: &mut String) {
    let _ = writeln!(out, "  # {}", one_line(text));
}

/// An answer in its long form, marked as one that outsiders may see.
pub fn marked_public(question: &Question, claim: &Claim) -> String {
    let said = match claim {
        Claim::Open => "unknown: true".to_owned(),
        _ => change::claimed(question, claim),
    };
    format!("{}: {{{said}, visibility: public}}", question.id)
}

/// The longest name of a file that is made of the name of an organisation. Unit: characters.
const LONGEST_NAME: usize = 60;

/// Names that Windows keeps for devices.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// A name to save answers under: that of the organisation in letters, digits and hyphens.
pub fn file_name(organisation: &str) -> String {
    match slug(organisation) {
        Some(name) => format!("{name}.yaml"),
        None => match letters(organisation).as_str() {
            "" => "answers.yaml".to_owned(),
            device => format!("answers-{device}.yaml"),
        },
    }
}

/// A name in small letters, digits and hyphens, as `corner-bakery`. `None` where nothing of it is left, or it is
/// a word that Windows keeps for its devices.
pub fn slug(name: &str) -> Option<String> {
    let name = letters(name);
    let is_device = DEVICES.contains(&name.as_str())
        || ["com", "lpt"].iter().any(|port| name.strip_prefix(port).is_some_and(|n| n.len() == 1));
    (!name.is_empty() && !is_device).then_some(name)
}

/// The small letters and digits of a name, with a hyphen between its words.
fn letters(name: &str) -> String {
    let small = name.to_lowercase();
    let words = small.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut name = words.collect::<Vec<_>>().join("-");
    name.truncate(LONGEST_NAME);
    name.truncate(name.trim_end_matches('-').len());
    name
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_NAME, file_name};

    #[test]
    fn a_file_is_named_after_the_organisation() {
        for (organisation, wanted) in [
            ("Corner Bakery", "corner-bakery.yaml"),
            ("  ../../etc/passwd ", "etc-passwd.yaml"),
            ("CON", "answers-con.yaml"),
            ("lpt1", "answers-lpt1.yaml"),
            ("パン屋", "answers.yaml"),
            ("Müller & Söhne", "m-ller-s-hne.yaml"),
        ] {
            assert_eq!(file_name(organisation), wanted);
        }
        assert_eq!(file_name(&"a".repeat(300)).len(), LONGEST_NAME + ".yaml".len());
    }
}
