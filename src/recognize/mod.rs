//! Which terms are in this text.
//!
//! All forms of all terms of a language are looked for at once in the folded
//! text; what stands between two words' edges, agrees in
//! case and is not a part of a longer hit is a [`Hit`]. At one place the
//! longest form counts; where it fails, the next shorter one is tried.
//!
//! A hit carries every concept its form may name. Deprecated forms are found
//! as well and say so: `创世纪计划` is a hit of the concept 创世计划.

use std::cmp::Reverse;

use jiff::civil::Date;
use smallvec::SmallVec;

use crate::glossary::{ConceptId, Glossary};
use crate::lang::{Lang, Pair};
use crate::model::concept::{Concept, MatchMode, Term, TermStatus};
use crate::span::{Span, halves};
use crate::text::code::codes;
use crate::text::fold::Folded;

mod case;
mod edges;
mod engine;
mod explain;
mod forms;
mod heads;
mod record;
#[cfg(test)]
mod tests;

use case::Strictness;
use edges::{Fit, Words};
use engine::{Candidate, Engine, Entry, FormId, Places, all_forms, in_small_letters, seamless};
use record::FormSense;

/// One meaning of a hit: a term of a concept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sense {
    /// The concept.
    pub concept: ConceptId,
    /// The term's place among the concept's terms of the language.
    pub term: u16,
    /// The term's status, at the date asked for.
    pub status: TermStatus,
}

/// What a hit may mean: mostly one thing, which needs no memory of its own.
pub type Senses = SmallVec<[Sense; 2]>;

/// A term found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Where, in bytes of the text given.
    pub span: Span,
    /// What it may mean, in order of priority, one sense a concept; never empty.
    /// Concepts that do not hold on the date asked for come last.
    pub senses: Senses,
    /// False where it may be something else: two Chinese characters that are a
    /// part of a longer word, or an abbreviation in a text all in capitals.
    pub sure: bool,
    /// Whether a longer hit covers it or its beginning; only
    /// [`Recognizer::find_all`] gives such hits.
    pub nested: bool,
}

/// Finds the terms of a glossary in texts. Immutable; share it among threads.
///
/// ```
/// use std::path::Path;
/// use zhengming::{glossary::Glossary, lang::Lang, model::concept::TermStatus, recognize::Recognizer};
/// let file = "zh\ten\tzh_avoid\n创世计划\tGenesis Mission\t创世纪计划\n计划\tplan\t\n";
/// let mut glossary = Glossary::default();
/// let path = Path::new("a.tsv");
/// glossary.add(path, Glossary::parse(path, file.as_bytes()).value);
///
/// let recognizer = Recognizer::new(&glossary);
/// let text = "美国启动“創世計劃”，有人译为创世纪计划。";
/// let hits = recognizer.find(text, Lang::Zh);
/// let found: Vec<_> = hits.iter().map(|hit| (hit.span.of(text), hit.senses[0].status)).collect();
/// assert_eq!(
///     found,
///     [("創世計劃", TermStatus::Preferred), ("创世纪计划", TermStatus::Deprecated)]
/// );
/// ```
#[derive(Debug, Default)]
pub struct Recognizer {
    /// One for each part of the glossary.
    engines: Pair<Vec<Engine>>,
    glossary: Glossary,
}

/// Room that one search after another can use.
#[derive(Debug, Default)]
pub struct Scratch {
    places: Places,
    candidates: Vec<Candidate>,
    /// The places taken by hits that no other covers, in order.
    tops: Vec<Span>,
    doubtful: Vec<Hit>,
    words: Words,
}

/// A text being searched.
struct Search<'t> {
    text: &'t str,
    folded: &'t Folded,
    lang: Lang,
    date: Option<Date>,
    /// Whether hits inside longer ones are wanted.
    all: bool,
}

