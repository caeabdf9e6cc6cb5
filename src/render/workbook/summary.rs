//! The first sheet: the result at a glance, the domains as a chart, what to do first, and what all this is.

use super::cell::{ACCENT, Cell, Styles, fitting, put};
use super::table::{set_height, set_up_pages};
use super::tables::{DOMAINS, TITLE_SCORE_TARGET};
use crate::report::{FirstActionWords, Report};
use rust_xlsxwriter::{
    Chart, ChartAxisCrossing, ChartFont, ChartFormat, ChartLegendPosition, ChartLine,
    ChartSolidFill, ObjectMovement, RowNum, Worksheet, XlsxError,
};

/// How wide labels and values are, in characters.
const WIDTHS: [u8; 2] = [26, 104];
/// How wide the chart is, and how high beside its bars, each domain's share of it, and the most it may be.
/// Unit: pixels.
const CHART: (u32, u32, u32, u32) = (900, 110, 34, 800);
/// The height of an empty row. Unit: pixels.
const ROW: u32 = 20;
/// The colours of scores and targets, as on a page.
const SCORE: u32 = 0x0F_73_86;
const TARGET: u32 = 0x9A_3B_00;

/// What it is and is not.
const SELF_ASSESSMENT: &str = "This is a self-assessment: it shows what was answered, and proves nothing by itself. It is no certificate, no audit and no legal advice. Levels, weights and targets are set by the makers of the questionnaire, not by its sources.";
/// What the figures are.
const FIGURES: &str = "100 % is everything. The score counts open questions as 0; the best case counts them as 100 %. Coverage is the share that is answered, “don't know” included. The evidenced score counts answers without listed evidence as 0. Nobody has looked into the evidence.";
/// What stands in the table of findings.
const FINDINGS: &str = "Ground rules that are not kept, or not shown to be, come first. Then requirements below target, those first whose closing would raise the overall score most: high marks a gap of 50 % or more, medium one of 25 % or more, low a smaller one. Worth is what the overall score gains if this requirement alone reaches its target; worths do not add up.";

/// A sheet that is filled from the top.
struct Page<'a> {
    sheet: &'a mut Worksheet,
    styles: Styles,
    row: RowNum,
}

/// Writes it to an empty sheet, which is the one that is seen first.
pub(super) fn write(sheet: &mut Worksheet, report: &Report) -> Result<(), XlsxError> {
    sheet.set_name("Summary")?.set_active(true).set_screen_gridlines(false);
    set_up_pages(sheet);
    for (width, column) in WIDTHS.into_iter().zip(0..) {
        sheet.set_column_width(column, width)?;
    }
    let mut page = Page { sheet, styles: Styles::default().at_the_left(), row: 0 };
    page.head(report)?;
    page.figures(report)?;
    if report.by.is_none() {
        page.chart(report)?;
    }
    page.first_actions(report)?;
    page.framework(report)?;
    page.about(report)
}

