//! What a column of a glossary holds, by what its name says.

use crate::format::heading::{Heading, Kind};
use crate::glossary::columns::{self, Field, Slot, of_locale};
use crate::glossary::words::{self, Standing};
use crate::lang::{Lang, Locale};

/// The side of a translation, where a name does not say the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Side {
    /// What is translated.
    Source,
    /// The translation.
    Target,
}

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Role {
    /// A column of ours.
    Field(Field),
    /// Terms whose language the cells have to tell.
    Terms(Slot),
    /// Terms of a side, whose language the cells or a column of codes tells.
    Side(Side),
    /// The language of a side, row by row.
    Code(Side),
    /// The language of the row's only term.
    Language,
    /// Words about the standing of terms: of a language's, or of those to the left.
    TermStatus(Option<Lang>),
    /// Whether the row is forbidden: yes or no.
    Forbidden,
    /// Whether the row is agreed on: yes or no.
    Approved,
    /// Whether the row is not agreed on: yes or no.
    Fuzzy,
    /// What kind of term it is (acronym, full form): of a language's, or of those to the left.
    TermType(Option<Lang>),
    /// Whether the row's terms are left as they are: yes or no.
    Untranslated,
    /// Whether the row's terms are translated: yes or no.
    Translated,
    /// Whether terms are matched in a way that ours know: yes or no.
    Match(&'static str),
    /// What may be terms, of a language where it is named, by a name that is not understood whole.
    Unsure(Option<Lang>),
    /// Numbers of rows.
    Number,
    /// A third language, as it is named.
    Foreign,
    /// Something else.
    Unknown,
    /// Said to be left out.
    Skip,
}

impl Role {
    /// Whether it holds terms.
    pub(crate) fn is_terms(&self) -> bool {
        matches!(
            self,
            Self::Field(Field::Terms(..)) | Self::Terms(_) | Self::Side(_)
        )
    }

    /// Whether it holds terms or, by a name that is not understood whole, may hold them.
    pub(crate) fn may_be_terms(&self) -> bool {
        self.is_terms() || matches!(self, Self::Unsure(_))
    }

    /// The language of the terms that it holds or may hold, where the name says it.
    pub(crate) fn lang(&self) -> Option<Lang> {
        match self {
            Self::Field(Field::Terms(lang, _)) | Self::Unsure(Some(lang)) => Some(*lang),
            _ => None,
        }
    }
}

/// What a column's name says: its role, and which of several like columns it is (译名2).
pub(crate) fn role(name: &str) -> (Role, u32) {
    if let Some(field) = exact(name) {
        return (Role::Field(field), 1);
    }
    let words = Heading::of(name);
    if words.is_empty() || of_utx(name) {
        return (Role::Unknown, 1);
    }
    let kind = words.kind();
    let locale = words.locale();
    if locale.is_none() && kind != Some(Kind::Number) && words.foreign() {
        return (Role::Foreign, 1);
    }
    let number = words.number;
    let role = match (kind, locale) {
        (None, None) => Role::Unknown,
        (None, Some(_)) => terms(Kind::Term, &words),
        (
            Some(
                kind @ (Kind::Term
                | Kind::Source
                | Kind::Target
                | Kind::Admitted
                | Kind::Abbreviation
                | Kind::Avoid),
            ),
            _,
        ) => terms(kind, &words),
        // An entry's client or a country's code is no id.
        (Some(Kind::Id), _) if !is_id(&words) => Role::Unknown,
        (Some(kind), locale) => held(kind, locale),
    };
    (role, number)
}

/// What a column of terms holds: its name has to be understood whole, for one word more makes
/// their score or their region of them. A word that says how terms stand is understood.
fn terms(kind: Kind, name: &Heading) -> Role {
    if is_question(name) {
        return if kind == Kind::Avoid {
            Role::Forbidden
        } else {
            Role::Unknown
        };
    }
    let locale = name.locale();
    let rest = name.rest();
    let plain = matches!(kind, Kind::Term | Kind::Source | Kind::Target);
    let kind = match words::standing(&rest) {
        _ if rest.is_empty() => kind,
        Some(Standing::Admitted) if plain => Kind::Admitted,
        Some(Standing::Preferred | Standing::Admitted) => kind,
        Some(Standing::Avoid(_) | Standing::Superseded) => Kind::Avoid,
        Some(Standing::Proposed | Standing::Untranslated) | None => {
            return Role::Unsure(locale.map(Locale::lang));
        }
    };
    held(kind, locale)
}

/// Whether a name with a word for ids says that its column has those of entries.
fn is_id(name: &Heading) -> bool {
    #[rustfmt::skip]
    let surely = [
        "id", "uid", "termuid", "guid", "uuid", "identifier", "编号", "編號", "条目号", "條目號", "概念号",
    ];
    name.any(&surely) || name.rest().is_empty()
}

/// What in a name is not understood, as a remark on its column, and what is to be done.
pub(super) fn unclear(name: &str, lang: Option<Lang>) -> String {
    let rest = Heading::of(name).rest();
    let column = match lang {
        Some(Lang::Zh) => "zh_admitted",
        Some(Lang::En) => "en_admitted",
        None => "note",
    };
    format!("“{rest}” in its name is not understood; --map {column}=… takes it")
}

/// The column of ours that a misspelt name was probably meant to be, as it was meant to be spelt.
pub(super) fn misspelt(name: &str) -> Option<String> {
    let rest = Heading::of(name).rest();
    let unknown = rest
        .split(' ')
        .filter(|word| word.is_ascii() && word.len() > 4);
    let mut near =
        unknown.filter_map(|word| Some((word, columns::nearest(word, Heading::known())?)));
    let (word, meant) = near.next()?;
    let right = name.to_lowercase().replace(word, meant);
    let known = match role(&right).0 {
        Role::Field(field) => columns::name(field),
        Role::Unknown | Role::Unsure(_) => return None,
        _ => "…",
    };
    Some(format!("is it “{right}”? --map {known}=… takes it"))
}

/// A name that is ours, but for those that mean other things elsewhere.
fn exact(name: &str) -> Option<Field> {
    let field = columns::field(name)?;
    let doubtful = matches!(
        field,
        Field::Source
            | Field::Status
            | Field::Type
            | Field::Id
            | Field::Good
            | Field::Bad
            | Field::Match
    );
    (!doubtful).then_some(field)
}

/// What a column holds beside those that are named as ours are. Those of terms have
/// their names; what is said of terms, and remarks of any kind, may have others.
pub(super) fn beside(name: &str) -> Role {
    match role(name).0 {
        role @ (Role::TermStatus(_)
        | Role::Forbidden
        | Role::Fuzzy
        | Role::Untranslated
        | Role::Translated
        | Role::Match(_)
        | Role::TermType(_)
        | Role::Number
        | Role::Foreign
        | Role::Field(
            Field::Definition
            | Field::Note
            | Field::Subject
            | Field::Source
            | Field::ValidFrom
            | Field::ValidTo
            | Field::Updated
            | Field::By,
        )) => role,
        _ => Role::Unknown,
    }
}

/// Whether a name is a question, whose answers are no terms.
pub(super) fn asks(name: &str) -> bool {
    is_question(&Heading::of(name))
}

fn is_question(name: &Heading) -> bool {
    name.any(&["是否", "is"])
}

/// Whether a column of dates or persons says less than others who changed a concept last and
/// when: who made it or agreed on it.
pub(super) fn of_making(name: &str) -> bool {
    #[rustfmt::skip]
    let making = [
        "creation", "created", "added", "entered", "approved", "approval", "approver", "reviewed", "reviewer", "review",
        "verified", "confirmed", "validated", "translated", "translator", "author", "创建", "新建", "建立", "录入",
        "添加", "批准", "确认", "審核", "审核", "审定", "作者", "译者",
    ];
    Heading::of(name).any(&making)
}

/// Whether a name says that its column is Mainland China's or in simplified characters.
pub(super) fn of_mainland(name: &str) -> bool {
    #[rustfmt::skip]
    let mainland = ["大陆", "大陸", "内地", "內地", "mainland", "prc", "简体", "簡體", "简中", "simplified", "hans", "cn", "chs", "sc"];
    Heading::of(name).any(&mainland)
}

/// Whether a name is one of a status, whatever words are below it.
pub(super) fn of_status(name: &str) -> bool {
    let name = name.to_lowercase();
    let named = ["status", "状态", "狀態"];
    named.iter().any(|part| name.contains(part))
}

/// Whether a name is that of how terms are used, which programs give a standing or a sentence.
pub(super) fn of_usage(name: &str) -> bool {
    Heading::of(name).any(&["usage"])
}

/// What a column of terms holds whose name says that they are forbidden: those to avoid.
pub(super) fn avoided(name: &str) -> Role {
    held(Kind::Avoid, Heading::of(name).locale())
}

/// What yes and no mean below a name that speaks of approval: that the row is agreed on, or not yet.
pub(super) fn of_approval(name: &str) -> Option<Role> {
    let words = Heading::of(name);
    let approval = [
        "审",
        "審",
        "批准",
        "通过",
        "通過",
        "确认",
        "確認",
        "approved",
        "verified",
        "confirmed",
        "reviewed",
        "validated",
        "accepted",
        "unapproved",
        "unverified",
        "unconfirmed",
        "unreviewed",
    ];
    let open = [
        "未",
        "待",
        "需",
        "not",
        "non",
        "to be",
        "need",
        "needs",
        "pending",
        "unapproved",
        "unverified",
        "unconfirmed",
        "unreviewed",
    ];
    let open = words.any(&open);
    let role = if open { Role::Fuzzy } else { Role::Approved };
    words.any(&approval).then_some(role)
}

/// Whether a name says that the column is something a glossary has no place for.
pub(super) fn is_other(name: &str) -> bool {
    Heading::of(name).kind() == Some(Kind::Other)
}

/// Whether a name says that the column's ids are those of concepts, and no numbers of rows.
pub(super) fn of_concepts(name: &str) -> bool {
    let name = Heading::of(name);
    let concepts = ["concept", "conceptid", "entry id", "entryid", "概念"];
    name.any(&concepts)
}

/// Whether a name calls its column a source.
pub(super) fn of_origin(name: &str) -> bool {
    Heading::of(name).kind() == Some(Kind::Source)
}

/// Whether a name is that of a column that UTX lets describe one side's term (`src:plural`).
fn of_utx(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    name.starts_with("src:") || name.starts_with("tgt:")
}

/// Whether a name is that of UTX's column of word classes (noun, verb), which
/// tell homonyms apart there; elsewhere they only describe.
pub(super) fn of_word_classes(name: &str) -> bool {
    name.trim().eq_ignore_ascii_case("src:pos")
}

/// What a kind of column holds, in the language that the name says.
fn held(kind: Kind, locale: Option<Locale>) -> Role {
    let slot = |slot| match locale {
        Some(locale) => Role::Field(of_locale(locale, slot)),
        None => Role::Terms(slot),
    };
    let lang = locale.map(Locale::lang);
    match kind {
        Kind::Term => slot(Slot::Preferred),
        Kind::Admitted => slot(Slot::Admitted),
        Kind::Abbreviation => slot(Slot::Abbreviation),
        Kind::Avoid => slot(Slot::Avoid),
        Kind::Source | Kind::Target if locale.is_some() => slot(Slot::Preferred),
        Kind::Source => Role::Side(Side::Source),
        Kind::Target => Role::Side(Side::Target),
        Kind::Definition => Role::Field(Field::Definition),
        Kind::Note => Role::Field(Field::Note),
        Kind::Subject => Role::Field(Field::Subject),
        Kind::Status => Role::TermStatus(lang),
        Kind::Forbidden => Role::Forbidden,
        Kind::Fuzzy => Role::Fuzzy,
        Kind::TermType => Role::TermType(lang),
        Kind::Type => Role::Field(Field::Type),
        Kind::Id => Role::Field(Field::Id),
        Kind::Number => Role::Number,
        Kind::Document => Role::Field(Field::Source),
        Kind::ValidFrom => Role::Field(Field::ValidFrom),
        Kind::ValidTo => Role::Field(Field::ValidTo),
        Kind::Updated => Role::Field(Field::Updated),
        Kind::By => Role::Field(Field::By),
        Kind::Language => Role::Language,
        Kind::SourceCode => Role::Code(Side::Source),
        Kind::TargetCode => Role::Code(Side::Target),
        Kind::Untranslatable => Role::Untranslated,
        Kind::Translatable => Role::Translated,
        Kind::MatchCase => Role::Match("case"),
        Kind::MatchExact => Role::Match("exact"),
        Kind::Other => Role::Unknown,
    }
}

#[cfg(test)]
mod tests;
