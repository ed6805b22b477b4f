//! Whole runs of `zm glossary import` and `export`: what is read, how it is
//! sorted, what is written, and what is refused.
//!
//! `ZM_KILLS=200` kills more often; `ZM_DATA=folder` reads every file of a
//! folder of samples as well.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::panic,
    clippy::format_collect,
    clippy::too_many_lines,
    clippy::doc_markdown,
    reason = "a test that cannot go on may say so by panicking"
)]

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use rust_xlsxwriter::{Format, Formula, Workbook};
use serde_json::Value;
use zhengming::glossary::import::{self, Options};
use zhengming::tsv::Table;

mod support;
use support::{err, fed, kills, out, zm};

/// A workspace with files.
fn workspace(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let config: (&str, &[u8]) = ("zhengming.toml", b"");
    let folder = support::folder(&[&[config], files].concat());
    fs::create_dir_all(folder.path().join("glossaries")).unwrap();
    folder
}

/// The report of an import, whose counts must add up.
#[track_caller]
fn report(folder: &Path, args: &[&str]) -> Value {
    let args = [&["glossary", "import"], args, &["--format", "json"]].concat();
    let output = zm(folder, &args);
    let value: Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", err(&output)));
    assert_eq!(value["schema"], "zhengming.import/1");
    let sum = &value["summary"];
    let count = |key: &str| sum[key].as_u64().unwrap();
    let all: u64 = ["new", "updated", "unchanged", "conflict", "rejected"]
        .into_iter()
        .map(count)
        .sum();
    assert_eq!(count("read"), all, "{sum}");
    let rows = value["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["rows"].as_u64().unwrap());
    assert_eq!(count("read"), rows.sum::<u64>(), "{sum}");
    value
}

/// New, updated, unchanged, conflict, rejected.
fn counts(value: &Value) -> [u64; 5] {
    ["new", "updated", "unchanged", "conflict", "rejected"]
        .map(|key| value["summary"][key].as_u64().unwrap())
}

fn glossary(folder: &Path) -> String {
    fs::read_to_string(folder.join("glossaries/terms.tsv")).unwrap()
}

const GBK: &str = "序号,术语,英文,备注\r\n1,能源部,Department of Energy,机构\r\n2,创世计划,Genesis Mission,\r\n3,,no Chinese,\r\n";

#[test]
fn a_run_shows_writes_and_then_has_nothing_to_do() {
    let bytes = encoding_rs::GB18030.encode(GBK).0;
    let folder = workspace(&[("terms_GBK.csv", &bytes)]);
    let dry = zm(folder.path(), &["glossary", "import", "terms_GBK.csv"]);
    assert_eq!(dry.status.code(), Some(1), "a row is rejected");
    let text = out(&dry);
    for part in [
        "encoding  GB18030 (GBK), guessed",
        "术语 → zh",
        "英文 → en",
        "序号 → not imported",
        "+ 能源部 = Department of Energy",
        "terms_GBK.csv:4: `no Chinese`: no Chinese term",
        "3 rows read = 2 new + 0 updated + 0 unchanged + 0 conflict + 1 rejected",
        "not written yet: 2 concepts added",
    ] {
        assert!(text.contains(part), "{part}:\n{text}");
    }
    assert!(!folder.path().join("glossaries/terms.tsv").exists());
    let value = report(folder.path(), &["terms_GBK.csv", "--write"]);
    assert_eq!(
        (counts(&value), value["written"].as_bool()),
        ([2, 0, 0, 0, 1], Some(true))
    );
    assert_eq!(
        glossary(folder.path()),
        "zh\ten\tnote\n能源部\tDepartment of Energy\t机构\n创世计划\tGenesis Mission\t\n"
    );
    let again = report(folder.path(), &["terms_GBK.csv", "--write"]);
    assert_eq!(
        (counts(&again), again["written"].as_bool()),
        ([0, 0, 2, 0, 1], Some(false))
    );
}

#[test]
fn a_mark_before_gb18030_is_no_part_of_the_first_name() {
    let bytes = encoding_rs::GB18030.encode(GBK).0;
    let bytes = [&[0x84u8, 0x31, 0x95, 0x33][..], &*bytes].concat();
    let folder = workspace(&[("a.csv", &bytes)]);
    let human = out(&zm(folder.path(), &["glossary", "import", "a.csv"]));
    for part in ["with a byte-order mark", "            序号 → "] {
        assert!(human.contains(part), "{part}\n{human}");
    }
}

#[test]
fn what_is_there_is_compared_and_kept() {
    let there = "# 能源\nen\tzh\tremark\ten_avoid\n\nGenesis Mission\t创世计划\tDOE\tCreation Plan\nplan\t计划\t\t\n";
    let theirs = "zh,en,definition\n创世计划,Genesis Mission,计划名\n创世计划,Creation Plan,\n计划,program,\n计划,plan,\n能源部,Department of Energy,\n";
    let folder = workspace(&[
        ("glossaries/terms.tsv", there.as_bytes()),
        ("a.csv", theirs.as_bytes()),
    ]);
    let value = report(folder.path(), &["a.csv", "--write"]);
    assert_eq!(counts(&value), [1, 1, 1, 2, 0]);
    assert_eq!(
        glossary(folder.path()),
        "# 能源\nen\tzh\tremark\ten_avoid\tdefinition\n\nGenesis Mission\t创世计划\tDOE\tCreation Plan\t计划名\nplan\t计划\t\t\nDepartment of Energy\t能源部\t\t\t\n"
    );
    let conflict = value["rows"]
        .as_array()
        .unwrap()
        .iter()
        .find(|r| r["zh"] == "计划" && r["class"] == "conflict")
        .unwrap();
    assert_eq!(
        (
            &conflict["changes"][0]["old"],
            &conflict["changes"][0]["new"]
        ),
        (&"plan".into(), &"program".into())
    );
    assert_eq!(conflict["line"], 5);
    // Both stand, and then there is nothing more to do about that row.
    let both = report(
        folder.path(),
        &["a.csv", "--on-conflict", "both", "--write"],
    );
    assert_eq!(counts(&both), [0, 0, 3, 2, 0]);
    assert!(
        glossary(folder.path()).contains("plan\t计划\t\t\t\tprogram"),
        "{}",
        glossary(folder.path())
    );
    assert_eq!(counts(&report(folder.path(), &["a.csv"])), [0, 0, 4, 1, 0]);
    // Taking replaces; stopping writes nothing.
    let take = report(
        folder.path(),
        &["a.csv", "--on-conflict", "take", "--write"],
    );
    assert_eq!(take["written"], true);
    let before = glossary(folder.path());
    fs::write(
        folder.path().join("b.csv"),
        "zh,en\n计划,scheme\n算力,compute\n",
    )
    .unwrap();
    let stop = report(
        folder.path(),
        &["b.csv", "--on-conflict", "stop", "--write"],
    );
    assert_eq!(
        (stop["written"].as_bool(), glossary(folder.path())),
        (Some(false), before)
    );
}

#[test]
fn what_can_be_done_about_rows_is_said() {
    let folder = workspace(&[
        ("glossaries/terms.tsv", "zh\ten\n关税\ttariff\n".as_bytes()),
        ("a.csv", "zh,en\n关税,customs duty\n五年计划,\n".as_bytes()),
    ]);
    let shown = |how: &[&str]| {
        let args = [&["glossary", "import", "a.csv"], how].concat();
        out(&zm(folder.path(), &args))
    };
    for (how, parts) in [
        (
            "keep",
            [
                "conflict 1  (what is there stays; --on-conflict take",
                "en: tariff ≠ customs duty",
            ],
        ),
        (
            "take",
            [
                "conflict 1  (the file's text takes the place",
                "en: tariff → customs duty",
            ],
        ),
        (
            "both",
            ["conflict 1  (both stand", "en_admitted: — → customs duty"],
        ),
        (
            "stop",
            [
                "conflict 1  (so nothing is written",
                "en: tariff ≠ customs duty",
            ],
        ),
    ] {
        let text = shown(&["--on-conflict", how]);
        for part in parts.iter().chain(&["rejected 1  (--incomplete takes"]) {
            assert!(text.contains(part), "{part}:\n{text}");
        }
    }
    assert!(!shown(&["--incomplete"]).contains("(--incomplete"));
}

/// The same three concepts as each format has them.
fn same_terms() -> Vec<(&'static str, Vec<u8>)> {
    let xlsx = workbook(&[
        &["中文", "英文"],
        &["能源部", "Department of Energy"],
        &["创世计划", "Genesis Mission"],
        &["算力", "computing power"],
    ]);
    let text = |text: &str| text.as_bytes().to_vec();
    let utf16: Vec<u8> = "\u{FEFF}source\ttarget\r\n能源部\tDepartment of Energy\r\n创世计划\tGenesis Mission\r\n算力\tcomputing power\r\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    vec![
        (
            "a.csv",
            text(
                "Chinese;English\r\n能源部;Department of Energy\r\n创世计划;\"Genesis Mission\"\r\n算力;computing power\r\n",
            ),
        ),
        (
            "a.tsv",
            text(
                "zh\ten\n能源部\tDepartment of Energy\n创世计划\tGenesis Mission\n算力\tcomputing power\n",
            ),
        ),
        (
            "equals.txt",
            text(
                "能源部 = Department of Energy\n创世计划 = Genesis Mission\n\n算力 = computing power\n",
            ),
        ),
        (
            "omegat.txt",
            text(
                "# list\nDepartment of Energy\t能源部\nGenesis Mission\t创世计划\t\ncomputing power\t算力\n",
            ),
        ),
        ("unicode.txt", utf16),
        ("a.xlsx", xlsx),
        (
            "a.ods",
            ods(&[
                ["中文", "英文"],
                ["能源部", "Department of Energy"],
                ["创世计划", "Genesis Mission"],
                ["算力", "computing power"],
            ]),
        ),
        (
            "a.md",
            text(
                "# 表\n\n| 中文 | English |\n|---|---|\n| 能源部 | Department of Energy |\n| **创世计划** | Genesis Mission |\n| 算力 | `computing power` |\n",
            ),
        ),
        (
            "a.json",
            text(
                r#"{"terms": [{"zh": "能源部", "en": "Department of Energy"}, {"zh": "创世计划", "en": "Genesis Mission"}, {"zh": "算力", "en": "computing power"}]}"#,
            ),
        ),
        (
            "a.po",
            text(
                "msgid \"\"\nmsgstr \"Language: zh_CN\\n\"\n\nmsgid \"Department of Energy\"\nmsgstr \"能源部\"\n\nmsgid \"Genesis Mission\"\nmsgstr \"创世计划\"\n\nmsgid \"computing power\"\nmsgstr \"算力\"\n",
            ),
        ),
        (
            "a.utx",
            text(
                "#UTX 1.11; en/zh-CN; 2026-01-01\r\n#src\ttgt\tsrc:pos\r\nDepartment of Energy\t能源部\tnoun\r\nGenesis Mission\t创世计划\tnoun\r\ncomputing power\t算力\tnoun\r\n",
            ),
        ),
        (
            "a.tbx",
            text(
                "<?xml version='1.0'?><martif type='TBX' xml:lang='en'><text><body>\
            <termEntry id='1'><langSet xml:lang='zh-CN'><tig><term>能源部</term></tig></langSet><langSet xml:lang='en-US'><tig><term>Department of Energy</term></tig></langSet></termEntry>\
            <termEntry id='2'><langSet xml:lang='zh'><tig><term>创世计划</term></tig></langSet><langSet xml:lang='en'><tig><term>Genesis Mission</term></tig></langSet></termEntry>\
            <termEntry id='3'><langSet xml:lang='zh'><ntig><termGrp><term>算力</term></termGrp></ntig></langSet><langSet xml:lang='en'><tig><term>computing power</term></tig></langSet></termEntry>\
            </body></text></martif>",
            ),
        ),
    ]
}

