//! `kfp lint`.

use crate::arguments::Lint;
use kfp_console::say;
use kfp_lint::{Finding, Level, Source};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Looks at manifests.
pub(crate) fn lint(job: &Lint) -> ExitCode {
    let texts = match job.files.iter().map(|file| read(file)).collect::<Result<Vec<_>, _>>() {
        Ok(texts) => texts.concat(),
        Err(message) => {
            say::err(&format!("error: {message}"));
            return ExitCode::from(2);
        }
    };
    let sources: Vec<_> = texts.iter().map(|(name, text)| Source { name, text }).collect();
    let found = kfp_lint::lint(&sources);
    for finding in &found {
        let source = texts.iter().find(|(name, _)| *name == finding.file).map_or("", |(_, text)| text);
        say::out(&if job.json { json(finding) } else { page(finding, source) });
    }
    let errors = found.iter().filter(|finding| finding.level == Level::Error).count();
    let warnings = found.len() - errors;
    if !job.json {
        say::out(&format!("{} files, {errors} errors, {warnings} warnings", texts.len()));
    }
    if errors > 0 || (job.deny_warnings && warnings > 0) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// A file, or the manifests in a folder and below it, with their names.
fn read(file: &Path) -> Result<Vec<(String, String)>, String> {
    if file == Path::new("-") {
        let mut text = String::new();
        io::stdin().read_to_string(&mut text).map_err(|error| format!("the standard input: {error}"))?;
        return Ok(vec![("<stdin>".to_owned(), text)]);
    }
    let files = if file.is_dir() { manifests(file) } else { Ok(vec![file.to_owned()]) };
    let failed = |error: io::Error| format!("{}: {error}", file.display());
    let files = files.map_err(failed)?;
    files.iter().map(|file| Ok((file.display().to_string(), fs::read_to_string(file).map_err(failed)?))).collect()
}

fn manifests(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(manifests(&path)?);
        } else if path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml" || ending == "json") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// What a person reads: place and message, the line with a caret, what to write.
fn page(finding: &Finding, source: &str) -> String {
    let mut lines = vec![finding.to_string()];
    if let Some(line) = source.lines().nth(finding.line - 1) {
        let number = finding.line.to_string();
        let before: String = line.chars().take(finding.column - 1).map(|c| if c == '\t' { c } else { ' ' }).collect();
        lines.push(format!("{number} | {line}"));
        lines.push(format!("{:width$} | {before}^", "", width = number.len()));
    }
    lines.extend(finding.help.iter().map(|help| format!("  help: {help}")));
    lines.join("\n") + "\n"
}

fn json(finding: &Finding) -> String {
    let Finding { file, line, column, level, code, message, help } = finding;
    serde_json::json!({
        "file": file, "line": line, "column": column, "level": level.to_string(), "code": code.to_string(),
        "message": message, "help": help,
    })
    .to_string()
}
