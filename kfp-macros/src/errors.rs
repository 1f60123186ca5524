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

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    pub(crate) fn into_tokens(self) -> TokenStream {
        self.0.map_or_else(|| quote!(), Error::into_compile_error)
    }
}

/// A message with its code.
pub(crate) fn text(code: u16, message: &str) -> String {
    format!("[{}] {message}", kfp_grammar::Code(code))
}
