//! A segment's terms and numbers, and what they are in the other language.

use jiff::civil::Date;

use super::used::{Evidence, Scope};
use super::{Chosen, Instead, NumberHint, Request, TermHint};
use crate::glossary::{ConceptId, Glossary};
use crate::lang::Locale;
use crate::memory::Memory;
use crate::model::concept::{Concept, Term, TermStatus, Validity};
use crate::recognize::{Hit, Sense};
use crate::text::number::{Quantity, estimates, quantities};
use crate::text::written::written;

/// The most terms of a segment for which the memory is asked what was used: a
/// segment has few that leave a choice, and a whole text must not ask a thousand times.
const ASKED: usize = 12;

/// The terms with their renderings, in the order of the text; of the concepts
/// of one word those come first that document, then workspace have chosen.
pub(super) fn terms(
    request: &Request<'_>,
    hits: &[Hit],
    glossary: &Glossary,
    memory: &Memory,
) -> Vec<TermHint> {
    let mut past = Past {
        request,
        memory,
        asked: Vec::new(),
    };
    let mut hints = Vec::new();
    for hit in hits {
        let mut concepts: Vec<ConceptId> = Vec::new();
        for sense in &hit.senses {
            if !concepts.contains(&sense.concept) {
                concepts.push(sense.concept);
            }
        }
        // Where one holds on the day, what came before or after it is not offered.
        if concepts.iter().any(|id| glossary[*id].holds(request.date)) {
            concepts.retain(|id| glossary[*id].holds(request.date));
        }
        let of_hit = concepts
            .into_iter()
            .map(|id| hint(request, hit, id, glossary));
        let mut of_hit: Vec<_> = of_hit.filter(TermHint::has_renderings).collect();
        choose(&mut of_hit, &mut past);
        hints.extend(of_hit);
    }
    hints
}

/// What was used before for terms, asked once for each.
struct Past<'a> {
    request: &'a Request<'a>,
    memory: &'a Memory,
    asked: Vec<(String, Scope, Evidence)>,
}

impl Past<'_> {
    /// The units of the document that have a term, else those of the workspace.
    fn of(&mut self, term: &str) -> Option<(&Evidence, Scope)> {
        let known = self.asked.iter().position(|(text, ..)| text == term);
        let at = match known {
            Some(at) => at,
            None if self.asked.len() < ASKED => {
                let document = self.request.used.evidence(term);
                let found = if document.is_empty() {
                    let past = Evidence::of_memory(term, self.request.from, self.memory);
                    (Scope::Workspace, past)
                } else {
                    (Scope::Document, document)
                };
                self.asked.push((term.to_owned(), found.0, found.1));
                self.asked.len() - 1
            }
            None => return None,
        };
        let (_, scope, evidence) = self.asked.get(at)?;
        Some((evidence, *scope)).filter(|(evidence, _)| !evidence.is_empty())
    }
}

/// One concept's renderings for a hit.
fn hint(request: &Request<'_>, hit: &Hit, id: ConceptId, glossary: &Glossary) -> TermHint {
    let concept = &glossary[id];
    let status = concept.validity(request.date);
    let status = (status != Validity::Valid).then_some(status);
    let day = |date: Option<Date>| date.map_or_else(String::new, |date| date.to_string());
    let note = if concept.note.is_empty() {
        &concept.definition
    } else {
        &concept.note
    };
    TermHint {
        span: hit.span,
        text: hit.span.of(request.text).to_owned(),
        preferred: preferred(concept, request.to),
        admitted: texts(concept, request.to, TermStatus::Admitted),
        avoid: texts(concept, request.to, TermStatus::Deprecated),
        glossary: concept.origin.to_string(),
        subject: concept.subject.to_string(),
        note: note.to_string(),
        instead: status.and_then(|_| instead(request, concept, glossary)),
        status,
        valid_from: day(concept.valid_from),
        valid_to: day(concept.valid_to),
        superseded_by: concept.superseded_by.to_string(),
        sure: hit.sure,
        chosen: None,
        concept: id,
    }
}

