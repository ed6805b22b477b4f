//! `zm explain RULE`: a check's page.

use std::io::Write;

use super::out::{Exit, Failure, Format, Out, padded, style, styled};
use super::rules;
use crate::check::{CHECKS, Check};
use crate::finding::{FORM, Form};

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  zm explain              every rule\n  zm explain term-missing"
)]
pub(crate) struct Args {
    /// The rule's id; without one, all rules are listed
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
        let chosen: Vec<Rule> = if let Some(id) = &self.rule {
            vec![rules::rule(id)?]
        } else {
            let checks = CHECKS.iter().map(Rule::from);
            checks.chain(FORM.iter().map(Rule::from)).collect()
        };
        if self.format == Format::Json {
            let all = serde_json::json!({"schema": "zhengming.explain/1", "rules": chosen});
            out.json_pretty(&all)?;
        } else if self.rule.is_some() {
            for rule in chosen {
                out.write_all(rule.page.as_bytes())?;
            }
        } else {
            for rule in chosen {
                let id = padded(rule.id, 18);
                let first = rule.page.lines().nth(1).unwrap_or("");
                let severity = padded(rule.severity, 8);
                writeln!(out, "{} {severity} {first}", styled(style::STRONG, id))?;
            }
        }
        Ok(Exit::Fine)
    }
}
