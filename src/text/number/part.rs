//! What the readers of both languages put together: quantities by characters.

use super::text::Text;
use super::{Decimal, Form, Kind, Quantity, Relation, Value};

/// What was read at one place.
pub(super) struct Reading {
    pub(super) parts: Vec<Part>,
    /// Where reading goes on.
    pub(super) end: usize,
}

/// A quantity by characters.
#[derive(Clone, Copy)]
pub(super) struct Part {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
    pub(super) value: Value,
    pub(super) relation: Option<Relation>,
    pub(super) ambiguous: bool,
    pub(super) soft: bool,
    pub(super) form: Form,
}

impl Part {
    pub(super) fn new(start: usize, end: usize, kind: Kind, value: Value) -> Self {
        Self {
            start,
            end,
            kind,
            value,
            relation: None,
            ambiguous: false,
            soft: false,
            form: Form::Usual,
        }
    }

    /// A part whose value is a whole number.
    pub(super) fn of(start: usize, end: usize, kind: Kind, value: i64) -> Self {
        Self::new(start, end, kind, Value::One(value.into()))
    }

    /// The range from this to `last`, of what `last` counts.
    pub(super) fn up_to(self, last: &Self, low: Decimal, high: Decimal) -> Self {
        Self {
            end: last.end,
            kind: last.kind,
            value: Value::Range(low, high),
            ambiguous: last.ambiguous,
            soft: false,
            form: last.form,
            ..self
        }
    }

    /// The quantity, which stands with the words around it at `start..end`.
    pub(super) fn quantity(
        self,
        text: &Text,
        [start, end]: [usize; 2],
        relation: Option<Relation>,
    ) -> Quantity {
        Quantity {
            span: text.span(start, end),
            core: text.span(self.start, self.end),
            kind: self.kind,
            value: self.value,
            relation,
            ambiguous: self.ambiguous,
            soft: self.soft,
            form: self.form,
        }
    }

    /// The reading that has only this part, as readers return it.
    #[allow(clippy::unnecessary_wraps)] // ends a reader
    pub(super) fn alone(self) -> Option<Reading> {
        Some(Reading {
            end: self.end,
            parts: vec![self],
        })
    }
}

impl Reading {
    /// Characters passed over: no quantity begins in them.
    #[allow(clippy::unnecessary_wraps)] // ends a reader
    pub(super) fn nothing(end: usize) -> Option<Self> {
        Some(Self {
            parts: Vec::new(),
            end,
        })
    }
}
