//! Reads nodes as what they have to be, and notes what they are not.

use super::yaml::{Content, Entry, Node};
use super::{FORM, KEY, MISSING};
use crate::{Code, Mistake};
use std::ops::Range;

/// Collects what is wrong.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) mistakes: Vec<Mistake>,
}

/// A mapping whose keys are known.
pub(super) struct Fields<'n> {
    /// What it is, in messages: `an input`.
    what: &'static str,
    at: Range<usize>,
    entries: &'n [Entry],
}

impl Reader {
    pub(super) fn wrong(&mut self, code: Code, at: &Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.mistakes.push(Mistake::new(code, at.clone(), message).help(help));
    }

    /// A mapping with some of these keys and no others.
    pub(super) fn fields<'n>(&mut self, node: &'n Node, what: &'static str, known: &[&str]) -> Option<Fields<'n>> {
        let entries = self.entries(node, what)?;
        for entry in entries.iter().filter(|entry| !known.contains(&entry.key.as_str())) {
            let known: Vec<String> = known.iter().map(|key| format!("`{key}`")).collect();
            let message = format!("{what} has no `{}`", entry.key);
            self.wrong(KEY, &entry.at, message, format!("it can have {}", known.join(", ")));
        }
        Some(Fields { what, at: node.at.clone(), entries })
    }

    /// A mapping of any keys.
    pub(super) fn entries<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n [Entry]> {
        match &node.content {
            Content::Map(entries) => Some(entries),
            other => {
                self.wrong(FORM, &node.at, format!("{what} is {}", form(other)), "write a mapping, `key: value`");
                None
            }
        }
    }

    pub(super) fn list<'n>(&mut self, node: &'n Node, what: &str) -> &'n [Node] {
        match &node.content {
            Content::List(nodes) => nodes,
            other => {
                self.wrong(FORM, &node.at, format!("{what} is {}", form(other)), "write a list, `[a, b]`");
                &[]
            }
        }
    }

    /// Text, which is put between quotes where it reads as something else.
    pub(super) fn text(&mut self, node: &Node, what: &str) -> Option<String> {
        match &node.content {
            Content::Text(text) => Some(text.clone()),
            other => {
                let help = match other {
                    Content::Number(text) => format!("put it in quotes: `\"{text}\"`"),
                    Content::Bool(flag) => format!("put it in quotes: `\"{flag}\"`"),
                    _ => "write a text".to_owned(),
                };
                self.wrong(FORM, &node.at, format!("{what} is {}, and has to be a text", form(other)), help);
                None
            }
        }
    }

    /// A text, a number or a flag, as the text that Python makes of it.
    pub(super) fn scalar(&mut self, node: &Node, what: &str) -> Option<String> {
        match &node.content {
            Content::Number(text) => Some(text.clone()),
            Content::Bool(flag) => Some(if *flag { "True" } else { "False" }.to_owned()),
            _ => self.text(node, what),
        }
    }

    pub(super) fn flag(&mut self, node: &Node, what: &str) -> bool {
        match &node.content {
            Content::Bool(flag) => *flag,
            other => {
                self.wrong(FORM, &node.at, format!("{what} is {}", form(other)), "write `true` or `false`");
                false
            }
        }
    }

    /// Names with texts, as annotations are.
    pub(super) fn texts(&mut self, node: &Node, what: &str) -> Vec<(String, String)> {
        let entries = self.entries(node, what).unwrap_or_default();
        let mut texts = Vec::new();
        for entry in entries {
            if let Some(text) = self.text(&entry.value, &format!("`{}`", entry.key)) {
                texts.push((entry.key.clone(), text));
            }
        }
        texts
    }
}

impl<'n> Fields<'n> {
    /// What a key has; `null` is nothing.
    pub(super) fn get(&self, key: &str) -> Option<&'n Node> {
        let entry = self.entries.iter().find(|entry| entry.key == key)?;
        (!matches!(entry.value.content, Content::Null)).then_some(&entry.value)
    }

    /// The same for a key that has to be there.
    pub(super) fn required(&self, reader: &mut Reader, key: &str) -> Option<&'n Node> {
        let found = self.get(key);
        if found.is_none() {
            let start = self.at.start..self.at.start;
            reader.wrong(MISSING, &start, format!("{} needs `{key}`", self.what), format!("add `{key}: ..`"));
        }
        found
    }

    /// The text of a key.
    pub(super) fn text(&self, reader: &mut Reader, key: &str) -> Option<String> {
        reader.text(self.get(key)?, &format!("`{key}`"))
    }
}

/// What a node is, in words.
pub(super) fn form(content: &Content) -> &'static str {
    match content {
        Content::Null => "empty",
        Content::Bool(_) => "`true` or `false`",
        Content::Number(_) => "a number",
        Content::Text(_) => "a text",
        Content::List(_) => "a list",
        Content::Map(_) => "a mapping",
    }
}