impl Page<'_> {
    fn heading(&mut self, text: &str) -> Result<(), XlsxError> {
        self.row += 1;
        put(self.sheet, (self.row, 0), text, &self.styles.heading)?;
        self.row += 1;
        Ok(())
    }

    /// A label and its value; no row where there is none.
    fn pair(&mut self, label: &str, value: Cell) -> Result<(), XlsxError> {
        if value == Cell::Empty {
            return Ok(());
        }
        put(self.sheet, (self.row, 0), label, &self.styles.label)?;
        value.write(self.sheet, (self.row, 1), &self.styles)?;
        set_height(self.sheet, self.row, Some(value.lines(WIDTHS[1])))?;
        self.row += 1;
        Ok(())
    }

    /// A row for each text, the label beside the first.
    fn list(&mut self, label: &str, texts: &[String]) -> Result<(), XlsxError> {
        for (at, text) in texts.iter().enumerate() {
            self.pair(if at == 0 { label } else { "" }, Cell::text(text))?;
        }
        Ok(())
    }

    fn head(&mut self, report: &Report) -> Result<(), XlsxError> {
        let title = fitting(&format!("Gap report: {}", report.head.name));
        put(self.sheet, (self.row, 0), &title, &self.styles.title)?;
        self.row += 1;
        let questionnaire = &report.questionnaire;
        let version = format!("{}, version {}", questionnaire.title, questionnaire.version);
        self.pair("Questionnaire", Cell::text(version))?;
        self.pair("Assessed on", Cell::text(&report.head.date))?;
        self.pair("Verdict", Cell::text(report.verdict.to_uppercase()))?;
        self.pair("", Cell::text(&report.verdict_sentence))?;
        self.list("Please note", &report.alerts)
    }

    fn figures(&mut self, report: &Report) -> Result<(), XlsxError> {
        let (overall, counts) = (&report.overall, &report.counts);
        let count = |count: usize| Cell::count(count as u64);
        let evidenced = match overall.evidenced_bp {
            None => Cell::text(&overall.evidenced),
            some => Cell::basis_points(some),
        };
        self.heading("Overall")?;
        self.pair("Score", Cell::basis_points(overall.low_bp))?;
        self.pair("Best case", Cell::basis_points(overall.high_bp))?;
        self.pair("Target", Cell::basis_points(overall.target_bp))?;
        self.pair("Level", Cell::text(&overall.level))?;
        self.pair("Evidenced score", evidenced)?;
        self.pair("Coverage", Cell::figure(&overall.coverage))?;
        self.pair("Questions asked", count(counts.asked))?;
        self.pair("Answered", count(counts.answered))?;
        self.pair("Don't know", count(counts.unknown))?;
        self.pair("Open", count(counts.open))?;
        self.pair("Not applicable", count(counts.not_applicable))?;
        self.pair("Ground rules broken", count(report.failed_gates.len()))?;
        self.pair("Ground rules open", count(report.open_gates.len()))?;
        self.pair("Ground rules kept", count(report.passed_gates))
    }

    /// The chart, over empty rows: these keep their height, and with them it keeps its own.
    fn chart(&mut self, report: &Report) -> Result<(), XlsxError> {
        let (width, around, each, most) = CHART;
        let height = (around + each * report.domains.len() as u32).min(most);
        self.heading("Domains")?;
        let mut chart = chart(report);
        chart.set_width(width).set_height(height);
        self.sheet.insert_chart(self.row, 0, &chart)?;
        self.row += height.div_ceil(ROW) + 1;
        Ok(())
    }

    fn first_actions(&mut self, report: &Report) -> Result<(), XlsxError> {
        if report.first_actions.is_empty() {
            return Ok(());
        }
        self.heading("What to do first")?;
        for (at, action) in report.first_actions.iter().enumerate() {
            self.pair(&(at + 1).to_string(), Cell::text(in_words(action)))?;
        }
        Ok(())
    }

    /// What the clauses are of, and what their figure is.
    fn framework(&mut self, report: &Report) -> Result<(), XlsxError> {
        let Some(by) = &report.by else { return Ok(()) };
        self.heading("By clause")?;
        self.pair("Framework", Cell::text(format!("{} ({})", by.title, by.issued)))?;
        self.pair("Figure of a clause", Cell::text(&by.figure))?;
        self.pair("Please note", Cell::maybe(by.notice.as_ref()))?;
        self.pair("", Cell::maybe(by.unchecked.as_ref()))?;
        for relation in &by.relations {
            self.pair(&relation.name, Cell::text(&relation.value))?;
        }
        self.pair("Mapped to no clause", Cell::maybe(by.unmapped.as_ref()))
    }

    fn about(&mut self, report: &Report) -> Result<(), XlsxError> {
        self.heading("About this workbook")?;
        self.pair("What it is", Cell::text(SELF_ASSESSMENT))?;
        self.pair("Figures", Cell::text(FIGURES))?;
        if report.by.is_none() {
            self.pair("Findings", Cell::text(FINDINGS))?;
        }
        self.pair("Limits", Cell::maybe(report.questionnaire.notice.as_ref()))?;
        self.list("Sources", &report.sources)?;
        self.pair("Target", Cell::maybe(report.target.as_ref().map(|target| &target.title)))?;
        match report.respondents.as_slice() {
            [] => self.pair("Who answered", Cell::text("The answers name nobody."))?,
            respondents => self.list("Who answered", respondents)?,
        }
        let method = format!("{}, scoring method edition {}", report.head.engine, report.method);
        self.pair("Made with", Cell::text(method))
    }
}

/// One of the things to do first, in one text.
fn in_words(action: &FirstActionWords) -> String {
    let served = match (&action.requirement, &action.statement) {
        (Some(id), Some(statement)) => format!("for {id}: {statement}"),
        _ => format!("question {}", action.question),
    };
    let effort = action.effort.as_ref().map(|effort| format!("our estimate: {effort}; "));
    let after = match action.after.as_slice() {
        [] => String::new(),
        after => format!(" Comes after the step of {}.", after.join(", ")),
    };
    format!("{} ({}{served}){after}", action.action, effort.unwrap_or_default())
}

/// Bars of scores, and of targets where there are some. No text of a respondent stands in it: the writer
/// would take one that begins with `=` for a place.
fn chart(report: &Report) -> Chart {
    let last = report.domains.len() as RowNum;
    let [titles, scores, targets] =
        TITLE_SCORE_TARGET.map(|column| (DOMAINS, 1, column, last, column));
    let mut chart = Chart::new_bar();
    chart
        .add_series()
        .set_name("Score")
        .set_categories(titles)
        .set_values(scores)
        .set_format(&mut filled(SCORE, SCORE))
        .set_gap(60);
    let beside = report.target.is_some();
    if beside {
        // Hollow, so that it is told from the score without colour.
        let hollow = &mut filled(0xFF_FF_FF, TARGET);
        let series = chart.add_series().set_name("Target").set_categories(titles);
        series.set_values(targets).set_format(hollow);
    }
    let title = if beside { "Score and target of each domain" } else { "Score of each domain" };
    let mut font = ChartFont::new();
    font.set_size(13).set_color(ACCENT);
    chart.title().set_name(title).set_font(&font);
    // The first domain on top, the scores below all.
    chart.y_axis().set_name("Domain").set_reverse().set_crossing(ChartAxisCrossing::Max);
    chart.x_axis().set_name("Score").set_min(0).set_max(1).set_num_format("0%");
    chart.legend().set_position(ChartLegendPosition::Bottom);
    chart.set_object_movement(ObjectMovement::MoveButDontSizeWithCells).set_alt_text(format!(
        "{title}, as bars from 0 to 100 %. The {last} domains with their figures stand on the sheet {DOMAINS}."
    ));
    chart
}

/// The look of a bar.
fn filled(ground: u32, edge: u32) -> ChartFormat {
    let (mut fill, mut line) = (ChartSolidFill::new(), ChartLine::new());
    let mut format = ChartFormat::new();
    format.set_solid_fill(fill.set_color(ground)).set_border(line.set_color(edge).set_width(1.5));
    format
}
