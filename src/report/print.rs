//! What tells a finding from every other one, wherever its line moves to.

use std::collections::HashMap;

use super::path_text;
use crate::finding::Finding;
use crate::text::hash::Hash;

/// A fingerprint for each finding, in 16 hexadecimal digits.
///
/// It is made of the file's path, the rule, the marked text and the line it
/// stands on, and of which it is where all these are the same. So it stays
/// when lines above come and go, when the rule's severity or its sentence
/// changes, and on every machine where the path is named the same way.
pub fn fingerprints(findings: &[Finding]) -> Vec<String> {
    let mut seen: HashMap<u64, u32> = HashMap::new();
    let print = |finding: &Finding| {
        let place = &finding.place;
        let mut hash = Hash::default();
        hash.text(&path_text(&place.path));
        hash.text(finding.rule);
        hash.text(place.mark.of(&place.quote));
        hash.text(place.quote.trim());
        let before = seen.entry(hash.finish()).or_default();
        hash.bytes(&before.to_le_bytes());
        *before += 1;
        format!("{:016x}", hash.finish())
    };
    findings.iter().map(print).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::results;
    use super::*;
    use crate::finding::{Place, Severity};
    use crate::span::Span;

    #[test]
    fn lines_may_move_and_severities_change() {
        let before = results().findings;
        let mut after = before.clone();
        for finding in &mut after {
            finding.place.line += 7;
            finding.place.end_line += 7;
            finding.place.span = finding.place.span.shifted(90);
            finding.severity = Severity::Note;
            finding.message.push('。');
        }
        assert_eq!(fingerprints(&before), fingerprints(&after));
    }

    #[test]
    fn the_same_fault_twice_is_two() {
        let text = "创世纪计划\n创世纪计划\n";
        let path = results().files[0].clone();
        let at = |start| {
            Finding::syntax(
                "term-forbidden",
                Severity::Error,
                Place::new(path.clone(), text, Span::new(start, start + 15)),
                "",
            )
        };
        let prints = fingerprints(&[at(0), at(16)]);
        assert_ne!(prints[0], prints[1]);
        assert_eq!(prints[0].len(), 16);
    }

    #[test]
    fn a_fingerprint_never_changes() {
        assert_eq!(
            fingerprints(&results().findings),
            ["61f726f30169759c", "cf2614da3ed91f98", "09082447b06ec520"]
        );
    }
}