/// What counts in the place of a concept that does not hold.
fn instead(request: &Request<'_>, concept: &Concept, glossary: &Glossary) -> Option<Instead> {
    let now = glossary.instead(concept, request.from, request.date)?;
    Some(Instead {
        source: now.name(request.from).to_owned(),
        preferred: preferred(now, request.to),
        glossary: now.origin.to_string(),
    })
}

impl TermHint {
    /// Whether there is anything to say about it in the other language.
    fn has_renderings(&self) -> bool {
        let groups = [&self.preferred, &self.admitted, &self.avoid];
        groups.iter().any(|group| !group.is_empty())
    }

    /// Why it does not hold on the day, and what counts in its place; `None` where it holds.
    pub fn dates(&self) -> Option<String> {
        let early = self.status? == Validity::Upcoming;
        let when = match (early, self.valid_to.as_str()) {
            (true, _) => format!("only from {}", self.valid_from),
            (false, "") => "superseded".to_owned(),
            (false, last) => format!("until {last}"),
        };
        let now = match &self.instead {
            Some(instead) => format!("{} = {}", instead.source, instead.preferred.join(" · ")),
            None if early => String::new(),
            None => self.superseded_by.clone(),
        };
        Some(match (early, now.as_str()) {
            (_, "") => when,
            (true, now) => format!("{when}; until then {now}"),
            (false, now) => format!("{when}; now {now}"),
        })
    }

    /// The renderings to show before all others: what was chosen before, then the preferred ones.
    pub fn leading(&self) -> Vec<&str> {
        let chosen = self.chosen.as_ref().map(|c| c.target.as_str());
        let preferred = self.preferred.iter().map(String::as_str);
        let others = preferred.filter(|text| Some(*text) != chosen);
        chosen.into_iter().chain(others).collect()
    }

    /// The rendering to write: what was chosen before, else the first there is.
    pub fn first(&self) -> Option<&str> {
        let chosen = self.chosen.as_ref().map(|c| &c.target);
        let usual = || self.preferred.first().or(self.admitted.first());
        chosen.or_else(usual).map(String::as_str)
    }
}

/// The preferred terms of a concept for what is written: those of the script
/// or region first, and only those where there are any; else the usual ones, in its characters.
pub fn preferred(concept: &Concept, to: Locale) -> Vec<String> {
    let terms = || concept.with_status(to.lang(), TermStatus::Preferred);
    let of = |locale| terms().filter(move |t| t.locale == locale);
    // Taiwan's and Hong Kong's own words, else any in traditional characters, else the usual ones.
    let fitting = [Some(to), to.traditional().then_some(Locale::Hant), None];
    let best = fitting.into_iter().find(|l| of(*l).next().is_some());
    best.map(|l| of(l).map(|t| rendering(t, to)).collect())
        .unwrap_or_default()
}

/// The terms of a concept of one status, but those of other regions.
pub fn texts(concept: &Concept, to: Locale, status: TermStatus) -> Vec<String> {
    let fits = |t: &&Term| t.locale.is_none_or(|l| l == to);
    let terms = concept.with_status(to.lang(), status).filter(fits);
    terms.map(|t| rendering(t, to)).collect()
}

/// What may be written for a concept, the preferred terms first, without abbreviations.
pub fn in_full(concept: &Concept, to: Locale) -> Vec<String> {
    let admitted = texts(concept, to, TermStatus::Admitted);
    let mut all = preferred(concept, to);
    all.extend(admitted);
    let terms = &concept.terms[to.lang()];
    let short = |text: &str| {
        let mut terms = terms.iter().filter(|term| term.abbreviation);
        terms.any(|term| rendering(term, to) == text)
    };
    all.retain(|text| !short(text));
    all
}

/// A term as it is written: one of no region in the characters of what is written.
fn rendering(term: &Term, to: Locale) -> String {
    if term.locale.is_none() {
        written(&term.text, to)
    } else {
        term.text.to_string()
    }
}

