//! A DAG: its tasks in an order in which each finds what it refers to.

use super::{Context, Expander};
use crate::comparer::plan::{Fact, Id, Kind};
use crate::comparer::scope::{Given, Scope};
use crate::comparer::text::{Origin, Text};
use crate::comparer::{Expr, Result, cannot};
use kfp::argo::{Arguments, Dag, Task, Template};
use std::collections::BTreeSet;

impl Expander<'_> {
    pub(super) fn dag(&mut self, template: &Template, dag: &Dag, inputs: Given, context: &Context) -> Result<Given> {
        let mut scope = Scope { inputs, ..Scope::default() };
        let mut context = context.clone();
        if let Some(limit) = template.parallelism.filter(|limit| *limit > 0) {
            context.know("at most at a time", Fact::Text(Text::constant(limit.to_string())));
        }
        block_options(template, dag, &scope, &mut context)?;
        let mut waiting: Vec<&Task> = dag.tasks.iter().collect();
        while !waiting.is_empty() {
            let is_ready = |task: &Task| edges(task).iter().all(|name| scope.tasks.contains_key(name));
            let (ready, rest): (Vec<&Task>, Vec<&Task>) = waiting.into_iter().partition(|task| is_ready(task));
            if ready.is_empty() {
                return cannot(format!("template `{}`: tasks wait for each other or for nobody", template.name));
            }
            for task in ready {
                let given = self.task(task, &scope, &context)?;
                scope.tasks.insert(task.name.clone(), given);
            }
            waiting = rest;
        }
        given_by(template, &scope)
    }

    fn task(&mut self, task: &Task, scope: &Scope, context: &Context) -> Result<Given> {
        let mut context = context.clone();
        for name in edges(task) {
            context.after.extend(&scope.tasks[&name].tasks);
        }
        if let Some(depends) = &task.depends {
            depends_on(depends, scope, &mut context)?;
        }
        let rest = Task {
            name: String::new(),
            template: None,
            dependencies: Vec::new(),
            depends: None,
            when: None,
            arguments: Arguments::default(),
            with_items: Vec::new(),
            with_param: None,
            with_sequence: None,
            ..task.clone()
        };
        super::leaf::flatten("its task: ", &serde_json::to_value(rest).unwrap_or_default(), scope, &mut context.facts)?;
        let mut inner = scope.clone();
        let mut round = None;
        if let Some(items) = super::items::items(task, scope)? {
            let id = self.plan.add(Kind::Loop, &task.name);
            self.plan.entities[id.0].facts = items;
            let outer = context.facts.iter().filter(|(what, _)| what == "in the loop").cloned().collect::<Vec<_>>();
            self.plan.entities[id.0].facts.extend(outer);
            context.facts.retain(|(what, _)| what != "in the loop");
            context.know("in the loop", Fact::Entities(BTreeSet::from([id])));
            inner.item = Some(id);
            round = Some(id);
        }
        if let Some(when) = &task.when {
            context.condition(inner.condition(when)?);
        }
        let Some(template) = &task.template else {
            return cannot(format!("task `{}` calls no template of its own manifest", task.name));
        };
        let passed = passed(&task.arguments, &inner)?;
        let mut given = self.call(&task.name, template, passed, &context)?;
        if let Some(id) = round {
            collect(&mut given, id);
        }
        Ok(given)
    }
}

/// What else a template with tasks says, such as how often it is tried.
fn block_options(template: &Template, dag: &Dag, scope: &Scope, context: &mut Context) -> Result<()> {
    let rest = Template {
        name: String::new(),
        inputs: kfp::argo::Inputs::default(),
        outputs: kfp::argo::Outputs::default(),
        dag: None,
        parallelism: None,
        ..template.clone()
    };
    let mut facts = Vec::new();
    super::leaf::flatten("its block: ", &serde_json::to_value(rest).unwrap_or_default(), scope, &mut facts)?;
    let target_is_usual = dag.target.is_none() || dag.fail_fast == Some(false);
    if !target_is_usual {
        super::leaf::flatten("its block: target", &serde_json::json!(dag.target), scope, &mut facts)?;
    }
    context.facts.extend(facts.into_iter().filter(|(what, _)| !what.contains("metadata")));
    Ok(())
}

