//! Whole runs of `zm align` on what it is not made for: parts missing or out of
//! place, one text twice, tables, other encodings. The texts are the pairs of
//! the memory that ships.

#![allow(clippy::unwrap_used, reason = "a test may fail so")]

use std::collections::BTreeSet;
use std::fmt::Write as _;

mod support;
use support::{err, folder, out, zm};

/// The places of sentences that were put together, Chinese and English.
type Bead = (Vec<usize>, Vec<usize>);

/// What a run printed, and how it ended.
struct Run {
    out: String,
    told: String,
    code: Option<i32>,
}

/// `zm align` in a folder with these files.
fn align(files: &[(&str, &[u8])], args: &[&str]) -> Run {
    let folder = folder(files);
    let output = zm(folder.path(), &[&["align"], args].concat());
    Run {
        out: out(&output),
        told: err(&output),
        code: output.status.code(),
    }
}

/// The pairs of the memory that ships.
fn pairs() -> Vec<(&'static str, &'static str)> {
    let rows = include_str!("../memories/policy.tsv").lines().skip(1);
    let mut cells = rows.map(|row| row.split('\t'));
    let pairs = cells
        .by_ref()
        .map(|mut row| (row.next().unwrap(), row.next().unwrap()));
    pairs.collect()
}

/// A sentence a line.
fn lines<'a>(sentences: impl IntoIterator<Item = &'a str>) -> String {
    sentences
        .into_iter()
        .flat_map(|text| [text, "\n"])
        .collect()
}

/// Aligns the Chinese sentences, a line each, with the English ones of these pairs.
fn against(order: &[usize]) -> (Vec<Bead>, String) {
    let pairs = pairs();
    let zh = lines(pairs.iter().map(|pair| pair.0));
    let en = lines(order.iter().map(|&at| pairs[at].1));
    let files = [("zh.txt", zh.as_bytes()), ("en.txt", en.as_bytes())];
    let run = align(
        &files,
        &["zh.txt", "en.txt", "--segmented", "--format", "beads-tsv"],
    );
    assert_eq!(run.code, Some(0), "{}", run.told);
    let numbers = |cell: &str| cell.split(',').filter_map(|n| n.parse().ok()).collect();
    let beads = run.out.lines().map(|line| {
        let (zh, en) = line.split_once('\t').unwrap();
        let en: Vec<usize> = numbers(en);
        (numbers(zh), en.iter().map(|&at| order[at]).collect())
    });
    (beads.collect(), run.told)
}

/// The places of pairs that were made of sentences that do not belong together.
fn wrong(beads: &[Bead]) -> Vec<&Bead> {
    let both = beads
        .iter()
        .filter(|(zh, en)| !zh.is_empty() && !en.is_empty());
    both.filter(|(zh, en)| !zh.iter().any(|at| en.contains(at)))
        .collect()
}

#[test]
fn a_missing_chapter_is_told_and_nothing_is_forced_on_it() {
    let order: Vec<usize> = (0..pairs().len())
        .filter(|at| !(30..45).contains(at))
        .collect();
    let (beads, told) = against(&order);
    assert!(
        told.contains("zh.txt:31-45: 15 sentences without a counterpart"),
        "{told}"
    );
    assert_eq!(wrong(&beads), Vec::<&Bead>::new());
}

#[test]
fn chapters_in_another_order_are_left_alone_and_told() {
    let order: Vec<usize> = (0..20)
        .chain(50..65)
        .chain(35..50)
        .chain(20..35)
        .chain(65..pairs().len())
        .collect();
    let (beads, told) = against(&order);
    assert_eq!(wrong(&beads), Vec::<&Bead>::new(), "{told}");
    let paired = beads
        .iter()
        .filter(|(zh, en)| zh == en && zh.len() == 1)
        .count();
    assert!(paired >= pairs().len() - 30 - 4, "{paired} pairs");
    for text in ["zh.txt", "en.txt"] {
        assert!(told.contains(text), "{told}");
    }
}

#[test]
fn tags_are_codes_in_a_tmx_and_what_it_cannot_hold_is_said() {
    let (zh, en) = (
        "见<b>图2</b>的\u{1}数据。\n",
        "See the data in <b>Figure 2</b>.\n",
    );
    let files = [("zh.md", zh.as_bytes()), ("en.md", en.as_bytes())];
    let run = align(&files, &["zh.md", "en.md", "--format", "tmx"]);
    let codes = ">See the data in <bpt i=\"1\" x=\"1\">&lt;b&gt;</bpt>Figure 2<ept i=\"1\">";
    assert!(run.out.contains(codes), "{}", run.out);
    assert!(run.out.contains("aligned"), "{}", run.out);
    assert!(run.told.contains("control characters"), "{}", run.told);
}

