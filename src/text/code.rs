//! Inline codes: the parts of a segment that are markup or placeholders.
//!
//! One detector serves all formats: a segment's text carries its codes as
//! written (`**`, `` `code` ``, `](url)`, `<b>`, `{0}`, `%s`), and whatever
//! compares or recognizes text leaves these spans out.
//!
//! It is told no format, so it takes for a code only what can hardly be
//! anything else: emphasis must be paired, tags well-formed, a percent sign
//! behind a number stays text. Character references (`&amp;`) are text.

mod address;
mod same;
mod short;
mod tag;

pub use same::keys;
pub use short::without_tags;

use crate::span::Span;
use address::{address, destination, mail_domain, scheme};
use tag::{cue_len, tag_len};

/// The inline codes of a segment, in order, not overlapping.
///
/// | code | what is left as text |
/// | --- | --- |
/// | `**` `*` `__` `_` `~~` in pairs | what they dress |
/// | `` `x` `` in any number of backticks | nothing |
/// | `[` `](url "title")` `![` `][ref]` | the words of the link |
/// | `<b>` `</b>` `<br/>` `<!-- x -->` | what stands between tags |
/// | `<code>x</code>` | nothing |
/// | `<v Ann>` `<00:01.500>` `{\an8}` of subtitles | what stands behind them |
/// | `<https://…>` `https://…` `www.…` `a@b.org` | nothing |
/// | `{0}` `{name}` `{{x}}` `${x}` `%s` `%1$d` `%(x)s` `%1` `%PATH%` | nothing |
/// | `[^1]` | nothing |
///
/// ```
/// use zhengming::text::code::codes;
/// let text = "**创世计划**见[白宫](https://www.whitehouse.gov)，共{0}页，增长50%。";
/// let found: Vec<&str> = codes(text).iter().map(|code| code.of(text)).collect();
/// assert_eq!(found, ["**", "**", "[", "](https://www.whitehouse.gov)", "{0}"]);
/// assert!(codes("5 * 3 * 2, snake_case_names, a < b and c > d").is_empty());
/// ```
pub fn codes(text: &str) -> Vec<Span> {
    let mut scan = Scan {
        text,
        bytes: text.as_bytes(),
        found: Vec::new(),
        emphasis: Vec::new(),
        brackets: Vec::new(),
    };
    let mut at = 0;
    // Every code begins with one of these bytes or is recognized at one.
    while let Some(skip) = scan.bytes.get(at..).and_then(first_telling) {
        at += skip;
        at = scan.look(at).max(at + 1);
    }
    scan.found.sort_unstable();
    scan.found
}

/// Whether a code only dresses the text around it (`**`, `<b>`, `](url)`), so
/// that a word may go on behind it; otherwise it stands for something itself
/// (`{0}`, `<br>`, `` `x` ``). The elements by which TMX and XLIFF say that
/// something begins or ends dress what stands between, empty as they are.
///
/// ```
/// use zhengming::text::code::only_dresses;
/// assert!(only_dresses("**") && only_dresses("</b>") && only_dresses("](a.md)"));
/// assert!(only_dresses("<bpt i=\"1\"/>") && only_dresses("<ept i=\"1\"/>"));
/// assert!(!only_dresses("{0}") && !only_dresses("<br/>") && !only_dresses("`x`"));
/// ```
pub fn only_dresses(code: &str) -> bool {
    if code.starts_with("<!--") {
        return true;
    }
    if opens_code(code) && code.ends_with(CODE_END) {
        return false;
    }
    if let Some(tag) = code.strip_prefix('<') {
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        if matches!(&*name, "bpt" | "ept" | "bx" | "ex" | "sc" | "ec") {
            return true;
        }
        return !code.ends_with("/>")
            && !code.contains("://")
            && !code.contains('@')
            && !matches!(
                name.to_ascii_lowercase().as_str(),
                "br" | "img"
                    | "hr"
                    | "ph"
                    | "x"
                    | "it"
                    | "input"
                    | "p"
                    | "div"
                    | "li"
                    | "td"
                    | "tr"
            );
    }
    code.chars().all(|c| matches!(c, '*' | '_' | '~'))
        || matches!(code, "[" | "![")
        || code.starts_with("](")
        || code.starts_with("][")
}

/// The place of the first telling byte. Stretches without ASCII, most of
/// Chinese text, are passed over eight bytes at a time.
fn first_telling(bytes: &[u8]) -> Option<usize> {
    let (eights, _) = bytes.as_chunks::<8>();
    let high = |eight: &&[u8; 8]| {
        u64::from_ne_bytes(**eight) & 0x8080_8080_8080_8080 == 0x8080_8080_8080_8080
    };
    let mut from = 0;
    loop {
        from += 8 * eights.get(from / 8..)?.iter().take_while(high).count();
        let rest = bytes.get(from..)?;
        let near = rest.get(..8).unwrap_or(rest);
        if let Some(at) = near.iter().position(|&byte| telling(byte)) {
            return Some(from + at);
        }
        if rest.len() <= 8 {
            return None;
        }
        from += 8;
    }
}

