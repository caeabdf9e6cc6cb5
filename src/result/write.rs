//! A result from an assessment and its figures.

use super::{
    Action, AssessmentResult, BankRef, DigestRef, DomainOf, ENGINE, EvidenceOf, FiguresOf,
    FindingOf, Gate, KIND, METHOD, NotStated, Options, QuestionOf, QuestionnaireRef, RequirementOf,
    Respondent, ResultCut, Subject, TargetRef, Warning,
};
use crate::diagnostic::Diagnostics;
use crate::model::{Answer, Assessment, Claim, Evidence, Place, Question, Requirement, Value};
use crate::score::{
    Figures, Finding, FirstAction, Item, NextStep, RequirementScore, Scorecard, State,
};
use crate::source::{Sources, one_line};

/// The result of an assessment.
pub fn result(
    assessment: &Assessment,
    scorecard: &Scorecard,
    warnings: &[Warning],
) -> AssessmentResult {
    let (questionnaire, answers) = (&assessment.questionnaire, &assessment.answers);
    let sha256 = |digest: &dyn std::fmt::Display| digest.to_string();
    AssessmentResult {
        gapwise: KIND.to_owned(),
        engine: ENGINE.to_owned(),
        method: METHOD,
        date: answers.date.clone(),
        of: Subject {
            name: answers.of.name.clone(),
            kind: answers.of.kind.clone(),
            stage: answers.of.stage.clone(),
        },
        by: answers
            .by
            .iter()
            .map(|each| Respondent { name: each.name.clone(), function: each.function.clone() })
            .collect(),
        language: answers.language.clone(),
        profile: answers.profile.clone(),
        not_stated: not_stated(scorecard),
        options: Options {
            cut: if answers.public_only { ResultCut::Public } else { ResultCut::Full },
            answered: (answers.questionnaire != questionnaire.id)
                .then(|| answers.questionnaire.clone()),
            date: answers.date_given.then(|| answers.date.clone()),
            by: None,
            budget: None,
            print: None,
        },
        questionnaire: QuestionnaireRef {
            id: questionnaire.id.clone(),
            version: questionnaire.version.clone(),
            title: questionnaire.title.clone(),
            sha256: sha256(&questionnaire.digest),
        },
        banks: questionnaire
            .banks
            .iter()
            .map(|(theme, _, digest)| BankRef { theme: theme.clone(), sha256: sha256(digest) })
            .collect(),
        facts: DigestRef { sha256: sha256(&assessment.facts.digest) },
        target: assessment
            .target
            .as_ref()
            .map(|target| TargetRef { id: target.id.clone(), sha256: sha256(&target.digest) }),
        answers: DigestRef { sha256: sha256(&answers.digest) },
        verdict: scorecard.verdict.word().to_owned(),
        counts: scorecard.counts,
        overall: figures(assessment, &scorecard.overall),
        domains: domains(assessment, scorecard),
        findings: scorecard.gaps.findings.iter().map(|each| finding(assessment, each)).collect(),
        still_open: scorecard
            .gaps
            .still_open
            .iter()
            .map(|place| requirement_at(assessment, *place).id.to_string())
            .collect(),
        first_actions: scorecard
            .gaps
            .first_actions
            .iter()
            .map(|action| match action {
                FirstAction::Step(step, _) => step_of(assessment, *step),
                FirstAction::Answer(at) => answer_first(&questionnaire.questions[*at]),
            })
            .collect(),
        plan: None,
        diagnostics: warnings.to_vec(),
    }
}

fn not_stated(scorecard: &Scorecard) -> Vec<NotStated> {
    let one = |(fact, questions): &(String, usize)| NotStated {
        fact: fact.clone(),
        questions: *questions,
    };
    scorecard.not_stated.iter().map(one).collect()
}

/// The warnings about the input, as a result has them.
pub fn warnings(sources: &Sources, found: &Diagnostics) -> Vec<Warning> {
    let one = |each: &crate::diagnostic::Diagnostic| {
        // The folder is of the machine that the result is made on, and no one else's business.
        let name = sources.get(each.source).name.rsplit(['/', '\\']).next().unwrap_or_default();
        Warning {
            code: each.code.id().to_owned(),
            message: each.message.clone(),
            file: Some(one_line(name)),
            line: each.primary.as_ref().map(|label| sources.position(label.span).line),
        }
    };
    found.sorted().into_iter().map(one).collect()
}

fn requirement_at(assessment: &Assessment, place: (usize, usize)) -> &Requirement {
    &assessment.questionnaire.domains[place.0].requirements[place.1]
}

fn figures(assessment: &Assessment, figures: &Figures) -> FiguresOf {
    FiguresOf {
        score: figures.low,
        low: figures.low,
        high: figures.high,
        evidenced: figures.evidenced,
        coverage: figures.coverage,
        level: figures.level(&assessment.questionnaire.scale).map(str::to_owned),
        target: figures.target,
        gap: figures.gap(),
    }
}

