//! Tables of pairs: TSV, CSV, and the sheets of workbooks. Text tables are
//! read as a stream; of a workbook one sheet is held at a time.

use std::collections::{BTreeMap, VecDeque, btree_map};
use std::io::{BufRead, Read};

use super::columns::{Columns, Escapes, Layout, Map, Row, is_own};
use super::quoted::Quoted;
use super::{Bytes, Item, Refused, quote, wordfast};
use crate::format::workbook::Workbook;
use crate::text::stream::{Spot, Stream};
use crate::tsv;
use crate::xml::Fault;

/// A table being read.
pub(super) struct Table {
    rows: Rows,
    map: Map,
    columns: Option<Columns>,
    /// Rows that were read to find out what the columns are.
    ahead: VecDeque<Row>,
    /// The sheet being read.
    sheet: Option<String>,
    begun: bool,
    /// Whether this program wrote it.
    pub(super) own: bool,
    /// What was found that keeps nothing from being read.
    notes: Vec<Fault>,
    /// How the tables begun since the last call are read.
    layouts: Vec<Layout>,
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Table {:?}", self.columns)
    }
}

/// Where rows come from.
enum Rows {
    /// Lines, parted by tabs, without quotes.
    Lines(Box<Stream<Bytes>>),
    Quoted(Box<Quoted>),
    Sheets(Box<Book>),
}

/// The sheets of a workbook.
struct Book {
    file: Workbook,
    /// Those not begun yet, and whether each is hidden.
    sheets: VecDeque<(String, bool)>,
    /// The rows of the one that is read, and how many columns it has.
    rows: btree_map::IntoIter<u32, BTreeMap<u32, String>>,
    width: u32,
    /// Bytes of the file.
    bytes: u64,
}

impl Book {
    /// The next row that holds anything; all rows of a sheet are of one length.
    fn row(&mut self) -> Option<Row> {
        let blank = |cells: &BTreeMap<u32, String>| cells.values().all(|t| t.trim().is_empty());
        let (row, mut cells) = self.rows.find(|(_, cells)| !blank(cells))?;
        let columns = 0..self.width;
        Some(Row {
            spot: in_row(row),
            cells: columns
                .map(|column| cells.remove(&column).unwrap_or_default())
                .collect(),
        })
    }
}

/// The place of a row of a sheet.
fn in_row(row: u32) -> Spot {
    Spot {
        line: row + 1,
        ..Spot::default()
    }
}

/// Rows read before the columns are decided on.
const AHEAD: usize = 200;

impl Table {
    /// Reads text parted by tabs (`tabs`) or as CSV.
    pub(super) fn text(bytes: Bytes, encoding: Option<&str>, tabs: bool, map: Map) -> Self {
        let mut stream = Stream::new(bytes, encoding, |_| None);
        // What cannot be read is said when the first row is asked for.
        let head = stream.fill_buf().unwrap_or_default();
        let head = String::from_utf8_lossy(head).into_owned();
        let rows = if tabs && !quoted(&head) {
            Rows::Lines(Box::new(stream))
        } else {
            let mark = if tabs { '\t' } else { mark(&head) };
            Rows::Quoted(Box::new(Quoted::new(stream, mark)))
        };
        Self::new(rows, map)
    }

    /// Reads a workbook; why it cannot be read.
    pub(super) fn workbook(mut bytes: Bytes, map: Map) -> Result<Self, String> {
        let mut all = Vec::new();
        bytes.read_to_end(&mut all).map_err(|e| e.to_string())?;
        let file = Workbook::open(&all)?;
        let rows = Rows::Sheets(Box::new(Book {
            sheets: file.sheets().into(),
            file,
            rows: BTreeMap::new().into_iter(),
            width: 0,
            bytes: all.len() as u64,
        }));
        Ok(Self::new(rows, map))
    }

    fn new(rows: Rows, map: Map) -> Self {
        Self {
            rows,
            map,
            columns: None,
            ahead: VecDeque::new(),
            sheet: None,
            begun: false,
            own: false,
            notes: Vec::new(),
            layouts: Vec::new(),
        }
    }

    pub(super) fn layouts(&mut self) -> Vec<Layout> {
        std::mem::take(&mut self.layouts)
    }

