//! A request: the template that sends it, and one around it, whose output has a name.

use super::text::Reference;
use super::{Emitter, OUTPUT};
use crate::argo::{Arguments, Dag, Outputs, Parameter, Task, Template, ValueFrom};
use crate::diagnostic::Place;
use crate::graph::{Header, Http};
use serde_json::{Map, Value, json};

const REQUEST: &str = "request";

impl Emitter<'_> {
    /// What is sent.
    pub(super) fn http(&mut self, http: &Http, place: Place) -> Value {
        let mut request = Map::new();
        request.insert("method".to_owned(), http.method.into());
        request.insert("url".to_owned(), self.op_text(&http.url, place).into());
        if !http.headers.is_empty() {
            let headers = http.headers.iter().map(|header| self.header(header, place)).collect();
            request.insert("headers".to_owned(), headers);
        }
        for (field, text) in [("body", &http.body), ("successCondition", &http.success_condition)] {
            if let Some(text) = text {
                request.insert(field.to_owned(), self.op_text(text, place).into());
            }
        }
        if let Some(seconds) = http.timeout_seconds {
            request.insert("timeoutSeconds".to_owned(), seconds.into());
        }
        if http.insecure_skip_verify {
            request.insert("insecureSkipVerify".to_owned(), true.into());
        }
        request.into()
    }

    fn header(&mut self, header: &Header, place: Place) -> Value {
        let name = self.op_text(&header.name, place);
        match &header.secret {
            Some((secret, key)) => {
                let (secret, key) = (self.op_text(secret, place), self.op_text(key, place));
                json!({ "name": name, "valueFrom": { "secretKeyRef": { "name": secret, "key": key } } })
            }
            None => json!({ "name": name, "value": self.op_text(&header.value, place) }),
        }
    }

    /// Argo gives the answer as the result of a task, and only a template of tasks can call that an output.
    pub(super) fn around_request(&mut self, name: &str, mut request: Template) -> Template {
        let inputs = request.inputs.clone();
        let mut arguments = Arguments::default();
        for parameter in &mut request.inputs.parameters {
            parameter.value = None;
            let value = Some(Reference::new(["inputs", "parameters", &parameter.name]).tag().into());
            arguments.parameters.push(Parameter { name: parameter.name.clone(), value, ..Parameter::default() });
        }
        let template = Some(self.templates.leaf(&format!("{name}-{REQUEST}"), request));
        let result = Reference::new(["tasks", REQUEST, "outputs", "result"]).tag();
        let value_from = Some(ValueFrom { parameter: Some(result), ..ValueFrom::default() }.into());
        let output = Parameter { name: OUTPUT.to_owned(), value_from, ..Parameter::default() };
        let tasks = vec![Task { name: REQUEST.to_owned(), template, arguments, ..Task::default() }];
        Template {
            inputs,
            outputs: Outputs { parameters: vec![output], ..Outputs::default() },
            dag: Some(Dag { tasks, ..Dag::default() }),
            ..Template::default()
        }
    }
}