fn domains(assessment: &Assessment, scorecard: &Scorecard) -> Vec<DomainOf> {
    let pairs = assessment.questionnaire.domains.iter().zip(&scorecard.domains);
    let one = |(domain, score): (&crate::model::Domain, &crate::score::DomainScore)| DomainOf {
        id: domain.id.to_string(),
        title: domain.title.clone(),
        weight: domain.weight.get(),
        figures: figures(assessment, &score.figures),
        requirements: domain
            .requirements
            .iter()
            .zip(&score.requirements)
            .map(|(requirement, score)| requirement_of(assessment, requirement, score))
            .collect(),
    };
    pairs.map(one).collect()
}

fn requirement_of(
    assessment: &Assessment,
    requirement: &Requirement,
    score: &RequirementScore,
) -> RequirementOf {
    let gate = requirement.gate.zip(score.gate);
    RequirementOf {
        id: requirement.id.to_string(),
        statement: requirement.statement.clone(),
        clause: clause(assessment, requirement),
        weight: requirement.weight.get(),
        aggregate: requirement.aggregate.word().to_owned(),
        figures: figures(assessment, &score.figures),
        gate: gate.map(|(at_least, state)| Gate { at_least, state: state.word().to_owned() }),
        questions: score.items.iter().map(|item| question_of(assessment, item)).collect(),
    }
}

/// The clauses of a requirement, as `Action 1`. Where the questionnaire has several sources, each is named
/// by its short title, before its clauses that follow one another: `Guide: Rule 1, Rule 2; Act: Article 4`.
pub(crate) fn clause(assessment: &Assessment, requirement: &Requirement) -> String {
    let sources = &assessment.questionnaire.sources;
    let mut words: Vec<String> = Vec::new();
    let mut before = None;
    for clause in &requirement.clauses {
        let source = sources.iter().find(|source| source.key == clause.document);
        match (source, words.last_mut()) {
            (_, Some(last)) if before == Some(&clause.document) => {
                last.push_str(&format!(", {}", clause.clause));
            }
            (Some(source), _) if sources.len() > 1 => {
                words.push(format!("{}: {}", source.short_title(), clause.clause));
            }
            _ => words.push(clause.clause.clone()),
        }
        before = Some(&clause.document);
    }
    words.join("; ")
}

fn question_of(assessment: &Assessment, item: &Item) -> QuestionOf {
    let question = &assessment.questionnaire.questions[item.question];
    let answer = assessment.answer(item.question);
    let option = item.option.map(|option| question.kind.choices()[option].id.clone());
    QuestionOf {
        id: question.id.to_string(),
        kind: question.kind.word().to_owned(),
        option,
        weight: item.weight.get(),
        state: item.state.word().to_owned(),
        score: item.score.filter(|_| !matches!(item.state, State::NotAsked)),
        answer: said(question, answer),
        reason: match &answer.claim {
            Claim::NotApplicable(reason) => Some(reason.clone()),
            _ => None,
        },
        evidence: answer.evidence.iter().map(evidence_of).collect(),
        note: answer.note.clone(),
        by: answer.by.clone(),
        visibility: if answer.public { "public" } else { "internal" }.to_owned(),
    }
}

/// What was answered, as an answers file would say it in short.
fn said(question: &Question, answer: &Answer) -> serde_json::Value {
    match &answer.claim {
        Claim::Value(Value::Level(level)) => (*level).into(),
        Claim::Value(Value::Number(number)) => (*number).into(),
        Claim::Value(value @ Value::Options(_)) => question.kind.said(value).into(),
        Claim::Value(value) => question.kind.said(value).concat().into(),
        Claim::Unknown => "unknown".into(),
        Claim::Open | Claim::NotApplicable(_) => serde_json::Value::Null,
    }
}

fn evidence_of(evidence: &Evidence) -> EvidenceOf {
    let mut of = EvidenceOf {
        title: evidence.title.clone(),
        file: None,
        link: None,
        reference: None,
        sha256: evidence.digest.map(|digest| digest.to_string()),
    };
    match &evidence.place {
        Place::File(path) => of.file = Some(path.clone()),
        Place::Link(link) => of.link = Some(link.clone()),
        Place::Reference(reference) => of.reference = Some(reference.clone()),
        Place::Withheld => {}
    }
    of
}

fn finding(assessment: &Assessment, finding: &Finding) -> FindingOf {
    FindingOf {
        requirement: requirement_at(assessment, finding.place).id.to_string(),
        severity: finding.severity.word().to_owned(),
        worth: finding.worth,
        gap: finding.gap,
        steps: finding.steps.iter().map(|step| step_of(assessment, *step)).collect(),
    }
}

/// A step with what it costs an organisation of this size.
pub(crate) fn step_of(assessment: &Assessment, at: NextStep) -> Action {
    let question = &assessment.questionnaire.questions[at.question];
    let step = &question.steps[at.step];
    let size = assessment.answers.profile.get(crate::model::Facts::SIZE);
    let size = size.and_then(|values| values.first());
    Action {
        question: question.id.to_string(),
        to: Some(question.kind.said(&step.to).join(", ")),
        action: Some(step.action.clone()),
        effort: size.and_then(|size| step.effort.get(size)).copied(),
        after: step.after.iter().map(ToString::to_string).collect(),
        aid: step.aid.clone(),
    }
}

fn answer_first(question: &Question) -> Action {
    let question = question.id.to_string();
    Action { question, to: None, action: None, effort: None, after: Vec::new(), aid: None }
}
