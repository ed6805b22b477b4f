//! What is known about words before any text is read.

use std::collections::HashMap;

use crate::align::{Dictionary, stem};
use crate::text::chars::is_han;
use crate::text::fold::fold;
use crate::text::number::MONTHS;
use crate::text::pinyin::reading;

/// How much a dictionary weighs: as if a word had been seen so often with what it becomes.
const WEIGHT: f32 = 8.0;

/// Words a dictionary of content words has no use for.
const FUNCTION: &[(&str, &str)] = &[
    ("的", "of 's"),
    ("之", "of 's"),
    ("在", "in at on"),
    ("于", "in on at to"),
    ("和", "and"),
    ("与", "and with"),
    ("及", "and"),
    ("以及", "and"),
    ("并", "and"),
    ("并且", "and"),
    ("而", "and but while"),
    ("或", "or"),
    ("或者", "or"),
    ("但", "but"),
    ("但是", "but however"),
    ("是", "is are was be were"),
    ("为", "for is as to"),
    ("为了", "to for"),
    ("将", "will would"),
    ("会", "will would"),
    ("要", "will to must"),
    ("应", "should shall"),
    ("应当", "shall should"),
    ("可", "can may"),
    ("可以", "can may"),
    ("可能", "may might could"),
    ("能", "can could"),
    ("能够", "can able"),
    ("不", "not no n't"),
    ("没有", "not no without"),
    ("没", "not n't no"),
    ("未", "not"),
    ("从", "from since"),
    ("自", "from since"),
    ("由", "by from"),
    ("被", "by was"),
    ("对", "to on for against"),
    ("对于", "for to"),
    ("向", "to"),
    ("到", "to"),
    ("至", "to"),
    ("给", "to for"),
    ("以", "with to by"),
    ("用", "with for"),
    ("通过", "through by"),
    ("关于", "on about"),
    ("就", "on"),
    ("根据", "according under"),
    ("按照", "according"),
    ("因为", "because"),
    ("因此", "therefore"),
    ("如果", "if"),
    ("当", "when"),
    ("时", "when while"),
    ("后", "after"),
    ("前", "before ago"),
    ("以来", "since"),
    ("之间", "between"),
    ("间", "between"),
    ("上", "on in"),
    ("中", "in of"),
    ("里", "in"),
    ("内", "within in"),
    ("下", "under"),
    ("我", "i my me"),
    ("我们", "we our us"),
    ("你", "you your"),
    ("您", "you your"),
    ("他", "he his him"),
    ("她", "she her"),
    ("它", "it its"),
    ("他们", "they their them"),
    ("它们", "they their them"),
    ("其", "its their his"),
    ("这", "this"),
    ("这些", "these"),
    ("此", "this"),
    ("该", "the this"),
    ("那", "that"),
    ("那些", "those"),
    ("有", "has have had there"),
    ("也", "also too"),
    ("还", "also"),
    ("都", "all both"),
    ("已", "has have been"),
    ("已经", "has have already"),
    ("一", "a an one"),
    ("一个", "a an one"),
    ("等", "and other"),
    ("所", "that which"),
    ("什么", "what"),
    ("谁", "who"),
    ("如何", "how"),
];

/// Signs that are written differently.
const MARKS: &[(&str, &str)] = &[
    ("。", "."),
    ("、", ","),
    ("《", "\""),
    ("》", "\""),
    ("“", "`` \""),
    ("”", "'' \""),
    ("(", "-lrb-"),
    (")", "-rrb-"),
    ("\"", "`` ''"),
];

/// The form by which words are compared: folded, and of an English word the stem.
///
/// ```
/// use zhengming::link::form;
/// assert_eq!(form("Nations"), form("national"));
/// assert_eq!(form("計劃"), "计划");
/// ```
pub fn form(word: &str) -> String {
    let folded = fold(word);
    if folded.contains(is_han) {
        folded
    } else {
        stem(&folded)
    }
}

