//! The state onto the screen. Nothing is changed and nothing is asked here.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};

use crate::span::Span;
use crate::tui::layout::{self, Places};
use crate::tui::paint::{Pen, columns};
use crate::tui::panel::page::About;
use crate::tui::panel::{
    Panel, alignment, browse, concordance, findings, form, home, issues, matches, page, palette,
    proposals, replace, segments, terms,
};
use crate::tui::state::{Focus, Knowing, State};
use crate::tui::theme::Theme;
use crate::tui::update::trouble;

/// Draws everything, and puts the hardware cursor where the caret is: the
/// window of an input method follows it.
pub fn draw(state: &State, frame: &mut Frame<'_>) {
    let theme = state.theme;
    let area = frame.area();
    let Some(places) = layout::places((area.width, area.height)) else {
        let (columns, rows) = layout::LEAST;
        let say = format!(
            "zm needs {columns}x{rows}, this is {}x{}",
            area.width, area.height
        );
        let lines = theme.measure().wrap(&say, area.width.into());
        for (row, line) in lines.into_iter().enumerate() {
            let pen = Pen::new(frame.buffer_mut(), theme, area).at(0, row);
            let _ = pen.put(line.of(&say).trim_end(), theme.text());
        }
        return;
    };
    let mut caret = None;
    let mut show = |panel: &Panel, area: Rect, frame: &mut Frame<'_>| {
        if let Some(at) = (panel.draw)(state, area, frame.buffer_mut()) {
            caret = Some(at);
        }
    };
    let listing = state.focus == Focus::Findings || state.under.contains(&Focus::Findings);
    let at_home = state.focus == Focus::Home || state.back == Focus::Home && !listing;
    let reviewing = state.focus == Focus::Alignment || state.back == Focus::Alignment;
    let reviewing = reviewing && state.alignment.is_some() && state.focus != Focus::Home;
    let proposing = state.focus == Focus::Proposals || state.back == Focus::Proposals;
    let proposing = proposing && state.proposals.is_some() && state.focus != Focus::Home;
    let whole = layout::whole((area.width, area.height));
    if proposing {
        proposals::title(state, places.title, frame.buffer_mut());
        show(&proposals::PANEL, whole, frame);
    } else if reviewing {
        alignment::title(state, places.title, frame.buffer_mut());
        show(&alignment::PANEL, whole, frame);
    } else if at_home {
        title(state, at_home, places.title, frame);
        show(&home::PANEL, layout::home((area.width, area.height)), frame);
    } else {
        title(state, at_home, places.title, frame);
        show(&segments::PANEL, places.segments, frame);
        show(&matches::PANEL, places.matches, frame);
        show(&issues::PANEL, places.findings, frame);
        if let Some(terms) = places.terms {
            show(&terms::PANEL, terms, frame);
            let rows = places.segments.y..places.hints.y;
            divide(frame, places.segments.right(), rows, theme);
        }
    }
    let over = over(state, places, area);
    if let Some((panel, area)) = over {
        Clear.render(area, frame.buffer_mut());
        show(panel, area, frame);
    }
    hints(state, places.hints, frame);
    if let Some(at) = caret {
        frame.set_cursor_position(at);
    }
}

/// What covers the screen in part, and where.
fn over(state: &State, places: Places, area: Rect) -> Option<(&'static Panel, Rect)> {
    let theme = state.theme;
    let whole = layout::whole((area.width, area.height));
    match state.focus {
        Focus::Concordance => Some((&concordance::PANEL, places.overlay)),
        Focus::Palette => Some((&palette::PANEL, places.overlay)),
        Focus::Browse => Some((&browse::PANEL, places.overlay)),
        Focus::Findings => Some((&findings::PANEL, whole)),
        Focus::Replace => Some((&replace::PANEL, whole)),
        Focus::Page => Some((&page::PANEL, whole)),
        Focus::Form => {
            let rows = state
                .form
                .as_ref()
                .map_or(0, |form| form::height(form, theme, area.width));
            // What is said must not cover what it is said about.
            let more = said(state).map_or(0, |(text, _)| {
                said_lines(&text, theme, area.width).len().saturating_sub(1) as u16
            });
            let rows = rows.min((area.height - 2).saturating_sub(more));
            let bottom = Rect {
                y: places.hints.y.saturating_sub(rows + more),
                height: rows,
                ..area
            };
            Some((&form::PANEL, bottom))
        }
        Focus::Home | Focus::Target | Focus::Source | Focus::Alignment | Focus::Proposals => None,
    }
}

