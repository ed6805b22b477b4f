//! Numbers, amounts, percentages and dates by their exact value, read in both
//! languages and written in the other.
//!
//! A value is compared, never its digits: 三成, `30%` and `30 percent` are one
//! value, 912.17亿 and `912.17 billion` are not. No floating point is used.
//!
//! What is *not* a quantity, on purpose:
//!
//! - digits that belong to a name: `GPT-4`, `F-35`, `5G`, `COVID-19`, `V3.1`,
//!   `A/RES/56/1`, 歼-20, URLs and e-mail addresses ([`name`]);
//! - numerals that are part of a word or say no amount: 一带一路, 统一, 万一,
//!   一个, 十分, `one of them`, pronoun `one`;
//! - vague counts: 十几, 数百, 几十万, `dozens of`, `several hundred` ([`estimates`] has them).
//!
//! [`Quantity::soft`] marks what the other language may well leave unsaid
//! (两国 ↔ `both countries`, 第一 ↔ `first`, list numbering).

mod compare;
mod currency;
mod date;
mod decimal;
mod en;
mod figures;
mod many;
mod name;
mod part;
mod render;
mod restyle;
mod text;
mod unit;
mod zh;

pub use compare::unmatched;
pub use currency::Currency;
pub use date::{Date, MONTHS};
pub use decimal::Decimal;
pub use unit::Unit;

use crate::lang::{Lang, Locale};
use crate::span::Span;
use crate::text::code::codes;
use crate::text::written::written;

/// A number, amount, percentage, ordinal or date found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quantity {
    /// Where it stands, with the words that make it approximate (约, `about`).
    pub span: Span,
    /// The value alone, without those words.
    pub core: Span,
    /// What it counts.
    pub kind: Kind,
    /// How much.
    pub value: Value,
    /// How the true value relates to the one given, where the text says so.
    pub relation: Option<Relation>,
    /// Whether the text can be read in another way: 兆, `11/12/2025`, 元 without a country.
    pub ambiguous: bool,
    /// Whether the other language may well leave it unsaid (both, 两国, first): never reported alone.
    pub soft: bool,
    /// How its number is written, where that is more than its value.
    pub form: Form,
}

/// How a number is written, where its value does not say it; two of one value are the same
/// whatever their forms.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Form {
    /// As is usual for the value.
    #[default]
    Usual,
    /// With so many digits behind the point: 1 for 5.0%.
    Places(u8),
    /// In its digits alone, as labels and scores are: 第14110号, 公法117-167, 5:4.
    Label,
    /// As an age: 65岁, `65 years old`.
    Age,
    /// In parts of ten to this power: 6 for `ppm`, 9 for `ppb`.
    PartsPer(i16),
}

/// What a quantity counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A bare number, or one of things: 35,000 (people).
    Number,
    /// A percentage, as the number before the sign: 12.8 for 12.8%, 30 for 三成.
    Percent,
    /// A difference of percentages in points.
    PercentPoints,
    /// Hundredths of a percentage point.
    BasisPoints,
    /// A price reduction in percent: 20 for 八折 and `20% off`.
    Discount,
    /// A part of a whole as a ratio: 三分之二.
    Fraction,
    /// An amount of money.
    Money(Currency),
    /// A measured amount.
    Measure(Unit),
    /// A multiple: 3倍, `threefold`, `doubled` (2).
    Times,
    /// A growth in multiples of what was: 增长3倍 (3; four times as much).
    TimesMore,
    /// A place in an order: 第119届.
    Ordinal,
    /// A date or the parts of one that are given.
    Date,
    /// A time of day, in minutes after midnight.
    Clock,
    /// A fiscal year.
    FiscalYear,
    /// A quarter of a year, 1 to 4.
    Quarter,
    /// A half of a year, 1 or 2.
    HalfYear,
    /// A decade, by its first year: 1990; 90 where the century is not said.
    Decade,
    /// A century, by its number.
    Century,
    /// An anniversary, by its number: 75周年.
    Anniversary,
}

/// How much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// One value.
    One(Decimal),
    /// From one value to another.
    Range(Decimal, Decimal),
    /// Numerator and denominator, in lowest terms.
    Ratio(u64, u64),
    /// The parts of a date that are given.
    Date(Date),
}

