//! A change to a Kubernetes resource.

use super::Emitter;
use super::leaf::op_text;
use super::literal::Use;
use super::naming::port;
use super::text::{Expr, Text};
use super::yaml_text::{Scalars, yaml};
use crate::argo::ResourceTemplate;
use crate::diagnostic::Place;
use crate::graph::{Input, InputKind, OpText, Resource, Shape, TextPart};

impl Emitter<'_> {
    pub(super) fn resource(&mut self, resource: &Resource, inputs: &[&Input], place: Place) -> ResourceTemplate {
        let mut scalars = Manifest { emitter: self, inputs, place };
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
    inputs: &'i [&'i Input],
    place: Place,
}

impl Scalars for Manifest<'_, '_, '_> {
    fn string(&mut self, text: &str) -> String {
        let parsed = OpText::from(text);
        let text = op_text(&parsed);
        self.emitter.require_plain(&text.constant(), Use::Template, self.place);
        if let Text::Literal(text) = text {
            return serde_json::Value::String(text).to_string();
        }
        match (&parsed.0[..], &text) {
            ([TextPart::Parameter(name)], Text::Reference(reference)) => match self.shape(name) {
                Some(Shape::Integer | Shape::Float | Shape::Json) => reference.tag(),
                Some(Shape::Bool) => Expr::call("lower", &text.expr()).tag(),
                _ => Expr::call("toJson", &text.expr()).tag(),
            },
            _ => Expr::call("toJson", &text.expr()).tag(),
        }
    }
}

impl Manifest<'_, '_, '_> {
    fn shape(&self, name: &str) -> Option<&Shape> {
        self.inputs.iter().find(|input| port(&input.name) == port(name)).and_then(|input| match &input.kind {
            InputKind::Parameter { shape, .. } => Some(shape),
            InputKind::Artifact(_) => None,
        })
    }
}
