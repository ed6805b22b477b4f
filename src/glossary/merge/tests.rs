//! Merges by example, and what holds for any.

use proptest::prelude::*;

use super::*;

#[track_caller]
fn merges(base: &str, ours: &str, theirs: &str, expected: &str) {
    let merged = by_cells(base, ours, theirs);
    assert_eq!(merged.text, expected);
    let marked = expected.contains("# zm:conflict");
    assert_eq!(merged.conflicts > 0, marked);
}

#[test]
fn edits_of_one_row_and_of_neighbors_merge() {
    merges(
        "zh\ten\tnote\n甲\tA\t\n乙\tB\t\n",
        "zh\ten\tnote\n甲\tA\tx\n乙\tB\t\n丙\tC\t\n",
        "zh\ten\tnote\n甲\tAA\t\n乙\tB | BB\t\n丁\tD\t\n",
        "zh\ten\tnote\n甲\tAA\tx\n乙\tB | BB\t\n丙\tC\t\n丁\tD\t\n",
    );
}

#[test]
fn columns_comments_and_order_survive() {
    merges(
        "# 能源\nzh\ten\n甲\tA\n# 算力\n乙\tB\n",
        "# 能源\nzh\tremark\ten\n甲\tr\tA\n# 算力\n乙\t\tB\n",
        "# 能源\nzh\ten\tby\n# 新\n丙\tC\t张\n# 算力\n乙\tB\t\n甲\tA\t李\n",
        "# 能源\nzh\tremark\ten\tby\n# 新\n丙\t\tC\t张\n# 算力\n乙\t\tB\t\n甲\tr\tA\t李\n",
    );
}

#[test]
fn cells_stay_under_their_columns() {
    // A column whose header is empty stands between others.
    merges(
        "zh\t\ten\n甲\tx\tA\n乙\t\tB\n",
        "zh\t\ten\n甲\tx\tAA\n乙\t\tB\n",
        "zh\t\ten\n甲\tx\tA\n乙\ty\tB\n",
        "zh\t\ten\n甲\tx\tAA\n乙\ty\tB\n",
    );
}

#[test]
fn a_renamed_concept_is_the_same() {
    merges(
        "zh\ten\tnote\n创世纪计划\tGenesis Mission\t\n",
        "zh\ten\tnote\n创世计划\tGenesis Mission\t\n",
        "zh\ten\tnote\n创世纪计划\tGenesis Mission\tDOE\n",
        "zh\ten\tnote\n创世计划\tGenesis Mission\tDOE\n",
    );
    merges(
        "id\tzh\ten\n1\t甲\tA\n2\t乙\tB\n",
        "id\tzh\ten\n1\t丙\tC\n2\t乙\tB\n",
        "id\tzh\ten\n2\t乙\tB\n1\t甲\tA | AA\n",
        "id\tzh\ten\n2\t乙\tB\n# zm:conflict en\n# zm:ours\t1\t丙\tC\n# zm:base\t1\t甲\tA\n# zm:theirs\t1\t丙\tA | AA\n1\t丙\tC\n"
            .replace("# zm:conflict en\n# zm:ours\t1\t丙\tC\n# zm:base\t1\t甲\tA\n# zm:theirs\t1\t丙\tA | AA\n1\t丙\tC\n", "1\t丙\tC | AA\n")
            .as_str(),
    );
}

#[test]
fn a_contradiction_is_marked_and_the_row_carries_ours() {
    let merged = "zh\ten\tnote\n# zm:conflict en\n# zm:ours\t甲\tB\tx\n# zm:base\t甲\tA\t\n# zm:theirs\t甲\tC\tx\n甲\tB\tx\n";
    merges(
        "zh\ten\tnote\n甲\tA\t\n",
        "zh\ten\tnote\n甲\tB\tx\n",
        "zh\ten\tnote\n甲\tC\t\n",
        merged,
    );
    // Merging the same once more changes nothing.
    assert_eq!(
        by_cells("zh\ten\tnote\n甲\tA\t\n", merged, "zh\ten\tnote\n甲\tC\t\n").text,
        merged
    );
    merges(
        "zh\ten\n甲\tA\n乙\tB\n",
        "zh\ten\n乙\tB\n",
        "zh\ten\n甲\tAA\n乙\tB\n",
        "zh\ten\n# zm:conflict row\n# zm:ours\n# zm:base\t甲\tA\n# zm:theirs\t甲\tAA\n甲\tAA\n乙\tB\n",
    );
    merges(
        "zh\ten\n",
        "zh\ten\n甲\tA\n",
        "zh\ten\n甲\tB\n",
        "zh\ten\n# zm:conflict en\n# zm:ours\t甲\tA\n# zm:theirs\t甲\tB\n甲\tA\n",
    );
}

