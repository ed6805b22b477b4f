//! The screen: keys in, screen out. The worker is run in place, so there are no
//! threads, no clock and no waiting here.
//!
//! Whole screens are kept in `tests/screens/`; `SNAPSHOTS=overwrite cargo test`
//! writes them anew.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crossterm::event::{Event, KeyEvent};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use unicode_width::UnicodeWidthStr;

use zhengming::project::Project;
use zhengming::review::Reading;
use zhengming::tui::action::{Action, Answer, Effect, ToAlign};
use zhengming::tui::command::Command;
use zhengming::tui::draw::draw;
use zhengming::tui::key::{Key, Keymap};
use zhengming::tui::panel::page;
use zhengming::tui::perform::Worker;
use zhengming::tui::state::State;
use zhengming::tui::theme::Theme;
use zhengming::tui::update::{action_for, update};

mod support;
use support::folder;

const GLOSSARY: &str = "\
zh\ten\ten_admitted\ten_abbr\ten_avoid\tsubject
能源部\tDepartment of Energy\t\tDOE\tEnergy Ministry\t美国政府
创世计划\tGenesis Mission\t\t\tCreation Plan\t人工智能
行政令\texecutive order\tpresidential order\t\t\t美国政府
";

const MEMORY: &str = "\
zh\ten\tfrom\tdocument
白宫周一发布行政令。\tThe White House issued an executive order on Monday.\tzh\tnews
供应链韧性十分重要。\tSupply chain resilience matters a great deal.\tzh\tbrief
供应链安全成为重点。\tSupply chain security has become a priority.\tzh\tbrief
能源部启动创世计划，投入300亿美元。\tThe Department of Energy launched the Genesis Mission with US$30 billion.\tzh\tnews
";

const REPORT: &str = "\
# 创世计划

白宫周一发布行政令。能源部将启动“创世计划”，首期投入500亿美元。

- 供应链韧性是重点。
- 各方应当配合。

各方应当配合。
";

/// A workspace in a folder of its own, with the screen in front of it.
struct Desk {
    folder: tempfile::TempDir,
    state: State,
    worker: Worker,
    terminal: Terminal<TestBackend>,
    clipboard: String,
    ended: bool,
}

impl Desk {
    fn new(size: (u16, u16)) -> Self {
        let files = [
            ("glossaries/terms.tsv", GLOSSARY),
            ("memories/policy.tsv", MEMORY),
            ("report.zh.md", REPORT),
        ];
        Self::at(folder(&files), size)
    }

    fn at(folder: tempfile::TempDir, size: (u16, u16)) -> Self {
        let project = Project::open(folder.path()).unwrap();
        let (keys, _) = Keymap::new(&BTreeMap::new());
        let mut state = State::new(keys, Theme::COLOR);
        state.size = size;
        state.now = String::from("2025-11-24T08:00:00Z");
        let mut desk = Self {
            folder,
            state,
            worker: Worker::new(project),
            terminal: Terminal::new(TestBackend::new(size.0, size.1)).unwrap(),
            clipboard: String::new(),
            ended: false,
        };
        desk.follow(vec![Effect::Survey, Effect::Learn, Effect::Recall]);
        desk
    }

    /// The desk with the report open.
    fn translating(size: (u16, u16)) -> Self {
        let mut desk = Self::new(size);
        desk.press("Enter");
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_default()
    }

    /// Leaves, and comes back in a new program.
    fn reopened(mut self) -> Self {
        self.press("Ctrl+Q");
        assert!(self.ended);
        let (columns, rows) = self.state.size;
        let mut desk = Self::at(self.folder, (columns, rows));
        desk.press("Enter");
        desk
    }

    fn act(&mut self, action: Action) {
        let effects = update(&mut self.state, action);
        self.follow(effects);
    }

    fn follow(&mut self, mut effects: Vec<Effect>) {
        while !effects.is_empty() {
            let effect = effects.remove(0);
            match effect {
                Effect::Clipboard(text) => self.clipboard = text,
                Effect::Quit => self.ended = true,
                effect => {
                    for answer in self.worker.perform(effect) {
                        effects.extend(update(&mut self.state, Action::Answer(answer)));
                    }
                }
            }
        }
    }

    /// Presses keys, by name, parted by spaces.
    fn press(&mut self, keys: &str) {
        for name in keys.split_whitespace() {
            let key: Key = name.parse().unwrap();
            let event = Event::Key(KeyEvent::new(key.code, key.modifiers));
            if let Some(action) = action_for(&self.state, event) {
                self.act(action);
            }
        }
    }

    fn type_text(&mut self, text: &str) {
        for c in text.chars() {
            self.act(Action::Type(c));
        }
    }

    fn target(&self) -> &str {
        self.state.editor.as_ref().unwrap().line.text()
    }

    fn segment(&self) -> usize {
        self.state.editor.as_ref().unwrap().at + 1
    }

    fn message(&self) -> &str {
        self.state.message.as_ref().map_or("", |m| &m.text)
    }

