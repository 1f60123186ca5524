//! A change to a Kubernetes resource.

use super::Emitter;
use super::kubernetes::Inputs;
use super::leaf::op_text;
use super::text::{Expr, Text};
use super::yaml_text::{Scalars, yaml};
use crate::argo::{ResourceTemplate, to_json};
use crate::graph::kubernetes::as_hole;
use crate::graph::{OpText, Resource, TextPart};
use kfp_grammar::substitution::Use;

impl Emitter<'_> {
    pub(super) fn resource(&mut self, resource: &Resource, inputs: Inputs<'_>) -> ResourceTemplate {
        let place = inputs.place;
        let mut scalars = Manifest { emitter: self, inputs };
        let manifest = yaml(&resource.manifest, &mut scalars);
        ResourceTemplate {
            action: resource.action.name().to_owned(),
            merge_strategy: resource.merge_strategy.clone(),
            set_owner_reference: resource.set_owner_reference,
            success_condition: resource.success_condition.as_ref().map(|text| self.op_text(text, place)),
            failure_condition: resource.failure_condition.as_ref().map(|text| self.op_text(text, place)),
            flags: self.op_texts(&resource.flags, place),
            manifest: Some(manifest),
            ..ResourceTemplate::default()
        }
    }
}

/// Puts inputs into the manifest, each in such a way that it stays what it is whatever it holds.
struct Manifest<'e, 'g, 'i> {
    emitter: &'e mut Emitter<'g>,
    inputs: Inputs<'i>,
}

impl Scalars for Manifest<'_, '_, '_> {
    fn string(&mut self, text: &str) -> String {
        if let Some(name) = as_hole(text) {
            return self.inputs.typed(name);
        }
        let parsed = OpText::from(text);
        let text = op_text(&parsed);
        self.emitter.require_plain(&text.constant(), Use::Template, self.inputs.place);
        // What Argo knows of the run holds nothing that JSON would write otherwise.
        let is_plain = parsed.0.iter().all(|part| !matches!(part, TextPart::Parameter(_) | TextPart::OfRun(_)));
        match text {
            text if is_plain && !text.field().contains("{{=") => to_json(&text.field()),
            Text::Literal(text) => to_json(&text),
            text => Expr::call("toJson", &text.expr()).tag(),
        }
    }
}
