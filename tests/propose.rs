//! Whole runs of `zm propose`: what it proposes, in which form, and what it leaves out.

#![allow(clippy::unwrap_used, reason = "a test may fail so")]

use std::fs;
use std::path::Path;

use zhengming::glossary::Glossary;
use zhengming::model::concept::ConceptStatus;

mod support;
use support::{err, folder, out, zm};

const ZH: &str = "# 创世纪任务\n\n\
    总统签署行政令，正式启动“创世纪任务”。能源部负责实施出口管制。\n\n\
    出口管制影响供应链韧性。\n\n\
    商务部加强出口管制，供应链韧性很重要。\n";
const EN: &str = "# Genesis Mission\n\n\
    The President signed an order launching the “Genesis Mission”. The Department of Energy is in charge of export controls.\n\n\
    Export controls affect supply chain resilience.\n\n\
    The Department of Commerce tightens export controls, and supply chain resilience matters.\n";

/// A workspace with a pair of documents, and further files.
fn workspace(files: &[(&str, &str)]) -> tempfile::TempDir {
    let given = [("zhengming.toml", ""), ("a.zh.md", ZH), ("a.en.md", EN)];
    folder(&[&given, files].concat())
}

/// The pairs of a run in the form of a table, the likeliest first.
fn pairs(folder: &Path, args: &[&str]) -> Vec<(String, String)> {
    let output = zm(folder, &[&["propose"], args, &["--format", "tsv"]].concat());
    let text = out(&output);
    let rows = text.lines().skip(1).map(|row| {
        let mut cells = row.split('\t').map(str::to_owned);
        (cells.next().unwrap(), cells.next().unwrap())
    });
    rows.collect()
}

fn pair(zh: &str, en: &str) -> (String, String) {
    (zh.to_owned(), en.to_owned())
}

