//! `#[component]`.

use crate::build_script;
use crate::component_texts::{self, TextOption};
use crate::errors::Errors;
use crate::keywords::{Keyword, Keywords};
use crate::literals;
use crate::options::{self, KeyValue};
use crate::script::{self, ScriptOptions};
use crate::signature::{self, Param, ParamKind, Return};
use crate::template_ref::{self, TemplateOptions};
use proc_macro2::{Literal, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{AttrStyle, Ident, ItemFn, Type, parse_quote};

pub(crate) const OPTIONS: &[&str] = &[
    "image",
    "program",
    "name",
    "description",
    "cpu",
    "cpu_request",
    "memory",
    "memory_request",
    "ephemeral_storage",
    "gpu",
    "retries",
    "timeout",
    "cache",
    "max_cache_staleness",
    "image_pull_policy",
    "display_name",
    "mutex",
    "service_account",
    "priority_class",
    "deadline",
    "annotations",
    "labels",
    "script",
    "dependencies",
    "template_ref",
    "cluster_scope",
    "output",
];

/// What the attribute says.
#[derive(Default)]
struct Options {
    image: Option<String>,
    program: Option<String>,
    name: Option<String>,
    description: Option<String>,
    /// Methods of `PodOptions` with their arguments.
    pod: Vec<TokenStream>,
    /// Those whose text may name inputs.
    texts: Vec<TextOption>,
    script: ScriptOptions,
    template: TemplateOptions,
    /// All of them.
    keys: Vec<KeyValue>,
}

/// A component, read and checked.
struct Component {
    function: ItemFn,
    params: Vec<Param>,
    returns: Return,
    options: Options,
    signature: String,
    /// Warnings that are meant.
    allowed: Vec<TokenStream>,
}

pub(crate) fn expand(attribute: TokenStream, item: TokenStream) -> TokenStream {
    let declared = template_ref::declared(item.clone());
    let is_declared = declared.is_some();
    let read = declared.map_or_else(|| syn::parse2::<ItemFn>(item.clone()), Ok);
    let mut function = match read {
        Ok(function) => function,
        Err(error) => {
            return crate::errors::unparsed(&error, "component", &item);
        }
    };
    if crate::neighbours::is_repeated(&function.sig.ident) {
        let again = signature::enum_at(&function.sig.ident);
        return quote!(#[allow(non_camel_case_types)] #again);
    }
    // One at the start of the body would stand before the function, where inner ones may not.
    for attribute in &mut function.attrs {
        attribute.style = AttrStyle::Outer;
    }
    // A wrong option leaves the signature known, so that calls of the component are no errors of their own.
    let mut option_errors = Errors::default();
    let mut options = read_options(attribute, &mut option_errors);
    let mut errors = Errors::default();
    let allowed = crate::allowed::take_from_function(&mut function, &mut option_errors);
    signature::check_name(&function.sig.ident, "component", &mut option_errors);
    let signature = signature::fingerprint_text(&function);
    let params = signature::params(&mut function, "component", &mut errors);
    let texts = std::mem::take(&mut options.texts);
    options.pod.extend(texts.iter().map(|text| text.call(&params, &mut option_errors)));
    let returns = Return::of(&function.sig.output);
    if returns.container().is_some() {
        literals::check(&function.block, &mut option_errors);
    }
    options.template.check(&function, is_declared, &options.keys, &mut option_errors);
    other_names(&params, options.template.is_given(), &mut option_errors);
    if params.len() == function.sig.inputs.len() {
        options.script.check(&function, &params, &returns, &mut option_errors);
    }
    let component = Component { function, params, returns, options, signature, allowed };
    check(&component, &mut errors);
    let sound = errors.is_empty() && is_declared == component.options.template.is_given();
    // Calls of it are checked all the same, where all is known that they need.
    let callable = component.params.len() == component.function.sig.inputs.len()
        && component.function.sig.generics.params.is_empty()
        && !matches!(component.returns.ty, Some(Type::Reference(_)))
        && !component.returns.ty.as_ref().is_some_and(signature::is_place)
        && !(component.returns.fallible && component.returns.container().is_some());
    let function = if is_declared { quote!() } else { component.function() };
    let option_errors = option_errors.into_tokens();
    let beside = match callable {
        true => {
            let (errors, beside) = (errors.into_tokens(), component.beside(sound));
            quote!(#errors #beside)
        }
        false => component.fallback(errors),
    };
    quote!(#option_errors #function #beside)
}

fn read_options(attribute: TokenStream, errors: &mut Errors) -> Options {
    let keys = options::parse(attribute, OPTIONS, &[], errors);
    let mut read = Options::default();
    for option in &keys {
        literals::check_option(option, errors);
        let value = &option.value;
        if component_texts::METHODS.iter().any(|(key, _)| option.key == key) {
            read.texts.extend(component_texts::read(option, errors));
            continue;
        }
        if read.script.read(option, errors) || read.template.read(option, errors) {
            continue;
        }
        match option.key.to_string().as_str() {
            "image" => read.image = option.text(errors),
            "program" => read.program = option.text(errors),
            "name" => read.name = option.text(errors),
            "description" => read.description = option.text(errors),
            "cpu" => read.pod.push(quote!(.set_cpu_limit(#value))),
            "cpu_request" => read.pod.push(quote!(.set_cpu_request(#value))),
            "memory" => read.pod.push(quote!(.set_memory_limit(#value))),
            "memory_request" => read.pod.push(quote!(.set_memory_request(#value))),
            "ephemeral_storage" => read.pod.push(quote!(.set_ephemeral_storage_limit(#value))),
            "gpu" => read.pod.push(quote!(.set_gpu_limit(#value))),
            "timeout" => {
                let seconds = option.number(1_u64, errors);
                read.pod.extend(seconds.map(|seconds| quote!(.set_timeout(#seconds))));
            }
            "image_pull_policy" => {
                let policy = option.text(errors);
                read.pod.extend(policy.map(|policy| quote!(.set_image_pull_policy(#policy))));
            }
            "max_cache_staleness" => {
                let staleness = option.text(errors);
                read.pod.extend(staleness.map(|staleness| quote!(.set_max_cache_staleness(#staleness))));
            }
            "display_name" => {
                let name = option.text(errors);
                read.pod.extend(name.map(|name| quote!(.set_display_name(#name))));
            }
            "annotations" => read.pod.extend(pairs(option, "add_pod_annotation", errors)),
            "labels" => read.pod.extend(pairs(option, "add_pod_label", errors)),
            "retries" => {
                let retries = option.number(0_u32, errors);
                read.pod.extend(retries.map(|retries| quote!(.set_retry(#retries))));
            }
            _ => {
                let cache = option.flag(errors);
                read.pod.extend(cache.map(|cache| quote!(.set_caching_options(#cache))));
            }
        }
    }
    Options { keys, ..read }
}

/// A name of an input in a template is only known where the template is elsewhere.
fn other_names(params: &[Param], is_elsewhere: bool, errors: &mut Errors) {
    for name in params.iter().filter_map(|param| param.other_name.as_ref()).filter(|_| !is_elsewhere) {
        let message =
            "`#[name(..)]` is for inputs and outputs of a template in the cluster: `template_ref = \"tools/count\"`";
        errors.at(name, 326, message);
    }
}

/// One call of the method for each pair, its key and value read at the literals.
fn pairs(option: &KeyValue, method: &str, errors: &mut Errors) -> Vec<TokenStream> {
    let name = format_ident!("{method}");
    let mut calls = Vec::new();
    for pair in option.pairs(errors).into_iter().flatten() {
        literals::check_arguments(method, pair, errors);
        calls.push(quote!(.#name(#pair)));
    }
    calls
}

fn check(component: &Component, errors: &mut Errors) {
    if component.returns.container().is_some() {
        if component.returns.fallible {
            errors.at(
                &component.function.sig.output,
                19,
                "a component that describes a pod returns `ContainerOp` itself",
            );
        }
        for (given, key) in [(&component.options.image, "image"), (&component.options.program, "program")] {
            if given.is_some() {
                let message = format!("`{key}` is for components that run a function; here the `ContainerOp` says it");
                errors.at(&component.function.sig.ident, 20, message);
            }
        }
    }
    if component.options.script.is_script() && component.options.program.is_some() {
        let message =
            "`program` is the crate's own in the image; a script brings its program along: remove one of them";
        errors.at(&component.function.sig.ident, 68, message);
    }
    if let Some(ty) = &component.returns.ty
        && signature::is_place(ty)
    {
        let message = "a component cannot return a file: take `name: Output<..>` as an argument, and write to that";
        errors.at(ty, 124, message);
    }
    if let Some(Type::Reference(reference)) = &component.returns.ty {
        let owned = signature::owned(reference);
        errors.at(reference, 12, format!("an output is owned: write `-> {owned}`"));
    }
    if component.options.name.as_deref() == Some("") {
        errors.at(&component.function.sig.ident, 21, "the name of a component is not empty");
    }
}

impl Component {
    fn ident(&self) -> &Ident {
        &self.function.sig.ident
    }

    fn name(&self) -> String {
        self.options.name.clone().unwrap_or_else(|| self.ident().unraw().to_string())
    }

    /// The function as the user wrote it; in a build script without its body.
    fn function(&self) -> TokenStream {
        let mut function = self.function.clone();
        let name = self.name();
        if self.returns.container().is_some() {
            for (argument, param) in function.sig.inputs.iter_mut().zip(&self.params) {
                if let (syn::FnArg::Typed(typed), ParamKind::Value) = (argument, &param.kind) {
                    let (ident, ty) = (&param.name, &param.ty);
                    *typed.ty = parse_quote!(impl ::core::convert::Into<::kfp::Arg<#ty>>);
                    function.block.stmts.insert(0, parse_quote!(let #ident: ::kfp::Arg<#ty> = #ident.into();));
                }
            }
        } else if build_script::is_one() {
            *function.block = parse_quote!({ ::kfp::__private::dropped_body(#name) });
            return quote!(#[allow(dead_code, unused_variables, clippy::all)] #function);
        }
        quote!(#[allow(dead_code, clippy::needless_pass_by_value)] #function)
    }

    /// What stands beside the function.
    fn beside(&self, sound: bool) -> TokenStream {
        let (vis, handle) = (&self.function.vis, signature::enum_at(self.ident()));
        let docs = self.function.attrs.iter().filter(|attribute| attribute.path().is_ident("doc"));
        let (call, operation) = (self.call(), self.operation(sound));
        quote! {
            #(#docs)*
            #[allow(non_camel_case_types)]
            #vis #handle
            #call
            #[allow(warnings, unused, nonstandard_style, clippy::all, clippy::pedantic)]
            const _: () = {
                use ::kfp::__private::{self as __kfp, Component as _, Otherwise as _, Probe as __Is};
                #operation
            };
        }
    }

    /// What takes every call and gives what is wrong, so that calls of it are no errors of their own.
    fn fallback(&self, errors: Errors) -> TokenStream {
        let count = self.function.sig.inputs.len() - self.outputs().count();
        fallback(&self.function, count, errors)
    }

    fn is_elsewhere(&self) -> bool {
        self.options.template.is_given()
    }

    fn inputs(&self) -> impl Iterator<Item = &Param> {
        self.params.iter().filter(|param| !param.is_output())
    }

    fn outputs(&self) -> impl Iterator<Item = (&Param, &Type)> {
        self.params.iter().filter_map(|param| match &param.kind {
            ParamKind::Output(artifact) => Some((param, artifact)),
            _ => None,
        })
    }

    /// The positional call, spelt at the user's types so that errors point there.
    fn call(&self) -> TokenStream {
        positional(self.ident(), &self.inputs().collect::<Vec<_>>())
    }

    fn keywords(&self) -> Keywords<'_> {
        keywords(self.ident(), &self.inputs().collect::<Vec<_>>())
    }

    fn operation(&self, sound: bool) -> TokenStream {
        let (ident, name) = (self.ident(), self.name());
        let (keywords, members) = self.keywords().parts();
        let place = signature::place(ident.span());
        let description = options::description(self.options.description.clone(), &self.function.attrs);
        let (kind, fits) = (self.returns.kind(), self.fits());
        let (declared_fields, fields, returned) = self.fields();
        // Where the type stands, as rustc says of a private one that it is in a public item.
        let returned = quote_spanned!(self.returned_span()=> type Returned = #returned;);
        let declared = self.declared();
        let allow = crate::allowed::note(&quote!(builder), &self.allowed);
        let allow = (!self.allowed.is_empty()).then(|| quote!(fn allow(builder: &__kfp::Builder) { #allow }));
        let (run, registered) = if sound && self.is_program() { self.run() } else { (quote!(), quote!()) };
        let pod_task = (!self.is_elsewhere()).then(|| quote!(impl __kfp::PodTask for #ident {}));
        quote! {
            #keywords
            #kind
            #fits
            #declared_fields
            impl __kfp::Component for #ident {
                #members
                #returned
                type Fields = #fields;
                const NAME: &'static str = #name;
                const PLACE: __kfp::Place = #place;
                #description
                #declared
                #allow
                #run
            }
            #pod_task
            #registered
        }
    }

    /// Its outputs, the options of its pod, and what runs in it.
    fn declared(&self) -> TokenStream {
        let signature = &self.signature;
        let outputs = self.outputs().map(|(param, artifact)| {
            let name = param.text();
            let stored = &param.file.call;
            let renamed = param.other_name.as_ref().map(|name| quote!(.renamed_output(#name)));
            quote!(.output::<#artifact>(#name) #stored #renamed)
        });
        let pod = &self.options.pod;
        let traits = (!pod.is_empty()).then(|| {
            quote!(
                use __kfp::{ArgoOptions as _, ContainerOptions as _, PodOptions as _};
            )
        });
        let outputs: Vec<_> = outputs.collect();
        let is_plain = outputs.is_empty() && pod.is_empty() && self.is_program();
        let end = self.end();
        let declare = (!is_plain).then(|| {
            quote! {
                fn declare(op: __kfp::ComponentOp) -> __kfp::Op {
                    #traits
                    op #(#outputs)* #(#pod)* #end
                }
            }
        });
        let program = self.is_program().then(|| self.program());
        quote! {
            const SIGNATURE: &'static str = #signature;
            #program
            #declare
        }
    }

    /// What ends the declaration: the crate's own program, or the pod that the function describes.
    fn end(&self) -> TokenStream {
        let ident = self.ident();
        if self.returns.container().is_some() {
            let arguments = self.params.iter().map(|param| {
                let name = param.text();
                match &param.kind {
                    ParamKind::Value => {
                        let ty = &param.ty;
                        quote!(::kfp::Arg::<#ty>::input(#name))
                    }
                    ParamKind::Input(artifact) => quote!(::kfp::__private::placed_input::<#artifact>(#name)),
                    ParamKind::Output(artifact) => quote!(::kfp::__private::placed_output::<#artifact>(#name)),
                }
            });
            return quote!(.container(#ident(#(#arguments),*)));
        }
        if self.is_elsewhere() {
            return self.options.template.end(&self.returns.returned());
        }
        let span = self.returned_span();
        if self.options.script.is_script() {
            let image = self.options.image.as_deref().unwrap_or(script::IMAGE);
            let script = self.options.script.expand(&self.function, &self.params, &self.returns);
            let returned = self.returns.returned();
            return quote_spanned!(span=> .script::<#returned>(#image, #script));
        }
        let returned = self.own();
        quote_spanned!(span=> .program::<#returned>(Self::PROGRAM, Self::SIGNATURE))
    }

    /// Whether the crate's own program runs it.
    fn is_program(&self) -> bool {
        !self.is_elsewhere() && self.returns.container().is_none() && !self.options.script.is_script()
    }

    fn program(&self) -> TokenStream {
        let package = || build_script::package("NAME");
        let image = self.options.image.clone();
        let image = image.unwrap_or_else(|| format!("{}:{}", package(), build_script::package("VERSION")));
        let program = self.options.program.clone().unwrap_or_else(package);
        quote!(const PROGRAM: __kfp::Program = (#image, #program);)
    }

    /// Where the type stands that it returns: what is wrong with that type is shown there, and so only once.
    fn returned_span(&self) -> Span {
        self.returns.ty.as_ref().map_or_else(|| self.ident().span(), Spanned::span)
    }

    /// What the function returns, as a type of outputs.
    fn own(&self) -> TokenStream {
        match self.outputs().next() {
            None => quote_spanned!(self.returned_span()=> Self::Returned),
            Some(_) => self.returns.returned(),
        }
    }

    /// The type of what it returns besides its `Output<..>`s.
    fn returned(&self) -> TokenStream {
        match self.returns.container() {
            Some(outputs) => quote!(<#outputs as ::kfp::__private::FileOutputs>::Returned),
            None => self.returns.returned(),
        }
    }

    /// That what it returns travels: asked once, so that a type that will not do is one error.
    fn fits(&self) -> TokenStream {
        let Some(ty) = self.asked() else { return quote!() };
        quote_spanned!(ty.span()=>
            type __Fits = [(); { <<__kfp::Kind<__KIND> as __kfp::Fit<#ty>>::ByValue as __kfp::Returns>::FITS; 0 }];)
    }

    /// The type that it returns, if that may not travel.
    fn asked(&self) -> Option<&Type> {
        self.returns.ty.as_ref().filter(|ty| self.returns.container().is_none() && !signature::travels(ty))
    }

    /// Whether its `Output<..>`s are all that it gives.
    fn returns_nothing(&self) -> bool {
        match self.returns.container() {
            Some(outputs) => matches!(&outputs, Type::Tuple(tuple) if tuple.elems.is_empty()),
            None => self.returns.ty.is_none(),
        }
    }

    /// The struct of its outputs (if it has `Output<..>`s), what gives it, and what the outputs are as a whole.
    fn fields(&self) -> (TokenStream, TokenStream, TokenStream) {
        let returned = self.returned();
        let outputs: Vec<_> = self.outputs().collect();
        if outputs.is_empty() {
            let returned = match self.asked() {
                Some(ty) => quote_spanned!(ty.span()=> <__Fits as __kfp::Answer<#returned>>::Type),
                None => returned,
            };
            return (quote!(), quote_spanned!(self.returned_span()=> Self::Returned), returned);
        }
        let (vis, name) = (&self.function.vis, format_ident!("{}_outputs", self.ident().unraw()));
        let names: Vec<_> = outputs.iter().map(|(param, _)| &param.name).collect();
        let types: Vec<_> = outputs.iter().map(|(_, artifact)| artifact).collect();
        let indices = 0..u32::try_from(outputs.len()).unwrap_or(0);
        let first = u32::try_from(outputs.len()).unwrap_or(0);
        let sole = match (&types[..], self.returns_nothing()) {
            ([artifact], true) => quote!(__kfp::OneArtifact<#artifact>),
            _ => quote!(__kfp::Several),
        };
        // Types of the user stand in the parameters only, so that the module needs none of its names. What the function
        // returns is private to it: rustc lists the fields of a task, and that is none.
        let kinds: Vec<_> = (0..outputs.len()).map(|index| format_ident!("Output{index}")).collect();
        let made = quote!(<#returned as __kfp::Returned>::Fields<'kfp>);
        let fields = quote! {
            mod outputs {
                #[derive(Clone, Copy)]
                pub struct #name<Returned, #(#kinds),*> { #(pub #names: #kinds,)* returned: Returned }
                impl<Returned, #(#kinds),*> #name<Returned, #(#kinds),*> {
                    pub fn new(returned: Returned, #(#names: #kinds),*) -> Self { Self { #(#names,)* returned } }
                }
                impl<Returned, #(#kinds),*> ::core::ops::Deref for #name<Returned, #(#kinds),*> {
                    type Target = Returned;
                    fn deref(&self) -> &Returned { &self.returned }
                }
            }
            #vis enum __Fields {}
            impl __kfp::Returned for __Fields {
                type Fields<'kfp> = outputs::#name<#made, #(::kfp::Value<'kfp, #types>),*>;
                fn fields(node: __kfp::Handle<'_>, _: u32) -> Self::Fields<'_> {
                    let returned = <#returned as __kfp::Returned>::fields(node, #first);
                    outputs::#name::new(returned, #(node.artifact::<#types>(#indices)),*)
                }
            }
        };
        (fields, quote!(__Fields), sole)
    }

    /// Reads the inputs, calls the function, writes what it returns; and what makes that known. A build script has it too, so that
    /// two components of one name are seen there.
    fn run(&self) -> (TokenStream, TokenStream) {
        let ident = self.ident();
        let call = crate::pipeline::hidden("call", Span::call_site());
        let all = crate::pipeline::hidden("all", Span::call_site());
        let arguments = self.params.iter().map(|param| {
            let (name, text) = (&param.name, param.text());
            match &param.kind {
                ParamKind::Output(artifact) if param.file.optional => {
                    quote!(#call.optional_output::<#artifact>(#text)?)
                }
                ParamKind::Output(artifact) => quote!(#call.output::<#artifact>(#text)?),
                _ => quote!(#all.#name.of(#call)?),
            }
        });
        let result = quote!(#ident(#(#arguments),*));
        let result = match self.returns.fallible {
            true => {
                // Where the type of the error stands, so that one that cannot be is shown there.
                let cause = quote_spanned!(signature::error_span(&self.function)=> __kfp::IntoCause::into_cause(error));
                quote!(#result.map_err(|error| #call.failed(&*#cause))?)
            }
            false => result,
        };
        let end = match &self.returns.ty {
            None => quote!(let () = #result; ::core::result::Result::Ok(())),
            Some(ty) => {
                let returned = self.own();
                quote_spanned! {ty.span()=>
                    let value: #ty = #result;
                    <#returned as __kfp::Written>::write(&value, #call)
                }
            }
        };
        let run = quote!(fn run(#all: Self::Names, #call: &mut __kfp::Invocation) -> __kfp::Ran { #end });
        let record = quote!(__kfp::inventory::submit! { __kfp::ComponentRecord::of::<#ident>() });
        (run, record)
    }
}

/// The type of an input that travels by value, and where that is asked of a type that may not: a constant of which an
/// error is one error, since rustc knows no type then and says nothing of what follows from it.
fn by_value(ident: &Ident, index: usize, ty: &Type) -> (TokenStream, Option<TokenStream>) {
    if signature::travels(ty) {
        return (quote!(#ty), None);
    }
    let asked = format_ident!("__{}_{index}", ident.unraw(), span = ty.span());
    let alias = quote_spanned! {ty.span()=>
        #[allow(warnings, clippy::all)]
        type #asked = <[(); { <#ty as ::kfp::__private::ByValue>::FITS; 0 }] as ::kfp::__private::Answer<#ty>>::Type;
    };
    (quote!(#asked), Some(alias))
}

/// What an input takes, spelt at its type.
fn bound(ident: &Ident, index: usize, param: &Param) -> TokenStream {
    let ty = &param.ty;
    if let ParamKind::Input(artifact) = &param.kind {
        return quote_spanned!(ty.span()=> ::kfp::__private::IntoFile<'kfp, #artifact, ::kfp::__private::Required>);
    }
    let default = match &param.default {
        Some(_) => quote!(Optional),
        None => quote!(Required),
    };
    let taken = match &param.kind {
        ParamKind::Value => by_value(ident, index, ty).0,
        _ => quote!(#ty),
    };
    quote_spanned!(ty.span()=> ::kfp::__private::IntoInput<'kfp, #taken, ::kfp::__private::#default>)
}

/// `call(..)`: the arguments by position, each with its bound. Beside the enum, so that rustc names it as `draw::call`.
pub(crate) fn call(ident: &Ident, inputs: &[(&Ident, TokenStream)], order: &[&Ident]) -> TokenStream {
    let inputs = inputs.iter().map(|(name, bound)| quote!(#name: impl #bound));
    let call = Ident::new("call", ident.span());
    quote! {
        #[allow(warnings, unused, nonstandard_style, clippy::all, clippy::pedantic)]
        impl #ident {
            #[doc(hidden)]
            pub fn #call<'kfp>(#(#inputs),*) -> ::kfp::__private::Call<'kfp, #ident> {
                ::kfp::__private::Call::of([#(#order.argument()),*])
            }
        }
    }
}

/// What rustc calls an input that is missing in a call: of one with a default, that `_` does.
fn shown(param: &Param) -> Ident {
    match param.default {
        Some(_) => format_ident!("_or_{}", param.name.unraw(), span = param.name.span()),
        None => param.name.clone(),
    }
}

/// The inputs that `_` stands for.
pub(crate) fn defaults(ident: &Ident, inputs: impl Iterator<Item = bool>) -> TokenStream {
    let defaults =
        inputs.enumerate().filter(|(_, has_default)| *has_default).map(|(index, _)| Literal::usize_unsuffixed(index));
    quote!(#(impl ::kfp::__private::DeclaresDefault<#defaults> for #ident {})*)
}

pub(crate) fn positional(ident: &Ident, inputs: &[&Param]) -> TokenStream {
    let names: Vec<Ident> = inputs.iter().map(|param| shown(param)).collect();
    let bounds = inputs.iter().zip(&names).enumerate();
    let bounds = bounds.map(|(index, (param, name))| (name, bound(ident, index, param)));
    let bounds: Vec<_> = bounds.collect();
    let asked = inputs.iter().enumerate().filter(|(_, param)| matches!(param.kind, ParamKind::Value));
    let asked = asked.filter_map(|(index, param)| by_value(ident, index, &param.ty).1);
    let defaults = defaults(ident, inputs.iter().map(|param| param.default.is_some()));
    let call = call(ident, &bounds, &names.iter().collect::<Vec<_>>());
    quote!(#(#asked)* #defaults #call)
}

/// The arguments by keyword: a constant for each input, with all that is declared of it.
pub(crate) fn keywords<'a>(ident: &'a Ident, inputs: &[&'a Param]) -> Keywords<'a> {
    let keywords = inputs.iter().enumerate().map(|(index, param)| {
        let (text, ty, (taken, _)) = (param.text(), &param.ty, by_value(ident, index, &param.ty));
        let index = Literal::usize_unsuffixed(index);
        let (kind, named) = match &param.kind {
            ParamKind::Value => (
                quote_spanned!(ty.span()=> __kfp::ParamType<#taken>),
                match &param.default {
                    Some(default) => {
                        let default =
                            quote_spanned!(default.span()=> <_ as __kfp::IntoDefault<#taken>>::into_default(#default));
                        quote_spanned!(ty.span()=> <#taken as __kfp::ByValue>::TYPE.or(#index, #text, || #default))
                    }
                    None => quote_spanned!(ty.span()=> <#taken as __kfp::ByValue>::TYPE.named(#index, #text)),
                },
            ),
            ParamKind::Input(artifact) | ParamKind::Output(artifact) => (
                quote_spanned!(ty.span()=> __kfp::FileType<#artifact>),
                quote_spanned!(ty.span()=> __kfp::FileType::<#artifact>::named(#index, #text)),
            ),
        };
        let described = param.docs.as_ref().map(|docs| quote!(.described(#docs)));
        let placed = &param.file.call;
        let renamed = param.other_name.as_ref().map(|name| quote!(.renamed(#name)));
        let left_out =
            (param.default.is_some() && !matches!(param.kind, ParamKind::Value)).then(|| quote!(.or_nothing()));
        let value = quote!(#named #left_out #described #placed #renamed);
        Keyword { name: &param.name, kind, value, defaulted: param.default.is_some() }
    });
    Keywords { whole: ident, what: "input", keywords: keywords.collect() }
}

/// What stands beside a function whose signature is wrong: it takes every call, and gives what is wrong.
pub(crate) fn fallback(function: &ItemFn, inputs: usize, errors: Errors) -> TokenStream {
    let mut errors = errors.into_exprs().into_iter();
    let (first, rest) = (errors.next(), errors);
    let (wrong, returned) = match &first {
        Some(error) => (quote!([(); #error]), quote!(Wrong)),
        None => (quote!(()), quote!(::kfp::__private::Nothing)),
    };
    if function.sig.receiver().is_some() {
        return quote!(#first #(#rest)*);
    }
    let (ident, vis, handle) = (&function.sig.ident, &function.vis, signature::enum_at(&function.sig.ident));
    let inputs = std::iter::repeat_n(quote!(_: impl ::core::marker::Sized), inputs);
    quote! {
        #[allow(non_camel_case_types)]
        #vis #handle
        impl<const INPUT: usize> ::kfp::__private::DeclaresDefault<INPUT> for #ident {}
        #(#rest)*
        const _: () = {
            // A type with an error in it, of which nothing follows.
            type Wrong = #wrong;
            impl ::kfp::__private::Keywords for #ident {
                type Names = Wrong;
                const NAMES: Wrong = ::core::panic!();
                const LIST: ::kfp::__private::KeywordList = &[];
            }
            impl ::kfp::__private::Operation for #ident {
                type Outputs<'kfp> = Wrong;
                type Returned = #returned;
                fn target(_: &::kfp::__private::Builder) -> ::kfp::__private::Target { ::core::unreachable!() }
                fn outputs(_: ::kfp::__private::Handle<'_>) -> Wrong { ::core::unreachable!() }
            }
            #[allow(private_interfaces, unused)]
            impl #ident {
                #[doc(hidden)]
                pub fn call(#(#inputs),*) -> Wrong { ::core::unreachable!() }
                #[doc(hidden)]
                pub fn workflow() -> Wrong { ::core::unreachable!() }
            }
        };
    }
}
