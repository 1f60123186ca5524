//! The signature of a component or pipeline, read once and kept with the user's tokens.

use crate::errors::Errors;
use crate::files::{self, FileOptions};
use proc_macro2::{Literal, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, FnArg, GenericArgument, Ident, ItemFn, LitStr, Pat, PathArguments, ReturnType, Type};

/// One parameter of the function.
pub(crate) struct Param {
    /// Its name.
    pub(crate) name: Ident,
    /// Its type as written.
    pub(crate) ty: Type,
    /// How it travels.
    pub(crate) kind: ParamKind,
    /// `#[default(..)]`
    pub(crate) default: Option<Expr>,
    /// Its doc comment.
    pub(crate) docs: Option<String>,
    /// `#[name("..")]`: what it is called in a template that is elsewhere.
    pub(crate) other_name: Option<LitStr>,
    /// What `#[input(..)]` or `#[output(..)]` says.
    pub(crate) file: FileOptions,
}

/// How a parameter travels.
pub(crate) enum ParamKind {
    /// By value.
    Value,
    /// `Input<A>`
    Input(Type),
    /// `Output<A>`
    Output(Type),
}

impl Param {
    /// The name as text, without `r#`.
    pub(crate) fn text(&self) -> String {
        self.name.unraw().to_string()
    }

    pub(crate) fn is_output(&self) -> bool {
        matches!(self.kind, ParamKind::Output(_))
    }
}

/// A name with a capital is a type or a variant in a pipeline, whose call is none of ours.
pub(crate) fn check_name(name: &Ident, what: &str, errors: &mut Errors) {
    let text = name.unraw().to_string();
    if text.starts_with(char::is_uppercase) {
        let lower: String = text.chars().take(1).flat_map(char::to_lowercase).chain(text.chars().skip(1)).collect();
        let message =
            format!("the name of a {what} begins with a small letter, so that a call of it is a task: `{lower}`");
        errors.at(name, 163, message);
    }
}

