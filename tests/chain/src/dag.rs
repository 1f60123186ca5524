//! Templates of kind `dag`: tasks, their order, their loops, and what the template gives.

use crate::workflow::Runner;
use crate::{Phase, Scope, Stuck, Values};
use kfp_core::argo::{Arguments, Dag, Task, Template};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

impl Runner<'_> {
    pub(crate) fn dag(
        &mut self,
        template: &Template,
        dag: &Dag,
        mut scope: Scope,
        path: &str,
    ) -> Result<(Phase, Values), Stuck> {
        let mut phases: HashMap<&str, Phase> = HashMap::new();
        while phases.len() < dag.tasks.len() {
            let ready = |task: &&Task| {
                !phases.contains_key(task.name.as_str())
                    && task.dependencies.iter().all(|before| phases.contains_key(before.as_str()))
            };
            let Some(task) = dag.tasks.iter().find(ready) else {
                return Err(Stuck::new(format!("the tasks of `{}` wait for each other", template.name)));
            };
            if task.depends.is_some() {
                return Err(Stuck::new(format!("the task `{}` has `depends`", task.name)));
            }
            let own = format!("{path}/{}", task.name).trim_start_matches('/').to_owned();
            // As Argo does by default, nothing new is started in a DAG of which something has failed.
            let failed = phases.values().any(|phase| *phase == Phase::Failed);
            let (phase, outputs) = if failed {
                (Phase::Omitted, Values::default())
            } else {
                self.task(task, &scope, &own).map_err(|stuck| stuck.at(&own))?
            };
            phases.insert(&task.name, phase);
            scope.set(&["tasks", &task.name, "status"], phase.to_string());
            if phase == Phase::Succeeded {
                scope.set_values(&["tasks", &task.name, "outputs"], &outputs);
            }
        }
        if phases.values().any(|phase| *phase == Phase::Failed) {
            return Ok((Phase::Failed, Values::default()));
        }
        Ok((Phase::Succeeded, outputs(template, &scope)?))
    }

    /// A task: not at all, once, or once for each item.
    fn task(&mut self, task: &Task, scope: &Scope, path: &str) -> Result<(Phase, Values), Stuck> {
        let name = task.template.as_deref().ok_or_else(|| Stuck::new("it names no template"))?;
        if let Some(when) = &task.when {
            match scope.substitute(when)?.as_str() {
                "true" => {}
                "false" => return Ok((Phase::Skipped, Values::default())),
                other => return Err(Stuck::new(format!("its `when` is `{other}`, neither true nor false"))),
            }
        }
        let Some(items) = items(task, scope)? else {
            let given = arguments(&task.arguments, scope, &self.folder(path))?;
            return self.template(name, &given, path);
        };
        if items.is_empty() {
            return Ok((Phase::Skipped, Values::default()));
        }
        let mut rounds = Vec::new();
        let mut phase = Phase::Succeeded;
        for (index, item) in items.into_iter().enumerate() {
            let mut inner = scope.clone();
            inner.set(&["item"], item);
            let own = format!("{path}({index})");
            let given = arguments(&task.arguments, &inner, &self.folder(&own))?;
            let (ended, outputs) = self.template(name, &given, &own)?;
            if ended == Phase::Succeeded {
                rounds.push(outputs);
            } else {
                phase = ended;
            }
        }
        Ok((phase, aggregate(&rounds)))
    }
}

/// The items of a loop; none if it is no loop.
fn items(task: &Task, scope: &Scope) -> Result<Option<Vec<Value>>, Stuck> {
    if task.with_sequence.is_some() {
        return Err(Stuck::new("it has `withSequence`"));
    }
    if let Some(list) = &task.with_param {
        let text = scope.substitute(list)?;
        return match serde_json::from_str(&text) {
            Ok(items) => Ok(Some(items)),
            Err(_) => Err(Stuck::new(format!("its `withParam` is no JSON list: {text}"))),
        };
    }
    Ok((!task.with_items.is_empty()).then(|| task.with_items.clone()))
}

fn arguments(arguments: &Arguments, scope: &Scope, folder: &std::path::Path) -> Result<Values, Stuck> {
    let mut values = Values::default();
    for parameter in &arguments.parameters {
        let Some(value) = &parameter.value else {
            return Err(Stuck::new(format!("the argument `{}` has no value", parameter.name)));
        };
        values.parameters.insert(parameter.name.clone(), scope.substitute(value)?);
    }
    for artifact in &arguments.artifacts {
        let path = match &artifact.raw {
            Some(raw) => {
                let path = folder.join(format!("raw-{}", artifact.name));
                let written = std::fs::create_dir_all(folder)
                    .and_then(|()| std::fs::write(&path, scope.substitute(&raw.data).unwrap_or_default()));
                written.map_err(|error| Stuck::new(format!("{}: {error}", path.display())))?;
                path
            }
            None => scope.artifact(artifact.from.as_deref(), artifact.from_expression.as_deref())?,
        };
        values.artifacts.insert(artifact.name.clone(), path);
    }
    Ok(values)
}

fn outputs(template: &Template, scope: &Scope) -> Result<Values, Stuck> {
    let mut values = Values::default();
    for parameter in &template.outputs.parameters {
        let from = parameter.value_from.clone().unwrap_or_default();
        let text = match (&from.parameter, &from.expression) {
            (Some(reference), _) => scope.substitute(reference),
            (None, Some(expression)) => scope.expression(expression),
            (None, None) => Err(Stuck::new("comes from nowhere that this runner knows")),
        };
        let text = text.map_err(|stuck| stuck.at(&format!("output `{}` of `{}`", parameter.name, template.name)))?;
        values.parameters.insert(parameter.name.clone(), text);
    }
    for artifact in &template.outputs.artifacts {
        let path = scope.artifact(artifact.from.as_deref(), artifact.from_expression.as_deref())?;
        values.artifacts.insert(artifact.name.clone(), path);
    }
    Ok(values)
}

/// What the rounds of a loop give together: lists, of objects only if all the texts are lists or objects.
fn aggregate(rounds: &[Values]) -> Values {
    let mut lists: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for round in rounds {
        for (name, text) in &round.parameters {
            lists.entry(name.clone()).or_default().push(text);
        }
    }
    let list = |texts: Vec<&str>| {
        let objects: Option<Vec<Value>> = texts
            .iter()
            .map(|text| serde_json::from_str::<Value>(text).ok().filter(|value| value.is_object() || value.is_array()))
            .collect();
        objects.map_or_else(|| Value::from(texts), Value::from).to_string()
    };
    Values { parameters: lists.into_iter().map(|(name, texts)| (name, list(texts))).collect(), ..Values::default() }
}
