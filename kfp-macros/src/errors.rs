//! Collects what is wrong, so that all of it is said at once.

use kfp_grammar::Mistake;
use proc_macro2::{Delimiter, Group, Spacing, Span, TokenStream, TokenTree};
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

    /// The errors, as an item. Expressions inside of one: after an item that cannot be, rustc would look for no names.
    pub(crate) fn into_tokens(self) -> TokenStream {
        let errors = self.into_exprs();
        if errors.is_empty() { quote!() } else { quote!(const _: () = { let _ = (#(#errors,)*); };) }
    }
}

/// What stands in place of an item that cannot be read. rustc's own parser has read it before; what that accepts only to
/// go on, it has refused itself and better.
pub(crate) fn unparsed(error: &Error, what: &str, item: &TokenStream) -> TokenStream {
    let tokens: Vec<TokenTree> = item.clone().into_iter().collect();
    let is_said = error.to_string().contains("cannot be chained")
        || has_odd_parameters(&tokens)
        || has_colon_arguments(&tokens, false);
    if let Some(emptied) = emptied(&tokens) {
        // Of the body as it stands, more errors would follow. What rustc's parser says of these, it says better.
        let is_said = is_said
            || ["`;`", "`,`", "curly braces"].iter().any(|end| error.to_string().ends_with(&format!("expected {end}")));
        let error = Error::new(error.span(), text(18, &format!("a {what} is a function: {error}")));
        let error = if is_said { TokenStream::new() } else { error.into_compile_error() };
        return quote!(#error #emptied);
    }
    if is_said {
        return item.clone();
    }
    let error = Error::new(error.span(), text(18, &format!("a {what} is a function: {error}")));
    let error = error.into_compile_error();
    quote!(#error #item)
}

/// The function with what stands for a body, if it is the body that cannot be read.
fn emptied(tokens: &[TokenTree]) -> Option<TokenStream> {
    let (body, head) = tokens.split_last()?;
    let parameters = parameters_at(tokens);
    let head = head.iter().enumerate().map(|(at, token)| match token {
        TokenTree::Group(group) if Some(at) == parameters => typed(group),
        token => token.clone(),
    });
    let function = quote!(#(#head)* {});
    let is_body = matches!(body, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
    let function: syn::ItemFn = syn::parse2(function).ok().filter(|_| is_body)?;
    Some(crate::component::fallback(&function, function.sig.inputs.len(), Errors::default()))
}

/// Parameters with a type each, and without the values that stand behind them in Python: `(rows, depth: i64 = 3)`.
fn typed(parameters: &Group) -> TokenTree {
    let tokens: Vec<TokenTree> = parameters.stream().into_iter().collect();
    let typed = tokens.split(|token| is(token, ',')).filter(|parameter| !parameter.is_empty()).map(|parameter| {
        let kept = parameter.iter().take_while(|token| !is(token, '='));
        let ty = (!parameter.iter().any(|token| is(token, ':'))).then(|| quote!(: ()));
        quote!(#(#kept)* #ty,)
    });
    let mut typed = Group::new(parameters.delimiter(), typed.collect());
    typed.set_span(parameters.span());
    typed.into()
}

fn is(token: &TokenTree, wanted: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == wanted)
}

/// Where the parameters of a function stand.
fn parameters_at(tokens: &[TokenTree]) -> Option<usize> {
    let at = tokens.iter().position(|token| matches!(token, TokenTree::Ident(word) if word == "fn"))?;
    Some(at + tokens[at..].iter().position(|token| in_parentheses(token).is_some())?)
}

/// Whether a parameter has no type, or a value behind it: `fn add(a, b: i64 = 3)`.
fn has_odd_parameters(tokens: &[TokenTree]) -> bool {
    let parameters = parameters_at(tokens).and_then(|at| in_parentheses(&tokens[at])).unwrap_or_default();
    parameters
        .split(|token| is(token, ','))
        .filter(|parameter| !parameter.is_empty())
        .any(|parameter| !parameter.iter().any(|token| is(token, ':')) || parameter.iter().any(|token| is(token, '=')))
}

fn in_parentheses(token: &TokenTree) -> Option<Vec<TokenTree>> {
    match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => {
            Some(group.stream().into_iter().collect())
        }
        _ => None,
    }
}

/// Whether a call in the body of a function has arguments as in `draw(low: 1)`.
fn has_colon_arguments(tokens: &[TokenTree], in_body: bool) -> bool {
    let is_argument = |inside: &[TokenTree]| match inside {
        [TokenTree::Ident(_), TokenTree::Punct(colon), ..] => {
            colon.as_char() == ':' && colon.spacing() == Spacing::Alone
        }
        _ => false,
    };
    tokens.iter().enumerate().any(|(index, token)| {
        let TokenTree::Group(group) = token else { return false };
        let follows_a_name = index.checked_sub(1).is_some_and(|before| matches!(tokens[before], TokenTree::Ident(_)));
        let arguments = in_parentheses(token).filter(|_| in_body && follows_a_name);
        let inside: Vec<TokenTree> = group.stream().into_iter().collect();
        arguments.is_some_and(|arguments| is_argument(&arguments))
            || has_colon_arguments(&inside, in_body || group.delimiter() == Delimiter::Brace)
    })
}

/// A message with its code.
pub(crate) fn text(code: u16, message: &str) -> String {
    format!("[{}] {message}", kfp_grammar::Code(code))
}
