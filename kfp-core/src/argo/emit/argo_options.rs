//! What Argo alone has for a leaf template: locks, remembered results, and what it says of its pod.

use super::Emitter;
use super::leaf::{op_text, text_with};
use super::naming::{kebab, port};
use super::text::{Expr, Reference, Text};
use crate::argo::{Mutex, Synchronization, Template};
use crate::graph::kubernetes::Fields;
use crate::graph::{self, Conf, InputKind, Limit, Op, OpBody, OpText, Options};
use kfp_grammar::substitution::Use;
use serde_json::{Value, json};

impl Emitter<'_> {
    /// Lays the options over the template.
    pub(super) fn argo_options(&mut self, template: &mut Template, op: &Op, options: &Options) {
        let (argo, place) = (&options.argo, op.place);
        template.synchronization =
            locks(&argo.mutexes, &argo.semaphores, &mut |text: &OpText| self.op_text(text, place));
        template.memoize = argo.memoize.as_ref().map(|memoize| self.memoize(op, memoize).into());
        template.daemon = argo.daemon;
        template.timeout = argo.deadline.as_ref().map(|text| self.op_text(text, place));
        template.service_account_name = argo.service_account.as_ref().map(|text| self.op_text(text, place));
        if let Some(metrics) = self.metrics(op, &argo.metrics) {
            template.other.insert("metrics".to_owned(), metrics);
        }
        if let Some(class) = &argo.priority_class {
            template.other.insert("priorityClassName".to_owned(), self.op_text(class, place).into());
        }
    }

    /// The locks of the whole run.
    pub(super) fn locks_of_run(&mut self, conf: &Conf) -> Option<Synchronization> {
        let place = self.place;
        locks(&conf.mutexes, &conf.semaphores, &mut |text: &OpText| {
            let text = text_with(text, |name| Reference::new(["workflow", "parameters", &port(name)]));
            self.field(&text, Use::Template, place)
        })
    }

    fn memoize(&mut self, op: &Op, memoize: &graph::Memoize) -> crate::argo::Memoize {
        let key = match &memoize.key {
            Some(key) => match key.literal() {
                Some(key) if is_key(&key) => key,
                _ => format!("{}-{}", prefix(op), hash(&op_text(key)).tag()),
            },
            None => format!("{}-{}", prefix(op), hash(&self.all_inputs(op)).tag()),
        };
        crate::argo::Memoize {
            key,
            // Argo 4 wants it; none is for ever.
            max_age: Some(memoize.max_age.as_ref().map(|age| self.op_text(age, op.place)).unwrap_or_default()),
            cache: Some(json!({ "configMap": { "name": self.op_text(&memoize.config_map, op.place) } })),
            ..crate::argo::Memoize::default()
        }
    }

    /// What a task runs and all the parameters that it gets, as one text.
    fn all_inputs(&mut self, op: &Op) -> Text {
        let runs: Vec<&OpText> = match &op.body {
            OpBody::Container(container) => {
                let fixed = std::iter::once(&container.image).chain(&container.source);
                fixed.chain(&container.command).chain(&container.args).collect()
            }
            OpBody::Resource(_) | OpBody::Suspend(_) | OpBody::Set(_) | OpBody::Http(_) | OpBody::Template(_) => {
                Vec::new()
            }
        };
        let mut all: Vec<String> = runs.into_iter().map(|text| op_text(text).expr().text).collect();
        for input in op.inputs.iter().filter(|input| matches!(input.kind, InputKind::Parameter { .. })) {
            let input = Reference::new(["inputs", "parameters", &port(&input.name)]).expression();
            if !all.contains(&input) {
                all.push(input);
            }
        }
        self.require_plain(&op.name, Use::Template, op.place);
        Text::Expr(Expr::atom(format!("toJson([{}])", all.join(", "))))
    }
}

pub(super) fn locks(
    mutexes: &[graph::Mutex],
    semaphores: &[graph::Semaphore],
    write: &mut impl FnMut(&OpText) -> String,
) -> Option<Synchronization> {
    if mutexes.is_empty() && semaphores.is_empty() {
        return None;
    }
    let mut locks = Synchronization::default();
    for mutex in mutexes {
        let namespace = mutex.namespace.as_ref().map(&mut *write);
        locks.mutexes.push(Mutex { name: write(&mutex.name), namespace, ..Mutex::default() });
    }
    for semaphore in semaphores {
        let mut fields = Fields::new();
        let (source, limit) = match &semaphore.limit {
            Limit::ConfigMap { name, key } => ("configMapKeyRef", json!({ "name": write(name), "key": write(key) })),
            Limit::Database { key } => ("database", json!({ "key": write(key) })),
        };
        fields.insert(source.to_owned(), limit);
        if let Some(namespace) = &semaphore.namespace {
            fields.insert("namespace".to_owned(), write(namespace).into());
        }
        locks.semaphores.push(fields.into());
    }
    Some(locks)
}

/// Keys of Argo begin with a letter or a digit.
fn prefix(op: &Op) -> String {
    match kebab(&op.name) {
        name if name.is_empty() => "task".to_owned(),
        name => name,
    }
}

/// What Argo's keys take.
fn is_key(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphanumeric())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn hash(text: &Text) -> Expr {
    Expr::call("sprig.sha256sum", &text.expr())
}

/// Lays a patch of a pod over another: objects field by field, lists of named things name by name.
pub(super) fn lay_patch(base: &mut Fields, over: &Fields) {
    for (name, value) in over {
        match (base.get_mut(name), value) {
            (Some(Value::Object(base)), Value::Object(over)) => lay_patch(base, over),
            (Some(Value::Array(base)), Value::Array(over)) => lay_list(base, over),
            _ => {
                base.insert(name.clone(), value.clone());
            }
        }
    }
}

fn lay_list(base: &mut Vec<Value>, over: &[Value]) {
    for item in over {
        let known = base.iter_mut().find(|known| item["name"].is_string() && known["name"] == item["name"]);
        match (known, item) {
            (Some(Value::Object(known)), Value::Object(item)) => lay_patch(known, item),
            _ => base.push(item.clone()),
        }
    }
}