/// Where a hit leaves a choice, the renderings in the order in which they were
/// used: in this document, else in this workspace.
fn choose(hints: &mut [TermHint], past: &mut Past<'_>) {
    let choices: usize = hints
        .iter()
        .map(|h| h.preferred.len() + h.admitted.len())
        .sum();
    let Some(term) = hints.first().map(|h| h.text.clone()) else {
        return;
    };
    if choices < 2 {
        return;
    }
    let Some((evidence, scope)) = past.of(&term) else {
        return;
    };
    let homonyms = hints.len() > 1;
    let all = hints
        .iter()
        .flat_map(|h| h.preferred.iter().chain(&h.admitted));
    let all: Vec<String> = all.cloned().collect();
    for hint in hints.iter_mut() {
        let times = |text: &String| evidence.times(text, &all);
        for group in [&mut hint.preferred, &mut hint.admitted] {
            group.sort_by_cached_key(|text| std::cmp::Reverse(times(text)));
        }
        let all = hint.preferred.iter().chain(&hint.admitted);
        let counted = all.map(|text| (times(text), text)).filter(|(n, _)| *n > 0);
        // The first of equals: the glossary's order decides a tie.
        let best = counted.reduce(|best, next| if next.0 > best.0 { next } else { best });
        // That the only preferred rendering was used says nothing new.
        let telling = homonyms || hint.preferred.len() > 1;
        let best = best.filter(|(_, text)| telling || hint.preferred.first() != Some(*text));
        hint.chosen = best.map(|(count, text)| Chosen {
            target: text.clone(),
            count,
            scope,
        });
    }
    hints.sort_by_key(|h| std::cmp::Reverse(h.chosen.as_ref().map_or(0, |c| c.count)));
}

/// The quantities and vague counts outside terms, written in the other language.
pub(super) fn numbers(request: &Request<'_>, hits: &[Hit]) -> Vec<NumberHint> {
    let mut found = quantities(request.text, request.from);
    let mut vague = estimates(request.text, request.from);
    vague.retain(|v| !found.iter().any(|q| q.span.overlaps(v.span)));
    found.extend(vague);
    found.sort_by_key(|q| q.span);
    // 十四五 in 十四五规划 and 5 in 5G belong to the term.
    let free = found
        .into_iter()
        .filter(|q| !hits.iter().any(|h| h.span.contains(q.span)));
    let hint = |q: Quantity| NumberHint {
        span: q.span,
        text: q.span.of(request.text).to_owned(),
        kind: q.kind.name().to_owned(),
        value: q.value_text(),
        target: q.render_in(request.to),
    };
    free.map(hint).collect()
}

