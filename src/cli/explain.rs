//! `zm explain RULE`: a check's page; without a rule, or with a family, a list.

use std::io::{self, Write};

use super::out::{Exit, Failure, Format, Out, padded, style, styled};
use super::rules;
use crate::check::{CHECKS, Check};
use crate::finding::{FORM, Form};
use crate::text::width::{width, wrap};

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  zm explain              every rule\n  zm explain num          the rules about numbers\n  zm explain term-missing"
)]
pub(crate) struct Args {
    /// The rule's id, or a family (`num`), whose rules are listed; without one, all are
    rule: Option<String>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// A rule, as JSON has it too.
#[derive(serde::Serialize)]
struct Rule {
    #[serde(rename = "rule")]
    id: &'static str,
    severity: &'static str,
    mqm: &'static str,
    page: String,
}

impl From<&'static Check> for Rule {
    fn from(check: &'static Check) -> Self {
        Self {
            id: check.id,
            severity: check.level.name(),
            mqm: check.mqm,
            page: check.page.to_owned(),
        }
    }
}

impl From<&'static Form> for Rule {
    fn from(form: &'static Form) -> Self {
        Self {
            id: form.id,
            severity: form.severity.name(),
            mqm: "design/markup",
            page: format!("# {}\n{}\n", form.id, form.about),
        }
    }
}

impl Args {
    pub(crate) fn run(&self, out: &mut Out) -> Result<Exit, Failure> {
        let chosen: Vec<Rule> = if let Some(name) = &self.rule {
            rules::about(name)?
        } else {
            let checks = CHECKS.iter().map(Rule::from);
            checks.chain(FORM.iter().map(Rule::from)).collect()
        };
        if self.format == Format::Json {
            let all = serde_json::json!({"schema": "zhengming.explain/1", "rules": chosen});
            out.json_pretty(&all)?;
        } else if let [rule] = &*chosen {
            out.write_all(rule.page.as_bytes())?;
        } else {
            list(&chosen, out)?;
        }
        Ok(Exit::Fine)
    }
}

/// The columns of the list.
const COLUMNS: usize = 96;

/// The columns of a severity in it.
const SEVERITY: usize = 8;

/// Writes rules with what each finds, in columns.
fn list(rules: &[Rule], out: &mut Out) -> io::Result<()> {
    let widest = rules.iter().map(|rule| width(rule.id)).max().unwrap_or(0);
    let hang = widest + SEVERITY + 2;
    for rule in rules {
        let id = styled(style::STRONG, padded(rule.id, widest));
        let severity = padded(rule.severity, SEVERITY);
        let said = summary(&rule.page);
        let mut head = format!("{id} {severity} ");
        for row in wrap(&said, COLUMNS.saturating_sub(hang).max(1)) {
            writeln!(out, "{head}{}", row.of(&said).trim_end())?;
            head = " ".repeat(hang);
        }
    }
    Ok(())
}

/// The first sentence of a page, without its marks of emphasis and code.
fn summary(page: &str) -> String {
    let mut text = String::new();
    for line in page.lines().skip(1) {
        let line = line.trim();
        if line.is_empty() {
            break;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(line);
        if line.ends_with('.') {
            break;
        }
    }
    text.replace(['`', '*'], "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_is_a_sentence() {
        let page = "# x\n*a* or *an* before `en`\nis wrong.\nSave the file.\n";
        assert_eq!(summary(page), "a or an before en is wrong.");
        for check in CHECKS {
            let said = summary(check.page);
            assert!(said.ends_with('.') && !said.contains('`'), "{}", check.id);
        }
    }

    #[test]
    fn a_family_is_known_as_select_knows_it() {
        let found: Vec<Rule> = rules::about("num").unwrap();
        assert!(found.len() > 5 && found.iter().all(|rule| rule.id.starts_with("num-")));
        let found: Vec<Rule> = rules::about("doc-kept").unwrap();
        assert_eq!(found.len(), 1);
    }
}