#[test]
fn every_line_of_two_plain_files_is_in_one_bead() {
    let zh = "第一句。\n\n只有中文的一句，讲的是天气和收成。\n预算为500亿元。\n";
    let en = "The first sentence.\nThe budget is 50 billion yuan.\nOnly English, on ships, harbors and trade winds.\n";
    let files = [("zh.txt", zh.as_bytes()), ("en.txt", en.as_bytes())];
    let run = align(
        &files,
        &["zh.txt", "en.txt", "--segmented", "--format", "beads"],
    );
    let mut seen = [BTreeSet::new(), BTreeSet::new()];
    for line in run.out.lines() {
        let (zh, en) = line.split_once(':').unwrap();
        for (side, seen) in [zh, en].iter().zip(&mut seen) {
            let numbers = side.strip_prefix('[').unwrap().strip_suffix(']').unwrap();
            for number in numbers.split(',').filter(|n| !n.is_empty()) {
                assert!(seen.insert(number.parse::<u32>().unwrap()), "{}", run.out);
            }
        }
    }
    // Empty lines have their numbers as well, as in the gold files of evaluations.
    assert_eq!(seen[0], (0..4).collect());
    assert_eq!(seen[1], (0..3).collect());
}

#[test]
fn the_same_sentence_many_times_stays_with_its_number() {
    let (mut zh, mut en) = (String::new(), String::new());
    for number in 1..=40 {
        writeln!(zh, "## 第{number}条\n\n本条自公布之日起施行。\n").unwrap();
        if !(17..20).contains(&number) {
            let article = "This Article takes effect on the day of promulgation.";
            writeln!(en, "## Article {number}\n\n{article}\n").unwrap();
        }
    }
    let files = [("a.zh.md", zh.as_bytes()), ("a.en.md", en.as_bytes())];
    let run = align(&files, &["a.zh.md", "a.en.md"]);
    assert!(
        run.told.contains("6 sentences without a counterpart"),
        "{}",
        run.told
    );
    for (zh, en) in [
        ("第3条", "Article 3"),
        ("第20条", "Article 20"),
        ("第40条", "Article 40"),
    ] {
        assert!(run.out.contains(&format!("\t{zh}\t{en}\t")), "{}", run.out);
    }
}

#[test]
fn cells_of_tables_meet_cells() {
    let zh = "# 预算\n\n| 部门 | 主管 |\n| --- | --- |\n| 能源部 | 部长 |\n| 商务部 | 副部长 |\n\n总额有所下降。\n";
    let en = "# Budget\n\n| Department | In charge |\n| --- | --- |\n| Department of Energy | Minister |\n\
              | Department of Commerce | Deputy Minister |\n\nThe total fell.\n";
    let files = [("a.zh.md", zh.as_bytes()), ("a.en.md", en.as_bytes())];
    let run = align(&files, &["a.zh.md", "a.en.md"]);
    for (zh, en) in [
        ("能源部", "Department of Energy"),
        ("商务部", "Department of Commerce"),
        ("总额有所下降。", "The total fell."),
    ] {
        assert!(run.out.contains(&format!("\t{zh}\t{en}\t")), "{}", run.out);
    }
}