    pub(super) fn notes(&mut self) -> Vec<Fault> {
        let mut notes = std::mem::take(&mut self.notes);
        if let Rows::Quoted(quoted) = &mut self.rows {
            notes.append(&mut quoted.notes());
        }
        notes
    }

    pub(super) fn encoding(&self) -> (&'static str, bool) {
        match &self.rows {
            Rows::Lines(text) => text.encoding(),
            Rows::Quoted(quoted) => quoted.text.encoding(),
            Rows::Sheets(_) => ("UTF-8", false),
        }
    }

    pub(super) fn bytes(&self) -> u64 {
        match &self.rows {
            Rows::Lines(text) => text.taken(),
            Rows::Quoted(quoted) => quoted.text.taken(),
            Rows::Sheets(book) => book.bytes,
        }
    }

    pub(super) fn next_item(&mut self) -> Result<Option<Item>, Fault> {
        loop {
            if let (Some(columns), Some(row)) = (&self.columns, self.ahead.pop_front()) {
                if let Some(item) = columns.item(&row, self.sheet.as_deref()) {
                    return Ok(Some(item));
                }
                continue;
            }
            if self.columns.is_some() {
                match self.row()? {
                    Some(row) => self.ahead.push_back(row),
                    None => self.columns = None,
                }
                continue;
            }
            if !self.next_sheet()? {
                return Ok(None);
            }
            if let Some(item) = self.begin()? {
                return Ok(Some(item));
            }
        }
    }

    /// Goes to the next sheet, or to the text, which is one; false where there is none.
    fn next_sheet(&mut self) -> Result<bool, Fault> {
        let begun = std::mem::replace(&mut self.begun, true);
        let Rows::Sheets(book) = &mut self.rows else {
            return Ok(!begun);
        };
        let Some((name, hidden)) = book.sheets.pop_front() else {
            return Ok(false);
        };
        let sheet = book.file.sheet(&name).map_err(|why| Fault {
            spot: Spot::default(),
            message: format!("sheet `{name}`: {why}"),
        })?;
        let hidden = hidden.then(|| (in_row(0), "it is hidden, and read as well".to_owned()));
        let odd = sheet.remarks.into_iter();
        let odd = odd.map(|((row, _), _, message)| (in_row(row), message));
        for (spot, message) in hidden.into_iter().chain(odd) {
            let message = format!("sheet `{name}`: {message}");
            self.notes.push(Fault { spot, message });
        }
        let last = |cells: &BTreeMap<u32, String>| cells.keys().next_back().map_or(0, |c| c + 1);
        book.width = sheet.cells.values().map(last).max().unwrap_or(0);
        book.rows = sheet.cells.into_iter();
        self.sheet = Some(name);
        Ok(true)
    }

    /// Finds out what the columns are; something is refused where that cannot be found.
    fn begin(&mut self) -> Result<Option<Item>, Fault> {
        while self.ahead.len() < AHEAD
            && let Some(row) = self.row()?
        {
            self.ahead.push_back(row);
        }
        // Comments above a header are no part of its table.
        let comment = |row: &&Row| row.cells.first().is_some_and(|cell| cell.starts_with('#'));
        let above = self.ahead.iter().take_while(comment).count();
        let above = above + self.titles(above);
        let Some(first) = self.ahead.get(above).or(self.ahead.front()).cloned() else {
            return Ok(None);
        };
        let rows: Vec<&Row> = self.ahead.iter().skip(above).collect();
        let lines = matches!(self.rows, Rows::Lines(_));
        match Columns::find(&rows, &self.map) {
            Ok((mut columns, header)) => {
                if columns.own && lines {
                    columns.escapes = Escapes::Own;
                }
                self.own = columns.own;
                if !self.own {
                    let layout = columns.layout(&first, header, self.sheet.as_deref());
                    self.layouts.push(layout);
                }
                if header {
                    self.ahead.drain(..=above);
                }
                self.columns = Some(columns);
                Ok(None)
            }
            Err(message) => {
                let message = match &self.sheet {
                    Some(sheet) => format!("sheet `{sheet}`: {message}"),
                    None => message,
                };
                self.ahead.clear();
                if self.sheet.is_none() {
                    let spot = first.spot;
                    return Err(Fault { spot, message });
                }
                Ok(Some(Item::Refused(Refused {
                    spot: first.spot,
                    reason: message,
                    quote: quote(&first.cells.join("\t")),
                })))
            }
        }
    }

