//! Variants put into texts by lot.
//!
//! What is replaced and by what comes from CC-CEDICT, which the program has as well: a part of a rendering gives way to another word of the
//! same gloss, a character to another of the same reading. A place is planted
//! in only where the expression stands in four other units as it was.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::process::Command;

use zhengming::finding::Finding;
use zhengming::lang::Lang;

use super::texts::Texts;
use crate::desk::Lots;

pub(crate) const KINDS: [&str; 5] = [
    "a Chinese rendering, one word of it by another",
    "an English rendering, one word of it by another",
    "a Chinese spelling: a character replaced, left out or put in",
    "an English name: a letter replaced, left out, doubled or changed over",
    "an English compound: written solid, apart or with a hyphen",
];

/// A planted variant.
pub(crate) struct Planted {
    pub(crate) kind: usize,
    pub(crate) usual: String,
    pub(crate) variant: String,
    document: String,
    line: u32,
}

impl Planted {
    /// Whether a finding is about it: on its line, about its words.
    pub(crate) fn is(&self, finding: &Finding) -> bool {
        let marked = finding.place.mark.of(&finding.place.quote).to_lowercase();
        let variant = self.variant.to_lowercase();
        finding.place.line == self.line
            && *finding.place.path == *Path::new(&self.document)
            && (marked.contains(&variant)
                || variant.contains(&marked)
                || shares(&marked, &variant, &self.usual.to_lowercase()))
    }

    pub(crate) fn place(&self) -> String {
        let name = self.document.rsplit('/').next().unwrap_or_default();
        format!("{name}:{}", self.line)
    }
}

/// Whether what is marked has what only the variant has.
fn shares(marked: &str, variant: &str, usual: &str) -> bool {
    let start = variant
        .chars()
        .zip(usual.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let end = variant
        .chars()
        .rev()
        .zip(usual.chars().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let from = start.saturating_sub(1);
    let len = variant
        .chars()
        .count()
        .saturating_sub(end.min(variant.chars().count() - start) + from)
        + 1;
    let new: String = variant.chars().skip(from).take(len).collect();
    marked.contains(&new)
}

/// The dictionary, in one script.
pub(crate) struct Words {
    glosses: HashMap<String, Vec<String>>,
    glossed: HashMap<String, Vec<String>>,
    /// Words that are verbs, by a gloss.
    verbs: BTreeSet<String>,
    readings: BTreeMap<char, String>,
    characters: BTreeMap<String, Vec<char>>,
}

impl Words {
    pub(crate) fn read(data: &Path, traditional: bool) -> Self {
        let file = data.join("align/lexicon-cc-cedict/cedict_1_0_ts_utf-8_mdbg.txt.gz");
        let output = Command::new("gzip").arg("-dc").arg(file).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let mut all = Self {
            glosses: HashMap::new(),
            glossed: HashMap::new(),
            verbs: BTreeSet::new(),
            readings: BTreeMap::new(),
            characters: BTreeMap::new(),
        };
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            let Some((head, glosses)) = line.trim().split_once(" /") else {
                continue;
            };
            let Some((forms, reading)) = head.split_once(" [") else {
                continue;
            };
            let mut forms = forms.split(' ');
            let Some(form) = forms.nth(usize::from(!traditional)) else {
                continue;
            };
            if glosses.starts_with("to ") {
                all.verbs.insert(form.to_owned());
            }
            let glosses: Vec<String> = glosses.split(['/', ';']).filter_map(plain).collect();
            for gloss in &glosses {
                all.glossed
                    .entry(gloss.clone())
                    .or_default()
                    .push(form.to_owned());
            }
            all.glosses
                .entry(form.to_owned())
                .or_default()
                .extend(glosses);
            let mut chars = form.chars();
            if let (Some(c), None) = (chars.next(), chars.next()) {
                let reading = reading
                    .trim_end_matches(|c: char| !c.is_ascii_alphabetic())
                    .to_lowercase();
                all.characters.entry(reading.clone()).or_default().push(c);
                all.readings.entry(c).or_insert(reading);
            }
        }
        all
    }

    /// Whether a Chinese word names something: no verb, and none that joins, counts or grades.
    fn is_name(&self, word: &str) -> bool {
        !self.verbs.contains(word) && !word.contains(|c| FUNCTION_ZH.contains(c))
    }

    /// Other words, of as many characters, with two glosses of this one.
    fn alike(&self, word: &str) -> Vec<&str> {
        let same = |w: &str| w.chars().count() == word.chars().count();
        twice(word, &self.glosses, &self.glossed, same)
    }

    /// Other glosses, of one word, of two Chinese words with this gloss.
    fn alike_in_english(&self, word: &str) -> Vec<&str> {
        let one = |g: &str| {
            g.len() >= 4
                && g.chars().all(|c| c.is_ascii_lowercase())
                && !g.starts_with(word)
                && !word.starts_with(g)
        };
        twice(word, &self.glossed, &self.glosses, one)
    }
}

/// Characters of Chinese words that name nothing.
const FUNCTION_ZH: &str = "有可不的是之以所与與及或等对對为為其于於由从從到被把也都就而但并並无無这這那此该該各每向至\
    使令让讓得着著过過来來更最很又再还還则則者即如若因故且只均很多少大小一二三四五六七八九十百千万萬两兩何什么麼";

/// English words that are no part of a name.
const FUNCTION_EN: &str = "a an and are as at be been being but by can could did do does for from had has have he her his \
    how if in into is it its may might must no nor not of off on one or other our out over own per see shall she should \
    so some such than that the their them then there these they this those through to too under up upon very was we \
    were what when where which while who whom will with would you your all any each every more most much many few \
    first second same well go get give make take let put set turn come run";

fn is_name_in_english(phrase: &str) -> bool {
    let function = |w: &str| FUNCTION_EN.split_whitespace().any(|f| f == w) || w.ends_with("ly");
    !phrase.split([' ', '-']).any(function)
}

/// What a word leads to by one map and back by the other on two ways.
fn twice<'m>(
    word: &str,
    there: &'m HashMap<String, Vec<String>>,
    back: &'m HashMap<String, Vec<String>>,
    good: impl Fn(&str) -> bool,
) -> Vec<&'m str> {
    let between: BTreeSet<&String> = there.get(word).into_iter().flatten().collect();
    let mut ways: BTreeMap<&str, usize> = BTreeMap::new();
    for one in between {
        let others: BTreeSet<&String> = back.get(one).into_iter().flatten().collect();
        for other in others {
            *ways.entry(other).or_default() += 1;
        }
    }
    let others = ways
        .into_iter()
        .filter(|&(other, n)| n >= 2 && other != word && good(other));
    others.map(|(other, _)| other).collect()
}

