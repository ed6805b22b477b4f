//! The program in a real terminal, killed while somebody types and confirms.
//!
//! Whatever the screen had called saved must be in the work file and in the
//! memory afterwards, and the next start must be clean; so it is with beads
//! accepted in the review of an alignment. A few kills in `cargo test`;
//! `ZM_KILLS=200 cargo test --test kill` for more.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot go on may say so by panicking"
)]
#![cfg(unix)]

use std::fmt::Write as _;
use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use zhengming::memory::{Memory, Places};
use zhengming::session::work;
use zhengming::span::halves;

mod support;
use support::{folder, kills, zm};

/// What a run has typed is unlike what any other has, so that nothing is counted twice.
const SEGMENTS: usize = 40;

/// A small generator of numbers that look random (`SplitMix64`, Steele et al. 2014).
struct Random(u64);

impl Random {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % below
    }
}

/// A document whose sentences are all different.
fn document(number: usize) -> String {
    let mut text = String::new();
    for i in 0..SEGMENTS {
        let agency = number * 100 + i;
        let _ = writeln!(
            text,
            "第{number}号文件的第{i}项措施由第{agency}号机构负责。\n"
        );
    }
    text
}

/// The number of segments that are `done` in the first line of a screen that says it is saved.
fn acknowledged(screen: &str, done: &str) -> Option<usize> {
    let line = screen.lines().next()?;
    if !line.contains("✓ saved") {
        return None;
    }
    let (before, _) = line.split_once(done)?;
    before
        .rsplit(['·', ' '])
        .find(|word| !word.is_empty())?
        .split('/')
        .next()?
        .parse()
        .ok()
}

/// A translation in two parts, and the key that confirms it.
fn translation(random: &mut Random) -> Vec<String> {
    let text = format!(
        "Agency {} is responsible for this measure.",
        random.next(1_000_000)
    );
    let half = 1 + random.next(text.len() as u64 - 1) as usize;
    let (begin, rest) = halves(&text, half);
    [begin, rest, "\r"].map(str::to_owned).into()
}

