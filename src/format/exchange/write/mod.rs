//! Units written to files that other tools read, one file a format.

mod code;
mod po;
mod table;
mod tmx;
mod xliff;

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::Unit;
use crate::lang::Lang;
use crate::xml;

/// The formats that are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// TMX 1.4, level 2.
    Tmx,
    /// This program's own memory: all that a unit can say.
    Tsv,
    /// The same as comma-separated values.
    Csv,
    /// XLIFF 1.2.
    Xliff,
    /// GNU gettext.
    Po,
}

/// What the two languages are called in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tags {
    /// The tag of Chinese: `zh-CN`.
    pub zh: String,
    /// The tag of English: `en-US`.
    pub en: String,
}

impl Tags {
    fn of(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// What is written of a unit: its pair of texts, the source first, and what it says.
#[derive(Debug, Clone, Copy)]
struct Pair<'u> {
    unit: &'u Unit,
    from: Lang,
    source: &'u str,
    target: &'u str,
}

impl Pair<'_> {
    /// Whether XML can hold all that it says.
    fn fits_xml(&self) -> bool {
        let unit = self.unit;
        let said = [&unit.document, &unit.who, &unit.subject, &unit.note];
        let beside = [&unit.prev, &unit.next, &unit.when];
        let said = said.into_iter().chain(beside).map(String::as_str);
        said.chain([self.source, self.target]).all(xml::can_hold)
    }
}

/// A writer of units.
///
/// ```
/// use zhengming::format::exchange::{Ask, Item, Kind, Reader, Unit, Variant};
/// use zhengming::format::exchange::write::{Format, Tags, Writer};
/// use zhengming::lang::Lang;
/// let text = |lang: &str, text: &str| Variant {
///     lang: lang.into(), text: text.into(), ..Variant::default()
/// };
/// let unit = Unit {
///     variants: vec![text("zh", "按<b>确定</b>"), text("en", "Press <b>OK</b>")],
///     ..Unit::default()
/// };
/// let mut file = Vec::new();
/// let tags = Tags { zh: "zh-CN".into(), en: "en-US".into() };
/// let mut writer = Writer::new(&mut file, Format::Tmx, tags, Lang::Zh).unwrap();
/// writer.unit(&unit).unwrap();
/// writer.finish().unwrap();
/// let file = String::from_utf8(file).unwrap();
/// assert!(file.contains(r#"<seg>按<bpt i="1" x="1">&lt;b&gt;</bpt>确定<ept i="1">&lt;/b&gt;</ept></seg>"#));
/// ```
#[derive(Debug)]
pub struct Writer<W: Write> {
    to: To<W>,
    /// What the format has no place for, and in how many units.
    lost: BTreeMap<&'static str, u64>,
}

#[derive(Debug)]
enum To<W: Write> {
    Tmx(tmx::Tmx<W>),
    Table(table::Table<W>),
    Xliff(Box<xliff::Xliff<W>>),
    Po(po::Po<W>),
}

impl<W: Write> Writer<W> {
    /// Begins a file. A PO file is from one language: `from`.
    pub fn new(out: W, format: Format, tags: Tags, from: Lang) -> io::Result<Self> {
        let to = match format {
            Format::Tmx => To::Tmx(tmx::Tmx::new(out, tags)?),
            Format::Tsv => To::Table(table::Table::tsv(out)?),
            Format::Csv => To::Table(table::Table::csv(out)?),
            Format::Xliff => To::Xliff(Box::new(xliff::Xliff::new(out, tags)?)),
            Format::Po => To::Po(po::Po::new(out, &tags, from)?),
        };
        let lost = BTreeMap::new();
        Ok(Self { to, lost })
    }

