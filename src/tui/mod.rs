//! The screen of a translator: documents, segments, terms, matches.
//!
//! ```text
//!  terminal ──Event──▶ action_for ──Action──▶ update(&mut State) ──Effect──▶ worker
//!                                   ▲                │                        │
//!                                   └────Answer──────┼────────────────────────┘
//!                                                draw(&State)
//! ```
//!
//! [`update::update`] and [`draw::draw`] touch nothing but the state. Whatever
//! may take time is an [`action::Effect`], done by a thread and answered by an
//! [`action::Answer`]. So no key ever waits: not for a memory being opened, not
//! for a disk, not for an index being written.

pub mod action;
pub mod command;
pub mod concept;
pub mod draw;
pub mod judge;
pub mod key;
pub mod layout;
pub mod line;
pub mod paint;
pub mod panel;
pub mod perform;
mod run;
mod settle;
pub mod state;
pub mod theme;
pub mod update;

use std::path::PathBuf;

use crate::intake::Ask;
use crate::lang::Locale;
use crate::review::Reading;

pub use run::run;

/// What the screen begins with.
#[derive(Debug, Clone)]
pub enum Start {
    /// The documents of the workspace.
    Home,
    /// A document, and what it is translated to where that is asked for.
    Document(PathBuf, Option<Locale>),
    /// The review of the alignment of two documents.
    Alignment([PathBuf; 2], Reading),
    /// The review of the terms that some texts give.
    Proposals(Ask),
}