/// How the true value relates to the one given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relation {
    /// 约, 左右, `about`.
    About,
    /// 近, 将近, `nearly`: below it, and that is much.
    Nearly,
    /// 不到, 低于, `less than`.
    Below,
    /// 逾, 超过, 多, 余, `more than`.
    Above,
    /// 至少, 以上, `at least`.
    AtLeast,
    /// 至多, 以内, `up to`.
    AtMost,
    /// 高达, 多达, `as much as`: the value itself, and that is much.
    Reaching,
    /// 年初, 上旬, `early`: in the first part of the year or month.
    Early,
    /// 年中, 中旬, `mid-`.
    Middle,
    /// 下旬, 晚些时候, `late`.
    Late,
    /// 年底, 月底, `the end of`.
    End,
    /// 数百, 几百, `hundreds of`: some times the value, which is a power of ten.
    Several,
}

impl Form {
    /// That of numbers which are written with so many digits behind the point.
    fn of(places: u8, values: &[Decimal]) -> Self {
        if values.iter().any(|v| v.places() < u32::from(places)) {
            Self::Places(places)
        } else {
            Self::Usual
        }
    }
}

impl Kind {
    /// Its name, in lower case: `number`, `percent`, `money`, `date`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Percent => "percent",
            Self::PercentPoints => "percentage points",
            Self::BasisPoints => "basis points",
            Self::Discount => "discount",
            Self::Fraction => "fraction",
            Self::Money(_) => "money",
            Self::Measure(_) => "measure",
            Self::Times => "times",
            Self::TimesMore => "increase in times",
            Self::Ordinal => "ordinal",
            Self::Date => "date",
            Self::Clock => "time",
            Self::FiscalYear => "fiscal year",
            Self::Quarter => "quarter",
            Self::HalfYear => "half-year",
            Self::Decade => "decade",
            Self::Century => "century",
            Self::Anniversary => "anniversary",
        }
    }
}

/// All quantities of a text, in order, not overlapping.
///
/// ```
/// use zhengming::{lang::Lang, text::number::quantities};
/// let text = "2025年出口增长12.8%，达500亿美元。";
/// let found: Vec<_> = quantities(text, Lang::Zh).iter().map(|q| (q.span.of(text), q.render(Lang::En))).collect();
/// assert_eq!(found[0], ("2025年", "2025".to_owned()));
/// assert_eq!(found[1], ("12.8%", "12.8%".to_owned()));
/// assert_eq!(found[2], ("500亿美元", "US$50 billion".to_owned()));
/// ```
pub fn quantities(text: &str, lang: Lang) -> Vec<Quantity> {
    quantities_beside(text, lang, &codes(text))
}

/// The vague counts of a text, in order, not overlapping: 数十亿美元, 两三年, `tens of thousands`.
///
/// They are no [`quantities`], for they can be said in many ways and none is wrong; but their
/// power of ten is what a translator trips over. What is one of both is to be taken from there.
///
/// ```
/// use zhengming::{lang::Lang, text::number::estimates};
/// let render = |text, from: Lang| estimates(text, from)[0].render(from.other());
/// assert_eq!(render("数十亿美元", Lang::Zh), "billions of US dollars");
/// assert_eq!(render("hundreds of thousands of people", Lang::En), "数十万");
/// ```
pub fn estimates(text: &str, lang: Lang) -> Vec<Quantity> {
    let text = text::Text::new(text, &codes(text));
    match lang {
        Lang::Zh => zh::estimate::estimates(&text),
        Lang::En => en::estimate::estimates(&text),
    }
}

/// Vague counts of more than this power of ten are none.
const MOST_POWER: i16 = 14;

/// As [`quantities`], for a caller who knows the text's [codes].
pub fn quantities_beside(text: &str, lang: Lang, codes: &[Span]) -> Vec<Quantity> {
    match lang {
        Lang::Zh => zh::quantities(text, codes),
        Lang::En => en::quantities(text, codes),
    }
}

impl Quantity {
    /// The quantity as a professional writes it in the other language.
    ///
    /// ```
    /// use zhengming::{lang::Lang, text::number::quantities};
    /// let render = |text, from: Lang| quantities(text, from)[0].render(from.other());
    /// assert_eq!(render("三成", Lang::Zh), "30%");
    /// assert_eq!(render("two-thirds", Lang::En), "三分之二");
    /// assert_eq!(render("November 24, 2025", Lang::En), "2025年11月24日");
    /// ```
    pub fn render(&self, to: Lang) -> String {
        match to {
            Lang::Zh => render::zh(self),
            Lang::En => render::en(self),
        }
    }

