//! Constants that Argo would not leave alone.
//!
//! Argo replaces `{{..}}` wherever it stands, and has no escape for it; and it writes the values that it inserts with Go's
//! `strconv.Quote` into JSON, which breaks on some characters. Both are refused: nothing arrives silently different.

use crate::{Code, Mistake};

/// Text with `{{`.
const BRACES: Code = Code(230);
/// Text with a character that breaks Argo's substitution.
const CHARACTER: Code = Code(231);

/// Why a constant cannot arrive as it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Obstacle {
    /// `{{` without `}}`: Argo refuses the whole workflow.
    Unclosed,
    /// A tag that Argo replaces.
    Tag,
    /// A tag that Argo otherwise leaves alone, in the items of a loop, where it has to know each.
    Item,
    /// A character that breaks the JSON of a template.
    Character(char),
}

/// Where a constant stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Use {
    /// In a template, as it is.
    Template,
    /// The value of a parameter: inserted somewhere.
    Value,
    /// An item of a loop.
    Item,
}

/// Tags that have a name in Rust, in `kfp::placeholders`.
const PLACEHOLDERS: &[(&str, &str)] = &[
    ("workflow.name", "WORKFLOW_NAME"),
    ("workflow.uid", "RUN_ID_PLACEHOLDER"),
    ("workflow.namespace", "WORKFLOW_NAMESPACE"),
    ("workflow.mainEntrypoint", "WORKFLOW_MAIN_ENTRYPOINT"),
    ("workflow.serviceAccountName", "WORKFLOW_SERVICE_ACCOUNT_NAME"),
    ("workflow.creationTimestamp", "WORKFLOW_CREATION_TIMESTAMP"),
    ("workflow.priority", "WORKFLOW_PRIORITY"),
    ("workflow.scheduledTime", "WORKFLOW_SCHEDULED_TIME"),
    ("pod.name", "POD_NAME"),
];

/// What to write instead of a text that does not arrive as it is.
pub fn help(text: &str) -> String {
    let tag = text.split_once("{{").and_then(|(_, rest)| rest.split_once("}}")).map_or("", |(tag, _)| tag.trim());
    if let Some((_, name)) = PLACEHOLDERS.iter().find(|(known, _)| *known == tag) {
        return format!("if Argo is meant to fill it in, write `kfp::placeholders::{name}`");
    }
    if let Some(name) = ["inputs.parameters.", "workflow.parameters."].iter().find_map(|start| tag.strip_prefix(start))
    {
        return format!("if a parameter is meant, write its name without quotes: `{name}`, `format!(\"{{{name}}}\")`");
    }
    if tag.starts_with("tasks.") || tag.starts_with("steps.") {
        return "if an output of a task is meant, write it without quotes: `task.output`".to_owned();
    }
    HELP.to_owned()
}

const HELP: &str = "pass it in base64, or put it into a file of the image, or let a task write it to an artifact";

/// The first words of the tags that Argo knows.
const KNOWN: [&str; 13] = [
    "item",
    "steps",
    "inputs",
    "outputs",
    "pod",
    "node",
    "workflow",
    "tasks",
    "retries",
    "lastRetry",
    "cronworkflow",
    "status",
    "duration",
];

/// What stands in the way of a constant.
pub fn obstacle(text: &str, used: Use) -> Option<Obstacle> {
    braces(text, used).or_else(|| text.chars().find(|c| breaks(*c, used)).map(Obstacle::Character))
}

fn braces(text: &str, used: Use) -> Option<Obstacle> {
    let mut rest = text;
    while let Some(start) = rest.find("{{") {
        let body = &rest[start + 2..];
        let Some(end) = body.find("}}") else { return Some(Obstacle::Unclosed) };
        if used == Use::Item {
            return Some(Obstacle::Item);
        }
        let tag = &body[..end];
        if tag.starts_with('=') || tag.contains("{{") || is_known(tag) {
            return Some(Obstacle::Tag);
        }
        rest = &body[end + 2..];
    }
    None
}

/// Whether Argo may know the tag; a further `{` in front belongs to the tag.
fn is_known(tag: &str) -> bool {
    let word = tag.trim_start_matches('{').trim();
    let word = word.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    KNOWN.contains(&word)
}

/// Whether a character does not survive: NUL nowhere; in values all that `strconv.Quote` escapes as JSON does not.
fn breaks(character: char, used: Use) -> bool {
    if used == Use::Template {
        return character == '\0';
    }
    match character {
        '\t' | '\n' | '\r' | '\u{8}' | '\u{c}' => false,
        // Control characters, format characters of the first supplementary plane, planes without characters, tags,
        // private use.
        '\0'..='\u{1f}'
        | '\u{7f}'
        | '\u{110BD}'
        | '\u{110CD}'
        | '\u{13430}'..='\u{1343F}'
        | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}'
        | '\u{40000}'..='\u{E00FF}'
        | '\u{E01F0}'..='\u{10FFFF}' => true,
        _ => false,
    }
}

/// Says what stands in the way of a constant that goes into a template as it is.
pub fn plain(text: &str) -> Result<(), Mistake> {
    match obstacle(text, Use::Template) {
        None => Ok(()),
        Some(obstacle) => Err(Mistake::new(obstacle.code(), 0..text.len(), obstacle.message(text)).help(help(text))),
    }
}

impl Obstacle {
    /// Its code.
    pub fn code(self) -> Code {
        match self {
            Self::Character(_) => CHARACTER,
            _ => BRACES,
        }
    }

    /// What is wrong with the text.
    pub fn message(self, text: &str) -> String {
        let text = excerpt(text);
        match self {
            Self::Unclosed => {
                format!("{text} holds `{{{{` without `}}}}`, which Argo takes for the beginning of a tag")
            }
            Self::Tag => format!("{text} holds a `{{{{..}}}}` that Argo would replace, and Argo has no escape for it"),
            Self::Item => format!("{text} holds `{{{{..}}}}`, which Argo does not allow in the items of a loop"),
            Self::Character(c) => {
                format!("{text} holds the character U+{:04X}, which does not survive Argo's substitution", u32::from(c))
            }
        }
    }
}

fn excerpt(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    format!("`{}`", short.escape_debug())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn harmless_text_passes() {
        for text in
            ["", "{", "{ {", "}}", "{\"a\":{\"b\":1}}", "{{ foo }}", "${{ github.sha }}", "{{.Values.x}}", "é\n😀"]
        {
            assert_eq!(obstacle(text, Use::Value), None, "{text}");
        }
        assert_eq!(obstacle("\u{1b}[1m", Use::Template), None);
    }

    #[test]
    fn what_argo_would_change_does_not() {
        for text in
            ["{{item}}", "{{ inputs.parameters.x }}", "{{=1+1}}", "{{workflow.name}}", "{{{item}}}", "{{a{{b}}}}"]
        {
            assert_eq!(obstacle(text, Use::Template), Some(Obstacle::Tag), "{text}");
        }
        assert_eq!(obstacle("a {{ b", Use::Template), Some(Obstacle::Unclosed));
        assert_eq!(obstacle("{{foo}}", Use::Item), Some(Obstacle::Item));
        assert_eq!(obstacle("\u{1b}", Use::Value), Some(Obstacle::Character('\u{1b}')));
        assert_eq!(obstacle("\u{E0067}", Use::Value), Some(Obstacle::Character('\u{E0067}')));
        assert_eq!(obstacle("\0", Use::Template), Some(Obstacle::Character('\0')));
    }
}
