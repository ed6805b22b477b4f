//! What can happen: commands (from keys and the palette), typing, and answers
//! of the worker; and what is asked of the worker in return. The table of
//! commands is data: key bindings, the help screen, the palette and
//! `docs/keys.md` are all made from it.

use std::path::PathBuf;
use std::sync::Arc;

use crate::finding::Finding;
use crate::glossary::merge::Take;
use crate::glossary::{Column, NewRow};
use crate::intake;
use crate::lang::{Lang, Locale, Pair};
use crate::memory::{Entry, Key, Query};
use crate::model::concept::Origin;
use crate::model::document::State;
use crate::review::proposal::{self, Kept, List, Material, Places};
use crate::review::{self, Alignment, Bead, Least, Reading, Review};
use crate::session::work::Job;
use crate::session::{Session, Work};
use crate::suggest::Suggestions;
use crate::tui::judge::Judge;
use crate::tui::key::Key as KeyPress;
use crate::tui::line::Move;
use crate::tui::rendering::Found;
use crate::tui::theme::Theme;

/// What the keyboard is for at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// Everywhere.
    Any,
    /// Wherever text is typed: the target, lists, forms.
    Typing,
    /// Typing a translation.
    Target,
    /// Moving in the source.
    Source,
    /// The home screen.
    Home,
    /// A list to choose from, with a line to type in: palette, concordance, glossary.
    List,
    /// A form of lines to type in: term, note, filter, name of the delivered file.
    Form,
    /// Text to read: keys, why.
    Page,
    /// Reviewing an alignment.
    Alignment,
    /// Reviewing proposals.
    Proposals,
}

impl Mode {
    /// The modes whose keys count in this one, nearest first.
    pub fn within(self) -> &'static [Self] {
        match self {
            Self::Any => &[Self::Any],
            Self::Typing => &[Self::Typing, Self::Any],
            Self::Target => &[Self::Target, Self::Typing, Self::Any],
            Self::Source => &[Self::Source, Self::Target, Self::Typing, Self::Any],
            Self::Home => &[Self::Home, Self::Any],
            Self::List => &[Self::List, Self::Typing, Self::Any],
            Self::Form => &[Self::Form, Self::Typing, Self::Any],
            Self::Page => &[Self::Page, Self::Any],
            Self::Alignment => &[Self::Alignment, Self::Any],
            Self::Proposals => &[Self::Proposals, Self::Any],
        }
    }

    /// Its heading in the documentation.
    pub fn title(self) -> &'static str {
        match self {
            Self::Any => "Everywhere",
            Self::Typing => "Typing",
            Self::Target => "Translating",
            Self::Source => "In the source",
            Self::Home => "Home",
            Self::List => "Lists (concordance, palette, glossary)",
            Self::Form => "Forms (term, note, filter, deliver)",
            Self::Page => "Pages (keys, why)",
            Self::Alignment => "Reviewing an alignment",
            Self::Proposals => "Reviewing proposals",
        }
    }
}

/// Something the user asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the table says it in words")]
pub enum Command {
    // moving the caret
    Go(Move),
    Select(Move),
    SelectAll,
    PreviousSegment,
    NextSegment,
    FirstSegment,
    LastSegment,
    NextOpen,
    NextIssue,
    PreviousIssue,
    // changing the target
    LineBreak,
    Backspace,
    Delete,
    KillWord,
    KillWordRight,
    KillEnd,
    Undo,
    Redo,
    Copy,
    Cut,
    InsertTerm(u8),
    InsertMatch(u8),
    CopySource,
    Complete,
    AcceptFix,
    // the segment
    Confirm,
    Unconfirm,
    Ignore,
    Note,
    // the sides
    SwitchSide,
    AddTerm,
    EditTerm,
    AvoidTerm,
    Concordance,
    Glossary,
    Why,
    Filter,
    Palette,
    Help,
    // the document
    Save,
    Deliver,
    Home,
    Quit,
    // lists, forms and pages
    Choose,
    Close,
    Up,
    Down,
    PageUp,
    PageDown,
    NextField,
    PreviousField,
    CycleMode,
    // home
    Open,
    Direction,
    Refresh,
    AlignPair,
    Import,
    // reviewing an alignment
    First,
    Last,
    NextDoubtful,
    PreviousDoubtful,
    MostDoubtful,
    AcceptBead,
    AcceptAndGo,
    AcceptSure,
    Split,
    Merge,
    ShiftUp,
    ShiftDown,
    Pin,
    Omit,
    CutSentence,
    Realign,
    ToMemory,
    // reviewing proposals
    Propose,
    AcceptTerm,
    AcceptProposed,
    EditProposal,
    TurnCase,
    RejectTerm,
    MergeTerm,
    Skip,
    NextPlace,
    PreviousPlace,
}

impl Command {
    /// The command of the n-th key (from 0) of a range such as Alt+1..9.
    #[must_use]
    pub fn nth(self, n: u8) -> Self {
        match self {
            Self::InsertTerm(_) => Self::InsertTerm(n),
            Self::InsertMatch(_) => Self::InsertMatch(n),
            other => other,
        }
    }
}