/// What became of a candidate.
enum Verdict {
    Hit(Hit),
    /// Why it is none.
    Refused(&'static str),
}

impl Recognizer {
    /// Makes all forms of all terms of both languages, about 5 µs a form; those
    /// of a big glossary are kept where its rows are ([`Glossary::open`]).
    pub fn new(glossary: &Glossary) -> Self {
        let of = |lang| engines(glossary, lang);
        let (zh, en) = rayon::join(|| of(Lang::Zh), || of(Lang::En));
        Self {
            engines: Pair { zh, en },
            glossary: glossary.clone(),
        }
    }

    /// Makes the forms of one language only; it finds nothing in the other.
    pub fn only(glossary: &Glossary, lang: Lang) -> Self {
        let mut recognizer = Self {
            glossary: glossary.clone(),
            ..Self::default()
        };
        recognizer.engines[lang] = engines(glossary, lang);
        recognizer
    }

    /// Makes a recognizer of some English terms that finds them in any capitals, and as
    /// they are otherwise. It is kept as `what`, so that one name is for one `wanted`.
    pub fn of_names(
        glossary: &Glossary,
        what: &str,
        wanted: impl Fn(&Concept, &Term) -> bool + Sync,
    ) -> Self {
        let forms = |id, concept: &Concept| in_small_letters(id, concept, &wanted);
        let mut recognizer = Self {
            glossary: glossary.clone(),
            ..Self::default()
        };
        recognizer.engines[Lang::En] = made(glossary, what, forms);
        recognizer
    }

    /// The number of distinct forms looked for in a language.
    pub fn forms(&self, lang: Lang) -> usize {
        self.engines[lang].iter().map(Engine::len).sum()
    }

    /// The terms of a text, in order; they never overlap.
    ///
    /// Inline codes are left out: a term may go on behind a `**`.
    pub fn find(&self, text: &str, lang: Lang) -> Vec<Hit> {
        self.find_at(text, lang, None)
    }

    /// As [`find`](Self::find), for a document of a known date: the terms of
    /// concepts past their `valid_to` are superseded.
    pub fn find_at(&self, text: &str, lang: Lang, date: Option<Date>) -> Vec<Hit> {
        let folded = Folded::without(text, &codes(text));
        let mut hits = Vec::new();
        self.find_in(
            text,
            &folded,
            lang,
            date,
            &mut Scratch::default(),
            &mut hits,
        );
        hits
    }

    /// As [`find_at`](Self::find_at), with the hits inside longer ones as
    /// well, marked as nested, each behind the one that covers it.
    pub fn find_all(&self, text: &str, lang: Lang, date: Option<Date>) -> Vec<Hit> {
        self.find_all_in(text, &Folded::without(text, &codes(text)), lang, date)
    }

    /// As [`find_all`](Self::find_all), for a caller who has folded the text without its codes.
    pub fn find_all_in(
        &self,
        text: &str,
        folded: &Folded,
        lang: Lang,
        date: Option<Date>,
    ) -> Vec<Hit> {
        let search = Search {
            text,
            folded,
            lang,
            date,
            all: true,
        };
        let mut hits = Vec::new();
        self.search(&search, &mut Scratch::default(), &mut hits);
        hits
    }

    /// As [`find_at`](Self::find_at), for a caller who has folded the text and
    /// keeps the room for the work: for many texts in a row. `hits` is emptied first.
    pub fn find_in(
        &self,
        text: &str,
        folded: &Folded,
        lang: Lang,
        date: Option<Date>,
        scratch: &mut Scratch,
        hits: &mut Vec<Hit>,
    ) {
        hits.clear();
        let search = Search {
            text,
            folded,
            lang,
            date,
            all: false,
        };
        self.search(&search, scratch, hits);
    }

