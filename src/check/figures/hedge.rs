//! Figures of equal value in words that make them different: nearly and more than, growth by and to.

use super::{Difference, Fault};
use crate::text::number::{Kind, Quantity, Relation};

/// Figures of equal value that the texts put on different sides of the true one, and multiples that
/// are equal only in their digits.
pub(super) fn hedges(source: &[Quantity], target: &[Quantity]) -> Vec<Difference> {
    let mut found = Vec::new();
    for this in source {
        let mut equals = target.iter().filter(|q| q.same(this));
        let (first, second) = (equals.next(), equals.next());
        let fault = match (first, second) {
            (Some(that), None) => {
                let back = source.iter().filter(|q| q.same(that)).count();
                opposed(this.relation, that.relation)
                    .filter(|_| back == 1)
                    .map(|fault| (fault, that))
            }
            // 增长了3倍 and tripled
            (None, _) => target
                .iter()
                .find(|q| grown(this, q))
                .map(|q| (Fault::Times, q)),
            _ => None,
        };
        found.extend(fault.map(|(fault, that)| Difference {
            fault,
            source: Some(*this),
            target: Some(*that),
        }));
    }
    found
}

/// Whether one grows by as many times as the other multiplies.
fn grown(this: &Quantity, that: &Quantity) -> bool {
    let kinds = matches!(
        (this.kind, that.kind),
        (Kind::TimesMore, Kind::Times) | (Kind::Times, Kind::TimesMore)
    );
    kinds && this.value == that.value
}

/// What is wrong where two relations of one value contradict each other.
fn opposed(a: Option<Relation>, b: Option<Relation>) -> Option<Fault> {
    use Relation::{Above, AtLeast, AtMost, Below, Early, End, Late, Middle, Nearly};
    let (a, b) = (a?, b?);
    let less = |r| matches!(r, Below | Nearly | AtMost);
    let more = |r| matches!(r, Above | AtLeast);
    let part = |r| matches!(r, Early | Middle | Late | End);
    if part(a) && part(b) {
        // early and mid-February are neighbors, and lists of them are read one by one
        let opposite = matches!((a, b), (Early, Late | End) | (Late | End, Early));
        return opposite.then_some(Fault::Date);
    }
    if less(a) && more(b) || more(a) && less(b) {
        let bound = |r| matches!(r, AtLeast | AtMost);
        return Some(if bound(a) || bound(b) {
            Fault::Range
        } else {
            Fault::Approx
        });
    }
    None
}
