//! `.after`, on tasks and on groups.

#[cfg(test)]
use crate::snapshot::check;
use crate::steps::{flip, print};
use kfp::prelude::*;

#[pipeline]
fn groups(names: Vec<String>) {
    let first = print("first");
    let each = for name in names {
        print(name);
    };
    let each = each.after(first);
    let branch = if flip() == "heads" {
        print("heads");
    };
    let branch = branch.after(each);
    let block = #[on_exit(|_| print("done"))]
    {
        print("in the block");
    };
    block.after(branch);
    print("last").after(block).after(first);
    if flip() == "tails" {
        print("inside").after(first);
    }
}

#[test]
fn order_without_values() {
    check(
        "groups",
        &["first, then a print a name, then the branch, then the block, then last; inside waits for first too"],
        groups::workflow(),
    );
}
