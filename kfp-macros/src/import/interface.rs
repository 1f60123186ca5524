//! What a component takes and gives in a pipeline: names and types.

use super::names::idents;
use super::{Import, Loaded};
use kfp_grammar::component::{Kind, TypeName, Usage};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;

/// The inputs and outputs.
pub(super) struct Interface {
    /// Those that have to be given first, then the others.
    pub(super) inputs: Vec<Input>,
    pub(super) outputs: Vec<Output>,
    /// The types that are the component's own: what they are called, and KFP's name.
    pub(super) types: Vec<(Ident, TypeName)>,
}

pub(super) struct Input {
    pub(super) name: Ident,
    /// Where it stands in the file.
    pub(super) index: usize,
    /// The type that it takes.
    pub(super) ty: TokenStream,
    /// As the documentation has it.
    pub(super) shown: String,
    pub(super) is_file: bool,
    pub(super) may_be_left_out: bool,
}

pub(super) struct Output {
    pub(super) name: Ident,
    pub(super) ty: TokenStream,
    pub(super) shown: String,
    pub(super) is: Is,
}

/// What an output is in the manifest.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Is {
    File,
    /// A file whose text is the value.
    Content,
}

impl Interface {
    pub(super) fn new(import: &Import, loaded: &Loaded) -> Self {
        let component = &loaded.component;
        let span = import.name.span();
        let mut types = Types::default();
        let names: Vec<&str> = component.inputs.iter().map(|input| input.name.as_str()).collect();
        let inputs = component.inputs.iter().zip(idents(&names, "input", span)).enumerate();
        let mut inputs: Vec<Input> = inputs
            .map(|(index, (input, name))| {
                let usage = component.usage(&input.name, &|url| loaded.find(url));
                let is_file = usage.by_path && !usage.by_value;
                let (ty, shown) = match is_file {
                    true => types.input(input.kind.as_ref()),
                    false => types.text(input.kind.as_ref(), usage),
                };
                let may_be_left_out = input.optional || input.default.is_some();
                Input { name, index, ty, shown, is_file, may_be_left_out }
            })
            .collect();
        inputs.sort_by_key(|input| input.may_be_left_out);
        let names: Vec<&str> = component.outputs.iter().map(|output| output.name.as_str()).collect();
        let outputs = component.outputs.iter().zip(idents(&names, "output", span)).map(|(output, name)| {
            match output.kind.as_ref().filter(|kind| kind.is_parameter()) {
                Some(kind) => {
                    let (ty, shown) = types.value(kind);
                    Output { name, ty, shown, is: Is::Content }
                }
                None => {
                    let (ty, shown) = types.output(output.kind.as_ref());
                    Output { name, ty, shown, is: Is::File }
                }
            }
        });
        let outputs = outputs.collect();
        Self { inputs, outputs, types: types.0 }
    }
}

/// A type that travels by value.
fn value(kind: &Kind) -> (TokenStream, String) {
    let json = || (quote!(::kfp::__private::Json), "Json".to_owned());
    let inner = |kind: &Option<Box<Kind>>| kind.as_ref().map_or_else(json, |kind| value(kind));
    let (ty, shown) = match kind {
        Kind::Integer => (quote!(i64), "i64".to_owned()),
        Kind::Float => (quote!(f64), "f64".to_owned()),
        Kind::Boolean => (quote!(bool), "bool".to_owned()),
        Kind::Text | Kind::Named(_) => (quote!(::std::string::String), "String".to_owned()),
        // `Types` has those with properties.
        Kind::Typed(name) => {
            let ident = format_ident!("{}", name.name);
            (quote!(::kfp::types::#ident), name.name.clone())
        }
        Kind::List(element) => {
            let (ty, shown) = inner(element);
            (quote!(::std::vec::Vec<#ty>), format!("Vec<{}>", shown.replace('`', "")))
        }
        Kind::Map(element) => {
            let (ty, shown) = inner(element);
            (
                quote!(::std::collections::BTreeMap<::std::string::String, #ty>),
                format!("BTreeMap<String, {}>", shown.replace('`', "")),
            )
        }
    };
    (ty, format!("`{shown}`"))
}

/// The types that a component has besides KFP's own.
#[derive(Default)]
struct Types(Vec<(Ident, TypeName)>);

impl Types {
    /// What an input takes by value.
    fn text(&mut self, kind: Option<&Kind>, usage: Usage) -> (TokenStream, String) {
        match kind {
            Some(Kind::Map(_)) => (quote!(::kfp::__private::Object), "a JSON object".to_owned()),
            Some(Kind::Named(name)) => {
                let (artifact, shown) = self.named(name);
                (quote!(::kfp::__private::TextOf<#artifact>), format!("the text of {shown}"))
            }
            Some(Kind::Typed(name)) if !name.properties.is_empty() => (self.own(name), format!("`{}`", name.text())),
            Some(kind) => value(kind),
            None if usage.decides => (quote!(bool), "`bool`".to_owned()),
            None => (quote!(::kfp::__private::Untyped), "anything".to_owned()),
        }
    }

    fn input(&mut self, kind: Option<&Kind>) -> (TokenStream, String) {
        match kind {
            Some(Kind::Named(name)) => self.named(name),
            // As files, texts of known types are files of any kind.
            _ => (quote!(::kfp::__private::AnyArtifact), "any file".to_owned()),
        }
    }

    fn output(&mut self, kind: Option<&Kind>) -> (TokenStream, String) {
        match kind {
            Some(Kind::Named(name)) => self.named(name),
            _ => (quote!(::kfp::__private::Untyped), "a file".to_owned()),
        }
    }

    fn named(&mut self, name: &TypeName) -> (TokenStream, String) {
        let shown = format!("a file of type `{}`", name.text().replace('`', "'"));
        let known = match name.name.as_str() {
            _ if !name.properties.is_empty() => None,
            "Dataset" => Some("Dataset"),
            "Model" => Some("Model"),
            "Metrics" => Some("Metrics"),
            "ClassificationMetrics" => Some("ClassificationMetrics"),
            "HTML" => Some("Html"),
            "Markdown" => Some("Markdown"),
            "Text" => Some("Text"),
            text if text.eq_ignore_ascii_case("artifact") => {
                return (quote!(::kfp::__private::Untyped), "a file".to_owned());
            }
            _ => None,
        };
        if let Some(known) = known {
            let known = format_ident!("{known}");
            return (quote!(::kfp::artifact::#known), shown);
        }
        (self.own(name), shown)
    }

    /// What an output is as a value.
    fn value(&mut self, kind: &Kind) -> (TokenStream, String) {
        match kind {
            Kind::Typed(name) if !name.properties.is_empty() => {
                let own = self.own(name);
                (quote!(::kfp::__private::NamedText<#own>), format!("`{}`", name.text()))
            }
            kind => value(kind),
        }
    }

    fn own(&mut self, name: &TypeName) -> TokenStream {
        let known = self.0.iter().find(|(_, known)| known == name).map(|(ident, _)| ident.clone());
        let ident = known.unwrap_or_else(|| {
            let ident = self.free(&name.text().replace(['{', ':', ','], "_"));
            self.0.push((ident.clone(), name.clone()));
            ident
        });
        quote!(types::#ident)
    }

    fn free(&self, name: &str) -> Ident {
        let letters: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        let mut wanted = match syn::parse_str::<Ident>(&letters) {
            Ok(ident) => ident,
            Err(_) => format_ident!("Type_{letters}"),
        };
        while self.0.iter().any(|(known, _)| *known == wanted) {
            wanted = format_ident!("{wanted}_");
        }
        wanted
    }
}
