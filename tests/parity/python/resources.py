"""Resources of Kubernetes."""

from kfp import dsl
from kfp.dsl._resource_op import kubernetes_resource_delete_op

from steps import flip, say

JOB = {
    "apiVersion": "batch/v1",
    "kind": "Job",
    "metadata": {"generateName": "job-"},
    "spec": {
        "parallelism": 2,
        "template": {
            "spec": {
                "restartPolicy": "Never",
                "containers": [{"name": "main", "image": "busybox:1.36", "command": ["true"]}],
            }
        },
    },
}


def config(**data):
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "settings"}, "data": data}


@dsl.pipeline(name="resource-created")
def resource_created():
    job = dsl.ResourceOp(
        name="job",
        k8s_resource=JOB,
        success_condition="status.succeeded > 0",
        failure_condition="status.failed > 3",
        set_owner_reference=True,
        attribute_outputs={"active": "{.status.active}"},
    )
    say(job.outputs["active"])
    say(job.outputs["name"])
    say(job.outputs["manifest"])


@dsl.pipeline(name="resource-applied")
def resource_applied(mode: str):
    coin = flip()
    applied = dsl.ResourceOp(name="applied", k8s_resource=config(mode=mode, side=coin.output), action="apply")
    patched = dsl.ResourceOp(
        name="patched", k8s_resource=config(mode="fast"), action="patch", flags=["--force-conflicts"]
    ).after(applied)
    say(patched.outputs["name"])


@dsl.pipeline(name="resource-with-numbers")
def resource_with_numbers(rounds: int):
    job = {**JOB, "spec": {**JOB["spec"], "parallelism": rounds}}
    dsl.ResourceOp(name="job", k8s_resource=job, success_condition="status.succeeded > 0").set_timeout(60)


@dsl.pipeline(name="resource-in-condition")
def resource_in_condition():
    coin = flip()
    with dsl.Condition(coin.output == "heads"):
        dsl.ResourceOp(name="settings", k8s_resource=config(mode="fast")).set_retry(2)


@dsl.pipeline(name="resource-deleted")
def resource_deleted(name: str):
    job = dsl.ResourceOp(name="job", k8s_resource=JOB, success_condition="status.succeeded > 0")
    job.delete(flags=["--wait=false"])
    dsl.ResourceOp(name="old", k8s_resource=config(mode="old"), action="delete")
    kubernetes_resource_delete_op(name, "Secret", flags=["--wait=false"])


@dsl.pipeline(name="resource-replaced")
def resource_replaced():
    dsl.ResourceOp(name="replaced", k8s_resource=config(mode="slow"), action="replace")


@dsl.pipeline(name="resource-in-loop")
def resource_in_loop(names: list):
    with dsl.ParallelFor(names) as name:
        made = dsl.ResourceOp(name="made", k8s_resource=config(name=name), action="create")
        say(made.outputs["name"])