/// A row of the table: a command, its name, its keys and what it does.
#[derive(Debug)]
pub struct Spec {
    /// The name, as in `[keys]` of the workspace's configuration.
    pub name: &'static str,
    /// Where its keys count.
    pub mode: Mode,
    /// The command.
    pub command: Command,
    /// Its keys, best first; some arrive only from terminals with the kitty protocol.
    pub keys: &'static [&'static str],
    /// What it does, in a line.
    pub doc: &'static str,
    /// The same in Chinese: the palette finds it by this too.
    pub zh: &'static str,
}

const fn spec(
    name: &'static str,
    mode: Mode,
    command: Command,
    keys: &'static [&'static str],
    doc: &'static str,
    zh: &'static str,
) -> Spec {
    Spec {
        name,
        mode,
        command,
        keys,
        doc,
        zh,
    }
}

/// All commands, in the order in which the documentation shows them.
#[rustfmt::skip]
pub const COMMANDS: &[Spec] = &[
    // translating: the loop first
    spec("confirm", Mode::Target, Command::Confirm, &["Ctrl+Enter", "Enter"],
        "confirm, remember, and go to the next segment that needs work; where a check found an error, a second press confirms all the same", "确认并到下一句"),
    spec("line-break", Mode::Target, Command::LineBreak, &["Shift+Enter", "Alt+Enter"],
        "break the line", "换行"),
    spec("insert-term", Mode::Target, Command::InsertTerm(0), &["Ctrl+1..9", "Alt+1..9"],
        "insert the rendering of the n-th term or number; pressed again, its next synonym", "插入术语"),
    spec("insert-match", Mode::Target, Command::InsertMatch(0), &["Ctrl+Shift+1..9", "F5..F7", "Alt+t 1..9"],
        "replace the target by the n-th match, its terms and numbers repaired", "采用匹配"),
    spec("next-open", Mode::Target, Command::NextOpen, &["Ctrl+U"],
        "go to the next segment that needs work", "下一个未译句段"),
    spec("next-issue", Mode::Target, Command::NextIssue, &["F8"],
        "go to the next issue", "下一个问题"),
    spec("previous-issue", Mode::Target, Command::PreviousIssue, &["Shift+F8", "Alt+F8"],
        "go to the previous issue", "上一个问题"),
    spec("accept-fix", Mode::Target, Command::AcceptFix, &["Alt+."],
        "put in what the current issue suggests", "采纳修改"),
    spec("ignore", Mode::Target, Command::Ignore, &["Alt+i"],
        "let the current issue stand: its rule is allowed in the segment's note", "忽略问题"),
    spec("concordance", Mode::Target, Command::Concordance, &["Ctrl+F"],
        "search the memory for the selection or the word at the cursor", "语境检索"),
    spec("add-term", Mode::Target, Command::AddTerm, &["Ctrl+G"],
        "add a term from what is selected on both sides", "添加术语"),
    spec("edit-term", Mode::Target, Command::EditTerm, &["Ctrl+E"],
        "edit the term at the source cursor, or the first one", "编辑术语"),
    spec("avoid-term", Mode::Target, Command::AvoidTerm, &["Ctrl+Shift+E", "Alt+x"],
        "mark the selected word, or the term's inserted rendering, as never to be used", "标为禁用"),
    spec("copy-source", Mode::Target, Command::CopySource, &["Alt+s"],
        "put the source in the place of the target", "复制原文"),
    spec("complete", Mode::Target, Command::Complete, &["Ctrl+Space"],
        "complete a rendering from its first letters, or Chinese from the initials of its pinyin", "补全（拼音首字母）"),
    spec("note", Mode::Target, Command::Note, &["Alt+n"],
        "write a note to the segment", "批注"),
    spec("unconfirm", Mode::Target, Command::Unconfirm, &["Alt+u"],
        "take the confirmation back, here and in the memory", "撤销确认"),
    spec("filter", Mode::Target, Command::Filter, &["Alt+f"],
        "show only some segments: a word, or :open, :untranslated, :draft, :confirmed, :with findings, …", "筛选句段"),
    spec("source", Mode::Target, Command::SwitchSide, &["Tab"],
        "go to the source: move in it, select in it", "到原文"),
    spec("glossary", Mode::Target, Command::Glossary, &["Alt+g"],
        "look through the glossaries; Enter inserts the rendering", "术语库"),
    spec("why", Mode::Target, Command::Why, &["F1"],
        "say why: how terms were recognized, what the issues rest on, how matches were scored", "为什么"),
    // moving between segments
    spec("previous-segment", Mode::Target, Command::PreviousSegment, &["PgUp", "Ctrl+Up"],
        "go to the segment above", "上一句"),
    spec("next-segment", Mode::Target, Command::NextSegment, &["PgDn", "Ctrl+Down"],
        "go to the segment below", "下一句"),
    spec("first-segment", Mode::Target, Command::FirstSegment, &["Alt+<", "Ctrl+Home"],
        "go to the first segment", "第一句"),
    spec("last-segment", Mode::Target, Command::LastSegment, &["Alt+>", "Ctrl+End"],
        "go to the last segment", "最后一句"),
    // typing
    spec("undo", Mode::Typing, Command::Undo, &["Ctrl+Z"],
        "undo typing in the segment, then confirmations and what they propagated", "撤销"),
    spec("redo", Mode::Typing, Command::Redo, &["Ctrl+Y"],
        "redo", "重做"),
    spec("up", Mode::Target, Command::Go(Move::Up), &["Up"],
        "up a row; from the first row to the segment above", "上"),
    spec("down", Mode::Target, Command::Go(Move::Down), &["Down"],
        "down a row; from the last row to the segment below", "下"),
    spec("left", Mode::Typing, Command::Go(Move::Left), &["Left"], "left", "左"),
    spec("right", Mode::Typing, Command::Go(Move::Right), &["Right"], "right", "右"),
    spec("word-left", Mode::Typing, Command::Go(Move::WordLeft), &["Ctrl+Left", "Alt+Left", "Alt+b"],
        "left by a word, Chinese words too", "左移一词"),
    spec("word-right", Mode::Typing, Command::Go(Move::WordRight), &["Ctrl+Right", "Alt+Right"],
        "right by a word", "右移一词"),
    spec("row-start", Mode::Typing, Command::Go(Move::RowStart), &["Home", "Ctrl+A"],
        "to the beginning of the row", "行首"),
    spec("row-end", Mode::Typing, Command::Go(Move::RowEnd), &["End"],
        "to the end of the row", "行尾"),
    spec("select-left", Mode::Typing, Command::Select(Move::Left), &["Shift+Left"], "select to the left", "向左选择"),
    spec("select-right", Mode::Typing, Command::Select(Move::Right), &["Shift+Right"], "select to the right", "向右选择"),
    spec("select-up", Mode::Target, Command::Select(Move::Up), &["Shift+Up"], "select up a row", "向上选择"),
    spec("select-down", Mode::Target, Command::Select(Move::Down), &["Shift+Down"], "select down a row", "向下选择"),
    spec("select-word-left", Mode::Typing, Command::Select(Move::WordLeft), &["Ctrl+Shift+Left", "Alt+Shift+Left"],
        "select to the left by a word", "向左选词"),
    spec("select-word-right", Mode::Typing, Command::Select(Move::WordRight), &["Ctrl+Shift+Right", "Alt+Shift+Right"],
        "select to the right by a word", "向右选词"),
    spec("select-row-start", Mode::Typing, Command::Select(Move::RowStart), &["Shift+Home"], "select to the beginning of the row", "选到行首"),
    spec("select-row-end", Mode::Typing, Command::Select(Move::RowEnd), &["Shift+End"], "select to the end of the row", "选到行尾"),
    spec("select-all", Mode::Typing, Command::SelectAll, &["Alt+a"], "select all of the target", "全选"),
    spec("copy", Mode::Typing, Command::Copy, &["Alt+c"], "copy the selection to the terminal's clipboard (OSC 52)", "复制到终端的剪贴板（OSC 52）"),
    spec("cut", Mode::Typing, Command::Cut, &["Ctrl+X"], "cut the selection to the terminal's clipboard (OSC 52)", "剪切到终端的剪贴板（OSC 52）"),
    spec("backspace", Mode::Typing, Command::Backspace, &["Backspace", "Ctrl+H"], "delete to the left", "向左删除"),
    spec("delete", Mode::Typing, Command::Delete, &["Delete"], "delete to the right", "向右删除"),
    spec("kill-word", Mode::Typing, Command::KillWord, &["Ctrl+W", "Alt+Backspace", "Ctrl+Backspace"],
        "delete the word to the left: one Chinese word, not a whole run", "删除左边的词"),
    spec("kill-word-right", Mode::Typing, Command::KillWordRight, &["Alt+d", "Ctrl+Delete"], "delete the word to the right", "删除右边的词"),
    spec("kill-end", Mode::Typing, Command::KillEnd, &["Ctrl+K"], "delete to the end", "删到句尾"),
    spec("cancel", Mode::Target, Command::Close, &["Esc"],
        "drop the selection, then the filter", "取消"),
    spec("palette", Mode::Target, Command::Palette, &["Ctrl+P"],
        "find a command, a segment by its number, or a filter", "命令面板"),
    spec("deliver", Mode::Target, Command::Deliver, &["Ctrl+D"],
        "write the translated document", "交付译文"),
    spec("home", Mode::Target, Command::Home, &["Ctrl+O"],
        "back to the list of documents", "回到首页"),
    // in the source
    spec("target", Mode::Source, Command::SwitchSide, &["Tab", "Esc", "Enter"],
        "back to the target, the selection kept; so does typing", "回到译文"),
    spec("source-why", Mode::Source, Command::Why, &["?"], "say why", "为什么"),
    // home
    spec("open", Mode::Home, Command::Open, &["Enter"], "open what is selected", "打开"),
    spec("home-up", Mode::Home, Command::Up, &["Up", "k"], "up", "上"),
    spec("home-down", Mode::Home, Command::Down, &["Down", "j"], "down", "下"),
    spec("home-page-up", Mode::Home, Command::PageUp, &["PgUp"], "up a page", "上一页"),
    spec("home-page-down", Mode::Home, Command::PageDown, &["PgDn"], "down a page", "下一页"),
    spec("direction", Mode::Home, Command::Direction, &["t", "Tab"], "change the language the document is translated to", "翻译方向"),
    spec("home-concordance", Mode::Home, Command::Concordance, &["Ctrl+F", "/"], "search the memory", "语境检索"),
    spec("home-add-term", Mode::Home, Command::AddTerm, &["Ctrl+G"], "add a term", "添加术语"),
    spec("home-palette", Mode::Home, Command::Palette, &["Ctrl+P", ":"], "find a command", "命令面板"),
    spec("refresh", Mode::Home, Command::Refresh, &["Ctrl+R"], "look at the workspace's files again", "刷新"),
    spec("home-keys", Mode::Home, Command::Help, &["?", "F1"], "show the keys", "按键"),
    spec("stop-waiting", Mode::Home, Command::Close, &["Esc"],
        "stop waiting for an alignment or for proposals; else back to the open document", "不再等待"),
    spec("home-quit", Mode::Home, Command::Quit, &["q"], "leave", "退出"),
    // lists
    spec("choose", Mode::List, Command::Choose, &["Enter"], "take what is selected", "选定"),
    spec("list-up", Mode::List, Command::Up, &["Up", "Ctrl+P"], "up", "上"),
    spec("list-down", Mode::List, Command::Down, &["Down", "Ctrl+N"], "down", "下"),
    spec("list-page-up", Mode::List, Command::PageUp, &["PgUp"], "up a page", "上一页"),
    spec("list-page-down", Mode::List, Command::PageDown, &["PgDn"], "down a page", "下一页"),
    spec("list-mode", Mode::List, Command::CycleMode, &["Tab"], "concordance: exact, keywords, regular expression or pinyin", "检索方式"),
    spec("list-keys", Mode::List, Command::Help, &["F1"], "show the keys", "按键"),
    spec("list-close", Mode::List, Command::Close, &["Esc", "Ctrl+F"], "close", "关闭"),
    // forms
    spec("accept", Mode::Form, Command::Choose, &["Enter"], "save, or do it", "完成"),
    spec("next-field", Mode::Form, Command::NextField, &["Tab", "Down"], "next field", "下一项"),
    spec("previous-field", Mode::Form, Command::PreviousField, &["Shift+Tab", "Up"], "previous field", "上一项"),
    spec("form-close", Mode::Form, Command::Close, &["Esc"], "close without saving", "关闭"),
    // pages
    spec("page-close", Mode::Page, Command::Close, &["Esc", "q", "F1", "?"], "close", "关闭"),
    spec("page-accept", Mode::Page, Command::Choose, &["Enter"], "write what an import shows; else close", "写入或关闭"),
    spec("page-line-up", Mode::Page, Command::Up, &["Up", "k"], "up", "上"),
    spec("page-line-down", Mode::Page, Command::Down, &["Down", "j"], "down", "下"),
    spec("page-page-up", Mode::Page, Command::PageUp, &["PgUp"], "up a page", "上一页"),
    spec("page-page-down", Mode::Page, Command::PageDown, &["PgDn", "Space"], "down a page", "下一页"),
    spec("page-first", Mode::Page, Command::First, &["Home", "g"], "to the beginning", "开头"),
    spec("page-last", Mode::Page, Command::Last, &["End", "G"], "to the end", "末尾"),
    spec("import", Mode::Home, Command::Import, &["i"],
        "import a file into the glossary, after a look at what it would change", "导入术语"),
    // reviewing an alignment
    spec("align-pair", Mode::Home, Command::AlignPair, &["a"],
        "align the document with its translation, and review that", "对齐并审校"),
    spec("accept-next", Mode::Alignment, Command::AcceptAndGo, &["Enter"],
        "accept the bead and go to the next that is not accepted", "接受并到下一对"),
    spec("accept-bead", Mode::Alignment, Command::AcceptBead, &["a"],
        "accept the bead, or take that back", "接受"),
    spec("accept-sure", Mode::Alignment, Command::AcceptSure, &["A"],
        "accept all beads that score 0.9 or more", "接受得分0.9以上的各对"),
    spec("next-doubtful", Mode::Alignment, Command::NextDoubtful, &["n", "F8"],
        "go to the next doubtful bead", "下一个可疑的"),
    spec("previous-doubtful", Mode::Alignment, Command::PreviousDoubtful, &["N", "Shift+F8"],
        "go to the previous doubtful bead", "上一个可疑的"),
    spec("most-doubtful", Mode::Alignment, Command::MostDoubtful, &["w"],
        "go to the bead that is least likely right", "最可疑的"),
    spec("split-bead", Mode::Alignment, Command::Split, &["s"],
        "split the bead before the sentence", "拆分"),
    spec("merge-bead", Mode::Alignment, Command::Merge, &["m"],
        "merge the bead with the one below", "合并"),
    spec("shift-up", Mode::Alignment, Command::ShiftUp, &["u", "Alt+Up"],
        "move the sentence, and those before it, to the bead above", "移到上一对"),
    spec("shift-down", Mode::Alignment, Command::ShiftDown, &["d", "Alt+Down"],
        "move the sentence, and those after it, to the bead below", "移到下一对"),
    spec("pin", Mode::Alignment, Command::Pin, &["Space"],
        "pinpoint: on a sentence of each side, one after the other; the two become a fixed bead", "定锚"),
    spec("omit", Mode::Alignment, Command::Omit, &["o"],
        "the sentence has no counterpart, and that is right", "标为漏译"),
    spec("cut-sentence", Mode::Alignment, Command::CutSentence, &["e"],
        "cut the sentence in two", "切开句子"),
    spec("realign", Mode::Alignment, Command::Realign, &["r", "Ctrl+R"],
        "align the stretches between accepted and fixed beads anew", "重新对齐其余"),
    spec("to-memory", Mode::Alignment, Command::ToMemory, &["M"],
        "send beads to a memory, marked as aligned", "存入记忆库"),
    spec("review-undo", Mode::Alignment, Command::Undo, &["z", "Ctrl+Z"], "undo", "撤销"),
    spec("review-redo", Mode::Alignment, Command::Redo, &["y", "Ctrl+Y"], "redo", "重做"),
    spec("other-side", Mode::Alignment, Command::SwitchSide, &["Tab", "Left", "Right", "h", "l"],
        "go to the other side", "到另一侧"),
    spec("review-up", Mode::Alignment, Command::Up, &["Up", "k"], "a sentence up", "上"),
    spec("review-down", Mode::Alignment, Command::Down, &["Down", "j"], "a sentence down", "下"),
    spec("review-page-up", Mode::Alignment, Command::PageUp, &["PgUp"], "up a page", "上一页"),
    spec("review-page-down", Mode::Alignment, Command::PageDown, &["PgDn"], "down a page", "下一页"),
    spec("first-bead", Mode::Alignment, Command::First, &["Home", "g"], "to the first bead", "第一对"),
    spec("last-bead", Mode::Alignment, Command::Last, &["End", "G"], "to the last bead", "最后一对"),
    spec("review-palette", Mode::Alignment, Command::Palette, &["Ctrl+P", ":"], "find a command", "命令面板"),
    spec("review-keys", Mode::Alignment, Command::Help, &["?", "F1"], "show the keys", "按键"),
    spec("review-close", Mode::Alignment, Command::Close, &["q", "Esc", "Ctrl+O"],
        "save, and back to the list of documents", "回到首页"),
    // reviewing proposals
    spec("propose", Mode::Home, Command::Propose, &["p"],
        "propose terms from the document and its translation, or from the memory, and review them", "提取术语并审校"),
    spec("propose-work", Mode::Target, Command::Propose, &["Alt+p"],
        "propose terms from this document and what is translated of it, and review them", "提取术语并审校"),
    spec("propose-beads", Mode::Alignment, Command::Propose, &["p"],
        "propose terms from the beads that are accepted or likely right, and review them", "提取术语并审校"),
    spec("accept-term", Mode::Proposals, Command::AcceptTerm, &["Enter"],
        "accept the pair as a concept of the glossary, and go to the next open one", "接受并到下一条"),
    spec("accept-proposed", Mode::Proposals, Command::AcceptProposed, &["p"],
        "the same with the status `proposed`, for somebody else to agree", "以`proposed`状态接受，由他人定夺"),
    spec("edit-proposal", Mode::Proposals, Command::EditProposal, &["e"],
        "put both sides right, then accept", "修改后接受"),
    spec("turn-case", Mode::Proposals, Command::TurnCase, &["c"],
        "make the first letter of the English term small, or a capital", "首字母大小写"),
    spec("merge-term", Mode::Proposals, Command::MergeTerm, &["m"],
        "add it to a concept that is there: as a preferred, admitted or short form, or one never to be written", "并入已有概念"),
    spec("reject-term", Mode::Proposals, Command::RejectTerm, &["x", "Delete"],
        "reject the pair: it is not proposed again in this workspace", "拒绝"),
    spec("skip-proposal", Mode::Proposals, Command::Skip, &["Space", "s"],
        "leave it for later, and go to the next open one", "跳过"),
    spec("proposal-undo", Mode::Proposals, Command::Undo, &["z", "Ctrl+Z"],
        "take the last decision back, in the file too", "撤销"),
    spec("next-place", Mode::Proposals, Command::NextPlace, &["Right", "l"],
        "the next place that has the terms", "下一处"),
    spec("previous-place", Mode::Proposals, Command::PreviousPlace, &["Left", "h"],
        "the place before", "上一处"),
    spec("next-proposal", Mode::Proposals, Command::NextOpen, &["n"],
        "go to the next open one", "下一条未定的"),
    spec("proposal-up", Mode::Proposals, Command::Up, &["Up", "k"], "up", "上"),
    spec("proposal-down", Mode::Proposals, Command::Down, &["Down", "j"], "down", "下"),
    spec("proposal-page-up", Mode::Proposals, Command::PageUp, &["PgUp"], "up a page", "上一页"),
    spec("proposal-page-down", Mode::Proposals, Command::PageDown, &["PgDn"], "down a page", "下一页"),
    spec("first-proposal", Mode::Proposals, Command::First, &["Home", "g"], "to the first one", "第一条"),
    spec("last-proposal", Mode::Proposals, Command::Last, &["End", "G"], "to the last one", "最后一条"),
    spec("propose-anew", Mode::Proposals, Command::Refresh, &["Ctrl+R"],
        "propose from the same texts anew", "重新提取"),
    spec("filter-proposals", Mode::Proposals, Command::Filter, &["/"],
        "show only those with a word in them, or :open ones", "筛选"),
    spec("proposal-concordance", Mode::Proposals, Command::Concordance, &["Ctrl+F"],
        "search the memory for the Chinese term", "语境检索"),
    spec("proposal-palette", Mode::Proposals, Command::Palette, &["Ctrl+P", ":"], "find a command", "命令面板"),
    spec("proposal-keys", Mode::Proposals, Command::Help, &["?", "F1"], "show the keys", "按键"),
    spec("proposal-close", Mode::Proposals, Command::Close, &["q", "Esc", "Ctrl+O"],
        "back to where the proposals were asked for", "返回"),
    // everywhere
    spec("keys", Mode::Any, Command::Help, &["Alt+h", "F10"], "show the keys that work here", "按键"),
    spec("save", Mode::Any, Command::Save, &["Ctrl+S"], "save now (it happens by itself as well)", "保存"),
    spec("quit", Mode::Any, Command::Quit, &["Ctrl+Q"], "save and leave", "保存并退出"),
];

