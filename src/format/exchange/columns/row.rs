//! A row of a table as a unit.

use super::{Columns, Escapes, Field, Row};
use crate::format::exchange::{Item, Refused, Unit, Variant, iso, quote, state, wordfast};
use crate::format::workbook::is_error;
use crate::lang::Lang;
use crate::model::document::State;
use crate::text::detect;
use crate::tsv;

impl Columns {
    /// A row as a unit; nothing where it is a comment.
    pub(in crate::format::exchange) fn item(&self, row: &Row, sheet: Option<&str>) -> Option<Item> {
        if self.escapes == Escapes::Own
            && row.cells.first().is_some_and(|cell| cell.starts_with('#'))
        {
            return None;
        }
        let refuse = |reason: String| {
            let reason = sheet.map_or(reason.clone(), |sheet| format!("sheet `{sheet}`: {reason}"));
            Some(Item::Refused(Refused {
                spot: row.spot,
                reason,
                quote: quote(&row.cells.join("\t")),
            }))
        };
        let wordfast = self.escapes == Escapes::Wordfast;
        let beyond = row.cells.iter().skip(self.width);
        if !wordfast && beyond.clone().any(|cell| !cell.trim().is_empty()) {
            return refuse("the row has more cells than the header".into());
        }
        let sides = self.place(Field::Source).zip(self.place(Field::Target));
        let texts = self.texts().or(sides).map(<[usize; 2]>::from);
        let texts = texts.into_iter().flatten();
        let error = texts
            .filter_map(|at| row.cells.get(at))
            .find(|cell| is_error(cell));
        if let Some(error) = error.filter(|_| !self.own) {
            return refuse(format!(
                "{} is the error of a formula, no text",
                error.trim()
            ));
        }
        let cell = |field| self.cell(row, field);
        let mut unit = Unit {
            spot: row.spot,
            sheet: sheet.unwrap_or_default().to_owned(),
            state: State::Translated,
            source: self.origin(row),
            document: cell(Field::Document),
            prev: cell(Field::Prev),
            next: cell(Field::Next),
            subject: cell(Field::Subject),
            note: cell(Field::Note),
            ..Unit::default()
        };
        self.changed(row, &mut unit);
        if wordfast {
            for attribute in row.cells.iter().skip(7) {
                unit.remark(attribute);
            }
        }
        match cell(Field::State).trim() {
            "" => {}
            mark @ ("deleted" | "unconfirmed") if self.own => {
                return refuse(format!("it is marked {mark}"));
            }
            word => {
                if let Some((state, aligned)) = state(word) {
                    (unit.state, unit.aligned) = (state, aligned);
                } else {
                    unit.remark(&format!("state={word}"));
                }
            }
        }
        unit.variants = self.variants(row).into();
        Some(Item::Unit(unit))
    }

    /// Takes in when a unit was changed last, and by whom; where no column says that, when
    /// it was made.
    fn changed(&self, row: &Row, unit: &mut Unit) {
        let cell = |field| self.cell(row, field);
        let (mut date, mut who) = (cell(Field::When), cell(Field::Who));
        if date.trim().is_empty() && who.trim().is_empty() {
            (date, who) = (cell(Field::Created), cell(Field::Creator));
        }
        if self.escapes == Escapes::Wordfast {
            date = wordfast::date(&date);
        }
        unit.who = who;
        if self.own {
            unit.when = date;
        } else if let Some(when) = iso(&date) {
            unit.when = when;
        } else if !date.trim().is_empty() {
            unit.remark(&format!("date={}", date.trim()));
        }
    }

    /// The language that a row says it was translated from; empty where it says none.
    fn origin(&self, row: &Row) -> String {
        let from = self.cell(row, Field::From);
        if !from.is_empty() || self.place(Field::TargetLang).is_none() {
            return from;
        }
        self.cell(row, Field::SourceLang)
    }

    /// The text of a field in a row; empty where there is none.
    fn cell(&self, row: &Row, field: Field) -> String {
        let at = self.place(field);
        let text = at
            .and_then(|at| row.cells.get(at))
            .map_or("", String::as_str);
        match self.escapes {
            Escapes::None => return text.to_owned(),
            Escapes::Wordfast => return wordfast::text(text),
            Escapes::Own => {}
        }
        // The first cell of a row is guarded from looking like a comment.
        let guard = at == Some(0) && text.starts_with("\\#");
        let text = if guard {
            text.strip_prefix('\\').unwrap_or(text)
        } else {
            text
        };
        tsv::unescape(text).into_owned()
    }

    /// The languages of `source` and `target` in a row, by its own word or by its texts.
    fn row_tags(&self, row: &Row) -> [String; 2] {
        if !self.mixed {
            return [Field::SourceLang, Field::TargetLang].map(|field| self.cell(row, field));
        }
        let texts = [Field::Source, Field::Target].map(|field| self.cell(row, field));
        let [left, right] = texts.map(|text| detect::language(&text));
        let other = |lang: Option<Lang>| lang.map(Lang::other);
        let tag = |lang: Option<Lang>| lang.map_or_else(String::new, |l| l.tag().to_owned());
        [tag(left.or(other(right))), tag(right.or(other(left)))]
    }

    /// The two texts of a row, the source first.
    fn variants(&self, row: &Row) -> [Variant; 2] {
        let variant = |lang: &str, field| Variant {
            lang: lang.to_owned(),
            text: self.cell(row, field),
            pieces: Vec::new(),
        };
        if let Some((from, to)) = self.sides {
            return [
                variant(from.tag(), Field::Source),
                variant(to.tag(), Field::Target),
            ];
        }
        if self.place(Field::Zh).zip(self.place(Field::En)).is_none() {
            let [from, to] = self.row_tags(row);
            return [variant(&from, Field::Source), variant(&to, Field::Target)];
        }
        let zh = variant(&self.tags.zh, Field::Zh);
        let en = variant(&self.tags.en, Field::En);
        // The column at the left is the source, unless a row says otherwise.
        if self.own || self.place(Field::Zh) < self.place(Field::En) {
            [zh, en]
        } else {
            [en, zh]
        }
    }
}
