//! JSON: a list of objects wherever it stands in the file, an object from terms
//! to renderings, or one object a line.

use std::collections::BTreeSet;

use super::ordered::{Object, Value};
use super::{APART, Body, Cell, Content, Grid, Refused, Remark, Row, Spot, table};
use crate::lang::Lang;
use crate::text::count::plural;

/// Reads a JSON text. Items are counted from 1 where other formats count lines.
///
/// # Errors
/// It is no JSON, or holds no list of objects.
pub(super) fn parse(text: &str) -> Result<Content, Refused> {
    let read = serde_json::from_str::<Value>(text);
    let value = read.or_else(|error| lines(text).ok_or(error));
    let value = value.map_err(|error| {
        let (line, error) = broken(text).unwrap_or((error.line() as u32, error));
        let said = error.to_string();
        // It knows no lines but those of what it was given.
        let why = said.split(" at line ").next().unwrap_or_default();
        let column = error.column();
        (Some(line), format!("not JSON: {why}, in column {column}"))
    })?;
    let mut grids = Vec::new();
    dictionaries(&value, &mut grids);
    let mut lists = Vec::new();
    let mut skipped = BTreeSet::new();
    if grids.is_empty() {
        collect(&value, &mut lists, &mut skipped);
    }
    grids.extend(lists.iter().filter_map(|list| grid(list, &mut skipped)));
    if grids.is_empty()
        && let Some(pairs) = pairs(&value, &mut skipped)
    {
        grids.push(pairs);
    }
    if grids.is_empty() {
        return Err((
            None,
            "holds no list of objects, and no object from terms to renderings".to_owned(),
        ));
    }
    let mut content = Content::grids("JSON (places are items)", grids);
    let skipped = skipped.into_iter();
    let remarks = skipped.map(|message| Remark::new(Spot::default(), "nested", message));
    content.remarks.extend(remarks);
    Ok(content)
}

/// One object a line.
fn lines(text: &str) -> Option<Value> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let all: Result<Vec<Value>, _> = lines.map(serde_json::from_str).collect();
    all.ok().filter(|all| all.len() > 1).map(Value::List)
}

/// The line that is no JSON, where the first of several is.
fn broken(text: &str) -> Option<(u32, serde_json::Error)> {
    let lines = (1..)
        .zip(text.lines())
        .filter(|(_, line)| !line.trim().is_empty());
    let mut wrong = lines.map(|(at, line)| (at, serde_json::from_str::<Value>(line).err()));
    // Text that is spread over lines begins with none that is whole.
    let first = wrong.next()?;
    if first.1.is_some() {
        return None;
    }
    wrong.find_map(|(at, error)| Some((at, error?)))
}

/// An object of a list: its number there, its key where it has one.
type Item<'v> = (u32, Option<&'v str>, &'v Object);

/// An object, where a value is one.
fn object(value: &Value) -> Option<&Object> {
    match value {
        Value::Object(object) => Some(object),
        _ => None,
    }
}

/// All lists that hold objects, the outer ones first; what stands inside such a list belongs to it.
fn collect<'v>(value: &'v Value, lists: &mut Vec<Vec<Item<'v>>>, skipped: &mut BTreeSet<String>) {
    match value {
        Value::List(items) => {
            let numbered = (1..).zip(items);
            let objects: Vec<Item<'_>> = numbered
                .filter_map(|(at, item)| Some((at, None, object(item)?)))
                .collect();
            if objects.is_empty() {
                for item in items {
                    collect(item, lists, skipped);
                }
                return;
            }
            match items.len() - objects.len() {
                0 => {}
                1 => {
                    skipped.insert("1 item of a list is no object: not imported".to_owned());
                }
                others => {
                    let message = format!("{others} items of a list are no objects: not imported");
                    skipped.insert(message);
                }
            }
            lists.push(objects);
        }
        Value::Object(map) => {
            // An object of objects: their keys are terms or ids.
            let numbered = (1..).zip(map);
            let objects: Vec<Item<'_>> = numbered
                .filter_map(|(at, (key, value))| Some((at, Some(key.as_str()), object(value)?)))
                .collect();
            let text = |(_, value): &(String, Value)| matches!(value, Value::Text(_));
            let texts = |(.., item): &Item<'_>| item.iter().any(text);
            if objects.len() > 1 && objects.len() == map.len() && objects.iter().all(texts) {
                lists.push(objects);
            } else {
                for (_, item) in map {
                    collect(item, lists, skipped);
                }
            }
        }
        Value::Plain(_) | Value::Text(_) => {}
    }
}

