//! A manifest to a plan: every template that is reached is followed as often as it is called.

mod dag;
mod function;
mod items;
mod leaf;
mod order;
mod workflow;

pub(super) use leaf::sorted;

use super::plan::{Fact, Id, Kind, Plan};
use super::scope::{Given, Scope};
use super::text::{Origin, Text};
use super::{Expr, Result, cannot};
use kfp::argo::{Template, Workflow};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Expands a manifest from its entrypoint and its exit handler.
///
/// # Errors
/// What cannot be followed: a template that is not there, a variable that means nothing, steps, templates of other
/// manifests.
pub fn expand(workflow: &Workflow) -> Result<Plan> {
    let templates = workflow.spec.templates.iter().map(|template| (template.name.as_str(), template)).collect();
    let mut expander = Expander { workflow, templates, plan: Plan::default(), open: Vec::new() };
    expander.workflow()?;
    expander.plan.settle();
    order::reduce(&mut expander.plan);
    Ok(expander.plan)
}

struct Expander<'w> {
    workflow: &'w Workflow,
    templates: HashMap<&'w str, &'w Template>,
    plan: Plan,
    /// The templates that repeat themselves and that we are in, with their inputs.
    open: Vec<Open>,
}

struct Open {
    template: String,
    cycle: Id,
    /// Parameters and artifacts, with the entity that each of them is.
    arguments: BTreeMap<(bool, String), Id>,
}

/// What holds for everything in a place.
#[derive(Clone, Default)]
struct Context {
    /// Facts about every task.
    facts: Vec<(String, Fact)>,
    /// What every task comes after.
    after: BTreeSet<Id>,
}

impl Context {
    fn know(&mut self, what: &str, fact: Fact) {
        self.facts.push((what.to_owned(), fact));
    }

    fn condition(&mut self, expression: Expr) {
        match expression {
            Expr::Binary("&&", left, right) => {
                self.condition(*left);
                self.condition(*right);
            }
            other => self.know("runs if", Fact::Condition(other)),
        }
    }
}