/// What happened.
#[derive(Debug)]
pub enum Action {
    /// A command was asked for.
    Command(Command),
    /// A command was chosen in the palette, with what it needs.
    Chosen(Choice),
    /// A character was typed.
    Type(char),
    /// A text was pasted.
    Paste(String),
    /// The screen is this large now: columns and rows.
    Resize(u16, u16),
    /// The mouse was pressed: column and row.
    Click(u16, u16),
    /// The wheel was turned: down or up.
    Wheel(bool),
    /// A pressed key that stands for nothing.
    Stray(KeyPress),
    /// A key that begins a longer run of keys was pressed.
    Pending(KeyPress),
    /// The time set by [`Effect::Wake`] has passed.
    Wake,
    /// The terminal is gone, or the system asks to end.
    HangUp,
    /// The terminal was asked, and speaks the kitty protocol or not; wide or narrow “ ”.
    Terminal {
        /// Whether it speaks the kitty protocol.
        kitty: bool,
        /// Its colors and widths.
        theme: Theme,
    },
    /// An answer of the worker.
    Answer(Answer),
}

/// What the palette can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// Run a command.
    Run(Command),
    /// Go to a segment (from 0).
    Segment(usize),
    /// Show only some segments.
    Filter(String),
}

/// What the worker found out or did.
#[derive(Debug)]
pub enum Answer {
    /// The workspace's documents, glossaries and memories.
    Surveyed(Survey),
    /// How far a document is.
    Measured(DocumentRow),
    /// The glossaries have been read, and what was wrong with them.
    Learned(Arc<Judge>, Vec<GlossaryRow>, Vec<Finding>),
    /// The memories have been opened, and what was wrong with them.
    Recalled(Vec<MemoryRow>, Vec<Finding>),
    /// The memories with their sizes, after something was kept.
    Weighed(Vec<MemoryRow>),
    /// A document was opened.
    Opened(Box<Session>, Vec<Finding>),
    /// What is offered for a segment.
    Suggested(usize, Box<Suggestions>),
    /// The findings of a segment with this target.
    Checked(usize, String, Vec<Finding>),
    /// The units with the query in them.
    Searched(Query, Result<Found, String>),
    /// How a phrase was rendered most often.
    Guessed(String, String),
    /// The work was written, or why not; what its file holds now.
    Saved(Box<Job>, Result<Work, String>),
    /// Entries were written to the memory, or why not, and then which are left.
    Remembered(Vec<Note>, Result<(), String>),
    /// A term was written, or why not; the glossaries now.
    TermSaved(Result<String, String>, Arc<Judge>, Vec<GlossaryRow>),
    /// The document was written, or why not.
    Delivered(Result<Delivery, String>),
    /// Lines that say why.
    Explained(Vec<String>),
    /// The rows of a glossary.
    Browsed(String, Vec<ConceptLine>),
    /// The review of an alignment was opened, or why not.
    Aligned(Ticket, Result<Box<Review>, String>, Vec<Finding>),
    /// The beads of the revision that was asked for, made anew.
    Realigned(u64, Result<Vec<Bead>, String>),
    /// The review of this file was written, or why not.
    ReviewSaved(PathBuf, Result<Box<review::Saved>, String>),
    /// Beads went to a memory: what is to be said.
    Sent(Result<String, String>),
    /// Proposals were gathered, or why not; what could not be read.
    Proposed(Ticket, Result<Box<List>, String>, Vec<String>),
    /// Where the terms of a proposal stand: its number, the terms asked for.
    Placed(usize, Box<Places>),
    /// A decision was written, or why not: of which proposal, what was written and what is to be
    /// said; the glossaries now, where they changed.
    Decided(
        usize,
        Result<(Option<Kept>, String), String>,
        Option<(Arc<Judge>, Vec<GlossaryRow>)>,
    ),
    /// A file was compared with the glossary, or imported, or why not.
    Imported(Ticket, Result<Imported, String>),
    /// Something that had to be done and could not.
    Failed(String),
}

