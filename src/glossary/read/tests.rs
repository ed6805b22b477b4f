use super::*;
use crate::lang::Lang;
use crate::model::concept::{ConceptStatus, ConceptType, MatchMode, TermStatus};

fn parse(text: &str) -> Parsed<Vec<Concept>> {
    read(Path::new("terms.tsv"), text.as_bytes())
}

fn messages(parsed: &Parsed<Vec<Concept>>) -> Vec<String> {
    parsed.findings.iter().map(Finding::short).collect()
}

/// The one finding of a text: its line, its severity, a part of its message.
#[track_caller]
fn finds(text: &str, line: u32, severity: Severity, part: &str) {
    let parsed = parse(text);
    let found = parsed
        .findings
        .iter()
        .any(|f| (f.place.line, f.severity) == (line, severity) && f.message.contains(part));
    assert!(found, "{part}: {:#?}", messages(&parsed));
}

#[test]
fn every_column_is_read() {
    let header: Vec<&str> = super::super::columns::FIELDS.map(|(n, _)| n).to_vec();
    let row = "创世计划 | 创世任务\tGenesis Mission\t创世项目\tthe Mission\t创计\tGM\t创世纪计划\tGenesis Project\t\
            創世計畫\t創世計劃甲\t創世計劃乙\tAI\tprogram\tstrict\tproposed\t2025-11-24\t2030-12-31\t下一计划\t\
            定义\t备注\t来源\tid-1\t2026-01-01\t张三\t好例 | 好例二\t坏例";
    let parsed = parse(&format!("{}\n{row}\n", header.join("\t")));
    assert!(parsed.findings.is_empty(), "{:?}", messages(&parsed));
    let c = &parsed.value[0];
    let zh: Vec<&str> = c.terms.zh.iter().map(|t| &*t.text).collect();
    assert_eq!(
        zh,
        [
            "创世计划",
            "创世任务",
            "创世项目",
            "创计",
            "創世計畫",
            "創世計劃甲",
            "創世計劃乙",
            "创世纪计划"
        ]
    );
    assert_eq!(c.terms.zh[7].status, TermStatus::Deprecated);
    assert!(c.terms.en[2].abbreviation);
    assert_eq!(
        (c.kind, c.matching),
        (ConceptType::Program, MatchMode::Strict)
    );
    assert_eq!(c.status, ConceptStatus::Proposed);
    assert_eq!(c.valid_to, Some(jiff::civil::date(2030, 12, 31)));
    assert_eq!((c.good.len(), c.bad.len()), (2, 1));
    assert_eq!(c.origin.to_string(), "terms.tsv:2");
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    use Severity::{Error, Note, Warning};
    finds("", 1, Warning, "empty");
    finds("# 只有注释\n", 1, Warning, "empty");
    finds("zh\ten\tzh\n甲\tA\t乙\n", 1, Error, "named twice");
    finds("zh\tzh_avoided\n甲\t乙\n", 1, Warning, "is it `zh_avoid`?");
    finds(
        "zh\ten\tremark\n甲\tA\tx\n",
        1,
        Note,
        "unknown column `remark`",
    );
    finds("zh\ten\tnote\n\t\t备注\n", 2, Error, "without any term");
    finds("zh\ten\n甲\tA\tB\n", 2, Error, "more cells");
    finds(
        "zh\ten\ttype\n甲\tA\tpersn\n",
        2,
        Error,
        "`persn` is no `type`",
    );
    finds(
        "zh\ten\tvalid_to\n甲\tA\t2026-13-01\n",
        2,
        Error,
        "is no date",
    );
    finds(
        "zh\tvalid_from\tvalid_to\n甲\t2026-02-01\t2026-01-01\n",
        2,
        Error,
        "later than",
    );
    finds("zh\ten\n甲\0\tA\n", 2, Error, "U+0000");
    finds("zh\ten\n甲  A\n", 2, Warning, "no tab");
    finds("zh\ten\r\n甲\tA\r\n", 1, Note, "CR LF");
    finds("\u{FEFF}zh\ten\n甲\tA\n", 1, Note, "byte-order mark");
    finds(
        "foo\tbar\tbaz\tqux\n甲\tA\t\t\n",
        1,
        Error,
        "no column of terms",
    );
    finds(
        &format!("zh\ten\n{}\tA\n", "长".repeat(501)),
        2,
        Error,
        "501 characters",
    );
}

