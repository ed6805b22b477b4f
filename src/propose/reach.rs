//! The words before a bracket, and what of an English name they render.

use super::boundary::Name;
use super::edge;
use super::foreign::{foreign, sounds};
use crate::align::Dictionary;
use crate::link::form;
use crate::span::Span;
use crate::text::chars::is_han;
use crate::text::fold::fold;
use crate::text::pinyin::reading;
use crate::text::words::{is_verb, words};

/// The longest term, in characters.
const LONGEST: usize = 24;

/// What the other side of a unit says of a Chinese word.
#[derive(Debug, Clone, Default)]
pub(super) struct Tie {
    /// Where the word begins.
    pub(super) start: usize,
    /// The words of the name that render it.
    pub(super) inside: Vec<String>,
    /// Whether something outside the name renders it.
    pub(super) outside: bool,
}

/// What stands before the place where a term may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opening {
    /// A mark, a word of grammar, or a word that is rendered elsewhere: a term begins here.
    Clear,
    /// A verb, a prefix, `和` or `、`: it may be of the term, or not.
    Doubtful,
    /// Any other word.
    Word,
}

/// What kind of word one is, as far as it says whether it is of the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The rest of a word before it: 型.
    Suffix,
    /// A verb and nothing else.
    Verb,
    /// A word that the dictionary has.
    Known,
    /// Any other.
    Strange,
}

impl Kind {
    fn of(word: &str, dictionary: Option<&Dictionary>) -> Self {
        if edge::suffix(word) {
            Self::Suffix
        } else if is_verb(word) {
            Self::Verb
        } else if dictionary.is_some_and(|dictionary| dictionary.has(word)) {
            Self::Known
        } else {
            Self::Strange
        }
    }
}

/// A word that a term may begin with.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) start: usize,
    pub(super) opening: Opening,
    /// How many parts of the name are rendered from here on.
    pub(super) met: usize,
    /// Whether the word itself renders one.
    pub(super) meets: bool,
    /// Whether a term may begin with it.
    pub(super) fits: bool,
    pub(super) kind: Kind,
    /// Where the word before begins.
    pub(super) before: Option<Span>,
}

/// The words before a bracket as far as a term may reach, from right to left.
pub(super) struct Chain {
    pub(super) steps: Vec<Step>,
    /// How many words (of an abbreviation: letters) the name has.
    pub(super) all: usize,
    /// Whether the name is an abbreviation.
    pub(super) letters: bool,
    /// Whether the other side renders some of the words by the name.
    pub(super) tied: bool,
    /// Whether a part of the name is rendered beyond a word of grammar.
    pub(super) beyond: bool,
}

impl Chain {
    /// Reads the last clause before a bracket, which begins at `from` in the text of the unit.
    pub(super) fn read(text: &str, from: usize, name: &Name<'_>) -> Self {
        let clause = Span::new(from, text.len()).of(text);
        let letters =
            !name.text.contains(' ') && name.text.chars().filter(|c| c.is_uppercase()).count() >= 2;
        let spans = whole(
            clause,
            &words(clause),
            name.dictionary,
            if letters { "" } else { name.text },
        );
        let mut parts = Parts::new(name.text, letters);
        let mut chain = Self {
            steps: Vec::new(),
            all: parts.forms.len(),
            letters,
            tied: false,
            beyond: false,
        };
        let mut empty = 0;
        for (at, span) in spans.iter().enumerate().rev() {
            let word = fold(span.of(clause));
            let tie = name
                .ties
                .iter()
                .find(|tie| tie.start == from + span.start as usize);
            let rest = Span::new(span.start as usize, clause.len()).of(clause);
            let own = tie.is_some_and(|tie| !tie.inside.is_empty());
            // Words of grammar render no part of a name.
            let number = word.starts_with(char::is_numeric);
            let renders = number || !edge::empty(&word);
            let meets = renders && (parts.take(&word, rest, tie, name.dictionary) || own);
            chain.tied |= meets && own;
            let cut = (edge::cuts(&word) && word != "的") || number;
            let cut = cut || tie.is_some_and(|tie| tie.outside);
            if rest.chars().count() > LONGEST || (cut && !chain.steps.is_empty() && !meets) {
                let beyond = at.checked_sub(1).and_then(|at| spans.get(at));
                let beyond = beyond.map(|span| fold(span.of(clause)));
                chain.beyond =
                    beyond.is_some_and(|word| parts.take(&word, "", None, name.dictionary));
                break;
            }
            // 的 is inside a term only where something before it is met.
            empty = match empty {
                _ if word == "的" => empty + 1,
                1.. if !meets => empty + 1,
                _ => 0,
            };
            if empty > 2 {
                break;
            }
            let before = at.checked_sub(1).and_then(|at| spans.get(at).copied());
            chain.steps.push(Step {
                start: from + span.start as usize,
                opening: opening(text, from, *span, before, name),
                met: parts.met(),
                meets,
                fits: edge::zh(&word),
                kind: Kind::of(&word, name.dictionary),
                before: before.map(|span| span.shifted(from)),
            });
        }
        if empty > 0 {
            let last = chain.steps.iter().rposition(|step| step.meets);
            chain
                .steps
                .truncate(last.map_or(chain.steps.len(), |last| last + 1));
        }
        chain
    }

