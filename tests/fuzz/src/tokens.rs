//! The tokens of a source in one row, delimiters among them, and back.

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};
use std::rc::Rc;

/// A delimiter, or what the lexer keeps together: a word, a literal, `::`, a lifetime.
#[derive(Clone)]
pub(crate) enum Token {
    Open(Delimiter),
    Close(Delimiter),
    Word(Rc<[TokenTree]>),
}

/// The tokens of a source.
pub(crate) fn flat(source: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    walk(source.parse().unwrap_or_default(), &mut tokens);
    tokens
}

fn walk(stream: TokenStream, tokens: &mut Vec<Token>) {
    let mut joined: Vec<TokenTree> = Vec::new();
    for tree in stream {
        let goes_on = matches!(&tree, TokenTree::Punct(punct) if punct.spacing() == Spacing::Joint);
        match tree {
            TokenTree::Group(group) => {
                let delimiter = match group.delimiter() {
                    Delimiter::None => Delimiter::Brace,
                    other => other,
                };
                flush(&mut joined, tokens);
                tokens.push(Token::Open(delimiter));
                walk(group.stream(), tokens);
                tokens.push(Token::Close(delimiter));
            }
            // A quote is a punctuation, and the name of its lifetime belongs to it.
            TokenTree::Ident(_) if matches!(joined.last(), Some(TokenTree::Punct(it)) if it.as_char() == '\'') => {
                joined.push(tree);
            }
            TokenTree::Ident(_) | TokenTree::Literal(_) => {
                flush(&mut joined, tokens);
                joined.push(tree);
            }
            TokenTree::Punct(_) => joined.push(tree),
        }
        if !goes_on {
            flush(&mut joined, tokens);
        }
    }
    flush(&mut joined, tokens);
}

fn flush(joined: &mut Vec<TokenTree>, tokens: &mut Vec<Token>) {
    if !joined.is_empty() {
        tokens.push(Token::Word(std::mem::take(joined).into()));
    }
}

/// The tokens as a macro gets them, balanced: what closes nothing is left out, and what is open is closed.
pub(crate) fn stream(tokens: &[Token]) -> TokenStream {
    let mut open: Vec<(Delimiter, Vec<TokenTree>)> = vec![(Delimiter::None, Vec::with_capacity(tokens.len()))];
    for token in tokens {
        match token {
            Token::Open(delimiter) => open.push((*delimiter, Vec::new())),
            Token::Close(delimiter) => {
                if open.len() > 1 && open.last().is_some_and(|(opened, _)| opened == delimiter) {
                    close(&mut open);
                }
            }
            Token::Word(trees) => {
                if let Some((_, content)) = open.last_mut() {
                    content.extend(trees.iter().cloned());
                }
            }
        }
    }
    while open.len() > 1 {
        close(&mut open);
    }
    open.pop().map(|(_, content)| content.into_iter().collect()).unwrap_or_default()
}

fn close(open: &mut Vec<(Delimiter, Vec<TokenTree>)>) {
    if let Some((delimiter, content)) = open.pop()
        && let Some((_, around)) = open.last_mut()
    {
        around.push(Group::new(delimiter, content.into_iter().collect()).into());
    }
}
