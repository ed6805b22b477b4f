//! Faults planted in good translations, one a unit.

use std::collections::BTreeSet;

use zhengming::finding::Severity;
use zhengming::lang::Lang;
use zhengming::model::bitext::Bitext;
use zhengming::model::concept::TermStatus;
use zhengming::recognize::Recognizer;
use zhengming::span::{Span, splice};
use zhengming::text::number::quantities;
use zhengming::text::width::fit;

use super::sets::{Set, bitext};
use super::{checked, unit};
use crate::desk::Lots;
use zhengming::lang::{Locale, Pair};

/// Units planted in, of each kind.
const PLANTED: usize = 500;

/// A unit with a fault.
struct Planted {
    pair: [String; 2],
    locales: [Locale; 2],
    what: String,
}

/// Plants and counts what is found: a unit counts when the family says something
/// that it did not say of the unit as it was.
pub(crate) fn measure(set: &Set) {
    let recognizer = Recognizer::new(&set.glossary);
    println!("\n## {}", set.name);
    let term = ["term-", "name-"];
    report(set, &recognizer, "renderings", &term, rendering);
    report(
        set,
        &recognizer,
        "numbers, dates, currencies",
        &["num-", "date-"],
        figure,
    );
}

type Plant = fn(&Set, &Recognizer, &[String; 2], [Lang; 2], &mut Lots) -> Option<(String, String)>;

fn report(set: &Set, recognizer: &Recognizer, name: &str, families: &[&str], plant: Plant) {
    let ours = |rule: &str| families.iter().any(|family| rule.starts_with(family));
    let flat: Vec<Bitext> = set.bitexts.iter().map(one_a_line).collect();
    let before = checked(set, recognizer, &flat).findings;
    let flagged: BTreeSet<_> = before.iter().filter(|f| ours(f.rule)).map(unit).collect();
    let mut lots = Lots::new(2011);
    let mut candidates = Vec::new();
    for bitext in &flat {
        for (line, couple) in (1..).zip(&bitext.units) {
            if flagged.contains(&(bitext.path(), line)) {
                continue;
            }
            if let (Some(source), Some(target)) = (&couple.source, &couple.target) {
                candidates.push((lots.draw(), source, target));
            }
        }
    }
    candidates.sort_by_key(|c| c.0);
    let mut planted = Vec::new();
    for (_, source, target) in candidates {
        let texts = [source.text.clone(), target.text.clone()];
        let locales = [source.locale, target.locale];
        let langs = locales.map(Locale::lang);
        if let Some((mutated, what)) = plant(set, recognizer, &texts, langs, &mut lots) {
            let [source, _] = texts;
            planted.push(Planted {
                pair: [source, mutated],
                locales,
                what,
            });
        }
        if planted.len() == PLANTED {
            break;
        }
    }
    if planted.is_empty() {
        return;
    }
    let texts = planted_texts(&planted);
    let findings = checked(set, recognizer, &[texts]).findings;
    let found = |least: Severity| -> BTreeSet<u32> {
        let told = findings
            .iter()
            .filter(|f| ours(f.rule) && f.severity >= least);
        told.map(|f| f.place.line).collect()
    };
    let share = |n: usize| 100.0 * n as f64 / planted.len() as f64;
    let all = found(Severity::Note);
    println!(
        "{name}: {} of {} found, {:.1} % (as error {:.1}, at least warning {:.1})",
        all.len(),
        planted.len(),
        share(all.len()),
        share(found(Severity::Error).len()),
        share(found(Severity::Warning).len()),
    );
    for (line, missed) in (1..)
        .zip(&planted)
        .filter(|(line, _)| !all.contains(line))
        .take(12)
    {
        // The beginning tells which unit it is; articles of laws are long.
        let [source, target] = missed.pair.each_ref().map(|text| fit(text, 150));
        println!(
            "  missed {line}: {}\n    {source}\n    {target}",
            missed.what
        );
    }
}