/// What the workspace holds, as far as names tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Survey {
    /// The name of its folder.
    pub name: String,
    /// The documents, those worked on last first.
    pub documents: Vec<DocumentRow>,
    /// The glossaries.
    pub glossaries: Vec<GlossaryRow>,
    /// The memories.
    pub memories: Vec<MemoryRow>,
}

/// A document on the home screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRow {
    /// The file.
    pub path: PathBuf,
    /// Its name in the workspace.
    pub name: String,
    /// Whether work on it has begun.
    pub begun: bool,
    /// From which language, into what; unknown until it has been read.
    pub direction: Option<(Lang, Locale)>,
    /// Segments in all, drafts and confirmed ones; unknown until it has been read.
    pub progress: Option<Progress>,
    /// Why it cannot be read.
    pub trouble: Option<String>,
}

/// How far a document is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Segments.
    pub segments: usize,
    /// Of these, with a translation nobody has confirmed.
    pub drafts: usize,
    /// Of these, confirmed.
    pub confirmed: usize,
}

impl Progress {
    /// Counts a session's segments.
    pub fn of(session: &Session) -> Self {
        let mut progress = Self {
            segments: session.len(),
            ..Self::default()
        };
        for unit in &session.document.units {
            progress.confirmed += usize::from(unit.state.confirmed());
            progress.drafts += usize::from(unit.state == State::Draft);
        }
        progress
    }

