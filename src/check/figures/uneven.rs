//! Figures that one text has more often than the other.

use super::super::Text;
use super::super::clause::{self, Level};
use crate::text::number::{Quantity, Value};

/// Which of two lists are left where each is paired with one equal and no more.
///
/// The numbers of list items go unsaid often enough, but not where both texts have as many.
pub(super) fn uneven(
    (source, text): (&[Quantity], &Text<'_>),
    (target, other): (&[Quantity], &Text<'_>),
) -> (Vec<usize>, Vec<usize>) {
    let items = |these: &[Quantity], text: &Text<'_>| -> Vec<bool> {
        let listed = |q: &Quantity| clause::level(q, text) == Some(Level::Listed);
        these.iter().map(listed).collect()
    };
    let (from, source) = apart(source, target);
    let (to, target) = apart(target, &source);
    let (source, target) = (&*source, &*target);
    let (ours, theirs) = (items(source, text), items(target, other));
    let count = |items: &[bool]| items.iter().filter(|listed| **listed).count();
    let lists = count(&ours) >= 2 && count(&ours) == count(&theirs);
    let counts = |q: &Quantity, listed: Option<&bool>| !q.soft || lists && listed == Some(&true);
    let mut taken = vec![false; target.len()];
    let mut left = Vec::new();
    for (i, quantity) in source.iter().enumerate() {
        let free = |(j, q): &(usize, &Quantity)| {
            taken.get(*j).is_some_and(|taken| !taken) && (quantity.says(q) || quantity.comes_to(q))
        };
        let level = ours.get(i);
        // an item of a list with an item of a list, if there is one
        let exact = |(j, q): &(usize, &Quantity)| quantity.same(q) && theirs.get(*j) == level;
        let mut all = target.iter().enumerate().filter(free);
        let first = all.next();
        let best = first.filter(exact).or_else(|| all.find(exact)).or(first);
        match best.and_then(|(j, _)| taken.get_mut(j)) {
            Some(taken) => *taken = true,
            None if counts(quantity, ours.get(i)) => left.push(i),
            None => {}
        }
    }
    let free = taken.iter().zip(target).enumerate();
    let free = free.filter(|(j, (taken, q))| !**taken && counts(q, theirs.get(*j)));
    let back = |these: Vec<usize>, indices: &[usize]| -> Vec<usize> {
        let mut these: Vec<usize> = these
            .iter()
            .filter_map(|i| indices.get(*i).copied())
            .collect();
        these.dedup();
        these
    };
    let right = free.map(|(j, _)| j).collect();
    (back(left, &from), back(right, &to))
}

/// `these`, a range as its two bounds where the other text has them one by one and no such range
/// (第三條至第十六條 and Articles 3–16), and beside them the index of what each was.
fn apart(these: &[Quantity], those: &[Quantity]) -> (Vec<usize>, Vec<Quantity>) {
    let bounds = |q: &Quantity| match q.value {
        Value::Range(low, high) if !those.iter().any(|other| q.same(other)) => {
            let bounds = [low, high].map(|value| Quantity {
                value: Value::One(value),
                ..*q
            });
            let said = |q: &Quantity| those.iter().any(|other| q.says(other));
            bounds.iter().all(said).then_some(bounds)
        }
        _ => None,
    };
    let mut all = (Vec::new(), Vec::new());
    for (i, q) in these.iter().enumerate() {
        let parts = bounds(q).map_or_else(|| vec![*q], Vec::from);
        all.0.extend(parts.iter().map(|_| i));
        all.1.extend(parts);
    }
    all
}
