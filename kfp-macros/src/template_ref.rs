//! `#[component(template_ref = "tools/count")] fn count(..) -> i64;`: a template of a WorkflowTemplate in the cluster.

use crate::errors::Errors;
use crate::options::KeyValue;
use proc_macro2::TokenStream;
use quote::quote;
use syn::{ForeignItemFn, ItemFn};

/// The options that such a component has.
const OPTIONS: &[&str] = &["template_ref", "cluster_scope", "output", "name", "description"];

/// Where the template is.
#[derive(Default)]
pub(crate) struct TemplateOptions {
    /// The WorkflowTemplate and the template in it.
    names: Option<(String, String)>,
    cluster_scope: bool,
    output: Option<String>,
    /// Whether `template_ref` is given, right or wrong.
    is_given: bool,
}

/// A function without a body, as one with an empty one.
pub(crate) fn declared(item: TokenStream) -> Option<ItemFn> {
    let ForeignItemFn { attrs, vis, sig, .. } = syn::parse2(item).ok()?;
    syn::parse2(quote!(#(#attrs)* #vis #sig {})).ok()
}

impl TemplateOptions {
    /// Reads one of the options; whether it is one of these.
    pub(crate) fn read(&mut self, option: &KeyValue, errors: &mut Errors) -> bool {
        match option.key.to_string().as_str() {
            "template_ref" => {
                self.is_given = true;
                let Some(text) = option.text(errors) else { return true };
                self.names = text.split_once('/').map(|(name, template)| (name.to_owned(), template.to_owned()));
                if self.names.as_ref().is_none_or(|(name, template)| name.is_empty() || template.is_empty()) {
                    let message = format!(
                        "`{text}` names no template: write the WorkflowTemplate and the template in it, `\"tools/count\"`"
                    );
                    errors.at(&option.value, 324, message);
                }
            }
            "cluster_scope" => self.cluster_scope = option.flag(errors).unwrap_or_default(),
            "output" => self.output = option.text(errors),
            _ => return false,
        }
        true
    }

    pub(crate) fn is_given(&self) -> bool {
        self.is_given
    }

    /// Refuses what does not go together. `keys` are all options that are given.
    pub(crate) fn check(&self, function: &ItemFn, is_declared: bool, keys: &[KeyValue], errors: &mut Errors) {
        match (self.is_given, is_declared) {
            (true, false) => errors.at(
                &function.sig.ident,
                325,
                "what runs is a template in the cluster, so the function has no body: end its signature with `;`",
            ),
            (false, true) => errors.at(
                &function.sig.ident,
                325,
                "this component has no body: write one, or name a template in the cluster, `template_ref = \"tools/count\"`",
            ),
            _ => {}
        }
        for option in keys.iter().filter(|option| {
            let is_ours = OPTIONS.contains(&option.key.to_string().as_str());
            let is_own = ["cluster_scope", "output"].contains(&option.key.to_string().as_str());
            (self.is_given && !is_ours) || (!self.is_given && is_own)
        }) {
            let message = match self.is_given {
                true => {
                    format!("`{}` is of a pod of one's own, and here the template in the cluster says it", option.key)
                }
                false => format!("`{}` is of a template in the cluster: `template_ref = \"tools/count\"`", option.key),
            };
            errors.at(&option.key, 326, message);
        }
    }

    /// The call that ends the declaration.
    pub(crate) fn end(&self, returned: &TokenStream) -> TokenStream {
        let (name, template) = self.names.clone().unwrap_or_default();
        let cluster_scope = self.cluster_scope;
        let output = crate::options::optional(self.output.as_ref());
        quote! {
            .template::<#returned>(::kfp::__private::TemplateRef {
                name: ::std::string::String::from(#name),
                template: ::std::string::String::from(#template),
                cluster_scope: #cluster_scope,
            }, #output)
        }
    }
}
