use super::*;

/// `lang text value rendering`, the spans of the text between ⟦ and ⟧, several values between ` | `.
const CASES: &str = include_str!("cases.tsv");

#[test]
fn the_table_holds() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in CASES.lines().skip(2) {
        let mut cells = line.split('\t');
        let mut cell = || cells.next().unwrap_or("");
        let (lang, marked, value, rendering) =
            (cell().parse::<Lang>().unwrap(), cell(), cell(), cell());
        let text = marked.replace(['⟦', '⟧'], "");
        let found = quantities(&text, lang);
        let list = |parts: Vec<String>| parts.join(" | ");
        let spans: String = mark(&text, &found);
        let values = list(found.iter().map(Quantity::value_text).collect());
        let renderings = list(found.iter().map(|q| q.render(lang.other())).collect());
        if (spans.as_str(), values.as_str(), renderings.as_str()) != (marked, value, rendering) {
            wrong.push(format!(
                "want {line}\n got {lang}\t{spans}\t{values}\t{renderings}"
            ));
        }
        count += 1;
    }
    assert!(
        wrong.is_empty(),
        "{} of {count}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(count >= 300, "{count}");
}

/// The text with ⟦⟧ around the spans.
fn mark(text: &str, found: &[Quantity]) -> String {
    let mut out = text.to_owned();
    for q in found.iter().rev() {
        out = crate::span::splice(&out, q.span, &format!("⟦{}⟧", q.span.of(text)));
    }
    out
}
