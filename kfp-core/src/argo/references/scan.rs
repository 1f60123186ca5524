//! Finds the variables in tags and expressions.

use std::ops::Range;

/// How a variable is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::argo) enum Form {
    /// In a tag of its own, `{{a.b}}`.
    Simple,
    /// In an expression.
    Expression,
}

/// A variable in a text.
#[derive(Debug)]
pub(in crate::argo) struct Variable<'t> {
    /// Its parts.
    pub(in crate::argo) path: Vec<&'t str>,
    /// Where it stands; of a tag, what is between the braces.
    pub(in crate::argo) range: Range<usize>,
    pub(in crate::argo) form: Form,
}

/// The variables in a text with tags. A tag without one of Argo's first words is not Argo's.
pub(in crate::argo) fn in_text(text: &str) -> Vec<Variable<'_>> {
    let mut found = Vec::new();
    let mut start = 0;
    while let Some(tag) = twice(text, b'{', start).map(|at| at + 2) {
        let Some(end) = twice(text, b'}', tag) else { break };
        let body = &text[tag..end];
        if let Some(source) = body.strip_prefix('=') {
            expression(source, tag + 1, &mut found);
        } else {
            let path: Vec<&str> = body.trim().split('.').collect();
            if is_root(path[0]) {
                found.push(Variable { path, range: tag..end, form: Form::Simple });
            }
        }
        start = end + 2;
    }
    found
}

/// Where the next two of a byte stand. (Most texts are short and have none: a general search would spend more on its tables.)
fn twice(text: &str, byte: u8, start: usize) -> Option<usize> {
    text.as_bytes()[start..].windows(2).position(|pair| pair == [byte, byte]).map(|at| start + at)
}

/// The variables in an expression.
pub(in crate::argo) fn in_expression(source: &str) -> Vec<Variable<'_>> {
    let mut found = Vec::new();
    expression(source, 0, &mut found);
    found
}

/// The variables in an expression that stands somewhere in a text.
fn expression<'t>(source: &'t str, offset: usize, found: &mut Vec<Variable<'t>>) {
    let mut at = 0;
    while let Some(first) = source[at..].chars().next() {
        if first == '\'' || first == '"' {
            at += quoted(&source[at..]);
        } else if first.is_ascii_alphabetic() || first == '_' {
            let (path, length) = path(&source[at..]);
            if is_root(path[0]) {
                found.push(Variable { path, range: offset + at..offset + at + length, form: Form::Expression });
            }
            at += length;
        } else {
            at += first.len_utf8();
        }
    }
}

fn is_root(word: &str) -> bool {
    matches!(word, "inputs" | "tasks" | "steps" | "workflow" | "item" | "outputs")
}

/// A name with its members, and how long it is.
fn path(source: &str) -> (Vec<&str>, usize) {
    let mut length = word(source);
    let mut path = vec![&source[..length]];
    loop {
        let rest = &source[length..];
        if let Some(member) = rest.strip_prefix('.') {
            let end = word(member);
            path.push(&member[..end]);
            length += 1 + end;
        } else if rest.starts_with("['") || rest.starts_with("[\"") {
            let end = quoted(&rest[1..]);
            path.push(&rest[2..end]);
            length += end + 2;
        } else {
            return (path, length);
        }
    }
}

fn word(source: &str) -> usize {
    source.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(source.len())
}

/// How long the constant is that the source begins with.
fn quoted(source: &str) -> usize {
    let mut characters = source.char_indices();
    let Some((_, quote)) = characters.next() else { return 0 };
    while let Some((index, character)) = characters.next() {
        if character == '\\' {
            characters.next();
        } else if character == quote {
            return index + 1;
        }
    }
    source.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_found() {
        let joined = |found: Vec<Variable<'_>>| found.iter().map(|one| one.path.join("/")).collect::<Vec<_>>();
        assert_eq!(
            joined(in_text("a {{inputs.parameters.x-y}} {{foo}} {{=int(tasks['a-b'].status) > 1 ? item : 'tasks.x'}}")),
            ["inputs/parameters/x-y", "tasks/a-b/status", "item"]
        );
        assert_eq!(joined(in_expression(r"fromJSON(inputs.parameters.x)['it\'s'] + '\\'")), ["inputs/parameters/x"]);
    }
}
