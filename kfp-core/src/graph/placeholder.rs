//! What a run and its pods are called: known only when they are there, and the same for whoever asks.

use super::{Graph, OpText, Operand, Source, TextPart};

/// Something that Argo knows of a run or of a pod.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Placeholder {
    /// The run's identifier.
    RunId,
    /// The run's identifier and the pod's name.
    ExecutionId,
    /// The workflow's name.
    Name,
    /// Its namespace.
    Namespace,
    /// The template that it starts with.
    MainEntrypoint,
    /// The service account of its pods.
    ServiceAccountName,
    /// When it was created.
    CreationTimestamp,
    /// Its priority.
    Priority,
    /// When the clock started it.
    ScheduledTime,
    /// The pod's name.
    PodName,
}

impl Placeholder {
    const ALL: [Self; 10] = [
        Self::RunId,
        Self::ExecutionId,
        Self::Name,
        Self::Namespace,
        Self::MainEntrypoint,
        Self::ServiceAccountName,
        Self::CreationTimestamp,
        Self::Priority,
        Self::ScheduledTime,
        Self::PodName,
    ];

    /// Argo's variables that it is made of, with a `-` between two.
    pub fn variables(self) -> &'static [&'static str] {
        match self {
            Self::RunId => &["workflow.uid"],
            Self::ExecutionId => &["workflow.uid", "pod.name"],
            Self::Name => &["workflow.name"],
            Self::Namespace => &["workflow.namespace"],
            Self::MainEntrypoint => &["workflow.mainEntrypoint"],
            Self::ServiceAccountName => &["workflow.serviceAccountName"],
            Self::CreationTimestamp => &["workflow.creationTimestamp"],
            Self::Priority => &["workflow.priority"],
            Self::ScheduledTime => &["workflow.scheduledTime"],
            Self::PodName => &["pod.name"],
        }
    }

    /// As Argo's tags.
    pub fn tags(self) -> String {
        self.variables().iter().map(|name| format!("{{{{{name}}}}}")).collect::<Vec<_>>().join("-")
    }

    /// Whether only the pod itself knows it.
    pub fn is_of_pod(self) -> bool {
        self.variables().contains(&"pod.name")
    }

    /// The one of these tags.
    pub(super) fn of_tags(tags: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|placeholder| placeholder.tags() == tags)
    }
}

impl OpText {
    /// Text in which Argo's tags of these are meant as such, as in the files of KFP.
    pub(crate) fn with_placeholders(text: &str) -> Self {
        let mut parts = Vec::new();
        let mut literal = String::new();
        let mut rest = text;
        while let Some((before, (tag, after))) =
            rest.split_once("{{").and_then(|(before, behind)| Some((before, behind.split_once("}}")?)))
        {
            literal.push_str(before);
            match Placeholder::of_tags(&format!("{{{{{}}}}}", tag.trim())) {
                Some(placeholder) => {
                    if !literal.is_empty() {
                        parts.push(TextPart::Literal(std::mem::take(&mut literal)));
                    }
                    parts.push(TextPart::Placeholder(placeholder));
                }
                None => literal.extend(["{{", tag, "}}"]),
            }
            rest = after;
        }
        literal.push_str(rest);
        if !literal.is_empty() || parts.is_empty() {
            parts.push(TextPart::Literal(literal));
        }
        Self(parts)
    }
}

impl Graph {
    /// The placeholders that something is made of.
    pub fn placeholders(&self, operand: &Operand) -> Vec<Placeholder> {
        match operand {
            Operand::Literal(_) => Vec::new(),
            Operand::Placeholder(placeholder) => vec![*placeholder],
            Operand::List(elements) => elements.iter().flat_map(|(element, _)| self.placeholders(element)).collect(),
            Operand::Json(inner, _) => self.placeholders(inner),
            Operand::Location(location) => location.operands().flat_map(|part| self.placeholders(part)).collect(),
            Operand::Value(value) => match &self[*value].source {
                Source::Text(parts) => parts.iter().flat_map(|part| self.placeholders(part)).collect(),
                Source::Choice(choice) => {
                    [&choice.then, &choice.otherwise].into_iter().flat_map(|arm| self.placeholders(arm)).collect()
                }
                _ => Vec::new(),
            },
        }
    }

    /// Whether only the pod itself knows it.
    pub fn is_of_pod(&self, operand: &Operand) -> bool {
        self.placeholders(operand).into_iter().any(Placeholder::is_of_pod)
    }

    /// Whether it is made of constants and placeholders only.
    pub fn is_constant(&self, operand: &Operand) -> bool {
        match operand {
            Operand::Literal(_) | Operand::Placeholder(_) => true,
            Operand::List(elements) => elements.iter().all(|(element, _)| self.is_constant(element)),
            Operand::Json(inner, _) => self.is_constant(inner),
            Operand::Location(location) => location.operands().all(|part| self.is_constant(part)),
            Operand::Value(value) => match &self[*value].source {
                Source::Text(parts) => parts.iter().all(|part| self.is_constant(part)),
                _ => false,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_the_run_are_told_from_text() {
        let text = OpText::with_placeholders("a{{workflow.uid}}_{{ pod.name }} {{other}}");
        let literal = |text: &str| TextPart::Literal(text.to_owned());
        let placeholder = TextPart::Placeholder;
        assert_eq!(
            text.0,
            [
                literal("a"),
                placeholder(Placeholder::RunId),
                literal("_"),
                placeholder(Placeholder::PodName),
                literal(" {{other}}")
            ]
        );
        assert_eq!(OpText::with_placeholders("").0, [literal("")]);
        assert_eq!(OpText::with_placeholders("{{ open").0, [literal("{{ open")]);
    }
}
