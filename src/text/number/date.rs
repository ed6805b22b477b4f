//! Calendar dates of which any part may be missing.

/// The parts of a date that a text gives. At least one is there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Date {
    /// Year of the common era, negative before it (-221 for 公元前221年); years of the Republic
    /// (民國) are converted.
    pub year: Option<i32>,
    /// Month, 1 to 12.
    pub month: Option<u8>,
    /// Day of the month, 1 to 31.
    pub day: Option<u8>,
}

/// English month names, January first.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Date {
    /// Only a year.
    pub fn year(year: i32) -> Self {
        Self {
            year: Some(year),
            ..Self::default()
        }
    }

    /// The parts, if they can be a date: a month of 12, a day that the month has.
    ///
    /// ```
    /// use zhengming::text::number::Date;
    /// assert!(Date::new(Some(2024), Some(2), Some(29)).is_some());
    /// assert!(Date::new(Some(2025), Some(2), Some(29)).is_none());
    /// ```
    pub fn new(year: Option<i32>, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        let days = match month {
            None | Some(1 | 3 | 5 | 7 | 8 | 10 | 12) => 31,
            Some(2) if year.is_some_and(|y| y % 4 != 0 || y % 100 == 0 && y % 400 != 0) => 28,
            Some(2) => 29,
            Some(4 | 6 | 9 | 11) => 30,
            Some(_) => return None,
        };
        if day.is_some_and(|day| day == 0 || day > days) || (year, month, day) == (None, None, None)
        {
            return None;
        }
        Some(Self { year, month, day })
    }

    /// The month of an English name or abbreviation, without its full stop: `Nov`, `Sept`, `NOVEMBER`.
    pub(super) fn month_named(name: &str) -> Option<u8> {
        let name = name.to_ascii_lowercase();
        if name == "sept" {
            return Some(9);
        }
        let full = |month: &&str| month.to_ascii_lowercase() == name;
        let short = |month: &&str| name.len() == 3 && month.to_ascii_lowercase().starts_with(&name);
        MONTHS
            .iter()
            .position(|m| full(m) || short(m))
            .map(|i| i as u8 + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_by_name() {
        assert_eq!(Date::month_named("Nov"), Some(11));
        assert_eq!(Date::month_named("SEPT"), Some(9));
        assert_eq!(Date::month_named("May"), Some(5));
        assert_eq!(Date::month_named("Novem"), None);
    }

    #[test]
    fn only_days_that_exist() {
        assert!(Date::new(None, Some(2), Some(29)).is_some());
        assert!(Date::new(None, Some(4), Some(31)).is_none());
        assert!(Date::new(None, Some(13), None).is_none());
        assert!(Date::new(None, None, None).is_none());
    }
}
