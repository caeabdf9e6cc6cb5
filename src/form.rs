//! The form: one HTML file with a questionnaire to answer, and the engine that scores it in the page.
//!
//! The file asks for nothing but itself. Its content security policy forbids every connection and lets
//! one script and one style sheet pass, each by the digest of its text; all else that it holds is data,
//! which no browser runs.

use crate::model::Questionnaire;
use crate::render::RenderError;
use crate::render::template::Templates;
use crate::result::ENGINE;
use crate::source::escaped;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use minijinja::context;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

/// What a form is made of.
#[derive(Clone, Copy, Debug)]
pub struct Form<'a> {
    /// The questionnaire that is answered.
    pub questionnaire: &'a Questionnaire,
    /// Documents of one's own that the engine needs beside the built-in ones: name and text.
    pub documents: &'a [(String, String)],
    /// An answers file to go on from.
    pub answers: Option<&'a str>,
    /// The date of the assessment; the day on which it is answered unless said.
    pub date: Option<&'a str>,
    /// How long it takes, at least and at most. Unit: minutes.
    pub minutes: (usize, usize),
    /// What tells its saved answers from those of every other form: letters and digits.
    pub id: &'a str,
    /// The engine in the page.
    pub engine: Engine<'a>,
}

/// The engine as WebAssembly.
#[derive(Clone, Copy, Debug)]
pub struct Engine<'a> {
    /// The script by which a page calls it. It defines `wasm_bindgen`.
    pub script: &'a str,
    /// The module, packed as `deflate-raw`.
    pub packed: &'a [u8],
}

/// The script of the page, in parts: each may use those before it, and the last one starts the form.
const SCRIPTS: &[&str] = &[
    "form/dom.js",
    "form/store.js",
    "form/profile.js",
    "form/questions.js",
    "form/outcome.js",
    "form/files.js",
    "form/form.js",
];

/// What the script of the page starts from.
#[derive(Serialize)]
struct Data<'a> {
    id: &'a str,
    engine: &'a str,
    questionnaire: &'a str,
    title: &'a str,
    summary: &'a str,
    language: &'a str,
    version: &'a str,
    minutes: String,
    date: Option<&'a str>,
    documents: &'a [(String, String)],
    answers: Option<&'a str>,
}

/// The form as one file.
///
/// # Errors
/// A template is broken or lacking; or a script or style sheet would end its element early.
pub fn page(form: &Form<'_>, templates: &Templates) -> Result<String, RenderError> {
    let text = |path: &str| {
        let text = templates.text(path);
        text.ok_or_else(|| RenderError(format!("there is no template `{path}`")))
    };
    let style = inline(text("form/form.css")?, "style")?;
    let scripts = SCRIPTS.iter().map(|path| text(path)).collect::<Result<Vec<_>, _>>()?;
    let script = [form.engine.script, &scripts.join("\n")].join("\n");
    let script = inline(&format!("(() => {{\n'use strict';\n{script}\n}})();"), "script")?;
    let values = context! {
        questionnaire => context! {
            title => &form.questionnaire.title,
            language => &form.questionnaire.language,
            summary => &form.questionnaire.summary,
        },
        engine => ENGINE,
        policy => policy(&script, &style),
        style,
        script,
        data => data(form),
        packed => BASE64.encode(form.engine.packed),
    };
    templates.render("form/form.html.j2", values)
}

/// As `12`, or `9 to 16`.
fn minutes((least, most): (usize, usize)) -> String {
    if least == most { least.to_string() } else { format!("{least} to {most}") }
}

/// What the page may do: run this script and the engine, show this style, and nothing else.
fn policy(script: &str, style: &str) -> String {
    format!(
        "default-src 'none'; script-src '{}' 'wasm-unsafe-eval'; style-src '{}'; img-src data:; \
         base-uri 'none'; form-action 'none'",
        hash(script),
        hash(style)
    )
}

/// The digest of a text as content security policies write it.
fn hash(text: &str) -> String {
    format!("sha256-{}", BASE64.encode(Sha256::digest(text)))
}

