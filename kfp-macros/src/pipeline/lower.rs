//! Statements and expressions: what stays Rust, and what becomes calls on the hidden scope.

use super::forbidden::{MUTATORS, is_compound};
use super::host::{attributes, take_host};
use super::locals::Locals;
use super::values::{find_call, is_of_values};
use super::{calls, computing, control, familiar, hidden, hooks, text};
use crate::allowed;
use crate::errors::Errors;
use crate::neighbours::Neighbours;
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprCall, ExprMacro, Ident, Item, Macro, Stmt, Token};

/// The code of a task that gives what nobody takes.
const UNUSED: u16 = 220;

/// The hidden scope.
pub(super) fn scope() -> Ident {
    hidden("scope", Span::call_site())
}

/// What stands for what is wrong: of an unknown type, so that it fits everywhere and nothing follows from it.
pub(super) fn wrong() -> Ident {
    hidden("wrong", Span::call_site())
}

/// Binds the variables of a pattern to what is wrong.
pub(super) fn bind_wrong(pattern: &syn::Pat) -> TokenStream {
    let (wrong, names) = (wrong(), super::locals::names(pattern));
    let lets = names.iter().map(|(name, _)| quote!(let #name = #wrong; let _ = &#name;));
    quote!(#(#lets)*)
}

/// The `task` of an `Ok(task)` at the end of a body.
pub(super) fn unwrap_end(stmts: &mut [Stmt]) {
    if let Some(Stmt::Expr(end, None)) = stmts.last_mut()
        && let Expr::Call(call) = end
        && let Expr::Path(function) = &*call.func
        && function.path.is_ident("Ok")
        && let Some(inner) = call.args.first().cloned()
    {
        *end = inner;
    }
}

/// The walk through a body.
pub(super) struct Lower<'e> {
    pub(super) errors: &'e mut Errors,
    pub(super) locals: Locals,
    /// In how many loops of Rust's own (`#[host]`) inside the innermost lowered block: `break` belongs to them.
    pub(super) host_loops: usize,
    /// In how many closures: `return` and `?` belong to them.
    closures: usize,
    /// In how many loops that cannot be: their `break` is no mistake of its own.
    refused_loops: usize,
    /// Whether the innermost lowered block is the body of a `for`.
    pub(super) in_loop: bool,
    /// Whether we are in a handler.
    pub(super) in_handler: bool,
    /// Warnings that are meant.
    pub(super) allowed: Vec<TokenStream>,
    /// What stands beside the pipeline in its file.
    pub(super) neighbours: Neighbours,
}

impl<'e> Lower<'e> {
    pub(super) fn new(errors: &'e mut Errors, neighbours: Neighbours) -> Self {
        Self {
            errors,
            locals: Locals::default(),
            host_loops: 0,
            closures: 0,
            refused_loops: 0,
            in_loop: false,
            in_handler: false,
            allowed: Vec::new(),
            neighbours,
        }
    }

    pub(super) fn expr(&mut self, expr: &mut Expr) {
        self.visit_expr_mut(expr);
    }

    /// The statements of a block; `value` says whether its end is a value that somebody takes.
    pub(super) fn stmts(&mut self, stmts: &mut [Stmt], value: bool) {
        for item in stmts.iter() {
            if let Stmt::Item(Item::Fn(function)) = item
                && function.attrs.iter().all(crate::neighbours::is_rusts)
            {
                self.locals.bind(&function.sig.ident, false);
            }
        }
        let count = stmts.len();
        for (index, stmt) in stmts.iter_mut().enumerate() {
            self.stmt(stmt, value && index + 1 == count);
        }
    }

    fn stmt(&mut self, stmt: &mut Stmt, value: bool) {
        self.allow(stmt);
        match stmt {
            Stmt::Local(local) => {
                let (mut is_task, mut component) = (false, None);
                if take_host(&mut local.attrs) {
                    if let Some(init) = &mut local.init {
                        computing::refuse_inside(self, &mut init.expr);
                    }
                } else if let Some(init) = &mut local.init {
                    is_task = computing::is_of_the_run(self, &init.expr);
                    if matches!(local.pat, syn::Pat::Tuple(_)) && computing::is_task(self, &init.expr) {
                        let message = "the outputs of a task are its fields, each by its name: `let task = ..;`, then `task.output`";
                        self.errors.at(&local.pat, 160, message);
                        self.expr(&mut init.expr);
                        *stmt = refused_let(&mut self.locals, &local.pat, &init.expr);
                        return;
                    }
                    component = computing::component(&init.expr);
                    self.expr(&mut init.expr);
                    if let Some((token, _)) = &init.diverge {
                        let message = "`let else` decides while the pipeline is built; write `#[host]` before it";
                        self.errors.at(token, 48, message);
                        *stmt = refused_let(&mut self.locals, &local.pat, &init.expr);
                        return;
                    }
                }
                self.locals.bind_pattern(&local.pat);
                if is_task && let syn::Pat::Ident(name) = &local.pat {
                    self.locals.mark(&name.ident);
                    self.locals.gives(&name.ident, component);
                }
            }
            Stmt::Expr(expr, semi) => {
                let value = value && semi.is_none();
                if control::is_control(expr) && !value {
                    let lowered = control::lower(self, expr, false);
                    *stmt = Stmt::Expr(Expr::Verbatim(lowered), Some(<Token![;]>::default()));
                } else if !value && attributes(expr).is_some_and(take_host) {
                    self.host(expr, false);
                } else {
                    self.expr(expr);
                }
            }
            Stmt::Macro(call) => {
                if !take_host(&mut call.attrs)
                    && let Some(lowered) = self.macro_call(&mut call.mac)
                {
                    // Without one, what follows would go on with it: `println! {..} [1]`.
                    let semi = call.semi_token.or_else(|| (!value).then(Default::default));
                    *stmt = Stmt::Expr(Expr::Verbatim(lowered), semi);
                }
            }
            Stmt::Item(_) => {}
        }
    }

    /// `#[kfp::allow(..)]` on a statement, and `let _ = ..`, which drops what it gives on purpose.
    fn allow(&mut self, stmt: &mut Stmt) {
        let tokens = stmt.to_token_stream();
        let attributes = match stmt {
            Stmt::Local(local) => {
                if matches!(local.pat, syn::Pat::Wild(_)) {
                    self.allowed.extend(allowed::stretch(&[UNUSED], &tokens));
                }
                Some(&mut local.attrs)
            }
            Stmt::Expr(expr, _) => attributes(expr),
            Stmt::Macro(call) => Some(&mut call.attrs),
            Stmt::Item(_) => None,
        };
        if let Some(attributes) = attributes {
            self.allowed.extend(allowed::take(attributes, &tokens, self.errors));
        }
    }

    /// A block whose statements are lowered as a branch, a loop's body or a handler: it runs once, while the pipeline is
    /// built, whatever happens later.
    pub(super) fn lowered_block(&mut self, block: &mut Block, value: bool) {
        self.lowered(block, value, false);
    }

    /// The same for the body of a `for`.
    pub(super) fn loop_body(&mut self, block: &mut Block, value: bool) {
        self.lowered(block, value, true);
    }

    fn lowered(&mut self, block: &mut Block, value: bool, is_loop: bool) {
        let outer = std::mem::replace(&mut self.in_loop, is_loop);
        let (loops, closures) = (std::mem::take(&mut self.host_loops), std::mem::take(&mut self.closures));
        self.locals.depth += 1;
        self.locals.enter();
        self.stmts(&mut block.stmts, value);
        self.locals.close(is_loop);
        self.locals.depth -= 1;
        self.in_loop = outer;
        (self.host_loops, self.closures) = (loops, closures);
    }

    /// A block of Rust; `value` says whether somebody takes what it gives.
    pub(super) fn block(&mut self, block: &mut Block, value: bool) {
        self.locals.enter();
        self.stmts(&mut block.stmts, value);
        self.locals.leave();
    }

    /// The body of a loop that cannot be.
    pub(super) fn refused_body(&mut self, block: &mut Block) {
        self.refused_loops += 1;
        self.host_body(block);
        self.refused_loops -= 1;
    }

    /// A macro with pipeline code in its arguments; none if it stays as it is.
    fn macro_call(&mut self, call: &mut Macro) -> Option<TokenStream> {
        let name = call.path.segments.last()?.ident.to_string();
        if name == "format" {
            return text::lower(self, &call.tokens);
        }
        if computing::refuse_in_macro(self, &name, &call.tokens) {
            return Some(wrong().to_token_stream());
        }
        let parser = Punctuated::<Expr, Token![,]>::parse_terminated;
        let mut arguments = syn::parse::Parser::parse2(parser, call.tokens.clone()).ok()?;
        if name == "vec" {
            for argument in &mut arguments {
                self.expr(argument);
            }
            let path = &call.path;
            return Some(quote!(#path![#arguments]));
        }
        for argument in &arguments {
            if let Some(found) = find_call(self, argument) {
                let message = format!(
                    "a call inside `{name}!` is not turned into a task; give it a name first, `let x = ..;`, \
                     or write `#[host]` before the statement"
                );
                self.errors.at(found, 49, message);
                let wrong = wrong();
                return Some(quote!(#wrong));
            }
        }
        None
    }
}

impl VisitMut for Lower<'_> {
    fn visit_block_mut(&mut self, block: &mut Block) {
        self.block(block, true);
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Some(attributes) = attributes(expr)
            && take_host(attributes)
        {
            self.host(expr, true);
            return;
        }
        if control::is_control(expr) {
            *expr = Expr::Verbatim(control::lower(self, expr, true));
            return;
        }
        if let Some(instead) = familiar::refuse(self, expr).or_else(|| computing::refuse(self, expr)) {
            *expr = instead;
            return;
        }
        match expr {
            Expr::Path(path) if self.forbid_gone(path) => *expr = instead(None),
            Expr::Async(later) => {
                let message = "tasks run side by side unless one takes an output of another, so that nothing here is `async`: \
                               write what is inside without it";
                self.errors.at(later.async_token, 161, message);
                self.visit_block_mut(&mut later.block);
                let block = &later.block;
                let wrong = wrong();
                *expr = Expr::Verbatim(quote!({ let _ = #block; #wrong }));
            }
            Expr::Call(call) => self.call(call).map_or_else(|| (), |tokens| *expr = Expr::Verbatim(tokens)),
            Expr::Macro(ExprMacro { mac, .. }) => {
                if let Some(tokens) = self.macro_call(mac) {
                    *expr = Expr::Verbatim(tokens);
                }
            }
            Expr::Closure(closure) => {
                self.locals.enter();
                for input in &closure.inputs {
                    self.locals.bind_pattern(input);
                }
                self.closures += 1;
                self.visit_expr_mut(&mut closure.body);
                self.closures -= 1;
                self.locals.leave();
            }
            Expr::MethodCall(call) if hooks::is_hook(call) => *expr = Expr::Verbatim(hooks::lower(self, call)),
            Expr::Return(leave) if self.closures == 0 => {
                self.forbid_leaving(leave.return_token, "return");
                if let Some(inner) = &mut leave.expr {
                    self.visit_expr_mut(inner);
                }
                *expr = instead(leave.expr.as_deref());
            }
            Expr::Try(question) if self.closures == 0 => {
                if computing::is_task(self, &question.expr) {
                    let message = format!("{}; remove the `?`", computing::NO_RESULT);
                    self.errors.at(question.question_token, 50, message);
                } else {
                    self.forbid_leaving(question.question_token, "?");
                }
                self.visit_expr_mut(&mut question.expr);
                *expr = instead(Some(&question.expr));
            }
            Expr::Break(leave) if self.host_loops == 0 => {
                if self.refused_loops == 0 {
                    self.forbid_leaving(leave.break_token, "break");
                }
                *expr = instead(None);
            }
            Expr::Continue(next) if self.host_loops == 0 => {
                if self.refused_loops == 0 {
                    self.forbid_leaving(next.continue_token, "continue");
                }
                *expr = instead(None);
            }
            Expr::While(repeat) => {
                self.errors.at(repeat.while_token, 52, "`while` repeats while the pipeline is built: write `#[host] while`; to repeat on a cluster, call the pipeline itself under a condition");
                self.refused_body(&mut repeat.body);
                *expr = repeated(&repeat.body);
            }
            Expr::Loop(repeat) => {
                self.errors.at(repeat.loop_token, 52, "`loop` repeats while the pipeline is built: write `#[host] loop`; to repeat on a cluster, call the pipeline itself under a condition");
                self.refused_body(&mut repeat.body);
                *expr = repeated(&repeat.body);
            }
            Expr::Struct(item) if item.rest.is_none() && is_of_values(self, item) => {
                let (scope, given) = (scope(), super::given(self, item.clone()));
                *expr = Expr::Verbatim(quote_spanned!(item.path.span()=> #scope.structured(#given)));
            }
            _ => self.rust(expr),
        }
    }
}

impl Lower<'_> {
    fn call(&mut self, call: &mut ExprCall) -> Option<TokenStream> {
        let lowered = calls::lower_call(self, call);
        if lowered.is_none() {
            visit_mut::visit_expr_call_mut(self, call);
        }
        lowered
    }

    /// Rust that stays as it is, but for what is inside of it.
    fn rust(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Assign(assign) => self.forbid_change(&assign.left, &assign.left),
            Expr::Binary(binary) if is_compound(&binary.op) => self.forbid_change(&binary.left, &binary.left),
            Expr::Reference(reference) if reference.mutability.is_some() => {
                self.forbid_change(&reference.expr, &reference.expr);
            }
            Expr::MethodCall(call) if MUTATORS.contains(&call.method.to_string().as_str()) => {
                self.forbid_change(&call.receiver, &call.method);
            }
            _ => {}
        }
        visit_mut::visit_expr_mut(self, expr);
    }
}

/// What is wrong in place of an expression, whose inside is looked at all the same.
fn instead(inner: Option<&Expr>) -> Expr {
    let (wrong, inner) = (wrong(), inner.map(|inner| quote!(let _ = #inner;)));
    // In parentheses, since more may follow: a block at the start of a statement ends it.
    Expr::Verbatim(quote!(({ #inner #wrong })))
}

/// The body of a loop that cannot be, once.
fn repeated(body: &Block) -> Expr {
    let wrong = wrong();
    Expr::Verbatim(quote!(while #wrong { let _ = #body; }))
}

/// A `let` that is refused: its value is looked at, and its names are there.
fn refused_let(locals: &mut Locals, pattern: &syn::Pat, value: &Expr) -> Stmt {
    locals.bind_pattern(pattern);
    let bind = bind_wrong(pattern);
    Stmt::Expr(Expr::Verbatim(quote!(let _ = #value; #bind)), None)
}
