use std::fs;

use super::*;
use crate::glossary::{Column, NewRow};
use crate::intake::Ask;
use crate::lang::Lang;
use crate::project::Project;

const ZH: &str = "能源部宣布启动“创世计划”（Genesis Mission）。各方应当配合。\n\n\
                  有媒体称“创世纪计划”（Genesis Mission）。另有报道称“创世纪任务”（Genesis Mission）。\n";

fn desk() -> (tempfile::TempDir, Project) {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("glossaries")).unwrap();
    fs::write(
        folder.path().join("glossaries/a.tsv"),
        "zh\ten\n能源部\tDOE\n",
    )
    .unwrap();
    fs::write(folder.path().join("report.zh.md"), ZH).unwrap();
    let project = Project::open(folder.path()).unwrap();
    (folder, project)
}

fn list(project: &Project) -> List {
    let root = project.root.clone().unwrap();
    let ask = Ask {
        paths: vec![root.join("report.zh.md")],
        ..Ask::default()
    };
    let gathered = gather(project, &ask).unwrap();
    List::new(gathered, &project.glossary().unwrap().value)
}

fn find(list: &List, zh: &str) -> usize {
    let mut items = list.items.iter();
    items.position(|item| item.proposal.zh == zh).unwrap()
}

#[test]
fn one_english_name_with_several_chinese_ones_stands_together() {
    let (_folder, project) = desk();
    let list = list(&project);
    let all: Vec<usize> = ["创世计划", "创世纪计划", "创世纪任务"]
        .map(|zh| find(&list, zh))
        .into();
    let (first, last) = (all.iter().min().unwrap(), all.iter().max().unwrap());
    assert_eq!(last - first, 2, "{:?}", list.items);
    let group = |at: &usize| list.items[*at].group;
    assert!(all.iter().all(|at| group(at) == group(first)));
}

#[test]
fn a_decision_is_written_and_taken_back() {
    let (folder, project) = desk();
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    let mut list = list(&project);
    let before = read("glossaries/a.tsv");
    let at = find(&list, "创世计划");
    let row = NewRow {
        zh: "创世计划".into(),
        en: "Genesis Mission".into(),
        proposed: true,
        ..NewRow::default()
    };
    let choice = Choice::Accept(Box::new(row));
    let write = |choice: &Choice| {
        let known = project.glossary().unwrap().value;
        choice.write(&project, &known).map(|(kept, _)| kept)
    };
    list.begin(at);
    assert!(list.writing());
    list.settle(at, write(&choice).map_err(|_| ()));
    assert!(read("glossaries/a.tsv").contains("创世计划\tGenesis Mission\tproposed"));
    assert!(write(&choice).is_err(), "it is there already");

    // The next one is kin to it, and goes into it.
    let other = find(&list, "创世纪计划");
    let kin = list.kin(other);
    assert_eq!((kin.len(), kin[0].same), (1, Lang::En));
    let addition = Addition {
        was: kin[0].zh.clone(),
        lang: Lang::Zh,
        column: Column::Avoid,
        term: "创世纪计划".into(),
    };
    let merge = Choice::Merge(kin[0].origin.clone(), vec![addition]);
    list.settle(other, write(&merge).map_err(|_| ()));
    assert!(read("glossaries/a.tsv").contains("proposed\t创世纪计划"));

    let third = find(&list, "创世纪任务");
    let reject = Choice::Reject {
        zh: "创世纪任务".into(),
        en: "Genesis Mission".into(),
    };
    list.settle(third, write(&reject).map_err(|_| ()));
    assert!(
        rejected(&project)
            .unwrap()
            .has("创世纪任务", "genesis missions")
    );
    assert_eq!((list.tally().accepted, list.tally().rejected), (2, 1));

    for _ in 0..3 {
        let (at, kept) = list.last().unwrap();
        let back = write(&Choice::TakeBack(kept.clone()));
        list.settle(at, back.map_err(|_| ()));
    }
    assert!(list.last().is_none() && list.kin(other).is_empty());
    assert!(
        !rejected(&project)
            .unwrap()
            .has("创世纪任务", "Genesis Mission")
    );
    let after = read("glossaries/a.tsv");
    let first = |text: &str| text.lines().nth(1).unwrap().trim().to_owned();
    assert_eq!((after.lines().count(), first(&after)), (2, first(&before)));
}

#[test]
fn places_show_both_terms_in_inflected_forms_and_in_brackets() {
    let (_folder, project) = desk();
    let list = list(&project);
    let places = places(&list.material, "创世计划", "Genesis Mission");
    assert_eq!((places.both, places.en), (1, 2));
    let spot = &places.spots[0];
    let found: Vec<&str> = spot.spans.zh.iter().map(|s| s.of(&spot.texts.zh)).collect();
    assert_eq!(found, ["创世计划", "Genesis Mission"]);
    assert_eq!(spot.line, Some(1));
}