#[test]
fn a_limit_of_none_shows_every_remark() {
    let notes = ["animacy", "gender", "hotkey", "image", "number"]
        .map(|kind| format!("<termNote type='{kind}'>x</termNote>"))
        .concat();
    let text = format!(
        "<martif type='TBX'><text><body><termEntry id='1'>\
        <langSet xml:lang='zh'><tig><term>关税</term>{notes}</tig></langSet>\
        <langSet xml:lang='en'><tig><term>tariff</term></tig></langSet></termEntry></body></text></martif>"
    );
    let folder = workspace(&[("a.tbx", text.as_bytes())]);
    let some = zm(folder.path(), &["glossary", "import", "a.tbx"]);
    assert!(
        out(&some).contains("and 2 more of this kind (left; --limit 0 shows all)")
            && !out(&some).contains("`number`"),
        "{}",
        out(&some)
    );
    let all = zm(
        folder.path(),
        &["glossary", "import", "a.tbx", "--limit", "0"],
    );
    assert!(
        out(&all).contains("`number`: 1") && !out(&all).contains("more of this kind"),
        "{}",
        out(&all)
    );
}

#[test]
fn every_format_gives_the_same_concepts() {
    for (name, bytes) in same_terms() {
        let folder = workspace(&[(name, &bytes)]);
        let value = report(folder.path(), &[name, "--write"]);
        assert_eq!(counts(&value), [3, 0, 0, 0, 0], "{name}: {value:#}");
        let table = Table::parse(&glossary(folder.path()));
        let (zh, en) = (table.column("zh").unwrap(), table.column("en").unwrap());
        let pairs: Vec<_> = table
            .rows()
            .map(|row| (row.cell(zh).into_owned(), row.cell(en).into_owned()))
            .collect();
        let wanted = [
            ("能源部", "Department of Energy"),
            ("创世计划", "Genesis Mission"),
            ("算力", "computing power"),
        ];
        assert_eq!(
            pairs,
            wanted.map(|(zh, en)| (zh.to_owned(), en.to_owned())),
            "{name}"
        );
        assert_eq!(
            counts(&report(folder.path(), &[name])),
            [0, 0, 3, 0, 0],
            "{name}"
        );
    }
}

fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            sheet.write_string(row, column, *cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

/// A spreadsheet as LibreOffice makes it, as far as it matters.
fn ods(rows: &[[&str; 2]]) -> Vec<u8> {
    let cell = |text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let rows: String = rows
        .iter()
        .map(|row| {
            format!(
                "<table:table-row>{}{}</table:table-row>",
                cell(row[0]),
                cell(row[1])
            )
        })
        .collect();
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">\
         <office:body><office:spreadsheet><table:table table:name=\"表\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let manifest = "<?xml version=\"1.0\"?><manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
    zipped(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("content.xml", content.as_bytes()),
        ("META-INF/manifest.xml", manifest.as_bytes()),
    ])
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook as agencies make them: notes on a first sheet, a title over the table, names in two
/// rows over merged cells, numbers, blank rows, a heading, a formula, a hidden sheet.
fn agency_workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let plain = Format::new();
    let notes = book.add_worksheet();
    notes.set_name("说明").unwrap();
    notes.write_string(0, 0, "本表由翻译处维护").unwrap();
    let sheet = book.add_worksheet();
    sheet.set_name("术语").unwrap();
    sheet
        .merge_range(0, 0, 0, 6, "2026年度术语表（征求意见稿）", &plain)
        .unwrap();
    sheet.merge_range(2, 0, 3, 0, "序号", &plain).unwrap();
    sheet.merge_range(2, 1, 2, 3, "中文", &plain).unwrap();
    sheet.merge_range(2, 4, 2, 5, "英文", &plain).unwrap();
    sheet.merge_range(2, 6, 3, 6, "备注", &plain).unwrap();
    for (at, name) in (1..).zip(["简体", "繁体", "定义", "译名1", "译名2"]) {
        sheet.write_string(3, at, name).unwrap();
    }
    let rows: [[&str; 7]; 4] = [
        [
            "1",
            "能源部",
            "能源部",
            "政府部门",
            "Department of Energy",
            "Energy Department",
            "",
        ],
        ["", "二、计划", "", "", "", "", ""],
        [
            "2",
            "创世计划",
            "創世計畫",
            "",
            "Genesis Mission",
            "",
            "总统签署",
        ],
        ["3", "算力", "", "", "computing power", "", ""],
    ];
    for (row, cells) in (4..).zip(rows) {
        // A blank row between.
        let row = if row > 6 { row + 1 } else { row };
        for (column, cell) in (0..).zip(cells) {
            if !cell.is_empty() {
                sheet.write_string(row, column, cell).unwrap();
            }
        }
    }
    sheet
        .write_formula(
            10,
            1,
            Formula::new("=B7&\"二期\"").set_result("创世计划二期"),
        )
        .unwrap();
    sheet.write_string(10, 4, "=HYPERLINK(\"x\")").unwrap();
    let hidden = book.add_worksheet();
    hidden.set_name("旧").unwrap().set_hidden(true);
    for (at, (zh, en)) in (0..).zip([("中文", "English"), ("数据", "data")]) {
        hidden.write_string(at, 0, zh).unwrap();
        hidden.write_string(at, 1, en).unwrap();
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn a_heading_over_the_columns_of_a_workbook_is_no_term() {
    let mut book = Workbook::new();
    let plain = Format::new();
    let sheet = book.add_worksheet();
    for (row, cells) in [
        (0, ["中文", "英文", "备注"]),
        (2, ["关税", "tariff", ""]),
        (4, ["服务器", "server", "IT"]),
    ] {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    for (row, heading) in [(1, "Part I Trade"), (3, "第二部分 信息技术")] {
        sheet.merge_range(row, 0, row, 2, heading, &plain).unwrap();
    }
    let folder = workspace(&[("a.xlsx", &book.save_to_buffer().unwrap())]);
    let value = report(folder.path(), &["a.xlsx", "--write"]);
    assert_eq!(counts(&value), [2, 0, 0, 0, 2], "{value:#}");
    let text = glossary(folder.path());
    assert_eq!(text, "zh\ten\tnote\n关税\ttariff\t\n服务器\tserver\tIT\n");
}

#[test]
fn cells_of_a_workbook_are_read_as_they_are_shown() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let texts = ["中文", "蛋白", "份额", "真", "英文"];
    for (row, text) in (0..).zip(&texts[..4]) {
        sheet.write_string(row, 0, *text).unwrap();
    }
    sheet.write_string(0, 1, texts[4]).unwrap();
    let with = |format: &str| Format::new().set_num_format(format);
    sheet
        .write_number_with_format(1, 1, 45_902.0, &with("yyyy-mm-dd"))
        .unwrap();
    sheet
        .write_number_with_format(2, 1, 0.05, &with("0%"))
        .unwrap();
    sheet.write_boolean(3, 1, true).unwrap();
    sheet.write_string(4, 0, "旧法").unwrap();
    let struck = Format::new().set_font_strikethrough();
    sheet
        .write_string_with_format(4, 1, "old law", &struck)
        .unwrap();
    let folder = workspace(&[("a.xlsx", &book.save_to_buffer().unwrap())]);
    let human = out(&zm(folder.path(), &["glossary", "import", "a.xlsx"]));
    report(folder.path(), &["a.xlsx", "--write"]);
    let text = glossary(folder.path());
    for row in ["蛋白\t2025-09-02", "份额\t5%", "真\tTRUE", "旧法\told law"] {
        assert!(text.contains(row), "{row}\n{text}");
    }
    for part in [
        "B2: `2025-09-02` is a date",
        "B5: cells that are struck out are read as well: B5",
    ] {
        assert!(human.contains(part), "{part}\n{human}");
    }
}

#[test]
fn an_agencys_workbook_is_read_whole() {
    let folder = workspace(&[("terms.xlsx", &agency_workbook())]);
    let value = report(folder.path(), &["terms.xlsx", "--write"]);
    assert_eq!(counts(&value), [5, 0, 0, 0, 1], "{value:#}");
    let text = glossary(folder.path());
    for row in [
        "zh\ten\ten_admitted\tzh_hant\tdefinition\tnote\n",
        "能源部\tDepartment of Energy\tEnergy Department\t能源部\t政府部门\t\n",
        "创世计划\tGenesis Mission\t\t創世計畫\t\t总统签署\n",
        "创世计划二期\t=HYPERLINK(\"x\")\t",
        "数据\tdata",
    ] {
        assert!(text.contains(row), "{row}\n{text}");
    }
    let human = out(&zm(folder.path(), &["glossary", "import", "terms.xlsx"]));
    for part in [
        "说明!1: not read, 1 row:",
        "旧!1: a hidden sheet",
        "术语!1: above the table, not a row: `2026年度术语表（征求意见稿）`",
        "术语!B11: a formula: the value that was saved with it is taken",
        "术语!E11: `=HYPERLINK(\"x\")` begins as a formula does",
        "术语!6: `二、计划`: no English term",
    ] {
        assert!(human.contains(part), "{part}\n{human}");
    }
    let places = [
        "说明!1: not",
        "术语!1: above",
        "术语!B11: a",
        "旧!1: a hidden",
    ];
    assert!(places.map(|part| human.find(part)).is_sorted(), "{human}");
    let one = report(folder.path(), &["terms.xlsx", "--sheet", "旧"]);
    assert_eq!(one["summary"]["read"], 1);
    let none = zm(
        folder.path(),
        &["glossary", "import", "terms.xlsx", "--sheet", "x"],
    );
    assert!(
        err(&none).contains("no sheet `x`; it has 说明, 术语, 旧"),
        "{}",
        err(&none)
    );
}

/// A workbook as libraries write it that do not calculate: a formula without what it comes to.
fn uncalculated_workbook() -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let documents = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let packages = "http://schemas.openxmlformats.org/package/2006";
    let text = |place: &str, text: &str| {
        format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
    };
    let [a1, b1, a2, a3, b3] = [
        ("A1", "中文"),
        ("B1", "英文"),
        ("A2", "计划"),
        ("A3", "关税"),
        ("B3", "tariff"),
    ]
    .map(|(place, cell)| text(place, cell));
    let sheet = format!(
        "<worksheet xmlns=\"{main}\"><sheetData><row r=\"1\">{a1}{b1}</row>\
         <row r=\"2\">{a2}<c r=\"B2\"><f>A2&amp;\"x\"</f><v/></c></row><row r=\"3\">{a3}{b3}</row></sheetData></worksheet>"
    );
    let book = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{documents}\"><sheets><sheet name=\"Sheet\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let relation = |kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"{packages}/relationships\"><Relationship Id=\"rId1\" Type=\"{documents}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let types = format!(
        "<Types xmlns=\"{packages}/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"
    );
    zipped(&[
        ("[Content_Types].xml", types.as_bytes()),
        (
            "_rels/.rels",
            relation("officeDocument", "xl/workbook.xml").as_bytes(),
        ),
        ("xl/workbook.xml", book.as_bytes()),
        (
            "xl/_rels/workbook.xml.rels",
            relation("worksheet", "worksheets/sheet1.xml").as_bytes(),
        ),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

#[test]
fn a_formula_without_a_value_is_named() {
    let folder = workspace(&[("a.xlsx", &uncalculated_workbook())]);
    let human = out(&zm(folder.path(), &["glossary", "import", "a.xlsx"]));
    for part in [
        "a.xlsx:Sheet!B2: a formula without a saved value",
        "a.xlsx:Sheet!2: `计划`: no English term",
        "+ 关税 = tariff",
    ] {
        assert!(human.contains(part), "{part}\n{human}");
    }
}

#[test]
fn hidden_rows_and_columns_are_read_and_named() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("术语").unwrap();
    let rows = [
        ["中文", "英文", "备注"],
        ["计划", "plan", "a"],
        ["关税", "tariff", "b"],
        ["配额", "quota", "c"],
        ["税率", "tax rate", "d"],
        ["海关", "customs", "e"],
    ];
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    for row in [2, 3, 5, 20] {
        sheet.set_row_hidden(row).unwrap();
    }
    sheet.set_column_hidden(2).unwrap();
    let folder = workspace(&[("a.xlsx", &book.save_to_buffer().unwrap())]);
    let value = report(folder.path(), &["a.xlsx"]);
    assert_eq!(counts(&value), [5, 0, 0, 0, 0]);
    assert_eq!(
        remarks(&value),
        [
            (1, 3, "hidden columns are read as well: C"),
            (
                3,
                0,
                "hidden rows are read as well (a filter hides them too): 3–4, 6"
            ),
        ]
    );
    let none = workspace(&[("a.xlsx", &workbook(&[&["中文", "英文"], &["计划", "plan"]]))]);
    assert!(remarks(&report(none.path(), &["a.xlsx"])).is_empty());
}

#[test]
fn rows_of_one_concept_are_put_together_and_forbidden_is_deprecated() {
    let rows = "Entry_ID,Chinese,English,Status\n7,一带一路,Belt and Road Initiative,Preferred\n7,一带一路,BRI,Approved\n\
        7,一带一路,Belt and Road Strategy,Forbidden\n8,算力,computing power,New\n";
    let folder = workspace(&[("a.csv", rows.as_bytes())]);
    let value = report(folder.path(), &["a.csv", "--write"]);
    assert_eq!(counts(&value), [4, 0, 0, 0, 0], "{value:#}");
    assert_eq!(
        (
            &value["summary"]["concepts_added"],
            &value["summary"]["joined"]
        ),
        (&2.into(), &2.into())
    );
    assert_eq!(
        glossary(folder.path()),
        "zh\ten\ten_admitted\ten_avoid\tstatus\tid\n一带一路\tBelt and Road Initiative\tBRI\tBelt and Road Strategy\t\t7\n算力\tcomputing power\t\t\tproposed\t8\n"
    );
    let human = out(&zm(folder.path(), &["glossary", "import", "a.csv"]));
    assert!(human.contains("“forbidden” becomes deprecated"), "{human}");
    // MateCat's own yes and no, and a language a row.
    let matecat = "Forbidden,Domain,Definition,en-US,Notes,zh-CN,Notes\nTrue,IT,,software,,软体,\nFalse,IT,,software,,软件,\n";
    let long = "id,language,term,status\n1,en-US,software,\n1,zh-CN,软件,\n1,zh-CN,软体,deprecated\n1,de,Software,\n";
    for (name, text, read) in [("m.csv", matecat, 2), ("l.csv", long, 4)] {
        let folder = workspace(&[(name, text.as_bytes())]);
        let value = report(folder.path(), &[name, "--write"]);
        assert_eq!(value["summary"]["read"], read);
        let table = Table::parse(&glossary(folder.path()));
        let row = table.rows().next().unwrap();
        let cell = |name: &str| row.cell(table.column(name).unwrap()).into_owned();
        assert_eq!(
            [cell("zh"), cell("en"), cell("zh_avoid")],
            ["软件", "software", "软体"],
            "{name}"
        );
    }
}

#[test]
fn forbidden_is_deprecated_below_names_of_ours_as_well() {
    let both = "税关费,customs fee,preferred\n税关费,tariff,forbidden\n";
    let alone = "税关费,tariff,forbidden\n";
    let words = [
        (both, "税关费\tcustoms fee\ttariff\n"),
        (alone, "税关费\t\ttariff\n"),
    ];
    for (header, (rows, written)) in ["zh,en,status\n", "zh,en,状态\n"]
        .into_iter()
        .flat_map(|header| words.map(|rows| (header, rows)))
    {
        let folder = workspace(&[("a.csv", [header, rows].concat().as_bytes())]);
        let value = report(folder.path(), &["a.csv", "--write"]);
        assert_eq!(counts(&value)[0], rows.lines().count() as u64, "{value:#}");
        let said = remarks(&value);
        let forbidden = said
            .iter()
            .find(|(.., text)| text.contains("becomes deprecated"));
        assert!(forbidden.is_some(), "{header}: {said:?}");
        assert_eq!(
            glossary(folder.path()),
            ["zh\ten\ten_avoid\n", written].concat(),
            "{header}"
        );
    }
    // Yes and no, as MateCat has them, say it too.
    let folder = workspace(&[("a.csv", "zh,en,forbidden\n税关费,tariff,true\n".as_bytes())]);
    report(folder.path(), &["a.csv", "--write"]);
    assert!(glossary(folder.path()).contains("税关费\t\ttariff\n"));
}

#[test]
fn what_a_row_alone_says_is_what_it_forbids() {
    let head = "#UTX 1.20; en/zh\n#src\ttgt\tsrc:pos\tterm status\tconcept ID\n";
    let utx = "tariff\t关税\t\tapproved\t10\nimpost\t关税\t\tforbidden\t10\nquota\t配额\t\tapproved\t11\n";
    let usage =
        "ID,Source,Target,Usage\n1,customs tax,关税,Not recommended\n2,tariff,关税,Preferred\n";
    // The word speaks of the Chinese where another row has that English.
    let target = "ID,Source,Target,Usage\n1,tariff,税则,Not recommended\n2,tariff,关税,Preferred\n3,duty,税则,Preferred\n";
    for (name, text, columns) in [
        (
            "a.utx",
            &*[head, utx].concat(),
            ["关税", "tariff", "impost", ""],
        ),
        ("b.csv", usage, ["关税", "tariff", "customs tax", ""]),
        ("c.csv", target, ["关税", "tariff", "", "税则"]),
    ] {
        let folder = workspace(&[(name, text.as_bytes())]);
        let value = report(folder.path(), &[name, "--write"]);
        assert_eq!(counts(&value)[3..], [0, 0], "{name}: {value:#}");
        let table = Table::parse(&glossary(folder.path()));
        let row = table.rows().next().unwrap();
        let cell = |name: &str| {
            let column = table.column(name);
            column.map_or(String::new(), |column| row.cell(column).into_owned())
        };
        let found = ["zh", "en", "en_avoid", "zh_avoid"].map(cell);
        assert_eq!(found, columns, "{name}");
        let lint = zm(folder.path(), &["glossary", "lint"]);
        assert_eq!(lint.status.code(), Some(0), "{name}: {}", out(&lint));
    }
    // One pair that is both is a contradiction, and neither.
    let both = "ID,Source,Target,Usage\n7a,tariff,关税,Preferred\n7a,tariff,关税,Forbidden\n";
    let folder = workspace(&[("d.csv", both.as_bytes())]);
    let value = report(folder.path(), &["d.csv", "--write"]);
    assert_eq!(counts(&value), [1, 0, 0, 1, 0], "{value:#}");
    assert_eq!(glossary(folder.path()), "zh\ten\tid\n关税\ttariff\t7a\n");
}

#[test]
fn a_row_of_an_entry_may_have_one_language_alone() {
    let rows = "Entry_ID,Entry_LastModified,English,Term_Info,Chinese,Term_Info\n\
        0,2023/5/2 10:00:00,tariff,CasePermissive;HalfPrefix,关税,CasePermissive\n\
        0,2023/6/2 10:00:00,customs tax,CasePermissive;Forbidden,,\n\
        1,2023/5/2 10:00:00,quota,CasePermissive,配额,CasePermissive\n";
    let folder = workspace(&[("a.csv", rows.as_bytes())]);
    let value = report(folder.path(), &["a.csv", "--write"]);
    assert_eq!(counts(&value), [3, 0, 0, 0, 0], "{value:#}");
    assert_eq!(
        glossary(folder.path()),
        "zh\ten\ten_avoid\tid\tupdated\n关税\ttariff\tcustoms tax\t0\t2023-06-02\n配额\tquota\t\t1\t2023-05-02\n"
    );
}

#[test]
fn packed_cells_are_shown_and_parted_only_when_asked() {
    let rows = "中文,英文\n人工智能（AI）,artificial intelligence\n计划；方案,plan; program\n";
    let folder = workspace(&[("a.csv", rows.as_bytes())]);
    let human = out(&zm(folder.path(), &["glossary", "import", "a.csv"]));
    assert!(
        human.contains("a.csv:2:1: 人工智能（AI） ⇒ 人工智能 | (short) AI"),
        "{human}"
    );
    assert!(
        human.contains("+ 人工智能（AI） = artificial intelligence"),
        "{human}"
    );
    report(folder.path(), &["a.csv", "--split", "--write"]);
    assert_eq!(
        glossary(folder.path()),
        "zh\ten\tzh_admitted\ten_admitted\ten_abbr\n人工智能\tartificial intelligence\t\t\tAI\n计划\tplan\t方案\tprogram\t\n"
    );
}

#[test]
fn packed_cells_with_wide_brackets_or_commas_are_parted_on_both_sides_or_on_none() {
    let rows = "中文,英文\n世卫组织,World Health Organization（WHO）\n世界贸易组织,WTO (World Trade Organization)\n\
        关税同盟,\"customs union，CU\"\n国际货币基金组织（International Monetary Fund，IMF）,International Monetary Fund\n关税（进口）,tariff (import)\n研发中心,R&amp;D center\n\"供应\n链\",supply chain\n";
    let folder = workspace(&[("a.csv", rows.as_bytes())]);
    let value = report(folder.path(), &["a.csv", "--split", "--write"]);
    assert_eq!(counts(&value), [7, 0, 0, 0, 0], "{value:#}");
    assert_eq!(
        glossary(folder.path()),
        "zh\ten\ten_abbr\n世卫组织\tWorld Health Organization\tWHO\n\
         世界贸易组织\tWorld Trade Organization\tWTO\n关税同盟\tcustoms union\tCU\n\
         国际货币基金组织\tInternational Monetary Fund\tIMF\n关税（进口）\ttariff (import)\t\n研发中心\tR&D center\t\n供应链\tsupply chain\t\n"
    );
}

#[test]
fn numbers_of_a_list_are_no_part_of_its_terms() {
    let rows = "中文,英文\n1. 命运共同体,1. community\n2、一带一路,2. Belt\n（3）双循环,(3) dual circulation\n④ 新基建,5G\n";
    let folder = workspace(&[("a.csv", rows.as_bytes())]);
    let value = report(folder.path(), &["a.csv", "--write"]);
    assert_eq!(counts(&value), [4, 0, 0, 0, 0], "{value:#}");
    let text = glossary(folder.path());
    for row in ["命运共同体\t1. community", "双循环\t", "新基建\t5G"] {
        assert!(text.contains(&format!("\n{row}")), "{text}");
    }
    assert!(
        out(&zm(folder.path(), &["glossary", "import", "a.csv"])).contains("the number of a list")
    );
}

#[test]
fn words_that_fill_cells_are_no_terms() {
    let rows = "中文,英文\n税费,N/A\n公约,TBD\n议定书,NULL\n待定,TBD\n空值,NULL\n税则,see tariff\n关税,tariff\n照常,see you\n合约,...\n";
    let folder = workspace(&[("a.csv", rows.as_bytes())]);
    let value = report(folder.path(), &["a.csv", "--write"]);
    assert_eq!(counts(&value), [4, 0, 0, 0, 5], "{value:#}");
    assert_eq!(
        glossary(folder.path()),
        "zh\ten\n待定\tTBD\n空值\tNULL\n关税\ttariff\n照常\tsee you\n"
    );
    let human = out(&zm(folder.path(), &["glossary", "import", "a.csv"]));
    for part in [
        "2:4: `N/A` is taken for an empty cell",
        "7:4: `see tariff` only points to another term",
    ] {
        assert!(human.contains(part), "{part}\n{human}");
    }
}

#[test]
fn names_of_columns_are_restored_as_well() {
    let text = "中文,英文\n关税,tariff\n软件,software\n出口管制,export control\n";
    let (wrong, ..) = encoding_rs::WINDOWS_1252.decode(text.as_bytes());
    let folder = workspace(&[("a.csv", wrong.as_bytes())]);
    let refused = zm(folder.path(), &["glossary", "import", "a.csv"]);
    assert!(
        err(&refused).contains("restores 5 of 5 cells"),
        "{}",
        err(&refused)
    );
    let value = report(folder.path(), &["a.csv", "--repair", "--write"]);
    assert_eq!(counts(&value), [3, 0, 0, 0, 0], "{value:#}");
    assert!(glossary(folder.path()).contains("出口管制\texport control"));
    let told = remarks(&value);
    let wanted = (1, 1, "5 cells read in a wrong encoding, and restored");
    assert!(told.contains(&wanted), "{told:?}");
}

#[test]
fn two_lists_side_by_side_are_both_read() {
    let rows = "序号,英文,中文,备注,序号,英文,中文,备注\n1,tariff,关税,a,3,server,服务器,\n2,export,出口,,4,client,客户端,b\n,import,进口,,,,,\n";
    let folder = workspace(&[("a.csv", rows.as_bytes())]);
    let value = report(folder.path(), &["a.csv", "--write"]);
    assert_eq!(counts(&value), [5, 0, 0, 0, 0], "{value:#}");
    assert_eq!(
        glossary(folder.path()),
        "zh\ten\tnote\n关税\ttariff\ta\n出口\texport\t\n进口\timport\t\n服务器\tserver\t\n客户端\tclient\tb\n"
    );
    let human = out(&zm(folder.path(), &["glossary", "import", "a.csv"]));
    assert!(human.contains("from column 5 on (`序号`)"), "{human}");
}

#[test]
fn packed_cells_below_names_of_ours_are_parted_as_well() {
    let rows = "zh,en\n人工智能（AI）,artificial intelligence\n甲 | 乙,A\n";
    let folder = workspace(&[("a.csv", rows.as_bytes())]);
    let human = out(&zm(folder.path(), &["glossary", "import", "a.csv"]));
    assert!(human.contains("1 cell holds more than a term"), "{human}");
    report(folder.path(), &["a.csv", "--split", "--write"]);
    assert_eq!(
        glossary(folder.path()),
        "zh\ten\ten_abbr\n人工智能\tartificial intelligence\tAI\n甲 | 乙\tA\t\n"
    );
}

#[test]
fn packed_cells_are_found_whoever_named_the_columns() {
    let tabs = "zh\ten\n\
        计划/规划\tplan; program\n\
        二氧化碳（CO₂）\tcarbon dioxide (CO2)\n\
        关税、税则\ttariff, duty\n\
        食品、农业和农村部\tDepartment of Food, Agriculture and Rural Affairs\n\
        甲 | 乙\tA\n";
    let commas: String = tabs
        .lines()
        .map(|line| format!("\"{}\"\n", line.replace('\t', "\",\"")))
        .collect();
    let parted = "zh\ten\tzh_admitted\ten_admitted\ten_abbr\n\
        计划\tplan\t规划\tprogram\t\n\
        二氧化碳\tcarbon dioxide\t\t\tCO₂\n\
        关税\ttariff\t税则\tduty\t\n\
        食品、农业和农村部\tDepartment of Food, Agriculture and Rural Affairs\t\t\t\n\
        甲 | 乙\tA\t\t\t\n";
    for (name, text) in [("a.csv", commas.as_str()), ("a.tsv", tabs)] {
        let folder = workspace(&[(name, text.as_bytes())]);
        let value = report(folder.path(), &[name, "--split", "--write"]);
        assert_eq!(counts(&value), [5, 0, 0, 0, 0], "{name}");
        assert_eq!(
            value["files"][0]["packed"].as_array().unwrap().len(),
            6,
            "{name}"
        );
        assert_eq!(glossary(folder.path()), parted, "{name}");
    }
}

#[test]
fn no_row_of_a_list_without_names_is_lost() {
    let rows = "文件,file\n数据库,database\n名称,name\n标题,title\n服务器,server\n";
    let titled = "客户,2024,Acme\n序号,中文,英文\n1,流感,flu\n2,风险,risk\n";
    let headed = "名称,name\n文件,file\n数据库,database\n";
    let folder = workspace(&[
        ("a.csv", rows.as_bytes()),
        ("b.csv", titled.as_bytes()),
        ("c.csv", headed.as_bytes()),
    ]);
    assert_eq!(counts(&report(folder.path(), &["a.csv"])), [5, 0, 0, 0, 0]);
    let map = &["a.csv", "--map", "zh=1,en=2"];
    assert_eq!(counts(&report(folder.path(), map)), [5, 0, 0, 0, 0]);
    let above = report(folder.path(), &["b.csv"]);
    assert_eq!(counts(&above), [2, 0, 0, 0, 1]);
    let why = above["rows"][0]["reason"].as_str().unwrap();
    assert!(
        why.contains("`客户 2024 Acme`: above the row that names"),
        "{why}"
    );
    // A first row that may be either is shown as the names; the user knows.
    assert_eq!(counts(&report(folder.path(), &["c.csv"])), [2, 0, 0, 0, 0]);
    for said in [
        ["c.csv", "--no-header", "--split"],
        ["c.csv", "--map", "zh=1,en=B"],
    ] {
        assert_eq!(counts(&report(folder.path(), &said)), [3, 0, 0, 0, 0]);
    }
}

#[test]
fn swapped_rows_and_errors_of_formulas_are_named() {
    let rows = "中文,英文,备注\n流感,flu,\nformer times,旧时代,\n错误,#N/A,\n风险,risk,#REF!\n";
    let folder = workspace(&[("a.csv", rows.as_bytes())]);
    let value = report(folder.path(), &["a.csv"]);
    assert_eq!(counts(&value), [2, 0, 0, 0, 2], "{value:#}");
    let human = out(&zm(folder.path(), &["glossary", "import", "a.csv"]));
    for part in [
        "a.csv:3: `former times`: the two languages are swapped",
        "a.csv:4: `错误`: no English term",
        "`#N/A` is taken for an empty cell",
        "`#REF!` is taken for an empty cell",
    ] {
        assert!(human.contains(part), "{part}\n{human}");
    }
}

#[test]
fn rows_that_lint_would_call_wrong_are_not_taken() {
    let rows = "zh,en,en_avoid,type\n稀土,稀土,,\n芯片,chip | AI 芯片组,,\n关税,tariff,tariff,\n互联网,Internet,internet,\n华为,华为,,dnt\n";
    let folder = workspace(&[("a.csv", rows.as_bytes())]);
    let value = report(folder.path(), &["a.csv", "--write"]);
    assert_eq!(counts(&value), [2, 0, 0, 0, 3], "{value:#}");
    let human = out(&zm(folder.path(), &["glossary", "import", "a.csv"]));
    for part in [
        "a.csv:2: `稀土`: `稀土` is Chinese, in the place of English",
        "a.csv:3: `芯片`: `AI 芯片组` is Chinese",
        "a.csv:4: `关税`: `tariff` is both right and to be avoided",
    ] {
        assert!(human.contains(part), "{part}\n{human}");
    }
    let lint = zm(folder.path(), &["glossary", "lint"]);
    assert_eq!(lint.status.code(), Some(0), "{}", out(&lint));
}

#[test]
fn a_workbook_reaches_standard_output_whole() {
    let folder = workspace(&[("a.tsv", b"zh\ten\n\xE7\x94\xB2\t=1+1\n")]);
    let args = ["glossary", "export", "a.tsv", "--format", "xlsx"];
    let output = zm(folder.path(), &args);
    fs::write(folder.path().join("a.xlsx"), &output.stdout).unwrap();
    let value = report(folder.path(), &["a.xlsx"]);
    assert_eq!(counts(&value), [1, 0, 0, 0, 0], "{value:#}");
    assert_eq!(value["rows"][0]["en"], "=1+1");
}

#[test]
fn concepts_with_ids_of_their_own_stay_apart() {
    let terms = "zh\ten\tzh_admitted\tid\n计划\tprogram\t\t139\n计划\tplan\t\t140\n曼哈顿计划\tManhattan Project\t曼哈顿工程\t7\n";
    let folder = workspace(&[("glossaries/terms.tsv", terms.as_bytes())]);
    let utx = zm(
        folder.path(),
        &[
            "glossary",
            "export",
            "glossaries/terms.tsv",
            "--format",
            "utx",
        ],
    );
    fs::write(folder.path().join("a.utx"), &utx.stdout).unwrap();
    let args = ["a.utx", "--into", "b.tsv", "--write"];
    let value = report(folder.path(), &args);
    assert_eq!(counts(&value), [4, 0, 0, 0, 0], "{value:#}");
    let text = fs::read_to_string(folder.path().join("b.tsv")).unwrap();
    assert!(!text.contains("en_admitted"), "{text}");
    assert_eq!(text.matches("\n计划\t").count(), 2, "{text}");
    let joined = &value["summary"]["joined"];
    assert_eq!(report(folder.path(), &args)["summary"]["joined"], *joined);
}

#[test]
fn homonyms_without_ids_come_back_from_other_formats() {
    let terms = "zh\ten\n打\thit\n打\tdozen\n关税\ttariff\n";
    let folder = workspace(&[("a.tsv", terms.as_bytes())]);
    for name in ["a.utx", "a.tbx"] {
        let export = zm(folder.path(), &["glossary", "export", "a.tsv", "-o", name]);
        assert_eq!(export.status.code(), Some(0), "{}", err(&export));
        let into = format!("{name}.tsv");
        let value = report(folder.path(), &[name, "--into", &into, "--write"]);
        assert_eq!(counts(&value), [3, 0, 0, 0, 0], "{name}: {value:#}");
        let text = fs::read_to_string(folder.path().join(&into)).unwrap();
        assert_eq!(text, terms, "{name}");
    }
}

#[test]
fn what_a_list_of_pairs_cannot_hold_is_named() {
    let terms = "# 词表\nzh\ten\n关税\ttariff\n配额\t\n\tquota\n";
    let folder = workspace(&[("a.tsv", terms.as_bytes())]);
    let args = [
        "glossary", "export", "a.tsv", "--format", "omegat", "-o", "b.txt",
    ];
    let said = err(&zm(folder.path(), &args));
    assert!(said.contains("b.txt: 1 concept\n"), "{said}");
    let left_out = "not held by this format: 2 concepts without a term in both languages";
    assert!(said.contains(left_out), "{said}");
    let comments = "not held by this format: comments, in 1 line";
    assert!(said.contains(comments), "{said}");
}

/// What is said of places of the first file: line, column, message.
fn remarks(value: &Value) -> Vec<(u64, u64, &str)> {
    let all = value["files"][0]["remarks"].as_array().unwrap();
    all.iter()
        .map(|remark| {
            let at = |key: &str| remark["at"][key].as_u64().unwrap();
            let message = remark["message"].as_str().unwrap();
            (at("line"), at("column"), message)
        })
        .collect()
}

#[test]
fn words_about_terms_that_become_others_are_said_once() {
    let rows = "zh,en,status\n关税,tariff,New\n配额,quota,new\n税率,rate,待定\n倾销,dumping,obsolete\n\
        补贴,subsidy,approved\n";
    let folder = workspace(&[("a.csv", rows.as_bytes())]);
    let value = report(folder.path(), &["a.csv"]);
    let wanted = [
        (2, "`New` is read as `proposed`, here and in another row"),
        (4, "`待定` is read as `proposed`"),
        (5, "`obsolete` is read as `deprecated`"),
    ];
    let said = remarks(&value)
        .into_iter()
        .map(|(line, _, text)| (line, text));
    assert_eq!(said.collect::<Vec<_>>(), wanted);
}

#[test]
fn rows_of_one_term_are_read_as_said() {
    let rows =
        "E,LG,W\n1,en,tariff\n1,Chinese (PRC),关税\n2,English (US),chip\n2,中文（简体）,芯片\n";
    let folder = workspace(&[("a.csv", rows.as_bytes())]);
    let refused = zm(folder.path(), &["glossary", "import", "a.csv"]);
    assert!(
        err(&refused).contains("--map term=…,language=…,id=…"),
        "{}",
        err(&refused)
    );
    let map = ["a.csv", "--map", "term=W,language=LG,id=E", "--write"];
    let value = report(folder.path(), &map);
    assert_eq!(value["summary"]["concepts_added"], 2, "{value:#}");
    assert_eq!(
        glossary(folder.path()),
        "zh\ten\tid\n关税\ttariff\t1\n芯片\tchip\t2\n"
    );
}

#[test]
fn words_about_terms_that_nobody_knows_are_said_once() {
    let rows = "English,Chinese,Status\ntariff,关税,Legit\nquota,配额,legit\nduty,税,\"禁用\nForbidden\"\n\
        rate,税率,\"Maybe\nnot\"\n";
    let folder = workspace(&[("a.csv", rows.as_bytes())]);
    let value = report(folder.path(), &["a.csv", "--write"]);
    let said: Vec<&str> = remarks(&value)
        .into_iter()
        .filter(|(.., text)| text.contains("no standing"))
        .map(|(.., text)| text)
        .collect();
    let what = ": its term stands, in a concept that is `proposed`; write preferred, admitted, deprecated or proposed";
    assert_eq!(
        said,
        [
            [
                "`Legit` is no standing known here, here and in another row",
                what
            ]
            .concat(),
            ["`Maybe not` is no standing known here", what].concat(),
        ]
    );
    assert!(glossary(folder.path()).contains("zh_avoid"));
}

#[test]
fn values_are_normalized_or_left_out_and_both_is_said() {
    let rows = "zh,en,valid_from,type,match,updated,status\n\
        关税,tariff,2025/1/1,组织,精确,2025.3.1,approved\n\
        配额,quota,2025年3月,foo,fuzzy,yesterday,maybe\n\
        税率,tax rate,45000,Person,,2025-01-02,proposed\n";
    let folder = workspace(&[("a.csv", rows.as_bytes())]);
    let value = report(folder.path(), &["a.csv", "--write"]);
    assert_eq!(counts(&value), [3, 0, 0, 0, 0], "{value:#}");
    assert_eq!(
        glossary(folder.path()),
        "zh\ten\ttype\tmatch\tstatus\tvalid_from\tupdated\n\
         关税\ttariff\torganization\texact\tapproved\t2025-01-01\t2025-03-01\n\
         配额\tquota\t\t\tproposed\t\t\n\
         税率\ttax rate\tperson\t\tproposed\t\t2025-01-02\n"
    );
    let said = remarks(&value);
    for (line, column, message) in [
        (2, 11, "`2025/1/1` is read as `2025-01-01`"),
        (
            3,
            10,
            "`2025年3月` is no `valid_from`: not taken over; write a date like 2025-11-24",
        ),
        (3, 28, "`yesterday` is no `updated`"),
        (
            3,
            38,
            "`maybe` is no `status`: the concept is `proposed`; write approved or proposed",
        ),
        (4, 13, "`45000` is no `valid_from`"),
    ] {
        let found = said
            .iter()
            .any(|(l, c, text)| (*l, *c) == (line, column) && text.starts_with(message));
        assert!(found, "{line}:{column} {message}: {said:#?}");
    }
    assert_eq!(
        zm(folder.path(), &["glossary", "lint"]).status.code(),
        Some(0)
    );
    let set = zm(
        folder.path(),
        &["glossary", "import", "a.csv", "--set", "status=maybe"],
    );
    assert_eq!(set.status.code(), Some(2));
    assert!(
        err(&set).contains("`maybe` is no `status`: write approved or proposed"),
        "{}",
        err(&set)
    );
}

#[test]
fn standard_input_is_read_and_conflicts_name_their_file() {
    let folder = workspace(&[("a.csv", "zh,en\n计划,plan\n".as_bytes())]);
    let set = ["--set", "subject=金融, 税,status=proposed"];
    let args = [&["glossary", "import", "a.csv", "-"], &set[..]].concat();
    let human = out(&fed(
        folder.path(),
        &args,
        "zh,en\n计划,scheme\n".as_bytes(),
    ));
    assert!(
        human.contains("another English term than in a.csv:2"),
        "{human}"
    );
    report(folder.path(), &[&["a.csv", "--write"], &set[..]].concat());
    assert_eq!(
        glossary(folder.path()),
        "zh\ten\tsubject\tstatus\n计划\tplan\t金融, 税\tproposed\n"
    );
}

#[test]
fn misread_texts_are_refused_or_restored() {
    let wrong = |text: &str| {
        encoding_rs::GB18030
            .decode_without_bom_handling(text.as_bytes())
            .0
            .into_owned()
    };
    let rows = format!(
        "zh,en\n{},flu vaccine\n{},risk assessment\n{},plan\n",
        wrong("流感疫苗"),
        wrong("风险评估"),
        wrong("工作计划")
    );
    let folder = workspace(&[("a.csv", rows.as_bytes())]);
    let refused = zm(folder.path(), &["glossary", "import", "a.csv"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        err(&refused).contains("UTF-8 read as GBK") && err(&refused).contains("--repair"),
        "{}",
        err(&refused)
    );
    let value = report(folder.path(), &["a.csv", "--repair", "--write"]);
    assert_eq!(counts(&value), [3, 0, 0, 0, 0]);
    assert!(glossary(folder.path()).contains("流感疫苗\tflu vaccine"));
}

#[test]
fn rows_that_cannot_be_used_are_named_with_their_place() {
    let rows = "zh,en,note\n能源部,Department of Energy,x\n甲,A, B, C\n\"乙\nb\",B\n\u{200b}丙,C\u{200b}\n丁\u{FFFD},D\n只有中文,,\n";
    let folder = workspace(&[("a.csv", rows.as_bytes())]);
    let value = report(folder.path(), &["a.csv"]);
    assert_eq!(counts(&value), [3, 0, 0, 0, 3], "{value:#}");
    let human = out(&zm(folder.path(), &["glossary", "import", "a.csv"]));
    for part in [
        "a.csv:3:8: 4 cells in a row of 3 columns",
        "a.csv:7:1: `丁\u{FFFD}`: characters were lost",
        "a.csv:8: `只有中文`: no English term",
        "a.csv:6:1: an invisible character (U+200B)",
    ] {
        assert!(human.contains(part), "{part}\n{human}");
    }
}

#[test]
fn bytes_of_another_encoding_are_shown_as_they_were_meant() {
    let list = "中文,英文\n能源部,Department of Energy\n计划,plan\n配额,quota\n税率,tax rate\n科学技术,science and technology\n供应链韧性,supply chain resilience\n";
    let (pasted, ..) = encoding_rs::GB18030.encode("海关,customs\n");
    let bytes = [list.as_bytes(), &pasted[..], &b"\xFF,x\n"[..]].concat();
    let folder = workspace(&[("a.csv", &bytes)]);
    let human = out(&zm(folder.path(), &["glossary", "import", "a.csv"]));
    for part in [
        "a.csv:8:1: `\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}` is not in the encoding of the file; as GB18030 (GBK) its line reads `海关,customs`",
        "a.csv:9:1: `\u{FFFD}` holds bytes that mean nothing in the encoding of the file",
    ] {
        assert!(human.contains(part), "{part}\n{human}");
    }
}

#[test]
fn what_is_hostile_or_locked_is_refused_plainly() {
    let laughs = "<?xml version='1.0'?><!DOCTYPE martif [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;'>]>\
        <martif type='TBX'><text><body><termEntry><langSet xml:lang='zh'><tig><term>&c;</term></tig></langSet></termEntry></body></text></martif>";
    let zeros = vec![b' '; 64 << 20];
    let parts: Vec<(String, &[u8])> = (0..17)
        .map(|n| (format!("xl/{n}.xml"), zeros.as_slice()))
        .collect();
    let parts: Vec<(&str, &[u8])> = parts
        .iter()
        .map(|(name, bytes)| (name.as_str(), *bytes))
        .collect();
    let bomb = zipped(&parts);
    assert!(bomb.len() < 2 << 20);
    let mut locked = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    locked.extend([0; 600]);
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let folder = workspace(&[
        ("laughs.tbx", laughs.as_bytes()),
        ("bomb.xlsx", &bomb),
        ("locked.xlsx", &locked),
        ("empty.csv", b""),
        (
            "cut.tbx",
            b"<?xml version='1.0'?>\n<martif><text><body>\n<termEntry>",
        ),
        (
            "page.xls",
            b"<html><table><tr><td>a</td></tr></table></html>",
        ),
        ("other.zip", &zipped(&[("a.txt", b"a")])),
        ("binary.csv", b"a,b\n\0\0\x01\n"),
    ]);
    for (name, part) in [
        ("bomb.xlsx", "unpacks to more than 1024 MB"),
        ("locked.xlsx", "locked by a password"),
        ("empty.csv", "empty"),
        ("cut.tbx", "cut.tbx:3: "),
        ("page.xls", "web page"),
        ("other.zip", "no workbook"),
        ("binary.csv", "NUL"),
        ("none.csv", "no such file"),
    ] {
        let output = zm(folder.path(), &["glossary", "import", name, "--write"]);
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert!(err(&output).contains(part), "{name}: {}", err(&output));
        assert!(!folder.path().join("glossaries/terms.tsv").exists());
    }
    let output = zm(folder.path(), &["glossary", "import", "laughs.tbx"]);
    assert!(
        out(&output).contains("made of markup, of other entities"),
        "{}",
        out(&output)
    );
}

#[test]
fn columns_can_be_named() {
    let rows = "甲,乙,丙\n流感,flu,liúgǎn\n风险,risk,fēngxiǎn\n";
    let folder = workspace(&[("a.csv", rows.as_bytes())]);
    let value = report(
        folder.path(),
        &[
            "a.csv",
            "--map",
            "zh=甲,en=2,note=C",
            "--set",
            "subject=医学",
            "--write",
        ],
    );
    assert_eq!(counts(&value), [2, 0, 0, 0, 0]);
    assert!(
        glossary(folder.path()).contains("流感\tflu\t医学\tliúgǎn"),
        "{}",
        glossary(folder.path())
    );
    let bad = zm(
        folder.path(),
        &["glossary", "import", "a.csv", "--map", "zh=丁"],
    );
    assert!(
        err(&bad).contains("the columns are 甲, 乙, 丙"),
        "{}",
        err(&bad)
    );
    let bad = zm(
        folder.path(),
        &["glossary", "import", "a.csv", "--map", "en_abr=甲"],
    );
    assert!(err(&bad).contains("is it `en_abbr`?"), "{}", err(&bad));
    let bad = zm(
        folder.path(),
        &["glossary", "import", "a.csv", "--encoding", "klingon"],
    );
    assert_eq!(bad.status.code(), Some(2));
}

#[test]
fn a_glossary_is_exported_and_what_is_lost_is_said() {
    let there = "zh\ten\ten_avoid\tmatch\n能源部\tDepartment of Energy\tEnergy Ministry\tstrict\n";
    let folder = workspace(&[("glossaries/terms.tsv", there.as_bytes())]);
    for (name, lost) in [
        ("a.tsv", ""),
        ("a.csv", ""),
        ("a.xlsx", ""),
        ("a.tbx", "`match`"),
        ("a.utx", "`match`"),
    ] {
        let output = zm(folder.path(), &["glossary", "export", "-o", name]);
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        assert!(
            err(&output).contains(lost) && (lost.is_empty() != err(&output).contains("not held")),
            "{name}: {}",
            err(&output)
        );
        let again = report(folder.path(), &[name]);
        assert_eq!(
            counts(&again)[2],
            again["summary"]["read"].as_u64().unwrap(),
            "{name}: {again:#}"
        );
        let twice = zm(folder.path(), &["glossary", "export", "-o", name]);
        assert!(err(&twice).contains("--force"), "{name}");
    }
    let list = zm(
        folder.path(),
        &["glossary", "export", "--format", "omegat", "--from", "en"],
    );
    assert_eq!(out(&list), "Department of Energy\t能源部\n");
}

#[test]
fn columns_nobody_knows_are_named_where_they_are_left_out() {
    let there = "zh\ten\tpinyin\n关税\ttariff\tguanshui\n配额\tquota\t\n";
    let folder = workspace(&[("glossaries/terms.tsv", there.as_bytes())]);
    for format in ["tsv", "csv", "tbx-dct", "utx", "omegat"] {
        let output = zm(folder.path(), &["glossary", "export", "--format", format]);
        let told = err(&output);
        let part = "not held by this format: `pinyin`, in 1 concept\n";
        assert!(told.contains(part), "{format}: {told}");
    }
}

#[test]
fn a_kill_leaves_the_old_file_or_the_new_one() {
    let rows: String = (0..4_000).map(|n| format!("术语{n},term {n}\n")).collect();
    let there: String = (0..1_000).map(|n| format!("旧{n}\told {n}\n")).collect();
    let (theirs, there) = (format!("zh,en\n{rows}"), format!("# 旧\nzh\ten\n{there}"));
    let folder = workspace(&[
        ("a.csv", theirs.as_bytes()),
        ("glossaries/terms.tsv", there.as_bytes()),
    ]);
    let path = folder.path().join("glossaries/terms.tsv");
    let began = std::time::Instant::now();
    assert_eq!(
        report(folder.path(), &["a.csv", "--write"])["written"],
        true
    );
    let whole = began.elapsed();
    let new = fs::read_to_string(&path).unwrap();
    let kills: u64 = kills(5);
    for round in 0..kills {
        fs::write(&path, &there).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_zm"))
            .args(["glossary", "import", "a.csv", "--write", "--format", "json"])
            .current_dir(folder.path())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        // All moments of a run, the end more often than the beginning.
        let share = 0.4 + 0.7 * (round as f64 + 0.5) / kills as f64;
        thread::sleep(whole.mul_f64(share).min(Duration::from_secs(20)));
        let _ = child.kill();
        child.wait().unwrap();
        let found = fs::read_to_string(&path).unwrap();
        assert!(
            found == there || found == new,
            "round {round}: a mixture of {} bytes",
            found.len()
        );
    }
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_old_file() {
    let rows: String = (0..5_000).map(|n| format!("术语{n},term {n}\n")).collect();
    let there = "zh\ten\n能源部\tDepartment of Energy\n";
    let theirs = format!("zh,en\n{rows}");
    let folder = workspace(&[
        ("a.csv", theirs.as_bytes()),
        ("glossaries/terms.tsv", there.as_bytes()),
    ]);
    // No file may grow beyond 16 KB: what a full disk does, at a place that is known.
    let output = Command::new("sh")
        .args([
            "-c",
            "trap '' XFSZ; ulimit -f 32; exec \"$0\" glossary import a.csv --write --format json",
            env!("CARGO_BIN_EXE_zm"),
        ])
        .current_dir(folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", err(&output));
    assert!(err(&output).contains("cannot write"), "{}", err(&output));
    assert_eq!(glossary(folder.path()), there);
    assert_eq!(
        fs::read_dir(folder.path().join("glossaries"))
            .unwrap()
            .count(),
        1,
        "nothing is left behind"
    );
}

/// Every file below a folder.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
    found.sort();
}

/// Reads a file: its rows by class add up, or it is refused with a reason.
#[track_caller]
fn read_or_refused(path: &Path) -> Result<[usize; 6], String> {
    let options = Options::default();
    let source = import::read(path, &options).map_err(|e| e.to_string())?;
    let folder = tempfile::tempdir().unwrap();
    let into = folder.path().join("x.tsv");
    let plan = import::dry_run(&into, std::slice::from_ref(&source), &options)
        .map_err(|e| e.to_string())?;
    let counts = import::Class::ALL.map(|class| plan.count(class));
    assert_eq!(
        counts.iter().sum::<usize>(),
        plan.read(),
        "{}",
        path.display()
    );
    assert_eq!(plan.read(), source.read(), "{}", path.display());
    for row in &plan.rows {
        assert!(row.class != import::Class::Rejected || !row.reason.is_empty());
    }
    // Written and read again, nothing is new.
    let written =
        import::write(&into, std::slice::from_ref(&source), &options).map_err(|e| e.to_string())?;
    let again = import::dry_run(&into, std::slice::from_ref(&source), &options).unwrap();
    assert!(
        !again.changes(),
        "{}: a second run would change something",
        path.display()
    );
    assert_eq!(
        written.count(import::Class::Rejected),
        again.count(import::Class::Rejected)
    );
    let [new, updated, unchanged, conflict, rejected] = counts;
    Ok([plan.read(), new, updated, unchanged, conflict, rejected])
}

#[test]
fn every_sample_is_read_or_refused() {
    let mut found = Vec::new();
    files(Path::new("tests/glossary"), &mut found);
    let samples = found
        .iter()
        .filter(|path| path.extension().is_some_and(|e| e != "md"));
    let mut shown = String::new();
    for path in samples {
        let name = path.strip_prefix("tests/glossary").unwrap().display();
        let line = match read_or_refused(path) {
            Ok(counts) => format!("{name}: {counts:?}\n"),
            Err(why) => format!(
                "{name}: refused: {}\n",
                why.split_once(": ").map_or("", |(_, why)| why)
            ),
        };
        shown.push_str(&line);
    }
    let expected = fs::read_to_string("tests/glossary/samples.md").unwrap_or_default();
    let expected = expected
        .split("```text\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .unwrap_or("");
    assert_eq!(shown, expected, "tests/glossary/samples.md says otherwise");
}

#[test]
fn encodings_are_guessed_right_or_can_be_named() {
    use zhengming::text::decode::{decode, decode_as};
    for (name, guessed) in [
        ("big5", true),
        ("big5hkscs", false),
        ("gb18030", true),
        ("gb2312", true),
        ("gbk", true),
        ("hz", true),
    ] {
        let read = |name: String| fs::read(format!("tests/glossary/cjk-{name}.txt")).unwrap();
        let (bytes, truth) = (
            read(name.to_owned()),
            String::from_utf8(read(format!("{name}-utf8"))).unwrap(),
        );
        assert_eq!(decode_as(&bytes, name).unwrap().text, truth, "{name}");
        // A few bytes are too little to guess by.
        if guessed {
            assert_eq!(decode(&bytes).text, truth, "{name}");
        }
    }
}

#[test]
fn every_file_of_the_big_folder_is_read_or_refused() {
    let Some(folder) = std::env::var_os("ZM_DATA") else {
        println!("skipped: ZM_DATA names no folder");
        return;
    };
    let mut found = Vec::new();
    for part in ["messy", "conformance", "glossaries"] {
        files(&Path::new(&folder).join(part), &mut found);
    }
    let wanted = [
        "csv", "tsv", "txt", "tbx", "xlsx", "ods", "xls", "json", "po", "md", "utx", "tab",
    ];
    let small = |path: &&PathBuf| path.metadata().is_ok_and(|m| m.len() < 20 << 20);
    let of_kind = |path: &&PathBuf| {
        path.extension()
            .is_some_and(|e| wanted.contains(&e.to_string_lossy().to_lowercase().as_str()))
    };
    let (mut read, mut refused) = (0, 0);
    for path in found.iter().filter(of_kind).filter(small) {
        match read_or_refused(path) {
            Ok(counts) => {
                read += 1;
                println!("{counts:?} {}", path.display());
            }
            Err(why) => {
                refused += 1;
                assert!(!why.is_empty());
                println!("refused {why}");
            }
        }
    }
    println!("{read} read, {refused} refused");
}