    /// The leftmost word that renders a part of the name.
    pub(super) fn core(&self) -> Option<usize> {
        self.steps.iter().rposition(|step| step.meets)
    }

    /// Whether enough of the name is rendered to say that the words before render it.
    pub(super) fn known(&self) -> bool {
        self.share() >= if self.letters { 0.6 } else { 0.5 }
    }

    /// The share of the name that is rendered.
    pub(super) fn share(&self) -> f32 {
        let met = self.steps.last().map_or(0, |step| step.met);
        met as f32 / self.all.max(1) as f32
    }
}

fn opening(text: &str, from: usize, span: Span, before: Option<Span>, name: &Name<'_>) -> Opening {
    let clause = Span::new(from, text.len()).of(text);
    let gap = Span::new(before.map_or(0, |b| b.end as usize), span.start as usize).of(clause);
    let Some(before) = before.filter(|_| gap.trim().is_empty()) else {
        let mark = Span::new(0, from).of(text).trim_end().chars().next_back();
        let listed = before.is_none() && matches!(mark, Some('、' | '/' | '，' | ','));
        return if listed || before.is_some() {
            Opening::Doubtful
        } else {
            Opening::Clear
        };
    };
    let word = fold(before.of(clause));
    let tie = name
        .ties
        .iter()
        .find(|tie| tie.start == from + before.start as usize);
    // A single character may be the rest of a word, whatever it is alone.
    let stray = word.chars().count() == 1;
    if !word.contains(is_han) {
        return Opening::Doubtful;
    }
    if edge::introduces(&word) || (!stray && tie.is_some_and(|tie| tie.outside)) {
        Opening::Clear
    } else if edge::joins(&word) || (!stray && (edge::cuts(&word) || is_verb(&word))) {
        Opening::Doubtful
    } else {
        Opening::Word
    }
}

/// Words with those put together that are one foreign name by their sound, 麦 考利, or one word of the
/// dictionary that was cut for a single character's sake, 创世 纪.
fn whole(clause: &str, spans: &[Span], dictionary: Option<&Dictionary>, name: &str) -> Vec<Span> {
    let one = |pieces: &[Span], word: &str| {
        let single = |piece: &Span| piece.of(clause).chars().count() == 1;
        let known = || dictionary.is_some_and(|dictionary| dictionary.has(&fold(word)));
        pieces.len() <= 3 && pieces.iter().any(single) && known()
    };
    let names: Vec<&str> = name
        .split(|c: char| !c.is_alphabetic())
        .filter(|w| w.len() > 2)
        .collect();
    let mut out = Vec::new();
    let mut rest = spans;
    while let Some(first) = rest.first() {
        let together = (1..=rest.len().min(6)).rev().find(|&n| {
            let Some(last) = rest.get(n - 1) else {
                return false;
            };
            let word = Span::new(first.start as usize, last.end as usize).of(clause);
            let sound = || foreign(word) && names.iter().any(|name| sounds(word, name));
            n > 1 && (one(rest.get(..n).unwrap_or_default(), word) || sound())
        });
        let n = together.unwrap_or(1);
        let last = rest.get(n - 1).unwrap_or(first);
        out.push(Span::new(first.start as usize, last.end as usize));
        rest = rest.get(n..).unwrap_or_default();
    }
    out
}

/// The words of a name or the letters of an abbreviation, and which Chinese word renders each.
struct Parts {
    forms: Vec<String>,
    written: Vec<String>,
    letters: bool,
    /// What each word seen may render; a word stands here once for each part it may render at a time.
    may: Vec<Vec<usize>>,
    /// The word that renders each part.
    by: Vec<Option<usize>>,
}

