//! Two documents that translate each other to the units of both.

use std::ops::Range;

use crate::align::{self, Resources};
use crate::format::segment::join;
use crate::lang::{Lang, Locale, Pair};
use crate::model::bitext::{Bitext, Couple, File, Layout, Passage};
use crate::model::document::{Block, Document, Unit};

/// Aligns a Chinese document and an English one, `from` being translated from;
/// `zh` is what the Chinese one is written in.
///
/// The reason where the two do not translate each other.
pub(super) fn couple(
    sides: &Pair<&Document>,
    from: Lang,
    zh: Locale,
    resources: &Resources<'_>,
) -> Result<Bitext, String> {
    lengths(sides)?;
    let beads = align::align(
        &align::sentences(&sides.zh.units),
        &align::sentences(&sides.en.units),
        resources,
    );
    let both = beads
        .iter()
        .filter(|b| !b.zh.is_empty() && !b.en.is_empty());
    let doubtful = both.clone().filter(|bead| bead.score < 0.5).count();
    let both = both.count();
    // A few sentences prove nothing; a text most of whose sentences find no partner does.
    if beads.len() >= 8 && (both - doubtful) * 4 < beads.len() {
        return Err(format!(
            "of {} pieces of text only {} have a likely translation in the other document",
            beads.len(),
            both - doubtful
        ));
    }
    let mut paragraph = 0;
    let units = beads.iter().map(|bead| {
        let of = |lang| match lang {
            Lang::Zh => some(sides.zh, &bead.zh),
            Lang::En => some(sides.en, &bead.en),
        };
        let side = |lang: Lang| {
            let locale = if lang == Lang::Zh { zh } else { Locale::En };
            passage(of(lang), locale, u32::from(lang != from))
        };
        // What only the translation has belongs where it stands.
        paragraph = of(from).first().map_or(paragraph, |unit| unit.paragraph);
        let first = of(from).first().or(of(from.other()).first());
        Couple {
            source: side(from),
            target: side(from.other()),
            block: first.map_or(Block::default(), |unit| unit.block),
            paragraph,
            doubt: u8::try_from((100.0 * (1.0 - bead.score)) as i64).unwrap_or(100),
            ..Couple::default()
        }
    });
    let units = units.collect();
    let file = |lang: Lang| File {
        path: sides[lang].path.as_path().into(),
        text: sides[lang].text.clone(),
    };
    let to = from.other();
    Ok(Bitext {
        layout: Layout::Pair,
        format: sides[from].format,
        files: vec![file(from), file(to)],
        date: sides[to].date.or(sides[from].date),
        units,
    })
}

/// The units of a bead's one side.
fn some<'a>(document: &'a Document, range: &Range<u32>) -> &'a [Unit] {
    let range = range.start as usize..range.end as usize;
    document.units.get(range).unwrap_or_default()
}

/// All sentences of one side of a bead as one text; `None` where there are none.
fn passage(units: &[Unit], locale: Locale, file: u32) -> Option<Passage> {
    let parts = units
        .iter()
        .map(|u| (u.source.as_str(), u.pieces.as_slice()));
    let (text, pieces) = join(parts, locale.lang());
    (!units.is_empty()).then_some(Passage {
        text,
        locale,
        file,
        pieces,
    })
}

/// Whether two texts may translate each other by their lengths, or why not: a
/// Han character is about three to four letters of English.
fn lengths(sides: &Pair<&Document>) -> Result<(), String> {
    const SHORT: usize = 200;
    let length = |document: &Document| -> usize {
        let texts = document.units.iter().map(|unit| unit.source.as_str());
        texts
            .flat_map(str::chars)
            .filter(|c| c.is_alphanumeric())
            .count()
    };
    let (zh, en) = (length(sides.zh), length(sides.en));
    let fit = en <= 12 * zh && zh <= en;
    if fit || zh.max(en / 3) < SHORT {
        return Ok(());
    }
    Err(format!(
        "{zh} characters of Chinese stand beside {en} letters of English"
    ))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::align::Dictionary;
    use crate::format;
    use crate::span::Span;

    fn sides(zh: &str, en: &str) -> Pair<Document> {
        let parse = |name, text: &str| {
            let parsed = format::parse(Path::new(name), text.into(), None);
            parsed.unwrap().value
        };
        Pair {
            zh: parse("a.zh.md", zh),
            en: parse("a.en.md", en),
        }
    }

    fn coupled(zh: &str, en: &str, from: Lang) -> Result<Bitext, String> {
        let resources = Resources {
            dictionary: Some(Dictionary::shipped()),
            ..Resources::default()
        };
        let sides = sides(zh, en);
        let sides = Pair {
            zh: &sides.zh,
            en: &sides.en,
        };
        couple(&sides, from, Locale::Hans, &resources)
    }

    #[test]
    fn sentences_of_a_bead_are_one_text_that_leads_back() {
        let zh = "能源部周一在华盛顿启动“创世计划”，并且很快公布了预算。\n\n科学家很高兴。\n";
        let en = "The Department of Energy launched the Genesis Mission in Washington on Monday.\n\
                  It soon published the budget.\n\nScientists were pleased.\n";
        let bitext = coupled(zh, en, Lang::Zh).unwrap();
        assert_eq!(bitext.units.len(), 2);
        let target = bitext.units[0].target.as_ref().unwrap();
        assert!(target.text.contains("Monday. It soon"), "{}", target.text);
        for part in ["Monday", "published the budget."] {
            let span = Span::find(&target.text, part).unwrap();
            assert_eq!(target.in_file(span).of(en), part);
        }
        assert_eq!(bitext.units[1].paragraph, 1);
        assert_eq!(bitext.path().as_ref(), Path::new("a.en.md"));
        let turned = coupled(zh, en, Lang::En).unwrap();
        assert_eq!(turned.path().as_ref(), Path::new("a.zh.md"));
    }

    #[test]
    fn texts_of_wildly_different_length_are_no_pair() {
        let zh = "能源部启动计划。\n\n".repeat(40);
        let reason = coupled(&zh, "The plan.\n", Lang::Zh).unwrap_err();
        assert!(reason.contains("280 characters of Chinese"), "{reason}");
        assert!(coupled("能源部启动计划。\n", "Plan\n", Lang::Zh).is_ok());
    }
}
