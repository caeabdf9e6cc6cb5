//! The documents that an assessment may need, each read and checked at most once.
//!
//! Own documents stand before built-in ones of the same kind and name. Only what is asked for is
//! read, so a fault in a document that nobody needs stays unseen until `check` looks at it.

mod header;
mod incoming;
mod kept;

use crate::builtin;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, one_of};
use crate::digest::Digest;
use crate::model::{Bank, Crosswalk, Facts, Glossary, Question, Questionnaire, Target};
use crate::raw::answers::RawAnswers;
use crate::raw::bank::RawBank;
use crate::raw::questionnaire::RawQuestionnaire;
use crate::raw::{self, Document, DocumentKind, Text};
use crate::source::{LARGEST_ANSWERS, LARGEST_DOCUMENT, SourceId, Sources};
use crate::validate::{LookUp, NamedBank};
use crate::yaml::Node;
use crate::{validate, yaml};
use header::{built_in_name, header};
pub use incoming::Incoming;
use kept::Kept;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

/// A document that was read, and the digest of its data.
#[derive(Debug)]
pub struct Read {
    /// What it says.
    pub document: Document,
    /// Of its data.
    pub digest: Digest,
}

impl Read {
    /// What it says, where it is a bank.
    pub fn bank(&self) -> Option<&RawBank> {
        match &self.document {
            Document::Bank(raw) => Some(raw),
            _ => None,
        }
    }

    /// What it says, where it is answers.
    pub fn answers(&self) -> Option<&RawAnswers> {
        match &self.document {
            Document::Answers(raw) => Some(raw),
            _ => None,
        }
    }

    /// What it says, where it is a questionnaire.
    pub fn questionnaire(&self) -> Option<&RawQuestionnaire> {
        match &self.document {
            Document::Questionnaire(raw) => Some(raw),
            _ => None,
        }
    }
}

/// Documents by kind and name.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// All texts read so far.
    pub sources: Sources,
    own: Vec<(DocumentKind, String, SourceId)>,
    built_in: BTreeMap<&'static str, SourceId>,
    /// The text of each file by its full path (`None`: it is no text), so that none is read twice.
    pub files: BTreeMap<PathBuf, Option<SourceId>>,
    read: BTreeMap<SourceId, Kept<Read>>,
    facts: Option<Kept<Facts>>,
    glossary: Option<Kept<Glossary>>,
    banks: BTreeMap<SourceId, Kept<Bank>>,
    questionnaires: BTreeMap<SourceId, Kept<Questionnaire>>,
    targets: BTreeMap<SourceId, Kept<Target>>,
    questions: Option<Kept<BTreeMap<String, Arc<Question>>>>,
}

/// What a document says, field by field.
fn taken_apart(node: &Node, found: &mut Diagnostics) -> Option<Arc<Read>> {
    let document = raw::document(node, found)?;
    Some(Arc::new(Read { document, digest: Digest::of_data(node) }))
}

