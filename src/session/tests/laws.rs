//! What holds for whatever a translator does.

use proptest::prelude::*;

use super::*;
use crate::session::work::merge;

/// One thing a translator may do.
#[derive(Debug, Clone)]
enum Act {
    Type(usize, String),
    Confirm(usize),
    Unconfirm(usize),
    Clear(usize),
    Note(usize, String),
    Undo(usize),
    Redo(usize),
}

fn act() -> impl Strategy<Value = Act> {
    let text = prop::sample::select(vec![
        "A.",
        "Annex.",
        "a\tb",
        "line\nline",
        "# x",
        "\\n",
        "",
        " ",
        "\u{FEFF}",
        "end\r\nend",
        "here",
    ]);
    let at = 0..6usize;
    prop_oneof![
        3 => (at.clone(), text.clone()).prop_map(|(at, text)| Act::Type(at, text.to_owned())),
        3 => at.clone().prop_map(Act::Confirm),
        1 => at.clone().prop_map(Act::Unconfirm),
        1 => at.clone().prop_map(Act::Clear),
        1 => (at.clone(), text).prop_map(|(at, text)| Act::Note(at, text.replace('\r', ""))),
        1 => at.clone().prop_map(Act::Undo),
        1 => at.prop_map(Act::Redo),
    ]
}

/// Plays the acts, and what the memory holds in the end.
fn play(session: &mut Session, acts: &[Act]) -> HashMap<Key, Entry> {
    let mut memory = HashMap::new();
    for act in acts {
        let outcome = match act {
            Act::Type(at, text) => session.set_target(*at, text),
            Act::Confirm(at) => session.confirm(*at, WHEN).unwrap_or_default(),
            Act::Unconfirm(at) => session.unconfirm(*at),
            Act::Clear(at) => session.clear(*at),
            Act::Note(at, text) => session.set_note(*at, text),
            Act::Undo(at) => session.undo(*at).unwrap_or_default(),
            Act::Redo(at) => session.redo(*at).unwrap_or_default(),
        };
        for key in outcome.forget {
            memory.remove(&key);
        }
        memory.extend(
            outcome
                .remember
                .into_iter()
                .map(|entry| (entry.key(), entry)),
        );
    }
    memory
}

fn sentences() -> impl Strategy<Value = Vec<&'static str>> {
    let sentence = prop::sample::select(vec![
        "附件。",
        "附件。",
        "附件。",
        "附件。",
        "附件一。",
        "附件 A。",
        "附件 a。",
        "白宫发布行政令。",
        "白宫周一发布行政令。",
        "能源部执行。",
        "能源部负责执行。",
        "国会拨款五百亿美元。",
    ]);
    prop::collection::vec(sentence, 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn opening_what_was_saved_gives_the_same_session(
        text in sentences(),
        acts in prop::collection::vec(act(), 0..30),
    ) {
        let mut session = open(&text);
        play(&mut session, &acts);
        let again = reopen(&session, &text);
        let (mut then, mut now) = (session.work(), again.work());
        for &at in &again.filled {
            prop_assert!(then.rows[at].target.is_empty() && now.rows[at].facts.propagated);
            then.rows[at] = Row::default();
            now.rows[at] = Row::default();
        }
        prop_assert_eq!(now, then);
        prop_assert!(!again.dirty());
    }

    #[test]
    fn the_memory_holds_what_the_session_says_it_holds(
        text in sentences(),
        acts in prop::collection::vec(act(), 0..30),
    ) {
        let mut session = open(&text);
        let mut memory = play(&mut session, &acts);
        for facts in &session.facts {
            if let Some(entry) = &facts.remembered {
                prop_assert!(memory.contains_key(&entry.key()));
            }
        }
        for facts in &session.facts {
            if let Some(entry) = &facts.remembered {
                memory.remove(&entry.key());
            }
        }
        prop_assert!(memory.is_empty(), "held by no unit: {:?}", memory);
    }

    #[test]
    fn no_edit_of_the_source_loses_a_translation(
        old in sentences(),
        new in sentences(),
        acts in prop::collection::vec(act(), 0..20),
    ) {
        let mut session = open(&old);
        play(&mut session, &acts);
        let again = reopen(&session, &new);
        let rows = again.work().rows.into_iter().enumerate();
        let rows = rows.filter(|(at, _)| !again.filled.contains(at)).map(|(_, row)| row);
        let mut there: Vec<String> = rows.chain(again.orphans.clone())
            .map(|row| row.target).filter(|target| !target.is_empty()).collect();
        let mut before: Vec<String> = session.work().rows.into_iter()
            .map(|row| row.target).filter(|target| !target.is_empty()).collect();
        there.sort();
        before.sort();
        prop_assert_eq!(there, before);
        // Opened once more on the same text nothing moves any more.
        prop_assert_eq!(reopen(&again, &new).work(), again.work());
    }

    #[test]
    fn merging_keeps_every_confirmed_translation(
        text in sentences(),
        acts in prop::collection::vec(act(), 0..15),
        ours in prop::collection::vec(act(), 0..15),
        theirs in prop::collection::vec(act(), 0..15),
    ) {
        let mut session = open(&text);
        play(&mut session, &acts);
        let base = session.work();
        let (mut one, mut two) = (session.clone(), session);
        play(&mut one, &ours);
        play(&mut two, &theirs);
        let merged = merge(&base, &one.work(), &two.work());
        for (at, row) in two.work().rows.iter().enumerate() {
            let settled = row.state.confirmed() && *row != base.rows[at];
            let kept = merged.rows[at].target == row.target
                || merged.orphans.iter().any(|orphan| orphan.target == row.target);
            prop_assert!(!settled || kept);
        }
        // A side that did nothing gets what the other one did.
        prop_assert_eq!(&merge(&base, &base, &two.work()).rows, &two.work().rows);
        prop_assert_eq!(&merge(&base, &one.work(), &base).rows, &one.work().rows);
    }
}