/// A gloss without its notes; `None` for what is no gloss.
fn plain(gloss: &str) -> Option<String> {
    let gloss = gloss.split('(').next()?.trim();
    let gloss = ["to ", "a ", "an ", "the "]
        .iter()
        .find_map(|p| gloss.strip_prefix(p))
        .unwrap_or(gloss);
    let known = !gloss.is_empty()
        && gloss
            .chars()
            .all(|c| c.is_ascii_alphabetic() || c == ' ' || c == '-');
    known.then(|| gloss.to_lowercase())
}

/// What might be planted: kind, expression, variant, and the units it stands in.
struct Chance {
    kind: usize,
    usual: String,
    variant: String,
    units: Vec<(usize, usize)>,
}

/// The fewest units an expression stands in.
const UNITS: usize = 5;

/// Plants so many variants, one a unit, of the kinds that the texts have room for in turn.
pub(crate) fn plant(texts: &mut Texts, words: &Words, wanted: usize) -> Vec<Planted> {
    let mut lots = Lots::new(20_261_123);
    let mut chances = chances(texts, words, &mut lots);
    let mut planted: Vec<Planted> = Vec::new();
    let mut used: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut kind = 0;
    while planted.len() < wanted && chances.iter().any(|c| !c.is_empty()) {
        kind = (kind + 1) % chances.len();
        let room = chances[kind].len();
        if room == 0 {
            continue;
        }
        let chance = chances[kind].swap_remove(lots.below(room));
        let touches =
            |p: &Planted| p.usual.contains(&chance.usual) || chance.usual.contains(&p.usual);
        let free: Vec<_> = chance.units.iter().filter(|u| !used.contains(u)).collect();
        if planted.iter().any(touches) {
            continue;
        }
        let Some(&&(d, u)) = lots.one(&free) else {
            continue;
        };
        used.insert((d, u));
        let target = &mut texts.documents[d].units[u][1];
        *target = target.replace(&chance.usual, &chance.variant);
        planted.push(Planted {
            kind: chance.kind,
            usual: chance.usual,
            variant: chance.variant,
            document: texts.documents[d].name.clone(),
            line: u as u32 + 1,
        });
    }
    planted
}

