//! Why a segment has the terms, the issues and the matches that it has.

use super::Worker;
use crate::check::CHECKS;
use crate::suggest::Penalty;
use crate::tui::action::{self, Inspect};

impl Worker {
    /// Why: the terms of both sides, the findings, the matches.
    pub(super) fn explain(&self, inspect: &Inspect) -> Vec<String> {
        let mut lines = Vec::new();
        let sides = [
            ("Terms of the source", &inspect.source, inspect.from),
            ("Terms of the target", &inspect.target, inspect.to.lang()),
        ];
        for (title, text, lang) in sides {
            lines.push(format!("#{title}"));
            for hit in self.judge.recognizer.find_at(text, lang, inspect.date) {
                lines.push(format!("“{}”", hit.span.of(text)));
                let why = self.judge.recognizer.explain(text, lang, &hit);
                lines.extend(why.into_iter().map(|why| format!("  {why}")));
            }
        }
        lines.push("#Issues".to_owned());
        for finding in self.judge.check(inspect) {
            lines.push(format!(
                "{} [{}] {}",
                finding.severity.name(),
                finding.rule,
                finding.message
            ));
            if let Some(concept) = &finding.concept {
                lines.push(format!(
                    "  {} = {} ({})",
                    concept.zh, concept.en, concept.glossary
                ));
            }
            let page = CHECKS.iter().find(|check| check.id == finding.rule);
            let said = page.and_then(|check| check.page.lines().nth(1));
            lines.extend(said.map(|said| format!("  {said}")));
        }
        lines.push("#Matches".to_owned());
        let ask = action::Ask {
            unit: inspect.unit,
            text: inspect.source.clone(),
            prev: inspect.prev.clone(),
            next: inspect.next.clone(),
            document: self.project.name(&inspect.path),
            from: inspect.from,
            to: inspect.to,
            date: inspect.date,
        };
        for found in self.suggest(&ask).matches {
            let less = found.penalties.iter().map(why_less).collect::<Vec<_>>();
            lines.push(format!(
                "{}% (base {}%){} {}",
                found.score,
                found.base,
                less.join(""),
                found.source
            ));
            let origin = [&found.memory, &found.document, &found.when, &found.who];
            let origin = origin.into_iter().filter(|s| !s.is_empty());
            let origin: Vec<&str> = origin.map(String::as_str).collect();
            lines.push(format!("  {}", origin.join(" · ")));
        }
        or_none(lines)
    }
}

/// Says `none` below each heading with nothing under it.
fn or_none(lines: Vec<String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let heading = |line: &String| line.starts_with('#');
    for line in lines {
        if heading(&line) && all.last().is_some_and(heading) {
            all.push("none".to_owned());
        }
        all.push(line);
    }
    if all.last().is_some_and(heading) {
        all.push("none".to_owned());
    }
    all
}

fn why_less(penalty: &Penalty) -> String {
    let what = match penalty {
        Penalty::DeprecatedTerm { term, .. } => format!("{}: {term}", penalty.name()),
        _ => penalty.name().to_owned(),
    };
    format!(" −{} {what}", penalty.points())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_with_nothing_below_says_so() {
        let lines = ["#Terms", "#Issues", "an issue", "#Matches"];
        let shown = or_none(lines.map(str::to_owned).to_vec());
        let wanted = ["#Terms", "none", "#Issues", "an issue", "#Matches", "none"];
        assert_eq!(shown, wanted);
    }
}
