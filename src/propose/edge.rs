//! Where a term may begin and end.

use crate::text::chars::is_han;
use crate::text::fold::fold;

/// English words no term begins or ends with.
#[rustfmt::skip]
const EN: &[&str] = &[
    "a", "about", "above", "after", "again", "against", "all", "also", "although", "an", "and",
    "any", "are", "as", "at", "be", "been", "before", "being", "between", "both", "but", "by",
    "can", "could", "did", "do", "does", "during", "each", "either", "etc", "for", "from", "had",
    "has", "have", "he", "her", "his", "how", "however", "i", "if", "in", "into", "is", "it",
    "its", "made", "make", "may", "might", "more", "most", "must", "my", "no", "nor", "not", "of",
    "on", "one", "only", "or", "other", "our", "out", "over", "per", "s", "shall", "she",
    "should", "since", "so", "some", "such", "than", "that", "the", "their", "them", "then",
    "there", "these", "they", "this", "those", "through", "to", "under", "up", "upon", "very",
    "was", "we", "were", "what", "when", "where", "whether", "which", "while", "who", "whose",
    "will", "with", "within", "without", "would", "year", "years", "you", "your", "including",
    "include", "includes", "said", "says", "several", "many", "various", "respectively",
    "according", "based", "due", "following", "continued", "mr", "mrs", "ms", "new", "two",
    "three", "four", "five", "six", "seven", "eight", "nine", "ten", "first", "second", "third",
    "january", "february", "march", "april", "june", "july", "august", "september", "october",
    "november", "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
    "sunday", "use", "used", "using", "provide", "provides", "provided", "ensure", "promote",
    "remain", "remained", "increase", "increased", "well", "further", "among", "because", "like",
    "much", "us", "own", "same", "held", "set", "given", "take", "taken", "led", "million",
    "billion", "trillion", "percent",
];

/// Chinese words no term begins or ends with.
#[rustfmt::skip]
const ZH: &[&str] = &[
    "的", "了", "着", "过", "和", "与", "及", "以及", "并", "并且", "而", "或", "或者", "但",
    "但是", "是", "为", "将", "会", "要", "应", "应当", "可", "可以", "可能", "能", "能够", "不",
    "没有", "没", "未", "从", "自", "由", "被", "对", "对于", "向", "到", "至", "给", "以", "用",
    "通过", "关于", "就", "根据", "按照", "因为", "因此", "如果", "当", "时", "后", "前", "以来",
    "之间", "间", "中", "里", "内", "下", "我", "我们", "你", "您", "他", "她", "它", "他们",
    "它们", "其", "这", "这些", "此", "该", "那", "那些", "有", "也", "还", "都", "已", "已经",
    "一个", "等", "所", "什么", "谁", "如何", "在", "于", "之", "把", "让", "使", "令", "叫",
    "称", "称为", "名为", "叫做", "命名", "例如", "比如", "如", "包括", "包含", "使用", "采用",
    "进行", "各", "每", "某", "另", "另外", "其他", "其它", "其中", "更", "最", "很", "非常",
    "较", "十分", "仍", "仍然", "亦", "只", "又", "再", "才", "却", "则", "即", "若", "虽然",
    "由于", "随着", "作为", "成为", "具有", "以下", "以上", "一些", "多", "多个", "数", "几",
    "两", "个", "项", "条", "次", "名", "位", "年", "月", "日", "家", "种", "类", "年内", "同时",
    "有关", "相关", "及其", "需要", "必须", "得到", "受到", "提供", "继续", "透过", "藉", "藉此",
    "年度", "本", "是否", "曾", "曾经", "现", "现在", "目前", "今年", "去年", "分别", "包", "括",
    "经", "经过", "加强", "推动", "促进", "增加", "减少", "提高", "保持", "维持", "导致", "造成",
    "引起", "发生", "出现", "发现", "表示", "指出", "认为", "宣布", "称作", "人们", "介绍",
    "前往", "位于", "来自", "属于", "存在", "负责", "一种", "一项", "这种", "这个", "那个",
    "一次", "上", "称之为", "即为", "俗称", "简称", "又称", "也称", "又名", "统称", "全称",
    "一旦", "尤其", "特别", "比", "跟", "同", "往", "因", "因而", "所以", "不过", "然而", "甚至",
    "并非", "正在", "正式", "启动", "签署", "发布", "公布", "提出", "修订", "提交", "设立",
    "成立", "建立", "加入", "参加", "出席", "担任", "访问", "依据", "依照", "依", "针对", "鉴于",
    "截至", "写", "写成", "写作", "译为", "译成", "译作", "叫作", "指", "指的是", "是指", "所谓",
    "号称", "又叫", "也叫", "誉为",
];

/// Chinese words that may be the first part of one: 可移植.
const PREFIXES: &[&str] = &[
    "可", "不", "未", "每", "多", "再", "最", "前", "后", "次", "类", "上", "下", "中", "内",
];

