//! `#[pipeline]`.

mod calls;
mod computing;
mod condition;
mod conf;
mod control;
mod familiar;
mod forbidden;
mod hooks;
mod host;
mod locals;
mod lower;
mod options;
mod text;
mod values;

use crate::component::{keywords, positional};
use crate::errors::Errors;
use crate::signature::{self, Param, ParamKind, Return};
use lower::Lower;
use options::Options;
#[cfg(test)]
pub(crate) use options::known as known_options;
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Expr, Ident, ItemFn, Stmt};

pub(crate) fn expand(attribute: TokenStream, item: TokenStream) -> TokenStream {
    let mut function = match syn::parse2::<ItemFn>(item.clone()) {
        Ok(function) => function,
        Err(error) => {
            return crate::errors::unparsed(&error, "pipeline", &item);
        }
    };
    if crate::neighbours::is_repeated(&function.sig.ident) {
        let again = signature::enum_at(&function.sig.ident);
        return quote!(#[allow(non_camel_case_types)] #again);
    }
    let mut errors = Errors::default();
    let options = options::read(attribute, &mut errors);
    let mut allowed = crate::allowed::take_from_function(&mut function, &mut errors);
    signature::check_name(&function.sig.ident, "pipeline", &mut errors);
    let params = signature::params(&mut function, "pipeline", &mut errors);
    let returns = Return::of(&function.sig.output);
    for param in params.iter().filter(|param| param.is_output()) {
        errors.at(
            &param.ty,
            40,
            "a pipeline declares its outputs by its return type: `-> Model`, or a struct that derives `Outputs`",
        );
    }
    if returns.fallible {
        errors.at(&function.sig.output, 41, "a pipeline returns its outputs themselves, without `Result`");
    }
    // A wrong literal leaves all else in the body known, so that it is checked as well.
    crate::literals::check(&function.block, &mut errors);
    if !function.sig.generics.params.is_empty() || function.sig.receiver().is_some() {
        let inputs = function.sig.inputs.len();
        return crate::component::fallback(&function, inputs, errors);
    }
    let pipeline = Pipeline { function, params, returns, options };
    let (body, handlers) = pipeline.lower(&mut errors, &mut allowed);
    let allowed = crate::allowed::note(&lower::scope().to_token_stream(), &allowed);
    let sound = errors.is_empty();
    let wrong = bind_wrong(errors);
    pipeline.expand(quote!(#wrong #allowed #handlers #body), sound)
}

/// Binds the variable that stands for what is wrong, if something is.
fn bind_wrong(errors: Errors) -> TokenStream {
    let (wrong, errors) = (lower::wrong(), errors.into_exprs());
    if errors.is_empty() { quote!() } else { quote!(let #wrong = (#(#errors,)*).0;) }
}

/// A pipeline, read and checked.
struct Pipeline {
    function: ItemFn,
    params: Vec<Param>,
    returns: Return,
    options: Options,
}

impl Pipeline {
    fn ident(&self) -> &Ident {
        &self.function.sig.ident
    }

    /// The body and the exit handlers as calls on the hidden scope.
    fn lower(&self, errors: &mut Errors, allowed: &mut Vec<TokenStream>) -> (TokenStream, TokenStream) {
        let mut lower = Lower::new(errors, crate::neighbours::of(&self.function));
        for param in &self.params {
            lower.locals.bind(&param.name, false);
            lower.locals.mark(&param.name);
        }
        let body = self.body(&mut lower);
        let handlers: Vec<TokenStream> = self
            .options
            .handlers
            .iter()
            .map(|(trigger, handler)| control::pipeline_handler(&mut lower, trigger, handler))
            .collect();
        allowed.append(&mut lower.allowed);
        (body, quote!(#(#handlers)*))
    }

    fn body(&self, lower: &mut Lower<'_>) -> TokenStream {
        let mut stmts = self.function.block.stmts.clone();
        if self.returns.fallible {
            lower::unwrap_end(&mut stmts);
        }
        // What is wrong with a `return` at the end is said of it alone.
        if let (Some(Stmt::Expr(Expr::Return(_), semi)), Some(_)) = (stmts.last_mut(), &self.returns.ty) {
            *semi = None;
        }
        let struct_end = match stmts.pop_if(|stmt| matches!(stmt, Stmt::Expr(Expr::Struct(_), None))) {
            Some(Stmt::Expr(Expr::Struct(end), None)) => Some(end),
            _ => None,
        };
        lower.locals.enter();
        lower.stmts(&mut stmts, self.returns.ty.is_some() && struct_end.is_none());
        let end = struct_end.map(|end| given(lower, end));
        lower.locals.close(false);
        // The braces stand where the body ends, so that what is wrong with its value is shown there.
        let mut body = proc_macro2::Group::new(proc_macro2::Delimiter::Brace, quote!(#(#stmts)* #end));
        let span = self.function.block.stmts.last().map_or_else(|| self.ident().span(), Spanned::span);
        body.set_span(span);
        let end = Ident::new("end", span);
        match &self.returns.ty {
            None => quote_spanned! {span=>
                let #end = #body;
                __kfp::EndsInNothing::end(#end);
            },
            Some(_) => {
                let scope = lower::scope();
                let returned = quote_spanned!(span=> Self::Returned);
                quote_spanned! {span=>
                    let #end = #body;
                    let #end = <_ as __kfp::IntoReturned<'_, #returned>>::into_operands(#end);
                    #scope.returns::<#returned>(#end);
                }
            }
        }
    }

    fn expand(&self, body: TokenStream, sound: bool) -> TokenStream {
        let (ident, vis, handle) = (self.ident(), &self.function.vis, signature::enum_at(self.ident()));
        let docs = self.function.attrs.iter().filter(|attribute| attribute.path().is_ident("doc"));
        let inputs: Vec<&Param> = self.params.iter().collect();
        let (call, operation, build) = (positional(ident, &inputs), self.operation(&inputs), self.build(body));
        let record = if sound { self.record() } else { quote!() };
        quote! {
            #(#docs)*
            #[allow(non_camel_case_types)]
            #vis #handle
            #call
            #[allow(clippy::all, clippy::pedantic)]
            impl #ident {
                /// The Argo Workflow of the pipeline, or what is wrong with it.
                pub fn workflow() -> ::core::result::Result<::kfp::argo::Workflow, ::kfp::Diagnostics> {
                    ::kfp::__private::workflow::<#ident>()
                }
                /// The manifest of the kind that the pipeline says, or what is wrong with it.
                pub fn manifest() -> ::core::result::Result<::kfp::argo::Manifest, ::kfp::Diagnostics> {
                    ::kfp::__private::manifest::<#ident>()
                }
            }
            #[allow(nonstandard_style, private_interfaces, private_bounds, unreachable_pub)]
            #[allow(clippy::all, clippy::pedantic)]
            const _: () = {
                use ::kfp::__private::{self as __kfp, Component as _, Otherwise as _, Probe as __Is};
                #operation
                #build
                #record
            };
        }
    }

    fn operation(&self, inputs: &[&Param]) -> TokenStream {
        let (ident, name) = (self.ident(), self.name());
        let (keywords, members) = keywords(ident, inputs).parts();
        let (kind, returned) = (self.returns.kind(), self.returns.returned());
        let (place, description) = (signature::place(ident.span()), self.description());
        quote! {
            #keywords
            #kind
            impl __kfp::Component for #ident {
                #members
                type Returned = #returned;
                type Fields = Self::Returned;
                const NAME: &'static str = #name;
                const PLACE: __kfp::Place = #place;
                #description
                fn target(builder: &__kfp::Builder) -> __kfp::Target { builder.pipeline::<#ident>() }
            }
        }
    }

    fn build(&self, body: TokenStream) -> TokenStream {
        let ident = self.ident();
        let scope = lower::scope();
        let conf = self.conf();
        let package = crate::build_script::package("NAME");
        let lets = self.params.iter().enumerate().map(|(index, param)| {
            let (name, ty, index) = (&param.name, &param.ty, Literal::usize_unsuffixed(index));
            let ty = match &param.kind {
                ParamKind::Value => ty,
                ParamKind::Input(artifact) | ParamKind::Output(artifact) => artifact,
            };
            let param = quote_spanned!(name.span()=> #scope.param::<#ty>(#index));
            quote!(let #name = #param;)
        });
        let names = self.params.iter().map(|param| &param.name);
        quote! {
            impl __kfp::PipelineFn for #ident {
                const PACKAGE: &'static str = #package;
                #conf
                #[allow(unused_braces, unused_parens, unused_imports)]
                fn build(#scope: &__kfp::Scope<'_>) {
                    use __kfp::{ArgoOptions as _, ContainerEdit as _, PodOptions as _};
                    #(#lets)*
                    // What nobody uses is said of the graph, KFP221.
                    #(let _ = #names;)*
                    #body
                }
            }
        }
    }

    fn name(&self) -> String {
        self.options.name.clone().unwrap_or_else(|| self.ident().unraw().to_string())
    }

    fn description(&self) -> Option<TokenStream> {
        crate::options::description(self.options.description.clone(), &self.function.attrs)
    }

    /// What it says about its run, if it does.
    fn conf(&self) -> Option<TokenStream> {
        let (base, conf) = (self.options.base.as_ref(), &self.options.conf);
        (base.is_some() || !conf.is_empty()).then(|| {
            let new = quote!(::kfp::PipelineConf::new());
            let base = base.unwrap_or(&new);
            quote!(fn conf() -> ::kfp::PipelineConf { #base #(#conf)* })
        })
    }

    /// What `cargo build` and the program find. A pipeline that takes artifacts can only be called by another.
    fn record(&self) -> TokenStream {
        if self.params.iter().any(|param| matches!(param.kind, ParamKind::Input(_))) {
            return quote!();
        }
        let ident = self.ident();
        quote!(__kfp::inventory::submit! { __kfp::PipelineRecord::of::<#ident>() })
    }
}

/// `Scores { accuracy: task.output, .. }` at the end of a body that declares `-> Scores`, or in a list that is looped over.
fn given(lower: &mut Lower<'_>, mut end: syn::ExprStruct) -> TokenStream {
    let fields = end.fields.iter_mut().map(|field| {
        lower.expr(&mut field.expr);
        let (expr, span) = (&field.expr, field.member.span());
        let name = match &field.member {
            syn::Member::Named(name) => name.clone(),
            syn::Member::Unnamed(index) => format_ident!("_{}", index.index, span = span),
        };
        (name, quote!(#expr))
    });
    let fields: Vec<_> = fields.collect();
    let path = &end.path;
    let begin = quote_spanned!(path.span()=> __kfp::no_outputs::<#path>());
    crate::keywords::Called { path, begin }.call(path.span(), &fields)
}

/// An identifier that no user can write or see.
pub(crate) fn hidden(name: &str, span: proc_macro2::Span) -> Ident {
    format_ident!("{}", name, span = proc_macro2::Span::mixed_site().located_at(span))
}
