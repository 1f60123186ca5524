//! Finds the variables in tags and expressions.

/// The variables in a text with tags, each by its parts. A tag without one of Argo's first words is not Argo's.
pub(super) fn in_text(text: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find("{{") {
        let body = &rest[start + 2..];
        let Some(end) = body.find("}}") else { break };
        let tag = &body[..end];
        if let Some(source) = tag.strip_prefix('=') {
            found.extend(in_expression(source));
        } else {
            let path: Vec<String> = tag.trim().split('.').map(str::to_owned).collect();
            if is_root(&path[0]) {
                found.push(path);
            }
        }
        rest = &body[end + 2..];
    }
    found
}

/// The variables in an expression.
pub(super) fn in_expression(source: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        if first == '\'' || first == '"' {
            rest = &rest[quoted(rest)..];
        } else if first.is_ascii_alphabetic() || first == '_' {
            let (path, length) = path(rest);
            if is_root(&path[0]) {
                found.push(path);
            }
            rest = &rest[length..];
        } else {
            rest = &rest[first.len_utf8()..];
        }
    }
    found
}

fn is_root(word: &str) -> bool {
    matches!(word, "inputs" | "tasks" | "steps" | "workflow" | "item" | "outputs")
}

/// A name with its members, and how long it is.
fn path(source: &str) -> (Vec<String>, usize) {
    let mut length = word(source);
    let mut path = vec![source[..length].to_owned()];
    loop {
        let rest = &source[length..];
        if let Some(member) = rest.strip_prefix('.') {
            let end = word(member);
            path.push(member[..end].to_owned());
            length += 1 + end;
        } else if rest.starts_with("['") || rest.starts_with("[\"") {
            let end = quoted(&rest[1..]);
            path.push(rest[2..end].to_owned());
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
        let joined = |found: Vec<Vec<String>>| found.iter().map(|path| path.join("/")).collect::<Vec<_>>();
        assert_eq!(
            joined(in_text("a {{inputs.parameters.x-y}} {{foo}} {{=int(tasks['a-b'].status) > 1 ? item : 'tasks.x'}}")),
            ["inputs/parameters/x-y", "tasks/a-b/status", "item"]
        );
        assert_eq!(joined(in_expression(r"fromJSON(inputs.parameters.x)['it\'s'] + '\\'")), ["inputs/parameters/x"]);
    }
}
