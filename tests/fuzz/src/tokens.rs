//! Sources, changed token by token, for the macros.

use crate::bytes::Decisions;
use crate::seeds::{Macro, SOURCES, Seed};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::sync::LazyLock;

/// What is put between the tokens of people, beside those that they have written elsewhere.
const STRANGE: &[&str] = &[
    "'a",
    "'_",
    "r#type",
    "r#fn",
    "_",
    "..",
    "..=",
    "=>",
    "->",
    "::",
    "#",
    "!",
    "?",
    "&",
    "&&",
    "|",
    "||",
    "@",
    "$",
    "~",
    "0",
    "1",
    "-1",
    "0xff_u8",
    "1e400",
    "9999999999999999999999",
    "1.0e5f32",
    "'x'",
    "b'x'",
    "\"\"",
    "\"{{x}}\"",
    "\"{\"",
    "\"{}\"",
    "\"{0}{x:?}{y:>5$}\"",
    "\"é\\u{10ffff}\\0\"",
    "r##\"raw\"##",
    "b\"bytes\"",
    "c\"c\"",
    "fn",
    "let",
    "mut",
    "if",
    "else",
    "match",
    "for",
    "in",
    "while",
    "loop",
    "return",
    "break",
    "continue",
    "async",
    "await",
    "unsafe",
    "const",
    "static",
    "dyn",
    "impl",
    "where",
    "move",
    "ref",
    "pub",
    "crate",
    "self",
    "Self",
    "super",
    "use",
    "struct",
    "enum",
    "trait",
    "type",
    "union",
    "macro_rules",
    "yield",
    "box",
    "true",
    "false",
    "host",
    "parallel",
    "on_exit",
    "default",
    "format",
    "vec",
    "ContainerOp",
    "ResourceOp",
    "Input",
    "Output",
    "Result",
    "Option",
    "Vec",
    "String",
    "naïve",
    "ß",
];

static WORDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut words: Vec<String> = SOURCES.iter().flat_map(|seed| flat(&seed.item)).collect();
    words.retain(|word| !is_delimiter(word));
    words.sort_unstable();
    words.dedup();
    words.extend(STRANGE.iter().map(|word| (*word).to_owned()));
    words
});

/// Feeds the macros one changed source, and holds what comes out against the promise: an item, whatever went in.
pub(crate) fn run(data: &[u8]) {
    let Some((to, attribute, item)) = changed(data) else { return };
    let (Ok(attribute), Ok(item)) = (attribute.parse::<TokenStream>(), item.parse::<TokenStream>()) else { return };
    let was_item = syn::parse2::<syn::Item>(item.clone()).is_ok();
    let out = expand(to, attribute, item);
    if was_item && !matches!(to, Macro::Manifest | Macro::Import) {
        let parsed = syn::parse2::<syn::File>(out.clone());
        assert!(
            parsed.is_ok(),
            "what {to:?} expands to is no Rust: {}\n{out}",
            parsed.err().map_or_else(String::new, |e| e.to_string())
        );
    }
}

/// What one input makes of a source.
pub(crate) fn show(data: &[u8]) -> String {
    match changed(data) {
        Some((to, attribute, item)) => format!("{to:?}({attribute}) {item}"),
        None => String::new(),
    }
}

fn expand(to: Macro, attribute: TokenStream, item: TokenStream) -> TokenStream {
    match to {
        Macro::Component => crate::component::expand(attribute, item),
        Macro::Pipeline => crate::pipeline::expand(attribute, item),
        Macro::Outputs => crate::outputs::expand(item),
        Macro::Artifact => crate::artifact::expand(item),
        Macro::Manifest => crate::manifest::expand(item),
        Macro::Allow => crate::allowed::expand(&attribute, &item),
        Macro::Import => crate::import::expand(item),
    }
}