    /// How many of the rows behind the comments are titles above the table; each is said.
    fn titles(&mut self, comments: usize) -> usize {
        let rows: Vec<&Row> = self.ahead.iter().skip(comments).collect();
        let count = Columns::titles(&rows, &self.map);
        for row in rows.iter().take(count) {
            let texts = row.cells.iter().map(|cell| cell.trim());
            let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
            if texts.is_empty() {
                continue;
            }
            let quote = quote(&texts.join(" "));
            let place = self
                .sheet
                .as_ref()
                .map_or_else(String::new, |sheet| format!("sheet `{sheet}`: "));
            self.notes.push(Fault {
                spot: row.spot,
                message: format!(
                    "{place}it stands above the names of the columns and is not read: {quote}"
                ),
            });
        }
        count
    }

    /// The next row that holds anything.
    fn row(&mut self) -> Result<Option<Row>, Fault> {
        let row = match &mut self.rows {
            Rows::Lines(text) => line(text)?,
            Rows::Quoted(quoted) => quoted.row()?,
            Rows::Sheets(book) => book.row(),
        };
        Ok(row)
    }
}

/// A row of lines parted by tabs.
fn line(text: &mut Stream<Bytes>) -> Result<Option<Row>, Fault> {
    let mut line = String::new();
    loop {
        line.clear();
        let spot = text.mark();
        let read = text.read_line(&mut line);
        let read = read.map_err(|e| Fault {
            spot,
            message: e.to_string(),
        })?;
        if read == 0 {
            return Ok(None);
        }
        let row = line.trim_end_matches(['\n', '\r']);
        // Only under a header of this program's own is a row with cells a comment.
        let marked = row.starts_with('#') && row.contains('\t');
        if !(tsv::is_row(row) || marked) {
            continue;
        }
        let cells = row.split('\t').map(str::to_owned).collect();
        return Ok(Some(Row { spot, cells }));
    }
}

/// Whether cells of a text parted by tabs are quoted, as spreadsheets do it;
/// never under this program's own header.
fn quoted(head: &str) -> bool {
    let header = head.lines().find(|line| tsv::is_row(line));
    let names: Vec<&str> = header.unwrap_or_default().split('\t').collect();
    if is_own(&names) || wordfast::is_header(&names) {
        return false;
    }
    let cells = head.lines().take(AHEAD).flat_map(|line| line.split('\t'));
    let (mut closed, mut odd) = (0, 0);
    for cell in cells.filter(|cell| cell.starts_with('"')) {
        if cell.len() > 1 && cell.trim_end().ends_with('"') {
            closed += 1;
        } else {
            odd += 1;
        }
    }
    closed > odd
}

