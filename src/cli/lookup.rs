//! `zm lookup TERM`: the glossaries, without index or segmenter.

use std::io::Write;

use serde_json::{Value, json};

use super::Global;
use super::out::{Exit, Failure, Format, Out, style, styled};
use crate::error::Error;
use crate::glossary::{ConceptId, Found, Glossary, How, lookup};
use crate::lang::Lang;
use crate::model::concept::{Concept, TermStatus};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
A term is found in either language, in traditional characters, inflected, by its
beginning, and by pinyin (full or initials). The exit code is 1 where nothing is
found; what is written nearly so is told then.

Examples:
  zm lookup 创世计划
  zm lookup \"export controls\"
  zm lookup csjh")]
pub(crate) struct Args {
    /// The term
    #[arg(value_name = "TERM", required = true)]
    term: Vec<String>,
    /// The most concepts shown; 0 for all
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Args {
    pub(crate) fn run(&self, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
        let query = self.term.join(" ");
        if query.trim().is_empty() {
            return Err(Error::Usage("no term: zm lookup 创世计划".into()).into());
        }
        let project = global.project()?;
        if project.glossary_files()?.is_empty() {
            let message =
                "there is no glossary here: `zm init` makes a workspace, --glossary FILE names one";
            return Err(Error::Usage(message.into()).into());
        }
        let parsed = project.glossary()?;
        out.notices(&parsed.findings);
        let glossary = parsed.value;
        let all = lookup(&glossary, &query);
        let sure = |f: &&Found| !matches!(f.how, How::Fuzzy(_) | How::Within);
        let limit = if self.limit == 0 {
            usize::MAX
        } else {
            self.limit
        };
        let found = concepts(all.iter().filter(sure), limit);
        let near = concepts(all.iter().filter(|f| !sure(f)), 5);
        if self.format == Format::Json {
            let list = |found: &[Found]| -> Vec<Value> {
                found.iter().map(|f| entry(&glossary, f)).collect()
            };
            let all = json!({
                "schema": "zhengming.lookup/1",
                "query": query,
                "concepts": list(&found),
                "near": list(&near),
            });
            out.json_pretty(&all)?;
        } else if found.is_empty() {
            out.note(format!("{query}: in no glossary"));
            for one in &near {
                let concept = &glossary[one.concept];
                let (zh, en) = (concept.name(Lang::Zh), concept.name(Lang::En));
                out.note(format!("  near: {zh} = {en}  {}", concept.origin));
            }
        } else {
            for (i, one) in found.iter().enumerate() {
                if i > 0 {
                    writeln!(out)?;
                }
                human(&glossary, one, out)?;
            }
        }
        Ok(if found.is_empty() {
            Exit::Findings
        } else {
            Exit::Fine
        })
    }
}

/// One find for each concept, the best, in order.
fn concepts<'a>(found: impl Iterator<Item = &'a Found>, limit: usize) -> Vec<Found> {
    let mut seen: Vec<ConceptId> = Vec::new();
    let mut kept = Vec::new();
    for one in found {
        if !seen.contains(&one.concept) && kept.len() < limit {
            seen.push(one.concept);
            kept.push(*one);
        }
    }
    kept
}

/// How a find came about, in a word.
fn how(how: How) -> &'static str {
    match how {
        How::Exact => "exact",
        How::Inflected => "inflected",
        How::Regional => "regional",
        How::Prefix => "prefix",
        How::Contains => "contains",
        How::Pinyin => "pinyin",
        How::Fuzzy(_) => "fuzzy",
        How::Within => "within",
    }
}

/// The terms of one language and status; abbreviations and regional forms say so.
fn terms(concept: &Concept, lang: Lang, status: TermStatus) -> Vec<String> {
    let terms =
        concept
            .with_status(lang, status)
            .map(|term| match (term.locale, term.abbreviation) {
                (Some(locale), _) => format!("{} ({locale})", term.text),
                (None, true) => format!("{} (abbr)", term.text),
                (None, false) => term.text.to_string(),
            });
    terms.collect()
}

