//! The first row of a glossary file: the names of its columns, or what they hold without names.

use super::Reader;
use crate::finding::Severity;
use crate::glossary::columns::{Field, Slot, field, name, near};
use crate::lang::Lang;
use crate::text::chars::is_han;
use crate::tsv;

/// What each column of a file without a header holds, where it can be one: two
/// or three columns, Chinese in one of the first two.
pub(in crate::glossary) fn headerless(text: &str) -> Option<Vec<Field>> {
    let rows: Vec<&str> = tsv::rows(text).map(|(_, row)| row).take(50).collect();
    let fits = |width: &usize| (2..=3).contains(width);
    let mut widths = rows.iter().map(|row| row.split('\t').count());
    // The first row need not have a remark where others do.
    let width = widths.next().filter(fits)?;
    let width = widths.filter(fits).fold(width, usize::max);
    let han = |cell: usize| {
        let cells = rows.iter().filter_map(|row| row.split('\t').nth(cell));
        cells.filter(|cell| cell.contains(is_han)).count()
    };
    let (left, right) = (han(0), han(1));
    let (first, second) = match () {
        () if left == 0 && right == 0 => return None,
        () if left >= right => (Lang::Zh, Lang::En),
        () => (Lang::En, Lang::Zh),
    };
    let mut fields = vec![
        Field::Terms(first, Slot::Preferred),
        Field::Terms(second, Slot::Preferred),
    ];
    fields.extend((width == 3).then_some(Field::Note));
    Some(fields)
}

impl Reader<'_> {
    /// The first row: the header, or in a file without one the first of the rows.
    pub(super) fn first(&mut self, text: &str) {
        let names: Vec<&str> = self.line.split('\t').collect();
        let mut fields: Vec<Option<Field>> = names.iter().map(|n| field(n)).collect();
        let terms = |f: &Option<Field>| matches!(f, Some(Field::Terms(..)));
        if fields.iter().any(terms) {
            self.header(&names, &mut fields);
            self.fields = Some(fields);
            return;
        }
        if let Some(columns) = headerless(text) {
            let read = columns.iter().map(|f| format!("`{}`", name(*f)));
            let read: Vec<String> = read.collect();
            self.find(
                Severity::Note,
                None,
                format!(
                    "no row names the columns: they are read as {}",
                    read.join(", ")
                ),
            );
            let fields: Vec<_> = columns.into_iter().map(Some).collect();
            self.row(&fields);
            self.fields = Some(fields);
            return;
        }
        let help = match near(names.first().copied().unwrap_or("")) {
            Some(near) => format!("; is the first one `{near}`?"),
            None => String::new(),
        };
        self.find(
            Severity::Error,
            None,
            format!(
                "no column of terms: the first row names the columns, at least `zh` and `en`, parted by a tab{help}; no row of this file is read"
            ),
        );
        self.fields = Some(Vec::new());
    }

    fn header(&mut self, names: &[&str], fields: &mut [Option<Field>]) {
        for at in 0..fields.len() {
            let written = names.get(at).copied().unwrap_or("").trim();
            let (before, rest) = fields.split_at_mut(at);
            let Some(this) = rest.first_mut() else { break };
            if this.is_some() && before.contains(this) {
                *this = None;
                self.find(
                    Severity::Error,
                    Some(at),
                    format!("the column `{written}` is named twice; only the first is read"),
                );
            } else if this.is_none() {
                let (severity, message) = match near(written) {
                    _ if written.is_empty() => (
                        Severity::Note,
                        "a column without a name: it is kept, and not read".to_owned(),
                    ),
                    Some(near) => (
                        Severity::Warning,
                        format!(
                            "unknown column `{written}`: is it `{near}`? It is kept, and not read"
                        ),
                    ),
                    None => (
                        Severity::Note,
                        format!("unknown column `{written}`: it is kept, and not read"),
                    ),
                };
                self.find(severity, Some(at), message);
                if let (Some(near), Some(finding)) = (near(written), self.findings.last_mut()) {
                    finding.suggestions.push(near.to_owned());
                }
            }
        }
    }
}
