//! Figures without an equal, and what took their place.

use super::fault::{fault, in_order};
use super::{Difference, Fault};
use crate::text::number::Quantity;

/// A quantity without an equal of its own on the other side.
#[derive(Clone, Copy)]
pub(super) struct Left {
    quantity: Quantity,
    /// Whether it is a fault where nothing took its place.
    alone: bool,
    /// Whether it may go unsaid, and nothing shows that it should not have.
    soft: bool,
}

/// Those of a text that the other has nothing for. Some that are no fault by themselves may be
/// what another value took the place of: those that the other text need not have anything for and
/// has not, and those that it has, but not as often.
pub(super) fn partners(
    of: &[Quantity],
    alone: &[usize],
    uneven: &[usize],
    other: &[Quantity],
) -> Vec<Left> {
    let these = of.iter().enumerate().filter_map(|(i, quantity)| {
        let alone = alone.contains(&i);
        let unsaid = || quantity.soft && !other.iter().any(|o| quantity.says(o));
        let uneven = uneven.contains(&i);
        (alone || uneven || unsaid()).then_some(Left {
            quantity: *quantity,
            alone,
            soft: quantity.soft && !uneven,
        })
    });
    these.collect()
}

/// Those without an equal, each with what took its place, the likeliest pair first.
pub(super) fn paired(missing: &[Left], extra: &[Left]) -> Vec<Difference> {
    let mut pairs: Vec<(u8, usize, usize, usize, Fault)> = Vec::new();
    for (i, source) in missing.iter().enumerate() {
        for (j, target) in extra.iter().enumerate() {
            let weak = u8::from(!source.alone) + u8::from(!target.alone);
            if source.soft && target.soft {
                continue;
            }
            let soft = source.soft || target.soft;
            match fault(&source.quantity, &target.quantity) {
                Some((_, fault))
                    if soft && !in_order(&source.quantity, &target.quantity, fault) => {}
                // Nothing says that these two are wrong but that they are of one sort.
                Some((rank, _)) if weak == 2 && rank > 4 => {}
                Some((rank, fault)) => pairs.push((rank + weak * 8, i.abs_diff(j), i, j, fault)),
                None => {}
            }
        }
    }
    pairs.sort_unstable_by_key(|(rank, apart, i, j, _)| (*rank, *apart, *i, *j));
    let (mut sources, mut targets) = (vec![false; missing.len()], vec![false; extra.len()]);
    let mut found = Vec::new();
    for (_, _, i, j, fault) in pairs {
        let (Some(here), Some(there)) = (sources.get_mut(i), targets.get_mut(j)) else {
            continue;
        };
        if !*here && !*there {
            (*here, *there) = (true, true);
            found.push(Difference {
                fault,
                source: missing.get(i).map(|left| left.quantity),
                target: extra.get(j).map(|left| left.quantity),
            });
        }
    }
    let left = |these: &[Left], taken: &[bool]| -> Vec<Quantity> {
        let free = these.iter().zip(taken);
        let free = free.filter(|(left, taken)| !**taken && left.alone);
        free.map(|(left, _)| left.quantity).collect()
    };
    found.extend(left(missing, &sources).into_iter().map(|q| Difference {
        fault: Fault::Missing,
        source: Some(q),
        target: None,
    }));
    found.extend(left(extra, &targets).into_iter().map(|q| Difference {
        fault: Fault::Extra,
        source: None,
        target: Some(q),
    }));
    found
}
