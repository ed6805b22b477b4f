//! Which rows of a table name its columns, and the names.

use super::super::names::{self, Role, Side};
use super::profile::{Profile, SAMPLE};
use super::{Map, plain};
use crate::glossary::exchange::{Cell, Grid, Row};
use crate::lang::Lang;
use crate::text::chars::is_han;

/// The header is looked for in so many first rows.
const FIRST: usize = 20;

/// The row that `--map` names columns of, where it names them by their names.
pub(super) fn asked(grid: &Grid, map: &Map) -> Option<usize> {
    let is_name = |(_, from): &&(String, String)| from.trim().parse::<u32>().is_err();
    let (_, first) = map.iter().find(is_name)?;
    let wanted = plain(first);
    grid.rows
        .iter()
        .take(FIRST)
        .position(|row| row.cells.iter().any(|cell| plain(&cell.text) == wanted))
}

/// Where the rows that name the columns begin, and how many there are (0, 1 or 2).
pub(super) fn header(grid: &Grid) -> (usize, usize) {
    if grid.headed {
        return (0, 1);
    }
    let score = |row: &Row| -> (usize, usize, bool) {
        let mut filled = 0;
        let (mut known, mut terms) = (0, false);
        let mut sides = [false; 4];
        let one = |cell: &Cell| cell.text.trim() == row.text(0).trim();
        // A title over all columns, or a place.
        if (row.cells.len() > 1 && row.cells.iter().all(one)) || is_place(row) {
            return (0, 0, false);
        }
        for cell in row.cells.iter().filter(|c| !c.text.trim().is_empty()) {
            filled += 1;
            // A sentence is no name.
            if cell.text.chars().count() > 40 {
                continue;
            }
            let role = names::role(&cell.text).0;
            // 源语言 and 目标语言 may be what a table calls its terms.
            terms |= role.may_be_terms() || matches!(role, Role::Code(_));
            let is = [
                role.lang() == Some(Lang::Zh),
                role.lang() == Some(Lang::En),
                role == Role::Side(Side::Source),
                role == Role::Side(Side::Target),
            ];
            for (known, is) in sides.iter_mut().zip(is) {
                *known |= is;
            }
            known += usize::from(role != Role::Unknown);
        }
        // Who names both languages, or both sides, may call the other columns what they like.
        if let [true, true, ..] | [.., true, true] = sides {
            filled = filled.min(known * 2);
        }
        (known, filled, terms)
    };
    let rows = grid.rows.iter().take(FIRST);
    let scores: Vec<_> = rows.map(score).collect();
    let names =
        |(known, filled, terms): (usize, usize, bool)| terms && known >= 2 && known * 2 >= filled;
    let first = scores.iter().position(|s| names(*s));
    let Some(at) = first.filter(|at| !is_inside(grid, *at) && !is_repeated(grid, *at)) else {
        return (first_by_content(grid), usize::from(odd_first(grid)));
    };
    // A name over several columns: the cells beside it are empty, or say the same.
    let gaps = |row: &Row, below: &Row| {
        (1..below.cells.len()).any(|c| {
            let name = row.text(c).trim();
            let over = name.is_empty() || name == row.text(c - 1).trim();
            over && !below.text(c).trim().is_empty()
        })
    };
    let second = match (grid.rows.get(at), grid.rows.get(at + 1), scores.get(at + 1)) {
        (Some(row), Some(below), Some(score)) => {
            let (known, filled, terms) = *score;
            let names = terms && known >= 2 && known * 2 >= filled;
            names && (gaps(row, below) || says_again(row, below))
        }
        _ => false,
    };
    (at, if second { 2 } else { 1 })
}

/// Whether a row has the name of one place in two languages (台湾, Taiwan), which names no columns.
fn is_place(row: &Row) -> bool {
    let roles = row.cells.iter().map(|c| (c, names::role(&c.text).0));
    let terms: Vec<(&Cell, Role)> = roles.filter(|(_, role)| role.is_terms()).collect();
    match terms.as_slice() {
        [(one, first), (other, second)] => {
            first == second
                && first.lang() == Some(Lang::Zh)
                && one.text.contains(is_han) != other.text.contains(is_han)
        }
        _ => false,
    }
}

/// Whether a row that could name the columns is one of the list itself: rows
/// above it have Chinese and English where those below have them, and so has
/// it, or there are too many of them to be a title.
fn is_inside(grid: &Grid, at: usize) -> bool {
    let body = Body::below(grid, at);
    let above = grid.rows.iter().take(at);
    let like = above.filter(|row| body.is_like(row)).count();
    like > 3 || (like > 0 && body.is_doubtful(grid.rows.get(at)))
}

/// Whether what a row names languages by stands below it as well, in the same columns: the
/// codes of a list without names (`软件,software,zh,en`).
fn is_repeated(grid: &Grid, at: usize) -> bool {
    let (Some(row), Some(below)) = (grid.rows.get(at), grid.rows.get(at + 1..)) else {
        return false;
    };
    let below = below.get(..below.len().min(FIRST)).unwrap_or(below);
    let names =
        (0..row.cells.len()).filter(|column| names::role(row.text(*column)).0.may_be_terms());
    let again = |column: usize| {
        let name = row.text(column).trim();
        let same = below.iter().filter(|row| row.text(column).trim() == name);
        same.count() * 2 > below.len()
    };
    let mut names = names.peekable();
    names.peek().is_some() && names.all(again)
}