#[test]
fn encodings_are_told_and_binary_is_refused() {
    let zh = "能源部启动创世计划。科学家很高兴。";
    let en = "The Department of Energy launched the Genesis Mission. Scientists were pleased.";
    let gbk: Vec<u8> = encoding_rs::GB18030.encode(zh).0.into_owned();
    let utf16: Vec<u8> = std::iter::once(0xFEFF)
        .chain(en.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let files: [(&str, &[u8]); 2] = [("zh.txt", &gbk), ("en.txt", &utf16)];
    let run = align(&files, &["zh.txt", "en.txt", "--format", "beads"]);
    assert_eq!(run.out, "[0]:[0]\n[1]:[1]\n", "{}", run.told);
    assert!(
        run.told.contains("read as gb18030, which is a guess"),
        "{}",
        run.told
    );
    let files: [(&str, &[u8]); 2] = [("zh.txt", zh.as_bytes()), ("en.txt", b"\x89PNG\r\n\0\0\0")];
    let run = align(&files, &["zh.txt", "en.txt"]);
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
    assert!(run.told.contains("en.txt"), "{}", run.told);
    assert!(run.told.contains("not a text file"), "{}", run.told);
}

#[test]
fn languages_that_do_not_fit_are_told() {
    let zh = "能源部启动创世计划。\n".as_bytes();
    let en = "The department has launched the program, and it is glad of it.\n".as_bytes();
    let files = [("zh.txt", zh), ("en.txt", en), ("also.txt", en)];
    let run = align(&files, &["zh.txt", "en.txt", "--from", "en"]);
    assert_eq!(run.code, Some(2));
    assert!(run.told.contains("leave --from out"), "{}", run.told);
    let run = align(&files, &["en.txt", "also.txt"]);
    assert_eq!(run.code, Some(2));
    assert!(run.told.contains("are both English"), "{}", run.told);
    let run = align(&files, &["en.txt", "also.txt", "--from", "en"]);
    let told = "also.txt: the text is English; taken as Chinese, as --from says";
    assert!(run.told.contains(told), "{}", run.told);
    let french = "Le ministère de l’énergie a lancé la mission avec les laboratoires du pays, \
        et il a publié une liste des entreprises qui ont signé un accord pour la recherche \
        dans le domaine de la sécurité et des sciences, que le gouvernement attend depuis un an.";
    let files = [("zh.txt", zh), ("fr.txt", french.as_bytes())];
    let run = align(&files, &["zh.txt", "fr.txt"]);
    assert!(
        run.told.contains("fr.txt: this is hardly English"),
        "{}",
        run.told
    );
}

#[test]
fn two_documents_that_do_not_belong_together_are_one_finding() {
    let zh = lines(pairs().iter().flat_map(|pair| [pair.0, ""]));
    let mut en = String::new();
    for paragraph in include_str!("../docs/architecture.md").split("\n\n") {
        if en.len() < 9_000 && !paragraph.contains("```") {
            en.extend([paragraph, "\n\n"]);
        }
    }
    let folder = folder(&[("a.zh.md", zh), ("b.en.md", en)]);
    let pair = ["check", "--pair", "a.zh.md", "b.en.md", "--format", "short"];
    let select = ["--select", "align,num,seg,term,date,name"];
    let told = out(&zm(folder.path(), &[&pair[..], &select].concat()));
    let suspect: Vec<&str> = told
        .lines()
        .filter(|line| line.contains("align-suspect"))
        .collect();
    assert_eq!(suspect.len(), 1, "{told}");
    assert!(
        suspect[0].contains("a.zh.md") && suspect[0].contains("b.en.md"),
        "{told}"
    );
    for rule in ["num-", "seg-", "date-mismatch", "term-missing"] {
        assert!(!told.contains(rule), "{told}");
    }
}

#[test]
fn what_is_printed_is_nothing_but_the_format_asked_for() {
    let files = [
        ("a.zh.md", "能源部执行。\n"),
        ("a.en.md", "The Department of Energy carries it out.\n"),
    ];
    let folder = support::folder(&files);
    let args = |more: &[&'static str]| [&["align", "a.zh.md", "a.en.md"], more].concat();
    for (format, begins) in [("json", "{"), ("tmx", "<?xml"), ("beads", "[0]:[0]")] {
        let args = args(&["--into", "m.tsv", "--format", format]);
        let run = support::zm(folder.path(), &args);
        let printed = support::out(&run);
        assert!(printed.starts_with(begins), "{printed}");
        let said = support::err(&run);
        assert!(said.contains("m.tsv: "), "{said}");
    }
    for least in ["2", "nan", "-0.1", "x"] {
        let run = support::zm(folder.path(), &args(&["--least", least]));
        assert_eq!(run.status.code(), Some(2), "{least}");
    }
}

#[test]
fn units_are_added_to_memories_only() {
    let glossary = "zh\ten\n能源部\tDepartment of Energy\n";
    let other = "zh\ten\ten_avoid\n能源部\tDepartment of Energy\tEnergy Ministry\n";
    let files = [
        ("a.zh.md", "能源部执行。\n"),
        ("a.en.md", "The Department of Energy carries it out.\n"),
        ("zhengming.toml", "glossaries = [\"terms.tsv\"]\n"),
        ("terms.tsv", glossary),
        ("glossaries/g.tsv", glossary),
        ("h.tsv", other),
        ("other/memories/journal.tsv", "zh\ten\n"),
    ];
    let folder = support::folder(&files);
    for (into, why) in [
        ("terms.tsv", "this is a glossary"),
        ("glossaries/g.tsv", "this is a glossary"),
        ("glossaries/new.tsv", "this is a glossary"),
        ("h.tsv", "this is a glossary"),
        ("y.tmx", "a memory is a file like"),
        ("memories/journal.tsv", "the journal"),
        ("other/memories/journal.tsv", "the journal"),
    ] {
        let args = ["align", "a.zh.md", "a.en.md", "--into", into];
        let run = support::zm(folder.path(), &args);
        assert_eq!(run.status.code(), Some(2), "{into}");
        let said = support::err(&run);
        assert!(said.contains(why), "{into}: {said}");
    }
    for (name, text) in files {
        let kept = std::fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!(kept, text, "{name}");
    }
    for none in ["glossaries/new.tsv", "y.tmx", "memories/journal.tsv"] {
        assert!(!folder.path().join(none).exists(), "{none}");
    }
}

#[test]
fn one_of_the_texts_may_come_from_standard_input() {
    let folder = support::folder(&[("a.zh.md", "能源部执行。\n")]);
    let english = "The Department of Energy carries it out.\n";
    for more in [&[][..], &["--segmented"]] {
        let args = [&["align", "a.zh.md", "-", "--format", "beads"], more].concat();
        let run = support::fed(folder.path(), &args, english.as_bytes());
        assert_eq!(support::out(&run), "[0]:[0]\n", "{}", support::err(&run));
    }
    let run = support::fed(folder.path(), &["align", "-", "-"], b"");
    assert_eq!(run.status.code(), Some(2));
    let args = ["draft", "-", "-o", "-"];
    let run = support::fed(folder.path(), &args, "能源部执行。\n".as_bytes());
    assert_eq!(
        support::out(&run),
        "能源部执行。\n",
        "{}",
        support::err(&run)
    );
}