impl Parts {
    fn new(name: &str, letters: bool) -> Self {
        let written: Vec<String> = if letters {
            let capitals = name.chars().filter(char::is_ascii_uppercase);
            capitals
                .map(|c| c.to_ascii_lowercase().to_string())
                .collect()
        } else {
            let plain = undotted(name);
            let words = plain.split(|c: char| !c.is_alphanumeric());
            let says = |word: &&str| {
                let short = word.len() == 1
                    && !word.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
                !word.is_empty() && !short && *word != "A" && !edge::connects(&word.to_lowercase())
            };
            words.filter(says).map(str::to_lowercase).collect()
        };
        let forms: Vec<String> = if letters {
            written.clone()
        } else {
            written.iter().map(|word| form(word)).collect()
        };
        let by = vec![None; forms.len()];
        Self {
            forms,
            written,
            letters,
            may: Vec::new(),
            by,
        }
    }

    fn met(&self) -> usize {
        self.by.iter().flatten().count()
    }

    /// Takes a word in; whether one part more is rendered now.
    fn take(
        &mut self,
        word: &str,
        rest: &str,
        tie: Option<&Tie>,
        dictionary: Option<&Dictionary>,
    ) -> bool {
        let glosses = glosses(word, dictionary);
        let tied = tie.iter().flat_map(|tie| &tie.inside).map(String::as_str);
        let meanings: Vec<&str> = glosses
            .iter()
            .flat_map(|gloss| gloss.split(' '))
            .chain(tied)
            .collect();
        let may: Vec<usize> = (0..self.forms.len())
            .filter(|&at| self.may_be(at, word, rest, &meanings))
            .collect();
        // A word of two characters renders two parts at most.
        let longest = glosses
            .iter()
            .map(|gloss| gloss.split(' ').count())
            .max()
            .unwrap_or(1);
        let times = word
            .chars()
            .filter(|&c| is_han(c))
            .count()
            .min(longest)
            .max(1);
        let before = self.met();
        for _ in 0..times {
            self.may.push(may.clone());
            self.seat(self.may.len() - 1, &mut vec![false; self.forms.len()]);
        }
        self.met() > before
    }

    fn may_be(&self, at: usize, word: &str, rest: &str, meanings: &[&str]) -> bool {
        let Some(part) = self.forms.get(at) else {
            return false;
        };
        if self.letters {
            let latin = word.starts_with(|c: char| c.is_ascii_alphabetic());
            return !latin
                && meanings
                    .iter()
                    .any(|meaning| meaning.starts_with(part.as_str()));
        }
        let written = self.written.get(at).map_or("", String::as_str);
        let same = |a: &str, b: &str| {
            let shared = a.starts_with(b) || b.starts_with(a);
            a == b || (shared && (a.len().min(b.len()) >= 4 || (a, b) == ("usa", "us")))
        };
        form(word) == *part
            || meanings.iter().any(|meaning| same(&form(meaning), part))
            || (foreign(word) && sounds(word, written))
            || read(rest, part)
    }

    /// Finds a part for a word, if need be by giving another one to the word that has it (Kuhn 1955).
    fn seat(&mut self, word: usize, tried: &mut [bool]) -> bool {
        for part in self.may.get(word).cloned().unwrap_or_default() {
            match tried.get_mut(part) {
                Some(tried) if !*tried => *tried = true,
                _ => continue,
            }
            let holder = self.by.get(part).copied().flatten();
            if holder.is_none_or(|holder| self.seat(holder, tried)) {
                if let Some(by) = self.by.get_mut(part) {
                    *by = Some(word);
                }
                return true;
            }
        }
        false
    }
}

/// Whether a text begins with what a form spells in pinyin: 武汉 Wuhan.
fn read(text: &str, part: &str) -> bool {
    let mut sound = String::new();
    let read = text.chars().map_while(reading).take(4);
    read.into_iter().any(|syllable| {
        sound.push_str(syllable);
        form(&sound) == *part
    })
}

/// A name without the dots of its abbreviations: `U.S.-China` becomes `US-China`.
fn undotted(name: &str) -> String {
    let mut plain = String::new();
    let mut letters = 0;
    for c in name.chars() {
        if c != '.' || letters != 1 {
            plain.push(c);
        }
        letters = if c.is_alphabetic() { letters + 1 } else { 0 };
    }
    plain
}

/// What a dictionary says of a word, or of its characters where it does not have the word.
///
/// It has what is of a country under its people: 美国 *United States*, 美国人 *American*.
fn glosses(word: &str, dictionary: Option<&Dictionary>) -> Vec<String> {
    let Some(dictionary) = dictionary else {
        return Vec::new();
    };
    let mut parts: Vec<String> = vec![word.to_owned()];
    if !dictionary.has(word) {
        parts.extend(word.chars().map(String::from));
    } else if word.chars().count() > 1 {
        parts.push(format!("{word}人"));
    }
    let glosses = parts.iter().flat_map(|part| dictionary.glosses(part));
    glosses.map(str::to_owned).collect()
}