/// Whether something may begin at, or be recognized by, this byte.
fn telling(byte: u8) -> bool {
    matches!(
        byte,
        b'*' | b'_'
            | b'~'
            | b'`'
            | b'['
            | b']'
            | b'!'
            | b'<'
            | b'{'
            | b'$'
            | b'%'
            | b':'
            | b'@'
            | b'w'
            | b'W'
            | b'\\'
    )
}

/// A run of emphasis marks that may yet find its partner.
struct Emphasis {
    mark: u8,
    span: Span,
}

/// What ends code in HTML.
const CODE_END: &str = "</code>";

/// Whether a text begins with what begins code in HTML.
fn opens_code(text: &str) -> bool {
    let rest = text.strip_prefix("<code");
    rest.is_some_and(|rest| rest.starts_with(|c: char| c == '>' || c.is_whitespace()))
}

/// No code is longer, in bytes: what has no end by then is text, and a text
/// full of beginnings takes no longer to look through.
const LONGEST: usize = 4096;

/// Of so many open marks the partner is looked for.
const OPEN: usize = 32;

struct Scan<'t> {
    text: &'t str,
    bytes: &'t [u8],
    found: Vec<Span>,
    emphasis: Vec<Emphasis>,
    /// `[` and `![` that may yet become a link.
    brackets: Vec<Span>,
}

