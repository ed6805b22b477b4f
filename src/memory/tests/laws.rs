//! What holds for any memory and any query.

use proptest::prelude::*;

use super::*;

fn text() -> impl Strategy<Value = String> {
    let parts = [
        "能源", "部", "启动", "創世", "计划", "500", "3,000", "。", "，", "AI", "the", "Mission",
        " ", "**", "{0}",
    ];
    proptest::collection::vec(proptest::sample::select(parts.to_vec()), 1..9)
        .prop_map(|p| p.concat())
}

fn entry() -> impl Strategy<Value = Entry> {
    let state = proptest::sample::select(vec![State::Draft, State::Translated, State::Reviewed]);
    let from = proptest::sample::select(vec![Lang::Zh, Lang::En]);
    (text(), text(), state, from, 0..4u8, text(), text()).prop_map(
        |(zh, en, state, from, when, prev, next)| Entry {
            zh: format!("甲{zh}"),
            en: format!("a {en}"),
            from,
            state,
            when: when.to_string(),
            document: "d".into(),
            prev,
            next,
            ..Entry::default()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 12, ..ProptestConfig::default() })]

    /// Any memory, any query: the index, the index with later lines in memory,
    /// and the files alone give one answer.
    #[test]
    fn the_index_changes_no_answer(
        units in proptest::collection::vec(entry(), 0..30),
        first in proptest::collection::vec(entry(), 0..8),
        later in proptest::collection::vec((entry(), any::<bool>()), 0..8),
        queries in proptest::collection::vec((text(), text(), 50..=100u8, 1..6usize), 1..6),
    ) {
        let desk = Desk::new();
        let records: Vec<Record> = units
            .into_iter()
            .map(|entry| Record { entry, mark: Mark::Stands })
            .collect();
        fs::write(&desk.places.memories[0], file::text(&records)).unwrap();
        let memory = desk.open();
        for entry in &first {
            memory.remember(entry).unwrap();
        }
        memory.commit().unwrap();
        prop_assert!(indexed(&memory));
        for (entry, taken) in &later {
            if *taken {
                let back = first.first().unwrap_or(entry);
                memory.forget(&back.key(), Mark::Deleted, "5", "").unwrap();
            } else {
                memory.remember(entry).unwrap();
            }
        }
        let mixed = answers(&memory, &queries);
        let without = Places { index: None, ..desk.places.clone() };
        let scanned = answers(&Memory::open(&without).value, &queries);
        prop_assert_eq!(&mixed, &scanned);
        memory.commit().unwrap();
        prop_assert_eq!(&answers(&memory, &queries), &scanned);
        fs::remove_dir_all(desk.dir.path().join("index")).unwrap();
        let again = desk.open();
        prop_assert_eq!(&answers(&again, &queries), &scanned);
        again.commit().unwrap();
        prop_assert!(indexed(&again));
        prop_assert_eq!(&answers(&again, &queries), &scanned);
    }
}

type Answers = Vec<(Vec<Candidate>, Vec<Concordance>)>;

fn answers(memory: &Memory, queries: &[(String, String, u8, usize)]) -> Answers {
    let answer = |(text, prev, min, limit): &(String, String, u8, usize)| {
        let mut found = Vec::new();
        // Below that, without being asked to look at every entry, some may be missing.
        let all = *min < index::NEAR;
        for (from, exact) in [(Lang::Zh, all), (Lang::En, all), (Lang::Zh, true)] {
            let lookup = Lookup {
                text,
                from,
                prev,
                next: "",
                limit: *limit,
                min: *min,
                exact,
            };
            found.extend(memory.candidates(&lookup).list);
        }
        let modes = [
            (Mode::Exact, None),
            (Mode::Keyword, Some(Lang::En)),
            (Mode::Keyword, None),
            (Mode::Regex, None),
        ];
        let concordances = modes.map(|(mode, lang)| {
            let text = match mode {
                Mode::Regex => regex::escape(text),
                _ => text.clone(),
            };
            let query = Query {
                text,
                mode,
                lang,
                limit: *limit,
            };
            memory.concordance(&query).unwrap()
        });
        (found, concordances.to_vec())
    };
    queries.iter().map(answer).collect()
}