    /// Writes a unit; whether it did. One without a pair of texts is not written, nor, where
    /// the format has one direction, one of the other.
    pub fn unit(&mut self, unit: &Unit) -> io::Result<bool> {
        let Ok(couples) = super::couples(unit) else {
            return Ok(false);
        };
        let mut written = false;
        let lost = &mut self.lost;
        let mut lose = |what: &'static str| *lost.entry(what).or_default() += 1;
        for couple in couples {
            let (source, target) = match couple.from {
                Lang::Zh => (&couple.zh.text, &couple.en.text),
                Lang::En => (&couple.en.text, &couple.zh.text),
            };
            let pair = Pair {
                unit,
                from: couple.from,
                source,
                target,
            };
            if let To::Po(to) = &self.to
                && !to.takes(pair)
            {
                lose("units translated from the other language (left out)");
                continue;
            }
            match &mut self.to {
                To::Tmx(to) => to.unit(pair, &mut lose)?,
                To::Table(to) => to.unit(pair)?,
                To::Xliff(to) => to.unit(pair, &mut lose)?,
                To::Po(to) => to.unit(pair, &mut lose)?,
            }
            written = true;
        }
        Ok(written)
    }

    /// Ends the file; gives what the format has no place for, and in how many units.
    pub fn finish(self) -> io::Result<BTreeMap<&'static str, u64>> {
        match self.to {
            To::Tmx(to) => to.finish()?,
            To::Table(to) => to.finish()?,
            To::Xliff(to) => to.finish()?,
            To::Po(to) => to.finish()?,
        }
        Ok(self.lost)
    }
}

