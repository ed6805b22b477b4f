//! Two directions joined.

use super::Linked;

/// How the two directions are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Join {
    /// What both say: nearly always right, and not all there is.
    Intersection,
    /// What both say, and what one says beside it (Koehn, Och and Marcu 2003): whole phrases.
    GrowDiag,
}

/// The likeliest source of every word, out of how often each came up.
pub(super) fn linked(of_en: &[f32], of_zh: &[f32], [zh, en]: [usize; 2]) -> Linked {
    let shares = |seen: &[f32], wide: usize| -> Vec<Vec<f32>> {
        let rows = seen.chunks(wide + 1);
        rows.map(|row| {
            let sum: f32 = row.iter().sum();
            row.iter().map(|n| n / sum.max(f32::MIN_POSITIVE)).collect()
        })
        .collect()
    };
    let (of_en, of_zh) = (shares(of_en, zh), shares(of_zh, en));
    let mut likely = vec![0.0; zh * en];
    for (j, row) in of_en.iter().enumerate() {
        for (i, share) in row.iter().take(zh).enumerate() {
            let back = of_zh
                .get(i)
                .and_then(|row| row.get(j))
                .copied()
                .unwrap_or(0.0);
            if let Some(cell) = likely.get_mut(i * en + j) {
                *cell = f32::midpoint(*share, back);
            }
        }
    }
    let best = |rows: &[Vec<f32>], wide: usize| {
        let best = |row: &Vec<f32>| {
            let top = row.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1))?;
            (top.0 < wide).then_some(top.0 as u32)
        };
        rows.iter().map(best).collect()
    };
    Linked {
        of_en: best(&of_en, zh),
        of_zh: best(&of_zh, en),
        likely,
    }
}

/// Pairs of a Chinese word and an English one, sorted.
pub(super) fn links(linked: &Linked, join: Join) -> Vec<(u32, u32)> {
    let forward: Vec<(u32, u32)> = (0..)
        .zip(&linked.of_en)
        .filter_map(|(en, zh)| Some(((*zh)?, en)))
        .collect();
    let back: Vec<(u32, u32)> = (0..)
        .zip(&linked.of_zh)
        .filter_map(|(zh, en)| Some((zh, (*en)?)))
        .collect();
    let mut links: Vec<(u32, u32)> = forward
        .iter()
        .filter(|link| back.contains(link))
        .copied()
        .collect();
    if join == Join::GrowDiag {
        let mut rest: Vec<(u32, u32)> = forward.iter().chain(&back).copied().collect();
        rest.retain(|link| !links.contains(link));
        grow(&mut links, rest);
    }
    links.sort_unstable();
    links.dedup();
    links
}

/// Adds links that touch one there is, and link a word that has none.
fn grow(links: &mut Vec<(u32, u32)>, mut rest: Vec<(u32, u32)>) {
    loop {
        let before = links.len();
        rest.retain(|&(zh, en)| {
            let touches = links
                .iter()
                .any(|&(z, e)| z.abs_diff(zh) <= 1 && e.abs_diff(en) <= 1);
            let free = !links.iter().any(|&(z, _)| z == zh) || !links.iter().any(|&(_, e)| e == en);
            let add = touches && free;
            if add {
                links.push((zh, en));
            }
            !add
        });
        if links.len() == before {
            return;
        }
    }
}
