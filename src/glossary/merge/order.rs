//! Three lists to one: what both keep, what either added, without what either
//! took away.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// Merges lists without repetitions.
///
/// What one side took away goes, unless `kept` says that the other side needs
/// it. The order is ours; theirs where only they moved something. What the
/// other side added follows what it follows there, behind what we added.
pub(super) fn merged<K: Copy + Eq + Hash>(
    [base, ours, theirs]: [&[K]; 3],
    kept: impl Fn(K) -> bool,
) -> Vec<K> {
    let sets = [base, ours, theirs].map(|list| list.iter().copied().collect::<HashSet<K>>());
    let [in_base, in_ours, in_theirs] = &sets;
    let stays = |key: &K| {
        let both = in_ours.contains(key) && in_theirs.contains(key);
        both || !in_base.contains(key) || kept(*key)
    };
    // A move of what is gone, or new, moves nothing.
    let common = |key: &&K| sets.iter().all(|set| set.contains(key));
    let moved = |list: &[K]| !base.iter().filter(common).eq(list.iter().filter(common));
    let follow_them = !moved(ours) && moved(theirs);
    let (first, second, in_first) = if follow_them {
        (theirs, ours, in_theirs)
    } else {
        (ours, theirs, in_ours)
    };
    // What the second side has beyond the first, behind what it follows there.
    let mut behind: HashMap<Option<K>, Vec<K>> = HashMap::new();
    let mut anchor = None;
    for key in second.iter().filter(|key| stays(key)) {
        if in_first.contains(key) {
            anchor = Some(*key);
        } else {
            behind.entry(anchor).or_default().push(*key);
        }
    }
    let in_second = if follow_them { in_ours } else { in_theirs };
    let mut list = Vec::with_capacity(first.len() + second.len());
    let mut waiting = behind.remove(&None).unwrap_or_default();
    for key in first.iter().filter(|key| stays(key)) {
        // Ours goes first where both added something in one place.
        if follow_them || in_second.contains(key) {
            list.append(&mut waiting);
        }
        list.push(*key);
        if let Some(more) = behind.remove(&Some(*key)) {
            waiting.extend(more);
        }
    }
    list.append(&mut waiting);
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merge(base: &str, ours: &str, theirs: &str) -> String {
        let lists = [base, ours, theirs].map(|text| text.chars().collect::<Vec<_>>());
        let [b, o, t] = &lists;
        merged([b, o, t], |_| false).into_iter().collect()
    }

    #[test]
    fn lists_are_merged() {
        for (base, ours, theirs, expected) in [
            ("abc", "abc", "axbc", "axbc"),
            ("abc", "abxc", "aybc", "aybxc"),
            ("abc", "axbc", "aybc", "axybc"),
            ("abc", "ac", "abc", "ac"),
            ("abc", "cab", "abc", "cab"),
            ("abc", "abc", "cab", "cab"),
            ("abc", "abcx", "cab", "cxab"),
            ("abc", "ab", "bc", "b"),
            ("", "ab", "cd", "abcd"),
            ("", "ab", "ba", "ab"),
            ("abc", "xabc", "yabc", "xyabc"),
        ] {
            assert_eq!(
                merge(base, ours, theirs),
                expected,
                "{base} {ours} {theirs}"
            );
        }
    }
}
