"""What the workflow says about itself."""

from kfp import dsl

from steps import flip, say


@dsl.pipeline(name="conf-limits")
def conf_limits():
    conf = dsl.get_pipeline_conf()
    conf.set_timeout(3600)
    conf.set_parallelism(4)
    say(flip().output)
