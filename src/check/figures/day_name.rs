//! Days that Chinese names by their figures alone: 九一八, 五四, 双十一.

use super::super::Text;
use super::stands_alone;
use crate::lang::Lang;
use crate::text::number::{Date, Quantity, Value};

/// Whether a Chinese text names the day that `q` gives with its month.
pub(super) fn names(q: &Quantity, other: &Text<'_>) -> bool {
    let Value::Date(Date {
        year: None,
        month: Some(month),
        day: Some(day),
    }) = q.value
    else {
        return false;
    };
    let twice = (month == day).then(|| written(day).into_iter().map(|day| format!("双{day}")));
    let days = written(day);
    let apart = written(month).into_iter().flat_map(|month| {
        let joined = |day: &String| [format!("{month}{day}"), format!("{month}·{day}")];
        days.iter().flat_map(joined).collect::<Vec<_>>()
    });
    let mut names = twice.into_iter().flatten().chain(apart);
    other.lang == Lang::Zh && names.any(|name| stands(other.text, &name))
}

/// A number up to 31 as it is said in such names: 十八 and 一八, 三十 and 卅.
fn written(number: u8) -> Vec<String> {
    const DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |n: u8| DIGITS.get(usize::from(n)).copied().unwrap_or_default();
    let (tens, ones) = (number / 10, number % 10);
    let last = if ones == 0 { "" } else { digit(ones) };
    match tens {
        0 => vec![digit(ones).to_owned()],
        1 => vec![format!("十{last}"), format!("一{}", digit(ones))],
        3 if ones == 0 => vec!["三十".to_owned(), "卅".to_owned()],
        _ => vec![
            format!("{}十{last}", digit(tens)),
            format!("{}{}", digit(tens), digit(ones)),
        ],
    }
}

/// Whether a name stands in a text, not as a part of a longer number; 雙 is 双.
fn stands(text: &str, name: &str) -> bool {
    let numeral = |c: char| "第〇零一二三四五六七八九十百千万萬亿億".contains(c);
    let traditional = name.replace('双', "雙");
    [name, traditional.as_str()]
        .iter()
        .any(|name| stands_alone(text, name, numeral))
}