    /// The confirmed share in percent; 100 only when all are.
    pub fn percent(self) -> usize {
        (self.confirmed * 100)
            .checked_div(self.segments)
            .unwrap_or(0)
    }
}

/// A glossary on the home screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GlossaryRow {
    /// The file.
    pub path: PathBuf,
    /// Its name.
    pub name: String,
    /// Its concepts; unknown until it has been read.
    pub concepts: Option<usize>,
}

/// A memory on the home screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemoryRow {
    /// Its name.
    pub name: String,
    /// Its units; unknown until it has been read.
    pub units: Option<usize>,
}

/// A concept in the glossary browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConceptLine {
    /// The Chinese terms, preferred first.
    pub zh: String,
    /// The English terms.
    pub en: String,
    /// What must not be written.
    pub avoid: String,
    /// Subject field, and where it stands.
    pub place: String,
    /// All of it, folded: what is typed is looked for in here.
    pub key: String,
    /// Its row.
    pub origin: Origin,
    /// Where it is one side of a conflict of a merge: the line of its first
    /// marker, and what taking this does.
    pub settles: Option<(u32, Take)>,
}

/// Something for the memory to keep or to forget.
#[derive(Debug, Clone, PartialEq)]
pub enum Note {
    /// A confirmed unit.
    Keep(Box<Entry>),
    /// A confirmation that was taken back.
    Forget(Key),
}