/// Reads the parameters and takes `#[default]` and doc comments off them.
pub(crate) fn params(function: &mut ItemFn, what: &str, errors: &mut Errors) -> Vec<Param> {
    check_function(function, what, errors);
    let mut params = Vec::new();
    for argument in &mut function.sig.inputs {
        match argument {
            FnArg::Receiver(receiver) => {
                errors.at(receiver, 10, format!("a {what} is a plain function; it takes no `self`"));
            }
            FnArg::Typed(typed) => {
                let docs = docs(&typed.attrs);
                let other_name = take_name(&mut typed.attrs, errors);
                let default = take_default(&mut typed.attrs, errors);
                typed.attrs.retain(|attribute| !attribute.path().is_ident("doc"));
                let Pat::Ident(pattern) = &*typed.pat else {
                    errors.at(
                        &typed.pat,
                        11,
                        format!("an input of a {what} needs a name: `name: {}`", text(&typed.ty)),
                    );
                    continue;
                };
                if pattern.by_ref.is_some() || pattern.subpat.is_some() {
                    errors.at(pattern, 11, format!("an input of a {what} needs a plain name"));
                    continue;
                }
                if params.iter().any(|param: &Param| param.name == pattern.ident) {
                    let message = format!("two inputs of this {what} are called `{}`; rename one", pattern.ident);
                    errors.at(&pattern.ident, 2, message);
                    let unnamed = format_ident!("_{}", pattern.ident.unraw());
                    *typed.pat = syn::parse_quote!(#unnamed);
                    continue;
                }
                if let Some(owned) = owned_of(&typed.ty) {
                    let reference = &typed.ty;
                    errors.at(reference, 12, format!("an input is owned: write `{}: {owned}`", pattern.ident));
                    if !matches!(&*typed.ty, Type::Reference(_)) {
                        *typed.ty = syn::parse_str(&owned).unwrap_or_else(|_| (*typed.ty).clone());
                    }
                    // Calls are checked against what it should be, so that they are no errors of their own.
                    if let Ok(ty) = syn::parse_str::<Type>(&owned) {
                        let kind = kind(&ty);
                        let file = FileOptions::default();
                        params.push(Param { name: pattern.ident.clone(), ty, kind, default, docs, other_name, file });
                    }
                    continue;
                }
                if let Type::ImplTrait(open) = &*typed.ty {
                    errors.at(open, 13, "an input has one type, so that it can be checked: name it");
                    continue;
                }
                let kind = kind(&typed.ty);
                if let (Some(default), false) = (&default, matches!(kind, ParamKind::Value)) {
                    errors.at(default, 14, "only inputs that travel by value have defaults, files have none");
                }
                let file = match (&kind, what) {
                    (ParamKind::Value, _) | (_, "pipeline") => FileOptions::default(),
                    _ => files::take(&mut typed.attrs, matches!(kind, ParamKind::Output(_)), errors),
                };
                let name = pattern.ident.clone();
                params.push(Param { name, ty: closed(&typed.ty), kind, default, docs, other_name, file });
            }
        }
    }
    params
}

fn check_function(function: &ItemFn, what: &str, errors: &mut Errors) {
    let sig = &function.sig;
    // Lifetimes go with the references that are refused.
    let is_borrowed = sig.generics.type_params().next().is_none()
        && sig.generics.const_params().next().is_none()
        && sig.inputs.iter().any(|input| matches!(input, FnArg::Typed(typed) if owned_of(&typed.ty).is_some()));
    if !sig.generics.params.is_empty() && !is_borrowed {
        errors.at(&sig.generics, 15, format!("a {what} has no generics: its manifest needs the types"));
    }
    if let Some(token) = &sig.asyncness {
        errors.at(token, 16, format!("a {what} is no `async fn`; block on the future in its body"));
    }
    if let syn::Safety::Unsafe(token) = &sig.safety {
        errors.at(token, 16, format!("a {what} is no `unsafe fn`"));
    }
    if let Some(token) = &sig.abi {
        errors.at(token, 16, format!("a {what} is a plain function, without `extern`"));
    }
}

/// What is owned in place of a reference.
pub(crate) fn owned(reference: &syn::TypeReference) -> String {
    match &*reference.elem {
        Type::Path(path) if path.path.is_ident("str") => "String".to_owned(),
        Type::Slice(slice) => format!("Vec<{}>", text(&slice.elem)),
        other => text(other),
    }
}

/// What is owned in place of a reference, and of what only stands behind one.
fn owned_of(ty: &Type) -> Option<String> {
    match ty {
        Type::Reference(reference) => Some(owned(reference)),
        Type::Path(path) if path.path.is_ident("str") => Some("String".to_owned()),
        Type::Slice(slice) => Some(format!("Vec<{}>", text(&slice.elem))),
        _ => None,
    }
}

/// Where the type of the error stands, or else what is returned.
pub(crate) fn error_span(function: &ItemFn) -> Span {
    let ReturnType::Type(_, ty) = &function.sig.output else { return function.sig.ident.span() };
    let Type::Path(path) = &**ty else { return ty.span() };
    let inside = path.path.segments.last().map(|last| &last.arguments);
    match inside {
        Some(PathArguments::AngleBracketed(inside)) if inside.args.len() == 2 => inside.args[1].span(),
        _ => ty.span(),
    }
}

/// Whether a type plainly travels by value: numbers, texts, and lists of them.
pub(crate) fn travels(ty: &Type) -> bool {
    const PLAIN: [&str; 16] = [
        "String", "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64",
        "usize",
    ];
    let Type::Path(path) = ty else { return false };
    let Some(last) = path.path.segments.last().filter(|_| path.path.segments.len() == 1) else { return false };
    match &last.arguments {
        PathArguments::None => PLAIN.iter().any(|plain| last.ident == plain),
        PathArguments::AngleBracketed(inside) => {
            let inner = |argument: &GenericArgument| matches!(argument, GenericArgument::Type(ty) if travels(ty));
            (last.ident == "Vec" || last.ident == "Option") && inside.args.iter().all(inner)
        }
        PathArguments::Parenthesized(_) => false,
    }
}

/// A type as the user would write it.
pub(crate) fn text(tokens: impl ToTokens) -> String {
    let mut text = tokens.to_token_stream().to_string();
    for (from, to) in [(" < ", "<"), (" >", ">"), ("< ", "<"), (" :: ", "::"), (" ,", ","), ("& ", "&")] {
        text = text.replace(from, to);
    }
    text
}

/// `#[name("my-rows")]`
fn take_name(attributes: &mut Vec<Attribute>, errors: &mut Errors) -> Option<LitStr> {
    let mut name = None;
    attributes.retain(|attribute| {
        let is_name = attribute.path().is_ident("name");
        if is_name {
            match attribute.parse_args::<LitStr>() {
                Ok(text) => name = Some(text),
                Err(_) => errors.at(attribute, 3, "a name is written `#[name(\"my-rows\")]`"),
            }
        }
        !is_name
    });
    name
}

fn take_default(attributes: &mut Vec<Attribute>, errors: &mut Errors) -> Option<Expr> {
    let mut default = None;
    attributes.retain(|attribute| {
        if !attribute.path().is_ident("default") {
            return true;
        }
        match attribute.parse_args::<Expr>() {
            Ok(expr) if default.is_none() => default = Some(expr),
            Ok(_) => errors.at(attribute, 2, "the default is given twice; remove one"),
            Err(_) => errors.at(attribute, 17, "a default is written `#[default(value)]`"),
        }
        false
    });
    default
}

/// The doc comment, a line a line.
pub(crate) fn docs(attributes: &[Attribute]) -> Option<String> {
    let mut lines = Vec::new();
    for attribute in attributes {
        if attribute.path().is_ident("doc")
            && let syn::Meta::NameValue(meta) = &attribute.meta
            && let Expr::Lit(lit) = &meta.value
            && let syn::Lit::Str(line) = &lit.lit
        {
            lines.push(line.value().trim().to_owned());
        }
    }
    let text = lines.join("\n").trim().to_owned();
    (!text.is_empty()).then_some(text)
}

fn kind(ty: &Type) -> ParamKind {
    match generic(ty) {
        Some((name, Some(artifact))) if name == "Input" => ParamKind::Input(artifact),
        Some((name, Some(artifact))) if name == "Output" => ParamKind::Output(artifact),
        _ => ParamKind::Value,
    }
}

/// The last segment of a type's path and its first type argument.
fn generic(ty: &Type) -> Option<(String, Option<Type>)> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    let argument = match &last.arguments {
        PathArguments::AngleBracketed(arguments) => arguments.args.iter().find_map(|argument| match argument {
            GenericArgument::Type(ty) => Some(ty.clone()),
            _ => None,
        }),
        _ => None,
    };
    Some((last.ident.to_string(), argument))
}