#[test]
fn conflicts_that_nobody_has_settled_stay_marked() {
    let mark = |theirs: &str| {
        format!("# zm:conflict en\n# zm:ours\t甲\tA\n# zm:base\t甲\ta\n# zm:theirs\t甲\t{theirs}\n")
    };
    let file = |marks: &str, row: &str| format!("zh\ten\tnote\n{marks}甲\t{row}\n");
    let (first, second) = (mark("B"), mark("C"));
    let both = format!("{first}{second}");
    // Each side has one of its own.
    let merged = by_cells(
        &file("", "A\t"),
        &file(&first, "A\tx"),
        &file(&second, "A\t"),
    );
    assert_eq!(merged.text, file(&both, "A\tx"));
    // One side has settled one of two.
    let merged = by_cells(
        &file(&both, "A\t"),
        &file(&both, "A\tx"),
        &file(&first, "A\t"),
    );
    assert_eq!(merged.text, file(&first, "A\tx"));
    // A new one is marked beside it.
    let note =
        "# zm:conflict note\n# zm:ours\t甲\tA\tx\n# zm:base\t甲\tA\t1\n# zm:theirs\t甲\tA\ty\n";
    let merged = by_cells(&file("", "A\t1"), &file("", "A\tx"), &file(&second, "A\ty"));
    assert_eq!(merged.text, file(&format!("{second}{note}"), "A\tx"));
    assert_eq!(merged.conflicts, 1);
    let rows: Vec<_> = conflicts(&merged.text).iter().map(|c| c.row).collect();
    assert_eq!(rows, [Some(10), Some(10)]);
}

#[test]
fn what_a_side_deleted_goes() {
    merges(
        "zh\ten\tx\n甲\tA\t1\n乙\tB\t\n",
        "zh\ten\tx\n乙\tB\t\n",
        "zh\ten\n甲\tA\n乙\tB\n丙\tC\n",
        "zh\ten\n乙\tB\n丙\tC\n",
    );
    // A column that the other side has filled meanwhile stays.
    merges(
        "zh\ten\tx\n甲\tA\t1\n",
        "zh\ten\tx\n甲\tA\t2\n",
        "zh\ten\n甲\tA | B\n",
        "zh\ten\tx\n甲\tA | B\t2\n",
    );
}

#[test]
fn of_comments_alike_each_is_what_stands_above_its_row() {
    // Both took the first away, and one added a row under the other.
    merges(
        "zh\ten\n# 节\n甲\tA\n# 节\n乙\tB\n",
        "zh\ten\n甲\tA\n# 节\n丙\tC\n乙\tB\n",
        "zh\ten\n# 章\n甲\tA\n# 节\n乙\tB\n",
        "zh\ten\n# 章\n甲\tA\n# 节\n丙\tC\n乙\tB\n",
    );
}

#[test]
fn homonyms_stay_apart() {
    merges(
        "zh\ten\tsubject\n登录\tlog in\t计算机\n",
        "zh\ten\tsubject\n登录\tlog in\t计算机\n登陆\tland\t气象\n",
        "zh\ten\tsubject\n登录\tlog in\t计算机\n登陆\tgo ashore\t军事\n",
        "zh\ten\tsubject\n登录\tlog in\t计算机\n登陆\tland\t气象\n登陆\tgo ashore\t军事\n",
    );
}

#[test]
fn lists_without_header_and_other_line_ends() {
    merges(
        "甲\tA\n乙\tB\n",
        "甲\tA\n乙\tB\n丙\tC\n",
        "甲\tAA\n乙\tB\n",
        "甲\tAA\n乙\tB\n丙\tC\n",
    );
    merges(
        "zh\ten\r\n甲\tA\r\n",
        "zh\ten\r\n甲\tA\r\n乙\tB\r\n",
        "zh\ten\r\n甲\tAA\r\n",
        "zh\ten\r\n甲\tAA\r\n乙\tB\r\n",
    );
    merges(
        "zh\ten\n甲\tA",
        "zh\ten\n甲\tA\n乙\tB",
        "zh\ten\n甲\tAA",
        "zh\ten\n甲\tAA\n乙\tB",
    );
    merges(
        "",
        "zh\ten\n甲\tA\n",
        "zh\ten\n乙\tB\n",
        "zh\ten\n甲\tA\n乙\tB\n",
    );
}

