use kfp::prelude::*;

#[component]
extern "C" fn work() {}

fn main() {}
