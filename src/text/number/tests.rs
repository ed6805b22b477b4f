use super::*;
use proptest::prelude::*;

/// `lang text value rendering`, the spans of the text between ⟦ and ⟧, several values between ` | `.
const CASES: &str = include_str!("cases.tsv");

#[test]
fn the_table_holds() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in CASES.lines().skip(2) {
        let mut cells = line.split('\t');
        let mut cell = || cells.next().unwrap_or("");
        let (lang, marked, value, rendering) =
            (cell().parse::<Lang>().unwrap(), cell(), cell(), cell());
        let text = marked.replace(['⟦', '⟧'], "");
        let found = quantities(&text, lang);
        let list = |parts: Vec<String>| parts.join(" | ");
        let spans: String = mark(&text, &found);
        let values = list(found.iter().map(Quantity::value_text).collect());
        let renderings = list(found.iter().map(|q| q.render(lang.other())).collect());
        if (spans.as_str(), values.as_str(), renderings.as_str()) != (marked, value, rendering) {
            wrong.push(format!(
                "want {line}\n got {lang}\t{spans}\t{values}\t{renderings}"
            ));
        }
        count += 1;
    }
    assert!(
        wrong.is_empty(),
        "{} of {count}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(count >= 300, "{count}");
}

/// The text with ⟦⟧ around the spans.
fn mark(text: &str, found: &[Quantity]) -> String {
    let mut out = text.to_owned();
    for q in found.iter().rev() {
        out = crate::span::splice(&out, q.span, &format!("⟦{}⟧", q.span.of(text)));
    }
    out
}

/// The quantity written in `lang` and read back.
fn read_back(q: &Quantity, lang: Lang) -> Vec<Quantity> {
    let written = q.render(lang);
    let framed = match lang {
        Lang::Zh => format!("会议说，{written}，如此。"),
        Lang::En => format!("They said that {written} it was."),
    };
    quantities(&framed, lang)
}

fn decimal() -> impl Strategy<Value = Decimal> {
    (1_i64..1_000_000, -2_i16..10)
        .prop_map(|(digits, exponent)| Decimal::new(digits.into(), exponent))
}

fn one(kind: Kind, value: Decimal) -> Quantity {
    Quantity {
        span: Span::default(),
        core: Span::default(),
        kind,
        value: Value::One(value),
        relation: None,
        ambiguous: false,
        soft: false,
        form: Form::Usual,
    }
}

fn relation() -> impl Strategy<Value = Option<Relation>> {
    prop::sample::select(vec![
        None,
        Some(Relation::About),
        Some(Relation::Nearly),
        Some(Relation::Below),
        Some(Relation::Reaching),
        Some(Relation::Above),
        Some(Relation::AtLeast),
        Some(Relation::AtMost),
    ])
}

fn period() -> impl Strategy<Value = Option<Relation>> {
    prop::sample::select(vec![
        None,
        Some(Relation::Early),
        Some(Relation::Middle),
        Some(Relation::Late),
        Some(Relation::End),
    ])
}

fn quantity() -> impl Strategy<Value = Quantity> {
    let currencies: Vec<Currency> = currency::ROWS.iter().map(|row| row.currency).collect();
    let units: Vec<Unit> = Unit::all().map(|(unit, _)| unit).collect();
    let kind = prop_oneof![
        Just(Kind::Number),
        Just(Kind::Percent),
        Just(Kind::PercentPoints),
        Just(Kind::BasisPoints),
        Just(Kind::Times),
        prop::sample::select(currencies).prop_map(Kind::Money),
        prop::sample::select(units).prop_map(Kind::Measure),
    ];
    let amount = (kind, decimal(), relation()).prop_map(|(kind, value, relation)| Quantity {
        relation,
        ..one(kind, value)
    });
    let date = (1500_i32..2100, 1_u8..=12, 1_u8..=28, 0_u8..5, period()).prop_map(
        |(year, month, day, parts, period)| {
            let date = match parts {
                0 => Date::year(year),
                1 => Date::new(Some(year), Some(month), None).unwrap(),
                2 => Date::new(None, Some(month), Some(day)).unwrap(),
                _ => Date::new(Some(year), Some(month), Some(day)).unwrap(),
            };
            Quantity {
                value: Value::Date(date),
                relation: period.filter(|_| date.day.is_none()),
                ..one(Kind::Date, Decimal::default())
            }
        },
    );
    let period = (
        prop::sample::select(vec![
            (Kind::Ordinal, 1, 200),
            (Kind::FiscalYear, 1950, 2100),
            (Kind::Quarter, 1, 4),
            (Kind::HalfYear, 1, 2),
            (Kind::Century, 2, 30),
            (Kind::Anniversary, 1, 200),
            (Kind::Clock, 0, 1439),
            (Kind::Discount, 1, 95),
        ]),
        any::<u16>(),
    )
        .prop_map(|((kind, low, high), n)| {
            one(kind, (low + i64::from(n) % (high - low + 1)).into())
        });
    let decade = (150_i64..210).prop_map(|tens| one(Kind::Decade, (tens * 10).into()));
    let fraction = (2_u64..11, 1_u64..10).prop_map(|(below, above)| Quantity {
        value: figures::reduced(
            above % (below - 1).max(1) + u64::from(below <= 2 || above % (below - 1) == 0),
            below,
        ),
        ..one(Kind::Fraction, Decimal::default())
    });
    prop_oneof![4 => amount, 2 => date, 2 => period, 1 => decade, 1 => fraction]
}

