//! Whether every template that is called is there, found before the first task starts.

use crate::depends::Depends;
use crate::error::{NO_TEMPLATE, Refusal};
use crate::load::{Home, Library};
use kfp_core::argo::{Hook, Task, Template};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// The templates that a workflow calls, by manifest and name.
pub(crate) struct Reached {
    seen: BTreeSet<(String, String)>,
    /// Whether a call names its template only while the workflow runs.
    is_open: bool,
}

impl Reached {
    /// Whether a template may be called.
    pub(crate) fn has(&self, home: &str, template: &str) -> bool {
        self.is_open || self.seen.contains(&(home.to_owned(), template.to_owned()))
    }
}

/// Follows all calls from the entrypoint and the exit handlers.
pub(crate) fn check(library: &Library) -> Result<Reached, Refusal> {
    let spec = &library.spec;
    let starts = spec.entrypoint.iter().map(|name| ("spec.entrypoint", name));
    let mut walk = Walk { library, reached: Reached { seen: BTreeSet::new(), is_open: false } };
    for (place, name) in starts.chain(spec.on_exit.iter().map(|name| ("spec.onExit", name))) {
        walk.task(place, &library.main, &Task { template: Some(name.clone()), ..Task::default() })?;
    }
    spec.hooks.iter().try_for_each(|(name, hook)| walk.hook(&format!("spec.hooks.{name}"), &library.main, hook))?;
    Ok(walk.reached)
}

struct Walk<'a> {
    library: &'a Library,
    reached: Reached,
}

impl Walk<'_> {
    fn task(&mut self, place: &str, home: &Rc<Home>, task: &Task) -> Result<(), Refusal> {
        let is_known_later = |text: &Option<String>| text.as_ref().is_some_and(|text| text.contains("{{"));
        let is_reference_later =
            task.template_ref.as_ref().is_some_and(|it| it.name.contains("{{") || it.template.contains("{{"));
        if is_known_later(&task.template) || is_reference_later {
            self.reached.is_open = true;
            return Ok(());
        }
        let (known, home) = self.library.called(home, task).map_err(|message| {
            let help = "give the file that has it with `--with FILE`, or correct the name";
            Refusal::new(NO_TEMPLATE, place, message).help(help)
        })?;
        let template = &known.template;
        if !template.name.is_empty() && !self.reached.seen.insert((home.key(), template.name.clone())) {
            return Ok(());
        }
        self.template(template, &home)
    }

    fn hook(&mut self, place: &str, home: &Rc<Home>, hook: &Hook) -> Result<(), Refusal> {
        let (template, template_ref) = (hook.template.clone(), hook.template_ref.clone());
        self.task(place, home, &Task { template, template_ref, ..Task::default() })
    }

    fn template(&mut self, template: &Template, home: &Rc<Home>) -> Result<(), Refusal> {
        let name = &template.name;
        if let Some(dag) = &template.dag {
            let tasks: BTreeMap<&str, &Task> = dag.tasks.iter().map(|task| (task.name.as_str(), task)).collect();
            for task in &dag.tasks {
                let place = format!("template `{name}`, task `{}`", task.name);
                Depends::of(task, &tasks).map_err(|message| Refusal::new(NO_TEMPLATE, place, message))?;
            }
        }
        for task in template.dag.iter().flat_map(|dag| &dag.tasks).chain(template.steps.iter().flatten()) {
            let place = format!("template `{name}`, task `{}`", task.name);
            self.task(&place, home, task)?;
            if let Some(handler) = task.on_exit.clone() {
                self.task(&place, home, &Task { template: Some(handler), ..Task::default() })?;
            }
            task.hooks
                .iter()
                .try_for_each(|(name, hook)| self.hook(&format!("{place}, `hooks.{name}`"), home, hook))?;
        }
        Ok(())
    }
}
