#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use proptest::prelude::*;

use super::*;

fn texts(prefix: &str, count: usize) -> Vec<Sentence> {
    let sentence = |n| Sentence {
        text: format!("{prefix}{n} 一二 three"),
        paragraph: n as u32 / 3,
        block: Block::default(),
        cut: false,
    };
    (0..count).map(sentence).collect()
}

fn sentences(zh: usize, en: usize) -> Pair<Vec<Sentence>> {
    Pair::each(|lang| match lang {
        Lang::Zh => texts("中", zh),
        Lang::En => texts("E", en),
    })
}

/// All text of a side, without spaces: no edit may change it.
fn whole(alignment: &Alignment, lang: Lang) -> String {
    let beads = alignment.beads.iter();
    let texts = beads.map(|bead| alignment.text(lang, &bead.of[lang]));
    texts.collect::<String>().replace(' ', "")
}

/// An edit by numbers: whatever they say, it is made or refused.
fn edit(alignment: &mut Alignment, what: u8, bead: usize, sentence: u32, zh: bool) {
    let lang = if zh { Lang::Zh } else { Lang::En };
    let bead = bead % (alignment.beads.len() + 1);
    let sentence = sentence % (alignment.count(lang) + 1);
    let inside = alignment
        .beads
        .get(bead)
        .map_or(0..0, |b| b.of[lang].clone());
    let own = if inside.is_empty() {
        sentence
    } else {
        inside.start + sentence % inside.len() as u32
    };
    let _ = match what {
        0 => alignment.merge(bead),
        1 => alignment.split(bead, lang, own),
        2 => alignment.shift(bead, lang, own, true),
        3 => alignment.shift(bead, lang, own, false),
        4 => alignment.omit(bead, lang, own),
        5 => alignment.pin(sentence, bead as u32),
        6 => alignment.cut(lang, sentence, 3),
        7 => alignment.mark(bead, Mark::Accepted),
        _ => alignment.mark(bead, Mark::Open),
    };
}

proptest! {
    #[test]
    fn no_edit_loses_a_sentence(
        zh in 0_usize..7,
        en in 0_usize..7,
        edits in prop::collection::vec((0_u8..9, 0_usize..12, 0_u32..12, any::<bool>()), 0..25),
    ) {
        let mut alignment = Alignment::new(sentences(zh, en));
        let before = [Lang::Zh, Lang::En].map(|lang| whole(&alignment, lang));
        for (what, bead, sentence, zh) in edits {
            edit(&mut alignment, what, bead, sentence, zh);
            prop_assert!(alignment.is_whole(), "{alignment:?}");
        }
        let after = [Lang::Zh, Lang::En].map(|lang| whole(&alignment, lang));
        prop_assert_eq!(&before, &after);
        // Realigning keeps what is fixed, and loses nothing either.
        let mut again = alignment.clone();
        again.beads = alignment.realign(&Resources::default(), &[]);
        prop_assert!(again.is_whole());
        for bead in alignment.beads.iter().filter(|bead| bead.fixed()) {
            prop_assert!(again.beads.contains(bead));
        }
        // The file gives back what was written, and fits the texts it came from.
        let kept = file::parse(&file::to_text(&alignment)).unwrap();
        let (fitted, open) = fit::fit(&kept, sentences(zh, en));
        prop_assert!(!open);
        let spans = |a: &Alignment| a.beads.iter().map(|b| (b.of.clone(), b.mark)).collect::<Vec<_>>();
        prop_assert_eq!(spans(&fitted), spans(&alignment));
    }

    #[test]
    fn an_edited_source_keeps_what_fits(
        gone in prop::collection::vec(0_usize..10, 0..4),
        swap in prop::option::of(0_usize..9),
    ) {
        let mut alignment = Alignment::new(sentences(10, 10));
        for n in 0..10 {
            alignment.pin(n, n).unwrap();
        }
        let mut fresh = sentences(10, 10);
        for at in &gone {
            fresh[Lang::Zh][*at].text = format!("new {at}");
        }
        if let Some(at) = swap {
            fresh[Lang::En].swap(at, at + 1);
        }
        let (fitted, open) = fit::fit(&alignment, fresh);
        prop_assert!(fitted.is_whole(), "{fitted:?}");
        prop_assert_eq!(open, !gone.is_empty() || swap.is_some());
        let kept = fitted.beads.iter().filter(|bead| bead.fixed()).count();
        prop_assert!(kept + gone.len() + 2 >= 10);
    }
}

