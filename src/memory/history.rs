//! What was said of each unit, line by line: a journal forgets nothing.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::path::Path;

use super::entry::Record;
use super::scan;
use crate::error::Result;
use crate::finding::Parsed;
use crate::text::fold::fold;

/// The units of a memory file that have or had a text in them, on either side and once both are
/// folded, each with all its lines, the oldest first; the unit changed last comes first. A unit is
/// one place of a document: its source with its neighbors. Rows that cannot be used are findings.
///
/// # Errors
/// The file cannot be read.
pub fn history(path: &Path, journal: bool, text: &str) -> Result<Parsed<Vec<Vec<Record>>>> {
    let mut lines = scan::open(path, journal)?;
    let mut units: Vec<Vec<Record>> = Vec::new();
    let mut places: HashMap<u64, usize> = HashMap::new();
    while let Some(record) = lines.next_record()? {
        let key = record.entry.key().hash();
        let at = *places.entry(key).or_insert(units.len());
        match units.get_mut(at) {
            Some(unit) => unit.push(record),
            None => units.push(vec![record]),
        }
    }
    let wanted = fold(text.trim());
    let has = |record: &Record| {
        let sides = [&record.entry.zh, &record.entry.en];
        sides.iter().any(|side| fold(side).contains(&wanted))
    };
    units.retain(|unit| unit.iter().any(has));
    let last = |unit: &Vec<Record>| unit.last().map_or(0, |record| record.entry.line);
    units.sort_by_key(|unit| Reverse(last(unit)));
    Ok(Parsed {
        value: units,
        findings: lines.findings,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_a_unit_is_told_with_what_stood_before() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.tsv");
        let text = "zh\ten\tstate\tdocument\n甲\tA\t\ta.md\n乙\tB\t\ta.md\n甲\tC\treviewed\ta.md\n\
            甲\tD\t\tb.md\n乙\t\tunconfirmed\ta.md\n丙\ttorn";
        std::fs::write(&path, text).unwrap();
        let told = |text: &str| {
            let units = history(&path, true, text).unwrap().value.into_iter();
            let line = |record: &Record| format!("{} {}", record.entry.en, record.state());
            units
                .map(|unit| unit.iter().map(line).collect::<Vec<_>>().join(", "))
                .collect::<Vec<_>>()
        };
        let all = [
            "B translated,  unconfirmed",
            "D translated",
            "A translated, C reviewed",
        ];
        assert_eq!(told(""), all);
        assert_eq!(told("a"), ["A translated, C reviewed"]);
        assert_eq!(told("丙"), [""; 0]);
    }
}
