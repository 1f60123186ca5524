//! Constants as files.

use kfp::prelude::*;

#[component]
fn show(text: Input<Text>) -> ContainerOp {
    ContainerOp::new("show", "alpine").command(["cat".to_owned(), text.path().display().to_string()])
}

#[pipeline(
    name = "Pipeline with artifact input raw argument value.",
    description = "Pipeline shows how to define artifact inputs and pass raw artifacts to them."
)]
pub(super) fn raw_values() {
    show("Constant artifact value");
    show("Constant artifact value");
    show("hard-coded artifact value");
    show("Text from a file with hard-coded artifact value");
}
