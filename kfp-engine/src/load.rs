//! Manifests from their files to one workflow with all the templates that it can reach.

use crate::error::{NO_TEMPLATE, Refusal};
use kfp_core::argo::{Manifest, RetryStrategy, Spec, Task, Template, TemplateRef, Workflow};
use serde_json::Value;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

/// A template, and what is asked about it for every task that runs it.
pub(crate) struct Known {
    pub(crate) template: Arc<Template>,
    /// Whether anything in it is to be replaced.
    pub(crate) has_tags: bool,
    /// Whether it may ask what its tasks printed.
    pub(crate) wants_results: bool,
}

impl Known {
    fn new(template: Template) -> Self {
        let json = serde_json::to_string(&template).unwrap_or_default();
        Self {
            template: Arc::new(template),
            has_tags: json.contains("{{"),
            wants_results: json.contains("outputs.result")
                || json.contains("['result']")
                || json.contains("result\\\""),
        }
    }
}

/// The templates of one manifest: where its own tasks look for names.
pub(crate) struct Home {
    name: String,
    templates: BTreeMap<String, Rc<Known>>,
}

impl Home {
    /// Tells it from the others.
    pub(crate) fn key(&self) -> String {
        self.name.clone()
    }
}

/// A workflow, and the templates of other manifests that were given along.
pub(crate) struct Library {
    pub(crate) spec: Spec,
    pub(crate) main: Rc<Home>,
    /// By name and whether it is of the cluster.
    others: BTreeMap<(String, bool), Rc<Home>>,
}

pub(crate) type Found = (Rc<Known>, Rc<Home>);

impl Library {
    /// Puts a workflow and the manifests that were given along together.
    pub(crate) fn new(workflow: &Workflow, along: &[Manifest]) -> Result<Self, Refusal> {
        let mut specs: BTreeMap<(String, bool), &Spec> = BTreeMap::new();
        for manifest in along {
            let (metadata, spec, is_of_cluster) = match manifest {
                Manifest::WorkflowTemplate(it) => (&it.metadata, &it.spec, false),
                Manifest::ClusterWorkflowTemplate(it) => (&it.metadata, &it.spec, true),
                _ => continue,
            };
            specs.insert((metadata.name.clone().unwrap_or_default(), is_of_cluster), spec);
        }
        let mut spec = workflow.spec.clone();
        if let Some(reference) = spec.workflow_template_ref.take() {
            let base = specs.get(&(reference.name.clone(), reference.cluster_scope)).ok_or_else(|| {
                Refusal::new(
                    NO_TEMPLATE,
                    "spec.workflowTemplateRef",
                    format!("there is no WorkflowTemplate `{}` in the files", reference.name),
                )
                .help("give the file that has it with `--with FILE`")
            })?;
            spec = laid_over(base, &spec).map_err(|error| Refusal::new(NO_TEMPLATE, "spec", error))?;
        }
        // What a workflow says about retries holds for every template that it runs and that says nothing itself.
        let retries = spec.retry_strategy.as_ref();
        let home = |name: &str, spec: &Spec| home(name, spec, retries).map(Rc::new);
        let main = home("workflow", &spec)?;
        let kind = |is_of_cluster: bool| if is_of_cluster { "ClusterWorkflowTemplate" } else { "WorkflowTemplate" };
        let name = |key: &(String, bool)| format!("{} {}", kind(key.1), key.0);
        let others = specs.into_iter().map(|(key, spec)| Ok((key.clone(), home(&name(&key), spec)?)));
        let others = others.collect::<Result<_, Refusal>>()?;
        Ok(Self { spec, main, others })
    }

    /// The template of this name.
    fn named(home: &Rc<Home>, name: &str) -> Result<Found, String> {
        let template = home.templates.get(name).cloned();
        let template = template.ok_or_else(|| format!("there is no template `{name}` in `{}`", home.name))?;
        Ok((template, Rc::clone(home)))
    }

    fn referred(&self, reference: &TemplateRef) -> Result<Found, String> {
        let home = self.others.get(&(reference.name.clone(), reference.cluster_scope));
        let home = home.ok_or_else(|| format!("there is no WorkflowTemplate `{}` in the files", reference.name))?;
        Self::named(home, &reference.template)
    }

    /// What a task calls.
    pub(crate) fn called(&self, home: &Rc<Home>, task: &Task) -> Result<Found, String> {
        if let Some(inline) = &task.inline {
            return Ok((Rc::new(Known::new((**inline).clone())), Rc::clone(home)));
        }
        match (&task.template_ref, &task.template) {
            (Some(reference), _) => self.referred(reference),
            (None, Some(name)) => Self::named(home, name),
            (None, None) => Err(format!("the task `{}` calls nothing", task.name)),
        }
    }

    pub(crate) fn homes(&self) -> impl Iterator<Item = (&str, &Template)> {
        let homes = std::iter::once(&self.main).chain(self.others.values());
        homes.flat_map(|home| home.templates.values().map(|known| (home.name.as_str(), &*known.template)))
    }
}

fn home(name: &str, spec: &Spec, of_workflow: Option<&RetryStrategy>) -> Result<Home, Refusal> {
    let mut templates = BTreeMap::new();
    for template in &spec.templates {
        let mut whole = template.clone();
        if let Some(defaults) = &spec.template_defaults {
            whole = with_defaults(defaults, template)
                .map_err(|error| Refusal::new(NO_TEMPLATE, "spec.templateDefaults", error))?;
        }
        whole.retry_strategy = whole.retry_strategy.or_else(|| of_workflow.cloned());
        templates.insert(template.name.clone(), Rc::new(Known::new(whole)));
    }
    Ok(Home { name: name.to_owned(), templates })
}

/// A template over the defaults; what the defaults say about another kind than its own is left out.
fn with_defaults(defaults: &Template, template: &Template) -> Result<Template, String> {
    let mut under = serde_json::to_value(defaults).map_err(|error| error.to_string())?;
    let over = serde_json::to_value(template).map_err(|error| error.to_string())?;
    if let Some(fields) = under.as_object_mut() {
        for kind in ["container", "script", "containerSet", "resource", "suspend", "http", "data", "steps", "dag"] {
            if over.get(kind).is_none() {
                fields.shift_remove(kind);
            }
        }
    }
    merge(&mut under, over);
    serde_json::from_value(under).map_err(|error| error.to_string())
}

/// A workflow over the WorkflowTemplate that it runs.
fn laid_over(base: &Spec, over: &Spec) -> Result<Spec, String> {
    let mut under = serde_json::to_value(base).map_err(|error| error.to_string())?;
    merge(&mut under, serde_json::to_value(over).map_err(|error| error.to_string())?);
    serde_json::from_value(under).map_err(|error| error.to_string())
}

/// Objects field by field, lists of named things by name, everything else replaced.
fn merge(under: &mut Value, over: Value) {
    match (under, over) {
        (Value::Object(under), Value::Object(over)) => {
            for (key, value) in over {
                merge(under.entry(key).or_insert(Value::Null), value);
            }
        }
        (Value::Array(under), Value::Array(over)) if over.iter().all(|item| item.get("name").is_some()) => {
            for item in over {
                match under.iter_mut().find(|known| known.get("name") == item.get("name")) {
                    Some(known) => merge(known, item),
                    None => under.push(item),
                }
            }
        }
        (under, over) => *under = over,
    }
}