/// Whether a pair of bounds can be one range: the lower first.
fn range() -> impl Strategy<Value = Quantity> {
    (quantity(), decimal(), decimal()).prop_filter_map(
        "two different bounds of an amount",
        |(q, a, b)| {
            let ranged = matches!(
                q.kind,
                Kind::Number
                    | Kind::Percent
                    | Kind::PercentPoints
                    | Kind::Money(_)
                    | Kind::Measure(_)
            );
            // 2000年 is a year of the calendar, whatever was meant
            let calendar =
                matches!(q.kind, Kind::Measure(unit) if ["year", "decade"].contains(&unit.name()));
            let fits = !calendar || a.max(b) < Decimal::from(100);
            (ranged && a != b && fits).then(|| Quantity {
                value: Value::Range(a.min(b), a.max(b)),
                ..q
            })
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read(q in quantity()) {
        for lang in [Lang::Zh, Lang::En] {
            let back = read_back(&q, lang);
            prop_assert!(back.len() == 1 && back[0].same(&q), "{lang}: {q:?}\n{}\n{back:?}", q.render(lang));
            prop_assert!(back[0].relation == q.relation, "{lang}: {q:?}\n{}\n{back:?}", q.render(lang));
        }
    }

    #[test]
    fn ranges_are_read_as_written(q in range()) {
        for lang in [Lang::Zh, Lang::En] {
            let back = read_back(&q, lang);
            prop_assert!(back.len() == 1 && back[0].same(&q), "{lang}: {q:?}\n{}\n{back:?}", q.render(lang));
        }
    }

    #[test]
    fn any_text_is_read_in_order(text in "\\PC*", mixed in "[0-9零一二三十百千万亿年月日元%成a-f$. ,-]{0,30}") {
        for text in [&text, &mixed] {
            for lang in [Lang::Zh, Lang::En] {
                let mut end = 0;
                for q in quantities(text, lang) {
                    prop_assert!(q.span.start >= end && !q.span.of(text).is_empty(), "{q:?}");
                    prop_assert!(q.same(&q) && !q.value_text().is_empty(), "{q:?}");
                    q.render(lang.other());
                    end = q.span.end;
                }
            }
        }
    }
}

#[test]
fn the_same_in_other_words() {
    let one = |text, lang| {
        let found = quantities(text, lang);
        assert_eq!(found.len(), 1, "{text}");
        found[0]
    };
    for (zh, en) in [
        ("第三条", "Article 3"),
        ("65岁", "65 years old"),
        ("三成", "30 percent"),
        ("三分之一", "one-third"),
        ("一半", "50%"),
        ("增长了3倍", "quadrupled"),
        ("增长到3倍", "tripled"),
        ("增长3倍", "300%"),
        ("12个月", "one year"),
        ("1000米", "1 km"),
        ("500元", "NT$500"),
        ("90年代", "1990s"),
        ("2025年", "year 2025"),
        ("75周年", "75th anniversary"),
        ("四十周年", "40 years"),
        ("25个基点", "0.25 percentage points"),
        ("100兆", "100 million"),
        ("三次", "three times"),
        ("第十四个五年规划", "14th Five-Year Plan"),
    ] {
        assert!(one(zh, Lang::Zh).same(&one(en, Lang::En)), "{zh} {en}");
    }
    for (zh, en) in [
        ("912.17亿", "912.17 billion"),
        ("500亿美元", "US$5 billion"),
        ("2个百分点", "2 percent"),
        ("500亿元", "US$50 billion"),
        ("500亿欧元", "US$50 billion"),
        ("2025年11月24日", "November 25, 2025"),
        ("第118届", "117th"),
        ("75周年", "70th anniversary"),
        ("3公里", "3 miles"),
        ("增长了3倍", "tripled"),
    ] {
        assert!(!one(zh, Lang::Zh).same(&one(en, Lang::En)), "{zh} {en}");
    }
}

#[test]
fn what_only_one_side_says() {
    let only = |zh, en| {
        let (zh, en) = (quantities(zh, Lang::Zh), quantities(en, Lang::En));
        let (only_zh, only_en) = unmatched(&zh, &en);
        let values = |list: &[Quantity], only: Vec<usize>| {
            only.iter()
                .map(|&i| list[i].value_text())
                .collect::<Vec<_>>()
        };
        (values(&zh, only_zh), values(&en, only_en))
    };
    assert_eq!(
        only(
            "第一，两国贸易额500亿美元。",
            "Trade between both countries was US$50 billion."
        ),
        (vec![], vec![])
    );
    assert_eq!(
        only("10%至15%", "from 10 percent to 15 percent"),
        (vec![], vec![])
    );
    assert_eq!(only("11月24日", "November 24, 2025"), (vec![], vec![]));
    assert_eq!(
        only("“十四五”时期", "the 14th Five-Year Plan period"),
        (vec![], vec![])
    );
    for (zh, en) in [
        ("前三季度增长5%", "rose 5 percent in the first nine months"),
        ("2025年前三季度", "the first three quarters of 2025"),
        ("上升0.5个百分点", "rose by half a percentage point"),
        ("最低零下5度", "a low of five degrees below zero"),
        ("公元前3世纪至前2世纪", "the 3rd and 2nd centuries BC"),
        ("公元前475年至前221年", "475–221 BC"),
    ] {
        assert_eq!(only(zh, en), (vec![], vec![]), "{zh} {en}");
    }
    assert_eq!(
        only("增长12.8%", "rose 12.5 percent"),
        (vec!["12.8 %".into()], vec!["12.5 %".to_owned()])
    );
}

#[test]
fn long_nonsense_takes_linear_time() {
    // deep recursion, overflow or a quadratic scan would show here
    for part in [
        "1亿",
        "兆",
        "1兆兆",
        "九亿九万",
        "1,",
        "5 hundred ",
        "billion ",
        "第",
        "1-",
        "三点五",
        "一",
        "十分之",
        "$",
        "1/",
        "a ",
        "twenty ",
        "1.",
        "2025年",
        "9",
        "GPT-",
        "several trillion ",
        "tens of ",
        "数十",
        "零下5",
        "minus ",
        "5多",
        "(1)",
    ] {
        let text = part.repeat(1_000);
        for lang in [Lang::Zh, Lang::En] {
            quantities(&text, lang);
            estimates(&text, lang);
        }
    }
}

#[test]
fn vague_counts_are_written_by_their_power_of_ten() {
    let written = |text, from: Lang| {
        let found = estimates(text, from);
        let parts = found
            .iter()
            .map(|q| (q.span.of(text), q.render(from.other())));
        parts
            .map(|(text, to)| format!("{text} = {to}"))
            .collect::<Vec<_>>()
            .join(" | ")
    };
    for (text, want) in [
        ("投入数十亿美元", "数十亿美元 = billions of US dollars"),
        (
            "投入數百億元",
            "數百億元 = tens of billions of New Taiwan dollars",
        ),
        ("几百家企业", "几百 = hundreds"),
        ("数千公里", "数千公里 = thousands of kilometers"),
        ("数十年来", "数十年 = decades"),
        ("两三年内", "两三年 = 2 to 3 years"),
        ("二三十人", "二三十 = 20 to 30"),
        ("三四十亿元", "三四十亿元 = RMB 3 billion to RMB 4 billion"),
        ("百万美元的合同", "百万美元 = US$1 million"),
        ("十几个国家", "十几 = more than 10"),
        ("上百名代表", "上百 = more than 100"),
        ("二三产业和三四线城市", ""),
        ("（百万美元）", ""),
        ("人数百万，十分重要，第二三章", ""),
    ] {
        assert_eq!(written(text, Lang::Zh), want, "{text}");
    }
    for (text, want) in [
        (
            "tens of billions of dollars",
            "tens of billions of dollars = 数百亿美元",
        ),
        (
            "hundreds of thousands of people",
            "hundreds of thousands = 数十万",
        ),
        ("several hundred firms", "several hundred = 数百"),
        ("a few dozen", "a few dozen = 数十"),
        ("Dozens of countries", "Dozens = 数十"),
        (
            "several trillion yuan",
            "several trillion yuan = 数万亿元人民币",
        ),
        ("thousands of miles", "thousands of miles = 数千英里"),
        ("test scores of several kinds", ""),
    ] {
        assert_eq!(written(text, Lang::En), want, "{text}");
    }
}

#[test]
fn a_share_comes_to_its_percentage_where_one_is_not_exact() {
    let come = |zh, en| quantities(zh, Lang::Zh)[0].comes_to(&quantities(en, Lang::En)[0]);
    assert!(come("约67%", "about two thirds of them"));
    assert!(come("33%", "roughly a third of them"));
    assert!(come("66.7%", "nearly two thirds of them"));
    assert!(!come("67%", "two thirds of them"));
    assert!(!come("约60%", "about two thirds of them"));
}

#[test]
fn kilometers_an_hour_are_kilometers() {
    let same = |zh, en| quantities(zh, Lang::Zh)[0].same(&quantities(en, Lang::En)[0]);
    assert!(same("时速300公里", "300 km/h"));
    assert!(same("184公里/h", "184 kilometers per hour"));
    assert!(!same("时速300公里", "200 km/h"));
    assert!(!same("300米", "300 km/h"));
}

#[test]
fn grams_and_liters_may_stand_behind_a_space() {
    let same = |zh, en| quantities(zh, Lang::Zh)[0].says(&quantities(en, Lang::En)[0]);
    assert!(same("75克", "75 g of sugar"));
    assert!(!same("75毫克", "75 g of sugar"));
    assert!(same("5升", "5 L of water"));
    assert!(!same("5毫升", "5 L of water"));
}

#[test]
fn an_m_behind_digits_may_be_a_million() {
    let same = |zh, en| quantities(zh, Lang::Zh)[0].same(&quantities(en, Lang::En)[0]);
    assert!(same("4000万月活用户", "40m monthly users"));
    assert!(same("850万居民", "8.5m residents"));
    assert!(same("120万吨", "1.2m tonnes"));
    assert!(same("40米", "40m"));
    assert!(!same("30万人", "3m people"));
    assert!(!same("4000万", "40 m"));
}

#[test]
fn ages_by_ten_years_are_no_decades() {
    let same = |zh, en| quantities(zh, Lang::Zh)[0].same(&quantities(en, Lang::En)[0]);
    assert!(same("四十多岁", "He is in his 40s."));
    assert!(same("60多岁", "women in their early 60s"));
    assert!(!same("五十多岁", "He is in his 40s."));
    assert!(same("80年代", "the music of the 80s"));
}

#[test]
fn small_change_is_money() {
    let same = |zh, en| quantities(zh, Lang::Zh)[0].same(&quantities(en, Lang::En)[0]);
    assert!(same("每股0.45美元", "45 cents a share"));
    assert!(same("50美分", "fifty cents"));
    assert!(same("5分钱", "5 fen"));
    assert!(!same("0.45美元", "54 cents"));
    assert!(same("每股0.45港元", "45 cents a share"));
    assert!(!same("0.45欧元", "45 cents"));
}

#[test]
fn a_pound_is_money_too() {
    let same = |zh, en| quantities(zh, Lang::Zh)[0].same(&quantities(en, Lang::En)[0]);
    assert!(same("1英镑", "one pound"));
    assert!(same("100磅", "100 pounds"));
    assert!(!same("100英镑", "90 pounds"));
}

#[test]
fn halves_and_quarters_of_what_follows() {
    let read = |en| quantities(en, Lang::En)[0].value_text();
    assert_eq!(read("an hour and a half"), "1.5 hour");
    assert_eq!(read("a quarter of a billion people"), "250000000");
    assert_eq!(read("a quarter of a cake"), "1/4");
    assert_eq!(read("three quarters of a million"), "750000");
    assert_eq!(read("June Fourth"), "--06-04");
    assert_eq!(read("June third-quarter results"), "--06");
}

#[test]
fn points_between_numbers() {
    let values = |text, lang| -> Vec<String> {
        let all = quantities(text, lang);
        all.iter().map(Quantity::value_text).collect()
    };
    assert_eq!(values("第744.21条", Lang::Zh), ["744", "21"]);
    assert_eq!(values("Section 744.21", Lang::En), ["744", "21"]);
    assert_eq!(values("“9·11”事件", Lang::Zh), ["--09-11"]);
    assert_eq!(values("5'10\"", Lang::En), ["5 foot", "10 inch"]);
}