/// A change to a glossary.
#[derive(Debug, Clone, PartialEq)]
pub enum TermChange {
    /// A new concept.
    Add(Box<NewRow>),
    /// A further term of a concept: its row, the language, the column, the term.
    Append {
        /// `path:line` of the row.
        row: String,
        /// A term the row has: it is looked for where lines have moved.
        was: String,
        /// The language of the term.
        lang: Lang,
        /// The column.
        column: Column,
        /// The term.
        term: String,
    },
    /// A conflict of a merge, settled: its glossary, the line of its first marker, what is taken.
    Settle(PathBuf, u32, Take),
    /// A rendering never to be used: its row, the language, the term.
    Avoid {
        /// `path:line` of the row.
        row: String,
        /// A term the row has: it is looked for where lines have moved.
        was: String,
        /// The language of the term.
        lang: Lang,
        /// The term.
        term: String,
    },
}

/// A file that was compared with the glossary, or imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The file.
    pub path: PathBuf,
    /// What it would change, to read.
    pub lines: Vec<String>,
    /// That in a sentence.
    pub summary: String,
    /// Whether it would change anything.
    pub changes: bool,
    /// Whether it was written.
    pub written: bool,
}

/// A delivered document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The file written.
    pub path: PathBuf,
    /// Segments left in the source language.
    pub untranslated: usize,
}

