//! The tags of a text, `{{..}}`, as Argo's template library finds them.

/// A part of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part<'a> {
    /// What is kept.
    Text(&'a str),
    /// What stands between `{{` and the next `}}`.
    Tag(&'a str),
}

/// The parts of a text in their order. An error names where a tag begins that never ends.
pub fn parts(text: &str) -> Result<Vec<Part<'_>>, String> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((tag, after)) = after.split_once("}}") else {
            let start: String = rest[before.len()..].chars().take(40).collect();
            return Err(format!("cannot find the end `}}}}` of the tag that starts with `{start}`"));
        };
        parts.push(Part::Text(before));
        parts.push(Part::Tag(tag));
        rest = after;
    }
    parts.push(Part::Text(rest));
    Ok(parts)
}