/// The same units, one a line, so that a finding's line is its unit's.
fn one_a_line(texts: &Bitext) -> Bitext {
    let pairs: Vec<Pair<String>> = texts
        .units
        .iter()
        .filter_map(|couple| {
            let (source, target) = (couple.source.as_ref()?, couple.target.as_ref()?);
            let (zh, en) = match source.locale.lang() {
                Lang::Zh => (source, target),
                Lang::En => (target, source),
            };
            Some(Pair {
                zh: zh.text.clone(),
                en: en.text.clone(),
            })
        })
        .collect();
    let passages = texts
        .units
        .iter()
        .flat_map(|c| c.source.iter().chain(&c.target));
    let zh = passages.map(|p| p.locale).find(|l| l.lang() == Lang::Zh);
    let first = texts.units.iter().find_map(|c| c.source.as_ref());
    let from = first.map_or(Lang::Zh, |p| p.locale.lang());
    let name = texts.path().display().to_string();
    bitext(&name, zh.unwrap_or(Locale::Hans), from, &pairs)
}

fn planted_texts(planted: &[Planted]) -> Bitext {
    let from = planted.first().map_or(Lang::Zh, |p| p.locales[0].lang());
    let zh = planted
        .iter()
        .flat_map(|p| p.locales)
        .find(|l| l.lang() == Lang::Zh);
    let pairs: Vec<_> = planted
        .iter()
        .map(|p| {
            let [source, target] = p.pair.clone();
            match from {
                Lang::Zh => Pair {
                    zh: source,
                    en: target,
                },
                Lang::En => Pair {
                    zh: target,
                    en: source,
                },
            }
        })
        .collect();
    bitext("planted", zh.unwrap_or(Locale::Hans), from, &pairs)
}

/// Another concept's term in place of the only rendering of one.
fn rendering(
    set: &Set,
    recognizer: &Recognizer,
    [source, target]: &[String; 2],
    [from, to]: [Lang; 2],
    lots: &mut Lots,
) -> Option<(String, String)> {
    let hits = recognizer.find_all(target, to, None);
    let mut able = Vec::new();
    for hit in recognizer.find(source, from).iter().filter(|hit| hit.sure) {
        let [sense] = hit.senses.as_slice() else {
            continue;
        };
        let there: Vec<_> = hits
            .iter()
            .filter(|h| h.senses.iter().any(|s| s.concept == sense.concept))
            .collect();
        if let [only] = there.as_slice() {
            able.push((sense.concept, only.span));
        }
    }
    let (concept, span) = *able.get(lots.below(able.len()))?;
    let own: Vec<_> = set.glossary[concept].terms[to]
        .iter()
        .map(|t| &t.text)
        .collect();
    let all: Vec<_> = set.glossary.concepts().collect();
    let other = (0..100).find_map(|_| {
        let other = all[lots.below(all.len())];
        let term = other.with_status(to, TermStatus::Preferred).next()?;
        // Not one that holds the right rendering, or that the source asks for as well.
        let apart = own
            .iter()
            .all(|o| !term.text.contains(&***o) && !o.contains(&*term.text));
        (apart && !target.contains(&*term.text)).then(|| term.text.to_string())
    })?;
    let what = format!("{} → {other}", span.of(target));
    Some((splice(target, span, &other), what))
}

/// A digit, a magnitude or a currency changed in one figure of the target.
fn figure(
    _: &Set,
    _: &Recognizer,
    [_, target]: &[String; 2],
    [_, to]: [Lang; 2],
    lots: &mut Lots,
) -> Option<(String, String)> {
    const SWAPS: &[(&str, &str)] = &[
        ("million", "billion"),
        ("billion", "million"),
        ("thousand", "million"),
        ("亿", "万"),
        ("億", "萬"),
        ("万", "亿"),
        ("萬", "億"),
        ("US$", "HK$"),
        ("dollars", "euros"),
        ("美元", "欧元"),
        ("January", "March"),
        ("March", "June"),
        ("%", " percentage points"),
    ];
    let quantities = quantities(target, to);
    let mut able = Vec::new();
    for quantity in quantities.iter().filter(|q| !q.soft) {
        let text = quantity.span.of(target);
        for (old, new) in SWAPS {
            if text.contains(old) && !(*new).starts_with(' ') {
                able.push((quantity.span, text.replacen(old, new, 1)));
            }
        }
        for (at, c) in text.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
            let digit = char::from_digit((c.to_digit(10)? + 1 + lots.below(8) as u32) % 10, 10)?;
            // A leading zero would be another number, or none.
            if at > 0 || digit != '0' {
                let span = Span::new(at, at + 1);
                able.push((quantity.span, splice(text, span, &digit.to_string())));
            }
        }
    }
    let (span, new) = able.get(lots.below(able.len()))?;
    let what = format!("{} → {new}", span.of(target));
    Some((splice(target, *span, new), what))
}
