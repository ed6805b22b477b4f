//! Forms and what they may mean, as they lie in the tables.

use super::forms::How;
use crate::glossary::ConceptId;
use crate::kept::{Record, u32_at};
use crate::model::concept::{MatchMode, TermStatus};

/// What a form may mean: a term, and how the form was made from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FormSense {
    /// In a table, its number in the part of the glossary.
    pub concept: ConceptId,
    pub term: u16,
    pub how: How,
    pub matching: MatchMode,
    pub status: TermStatus,
    /// Whether capitals have to be compared.
    pub cased: bool,
    /// The number of hyphens of the form.
    pub hyphens: u8,
}

impl FormSense {
    /// The same, of a part whose first concept has this number.
    #[inline]
    pub(super) fn of(self, first: u32) -> Self {
        Self {
            concept: ConceptId(self.concept.0.wrapping_add(first)),
            ..self
        }
    }
}

/// A distinct folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FormEntry {
    /// Its text: from here to where that of the next form begins.
    pub text: u32,
    /// Its first sense; nearly all forms have no other.
    pub sense: FormSense,
    /// Its other senses: from here to where those of the next form begin.
    pub senses: u32,
    /// The longest other form that it begins with; [`NONE`] where there is none.
    pub parent: u32,
    /// The number of characters of a form of one or two Han characters; else 0.
    pub short: u8,
    /// Whether a term has it as a prefix.
    pub prefix: bool,
    /// Whether it has more than one sense.
    pub several: bool,
}

/// No form.
pub(super) const NONE: u32 = u32::MAX;

const HOWS: [How; 5] = [
    How::Itself,
    How::Inflected,
    How::Spacing,
    How::Regional,
    How::Marks,
];
const MATCHES: [MatchMode; 5] = [
    MatchMode::Auto,
    MatchMode::Exact,
    MatchMode::Case,
    MatchMode::Strict,
    MatchMode::Prefix,
];
const STATUSES: [TermStatus; 4] = [
    TermStatus::Preferred,
    TermStatus::Admitted,
    TermStatus::Deprecated,
    TermStatus::Superseded,
];

/// The place of a value in its list.
fn code<T: PartialEq>(all: &[T], one: &T) -> u8 {
    all.iter().position(|other| other == one).unwrap_or(0) as u8
}

/// The value at a place of its list.
#[inline]
fn value<T: Copy>(all: &[T], code: u8, default: T) -> T {
    all.get(usize::from(code)).copied().unwrap_or(default)
}

impl Record for FormSense {
    const SIZE: usize = 12;

    #[inline]
    fn read(bytes: &[u8]) -> Self {
        let more = u32_at(bytes, 8).to_le_bytes();
        let bits = more[1];
        Self {
            concept: ConceptId(u32_at(bytes, 0)),
            term: u32_at(bytes, 4) as u16,
            hyphens: more[0],
            how: value(&HOWS, bits & 7, How::Itself),
            matching: value(&MATCHES, (bits >> 3) & 7, MatchMode::Auto),
            status: value(&STATUSES, bits >> 6, TermStatus::Preferred),
            cased: more[2] != 0,
        }
    }

    fn write(self, to: &mut Vec<u8>) {
        let (how, matching) = (code(&HOWS, &self.how), code(&MATCHES, &self.matching));
        let bits = how | matching << 3 | code(&STATUSES, &self.status) << 6;
        to.extend_from_slice(&self.concept.0.to_le_bytes());
        to.extend_from_slice(&u32::from(self.term).to_le_bytes());
        to.extend([self.hyphens, bits, u8::from(self.cased), 0]);
    }
}

impl Record for FormEntry {
    /// Half of a cache line, so that none lies in two.
    const SIZE: usize = 32;

    #[inline]
    fn read(bytes: &[u8]) -> Self {
        let [short, flags, ..] = u32_at(bytes, 24).to_le_bytes();
        Self {
            text: u32_at(bytes, 0),
            senses: u32_at(bytes, 4),
            parent: u32_at(bytes, 8),
            sense: FormSense::read(bytes.get(12..24).unwrap_or_default()),
            short,
            prefix: flags & 1 != 0,
            several: flags & 2 != 0,
        }
    }

    fn write(self, to: &mut Vec<u8>) {
        for number in [self.text, self.senses, self.parent] {
            to.extend_from_slice(&number.to_le_bytes());
        }
        self.sense.write(to);
        let flags = u8::from(self.prefix) | u8::from(self.several) << 1;
        to.extend([self.short, flags, 0, 0, 0, 0, 0, 0]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for (how, matching) in HOWS.into_iter().zip(MATCHES) {
            for status in STATUSES {
                let sense = FormSense {
                    concept: ConceptId(0x0102_0304),
                    term: 0x0506,
                    how,
                    matching,
                    status,
                    cased: status == TermStatus::Admitted,
                    hyphens: 200,
                };
                let entry = FormEntry {
                    text: 7,
                    sense,
                    senses: 8,
                    parent: NONE,
                    short: 2,
                    prefix: how == How::Marks,
                    several: how == How::Itself,
                };
                let mut bytes = Vec::new();
                entry.write(&mut bytes);
                assert_eq!(bytes.len(), FormEntry::SIZE);
                assert_eq!(FormEntry::read(&bytes), entry);
                let mut bytes = Vec::new();
                sense.write(&mut bytes);
                assert_eq!(bytes.len(), FormSense::SIZE);
                assert_eq!(FormSense::read(&bytes), sense);
            }
        }
    }
}
