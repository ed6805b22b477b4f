//! The entities that a file declares for itself, bounded in what they come to.

use std::collections::HashMap;

use quick_xml::escape::unescape;

/// What references to a file's entities may expand to, in bytes, all in all.
const EXPANDED: usize = 16 << 20;

/// The entities of a file.
#[derive(Debug, Default)]
pub(super) struct Entities {
    /// What each stands for; `None` for what is refused.
    declared: HashMap<String, Option<String>>,
    expanded: usize,
}

/// What a reference stands for.
pub(super) enum Entity {
    /// This text.
    Text(String),
    /// More than all references together may.
    TooMuch,
    /// Markup, other entities, or another file.
    Refused,
    /// Nobody knows.
    Unknown,
}

impl Entities {
    /// Takes in the entities that a document type declares.
    pub(super) fn declare(&mut self, doctype: &str) {
        for declaration in doctype.split("<!ENTITY").skip(1) {
            let declaration = declaration.trim_start();
            let Some((name, rest)) = declaration.split_once(char::is_whitespace) else {
                continue;
            };
            let rest = rest.trim_start();
            let mut parts = rest.split(['"', '\'']);
            let quoted = parts.next() == Some("");
            let value = parts.next().filter(|_| quoted).unwrap_or("&");
            // The first declaration of a name holds.
            self.declared.entry(name.to_owned()).or_insert_with(|| {
                let text = unescape(value).ok()?;
                (!text.contains(['<', '&'])).then(|| text.into_owned())
            });
        }
    }

    /// What a reference to an entity stands for.
    pub(super) fn text(&mut self, name: &str) -> Entity {
        match self.declared.get(name) {
            Some(Some(text)) => {
                self.expanded += text.len();
                if self.expanded > EXPANDED {
                    return Entity::TooMuch;
                }
                Entity::Text(text.clone())
            }
            Some(None) => Entity::Refused,
            None => Entity::Unknown,
        }
    }
}
