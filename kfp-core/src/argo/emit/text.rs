//! Text that Argo puts together: constants, references and expressions, and how each is written.

use super::naming::is_reserved;
use std::borrow::Cow;
use std::fmt::Write;

/// A variable of Argo, by its parts: `tasks`, `train`, `outputs`, `parameters`, `output`.
///
/// There are many of them: the parts are one text, with [`SEPARATOR`] between them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Reference(String);

/// What is in no name.
const SEPARATOR: char = '\0';

impl Reference {
    pub(super) fn new<const N: usize>(parts: [&str; N]) -> Self {
        let mut text = String::with_capacity(parts.iter().map(|part| part.len() + 1).sum());
        for (index, part) in parts.into_iter().enumerate() {
            if index > 0 {
                text.push(SEPARATOR);
            }
            text.push_str(part);
        }
        Self(text)
    }

    fn parts(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.split(SEPARATOR)
    }

    fn push_simple(&self, text: &mut String) {
        for (index, part) in self.parts().enumerate() {
            if index > 0 {
                text.push('.');
            }
            text.push_str(part);
        }
    }

    /// As a simple tag has it between its braces.
    pub(super) fn simple(&self) -> String {
        let mut text = String::with_capacity(self.0.len());
        self.push_simple(&mut text);
        text
    }

    /// As a simple tag.
    pub(super) fn tag(&self) -> String {
        let mut text = String::with_capacity(self.0.len() + 4);
        text.push_str("{{");
        self.push_simple(&mut text);
        text.push_str("}}");
        text
    }

    /// As an expression has it: what is no identifier is an index.
    pub(super) fn expression(&self) -> String {
        let mut text = String::with_capacity(self.0.len() + 4);
        for (index, part) in self.parts().enumerate() {
            if index == 0 {
                text.push_str(part);
            } else if is_identifier(part) {
                text.push('.');
                text.push_str(part);
            } else {
                let _ = write!(text, "[{}]", quote(part));
            }
        }
        text
    }

    /// Whether it is of an artifact.
    pub(super) fn is_artifact(&self) -> bool {
        self.parts().rev().nth(1) == Some("artifacts")
    }

    /// Whether it names something of another task of the DAG.
    pub(super) fn is_task(&self) -> bool {
        self.parts().next() == Some("tasks")
    }
}

fn is_identifier(name: &str) -> bool {
    !name.starts_with(|first: char| first.is_ascii_digit())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !is_reserved(name)
}

/// An expression that gives a text or a boolean.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Expr {
    /// Its source.
    pub(super) text: String,
    /// How tightly its outermost operator binds.
    pub(super) binding: Binding,
}

/// How tightly an operator binds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Binding {
    /// `? :`
    Choice,
    /// `||`
    Or,
    /// `&&`
    And,
    /// `==`, `<` and their like
    Compare,
    /// `+`
    Sum,
    /// `!`
    Not,
    /// A name, a constant, a call.
    Atom,
}

impl Expr {
    pub(super) fn new(text: impl Into<String>, binding: Binding) -> Self {
        Self { text: text.into(), binding }
    }

    pub(super) fn atom(text: impl Into<String>) -> Self {
        Self::new(text, Binding::Atom)
    }

    /// Its source where something that binds at least so tightly is wanted.
    pub(super) fn at(&self, wanted: Binding) -> String {
        if self.binding >= wanted { self.text.clone() } else { format!("({})", self.text) }
    }

    /// `function(..)`
    pub(super) fn call(function: &str, argument: &Expr) -> Self {
        Self::atom(format!("{function}({})", argument.text))
    }

    /// `condition ? yes : no`
    pub(super) fn choice(condition: &Expr, yes: &Expr, no: &Expr) -> Self {
        let (condition, yes) = (condition.at(Binding::Or), yes.at(Binding::Or));
        Self::new(format!("{condition} ? {yes} : {}", no.text), Binding::Choice)
    }

    /// As a tag.
    pub(super) fn tag(&self) -> String {
        format!("{{{{={}}}}}", self.text)
    }
}

/// A text of the manifest.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Text {
    /// What the user wrote.
    Literal(String),
    /// A variable.
    Reference(Reference),
    /// What an expression gives, a string.
    Expr(Expr),
    /// One after the other.
    Concat(Vec<Text>),
}