/// A line down the column `x`.
fn divide(frame: &mut Frame<'_>, x: u16, rows: std::ops::Range<u16>, theme: Theme) {
    for y in rows {
        if let Some(cell) = frame.buffer_mut().cell_mut((x, y)) {
            cell.set_symbol("│").set_style(theme.rule());
        }
    }
}

/// The least columns that the document's name is given.
const NAME: usize = 12;

/// The columns that are left to a filter's text before anything else goes.
const FILTER: usize = 12;

/// What is being read, and how far that is.
fn coming(state: &State, at_home: bool) -> String {
    match (state.knowing, state.indexing) {
        (_, Some(percent)) if at_home => format!("indexing the memory {percent}% (Esc stops) "),
        (_, Some(percent)) => format!("indexing {percent}% "),
        (Knowing::Loading, None) => "reading the glossaries … ".to_owned(),
        (Knowing::Terms, None) => "opening the memory … ".to_owned(),
        (Knowing::Ready, None) => String::new(),
    }
}

/// The bar at the top: where, what, how far, whether it is on disk.
fn title(state: &State, at_home: bool, area: Rect, frame: &mut Frame<'_>) {
    let theme = state.theme;
    let bar = theme.bar();
    let buffer = frame.buffer_mut();
    let knowing = &coming(state, at_home);
    let editor = state.editor.as_ref().filter(|_| !at_home);
    let Some(editor) = editor else {
        let left = format!(" 正名 zm · {}", state.home.survey.name);
        let _ = Pen::new(buffer, theme, area).put(&left, bar).fill(bar);
        let from = columns(&left, theme);
        let _ = Pen::new(buffer, theme, area)
            .at(from, 0)
            .right(knowing, bar);
        return;
    };
    let progress = editor.progress;
    let saving = editor.saving;
    let writing = saving.touched && (editor.session.dirty() || saving.flying);
    let telling = saving.telling > 0 || !editor.untold.is_empty();
    let saved = if writing || telling {
        "● unsaved "
    } else {
        "✓ saved "
    };
    let issues = match editor.issue_count() {
        0 => String::new(),
        1 => " · 1 issue".to_owned(),
        n => format!(" · {n} issues"),
    };
    let filtered = |most: usize| {
        if editor.filter.is_empty() {
            return String::new();
        }
        let filter = theme.measure().fit(&editor.filter, most);
        format!(" · “{filter}” {}", editor.shown.len())
    };
    let (filter, cut) = (filtered(usize::MAX), filtered(FILTER));
    let at = (editor.at + 1).min(progress.segments);
    let left = format!(" {at}/{} ", progress.segments);
    let (from, to) = (editor.session.from(), editor.session.to);
    let percent = progress.percent();
    let (confirmed, segments) = (progress.confirmed, progress.segments);
    // On a narrow screen what matters least goes first.
    let tries = [
        format!(
            "{knowing}{from} → {to}  {percent}% · {confirmed}/{segments} confirmed{issues}{filter}  {saved}"
        ),
        format!("{from} → {to}  {percent}%{issues}{filter}  {saved}"),
        format!("{from} → {to}  {percent}%{issues}{cut}  {saved}"),
        format!("{percent}%{issues}{cut}  {saved}"),
        format!("{percent}%{cut}  {saved}"),
        format!("{percent}%  {saved}"),
        saved.to_owned(),
    ];
    let width = usize::from(area.width);
    let least = columns(&left, theme) + NAME;
    let fits = |right: &&String| least + columns(right, theme) <= width;
    let right = tries.iter().find(fits).map_or(saved, String::as_str);
    let room =
        usize::from(area.width).saturating_sub(columns(&left, theme) + columns(right, theme) + 1);
    let mut name = editor.session.name.as_str();
    if columns(name, theme) > room {
        name = name.rsplit('/').next().unwrap_or(name);
    }
    let name = theme.measure().fit(name, room);
    let _ = Pen::new(buffer, theme, area)
        .put(&left, bar)
        .put(&name, bar)
        .fill(bar);
    let from = columns(&left, theme) + columns(&name, theme);
    let _ = Pen::new(buffer, theme, area).at(from, 0).right(right, bar);
}

