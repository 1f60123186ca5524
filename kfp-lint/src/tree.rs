//! A document as it was written, with the place of every value.

use crate::path::{Path, Step};
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess};
use serde_saphyr::Spanned;
use std::fmt;

/// Line and column, both from 1.
pub(crate) type Place = (usize, usize);

/// A value and where it begins.
pub(crate) struct Tree {
    place: Place,
    pub(crate) content: Content,
}

/// What a value is.
pub(crate) enum Content {
    /// A text, and whether it is a number or a boolean as YAML reads it.
    Scalar {
        text: String,
        is_text: bool,
    },
    List(Vec<Tree>),
    Map(Vec<(Place, String, Tree)>),
}

impl Tree {
    /// The value at a path.
    pub(crate) fn get(&self, path: &Path) -> Option<&Self> {
        path.steps().iter().try_fold(self, Self::step)
    }

    /// Where the value at a path begins, or what of it is there.
    pub(crate) fn place(&self, path: &Path) -> Place {
        let mut tree = self;
        for step in path.steps() {
            match tree.step(step) {
                Some(inner) => tree = inner,
                None => break,
            }
        }
        tree.place
    }

    /// Where the name of the field at the end of a path stands.
    pub(crate) fn key_place(&self, path: &Path) -> Place {
        let Some((Step::Field(name), above)) = path.steps().split_last() else { return self.place(path) };
        let owner = above.iter().try_fold(self, Self::step);
        let key = owner.and_then(|owner| owner.map().iter().find(|(_, key, _)| key == name));
        key.map_or_else(|| self.place(path), |(place, _, _)| *place)
    }

    /// Where a part of the text at a path stands in the source, as far as that can be seen.
    pub(crate) fn place_within(&self, path: &Path, offset: usize, source: &str) -> Place {
        let place @ (line, column) = self.place(path);
        let Some(Self { content: Content::Scalar { text, .. }, .. }) = self.get(path) else { return place };
        let before = &text[..offset.min(text.len())];
        let inner_line = before.matches('\n').count();
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        let whole_line = text[start..].lines().next().unwrap_or_default();
        let into = text[start..before.len()].chars().count();
        let found = source.lines().enumerate().skip(line - 1).take(text.lines().count() + 1);
        // A text on one line stands where it begins; one of several lines begins below its `|`.
        let candidates = found.filter(|(index, _)| index + 1 >= line + inner_line);
        for (index, written) in candidates {
            let from = if index + 1 == line { byte_of(written, column) } else { 0 };
            if let Some(at) = written[from..].find(whole_line).filter(|_| !whole_line.is_empty()) {
                return (index + 1, written[..from + at].chars().count() + into + 1);
            }
        }
        place
    }

    fn step(&self, step: &Step) -> Option<&Self> {
        match (&self.content, step) {
            (Content::Map(fields), Step::Field(name)) => {
                fields.iter().find(|(_, key, _)| key == name).map(|(_, _, tree)| tree)
            }
            (Content::List(items), Step::Item(index)) => items.get(*index),
            _ => None,
        }
    }

    pub(crate) fn map(&self) -> &[(Place, String, Self)] {
        if let Content::Map(fields) = &self.content { fields } else { &[] }
    }
}

/// The byte at which a column begins.
fn byte_of(line: &str, column: usize) -> usize {
    line.char_indices().nth(column - 1).map_or(line.len(), |(byte, _)| byte)
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<Content>::deserialize(deserializer)?;
        Ok(Self { place: place(&spanned.referenced), content: spanned.value })
    }
}

fn place(location: &serde_saphyr::Location) -> Place {
    let whole = |number: u64| usize::try_from(number).unwrap_or(1).max(1);
    (whole(location.line()), whole(location.column()))
}

impl<'de> Deserialize<'de> for Content {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ContentVisitor)
    }
}

struct ContentVisitor;

impl Content {
    fn other(value: impl fmt::Display) -> Self {
        Self::Scalar { text: value.to_string(), is_text: false }
    }
}

impl<'de> de::Visitor<'de> for ContentVisitor {
    type Value = Content;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Content, E> {
        Ok(Content::other(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Content, E> {
        Ok(Content::other(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Content, E> {
        Ok(Content::other(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Content, E> {
        Ok(Content::other(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Content, E> {
        Ok(Content::Scalar { text: value.to_owned(), is_text: true })
    }

    fn visit_unit<E>(self) -> Result<Content, E> {
        Ok(Content::Scalar { text: String::new(), is_text: true })
    }

    fn visit_none<E: de::Error>(self) -> Result<Content, E> {
        self.visit_unit()
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Content, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Content::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Content, A::Error> {
        let mut fields = Vec::new();
        while let Some(key) = map.next_key::<Spanned<String>>()? {
            fields.push((place(&key.referenced), key.value, map.next_value()?));
        }
        Ok(Content::Map(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kfp_core::argo::documents;

    fn tree(text: &str) -> Tree {
        documents(text).expect("YAML").remove(0)
    }

    #[test]
    fn every_value_has_a_place() {
        let tree = tree("a: 1\nb:\n- x: {k: two}\n- [3, four]\n");
        let path = Path::default();
        assert_eq!(tree.place(&path.field("a")), (1, 4));
        assert_eq!(tree.key_place(&path.field("b")), (2, 1));
        assert_eq!(tree.place(&path.field("b").item(0).fields("x.k")), (3, 10));
        assert_eq!(tree.place(&path.field("b").item(1).item(1)), (4, 7));
        assert_eq!(tree.place(&path.field("b").item(1).item(9)), (4, 3), "what is there of it");
    }

    #[test]
    fn a_part_of_a_text_has_a_place() {
        let source = "plain: a {{b}}\nquoted: \"a {{b}}\"\nblock: |\n  one\n  two {{b}}\n";
        let tree = tree(source);
        let place = |name: &str, offset| tree.place_within(&Path::default().field(name), offset, source);
        assert_eq!(place("plain", 2), (1, 10));
        assert_eq!(place("quoted", 2), (2, 12));
        assert_eq!(place("block", 8), (5, 7));
    }
}