impl Text {
    /// One after the other, without lists in lists and with neighbouring constants made one.
    pub(super) fn concat(parts: Vec<Text>) -> Self {
        let mut flat: Vec<Text> = Vec::with_capacity(parts.len());
        let mut push = |part: Text| match (flat.last_mut(), part) {
            (Some(Self::Literal(before)), Self::Literal(text)) => before.push_str(&text),
            (_, part) => flat.push(part),
        };
        for part in parts {
            match part {
                Self::Concat(parts) => parts.into_iter().for_each(&mut push),
                part => push(part),
            }
        }
        match flat.len() {
            0 => Self::Literal(String::new()),
            1 => flat.remove(0),
            _ => Self::Concat(flat),
        }
    }

    /// As an expression.
    pub(super) fn expr(&self) -> Expr {
        match self {
            Self::Literal(text) => Expr::atom(quote(text)),
            Self::Reference(reference) => Expr::atom(reference.expression()),
            Self::Expr(expr) => expr.clone(),
            Self::Concat(parts) => {
                let parts: Vec<String> = parts.iter().map(|part| part.expr().at(Binding::Sum)).collect();
                Expr::new(parts.join(" + "), Binding::Sum)
            }
        }
    }

    /// As the text of a field: with simple tags if they can say it, else as one expression.
    pub(super) fn field(&self) -> String {
        match self {
            Self::Literal(text) => text.clone(),
            Self::Reference(reference) => reference.tag(),
            Self::Expr(expr) => expr.tag(),
            Self::Concat(parts) => simple_tags(parts).unwrap_or_else(|| self.expr().tag()),
        }
    }

    /// What of it is constant, with `x` for the rest: what the checks of constants look at.
    pub(super) fn constant(&self) -> Cow<'_, str> {
        match self {
            Self::Literal(text) => Cow::Borrowed(text),
            Self::Reference(_) | Self::Expr(_) => Cow::Borrowed("x"),
            Self::Concat(parts) => Cow::Owned(parts.iter().map(Self::constant).collect()),
        }
    }
}

/// Constants and simple tags in a row. Not where a constant ends in `{`: Argo would read that brace as part of the tag.
fn simple_tags(parts: &[Text]) -> Option<String> {
    let mut text = String::new();
    for part in parts {
        match part {
            Text::Literal(literal) => text.push_str(literal),
            Text::Reference(reference) if !text.ends_with('{') => text.push_str(&reference.tag()),
            _ => return None,
        }
    }
    Some(text)
}

/// A string constant of the expression language. Braces, quotes, backslashes and all that is not printable ASCII are
/// escaped, so that neither Argo's search for the end of a tag nor JSON nor YAML sees anything in it.
pub(super) fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('\'');
    for character in text.chars() {
        match character {
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '{' | '}' | '\'' | '"' | '\\' => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(character));
            }
            ' '..='~' => quoted.push(character),
            '\0'..='\u{FFFF}' => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(character));
            }
            _ => {
                let _ = write!(quoted, "\\U{:08x}", u32::from(character));
            }
        }
    }
    quoted.push('\'');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(name: &str) -> Text {
        Text::Reference(Reference::new(["inputs", "parameters", name]))
    }

    #[test]
    fn references_are_indexed_where_they_are_no_identifiers() {
        let reference = Reference::new(["tasks", "a-b", "outputs", "parameters", "in"]);
        assert_eq!(reference.simple(), "tasks.a-b.outputs.parameters.in");
        assert_eq!(reference.expression(), "tasks['a-b'].outputs.parameters['in']");
    }

    #[test]
    fn constants_hold_nothing_that_ends_a_tag() {
        assert_eq!(quote("it's {{x}}\u{1b}\u{1F600}"), r"'it\u0027s \u007b\u007bx\u007d\u007d\u001b\U0001f600'");
    }

    #[test]
    fn text_is_simple_where_it_can_be() {
        let text = Text::concat(vec![Text::Literal("a ".into()), input("x"), Text::Literal("!".into())]);
        assert_eq!(text.field(), "a {{inputs.parameters.x}}!");
        let braces = Text::concat(vec![Text::Literal("{".into()), input("x"), Text::Literal("}".into())]);
        assert_eq!(braces.field(), r"{{='\u007b' + inputs.parameters.x + '\u007d'}}");
    }

    #[test]
    fn operators_get_the_parentheses_they_need() {
        let condition = Expr::new("a && b", Binding::And);
        let inner = Expr::choice(&condition, &input("x").expr(), &input("y").expr());
        assert_eq!(
            Text::concat(vec![Text::Literal("=".into()), Text::Expr(inner)]).field(),
            "{{='=' + (a && b ? inputs.parameters.x : inputs.parameters.y)}}"
        );
    }
}
