"""What the workflow says about itself."""

from kfp import dsl
from kubernetes.client import models as k8s

from steps import flip, say


@dsl.pipeline(name="conf-limits")
def conf_limits():
    conf = dsl.get_pipeline_conf()
    conf.set_timeout(3600)
    conf.set_parallelism(4)
    say(flip().output)


@dsl.pipeline(name="conf-everything")
def conf_everything():
    conf = dsl.get_pipeline_conf()
    conf.set_image_pull_secrets([k8s.V1LocalObjectReference(name="registry"), k8s.V1LocalObjectReference(name="mirror")])
    conf.set_ttl_seconds_after_finished(86400)
    conf.set_pod_disruption_budget("50%")
    conf.set_default_pod_node_selector("pool", "gpu")
    conf.set_default_pod_node_selector("zone", "a")
    conf.set_image_pull_policy("Always")
    conf.set_dns_config(
        k8s.V1PodDNSConfig(nameservers=["1.2.3.4"], options=[k8s.V1PodDNSConfigOption(name="ndots", value="2")])
    )
    say(flip().output)


@dsl.pipeline(name="conf-transformers")
def conf_transformers():
    def house_rules(op):
        op.set_memory_limit("1Gi")
        op.add_pod_label("team", "blue")
        return op

    conf = dsl.get_pipeline_conf()
    conf.add_op_transformer(house_rules)
    say(flip().output)


@dsl.pipeline(name="conf-pod-env")
def conf_pod_env():
    say("environment").add_pod_label("add-pod-env", "true")


@dsl.pipeline(name="placeholders")
def placeholders(folder: str = "s3://runs"):
    say(f"{folder}/{dsl.RUN_ID_PLACEHOLDER}")
    say(dsl.EXECUTION_ID_PLACEHOLDER)
    say("{{workflow.namespace}}/{{workflow.name}}")


@dsl.pipeline(name="conf-root", pipeline_root="s3://acme/runs")
def conf_root():
    say("rooted")


@dsl.pipeline(name="conf-policy-of-a-task")
def conf_policy_of_a_task():
    dsl.get_pipeline_conf().set_image_pull_policy("Always")
    say("always")
    say("never").set_image_pull_policy("Never")


@dsl.pipeline(name="conf-transformers-in-order")
def conf_transformers_in_order():
    def grow(op):
        return op.set_memory_limit("1Gi").add_pod_annotation("grown", "yes")

    def shrink(op):
        return op.set_memory_limit("512Mi").set_retry(2)

    conf = dsl.get_pipeline_conf()
    conf.add_op_transformer(grow)
    conf.add_op_transformer(shrink)
    say(flip().output).set_memory_limit("4Gi")


@dsl.pipeline(name="conf-transformer-of-all-kinds")
def conf_transformer_of_all_kinds():
    def owned(op):
        op.add_pod_label("team", "blue")
        return op

    dsl.get_pipeline_conf().add_op_transformer(owned)
    disk = dsl.VolumeOp(name="disk", resource_name="scratch", size="1Gi")
    say(disk.outputs["name"])


@dsl.pipeline(name="conf-budget-of-one")
def conf_budget_of_one():
    dsl.get_pipeline_conf().set_pod_disruption_budget(1)
    say("one")