impl Scan<'_> {
    /// Looks at one telling byte; returns where to go on.
    fn look(&mut self, at: usize) -> usize {
        let code = match self.bytes.get(at).copied().unwrap_or(0) {
            b'\\' => return at + 1 + usize::from(self.byte(at + 1).is_ascii_punctuation()),
            b'*' | b'_' | b'~' => return self.emphasis(at),
            b'[' | b']' | b'!' => return self.bracket(at),
            b'`' => return self.backticks(at),
            b'<' => self.tag(at),
            b'{' => self.braces(at),
            b'$' if self.byte(at + 1) == b'{' => self.braces(at + 1).map(|end| (at, end.1)),
            b'%' => self.percent(at),
            b':' => self.url(at),
            b'@' => self.mail(at),
            b'w' | b'W' => self.www(at),
            _ => None,
        };
        let Some((start, end)) = code else {
            return at + 1;
        };
        // An address is recognized behind its beginning: it must not reach
        // back into a code (`%s://`).
        let floor = self.found.last().map_or(0, |span| span.end);
        if start >= floor as usize {
            self.found.push(Span::new(start, end));
            self.emphasis
                .retain(|open| (open.span.end as usize) <= start);
        }
        end
    }

    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(b' ')
    }

    /// What stands from `at` on, as far as a code may reach.
    fn rest(&self, at: usize) -> &str {
        let end = crate::span::floor(self.text, at + LONGEST);
        Span::new(at, end).of(self.text)
    }

    /// The characters before and after a span; a space at the ends of the text.
    fn around(&self, span: Span) -> (char, char) {
        let before = Span::new(0, span.start as usize).of(self.text);
        (
            before.chars().next_back().unwrap_or(' '),
            self.rest(span.end as usize).chars().next().unwrap_or(' '),
        )
    }

    fn emphasis(&mut self, at: usize) -> usize {
        let mark = self.byte(at);
        let len = self.name(at, |b| b == mark);
        let span = Span::new(at, at + len);
        let end = at + len;
        if len > 3 || (mark == b'~' && len != 2) {
            return end;
        }
        let (before, after) = self.around(span);
        if closes(mark, len, before, after) {
            let floor = at.saturating_sub(LONGEST);
            let first = self.emphasis.len().saturating_sub(OPEN);
            let partner = self.emphasis[first..].iter().rposition(|open| {
                let dressed = Span::new(open.span.end as usize, at);
                open.mark == mark
                    && open.span.len() == len
                    && !dressed.is_empty()
                    && open.span.start as usize >= floor
                    && !dressed.of(self.text).contains("\n\n")
            });
            let partner = partner.map(|partner| first + partner);
            if let Some(partner) = partner {
                self.found.push(self.emphasis[partner].span);
                self.found.push(span);
                self.emphasis.truncate(partner);
                return end;
            }
        }
        if opens(mark, len, before, after) {
            self.emphasis.push(Emphasis { mark, span });
        }
        end
    }

    fn backticks(&mut self, at: usize) -> usize {
        let len = self.name(at, |b| b == b'`');
        let mut close = at + len;
        let end = self.text.len().min(at + LONGEST);
        while let Some(skip) = self
            .bytes
            .get(close..end)
            .and_then(|rest| rest.iter().position(|&b| b == b'`'))
        {
            close += skip;
            let closing = self.name(close, |b| b == b'`');
            if closing == len {
                self.found.push(Span::new(at, close + len));
                return close + len;
            }
            close += closing;
        }
        at + len
    }

    fn bracket(&mut self, at: usize) -> usize {
        match (self.byte(at), self.byte(at + 1)) {
            (b'[', b'^') => {
                let name = self.name(at + 2, |b| {
                    b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')
                });
                if name > 0 && self.byte(at + 2 + name) == b']' {
                    self.found.push(Span::new(at, at + 3 + name));
                    return at + 3 + name;
                }
                at + 2
            }
            (b'[', _) => {
                self.brackets.push(Span::new(at, at + 1));
                at + 1
            }
            (b'!', b'[') => {
                self.brackets.push(Span::new(at, at + 2));
                at + 2
            }
            (b']', next) => {
                let Some(open) = self.brackets.pop() else {
                    return at + 1;
                };
                let words = Span::new(open.end as usize, at).of(self.text);
                let end = match next {
                    b'(' => destination(self.rest(at + 2)).map(|len| at + 2 + len),
                    b'[' if !words.bytes().all(|b| b.is_ascii_digit()) => {
                        // A label may be in any script, and empty: the words are it then.
                        let len = self.name(at + 2, |b| !matches!(b, b'[' | b']' | b'\n'));
                        let named = len > 0 || !words.is_empty();
                        (named && self.byte(at + 2 + len) == b']').then_some(at + 3 + len)
                    }
                    _ => None,
                };
                let Some(end) = end else {
                    return at + 1;
                };
                self.found.push(open);
                self.found.push(Span::new(at, end));
                end
            }
            _ => at + 1,
        }
    }

    /// How many bytes from `at` on are of a kind.
    fn name(&self, at: usize, kind: impl Fn(u8) -> bool) -> usize {
        self.bytes
            .iter()
            .skip(at)
            .take_while(|&&byte| kind(byte))
            .count()
    }

    /// A tag, comment or `<address>`.
    fn tag(&self, at: usize) -> Option<(usize, usize)> {
        let rest = self.rest(at);
        if rest.starts_with("<!--") {
            return rest.find("-->").map(|len| (at, at + len + 3));
        }
        if rest.starts_with("<?") {
            return rest.find("?>").map(|len| (at, at + len + 2));
        }
        let inside = rest.find('>').map(|len| Span::new(1, len).of(rest))?;
        let address = !inside.contains(char::is_whitespace)
            && (scheme(inside).is_some()
                || mail_domain(inside.split_once('@').map_or("", |(_, domain)| domain)).is_some());
        if address {
            return Some((at, at + inside.len() + 2));
        }
        let before = self.around(Span::new(at, at)).0;
        if before.is_ascii_alphanumeric() && self.byte(at + 1).is_ascii_uppercase() {
            return None; // Vec<String>
        }
        let len = tag_len(rest).or_else(|| cue_len(rest))?;
        let tag = Span::new(0, len).of(rest);
        if opens_code(tag) && !tag.ends_with("/>") {
            // What stands in it is no text, as between backticks.
            let whole = rest.find(CODE_END).map(|end| end + CODE_END.len());
            return Some((at, at + whole.unwrap_or(len)));
        }
        Some((at, at + len))
    }

    /// `{name}` or `{{ name }}`.
    fn braces(&self, at: usize) -> Option<(usize, usize)> {
        let rest = self.rest(at);
        let double = rest.starts_with("{{");
        let (open, close) = if double { (2, "}}") } else { (1, "}") };
        let end = rest.find(close)?;
        let inside = Span::new(open, end).of(rest);
        let name = if double { inside.trim() } else { inside };
        let good = name.starts_with(|c: char| {
            c.is_ascii_alphanumeric() || matches!(c, '_' | '#' | '/' | '$' | '@')
        }) && name.chars().all(|c| {
            c.is_ascii_alphanumeric() || "_.:-#/$@!%?|()[]'\"".contains(c) || (double && c == ' ')
        });
        let empty = inside.is_empty() && !double;
        // {\an8}, {\i1}: how a subtitle is shown.
        let styled = inside.strip_prefix('\\').is_some_and(|style| {
            let part = |c: char| c.is_ascii_alphanumeric() || "\\&(),.-".contains(c);
            style.starts_with(|c: char| c.is_ascii_alphabetic()) && style.chars().all(part)
        });
        (good || empty || styled).then_some((at, at + end + close.len()))
    }

    /// The conversions of printf and its relatives.
    fn percent(&self, at: usize) -> Option<(usize, usize)> {
        let before = self.around(Span::new(at, at)).0;
        if before.is_ascii_digit() || matches!(before, '%' | '.') || before.is_numeric() {
            return None; // 50%
        }
        let mut next = at + 1;
        if self.byte(next) == b'(' {
            let len = self.name(next + 1, |b| {
                b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-')
            });
            next += len + 1;
            if len == 0 || self.byte(next) != b')' {
                return None;
            }
            next += 1;
        }
        let variable = self.name(next, |b| {
            b.is_ascii_uppercase() || b == b'_' || b.is_ascii_digit()
        });
        if variable > 1
            && self.byte(next).is_ascii_uppercase()
            && self.byte(next + variable) == b'%'
        {
            return Some((at, next + variable + 1));
        }
        let digits = self.name(next, |b| b.is_ascii_digit());
        let mut end = next + digits;
        if digits > 0 && self.byte(end) == b'$' {
            end += 1;
        } else if digits > 0 && digits < 3 && self.byte(next) != b'0' && !self.is_conversion(end) {
            let after = self.byte(end);
            return (!matches!(after, b'%' | b'.') && !after.is_ascii_alphanumeric())
                .then_some((at, end));
        } else {
            end = next;
        }
        end += self.name(end, |b| matches!(b, b'-' | b'+' | b'#' | b'0'));
        end += self.name(end, |b| b.is_ascii_digit() || matches!(b, b'*' | b'.'));
        end += self.name(end, |b| matches!(b, b'l' | b'h' | b'z' | b'q'));
        self.is_conversion(end).then_some((at, end + 1))
    }

    /// Whether a conversion letter stands here that is not the beginning of a word.
    fn is_conversion(&self, at: usize) -> bool {
        let after = self.byte(at + 1);
        matches!(
            self.byte(at),
            b'd' | b'i'
                | b'u'
                | b'o'
                | b'x'
                | b'X'
                | b'f'
                | b'F'
                | b'e'
                | b'g'
                | b'c'
                | b's'
                | b'r'
                | b'@'
        ) && !after.is_ascii_alphanumeric()
            && after != b'%'
    }

    /// A bare address, recognized at the `:` of `://` or `mailto:`.
    fn url(&self, at: usize) -> Option<(usize, usize)> {
        let rest = self.rest(at);
        let before = Span::new(0, at).of(self.text);
        let scheme = before.len()
            - before
                .trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '+')
                .len();
        let start = at - scheme;
        if rest.starts_with("://") && scheme > 1 {
            let len = address(self.rest(at + 3));
            return (len > 0).then_some((start, at + 3 + len));
        }
        None
    }

    fn www(&self, at: usize) -> Option<(usize, usize)> {
        let rest = self.rest(at);
        let before = self.around(Span::new(at, at)).0;
        let www = rest.starts_with("www.") || rest.starts_with("WWW.");
        if !www || before.is_ascii_alphanumeric() {
            return None;
        }
        let len = address(rest);
        Span::new(4, len)
            .of(rest)
            .contains('.')
            .then_some((at, at + len))
    }

    /// An e-mail address, recognized at its `@`.
    fn mail(&self, at: usize) -> Option<(usize, usize)> {
        let before = Span::new(0, at).of(self.text);
        let local = before.len()
            - before
                .trim_end_matches(|c: char| {
                    c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-')
                })
                .len();
        let domain = mail_domain(self.rest(at + 1))?;
        let start = at - local;
        let mailto = Span::new(0, start).of(self.text).ends_with("mailto:");
        (local > 0).then_some((start - if mailto { 7 } else { 0 }, at + 1 + domain))
    }
}