fn changed(data: &[u8]) -> Option<(Macro, String, String)> {
    let mut decide = Decisions::new(data);
    let seed: &Seed = SOURCES.get(decide.below(SOURCES.len()))?;
    let (mut attribute, mut item) = (flat(&seed.attribute), flat(&seed.item));
    while !decide.is_over() {
        let tokens = if decide.byte() < 32 { &mut attribute } else { &mut item };
        change(tokens, &mut decide);
    }
    Some((seed.to, balanced(attribute).join(" "), balanced(item).join(" ")))
}

fn change(tokens: &mut Vec<String>, decide: &mut Decisions<'_>) {
    let kind = decide.byte() % 8;
    let at = decide.below(tokens.len() + 1);
    let length = 1 + usize::from(decide.byte() % 12);
    let end = (at + length).min(tokens.len());
    let word = || WORDS[decide.below(WORDS.len())].clone();
    match kind {
        0 => drop(tokens.drain(at..end)),
        1 => {
            let part = tokens[at..end].to_vec();
            tokens.splice(at..at, part);
        }
        2 if at < tokens.len() => {
            let mut word = word;
            tokens[at] = word();
        }
        3 => {
            let mut word = word;
            tokens.insert(at, word());
        }
        4 => {
            let part: Vec<_> = tokens.drain(at..end).collect();
            let to = decide.below(tokens.len() + 1);
            tokens.splice(to..to, part);
        }
        5 => {
            let (open, close) = [("(", ")"), ("[", "]"), ("{", "}")][length % 3];
            tokens.insert(end, close.to_owned());
            tokens.insert(at, open.to_owned());
        }
        6 => {
            // A part of another source.
            let other = flat(&SOURCES[decide.below(SOURCES.len())].item);
            let from = decide.below(other.len());
            tokens.splice(at..at, other.into_iter().skip(from).take(length * 3));
        }
        _ if at < tokens.len() => tokens.swap(at, end.saturating_sub(1)),
        _ => {}
    }
}

/// The tokens of a source, delimiters among them.
fn flat(source: &str) -> Vec<String> {
    fn walk(stream: TokenStream, tokens: &mut Vec<String>) {
        let mut joined = false;
        for tree in stream {
            match tree {
                TokenTree::Group(group) => {
                    let (open, close) = match group.delimiter() {
                        Delimiter::Parenthesis => ("(", ")"),
                        Delimiter::Bracket => ("[", "]"),
                        Delimiter::Brace | Delimiter::None => ("{", "}"),
                    };
                    tokens.push(open.to_owned());
                    walk(group.stream(), tokens);
                    tokens.push(close.to_owned());
                    joined = false;
                }
                TokenTree::Punct(punct) => {
                    // `::` and the like stay together; so does a lifetime, whose quote is a punctuation, too.
                    match tokens.last_mut().filter(|_| joined) {
                        Some(last) => last.push(punct.as_char()),
                        None => tokens.push(punct.as_char().to_string()),
                    }
                    joined = punct.spacing() == proc_macro2::Spacing::Joint;
                }
                other => {
                    let is_lifetime = joined && tokens.last().is_some_and(|last| last == "'");
                    match tokens.last_mut().filter(|_| is_lifetime) {
                        Some(last) => last.push_str(&other.to_string()),
                        None => tokens.push(other.to_string()),
                    }
                    joined = false;
                }
            }
        }
    }
    let mut tokens = Vec::new();
    walk(source.parse().unwrap_or_default(), &mut tokens);
    tokens
}

fn is_delimiter(token: &str) -> bool {
    matches!(token, "(" | ")" | "[" | "]" | "{" | "}")
}

/// Leaves out what closes nothing, and closes what is open: everything that a macro gets is balanced.
fn balanced(tokens: Vec<String>) -> Vec<String> {
    let (mut open, mut kept) = (Vec::new(), Vec::with_capacity(tokens.len()));
    for token in tokens {
        match token.as_str() {
            "(" => open.push(")"),
            "[" => open.push("]"),
            "{" => open.push("}"),
            ")" | "]" | "}" if open.last() != Some(&token.as_str()) => continue,
            ")" | "]" | "}" => drop(open.pop()),
            _ => {}
        }
        kept.push(token);
    }
    kept.extend(open.into_iter().rev().map(str::to_owned));
    kept
}
