//! Exact decimal numbers.

use std::cmp::Ordering;
use std::fmt;

/// `digits` × 10^`exponent`, with no trailing zero in `digits` (and 0 × 10^0 for zero), so that
/// equal values are equal structures.
///
/// ```
/// use zhengming::text::number::Decimal;
/// let d = Decimal::parse("912.17").unwrap().shifted(8);
/// assert_eq!(d, Decimal::from(91_217_000_000));
/// assert_eq!(d.shifted(-9).to_string(), "91.217");
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Decimal {
    digits: i128,
    exponent: i16,
}

/// More digits than this are no amount but a serial number.
const MAX_DIGITS: usize = 30;

impl Decimal {
    /// `digits` × 10^`exponent`.
    pub fn new(digits: i128, exponent: i16) -> Self {
        let mut value = Self { digits, exponent };
        if value.digits == 0 {
            return Self::default();
        }
        while value.digits % 10 == 0 {
            value.digits /= 10;
            value.exponent += 1;
        }
        value
    }

    /// Plain ASCII digits with at most one point; nothing else, and not more than 30 digits.
    ///
    /// ```
    /// use zhengming::text::number::Decimal;
    /// assert_eq!(Decimal::parse("3.50"), Decimal::parse("3.5"));
    /// assert!(Decimal::parse("1,000").is_none() && Decimal::parse("-1").is_none());
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let digits = [whole, part].concat();
        let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        if !plain || digits.len() > MAX_DIGITS {
            return None;
        }
        let places = i16::try_from(part.len()).ok()?;
        Some(Self::new(digits.parse().ok()?, -places))
    }

    /// The value times 10^`by`: 万 is 4, `billion` is 9.
    #[must_use]
    pub fn shifted(self, by: i16) -> Self {
        Self::new(self.digits, self.exponent.saturating_add(by))
    }

    /// The sum; `None` where its digits do not fit into 127 bits.
    ///
    /// ```
    /// use zhengming::text::number::Decimal;
    /// let of = |text| Decimal::parse(text).unwrap();
    /// assert_eq!(of("0.1").plus(of("0.2")), Some(of("0.3")));
    /// assert_eq!(of("1.5").times(of("4")), Some(of("6")));
    /// ```
    pub fn plus(self, other: Self) -> Option<Self> {
        let exponent = self.exponent.min(other.exponent);
        let sum = self
            .scaled(exponent)?
            .checked_add(other.scaled(exponent)?)?;
        Some(Self::new(sum, exponent))
    }

    /// The product; `None` where its digits do not fit into 127 bits.
    pub fn times(self, other: Self) -> Option<Self> {
        let digits = self.digits.checked_mul(other.digits)?;
        Some(Self::new(
            digits,
            self.exponent.checked_add(other.exponent)?,
        ))
    }

    /// The negative.
    #[must_use]
    pub fn negated(self) -> Self {
        Self {
            digits: -self.digits,
            ..self
        }
    }

    /// The digits at another, not greater, exponent.
    fn scaled(self, exponent: i16) -> Option<i128> {
        let by = u32::try_from(self.exponent.checked_sub(exponent)?).ok()?;
        self.digits.checked_mul(10_i128.checked_pow(by)?)
    }

    /// The value as a whole number; `None` for a fraction, and beyond 64 bits.
    pub fn whole(self) -> Option<i64> {
        i64::try_from(self.scaled(0)?).ok()
    }

    /// The power of ten that makes `other` of it: 3 for 5 and 5,000; `None` where no power does, and for equals.
    ///
    /// ```
    /// use zhengming::text::number::Decimal;
    /// assert_eq!(Decimal::from(5).apart(Decimal::from(5_000)), Some(3));
    /// assert_eq!(Decimal::from(5).apart(Decimal::from(50_001)), None);
    /// ```
    pub fn apart(self, other: Self) -> Option<i16> {
        let same = self.digits == other.digits && self.digits != 0;
        let power = other.exponent.checked_sub(self.exponent)?;
        (same && power != 0).then_some(power)
    }

    /// Whether it is within half of `last`, and within a tenth of `other`.
    pub(super) fn close(self, other: Self, last: Self) -> bool {
        let Some(apart) = self.plus(other.negated()) else {
            return false;
        };
        let apart = if apart.is_negative() {
            apart.negated()
        } else {
            apart
        };
        let size = if other.is_negative() {
            other.negated()
        } else {
            other
        };
        apart.times(2.into()).is_some_and(|twice| twice <= last) && apart.shifted(1) <= size
    }

    /// One in the place of its last digit that is not zero: 100 for 1,600.
    pub(super) fn last_place(self) -> Self {
        Self::new(1, self.exponent)
    }

    /// How many digits it has without the zeros at its ends.
    pub(super) fn significant(self) -> usize {
        self.digits.unsigned_abs().to_string().len()
    }

    /// Whether it is a power of ten apart from `other`, or equal.
    pub(super) fn same_digits(self, other: Self) -> bool {
        self.digits == other.digits
    }

    /// How many digits stand behind the point: 2 of 912.17, 0 of 1,600.
    pub fn places(self) -> u32 {
        u32::try_from(-i32::from(self.exponent)).unwrap_or(0)
    }

    /// Whether it is below zero.
    pub fn is_negative(self) -> bool {
        self.digits < 0
    }

    /// The value in digits, `separator` between groups of three before the point.
    ///
    /// ```
    /// use zhengming::text::number::Decimal;
    /// assert_eq!(Decimal::from(35_000).grouped(","), "35,000");
    /// ```
    pub fn grouped(self, separator: &str) -> String {
        let plain = self.to_string();
        let (sign, plain) = plain
            .strip_prefix('-')
            .map_or(("", plain.as_str()), |rest| ("-", rest));
        let (whole, part) = plain
            .split_once('.')
            .map_or((plain, None), |(whole, part)| (whole, Some(part)));
        let mut out = String::from(sign);
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i).is_multiple_of(3) {
                out.push_str(separator);
            }
            out.push(digit);
        }
        if let Some(part) = part {
            out.push('.');
            out.push_str(part);
        }
        out
    }
}

