//! Sources, changed token by token, for the macros.

use crate::bytes::Decisions;
use crate::seeds::{Macro, SOURCES};
use crate::tokens::{Token, flat, stream};
use crate::words::STRANGE;
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::BTreeMap;

/// A use of a macro, in tokens.
struct Seed {
    to: Macro,
    attribute: Vec<Token>,
    item: Vec<Token>,
}

/// What changes are made of.
struct Kit {
    seeds: Vec<Seed>,
    words: Vec<Token>,
}

thread_local! {
    /// Tokens stay in their thread.
    static KIT: Kit = Kit::new();
}

impl Kit {
    fn new() -> Self {
        let seed = |it: &crate::seeds::Seed| Seed { to: it.to, attribute: flat(&it.attribute), item: flat(&it.item) };
        let seeds: Vec<Seed> = SOURCES.iter().map(seed).collect();
        let mut words = BTreeMap::new();
        for token in seeds.iter().flat_map(|seed| &seed.item) {
            if let Token::Word(trees) = token {
                words.insert(trees.iter().map(TokenTree::to_string).collect::<String>(), token.clone());
            }
        }
        let strange = STRANGE.iter().flat_map(|word| flat(word));
        Self { seeds, words: words.into_values().chain(strange).collect() }
    }

    fn changed(&self, data: &[u8]) -> Option<(Macro, TokenStream, TokenStream)> {
        let mut decide = Decisions::new(data);
        let seed = self.seeds.get(decide.below(self.seeds.len()))?;
        let (mut attribute, mut item) = (seed.attribute.clone(), seed.item.clone());
        while !decide.is_over() {
            let tokens = if decide.byte() < 32 { &mut attribute } else { &mut item };
            self.change(tokens, &mut decide);
        }
        Some((seed.to, stream(&attribute), stream(&item)))
    }

    fn change(&self, tokens: &mut Vec<Token>, decide: &mut Decisions<'_>) {
        let kind = decide.byte() % 8;
        let at = decide.below(tokens.len() + 1);
        let length = 1 + usize::from(decide.byte() % 12);
        let end = (at + length).min(tokens.len());
        match kind {
            0 => drop(tokens.drain(at..end)),
            1 => {
                let part = tokens[at..end].to_vec();
                tokens.splice(at..at, part);
            }
            2 if at < tokens.len() => tokens[at] = self.word(decide),
            3 => tokens.insert(at, self.word(decide)),
            4 => {
                let part: Vec<_> = tokens.drain(at..end).collect();
                let to = decide.below(tokens.len() + 1);
                tokens.splice(to..to, part);
            }
            5 => {
                let delimiter = [Delimiter::Parenthesis, Delimiter::Bracket, Delimiter::Brace][length % 3];
                tokens.insert(end, Token::Close(delimiter));
                tokens.insert(at, Token::Open(delimiter));
            }
            6 => {
                // A part of another source.
                let other = &self.seeds[decide.below(self.seeds.len())].item;
                let from = decide.below(other.len());
                tokens.splice(at..at, other[from..(from + length * 3).min(other.len())].iter().cloned());
            }
            _ if at < tokens.len() => tokens.swap(at, end.saturating_sub(1)),
            _ => {}
        }
    }

    fn word(&self, decide: &mut Decisions<'_>) -> Token {
        self.words[decide.below(self.words.len())].clone()
    }
}

/// Feeds the macros one changed source. To read what comes out takes as long as all the rest, so not all of it is read.
pub(crate) fn run(data: &[u8]) {
    if let Some((to, attribute, item)) = KIT.with(|kit| kit.changed(data)) {
        match data.last() {
            Some(last) if last % 4 > 0 => drop(expand(to, attribute, item)),
            _ => feed(to, attribute, item),
        }
    }
}

/// Holds what comes out of a macro against the promise: an item, whatever went in.
pub(crate) fn feed(to: Macro, attribute: TokenStream, item: TokenStream) {
    let out = expand(to, attribute, item.clone());
    if let Err(error) = syn::parse2::<syn::File>(out.clone())
        && !matches!(to, Macro::Manifest | Macro::Import)
        && syn::parse2::<syn::Item>(item).is_ok()
    {
        panic!("what {to:?} expands to is no Rust: {error}\n{out}");
    }
}

/// What one input makes of a source, as a corpus has it.
pub(crate) fn made(data: &[u8]) -> String {
    match KIT.with(|kit| kit.changed(data)) {
        Some((to, attribute, item)) => format!("{to:?}\n{}\n{item}", attribute.to_string().replace('\n', " ")),
        None => String::new(),
    }
}

/// Feeds what a corpus has.
pub(crate) fn feed_text(text: &str) {
    if let Some(seed) = crate::seeds::Seed::read(text)
        && let (Ok(attribute), Ok(item)) = (seed.attribute.parse(), seed.item.parse())
    {
        feed(seed.to, attribute, item);
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