/// What parts the cells of a CSV: what a first line says (`sep=;`), else what is in most lines.
fn mark(head: &str) -> char {
    let first = head.lines().next().unwrap_or_default();
    let said = first
        .strip_prefix("sep=")
        .and_then(|said| said.chars().next());
    if let Some(mark) = said {
        return mark;
    }
    let lines: Vec<&str> = head.lines().take(50).collect();
    let with = |mark: char| lines.iter().filter(|line| line.contains(mark)).count();
    let mut best = ',';
    for mark in [',', ';', '\t', '|'] {
        if with(mark) > with(best) {
            best = mark;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::exchange::Unit;
    use crate::format::exchange::tests::{bytes, listed};

    /// Every item of a text, shortly.
    fn items(text: &str, tabs: bool, map: &str) -> Vec<String> {
        let map = if map.is_empty() {
            Map::default()
        } else {
            map.parse().unwrap()
        };
        let mut table = Table::text(bytes(text), None, tabs, map);
        let short = |u: &Unit| {
            let texts = u.variants.iter().map(|v| format!("{}:{}", v.lang, v.text));
            let texts: Vec<String> = texts.collect();
            format!("{} {}", texts.join("="), u.note)
        };
        listed(|| table.next_item(), short)
    }

    #[test]
    fn tables_of_all_kinds() {
        let own = "# 注\nzh\ten\tnote\n甲\\n\tA\tx\n乙\tB\ty\tz\n";
        assert_eq!(
            items(own, true, ""),
            [
                "3 zh:甲\n=en:A x",
                "4 the row has more cells than the header"
            ]
        );
        let foreign = "English\t简体中文\tComments\nC:\\new\t新建\tn\n";
        assert_eq!(items(foreign, true, ""), ["2 en:C:\\new=zh-Hans:新建 n"]);
        let csv = "source;target\n\"an energy; plan\";能源计划\n\"two\nlines here\";\"两\n行\"\nthe end;终\n";
        assert_eq!(
            items(csv, false, ""),
            [
                "2 en:an energy; plan=zh:能源计划 ",
                "3 en:two\nlines here=zh:两\n行 ",
                "6 en:the end=zh:终 "
            ]
        );
        let bars = "Chinese|English\n能源安全|energy, and its security\n粮食|food\n";
        assert_eq!(
            items(bars, false, ""),
            [
                "2 zh:能源安全=en:energy, and its security ",
                "3 zh:粮食=en:food "
            ]
        );
        let quoted = "\"zh\"\t\"en\"\n\"甲\t乙\"\t\"A\"\"B\"\n";
        assert_eq!(items(quoted, true, ""), ["2 zh:甲\t乙=en:A\"B "]);
        let bare = "能源\tthe energy\n计划\tthe plan\n";
        assert_eq!(items(bare, true, "").len(), 2);
    }

    #[test]
    fn a_number_sign_begins_a_comment_only_in_files_of_ours() {
        let foreign = "English\t中文\n#1 priority\t第一要务\n# a remark\n";
        assert_eq!(items(foreign, true, ""), ["2 en:#1 priority=zh:第一要务 "]);
        let ours = "# 一\t二\nzh\ten\n# 甲\tA\n\\# 甲\tA\n";
        assert_eq!(items(ours, true, ""), ["4 zh:# 甲=en:A "]);
        let csv = "sep=;\nsource;target\nthe plan;计划\n";
        assert_eq!(items(csv, false, ""), ["3 en:the plan=zh:计划 "]);
    }

    #[test]
    fn dates_that_do_not_sort_as_text_are_remarks() {
        let text = "English,中文,date\nthe plan,计划,2024-03-05\nthe end,终,5/3/2024\n";
        assert_eq!(
            items(text, false, ""),
            ["2 en:the plan=zh:计划 ", "3 en:the end=zh:终 date=5/3/2024"]
        );
    }

    #[test]
    fn a_date_and_its_person_go_together() {
        let read = |text: &str| {
            let mut table = Table::text(bytes(text), None, false, Map::default());
            listed(
                || table.next_item(),
                |u: &Unit| format!("{} {}", u.when, u.who),
            )
        };
        let both = "中文,English,Created,Created by,Modified,Modified by\n\
            能源,energy,2023-01-02,li,2023-02-03,wang\n计划,the plan,2023-01-02,li,,\n";
        assert_eq!(read(both), ["2 2023-02-03 wang", "3 2023-01-02 li"]);
        let chinese =
            "中文,English,译者,日期\n能源,energy,张三,2019年3月5日\n计划,the plan,李四,2019/3/6\n";
        assert_eq!(read(chinese), ["2 2019-03-05 张三", "3 2019-03-06 李四"]);
        let made = "中文,English,创建人,创建日期\n能源,energy,张三,2019.3.5\n";
        assert_eq!(read(made), ["2 2019-03-05 张三"]);
    }

    #[test]
    fn columns_are_told_by_the_words_of_their_names_and_by_what_they_hold() {
        let body = "1,The flu is bad.,流感很糟。\n2,Wash your hands.,请洗手。\n3,Stay at home.,待在家里。\n";
        for (header, line) in [
            ("编号,原文内容,译文内容\n", 2),
            ("id,srcText,tgtText\n", 2),
            ("id,foo,bar\n", 2),
            ("", 1),
        ] {
            let found = items(&format!("{header}{body}"), false, "");
            assert_eq!(found.len(), 3, "{header}{found:?}");
            let first = format!("{line} en:The flu is bad.=zh:流感很糟。 ");
            assert_eq!(found.first(), Some(&first), "{header}");
        }
        let short = "sourceString\ttargetString\nThe flu\t流感\nThe cold\t感冒\n";
        assert_eq!(
            items(short, true, ""),
            ["2 en:The flu=zh:流感 ", "3 en:The cold=zh:感冒 "]
        );
        // Numbers name the columns; the row that names them otherwise is no unit.
        assert_eq!(
            items(&format!("a,b,c\n{body}"), false, "zh=3,en=2").len(),
            3
        );
        let one = "English,中文\nThe flu,流感\n";
        assert_eq!(items(one, false, "zh=2,en=1"), ["2 en:The flu=zh:流感 "]);
        let error = "English,中文\n#N/A,错误\n";
        assert_eq!(
            items(error, false, ""),
            ["2 #N/A is the error of a formula, no text"]
        );
    }

    #[test]
    fn titles_above_the_names_of_the_columns_are_no_units() {
        let body = "中文,English,日期\n能源,energy,2023-05-06\n计划,the plan,2023-05-07\n";
        let alone = format!("2023年度语料库,,\n部门,,翻译处\n,,\n{body}");
        let expected = ["5 zh:能源=en:energy ", "6 zh:计划=en:the plan "];
        assert_eq!(items(&alone, false, ""), expected);
        assert_eq!(items(&alone, false, "zh=中文,en=English"), expected);
        let mut table = Table::text(bytes(&alone), None, false, Map::default());
        table.next_item().unwrap();
        let said: Vec<String> = table.notes().into_iter().map(|n| n.message).collect();
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(said[0].ends_with("2023年度语料库"), "{said:?}");
        // What may be a unit is none the less.
        let pairs = "数据库,the database\n文件,the file\n中文,the English\n名称,the name\n";
        assert_eq!(items(pairs, false, "").len(), 4);
    }

    #[test]
    fn memories_of_wordfast() {
        let text = "%20060101~120000\t%User ID,ZL\t%TU=00000002\t%ZH-CN\t%Wordfast TM v.5.51w9/00\t%EN-US\t%-----------\t.\n\
            20060102~093000\tZL\t3\tZH-CN\t价格为&'A3;100。\tEN-US\tThe price is &'A3;100.\t\tLaw\n\
            20060103~093000\tWX\t0\tZH-CN\t\"甲\tEN-US\tA\n";
        let mut table = Table::text(bytes(text), None, true, Map::default());
        let short = |u: &Unit| {
            let texts = u.variants.iter().map(|v| format!("{}:{}", v.lang, v.text));
            let texts: Vec<String> = texts.collect();
            format!(
                "{} {} {} {} {}",
                u.source,
                texts.join("="),
                u.when,
                u.who,
                u.note
            )
        };
        assert_eq!(
            listed(|| table.next_item(), short),
            [
                "2 ZH-CN ZH-CN:价格为£100。=EN-US:The price is £100. 2006-01-02T09:30:00Z ZL Law",
                "3 ZH-CN ZH-CN:\"甲=EN-US:A 2006-01-03T09:30:00Z WX ",
            ]
        );
    }

    #[test]
    fn languages_may_stand_in_columns_or_change_from_row_to_row() {
        let said = "source_lang\tsource\ttarget_lang\ttarget\nzh-CN\t能源\ten-US\tenergy\nen-US\tThe plan\tzh-TW\t計劃\n";
        assert_eq!(
            items(said, true, ""),
            ["2 zh-CN:能源=en-US:energy ", "3 en-US:The plan=zh-TW:計劃 "]
        );
        let rows = "能源安全\tThe energy is secure.\nThe bill was passed.\t法案通过了。\n粮食安全\tThe food is secure.\nThe plan is here.\t计划在此。\n";
        let expected = [
            "1 zh:能源安全=en:The energy is secure. ",
            "2 en:The bill was passed.=zh:法案通过了。 ",
            "3 zh:粮食安全=en:The food is secure. ",
            "4 en:The plan is here.=zh:计划在此。 ",
        ];
        assert_eq!(items(rows, true, ""), expected);
        assert_eq!(items(&format!("原文\t译文\n{rows}"), true, "").len(), 4);
    }

    #[test]
    fn columns_that_the_user_names() {
        let text = "id,a,b\n1,the plan,计划\n";
        assert_eq!(items(text, false, "zh=b,en=2"), ["2 en:the plan=zh:计划 "]);
        assert!(items(text, false, "zh=c,en=a")[0].contains("no column `c`"));
        assert!(items("x,y\n1,2\n", false, "")[0].contains("--map"));
        assert_eq!(items("", false, ""), Vec::<String>::new());
    }
}
