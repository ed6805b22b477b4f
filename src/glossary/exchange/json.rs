//! JSON: a list of objects wherever it stands in the file, an object from terms
//! to renderings, or one object a line.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{APART, Cell, Content, Grid, Refused, Remark, Row, Spot};

/// Reads a JSON text. Items are counted from 1 where other formats count lines.
///
/// # Errors
/// It is no JSON, or holds no list of objects.
pub(super) fn parse(text: &str) -> Result<Content, Refused> {
    let value = match serde_json::from_str::<Value>(text) {
        Ok(value) => value,
        Err(error) => match lines(text) {
            Some(value) => value,
            None => return Err((Some(error.line() as u32), format!("not JSON: {error}"))),
        },
    };
    let mut lists = Vec::new();
    collect(&value, &mut lists);
    let mut skipped = BTreeSet::new();
    let mut grids: Vec<Grid> = lists
        .iter()
        .filter_map(|list| grid(list, &mut skipped))
        .collect();
    if grids.is_empty()
        && let Some(pairs) = pairs(&value)
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
    for key in skipped {
        let message = format!("`{key}` holds more than texts: not imported");
        content
            .remarks
            .push(Remark::new(Spot::default(), "nested", message));
    }
    Ok(content)
}

/// One object a line.
fn lines(text: &str) -> Option<Value> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let all: Result<Vec<Value>, _> = lines.map(serde_json::from_str).collect();
    all.ok().filter(|all| all.len() > 1).map(Value::Array)
}

/// An object of a list, with its key where it has one.
type Item<'v> = (Option<&'v str>, &'v Map<String, Value>);

/// All lists that hold objects, the outer ones first; what stands inside such a list belongs to it.
fn collect<'v>(value: &'v Value, lists: &mut Vec<Vec<Item<'v>>>) {
    match value {
        Value::Array(items) => {
            let objects: Vec<_> = items
                .iter()
                .filter_map(Value::as_object)
                .map(|item| (None, item))
                .collect();
            if objects.is_empty() {
                for item in items {
                    collect(item, lists);
                }
            } else {
                lists.push(objects);
            }
        }
        Value::Object(map) => {
            // An object of objects: their keys are terms or ids.
            let objects: Vec<_> = map
                .iter()
                .filter_map(|(key, value)| Some((Some(key.as_str()), value.as_object()?)))
                .collect();
            let texts = |(_, item): &(_, &Map<String, Value>)| item.values().any(Value::is_string);
            if objects.len() > 1 && objects.len() == map.len() && objects.iter().all(texts) {
                lists.push(objects);
            } else {
                for item in map.values() {
                    collect(item, lists);
                }
            }
        }
        _ => {}
    }
}

fn grid(items: &[Item<'_>], skipped: &mut BTreeSet<String>) -> Option<Grid> {
    let mut names: Vec<&str> = Vec::new();
    for name in items.iter().flat_map(|(_, item)| item.keys()) {
        if !names.contains(&name.as_str()) && names.len() < 200 {
            names.push(name);
        }
    }
    let keyed = items.iter().any(|(key, _)| key.is_some());
    let cell = |at: usize, line: u32, text: String| Cell {
        text,
        line,
        column: at as u32 + 1,
    };
    let header = keyed
        .then_some("key")
        .into_iter()
        .chain(names.iter().copied());
    let mut rows = vec![Row {
        line: 0,
        cells: header
            .enumerate()
            .map(|(at, name)| cell(at, 0, name.to_owned()))
            .collect(),
    }];
    for (line, (key, item)) in (1..).zip(items) {
        let key = keyed.then(|| key.unwrap_or("").to_owned());
        let texts = names.iter().map(|name| match item.get(*name).map(flat) {
            Some(Some(text)) => text,
            Some(None) => {
                skipped.insert((*name).to_owned());
                String::new()
            }
            None => String::new(),
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
    (rows.len() > 1).then_some(Grid {
        rows,
        headed: true,
        ..Grid::default()
    })
}

/// The text of a value; `None` where it holds more than texts.
fn flat(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::String(text) => Some(text.clone()),
        Value::Bool(is) => Some(is.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(items) => {
            let texts: Option<Vec<String>> = items
                .iter()
                .map(|item| flat(item).filter(|_| !item.is_array()))
                .collect();
            texts.map(|texts| texts.join(&APART.to_string()))
        }
        Value::Object(_) => None,
    }
}

/// The largest object from texts to texts.
fn pairs(value: &Value) -> Option<Grid> {
    let mut best: Option<&Map<String, Value>> = None;
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(map) => {
                let texts = map
                    .values()
                    .filter(|v| v.is_string() || v.is_array())
                    .count();
                if texts > 1
                    && texts * 2 > map.len()
                    && best.is_none_or(|best| map.len() > best.len())
                {
                    best = Some(map);
                }
                open.extend(map.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    let rows = (1..).zip(best?).map(|(line, (key, value))| {
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

#[cfg(test)]
mod tests {
    use super::super::Body;
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
                vec!["alt", "en", "zh-cn"],
                vec!["a\u{1F}b", "flu", "流感"],
                vec!["", "AIDS", ""]
            ]
        );
        assert_eq!(
            rows("{\"flu\": \"流感\", \"AIDS\": \"艾滋病\"}"),
            [["AIDS", "艾滋病"], ["flu", "流感"]]
        );
        assert_eq!(
            rows("{\"zh\": \"甲\", \"en\": \"A\"}\n{\"zh\": \"乙\", \"en\": \"B\"}\n").len(),
            3
        );
        assert_eq!(
            rows(r#"{"flu": {"zh": "流感"}, "AIDS": {"zh": "艾滋病"}}"#)[0],
            ["key", "zh"]
        );
        assert_eq!(parse("{\"a\": 1\n").unwrap_err().0, Some(2));
        assert!(parse("[1, 2]").is_err());
    }
}
