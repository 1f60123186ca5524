//! The documentation of an imported component: what its file says.

use super::interface::Interface;
use super::{Import, Loaded};
use std::fmt::Write;
use syn::ext::IdentExt;

/// The text, in Markdown.
pub(super) fn docs(import: &Import, loaded: &Loaded, interface: &Interface) -> String {
    let component = &loaded.component;
    let title = component.name.clone().unwrap_or_else(|| import.name.unraw().to_string());
    let mut docs = match &component.description {
        Some(description) => format!("{}\n", plain(description)),
        None => format!("{}.\n", plain(&title)),
    };
    let _ = match import.source.value() {
        file if file.contains('\n') => writeln!(docs, "\nA component of KFP, `{}`.", title.replace('`', "'")),
        file => writeln!(docs, "\nThe component of `{file}`, `{}`.", title.replace('`', "'")),
    };
    for (url, file) in &import.files {
        let _ = writeln!(docs, "`{}` stands for <{}>.", file.value(), url.value());
    }
    if !interface.inputs.is_empty() {
        docs += "\n| input | what it takes | default | |\n| --- | --- | --- | --- |\n";
    }
    for input in &interface.inputs {
        let declared = &component.inputs[input.index];
        let default = match &declared.default {
            Some(default) => format!("`{}`", cell(default).replace('`', "'")),
            None if input.may_be_left_out => "none".to_owned(),
            None => String::new(),
        };
        let about = declared.description.as_deref().map(|text| cell(&plain(text))).unwrap_or_default();
        let _ = writeln!(docs, "| `{}` | {} | {default} | {about} |", input.name.unraw(), input.shown);
    }
    if !interface.outputs.is_empty() {
        docs += "\n| output | what it is | |\n| --- | --- | --- |\n";
    }
    for (output, declared) in interface.outputs.iter().zip(&component.outputs) {
        let about = declared.description.as_deref().map(|text| cell(&plain(text))).unwrap_or_default();
        let _ = writeln!(docs, "| `{}` | {} | {about} |", output.name.unraw(), output.shown);
    }
    docs
}

/// Text without anything that Markdown would make code, links or tags of: the code of others is no test of ours.
fn plain(text: &str) -> String {
    let line = |line: &str| {
        let words =
            line.split_whitespace().map(|word| match word.starts_with("http://") || word.starts_with("https://") {
                true => format!("<{}>", word.replace(['<', '>'], "")),
                false => {
                    let mut escaped = String::new();
                    for c in word.chars() {
                        if "[]<>`*_\\#|".contains(c) {
                            escaped.push('\\');
                        }
                        escaped.push(c);
                    }
                    escaped
                }
            });
        words.collect::<Vec<_>>().join(" ")
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// Text in one cell of a table.
fn cell(text: &str) -> String {
    let mut cell = String::new();
    for c in text.chars() {
        match c {
            '\n' | '\r' => cell.push(' '),
            '|' if !cell.ends_with('\\') => cell.push_str("\\|"),
            c => cell.push(c),
        }
    }
    cell
}
