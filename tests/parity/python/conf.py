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