/// The tables that stand as text in objects, between the languages these name: the glossaries of `DeepL`.
fn dictionaries(value: &Value, grids: &mut Vec<Grid>) {
    let map = match value {
        Value::Object(map) => map,
        Value::List(items) => {
            for item in items {
                dictionaries(item, grids);
            }
            return;
        }
        Value::Plain(_) | Value::Text(_) => return,
    };
    let text = |name: &str| {
        map.iter().find_map(|(key, value)| match value {
            Value::Text(text) if key == name => Some(text.as_str()),
            _ => None,
        })
    };
    let languages = (text("source_lang"), text("target_lang"));
    let (Some(entries), (Some(source), Some(target))) = (text("entries"), languages) else {
        for (_, item) in map {
            dictionaries(item, grids);
        }
        return;
    };
    let content = match text("entries_format") {
        Some("csv") => table::parse(entries),
        _ => table::tabbed(entries),
    };
    if let Body::Grids(found) = content.body {
        for mut grid in found {
            let cells = [source, target].into_iter().zip(1..);
            let cells = cells.map(|(name, column)| Cell {
                text: name.to_owned(),
                line: 0,
                column,
            });
            let header = Row {
                line: 0,
                cells: cells.collect(),
            };
            grid.rows.insert(0, header);
            grid.headed = true;
            grids.push(grid);
        }
    }
}

/// What the keys of objects are called as a column: terms, where the objects have those of one
/// language and nothing else that is called a term, and the keys do not look like ids.
fn key_name(items: &[Item<'_>], names: &[&str]) -> &'static str {
    let lang = |name: &&str| match name.to_lowercase().as_str() {
        "chinese" | "中文" => Some(Lang::Zh),
        "english" | "英文" => Some(Lang::En),
        name => Lang::from_tag(name),
    };
    let has = |wanted| names.iter().any(|name| lang(name) == Some(wanted));
    let terms = ["term", "name", "source", "target", "translation", "术语"];
    let called = names
        .iter()
        .any(|name| terms.contains(&name.to_lowercase().as_str()));
    let keys = || items.iter().filter_map(|(_, key, _)| *key);
    let ids = keys().filter(|key| key.contains(|c: char| c.is_ascii_digit()));
    let coded = ids.count() * 2 > keys().count();
    if has(Lang::Zh) != has(Lang::En) && !called && !coded {
        "term"
    } else {
        "key"
    }
}

/// The value of a name, which most often has the same place in all objects of a list.
fn get<'v>(item: &'v Object, at: usize, name: &str) -> Option<&'v Value> {
    let named = |(known, _): &&(String, Value)| known == name;
    let found = item.get(at).filter(named);
    found
        .or_else(|| item.iter().find(named))
        .map(|(_, value)| value)
}