/// The segment that suggestions are asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// The segment's number.
    pub unit: usize,
    /// Its source.
    pub text: String,
    /// The source before it.
    pub prev: String,
    /// The source after it.
    pub next: String,
    /// What the memory calls its document.
    pub document: String,
    /// The language it is in.
    pub from: Lang,
    /// What is written.
    pub to: Locale,
    /// The document's date.
    pub date: Option<jiff::civil::Date>,
}

/// A segment to check.
#[derive(Debug, Clone, PartialEq)]
pub struct Inspect {
    /// The segment's number.
    pub unit: usize,
    /// Its document.
    pub path: PathBuf,
    /// The line it begins on.
    pub line: u32,
    /// Its source.
    pub source: String,
    /// Its target.
    pub target: String,
    /// The language it is in.
    pub from: Lang,
    /// What is written.
    pub to: Locale,
    /// The document's date.
    pub date: Option<jiff::civil::Date>,
    /// The source before it.
    pub prev: String,
    /// The source after it.
    pub next: String,
}

/// Beads to be added to a memory.
#[derive(Debug)]
pub struct Sending {
    /// The alignment.
    pub alignment: Alignment,
    /// Which of its beads.
    pub least: Least,
    /// The memory's file, by its name in the workspace.
    pub memory: String,
    /// The language translated from.
    pub from: Lang,
    /// What the memory calls the document.
    pub document: String,
}

