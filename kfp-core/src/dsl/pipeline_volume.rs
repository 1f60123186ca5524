//! Volumes that tasks pass on.

use super::kubernetes::{IntoKind, Volume, VolumeMount};
use super::{
    Claim, ContainerOptions, Dependency, Fixed, IntoText, Kube, Operation, PodOptions, PodTask, Resource, Task,
};
use crate::diagnostic::Diagnostic;
use crate::graph::kubernetes::rename;
use crate::graph::{InputKind, NodeId, NodeKind, Operand};
use crate::registry::fingerprint;
use kfp_grammar::Code;
use serde_json::Value as Json;

/// A path where a task has no volume.
const NO_VOLUME: Code = Code(248);

/// A volume that tasks pass on: who mounts it waits for those that had it before. KFP's `PipelineVolume`.
#[derive(Clone, Debug)]
pub struct PipelineVolume<'s> {
    volume: Kube<'s>,
    after: Vec<NodeId>,
}

impl<'s> PipelineVolume<'s> {
    /// The volume of an existing claim. KFP's `PipelineVolume(pvc=..)`.
    pub fn pvc(claim: impl IntoText<'s>) -> Self {
        let source = Kube::default().text(&["name"], "").text(&["persistentVolumeClaim", "claimName"], claim);
        // The name is the same wherever the same claim is mounted.
        let name = format!("pvolume-{}", fingerprint(&format!("{source:?}")));
        Self { volume: source, after: Vec::new() }.name(&name)
    }

    /// Any volume. KFP's `PipelineVolume(volume=..)`.
    pub fn new(volume: impl IntoKind<Volume<'s>>) -> Self {
        Self { volume: volume.into_kind().0, after: Vec::new() }
    }

    /// Its name in the pods.
    pub fn name(self, name: impl Fixed<String>) -> Self {
        Self { volume: self.volume.text(&["name"], name.fixed()), ..self }
    }

    /// Who mounts it waits for this task or group as well. KFP's `.after(op)`.
    pub fn after<'a: 's>(mut self, other: impl Dependency<'a>) -> Self {
        self.after.push(other.handle().node);
        self
    }

    /// What whoever mounts it waits for.
    pub(super) fn waits_for(&self) -> &[NodeId] {
        &self.after
    }

    fn called(&self) -> String {
        self.volume.json["name"].as_str().unwrap_or_default().to_owned()
    }
}

#[diagnostic::do_not_recommend]
impl<'s> IntoKind<Volume<'s>> for PipelineVolume<'s> {
    fn into_kind(self) -> Volume<'s> {
        Volume(self.volume)
    }
}

#[diagnostic::do_not_recommend]
impl<'s> IntoKind<PipelineVolume<'s>> for PipelineVolume<'s> {
    fn into_kind(self) -> PipelineVolume<'s> {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<'s> IntoKind<PipelineVolume<'s>> for Volume<'s> {
    fn into_kind(self) -> PipelineVolume<'s> {
        PipelineVolume::new(self)
    }
}

/// The volume that it makes.
#[diagnostic::do_not_recommend]
impl<'s> IntoKind<PipelineVolume<'s>> for Task<'s, Resource<Claim>> {
    fn into_kind(self) -> PipelineVolume<'s> {
        self.volume()
    }
}

impl<'s, C: Operation + PodTask> Task<'s, C> {
    /// Mounts volumes at paths, and waits for the tasks that had them before. KFP's `add_pvolumes`.
    pub fn add_pvolumes<V: IntoKind<PipelineVolume<'s>>>(
        self,
        volumes: impl IntoIterator<Item = (&'static str, V)>,
    ) -> Self {
        volumes.into_iter().fold(self, |task, (path, volume)| task.add_pvolume(path, volume))
    }

    /// Mounts a volume at a path, and waits for the tasks that had it before.
    pub fn add_pvolume(self, path: impl Fixed<String>, volume: impl IntoKind<PipelineVolume<'s>>) -> Self {
        let volume = volume.into_kind();
        let mount = VolumeMount::new(volume.called(), path.fixed());
        self.edit(|node| node.after.extend(&volume.after)).add_volume(volume).add_volume_mount(mount)
    }

    /// The volume that it mounts, for those who come after it. KFP's `op.pvolume`.
    pub fn pvolume(&self) -> PipelineVolume<'s> {
        match &self.mounted(None)[..] {
            [volume] => volume.clone(),
            all => self.no_volume(format!("mounts {} volumes, not one", all.len())),
        }
    }

    /// The volume that it mounts at this path, for those who come after it. KFP's `op.pvolumes[path]`.
    pub fn pvolumes(&self, path: &str) -> PipelineVolume<'s> {
        let found = self.mounted(Some(path)).into_iter().next();
        found.unwrap_or_else(|| self.no_volume(format!("mounts no volume at `{path}`")))
    }

    fn no_volume(&self, what: String) -> PipelineVolume<'s> {
        let handle = self.handle();
        let (name, place) = handle.builder.read(|graph| (graph[handle.node].name.clone(), graph[handle.node].place));
        let help = "mount it first: `.add_pvolume(\"/data\", volume)`, and ask for `pvolumes(\"/data\")`";
        handle.builder.report(Diagnostic::error(NO_VOLUME, place, format!("`{name}` {what}")).help(help));
        PipelineVolume::new(Volume::empty_dir("none"))
    }

    /// The volumes that it mounts, or the one at a path.
    fn mounted(&self, path: Option<&str>) -> Vec<PipelineVolume<'s>> {
        let fields = self.container_fields();
        let mounts = fields.get("volumeMounts").and_then(Json::as_array).into_iter().flatten();
        let mounts = mounts.filter(|mount| path.is_none_or(|path| mount["mountPath"] == path));
        let handle = self.handle();
        let volumes = handle.builder.read(|graph| match &graph[handle.node].kind {
            NodeKind::Task(task) => {
                let own = task.options.iter().flat_map(|options| &options.volumes);
                graph[task.op].options.volumes.iter().chain(own).cloned().collect()
            }
            _ => Vec::new(),
        });
        let volume = |mount: &Json| volumes.iter().find(|volume| volume["name"] == mount["name"]).cloned();
        let passed = |volume| PipelineVolume { volume: self.unbound(volume), after: vec![handle.node] };
        mounts.filter_map(volume).map(passed).collect()
    }

    /// JSON with inputs of this task in it, as what another task can bind.
    fn unbound(&self, mut json: Json) -> Kube<'s> {
        let handle = self.handle();
        let mut kube = Kube::default();
        handle.builder.read(|graph| {
            let NodeKind::Task(task) = &graph[handle.node].kind else { return };
            let inputs = graph[task.op].inputs.iter().zip(&task.args);
            let inputs = inputs.map(|(input, argument)| (input, argument.as_ref()));
            let inputs: Vec<_> = inputs.chain(task.extra.iter().map(|(input, value)| (input, Some(value)))).collect();
            rename(&mut json, &mut |name| {
                let Some((input, argument)) = inputs.iter().find(|(input, _)| input.name == name) else {
                    return name.to_owned();
                };
                let InputKind::Parameter { shape, default } = &input.kind else { return name.to_owned() };
                let default = || Operand::Literal(default.clone().unwrap_or_default());
                kube.input((argument.cloned().unwrap_or_else(default), shape.clone()))
            });
        });
        kube.json = json;
        kube
    }
}
