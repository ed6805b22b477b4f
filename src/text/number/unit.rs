//! Units of measure: their names in both languages and how large they are.

use super::Decimal;

/// A unit of measure, as a row of the table here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Unit(u8);

/// What units of one dimension share; amounts in them compare through their factors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Dimension {
    Length,
    Area,
    Volume,
    Mass,
    Power,
    Energy,
    Frequency,
    Data,
    Celsius,
    Fahrenheit,
    /// Days and shorter, in seconds.
    Time,
    /// Months and longer, in months.
    Calendar,
    Speed,
    Angle,
}

/// One unit.
pub(super) struct Row {
    /// How much of its dimension's base: digits and a power of ten. Those of customary units are exact by law.
    factor: (i64, i16),
    pub(super) dimension: Dimension,
    /// Chinese names, the preferred first.
    pub(super) zh: &'static [&'static str],
    /// English symbols, matched with their case, directly after the digits or after a space.
    pub(super) symbols: &'static [&'static str],
    /// English names in the singular and lower case, the preferred first.
    pub(super) names: &'static [&'static str],
    /// The plural of the first name where it is not made with `s`.
    pub(super) plural: &'static str,
}

macro_rules! rows {
    ($($dimension:ident $digits:literal e $exponent:literal $zh:expr, $symbols:expr, $names:expr, $plural:literal;)*) => {
        &[$(Row {
            factor: ($digits, $exponent), dimension: Dimension::$dimension, zh: &$zh, symbols: &$symbols,
            names: &$names, plural: $plural,
        }),*]
    };
}

/// All units.
pub(super) const ROWS: &[Row] = rows![
    Length 1 e 3 ["公里", "千米"], ["km"], ["kilometer", "kilometre"], "";
    Length 1 e 0 ["米", "公尺"], ["m"], ["meter", "metre"], "";
    Length 1 e -2 ["厘米", "公分"], ["cm"], ["centimeter", "centimetre"], "";
    Length 1 e -3 ["毫米", "公釐"], ["mm"], ["millimeter", "millimetre"], "";
    Length 1 e -6 ["微米"], ["μm", "µm"], ["micrometer", "micron"], "";
    Length 1 e -9 ["纳米", "奈米"], ["nm"], ["nanometer", "nanometre"], "";
    Length 1_609_344 e -3 ["英里", "英哩"], ["mi"], ["mile"], "";
    Length 1852 e 0 ["海里", "浬"], ["nmi"], ["nautical mile"], "";
    Length 3048 e -4 ["英尺", "英呎"], ["ft"], ["foot"], "feet";
    Length 254 e -4 ["英寸", "英吋"], [], ["inch"], "inches";
    Area 1 e 6 ["平方公里", "平方千米"], ["km²", "km2", "sq km"], ["square kilometer", "square kilometre"], "";
    Area 1 e 0 ["平方米", "平方公尺", "平米"], ["m²", "m2", "sq m"], ["square meter", "square metre"], "";
    Area 2_589_988_110_336 e -6 ["平方英里"], ["sq mi"], ["square mile"], "";
    Area 9_290_304 e -8 ["平方英尺"], ["sq ft"], ["square foot"], "square feet";
    Area 1 e 4 ["公顷", "公頃"], ["ha"], ["hectare"], "";
    Area 40_468_564_224 e -7 ["英亩", "英畝"], [], ["acre"], "";
    Area 66_666_666_667 e -8 ["亩", "畝"], [], ["mu"], "mu";
    Volume 1 e 3 ["立方米", "立方公尺"], ["m³", "m3"], ["cubic meter", "cubic metre"], "";
    Volume 1 e 12 ["立方公里", "立方千米"], ["km³"], ["cubic kilometer", "cubic kilometre"], "";
    Volume 28_316_846_592 e -9 ["立方英尺"], [], ["cubic foot"], "cubic feet";
    Volume 1 e 0 ["升", "公升"], ["L"], ["liter", "litre"], "";
    Volume 1 e -3 ["毫升"], ["mL", "ml"], ["milliliter", "millilitre"], "";
    Volume 158_987_294_928 e -9 ["桶"], ["bbl"], ["barrel"], "";
    Mass 1 e 6 ["吨", "公吨", "公噸", "噸"], ["t", "MT"], ["metric ton", "tonne", "ton", "metric tonne"], "";
    Mass 1 e 3 ["公斤", "千克"], ["kg"], ["kilogram", "kilo"], "";
    Mass 5 e 2 ["斤"], [], ["jin"], "jin";
    Mass 1 e 0 ["克", "公克"], ["g"], ["gram", "gramme"], "";
    Mass 1 e -3 ["毫克"], ["mg"], ["milligram"], "";
    Mass 1 e -6 ["微克"], ["μg", "µg", "mcg"], ["microgram"], "";
    Mass 45_359_237 e -5 ["磅"], ["lb", "lbs"], ["pound"], "";
    Mass 28_349_523_125 e -9 ["盎司"], ["oz"], ["ounce"], "";
    Power 1 e 12 ["太瓦"], ["TW"], ["terawatt"], "";
    Power 1 e 9 ["吉瓦"], ["GW"], ["gigawatt"], "";
    Power 1 e 6 ["兆瓦", "百万瓦"], ["MW"], ["megawatt"], "";
    Power 1 e 3 ["千瓦"], ["kW", "KW"], ["kilowatt"], "";
    Power 1 e 0 ["瓦", "瓦特"], ["W"], ["watt"], "";
    Energy 1 e 12 ["太瓦时", "太瓦時"], ["TWh"], ["terawatt-hour", "terawatt hour"], "";
    Energy 1 e 9 ["吉瓦时", "吉瓦時"], ["GWh"], ["gigawatt-hour", "gigawatt hour"], "";
    Energy 1 e 6 ["兆瓦时", "兆瓦時"], ["MWh"], ["megawatt-hour", "megawatt hour"], "";
    Energy 1 e 3 ["千瓦时", "千瓦時", "度电", "千瓦·时"], ["kWh", "KWh"], ["kilowatt-hour", "kilowatt hour"], "";
    Frequency 1 e 9 ["吉赫", "千兆赫", "吉赫兹"], ["GHz"], ["gigahertz"], "gigahertz";
    Frequency 1 e 6 ["兆赫", "兆赫兹"], ["MHz"], ["megahertz"], "megahertz";
    Frequency 1 e 3 ["千赫", "千赫兹"], ["kHz"], ["kilohertz"], "kilohertz";
    Frequency 1 e 0 ["赫兹", "赫茲"], ["Hz"], ["hertz"], "hertz";
    Data 1 e 15 ["拍字节"], ["PB"], ["petabyte"], "";
    Data 1 e 12 ["太字节"], ["TB"], ["terabyte"], "";
    Data 1 e 9 ["吉字节", "千兆字节"], ["GB"], ["gigabyte"], "";
    Data 1 e 6 ["兆字节"], ["MB"], ["megabyte"], "";
    Data 1 e 3 ["千字节"], ["KB", "kB"], ["kilobyte"], "";
    Celsius 1 e 0 ["摄氏度", "攝氏度", "℃", "°C"], ["°C", "℃", "° C"], ["degree celsius", "degrees celsius", "degree centigrade", "degrees centigrade"], "degrees Celsius";
    Fahrenheit 1 e 0 ["华氏度", "華氏度", "℉"], ["°F", "℉"], ["degree fahrenheit", "degrees fahrenheit"], "degrees Fahrenheit";
    Angle 1 e 0 ["度"], ["°"], ["degree"], "";
    Speed 1 e 0 ["公里/小时", "公里/小時", "千米/小时", "公里/h", "千米/h", "公里每小时"], ["km/h"], ["kilometer per hour", "kilometre per hour"], "kilometers per hour";
    Calendar 120 e 0 ["个十年"], [], ["decade"], "";
    Calendar 12 e 0 ["年"], [], ["year"], "";
    Calendar 1 e 0 ["个月", "個月"], [], ["month"], "";
    Time 6048 e 2 ["周", "週", "星期", "个星期", "個星期"], [], ["week"], "";
    Time 864 e 2 ["天", "日"], [], ["day"], "";
    Time 36 e 2 ["小时", "小時", "个小时", "個小時", "钟头"], ["h"], ["hour"], "";
    Time 6 e 1 ["分钟", "分鐘"], ["min"], ["minute"], "";
    Time 1 e 0 ["秒", "秒钟", "秒鐘"], ["s"], ["second"], "";
];

