//! The texts below a value, and the tags in them.

use crate::path::Path;
use crate::tree::{Content, Tree};

/// Calls a function for every text below a value, except in the fields that are named, with its path.
pub(super) fn each(tree: &Tree, path: &Path, except: &[&str], visit: &mut impl FnMut(&Path, &str)) {
    match &tree.content {
        Content::Scalar { text, .. } => visit(path, text),
        Content::List(items) => {
            for (index, item) in items.iter().enumerate() {
                each(item, &path.item(index), &[], visit);
            }
        }
        Content::Map(fields) => {
            for (_, name, value) in fields.iter().filter(|(_, name, _)| !except.contains(&name.as_str())) {
                each(value, &path.field(name), &[], visit);
            }
        }
    }
}

/// A tag in a text, from the byte after its braces on.
pub(super) struct Tag<'t> {
    pub(super) at: usize,
    pub(super) body: &'t str,
}

/// The tags of a text, and where one begins that never ends.
pub(super) fn tags(text: &str) -> (Vec<Tag<'_>>, Option<usize>) {
    let (mut found, mut from) = (Vec::new(), 0);
    while let Some(start) = text[from..].find("{{").map(|start| from + start) {
        let at = start + 2;
        let Some(length) = text[at..].find("}}") else { return (found, Some(start)) };
        found.push(Tag { at, body: &text[at..at + length] });
        from = at + length + 2;
    }
    (found, None)
}

/// A text with something else in place of its tags.
pub(super) fn filled(text: &str, filling: &str) -> String {
    filled_apart(text, |_| filling.to_owned())
}

/// The same with a text of its own for each tag, since tags may be the keys of a map.
pub(super) fn filled_apart(text: &str, filling: impl Fn(usize) -> String) -> String {
    let (tags, _) = tags(text);
    let (mut whole, mut from) = (String::new(), 0);
    for (number, tag) in tags.into_iter().enumerate() {
        whole.push_str(&text[from..tag.at - 2]);
        whole.push_str(&filling(number));
        from = tag.at + tag.body.len() + 2;
    }
    whole.push_str(&text[from..]);
    whole
}

pub(super) fn has_tags(text: &str) -> bool {
    text.contains("{{")
}