#[test]
fn a_row_without_a_rendering_is_named() {
    use Severity::Warning;
    let text =
        "zh\ten\tzh_avoid\nbad row only\n\tno zh\n没有英文\t\n\t\t错译\n算力\tcomputing power\n";
    let parsed = parse(text);
    let found: Vec<_> = parsed
        .findings
        .iter()
        .map(|f| (f.place.line, f.severity))
        .collect();
    assert_eq!(found, [(2, Warning), (3, Warning), (4, Warning)]);
    assert!(parsed.findings[0].message.contains("no English term"));
    assert!(parsed.findings[1].message.contains("no Chinese term"));
    assert_eq!(parsed.value.len(), 5);
}

#[test]
fn a_finding_points_at_its_cell() {
    let text = "# 一\nzh\ten\ttype\n计划\tplan\tthing\n";
    let parsed = parse(text);
    let place = &parsed.findings[0].place;
    assert_eq!((place.line, place.column, place.end_column), (3, 9, 14));
    assert_eq!(place.mark.of(&place.quote), "thing");
    assert_eq!(place.span.of(text), "thing");
}

#[test]
fn a_list_without_header_is_a_glossary() {
    let parsed = parse("# OmegaT\nGenesis Mission\t创世计划\t能源部\nplan\t计划\n");
    assert_eq!(parsed.findings.len(), 1, "{:?}", messages(&parsed));
    assert!(parsed.findings[0].message.contains("`en`, `zh`, `note`"));
    assert_eq!(parsed.value.len(), 2);
    assert_eq!(parsed.value[0].name(Lang::Zh), "创世计划");
    assert_eq!(&*parsed.value[0].note, "能源部");
}

#[test]
fn a_remark_that_the_first_row_lacks_is_read() {
    let parsed = parse("关税\ttariff\n供应链\tsupply chain\tlogistics\n");
    assert_eq!(parsed.findings.len(), 1, "{:?}", messages(&parsed));
    assert_eq!(&*parsed.value[1].note, "logistics");
}

#[test]
fn other_encodings_are_read_and_named() {
    let gbk = encoding_rs::GB18030.encode("zh\ten\n术语\tterm\n翻译记忆\ttranslation memory\n");
    let parsed = read(Path::new("t.tsv"), &gbk.0);
    assert_eq!(parsed.value[0].name(Lang::Zh), "术语");
    assert!(parsed.findings[0].message.contains("gb18030 (a guess)"));
    let mut broken = "zh\ten\n术语\tterm\n翻译记忆\ttranslation memory\n命中\t"
        .to_owned()
        .into_bytes();
    broken.extend([0xFF, b'\n']);
    let parsed = read(Path::new("t.tsv"), &broken);
    assert_eq!(parsed.value.len(), 3);
    assert!(parsed.findings.iter().any(|f| f.place.line == 4
        && f.severity == Severity::Error
        && f.message.contains("not UTF-8 at byte 8")));
    assert!(parsed.findings[0].message.contains("1 line of it"));
}

#[test]
fn what_is_not_to_be_translated_stands_on_both_sides() {
    let parsed = parse("zh\ten\ttype\n\tDeepSeek-V3\tdnt\n");
    assert_eq!(parsed.value[0].name(Lang::Zh), "DeepSeek-V3");
}

#[test]
fn a_line_of_megabytes_is_read_once_and_not_repeated() {
    let text = format!("zh\ten\n{}\n甲\tA\n", "长\t".repeat(1_000_000));
    let parsed = parse(&text);
    assert_eq!(parsed.value.len(), 2);
    assert!(parsed.findings.iter().all(|f| f.place.quote.len() < 1000));
}
