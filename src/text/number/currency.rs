//! Currencies: how they are written in both languages.

/// A currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Currency {
    /// United States dollar.
    Usd,
    /// Renminbi yuan.
    Cny,
    /// Euro.
    Eur,
    /// Pound sterling.
    Gbp,
    /// Japanese yen.
    Jpy,
    /// Hong Kong dollar.
    Hkd,
    /// New Taiwan dollar.
    Twd,
    /// Macao pataca.
    Mop,
    /// Australian dollar.
    Aud,
    /// Canadian dollar.
    Cad,
    /// Singapore dollar.
    Sgd,
    /// South Korean won.
    Krw,
    /// Indian rupee.
    Inr,
    /// Russian ruble.
    Rub,
    /// Swiss franc.
    Chf,
}

/// How one currency is written.
pub(super) struct Row {
    pub(super) currency: Currency,
    /// ISO 4217.
    pub(super) code: &'static str,
    /// What stands before the digits in English, the preferred first.
    pub(super) prefixes: &'static [&'static str],
    /// English names in lower case, the preferred plural first; each matches with `s` and without.
    pub(super) names: &'static [&'static str],
    /// Chinese words after the number, the preferred first.
    pub(super) zh: &'static [&'static str],
    /// Chinese words before the number that settle a following 元.
    pub(super) zh_before: &'static [&'static str],
}

macro_rules! rows {
    ($($currency:ident $code:literal $prefixes:expr, $names:expr, $zh:expr, $before:expr;)*) => {
        &[$(Row {
            currency: Currency::$currency, code: $code, prefixes: &$prefixes, names: &$names, zh: &$zh,
            zh_before: &$before,
        }),*]
    };
}

/// All currencies. A longer form stands before one it contains.
pub(super) const ROWS: &[Row] = rows![
    Hkd "HKD" ["HK$"], ["hong kong dollar"], ["港元", "港币", "港幣", "港圓"], ["港币", "港幣", "港元"];
    Twd "TWD" ["NT$", "NTD$", "NTD", "NT"], ["new taiwan dollar", "nt dollar", "taiwan dollar"], ["新台币", "新台幣", "新臺幣", "台币", "台幣", "臺幣"], ["新台币", "新台幣", "新臺幣", "台币", "台幣", "臺幣"];
    Mop "MOP" ["MOP$"], ["macao pataca", "pataca"], ["澳门元", "澳門元", "澳门币", "澳門幣"], [];
    Aud "AUD" ["A$", "AU$"], ["australian dollar"], ["澳元", "澳大利亚元", "澳幣"], [];
    Cad "CAD" ["C$", "CA$"], ["canadian dollar"], ["加元", "加拿大元", "加幣"], [];
    Sgd "SGD" ["S$"], ["singapore dollar"], ["新加坡元", "新元", "新幣"], [];
    Usd "USD" ["US$", "$", "USD", "U.S.$", "U.S. $"], ["us dollar", "u.s. dollar", "dollar"], ["美元", "美金"], ["美元", "美金"];
    Eur "EUR" ["€"], ["euro"], ["欧元", "歐元"], ["欧元", "歐元"];
    Gbp "GBP" ["£"], ["british pound", "pounds sterling", "pound"], ["英镑", "英鎊"], ["英镑", "英鎊"];
    Jpy "JPY" ["JP¥"], ["japanese yen", "yen"], ["日元", "日圆", "日圓"], ["日元", "日圓"];
    Krw "KRW" ["₩"], ["south korean won", "korean won", "won"], ["韩元", "韓元", "韩圆"], [];
    Inr "INR" ["₹"], ["indian rupee", "rupee"], ["印度卢比", "卢比", "盧比"], [];
    Rub "RUB" ["₽"], ["russian ruble", "ruble", "rouble"], ["卢布", "盧布"], [];
    Chf "CHF" ["CHF"], ["swiss franc", "franc"], ["瑞士法郎", "法郎"], [];
    Cny "CNY" ["RMB", "¥", "￥", "CN¥", "Rmb"], ["chinese yuan", "renminbi", "yuan", "rmb"], ["元人民币", "元人民幣", "人民币元", "人民币", "人民幣", "元", "圆", "圓", "块钱"], ["人民币", "人民幣"];
];

/// Chinese names of small change after a number, of what it is, and the power of ten of that.
pub(super) const CHANGE_ZH: &[(&str, Currency, i16)] = &[
    ("美分", Currency::Usd, -2),
    ("欧分", Currency::Eur, -2),
    ("便士", Currency::Gbp, -2),
    ("分钱", Currency::Cny, -2),
    ("角钱", Currency::Cny, -1),
    ("毛钱", Currency::Cny, -1),
];

/// The same in English, in lower case.
pub(super) const CHANGE_EN: &[(&str, Currency, i16)] = &[
    ("cents", Currency::Usd, -2),
    ("cent", Currency::Usd, -2),
    ("pence", Currency::Gbp, -2),
    ("fen", Currency::Cny, -2),
    ("jiao", Currency::Cny, -1),
];

impl Currency {
    /// How it is written.
    pub(super) fn row(self) -> &'static Row {
        ROWS.iter()
            .find(|row| row.currency == self)
            .unwrap_or(&ROWS[0])
    }

    /// Its code by ISO 4217: `USD`.
    pub fn code(self) -> &'static str {
        self.row().code
    }

    /// Its name in daily English, in the singular: `dollar`.
    pub(crate) fn short_name(self) -> &'static str {
        let names = self.row().names.iter().min_by_key(|name| name.len());
        names.copied().unwrap_or_default()
    }

    /// Whether it is called 元 (first) or dollar (second) in daily use at home.
    pub(super) fn daily(self) -> (bool, bool) {
        use Currency::{Aud, Cad, Cny, Hkd, Mop, Sgd, Twd, Usd};
        (
            matches!(self, Cny | Hkd | Twd | Mop),
            matches!(self, Usd | Hkd | Twd | Aud | Cad | Sgd),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_currency_has_its_row() {
        for row in ROWS {
            assert_eq!(row.currency.code(), row.code);
            assert!(!row.zh.is_empty() && !row.names.is_empty());
        }
    }
}
