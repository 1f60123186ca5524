//! Containers.

use super::AnyString;
use super::field::{give, model};
use super::tree::{Field, Fields, Node};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::Value;
use std::collections::BTreeMap;

model! {
    /// A container (Kubernetes' `Container`).
    pub struct Container {
        /// The name; given to init containers, sidecars and those of a container set.
        pub name: Option<String>,
        /// The image.
        pub image: String,
        /// `Always`, `IfNotPresent` or `Never`.
        pub image_pull_policy: Option<String>,
        /// The program and its first arguments.
        pub command: Vec<String>,
        /// More arguments.
        pub args: Vec<String>,
        /// The working directory.
        pub working_dir: Option<String>,
        /// Environment variables.
        pub env: Vec<EnvVar>,
        /// Sources of many environment variables.
        pub env_from: Vec<Value>,
        /// Ports.
        pub ports: Vec<Value>,
        /// Requests and limits.
        pub resources: Resources,
        /// Where volumes are.
        pub volume_mounts: Vec<VolumeMount>,
    }

    /// An environment variable (`EnvVar`).
    pub struct EnvVar {
        /// Its name.
        pub name: String,
        /// Its value.
        pub value: Option<String>,
        /// Where its value comes from.
        pub value_from: Option<Value>,
    }

    /// Requests and limits (`ResourceRequirements`): quantities by the name of the resource.
    pub struct Resources {
        /// At most so much.
        pub limits: BTreeMap<String, AnyString>,
        /// At least so much.
        pub requests: BTreeMap<String, AnyString>,
    }

    /// Where a volume is in the container (`VolumeMount`).
    pub struct VolumeMount {
        /// The name of the volume.
        pub name: String,
        /// The folder in the container.
        pub mount_path: String,
        /// A folder of the volume.
        pub sub_path: Option<String>,
        /// Whether it is read only.
        pub read_only: bool,
    }

    /// Several containers of one pod (`ContainerSetTemplate`).
    pub struct ContainerSet {
        /// The containers, with unique names.
        pub containers: Vec<ContainerNode>,
        /// What all of them mount.
        pub volume_mounts: Vec<VolumeMount>,
        /// Attempts within the container: `{retries, duration}`, another thing than a template's.
        pub retry_strategy: Option<Value>,
    }
}

/// A container that runs the text of a script (`ScriptTemplate`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Script {
    /// The container; `command` is the interpreter, which gets the file of the script as its last argument.
    pub container: Container,
    /// The text.
    pub source: String,
}

/// A container of a container set (`ContainerNode`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ContainerNode {
    /// The container.
    pub container: Container,
    /// The containers that have to succeed before.
    pub dependencies: Vec<String>,
}

/// An init container or a sidecar (`UserContainer`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UserContainer {
    /// The container.
    pub container: Container,
    /// Whether it also has the volumes of the main container.
    pub mirror_volume_mounts: bool,
}

/// Writes and reads a container with one field more. A derived reader would keep the whole map back for both of its readers, and
/// an error in it would lose its line.
macro_rules! container_with {
    ($($name:ident { $field:ident: $key:literal })*) => { $(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                Node::Fields(self).serialize(serializer)
            }
        }

        impl Fields for $name {
            fn each<'n>(&'n self, field: &mut dyn FnMut(&'n str, Node<'n>)) {
                self.container.each(field);
                give($key, &self.$field, field);
            }
        }

        impl Field for $name {
            fn is_absent(&self) -> bool {
                false
            }

            fn node(&self) -> Node<'_> {
                Node::Fields(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let mut container = Container::deserialize(deserializer)?;
                let $field = match container.other.shift_remove($key) {
                    None | Some(Value::Null) => Default::default(),
                    Some(value) => serde_json::from_value(value)
                        .map_err(|error| de::Error::custom(format_args!("`{}`: {error}", $key)))?,
                };
                Ok(Self { container, $field })
            }
        }
    )* };
}

container_with! {
    Script { source: "source" }
    ContainerNode { dependencies: "dependencies" }
    UserContainer { mirror_volume_mounts: "mirrorVolumeMounts" }
}