/// A text as the browser will find it in its element: with line feeds alone, and nothing that would end
/// the element or hide its end.
fn inline(text: &str, element: &str) -> Result<String, RenderError> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let small = text.to_ascii_lowercase();
    let harmful = [format!("</{element}"), "<!--".to_owned(), "\0".to_owned()];
    match harmful.iter().find(|each| small.contains(each.as_str())) {
        Some(found) => Err(RenderError(format!("a {element} of the form holds {found:?}"))),
        None => Ok(text),
    }
}

/// The data as JSON in which no character can mean anything to HTML, whatever the answers hold.
fn data(form: &Form<'_>) -> String {
    let data = Data {
        id: form.id,
        engine: ENGINE,
        questionnaire: &form.questionnaire.id,
        title: &form.questionnaire.title,
        summary: &form.questionnaire.summary,
        language: &form.questionnaire.language,
        version: &form.questionnaire.version,
        minutes: minutes(form.minutes),
        date: form.date,
        documents: form.documents,
        answers: form.answers,
    };
    // Strings and lists only: nothing that JSON cannot hold. These three stand in strings alone.
    let json = escaped(&serde_json::to_string(&data).unwrap_or_default());
    json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::library::Library;

    const HOSTILE: &str = "a: </script><script>alert(1)</script> <!-- & \u{2028} \"\\ é";

    /// Bytes whose text has a `/` and a `+`, which no page may spell otherwise.
    const PACKED: &[u8] = &[0xFF, 0xFF, 0xFB, 0xEF];

    /// A form with these answers and this script of the engine.
    fn made(answers: &str, script: &str) -> Result<String, RenderError> {
        let questionnaire = Library::default()
            .questionnaire("hiroshima-code-of-conduct", &mut Diagnostics::default())
            .expect("built in");
        let form = Form {
            questionnaire: &questionnaire,
            documents: &[("mine.yaml".to_owned(), HOSTILE.to_owned())],
            answers: Some(answers),
            date: None,
            minutes: (9, 16),
            id: "0123456789abcdef",
            engine: Engine { script, packed: PACKED },
        };
        page(&form, &Templates::default())
    }

    /// What stands between two marks.
    fn between<'a>(page: &'a str, start: &str, end: &str) -> &'a str {
        let rest = page.split_once(start).expect("the start").1;
        rest.split_once(end).expect("the end").0
    }

    #[test]
    fn the_policy_lets_the_one_script_and_style_pass() {
        let page = made("", "let wasm_bindgen;\r\n// é").expect("a form");
        let (script, style) =
            (between(&page, "<script>", "</script>"), between(&page, "<style>", "</style>"));
        assert!(script.contains("let wasm_bindgen;\n// é"));
        let wanted = policy(script, style);
        let policy = between(&page, "http-equiv=\"Content-Security-Policy\" content=\"", "\">");
        assert_eq!(policy.replace("&#x27;", "'").replace("&#x2f;", "/"), wanted);
        // Of the empty text, as `openssl dgst -sha256 -binary | base64` has it.
        assert_eq!(hash(""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }

    #[test]
    fn answers_never_become_markup() {
        let page = made(HOSTILE, "").expect("a form");
        let elements = page.matches("<script").count();
        assert_eq!(elements, made("", "").expect("a form").matches("<script").count());
        let data = between(&page, "id=\"form-data\">", "</script>");
        assert!(!data.contains(['<', '>', '&', '\u{2028}']), "{data}");
        let data: serde_json::Value = serde_json::from_str(data).expect("JSON");
        assert_eq!(data["minutes"], "9 to 16");
        assert_eq!(data["answers"], HOSTILE);
        assert_eq!(data["documents"][0][1], HOSTILE);
    }

    #[test]
    fn the_engine_stands_in_the_page_as_it_is() {
        let page = made("", "").expect("a form");
        assert_eq!(between(&page, "id=\"engine\">", "</script>"), BASE64.encode(PACKED));
    }

    #[test]
    fn a_script_does_not_end_early() {
        for script in ["'</script>'", "'</SCRIPT >'", "<!-- x"] {
            assert!(made("", script).is_err(), "{script}");
        }
    }
}