/// Types until killed; gives what the screen acknowledged last as `done`.
fn type_until_killed(
    folder: &Path,
    (args, done): (&[&str], &'static str),
    life: Duration,
    random: &mut Random,
    typed: fn(&mut Random) -> Vec<String>,
) -> usize {
    let size = PtySize {
        rows: 24,
        cols: 100,
        pixel_width: 0,
        pixel_height: 0,
    };
    let pair = native_pty_system().openpty(size).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_zm"));
    command.args(args);
    command.cwd(folder);
    command.env("TERM", "xterm-256color");
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut output = pair.master.try_clone_reader().unwrap();
    let mut keys = pair.master.take_writer().unwrap();
    let screen = Arc::new(Mutex::new((vt100::Parser::new(24, 100, 0), 0usize)));
    let shown = Arc::clone(&screen);
    let reader = thread::spawn(move || {
        let mut bytes = [0u8; 4096];
        while let Ok(n) = output.read(&mut bytes) {
            if n == 0 {
                break;
            }
            let mut shown = shown.lock().unwrap();
            shown.0.process(&bytes[..n]);
            if let Some(count) = acknowledged(&shown.0.screen().contents(), done) {
                shown.1 = count;
            }
        }
    });
    let start = Instant::now();
    let mut written = 0;
    while start.elapsed() < life && written < SEGMENTS {
        for part in typed(random) {
            keys.write_all(part.as_bytes()).unwrap();
            keys.flush().unwrap();
            thread::sleep(Duration::from_millis(random.next(40)));
        }
        written += 1;
        if random.next(3) == 0 {
            // Now and then a translator thinks, and the screen says that all is saved.
            thread::sleep(Duration::from_millis(random.next(400)));
        }
    }
    // portable-pty's kill is SIGHUP first: the real thing is asked of the system.
    let pid = child.process_id().unwrap().to_string();
    Command::new("kill").args(["-9", &pid]).status().unwrap();
    child.wait().unwrap();
    drop(keys);
    drop(pair.master);
    reader.join().unwrap();
    if std::env::var_os("ZM_SHOW").is_some() {
        println!("{}", screen.lock().unwrap().0.screen().contents());
    }
    screen.lock().unwrap().1
}

#[test]
fn nothing_acknowledged_is_lost_when_the_program_is_killed() {
    let kills = kills(5);
    // What is typed here translates nothing: no rule should ask for a second Enter.
    let off = zhengming::check::CHECKS
        .iter()
        .map(|c| format!("{} = \"off\"\n", c.id));
    let config = format!("[rules]\n{}", off.collect::<String>());
    let terms = "zh\ten\n措施\tmeasure\n机构\tagency\n";
    let folder = folder(&[
        ("glossaries/a.tsv", terms),
        ("zhengming.toml", config.as_str()),
    ]);
    let root = folder.path();
    fs::create_dir(root.join("memories")).unwrap();
    let mut random = Random(20_251_124);
    let mut confirmed = 0;
    for round in 0..kills {
        let name = format!("d{round}.zh.md");
        fs::write(root.join(&name), document(round)).unwrap();
        let life = Duration::from_millis(800 + random.next(3000));
        let what = (&["edit", &*name][..], " confirmed");
        let seen = type_until_killed(root, what, life, &mut random, translation);
        confirmed += seen;

        let path = root.join(&name);
        let kept = work::read(&path).unwrap();
        let rows = kept.map_or_else(Vec::new, |parsed| {
            assert!(parsed.findings.is_empty(), "{:?}", parsed.findings);
            parsed.value.rows
        });
        let rows: Vec<_> = rows
            .into_iter()
            .filter(|row| row.state.confirmed())
            .collect();
        assert!(
            rows.len() >= seen,
            "kill {round}: {seen} were saved, {} are in the work file",
            rows.len()
        );

        let places = Places {
            index: None,
            memories: Vec::new(),
            journal: Some(root.join("memories/journal.tsv")),
        };
        let memory = Memory::open(&places).value;
        let known = rows.iter().filter(|row| {
            memory
                .exact(&row.source, zhengming::lang::Lang::Zh)
                .iter()
                .any(|entry| entry.en == row.target)
        });
        let known = known.count();
        assert!(
            known >= seen,
            "kill {round}: {seen} were saved, {known} are in the memory"
        );

        let next = zm(root, &["suggest", "第0号文件的第0项措施由第0号机构负责。"]);
        assert!(
            next.status.success(),
            "kill {round}: {}",
            String::from_utf8_lossy(&next.stderr)
        );
    }
    assert!(
        confirmed > 0,
        "no run lived long enough to confirm anything"
    );
    println!("{kills} kills, {confirmed} acknowledged segments, none lost");
}

#[test]
fn no_accepted_bead_is_lost_when_the_program_is_killed() {
    let kills = kills(3);
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let mut random = Random(20_251_125);
    let mut accepted = 0;
    for round in 0..kills {
        let names = ["zh", "en"].map(|lang| format!("d{round}.{lang}.md"));
        fs::write(root.join(&names[0]), document(round)).unwrap();
        let mut english = String::new();
        for i in 0..SEGMENTS {
            let agency = round * 100 + i;
            let _ = writeln!(
                english,
                "Measure {i} of document {round} is the task of agency {agency}.\n"
            );
        }
        fs::write(root.join(&names[1]), english).unwrap();
        let args = ["align", &names[0], &names[1], "--review"];
        let life = Duration::from_millis(2500 + random.next(3000));
        let enter = |_: &mut Random| vec!["\r".to_owned()];
        let seen = type_until_killed(root, (&args, " accepted"), life, &mut random, enter);
        accepted += seen;
        let file = format!("{}+{}.align.tsv", names[0], names[1]);
        let kept = fs::read_to_string(root.join(&file)).unwrap_or_default();
        let rows = kept.lines().filter(|line| line.contains("\taccepted\t"));
        let rows = rows.count();
        assert!(
            rows >= seen,
            "kill {round}: {seen} were saved, {rows} are kept"
        );

        // And the file is whole: it opens again.
        if !kept.is_empty() {
            let project = zhengming::project::Project::default();
            let paths = names.map(|name| root.join(name));
            let reading = zhengming::review::Reading::default();
            let again = zhengming::review::open(&project, [&paths[0], &paths[1]], reading);
            let progress = again.unwrap().value.alignment.progress();
            assert_eq!(progress.accepted, rows, "kill {round}");
        }
    }
    assert!(accepted > 0, "no run lived long enough to accept anything");
    println!("{kills} kills, {accepted} acknowledged beads, none lost");
}

#[test]
fn no_decision_on_a_proposal_is_lost_when_the_program_is_killed() {
    let kills = kills(3);
    let terms = "zh\ten\n能源部\tDepartment of Energy\n";
    let folder = folder(&[("glossaries/terms.tsv", terms)]);
    let root = folder.path();
    let glossary = root.join("glossaries/terms.tsv");
    let rows = |path: &Path| {
        let text = fs::read_to_string(path).unwrap_or_default();
        let rows = text.lines().skip(1).filter(|line| line.contains("Program"));
        rows.count()
    };
    let mut random = Random(20_251_128);
    let (mut acknowledged, mut accepted, mut rejected) = (0, 0, 0);
    for round in 0..kills {
        let name = format!("d{round}.zh.md");
        let mut text = String::new();
        for i in 0..SEGMENTS {
            let number = round * 100 + i;
            let _ = writeln!(text, "另有“第{number}号工程”（Program No {number}）。\n");
        }
        fs::write(root.join(&name), text).unwrap();
        let life = Duration::from_millis(2500 + random.next(3000));
        // Most are accepted, some rejected.
        let decide = |random: &mut Random| {
            let key = if random.next(4) == 0 { "x" } else { "\r" };
            vec![key.to_owned()]
        };
        let args = ["propose", &name, "--review"];
        let seen = type_until_killed(root, (&args, " accepted"), life, &mut random, decide);
        acknowledged += seen;
        let decided = [&glossary, &root.join(".zm-rejected.tsv")].map(|path| rows(path));
        let new = [decided[0] - accepted, decided[1] - rejected];
        [accepted, rejected] = decided;
        assert!(
            new[0] >= seen,
            "kill {round}: {seen} were saved, {} are in the glossary",
            new[0]
        );

        // Both files are whole, and what was decided is not proposed again.
        let next = zm(root, &["propose", &name, "--format", "tsv"]);
        assert!(next.stderr.is_empty() || next.status.success());
        let proposed = String::from_utf8_lossy(&next.stdout);
        let open = proposed.lines().filter(|line| line.contains("Program No"));
        assert_eq!(open.count() + new[0] + new[1], SEGMENTS, "kill {round}");
    }
    assert!(
        acknowledged > 0,
        "no run lived long enough to accept anything"
    );
    println!("{kills} kills, {acknowledged} acknowledged proposals, none lost");
}
