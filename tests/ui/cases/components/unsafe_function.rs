use kfp::prelude::*;

#[component]
unsafe fn work() {}

fn main() {}
