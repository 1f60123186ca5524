//! What is written as in KFP's SDK for Python, and is otherwise here.

use super::calls::{Callee, callee};
use super::computing::{is_task, of_the_run};
use super::lower::{Lower, wrong};
use quote::quote;
use syn::punctuated::Punctuated;
use syn::{Expr, ExprCall, ExprField, ExprMethodCall, Member, Path, Token};

/// Names of KFP's that are no names here, each with what is written instead.
const NAMES: &[(&[&str], &str)] = &[
    (&["Condition", "If", "Elif", "Else"], "`if n > 3 { .. } else { .. }`"),
    (&["ParallelFor"], "`for item in items { .. }`"),
    (&["Collected"], "a `for` that ends in a value: `let all = for item in items { .. };`"),
    (&["OneOf"], "an `if` whose branches end in values: `let one = if n > 3 { .. } else { .. };`"),
    (&["ExitHandler"], "`#[on_exit(|run| notify(run.status))] { .. }`"),
    (&["PipelineParam"], "an argument of the pipeline: `fn train(rows: i64)`"),
    (&["InputPath", "InputTextFile", "InputBinaryFile"], "`Input<Dataset>` as the type of an argument"),
    (&["OutputPath", "OutputTextFile", "OutputBinaryFile"], "`Output<Dataset>` as the type of an argument"),
    (&["func_to_container_op", "create_component_from_func"], "`#[component]` before the function"),
    (
        &["load_component_from_file", "load_component_from_url", "load_component_from_text"],
        "`kfp::import_component!(fn train = \"component.yaml\");` outside of the pipeline",
    ),
    (&["use_k8s_secret", "use_secret"], "`.add_env_variable(EnvVar::secret(\"TOKEN\", \"secret\", \"key\"))`"),
];

/// How the constructors are called whose arguments Python takes by their names.
const LIKE: &[(&str, usize, &str)] = &[
    ("ContainerOp::new", 2, "ContainerOp::new(\"name\", \"image:1.0\").command([\"..\"]).args([\"..\"])"),
    ("VolumeOp::new", 3, "VolumeOp::new(\"name\", \"resource-name\", \"10Gi\")"),
    ("PipelineVolume::new", 1, "PipelineVolume::pvc(\"claim\")"),
    ("ResourceOp::create", 1, "ResourceOp::create(manifest!(\"pod.yaml\"))"),
    ("EnvVar::new", 2, "EnvVar::new(\"NAME\", \"value\")"),
];