/// The most columns that the last row gives to what Enter puts in.
const INSERTED: usize = 28;

/// The most rows that are given to what is said.
const SAID: usize = 3;

/// What is said in the place of the keys, and how it looks.
fn said(state: &State) -> Option<(String, Style)> {
    let theme = state.theme;
    if let Some(trouble) = trouble(state) {
        return Some((trouble, theme.bad().patch(theme.bar())));
    }
    let message = state.message.as_ref();
    let message = message.filter(|_| state.pending.is_empty())?;
    let style = if message.bad {
        theme.bad()
    } else {
        theme.text()
    };
    Some((message.text.clone(), style))
}

/// A text in the rows it is said in; the last one has the rest, whatever fits.
fn said_lines(text: &str, theme: Theme, width: u16) -> Vec<String> {
    let room = usize::from(width).saturating_sub(2).max(8);
    let lines = theme.measure().wrap(text, room);
    let count = lines.len().min(SAID);
    let rows = lines.iter().take(SAID).enumerate().map(|(n, line)| {
        let end = if n + 1 == count {
            text.len()
        } else {
            line.end as usize
        };
        let line = Span::new(line.start as usize, end).of(text);
        line.trim_end().to_owned()
    });
    let rows: Vec<String> = rows.collect();
    if rows.is_empty() {
        vec![String::new()]
    } else {
        rows
    }
}

/// The last row: what must not be overlooked, or what was just done, or the keys.
fn hints(state: &State, area: Rect, frame: &mut Frame<'_>) {
    let theme = state.theme;
    let buffer = frame.buffer_mut();
    Clear.render(area, buffer);
    if let Some((text, style)) = said(state) {
        let lines = said_lines(&text, theme, area.width);
        let rows = lines.len() as u16;
        let area = Rect {
            y: (area.y + 1).saturating_sub(rows),
            height: rows,
            ..area
        };
        Clear.render(area, buffer);
        for (row, line) in lines.iter().enumerate() {
            let pen = Pen::new(buffer, theme, area).at(1, row);
            let _ = pen.put(line, style).fill(style);
        }
        return;
    }
    let mut pen = Pen::new(buffer, theme, area).skip(1);
    if !state.pending.is_empty() {
        for key in &state.pending {
            pen = pen.put(&format!("{key} "), theme.key());
        }
        let _ = pen.put("…", theme.quiet());
        return;
    }
    let aligning = state.alignment.as_ref().filter(|open| open.aligning);
    let aligning = aligning.map(|_| "aligning the rest");
    let waiting = state.waiting.as_ref().map(|waiting| &*waiting.what);
    if let Some(what) = waiting.or(aligning) {
        pen = pen
            .put(what, theme.strong())
            .put(" …", theme.strong())
            .skip(2)
            .put("Esc", theme.key())
            .put(" stop waiting", theme.quiet())
            .skip(2);
    }
    if let Some((what, _)) = &state.ready {
        pen = pen
            .put(what, theme.strong())
            .put(": done, asking again shows it", theme.strong())
            .skip(2);
    }
    let inserts = (state.focus == Focus::Concordance)
        .then(|| concordance::rendering(state))
        .flatten()
        .map(|text| format!("inserts “{}”", theme.measure().fit(&text, INSERTED)));
    for (name, what) in wanted(state) {
        let key = state.keys.hint(name);
        let inserts = inserts.as_deref().filter(|_| *name == "choose");
        let what = inserts.unwrap_or(what);
        // Where a page ends there is nothing to turn to.
        let over = *name == "page-page-down" && !state.page.goes_on(state.size, theme);
        if key.is_empty() || over {
            continue;
        }
        let long = columns(key, theme) + columns(what, theme) + 1;
        if long > pen.left() {
            break;
        }
        pen = pen
            .put(key, theme.key())
            .put(" ", theme.text())
            .put(what, theme.quiet())
            .skip(2);
    }
}

