//! `#[component(script)]`: the source of the function, and what the program around it has to know.

use crate::errors::Errors;
use crate::options::{self, KeyValue};
use crate::signature::{self, Param, ParamKind, Return};
use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;
use syn::{Attribute, Expr, GenericArgument, Ident, ItemFn, LitStr, PathArguments, Type};

/// The image of a script that names none.
pub(crate) const IMAGE: &str = "rust:1.95";

/// What the attribute says of a script.
#[derive(Default)]
pub(crate) struct ScriptOptions {
    script: Option<Ident>,
    dependencies: Option<Ident>,
    lines: Vec<LitStr>,
}

impl ScriptOptions {
    /// Reads one of its options; `false` if it is another.
    pub(crate) fn read(&mut self, option: &KeyValue, errors: &mut Errors) -> bool {
        match option.key.to_string().as_str() {
            "script" => self.script = option.flag(errors).unwrap_or(true).then(|| option.key.clone()),
            "dependencies" => {
                self.dependencies = Some(option.key.clone());
                match lines(option) {
                    Some(lines) => self.lines = lines,
                    None => errors.at(
                        option.value.as_ref().map_or_else(|| option.key.to_token_stream(), ToTokens::to_token_stream),
                        66,
                        "`dependencies` takes a list of texts: `dependencies = [\"csv = \\\"1\\\"\"]`",
                    ),
                }
            }
            _ => return false,
        }
        true
    }

    pub(crate) fn is_script(&self) -> bool {
        self.script.is_some()
    }

    /// What cannot work in a script.
    pub(crate) fn check(&self, function: &ItemFn, params: &[Param], returns: &Return, errors: &mut Errors) {
        let Some(script) = &self.script else {
            if let Some(dependencies) = &self.dependencies {
                let message = "`dependencies` are of a script: write `script, dependencies = [..]`; the crate's own \
                               program has those of `Cargo.toml`";
                errors.at(dependencies, 69, message);
            }
            return;
        };
        if returns.container().is_some() {
            errors.at(
                script,
                68,
                "a script runs its function in the container; one that returns a `ContainerOp` \
                                   describes the container instead: remove `script`",
            );
            return;
        }
        for line in &self.lines {
            if let Some(wrong) = wrong_line(&line.value()) {
                errors.at(
                    line,
                    70,
                    format!("{wrong}; a dependency is written as in `Cargo.toml`: `\"csv = \\\"1\\\"\"`"),
                );
            }
        }
        let values = params.iter().filter(|param| matches!(param.kind, ParamKind::Value)).map(|param| &param.ty);
        for ty in values.chain(&returns.ty) {
            if self.passed(ty).is_none() {
                errors.at(ty, 71, self.unknown(ty));
            }
        }
        check_paths(function.block.to_token_stream(), errors);
    }

    fn unknown(&self, ty: &Type) -> String {
        let ty = signature::text(ty);
        let known = "numbers, `bool`, `char`, `String`, and `Option` and `Vec` of them";
        match self.has_serde() {
            true => format!(
                "the script knows nothing of `{ty}`: its values are {known}, maps, sets and tuples of them, and types \
                 of its dependencies"
            ),
            false => format!(
                "the script knows nothing of `{ty}`: its values are {known}; with \
                 `dependencies = [\"serde_json = \\\"1\\\"\"]` also maps, sets, tuples, and `serde_json::Value`"
            ),
        }
    }