/// What might be planted, by kind.
fn chances(texts: &Texts, words: &Words, lots: &mut Lots) -> Vec<Vec<Chance>> {
    let lang = texts.locales[1].lang();
    match (texts.bilingual(), lang) {
        (true, Lang::Zh) => vec![renderings(texts, words, lots, Lang::Zh)],
        (true, Lang::En) => vec![renderings(texts, words, lots, Lang::En)],
        (false, Lang::Zh) => vec![spellings(texts, words, lots)],
        (false, Lang::En) => vec![names(texts, lots), compounds(texts, words, lots)],
    }
}

/// The targets with the unit each is of.
fn targets(texts: &Texts) -> impl Iterator<Item = ((usize, usize), &[String; 2])> {
    let documents = texts.documents.iter().enumerate();
    documents.flat_map(|(d, document)| {
        document
            .units
            .iter()
            .enumerate()
            .map(move |(u, unit)| ((d, u), unit))
    })
}

/// All targets in small letters.
fn whole(texts: &Texts) -> String {
    let all: Vec<String> = targets(texts)
        .map(|(_, unit)| unit[1].to_lowercase())
        .collect();
    all.join("\n")
}

/// Dictionary words of three characters and more with a gloss of two words and
/// more that stand in many units together.
fn renderings(texts: &Texts, words: &Words, lots: &mut Lots, to: Lang) -> Vec<Chance> {
    let whole = whole(texts);
    let [zh, en] = if to == Lang::Zh { [1, 0] } else { [0, 1] };
    let mut found: BTreeMap<(String, String), Vec<(usize, usize)>> = BTreeMap::new();
    for (at, unit) in targets(texts) {
        let english = unit[en].to_lowercase();
        for word in dictionary_words(&unit[zh], words) {
            let glosses = words.glosses.get(&word).into_iter().flatten();
            let good = |g: &&String| {
                g.contains(' ')
                    && english.contains(g.as_str())
                    && is_name_in_english(g)
                    && words.is_name(&word)
            };
            for gloss in glosses.filter(good) {
                found
                    .entry((word.clone(), gloss.clone()))
                    .or_default()
                    .push(at);
            }
        }
    }
    found.retain(|_, units| units.len() >= UNITS);
    let mut chances = Vec::new();
    for ((word, gloss), units) in found {
        let usual = if to == Lang::Zh { word } else { gloss };
        let parts: Vec<String> = match to {
            Lang::En => usual.split(' ').map(str::to_owned).collect(),
            Lang::Zh => halves(&usual, words),
        };
        let mut ways = Vec::new();
        for (i, part) in parts.iter().enumerate() {
            let others = if to == Lang::Zh {
                words.alike(part)
            } else {
                words.alike_in_english(part)
            };
            for other in others {
                let mut new = parts.clone();
                other.clone_into(&mut new[i]);
                ways.push(new.join(if to == Lang::Zh { "" } else { " " }));
            }
        }
        ways.retain(|w| !whole.contains(w.as_str()));
        // Where it stands as it is written here, only that is replaced.
        let units: Vec<_> = units
            .into_iter()
            .filter(|&(d, u)| texts.documents[d].units[u][1].contains(&usual))
            .collect();
        if let (Some(variant), true) = (lots.one(&ways), units.len() >= UNITS) {
            chances.push(Chance {
                kind: usize::from(to == Lang::En),
                variant: variant.clone(),
                usual,
                units,
            });
        }
    }
    chances
}

/// The words of three to eight characters of a text, each once.
fn dictionary_words(text: &str, words: &Words) -> BTreeSet<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = BTreeSet::new();
    for start in 0..chars.len() {
        for len in 3..=8.min(chars.len() - start) {
            let word: String = chars[start..start + len].iter().collect();
            if words.glosses.contains_key(&word)
                && word
                    .chars()
                    .all(|c| c > '\u{3400}' && !"一二三四五六七八九十百千万萬".contains(c))
            {
                found.insert(word);
            }
        }
    }
    found
}

/// The two dictionary words that a word is made of, of two characters and more each.
fn halves(word: &str, words: &Words) -> Vec<String> {
    let chars: Vec<char> = word.chars().collect();
    for at in 2..chars.len().saturating_sub(1) {
        let halves = [&chars[..at], &chars[at..]].map(|h| h.iter().collect::<String>());
        if halves.iter().all(|h| words.glosses.contains_key(h)) {
            return halves.into();
        }
    }
    Vec::new()
}