    /// Chooses among the candidates: from the left, the longest first.
    ///
    /// A doubtful one (two characters inside of a longer word) waits until the
    /// others have taken their places: in 发展中国家, 国家 goes before 中国.
    fn search(&self, search: &Search<'_>, scratch: &mut Scratch, hits: &mut Vec<Hit>) {
        scratch.words.clear();
        scratch.doubtful.clear();
        let haystack = seamless(&search.folded.text);
        self.candidates(
            search.lang,
            &haystack,
            &mut scratch.places,
            &mut scratch.candidates,
            |_, _| {},
        );
        let tops = &mut scratch.tops;
        tops.clear();
        let mut taken = 0;
        let same = |a: &Candidate, b: &Candidate| a.span() == b.span();
        for candidates in scratch.candidates.chunk_by(same) {
            let Some(&candidate) = candidates.first() else {
                continue;
            };
            let mut nested = candidate.start < taken;
            if nested && !search.all {
                continue;
            }
            let Verdict::Hit(mut hit) = self.judge(search, candidates, &mut scratch.words) else {
                continue;
            };
            // One character may fold to several (㍿): two candidates, one place.
            nested |= tops.last().is_some_and(|top| hit.span.start < top.end);
            if !hit.sure && !nested {
                scratch.doubtful.push(hit);
                continue;
            }
            if !nested {
                taken = candidate.end;
                tops.push(hit.span);
            } else if !search.all {
                continue;
            }
            hit.nested = nested;
            hits.push(hit);
        }
        if scratch.doubtful.is_empty() {
            return;
        }
        let mut end = 0;
        for mut hit in scratch.doubtful.drain(..) {
            let next = tops.partition_point(|top| top.end <= hit.span.start);
            let top = tops.get(next);
            hit.nested = hit.span.start < end || top.is_some_and(|top| top.overlaps(hit.span));
            if !hit.nested {
                end = hit.span.end;
            }
            if !hit.nested || search.all {
                hits.push(hit);
            }
        }
        hits.sort_by_key(|hit| (hit.span.start, Reverse(hit.span.end)));
    }

    /// The places where forms of any part stand, by start, the longest of one
    /// start first; of equal ones that of the first part.
    fn candidates(
        &self,
        lang: Lang,
        text: &str,
        places: &mut Places,
        found: &mut Vec<Candidate>,
        mut refused: impl FnMut(Span, FormId),
    ) {
        found.clear();
        for engine in &self.engines[lang] {
            engine.candidates(text, places, found, &mut refused);
        }
        if self.engines[lang].len() > 1 {
            found.sort_unstable_by_key(|c| (c.start, Reverse(c.end), c.form));
        }
    }

    /// What a form may mean.
    #[inline]
    fn senses(&self, lang: Lang, form: FormId) -> impl Iterator<Item = FormSense> {
        let engine = self.engines[lang].get(usize::from(form.engine));
        engine
            .into_iter()
            .flat_map(move |engine| engine.senses(form.number))
    }

