//! `key = value` lists of attributes.

use crate::errors::Errors;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Expr, Ident, Lit, LitStr, Token};

/// One option.
pub(crate) struct KeyValue {
    pub(crate) key: Ident,
    pub(crate) value: Option<Expr>,
}

impl Parse for KeyValue {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let key = input.call(Ident::parse_any)?;
        let value = if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            if input.peek(syn::token::Brace) && input.fork().parse::<Expr>().is_err() {
                let example = format!("Rust has no `{{key: value}}`; write `{key} = [(\"key\", \"value\")]`");
                return Err(input.error(example));
            }
            Some(input.parse()?)
        } else {
            None
        };
        Ok(Self { key, value })
    }
}

/// Reads the options of an attribute; `known` are the keys that it takes.
pub(crate) fn parse(tokens: TokenStream, known: &[&str], repeatable: &[&str], errors: &mut Errors) -> Vec<KeyValue> {
    let parsed = Punctuated::<KeyValue, Token![,]>::parse_terminated.parse2(tokens);
    let mut options: Vec<KeyValue> = Vec::new();
    match parsed {
        Ok(list) => {
            for option in list {
                let name = option.key.to_string();
                if !known.contains(&name.as_str()) {
                    errors.at(&option.key, 1, unknown(&name, known));
                } else if !repeatable.contains(&name.as_str()) && options.iter().any(|o| o.key == option.key) {
                    errors.at(&option.key, 2, format!("the option `{name}` is given twice; remove one"));
                } else {
                    options.push(option);
                }
            }
        }
        Err(error) => errors.at_span(error.span(), 3, format!("options are written `key = value`: {error}")),
    }
    options
}

/// Options under their names in KFP's SDK.
const KFP_NAMES: &[(&str, &str)] = &[
    ("base_image", "image"),
    ("packages_to_install", "dependencies"),
    ("memory_limit", "memory"),
    ("cpu_limit", "cpu"),
    ("retry", "retries"),
    ("num_retries", "retries"),
    ("env", "set_env_variable"),
    ("cron", "schedule"),
    ("pipeline_name", "name"),
];

fn unknown(name: &str, known: &[&str]) -> String {
    let renamed =
        KFP_NAMES.iter().find(|(theirs, ours)| *theirs == name && known.contains(ours)).map(|(_, ours)| *ours);
    match renamed.or_else(|| kfp_grammar::nearest(name, known.iter().copied())) {
        Some(meant) => format!("unknown option `{name}`; write `{meant}`"),
        None => format!("unknown option `{name}`; known are {}", list_of(known)),
    }
}

impl KeyValue {
    /// A text.
    pub(crate) fn text(&self, errors: &mut Errors) -> Option<String> {
        match &self.value {
            Some(Expr::Lit(lit)) if let Lit::Str(text) = &lit.lit => return Some(text.value()),
            Some(other) => errors.at(other, 4, format!("`{}` takes a text: `{} = \"..\"`", self.key, self.key)),
            None => errors.at(&self.key, 4, format!("`{}` takes a text: `{} = \"..\"`", self.key, self.key)),
        }
        None
    }

    /// A whole number of at least `least`.
    pub(crate) fn number<N>(&self, least: N, errors: &mut Errors) -> Option<N>
    where
        N: std::str::FromStr<Err: std::fmt::Display> + PartialOrd + std::fmt::Display + Copy,
    {
        if let Some(Expr::Lit(lit)) = &self.value
            && let Lit::Int(int) = &lit.lit
            && let Ok(number) = int.base10_parse::<N>()
            && number >= least
        {
            return Some(number);
        }
        let unit = if self.key == "timeout" { " of seconds" } else { "" };
        let message = format!("`{}` takes a whole number{unit}, at least {least}: `{} = {least}`", self.key, self.key);
        match &self.value {
            Some(value) => errors.at(value, 5, message),
            None => errors.at(&self.key, 5, message),
        }
        None
    }

    /// `true` or `false`; the key alone is `true`.
    pub(crate) fn flag(&self, errors: &mut Errors) -> Option<bool> {
        match &self.value {
            None => Some(true),
            Some(Expr::Lit(lit)) if let Lit::Bool(flag) = &lit.lit => Some(flag.value),
            Some(other) => {
                errors.at(other, 6, format!("`{}` takes `true` or `false`", self.key));
                None
            }
        }
    }
}

impl KeyValue {
    /// `[("key", "value")]`: the insides of the pairs.
    pub(crate) fn pairs(&self, errors: &mut Errors) -> Option<Vec<&Punctuated<Expr, Token![,]>>> {
        fn pair(expr: &Expr) -> Option<&Punctuated<Expr, Token![,]>> {
            match expr {
                Expr::Tuple(tuple) if tuple.elems.len() == 2 && tuple.elems.iter().all(is_text) => Some(&tuple.elems),
                _ => None,
            }
        }
        let found: Option<Vec<_>> = match &self.value {
            Some(Expr::Array(array)) => array.elems.iter().map(pair).collect(),
            _ => None,
        };
        self.refuse_unless(found.is_some(), "[(\"key\", \"value\")]", errors)?;
        found
    }

    /// Refuses what is no list of texts like the example.
    pub(crate) fn refuse_unless(&self, sound: bool, example: &str, errors: &mut Errors) -> Option<()> {
        if !sound {
            let message = format!("`{}` takes a list of texts: `{} = {example}`", self.key, self.key);
            match &self.value {
                Some(value) => errors.at(value, 66, message),
                None => errors.at(&self.key, 66, message),
            }
        }
        sound.then_some(())
    }
}

/// The literal of a text, if it is one.
pub(crate) fn literal(expr: &Expr) -> Option<&LitStr> {
    match expr {
        Expr::Lit(lit) if let Lit::Str(text) = &lit.lit => Some(text),
        _ => None,
    }
}

pub(crate) fn is_text(expr: &Expr) -> bool {
    literal(expr).is_some()
}

/// An `Option`, as it is written.
pub(crate) fn optional(value: Option<impl ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}

/// What the option says, otherwise the doc comment; a constant of a `Component`.
pub(crate) fn description(option: Option<String>, attributes: &[syn::Attribute]) -> Option<TokenStream> {
    let text = option.or_else(|| crate::signature::docs(attributes))?;
    Some(quote!(const DESCRIPTION: __kfp::Description = ::core::option::Option::Some(#text);))
}

/// `a`, `b` and `c`, in backticks.
pub(crate) fn list_of(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    /// Where the text of an attribute ends.
    fn documented(attribute: &str) -> &'static str {
        let before = include_str!("lib.rs").split(&format!("pub fn {attribute}(")).next().expect("its texts");
        before.rsplit("#[proc_macro_attribute]").nth(1).expect("an attribute")
    }

    #[test]
    fn each_stands_in_the_table_of_its_attribute() {
        let component: Vec<&str> = crate::component::OPTIONS.to_vec();
        let pipeline: Vec<&str> = crate::pipeline::known_options();
        for (attribute, options) in [("component", component), ("pipeline", pipeline)] {
            let text = documented(attribute);
            let stands = |option: &str| ["`", " ="].iter().any(|end| text.contains(&format!("`{option}{end}")));
            let missing: Vec<_> = options.into_iter().filter(|option| !stands(option)).collect();
            assert!(missing.is_empty(), "`#[{attribute}]` does not say what these are: {missing:?}");
        }
    }
}