/// Whether a row that could name the columns can as well be one of the list:
/// 名称 and name, above or among names of things.
pub(super) fn is_doubtful(grid: &Grid, at: usize) -> bool {
    !grid.headed && Body::below(grid, at).is_doubtful(grid.rows.get(at))
}

/// In which columns the rows below one have Chinese, and in which English;
/// those above it where it is the last.
struct Body(Vec<Option<Lang>>);

impl Body {
    fn below(grid: &Grid, at: usize) -> Self {
        let rows = grid.rows.get(at + 1..).filter(|rows| !rows.is_empty());
        let rows = rows.or(grid.rows.get(..at)).unwrap_or_default();
        let rows = rows.get(..rows.len().min(FIRST)).unwrap_or(rows);
        let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        Self((0..width).map(|c| Profile::of(rows, c).lang()).collect())
    }

    /// Whether a row has Chinese and English where the others have them.
    fn is_like(&self, row: &Row) -> bool {
        let has = |lang: Lang, is: &dyn Fn(&str) -> bool| {
            let mut columns = (0..).zip(&self.0);
            columns.any(|(at, column)| *column == Some(lang) && is(row.text(at)))
        };
        has(Lang::Zh, &|text| text.contains(is_han))
            && has(Lang::En, &|text| {
                text.contains(char::is_alphabetic) && !text.contains(is_han)
            })
    }

    /// Whether a row is like the others and does not name both languages.
    fn is_doubtful(&self, row: Option<&Row>) -> bool {
        let Some(row) = row else { return false };
        let names = |lang| {
            let mut roles = row.cells.iter().map(|cell| names::role(&cell.text).0);
            roles.any(|role| role.lang() == Some(lang))
        };
        self.is_like(row) && !(names(Lang::Zh) && names(Lang::En))
    }
}

/// The first row with more than one cell: what stands above a table is its title.
fn first_by_content(grid: &Grid) -> usize {
    let filled = |row: &Row| {
        row.cells
            .iter()
            .filter(|c| !c.text.trim().is_empty())
            .count()
    };
    let first = grid.rows.iter().take(FIRST).position(|row| filled(row) > 1);
    // A list that goes on with single cells has none above it.
    first.filter(|at| *at <= 3).unwrap_or(0)
}

/// Whether the first row has no Chinese in the column where all others have it: it names the columns.
fn odd_first(grid: &Grid) -> bool {
    let at = first_by_content(grid);
    let (Some(first), Some(rest)) = (grid.rows.get(at), grid.rows.get(at + 1..)) else {
        return false;
    };
    let profile = |column| Profile::of(rest, column);
    rest.len() >= 3
        && (0..first.cells.len()).any(|c| {
            let cell = first.text(c).trim();
            let p = profile(c);
            p.filled * 2 > rest.len().min(SAMPLE)
                && p.han * 20 >= p.filled * 19
                && !cell.is_empty()
                && !cell.contains(is_han)
                && cell.chars().count() <= 20
                && first
                    .cells
                    .iter()
                    .enumerate()
                    .all(|(o, other)| o == c || other.text.trim() != cell)
        })
}

/// Whether a row names the columns that the one above it names, in other words: 中文 | 英文 and
/// Chinese | English. Two names at least mean the same terms, and none means other things.
fn says_again(row: &Row, below: &Row) -> bool {
    let mut terms = 0;
    for column in 0..row.cells.len().max(below.cells.len()) {
        let (one, two) = (row.text(column).trim(), below.text(column).trim());
        let (first, second) = (names::role(one).0, names::role(two).0);
        if one == two || first == Role::Unknown || second == Role::Unknown {
            continue;
        }
        if first != second {
            return false;
        }
        terms += usize::from(first.is_terms());
    }
    terms >= 2
}

/// The names of the columns; those of two rows are put together, but where they say the same in
/// two languages, and a name over several columns is each one's.
pub(super) fn column_names(grid: &Grid, at: usize, rows: usize, width: usize) -> Vec<String> {
    let text = |row: usize, column| {
        grid.rows
            .get(row)
            .map_or("", |r: &Row| r.text(column))
            .trim()
    };
    let mut names = Vec::with_capacity(width);
    let mut over = "";
    let again = rows > 1
        && match (grid.rows.get(at), grid.rows.get(at + 1)) {
            (Some(row), Some(below)) => says_again(row, below),
            _ => false,
        };
    for column in 0..width {
        let name = match rows {
            0 => String::new(),
            1 => text(at, column).to_owned(),
            _ => {
                let (top, below) = (text(at, column), text(at + 1, column));
                if !top.is_empty() {
                    over = top;
                }
                if below.is_empty() || below == top {
                    top.to_owned()
                } else if again {
                    let known = |name: &&str| names::role(name).0 != Role::Unknown;
                    let name = [top, below].into_iter().find(known);
                    name.unwrap_or(below).to_owned()
                } else {
                    format!("{over} {below}")
                }
            }
        };
        names.push(name.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    names
}
