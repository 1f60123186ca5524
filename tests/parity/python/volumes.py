"""Claims, snapshots, volumes that are passed on."""

from kfp import dsl
from kubernetes.client import models as k8s

from steps import say


def reader(name, volumes):
    return dsl.ContainerOp(name=name, image="busybox:1.36", command=["ls", "/data"], pvolumes=volumes)


@dsl.pipeline(name="claim-made")
def claim_made(size: str = "1Gi"):
    claim = dsl.VolumeOp(
        name="disk", resource_name="scratch", size=size, modes=dsl.VOLUME_MODE_RWO, storage_class="fast",
        annotations={"team": "a"},
    )
    say(claim.outputs["name"])
    say(claim.outputs["size"])
    reader("first", {"/data": claim.volume})


@dsl.pipeline(name="volume-passed-on")
def volume_passed_on():
    claim = dsl.VolumeOp(name="disk", resource_name="scratch", size="1Gi")
    first = reader("first", {"/data": claim.volume})
    second = reader("second", {"/data": first.pvolume})
    third = reader("third", {"/data": first.pvolumes["/data"]})
    reader("last", {"/data": claim.volume.after(second, third)})


@dsl.pipeline(name="volumes-that-are-there")
def volumes_that_are_there(claim: str):
    first = reader("first", {"/data": dsl.PipelineVolume(pvc="data")})
    reader("second", {"/data": first.pvolume, "/more": dsl.PipelineVolume(pvc=claim)})
    scratch = k8s.V1Volume(name="scratch", empty_dir=k8s.V1EmptyDirVolumeSource())
    reader("third", {"/data": dsl.PipelineVolume(volume=scratch)})


@dsl.pipeline(name="snapshots")
def snapshots():
    claim = dsl.VolumeOp(name="disk", resource_name="scratch", size="1Gi")
    first = reader("first", {"/data": claim.volume})
    kept = dsl.VolumeSnapshotOp(
        name="keep", resource_name="kept", volume=first.pvolume, snapshot_class="fast", annotations={"team": "a"}
    )
    again = dsl.VolumeOp(name="again", resource_name="again", data_source=kept.snapshot, size="2Gi")
    reader("second", {"/data": again.volume})


@dsl.pipeline(name="claim-named")
def claim_named():
    claim = dsl.VolumeOp(name="disk", resource_name="my-disk", size="1Gi", generate_unique_name=False)
    say(claim.outputs["name"])


@dsl.pipeline(name="snapshot-of-a-claim")
def snapshot_of_a_claim(claim: str):
    kept = dsl.VolumeSnapshotOp(name="keep", resource_name="kept", pvc=claim)
    say(kept.outputs["size"])
    say(kept.outputs["name"])


@dsl.pipeline(name="claims-written-out")
def claims_written_out(volume: str):
    dsl.VolumeOp(name="bound", resource_name="bound", size="1Gi", volume_name=volume, modes=dsl.VOLUME_MODE_ROM)
    spec = k8s.V1PersistentVolumeClaimSpec(
        access_modes=["ReadOnlyMany"], resources=k8s.V1ResourceRequirements(requests={"storage": "1Gi"})
    )
    claim = k8s.V1PersistentVolumeClaim(
        api_version="v1", kind="PersistentVolumeClaim", metadata=k8s.V1ObjectMeta(name="plain"), spec=spec
    )
    dsl.VolumeOp(name="written", k8s_resource=claim)


@dsl.pipeline(name="volume-in-groups")
def volume_in_groups(names: list):
    claim = dsl.VolumeOp(name="disk", resource_name="scratch", size="1Gi")
    with dsl.ParallelFor(names) as name:
        dsl.ContainerOp(
            name="write", image="busybox:1.36", command=["touch"], arguments=[f"/data/{name}"], pvolumes={"/data": claim.volume}
        )
