//! What rustc says, without what differs from machine to machine.

/// Drops the summary, and the line numbers of the sources of `kfp` itself.
pub(crate) fn normalised(stderr: &str) -> String {
    let mut said = String::new();
    for diagnostic in diagnostics(stderr) {
        let summary =
            ["error: aborting due to", "error: could not compile", "For more information", "Some errors have"];
        let is_count = diagnostic[0].starts_with("warning: ") && diagnostic[0].ends_with(" emitted");
        if !is_count && !summary.iter().any(|start| diagnostic[0].starts_with(start)) {
            said.push_str(&one(&diagnostic));
        }
    }
    said
}

/// The diagnostics, each with its lines.
fn diagnostics(text: &str) -> Vec<Vec<&str>> {
    let mut all: Vec<Vec<&str>> = Vec::new();
    for line in text.lines() {
        let starts = ["error", "warning", "For more information", "Some errors have"];
        match all.last_mut() {
            Some(last) if !starts.iter().any(|start| line.starts_with(start)) => last.push(line),
            _ => all.push(vec![line]),
        }
    }
    for lines in &mut all {
        while lines.last().is_some_and(|line| line.is_empty()) {
            lines.pop();
        }
    }
    all
}

/// Whether a line names a place in the sources of `kfp`, which rustc does not find from the folder of the cases.
fn is_ours_place(line: &str) -> bool {
    ["--> kfp", "::: kfp"].iter().any(|start| line.trim_start().starts_with(start))
}

/// One diagnostic, its margin as wide as the line numbers that are left.
fn one(lines: &[&str]) -> String {
    let margin = lines.iter().find_map(|line| line.find("--> ").filter(|at| line[..*at].trim().is_empty()));
    let Some(margin) = margin else { return lines.join("\n") + "\n\n" };
    let (mut parted, mut is_ours) = (Vec::new(), false);
    for line in lines {
        let place = ["--> ", "::: "].iter().any(|arrow| line.trim_start().starts_with(arrow));
        if place {
            is_ours = is_ours_place(line);
        }
        let in_margin = line.is_char_boundary(margin) && line[..margin].chars().all(|c| c == ' ' || c.is_ascii_digit());
        let number = if in_margin { line[..margin].trim() } else { "" };
        let line = if place && is_ours { line.split(".rs:").next().map(|path| format!("{path}.rs")) } else { None }
            .unwrap_or_else(|| (*line).to_owned());
        parted.push((in_margin, if is_ours { "" } else { number }.to_owned(), line));
    }
    let width = parted.iter().map(|(_, number, _)| number.len()).max().unwrap_or(0);
    let mut text = String::new();
    for (in_margin, number, line) in parted {
        match in_margin {
            true => text.extend([&format!("{number:>width$}"), &line[margin..]]),
            false => text.push_str(&line),
        }
        text.push('\n');
    }
    text + "\n"
}

/// The first lines of the diagnostics in a text, each with whether it is an error.
pub fn headers(text: &str) -> Vec<(bool, &str)> {
    let header = |line: &'_ str| line.starts_with("error") || line.starts_with("warning");
    let continues = |line: &str| line.starts_with("error: kfp-ui@") || line.starts_with("warning: kfp-ui@");
    let starts = |line: &&str| header(line) && (!continues(line) || line.contains(": [KFP"));
    text.lines().filter(starts).map(|line| (line.starts_with("error"), line)).collect()
}

/// A message without what is particular to its case: names in backticks, numbers, places.
pub fn template(header: &str) -> String {
    let header = match header.split_once(": [KFP") {
        Some((_, coded)) => format!("[KFP{coded}"),
        None => header.to_owned(),
    };
    let parts = header.split('`').enumerate().map(|(index, part)| if index % 2 == 1 { "_" } else { part });
    let text: String = parts.collect::<Vec<_>>().join("`");
    text.chars().filter(|letter| !letter.is_ascii_digit()).collect()
}