fn grid(items: &[Item<'_>], skipped: &mut BTreeSet<String>) -> Option<Grid> {
    let mut names: Vec<&str> = Vec::new();
    for (name, _) in items.iter().flat_map(|(.., item)| item.iter()) {
        if !names.contains(&name.as_str()) && names.len() < 200 {
            names.push(name);
        }
    }
    let keyed = items.iter().any(|(_, key, _)| key.is_some());
    let cell = |at: usize, line: u32, text: String| Cell {
        text,
        line,
        column: at as u32 + 1,
    };
    let header = keyed
        .then(|| key_name(items, &names))
        .into_iter()
        .chain(names.iter().copied());
    let mut rows = vec![Row {
        line: 0,
        cells: header
            .enumerate()
            .map(|(at, name)| cell(at, 0, name.to_owned()))
            .collect(),
    }];
    let mut deep = vec![0usize; names.len()];
    for &(line, key, item) in items {
        let key = keyed.then(|| key.unwrap_or("").to_owned());
        let named = names.iter().zip(&mut deep).enumerate();
        let texts = named.map(|(at, (name, deep))| {
            let text = get(item, at, name).map_or(Some(String::new()), flat);
            *deep += usize::from(text.is_none());
            text.unwrap_or_default()
        });
        let texts = key.into_iter().chain(texts);
        rows.push(Row {
            line,
            cells: texts
                .enumerate()
                .map(|(at, text)| cell(at, line, text))
                .collect(),
        });
    }
    for (at, (name, deep)) in names.iter().zip(deep).enumerate().rev() {
        if deep == 0 {
            continue;
        }
        let at = at + usize::from(keyed);
        // Where no item has a text there it is no column at all.
        if rows.iter().skip(1).all(|row| row.text(at).is_empty()) {
            for row in &mut rows {
                row.cells.remove(at);
            }
            skipped.insert(format!("`{name}` holds more than texts: not imported"));
        } else {
            let items = plural(deep, "item");
            skipped.insert(format!(
                "`{name}` holds more than texts in {items}: not imported from there"
            ));
        }
    }
    (rows.len() > 1).then_some(Grid {
        rows,
        headed: true,
        ..Grid::default()
    })
}

/// The text of a value; `None` where it holds more than texts.
fn flat(value: &Value) -> Option<String> {
    match value {
        Value::Plain(text) | Value::Text(text) => Some(text.clone()),
        Value::List(items) => {
            let texts: Option<Vec<String>> = items
                .iter()
                .map(|item| flat(item).filter(|_| !matches!(item, Value::List(_))))
                .collect();
            texts.map(|texts| texts.join(&APART.to_string()))
        }
        Value::Object(_) => None,
    }
}

/// The largest object from texts to texts; what stands beside it is named.
fn pairs(value: &Value, skipped: &mut BTreeSet<String>) -> Option<Grid> {
    let mut best: Option<&Object> = None;
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(map) => {
                let is_text =
                    |(_, v): &&(String, Value)| matches!(v, Value::Text(_) | Value::List(_));
                let texts = map.iter().filter(is_text).count();
                if texts > 1
                    && texts * 2 > map.len()
                    && best.is_none_or(|best| map.len() > best.len())
                {
                    best = Some(map);
                }
                open.extend(map.iter().map(|(_, value)| value));
            }
            Value::List(items) => open.extend(items),
            Value::Plain(_) | Value::Text(_) => {}
        }
    }
    let best = best?;
    for name in beside(value, best) {
        skipped.insert(format!("`{name}` is beside the terms: not imported"));
    }
    let rows = (1..).zip(best).map(|(line, (key, value))| {
        let texts = [key.clone(), flat(value).unwrap_or_default()];
        let cells = (1..)
            .zip(texts)
            .map(|(column, text)| Cell { text, line, column });
        Row {
            line,
            cells: cells.collect(),
        }
    });
    Some(Grid {
        rows: rows.collect(),
        ..Grid::default()
    })
}

