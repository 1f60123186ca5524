//! The names of fields in JSON, as `serde` reads them from its own attributes.

use crate::errors::Errors;
use syn::ext::IdentExt;
use syn::meta::ParseNestedMeta;
use syn::{Attribute, Field, LitStr, Token};

/// The names that a struct gives its fields in JSON.
pub(crate) struct Names {
    /// `#[serde(rename_all = "..")]`
    rule: Option<String>,
}

impl Names {
    /// Reads the attributes of the struct.
    pub(crate) fn of(attributes: &[Attribute], errors: &mut Errors) -> Self {
        let mut rule = None;
        each(attributes, |meta| {
            if meta.path.is_ident("rename_all") {
                rule = written(meta)?;
            } else if ["transparent", "tag", "untagged", "into", "from", "try_from"]
                .iter()
                .any(|key| meta.path.is_ident(key))
            {
                errors.at(
                    &meta.path,
                    23,
                    "with this the JSON is no object of the fields, so they cannot be outputs by name",
                );
                skip(meta)?;
            } else {
                skip(meta)?;
            }
            Ok(())
        });
        Self { rule }
    }

    /// The name of a field.
    pub(crate) fn field(&self, field: &Field, errors: &mut Errors) -> String {
        let ident = field.ident.as_ref().map(|ident| ident.unraw().to_string()).unwrap_or_default();
        let mut name = None;
        each(&field.attrs, |meta| {
            if meta.path.is_ident("rename") {
                name = written(meta)?;
            } else if ["flatten", "skip", "skip_serializing"].iter().any(|key| meta.path.is_ident(key)) {
                errors.at(
                    &meta.path,
                    23,
                    "with this the field is not in the JSON by its name, so it cannot be an output",
                );
                skip(meta)?;
            } else {
                skip(meta)?;
            }
            Ok(())
        });
        name.unwrap_or_else(|| self.rule.as_deref().map_or_else(|| ident.clone(), |rule| renamed(rule, &ident)))
    }
}

/// Visits each key of `#[serde(..)]`. What is malformed is left to `serde`.
fn each(attributes: &[Attribute], mut visit: impl FnMut(&ParseNestedMeta<'_>) -> syn::Result<()>) {
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        let _ = attribute.parse_nested_meta(|meta| visit(&meta));
    }
}

/// `= ".."`, or `(serialize = "..", deserialize = "..")`, of which the first is what the next step sees.
fn written(meta: &ParseNestedMeta<'_>) -> syn::Result<Option<String>> {
    if meta.input.peek(Token![=]) {
        return Ok(Some(meta.value()?.parse::<LitStr>()?.value()));
    }
    let mut name = None;
    meta.parse_nested_meta(|inner| {
        let text = inner.value()?.parse::<LitStr>()?.value();
        if inner.path.is_ident("serialize") {
            name = Some(text);
        }
        Ok(())
    })?;
    Ok(name)
}

/// Passes over the value of a key that does not matter.
fn skip(meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
    if meta.input.peek(Token![=]) {
        meta.value()?.parse::<syn::Expr>()?;
    } else if meta.input.peek(syn::token::Paren) {
        meta.parse_nested_meta(|inner| skip(&inner))?;
    }
    Ok(())
}

/// A name in `snake_case` by one of `serde`'s rules; an unknown rule is `serde`'s to refuse.
fn renamed(rule: &str, name: &str) -> String {
    let pascal = || -> String {
        name.split('_')
            .map(|word| {
                let mut letters = word.chars();
                letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
            })
            .collect()
    };
    match rule {
        "PascalCase" => pascal(),
        "camelCase" => {
            let pascal = pascal();
            let mut letters = pascal.chars();
            letters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(letters).collect()
        }
        "UPPERCASE" | "SCREAMING_SNAKE_CASE" => name.to_ascii_uppercase(),
        "kebab-case" => name.replace('_', "-"),
        "SCREAMING-KEBAB-CASE" => name.to_ascii_uppercase().replace('_', "-"),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::renamed;

    #[test]
    fn rules_of_serde() {
        let cases = [
            ("lowercase", "learn_rate"),
            ("snake_case", "learn_rate"),
            ("UPPERCASE", "LEARN_RATE"),
            ("PascalCase", "LearnRate"),
            ("camelCase", "learnRate"),
            ("SCREAMING_SNAKE_CASE", "LEARN_RATE"),
            ("kebab-case", "learn-rate"),
            ("SCREAMING-KEBAB-CASE", "LEARN-RATE"),
        ];
        for (rule, expected) in cases {
            assert_eq!(renamed(rule, "learn_rate"), expected, "{rule}");
        }
    }
}