/// The number of something that may take long: whoever stops waiting for it drops the answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ticket(pub u32);

/// Two documents to be aligned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToAlign {
    /// One.
    pub first: PathBuf,
    /// Its translation; `None` for the one that its name or the workspace's patterns tell.
    pub second: Option<PathBuf>,
    /// How they are read.
    pub reading: Reading,
}

/// What terms are proposed from.
#[derive(Debug, Clone)]
pub enum ToPropose {
    /// Files, folders, pairs.
    Paths(intake::Ask),
    /// A document: with the work on it, else with its translation, else alone.
    Document(PathBuf),
    /// A memory, by its name.
    Memory(String),
    /// An alignment as it stands in its review, of two documents.
    Alignment(Box<Alignment>, Pair<PathBuf>),
}

/// What is asked of the worker, or of the loop around the screen.
#[derive(Debug)]
pub enum Effect {
    /// Look what the workspace holds.
    Survey,
    /// Read a document to see how far it is.
    Measure(DocumentRow),
    /// Open a document for translation.
    Open(PathBuf, Option<Locale>),
    /// Read the glossaries.
    Learn,
    /// Open the memories.
    Recall,
    /// Learn from a document's confirmed units which renderings it uses; whether it is another
    /// document than before.
    Use(Vec<(String, String)>, bool),
    /// Suggest. Only the newest counts.
    Suggest(Box<Ask>),
    /// Check a segment. Only the newest of a segment counts.
    Check(Box<Inspect>),
    /// Check a segment when there is nothing else to do.
    Review(Box<Inspect>),
    /// Search the memory. Only the newest counts.
    Search(Query),
    /// Guess how a phrase of this language is rendered, for a term that is being added.
    Guess(String, Lang),
    /// Keep and forget.
    Remember(Vec<Note>),
    /// Look whether the memory holds these, and remember those it does not.
    Mend(Vec<Entry>),
    /// Change a glossary.
    Term(TermChange),
    /// Say why: hits, findings and matches of a segment.
    Explain(Box<Inspect>),
    /// Read the rows of a glossary, or of all.
    Browse(Option<PathBuf>),
    /// Write the work file.
    Save(Box<Job>),
    /// Write the translated document: file, contents, untranslated segments, whether over one that is there.
    Deliver(PathBuf, Vec<u8>, usize, bool),
    /// Align two documents, and open the review of that.
    Align(Ticket, Box<ToAlign>),
    /// Align anew what is not fixed in this revision.
    Realign(Box<Alignment>, u64),
    /// Propose terms, and open the review of that.
    Propose(Ticket, Box<ToPropose>),
    /// Compare a file with the glossary; write as well, or only look.
    Import(Ticket, PathBuf, bool),
    /// Look where the terms of a proposal stand. Only the newest counts.
    Places(usize, Material, String, String),
    /// Write what was decided about a proposal.
    Decide(usize, Box<proposal::Choice>),
    /// Write the review.
    SaveReview(Box<review::Save>),
    /// Add beads to a memory.
    Send(Box<Sending>),
    /// Bring the index up to date.
    Tidy,
    /// Send [`Action::Wake`] after so many milliseconds, unless one is due earlier.
    Wake(u64),
    /// Put a text on the terminal's clipboard.
    Clipboard(String),
    /// End.
    Quit,
}

impl Effect {
    /// Whether it only touches files of the document, and so must never wait for
    /// an index being built.
    pub fn is_quick(&self) -> bool {
        matches!(
            self,
            Self::Survey
                | Self::Measure(_)
                | Self::Open(..)
                | Self::Save(..)
                | Self::SaveReview(_)
                | Self::Deliver(..)
        )
    }

    /// Whether it may take seconds, and so gets a thread of its own.
    pub fn is_long(&self) -> bool {
        matches!(
            self,
            Self::Align(..) | Self::Realign(..) | Self::Propose(..) | Self::Import(_, _, false)
        )
    }
}
