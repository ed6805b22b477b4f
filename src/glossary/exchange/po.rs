//! PO (gettext): lists of names are kept in it. A message is a row.

use super::{APART, Cell, Content, Grid, Row};

/// Whether a text is made of messages.
pub(super) fn is_one(text: &str) -> bool {
    let starts = |word: &str| text.lines().take(500).any(|line| line.starts_with(word));
    starts("msgid \"") && starts("msgstr")
}

/// A message being read.
#[derive(Default)]
struct Message {
    line: u32,
    /// By column: context, source, plural, target, remark, flags.
    texts: [String; 6],
    obsolete: bool,
}

/// Reads the messages. The language is the header's; what is translated is English.
pub(super) fn parse(text: &str) -> Content {
    let mut messages: Vec<Message> = Vec::new();
    let mut message = Message::default();
    let mut field = None;
    let mut body = false;
    for (line, text) in (1..).zip(text.lines()) {
        let text = text.trim();
        if text.is_empty()
            || (body && text.starts_with('#'))
            || (body && text.starts_with("msgctxt"))
        {
            if body {
                messages.push(std::mem::take(&mut message));
            }
            (body, field) = (false, None);
        }
        if let Some(flags) = text.strip_prefix("#,") {
            message.texts[5].push_str(flags);
            continue;
        }
        if let Some(remark) = text.strip_prefix("#.").or_else(|| text.strip_prefix("# ")) {
            let known = &mut message.texts[4];
            known.push_str(if known.is_empty() { "" } else { " " });
            known.push_str(remark.trim());
            continue;
        }
        if text.starts_with("#~") {
            message.obsolete = true;
            continue;
        }
        let keys = [
            ("msgctxt", 0),
            ("msgid_plural", 2),
            ("msgid", 1),
            ("msgstr[0]", 3),
            ("msgstr[", 6),
            ("msgstr", 3),
        ];
        let key = keys.iter().find(|(key, _)| text.starts_with(key));
        if let Some((key, at)) = key {
            if *key == "msgid" && body && field != Some(0) && !message.texts[1].is_empty() {
                messages.push(std::mem::take(&mut message));
            }
            if !body {
                message.line = line;
            }
            (body, field) = (true, Some(*at));
        }
        if let (Some(at), Some(quoted)) = (field, text.split_once('"'))
            && let Some(known) = message.texts.get_mut(at)
        {
            known.push_str(&unescaped(quoted.1.strip_suffix('"').unwrap_or(quoted.1)));
        }
    }
    messages.push(message);
    grid(&messages)
}

fn grid(messages: &[Message]) -> Content {
    let header = messages
        .iter()
        .find(|m| m.texts[1].is_empty() && !m.texts[3].is_empty());
    let language = header.and_then(|m| {
        m.texts[3]
            .lines()
            .find_map(|line| line.strip_prefix("Language:"))
    });
    let language = language.map_or("target", str::trim);
    let language = if language.is_empty() {
        "target"
    } else {
        language
    };
    let row = |line: u32, texts: [&str; 5]| Row {
        line,
        cells: (1..)
            .zip(texts)
            .map(|(column, text)| Cell {
                text: text.to_owned(),
                line,
                column,
            })
            .collect(),
    };
    let mut rows = vec![row(1, ["en", language, "context", "comment", "status"])];
    let real = messages
        .iter()
        .filter(|m| !m.texts[1].is_empty() && !m.obsolete);
    rows.extend(real.map(|m| {
        let [context, source, plural, target, remark, flags] = &m.texts;
        let both = format!("{source}{APART}{plural}");
        let source = if plural.is_empty() || plural == source {
            source
        } else {
            &both
        };
        let fuzzy = if flags.contains("fuzzy") { "fuzzy" } else { "" };
        row(m.line, [source, target, context, remark, fuzzy])
    }));
    let grid = Grid {
        rows,
        headed: true,
        ..Grid::default()
    };
    Content::grids("PO", vec![grid])
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, if c == '\\' { chars.next() } else { None }) {
            ('\\', Some('n')) => out.push('\n'),
            ('\\', Some('t')) => out.push('\t'),
            ('\\', Some(other)) => out.push(other),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::Body;
    use super::*;

    #[test]
    fn messages_become_rows() {
        let text = "msgid \"\"\nmsgstr \"\"\n\"Language: zh_CN\\n\"\n\n#. Name for AFG\nmsgid \"Afghanistan\"\nmsgstr \"阿富汗\"\n\n\
            #, fuzzy\nmsgctxt \"x\"\nmsgid \"a \"\n\"\\\"b\\\"\"\nmsgid_plural \"bs\"\nmsgstr[0] \"乙\"\nmsgstr[1] \"丙\"\n\n#~ msgid \"old\"\n#~ msgstr \"旧\"\n";
        assert!(is_one(text));
        let Body::Grids(grids) = parse(text).body else {
            panic!()
        };
        let rows: Vec<Vec<&str>> = grids[0]
            .rows
            .iter()
            .map(|r| r.cells.iter().map(|c| c.text.as_str()).collect())
            .collect();
        assert_eq!(rows[0][1], "zh_CN");
        assert_eq!(rows[1], ["Afghanistan", "阿富汗", "", "Name for AFG", ""]);
        assert_eq!(rows[2], ["a \"b\"\u{1F}bs", "乙", "x", "", "fuzzy"]);
        assert_eq!((rows.len(), grids[0].rows[2].line), (3, 10));
    }
}
