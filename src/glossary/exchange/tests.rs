//! What is exported and imported again is what it was, as far as the format can hold it.

use std::path::Path;

use proptest::prelude::*;

use super::{About, Field, Format, Record, Spot, altered, left_out, losses, made, write};
use crate::glossary::columns::{FIELDS, Slot};
use crate::glossary::import::{self, Options};
use crate::lang::{Lang, Locale};

fn about() -> About {
    About {
        title: "测试 & test".into(),
        from: Lang::Zh,
        zh: Locale::Hans,
        day: "2026-11-28".into(),
    }
}

/// Terms with everything that parts, quotes or escapes somewhere.
fn terms(lang: Lang) -> impl Strategy<Value = Vec<String>> {
    let one = match lang {
        Lang::Zh => "[正名能源部计划][正名部a|\\\\\"',;=#&<（）]{0,5}[正名部]",
        Lang::En => "[a-zA-Z][a-z |\\\\\"',;=#&<()-]{0,8}[a-z]",
    };
    prop::collection::vec(one, 1..3).prop_map(|list| {
        let mut list: Vec<String> = list
            .iter()
            .map(|t| t.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        list.sort();
        list.dedup();
        list
    })
}

fn text() -> impl Strategy<Value = String> {
    "[正a][名b|\\\\\"',;=#&< \n\t]{0,8}[部c]"
}

/// A concept that fills some columns.
fn record() -> impl Strategy<Value = Record> {
    let slots = [
        Slot::Preferred,
        Slot::Admitted,
        Slot::Abbreviation,
        Slot::Regional(1),
        Slot::Avoid,
    ];
    let side = |lang: Lang| prop::collection::vec(prop::option::of(terms(lang)), slots.len());
    let texts = prop::collection::vec(prop::option::of(text()), 4);
    let words = (
        prop::option::of(Just("proposed")),
        prop::option::of(Just("program")),
        prop::option::of(Just("2026-01-02")),
    );
    (
        side(Lang::Zh),
        side(Lang::En),
        terms(Lang::Zh),
        terms(Lang::En),
        texts,
        words,
    )
        .prop_map(move |(zh, en, first_zh, first_en, texts, words)| {
            let mut record = Record::at(Spot::default());
            for (lang, side, first) in [(Lang::Zh, zh, first_zh), (Lang::En, en, first_en)] {
                let mut used: Vec<String> = Vec::new();
                for (slot, list) in slots.iter().zip(side) {
                    let list = if *slot == Slot::Preferred {
                        Some(first.clone())
                    } else {
                        list
                    };
                    let regional = matches!(slot, Slot::Regional(_));
                    for term in list
                        .into_iter()
                        .flatten()
                        .filter(|t| !used.contains(t))
                        .collect::<Vec<_>>()
                    {
                        if !(regional && lang == Lang::En) {
                            record.add(Field::Terms(lang, *slot), &term);
                            used.push(term);
                        }
                    }
                }
            }
            for (field, text) in [
                Field::Subject,
                Field::Definition,
                Field::Note,
                Field::Source,
            ]
            .into_iter()
            .zip(texts)
            {
                record.join(field, &text.unwrap_or_default());
            }
            record.join(Field::Status, words.0.unwrap_or(""));
            record.join(Field::Type, words.1.unwrap_or(""));
            record.join(Field::Updated, words.2.unwrap_or(""));
            record
        })
}

fn again(format: Format, records: &[Record], name: &str) -> Vec<Record> {
    let bytes = write(format, records, &about()).unwrap();
    let options = Options {
        incomplete: true,
        ..Options::default()
    };
    let source = import::parse(Path::new(name), &bytes, &options).unwrap();
    assert_eq!(
        source.read(),
        source.records().map(|r| r.rows).sum::<usize>(),
        "no row is rejected"
    );
    source.records().cloned().collect()
}

/// A concept as far as a format holds it.
fn held(record: &Record, format: Format) -> Vec<(Field, Vec<String>)> {
    let lost: Vec<&str> = losses(format, std::slice::from_ref(record), Lang::Zh)
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    let kept = record.cells.iter().filter(|(field, _)| {
        let name = FIELDS
            .iter()
            .find(|(_, known)| known == *field)
            .map_or("", |(name, _)| name);
        !lost.contains(&name)
    });
    kept.map(|(field, list)| (*field, list.clone())).collect()
}

fn cells(record: &Record) -> Vec<(Field, Vec<String>)> {
    record
        .cells
        .iter()
        .map(|(field, list)| (*field, list.clone()))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn our_columns_come_back(records in prop::collection::vec(record(), 1..4)) {
        for (format, name) in [(Format::Tsv, "a.tsv"), (Format::Csv, "a.csv"), (Format::Xlsx, "a.xlsx")] {
            let read = again(format, &records, name);
            prop_assert_eq!(read.len(), records.len());
            for (read, written) in read.iter().zip(&records) {
                prop_assert_eq!(cells(read), cells(written), "{:?}", format);
            }
        }
    }

    #[test]
    fn concepts_come_back_from_tbx(mut records in prop::collection::vec(record(), 1..4)) {
        for (at, record) in records.iter_mut().enumerate() {
            record.join(Field::Id, &format!("c{at}"));
            // White space is one space in XML.
            for list in record.cells.values_mut() {
                for text in list {
                    *text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                }
            }
        }
        for format in [Format::TbxDca, Format::TbxDct] {
            let read = again(format, &records, "a.tbx");
            prop_assert_eq!(read.len(), records.len());
            for (read, written) in read.iter().zip(&records) {
                prop_assert_eq!(cells(read), held(written, format));
            }
        }
    }
}

#[test]
fn pairs_come_back_from_lists() {
    let text = "zh\ten\ten_admitted\ten_avoid\tid\n能源部\tDepartment of Energy\tEnergy Department\tEnergy Ministry\tc1\n创世计划\tGenesis Mission\t\t\tc2\n";
    let records = super::of_glossary(text).unwrap();
    let utx = again(Format::Utx, &records, "a.utx");
    assert_eq!(utx.len(), 2);
    assert_eq!(cells(&utx[0]), cells(&records[0]));
    let list = again(Format::Omegat, &records, "a.txt");
    let pairs: Vec<(&str, &str)> = list
        .iter()
        .map(|r| (r.name(Lang::Zh), r.name(Lang::En)))
        .collect();
    assert_eq!(
        pairs,
        [
            ("能源部", "Department of Energy"),
            ("能源部", "Energy Department"),
            ("创世计划", "Genesis Mission")
        ]
    );
    assert_eq!(
        losses(Format::Omegat, &records, Lang::Zh),
        [("en_avoid", 1), ("id", 2)]
    );
    assert!(losses(Format::Utx, &records, Lang::Zh).is_empty());
}

#[test]
fn an_export_to_utx_makes_no_ids_and_prefers_nothing_to_be_avoided() {
    let text = "zh\ten\tzh_avoid\ten_avoid\tnote\n打\thit | strike\t\t\t\n打\tdozen\t\t\t\n\
        税关费 | 关费\t\t\ttariff | levy\tx\n配额\t\t\t\t\n\tquota\t配限\t\t\n\t\t供给链\t\t\n";
    let records = super::of_glossary(text).unwrap();
    let utx = String::from_utf8(write(Format::Utx, &records, &about()).unwrap()).unwrap();
    let rows: Vec<Vec<&str>> = utx
        .lines()
        .skip(2)
        .map(|l| l.split('\t').collect())
        .collect();
    let said: Vec<[&str; 3]> = rows.iter().map(|row| [row[0], row[1], row[3]]).collect();
    assert_eq!(
        said,
        [
            ["打", "hit", "approved"],
            ["打", "strike", "approved"],
            ["打", "dozen", "approved"],
            ["税关费", "tariff", "forbidden"],
            ["税关费", "levy", "forbidden"],
        ]
    );
    assert!(rows.iter().all(|row| made::is_made(row[4])), "{utx}");
    assert_eq!(rows[0][4], rows[1][4]);
    assert_ne!(rows[0][4], rows[2][4]);
    assert_eq!(rows[3][5], "x");
    assert_eq!(left_out(Format::Omegat, &records, Lang::Zh), 4);
    assert_eq!(left_out(Format::Utx, &records, Lang::Zh), 3);
    assert_eq!(left_out(Format::Utx, &records, Lang::En), 3);
}

#[test]
fn csv_is_read_with_its_byte_order_mark_and_without() {
    let records = super::of_glossary("zh\ten\n关税\ttariff\n").unwrap();
    let bytes = write(Format::Csv, &records, &about()).unwrap();
    let plain = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap();
    for bytes in [bytes.as_slice(), plain] {
        let source = import::parse(Path::new("a.csv"), bytes, &Options::default()).unwrap();
        let read: Vec<_> = source.records().map(cells).collect();
        assert_eq!(read, [cells(&records[0])]);
    }
}

#[test]
fn tbx_has_the_structure_of_the_standard() {
    let text = "zh\ten\tzh_tw\ten_abbr\tsubject\tdefinition\tnote\tsource\tid\tupdated\tby\tmatch\n\
        能源部\tDepartment of Energy\t能源部門\tDOE\t能源\t定义\t备注\t来源\tc1\t2026-01-02\t李\tstrict\n";
    let records = super::of_glossary(text).unwrap();
    let dca = String::from_utf8(write(Format::TbxDca, &records, &about()).unwrap()).unwrap();
    // The order that the grammar of the dialect asks for: what is said of the concept, then languages;
    // in a term section the term, then notes about it.
    let order = [
        "<tbx type=\"TBX-Basic\" style=\"dca\"",
        "<tbxHeader>",
        "<fileDesc>",
        "<titleStmt>",
        "<sourceDesc>",
        "<text>",
        "<body>",
        "<conceptEntry id=\"c1\">",
        "<descrip type=\"subjectField\">",
        "<descrip type=\"definition\">",
        "<admin type=\"source\">",
        "<note>",
        "<transacGrp>",
        "<transac type=\"transactionType\">modification",
        "<transacNote type=\"responsibility\">",
        "<date>2026-01-02",
        "<langSec xml:lang=\"zh-Hans\">",
        "<termSec>",
        "<term>能源部</term>",
        "<termNote type=\"administrativeStatus\">preferredTerm-admn-sts",
        "<langSec xml:lang=\"zh-TW\">",
        "<langSec xml:lang=\"en\">",
        "<termNote type=\"termType\">abbreviation",
        "</tbx>",
    ];
    let mut rest = dca.as_str();
    for part in order {
        rest = rest
            .split_once(part)
            .unwrap_or_else(|| panic!("{part} is missing or misplaced:\n{dca}"))
            .1;
    }
    let dct = String::from_utf8(write(Format::TbxDct, &records, &about()).unwrap()).unwrap();
    assert!(
        dct.contains("<min:subjectField>")
            && dct.contains("<basic:definition>")
            && !dct.contains(" type=\"subjectField\""),
        "{dct}"
    );
    assert_eq!(losses(Format::TbxDca, &records, Lang::Zh), [("match", 1)]);
}

#[test]
fn a_proposed_concept_is_no_approved_one_after_tbx() {
    let text = "zh\ten\tstatus\tnote\n算力\tcomputing power\tproposed\t\n韧性\tresilience\tproposed\t见说明\n能源部\tDepartment of Energy\tapproved\t\n";
    let records = super::of_glossary(text).unwrap();
    for format in [Format::TbxDca, Format::TbxDct] {
        let read = again(format, &records, "a.tbx");
        let said = |field| -> Vec<&str> { read.iter().map(|r| r.text(field)).collect() };
        assert_eq!(said(Field::Status), ["proposed", "proposed", ""]);
        assert_eq!(said(Field::Note), ["", "见说明", ""]);
        assert_eq!(said(Field::Id), ["", "", ""], "no id that an export made");
        assert!(losses(format, &records, Lang::Zh).is_empty());
    }
}

#[test]
fn a_change_without_a_day_is_not_held_by_tbx() {
    let text = "zh\ten\tupdated\tby\n关税\ttariff\tMarch\t李\n配额\tquota\t\t李\n份额\tshare\t2026-03-01\t李\n";
    let records = super::of_glossary(text).unwrap();
    assert_eq!(
        losses(Format::TbxDct, &records, Lang::Zh),
        [("updated", 1), ("by", 2)]
    );
}

#[test]
fn what_tbx_changes_is_named() {
    let text = "zh\ten\tzh_hant\tzh_tw\tdefinition\tid\tupdated\n\
        软件\tsoftware\t軟件\t軟體\ta\\nb\tc1\t20260301\n\
        关税\ttariff\t\t\ta\u{1}b\tc1\t2026-03-01\n";
    let records = super::of_glossary(text).unwrap();
    assert_eq!(losses(Format::TbxDca, &records, Lang::Zh), [("id", 1)]);
    let said = |zh| altered(Format::TbxDca, &records, zh);
    let found = said(Locale::Taiwan);
    let words = ["line breaks", "XML cannot hold", "`updated`", "`zh_tw`"];
    assert_eq!(found.len(), words.len(), "{found:?}");
    for ((what, count), word) in found.iter().zip(words) {
        assert!(what.contains(word) && *count == 1, "{found:?}");
    }
    assert_eq!(said(Locale::Hans).len(), 3);
    assert!(altered(Format::Csv, &records, Locale::Taiwan).is_empty());
    let taiwan = About {
        zh: Locale::Taiwan,
        ..about()
    };
    let file = String::from_utf8(write(Format::TbxDca, &records, &taiwan).unwrap()).unwrap();
    assert_eq!(
        file.matches("<langSec xml:lang=\"zh-Hant\">").count(),
        1,
        "{file}"
    );
    assert!(file.contains("軟件") && file.contains("軟體"), "{file}");
}

#[test]
fn no_bytes_are_too_strange() {
    let mut seed = 7u64;
    let mut random = || {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize
    };
    let starts: [&[u8]; 8] = [
        b"PK\x03\x04",
        b"<tbx>",
        b"{\"a\":",
        b"#UTX",
        b"zh,en\n",
        b"msgid \"",
        b"|a|b|\n|--|--|\n",
        b"\xFF\xFE",
    ];
    for _ in 0..400 {
        let mut bytes = starts[random() % starts.len()].to_vec();
        for _ in 0..random() % 60 {
            let pool = "\"\t,;|\n<>{}[]#=正名部\u{FFFD}a1".as_bytes();
            bytes.push(pool[random() % pool.len()]);
        }
        let _ = import::parse(
            Path::new("a"),
            &bytes,
            &Options {
                split: true,
                repair: true,
                ..Options::default()
            },
        );
    }
}