/// The names of objects and lists that stand beside what leads to an object.
fn beside<'v>(value: &'v Value, object: &Object) -> Vec<&'v str> {
    match value {
        Value::Object(map) if !std::ptr::eq(map, object) && leads(value, object) => {
            let names = |(name, value): &'v (String, Value)| match value {
                Value::Object(_) | Value::List(_) if !leads(value, object) => vec![name.as_str()],
                value => beside(value, object),
            };
            map.iter().flat_map(names).collect()
        }
        Value::List(items) => {
            let items = items.iter();
            items.flat_map(|item| beside(item, object)).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether an object is a value or stands somewhere in it.
fn leads(value: &Value, object: &Object) -> bool {
    match value {
        Value::Object(map) => {
            std::ptr::eq(map, object) || map.iter().any(|(_, value)| leads(value, object))
        }
        Value::List(items) => items.iter().any(|item| leads(item, object)),
        Value::Plain(_) | Value::Text(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        let Body::Grids(grids) = parse(text).unwrap().body else {
            panic!()
        };
        let rows = grids[0].rows.iter();
        rows.map(|row| row.cells.iter().map(|c| c.text.clone()).collect())
            .collect()
    }

    #[test]
    fn lists_objects_and_lines() {
        let list = r#"{"version": 1, "terms": [{"en": "flu", "zh-cn": "流感", "alt": ["a", "b"]}, {"en": "AIDS"}]}"#;
        assert_eq!(
            rows(list),
            [
                vec!["en", "zh-cn", "alt"],
                vec!["flu", "流感", "a\u{1F}b"],
                vec!["AIDS", "", ""]
            ]
        );
        assert_eq!(
            rows("{\"flu\": \"流感\", \"AIDS\": \"艾滋病\"}"),
            [["flu", "流感"], ["AIDS", "艾滋病"]]
        );
        assert_eq!(
            rows("{\"zh\": \"甲\", \"en\": \"A\"}\n{\"zh\": \"乙\", \"en\": \"B\"}\n").len(),
            3
        );
        assert_eq!(
            rows(r#"{"flu": {"zh": "流感"}, "AIDS": {"zh": "艾滋病"}}"#)[0],
            ["term", "zh"]
        );
        for objects in [
            r#"{"c1": {"zh": "流感"}, "c2": {"zh": "艾滋病"}}"#,
            r#"{"a": {"zh": "流感", "en": "flu"}, "b": {"zh": "艾滋病", "en": "AIDS"}}"#,
        ] {
            assert_eq!(rows(objects)[0][0], "key", "{objects}");
        }
        let text = r#"{"dictionaries": [{"source_lang": "en", "target_lang": "zh",
            "entries": "tariff\t关税\nserver\t服务器", "entries_format": "tsv"}]}"#;
        let wanted = [["en", "zh"], ["tariff", "关税"], ["server", "服务器"]];
        assert_eq!(rows(text), wanted);
        assert_eq!(parse("{\"a\": 1\n").unwrap_err().0, Some(2));
        assert!(parse("[1, 2]").is_err());
    }

    fn said(text: &str) -> Vec<String> {
        let remarks = parse(text).unwrap().remarks;
        remarks.into_iter().map(|remark| remark.message).collect()
    }

    #[test]
    fn what_is_no_term_is_named() {
        let list = r#"["x", {"zh": "甲", "en": "A"}, 5, {"zh": "乙", "en": "B"}]"#;
        let Body::Grids(grids) = parse(list).unwrap().body else {
            panic!()
        };
        let lines: Vec<u32> = grids[0].rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [0, 2, 4], "places are items of the list");
        assert_eq!(
            said(list),
            ["2 items of a list are no objects: not imported"]
        );
        let pairs = r#"{"about": {"a": 1}, "v": 2, "terms": {"flu": "流感", "AIDS": "艾滋病"}}"#;
        assert_eq!(said(pairs), ["`about` is beside the terms: not imported"]);
    }

    #[test]
    fn of_objects_a_line_the_broken_one_is_named() {
        let line = r#"{"zh": "甲", "en": "A"}"#;
        let refused = |text: &str| parse(text).unwrap_err().0;
        assert_eq!(refused(&format!("{line}\n\n{line}\nbad\n")), Some(4));
        assert_eq!(refused(&format!("{line}\nbad\n{line}\n")), Some(2));
        assert_eq!(refused("[\n1,\n2,,\n]"), Some(3));
    }

    #[test]
    fn what_holds_more_than_texts_is_no_column() {
        let list = r#"[{"zh": "甲", "uses": [{"x": 1}], "en": "A", "more": "m"},
            {"more": {"x": 1}, "en": "B", "uses": {}, "zh": "乙"}]"#;
        let wanted = [["zh", "en", "more"], ["甲", "A", "m"], ["乙", "B", ""]];
        assert_eq!(rows(list), wanted);
        let content = parse(list).unwrap();
        let said: Vec<&str> = content.remarks.iter().map(|r| r.message.as_str()).collect();
        assert_eq!(
            said,
            [
                "`more` holds more than texts in 1 item: not imported from there",
                "`uses` holds more than texts: not imported",
            ]
        );
    }
}
