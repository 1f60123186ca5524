//! Statements and expressions: what stays Rust, and what becomes calls on the hidden scope.

use super::locals::Locals;
use super::{calls, computing, control, familiar, hidden, hooks, text};
use crate::allowed;
use crate::errors::Errors;
use crate::neighbours::Neighbours;
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, BinOp, Block, Expr, ExprCall, ExprMacro, Ident, Item, Macro, Stmt, Token};

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
    host_loops: usize,
    /// In how many closures: `return` and `?` belong to them.
    closures: usize,
    /// In how many loops that cannot be: their `break` is no mistake of its own.
    refused_loops: usize,
    /// Whether the innermost lowered block is the body of a `for`.
    in_loop: bool,
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

    /// `#[host]` on a loop or a condition: its head is Rust's, its body stays pipeline code; `value` says whether somebody
    /// takes what it gives.
    fn host(&mut self, expr: &mut Expr, value: bool) {
        match expr {
            Expr::ForLoop(each) => {
                self.host_head(&mut each.expr);
                self.locals.enter();
                self.locals.bind_pattern(&each.pat);
                self.host_body(&mut each.body);
                self.locals.leave();
            }
            Expr::While(repeat) => {
                self.host_head(&mut repeat.cond);
                self.host_body(&mut repeat.body);
            }
            Expr::Loop(repeat) => self.host_body(&mut repeat.body),
            Expr::If(branch) => {
                self.host_head(&mut branch.cond);
                self.locals.enter();
                bind_condition(&mut self.locals, &branch.cond);
                // Without an `else` it gives nothing.
                let value = value && branch.else_branch.is_some();
                self.block(&mut branch.then_branch, value);
                self.locals.leave();
                if let Some((_, otherwise)) = &mut branch.else_branch {
                    match &mut **otherwise {
                        Expr::If(_) => self.host(otherwise, value),
                        other => self.host_arm(other, value),
                    }
                }
            }
            Expr::Match(decide) => {
                self.host_head(&mut decide.expr);
                for arm in &mut decide.arms {
                    self.locals.enter();
                    self.locals.bind_pattern(&arm.pat);
                    self.host_arm(&mut arm.body, value);
                    self.locals.leave();
                }
            }
            _ => {}
        }
    }

    fn host_arm(&mut self, arm: &mut Expr, value: bool) {
        match arm {
            Expr::Block(block) if block.attrs.is_empty() && block.label.is_none() => {
                self.block(&mut block.block, value);
            }
            arm if control::is_control(arm) && !value => {
                let lowered = control::lower(self, arm, false);
                *arm = Expr::Verbatim(quote!({ #lowered; }));
            }
            arm => self.expr(arm),
        }
    }

    /// A block of Rust; `value` says whether somebody takes what it gives.
    fn block(&mut self, block: &mut Block, value: bool) {
        self.locals.enter();
        self.stmts(&mut block.stmts, value);
        self.locals.leave();
    }

    /// A head that is Rust's cannot decide on what exists only when the pipeline runs.
    fn host_head(&mut self, head: &mut Expr) {
        let inner = match &*head {
            Expr::Let(binding) => &*binding.expr,
            other => other,
        };
        let name = match inner {
            Expr::Binary(binary) => {
                computing::of_the_run(self, &binary.left).or_else(|| computing::of_the_run(self, &binary.right))
            }
            Expr::Unary(unary) => computing::of_the_run(self, &unary.expr),
            other => computing::of_the_run(self, other),
        };
        let Some(name) = name else { return computing::refuse_inside(self, head) };
        let message = format!(
            "`{name}` exists only when the pipeline runs, so Rust cannot decide by it here: remove the `#[host]`, and it is \
             decided then"
        );
        self.errors.at(inner, 28, message);
        let wrong = wrong();
        match head {
            Expr::Let(binding) => *binding.expr = Expr::Verbatim(quote!(#wrong)),
            _ => *head = Expr::Verbatim(quote!(#wrong)),
        }
    }

    fn host_body(&mut self, block: &mut Block) {
        self.host_loops += 1;
        self.block(block, false);
        self.host_loops -= 1;
    }

    /// The body of a loop that cannot be.
    fn refused_body(&mut self, block: &mut Block) {
        self.refused_loops += 1;
        self.host_body(block);
        self.refused_loops -= 1;
    }

    /// A variable that is there no more.
    fn forbid_gone(&mut self, path: &syn::ExprPath) -> bool {
        let Some(name) = path.path.get_ident() else { return false };
        let message = match self.locals.gone(name) {
            None => return false,
            Some(_) if self.in_handler => format!(
                "a handler runs however its block has ended, so `{name}` may never have run: take what the handler is \
                 given, `|run| ..`, or do it at the end of the block"
            ),
            Some(true) => format!(
                "`{name}` is there in the rounds of the `for` alone; end its body in the value, and take them all: \
                 `let all = for .. {{ .. }};`"
            ),
            Some(false) => format!(
                "`{name}` is there in its own block alone, which may not run; end the block in it, and name what the whole \
                 gives: `let {name} = if .. {{ .. }} else {{ .. }};`"
            ),
        };
        self.errors.at(name, 159, message);
        true
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

    /// What would leave a block that runs once whatever happens.
    fn forbid_leaving(&mut self, token: impl ToTokens, what: &str) {
        let message = match self.locals.depth {
            0 if what == "return" => {
                "`return` cannot leave a pipeline early: its body describes all of its tasks; end the body \
                in the value without `return` and `;`, or use `if`"
                    .to_owned()
            }
            0 => format!("`{what}` cannot leave a pipeline early: its body describes all of its tasks; use `if`"),
            _ if what == "return" => {
                "`return` would act while the pipeline is built, on every run alike; put what comes \
                after it into an `else`, or end the branch in the value"
                    .to_owned()
            }
            _ => format!(
                "`{what}` would act while the pipeline is built, on every run alike; end the branch in the value instead"
            ),
        };
        self.errors.at(token, 50, message);
    }

    /// Changes of a variable from outside of the block would be made always, not only when the block runs.
    fn forbid_change(&mut self, place: &Expr, token: impl ToTokens) {
        let Some(name) = root(place) else { return };
        if self.locals.is_outer_mutable(name) {
            if self.in_loop {
                let message = format!(
                    "this changes `{name}` while the pipeline is built, once for all rounds; end the body of the `for` in \
                     the value instead, and take them all: `let {name} = for .. {{ .. }};`"
                );
                self.errors.at(token, 51, message);
                return;
            }
            let message = format!(
                "this changes `{name}` while the pipeline is built, whether the block runs or not; end the block in the \
                 value instead: `let {name} = if .. {{ a }} else {{ b }};`"
            );
            self.errors.at(token, 51, message);
        }
    }
}

/// Methods that change what they are called on.
const MUTATORS: &[&str] = &[
    "append",
    "clear",
    "dedup",
    "drain",
    "entry",
    "extend",
    "get_or_insert",
    "get_or_insert_with",
    "insert",
    "pop",
    "push",
    "push_str",
    "remove",
    "replace",
    "resize",
    "retain",
    "reverse",
    "sort",
    "sort_by",
    "sort_by_key",
    "swap",
    "take",
    "truncate",
];

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

/// The variable at the root of a place expression.
pub(super) fn root(expr: &Expr) -> Option<&Ident> {
    match expr {
        Expr::Path(path) => path.path.get_ident(),
        Expr::Field(field) => root(&field.base),
        Expr::Index(index) => root(&index.expr),
        Expr::Paren(paren) => root(&paren.expr),
        Expr::Unary(unary) => root(&unary.expr),
        _ => None,
    }
}

fn is_compound(op: &BinOp) -> bool {
    matches!(
        op,
        BinOp::AddAssign(_)
            | BinOp::SubAssign(_)
            | BinOp::MulAssign(_)
            | BinOp::DivAssign(_)
            | BinOp::RemAssign(_)
            | BinOp::BitXorAssign(_)
            | BinOp::BitAndAssign(_)
            | BinOp::BitOrAssign(_)
            | BinOp::ShlAssign(_)
            | BinOp::ShrAssign(_)
    )
}

/// Takes `#[host]` off.
pub(super) fn take_host(attributes: &mut Vec<Attribute>) -> bool {
    let before = attributes.len();
    attributes.retain(|attribute| !attribute.path().is_ident("host"));
    attributes.len() < before
}

/// Binds what `if let` and `while let` bind.
fn bind_condition(locals: &mut Locals, condition: &Expr) {
    match condition {
        Expr::Let(binding) => locals.bind_pattern(&binding.pat),
        Expr::Binary(binary) => {
            bind_condition(locals, &binary.left);
            bind_condition(locals, &binary.right);
        }
        _ => {}
    }
}

/// Whether it is a struct with what may be a value in a field: a variable, a text put together, a task.
pub(super) fn is_struct_of_values(lower: &Lower<'_>, expr: &Expr) -> bool {
    struct Values<'a, 'e>(&'a Lower<'e>, bool);
    impl Visit<'_> for Values<'_, '_> {
        fn visit_expr_path(&mut self, path: &syn::ExprPath) {
            self.1 |= path.path.get_ident().is_some_and(|name| self.0.locals.get(name).is_some());
        }

        fn visit_macro(&mut self, call: &Macro) {
            self.1 |= call.path.is_ident("format");
        }
    }
    let mut values = Values(lower, find_call(lower, expr).is_some());
    values.visit_expr(expr);
    values.1 && matches!(expr, Expr::Struct(item) if item.rest.is_none())
}

/// A `let` that is refused: its value is looked at, and its names are there.
fn refused_let(locals: &mut Locals, pattern: &syn::Pat, value: &Expr) -> Stmt {
    locals.bind_pattern(pattern);
    let bind = bind_wrong(pattern);
    Stmt::Expr(Expr::Verbatim(quote!(let _ = #value; #bind)), None)
}

/// Whether a field of a struct exists only when the pipeline runs: a value, a field of one, a task.
fn is_of_values(lower: &Lower<'_>, item: &syn::ExprStruct) -> bool {
    fn is_value(lower: &Lower<'_>, expr: &Expr) -> bool {
        match expr {
            Expr::MethodCall(call) => is_value(lower, &call.receiver),
            Expr::Struct(inner) => is_of_values(lower, inner),
            Expr::Call(_) => find_call(lower, expr).is_some(),
            other => computing::is_of_the_run(lower, other),
        }
    }
    item.fields.iter().any(|field| is_value(lower, &field.expr))
}

/// The first call of what looks like a component.
fn find_call(lower: &Lower<'_>, expr: &Expr) -> Option<ExprCall> {
    struct Finder<'a, 'e>(&'a Lower<'e>, Option<ExprCall>);
    impl Visit<'_> for Finder<'_, '_> {
        fn visit_expr_call(&mut self, call: &ExprCall) {
            if let Expr::Path(path) = &*call.func
                && !matches!(calls::callee(self.0, &path.path), calls::Callee::Host)
                && self.1.is_none()
            {
                self.1 = Some(call.clone());
            }
            visit::visit_expr_call(self, call);
        }
    }
    let mut finder = Finder(lower, None);
    finder.visit_expr(expr);
    finder.1
}

/// The attributes of an expression that may carry `#[host]`.
pub(super) fn attributes(expr: &mut Expr) -> Option<&mut Vec<Attribute>> {
    Some(match expr {
        Expr::Array(e) => &mut e.attrs,
        Expr::Assign(e) => &mut e.attrs,
        Expr::Async(e) => &mut e.attrs,
        Expr::Await(e) => &mut e.attrs,
        Expr::Try(e) => &mut e.attrs,
        Expr::Binary(e) => &mut e.attrs,
        Expr::Block(e) => &mut e.attrs,
        Expr::Call(e) => &mut e.attrs,
        Expr::Cast(e) => &mut e.attrs,
        Expr::Closure(e) => &mut e.attrs,
        Expr::Field(e) => &mut e.attrs,
        Expr::ForLoop(e) => &mut e.attrs,
        Expr::If(e) => &mut e.attrs,
        Expr::Index(e) => &mut e.attrs,
        Expr::Lit(e) => &mut e.attrs,
        Expr::Loop(e) => &mut e.attrs,
        Expr::Macro(e) => &mut e.attrs,
        Expr::Match(e) => &mut e.attrs,
        Expr::MethodCall(e) => &mut e.attrs,
        Expr::Paren(e) => &mut e.attrs,
        Expr::Path(e) => &mut e.attrs,
        Expr::Range(e) => &mut e.attrs,
        Expr::Reference(e) => &mut e.attrs,
        Expr::Struct(e) => &mut e.attrs,
        Expr::Tuple(e) => &mut e.attrs,
        Expr::Unary(e) => &mut e.attrs,
        Expr::While(e) => &mut e.attrs,
        _ => return None,
    })
}