#[test]
fn a_pin_takes_apart_what_stands_across() {
    let mut alignment = Alignment::new(sentences(4, 4));
    for n in 0..4 {
        alignment.pin(n, n).unwrap();
        alignment.mark(n as usize, Mark::Open).unwrap();
    }
    alignment.pin(1, 2).unwrap();
    let spans: Vec<_> = alignment
        .beads
        .iter()
        .map(|b| (b.of[Lang::Zh].clone(), b.of[Lang::En].clone()))
        .collect();
    assert_eq!(
        spans,
        [
            (0..1, 0..1),
            (1..1, 1..2),
            (1..2, 2..3),
            (2..3, 3..3),
            (3..4, 3..4)
        ]
    );
    assert!(alignment.bead_of(Lang::Zh, 1) == Some(2));
}

#[test]
fn splitting_follows_the_lengths() {
    let mut alignment = Alignment::new(sentences(2, 3));
    while alignment.beads.len() > 1 {
        alignment.merge(0).unwrap();
    }
    alignment.split(0, Lang::Zh, 1).unwrap();
    let zh: Vec<_> = alignment
        .beads
        .iter()
        .map(|b| b.of[Lang::Zh].clone())
        .collect();
    assert_eq!(zh, [0..1, 1..2]);
    assert!(alignment.beads.iter().all(|b| !b.one_sided()));
}

/// An alignment of `count` sentences, one to one.
fn straight(count: usize) -> Alignment {
    let mut alignment = Alignment::new(sentences(count, count));
    let beads = (0..count as u32).map(|n| Bead::new(n..n + 1, n..n + 1, Mark::Open));
    alignment.beads = beads.collect();
    alignment
}

#[test]
fn what_two_programs_decide_is_kept() {
    let base = straight(6);
    let (mut ours, mut theirs) = (base.clone(), base.clone());
    ours.mark(0, Mark::Accepted).unwrap();
    ours.merge(1).unwrap();
    theirs.merge(4).unwrap();
    theirs.cut(Lang::En, 3, 4).unwrap();
    theirs.mark(3, Mark::Accepted).unwrap();
    let merged = merge::merge(&base, &ours, &theirs);
    let marks: Vec<Mark> = merged.alignment.beads.iter().map(|b| b.mark).collect();
    let (open, fixed, accepted) = (Mark::Open, Mark::Fixed, Mark::Accepted);
    assert_eq!(marks, [accepted, fixed, accepted, fixed]);
    assert_eq!((merged.taken, merged.lost), (2, 0));
    assert_eq!(merged.alignment.count(Lang::En), 7, "cut there");
    assert!(merged.alignment.is_whole());
    // Both decided on the same: what is here stands, and that is told.
    let mut others = base.clone();
    others.merge(0).unwrap();
    let merged = merge::merge(&base, &ours, &others);
    assert_eq!(merged.lost, 1);
    assert_eq!(merged.alignment.beads[0].mark, accepted);
    // A mark that was taken back here is not brought back.
    let mut back = ours.clone();
    back.mark(0, Mark::Open).unwrap();
    let merged = merge::merge(&ours, &back, &ours);
    assert_eq!(merged.alignment.beads[0].mark, open);
}

proptest! {
    #[test]
    fn merging_loses_no_sentence_and_no_decision_of_one_side(
        ours in prop::collection::vec((0u8..8, 0usize..8, 0u32..8, any::<bool>()), 0..8),
        theirs in prop::collection::vec((0u8..8, 0usize..8, 0u32..8, any::<bool>()), 0..8),
    ) {
        let base = straight(6);
        let edited = |edits: &[(u8, usize, u32, bool)]| {
            let mut alignment = base.clone();
            for (what, bead, sentence, zh) in edits {
                edit(&mut alignment, *what, *bead, *sentence, *zh);
            }
            alignment
        };
        let (ours, theirs) = (edited(&ours), edited(&theirs));
        let merged = merge::merge(&base, &ours, &theirs).alignment;
        prop_assert!(merged.is_whole());
        for lang in [Lang::Zh, Lang::En] {
            prop_assert_eq!(whole(&merged, lang), whole(&base, lang));
        }
        let alone = merge::merge(&base, &base, &theirs);
        prop_assert_eq!(alone.alignment.progress().accepted, theirs.progress().accepted);
        let same = merge::merge(&base, &ours, &base).alignment;
        prop_assert_eq!(same.progress(), ours.progress());
    }
}