/// An edit of a glossary that somebody makes.
#[derive(Debug, Clone)]
enum Edit {
    Cell(usize, usize, String),
    Add(usize, Vec<String>, u32),
    Delete(usize),
    Move(usize, usize),
    Comment(usize, String),
    Column(String),
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[甲乙丙丁戊己庚辛]{1,3}",
        2 => "[a-d]{1,3}( \\| [a-d]{1,2}){0,2}",
        1 => Just(String::new()),
        1 => "[#\\\\甲a]{1,2}",
    ]
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        5 => (any::<usize>(), any::<usize>(), cell()).prop_map(|(r, c, t)| Edit::Cell(r, c, t)),
        2 => (any::<usize>(), prop::collection::vec(cell(), 1..4), any::<u32>())
            .prop_map(|(r, t, id)| Edit::Add(r, t, id)),
        2 => any::<usize>().prop_map(Edit::Delete),
        1 => (any::<usize>(), any::<usize>()).prop_map(|(a, b)| Edit::Move(a, b)),
        1 => (any::<usize>(), "[节甲]{0,2}").prop_map(|(r, t)| Edit::Comment(r, t)),
        1 => "(note|subject|x)".prop_map(Edit::Column),
    ]
}

/// A file as header and lines: rows of cells, or a comment.
#[derive(Debug, Clone)]
struct Model {
    /// Whether the fourth column has an id for each row, and each comment is another.
    ids: bool,
    header: Vec<String>,
    lines: Vec<Result<Vec<String>, String>>,
}

impl Model {
    fn text(&self) -> String {
        let mut text = tsv::join_written(&self.header) + "\n";
        for line in &self.lines {
            match line {
                // A row whose cells are all empty is a blank line.
                Ok(cells) => text += &tsv::join_written(cells),
                Err(comment) => text = text + "# " + comment,
            }
            text.push('\n');
        }
        text
    }

    fn edited(&self, edits: &[Edit]) -> Self {
        let mut model = self.clone();
        for edit in edits {
            model.edit(edit);
        }
        model
    }

    fn edit(&mut self, edit: &Edit) {
        let count = self.lines.len();
        let at = |n: &usize| if count == 0 { 0 } else { n % count };
        match edit {
            Edit::Cell(row, column, text) => {
                let width = self.header.len();
                if let Some(Ok(cells)) = self.lines.get_mut(at(row)) {
                    cells.resize(width, String::new());
                    let column = column % width;
                    let id = self.ids && column == ID;
                    cells[if id { 0 } else { column }].clone_from(text);
                }
            }
            Edit::Add(row, cells, id) => {
                let mut cells = cells.clone();
                cells.resize(self.header.len(), String::new());
                if self.ids {
                    cells[ID] = id.to_string();
                }
                self.lines.insert(at(row), Ok(cells));
            }
            Edit::Delete(row) if count > 0 => drop(self.lines.remove(at(row))),
            Edit::Move(from, to) if count > 0 => {
                let line = self.lines.remove(at(from));
                let to = to % count.max(1);
                self.lines.insert(to.min(self.lines.len()), line);
            }
            Edit::Comment(row, text) => {
                let text = if self.ids {
                    format!("{text}{row}")
                } else {
                    text.clone()
                };
                self.lines.insert(at(row), Err(text));
            }
            Edit::Column(name) if !self.header.contains(name) => {
                self.header.push(name.clone());
                for cells in self.lines.iter_mut().flatten() {
                    cells.push(String::new());
                }
            }
            _ => {}
        }
    }
}

/// The column of ids in a model that has them.
const ID: usize = 3;

fn model(ids: bool) -> impl Strategy<Value = Model> {
    let row = prop::collection::vec(cell(), 3).prop_map(Ok);
    let line = prop_oneof![5 => row, 1 => "[节甲]{0,2}".prop_map(Err)];
    prop::collection::vec(line, 0..9).prop_map(move |mut lines| {
        let mut header = ["zh", "en", "zh_avoid"].map(str::to_owned).to_vec();
        if ids {
            header.push("id".to_owned());
            for (id, line) in lines.iter_mut().enumerate() {
                match line {
                    Ok(cells) => cells.push(format!("c{id}")),
                    Err(comment) => *comment += &id.to_string(),
                }
            }
        }
        Model { ids, header, lines }
    })
}

