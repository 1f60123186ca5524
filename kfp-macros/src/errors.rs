//! Collects what is wrong, so that all of it is said at once.

use kfp_grammar::Mistake;
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::Error;

/// What was found wrong so far.
#[derive(Default)]
pub(crate) struct Errors(Option<Error>);

impl Errors {
    /// At a token: the code, what is wrong and what to write.
    pub(crate) fn at(&mut self, tokens: impl ToTokens, code: u16, message: impl AsRef<str>) {
        self.push(Error::new_spanned(tokens, text(code, message.as_ref())));
    }

    /// At a span.
    pub(crate) fn at_span(&mut self, span: Span, code: u16, message: impl AsRef<str>) {
        self.push(Error::new(span, text(code, message.as_ref())));
    }

    /// At a token: what is wrong with a text in one of the small languages; `place` says where in it, if that helps.
    pub(crate) fn mistake(&mut self, tokens: impl ToTokens, mistake: &Mistake, place: &str) {
        self.push(Error::new_spanned(tokens, text(mistake.code.0, &format!("{place}{mistake}"))));
    }

    pub(crate) fn push(&mut self, error: Error) {
        match &mut self.0 {
            Some(all) => all.combine(error),
            None => self.0 = Some(error),
        }
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.0.iter().flatten().count()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The errors, each an expression: rustc says each once, and knows no type of it, so that nothing follows from it.
    pub(crate) fn into_exprs(self) -> Vec<TokenStream> {
        self.0.into_iter().flatten().map(|error| error.to_compile_error()).collect()
    }

    pub(crate) fn into_tokens(self) -> TokenStream {
        self.0.map_or_else(|| quote!(), Error::into_compile_error)
    }
}

/// A message with its code.
pub(crate) fn text(code: u16, message: &str) -> String {
    format!("[{}] {message}", kfp_grammar::Code(code))
}