impl<'w> Expander<'w> {
    fn template(&self, name: &str) -> Result<&'w Template> {
        self.templates.get(name).copied().map_or_else(|| cannot(format!("there is no template `{name}`")), Ok)
    }

    /// Follows a call of a template; gives what it gives.
    fn call(&mut self, called_as: &str, name: &str, passed: Given, context: &Context) -> Result<Given> {
        let template = self.template(name)?;
        if let Some(at) = self.open.iter().position(|open| open.template == name) {
            return self.repeat(at, passed, context);
        }
        if !self.repeats(name) || self.open.iter().any(|open| self.reaches(name, &open.template)) {
            return self.body(called_as, template, passed, context);
        }
        let cycle = self.plan.add(Kind::Cycle, name);
        let inside = context.clone();
        for (what, fact) in inside.facts {
            self.plan.know(cycle, what, fact);
        }
        let mut arguments = BTreeMap::new();
        let mut own = Given::default();
        for (is_file, texts) in [(false, &passed.parameters), (true, &passed.artifacts)] {
            for (name, text) in texts {
                let id = self.plan.add(Kind::Argument, name);
                self.plan.know(id, "begins as", Fact::Text(text.clone()));
                self.plan.know(id, "belongs to", Fact::Entities(BTreeSet::from([cycle])));
                arguments.insert((is_file, name.clone()), id);
                let target = if is_file { &mut own.artifacts } else { &mut own.parameters };
                target.insert(name.clone(), Text::of(Origin::Argument(id)));
            }
        }
        self.open.push(Open { template: name.to_owned(), cycle, arguments });
        let mut context = context.clone();
        context.know("repeats in", Fact::Entities(BTreeSet::from([cycle])));
        let given = self.body(called_as, template, own, &context);
        self.open.pop();
        given
    }

    /// A call of a template that we are in.
    fn repeat(&mut self, at: usize, passed: Given, context: &Context) -> Result<Given> {
        let again = self.plan.add(Kind::Task, "the next round");
        let cycle = self.open[at].cycle;
        for (is_file, texts) in [(false, passed.parameters), (true, passed.artifacts)] {
            for (name, text) in texts {
                if let Some(id) = self.open[at].arguments.get(&(is_file, name)) {
                    self.plan.know(*id, "goes on as", Fact::Text(text));
                }
            }
        }
        self.plan.know(again, "begins again with", Fact::Entities(BTreeSet::from([cycle])));
        self.finish_task(again, context);
        let template = self.template(&self.open[at].template.clone())?;
        let mut given = Given { tasks: BTreeSet::from([again]), ..Given::default() };
        for output in &template.outputs.parameters {
            let origin = Origin::Output { task: again, place: output.name.clone(), by_file: false };
            given.parameters.insert(output.name.clone(), Text::of(origin));
        }
        for output in &template.outputs.artifacts {
            let origin = Origin::Output { task: again, place: output.name.clone(), by_file: true };
            given.artifacts.insert(output.name.clone(), Text::of(origin));
        }
        Ok(given)
    }

    fn body(&mut self, called_as: &str, template: &Template, passed: Given, context: &Context) -> Result<Given> {
        let inputs = with_defaults(template, passed)?;
        match &template.dag {
            Some(dag) => self.dag(template, dag, inputs, context),
            None if template.steps.is_empty() => self.leaf(called_as, template, inputs, context),
            None => cannot(format!("template `{}` has steps, which are not compared", template.name)),
        }
    }

    /// What is known of a task because of where it stands.
    fn finish_task(&mut self, task: Id, context: &Context) {
        for (what, fact) in &context.facts {
            self.plan.know(task, what, fact.clone());
        }
        self.plan.know(task, "after", Fact::Entities(context.after.clone()));
    }

    /// Whether a template can reach itself.
    fn repeats(&self, name: &str) -> bool {
        self.called(name).iter().any(|called| *called == name || self.reaches(called, name))
    }

    fn reaches(&self, from: &str, to: &str) -> bool {
        let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
        while let Some(name) = open.pop() {
            for called in self.called(name) {
                if called == to {
                    return true;
                }
                if seen.insert(called) {
                    open.push(called);
                }
            }
        }
        false
    }

    fn called(&self, name: &str) -> Vec<&'w str> {
        let dag = self.templates.get(name).and_then(|template| template.dag.as_ref());
        dag.iter().flat_map(|dag| &dag.tasks).filter_map(|task| task.template.as_deref()).collect()
    }
}

/// What a template was passed, with its own values where nothing was.
fn with_defaults(template: &Template, passed: Given) -> Result<Given> {
    let mut inputs = Given::default();
    let scope = Scope::default();
    for input in &template.inputs.parameters {
        let text = match (passed.parameters.get(&input.name), input.value.as_ref().or(input.default.as_ref())) {
            (Some(text), _) => text.clone(),
            (None, Some(own)) => scope.text(own)?,
            (None, None) => return cannot(format!("`{}` of `{}` is not given", input.name, template.name)),
        };
        inputs.parameters.insert(input.name.clone(), text);
    }
    let parameters = Scope { inputs: inputs.clone(), ..Scope::default() };
    for input in &template.inputs.artifacts {
        let text = match (passed.artifacts.get(&input.name), &input.raw) {
            (Some(text), _) => text.clone(),
            (None, Some(raw)) => parameters.text(&raw.data)?,
            (None, None) if input.optional => continue,
            (None, None) if !input.other.is_empty() || input.s3.is_some() => {
                parameters.text(&serde_json::Value::Object(input.other.clone()).to_string())?
            }
            (None, None) => {
                return cannot(format!("the artifact `{}` of `{}` is not given", input.name, template.name));
            }
        };
        inputs.artifacts.insert(input.name.clone(), text);
    }
    Ok(inputs)
}
