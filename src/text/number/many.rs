//! Vague counts written by their power of ten: 数百亿美元, `tens of billions of US dollars`.

use super::currency::Currency;
use super::render::{currency_zh, measure_en};
use super::{Decimal, Kind, MOST_POWER, Quantity, Relation, Value};

/// The power of ten of which a quantity is some.
pub(super) fn several(q: &Quantity) -> Option<i16> {
    let (Some(Relation::Several), Value::One(value)) = (q.relation, q.value) else {
        return None;
    };
    (1..=MOST_POWER).find(|power| Decimal::from(1).shifted(*power) == value)
}

/// `tens of billions of US dollars`, `hundreds`.
pub(super) fn many_en(kind: Kind, power: i16) -> String {
    let many = match power {
        1 => "dozens".to_owned(),
        2 => "hundreds".to_owned(),
        _ => {
            let scales = [
                (12, "trillions"),
                (9, "billions"),
                (6, "millions"),
                (3, "thousands"),
            ];
            let scale = scales.into_iter().find(|(scale, _)| power >= *scale);
            let (scale, name) = scale.unwrap_or((power, "thousands"));
            match power - scale {
                0 => name.to_owned(),
                1 => format!("tens of {name}"),
                _ => format!("hundreds of {name}"),
            }
        }
    };
    match kind {
        Kind::Money(currency) => format!("{many} of {}", currency_en(currency)),
        Kind::Measure(unit) if unit.name() == "year" && power == 1 => "decades".to_owned(),
        Kind::Measure(unit) => format!("{many} of {}", measure_en(unit, "", false).trim()),
        _ => many,
    }
}

/// A currency's name in the plural.
fn currency_en(currency: Currency) -> &'static str {
    match currency {
        Currency::Usd => "US dollars",
        Currency::Cny => "yuan",
        Currency::Eur => "euros",
        Currency::Gbp => "pounds",
        Currency::Jpy => "yen",
        Currency::Hkd => "Hong Kong dollars",
        Currency::Twd => "New Taiwan dollars",
        Currency::Mop => "patacas",
        Currency::Aud => "Australian dollars",
        Currency::Cad => "Canadian dollars",
        Currency::Sgd => "Singapore dollars",
        Currency::Krw => "won",
        Currency::Inr => "rupees",
        Currency::Rub => "rubles",
        Currency::Chf => "Swiss francs",
    }
}

/// 数百亿美元, 数百.
pub(super) fn many_zh(kind: Kind, power: i16) -> String {
    const POWERS: [&str; 14] = [
        "十",
        "百",
        "千",
        "万",
        "十万",
        "百万",
        "千万",
        "亿",
        "十亿",
        "百亿",
        "千亿",
        "万亿",
        "十万亿",
        "百万亿",
    ];
    let scale = usize::try_from(power - 1).ok().and_then(|i| POWERS.get(i));
    let counted = match kind {
        Kind::Money(currency) => currency_zh(currency),
        Kind::Measure(unit) => unit.zh(),
        _ => "",
    };
    ["数", scale.copied().unwrap_or_default(), counted].concat()
}
