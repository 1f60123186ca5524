//! Containers beside the main one: init containers and sidecars.

use super::{ContainerOptions, Fixed, HasContainer, IntoText, IntoTexts, Kube};
use crate::graph::kubernetes::{Fields, lay};
use serde_json::Value;

/// A container that runs before the main one, or beside it. KFP's `UserContainer`.
#[derive(Clone, Debug)]
pub struct UserContainer<'s>(pub(super) Kube<'s>);

/// A container that runs beside the main one and is stopped with it. KFP's `Sidecar`.
pub type Sidecar<'s> = UserContainer<'s>;

impl<'s> UserContainer<'s> {
    /// A container of this image, with a name of its own in the pod.
    pub fn new(name: impl Fixed<String>, image: impl IntoText<'s>) -> Self {
        Self(Kube::default().text(&["name"], name.fixed()).text(&["image"], image))
    }

    /// The command, in place of the image's entrypoint.
    pub fn command(mut self, command: impl IntoTexts<'s>) -> Self {
        if let Value::Object(fields) = &mut self.0.json {
            fields.remove("command");
        }
        Self(self.0.texts(&["command"], command.into_texts()))
    }

    /// Adds one argument.
    pub fn arg(self, argument: impl IntoText<'s>) -> Self {
        self.args([argument])
    }

    /// Adds arguments.
    pub fn args(self, arguments: impl IntoTexts<'s>) -> Self {
        Self(self.0.texts(&["args"], arguments.into_texts()))
    }

    /// The working directory.
    pub fn working_dir(self, folder: impl IntoText<'s>) -> Self {
        Self(self.0.text(&["workingDir"], folder))
    }

    /// Whether it also has the volumes of the main container, at the same places. KFP's `set_mirror_volume_mounts`.
    pub fn set_mirror_volume_mounts(self, mirror: impl Fixed<bool>) -> Self {
        Self(self.0.field(&["mirrorVolumeMounts"], mirror.fixed()))
    }
}

#[diagnostic::do_not_recommend]
impl HasContainer for UserContainer<'_> {}

impl<'s> ContainerOptions<'s> for UserContainer<'s> {
    fn lay_over(self, fields: Kube<'s>) -> Self {
        Self(self.0.laid(fields))
    }

    fn container_fields(&self) -> Fields {
        self.0.json.as_object().cloned().unwrap_or_default()
    }
}

impl<'s> Kube<'s> {
    /// With the fields of another laid over these.
    fn laid(mut self, over: Kube<'s>) -> Self {
        let over = self.take(over);
        if let (Value::Object(base), Value::Object(over)) = (&mut self.json, &over) {
            lay(base, over);
        }
        self
    }
}