/// A concept as JSON.
fn entry(glossary: &Glossary, found: &Found) -> Value {
    let concept = &glossary[found.concept];
    let side = |lang| {
        let of = |status| -> Vec<_> {
            let terms = concept.with_status(lang, status);
            terms.map(|t| t.text.to_string()).collect()
        };
        json!({
            "preferred": of(TermStatus::Preferred),
            "admitted": of(TermStatus::Admitted),
            "avoid": of(TermStatus::Deprecated),
            "superseded": of(TermStatus::Superseded),
        })
    };
    let term = concept.terms[found.lang].get(usize::from(found.term));
    json!({
        "how": how(found.how),
        "term": term.map(|t| t.text.to_string()),
        "zh": side(Lang::Zh),
        "en": side(Lang::En),
        "subject": *concept.subject,
        "type": concept.kind,
        "status": concept.status,
        "valid_from": concept.valid_from.map(|day| day.to_string()),
        "valid_to": concept.valid_to.map(|day| day.to_string()),
        "superseded_by": *concept.superseded_by,
        "definition": *concept.definition,
        "note": *concept.note,
        "source": *concept.source,
        "glossary": concept.origin.to_string(),
    })
}

/// A concept on a few lines.
fn human(glossary: &Glossary, found: &Found, out: &mut Out) -> Result<(), Failure> {
    let concept = &glossary[found.concept];
    let (zh, en) = (concept.name(Lang::Zh), concept.name(Lang::En));
    let head = styled(style::STRONG, format!("{zh} = {en}"));
    let term = concept.terms[found.lang].get(usize::from(found.term));
    let wrong = term.is_some_and(|t| t.status == TermStatus::Deprecated);
    let way = match (found.how, term) {
        (How::Exact, Some(term)) if wrong => format!("  (“{}” is deprecated)", term.text),
        (How::Exact, _) | (_, None) => String::new(),
        (other, Some(term)) => format!("  ({}: {})", how(other), term.text),
    };
    writeln!(
        out,
        "{head}{way}  {}",
        styled(style::PLACE, &concept.origin)
    )?;
    for lang in [Lang::Zh, Lang::En] {
        let lines = [
            (TermStatus::Preferred, "   ", style::GOOD),
            (TermStatus::Admitted, "or ", style::STRONG),
            (TermStatus::Deprecated, "not", style::BAD),
            (TermStatus::Superseded, "was", style::CARE),
        ];
        for (status, word, color) in lines {
            let terms = terms(concept, lang, status);
            if !terms.is_empty() {
                writeln!(out, "  {lang} {word} {}", styled(color, terms.join(" · ")))?;
            }
        }
    }
    if let Some(dates) = dates(glossary, concept, found.lang) {
        writeln!(out, "  {}", styled(style::CARE, dates))?;
    }
    let facts = [
        ("subject", &concept.subject),
        ("means", &concept.definition),
        ("note", &concept.note),
        ("source", &concept.source),
    ];
    for (name, text) in facts {
        if !text.is_empty() {
            writeln!(out, "  {}", styled(style::FAINT, format!("{name}: {text}")))?;
        }
    }
    Ok(())
}

/// The days on which a concept is right, and what took its place.
fn dates(glossary: &Glossary, concept: &Concept, lang: Lang) -> Option<String> {
    let by = &concept.superseded_by;
    let days = match concept.days() {
        none if none.is_empty() && by.is_empty() => return None,
        none if none.is_empty() => "superseded".to_owned(),
        days => days,
    };
    if concept.holds(None) {
        return Some(days);
    }
    let now = glossary.instead(concept, lang, None).map(|now| {
        let (zh, en) = (now.name(Lang::Zh), now.name(Lang::En));
        format!("{zh} = {en}")
    });
    let now = now.or_else(|| (!by.is_empty()).then(|| by.to_string()));
    Some(match now {
        Some(now) => format!("{days}; then {now}"),
        None => days,
    })
}