#[test]
fn a_pair_of_documents_gives_its_terms_with_why() {
    let folder = workspace(&[]);
    let output = zm(folder.path(), &["propose", "a.zh.md", "a.en.md"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let human = out(&output);
    let first = human.lines().next().unwrap();
    assert!(
        first.contains("创世纪任务") && first.contains("Genesis Mission"),
        "{human}"
    );
    assert!(first.contains("quote"), "{first}");
    let found = pairs(folder.path(), &["a.zh.md", "a.en.md"]);
    for (zh, en) in [
        ("出口管制", "export controls"),
        ("供应链韧性", "supply chain resilience"),
    ] {
        let place = found
            .iter()
            .position(|(z, e)| z == zh && e.eq_ignore_ascii_case(en));
        assert!(place.is_some_and(|place| place < 6), "{zh}: {found:?}");
    }
}

#[test]
fn a_part_of_a_known_rendering_is_no_other_one_and_an_amount_begins_no_term() {
    let zh = "能源部启动了计划。\n\n国会拨款，其中1亿美元用于计算机，0.5亿美元用于数据。\n";
    let en = "The Department of Energy launched the plan.\n\n\
        Congress appropriated money, of which $100 million is for computers and $50 million for data.\n";
    let glossary = "zh\ten\n能源部\tDepartment of Energy\n";
    let folder = folder(&[
        ("zhengming.toml", ""),
        ("glossaries/a.tsv", glossary),
        ("a.zh.md", zh),
        ("a.en.md", en),
    ]);
    for (zh, en) in pairs(folder.path(), &["a.zh.md", "a.en.md"]) {
        assert_ne!(zh, "能源部", "{en}");
        assert!(
            !zh.starts_with('亿') && !en.starts_with("million"),
            "{zh} {en}"
        );
    }
}

#[test]
fn the_table_is_a_glossary_of_proposed_terms() {
    let folder = workspace(&[]);
    for format in ["tsv", "glossary"] {
        let output = zm(
            folder.path(),
            &["propose", "a.zh.md", "a.en.md", "--format", format],
        );
        let path = folder.path().join("proposed.tsv");
        fs::write(&path, &output.stdout).unwrap();
        let read = Glossary::read(&[path]).unwrap();
        let bad: Vec<_> = read.findings.iter().map(|f| &f.message).collect();
        assert_eq!(
            read.value.len(),
            out(&output).lines().count() - 1,
            "{bad:?}"
        );
        let mut concepts = read.value.concepts();
        assert!(concepts.all(|concept| concept.status == ConceptStatus::Proposed));
    }
}

#[test]
fn json_has_the_places() {
    let folder = workspace(&[]);
    let output = zm(
        folder.path(),
        &["propose", "a.zh.md", "a.en.md", "--format", "json"],
    );
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(value["schema"], "zhengming.propose/1");
    let first = &value["proposals"][0];
    assert_eq!(first["zh"], "创世纪任务");
    assert!(
        first["examples"][0]["en"]
            .as_str()
            .unwrap()
            .contains("Genesis Mission")
    );
    let score = first["score"].as_f64().unwrap();
    assert!((0.0..=1.0).contains(&score));
}

#[test]
fn what_was_rejected_is_not_shown_again() {
    let folder = workspace(&[]);
    let before = pairs(folder.path(), &["a.zh.md", "a.en.md"]);
    assert!(before.contains(&pair("创世纪任务", "Genesis Mission")));
    for _ in 0..2 {
        let args = ["propose", "--reject", "创世紀任務", "the genesis mission"];
        assert_eq!(zm(folder.path(), &args).status.code(), Some(0));
    }
    let after = pairs(folder.path(), &["a.zh.md", "a.en.md"]);
    assert!(
        !after.contains(&pair("创世纪任务", "Genesis Mission")),
        "{after:?}"
    );
    let kept = fs::read_to_string(folder.path().join(".zm-rejected.tsv")).unwrap();
    assert_eq!(kept.lines().count(), 2, "once is enough: {kept}");
}

#[test]
fn what_the_glossary_has_is_left_out_unless_rendered_differently() {
    let glossary = "zh\ten\tzh_avoid\n出口管制\texport control\t\n创世纪任务\tGenesis Program\t\n\
        供应链弹性\tsupply chain resilience\t供应链韧性\n";
    let folder = workspace(&[("glossaries/g.tsv", glossary)]);
    let found = pairs(folder.path(), &["a.zh.md", "a.en.md"]);
    let has = |term: &str| found.iter().any(|(zh, _)| zh == term);
    assert!(!has("出口管制"), "{found:?}");
    assert!(!has("供应链韧性"), "never to be written: {found:?}");
    assert!(found.contains(&pair("创世纪任务", "Genesis Mission")));
    let human = out(&zm(folder.path(), &["propose", "a.zh.md", "a.en.md"]));
    assert!(
        human.contains("the glossary has Genesis Program"),
        "{human}"
    );
}

#[test]
fn several_chinese_names_of_one_english_name_are_shown_and_not_merged() {
    let text = "总统启动“创世纪任务”（Genesis Mission）。\n\n有报道写成创世纪计划（Genesis Mission）。\n\n\
        本文称之为“创世计划”（Genesis Mission）。\n";
    let folder = workspace(&[("names.zh.md", text)]);
    let found = pairs(folder.path(), &["names.zh.md"]);
    for zh in ["创世纪任务", "创世纪计划", "创世计划"] {
        assert!(
            found.contains(&pair(zh, "Genesis Mission")),
            "{zh}: {found:?}"
        );
    }
    let human = out(&zm(folder.path(), &["propose", "names.zh.md"]));
    let row = human
        .lines()
        .find(|line| line.contains("创世纪任务  "))
        .unwrap();
    assert!(
        row.contains("创世纪计划") && row.contains("创世计划"),
        "{human}"
    );
}

#[test]
fn the_memory_of_the_workspace_is_material() {
    let memory = "zh\ten\n出口管制很重要。\tExport controls matter.\n\
        商务部修订出口管制。\tThe Department of Commerce amends the export controls.\n\
        出口管制影响贸易。\tExport controls affect trade.\n";
    let folder = workspace(&[("memories/m.tsv", memory)]);
    for args in [
        &[][..],
        &["--memory", "memories/m.tsv"][..],
        &["memories/m.tsv"][..],
    ] {
        let found = pairs(folder.path(), args);
        let is = |(zh, en): &(String, String)| {
            zh == "出口管制" && en.eq_ignore_ascii_case("export controls")
        };
        assert!(found.iter().any(is), "{args:?}: {found:?}");
    }
    fs::remove_dir_all(folder.path().join("memories")).unwrap();
    let none = zm(folder.path(), &["propose"]);
    assert_eq!(none.status.code(), Some(2));
    assert!(err(&none).contains("no memory"), "{}", err(&none));
}

#[test]
fn the_names_of_programs_in_the_example_come_first() {
    let folder = tempfile::tempdir().unwrap();
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    for name in ["genesis-mission.zh.md", "genesis-mission.zh.md.start.tsv"] {
        fs::copy(examples.join(name), folder.path().join(name)).unwrap();
    }
    let found = pairs(
        folder.path(),
        &["genesis-mission.zh.md", "genesis-mission.zh.md.start.tsv"],
    );
    for (zh, en) in [
        ("创世计划", "Genesis Mission"),
        (
            "美国科学与安全平台",
            "American Science and Security Platform",
        ),
        ("曼哈顿计划", "Manhattan Project"),
    ] {
        let place = found.iter().position(|found| *found == pair(zh, en));
        assert!(
            place.is_some_and(|place| place < 25),
            "{zh}: {place:?} {found:?}"
        );
    }
}

#[test]
fn bad_input_gives_nothing_and_says_why() {
    let folder = workspace(&[
        ("empty.en.md", ""),
        ("empty.zh.md", ZH),
        ("plain.zh.md", "能源部很重要。\n"),
    ]);
    // One side is empty.
    let output = zm(
        folder.path(),
        &["propose", "--pair", "empty.zh.md", "empty.en.md"],
    );
    assert_ne!(output.status.code(), Some(101), "{}", err(&output));
    assert_eq!(out(&output), "");
    assert!(!err(&output).is_empty());
    // The sides are swapped: it is the text that tells its language.
    let swapped = pairs(folder.path(), &["--pair", "a.en.md", "a.zh.md"]);
    assert!(
        swapped.contains(&pair("创世纪任务", "Genesis Mission")),
        "{swapped:?}"
    );
    // One language only.
    let output = zm(folder.path(), &["propose", "plain.zh.md"]);
    assert_eq!(output.status.code(), Some(1));
    let told = err(&output);
    assert!(
        told.contains("one language only") && told.contains("nothing to propose"),
        "{told}"
    );
    // No such file.
    let output = zm(folder.path(), &["propose", "none.md"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn the_example_pair_without_its_glossary_gives_the_programs_names_first() {
    let (zh, en) = ("press-review.zh.md", "press-review.en.md");
    let folder = folder(&[
        ("zhengming.toml", ""),
        (zh, include_str!("../examples/pair/press-review.zh.md")),
        (en, include_str!("../examples/pair/press-review.en.md")),
    ]);
    let aligned = out(&zm(folder.path(), &["align", zh, en, "--format", "beads"]));
    let beads: Vec<_> = aligned.lines().collect();
    assert!(beads.len() > 40);
    for (at, bead) in beads.iter().enumerate() {
        assert!(bead.starts_with(&format!("[{at}]:[{at}]")), "{bead}");
    }
    let found = pairs(folder.path(), &[zh, en]);
    let first: Vec<_> = found.iter().take(7).map(|(zh, _)| zh.as_str()).collect();
    for name in [
        "创世计划",
        "创世纪计划",
        "创世纪任务",
        "能源部",
        "工业与安全局",
        "美国科学与安全平台",
        "美中经济与安全审查委员会",
    ] {
        assert!(first.contains(&name), "{name}: {first:?}");
    }
    let missions = found.iter().filter(|(_, en)| en == "Genesis Mission");
    assert_eq!(missions.count(), 3, "{found:?}");
}
