//! Full stops that shorten a word, and the doubt they leave.
//!
//! An entry written with a capital matches only so (`Sun.` but not `sun.`);
//! one in lower case matches both.

/// Always followed by what they belong to.
const TITLES: &[&str] = &[
    "Dr", "Mr", "Mrs", "Ms", "Messrs", "Prof", "Gen", "Sen", "Sens", "Rep", "Reps", "Gov", "Lt",
    "Col", "Capt", "Cpt", "Cmdr", "Sgt", "Adm", "Maj", "Hon", "Rev", "St", "Ste", "Mt", "Ft",
    "Pres", "Amb", "Supt", "Exec", "Pub", "e.g", "i.e", "eg", "ie", "cf", "viz", "vs", "approx",
    "ca", "incl", "esp", "resp",
];

/// Followed by a number, or else ordinary words that may end a sentence.
const NUMBERED: &[&str] = &[
    "No", "Nos", "no", "nos", "Fig", "Figs", "fig", "figs", "Sec", "Secs", "sec", "Sect", "Art",
    "Arts", "art", "arts", "Ch", "ch", "Chap", "Vol", "vol", "vols", "Para", "para", "paras", "p",
    "pp", "Pt", "pt", "Eq", "eq", "Tab", "Reg", "Regs", "Stat", "Res", "Doc", "App", "Annex", "n",
    "nn",
];

/// May stand inside a sentence or end it: only a word that begins sentences settles it.
const DOUBTFUL: &[&str] = &[
    "Inc", "Ltd", "Co", "Cos", "Corp", "plc", "Bros", "Assn", "Dept", "dept", "Univ", "Inst",
    "Intl", "Natl", "Govt", "Jr", "Sr", "Ph.D", "Esq", "a.m", "p.m", "al", "cit", "ibid", "id",
    "ed", "eds", "est", "Fed", "Cong", "Rec", "Supp", "Ave", "Blvd", "Rd", "Jan", "Feb", "Mar",
    "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec", "Mon", "Tue", "Tues", "Wed",
    "Thu", "Thurs", "Fri", "Sat", "Sun", "Calif", "Mass", "Conn", "Fla", "Tex", "Ariz", "Colo",
    "Ill", "Mich", "Minn", "Pa", "Va", "Wash", "Okla", "Ore", "Wis", "Tenn", "Md", "Ga", "Del",
    "Nev", "spp", "sp", "subsp", "var", "max", "min", "avg", "ext", "tel",
];

/// Months, whose day may end the sentence.
const MONTHS: &[&str] = &[
    "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec",
];

/// Capitalized words that begin sentences and hardly ever follow an abbreviation within one.
const STARTERS: &[&str] = &[
    "The",
    "This",
    "That",
    "These",
    "Those",
    "It",
    "Its",
    "In",
    "On",
    "At",
    "By",
    "For",
    "From",
    "With",
    "Without",
    "To",
    "And",
    "But",
    "Or",
    "So",
    "If",
    "When",
    "While",
    "Where",
    "As",
    "After",
    "Before",
    "Since",
    "Until",
    "During",
    "Under",
    "Over",
    "Between",
    "He",
    "She",
    "They",
    "We",
    "You",
    "I",
    "His",
    "Her",
    "Their",
    "Our",
    "Your",
    "My",
    "There",
    "Here",
    "However",
    "Moreover",
    "Furthermore",
    "Meanwhile",
    "Although",
    "Though",
    "Because",
    "Each",
    "Every",
    "All",
    "Both",
    "Many",
    "Most",
    "Some",
    "Several",
    "Such",
    "No",
    "Not",
    "Only",
    "Once",
    "Now",
    "Then",
    "Thus",
    "Therefore",
    "Also",
    "Yet",
    "What",
    "Who",
    "Why",
    "How",
    "Which",
    "Another",
    "Other",
    "A",
    "An",
    "One",
    "Let",
    "Please",
    "Nevertheless",
    "According",
    "Despite",
    "Through",
    "Within",
    "Among",
    "Instead",
    "Today",
    "Later",
    "Last",
    "Next",
    "Even",
    "Just",
    "Nor",
    "Whether",
    "Additionally",
    "Finally",
    "Is",
    "Are",
    "Was",
    "Were",
    "Do",
    "Does",
    "Did",
    "Has",
    "Have",
    "Had",
    "Will",
    "Would",
    "Can",
    "Could",
    "Should",
    "May",
    "Must",
];

/// Divisions of a law whose number is followed by a full stop and a heading.
pub(super) const DIVISIONS: &[&str] = &[
    "Section", "Sec.", "Article", "Art.", "Chapter", "Part", "Title", "Rule", "Appendix", "Annex",
    "SECTION", "ARTICLE",
];

/// Verbs that end an attribution in Chinese, in both scripts.
pub(super) const SPEECH_ZH: &[&str] = &[
    "说", "說", "说道", "說道", "问", "問", "问道", "問道", "答", "答道", "喊", "喊道", "笑道",
    "叹道", "嘆道", "写道", "寫道", "称", "稱", "表示", "指出", "强调", "強調", "补充", "補充",
    "回应", "回應", "回答", "评论", "評論", "警告", "承认", "承認",
];

/// Verbs of an attribution in English.
pub(super) const SPEECH_EN: &[&str] = &[
    "said",
    "says",
    "asked",
    "asks",
    "replied",
    "added",
    "wrote",
    "told",
    "continued",
    "noted",
    "answered",
    "warned",
];

/// Whether `word` (perhaps with a mark after it) is one that begins sentences.
pub(super) fn is_starter(word: &str) -> bool {
    let word = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    let word = word.split(['\'', '’']).next().unwrap_or(word);
    STARTERS.contains(&word)
}

/// Whether the full stop after `word` leaves its sentence open, given the next word and the
/// character it begins with; `numbered` where that is the number of an item (`4.`).
pub(super) fn joins(word: &str, following: &str, next: char, numbered: bool) -> bool {
    let word = word.trim_start_matches('.');
    let listed =
        |list: &[&str]| list.contains(&word) || list.contains(&word.to_lowercase().as_str());
    // on Nov. 24. is a day, and no item
    let starter = is_starter(following) || numbered && !MONTHS.contains(&word);
    if word.is_empty() {
        false
    } else if listed(TITLES) {
        true
    } else if listed(NUMBERED) {
        let roman = !following.is_empty() && following.chars().all(|c| "IVXLC".contains(c));
        next.is_numeric() || next == '§' || roman || following.len() == 1 && !starter
    } else if word == "etc" {
        false // the next word is known to be capitalized, a mark or a number
    } else if listed(DOUBTFUL) || is_initials(word) {
        !starter
    } else {
        false
    }
}

/// `U.S`, `J.K`, `D.C`, `J`, `v`: single letters with full stops between.
fn is_initials(word: &str) -> bool {
    word.split('.').all(|part| {
        let mut letters = part.chars();
        letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
    })
}