    /// How a value travels, if it can.
    fn passed(&self, ty: &Type) -> Option<&'static str> {
        match ty {
            ty if is_scalar(ty) => Some("Scalar"),
            ty if is_known(ty) => Some("Json"),
            ty if self.has_serde() && self.is_serde(ty) => Some("Serde"),
            _ => None,
        }
    }

    fn crates(&self) -> impl Iterator<Item = String> {
        self.lines.iter().filter_map(|line| Some(line.value().split_once('=')?.0.trim().replace('-', "_")))
    }

    fn has_serde(&self) -> bool {
        self.crates().any(|name| name == "serde_json")
    }

    /// Whether a type is one that the script can name, and that serde knows or a dependency says.
    fn is_serde(&self, ty: &Type) -> bool {
        match ty {
            Type::Tuple(tuple) => !tuple.elems.is_empty() && tuple.elems.iter().all(|ty| self.is_serde(ty)),
            Type::Array(array) => self.is_serde(&array.elem),
            Type::Path(path) => {
                let first = path.path.segments.first().map(|first| first.ident.unraw().to_string());
                let of_a_crate = path.path.segments.len() > 1 && self.crates().any(|name| Some(name) == first);
                let (name, arguments) = standard(ty).unwrap_or_default();
                let collection = ["Option", "Vec", "BTreeMap", "BTreeSet", "HashMap", "HashSet", "VecDeque"];
                of_a_crate
                    || is_scalar(ty)
                    || (collection.contains(&name.as_str()) && arguments.iter().all(|ty| self.is_serde(ty)))
            }
            _ => false,
        }
    }

    /// The `Script` of the function, as an expression.
    pub(crate) fn expand(&self, function: &ItemFn, params: &[Param], returns: &Return) -> TokenStream {
        let passed = |ty: &Type| {
            let how = format_ident!("{}", self.passed(ty).unwrap_or("Scalar"));
            quote!(::kfp::__private::Passed::#how)
        };
        let list = params.iter().map(|param| {
            let name = param.text();
            let how = match &param.kind {
                ParamKind::Value => passed(&param.ty),
                ParamKind::Input(_) => quote!(::kfp::__private::Passed::Input),
                ParamKind::Output(_) => quote!(::kfp::__private::Passed::Output),
            };
            quote!((#name, #how))
        });
        let returned = options::optional(returns.ty.as_ref().map(passed));
        let mut artifacts: Vec<String> = params.iter().filter_map(artifact).collect();
        artifacts.sort();
        artifacts.dedup();
        let (name, source) = (function.sig.ident.to_string(), source(function, params));
        let (fallible, dependencies) = (returns.fallible, &self.lines);
        quote! {
            &::kfp::__private::Script {
                function: #name,
                source: #source,
                params: &[#(#list),*],
                artifacts: &[#(#artifacts),*],
                returns: #returned,
                fallible: #fallible,
                dependencies: &[#(#dependencies),*],
            }
        }
    }
}

fn lines(option: &KeyValue) -> Option<Vec<LitStr>> {
    let Some(Expr::Array(array)) = &option.value else { return None };
    array.elems.iter().map(|line| options::literal(line).cloned()).collect()
}

/// What is wrong with a line of `[dependencies]`.
fn wrong_line(line: &str) -> Option<String> {
    let Some((name, value)) = line.split_once('=') else { return Some(format!("`{line}` has no version")) };
    let (name, value) = (name.trim(), value.trim());
    let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    if !is_name {
        return Some(format!("`{name}` is no name of a crate"));
    }
    let inside = |open, close| value.len() > 2 && value.starts_with(open) && value.ends_with(close);
    let is_version = inside('"', '"') && value.matches('"').count() == 2;
    let is_table = inside('{', '}') && value.contains('=') && value.matches('"').count().is_multiple_of(2);
    if value.contains('\n') || !(is_version || is_table) {
        return Some(format!("`{value}` is neither a version nor a table"));
    }
    let has_path = value
        .trim_start_matches('{')
        .split(',')
        .any(|field| field.split_once('=').is_some_and(|(key, _)| key.trim() == "path"));
    (is_table && has_path).then(|| format!("`{name}` is on this machine, and not in the container"))
}

/// Paths out of the function, which has nothing around it in the script.
fn check_paths(tokens: TokenStream, errors: &mut Errors) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is = |index: usize, wanted: char| matches!(tokens.get(index), Some(TokenTree::Punct(punct)) if punct.as_char() == wanted);
    for (index, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => check_paths(group.stream(), errors),
            TokenTree::Ident(ident)
                if (ident == "crate" || ident == "super" || ident == "self")
                    && is(index + 1, ':')
                    && is(index + 2, ':')
                    && !(index > 0 && is(index - 1, '$')) =>
            {
                let message = format!(
                    "`{ident}::..` is not in the script, which has this function alone: write what it needs into its \
                     body, or leave `script` out"
                );
                errors.at(ident, 72, message);
            }
            TokenTree::Ident(ident)
                if (ident == "write_metrics" || ident == "write_viewers") && index > 0 && is(index - 1, '.') =>
            {
                let message =
                    format!("`{ident}` is not in the script: write the JSON with `write`, or leave `script` out");
                errors.at(ident, 72, message);
            }
            _ => {}
        }
    }
}

/// The last name of an artifact's type.
fn artifact(param: &Param) -> Option<String> {
    match &param.kind {
        ParamKind::Value => None,
        ParamKind::Input(ty) | ParamKind::Output(ty) => match ty {
            Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()),
            _ => None,
        },
    }
}

/// The name of a type of the standard library, or one that is written as one, and its type arguments.
fn standard(ty: &Type) -> Option<(String, Vec<Type>)> {
    let Type::Path(path) = ty else { return None };
    let (first, last) = (path.path.segments.first()?, path.path.segments.last()?);
    let root = ["std", "core", "alloc"].iter().any(|root| first.ident == root);
    if path.qself.is_some() || !(root || path.path.segments.len() == 1) {
        return None;
    }
    let arguments = match &last.arguments {
        PathArguments::AngleBracketed(list) => {
            let types = list.args.iter().map(|argument| match argument {
                GenericArgument::Type(ty) => Some(ty.clone()),
                _ => None,
            });
            types.collect::<Option<_>>()?
        }
        _ => Vec::new(),
    };
    Some((last.ident.to_string(), arguments))
}

fn is_scalar(ty: &Type) -> bool {
    const SCALARS: [&str; 17] = [
        "String", "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64",
        "u128", "usize",
    ];
    standard(ty).is_some_and(|(name, arguments)| arguments.is_empty() && SCALARS.contains(&name.as_str()))
}

/// Whether the prelude knows it.
fn is_known(ty: &Type) -> bool {
    is_scalar(ty)
        || standard(ty).is_some_and(|(name, arguments)| {
            (name == "Option" || name == "Vec") && matches!(&arguments[..], [inner] if is_known(inner))
        })
}

/// The function: its body as it was written, its signature without what is the component's.
fn source(function: &ItemFn, params: &[Param]) -> String {
    let mut source = String::new();
    for line in signature::docs(&function.attrs).iter().flat_map(|docs| docs.lines()) {
        source.push_str(format!("/// {line}").trim_end());
        source.push('\n');
    }
    for attribute in function.attrs.iter().filter(|attribute| acts(attribute)) {
        source.push_str(&attribute.to_token_stream().to_string());
        source.push('\n');
    }
    let arguments = function.sig.inputs.iter().zip(params).map(|(argument, param)| {
        let pattern = match argument {
            syn::FnArg::Typed(typed) => signature::text(&typed.pat),
            syn::FnArg::Receiver(receiver) => signature::text(receiver),
        };
        let ty = match (&param.kind, artifact(param)) {
            (ParamKind::Input(_), Some(artifact)) => format!("Input<{artifact}>"),
            (ParamKind::Output(_), Some(artifact)) => format!("Output<{artifact}>"),
            _ => signature::text(&param.ty),
        };
        format!("{pattern}: {ty}")
    });
    let arguments = arguments.collect::<Vec<_>>().join(", ");
    let output = match signature::text(&function.sig.output) {
        output if output.is_empty() => String::new(),
        output => format!("{output} "),
    };
    source + &format!("pub fn {}({arguments}) {output}{}", function.sig.ident, body(function))
}

/// Attributes that do something; lints do not matter in a script.
fn acts(attribute: &Attribute) -> bool {
    let first = attribute.path().segments.first().map(|first| first.ident.to_string()).unwrap_or_default();
    !["doc", "kfp", "component", "allow", "expect", "warn", "deny", "forbid", "must_use"].contains(&first.as_str())
}

/// The body as it was written. Where a macro put it together, its place shows something else: then as its tokens say.
fn body(function: &ItemFn) -> String {
    let tokens = function.block.to_token_stream();
    let written = function.block.brace_token.span.join().source_text();
    let same = |text: &String| text.parse::<TokenStream>().is_ok_and(|parsed| flat(parsed) == flat(tokens.clone()));
    written.filter(same).unwrap_or_else(|| tokens.to_string())
}

/// Each token, whatever the space between them.
fn flat(tokens: TokenStream) -> Vec<String> {
    let mut list = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                list.push(format!("{:?}", group.delimiter()));
                list.extend(flat(group.stream()));
                list.push(String::new());
            }
            other => list.push(other.to_string()),
        }
    }
    list
}
