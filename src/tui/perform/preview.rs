//! A plan as lines to read, for a screen: what would change, and what is doubtful.

use crate::glossary::exchange::Known;
use crate::glossary::import::{Change, Class, Options, Plan, Planned, Policy, Source};
use crate::text::count::plural;
use crate::text::decode;
use crate::text::diff::marked;

/// Cells of more characters than this are shown one below the other, with their difference.
const LONG: usize = 30;

/// The lines: `#` begins a heading, a tab parts two columns.
pub(super) fn preview(plan: &Plan, sources: &[Source], options: &Options) -> Vec<String> {
    let mut lines = Vec::new();
    for source in sources {
        about(source, &mut lines);
    }
    // What wants an eye comes first.
    for class in [Class::Conflict, Class::Rejected] {
        rows(plan, class, options.policy, &mut lines);
    }
    for source in sources {
        packed(source, options.split, &mut lines);
    }
    for class in [Class::Updated, Class::New, Class::Unchanged] {
        rows(plan, class, options.policy, &mut lines);
    }
    lines
}

/// What a file is, and how it is read.
fn about(source: &Source, lines: &mut Vec<String>) {
    let name = source.path.file_name().unwrap_or_default();
    lines.push(format!("#{}", name.to_string_lossy()));
    let rows = plural(source.read(), "row");
    lines.push(format!("format\t{}, {rows}", source.format));
    if let Some(encoding) = &source.encoding {
        let guessed = encoding.known == Known::Guessed;
        let guess = if guessed { " (guessed)" } else { "" };
        lines.push(format!(
            "encoding\t{}{guess}",
            decode::spoken(encoding.name)
        ));
    }
    for table in &source.tables {
        if source.tables.len() > 1 || table.sheet.is_some() {
            let sheet = table.sheet.iter().map(|sheet| format!("sheet {sheet}, "));
            let named = match table.header_line {
                Some(0) => "columns named".to_owned(),
                Some(line) => format!("columns named in line {line}"),
                None => "columns told by their content".to_owned(),
            };
            lines.push(format!("table\t{}{named}", sheet.collect::<String>()));
        }
        for column in &table.layout.columns {
            let to = column
                .becomes()
                .unwrap_or_else(|| format!("not imported ({})", column.left_out()));
            lines.push(format!("column\t{} → {to}", column.name));
        }
    }
    lines.extend(source.remarks.iter().map(|remark| match remark.spot.line {
        0 => format!("remark\t{}", remark.message),
        _ => format!("{}\t{}", remark.spot, remark.message),
    }));
}

/// The cells that hold more than one term.
fn packed(source: &Source, split: bool, lines: &mut Vec<String>) {
    if source.packed.is_empty() {
        return;
    }
    let cells = plural(source.packed.len(), "cell");
    let how = match (split, source.packed.len()) {
        (true, 1) => "is parted",
        (true, _) => "are parted",
        (false, 1) => "holds more than one term, and stays as it is",
        (false, _) => "hold more than one term, and stay as they are",
    };
    lines.extend([String::new(), format!("#packed: {cells} {how}")]);
    let cells = source.packed.iter();
    lines.extend(cells.map(|one| format!("{}\t{} ⇒ {}", one.spot, one.cell, one.parts)));
}

/// All rows of a class.
fn rows(plan: &Plan, class: Class, policy: Policy, lines: &mut Vec<String>) {
    let count = plan.count(class);
    if count == 0 {
        return;
    }
    let what = match (class, policy) {
        (Class::Conflict, Policy::Keep) => "in conflict: the glossary's row stays",
        (Class::Conflict, Policy::Take) => "in conflict: the file's text is taken",
        (Class::Conflict, Policy::Both) => "in conflict: both are taken",
        (Class::Conflict, Policy::Stop) => "in conflict: nothing is written",
        _ => class.name(),
    };
    lines.extend([String::new(), format!("#{count} {what}")]);
    let mut rows: Vec<&Planned> = plan.rows.iter().filter(|row| row.class == class).collect();
    // Where something is to be said of a new concept, it comes first.
    rows.sort_by_key(|row| row.joined || row.reason.is_empty());
    for row in rows {
        shown(row, policy, lines);
    }
}

fn shown(row: &Planned, policy: Policy, lines: &mut Vec<String>) {
    let conflict = row.class == Class::Conflict;
    let there = row.line.filter(|_| conflict);
    let there = there.map(|line| format!("line {line} of the glossary"));
    let there = there.filter(|there| !row.reason.contains(there));
    let why: Vec<&str> = there
        .iter()
        .map(String::as_str)
        .chain([&*row.reason])
        .collect();
    let why = why.join("; ");
    let why = match why.trim_end_matches("; ") {
        "" => String::new(),
        why => format!("  ({why})"),
    };
    let terms = match (row.zh.is_empty(), row.en.is_empty()) {
        (true, true) => String::new(),
        _ => format!("{} = {}", row.zh, row.en),
    };
    lines.push(format!("{}\t{terms}{why}", row.spot));
    let kept = matches!(policy, Policy::Keep | Policy::Stop);
    for change in &row.changes {
        let long = [&change.old, &change.new].map(|text| text.chars().count() > LONG);
        if conflict && long.contains(&true) {
            lines.extend(beside(change));
            continue;
        }
        let arrow = if conflict && kept { "≠" } else { "→" };
        let old = if change.old.is_empty() {
            "—"
        } else {
            &change.old
        };
        lines.push(format!("\t{}: {old} {arrow} {}", change.column, change.new));
    }
}

/// Two long cells, each whole, and where they differ.
fn beside(change: &Change) -> [String; 3] {
    let Change { column, old, new } = change;
    [
        format!("\t{column}, glossary: {old}"),
        format!("\t{column}, file: {new}"),
        format!("\tdifference: {}", marked(old, new)),
    ]
}