impl Unit {
    /// All units with their rows.
    pub(super) fn all() -> impl Iterator<Item = (Self, &'static Row)> {
        ROWS.iter().enumerate().map(|(i, row)| (Self(i as u8), row))
    }

    /// The unit of an English name in the singular.
    pub(super) fn named(name: &str) -> Option<Self> {
        let mut all = Self::all();
        all.find(|(_, row)| row.names.contains(&name))
            .map(|(unit, _)| unit)
    }

    /// Its row.
    pub(super) fn row(self) -> &'static Row {
        ROWS.get(usize::from(self.0)).unwrap_or(&ROWS[0])
    }

    /// Its English name in the singular.
    pub fn name(self) -> &'static str {
        self.row().names.first().copied().unwrap_or("")
    }

    /// Its Chinese name.
    pub fn zh(self) -> &'static str {
        self.row().zh.first().copied().unwrap_or("")
    }

    /// Taiwan's name for it, where that is another.
    pub(super) fn taiwan(self) -> Option<&'static str> {
        Some(match self.name() {
            "meter" => "公尺",
            "centimeter" => "公分",
            "millimeter" => "公釐",
            "nanometer" => "奈米",
            "square meter" => "平方公尺",
            "cubic meter" => "立方公尺",
            "nautical mile" => "浬",
            "liter" => "公升",
            "gram" => "公克",
            "metric ton" => "公噸",
            "megawatt" => "百萬瓦",
            "week" => "週",
            _ => return None,
        })
    }

    /// How much of its dimension's base it is.
    pub(super) fn factor(self) -> Decimal {
        let (digits, exponent) = self.row().factor;
        Decimal::new(digits.into(), exponent)
    }

    /// Whether it measures the same as another: a length, a mass, a temperature.
    pub fn measures_as(self, other: Self) -> bool {
        let heat = |d| matches!(d, Dimension::Celsius | Dimension::Fahrenheit);
        let (a, b) = (self.row().dimension, other.row().dimension);
        a == b || heat(a) && heat(b)
    }

    /// `amount` of it in the base of its dimension.
    pub(crate) fn base(self, amount: Decimal) -> Option<Decimal> {
        amount.times(self.factor())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kilometer_is_a_thousand_meters() {
        let named = |name| Unit::named(name).unwrap();
        let (km, m) = (named("kilometer"), named("meter"));
        assert_eq!(km.base(Decimal::from(2)), m.base(Decimal::from(2000)));
        assert_eq!(km.zh(), "公里");
    }

    #[test]
    fn every_unit_has_a_name_in_both_languages() {
        for (unit, row) in Unit::all() {
            assert!(!unit.name().is_empty() && !unit.zh().is_empty());
            assert!(!row.zh.is_empty());
        }
    }
}
