//! `if`, `match`, `for` and blocks with exit handlers.

use super::locals::names;
use super::lower::{Lower, attributes, bind_wrong, scope};
use super::{condition, hidden};
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::parse::Parser;
use syn::spanned::Spanned;
use syn::{Attribute, Block, Expr, ExprClosure, ExprForLoop, ExprIf, ExprMatch, Ident, Lit, LitStr, Pat, Stmt};

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

/// An arm: its condition (none for `else`) and its lowered statements.
struct Arm {
    condition: Option<TokenStream>,
    /// Where the condition stands, for what is found out about it later.
    at: Span,
    body: TokenStream,
    span: Span,
    /// Whether it ends in a constant, so that another says of which type the whole is.
    constant: bool,
}

impl Arm {
    /// Of a block that is lowered already.
    fn new(condition: Option<TokenStream>, at: Span, lowered: &Block, span: Span, constant: bool) -> Self {
        Self { condition, at, body: block(lowered), span, constant }
    }

    /// With statements before its body.
    fn beginning(self, stmts: Option<TokenStream>) -> Self {
        let body = &self.body;
        Self { body: quote!(#stmts #body), ..self }
    }
}

fn if_else(lower: &mut Lower<'_>, branch: &mut ExprIf, name: Option<&LitStr>, value: bool) -> TokenStream {
    let span = branch.if_token.span;
    let (mut arms, mut subjects) = (Vec::new(), Vec::new());
    if value {
        one_value(lower, ends_of(branch));
    }
    collect_arms(lower, branch, value, &mut arms, &mut subjects);
    let branches = branches(span, arms, name, value);
    if subjects.is_empty() { branches } else { quote!({ #(#subjects)* #branches }) }
}

/// The arms of an `else if` chain. A chain whose later condition adds tasks goes on inside of its `else`, where they
/// belong.
fn collect_arms(
    lower: &mut Lower<'_>,
    branch: &mut ExprIf,
    value: bool,
    arms: &mut Vec<Arm>,
    subjects: &mut Vec<TokenStream>,
) {
    let at = branch.cond.span();
    let (span, constant) = (end_of(&branch.then_branch), ends_in_constant(&branch.then_branch));
    let arm = match &mut *branch.cond {
        Expr::Let(binding) if let Some(ended) = Ended::of(&binding.pat) => {
            lower.expr(&mut binding.expr);
            let (subject, expr) = (hidden(&format!("subject_{}", arms.len()), binding.expr.span()), &binding.expr);
            subjects.push(quote!(let #subject = #expr;));
            ended.arm(lower, &subject, &mut branch.then_branch, value, (at, span, constant))
        }
        condition => {
            let (lowered, bound) = (condition::lower(lower, condition), bound(condition));
            lower.locals.enter();
            if let Some(pattern) = &bound {
                lower.locals.bind_pattern(pattern);
            }
            lower.lowered_block(&mut branch.then_branch, value);
            lower.locals.leave();
            let arm = Arm::new(Some(lowered), at, &branch.then_branch, span, constant);
            arm.beginning(bound.map(|pattern| bind_wrong(&pattern)))
        }
    };
    arms.push(arm);
    let Some((token, otherwise)) = &mut branch.else_branch else { return };
    match &mut **otherwise {
        Expr::If(next) if !adds_tasks(&next.cond) => collect_arms(lower, next, value, arms, subjects),
        Expr::Block(last) if last.attrs.is_empty() => {
            let (span, constant) = (end_of(&last.block), ends_in_constant(&last.block));
            lower.lowered_block(&mut last.block, value);
            arms.push(Arm::new(None, span, &last.block, span, constant));
        }
        other => {
            let mut wrapped = block_of(other.clone(), None);
            lower.lowered_block(&mut wrapped, value);
            arms.push(Arm::new(None, token.span, &wrapped, token.span, false));
        }
    }
}

/// `Ok(task)` or `Err(end)`: how a task ended.
struct Ended {
    well: bool,
    binding: Pat,
}

impl Ended {
    fn of(pattern: &Pat) -> Option<Self> {
        let Pat::TupleStruct(pattern) = pattern else { return None };
        let well = match pattern.path.segments.last()?.ident.to_string().as_str() {
            "Ok" => true,
            "Err" => false,
            _ => return None,
        };
        (pattern.elems.len() == 1).then(|| Self { well, binding: pattern.elems[0].clone() })
    }

    fn condition(&self, subject: &Ident) -> TokenStream {
        let function = if self.well { quote!(is_ok) } else { quote!(is_err) };
        quote_spanned!(subject.span()=> __kfp::Attempt::#function(#subject))
    }

    /// What it binds, as the first statement of its arm.
    fn bind(&self, subject: &Ident) -> TokenStream {
        let (scope, binding) = (scope(), &self.binding);
        let method = if self.well { quote!(in_ok) } else { quote!(in_err) };
        quote_spanned!(subject.span()=> let #binding = __kfp::Attempt::#method(&#subject, #scope);)
    }

    fn arm(
        &self,
        lower: &mut Lower<'_>,
        subject: &Ident,
        body: &mut Block,
        value: bool,
        (at, span, constant): (Span, Span, bool),
    ) -> Arm {
        lower.locals.enter();
        lower.locals.bind_pattern(&self.binding);
        lower.lowered_block(body, value);
        lower.locals.leave();
        let (bind, stmts) = (self.bind(subject), block(body));
        Arm { condition: Some(self.condition(subject)), at, body: quote!(#bind #stmts), span, constant }
    }
}

/// The pattern of an `if let`, which is an error.
fn bound(condition: &Expr) -> Option<Pat> {
    match condition {
        Expr::Let(binding) => Some((*binding.pat).clone()),
        _ => None,
    }
}

fn adds_tasks(condition: &Expr) -> bool {
    struct Calls(bool);
    impl syn::visit::Visit<'_> for Calls {
        fn visit_expr_call(&mut self, _: &syn::ExprCall) {
            self.0 = true;
        }
    }
    let mut calls = Calls(false);
    syn::visit::Visit::visit_expr(&mut calls, condition);
    calls.0
}

/// What the arms of an `if` end in.
fn ends_of(branch: &mut ExprIf) -> Vec<&mut Expr> {
    let mut ends: Vec<&mut Expr> = end_expr(&mut branch.then_branch).into_iter().collect();
    match branch.else_branch.as_mut().map(|(_, otherwise)| &mut **otherwise) {
        Some(Expr::If(next)) => ends.extend(ends_of(next)),
        Some(Expr::Block(last)) => ends.extend(end_expr(&mut last.block)),
        _ => {}
    }
    ends
}

fn end_expr(block: &mut Block) -> Option<&mut Expr> {
    match block.stmts.last_mut() {
        Some(Stmt::Expr(end, None)) => Some(end),
        _ => None,
    }
}

/// Refuses arms that end in several values.
fn one_value(lower: &mut Lower<'_>, ends: Vec<&mut Expr>) {
    let mut said = false;
    for end in ends {
        let Expr::Tuple(tuple) = &*end else { continue };
        if tuple.elems.is_empty() {
            continue;
        }
        if !std::mem::replace(&mut said, true) {
            let message =
                "a branch gives one value, and this is several: write an `if` for each, or have a task give them all";
            lower.errors.at(tuple, 111, message);
        }
        let wrong = super::lower::wrong();
        *end = syn::parse_quote!({ let _ = #tuple; #wrong });
    }
}

/// Where a block ends: what is wrong with its value is shown there.
fn end_of(block: &Block) -> Span {
    block.stmts.last().map_or_else(|| block.brace_token.span.join(), Spanned::span)
}

fn ends_in_constant(block: &Block) -> bool {
    matches!(block.stmts.last(), Some(Stmt::Expr(end, None)) if condition::is_constant(end))
}

fn block(block: &Block) -> TokenStream {
    let stmts = &block.stmts;
    quote!(#(#stmts)*)
}

/// ```text
/// { let this_if = scope.branch();
///   let arm_0 = this_if.when(..);   let end_0 = { let scope = &arm_0; .. };
///   let arm_1 = this_if.otherwise(); let end_1 = { let scope = &arm_1; .. };
///   branches_agree(BranchEnd::merge(end_0, this_if, 0), 1, end_1).end() }
/// ```
fn branches(span: Span, arms: Vec<Arm>, name: Option<&LitStr>, value: bool) -> TokenStream {
    let scope = scope();
    let this = hidden("this_if", span);
    let open = quote_spanned!(span=> #scope.branch());
    let named = named(name, &this);
    let whole = arms.last().is_some_and(|arm| arm.condition.is_none());
    let decisive = arms.iter().position(|arm| !arm.constant).unwrap_or(0);
    let seen: TokenStream = arms.iter().flat_map(|arm| arm.condition.iter().chain([&arm.body]).cloned()).collect();
    let mut opened = Vec::new();
    let mut ends = Vec::new();
    for (index, Arm { condition, at, body, span, .. }) in arms.into_iter().enumerate() {
        let arm = shown("this_branch", index, &seen, span);
        let end = shown("end_of_branch", index, &seen, span);
        let when = match condition {
            Some(condition) => {
                quote_spanned!(at=> #this.when(#condition))
            }
            None => quote!(#this.otherwise()),
        };
        let borrow = quote_spanned!(span=> &#arm);
        opened.push(quote!(let #arm = #when; let #end = { let #scope = #borrow; #body };));
        ends.push(end);
    }
    let finish = match (&ends[..], value, whole) {
        (_, false, _) => {
            quote!(#(let _ = #ends;)* #this.group())
        }
        ([_, ..], true, true) => {
            let first = &ends[decisive];
            let merge = quote_spanned!(first.span()=> __kfp::BranchEnd::merge(#first, #this, #decisive));
            let rest = ends.iter().enumerate().filter(|(index, _)| *index != decisive);
            let all = rest.fold(
                merge,
                |merged, (index, end)| quote_spanned!(end.span()=> __kfp::branches_agree(#merged, #index, #end)),
            );
            quote!(#all.end())
        }
        ([first, rest @ ..], true, false) => {
            let only = quote_spanned!(first.span()=> __kfp::WithoutValue::end_only(#first, #this));
            quote!(#(let _ = #rest;)* #only)
        }
        ([], ..) => quote!(#this.group()),
    };
    quote_spanned!(span=> { let #this = #open; #named #(#opened)* #finish })
}

/// The variable whose borrow brands a block. rustc names it in the error for a value that leaves the block, unless it
/// comes from a macro; so it is named as if the user had written it, where the user has not.
fn shown(name: &str, index: usize, body: &TokenStream, span: Span) -> Ident {
    let whole = if index == 0 { name.to_owned() } else { format!("{name}_{index}") };
    if body.to_string().contains(name) { hidden(&whole, span) } else { Ident::new(&whole, span) }
}

fn match_value(lower: &mut Lower<'_>, decide: &mut ExprMatch, name: Option<&LitStr>, value: bool) -> TokenStream {
    let span = decide.match_token.span;
    lower.expr(&mut decide.expr);
    let subject = hidden("subject", decide.expr.span());
    let mut arms = Vec::new();
    let mut complete = Completeness::default();
    let (count, errors) = (decide.arms.len(), lower.errors.count());
    for (index, arm) in decide.arms.iter_mut().enumerate() {
        if let Some(ended) = Ended::of(&arm.pat) {
            complete.ends[usize::from(ended.well)] = true;
            let mut body = arm_body(&arm.body);
            let end = (arm.pat.span(), end_of(&body), ends_in_constant(&body));
            arms.push(ended.arm(lower, &subject, &mut body, value, end));
            continue;
        }
        let before = lower.errors.count();
        let condition = pattern(lower, &arm.pat, &subject, &mut complete);
        complete.arm(arm);
        let is_wrong = lower.errors.count() > before;
        if condition.is_none() && index + 1 < count {
            lower.errors.at(&arm.pat, 55, "`_` takes every case, so nothing after it can run; make it the last");
        }
        let mut body = arm_body(&arm.body);
        let (span, constant) = (end_of(&body), ends_in_constant(&body));
        lower.locals.enter();
        lower.locals.bind_pattern(&arm.pat);
        lower.lowered_block(&mut body, value);
        lower.locals.leave();
        let bind = is_wrong.then(|| bind_wrong(&arm.pat));
        arms.push(Arm::new(condition, arm.pat.span(), &body, span, constant).beginning(bind));
    }
    let sound = lower.errors.count() == errors;
    let open = arms.last().is_some_and(|arm| arm.condition.is_some());
    let mut probe = quote!();
    if value && open {
        match complete.of(&subject) {
            _ if !sound => {}
            Some(check) => probe = check,
            None => lower.errors.at(
                decide.match_token,
                56,
                "a `match` that gives a value needs a case for everything else: add `_ => ..`",
            ),
        }
        if let Some(last) = arms.last_mut() {
            last.condition = None;
        }
    }
    let expr = &decide.expr;
    let arms = branches(span, arms, name, value);
    quote!({ let #subject = #expr; #probe #arms })
}

fn arm_body(body: &Expr) -> Block {
    match body {
        Expr::Block(body) if body.attrs.is_empty() && body.label.is_none() => body.block.clone(),
        other => block_of(other.clone(), None),
    }
}

/// An expression in a block of its own. (Not by reading its tokens again: what is an expression elsewhere may begin a
/// statement in another way.)
fn block_of(expr: Expr, semicolon: Option<syn::Token![;]>) -> Block {
    Block { brace_token: syn::token::Brace::default(), stmts: vec![Stmt::Expr(expr, semicolon)] }
}

/// Which cases a `match` names.
#[derive(Default)]
struct Completeness {
    /// `Err` and `Ok`.
    ends: [bool; 2],
    bools: Vec<bool>,
    paths: bool,
    /// The arms as the user wrote them, so that rustc offers one more where it belongs.
    arms: Vec<TokenStream>,
    others: bool,
}

impl Completeness {
    fn arm(&mut self, arm: &syn::Arm) {
        let (pattern, arrow) = (&arm.pat, &arm.fat_arrow_token);
        let body: Vec<_> = arm.body.to_token_stream().into_iter().collect();
        let span =
            |token: Option<&proc_macro2::TokenTree>| token.map_or_else(Span::call_site, proc_macro2::TokenTree::span);
        let (first, end) = (unit(span(body.first())), span(body.last()));
        let last = unit(end);
        let body = quote_spanned!(end=> #first == #last);
        self.arms.push(quote!(#pattern #arrow #body));
    }

    /// What has rustc check that the named cases are all; none if they cannot be.
    fn of(&self, subject: &Ident) -> Option<TokenStream> {
        if self.ends == [true; 2] {
            return Some(quote!());
        }
        if self.others || self.ends != [false; 2] {
            return None;
        }
        if !self.paths {
            return (self.bools.contains(&true) && self.bools.contains(&false)).then(|| quote!());
        }
        let arms = &self.arms;
        let check = quote_spanned!(subject.span()=>
            let _ = || match __kfp::type_of(&#subject) { #(#arms),* };);
        Some(quote! {
            #[allow(unreachable_code, unused)]
            #check
        })
    }
}

/// `()` that stands there.
fn unit(span: Span) -> proc_macro2::Group {
    let mut unit = proc_macro2::Group::new(proc_macro2::Delimiter::Parenthesis, quote!());
    unit.set_span(span);
    unit
}

/// The condition of a pattern; none for `_`.
fn pattern(lower: &mut Lower<'_>, pat: &Pat, subject: &Ident, complete: &mut Completeness) -> Option<TokenStream> {
    let equals = |constant: TokenStream| {
        let span = pat.span();
        condition::compare(span, (&quote!(#subject), subject.span()), &quote!(Eq), (&constant, span))
    };
    match pat {
        Pat::Wild(_) => None,
        Pat::Paren(paren) => pattern(lower, &paren.pat, subject, complete),
        Pat::Lit(literal) => {
            match &literal.lit {
                Lit::Bool(flag) => complete.bools.push(flag.value),
                _ => complete.others = true,
            }
            Some(equals(quote!(#literal)))
        }
        Pat::Path(path) => {
            complete.paths = true;
            Some(equals(quote!(#path)))
        }
        Pat::Ident(name) if name.subpat.is_none() && name.ident.to_string().starts_with(char::is_uppercase) => {
            complete.paths = true;
            Some(equals(quote!(#name)))
        }
        Pat::Or(cases) => {
            let conditions = cases.cases.iter().map(|case| pattern(lower, case, subject, complete));
            let conditions: Option<Vec<TokenStream>> = conditions.collect();
            conditions?.into_iter().reduce(|all, next| quote!(__kfp::or(#all, #next)))
        }
        Pat::Guard(guard) => {
            lower.errors.at(guard, 54, "a pipeline `match` has no guards; write `if` / `else if`");
            let wrong = super::lower::wrong();
            Some(quote!(#wrong))
        }
        other => {
            let message = match other {
                Pat::Ident(name) => format!(
                    "a pipeline `match` binds nothing, and `{}` would be bound: write `_`, and use the value by its own name",
                    name.ident
                ),
                Pat::Range(_) => {
                    "a pipeline `match` has no ranges: write `if x >= .. && x <= .. { .. } else { .. }`".to_owned()
                }
                _ => {
                    "a pipeline `match` compares with constants: literals, unit variants, `|` and `_`; it binds nothing"
                        .to_owned()
                }
            };
            lower.errors.at(other, 57, message);
            let wrong = super::lower::wrong();
            Some(quote!(#wrong))
        }
    }
}

/// `a..b` in the head of a `for`, whose ends may be values; at the user's tokens.
fn range(lower: &mut Lower<'_>, items: &mut Expr) -> Option<TokenStream> {
    let Expr::Range(range) = items else { return None };
    let (Some(start), Some(end), syn::RangeLimits::HalfOpen(dots)) = (&mut range.start, &mut range.end, range.limits)
    else {
        return None;
    };
    lower.expr(start);
    lower.expr(end);
    Some(quote_spanned!(dots.span()=> __kfp::range(#start, #end)))
}

/// ```text
/// { let this_loop = Items::each(items, scope, None, place);
///   let this_body = this_loop.body();
///   let end = { let scope = &this_body; let item = this_loop.item(scope); .. };
///   Collect::collect(end, this_loop) }
/// ```
fn for_each(
    lower: &mut Lower<'_>,
    each: &mut ExprForLoop,
    own: &[Attribute],
    name: Option<&LitStr>,
    value: bool,
) -> TokenStream {
    let span = each.for_token.span;
    let parallelism = parallelism(lower, own);
    let given = elements(&mut each.expr).into_iter().any(|element| super::lower::is_struct_of_values(lower, element));
    let fails_fast = fail_fast(lower, own) == Some(true);
    for element in elements(&mut each.expr) {
        if given && let Expr::Struct(item) = &*element {
            *element = Expr::Verbatim(super::given(lower, item.clone()));
            continue;
        }
        if let Expr::Lit(literal) = &*element
            && let Lit::Str(text) = &literal.lit
        {
            *element = syn::parse_quote_spanned!(text.span()=> ::std::string::String::from(#text));
        }
    }
    // `&items` is what one writes for a `Vec`; of a value it is the same list.
    while let Expr::Reference(borrowed) = &*each.expr
        && borrowed.mutability.is_none()
    {
        let list = borrowed.expr.clone();
        each.expr = list;
    }
    let sound = lower.errors.count();
    let range = range(lower, &mut each.expr);
    if range.is_none() {
        lower.expr(&mut each.expr);
    }
    let sound = lower.errors.count() == sound;
    let pattern = &each.pat;
    let mut bind = quote!(let #pattern =);
    let mut item_bind = None;
    if !matches!(&**pattern, Pat::Ident(name) if name.subpat.is_none()) && !matches!(&**pattern, Pat::Wild(_)) {
        (bind, item_bind) = (quote!(let _ =), Some(bind_wrong(pattern)));
        let message = "the item of a pipeline `for` has one name; reach its fields by `item.field` (derive `Outputs` for its type)";
        if sound {
            lower.errors.at(pattern, 58, message);
        }
    }
    let end_span = end_of(&each.body);
    lower.locals.enter();
    lower.locals.bind_pattern(pattern);
    for (name, _) in names(pattern) {
        lower.locals.mark(&name);
    }
    lower.loop_body(&mut each.body, value);
    lower.locals.close(true);
    let scope = scope();
    let (items, stmts) = (range.unwrap_or_else(|| each.expr.to_token_stream()), block(&each.body));
    let (this, end) = (hidden("opened", span), Ident::new("end", end_span));
    let body = shown("this_loop", 0, &stmts, span);
    // At the items alone, so that what is wrong with them is said once.
    let place = crate::signature::place(span);
    let list = Ident::new("list", items.span());
    let open = match &*each.expr {
        // One token, so that both rustc's ways to say it are at one place.
        Expr::Field(_) | Expr::Call(_) | Expr::MethodCall(_) => quote_spanned! {items.span()=> {
            let #list = #items;
            __kfp::Items::each(#list, #scope, #parallelism, #place)
        }},
        _ => quote_spanned!(items.span()=> __kfp::Items::each(#items, #scope, #parallelism, #place)),
    };
    let fail_fast = fails_fast.then(|| quote!(#this.fail_fast();));
    let named = named(name, &this);
    let finish = match value {
        true => quote_spanned!(end_span=> __kfp::Collect::collect(#end, #this)),
        false => quote!(let _ = #end; #this.group()),
    };
    let borrow = quote_spanned!(span=> &#body);
    quote_spanned!(span=> {
        let #this = #open;
        #named #fail_fast
        let #body = #this.body();
        let #end = { let #scope = #borrow; #bind #this.item(#scope); #item_bind #stmts };
        #finish
    })
}

/// The elements of a list that is written in the head of a loop.
fn elements(items: &mut Expr) -> Vec<&mut Expr> {
    match items {
        Expr::Array(array) => array.elems.iter_mut().collect(),
        _ => Vec::new(),
    }
}

fn parallelism(lower: &mut Lower<'_>, own: &[Attribute]) -> TokenStream {
    crate::options::optional(parallel_number(lower, own))
}

fn parallel_number(lower: &mut Lower<'_>, own: &[Attribute]) -> Option<u32> {
    for attribute in own.iter().filter(|attribute| is(attribute, "parallel")) {
        match attribute.parse_args::<syn::LitInt>().and_then(|int| int.base10_parse::<u32>()) {
            Ok(number) if number > 0 => return Some(number),
            _ => lower.errors.at(attribute, 59, "`#[parallel(n)]` takes how many rounds run at once, at least 1"),
        }
    }
    None
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

/// `#[fail_fast]`, `#[fail_fast(false)]`.
fn fail_fast(lower: &mut Lower<'_>, own: &[Attribute]) -> Option<bool> {
    let attribute = own.iter().find(|attribute| is(attribute, "fail_fast"))?;
    if matches!(attribute.meta, syn::Meta::Path(_)) {
        return Some(true);
    }
    match attribute.parse_args::<syn::LitBool>() {
        Ok(flag) => Some(flag.value),
        Err(_) => {
            lower.errors.at(attribute, 86, "`#[fail_fast]` takes `true` or `false`: `#[fail_fast(false)]`");
            None
        }
    }
}

/// `#[retry(3)]` and `#[mutex("shard")]` of a block: options that a task has as methods.
fn whole(lower: &mut Lower<'_>, own: &[Attribute], name: &str, this: &Ident) -> TokenStream {
    // Of a trait, so that what is no such value is said without the block's hidden type.
    let taken = match name {
        "retry" => quote!(IntoRetry::into_retry),
        _ => quote!(IntoText::into_text),
    };
    let mut calls = TokenStream::new();
    for attribute in own.iter().filter(|attribute| is(attribute, name)) {
        match attribute.parse_args::<Expr>() {
            Ok(mut value) => {
                lower.expr(&mut value);
                let method = Ident::new(name, attribute.path().span());
                let value = quote_spanned!(value.span()=> __kfp::#taken(#value));
                calls.extend(quote!(#this.#method(#value);));
            }
            Err(_) => {
                let like = if name == "retry" { "#[retry(3)]" } else { "#[mutex(\"shard\")]" };
                lower.errors.at(attribute, 59, format!("`#[{name}(..)]` takes one value: `{like}`"));
            }
        }
    }
    calls
}

/// After which end of a block a handler runs.
fn trigger(attribute: &Attribute) -> Option<Ident> {
    let name = attribute.path().get_ident()?.to_string();
    let trigger = super::hooks::trigger(&name)?;
    Some(Ident::new(trigger, attribute.span()))
}

/// A block with exit handlers, or with limits of its own.
fn guard(
    lower: &mut Lower<'_>,
    own: &[Attribute],
    name: Option<&LitStr>,
    body: &mut Block,
    value: bool,
) -> TokenStream {
    let span = body.brace_token.span.join();
    let scope = scope();
    let this = hidden("opened", span);
    let end_span = end_of(body);
    let whole = ["retry", "mutex"].map(|name| whole(lower, own, name, &this));
    lower.lowered_block(body, value);
    // After the body, so that what they take of it is known to be its own.
    let mut handlers = Vec::new();
    for (attribute, trigger) in own.iter().filter_map(|attribute| Some((attribute, trigger(attribute)?))) {
        match attribute.parse_args::<ExprClosure>() {
            Ok(closure) => {
                let handler = hidden("this_handler", attribute.span());
                let body = handler_body(lower, &closure, &quote!(#this.run(#scope)));
                handlers.push(
                    quote!({ let #handler = #this.handler(__kfp::Trigger::#trigger); let #scope = &#handler; #body }),
                );
            }
            Err(_) => {
                let name = attribute.path().get_ident().map(Ident::to_string).unwrap_or_default();
                let message = format!("an exit handler is written `#[{name}(|run| notify(run.status))]`");
                lower.errors.at(attribute, 42, message);
            }
        }
    }
    let named = named(name, &this);
    let parallel = parallel_number(lower, own).map(|number| quote!(#this.parallel(#number);));
    let fail_fast = fail_fast(lower, own).map(|flag| quote!(#this.fail_fast(#flag);));
    let stmts = block(body);
    let end = Ident::new("end", end_span);
    let inner = shown("this_block", 0, &stmts, span);
    let finish = match value {
        true => quote_spanned!(end_span=> __kfp::BranchEnd::end_block(#end, #this)),
        false => quote!(let _ = #end; #this.group()),
    };
    let open = quote_spanned!(span=> #scope.guard());
    let borrow = quote_spanned!(span=> &#inner);
    quote_spanned!(span=> {
        let #this = #open;
        #named #parallel #fail_fast
        #(#whole)*
        #(#handlers)*
        let #inner = #this.body();
        let #end = { let #scope = #borrow; #stmts };
        #finish
    })
}

/// An exit handler of the pipeline.
pub(super) fn pipeline_handler(lower: &mut Lower<'_>, trigger: &str, closure: &ExprClosure) -> TokenStream {
    let scope = scope();
    let handler = hidden("this_handler", closure.span());
    let body = handler_body(lower, closure, &quote!(#scope.run()));
    let trigger = Ident::new(trigger, closure.span());
    quote!({
        let #handler = #scope.exit_handler(__kfp::Trigger::#trigger);
        let #scope = #handler.scope();
        let #scope = &#scope;
        #body
    })
}

/// The body of a handler, its parameter bound to the state of the run.
pub(super) fn handler_body(lower: &mut Lower<'_>, closure: &ExprClosure, run: &TokenStream) -> TokenStream {
    let mut body: Block = match &*closure.body {
        Expr::Block(body) if body.attrs.is_empty() => body.block.clone(),
        other => block_of(other.clone(), Some(<syn::Token![;]>::default())),
    };
    lower.locals.enter();
    for input in &closure.inputs {
        lower.locals.bind_pattern(input);
    }
    if closure.inputs.len() > 1 {
        lower.errors.at(&closure.inputs, 42, "an exit handler takes one argument, how it ended: `|run| ..`");
    }
    let outer = std::mem::replace(&mut lower.in_handler, true);
    lower.lowered_block(&mut body, false);
    lower.in_handler = outer;
    lower.locals.leave();
    let stmts = block(&body);
    let bind = closure.inputs.first().map(|input| bind_run(input, run));
    let more = closure.inputs.iter().skip(1).map(bind_wrong);
    quote!(#bind #(#more)* #stmts)
}

/// Attributes stand before a parameter of a closure, and not between `let` and its pattern.
fn bind_run(input: &Pat, run: &TokenStream) -> TokenStream {
    let split = |input: syn::parse::ParseStream<'_>| Ok((input.call(Attribute::parse_outer)?, input.parse()?));
    match split.parse2(input.to_token_stream()) {
        Ok::<(Vec<Attribute>, TokenStream), _>((attributes, pattern)) => quote!(#(#attributes)* let #pattern = #run;),
        Err(_) => quote!(let #input = #run;),
    }
}