/// The keys worth showing while an alignment is reviewed.
const IN_ALIGNMENT: &[(&str, &str)] = &[
    ("accept-next", "accept"),
    ("next-doubtful", "doubtful"),
    ("merge-bead", "merge"),
    ("split-bead", "split"),
    ("shift-up", "up"),
    ("shift-down", "down"),
    ("pin", "pin"),
    ("realign", "realign"),
    ("review-keys", "keys"),
    ("omit", "omitted"),
    ("review-undo", "undo"),
    ("to-memory", "to memory"),
    ("propose-beads", "propose terms"),
    ("accept-sure", "accept ≥ 0.9"),
    ("cut-sentence", "cut"),
    ("review-close", "home"),
];

/// The keys worth showing while proposals are reviewed.
const IN_PROPOSALS: &[(&str, &str)] = &[
    ("accept-term", "accept"),
    ("edit-proposal", "edit"),
    ("reject-term", "reject"),
    ("merge-term", "merge"),
    ("skip-proposal", "skip"),
    ("proposal-undo", "undo"),
    ("proposal-keys", "keys"),
    ("next-place", "next place"),
    ("turn-case", "case"),
    ("filter-proposals", "filter"),
    ("accept-proposed", "accept as proposed"),
    ("proposal-concordance", "concordance"),
    ("proposal-close", "back"),
];

/// The keys worth showing in the list of findings.
const IN_FINDINGS: &[(&str, &str)] = &[
    ("go-to-finding", "go there"),
    ("finding-fix", "accept"),
    ("finding-ignore", "let stand"),
    ("finding-why", "why"),
    ("findings-close", "back"),
    ("keys", "keys"),
];

/// The keys worth showing in search and replace.
const IN_REPLACE: &[(&str, &str)] = &[
    ("replace-one", "replace"),
    ("replace-all", "all"),
    ("replace-field", "field"),
    ("whole-words", "words"),
    ("replace-close", "back"),
    ("keys", "keys"),
    ("go-to-place", "go there"),
    ("variants", "variants"),
    ("undo", "undo"),
];

/// The keys worth showing at home, on a document.
const ON_DOCUMENT: &[(&str, &str)] = &[
    ("open", "open"),
    ("align-pair", "align"),
    ("propose", "propose"),
    ("home-keys", "keys"),
    ("direction", "direction"),
    ("home-concordance", "concordance"),
    ("home-findings", "check"),
    ("home-add-term", "add term"),
    ("home-palette", "commands"),
    ("import", "import terms"),
    ("quit", "leave"),
];

/// The keys worth showing at home, on a glossary.
const ON_GLOSSARY: &[(&str, &str)] = &[
    ("open", "open"),
    ("import", "import terms"),
    ("home-keys", "keys"),
    ("home-concordance", "concordance"),
    ("home-add-term", "add term"),
    ("home-palette", "commands"),
    ("quit", "leave"),
];

/// The keys worth showing at home, on a memory.
const ON_MEMORY: &[(&str, &str)] = &[
    ("open", "search"),
    ("propose", "propose"),
    ("home-keys", "keys"),
    ("home-add-term", "add term"),
    ("home-palette", "commands"),
    ("import", "import terms"),
    ("quit", "leave"),
];