    /// Whether the candidates of one place, of which there is at least one, are a hit.
    fn judge(&self, search: &Search<'_>, candidates: &[Candidate], words: &mut Words) -> Verdict {
        let Some(&candidate) = candidates.first() else {
            return Verdict::Refused("nothing stands there");
        };
        let span = search.folded.original(candidate.span());
        let place = span.of(search.text);
        let mut fit = None;
        let mut fits = |words: &mut Words| {
            *fit.get_or_insert_with(|| words.fit(&search.folded.text, candidate.span()))
        };
        let mut refused = "no term allows it";
        let mut senses = Senses::new();
        // How far a term is from what stands there: of one concept the nearest is meant.
        let far = |form: &FormSense| {
            let there = candidate.span().of(&search.folded.text);
            (
                self.term(search.lang, form) != place,
                usize::from(form.hyphens) != there.matches('-').count(),
                form.how,
            )
        };
        let mut meant = None;
        let forms = candidates.iter().map(|candidate| candidate.form);
        for form in forms.flat_map(|form| self.senses(search.lang, form)) {
            if !candidate.ends && form.matching != MatchMode::Prefix {
                refused = "the word goes on";
                continue;
            }
            if form.cased && !self.case_agrees(search, &form, span) {
                refused = "its capitals are not those of the term";
                continue;
            }
            if form.matching == MatchMode::Strict && fits(words) != Fit::Word {
                refused = "it is not a word of its own, and the term is matched strictly";
                continue;
            }
            let sense = self.sense(search, &form);
            match (senses.last_mut(), meant) {
                (Some(last), Some(other)) if last.concept == sense.concept => {
                    if (far(&form), sense.status) < (far(&other), last.status) {
                        *last = sense;
                        meant = Some(form);
                    }
                }
                _ => {
                    senses.push(sense);
                    meant = Some(form);
                }
            }
        }
        if senses.is_empty() {
            return Verdict::Refused(refused);
        }
        // Of concepts that follow each other in time the one that holds comes first.
        if senses.len() > 1 {
            senses.sort_by_key(|sense| {
                let concept = self.glossary.get(sense.concept);
                concept.is_some_and(|concept| !concept.holds(search.date))
            });
        }
        let sure = match candidate.short {
            1 if fits(words) != Fit::Word => {
                return Verdict::Refused("one character, and not a word of its own here");
            }
            2 => candidate.free || fits(words) == Fit::Word,
            _ => !(search.lang == Lang::En && self.only_shouted(search, &senses, place)),
        };
        Verdict::Hit(Hit {
            span,
            senses,
            sure,
            nested: false,
        })
    }

    fn sense(&self, search: &Search<'_>, form: &FormSense) -> Sense {
        let over = search.date.is_some_and(|date| {
            let concept = self.glossary.get(form.concept);
            let last = concept.and_then(|concept| concept.valid_to);
            last.is_some_and(|last| date > last)
        });
        Sense {
            concept: form.concept,
            term: form.term,
            status: match form.status {
                TermStatus::Preferred | TermStatus::Admitted if over => TermStatus::Superseded,
                status => status,
            },
        }
    }

    fn case_agrees(&self, search: &Search<'_>, form: &FormSense, span: Span) -> bool {
        let strictness = if form.matching == MatchMode::Case {
            let (before, _) = halves(search.text, span.start as usize);
            Strictness::All {
                initial: case::initial(before),
            }
        } else {
            Strictness::Capitals
        };
        let term = self.term(search.lang, form);
        case::agrees(term, span.of(search.text), strictness)
    }

    /// Whether only capitals speak for a hit (US), in a text that has no small letters.
    fn only_shouted(&self, search: &Search<'_>, senses: &[Sense], place: &str) -> bool {
        // Hardly any text shouts, so that is asked first.
        case::shouts(search.text, place)
            && senses.iter().all(|sense| {
                let term = self.named(search.lang, sense.concept, sense.term);
                term.len() <= 4 && forms::all_capitals(term)
            })
    }

    fn term(&self, lang: Lang, form: &FormSense) -> &str {
        self.named(lang, form.concept, form.term)
    }

    fn named(&self, lang: Lang, concept: ConceptId, term: u16) -> &str {
        let concept = self.glossary.get(concept);
        let term = concept.and_then(|concept| concept.terms[lang].get(usize::from(term)));
        term.map_or("", |term| &term.text)
    }
}

/// The engines of all parts of a glossary for a language.
fn engines(glossary: &Glossary, lang: Lang) -> Vec<Engine> {
    made(glossary, lang.tag(), |id, concept| {
        all_forms(id, concept, lang)
    })
}

/// An engine for each part of a glossary, of the forms that its concepts have.
fn made(
    glossary: &Glossary,
    what: &str,
    forms: impl Fn(u32, &Concept) -> Vec<Entry> + Sync,
) -> Vec<Engine> {
    let parts = (0..).zip(glossary.parts());
    let engines = parts.map(|(number, (first, part))| {
        let engine = Engine::new(part, what, &forms);
        engine.placed(number, *first)
    });
    engines.collect()
}
