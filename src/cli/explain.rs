//! `zm explain RULE`: a check's page.

use std::io::Write;

use super::out::{Exit, Failure, Format, Out, padded, style, styled};
use super::rules;
use crate::check::{CHECKS, Check};

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

/// A rule as JSON.
#[derive(serde::Serialize)]
struct Rule<'a> {
    #[serde(rename = "rule")]
    id: &'a str,
    severity: &'a str,
    mqm: &'a str,
    page: &'a str,
}

impl<'a> From<&'a Check> for Rule<'a> {
    fn from(check: &'a Check) -> Self {
        Self {
            id: check.id,
            severity: check.level.name(),
            mqm: check.mqm,
            page: check.page,
        }
    }
}

impl Args {
    pub(crate) fn run(&self, out: &mut Out) -> Result<Exit, Failure> {
        let chosen: Vec<&Check> = match &self.rule {
            Some(id) => vec![rules::check(id)?],
            None => CHECKS.iter().collect(),
        };
        if self.format == Format::Json {
            let rules: Vec<Rule> = chosen.into_iter().map(Rule::from).collect();
            let all = serde_json::json!({"schema": "zhengming.explain/1", "rules": rules});
            out.json_pretty(&all)?;
        } else if self.rule.is_some() {
            for check in chosen {
                out.write_all(check.page.as_bytes())?;
            }
        } else {
            for check in chosen {
                let id = padded(check.id, 18);
                let first = check.page.lines().nth(1).unwrap_or("");
                let severity = padded(check.level.name(), 8);
                writeln!(out, "{} {severity} {first}", styled(style::STRONG, id))?;
            }
        }
        Ok(Exit::Fine)
    }
}