/// The keys worth showing, most needed first.
fn wanted(state: &State) -> &'static [(&'static str, &'static str)] {
    let inserts = matches!(state.back, Focus::Target | Focus::Source);
    match state.focus {
        Focus::Home => match state.home.chosen() {
            Some(home::Item::Glossary(_)) => ON_GLOSSARY,
            Some(home::Item::Memory(_)) => ON_MEMORY,
            Some(home::Item::Document(_)) | None => ON_DOCUMENT,
        },
        Focus::Target => &[
            ("confirm", "confirm"),
            ("insert-term", "term"),
            ("insert-match", "match"),
            ("concordance", "concordance"),
            ("add-term", "add term"),
            ("palette", "commands"),
            ("keys", "keys"),
            ("deliver", "deliver"),
            ("next-issue", "issue"),
            ("findings", "issues"),
            ("undo", "undo"),
            ("source", "source"),
            ("replace", "replace"),
            ("home", "home"),
            ("quit", "leave"),
        ],
        Focus::Source => &[
            ("target", "target"),
            ("select-right", "select"),
            ("concordance", "concordance"),
            ("add-term", "add term"),
            ("edit-term", "edit term"),
            ("source-why", "why"),
        ],
        Focus::Concordance if !inserts => &[
            ("list-mode", "phrase/keywords/regex/pinyin"),
            ("list-close", "close"),
        ],
        Focus::Concordance => &[
            ("choose", "insert"),
            ("list-mode", "phrase/keywords/regex/pinyin"),
            ("list-close", "close"),
        ],
        Focus::Palette => &[("choose", "run"), ("list-close", "close")],
        Focus::Browse => browsing(state, inserts),
        Focus::Findings => IN_FINDINGS,
        Focus::Replace => IN_REPLACE,
        Focus::Form => fields(state.form.as_ref()),
        Focus::Alignment => IN_ALIGNMENT,
        Focus::Proposals => IN_PROPOSALS,
        Focus::Page => reading(&state.page.about),
    }
}

/// The keys worth showing in a form.
fn fields(form: Option<&form::Form>) -> &'static [(&'static str, &'static str)] {
    let named = form.is_some_and(form::Form::names_file);
    match form.map_or(0, |form| form.fields.len()) {
        0 | 1 => &[("accept", "done"), ("form-close", "close")],
        _ if named => &[
            ("accept", "done"),
            ("complete-path", "complete"),
            ("next-field", "next field"),
            ("form-close", "close"),
        ],
        _ => &[
            ("accept", "done"),
            ("complete-path", "next field"),
            ("form-close", "close"),
        ],
    }
}

/// The keys worth showing in a glossary's rows.
fn browsing(state: &State, inserts: bool) -> &'static [(&'static str, &'static str)] {
    let row = browse::chosen(&state.browse);
    if row.is_some_and(|row| row.settles.is_some()) {
        return &[
            ("choose", "take this side"),
            ("list-mode", "all sides whole"),
            ("list-close", "close"),
        ];
    }
    match (state.back, inserts) {
        (Focus::Proposals, _) => &[
            ("choose", "merge into this"),
            ("list-mode", "show whole"),
            ("list-close", "close"),
        ],
        (_, true) => &[
            ("choose", "insert"),
            ("list-mode", "show whole"),
            ("list-edit", "edit"),
            ("list-add", "add"),
            ("list-close", "close"),
        ],
        (_, false) => &[
            ("choose", "show whole"),
            ("list-edit", "edit"),
            ("list-add", "add"),
            ("list-close", "close"),
            ("list-keys", "keys"),
        ],
    }
}

/// The keys worth showing on a page.
fn reading(about: &About) -> &'static [(&'static str, &'static str)] {
    match about {
        About::Import(_, true) => &[
            ("page-accept", "write"),
            ("page-page-down", "more"),
            ("next-heading", "next heading"),
            ("page-edit", "read otherwise"),
            ("page-close", "leave"),
        ],
        About::Import(_, false) => &[
            ("page-page-down", "more"),
            ("next-heading", "next heading"),
            ("page-edit", "read otherwise"),
            ("page-close", "leave"),
        ],
        About::Concept => &[
            ("page-edit", "edit"),
            ("page-page-down", "more"),
            ("page-close", "close"),
        ],
        About::Text => &[("page-page-down", "more"), ("page-close", "close")],
    }
}
