//! The table of commands, which is data: key bindings, the help screen, the
//! palette and `docs/keys.md` are all made from it.

use crate::tui::line::Move;

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
