//! Entries of lists of references, whose marks are half-width in Chinese too (GB/T 7714).

use super::{Draft, Paper};
use crate::span::halves;
use crate::text::chars::is_han;

/// Leaves out what is said of entries of lists of references. A sentence of one does not tell
/// what it is part of, so the whole paragraph is asked.
pub(super) fn without_entries(paper: &Paper<'_>, mut drafts: Vec<Draft>) -> Vec<Draft> {
    let mut last = None;
    let mut entry = false;
    drafts.retain(|draft| {
        let unit = draft.at.unit as usize;
        let Some(view) = paper.views.get(unit) else {
            return true;
        };
        let here = (view.paragraph, draft.at.side);
        if last.replace(here) != Some(here) {
            entry = is_entry(&paragraph(paper, unit, draft));
        }
        !entry
    });
    drafts
}

/// The paragraph that a draft's text is part of.
fn paragraph(paper: &Paper<'_>, unit: usize, draft: &Draft) -> String {
    let number = paper.views.get(unit).map(|view| view.paragraph);
    let mut from = unit;
    while let Some(before) = from.checked_sub(1)
        && paper.views.get(before).map(|view| view.paragraph) == number
    {
        from = before;
    }
    let views = paper.views.iter().skip(from);
    let views = views.take_while(|view| Some(view.paragraph) == number);
    let texts = views.map(|view| view.text(draft.at.side).text);
    texts.collect::<Vec<_>>().join(" ")
}

/// Whether a paragraph is an entry of a list of references: it names the kind of what it cites
/// (`[M]`, `[EB/OL]`), or says behind a half-width stop where and when that was printed.
fn is_entry(text: &str) -> bool {
    text.contains('.') && (tells_kind(text) || tells_year(text))
}

/// What can be cited: a book, a collection, a newspaper, a journal, a thesis, a report, a
/// standard, a patent, ... `[A]` is left out: it also numbers appendices.
const KINDS: [&str; 15] = [
    "M", "C", "N", "J", "D", "R", "S", "P", "G", "Z", "DB", "CP", "EB", "CM", "DS",
];

/// What it can be stored on: a tape, a disk, a CD, the net.
const CARRIERS: [&str; 4] = ["MT", "DK", "CD", "OL"];

fn tells_kind(text: &str) -> bool {
    text.split('[').skip(1).any(|part| {
        let Some((inside, rest)) = part.split_once(']') else {
            return false;
        };
        // Markdown may have escaped the brackets.
        let inside = inside.trim_end_matches('\\');
        let (kind, carrier) = inside.split_once('/').unwrap_or((inside, "OL"));
        let goes_on = rest.is_empty() || rest.starts_with(['.', '/', ',', ':', '(', ' ']);
        KINDS.contains(&kind) && CARRIERS.contains(&carrier) && goes_on
    })
}

/// Whether a year stands as in 北京: 科学出版社, 2021. and in 研究, 2022(3): 45.
fn tells_year(text: &str) -> bool {
    let mut stops = text.match_indices('.').map(|(at, _)| at);
    let stop = stops.find(|&at| halves(text, at).0.ends_with(is_han));
    let Some(stop) = stop.filter(|_| text.contains(':')) else {
        return false;
    };
    let mut commas = text.match_indices(',').map(|(at, _)| at);
    commas.any(|at| {
        let rest = halves(text, at + 1).1.trim_start_matches(' ');
        let digits = rest.chars().take_while(char::is_ascii_digit).count();
        let ends = rest.chars().nth(4);
        at > stop && digits == 4 && ends.is_none_or(|c| ".:(,;".contains(c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_an_entry() {
        for entry in [
            "[1] 王明. 人工智能与国家安全[M]. 北京: 科学出版社, 2021: 12-15.",
            "王明.人工智能与国家安全[M].北京:科学出版社,2021:12-15.",
            "陈刚. 论供应链韧性[EB/OL]. (2023-05-01)[2024-01-01].",
            "王明. 论安全\\[J\\]. 国际问题研究, 2022(3): 45-60.",
            "王明. 人工智能与国家安全. 北京: 科学出版社, 2021.",
            "王明. 论安全. 国际问题研究, 2022(3): 45-60.",
        ] {
            assert!(is_entry(entry), "{entry}");
        }
        for prose in [
            "会议指出,要加快建设:安全是底线.",
            "会议于北京召开. 参会者: 王明, 2021年入职.",
            "见附录[A]. 会议指出, 要加快.",
            "研究[1]表明,增长1.5%.",
        ] {
            assert!(!is_entry(prose), "{prose}");
        }
    }
}