/// Dictionary words of three characters and more in Chinese alone.
fn spellings(texts: &Texts, words: &Words, lots: &mut Lots) -> Vec<Chance> {
    let whole = whole(texts);
    let mut found: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
    for (at, unit) in targets(texts) {
        let names = dictionary_words(&unit[1], words).into_iter();
        for word in names.filter(|w| words.is_name(w)) {
            found.entry(word).or_default().push(at);
        }
    }
    let mut chances = Vec::new();
    for (usual, units) in found.into_iter().filter(|(_, units)| units.len() >= UNITS) {
        let chars: Vec<char> = usual.chars().collect();
        let at = 1 + lots.below(chars.len() - 2);
        let any = lots.below(chars.len());
        let mut new = chars.clone();
        match lots.below(3) {
            0 if chars.len() > 3 => {
                new.remove(at);
            }
            1 if chars.len() > 3 => {
                new.insert(at, chars[at]);
            }
            _ => {
                let alike = words
                    .readings
                    .get(&chars[any])
                    .and_then(|r| words.characters.get(r));
                let common: Vec<char> = alike
                    .into_iter()
                    .flatten()
                    .copied()
                    .filter(|c| {
                        *c != chars[any] && targets(texts).any(|(_, unit)| unit[1].contains(*c))
                    })
                    .collect();
                let Some(other) = lots.one(&common) else {
                    continue;
                };
                new[any] = *other;
            }
        }
        let variant: String = new.into_iter().collect();
        if variant != usual && !whole.contains(&variant) {
            chances.push(Chance {
                kind: 2,
                usual,
                variant,
                units,
            });
        }
    }
    chances
}

/// Capitalized words of six letters and more that are never written small.
fn names(texts: &Texts, lots: &mut Lots) -> Vec<Chance> {
    let mut found: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
    let mut small = BTreeSet::new();
    for (at, unit) in targets(texts) {
        for word in unit[1].split(|c: char| !c.is_alphabetic()) {
            if word.starts_with(char::is_lowercase) {
                small.insert(word);
            } else if word.len() >= 6 && word.chars().skip(1).all(|c| c.is_ascii_lowercase()) {
                let units = found.entry(word).or_default();
                if units.last() != Some(&at) {
                    units.push(at);
                }
            }
        }
    }
    let mut chances = Vec::new();
    for (usual, units) in found {
        if units.len() < UNITS || small.contains(usual.to_lowercase().as_str()) {
            continue;
        }
        let chars: Vec<char> = usual.chars().collect();
        let at = 1 + lots.below(chars.len() - 3);
        let mut new = chars.clone();
        match lots.below(4) {
            0 => {
                new.remove(at);
            }
            1 => new.insert(at, chars[at]),
            2 => new.swap(at, at + 1),
            _ => {
                new[at] = *lots
                    .one(&['a', 'e', 'i', 'o', 'u', 'l', 'n', 'r', 's', 't'])
                    .unwrap();
            }
        }
        let variant: String = new.into_iter().collect();
        if variant != usual {
            chances.push(Chance {
                kind: 3,
                usual: usual.to_owned(),
                variant,
                units,
            });
        }
    }
    chances
}

/// Pairs of words that the dictionary also writes as one, and words that it also
/// writes as two, both of which the texts have.
fn compounds(texts: &Texts, words: &Words, lots: &mut Lots) -> Vec<Chance> {
    let plain = |w: &str| w.len() >= 3 && w.chars().all(|c| c.is_ascii_lowercase());
    let mut found: BTreeMap<(String, String), Vec<(usize, usize)>> = BTreeMap::new();
    let mut all: BTreeSet<&str> = BTreeSet::new();
    for (_, unit) in targets(texts) {
        all.extend(unit[1].split(|c: char| !c.is_alphabetic()));
    }
    for (at, unit) in targets(texts) {
        let parts: Vec<&str> = unit[1].split(' ').collect();
        for pair in parts.windows(2) {
            let solid = pair.concat();
            if pair.iter().all(|w| plain(w))
                && is_name_in_english(&pair.join(" "))
                && words.glossed.contains_key(&solid)
            {
                found.entry((pair.join(" "), solid)).or_default().push(at);
            }
        }
        for word in parts.into_iter().filter(|w| w.len() >= 8 && plain(w)) {
            let joined = |cut: usize| {
                let (a, b) = zhengming::span::halves(word, cut);
                let apart = format!("{a} {b}");
                let two = all.contains(a) && all.contains(b) && is_name_in_english(&apart);
                (two && a.len() >= 4).then_some(apart)
            };
            if let Some(mut apart) = (4..word.len() - 3).find_map(joined) {
                if lots.below(2) == 0 {
                    apart = apart.replace(' ', "-");
                }
                found.entry((word.to_owned(), apart)).or_default().push(at);
            }
        }
    }
    let found = found.into_iter().filter(|(_, units)| units.len() >= UNITS);
    found
        .map(|((usual, variant), units)| Chance {
            kind: 4,
            variant,
            usual,
            units,
        })
        .collect()
}