/// How many cases a property is tried on: `MERGES=10000 cargo test merge` tries more.
fn cases() -> ProptestConfig {
    let asked = std::env::var("MERGES").ok().and_then(|n| n.parse().ok());
    ProptestConfig {
        cases: asked.unwrap_or(100),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Every term and word of a version that its base does not have.
fn news(text: &str, base: &str) -> Vec<String> {
    let old: HashSet<String> = words(base).collect();
    words(text).filter(|word| !old.contains(word)).collect()
}

/// The words of a file, plain: a backslash may be written in two ways, and one
/// before a `#` at the beginning of a row belongs to no word.
fn words(text: &str) -> impl Iterator<Item = String> {
    let rows = text.lines().flat_map(|line| match line.split_once('\t') {
        // A version in a mark is a row.
        Some((mark, row)) if mark.starts_with("# zm:") => [mark, row],
        _ => [line, ""],
    });
    let words = rows.flat_map(|row| tsv::written_cells(row).flat_map(|cell| cell.split('|')));
    let words = words.map(str::trim).filter(|word| !word.is_empty());
    words.map(|word| tsv::unescape(word).into_owned())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_side_that_changed_nothing_has_no_say(a in model(false), edits in prop::collection::vec(edit(), 0..6)) {
        let b = a.edited(&edits).text();
        let a = a.text();
        for (base, ours, theirs) in [(&a, &a, &b), (&a, &b, &a), (&a, &b, &b)] {
            let merged = by_cells(base, ours, theirs);
            prop_assert_eq!(&merged.text, &b);
            prop_assert_eq!(merged.conflicts, 0);
        }
    }

    #[test]
    fn nothing_is_lost(
        base in model(false),
        ours in prop::collection::vec(edit(), 0..6),
        theirs in prop::collection::vec(edit(), 0..6),
    ) {
        let (o, t) = (base.edited(&ours).text(), base.edited(&theirs).text());
        let b = base.text();
        let merged = by_cells(&b, &o, &t);
        for new in news(&o, &b).into_iter().chain(news(&t, &b)) {
            let there = words(&merged.text).any(|word| word == new);
            prop_assert!(there, "lost {new:?}:\n{b}--\n{o}--\n{t}--\n{}", merged.text);
        }
        prop_assert_eq!(conflicts(&merged.text).len(), merged.conflicts);
        // What both left as it was is there, as often as both left it.
        let width = |text: &str| text.lines().next().map_or(0, |l| l.split('\t').count());
        if width(&o) == width(&b) && width(&t) == width(&b) {
            for line in b.lines() {
                let times = |text: &str| text.lines().filter(|l| *l == line).count();
                let [was, ours, theirs] = [&b, &o, &t].map(|text| times(text));
                // What both added is one addition.
                let left = (ours + theirs).saturating_sub(was).min(ours.max(theirs));
                prop_assert!(times(&merged.text) >= left, "lost {line:?}");
            }
        }
    }

    #[test]
    fn sides_are_alike(
        base in model(false),
        ours in prop::collection::vec(edit(), 0..6),
        theirs in prop::collection::vec(edit(), 0..6),
    ) {
        let (o, t) = (base.edited(&ours).text(), base.edited(&theirs).text());
        let b = base.text();
        let merged = by_cells(&b, &o, &t);
        let other = by_cells(&b, &t, &o);
        prop_assert_eq!(merged.conflicts, other.conflicts);
        if merged.conflicts == 0 {
            let sorted = |text: &str| {
                let words = text.split(['\t', '\n', '|']);
                let mut words: Vec<String> = words.map(|w| w.trim().to_owned()).collect();
                words.sort();
                words
            };
            prop_assert_eq!(sorted(&merged.text), sorted(&other.text));
        }
    }

    /// Where it is certain which row and which comment is which.
    #[test]
    fn merging_again_changes_nothing(
        base in model(true),
        ours in prop::collection::vec(edit(), 0..6),
        theirs in prop::collection::vec(edit(), 0..6),
    ) {
        let (o, t) = (base.edited(&ours).text(), base.edited(&theirs).text());
        let b = base.text();
        let merged = by_cells(&b, &o, &t);
        let again = by_cells(&b, &merged.text, &t);
        prop_assert_eq!(again.text, merged.text);
    }
}
