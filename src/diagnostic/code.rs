//! Every kind of fault that an input can have: the only list.
//!
//! The letter is the document's (`Y` YAML, `B` bank, `Q` questionnaire and conditions, `P` profile,
//! `A` answers, `T` target, `G` glossary, `X` crosswalk, `W` workbook, `R` what a report cannot show), the number is never used twice, and a
//! retired one stays listed. The doc comment of a code is what `gapwise explain` prints.

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $code:ident = $name:literal,)+) => {
        /// A kind of fault, by its short id.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[allow(clippy::upper_case_acronyms)]
        pub enum Code { $($(#[doc = $doc])+ $code,)+ }

        impl Code {
            /// All codes, in the order of their ids.
            pub const ALL: &[Code] = &[$(Code::$code),+];

            /// The short id, as `Q104`.
            pub fn id(self) -> &'static str {
                match self { $(Code::$code => stringify!($code)),+ }
            }

            /// The name of the defect, as `duplicate-requirement-id`.
            pub fn name(self) -> &'static str {
                match self { $(Code::$code => $name),+ }
            }

            /// What it means and why it is a fault.
            pub fn explanation(self) -> &'static str {
                match self { $(Code::$code => concat!($($doc),+).trim_ascii()),+ }
            }
        }
    };
}

codes! {
    /// The file is not UTF-8. Save it as UTF-8 in your editor and try again.
    Y001 = "not-utf-8",
    /// The file is UTF-16, as some Windows programs write it. Save it as UTF-8 and try again.
    Y002 = "utf-16",
    /// The file holds a NUL character, so it is no text file.
    Y003 = "nul-character",
    /// The file is larger than any document of its kind: 1 MiB for answers, 8 MiB for the others.
    Y004 = "too-large",
    /// The file holds no data.
    Y005 = "empty-file",
    /// The text is not YAML. Reading stops here; faults after this place show up once it is mended.
    Y006 = "not-yaml",
    /// Lists and mappings are nested more than 32 deep; no document of ours needs more than ten.
    Y007 = "nested-too-deep",
    /// A key stands twice in one mapping, so one of the two values would be lost silently.
    Y008 = "duplicate-key",
    /// Anchors, aliases and merge keys make one place mean another; documents of ours say everything where it stands.
    Y009 = "anchor-or-alias",
    /// Tags (`!name`) change what a value is; here the key alone decides that.
    Y010 = "tag",
    /// The file holds several YAML documents; a file holds one.
    Y011 = "several-documents",
    /// The first key must be `gapwise` and say kind and edition, as `gapwise: answers/1`.
    Y012 = "unknown-kind",
    /// The document is of an edition that this program does not read.
    Y013 = "unknown-edition",
    /// The document has a key that its format does not know; its value would be ignored silently.
    Y014 = "unknown-key",
    /// A key that the format needs is not there.
    Y015 = "missing-key",
    /// A value has another shape than its key expects: a list where a text belongs, for example.
    Y016 = "wrong-shape",
    /// A whole number is written in decimal digits only: not `1_000`, `"3"`, `1e3`, `2.0`, `0x1` or `no`.
    Y017 = "not-a-whole-number",
    /// The number is outside of the range that the key allows.
    Y018 = "out-of-range",
    /// The value is none of the words that the key allows.
    Y019 = "unknown-word",
    /// Ids of questions, requirements and domains look like `RSK-1` or `HCOC-1.b`; all others are small letters, digits and hyphens, as `model-developer`.
    Y020 = "malformed-id",
    /// The text holds a character that cannot be seen or that turns the reading direction, so it could show something else than it says. In answers it is printed as its code point; elsewhere it is an error.
    Y021 = "invisible-character",
    /// A date is written as year, month and day, as `2026-11-02`, and must exist.
    Y022 = "malformed-date",
    /// A version is three numbers, as `1.0.0`.
    Y023 = "malformed-version",
    /// The file has another kind than the command or the place needs.
    Y024 = "wrong-kind",
    /// The list is empty where at least one entry is needed.
    Y025 = "empty-list",
    /// Two files declare the same kind and name, so one of them would be ignored silently.
    Y026 = "duplicate-document",
    /// Scores are basis points, 0 to 10000; one from 1 to 100 was most likely meant in percent.
    Y027 = "score-in-percent",

    /// Two questions, of one bank or of two that a questionnaire names, carry the same id, so an answer could mean either.
    B101 = "duplicate-question-id",
    /// The key belongs to another type of question.
    B102 = "key-of-another-type",
    /// A maturity question needs at least two levels.
    B103 = "too-few-levels",
    /// Two levels of a question say the same, so nobody could choose between them.
    B104 = "equal-levels",
    /// The score of a level or of a step up falls below the one before, so getting better would cost points.
    B105 = "falling-scores",
    /// Two options of a list carry the same id.
    B106 = "duplicate-option-id",
    /// `unknown` is the answer "don't know" and cannot be the id of an option.
    B107 = "reserved-option-id",
    /// A checklist has exactly one option marked `exclusive`, for "none of these"; otherwise an empty answer could not be told from a forgotten one.
    B108 = "exclusive-option",
    /// The bands of a number question rise, and only the last has no `up-to`.
    B109 = "broken-bands",
    /// A step leads to a level or option that the question does not have.
    B110 = "step-leads-nowhere",
    /// A step waits for a question that no bank has.
    B111 = "step-after-unknown-question",
    /// Steps wait for each other in a circle, so none could come first.
    B112 = "step-cycle",
    /// A question names a term that the glossary does not explain.
    B113 = "unknown-term",
    /// Two steps of a question lead to the same level or option.
    B114 = "duplicate-step",
    /// A step names a fill-in page that is not built in, so nobody could find it.
    B115 = "unknown-aid",
    /// Questionnaires ask from the bank, and none of them asks this question, so nobody ever will.
    B116 = "unused-question",

    /// Two domains of a questionnaire carry the same id.
    Q101 = "duplicate-domain-id",
    /// A requirement asks a question that none of the questionnaire's banks has.
    Q102 = "unknown-question",
    /// A requirement asks the same question, or the same option of it, twice, so it would count twice.
    Q103 = "question-asked-twice",
    /// Two requirements of a questionnaire carry the same id, so a finding could mean either.
    Q104 = "duplicate-requirement-id",
    /// The strength is none of the words that the questionnaire's header gives a weight to.
    Q105 = "unknown-strength",
    /// The weight of a requirement comes from its strength or is given directly, not both.
    Q106 = "two-weights",
    /// The requirement names a document that is not among the questionnaire's sources.
    Q107 = "unknown-source",
    /// The source does not have that clause.
    Q108 = "unknown-clause",
    /// A gate must not be avoided by "not applicable", so each question behind it is `essential`.
    Q109 = "gate-not-essential",
    /// The requirement asks nothing, so it could never be met or missed. If it is only to be listed, say why with `listed`.
    Q110 = "nothing-asked",
    /// The questionnaire names a bank that is not there.
    Q111 = "unknown-bank",
    /// The questionnaire names a bank and asks none of its questions.
    Q112 = "unused-bank",
    /// The bands of a scale start at 0, rise, and stay below 10 000.
    Q113 = "broken-scale",
    /// A condition names a fact that the profile does not have.
    Q114 = "unknown-fact",
    /// A condition names a value that the fact does not have.
    Q115 = "unknown-fact-value",
    /// A condition hangs on a question that no bank has.
    Q116 = "condition-on-unknown-question",
    /// Conditions hang on each other in a circle, so none could be decided.
    Q117 = "condition-cycle",
    /// A condition can never hold: a fact or answer that has one value would have to have two.
    Q118 = "contradiction",
    /// A condition hangs on a question that the questionnaire does not ask.
    Q119 = "condition-on-unasked-question",
    /// The condition tests for an answer that the question cannot have.
    Q120 = "impossible-test",
    /// A requirement has neither strength nor weight nor gate, so it would not be known what it counts.
    Q121 = "no-weight",
    /// The questionnaire names a target that is not there.
    Q122 = "unknown-target",
    /// A requirement is listed with a reason for not asking it, and asks something or is a gate all the same.
    Q123 = "listed-and-asked",
    /// All questions of a gate weigh nothing, so it could neither pass nor fail.
    Q124 = "weightless-gate",
    /// The questionnaire names a bank twice; one of the two would be ignored silently.
    Q125 = "duplicate-bank",

    /// Two facts of the profile carry the same id.
    P101 = "duplicate-fact",
    /// A fact with one or many values lists its options; a yes-no fact and a text have none.
    P102 = "fact-options",
    /// `all`, `any`, `not`, `answer`, `at-least-level` and `is` build conditions and cannot be names of facts.
    P103 = "reserved-fact-id",

    /// The id of the answer belongs to no question of any bank.
    A101 = "answer-to-unknown-question",
    /// The question has no such level.
    A102 = "level-out-of-range",
    /// The answer does not fit the type of its question.
    A103 = "answer-of-another-type",
    /// The question has no such option.
    A104 = "unknown-option",
    /// "Not applicable" leaves the mean, so it needs a reason that the report can print.
    A105 = "not-applicable-without-reason",
    /// The question is essential: it applies to everyone who is asked, so "not applicable" is no answer.
    A106 = "essential-not-applicable",
    /// A checklist with nothing ticked could be a "none of these" or a forgotten question; tick one.
    A107 = "nothing-ticked",
    /// The option that says "none of these" is ticked together with others.
    A108 = "exclusive-with-others",
    /// The answers name a questionnaire that is not there.
    A109 = "unknown-questionnaire",
    /// The answers were given to another major version of the questionnaire, whose scores are not comparable.
    A110 = "other-major-version",
    /// The answers were given to another minor version of the questionnaire: questions may have been added.
    A111 = "other-minor-version",
    /// The profile states a fact that does not exist.
    A112 = "profile-unknown-fact",
    /// The fact does not have that value, or not of this kind of subject: only a system has a stage.
    A113 = "profile-unknown-value",
    /// The questionnaire uses a fact that must be stated; without it nobody knows what to ask.
    A114 = "missing-fact",
    /// The question is answered but not asked of this respondent. The answer is kept and not counted.
    A115 = "answer-not-asked",
    /// Evidence is a file beside the answers and must stay in their folder.
    A116 = "evidence-outside",
    /// The evidence file is not there. It counts as listed, without a digest.
    A117 = "evidence-missing",
    /// The evidence is not a regular file of at most 64 MiB.
    A118 = "evidence-not-a-file",
    /// A link of evidence starts with https, http or mailto.
    A119 = "evidence-link",
    /// Evidence says where it is in one way: `file`, `link` or `reference`.
    A120 = "evidence-place",
    /// The long form of an answer gives one value: `level`, `yes-no`, `option`, `options`, `number`, `unknown` or `not-applicable`.
    A121 = "several-values",
    /// `by` names a function that nobody in the list of respondents has.
    A122 = "unknown-respondent",
    /// An option is ticked twice.
    A123 = "ticked-twice",
    /// Evidence stands beside an answer that claims nothing.
    A124 = "evidence-without-claim",
    /// Two respondents have the same function; an answer names its respondent by the function, so it could mean either.
    A125 = "duplicate-respondent",

    /// The rule names a fact or value that the profile does not have, so it never matches.
    T101 = "rule-never-matches",
    /// A rule names a domain or a requirement, not both.
    T102 = "domain-and-requirement",

    /// Two terms of the glossary carry the same id.
    G101 = "duplicate-term",

    /// A clause is mapped to a question that no bank has.
    X101 = "mapping-to-unknown-question",
    /// Two clauses of a crosswalk carry the same id, so a reader of the report could not tell them apart.
    X102 = "duplicate-clause-id",
    /// A question is mapped to the same clause twice, so it would count twice in the mean of the clause.
    X103 = "question-mapped-twice",
    /// A clause has no question and does not say why. The report lists such clauses with the reason.
    X104 = "clause-without-reason",
    /// A clause gives a reason for having no question, and has questions all the same.
    X105 = "reason-beside-questions",

    /// The file is no Excel workbook (.xlsx) that can be read: of another kind, encrypted or damaged. Open it in
    /// Excel or LibreOffice and save it as .xlsx, without a password.
    W001 = "not-a-workbook",
    /// The workbook has more bytes, parts or cells than any that this program writes, packed or unpacked.
    W002 = "workbook-too-large",
    /// The workbook does not carry the mark of `gapwise workbook`, or that of an edition that this program does
    /// not read.
    W003 = "foreign-workbook",
    /// The workbook is for a questionnaire that is not at hand.
    W004 = "workbook-of-unknown-questionnaire",
    /// The workbook is for another questionnaire than the answers file that it is to be read into.
    W005 = "workbook-of-another-questionnaire",
    /// The workbook is for another major version of the questionnaire, whose answers mean other things.
    W006 = "workbook-of-another-major-version",
    /// The workbook is for another version of the questionnaire: questions may have been added.
    W007 = "workbook-of-another-version",
    /// Rows are found by the id in their first column. This one is no id, or a row has an answer and no id.
    W101 = "unknown-row",
    /// Two rows of one id say different things, so one of them would be lost.
    W102 = "row-twice",
    /// A cell says a word that is no answer there. Nothing is guessed.
    W103 = "wrong-word",
    /// A formula stands where an answer belongs. What it comes to may differ from program to program.
    W104 = "formula-for-an-answer",
    /// Cells are merged where answers stand, so one answer would stand for several questions or be lost.
    W105 = "merged-cells",
    /// A cell holds an error of the program, such as `#REF!`.
    W106 = "error-for-an-answer",
    /// "Not applicable" leaves the mean, so it needs a reason in the cell for it.
    W107 = "reason-missing",
    /// The question applies to everyone who is asked, so "not applicable" is no answer.
    W108 = "not-applicable-to-essential",
    /// A reason stands beside an answer that is not "not applicable". It is not read.
    W109 = "needless-reason",
    /// Evidence has a title and says where it is: a link, a file beside the answers, or words.
    W110 = "evidence-in-parts",
    /// A text is longer than the 32 767 characters that a cell can hold.
    W111 = "longer-than-a-cell",
    /// A cell holds a character that cannot be seen or that turns the reading direction. In a report it is
    /// printed as its code point.
    W112 = "invisible-in-a-cell",
    /// Rows or sheets that were in the workbook when it was written are gone. Nothing is read for them.
    W113 = "rows-missing",
    /// A sheet has lost the heads of its columns, or one of them, so what stands below is not known.
    W115 = "heads-missing",
    /// A cell stands further out than any that this program writes. It is not read.
    W116 = "cell-out-of-reach",
    /// Options of a list are ticked beside another answer, or together with "none of these".
    W117 = "contradicting-ticks",
    /// The workbook and the answers file say different things. The answers file stays as it is, unless you
    /// prefer the workbook with `--force`.
    W118 = "differing-answer",
    /// The answers file would have a fault with what the workbook says, or cannot be changed in place.
    W119 = "refused-by-the-answers-file",
    /// A person who answers has no function, or the same one as another person.
    W120 = "respondent-without-function",
    /// A character has no glyph in the fonts at hand, so the PDF spells it out, as `[U+1F600]`. A font that has
    /// it can be named with `--font`.
    R101 = "character-without-glyph",
    /// A text is in a script that the fonts at hand do not have, so little of it could be read in the PDF. Name
    /// a font for it with `--font`. Scripts that are written from right to left cannot be set in a PDF yet; the
    /// other formats have them.
    R102 = "text-without-font",
    /// A table of clients lacks a column that each row needs: `client`, `date` or `questionnaire`.
    R201 = "column-missing",
    /// Two columns of a table of clients have the same head, so a cell could belong to either.
    R202 = "column-stands-twice",
    /// The head of a column looks like a question or a fact and is none, so its answers would be lost.
    R203 = "unknown-column",
    /// A column of a table of clients is none that is read. It is passed over.
    R204 = "column-not-read",
    /// A row has more or fewer cells than the table has heads, so its answers may have moved.
    R205 = "row-of-another-length",
    /// A line is no JSON document. Each line of a file of clients holds one answers document as JSON.
    R206 = "line-is-no-json",
    /// The same client, with the same date and questionnaire, stands in two places. The first one counts.
    R207 = "client-stands-twice",
    /// There is no client in what was named.
    R208 = "no-clients",
    /// A row does not end within what an answers file may hold: most often a quotation mark is not closed.
    R209 = "row-without-end",
    /// This program stopped at one client. That is a fault of its own.
    R210 = "fault-of-the-program",
    /// The file of a client is not there any more, may not be read, or is larger than any answers.
    R211 = "file-not-read",
    /// A column of a Parquet table holds what no cell can say, as a broken number, a time of day or a group of
    /// values. Write texts, whole numbers, dates, yes and no, or lists of these.
    R212 = "value-of-no-cell",
    /// A Parquet table cannot be read: it is damaged, packed in a way that is not known here, or this program was
    /// built without Parquet. The same table as CSV can always be read.
    R213 = "parquet-not-read",
}

impl Code {
    /// The code with this id or name; small or capital letters alike.
    pub fn find(word: &str) -> Option<Self> {
        let same = |code: &&Self| {
            code.id().eq_ignore_ascii_case(word) || code.name().eq_ignore_ascii_case(word)
        };
        Self::ALL.iter().find(same).copied()
    }
}
