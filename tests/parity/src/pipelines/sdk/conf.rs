//! What the workflow says about itself.

use super::steps::{flip, say};
use super::{Named, named};
use kfp::prelude::*;

#[pipeline(timeout = 3600, parallelism = 4)]
pub(super) fn conf_limits() {
    say(flip().side);
}

pub(super) const ALL: &[Named] = named! { conf_limits };
