//! CC-CEDICT and its kin: `傳統 传统 [chuan2 tong3] /tradition/traditional/`.

use std::collections::HashMap;

use super::{Content, Field, Record, Remark, Spot};
use crate::glossary::columns::Slot;
use crate::lang::Lang;
use crate::span::halves;

const ZH: Field = Field::Terms(Lang::Zh, Slot::Preferred);
const HANT: Field = Field::Terms(Lang::Zh, Slot::Regional(0));
const EN: Field = Field::Terms(Lang::En, Slot::Preferred);
const EN_ADMITTED: Field = Field::Terms(Lang::En, Slot::Admitted);

/// What senses begin with that are remarks and no renderings.
const REMARKS: [&str; 12] = [
    "CL:",
    "see ",
    "see also ",
    "variant of ",
    "old variant of ",
    "also written ",
    "also pr.",
    "Taiwan pr.",
    "abbr. for ",
    "abbr. of ",
    "used in ",
    "erhua variant of ",
];

/// Whether a text is made of such lines.
pub(super) fn is_one(text: &str) -> bool {
    let lines = text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    let sample: Vec<bool> = lines.take(20).map(|line| entry(line).is_some()).collect();
    !sample.is_empty() && sample.iter().filter(|is| **is).count() * 10 >= sample.len() * 9
}

/// An entry: traditional, simplified, pinyin, senses.
fn entry(line: &str) -> Option<(&str, &str, &str, &str)> {
    let line = line.trim_end();
    let (words, rest) = line.split_once(" [")?;
    let (pinyin, senses) = rest.split_once("] ")?;
    let (traditional, simplified) = words.split_once(' ')?;
    let senses = senses.strip_prefix('/')?.strip_suffix('/')?;
    (!simplified.contains(' ')).then_some((traditional, simplified, pinyin, senses))
}

/// Reads the entries; those of one headword become one concept.
///
/// The traditional form is kept where turning the simplified characters back
/// one by one would not give it.
pub(super) fn parse(text: &str) -> Content {
    let mut records: Vec<Record> = Vec::new();
    let mut known: HashMap<(&str, &str), usize> = HashMap::new();
    let mut rejected = Vec::new();
    let mut remarks = Vec::new();
    let mut derivable = 0;
    for (line, text) in (1..).zip(text.lines()) {
        if text.starts_with('#') || text.trim().is_empty() {
            continue;
        }
        let spot = Spot {
            sheet: None,
            line,
            column: 0,
        };
        let Some((traditional, simplified, pinyin, senses)) = entry(text) else {
            rejected.push((
                spot,
                "not a line of a dictionary: 傳統 传统 [chuan2 tong3] /tradition/".to_owned(),
            ));
            continue;
        };
        let points = |sense: &str| REMARKS.iter().any(|begin| sense.starts_with(begin));
        if senses.split('/').all(points) {
            let why = format!("`{simplified}` only points to another word: {senses}");
            rejected.push((spot, why));
            continue;
        }
        let at = *known.entry((traditional, simplified)).or_insert_with(|| {
            let mut record = Record::at(spot);
            record.rows = 0;
            record.add(ZH, simplified);
            if traditional != simplified {
                if crate::text::script::traditional(simplified) == traditional {
                    derivable += 1;
                } else {
                    record.add(HANT, traditional);
                }
            }
            records.push(record);
            records.len() - 1
        });
        if let Some(record) = records.get_mut(at) {
            record.rows += 1;
            fill(record, pinyin, senses);
        }
    }
    if derivable > 0 {
        let message = format!(
            "{derivable} traditional forms are what the simplified ones become by themselves: left out"
        );
        remarks.push(Remark::new(Spot::default(), "derivable", message));
    }
    Content {
        remarks,
        rejected,
        ..Content::records("CC-CEDICT", records)
    }
}

fn fill(record: &mut Record, pinyin: &str, senses: &str) {
    record.join(Field::Note, &format!("[{pinyin}]"));
    for sense in senses
        .split('/')
        .map(str::trim)
        .filter(|sense| !sense.is_empty())
    {
        if REMARKS.iter().any(|begin| sense.starts_with(begin)) {
            record.join(Field::Note, sense);
            continue;
        }
        let (label, term) = labeled(sense);
        record.join(Field::Note, label);
        let field = if record.list(EN).is_empty() {
            EN
        } else {
            EN_ADMITTED
        };
        if !record.list(EN).iter().any(|known| known == term) {
            record.add(field, term);
        }
    }
}

/// A label in brackets before a sense, and the sense: `(slang) threesome`.
fn labeled(sense: &str) -> (&str, &str) {
    let Some(end) = sense.strip_prefix('(').and_then(|rest| rest.find(") ")) else {
        return ("", sense);
    };
    let (label, term) = halves(sense, end + 2);
    (label, term.trim())
}

#[cfg(test)]
mod tests {
    use super::super::Body;
    use super::*;

    #[test]
    fn entries_become_concepts() {
        let text = "# CC-CEDICT\r\n傳統 传统 [chuan2 tong3] /tradition/traditional/CL:個|个[ge4]/\r\n\
            行 行 [hang2] /row/line/\r\n行 行 [xing2] /to walk/(slang) OK/\r\n乾隆 乾隆 [Qian2 long2] /Qianlong Emperor/\r\n\
            頭髮 头发 [tou2 fa5] /hair (on the head)/\r\n㕥 以 [yi3] /old variant of 以[yi3]/\r\nnonsense\r\n";
        assert!(is_one(text.split("nonsense").next().unwrap()));
        let content = parse(text);
        let Body::Records(records) = content.body else {
            panic!()
        };
        assert_eq!(records.len(), 4);
        assert_eq!(records[0].text(EN), "tradition");
        assert_eq!(records[0].list(EN_ADMITTED), ["traditional"]);
        assert_eq!(
            records[0].text(Field::Note),
            "[chuan2 tong3]; CL:個|个[ge4]"
        );
        assert_eq!(records[1].rows, 2);
        assert_eq!(records[1].list(EN_ADMITTED), ["line", "to walk", "OK"]);
        assert_eq!(records[3].list(HANT), ["頭髮"]);
        assert_eq!(content.rejected.len(), 2);
    }
}
