//! A manifest of any kind.

use super::tree::{Fields, Node};
use super::{ClusterWorkflowTemplate, CronSpec, CronWorkflow, ObjectMeta, Spec, Workflow, WorkflowTemplate};
use serde::de::{self, Deserialize, Deserializer, MapAccess};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};
use std::fmt;

/// A document of a manifest file.
#[derive(Clone, Debug, PartialEq)]
pub enum Manifest {
    /// A workflow.
    Workflow(Box<Workflow>),
    /// A WorkflowTemplate.
    WorkflowTemplate(Box<WorkflowTemplate>),
    /// A ClusterWorkflowTemplate.
    ClusterWorkflowTemplate(Box<ClusterWorkflowTemplate>),
    /// A CronWorkflow.
    CronWorkflow(Box<CronWorkflow>),
    /// A manifest that is not Argo's, or no manifest at all.
    Other(Map<String, Value>),
}

impl Manifest {
    /// Its kind; empty if it has none.
    pub fn kind(&self) -> &str {
        match self {
            Self::Workflow(it) => &it.kind,
            Self::WorkflowTemplate(it) => &it.kind,
            Self::ClusterWorkflowTemplate(it) => &it.kind,
            Self::CronWorkflow(it) => &it.kind,
            Self::Other(fields) => fields.get("kind").and_then(Value::as_str).unwrap_or_default(),
        }
    }
}

impl Serialize for Manifest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields: &dyn Fields = match self {
            Self::Workflow(it) => &**it,
            Self::WorkflowTemplate(it) => &**it,
            Self::ClusterWorkflowTemplate(it) => &**it,
            Self::CronWorkflow(it) => &**it,
            Self::Other(it) => it,
        };
        Node::Fields(fields).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Manifest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ManifestVisitor)
    }
}

struct ManifestVisitor;

impl<'de> de::Visitor<'de> for ManifestVisitor {
    type Value = Manifest;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a manifest: a map with `apiVersion`, `kind`, `metadata` and `spec`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Manifest, A::Error> {
        let mut parts = Parts::default();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "apiVersion" => parts.api_version = map.next_value()?,
                "kind" => parts.kind = map.next_value()?,
                // Read as what it is, so that an error has its line and column. The kind stands first in every manifest
                // that a person or kubectl wrote.
                "spec" => match Kind::of(&parts) {
                    Kind::Spec => parts.spec = map.next_value::<Option<Spec>>()?,
                    Kind::Cron => parts.cron = map.next_value::<Option<CronSpec>>()?,
                    Kind::Other => {
                        parts.other.insert(key, map.next_value()?);
                    }
                },
                "metadata" if Kind::of(&parts) != Kind::Other => {
                    parts.metadata = map.next_value::<Option<ObjectMeta>>()?;
                }
                _ => {
                    parts.other.insert(key, map.next_value()?);
                }
            }
        }
        parts.whole().map_err(de::Error::custom)
    }
}

/// What has been read of a manifest.
#[derive(Default)]
struct Parts {
    api_version: Option<String>,
    kind: Option<String>,
    metadata: Option<ObjectMeta>,
    spec: Option<Spec>,
    cron: Option<CronSpec>,
    other: Map<String, Value>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Spec,
    Cron,
    Other,
}

impl Kind {
    fn of(parts: &Parts) -> Self {
        match (parts.api_version.as_deref(), parts.kind.as_deref()) {
            (Some(super::API_VERSION), Some("CronWorkflow")) => Self::Cron,
            (Some(super::API_VERSION), Some("Workflow" | "WorkflowTemplate" | "ClusterWorkflowTemplate")) => Self::Spec,
            _ => Self::Other,
        }
    }
}

impl Parts {
    // Inlined as `from_yaml` is.
    #[inline]
    fn whole(mut self) -> Result<Manifest, serde_json::Error> {
        if Kind::of(&self) == Kind::Other {
            return Ok(Manifest::Other(self.fields()));
        }
        self.read_what_came_before_the_kind()?;
        let Self { api_version, kind, metadata, spec, cron, other } = self;
        let (api_version, kind) = (api_version.unwrap_or_default(), kind.unwrap_or_default());
        let metadata = metadata.unwrap_or_default();
        let spec = spec.unwrap_or_default();
        Ok(match kind.as_str() {
            "CronWorkflow" => Manifest::CronWorkflow(Box::new(CronWorkflow {
                api_version,
                kind,
                metadata,
                spec: cron.unwrap_or_default(),
                other,
            })),
            "WorkflowTemplate" => {
                Manifest::WorkflowTemplate(Box::new(WorkflowTemplate { api_version, kind, metadata, spec, other }))
            }
            "ClusterWorkflowTemplate" => Manifest::ClusterWorkflowTemplate(Box::new(ClusterWorkflowTemplate {
                api_version,
                kind,
                metadata,
                spec,
                other,
            })),
            _ => Manifest::Workflow(Box::new(Workflow { api_version, kind, metadata, spec, other })),
        })
    }

    #[inline]
    fn read_what_came_before_the_kind(&mut self) -> Result<(), serde_json::Error> {
        if let Some(metadata) = self.other.shift_remove("metadata") {
            self.metadata = serde_json::from_value(metadata)?;
        }
        if let Some(spec) = self.other.shift_remove("spec") {
            match Kind::of(self) {
                Kind::Cron => self.cron = serde_json::from_value(spec)?,
                _ => self.spec = serde_json::from_value(spec)?,
            }
        }
        Ok(())
    }

    fn fields(self) -> Map<String, Value> {
        let mut fields = Map::new();
        fields.extend(self.api_version.map(|text| ("apiVersion".to_owned(), text.into())));
        fields.extend(self.kind.map(|text| ("kind".to_owned(), text.into())));
        fields.extend(self.other);
        fields
    }
}