/// Refuses it, and gives what stands in its place.
pub(super) fn refuse(lower: &mut Lower<'_>, expr: &mut Expr) -> Option<Expr> {
    let refused = match expr {
        Expr::Call(call) => is_other_call(lower, call),
        Expr::MethodCall(call) => is_other_method(lower, call),
        Expr::Assign(assign) => is_field_of_a_task(lower, &assign.left),
        Expr::Field(output) => is_among_outputs(lower, output),
        _ => false,
    };
    let wrong = wrong();
    refused.then(|| Expr::Verbatim(quote!(#wrong)))
}

fn is_other_call(lower: &mut Lower<'_>, call: &ExprCall) -> bool {
    let Expr::Path(function) = &*call.func else { return false };
    let path = &function.path;
    let is_local = path.get_ident().is_some_and(|name| lower.locals.get(name).is_some());
    if let Some((name, instead)) = renamed(path).filter(|_| !is_local) {
        let message = format!("`{name}` is what KFP for Python has; here write {instead}");
        lower.errors.at(path, 396, message);
        return true;
    }
    if matches!(callee(lower, path), Callee::Operation) {
        return false;
    }
    if let Some(value) = call.args.first().and_then(|argument| of_the_run(lower, argument))
        && path.segments.len() > 1
        && path.segments.last().is_some_and(|last| last.ident == "from" || last.ident == "try_from")
    {
        let message = format!(
            "`{value}` exists only when the pipeline runs, so Rust cannot convert it here: pass it as it is, or as text, \
             `format!(\"{{{value}}}\")`"
        );
        lower.errors.at(path, 28, message);
        return true;
    }
    let called = crate::literals::called(path);
    let like = LIKE.iter().find(|(name, ..)| *name == called);
    if by_keyword(lower, &call.args, like.map(|(.., like)| *like)) {
        return true;
    }
    match like {
        Some((name, most, like)) if call.args.len() > *most => {
            lower.errors.at(&call.args[*most], 395, format!("`{name}` takes no more arguments: write `{like}`"));
            true
        }
        _ => false,
    }
}

/// What KFP's name is here: `Condition::new`, `dsl::Condition`.
fn renamed(path: &Path) -> Option<(String, &'static str)> {
    let names = path.segments.iter().rev().take(2).map(|segment| segment.ident.to_string());
    let named =
        |name: &String| NAMES.iter().find(|(names, _)| names.contains(&name.as_str())).map(|(_, instead)| *instead);
    names.into_iter().find_map(|name| Some((name.clone(), named(&name)?)))
}

/// `name = value` among arguments that only go by position.
fn by_keyword(lower: &mut Lower<'_>, args: &Punctuated<Expr, Token![,]>, like: Option<&str>) -> bool {
    let keyword = args.iter().find_map(|argument| match argument {
        Expr::Assign(assign) => match &*assign.left {
            Expr::Path(path) => path.path.get_ident().filter(|name| lower.locals.get(name).is_none()),
            _ => None,
        },
        _ => None,
    });
    let Some(name) = keyword.cloned() else { return false };
    let instead = like.map_or_else(|| "write the value alone".to_owned(), |like| format!("write `{like}`"));
    let message =
        format!("`{name} = ..` is how components and pipelines are called; here arguments go by position: {instead}");
    lower.errors.at(&name, 395, message);
    true
}

fn is_other_method(lower: &mut Lower<'_>, call: &mut ExprMethodCall) -> bool {
    if by_keyword(lower, &call.args, None) {
        return true;
    }
    let method = call.method.to_string();
    let is_option = method.starts_with("set_") || method.starts_with("add_");
    if let Expr::Field(field) = &*call.receiver
        && matches!(&field.member, Member::Named(name) if name == "container")
        && is_option
        && is_task_or_its_name(lower, &field.base)
    {
        lower.errors.at(
            &field.member,
            397,
            format!("a task has the options of its container itself: write `task.{method}(..)`"),
        );
        return true;
    }
    if method == "contains"
        && let Some(name) = call.args.first().and_then(|argument| of_the_run(lower, argument))
        && of_the_run(lower, &call.receiver).is_none()
    {
        let message = format!(
            "`{name}` exists only when the pipeline runs, so Rust cannot look for it here: compare it with each, `{name} == a || \
             {name} == b`"
        );
        lower.errors.at(&call.method, 28, message);
        return true;
    }
    method == "after" && is_after_a_component(lower, call)
}

/// `.after(fetch)`; several tasks, `.after(a, b)`, wait one by one.
fn is_after_a_component(lower: &mut Lower<'_>, call: &mut ExprMethodCall) -> bool {
    for argument in &call.args {
        if let Expr::Path(path) = argument
            && let Some(name) = path.path.get_ident()
            && lower.locals.get(name).is_none()
            && name.to_string().starts_with(|first: char| first.is_lowercase())
            && lower.locals.gone(name).is_none()
        {
            let message = format!(
                "`.after` waits for a task, and `{name}` is no variable here: name the task, `let first = {name}(..);`, and \
                 write `.after(first)`"
            );
            lower.errors.at(name, 398, message);
            return true;
        }
    }
    if call.args.len() > 1
        && let Some(last) = call.args.pop()
    {
        call.args.pop_punct();
        *call.receiver = Expr::MethodCall(call.clone());
        call.args = std::iter::once(last).collect();
    }
    false
}

/// `task.execution_options.caching_strategy.max_cache_staleness = "P0D"`
fn is_field_of_a_task(lower: &mut Lower<'_>, place: &Expr) -> bool {
    let Expr::Field(field) = place else { return false };
    let (Member::Named(name), true) = (&field.member, is_task_or_its_name(lower, &field.base)) else { return false };
    let option = name.to_string();
    let method = if option.starts_with("set_") { option } else { format!("set_{option}") };
    let message = format!("a task is not changed by its fields: write the option as a method, `task.{method}(..)`");
    lower.errors.at(name, 397, message);
    true
}

/// `task.outputs.model`
fn is_among_outputs(lower: &mut Lower<'_>, output: &ExprField) -> bool {
    let (Expr::Field(all), Member::Named(name)) = (&*output.base, &output.member) else { return false };
    let Expr::Path(task) = &*all.base else { return false };
    let Some(task) = task.path.get_ident().filter(|task| lower.locals.component(task).is_some()) else { return false };
    if !matches!(&all.member, Member::Named(outputs) if outputs == "outputs") {
        return false;
    }
    let message = format!("an output of a task is a field of it, by its name: `{task}.{name}`");
    lower.errors.at(&all.member, 160, message);
    true
}

fn is_task_or_its_name(lower: &Lower<'_>, expr: &Expr) -> bool {
    is_task(lower, expr) || of_the_run(lower, expr).is_some()
}
