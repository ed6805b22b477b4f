//! The parts of a check's page that reports quote.

/// The first paragraph below the heading, as one line.
pub(super) fn first(page: &str) -> String {
    let lines = page.lines().skip(1).skip_while(|l| l.trim().is_empty());
    let lines: Vec<&str> = lines.take_while(|l| !l.trim().is_empty()).collect();
    lines.join(" ")
}

/// All that stands between the heading and the page's first block of examples.
pub(super) fn prose(page: &str) -> String {
    let lines = page.lines().skip(1).take_while(|l| !l.starts_with("```"));
    let lines: Vec<&str> = lines.collect();
    lines.join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::CHECKS;

    #[test]
    fn every_page_has_something_to_quote() {
        for check in CHECKS {
            let (first, prose) = (first(check.page), prose(check.page));
            assert!(first.len() > 20 && !first.contains('\n'), "{}", check.id);
            assert!(
                prose.len() >= first.len() && !prose.contains("```"),
                "{}",
                check.id
            );
        }
    }
}
