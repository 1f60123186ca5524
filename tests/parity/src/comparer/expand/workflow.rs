//! The workflow itself: its parameters, its options, its exit handler.

use super::{Context, Expander};
use crate::comparer::plan::{Fact, Kind};
use crate::comparer::scope::{Given, Scope};
use crate::comparer::text::{Origin, Text};
use crate::comparer::{Result, cannot};
use kfp::argo::{Arguments, Spec};

impl Expander<'_> {
    pub(super) fn workflow(&mut self) -> Result<()> {
        let spec = &self.workflow.spec;
        let id = self.plan.add(Kind::Workflow, "the workflow");
        let scope = Scope::default();
        let mut facts = Vec::new();
        for parameter in &spec.arguments.parameters {
            let value = parameter.value.as_ref().map_or(Ok(Text::constant("none")), |value| scope.text(value))?;
            facts.push((format!("parameter {}", parameter.name), Fact::Text(value)));
        }
        let rest = Spec {
            entrypoint: None,
            on_exit: None,
            templates: Vec::new(),
            template_defaults: None,
            arguments: Arguments::default(),
            volumes: Vec::new(),
            ..spec.clone()
        };
        super::leaf::flatten("", &serde_json::to_value(rest).unwrap_or_default(), &scope, &mut facts)?;
        facts.push(("name".to_owned(), Fact::Text(Text::constant(self.name()))));
        if let Some(description) = self.description() {
            facts.push(("description".to_owned(), Fact::Text(Text::constant(description))));
        }
        self.plan.entities[id.0].facts = facts;
        let Some(entrypoint) = &spec.entrypoint else { return cannot("there is no entrypoint") };
        let passed = self.arguments()?;
        self.call(entrypoint, entrypoint, passed.clone(), &Context::default())?;
        if let Some(handler) = &spec.on_exit {
            let mut context = Context::default();
            context.know("runs", Fact::Text(Text::constant("at the end, however that came")));
            self.call(handler, handler, passed, &context)?;
        }
        Ok(())
    }

    /// What the first template and the exit handler are passed: the arguments of the workflow.
    fn arguments(&self) -> Result<Given> {
        let arguments = &self.workflow.spec.arguments;
        let mut passed = Given::default();
        for parameter in &arguments.parameters {
            passed.parameters.insert(parameter.name.clone(), Text::of(Origin::Parameter(parameter.name.clone())));
        }
        for artifact in &arguments.artifacts {
            let Some(raw) = &artifact.raw else { return cannot("an artifact of the workflow is not raw") };
            passed.artifacts.insert(artifact.name.clone(), Scope::default().text(&raw.data)?);
        }
        Ok(passed)
    }

    fn name(&self) -> String {
        let metadata = serde_json::to_value(&self.workflow.metadata).unwrap_or_default();
        let name = metadata.get("generateName").or_else(|| metadata.get("name"));
        name.and_then(|name| name.as_str()).unwrap_or_default().trim_end_matches('-').to_owned()
    }

    /// What the pipeline is for: the SDK puts it into JSON, we into an annotation of its own.
    fn description(&self) -> Option<String> {
        let metadata = serde_json::to_value(&self.workflow.metadata).unwrap_or_default();
        let annotation = |name: &str| metadata.get("annotations")?.get(name)?.as_str().map(str::to_owned);
        annotation("workflows.argoproj.io/description").or_else(|| {
            let spec: serde_json::Value =
                serde_json::from_str(&annotation("pipelines.kubeflow.org/pipeline_spec")?).ok()?;
            spec.get("description")?.as_str().map(str::to_owned)
        })
    }
}