/// Of the Chinese words no term begins with, the verbs that terms have inside: 发布日期.
#[rustfmt::skip]
const CONTENT: &[&str] = &[
    "加强", "推动", "促进", "增加", "减少", "提高", "保持", "维持", "发现", "发布", "公布", "提出",
    "修订", "提交", "启动", "签署", "设立", "成立", "建立", "访问", "提供", "继续",
];

/// English words that no term has inside: a clause has them.
const CLAUSE: &[&str] = &[
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "being",
    "has",
    "have",
    "had",
    "will",
    "would",
    "can",
    "could",
    "may",
    "might",
    "shall",
    "should",
    "must",
    "that",
    "which",
    "who",
    "whose",
    "this",
    "these",
    "those",
    "it",
    "they",
    "their",
    "we",
    "he",
    "she",
    "if",
    "when",
    "while",
    "than",
    "because",
    "continued",
    "continues",
    "continue",
    "remained",
    "remains",
    "made",
];

/// What is counted by the ten thousand: money, most of all. 千人 begins a name.
#[rustfmt::skip]
const COUNTED: &[&str] =
    &["元", "美元", "欧元", "日元", "港元", "英镑", "人民币", "人次", "吨"];

/// Words in capitals that are empty words in small letters.
const CAPITALS: &[&str] = &["US", "IT", "WHO"];

/// Words in -ly that are no adverbs.
const LY: &[&str] = &[
    "family",
    "supply",
    "assembly",
    "monthly",
    "quarterly",
    "weekly",
    "daily",
    "yearly",
    "half-yearly",
    "elderly",
    "friendly",
    "early",
    "anomaly",
    "monopoly",
    "reply",
    "italy",
    "butterfly",
    "hourly",
    "costly",
    "deadly",
    "orderly",
    "scholarly",
    "bodily",
];

/// Whether an English word (small letters) may begin or end a term.
pub(super) fn en(word: &str) -> bool {
    let word = word.strip_suffix("'s").unwrap_or(word);
    let adverb = word.len() > 5 && word.ends_with("ly") && !LY.contains(&word);
    word.starts_with(char::is_alphabetic) && !EN.contains(&word) && word.len() > 1 && !adverb
}

/// Whether an English word as it is written may begin or end a term.
pub(super) fn written(word: &str) -> bool {
    CAPITALS.contains(&word) || en(&fold(word))
}

/// Whether an English word (small letters) is of a clause and no term.
pub(super) fn breaks(word: &str) -> bool {
    CLAUSE.contains(&word)
}

/// Whether an English word (small letters) begins no term, even where it renders a part of one.
pub(super) fn grammar(word: &str) -> bool {
    #[rustfmt::skip]
    const MORE: &[&str] = &[
        "a", "an", "as", "at", "but", "by", "from", "he", "his", "its", "not", "or", "our", "such",
        "with", "you", "your",
    ];
    (breaks(word) && word != "made") || connects(word) || MORE.contains(&word)
}

/// Whether an English word holds the parts of a name together.
pub(super) fn connects(word: &str) -> bool {
    ["of", "and", "the", "for", "on", "in", "to"].contains(&word)
}

/// Whether a Chinese word is of a clause and no term, wherever it stands.
pub(super) fn breaks_zh(word: &str) -> bool {
    word != "的" && cuts(word)
}

/// Whether a Chinese word (folded) may begin or end a term.
pub(super) fn zh(word: &str) -> bool {
    let digit = word.starts_with(|c: char| c.is_numeric());
    // 亿美元 is a figure cut in two, which stands before it.
    let counted = word.trim_start_matches(['十', '百', '千', '万', '亿']);
    let amount = counted.len() < word.len() && COUNTED.contains(&counted);
    !digit
        && !amount
        && !ZH.contains(&word)
        && !word
            .chars()
            .all(|c| "一二三四五六七八九十百千万亿零两".contains(c))
}

/// Whether a Chinese word cuts a term off wherever it stands.
pub(super) fn cuts(word: &str) -> bool {
    !zh(word)
        && ![
            "和", "与", "及", "以及", "之", "中", "上", "下", "内", "前", "后", "间", "会", "年",
            "家", "名", "类", "多", "为", "经", "本", "同",
        ]
        .contains(&word)
        && word.contains(is_han)
}

/// Whether a Chinese word holds two of a kind together, of which a term may be the second or both.
pub(super) fn joins(word: &str) -> bool {
    ["和", "与", "及", "以及", "或", "至", "跟", "同"].contains(&word)
}

/// Whether a term begins behind a Chinese word: one of grammar, or a verb that says what comes.
pub(super) fn introduces(word: &str) -> bool {
    cuts(word) && empty(word) && !joins(word)
}

/// Whether a Chinese word is no part of a term wherever it stands: 发布 and 可 are one in 发布日期 and 可移植.
pub(super) fn empty(word: &str) -> bool {
    ZH.contains(&word) && !CONTENT.contains(&word) && !PREFIXES.contains(&word)
}

/// Whether a Chinese word is the rest of one before it.
pub(super) fn suffix(word: &str) -> bool {
    ["型", "性", "化", "者", "式", "们", "儿", "样", "率", "度"].contains(&word)
}