/// What is said where a format cannot write some characters.
const CHARACTERS: &str = "control characters (written as U+FFFD)";

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Ask, Item, Kind, Reader, Variant};
    use super::*;
    use crate::model::document::State;

    fn tags() -> Tags {
        Tags {
            zh: "zh-CN".into(),
            en: "en-US".into(),
        }
    }

    fn written(units: &[Unit], format: Format, from: Lang) -> (Vec<u8>, Vec<&'static str>) {
        let mut file = Vec::new();
        let mut writer = Writer::new(&mut file, format, tags(), from).unwrap();
        for unit in units {
            writer.unit(unit).unwrap();
        }
        let lost = writer.finish().unwrap();
        (file, lost.into_keys().collect())
    }

    /// What is read back, with what is not part of a unit taken away.
    fn read(file: Vec<u8>, kind: Kind) -> Vec<Unit> {
        let bytes = Box::new(std::io::Cursor::new(file));
        let path = std::path::Path::new("a");
        let mut reader = Reader::new(path, bytes, kind, &Ask::default()).unwrap();
        let mut found = Vec::new();
        while let Some(item) = reader.next_item().unwrap() {
            let Item::Unit(mut unit) = item else {
                panic!("{item:?}")
            };
            unit.spot = crate::text::stream::Spot::default();
            for variant in &mut unit.variants {
                variant.pieces.clear();
                variant.lang = super::super::language(&variant.lang).unwrap().tag().into();
            }
            unit.source = super::super::language(&unit.source).unwrap().tag().into();
            found.push(unit);
        }
        assert!(reader.own());
        found
    }

    /// Texts with characters of all kinds and codes of all kinds among them.
    fn text() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            4 => "[a-z术语 ，<>&\"'=#\\\\|\n\t*_\\[\\]{}%@.-]{0,8}",
            1 => Just("<b>".to_owned()),
            1 => Just("</b>".to_owned()),
            1 => Just("**".to_owned()),
            1 => Just("{0}".to_owned()),
            1 => Just("<ph x=\"1\"/>".to_owned()),
            1 => Just("<bpt i=\"1\" x=\"1\" c=\"{\\b \"/>".to_owned()),
            1 => Just("<ept i=\"1\" c=\"}\"/>".to_owned()),
            1 => Just("<hi type=\"u\">".to_owned()),
            1 => Just("</hi>".to_owned()),
            1 => Just("<g id=\"1\">".to_owned()),
            1 => Just("</g>".to_owned()),
            1 => Just("<x id=\"2\" equiv-text=\"&lt;\"/>".to_owned()),
            1 => Just("](https://a.b/c)".to_owned()),
        ];
        proptest::collection::vec(part, 1..6)
            .prop_map(|parts| parts.concat())
            .prop_map(|text| {
                if text.trim().is_empty() {
                    "x".to_owned()
                } else {
                    text
                }
            })
    }

    fn unit() -> impl Strategy<Value = Unit> {
        let state = prop_oneof![
            Just((State::Translated, false)),
            Just((State::Draft, false)),
            Just((State::Draft, true)),
            Just((State::Initial, false)),
            Just((State::Reviewed, false)),
            Just((State::Final, false)),
        ];
        let when = prop_oneof![
            Just(String::new()),
            Just("2026-11-23T15:37:15Z".to_owned()),
            Just("2026-11-23".to_owned()),
            Just("2026-11-23T15:37:15.25Z".to_owned()),
        ];
        let word = || "([a-z术&<]([a-z术 &<:./\n\t]{0,6}[a-z术&<])?)?";
        let about = (word(), word(), word(), word(), word());
        (text(), text(), any::<bool>(), state, when, word(), about).prop_map(
            |(
                zh,
                en,
                from_zh,
                (state, aligned),
                when,
                who,
                (document, prev, next, subject, note),
            )| {
                let mut variants = vec![("zh", zh), ("en", en)];
                if !from_zh {
                    variants.reverse();
                }
                Unit {
                    source: variants[0].0.into(),
                    variants: variants
                        .into_iter()
                        .map(|(lang, text)| Variant {
                            lang: lang.into(),
                            text,
                            pieces: Vec::new(),
                        })
                        .collect(),
                    state,
                    aligned,
                    when,
                    who,
                    document,
                    prev,
                    next,
                    subject,
                    note,
                    ..Unit::default()
                }
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn tmx_holds_all_that_a_unit_says(units in proptest::collection::vec(unit(), 1..4)) {
            let (file, lost) = written(&units, Format::Tmx, Lang::Zh);
            prop_assert!(lost.is_empty());
            prop_assert_eq!(read(file, Kind::Tmx), units);
        }

        #[test]
        fn tables_hold_all_that_a_unit_says(units in proptest::collection::vec(unit(), 1..4)) {
            for (format, kind) in [(Format::Tsv, Kind::Tsv), (Format::Csv, Kind::Csv)] {
                let (file, lost) = written(&units, format, Lang::Zh);
                prop_assert!(lost.is_empty());
                let mut read = read(file, kind);
                // A table has its sides in one order for all.
                for unit in &mut read {
                    if unit.variants[0].lang != unit.source {
                        unit.variants.reverse();
                    }
                }
                prop_assert_eq!(read, units.clone());
            }
        }

        #[test]
        fn xliff_holds_all_that_a_unit_says_but_its_neighbors(units in proptest::collection::vec(unit(), 1..4)) {
            let (file, lost) = written(&units, Format::Xliff, Lang::Zh);
            prop_assert!(lost.is_empty());
            prop_assert_eq!(read(file, Kind::Xliff), units);
        }

        #[test]
        fn po_holds_texts_documents_and_notes(units in proptest::collection::vec(unit(), 1..4)) {
            let plain: Vec<Unit> = units
                .into_iter()
                .filter(|unit| unit.source == "en")
                .map(|unit| Unit {
                    state: if unit.state > State::Draft { State::Translated } else { State::Draft },
                    aligned: false,
                    when: String::new(),
                    who: String::new(),
                    prev: String::new(),
                    next: String::new(),
                    subject: String::new(),
                    document: unit.document.replace(['\n', '\t'], " "),
                    ..unit
                })
                .collect();
            let (file, lost) = written(&plain, Format::Po, Lang::En);
            prop_assert!(lost.is_empty(), "{lost:?}");
            if !plain.is_empty() {
                prop_assert_eq!(read(file, Kind::Po), plain);
            }
        }
    }

    #[test]
    fn what_a_format_cannot_hold_is_said() {
        let unit = Unit {
            variants: ["zh", "en"]
                .map(|lang| Variant {
                    lang: lang.into(),
                    text: "a\u{1}b".into(),
                    pieces: Vec::new(),
                })
                .into(),
            who: "李".into(),
            state: State::Final,
            ..Unit::default()
        };
        let unit = std::slice::from_ref(&unit);
        assert_eq!(written(unit, Format::Tmx, Lang::Zh).1, [CHARACTERS]);
        assert_eq!(
            written(unit, Format::Po, Lang::Zh).1,
            ["states beyond fuzzy or not", "the person"]
        );
        assert_eq!(
            written(unit, Format::Po, Lang::En).1,
            ["units translated from the other language (left out)"]
        );
    }
}