/// How much each Chinese word expects each English one, before a text is read.
pub(super) struct Priors(HashMap<(u32, u32), f32>);

impl Priors {
    pub(super) fn new(zh: &[String], en: &[String], dictionary: Option<&Dictionary>) -> Self {
        let number: HashMap<&str, u32> =
            (0..).zip(en).map(|(n, form)| (form.as_str(), n)).collect();
        let mut weights = HashMap::new();
        for (n, word) in (0..).zip(zh) {
            for (form, weight) in expected(word, dictionary) {
                if let Some(&other) = number.get(form.as_str()) {
                    let held: &mut f32 = weights.entry((n, other)).or_default();
                    *held = held.max(weight);
                }
            }
        }
        Self(weights)
    }

    /// Chinese words by the English ones they become: sums to one weight a Chinese word.
    pub(super) fn of_en(&self) -> HashMap<(u32, u32), f32> {
        normal(self.0.iter().map(|(&key, &weight)| (key, weight)))
    }

    /// The other direction.
    pub(super) fn of_zh(&self) -> HashMap<(u32, u32), f32> {
        normal(self.0.iter().map(|(&(zh, en), &weight)| ((en, zh), weight)))
    }
}

/// The weights of a source word, made to add up to one measure.
fn normal(weights: impl Iterator<Item = ((u32, u32), f32)> + Clone) -> HashMap<(u32, u32), f32> {
    let mut sums: HashMap<u32, f32> = HashMap::new();
    // Sums of floats depend on their order: the order of keys is always the same.
    let mut sorted: Vec<_> = weights.collect();
    sorted.sort_by_key(|(key, _)| *key);
    for ((source, _), weight) in &sorted {
        *sums.entry(*source).or_default() += weight;
    }
    let share = |(key, weight): ((u32, u32), f32)| {
        let sum = sums.get(&key.0).copied().unwrap_or(1.0);
        (key, WEIGHT * weight / sum)
    };
    sorted.into_iter().map(share).collect()
}

/// The forms a Chinese word may become.
fn expected(word: &str, dictionary: Option<&Dictionary>) -> Vec<(String, f32)> {
    let mut out = vec![(stem(word), 1.0)];
    let listed = FUNCTION.iter().chain(MARKS);
    for (_, english) in listed.filter(|(zh, _)| *zh == word) {
        out.extend(english.split(' ').map(|word| (form(word), 1.0)));
    }
    figures(word, &mut out);
    if !word.contains(is_han) {
        return out;
    }
    let read: Option<Vec<&str>> = word.chars().map(reading).collect();
    if let Some(read) = read.filter(|_| word.chars().count() <= 4) {
        out.push((stem(&read.concat()), 0.7));
    }
    if let Some(dictionary) = dictionary {
        let parts = dictionary.parts(word);
        let share = 1.0 / parts.len().max(1) as f32;
        for gloss in parts.iter().flat_map(|part| dictionary.glosses(part)) {
            let words: Vec<&str> = gloss.split(' ').collect();
            let weight = share.sqrt() / (words.len() as f32).sqrt();
            out.extend(words.into_iter().map(|word| (form(word), weight)));
        }
    }
    out
}

/// Numbers and months, which differ in what stands behind them.
fn figures(word: &str, out: &mut Vec<(String, f32)>) {
    let digits: String = word
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == '.')
        .collect();
    if digits.is_empty() {
        return;
    }
    let rest = word.strip_prefix(digits.as_str()).unwrap_or("");
    if let (Ok(month), true) = (digits.parse::<usize>(), rest.starts_with('月')) {
        let name = month.checked_sub(1).and_then(|at| MONTHS.get(at));
        out.extend(name.map(|name| (form(name), 1.0)));
    }
    for end in ["", "st", "nd", "rd", "th", "s", "%"] {
        out.push((form(&format!("{digits}{end}")), 1.0));
    }
}
