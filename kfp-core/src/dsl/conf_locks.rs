//! Locks that a whole run holds.

use super::PipelineConf;
use crate::graph::{Limit, Mutex, OpText, Semaphore, TextPart};

/// Locks of the whole run. Their names take parameters of the pipeline in braces: `"user-{name}"`.
impl PipelineConf {
    /// Runs only while no other run or task holds the lock of this name. Argo's `synchronization.mutexes` of a workflow.
    ///
    /// ```
    /// use kfp_core::dsl::PipelineConf;
    ///
    /// PipelineConf::new().add_mutex("user-{name}").add_semaphore("limits", "training");
    /// ```
    #[track_caller]
    pub fn add_mutex(self, name: impl AsRef<str>) -> Self {
        let name = with_parameters(name.as_ref());
        self.with("mutex", |conf| conf.mutexes.push(Mutex { name, namespace: None }))
    }

    /// Runs only while fewer than so many others hold this lock: the number stands in a key of a ConfigMap. Argo's
    /// `synchronization.semaphores` of a workflow, with `configMapKeyRef`.
    #[track_caller]
    pub fn add_semaphore(self, config_map: impl AsRef<str>, key: impl AsRef<str>) -> Self {
        let [name, key] = [config_map.as_ref(), key.as_ref()].map(with_parameters);
        self.with("semaphore", |conf| {
            conf.semaphores.push(Semaphore { limit: Limit::ConfigMap { name, key }, namespace: None });
        })
    }

    /// The same with a number that the controller's database knows; from Argo 3.7. Argo's `synchronization.semaphores` with
    /// `database`.
    #[track_caller]
    pub fn add_database_semaphore(self, key: impl AsRef<str>) -> Self {
        let key = with_parameters(key.as_ref());
        self.with("database_semaphore", |conf| {
            conf.semaphores.push(Semaphore { limit: Limit::Database { key }, namespace: None });
        })
    }
}

/// A text with names in braces, each a parameter; `{{` is a brace. A brace that none closes stands for itself.
fn with_parameters(text: &str) -> OpText {
    let mut parts = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        literal.push_str(&rest[..at]);
        let brace = &rest[at..=at];
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(brace) {
            literal.push_str(brace);
            rest = after;
        } else if let Some((name, after)) = rest.split_once('}').filter(|_| brace == "{") {
            if !literal.is_empty() {
                parts.push(TextPart::Literal(std::mem::take(&mut literal)));
            }
            parts.push(TextPart::Parameter(name.to_owned()));
            rest = after;
        } else {
            literal.push_str(brace);
        }
    }
    literal.push_str(rest);
    if !literal.is_empty() || parts.is_empty() {
        parts.push(TextPart::Literal(literal));
    }
    OpText(parts)
}

#[cfg(test)]
mod tests {
    use super::with_parameters;
    use crate::graph::TextPart::{Literal, Parameter};

    #[test]
    fn braces_hold_parameters() {
        let parameter = |name: &str| Parameter(name.to_owned());
        let literal = |text: &str| Literal(text.to_owned());
        assert_eq!(with_parameters("user-{name}").0, [literal("user-"), parameter("name")]);
        assert_eq!(with_parameters("{a}{b}x").0, [parameter("a"), parameter("b"), literal("x")]);
        assert_eq!(with_parameters("{{a}} {b").0, [literal("{a} {b")]);
        assert_eq!(with_parameters("").0, [literal("")]);
    }
}
