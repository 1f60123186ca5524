//! A YAML document as a tree whose nodes know where they stand.

use super::YAML;
use crate::Mistake;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Location, Spanned};
use std::fmt;
use std::ops::Range;

/// A node.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) at: Range<usize>,
    pub(super) content: Content,
}

/// What a node is.
#[derive(Debug)]
pub(super) enum Content {
    Null,
    Bool(bool),
    /// As Python writes it.
    Number(String),
    Text(String),
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// A key with what it has.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) at: Range<usize>,
    pub(super) value: Node,
}

/// Reads one document.
pub(super) fn parse(text: &str) -> Result<Node, Mistake> {
    // As PyYAML has it, `n` and `y` are names and no flags.
    let options = serde_saphyr::options! { strict_booleans: true };
    serde_saphyr::from_str_with_options(text, options).map_err(|error| {
        let located = error.location();
        let error = error.without_snippet().to_string();
        let message = error.lines().next().unwrap_or_default();
        // The place is said by whoever shows the mistake.
        let message = message.split_once(": ").filter(|(place, _)| place.contains("line")).map_or(message, |(_, m)| m);
        let (message, place) = match message.split_once(" at line ") {
            Some((message, place)) => (message, line_and_column(place)),
            None => (message, None),
        };
        let place = place.or_else(|| located.map(|location| (location.line(), location.column())));
        let start = place.map_or(0, |(line, column)| offset(text, line, column));
        Mistake::new(YAML, start..start, format!("this is no YAML: {message}"))
    })
}

/// The two numbers of `3, column 19`.
fn line_and_column(place: &str) -> Option<(u64, u64)> {
    let (line, column) = place.split_once(", column ")?;
    let digits = column.find(|c: char| !c.is_ascii_digit()).unwrap_or(column.len());
    Some((line.parse().ok()?, column[..digits].parse().ok()?))
}

fn offset(text: &str, line: u64, column: u64) -> usize {
    let number = |number: u64| usize::try_from(number.saturating_sub(1)).unwrap_or_default();
    let start: usize = text.split_inclusive('\n').take(number(line)).map(str::len).sum();
    let rest = text[start..].lines().next().unwrap_or_default();
    start + rest.char_indices().nth(number(column)).map_or(rest.len(), |(at, _)| at)
}

fn range(location: &Location) -> Range<usize> {
    let number = |number: Option<u64>| number.and_then(|number| usize::try_from(number).ok()).unwrap_or_default();
    let start = number(location.span().byte_offset());
    start..start + number(location.span().byte_len())
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<Content>::deserialize(deserializer)?;
        Ok(Self { at: range(&spanned.referenced), content: spanned.value })
    }
}

impl<'de> Deserialize<'de> for Content {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ContentVisitor)
    }
}

struct ContentVisitor;

impl<'de> Visitor<'de> for ContentVisitor {
    type Value = Content;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML value")
    }

    fn visit_unit<E>(self) -> Result<Content, E> {
        Ok(Content::Null)
    }

    fn visit_none<E>(self) -> Result<Content, E> {
        Ok(Content::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Content, E> {
        Ok(Content::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Content, E> {
        Ok(Content::Number(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Content, E> {
        Ok(Content::Number(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Content, E> {
        Ok(Content::Number(format!("{number:?}")))
    }

    fn visit_str<E>(self, text: &str) -> Result<Content, E> {
        Ok(Content::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Content, A::Error> {
        let mut nodes = Vec::new();
        while let Some(node) = list.next_element()? {
            nodes.push(node);
        }
        Ok(Content::List(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Content, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key::<Spanned<String>>()? {
            let value = map.next_value()?;
            entries.push(Entry { at: range(&key.referenced), key: key.value, value });
        }
        Ok(Content::Map(entries))
    }
}
