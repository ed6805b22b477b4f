//! A quantity of the match's target, swapped for that of the segment.
//!
//! The wording of the target stays, and only the number in it changes: what
//! counts 第12页 as a place in an order may call it `page 12`, and 50周年 an
//! anniversary. What is put in is read back where it stands, and must be the
//! segment's value in the target's own kind; where it is not, nothing is swapped.

use std::mem::discriminant;

use super::Swap;
use crate::lang::Lang;
use crate::span::{Span, halves, splice};
use crate::text::number::{Decimal, Kind, Quantity, Value, quantities};
use crate::text::written::written;

impl Swap<'_> {
    /// Where the old quantity stands in the target, once, and what takes its place.
    pub(super) fn number(&self, old: &Quantity, new: &Quantity) -> Option<(Span, String)> {
        let lang = self.request.to.lang();
        let found = quantities(self.target, lang);
        let mut there = found.iter().filter(|q| q.same(old));
        let (there, None) = (there.next()?, there.next()) else {
            return None;
        };
        let number = self.like(old, new, there)?;
        let number = as_precise(number, new.core.of(self.request.text));
        // Where the sources hedge alike, the target's own words for it stay (or their absence);
        // where they do not, only what the segment says is right.
        if old.relation == new.relation {
            return Some((there.core, number));
        }
        let after = Span {
            start: there.core.end,
            end: there.span.end,
        };
        let inside = there.relation.is_some() && there.core == there.span; // 50多亿
        // 三人以上: what follows has more in it than the hedge
        let apart = ["", "左右", "上下", "以上", "以内", "以內", "以下"];
        if inside || !apart.contains(&after.of(self.target)) {
            return None;
        }
        let hedge = written(&new.hedge("0", lang), self.written());
        Some((there.span, hedge.replacen('0', &number, 1)))
    }

    /// The new value in the wording that `there` has for the old one.
    fn like(&self, old: &Quantity, new: &Quantity, there: &Quantity) -> Option<String> {
        let [was, is] = [old.kind, new.kind].map(|kind| discriminant(&kind));
        if was != is || parts(old) != parts(new) {
            return None;
        }
        let lang = self.request.to.lang();
        let one = |q: &Quantity| q.value == Value::One(1.into());
        // One thing is not said as several are.
        let number_changes = lang == Lang::En && one(old) != one(new);
        if number_changes && new.kind == Kind::Number {
            return None;
        }
        let model = there.core.of(self.target);
        let render = |q: &Quantity| {
            let bare = Quantity {
                relation: None,
                ..*q
            };
            written(&bare.render(lang), self.written())
        };
        let dressed = as_written(model, &render(old), &render(new));
        if dressed.is_some() {
            return dressed;
        }
        let inflected = matches!(
            new.kind,
            Kind::Measure(_)
                | Kind::Money(_)
                | Kind::Times
                | Kind::PercentPoints
                | Kind::BasisPoints
        );
        // 上世纪90年代 has not its value in its digits.
        let elsewhere = new.kind == Kind::Decade;
        let same = there.value == old.value && new.kind == old.kind;
        if !same || elsewhere || number_changes && inflected {
            return None;
        }
        // A place in an order is one in both languages: 第二章 for Chapter 2, never 第两章.
        let ordinal = new.kind == Kind::Ordinal;
        let kind = if ordinal { new.kind } else { there.kind };
        let ways = Quantity { kind, ..*new }.ways_like(model, lang).into_iter();
        let mut ways = ways.map(|way| self.in_script(way));
        ways.find(|way| self.reads(way, there, new))
    }

    /// Numerals are made in simplified characters.
    fn in_script(&self, way: String) -> String {
        if self.written().traditional() {
            way.replace('万', "萬")
                .replace('亿', "億")
                .replace('两', "兩")
        } else {
            way
        }
    }

    /// Whether the target with `way` in the place of a quantity has the new value there, as what
    /// the old one was.
    fn reads(&self, way: &str, there: &Quantity, new: &Quantity) -> bool {
        let target = splice(self.target, there.core, way);
        let start = there.core.start as usize;
        let core = Span::new(start, start + way.len());
        let found = quantities(&target, self.request.to.lang());
        found.iter().any(|q| {
            let same = q.value == new.value && q.kind == there.kind;
            q.core == core && same && q.relation == there.relation
        })
    }
}

/// Which parts of a date a quantity gives: `on March 5` has other words around it than `in March`.
fn parts(quantity: &Quantity) -> Option<[bool; 3]> {
    match quantity.value {
        Value::Date(date) => Some([
            date.year.is_some(),
            date.month.is_some(),
            date.day.is_some(),
        ]),
        _ => None,
    }
}

/// A number with the zeros behind the point that the segment has: 5.0% is no 5%.
fn as_precise(number: String, source: &str) -> String {
    let digits = |text: &str| {
        let start = text.find(|c: char| c.is_ascii_digit())?;
        let (_, rest) = halves(text, start);
        let run = rest.find(|c: char| !c.is_ascii_digit() && c != '.');
        Some(Span::new(start, start + run.unwrap_or(rest.len())))
    };
    let (Some(exact), Some(place)) = (digits(source), digits(&number)) else {
        return number;
    };
    let exact = exact.of(source);
    let value = Decimal::parse(exact);
    let same = value.is_some() && value == Decimal::parse(place.of(&number));
    if same && exact.contains('.') && !exact.ends_with('.') {
        splice(&number, place, exact)
    } else {
        number
    }
}

/// A quantity in the dress of the one it replaces, where that is the usual one: where the target
/// writes “$50 billion” for what is usually “US$50 billion”, the new one loses its “US” too.
fn as_written(model: &str, usual: &str, rendering: &str) -> Option<String> {
    let digits = |text: &str| text.contains(|c: char| c.is_ascii_digit());
    // `page 12` does not become `page five`
    if digits(model) && !digits(rendering) {
        return None;
    }
    if model.eq_ignore_ascii_case(usual) {
        let mut letters = rendering.chars();
        let first = letters.next()?;
        let capital =
            model.starts_with(char::is_uppercase) && usual.starts_with(char::is_lowercase);
        let first = if capital {
            first.to_ascii_uppercase()
        } else {
            first
        };
        return Some(std::iter::once(first).chain(letters).collect());
    }
    let more = usual.strip_suffix(model)?;
    rendering.strip_prefix(more).map(str::to_owned)
}