fn is_punctuation(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace()
}

/// Whether emphasis may begin between these characters. As in `CommonMark`, but
/// not within a Latin word (2*3, `snake_case`) unless it is a `**` between letters,
/// and before a mark only where it opens something.
fn opens(mark: u8, len: usize, before: char, after: char) -> bool {
    let letters = before.is_alphabetic() && after.is_alphabetic();
    if mark == b'*' && len == 2 && letters {
        return true;
    }
    let word = |c: char| c.is_alphanumeric() && (mark == b'_' || c.is_ascii());
    !after.is_whitespace()
        && !word(before)
        && (after.is_alphanumeric() || "“‘《（【「『\"'([{`<!~_*$".contains(after))
}

/// Whether emphasis may end between these characters. Behind a full stop and
/// before a letter `**` may, as Chinese sentences need (`**注意：**请`), though
/// `CommonMark` forgot them; `*` may not.
fn closes(mark: u8, len: usize, before: char, after: char) -> bool {
    if before.is_whitespace() || "“‘《（【「『([{".contains(before) {
        return false;
    }
    match (mark, len) {
        (b'_', _) => !after.is_alphanumeric(),
        (b'*', 1) => {
            !(after.is_ascii_alphanumeric() || is_punctuation(before) && after.is_alphanumeric())
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests;
