//! Counts, as people read them.

/// A number and its noun: `1 error`, `2 errors`, `112,590 concepts`.
///
/// ```
/// use zhengming::text::count::plural;
/// assert_eq!([0, 1, 1500].map(|n| plural(n, "unit")), ["0 units", "1 unit", "1,500 units"]);
/// ```
pub fn plural(count: impl TryInto<u64>, noun: &str) -> String {
    let count = whole(count);
    let end = if count == 1 { "" } else { "s" };
    format!("{} {noun}{end}", thousands(count))
}

/// A number with its thousands apart.
///
/// ```
/// use zhengming::text::count::thousands;
/// assert_eq!([999, 1_234_567].map(thousands), ["999", "1,234,567"]);
/// ```
pub fn thousands(count: impl TryInto<u64>) -> String {
    let digits = whole(count).to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A count of any type of integer.
fn whole(count: impl TryInto<u64>) -> u64 {
    count.try_into().unwrap_or(u64::MAX)
}
