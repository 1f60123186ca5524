//@ build
use kfp::prelude::*;

#[pipeline]
fn p() {
    ContainerSet::new("count").container_after(["fetch"], UserContainer::new("main", "busybox:1.36").command(["wc"]));
}