    /// The screen as text. The second cell of a wide character is skipped.
    fn screen(&mut self) -> String {
        self.terminal
            .draw(|frame| draw(&self.state, frame))
            .unwrap();
        let buffer = self.terminal.backend().buffer();
        let mut text = String::new();
        for y in 0..buffer.area.height {
            let mut line = String::new();
            let mut x = 0;
            while x < buffer.area.width {
                let symbol = buffer[(x, y)].symbol();
                line.push_str(symbol);
                x += (symbol.width() as u16).max(1);
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }

    /// Compares the screen with the one kept under this name.
    fn looks_like(&mut self, name: &str) {
        let screen = self.screen();
        let kept = PathBuf::from(format!("tests/screens/{name}.txt"));
        snapbox::Assert::new()
            .action_env("SNAPSHOTS")
            .eq(screen, snapbox::Data::read_from(&kept, None).raw());
    }
}

#[test]
fn home_lists_documents_glossaries_and_memories() {
    let mut desk = Desk::new((80, 24));
    desk.state.home.survey.name = "policy".to_owned();
    desk.looks_like("home");
}

#[test]
fn a_document_opens_at_its_first_open_segment_with_terms_and_matches() {
    let mut desk = Desk::translating((80, 24));
    desk.press("PgDn PgDn");
    assert_eq!(desk.segment(), 3);
    desk.looks_like("editor-80x24");
}

#[test]
fn a_wide_screen_shows_terms_beside() {
    let mut desk = Desk::translating((160, 50));
    desk.press("PgDn PgDn");
    desk.type_text("The Energy Ministry");
    desk.looks_like("editor-160x50");
}

#[test]
fn a_tiny_screen_says_so_and_nothing_breaks() {
    for size in [(1, 1), (10, 3), (39, 9), (40, 10), (41, 200), (300, 10)] {
        let mut desk = Desk::translating(size);
        for keys in [
            "",
            "Ctrl+P",
            "Esc Alt+h",
            "Esc Ctrl+G",
            "Esc Ctrl+D",
            "Esc Ctrl+F",
            "Esc F9",
            "Esc Ctrl+R a",
            "Esc Tab",
        ] {
            desk.press(keys);
            desk.screen();
        }
    }
    let mut desk = Desk::new((10, 3));
    let screen = desk.screen();
    assert!(screen.starts_with("zm needs\n40x10,"), "{screen}");
}

#[test]
fn what_cannot_be_seen_is_not_typed() {
    let mut desk = Desk::translating((80, 24));
    desk.type_text("The");
    desk.act(Action::Resize(10, 3));
    desk.type_text("x");
    desk.press("Backspace Enter Alt+1 Ctrl+F");
    desk.act(Action::Paste("x".into()));
    desk.act(Action::Resize(80, 24));
    assert_eq!((desk.target(), desk.segment()), ("The", 1));
    desk.act(Action::Resize(10, 3));
    desk.press("Ctrl+Q");
    assert!(desk.ended);
}

#[test]
fn a_term_is_put_in_and_its_synonyms_follow() {
    let mut desk = Desk::translating((80, 24));
    desk.press("PgDn PgDn");
    desk.type_text("The");
    desk.press("Alt+1");
    assert_eq!(desk.target(), "The Department of Energy");
    desk.press("Alt+1");
    assert_eq!(desk.target(), "The DOE");
    desk.press("Alt+1");
    assert_eq!(desk.target(), "The Department of Energy");
    desk.type_text(" launched the");
    desk.press("Alt+2 Alt+3");
    assert!(
        desk.target().contains("the Genesis Mission US$50 billion"),
        "{}",
        desk.target()
    );
    desk.press("Ctrl+Z Ctrl+Z");
    assert_eq!(desk.target(), "The Department of Energy launched the");
    desk.press("Ctrl+Y");
    assert_eq!(
        desk.target(),
        "The Department of Energy launched the Genesis Mission"
    );
}

#[test]
fn a_match_is_put_in_repaired() {
    let mut desk = Desk::translating((80, 24));
    desk.press("PgDn");
    desk.press("F5");
    assert_eq!(
        desk.target(),
        "The White House issued an executive order on Monday."
    );
    desk.press("Ctrl+Z");
    assert_eq!(desk.target(), "");
    desk.press("Alt+t");
    assert!(desk.screen().contains("Alt+t …"));
    desk.press("1");
    assert_eq!(
        desk.target(),
        "The White House issued an executive order on Monday."
    );
}

#[test]
fn confirming_goes_on_saves_and_remembers() {
    let mut desk = Desk::translating((80, 24));
    assert_eq!(desk.segment(), 1);
    desk.press("Alt+1 Enter");
    assert_eq!(desk.segment(), 2);
    assert!(desk.read("report.zh.md.zm.tsv").contains("Genesis Mission"));
    assert!(
        desk.read("memories/journal.tsv")
            .contains("Genesis Mission")
    );
    assert!(desk.screen().contains("✓ saved"), "{}", desk.screen());
}

#[test]
fn an_error_is_shown_and_a_second_enter_counts() {
    let mut desk = Desk::translating((80, 24));
    desk.type_text("The Creation Plan");
    assert!(
        desk.screen().contains("term-forbidden"),
        "{}",
        desk.screen()
    );
    desk.press("Enter");
    assert_eq!(desk.segment(), 1, "the error holds it");
    assert!(
        desk.message().starts_with("Enter once more") && desk.message().contains("Creation Plan"),
        "{}",
        desk.message()
    );
    desk.press("Enter");
    assert_eq!(desk.segment(), 2);
}

#[test]
fn a_fix_is_accepted_and_an_issue_is_let_stand() {
    let mut desk = Desk::translating((80, 24));
    desk.type_text("The Creation Plan");
    desk.press("Alt+.");
    assert_eq!(desk.target(), "The Genesis Mission");
    assert!(desk.screen().contains("no issues"), "{}", desk.screen());
    desk.press("Ctrl+Z Alt+i");
    assert!(desk.screen().contains("no issues"), "{}", desk.screen());
    assert!(desk.screen().contains("zm:allow term-forbidden"));
    let desk = desk.reopened();
    let unit = desk.state.editor.as_ref().unwrap().session.unit(0).unwrap();
    assert_eq!(unit.note, "zm:allow term-forbidden");
}

#[test]
fn an_issue_of_a_second_row_is_found_and_put_right_there() {
    let mut desk = Desk::translating((80, 24));
    desk.type_text("The");
    desk.press("Alt+Enter");
    desk.type_text("Creation Plan");
    desk.press("F8");
    let line = &desk.state.editor.as_ref().unwrap().line;
    assert_eq!(line.selected(), "Creation Plan");
    desk.press("Alt+.");
    assert_eq!(desk.target(), "The\nGenesis Mission");
}

#[test]
fn what_is_missing_is_never_put_behind_the_full_stop() {
    let mut desk = Desk::translating((80, 24));
    desk.press("PgDn");
    let typed = "The White House issued a decree on Monday.";
    desk.type_text(typed);
    desk.press("Alt+.");
    assert_eq!(desk.target(), typed);
    assert!(
        desk.message().contains("executive order") && desk.message().contains("belongs"),
        "{}",
        desk.message()
    );
    assert!(!desk.screen().contains("no issues"), "{}", desk.screen());
    for _ in 0.."decree on Monday.".len() {
        desk.press("Left");
    }
    desk.press("Alt+.");
    assert_eq!(
        desk.target(),
        "The White House issued a executive orderdecree on Monday."
    );
}

#[test]
fn half_a_link_goes_round_the_selected_words() {
    let files = [
        ("glossaries/terms.tsv", GLOSSARY),
        ("a.zh.md", "见[附件](https://a.example/b)。\n"),
    ];
    let mut desk = Desk::at(folder(&files), (80, 24));
    desk.press("Enter");
    desk.type_text("See the annex.");
    desk.press("Alt+.");
    assert_eq!(desk.target(), "See the annex.");
    assert!(desk.message().contains("select them"), "{}", desk.message());
    desk.press("Left");
    for _ in 0.."annex".len() {
        desk.press("Shift+Left");
    }
    desk.press("Alt+.");
    assert_eq!(desk.target(), "See the [annex](https://a.example/b).");
    assert!(desk.screen().contains("no issues"), "{}", desk.screen());
}

#[test]
fn repetitions_are_filled_and_undo_takes_all_back() {
    let mut desk = Desk::translating((80, 24));
    desk.press("PgDn PgDn PgDn PgDn");
    assert_eq!(desk.segment(), 5);
    desk.type_text("All parties should cooperate.");
    desk.press("Enter");
    assert!(desk.message().contains("1 more"), "{}", desk.message());
    let session = &desk.state.editor.as_ref().unwrap().session;
    assert!(session.unit(5).unwrap().state.confirmed());
    desk.press("Ctrl+Z");
    assert_eq!(desk.segment(), 5);
    assert_eq!(desk.target(), "All parties should cooperate.");
    let session = &desk.state.editor.as_ref().unwrap().session;
    assert!(!session.unit(4).unwrap().state.confirmed());
    assert_eq!(session.unit(5).unwrap().target, "");
    let journal = desk.read("memories/journal.tsv");
    assert!(journal.contains("unconfirmed"), "{journal}");
    desk.press("Ctrl+Y");
    let session = &desk.state.editor.as_ref().unwrap().session;
    assert!(session.unit(5).unwrap().state.confirmed());
}

#[test]
fn the_concordance_shows_both_sides_and_puts_the_rendering_in() {
    let mut desk = Desk::translating((80, 24));
    desk.press("PgDn PgDn PgDn");
    desk.press("Tab Shift+Right Shift+Right Shift+Right Ctrl+F");
    desk.looks_like("concordance");
    desk.press("Enter");
    assert_eq!(desk.target(), "Supply chain");
}

#[test]
fn a_term_is_added_from_selections_and_helps_at_once() {
    let mut desk = Desk::translating((80, 24));
    desk.press("PgDn PgDn PgDn");
    desk.type_text("resilience");
    desk.press("Ctrl+Shift+Left Tab Right Right Right Shift+Right Shift+Right Ctrl+G");
    desk.looks_like("add-term");
    desk.press("Enter");
    assert!(
        desk.read("glossaries/terms.tsv")
            .contains("韧性\tresilience"),
        "{}",
        desk.message()
    );
    let said = "added: glossaries/terms.tsv:5: 韧性 = resilience";
    assert_eq!(desk.message(), said);
    assert!(desk.screen().contains("1) resilience"), "{}", desk.screen());
}

#[test]
fn a_term_just_added_is_what_undo_takes_back() {
    let mut desk = Desk::translating((80, 24));
    let before = desk.read("glossaries/terms.tsv");
    let add = "Ctrl+Shift+Left Tab Home Right Right Right Shift+Right Shift+Right Ctrl+G Enter";
    desk.press("PgDn PgDn PgDn");
    desk.type_text("resilience");
    desk.press(add);
    desk.press("Ctrl+Z");
    let said = "taken back: glossaries/terms.tsv:5: 韧性 = resilience";
    assert_eq!(desk.message(), said);
    assert_eq!(desk.read("glossaries/terms.tsv"), before);
    assert_eq!(desk.target(), "resilience");
    desk.press("Ctrl+Z");
    assert_eq!(desk.target(), "");
    // What was typed since comes first, and the term stays.
    desk.type_text("resilience");
    desk.press(add);
    desk.type_text("!");
    desk.press("Ctrl+Z");
    assert!(desk.read("glossaries/terms.tsv").contains("resilience"));
}

#[test]
fn the_rendering_put_in_last_is_the_one_to_avoid() {
    let mut desk = Desk::translating((80, 24));
    desk.press("PgDn PgDn Alt+1 Alt+x");
    assert!(
        desk.screen().contains("never ✗ › Department of Energy"),
        "{}",
        desk.screen()
    );
}

#[test]
fn a_rendering_is_marked_as_one_to_avoid() {
    let mut desk = Desk::translating((80, 24));
    desk.type_text("Big Bang Program");
    desk.press("Alt+a Alt+x");
    assert!(
        desk.screen().contains("never ✗ › Big Bang Program"),
        "{}",
        desk.screen()
    );
    desk.press("Enter");
    assert!(
        desk.read("glossaries/terms.tsv")
            .contains("Big Bang Program")
    );
    assert!(
        desk.screen().contains("term-forbidden"),
        "{}",
        desk.screen()
    );
}

#[test]
fn the_term_selected_in_the_source_is_the_one_that_is_edited() {
    let mut desk = Desk::translating((80, 24));
    desk.press("PgDn PgDn Tab Home");
    let source = "能源部将启动“创世计划”，首期投入500亿美元。";
    let before = source.split("创世计划").next().unwrap().chars().count();
    for _ in 0..before {
        desk.press("Right");
    }
    desk.press("Shift+Right Shift+Right Shift+Right Shift+Right Ctrl+E");
    let screen = desk.screen();
    assert!(screen.contains("创世计划 = Genesis Mission"), "{screen}");
    desk.press("Esc Home Right Right Right Shift+Right Ctrl+E");
    assert!(
        desk.message().contains("no term here"),
        "{}",
        desk.message()
    );
}

#[test]
fn a_filter_narrows_and_escape_widens() {
    let mut desk = Desk::translating((80, 24));
    desk.press("Alt+f");
    desk.type_text("配合");
    desk.press("Enter");
    assert_eq!(desk.segment(), 5);
    desk.press("PgDn");
    assert_eq!(desk.segment(), 6);
    desk.press("PgDn");
    assert_eq!(desk.segment(), 6);
    desk.press("Esc PgUp PgUp");
    assert_eq!(desk.segment(), 4);
    desk.press("Alt+f");
    desk.type_text(":open");
    desk.press("Enter");
    assert!(desk.message().contains("6 segments"), "{}", desk.message());
}

#[test]
fn the_palette_finds_by_english_chinese_and_number() {
    let mut desk = Desk::translating((80, 24));
    for query in ["copy-so", "复制原文"] {
        desk.press("Ctrl+P");
        desk.type_text(query);
        desk.press("Enter");
        assert_eq!(desk.target(), "创世计划", "{query}");
        desk.press("Ctrl+Z");
        assert_eq!(desk.target(), "", "{query}");
    }
    desk.press("Ctrl+P");
    desk.type_text("4");
    desk.looks_like("palette");
    desk.press("Enter");
    assert_eq!(desk.segment(), 4);
}

#[test]
fn a_file_is_imported_after_a_look_at_what_it_would_change() {
    let mut desk = Desk::new((80, 24));
    let rows = "术语,译名,备注\n算力,computing power,新\n能源部,DOE,\n创世计划,Creation Plan,\n行政令,executive order,白宫\n无译名,,\n";
    fs::write(desk.path("client.csv"), rows).unwrap();
    desk.press("i");
    desk.type_text("client.csv");
    desk.press("Enter");
    desk.state.home.survey.name = "policy".to_owned();
    desk.looks_like("import");
    assert_eq!(
        desk.read("glossaries/terms.tsv"),
        GLOSSARY,
        "nothing is written yet"
    );
    desk.press("Enter");
    assert_eq!(
        desk.message(),
        "1 concept added, 1 changed in glossaries/terms.tsv; not taken: 1 in conflict, 1 rejected"
    );
    let written = desk.read("glossaries/terms.tsv");
    assert!(written.contains("算力\tcomputing power\t"), "{written}");
    // Leaving writes nothing, and a file that is not there is said.
    desk.press("i");
    desk.type_text("client.csv");
    desk.press("Enter");
    assert!(!desk.screen().contains("Enter write"));
    desk.press("Esc i");
    desk.type_text("none.csv");
    desk.press("Enter");
    assert!(
        desk.message().contains("no such file"),
        "{}",
        desk.message()
    );
    assert_eq!(desk.read("glossaries/terms.tsv"), written);
}

#[test]
fn how_a_file_is_imported_is_said_on_the_screen() {
    let table = "zh\ten\n创世计划\tGenesis Mission\n";
    let mut desk = Desk::at(folder(&[("glossaries/terms.tsv", table)]), (160, 50));
    let rows =
        "甲列,乙列\n创世计划,Genesis Project\n算力/计算能力,computing power; compute\n芯片,\n";
    let bytes = encoding_rs::GB18030.encode(rows).0.into_owned();
    fs::write(desk.path("client.csv"), bytes).unwrap();
    desk.press("i");
    desk.type_text("client.csv");
    desk.press("Down");
    desk.type_text("perhaps");
    desk.press("Enter");
    assert!(
        desk.message().contains("keep, take, both or stop"),
        "{}",
        desk.message()
    );
    desk.press("Alt+a Backspace Enter");
    let screen = desk.screen();
    for part in [
        "1 in conflict: the glossary's row stays",
        "en: Genesis Mission ≠ Genesis Project",
        "hold more than one term, and stay as they are",
        "e read otherwise",
    ] {
        assert!(screen.contains(part), "{part}: {screen}");
    }
    // What was said stands in the form again; Esc leads back to the page.
    desk.press("e Esc");
    assert!(desk.screen().contains("e read otherwise"));
    desk.press("e Down");
    desk.press("Alt+a Backspace");
    desk.type_text("t");
    desk.press("Down Alt+a Backspace");
    desk.type_text("yes");
    desk.press("Down Alt+a Backspace");
    desk.type_text("yes");
    desk.press("Down");
    desk.type_text("zh=甲列, en=B");
    desk.press("Down");
    desk.type_text("gbk");
    desk.press("Enter");
    let screen = desk.screen();
    for part in [
        "1 in conflict: the file's text is taken",
        "en: Genesis Mission → Genesis Project",
        "are parted",
    ] {
        assert!(screen.contains(part), "{part}: {screen}");
    }
    desk.press("Enter");
    let written = desk.read("glossaries/terms.tsv");
    for part in ["创世计划\tGenesis Project", "芯片\t", "计算能力"] {
        assert!(written.contains(part), "{part}: {written}");
    }
}

#[test]
fn a_file_that_is_refused_is_asked_for_again_as_it_was() {
    let mut desk = Desk::new((80, 24));
    fs::write(desk.path("list.csv"), "a,b\n算力,calcul\n").unwrap();
    desk.press("i");
    desk.type_text("list.csv");
    desk.press("Down Down Down Down");
    desk.type_text("zh=c");
    desk.press("Enter");
    assert!(desk.message().contains("`c`"), "{}", desk.message());
    let screen = desk.screen();
    assert!(screen.contains("file › list.csv"), "{screen}");
    assert!(screen.contains("columns › zh=c"), "{screen}");
    // So it is where it was left with Esc.
    desk.press("Esc i");
    assert!(desk.screen().contains("columns › zh=c"));
    desk.press("Down Down Down Down Alt+a Backspace Down");
    desk.type_text("nonsense");
    desk.press("Enter");
    let screen = desk.screen();
    assert!(desk.message().contains("`nonsense`"), "{}", desk.message());
    assert!(screen.contains("encoding › nonsense"), "{screen}");
}

#[test]
fn the_name_of_a_file_is_completed() {
    let mut desk = Desk::new((80, 24));
    for name in ["客户/术语一.csv", "客户/术语二.csv"] {
        fs::create_dir_all(desk.path("客户")).unwrap();
        fs::write(desk.path(name), "zh,en\n算力,computing power\n").unwrap();
    }
    desk.press("i");
    desk.type_text("客");
    desk.press("Tab");
    assert!(desk.screen().contains("file › 客户/"), "{}", desk.screen());
    desk.press("Tab");
    assert!(desk.screen().contains("file › 客户/术语"));
    assert_eq!(desk.message(), "术语一.csv  术语二.csv");
    desk.type_text("二");
    desk.press("Tab Enter");
    let screen = desk.screen();
    assert!(screen.contains("Import 客户/术语二.csv"), "{screen}");
}

#[test]
fn what_is_added_at_home_goes_to_the_selected_glossary() {
    let files = [
        ("glossaries/first.tsv", GLOSSARY),
        ("glossaries/second.tsv", "zh\ten\n算法\talgorithm\n"),
        ("report.zh.md", REPORT),
    ];
    let mut desk = Desk::at(folder(&files), (80, 24));
    fs::write(desk.path("client.csv"), "术语,译名\n算力,computing power\n").unwrap();
    desk.press("Down Down i");
    assert!(
        desk.screen().contains("into second.tsv"),
        "{}",
        desk.screen()
    );
    desk.type_text("client.csv");
    desk.press("Enter Enter");
    let second = desk.read("glossaries/second.tsv");
    assert!(second.contains("算力\tcomputing power"), "{second}");
    assert_eq!(desk.read("glossaries/first.tsv"), GLOSSARY);
    desk.press("Ctrl+G");
    let screen = desk.screen();
    assert!(
        screen.contains("Add a concept to glossaries/second.tsv"),
        "{screen}"
    );
}

#[test]
fn every_row_of_an_import_can_be_reached() {
    let mut desk = Desk::new((80, 24));
    let rows: Vec<String> = (0..500).map(|n| format!("第{n}号词,term {n}")).collect();
    fs::write(
        desk.path("long.csv"),
        format!("zh,en\n{}\n", rows.join("\n")),
    )
    .unwrap();
    desk.press("i");
    desk.type_text("long.csv");
    desk.press("Enter");
    let screen = desk.screen();
    assert!(screen.contains("500 new"), "{screen}");
    desk.press("End");
    let screen = desk.screen();
    assert!(screen.contains("第499号词 = term 499"), "{screen}");
    let tables = "# 甲\n\n| 中文 | English |\n| --- | --- |\n| 算力 | computing power |\n\n# 乙\n\n| English | 中文 |\n| --- | --- |\n| chip | 芯片 |\n";
    fs::write(desk.path("tables.md"), tables).unwrap();
    desk.press("Esc i");
    desk.type_text("tables.md");
    desk.press("Enter");
    let screen = desk.screen();
    assert_eq!(screen.matches("\n table ").count(), 2, "{screen}");
}

#[test]
fn what_comes_while_somebody_types_waits_until_it_is_asked_for() {
    let mut desk = Desk::new((80, 24));
    fs::write(desk.path("client.csv"), "术语,译名\n算力,computing power\n").unwrap();
    desk.press("i");
    desk.type_text("client.csv");
    let asked = update(&mut desk.state, Action::Command(Command::Choose));
    desk.press("/");
    desk.type_text("芯片");
    desk.follow(asked);
    assert_eq!(desk.state.concordance.line.text(), "芯片");
    desk.press("Enter");
    assert_eq!(desk.read("glossaries/terms.tsv"), GLOSSARY);
    let screen = desk.screen();
    assert!(screen.contains("reading client.csv: done"), "{screen}");
    // Asked for again it is shown at once, and only then written.
    desk.press("i");
    let screen = desk.screen();
    assert!(screen.contains("Import client.csv"), "{screen}");
    desk.press("Enter");
    let written = desk.read("glossaries/terms.tsv");
    assert!(written.contains("算力\tcomputing power"), "{written}");
}

#[test]
fn a_document_that_opens_meanwhile_leaves_the_keyboard_to_the_list() {
    let mut desk = Desk::new((80, 24));
    let asked = update(&mut desk.state, Action::Command(Command::Open));
    desk.press("/");
    desk.follow(asked);
    desk.type_text("芯片");
    assert_eq!(desk.state.concordance.line.text(), "芯片");
    assert_eq!(desk.target(), "");
    desk.press("Esc");
    desk.type_text("Genesis");
    assert_eq!(desk.target(), "Genesis");
}

#[test]
fn the_document_is_delivered_and_never_over_another_unasked() {
    let mut desk = Desk::translating((80, 24));
    desk.press("Alt+1 Enter Ctrl+D");
    let path = desk.path("report.en.md");
    assert!(
        desk.screen()
            .contains("6 segments: 1 confirmed, 0 drafts, 5 untranslated")
    );
    desk.press("Enter");
    assert!(desk.message().contains("5 segments"), "{}", desk.message());
    let delivered = fs::read_to_string(&path).unwrap();
    assert!(
        delivered.starts_with("# Genesis Mission\n\n白宫周一"),
        "{delivered}"
    );
    fs::write(&path, "mine").unwrap();
    desk.press("Ctrl+D Enter");
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    desk.press("Enter");
    assert_eq!(fs::read_to_string(&path).unwrap(), delivered);
}

#[test]
fn a_document_changed_meanwhile_is_told_and_never_delivered_as_it_was() {
    let mut desk = Desk::translating((80, 24));
    desk.press("Alt+1 Enter");
    let longer = format!("{REPORT}\n末段是新的。\n");
    fs::write(desk.path("report.zh.md"), &longer).unwrap();
    desk.press("Ctrl+D Enter");
    assert!(!desk.path("report.en.md").exists());
    assert!(desk.message().contains("changed on disk"));
    desk.press("Esc");
    desk.act(Action::Wake);
    assert!(
        desk.message().contains("Ctrl+O, then Enter"),
        "{}",
        desk.message()
    );
    desk.press("Ctrl+O Enter");
    assert!(desk.screen().contains("1/7 confirmed"), "{}", desk.screen());
    desk.press("Ctrl+D Enter");
    assert!(desk.path("report.en.md").exists());
}

#[test]
fn what_another_program_did_to_the_work_is_taken_over_while_nothing_is_typed() {
    let mut desk = Desk::translating((80, 24));
    desk.press("Alt+1 Enter");
    let work = desk.read("report.zh.md.zm.tsv");
    let work = work.replace("Genesis Mission", "The Genesis Mission");
    fs::write(desk.path("report.zh.md.zm.tsv"), work).unwrap();
    desk.act(Action::Wake);
    assert!(
        desk.message().contains("changed by another program"),
        "{}",
        desk.message()
    );
    desk.press("PgUp");
    assert_eq!(desk.target(), "The Genesis Mission");
}

#[test]
fn work_is_found_again() {
    let mut desk = Desk::translating((80, 24));
    desk.press("Alt+1 Enter");
    desk.type_text("The White House");
    let mut desk = desk.reopened();
    assert_eq!(desk.segment(), 2);
    assert_eq!(desk.target(), "The White House");
    assert!(desk.screen().contains("1/6 confirmed"), "{}", desk.screen());
}

#[test]
fn what_cannot_be_written_is_said_kept_and_tried_again() {
    let mut desk = Desk::translating((80, 24));
    // A folder in the file's place: nobody can write there, not even root.
    let work = desk.path("report.zh.md.zm.tsv");
    let lock = desk.path("report.zh.md.zm.tsv.away");
    fs::create_dir(&work).unwrap();
    desk.press("Alt+1 Enter");
    assert!(desk.screen().contains("NOT SAVED"), "{}", desk.screen());
    desk.type_text("more");
    desk.press("Ctrl+Z Alt+h Esc");
    assert!(desk.screen().contains("NOT SAVED"), "it stays");
    fs::rename(&work, lock).unwrap();
    desk.act(Action::Wake);
    assert!(!desk.screen().contains("NOT SAVED"), "{}", desk.screen());
    assert!(
        fs::read_to_string(&work)
            .unwrap()
            .contains("Genesis Mission")
    );
}

#[test]
fn home_counts_what_was_just_confirmed() {
    let mut desk = Desk::translating((80, 24));
    desk.type_text("The Genesis Mission");
    desk.press("Enter Ctrl+O");
    let screen = desk.screen();
    let journal = screen.lines().find(|line| line.contains("journal"));
    assert!(
        journal.is_some_and(|line| line.contains("1 unit")),
        "{screen}"
    );
    assert!(screen.contains("4 units"), "{screen}");
}

#[test]
fn home_selects_the_document_that_was_open() {
    let mut desk = Desk::new((80, 24));
    fs::write(desk.path("first.zh.md"), "能源部。\n").unwrap();
    let path = desk.path("report.zh.md");
    desk.follow(vec![Effect::Survey]);
    desk.press("Up Up Up");
    desk.follow(vec![Effect::Open(path, None)]);
    desk.press("Ctrl+O");
    let screen = desk.screen();
    assert!(screen.contains("▶ report.zh.md"), "{screen}");
}

#[test]
fn a_filter_may_be_begun_and_leaves_room_for_the_progress() {
    let mut desk = Desk::translating((80, 24));
    desk.type_text("The Creation Plan");
    desk.press("Alt+f");
    desk.type_text(":with");
    desk.press("Enter");
    let screen = desk.screen();
    assert!(screen.contains(":with findings or :with notes"), "{screen}");
    desk.press("Esc Alt+f");
    desk.type_text(":with f");
    desk.press("Enter");
    desk.state.editor.as_mut().unwrap().session.name = "a-long-name-of-a-report.zh.md".into();
    let screen = desk.screen();
    let title = screen.lines().next().unwrap_or_default();
    for part in ["“:with", "0%", "unsaved", "a-long-name"] {
        assert!(title.contains(part), "{screen}");
    }
    desk.state.editor.as_mut().unwrap().filter = "各方应当配合".repeat(9);
    let screen = desk.screen();
    let title = screen.lines().next().unwrap_or_default();
    for part in ["“各方", "0%", "unsaved", "a-long-name"] {
        assert!(title.contains(part), "{screen}");
    }
}

#[test]
fn a_segment_is_not_offered_what_was_confirmed_for_it() {
    let mut desk = Desk::translating((80, 24));
    desk.press("PgDn PgDn PgDn PgDn");
    desk.type_text("All parties should cooperate.");
    desk.press("Enter Ctrl+Home PgDn PgDn PgDn PgDn");
    assert_eq!(desk.segment(), 5);
    let matches = |desk: &Desk| {
        let editor = desk.state.editor.as_ref().unwrap();
        let all = &editor.suggestions.as_ref().unwrap().matches;
        all.iter().filter(|m| m.score >= 100).count()
    };
    assert_eq!(matches(&desk), 0, "it is the segment itself");
    desk.press("PgDn");
    assert_eq!(matches(&desk), 1, "its repetition has it");
    desk.press("PgUp Alt+u PgDn");
    assert_eq!(matches(&desk), 0);
}

#[test]
fn leaving_waits_until_all_is_kept() {
    let mut desk = Desk::translating((80, 24));
    fs::write(desk.path("second.zh.md"), "能源部。\n").unwrap();
    let work = desk.path("report.zh.md.zm.tsv");
    fs::create_dir(&work).unwrap();
    desk.press("Alt+1 Ctrl+Q");
    assert!(!desk.ended, "what was typed is on no disk");
    assert!(
        desk.screen().contains("Ctrl+Q once more"),
        "{}",
        desk.screen()
    );
    desk.press("Ctrl+O Down Enter");
    let open = &desk.state.editor.as_ref().unwrap().session.name;
    assert_eq!(
        open, "report.zh.md",
        "nor is it given up for another document"
    );
    fs::remove_dir(&work).unwrap();
    desk.press("Enter");
    let open = &desk.state.editor.as_ref().unwrap().session.name;
    assert_eq!(open, "second.zh.md");
    assert!(
        fs::read_to_string(&work)
            .unwrap()
            .contains("Genesis Mission")
    );
    fs::create_dir(desk.path("second.zh.md.zm.tsv")).unwrap();
    desk.press("Alt+1 Ctrl+Q Ctrl+Q");
    assert!(desk.ended, "asked twice, it leaves");
}

#[test]
fn a_terminal_that_is_gone_ends_the_program_with_the_work_kept() {
    let mut desk = Desk::translating((80, 24));
    desk.press("Alt+1");
    desk.act(Action::HangUp);
    assert!(desk.ended);
    assert!(desk.read("report.zh.md.zm.tsv").contains("Genesis Mission"));
    let mut desk = Desk::translating((80, 24));
    fs::create_dir(desk.path("report.zh.md.zm.tsv")).unwrap();
    desk.press("Alt+1");
    desk.act(Action::HangUp);
    assert!(desk.ended, "it cannot stay for ever");
}

#[test]
fn a_paste_keeps_its_line_breaks_and_the_cursor_is_at_the_caret() {
    let mut desk = Desk::translating((80, 24));
    desk.act(Action::Paste("第一行\r\n第二".to_owned()));
    assert_eq!(desk.target(), "第一行\n第二");
    let screen = desk.screen();
    let row = screen.lines().position(|l| l.contains("第二")).unwrap();
    let at = desk.terminal.get_cursor_position().unwrap();
    assert_eq!(usize::from(at.y), row, "{screen}");
    assert_eq!(at.x, 6 + 4);
    desk.press("Left");
    desk.screen();
    assert_eq!(desk.terminal.get_cursor_position().unwrap().x, 6 + 2);
    desk.press("Up Up");
    assert_eq!(desk.segment(), 1, "the first segment is the edge");
}

#[test]
fn up_and_down_leave_the_segment_at_its_edges() {
    let mut desk = Desk::translating((80, 24));
    desk.act(Action::Paste("一\n二".to_owned()));
    desk.press("Up");
    assert_eq!(desk.segment(), 1);
    desk.press("Down Down");
    assert_eq!(desk.segment(), 2);
    desk.press("Up");
    assert_eq!(desk.segment(), 1);
}

#[test]
fn bare_letters_are_never_commands_while_typing() {
    let mut desk = Desk::translating((80, 24));
    for c in "qjk?/:t ".chars() {
        desk.press(&c.to_string());
    }
    desk.type_text("。");
    assert_eq!(desk.target(), "qjk?/:t。");
}

#[test]
fn a_late_answer_is_dropped() {
    let mut desk = Desk::translating((80, 24));
    let effects = update(&mut desk.state, Action::Type('a'));
    desk.press("PgDn");
    desk.follow(effects);
    let editor = desk.state.editor.as_ref().unwrap();
    assert_eq!(editor.at, 1);
    assert!(editor.issues().is_empty());
}

#[test]
fn a_new_term_is_guessed_from_the_memory() {
    let mut desk = Desk::translating((80, 24));
    desk.press("PgDn PgDn PgDn Tab Shift+Right Shift+Right Shift+Right Ctrl+G");
    assert!(
        desk.screen().contains("en › supply chain"),
        "{}",
        desk.screen()
    );
    desk.press("Enter");
    assert!(
        desk.read("glossaries/terms.tsv")
            .contains("供应链\tsupply chain")
    );
}

#[test]
fn a_term_that_is_there_is_not_added_again() {
    let mut desk = Desk::translating((80, 24));
    let before = desk.read("glossaries/terms.tsv");
    desk.press("Ctrl+G");
    desk.type_text("行政令");
    desk.press("Tab");
    desk.type_text("executive order");
    desk.press("Enter");
    assert!(desk.message().contains("terms.tsv:4"), "{}", desk.message());
    assert_eq!(desk.read("glossaries/terms.tsv"), before);
}

#[test]
fn chinese_is_completed_from_its_beginning_or_the_initials_of_its_pinyin() {
    let mut desk = Desk::new((80, 24));
    fs::write(desk.path("note.en.md"), "The Genesis Mission begins.\n").unwrap();
    desk.press("Ctrl+R Up");
    desk.press("Enter");
    desk.type_text("启动csjh");
    desk.press("Ctrl+Space");
    assert_eq!(desk.target(), "启动创世计划");
    desk.press("Ctrl+A Ctrl+K");
    desk.type_text("启动创");
    desk.press("Ctrl+Space");
    assert_eq!(desk.target(), "启动创世计划");
}

#[test]
fn characters_of_ambiguous_width_may_be_wide() {
    let mut desk = Desk::translating((80, 24));
    desk.state.theme.wide = true;
    desk.type_text("“一”");
    desk.screen();
    assert_eq!(desk.terminal.get_cursor_position().unwrap().x, 6 + 6);
}

#[test]
fn the_selection_goes_to_the_clipboard() {
    let mut desk = Desk::translating((80, 24));
    desk.type_text("one two");
    desk.press("Shift+Left Shift+Left Shift+Left Ctrl+X");
    assert_eq!(desk.clipboard, "two");
    assert_eq!(desk.target(), "one ");
}

#[test]
fn no_color_says_everything_too() {
    let mut desk = Desk::translating((80, 24));
    desk.state.theme = Theme::MONO;
    desk.type_text("The Creation Plan");
    let screen = desk.screen();
    assert!(
        screen.contains("✗Creation Plan") && screen.contains("✗ term-forbidden"),
        "{screen}"
    );
    let buffer = desk.terminal.backend().buffer();
    let colored = buffer
        .content
        .iter()
        .any(|cell| cell.fg != ratatui::style::Color::Reset);
    assert!(!colored);
}

#[test]
fn the_screen_is_drawn_anew_wherever_one_is() {
    let mut desk = Desk::translating((80, 24));
    for keys in ["", "Ctrl+O", "Ctrl+G"] {
        desk.press(keys);
        let effects = update(&mut desk.state, Action::Command(Command::Redraw));
        assert!(matches!(effects.as_slice(), [Effect::Redraw]));
    }
}

#[test]
fn what_is_said_is_wrapped_and_never_cut_before_its_end() {
    let mut desk = Desk::translating((80, 24));
    let advice = "and here is what to do, whatsoever";
    desk.state
        .complain(format!("{} {advice}.", "long words ".repeat(12)));
    let screen = desk.screen();
    assert!(screen.contains("whatsoever."), "{screen}");
    desk.press("Ctrl+D");
    desk.state
        .complain(format!("{} {advice}.", "long words ".repeat(12)));
    let screen = desk.screen();
    assert!(
        screen.contains("report.en.md") && screen.contains("whatsoever."),
        "{screen}"
    );
}

#[test]
fn hints_name_only_keys_that_arrive() {
    let mut desk = Desk::translating((80, 24));
    assert!(desk.state.keys.hint("confirm") == "Enter");
    let theme = Theme::COLOR;
    desk.act(Action::Terminal { kitty: true, theme });
    assert!(desk.state.keys.hint("confirm") == "Ctrl+Enter");
}

#[test]
fn the_page_of_keys_is_fresh() {
    let kept = Path::new("docs/keys.md");
    snapbox::Assert::new()
        .action_env("SNAPSHOTS")
        .eq(page::markdown(), snapbox::Data::read_from(kept, None).raw());
}

// ---- reviewing an alignment ----

const ZH: &str = "# 创世计划\n\n能源部启动创世计划。各方应当配合。供应链韧性十分重要。\n";
const EN: &str = "# Genesis Mission\n\nThe Department of Energy launched the Genesis Mission. \
All sides should cooperate. Supply chain resilience matters a great deal.\n";

fn reviewing(size: (u16, u16)) -> Desk {
    let mut desk = Desk::new(size);
    let (zh, en) = (desk.path("pair.zh.md"), desk.path("pair.en.md"));
    fs::write(&zh, ZH).unwrap();
    fs::write(&en, EN).unwrap();
    align(&mut desk, zh, en);
    desk
}

/// Opens the review of two documents.
fn align(desk: &mut Desk, first: PathBuf, second: PathBuf) {
    let ticket = desk.state.wait("aligning".to_owned());
    let asked = ToAlign {
        first,
        second: Some(second),
        reading: Reading::default(),
    };
    desk.follow(vec![Effect::Align(ticket, Box::new(asked))]);
}

fn beads(desk: &Desk) -> Vec<(u32, u32)> {
    use zhengming::lang::Lang;
    let open = desk.state.alignment.as_ref().unwrap();
    let beads = open.review.alignment.beads.iter();
    beads
        .map(|b| (b.of[Lang::Zh].len() as u32, b.of[Lang::En].len() as u32))
        .collect()
}

#[test]
fn an_alignment_is_reviewed_kept_and_gone_on_with() {
    for size in [(80, 24), (160, 50)] {
        let mut desk = reviewing(size);
        assert_eq!(beads(&desk), [(1, 1); 4]);
        desk.press("g m");
        assert_eq!(beads(&desk), [(2, 2), (1, 1), (1, 1)]);
        desk.press("z");
        assert_eq!(beads(&desk), [(1, 1); 4]);
        desk.press("G u");
        assert_eq!(beads(&desk), [(1, 1), (1, 1), (2, 1), (0, 1)]);
        desk.press("r");
        assert_eq!(
            beads(&desk),
            [(1, 1), (1, 1), (2, 1), (0, 1)],
            "what is fixed stays"
        );
        desk.press("z z g Enter Enter Ctrl+S");
        let kept = desk.read("pair.zh.md+pair.en.md.align.tsv");
        assert_eq!(kept.matches("\taccepted\t").count(), 2, "{kept}");
        // The source changes: what fits is still there in a new program.
        let zh = desk.path("pair.zh.md");
        fs::write(&zh, ZH.replace("各方应当配合", "各方均应积极配合")).unwrap();
        let en = desk.path("pair.en.md");
        let mut desk = Desk::at(desk.folder, size);
        align(&mut desk, zh, en);
        assert_eq!(beads(&desk), [(1, 1); 4]);
        let open = desk.state.alignment.as_ref().unwrap();
        assert_eq!(open.review.alignment.progress().accepted, 2);
        desk.press("M Enter");
        let memory = desk.read("memories/aligned.tsv");
        assert_eq!(memory.matches("\taligned\t").count(), 2, "{memory}");
    }
}

#[test]
fn two_programs_at_one_review_lose_nothing() {
    let mut desk = reviewing((80, 24));
    let (zh, en) = (desk.path("pair.zh.md"), desk.path("pair.en.md"));
    let project = Project::open(desk.folder.path()).unwrap();
    let other = zhengming::review::open(&project, [&zh, &en], Reading::default());
    let mut other = other.unwrap().value;
    other
        .edit(|beads| beads.mark(3, zhengming::review::Mark::Accepted))
        .unwrap();
    other.save().run().unwrap();
    desk.press("g Enter");
    let kept = desk.read("pair.zh.md+pair.en.md.align.tsv");
    assert_eq!(kept.matches("\taccepted\t").count(), 2, "{kept}");
    let screen = desk.screen();
    assert!(screen.contains("2 accepted"), "{screen}");
    assert!(screen.contains("taken over"), "{screen}");
    // The other one saves again, and has both as well.
    other
        .edit(|beads| beads.mark(2, zhengming::review::Mark::Accepted))
        .unwrap();
    other.save().run().unwrap();
    let kept = desk.read("pair.zh.md+pair.en.md.align.tsv");
    assert_eq!(kept.matches("\taccepted\t").count(), 3, "{kept}");
}

#[test]
fn sentences_are_pinned_cut_and_marked_as_omitted() {
    let mut desk = reviewing((80, 24));
    desk.press("G o");
    assert_eq!(beads(&desk), [(1, 1), (1, 1), (1, 1), (1, 0), (0, 1)]);
    desk.press("Space Down Tab Space");
    assert_eq!(
        beads(&desk),
        [(1, 1), (1, 1), (1, 1), (1, 0), (0, 1)],
        "accepted stays"
    );
    desk.press("z G");
    desk.press("e Ctrl+Right Ctrl+Right Enter");
    assert_eq!(beads(&desk), [(1, 1), (1, 1), (1, 1), (1, 2)]);
    desk.press("s");
    assert_eq!(beads(&desk), [(1, 1), (1, 1), (1, 1), (1, 1), (0, 1)]);
    desk.press("Ctrl+Q");
    assert!(desk.ended);
    let kept = desk.read("pair.zh.md+pair.en.md.align.tsv");
    assert_eq!(
        kept.lines().filter(|line| line.ends_with("\ten")).count(),
        1,
        "{kept}"
    );
}

// ---- reviewing proposals ----

const NAMES: &str = "能源部宣布启动“天河计划”（Tianhe Program）。各方应当配合。\n\n\
有媒体称“天河工程”（Tianhe Program）。另有报道称“天河项目”（Tianhe Program）。\n\n\
“蓝鲸倡议”（Blue Whale Initiative）也在其中。“误译”（Wrong Thing）不是术语。\n";

/// The screen in front of the proposals that a document gives.
fn proposing(size: (u16, u16)) -> Desk {
    let mut desk = Desk::new(size);
    fs::write(desk.path("names.zh.md"), NAMES).unwrap();
    desk.press("Ctrl+R");
    desk.state.home.select("names.zh.md");
    desk.press("p");
    desk
}

/// Goes to a proposal by its Chinese term.
fn seek(desk: &mut Desk, zh: &str) {
    desk.press("g");
    let at = |desk: &Desk| {
        let open = desk.state.proposals.as_ref().unwrap();
        open.item().is_some_and(|item| item.proposal.zh == zh)
    };
    for _ in 0..50 {
        if !at(desk) {
            desk.press("Down");
        }
    }
    assert!(at(desk), "{zh} is not proposed:\n{}", desk.screen());
}

#[test]
fn proposals_are_accepted_merged_rejected_and_taken_back() {
    for size in [(80, 24), (160, 50)] {
        let mut desk = proposing(size);
        let screen = desk.screen();
        for seen in [
            "┌ 天河",
            "├ 天河",
            "└ 天河",
            "Blue Whale Initiative",
            "place with both",
        ] {
            assert!(screen.contains(seen), "{seen}:\n{screen}");
        }
        let before = desk.read("glossaries/terms.tsv");
        seek(&mut desk, "天河计划");
        desk.press("Enter");
        let glossary = desk.read("glossaries/terms.tsv");
        assert!(glossary.contains("天河计划\tTianhe Program"), "{glossary}");
        assert!(glossary.contains("names.zh.md:1 · bracket"), "{glossary}");

        // The next of the same name is kin: Enter asks, merging takes it in.
        seek(&mut desk, "天河工程");
        desk.press("Enter");
        let screen = desk.screen();
        assert!(screen.contains("the glossary has 天河计划"), "{screen}");
        assert_eq!(desk.read("glossaries/terms.tsv"), glossary);
        desk.press("m n e v e r Enter");
        let merged = desk.read("glossaries/terms.tsv");
        assert!(merged.contains("\t天河工程"), "{merged}");

        seek(&mut desk, "误译");
        desk.press("c");
        assert!(desk.screen().contains("wrong Thing"));
        desk.press("c x");
        let rejected = desk.read(".zm-rejected.tsv");
        assert!(rejected.contains("误译\tWrong Thing"), "{rejected}");
        let open = desk.state.proposals.as_ref().unwrap();
        assert_eq!(
            (open.list.tally().accepted, open.list.tally().rejected),
            (2, 1)
        );

        seek(&mut desk, "蓝鲸倡议");
        desk.press("e Tab Home Ctrl+K B W I Enter");
        assert!(desk.read("glossaries/terms.tsv").contains("蓝鲸倡议\tBWI"));
        desk.press("z z z z");
        assert!(!desk.read(".zm-rejected.tsv").contains("误译"));
        let after = desk.read("glossaries/terms.tsv");
        assert_eq!(after.lines().count(), before.lines().count(), "{after}");
        desk.press("z");
        assert!(desk.screen().contains("nothing to undo"));
        desk.press("/ 蓝 Enter");
        assert_eq!(desk.state.proposals.as_ref().unwrap().shown.len(), 1);
        desk.press("q");
        assert!(desk.screen().contains("Documents"));
    }
}

#[test]
fn terms_are_proposed_from_an_alignment_in_review() {
    let mut desk = reviewing((80, 24));
    desk.press("A p");
    let screen = desk.screen();
    assert!(
        screen.contains("proposals") || screen.contains("nothing to propose"),
        "{screen}"
    );
    desk.press("q");
}

#[test]
fn a_conflict_of_a_merge_is_settled_where_glossaries_are_browsed() {
    let left = "zh\ten\n能源部\tDepartment of Energy\n# zm:conflict en\n# zm:ours\t创世计划\tGenesis Mission\n# zm:base\t创世计划\tGenesis Plan\n# zm:theirs\t创世计划\tGenesis Project\n创世计划\tGenesis Mission\n";
    let folder = folder(&[("glossaries/terms.tsv", left)]);
    let mut desk = Desk::at(folder, (100, 20));
    desk.press("Enter");
    let screen = desk.screen();
    for part in [
        "1 conflict: Enter takes a side",
        "ours: 创世计划",
        "theirs: 创世计划",
        "Genesis Project",
        "as it stands: 创世计划",
    ] {
        assert!(screen.contains(part), "{part}: {screen}");
    }
    desk.press("Tab");
    let screen = desk.screen();
    for part in ["as it stands", "Genesis [-Mission-]{+Project+}"] {
        assert!(screen.contains(part), "{part}: {screen}");
    }
    desk.press("Esc Down Enter");
    assert_eq!(
        desk.read("glossaries/terms.tsv"),
        "zh\ten\n能源部\tDepartment of Energy\n创世计划\tGenesis Project\n"
    );
    let screen = desk.screen();
    assert!(
        !screen.contains("conflict") && screen.contains("Genesis Project"),
        "{screen}"
    );
}

#[test]
fn a_concept_is_shown_whole_changed_and_added_where_glossaries_are_browsed() {
    let table = "zh\ten\ten_avoid\tstatus\tvalid_to\tnote\t备忘\n能源部\tDepartment of Energy\tEnergy Ministry\tapproved\t2030-01-01\t一个说明\\n第二行\tx\n创世计划\tGenesis Mission\t\t\t\t\t\n";
    for size in [(80, 24), (160, 50)] {
        let mut desk = Desk::at(folder(&[("glossaries/terms.tsv", table)]), size);
        desk.press("Enter Enter");
        let screen = desk.screen();
        for part in [
            "glossaries/terms.tsv:2",
            "Energy Ministry",
            "approved",
            "2030-01-01",
            "第二行",
            "备忘",
            "e edit",
        ] {
            assert!(screen.contains(part), "{part}: {screen}");
        }
        desk.press("e");
        assert!(desk.screen().contains("zh › 能源部"), "{}", desk.screen());
        desk.press(&"Down ".repeat(16));
        let screen = desk.screen();
        assert!(screen.contains("valid_to › 2030-01-01"), "{screen}");
        desk.press("Alt+a Backspace");
        desk.type_text("2030/1/1");
        desk.press("Enter");
        assert!(desk.message().contains("`2030/1/1`"), "{}", desk.message());
        assert_eq!(desk.read("glossaries/terms.tsv"), table);
        desk.press("Alt+a Backspace");
        desk.type_text("2029-12-31");
        desk.press("Enter");
        assert_eq!(desk.message(), "changed: glossaries/terms.tsv:2");
        let changed = table.replace("2030-01-01", "2029-12-31");
        assert_eq!(desk.read("glossaries/terms.tsv"), changed);
        desk.press("Down Ctrl+E");
        let screen = desk.screen();
        assert!(
            screen.contains("创世计划 · glossaries/terms.tsv:3"),
            "{screen}"
        );
        desk.press("Esc Ctrl+G");
        desk.type_text("算力");
        desk.press("Down");
        desk.type_text("computing power");
        desk.press("Enter");
        let added = format!("{changed}算力\tcomputing power\t\t\t\t\t\n");
        assert_eq!(desk.read("glossaries/terms.tsv"), added);
        assert!(desk.screen().contains("3 of 3 concepts"));
        // What is there already is not added again, and stays in the form.
        desk.press("Ctrl+G");
        desk.type_text("算力");
        desk.press("Down");
        desk.type_text("computing power");
        desk.press("Enter");
        assert!(desk.message().contains("is there already"));
        assert!(desk.screen().contains("zh › 算力"));
        assert_eq!(desk.read("glossaries/terms.tsv"), added);
    }
}

#[test]
fn a_second_enter_settles_no_other_conflict() {
    let conflict = |zh: &str| {
        format!(
            "# zm:conflict en\n# zm:ours\t{zh}\tA\n# zm:base\t{zh}\tB\n# zm:theirs\t{zh}\tC\n{zh}\tA\n"
        )
    };
    let left = format!("zh\ten\n{}{}", conflict("算力"), conflict("芯片"));
    let folder = folder(&[("glossaries/terms.tsv", left)]);
    let mut desk = Desk::at(folder, (100, 20));
    desk.press("Enter Enter Enter");
    assert_eq!(
        desk.read("glossaries/terms.tsv"),
        format!("zh\ten\n算力\tA\n{}", conflict("芯片"))
    );
    // The keys are shown over the list, and closing them gives it back.
    desk.press("F1");
    assert!(desk.screen().contains("take what is selected"));
    desk.press("Esc Down Enter");
    assert_eq!(
        desk.read("glossaries/terms.tsv"),
        "zh\ten\n算力\tA\n芯片\tC\n"
    );
}

#[test]
fn the_building_of_the_index_shows_how_far_it_is_and_esc_stops_it() {
    let mut desk = Desk::new((80, 24));
    desk.act(Action::Answer(Answer::Indexing(34)));
    assert!(
        desk.screen()
            .contains("indexing the memory 34% (Esc stops)")
    );
    let effects = update(&mut desk.state, Action::Command(Command::Close));
    assert!(matches!(effects.as_slice(), [Effect::StopIndexing]));
    assert!(
        desk.message().contains("no longer built"),
        "{}",
        desk.message()
    );
    desk.act(Action::Answer(Answer::Indexing(99)));
    desk.act(Action::Answer(Answer::Indexing(100)));
    assert!(!desk.screen().contains("indexing"));
}

#[test]
fn turning_a_document_says_what_it_did_or_why_it_did_not() {
    let mut desk = Desk::new((80, 24));
    desk.press("t");
    assert_eq!(desk.message(), "en → zh-Hans");
    desk.press("t t t t Enter");
    desk.type_text("Genesis");
    desk.press("Ctrl+O");
    desk.press("t");
    let said = "it stays zh → en: the work on this document has begun";
    assert_eq!(desk.message(), said);
    desk.press("Down t");
    assert!(desk.message().ends_with("select one"), "{}", desk.message());
}

#[test]
fn a_click_selects_in_lists_and_does_nothing_beside_the_segments() {
    let mut desk = Desk::new((160, 50));
    let row = |desk: &mut Desk, text: &str| {
        let screen = desk.screen();
        let at = screen.lines().position(|line| line.contains(text));
        u16::try_from(at.unwrap()).unwrap()
    };
    let glossary = row(&mut desk, "terms.tsv");
    desk.act(Action::Click(10, glossary));
    assert_eq!(desk.state.home.selected, 1);
    desk.act(Action::Click(10, 2));
    assert_eq!(
        desk.state.home.selected, 1,
        "a heading is nothing to select"
    );
    desk.press("Up Enter");
    let at = desk.segment();
    let other = row(&mut desk, "供应链韧性");
    desk.act(Action::Click(130, other));
    assert_eq!(desk.segment(), at);
    desk.act(Action::Click(10, other));
    assert_ne!(desk.segment(), at);
    desk.press("Alt+g");
    let second = row(&mut desk, "Creation Plan");
    desk.act(Action::Click(10, second));
    let chosen = zhengming::tui::panel::browse::chosen(&desk.state.browse);
    assert_eq!(chosen.unwrap().zh, "创世计划");
}

#[test]
fn what_was_confirmed_with_an_issue_shows_both() {
    let mut desk = Desk::translating((80, 24));
    desk.type_text("x");
    desk.press("Enter Enter");
    assert_eq!(desk.segment(), 2);
    let screen = desk.screen();
    assert!(screen.contains("1✓✗") || screen.contains("1✓!"), "{screen}");
}

// ---- the findings of a document ----

/// The report with a term never to be used, confirmed, and one that is missing.
fn with_findings(size: (u16, u16)) -> Desk {
    let mut desk = Desk::translating(size);
    desk.type_text("The Creation Plan");
    desk.press("Enter Enter");
    assert_eq!(desk.segment(), 2);
    desk.type_text("The White House issued a decree on Monday.");
    desk
}

/// The texts and the note of a segment.
fn unit(desk: &Desk, at: usize) -> &zhengming::model::document::Unit {
    let editor = desk.state.editor.as_ref().unwrap();
    editor.session.unit(at).unwrap()
}

#[test]
fn the_findings_of_the_document_are_listed_from_the_segment_on() {
    let mut desk = with_findings((80, 24));
    desk.press("F9");
    desk.looks_like("findings-80x24");
    let mut desk = with_findings((160, 50));
    desk.state.theme = Theme::MONO;
    desk.press("Alt+l Up");
    let screen = desk.screen();
    let row = screen.lines().find(|line| line.contains("▶✗ 1"));
    let row = row.unwrap_or_else(|| panic!("{screen}"));
    assert!(
        row.contains("term-forbidden") && row.ends_with(" Creation Plan"),
        "what is marked has a column: {row}"
    );
    assert!(screen.contains("─ Segment 1 ─"), "{screen}");
    desk.press("Esc");
    assert_eq!(desk.segment(), 2);
    assert!(!desk.screen().contains("─ Findings"), "{}", desk.screen());
}

#[test]
fn a_finding_is_gone_to_with_its_place_selected() {
    let mut desk = with_findings((80, 24));
    desk.press("F9");
    desk.type_text(":error forbidden");
    assert!(desk.screen().contains(" · 1 shown"), "{}", desk.screen());
    desk.press("Enter");
    assert_eq!(desk.segment(), 1);
    let line = &desk.state.editor.as_ref().unwrap().line;
    assert_eq!(line.selected(), "Creation Plan");
    desk.press("Alt+.");
    assert_eq!(desk.target(), "The Genesis Mission");
    desk.press("F9");
    assert!(!desk.screen().contains("term-forbidden"));
    desk.type_text("nothing of the kind");
    assert!(desk.screen().contains("no finding has these words"));
    desk.press("Alt+.");
    assert_eq!(desk.message(), "there is no finding here");
}

#[test]
fn what_findings_suggest_is_put_in_from_the_list() {
    let mut desk = with_findings((80, 24));
    desk.press("F9 Up Alt+.");
    assert_eq!(unit(&desk, 0).target, "The Genesis Mission");
    assert!(
        desk.message()
            .contains("“Creation Plan” → “Genesis Mission”"),
        "{}",
        desk.message()
    );
    let screen = desk.screen();
    assert!(
        screen.contains("▶✗ 2") && !screen.contains("term-forbidden"),
        "the next one is selected: {screen}"
    );
    desk.press("Esc");
    assert_eq!(desk.segment(), 2);
    // Where a rendering belongs that is missing, only the reader can tell.
    let typed = unit(&desk, 1).target.clone();
    desk.press("Home F9 Alt+.");
    assert_eq!((desk.segment(), desk.target()), (2, typed.as_str()));
    assert!(desk.message().contains("is missing"), "{}", desk.message());
    assert!(!desk.screen().contains("─ Findings"), "{}", desk.screen());
}

#[test]
fn what_is_done_in_the_list_can_be_undone_after_it() {
    let mut desk = with_findings((80, 24));
    desk.press("PgDn F9 Home Up Up Alt+.");
    assert_eq!(unit(&desk, 0).target, "The Genesis Mission");
    desk.press("Esc");
    assert_eq!(desk.segment(), 3);
    desk.press("Ctrl+Z");
    assert_eq!((desk.segment(), desk.target()), (1, "The Creation Plan"));
}

#[test]
fn a_finding_is_let_stand_and_explained_from_the_list() {
    let mut desk = with_findings((160, 50));
    desk.press("F9 Up F1");
    let screen = desk.screen();
    assert!(
        screen.contains("─ Why ─") && screen.contains("[term-forbidden]"),
        "{screen}"
    );
    desk.press("Esc");
    assert!(desk.screen().contains("─ Findings"), "{}", desk.screen());
    desk.press("Alt+i");
    assert_eq!(unit(&desk, 0).note, "zm:allow term-forbidden");
    let screen = desk.screen();
    assert!(screen.contains("─ Findings · 1 error ─"), "{screen}");
    desk.press("Esc");
    assert_eq!(desk.segment(), 2);
}

/// A document with one sentence twice, translated in two ways.
fn twice() -> Desk {
    let work = "# from: zh\n# to: en\nzh\ten\tstate\n\
                会议昨日在北京举行。\tThe meeting was held in Beijing yesterday.\ttranslated\n\
                各方达成了共识。\tThe parties reached a consensus.\ttranslated\n\
                会议昨日在北京举行。\tYesterday the conference took place in Beijing.\ttranslated\n";
    let files = [
        ("glossaries/terms.tsv", GLOSSARY),
        (
            "a.zh.md",
            "会议昨日在北京举行。各方达成了共识。\n\n会议昨日在北京举行。\n",
        ),
        ("a.zh.md.zm.tsv", work),
    ];
    Desk::at(folder(&files), (80, 24))
}

#[test]
fn the_document_as_a_whole_is_checked_and_its_findings_are_gone_to() {
    let mut desk = twice();
    desk.press("Enter F9");
    let screen = desk.screen();
    assert!(
        screen.contains("seg-diff-target") && screen.contains("of the document as a whole"),
        "{screen}"
    );
    assert!(screen.contains("see segment 1"), "{screen}");
    desk.press("F1");
    let screen = desk.screen();
    assert!(
        screen.contains("─ Why · seg-diff-target ─") && screen.contains("several ways"),
        "{screen}"
    );
    desk.press("Esc Enter");
    assert_eq!(desk.segment(), 3);
    let line = &desk.state.editor.as_ref().unwrap().line;
    assert_eq!(line.selected(), line.text());
    assert!(
        desk.message().starts_with("seg-diff-target: "),
        "{}",
        desk.message()
    );
    // It is known to the form that delivers, and once the texts are the same it is gone.
    desk.press("Ctrl+D");
    let screen = desk.screen();
    assert!(
        screen.contains("the document as a whole: 1 finding"),
        "{screen}"
    );
    desk.press("Esc F9 Alt+.");
    assert_eq!(
        unit(&desk, 2).target,
        "The meeting was held in Beijing yesterday."
    );
    let screen = desk.screen();
    assert!(!screen.contains("seg-diff-target"), "{screen}");
    assert!(desk.state.editor.as_ref().unwrap().whole.running.is_none());
}

#[test]
fn the_list_says_how_far_the_checks_are_and_closing_ends_them() {
    let mut desk = twice();
    let opened = desk
        .worker
        .perform(Effect::Open(desk.path("a.zh.md"), None));
    let mut checks = Vec::new();
    for answer in opened {
        checks.extend(update(&mut desk.state, Action::Answer(answer)));
    }
    let effects = update(&mut desk.state, Action::Command(Command::Findings));
    assert!(
        desk.screen()
            .contains("─ Findings · 0 of 3 segments checked …"),
        "{}",
        desk.screen()
    );
    desk.follow(checks);
    let screen = desk.screen();
    assert!(
        screen.contains("checking the document as a whole …"),
        "{screen}"
    );
    let ends = update(&mut desk.state, Action::Command(Command::Close));
    assert!(
        matches!(ends.as_slice(), [Effect::StopExamining(_)]),
        "{ends:?}"
    );
    // What it would have found comes too late.
    desk.follow(ends);
    desk.follow(effects);
    let whole = &desk.state.editor.as_ref().unwrap().whole;
    assert!(whole.of.is_none() && whole.findings.is_empty());
    desk.press("F9");
    assert!(
        desk.screen().contains("seg-diff-target"),
        "{}",
        desk.screen()
    );
}

#[test]
fn a_document_is_checked_from_home_and_left_for_home() {
    let mut desk = twice();
    desk.press("c");
    let screen = desk.screen();
    assert!(
        screen.contains(" 1/3 a.zh.md") && screen.contains("seg-diff-target"),
        "{screen}"
    );
    desk.press("Esc");
    assert!(desk.screen().contains("Documents"), "{}", desk.screen());
    // It is open by now.
    desk.press("Enter");
    assert!(!desk.screen().contains("Documents"), "{}", desk.screen());
    desk.press("Ctrl+O F9 F1");
    assert!(desk.screen().contains("several ways"), "{}", desk.screen());
    desk.press("Esc Enter");
    assert_eq!(desk.segment(), 3);
    let screen = desk.screen();
    assert!(
        screen.contains("▶ 3") && !screen.contains("Documents"),
        "{screen}"
    );
    desk.press("Ctrl+O Down c");
    assert_eq!(desk.message(), "select a document to check");
    let mut desk = Desk::new((80, 24));
    desk.press("c");
    assert!(
        desk.screen().contains("nothing is translated yet"),
        "{}",
        desk.screen()
    );
}

// ---- search and replace ----

/// A document with a term that is to be another one: in a confirmed segment, twice in a draft,
/// and beside a code.
fn planned(size: (u16, u16)) -> Desk {
    let work = "# from: zh\n# to: en\nzh\ten\tstate\n\
                创世纪计划启动。\tThe Creation Plan starts.\ttranslated\n\
                该计划由他们负责。\tThe Creation Plan, a creation plan, is run by them.\tdraft\n\
                见`creation plan`一节。\tSee `creation plan` for the Creation Plan.\tdraft\n\
                另有安排。\tAnother plan.\ttranslated\n";
    let source =
        "创世纪计划启动。\n\n该计划由他们负责。\n\n见`creation plan`一节。\n\n另有安排。\n";
    let files = [
        (
            "glossaries/terms.tsv",
            "zh\ten\n能源部\tDepartment of Energy\n",
        ),
        ("a.zh.md", source),
        ("a.zh.md.zm.tsv", work),
    ];
    let mut desk = Desk::at(folder(&files), size);
    desk.press("Enter");
    assert_eq!(desk.segment(), 2);
    desk
}

/// The targets of all segments.
fn targets(desk: &Desk) -> Vec<&str> {
    let editor = desk.state.editor.as_ref().unwrap();
    let units = editor.session.document.units.iter();
    units.map(|unit| unit.target.as_str()).collect()
}

/// Opens search and replace, and types what is looked for and what is put in its place.
fn replacing(desk: &mut Desk, find: &str, with: &str) {
    desk.press("Ctrl+R");
    desk.type_text(find);
    desk.press("Tab");
    desk.type_text(with);
}

#[test]
fn what_is_to_be_replaced_is_listed_from_the_segment_on() {
    let mut desk = planned((80, 24));
    replacing(&mut desk, "creation plan", "Genesis Mission");
    desk.looks_like("replace-80x24");
    // The window of an input method is where the text goes.
    let at = desk.terminal.get_cursor_position().unwrap();
    assert_eq!((at.x, at.y), (17 + 15, 3));
    desk.state.theme = Theme::MONO;
    desk.press("Tab");
    desk.type_text("創世");
    let screen = desk.screen();
    assert!(
        screen.contains("─ Replace · 1 place in 1 segment ─"),
        "{screen}"
    );
    assert!(screen.contains("Segment 1 · confirmed"), "{screen}");
    let at = desk.terminal.get_cursor_position().unwrap();
    assert_eq!((at.x, at.y), (17 + 4, 4));
    desk.press("Shift+Tab Shift+Tab Alt+a C");
    assert!(desk.screen().contains("Replace · 1 place "));
    desk.type_text("x");
    assert!(desk.screen().contains("no translation has this"));
    desk.press("Alt+h");
    assert!(desk.screen().contains("replace all places"));
    desk.press("Esc");
    assert!(desk.screen().contains("no translation has this"));
}

#[test]
fn places_are_replaced_one_by_one() {
    let mut desk = planned((80, 24));
    replacing(&mut desk, "creation plan", "Genesis Mission");
    desk.press("Enter");
    assert_eq!(
        desk.message(),
        "segment 2: “Creation Plan” → “Genesis Mission”"
    );
    assert_eq!(
        desk.target(),
        "The Genesis Mission, a creation plan, is run by them."
    );
    desk.press("Down Enter");
    assert_eq!(
        targets(&desk)[2],
        "See `creation plan` for the Genesis Mission."
    );
    // Behind the last one it goes on from the beginning.
    desk.press("Enter");
    assert_eq!(unit(&desk, 0).target, "The Genesis Mission starts.");
    assert!(!unit(&desk, 0).state.confirmed());
    assert!(
        desk.message().ends_with("it is to be confirmed again"),
        "{}",
        desk.message()
    );
    desk.press("Ctrl+Z");
    assert_eq!(unit(&desk, 0).target, "The Creation Plan starts.");
    assert!(unit(&desk, 0).state.confirmed());
    desk.press("Alt+g");
    assert_eq!(desk.segment(), 1);
    let line = &desk.state.editor.as_ref().unwrap().line;
    assert_eq!(line.selected(), "Creation Plan");
    // What is selected is looked for.
    desk.press("Ctrl+R");
    let screen = desk.screen();
    assert!(screen.contains("find › Creation Plan\n"), "{screen}");
    assert!(
        screen.contains("─ Replace · 1 place in 1 segment ─"),
        "{screen}"
    );
}

#[test]
fn all_places_are_replaced_and_one_undo_takes_all_back() {
    let mut desk = planned((80, 24));
    let old: Vec<String> = targets(&desk).into_iter().map(str::to_owned).collect();
    replacing(&mut desk, "creation plan", "Genesis Mission");
    desk.press("Alt+r");
    assert_eq!(
        desk.message(),
        "4 replaced in 3 segments, 1 of them was confirmed, and is to be confirmed again \
         (Ctrl+Z takes all back)"
    );
    let new = [
        "The Genesis Mission starts.",
        "The Genesis Mission, a Genesis Mission, is run by them.",
        "See `creation plan` for the Genesis Mission.",
        "Another plan.",
    ];
    assert_eq!(targets(&desk), new);
    assert_eq!(desk.target(), new[1]);
    assert!(desk.screen().contains("25%"), "{}", desk.screen());
    desk.press("Alt+r");
    assert_eq!(desk.message(), "there is nothing to replace");
    desk.act(Action::Wake);
    assert!(desk.read("a.zh.md.zm.tsv").contains(new[0]));
    // In the list, and after it, wherever one stands.
    desk.press("Ctrl+Z");
    assert_eq!(
        desk.message(),
        "the replacement is taken back in 3 segments"
    );
    assert_eq!(targets(&desk), old);
    assert!(desk.screen().contains("4 places in 3 segments"));
    desk.press("Ctrl+Y");
    assert_eq!(targets(&desk), new);
    desk.press("Esc Ctrl+End");
    assert_eq!(desk.segment(), 4);
    desk.press("Ctrl+Z");
    assert_eq!(targets(&desk), old);
    assert_eq!(desk.segment(), 4);
    desk.press("Ctrl+Y");
    assert_eq!(targets(&desk), new);
    // What is typed after it is undone before it.
    desk.press("Ctrl+Home");
    desk.type_text("!");
    desk.press("Ctrl+Z");
    assert_eq!(targets(&desk), new);
    desk.press("Ctrl+Z");
    assert_eq!(targets(&desk), old);
    assert!(unit(&desk, 0).state.confirmed());
}

#[test]
fn nothing_to_put_in_needs_a_second_key() {
    let mut desk = planned((80, 24));
    let old: Vec<String> = targets(&desk).into_iter().map(str::to_owned).collect();
    replacing(&mut desk, "another ", "");
    desk.press("Enter");
    assert!(
        desk.message().contains("Enter once more deletes"),
        "{}",
        desk.message()
    );
    desk.press("Alt+r");
    assert!(
        desk.message().contains("Alt+r once more deletes"),
        "{}",
        desk.message()
    );
    assert_eq!(targets(&desk), old);
    desk.press("Alt+r");
    assert_eq!(targets(&desk)[3], "plan.");
    assert_eq!(
        desk.message(),
        "1 deleted in 1 segment; it was confirmed, and is to be confirmed again \
         (Ctrl+Z takes all back)"
    );
}

#[test]
fn words_and_variants_are_found_as_asked() {
    let mut desk = planned((80, 24));
    replacing(&mut desk, "plan", "");
    assert!(desk.screen().contains("5 places in 4 segments"));
    desk.press("Shift+Tab Backspace");
    assert!(desk.screen().contains("5 places in 4 segments"));
    desk.press("Alt+w");
    let screen = desk.screen();
    assert!(screen.contains("no translation has this"), "{screen}");
    assert!(screen.contains("─ Replace · whole words ─"), "{screen}");
    desk.press("Alt+w Alt+a Alt+v");
    desk.act(Action::Paste("Ｐｌａｎ".into()));
    let screen = desk.screen();
    assert!(screen.contains("3 places in 3 segments"), "{screen}");
    assert!(screen.contains("variants too"), "{screen}");
}

#[test]
fn a_search_that_was_given_up_goes_no_further() {
    let mut desk = planned((80, 24));
    replacing(&mut desk, "plan", "");
    let round = desk.state.replace.round;
    desk.press("Esc");
    let effects = update(&mut desk.state, Action::Answer(Answer::Sought(round)));
    assert!(effects.is_empty(), "{effects:?}");
}