    /// As [`Quantity::render`], in the characters and words of a script or region.
    ///
    /// ```
    /// use zhengming::{lang::{Lang, Locale}, text::number::quantities};
    /// let trillions = quantities("US$1.2 trillion", Lang::En)[0];
    /// assert_eq!(trillions.render_in(Locale::Hans), "1.2万亿美元");
    /// assert_eq!(trillions.render_in(Locale::HongKong), "1.2萬億美元");
    /// assert_eq!(trillions.render_in(Locale::Taiwan), "1.2兆美元");
    /// ```
    pub fn render_in(&self, to: Locale) -> String {
        let text = written(&self.render(to.lang()), to);
        if to == Locale::Taiwan {
            render::taiwan(self, &text)
        } else {
            text
        }
    }

    /// The quantity, without words that make it approximate, written in the language and the way
    /// of `model`, which is another quantity.
    ///
    /// ```
    /// use zhengming::{lang::Lang, text::number::quantities};
    /// let date = quantities("2025年11月24日", Lang::Zh)[0];
    /// assert_eq!(date.render_like("25 Nov 2025", Lang::En), "24 Nov 2025");
    /// ```
    pub fn render_like(&self, model: &str, lang: Lang) -> String {
        restyle::like(self, model, lang)
    }

    /// Ways to write the quantity, without words that make it approximate, in the wording of
    /// `model`: nothing but its number is another. Some may say something else; whoever takes
    /// one reads it back where it is to stand.
    ///
    /// ```
    /// use zhengming::{lang::Lang, text::number::quantities};
    /// let order = quantities("第14141号行政令", Lang::Zh)[0];
    /// assert_eq!(order.ways_like("14110", Lang::En), ["14141"]);
    /// ```
    pub fn ways_like(&self, model: &str, lang: Lang) -> Vec<String> {
        restyle::ways(self, model, lang)
    }

    /// `core`, which is the quantity as it is written without them, with the words that make it
    /// approximate: 约, `about`.
    ///
    /// ```
    /// use zhengming::{lang::Lang, text::number::quantities};
    /// let some = quantities("逾百万", Lang::Zh)[0];
    /// assert_eq!(some.hedge("a million", Lang::En), "more than a million");
    /// ```
    pub fn hedge(&self, core: &str, lang: Lang) -> String {
        render::hedged(self, core, lang)
    }

    /// Whether the two mean the same: equal value and a kind that can stand for the other
    /// (第三条 ↔ `Article 3`, 65岁 ↔ `65`, 1 km ↔ 1000米), whatever the languages.
    ///
    /// ```
    /// use zhengming::{lang::Lang, text::number::quantities};
    /// let zh = quantities("投资912.17亿元", Lang::Zh)[0];
    /// assert!(zh.same(&quantities("91.217 billion yuan", Lang::En)[0]));
    /// assert!(!zh.same(&quantities("912.17 billion yuan", Lang::En)[0]));
    /// ```
    pub fn same(&self, other: &Self) -> bool {
        compare::same(self, other)
    }

    /// Whether the two mean the same, or one says it with less: without its unit, its year, as a
    /// bound of a range.
    ///
    /// ```
    /// use zhengming::{lang::Lang, text::number::quantities};
    /// let zh = quantities("11月24日", Lang::Zh)[0];
    /// let en = quantities("November 24, 2025", Lang::En)[0];
    /// assert!(zh.says(&en) && !zh.same(&en));
    /// ```
    pub fn says(&self, other: &Self) -> bool {
        compare::same(self, other) || compare::near(self, other)
    }

    /// Whether one is the other converted to another system of units, or rounded and said to be.
    ///
    /// ```
    /// use zhengming::{lang::Lang, text::number::quantities};
    /// let zh = quantities("1.8米", Lang::Zh)[0];
    /// assert!(zh.comes_to(&quantities("six feet", Lang::En)[0]));
    /// ```
    pub fn comes_to(&self, other: &Self) -> bool {
        compare::converted(self, other) || compare::rounded(self, other)
    }

    /// Whether both are about so much, and one may be the other rounded to a digit or two.
    pub(crate) fn loosely(&self, other: &Self) -> bool {
        compare::loosely(self, other)
    }

    /// Whether its unit is an `m` directly behind digits, which may be a million as well: `40m`.
    pub(crate) fn millions(&self) -> bool {
        self.ambiguous && matches!(self.kind, Kind::Measure(unit) if unit.name() == "meter")
    }

    /// The value in plain digits, independent of language: `50000000000 USD`, `10..15 %`, `2025-11-24`.
    pub fn value_text(&self) -> String {
        render::plain(self)
    }
}

#[cfg(test)]
mod tests;