impl Library {
    /// Adds a document of one's own. Its header alone is looked at: `gapwise`, and `id` or `theme`
    /// at the beginning of a line. A text without such a header is kept and found by its place only.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        let source = self.sources.add(name, text);
        if let Some((kind, id)) = header(&self.sources.get(source).text) {
            self.own.push((kind, id, source));
        }
        source
    }

    /// Y026: no two documents of one's own are of the same kind and name.
    pub fn names_are_unique(&self, out: &mut Diagnostics) {
        for (at, (kind, id, source)) in self.own.iter().enumerate() {
            let named = matches!(
                kind,
                DocumentKind::Questionnaire
                    | DocumentKind::Bank
                    | DocumentKind::Target
                    | DocumentKind::Crosswalk
            );
            let same =
                |(other, name, _): &&(DocumentKind, String, SourceId)| other == kind && name == id;
            if let Some((_, _, first)) = self.own[..at].iter().find(same).filter(|_| named) {
                let message = format!(
                    "`{}` `{id}` is also in {}",
                    kind.word(),
                    self.sources.get(*first).name
                );
                let fault = Diagnostic::of_file(Code::Y026, message, *source);
                out.push(fault.help("rename or remove one of the two"));
            }
        }
    }

    /// The kind of a document of one's own, by its header.
    pub fn kind_of(&self, source: SourceId) -> Option<DocumentKind> {
        header(&self.sources.get(source).text).map(|(kind, _)| kind)
    }

    /// The names of all documents of a kind, sorted, each once.
    pub fn names(&self, kind: DocumentKind) -> Vec<String> {
        let own = self.own.iter().filter(|(of, ..)| *of == kind).map(|(_, id, _)| id.clone());
        let built_in = builtin::documents().filter_map(|(path, _)| built_in_name(path));
        let built_in = built_in.filter(|(of, _)| *of == kind).map(|(_, id)| id.to_owned());
        let mut names: Vec<_> = own.chain(built_in).collect();
        names.sort();
        names.dedup();
        names
    }

    /// All documents of a kind with this name: one's own, then the built-in one.
    fn find(&mut self, kind: DocumentKind, id: &str) -> Vec<SourceId> {
        let own = self.own.iter().filter(|(of, name, _)| *of == kind && name == id);
        let mut found: Vec<_> = own.map(|(_, _, source)| *source).collect();
        let built_in =
            builtin::documents().find(|(path, _)| built_in_name(path) == Some((kind, id)));
        if let Some((path, text)) = built_in {
            let sources = &mut self.sources;
            let add = || sources.add(format!("built-in:{path}"), text);
            found.push(*self.built_in.entry(path).or_insert_with(add));
        }
        found
    }

    /// Reads a text; once, however often it is asked for.
    pub fn read(&mut self, source: SourceId, out: &mut Diagnostics) -> Option<Arc<Read>> {
        if let Some(kept) = self.read.get(&source) {
            return kept.tell(out);
        }
        let mut found = Diagnostics::default();
        let is_answers = header(&self.sources.get(source).text)
            .is_none_or(|(kind, _)| kind == DocumentKind::Answers);
        let limit = if is_answers { LARGEST_ANSWERS } else { LARGEST_DOCUMENT };
        let node = yaml::parse(source, &self.sources, limit, &mut found);
        if !is_answers {
            // What authors write is shown as it stands, to others than themselves.
            found.raise(Code::Y021);
        }
        let value = node.and_then(|node| taken_apart(&node, &mut found));
        self.read.entry(source).insert_entry(Kept { value, found }).get().tell(out)
    }

    fn named(&mut self, kind: DocumentKind, id: &str, out: &mut Diagnostics) -> Option<Arc<Read>> {
        let source = *self.find(kind, id).first()?;
        self.read(source, out)
    }

    /// Whether there is a document of this kind and name.
    pub fn has(&self, kind: DocumentKind, id: &str) -> bool {
        self.names(kind).iter().any(|name| name == id)
    }

    /// All facts that can be stated: the built-in ones, replaced and added to by one's own.
    pub fn facts(&mut self, out: &mut Diagnostics) -> Arc<Facts> {
        if let Some(kept) = &self.facts {
            return kept.tell(out).unwrap_or_default();
        }
        let mut found = Diagnostics::default();
        let mut all = Facts::default();
        let mut digests = Vec::new();
        for source in self.find(DocumentKind::Profile, "").into_iter().rev() {
            let Some(read) = self.read(source, &mut found) else { continue };
            let Document::Profile(raw) = &read.document else { continue };
            digests.push(read.digest);
            for fact in validate::facts(raw, &mut found) {
                all.facts.retain(|other| other.id != fact.id);
                all.facts.push(fact);
            }
        }
        all.digest = Digest::of_all(&digests);
        let kept = self.facts.insert(Kept { value: Some(Arc::new(all)), found });
        kept.tell(out).unwrap_or_default()
    }

    /// All terms that are explained: the built-in ones, replaced and added to by one's own.
    pub fn glossary(&mut self, out: &mut Diagnostics) -> Arc<Glossary> {
        if let Some(kept) = &self.glossary {
            return kept.tell(out).unwrap_or_default();
        }
        let mut found = Diagnostics::default();
        let mut all = Glossary::default();
        for source in self.find(DocumentKind::Glossary, "").into_iter().rev() {
            let Some(read) = self.read(source, &mut found) else { continue };
            let Document::Glossary(raw) = &read.document else { continue };
            for term in validate::glossary(raw, &mut found) {
                all.0.retain(|other| other.id != term.id);
                all.0.push(term);
            }
        }
        let kept = self.glossary.insert(Kept { value: Some(Arc::new(all)), found });
        kept.tell(out).unwrap_or_default()
    }

    /// The bank of a theme.
    pub fn bank(&mut self, theme: &str, out: &mut Diagnostics) -> Option<Arc<Bank>> {
        let source = *self.find(DocumentKind::Bank, theme).first()?;
        self.bank_at(source, out)
    }

    /// The bank in a text.
    pub fn bank_at(&mut self, source: SourceId, out: &mut Diagnostics) -> Option<Arc<Bank>> {
        if let Some(kept) = self.banks.get(&source) {
            return kept.tell(out);
        }
        let mut found = Diagnostics::default();
        let read = self.read(source, &mut found);
        let (facts, glossary) = (self.facts(&mut found), self.glossary(&mut found));
        let aids = builtin::aids();
        let value = read.and_then(|read| match &read.document {
            Document::Bank(raw) => {
                let words =
                    validate::Vocabulary { facts: &facts, glossary: &glossary, aids: &aids };
                validate::bank(raw, read.digest, &words, &mut found).map(Arc::new)
            }
            _ => None,
        });
        self.banks.entry(source).insert_entry(Kept { value, found }).get().tell(out)
    }

    /// All banks; for names that might be in any of them.
    pub fn all_banks(&mut self, out: &mut Diagnostics) -> Vec<Arc<Bank>> {
        let themes = self.names(DocumentKind::Bank);
        themes.iter().filter_map(|theme| self.bank(theme, out)).collect()
    }

    /// The question with this id, in whichever bank it is.
    pub fn question(&mut self, id: &str, out: &mut Diagnostics) -> Option<Arc<Question>> {
        self.all_questions(out).get(id).cloned()
    }

    /// The questions of all banks, by their ids.
    pub fn all_questions(&mut self, out: &mut Diagnostics) -> Arc<BTreeMap<String, Arc<Question>>> {
        if let Some(kept) = &self.questions {
            return kept.tell(out).unwrap_or_default();
        }
        let mut found = Diagnostics::default();
        let banks = self.all_banks(&mut found);
        let mut all = BTreeMap::new();
        for question in banks.iter().flat_map(|bank| &bank.questions) {
            let named = all.entry(question.id.to_string());
            named.or_insert_with(|| Arc::new(question.clone()));
        }
        let kept = self.questions.insert(Kept { value: Some(Arc::new(all)), found });
        kept.tell(out).unwrap_or_default()
    }

    /// What is known of the question with this id.
    pub fn look_up(&mut self, id: &str) -> LookUp {
        match self.question(id, &mut Diagnostics::default()) {
            Some(question) => LookUp::Found(question),
            None if self.declares(id) => LookUp::Faulty,
            None => LookUp::Absent,
        }
    }

    /// All documents of a kind that can be read; those of one's own stand for the built-in ones.
    pub fn documents(&mut self, kind: DocumentKind) -> Vec<Arc<Read>> {
        let names = self.names(kind);
        let named = |name: &String| self.named(kind, name, &mut Diagnostics::default());
        names.iter().filter_map(named).collect()
    }

    /// Whether some bank has a question, faulty or not; one that cannot be read might.
    pub fn declares(&mut self, id: &str) -> bool {
        let read = self.documents(DocumentKind::Bank);
        let mut banks = read.iter().filter_map(|read| read.bank());
        read.len() < self.names(DocumentKind::Bank).len()
            || banks.any(|bank| bank.ids().any(|other| other.value == id))
    }

    /// The questionnaire with this name; `None` where there is none or it cannot be relied on.
    pub fn questionnaire(&mut self, id: &str, out: &mut Diagnostics) -> Option<Arc<Questionnaire>> {
        let source = *self.find(DocumentKind::Questionnaire, id).first()?;
        self.questionnaire_at(source, out)
    }

    /// The questionnaire in a text, with the banks that it names.
    pub fn questionnaire_at(
        &mut self,
        source: SourceId,
        out: &mut Diagnostics,
    ) -> Option<Arc<Questionnaire>> {
        if let Some(kept) = self.questionnaires.get(&source) {
            return kept.tell(out);
        }
        let mut found = Diagnostics::default();
        let value = self.put_together(source, &mut found).map(Arc::new);
        self.questionnaires.entry(source).insert_entry(Kept { value, found }).get().tell(out)
    }

    fn put_together(&mut self, source: SourceId, out: &mut Diagnostics) -> Option<Questionnaire> {
        let read = self.read(source, out)?;
        let Document::Questionnaire(raw) = &read.document else { return None };
        let facts = self.facts(out);
        let mut documents = Vec::new();
        for name in raw.banks.iter().flat_map(|list| &list.items) {
            self.exists(DocumentKind::Bank, name, Code::Q111, out);
            let document = self.named(DocumentKind::Bank, &name.value, out);
            documents.push((name, document, self.bank(&name.value, out)));
        }
        if let Some(target) = &raw.target {
            self.exists(DocumentKind::Target, target, Code::Q122, out);
        }
        let named = documents.iter().map(|(name, document, bank)| {
            let raw = document.as_deref().and_then(Read::bank);
            NamedBank { name, raw, bank: bank.as_deref() }
        });
        let named: Vec<_> = named.collect();
        let mut exists = |id: &str| self.declares(id);
        validate::questionnaire(raw, read.digest, &facts, &named, &mut exists, out)
    }

    /// A document that another names is there.
    fn exists(&self, kind: DocumentKind, name: &Text, code: Code, out: &mut Diagnostics) {
        let names = self.names(kind);
        if !names.contains(&name.value) {
            let message = format!("there is no {} `{}`", kind.noun(), name.value);
            let help = one_of(&name.value, names.iter().map(String::as_str));
            out.push(Diagnostic::error(code, message, name.span).maybe_help(help));
        }
    }

    /// The target with this name.
    pub fn target(&mut self, id: &str, out: &mut Diagnostics) -> Option<Arc<Target>> {
        let source = *self.find(DocumentKind::Target, id).first()?;
        self.target_at(source, out)
    }

    /// The target in a text.
    pub fn target_at(&mut self, source: SourceId, out: &mut Diagnostics) -> Option<Arc<Target>> {
        if let Some(kept) = self.targets.get(&source) {
            return kept.tell(out);
        }
        let mut found = Diagnostics::default();
        let read = self.read(source, &mut found);
        let facts = self.facts(&mut found);
        let value = read.and_then(|read| match &read.document {
            Document::Target(raw) => validate::target(raw, read.digest, &facts, &mut found),
            _ => None,
        });
        let kept = Kept { value: value.map(Arc::new), found };
        self.targets.entry(source).insert_entry(kept).get().tell(out)
    }

    /// The crosswalk with this name.
    pub fn crosswalk(&mut self, id: &str, out: &mut Diagnostics) -> Option<Arc<Crosswalk>> {
        let source = *self.find(DocumentKind::Crosswalk, id).first()?;
        self.crosswalk_at(source, out)
    }

    /// The crosswalk in a text. Its questions may stand in any bank.
    pub fn crosswalk_at(
        &mut self,
        source: SourceId,
        out: &mut Diagnostics,
    ) -> Option<Arc<Crosswalk>> {
        let read = self.read(source, out)?;
        let Document::Crosswalk(raw) = &read.document else { return None };
        // A bank that cannot be read might have the question.
        self.all_banks(out);
        let banks = self.documents(DocumentKind::Bank);
        let ids = banks.iter().filter_map(|read| read.bank()).flat_map(RawBank::ids);
        let questions: BTreeSet<_> = ids.map(|id| id.value.as_str()).collect();
        let all_are_read = banks.len() == self.names(DocumentKind::Bank).len();
        let questions = all_are_read.then_some(&questions);
        validate::crosswalk(raw, read.digest, questions, out).map(Arc::new)
    }
}
