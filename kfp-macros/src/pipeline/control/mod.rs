//! Control flow: what is lowered of it, and its attributes.

mod branches;
mod cases;
mod each;
mod guard;

use super::hidden;
use super::host::attributes;
use super::lower::Lower;
use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{Attribute, Expr, Ident, LitStr};

use branches::if_else;
use cases::match_value;
use each::for_each;
use guard::{guard, trigger};

pub(super) use guard::{handler_body, pipeline_handler};

/// Whether an expression is control flow that is lowered.
pub(super) fn is_control(expr: &Expr) -> bool {
    match expr {
        Expr::If(e) => !is_host(&e.attrs),
        Expr::Match(e) => !is_host(&e.attrs),
        Expr::ForLoop(e) => !is_host(&e.attrs),
        Expr::Block(e) => e.attrs.iter().any(|attribute| OURS.iter().any(|name| attribute.path().is_ident(name))),
        _ => false,
    }
}

fn is_host(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident("host"))
}

/// Attributes of control flow that are the pipeline's.
const OURS: &[&str] =
    &["name", "parallel", "fail_fast", "retry", "mutex", "on_exit", "on_success", "on_failure", "on_error"];

/// Lowers it; `value` says whether somebody takes what it gives.
pub(super) fn lower(lower: &mut Lower<'_>, expr: &mut Expr, value: bool) -> TokenStream {
    let own = attributes(expr).map(std::mem::take).unwrap_or_default();
    let name = name(lower, &own);
    if let Expr::Block(block) = expr {
        return guard(lower, &own, name.as_ref(), &mut block.block, value);
    }
    if let Some(handler) = own.iter().find(|attribute| trigger(attribute).is_some()) {
        lower.errors.at(handler, 53, "an exit handler belongs to a block: `#[on_exit(..)] { .. }` around this");
    }
    let is_loop = matches!(expr, Expr::ForLoop(_));
    if let Some((attribute, message)) = own.iter().find_map(|it| Some((it, misplaced(it, is_loop)?))) {
        lower.errors.at(attribute, 59, message);
    }
    let lowered = match expr {
        Expr::If(branch) => if_else(lower, branch, name.as_ref(), value),
        Expr::Match(decide) => match_value(lower, decide, name.as_ref(), value),
        Expr::ForLoop(each) => for_each(lower, each, &own, name.as_ref(), value),
        _ => quote!(#expr),
    };
    // What is Rust's own, as `#[cfg(..)]`, stays.
    let rest = own.iter().filter(|attribute| {
        !OURS.iter().any(|name| attribute.path().is_ident(name)) && misplaced(attribute, is_loop).is_none()
    });
    quote!(#(#rest)* #lowered)
}

/// What is wrong with an attribute that is not on a block, if it is one of blocks, or of blocks and loops.
fn misplaced(attribute: &Attribute, is_loop: bool) -> Option<String> {
    let name = attribute.path().get_ident()?.to_string();
    Some(match &*name {
        "parallel" if !is_loop => {
            "`#[parallel(n)]` limits the rounds of a `for`, and this is none; remove it".to_owned()
        }
        "fail_fast" if !is_loop => {
            "`#[fail_fast]` is for a `for` or a block; write `#[fail_fast] { .. }` around this".to_owned()
        }
        "parallelism" => "how many rounds of a `for` run at a time is written `#[parallel(3)]`".to_owned(),
        "retry" | "mutex" => format!("`#[{name}(..)]` is for a block: write `#[{name}(..)] {{ .. }}` around this"),
        _ => return None,
    })
}

/// The variable whose borrow brands a block. rustc names it in the error for a value that leaves the block, unless it
/// comes from a macro; so it is named as if the user had written it, where the user has not.
fn shown(name: &str, index: usize, body: &TokenStream, span: Span) -> Ident {
    let whole = if index == 0 { name.to_owned() } else { format!("{name}_{index}") };
    if body.to_string().contains(name) { hidden(&whole, span) } else { Ident::new(&whole, span) }
}

fn is(attribute: &Attribute, name: &str) -> bool {
    attribute.path().is_ident(name)
}

/// `#[name("big")]`
fn name(lower: &mut Lower<'_>, own: &[Attribute]) -> Option<LitStr> {
    let attribute = own.iter().find(|attribute| is(attribute, "name"))?;
    let name = attribute.parse_args::<LitStr>().ok();
    let sound = name.filter(|name| name.value().contains(|letter: char| letter.is_alphanumeric()));
    if sound.is_none() {
        let message = "`#[name(\"..\")]` takes a name with letters or digits: `#[name(\"big\")]`";
        lower.errors.at(attribute, 75, message);
    }
    sound
}

/// Names what was opened.
fn named(name: Option<&LitStr>, this: &Ident) -> Option<TokenStream> {
    name.map(|name| quote!(#this.named(#name);))
}