/// What the rounds of a loop gave.
fn collect(given: &mut Given, round: Id) {
    for text in given.parameters.values_mut().chain(given.artifacts.values_mut()) {
        *text = Text::of(Origin::Collected(round, Box::new(text.clone())));
    }
}

/// The tasks that a task waits for.
fn edges(task: &Task) -> Vec<String> {
    let depends = task.depends.as_deref().unwrap_or_default();
    let words = depends.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_' || c == '.'));
    let named = words.filter(|word| !word.is_empty()).map(|word| word.split('.').next().unwrap_or(word).to_owned());
    task.dependencies.iter().cloned().chain(named).collect()
}

/// What `depends` says besides waiting: a condition, unless it only asks for success.
fn depends_on(depends: &str, scope: &Scope, context: &mut Context) -> Result<()> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_' || c == '.';
    let plain = depends.split("&&").all(|part| {
        let part = part.trim();
        part.chars().all(is_name) && (!part.contains('.') || part.ends_with(".Succeeded"))
    });
    if plain {
        return Ok(());
    }
    let lookup = |path: &[String]| {
        let task = scope.tasks.iter().find(|(name, _)| name.replace('-', "_") == path[0]);
        let Some((_, given)) = task else { return cannot(format!("`{}` is no task", path[0])) };
        let state = path.get(1).map_or("Succeeded", String::as_str).to_owned();
        Ok((Text::of(Origin::State(given.tasks.clone(), state)), path.len()))
    };
    let expression: Expr = crate::comparer::parse::parse(&depends.replace('-', "_"), &[], &lookup)?;
    context.condition(expression);
    Ok(())
}

/// What a call passes.
pub(super) fn passed(arguments: &Arguments, scope: &Scope) -> Result<Given> {
    let mut passed = Given::default();
    for parameter in &arguments.parameters {
        let Some(value) = &parameter.value else {
            return cannot(format!("the argument `{}` has no plain value", parameter.name));
        };
        passed.parameters.insert(parameter.name.clone(), scope.text(value)?);
    }
    for artifact in &arguments.artifacts {
        let text = match (&artifact.from, &artifact.from_expression, &artifact.raw) {
            (Some(from), _, _) => scope.text(from)?,
            (_, Some(expression), _) => scope.expression(expression)?.into_text(),
            (_, _, Some(raw)) => scope.text(&raw.data)?,
            // A place in a store, as it is written.
            _ if artifact.s3.is_some() || !artifact.other.is_empty() => {
                scope.text(&serde_json::json!([artifact.s3, artifact.other]).to_string())?
            }
            _ => return cannot(format!("the artifact `{}` comes from nowhere that is understood", artifact.name)),
        };
        passed.artifacts.insert(artifact.name.clone(), text);
    }
    Ok(passed)
}

/// What a template with tasks gives.
fn given_by(template: &Template, scope: &Scope) -> Result<Given> {
    let mut given =
        Given { tasks: scope.tasks.values().flat_map(|task| task.tasks.clone()).collect(), ..Given::default() };
    for output in &template.outputs.parameters {
        let from = output.value_from.clone().unwrap_or_default();
        let text = match (&from.parameter, &from.expression) {
            (Some(parameter), _) => scope.text(parameter)?,
            (None, Some(expression)) => scope.expression(expression)?.into_text(),
            (None, None) => {
                return cannot(format!("the output `{}` of `{}` comes from nowhere", output.name, template.name));
            }
        };
        given.parameters.insert(output.name.clone(), text);
    }
    for output in &template.outputs.artifacts {
        let text = match (&output.from, &output.from_expression) {
            (Some(from), _) => scope.text(from)?,
            (None, Some(expression)) => scope.expression(expression)?.into_text(),
            (None, None) => {
                return cannot(format!("the output `{}` of `{}` comes from nowhere", output.name, template.name));
            }
        };
        given.artifacts.insert(output.name.clone(), text);
    }
    Ok(given)
}