impl From<i64> for Decimal {
    fn from(value: i64) -> Self {
        Self::new(value.into(), 0)
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    /// By value. Numbers whose exponents lie too far apart to scale compare by sign and magnitude.
    fn cmp(&self, other: &Self) -> Ordering {
        let exponent = self.exponent.min(other.exponent);
        match (self.scaled(exponent), other.scaled(exponent)) {
            (Some(a), Some(b)) => a.cmp(&b),
            (a, _) => {
                let (large, order) = if a.is_none() {
                    (self, Ordering::Greater)
                } else {
                    (other, Ordering::Less)
                };
                if large.is_negative() {
                    order.reverse()
                } else {
                    order
                }
            }
        }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.digits.unsigned_abs().to_string();
        let sign = if self.digits < 0 { "-" } else { "" };
        let places = self.places() as usize;
        if places == 0 {
            let zeros = usize::try_from(self.exponent).unwrap_or(0);
            return write!(f, "{sign}{digits}{}", "0".repeat(zeros));
        }
        let padded = format!("{digits:0>width$}", width = places + 1);
        let (whole, part) = crate::span::halves(&padded, padded.len() - places);
        write!(f, "{sign}{whole}.{part}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    #[test]
    fn written_as_read() {
        for text in [
            "0",
            "1",
            "10",
            "0.05",
            "12.8",
            "1234567",
            "0.001",
            "999999999999.99",
        ] {
            assert_eq!(d(text).to_string(), text);
        }
        assert_eq!(d("1.50").to_string(), "1.5");
        assert_eq!(d("1234567.5").grouped(","), "1,234,567.5");
        assert_eq!(d("123456").negated().grouped(","), "-123,456");
    }

    #[test]
    fn exact_arithmetic() {
        assert_eq!(d("0.1").plus(d("0.2")), Some(d("0.3")));
        assert_eq!(d("1.2").shifted(12), d("1200000000000"));
        assert_eq!(d("2.5").times(d("4")), Some(d("10")));
        assert!(d("0.3") > d("0.25") && d("0.3").negated() < d("0.25").negated());
        assert!(d("1").shifted(300) > d("1") && d("1").shifted(300).negated() < d("1"));
        assert_eq!(Decimal::parse("1.2.3"), None);
        assert_eq!(Decimal::parse(&"9".repeat(31)), None);
    }
}