/// What a function returns.
pub(crate) struct Return {
    /// Its type without `Result`; none for nothing.
    pub(crate) ty: Option<Type>,
    /// Whether it is wrapped in a `Result`.
    pub(crate) fallible: bool,
}

/// Whether it is an `Output<..>` or `Input<..>`.
pub(crate) fn is_place(ty: &Type) -> bool {
    matches!(generic(ty), Some((name, Some(_))) if name == "Output" || name == "Input")
}

/// The type where more follows it: `i64 +` is one for rustc, which says what is wrong with it, and takes what comes next.
fn closed(ty: &Type) -> Type {
    match ty {
        Type::TraitObject(bounds) => syn::parse_quote!((#bounds)),
        ty => ty.clone(),
    }
}

impl Return {
    pub(crate) fn of(output: &ReturnType) -> Self {
        let ReturnType::Type(_, ty) = output else { return Self { ty: None, fallible: false } };
        let (inner, fallible) = match generic(ty) {
            Some((name, Some(inner))) if name == "Result" => (inner, true),
            _ => (closed(ty), false),
        };
        let unit = matches!(&inner, Type::Tuple(tuple) if tuple.elems.is_empty());
        Self { ty: (!unit).then_some(inner), fallible }
    }

    /// For `ContainerOp` and `ContainerOp<O>`: `O`.
    pub(crate) fn container(&self) -> Option<Type> {
        match generic(self.ty.as_ref()?) {
            Some((name, outputs)) if name == "ContainerOp" => Some(outputs.unwrap_or_else(|| syn::parse_quote!(()))),
            _ => None,
        }
    }

    /// The constant that tells a value, a struct of outputs and an artifact apart; in a block with `Probe as __Is`.
    pub(crate) fn kind(&self) -> TokenStream {
        let Some(ty) = &self.ty else { return quote!() };
        quote_spanned!(ty.span()=> const __KIND: u8 = __Is::<#ty>::OUTPUTS | __Is::<#ty>::ARTIFACT | __Is::<#ty>::PARAM;)
    }

    /// The type that says what the outputs are as a whole, by that constant.
    pub(crate) fn returned(&self) -> TokenStream {
        match &self.ty {
            None => quote!(__kfp::Nothing),
            Some(ty) => quote_spanned!(ty.span()=> <__kfp::Kind<__KIND> as __kfp::Choose<#ty>>::Returned),
        }
    }
}

/// `enum draw {}`, as a whole where the name stands: rustc shows that as its declaration.
pub(crate) fn enum_at(name: &Ident) -> TokenStream {
    quote_spanned!(name.span()=> enum #name {})
}

/// Where a token stands, as an expression of type `Place`, in a block in which `__kfp` is the library.
pub(crate) fn place(span: Span) -> TokenStream {
    let (line, column) = (span.start().line, span.start().column + 1);
    let (line, column) = (Literal::usize_unsuffixed(line), Literal::usize_unsuffixed(column));
    quote!(__kfp::Place::at(::core::file!(), #line, #column))
}

/// The names and types of a signature as one text, the same whatever compiler prints it.
pub(crate) fn fingerprint_text(function: &ItemFn) -> String {
    let inputs = function.sig.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(typed) => {
            let (pattern, ty) = (&typed.pat, &typed.ty);
            Some(quote!(#pattern: #ty).to_string())
        }
        FnArg::Receiver(_) => None,
    });
    let output = function.sig.output.to_token_stream().to_string();
    let text = inputs.collect::<Vec<_>>().join(",") + &output;
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