/// The concept for which a hit is a deprecated term, where `named` says which
/// concepts the other side names. The same word may be the right one for
/// another concept named there: then nothing.
pub fn deprecated(hit: &Hit, named: impl Fn(ConceptId) -> bool) -> Option<ConceptId> {
    let wrong = |s: &&Sense| s.status == TermStatus::Deprecated;
    let mut senses = hit.senses.iter().filter(|s| named(s.concept));
    if senses.clone().all(|s| wrong(&s)) {
        senses.next().map(|s| s.concept)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::lang::Lang;
    use crate::recognize::Recognizer;
    use crate::suggest::Used;

    fn hints(text: &str, from: Lang, to: Locale, used: &Used) -> Vec<TermHint> {
        let table = "zh\ten\ten_admitted\tzh_tw\tsubject\n\
                     资本\tcapital\t\t\tfinance\n\
                     首都\tcapital\t\t\tplace\n\
                     人工智能\tartificial intelligence\tmachine intelligence\t人工智慧\t\n";
        let glossary = Glossary::new(Glossary::parse(Path::new("g.tsv"), table.as_bytes()).value);
        let hits = Recognizer::new(&glossary).find(text, from);
        let request = Request::new(text, from, to, used);
        terms(&request, &hits, &glossary, &Memory::default())
    }

    #[test]
    fn of_two_concepts_the_documents_own_comes_first() {
        let none = Used::default();
        let text = "The capital grows.";
        let found = hints(text, Lang::En, Locale::Hans, &none);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].first(), Some("资本"));
        let used = Used::new([("the capital of France", "法国首都")]);
        let found = hints(text, Lang::En, Locale::Hans, &used);
        assert_eq!(found[0].first(), Some("首都"));
        let chosen = found[0].chosen.as_ref().unwrap();
        assert_eq!((chosen.count, chosen.scope), (1, Scope::Document));
    }

    #[test]
    fn a_region_has_its_own_words() {
        let none = Used::default();
        let text = "artificial intelligence";
        let preferred = |to| hints(text, Lang::En, to, &none)[0].preferred.clone();
        assert_eq!(preferred(Locale::Taiwan), ["人工智慧"]);
        assert_eq!(preferred(Locale::Hans), ["人工智能"]);
    }

    #[test]
    fn what_has_no_form_of_the_region_is_written_in_its_characters() {
        let used = Used::default();
        let found = hints("the capital", Lang::En, Locale::Taiwan, &used);
        assert_eq!(found[0].preferred, ["資本"]);
        let text = "It cost US$50 billion.";
        let request = Request::new(text, Lang::En, Locale::Taiwan, &used);
        assert_eq!(numbers(&request, &[])[0].target, "500億美元");
    }

    #[test]
    fn what_may_be_written_in_full_is_of_the_region_too() {
        let table = "zh\tzh_tw\tzh_abbr\ten\n人工智能\t人工智慧\t智能\tartificial intelligence\n\
                     创世计划\t\t\tGenesis Mission\n";
        let glossary = Glossary::new(Glossary::parse(Path::new("g.tsv"), table.as_bytes()).value);
        let recognizer = Recognizer::new(&glossary);
        let full = |text: &str, to| {
            let hits = recognizer.find(text, Lang::En);
            in_full(&glossary[hits[0].senses[0].concept], to)
        };
        assert_eq!(
            full("artificial intelligence", Locale::Taiwan),
            ["人工智慧"]
        );
        assert_eq!(full("artificial intelligence", Locale::Hans), ["人工智能"]);
        assert_eq!(full("Genesis Mission", Locale::Hant), ["創世計劃"]);
        assert_eq!(full("Genesis Mission", Locale::Hans), ["创世计划"]);
    }

    #[test]
    fn vague_counts_stand_among_the_numbers_and_nothing_twice() {
        let used = Used::default();
        let text = "数十亿美元、500亿美元、逾百万美元和两三年";
        let request = Request::new(text, Lang::Zh, Locale::En, &used);
        let numbers = numbers(&request, &[]);
        let targets: Vec<_> = numbers.iter().map(|n| n.target.as_str()).collect();
        let want = [
            "billions of US dollars",
            "US$50 billion",
            "more than US$1 million",
            "2 to 3 years",
        ];
        assert_eq!(targets, want);
    }

    #[test]
    fn numbers_are_in_the_words_of_the_region() {
        let used = Used::default();
        let text = "NT$1.2 trillion within two weeks of the third quarter, 5 meters and 3 tons";
        let targets = |to| {
            let request = Request::new(text, Lang::En, to, &used);
            let numbers = numbers(&request, &[]);
            numbers.into_iter().map(|n| n.target).collect::<Vec<_>>()
        };
        let taiwan = ["1.2兆新臺幣", "2週", "第三季", "5公尺", "3公噸"];
        assert_eq!(targets(Locale::Taiwan), taiwan);
        let mainland = ["1.2万亿新台币", "2周", "第三季度", "5米", "3吨"];
        assert_eq!(targets(Locale::Hans), mainland);
    }

    #[test]
    fn forms_of_other_regions_are_left_out() {
        let table = "zh\ten\tzh_tw\tzh_admitted\n创世纪计划\tGenesis Mission\t創世計畫\t创世任务\n";
        let concept = &Glossary::parse(Path::new("g.tsv"), table.as_bytes()).value[0];
        assert_eq!(preferred(concept, Locale::Hans), ["创世纪计划"]);
        assert_eq!(preferred(concept, Locale::Taiwan), ["創世計畫"]);
        let admitted = texts(concept, Locale::Hans, TermStatus::Admitted);
        assert_eq!(admitted, ["创世任务"]);
    }

    #[test]
    fn an_admitted_rendering_in_use_is_told_and_stays_admitted() {
        let used = Used::new([("人工智能很热", "machine intelligence is hot")]);
        let found = hints("人工智能", Lang::Zh, Locale::En, &used);
        assert_eq!(found[0].preferred, ["artificial intelligence"]);
        assert_eq!(found[0].first(), Some("machine intelligence"));
        assert_eq!(
            found[0].leading(),
            ["machine intelligence", "artificial intelligence"]
        );
    }
}
