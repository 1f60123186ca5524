//! Pipelines that `tests/parity/python` has as well, under the same names.

mod components;
mod conf;
mod containers;
mod control;
mod functions;
mod pods;
mod resources;
mod steps;
mod suite;
mod volumes;
mod wiring;

use super::Named;

/// All of them, by the names of the functions there.
pub fn all() -> Vec<Named> {
    [
        wiring::ALL,
        control::ALL,
        pods::ALL,
        containers::ALL,
        conf::ALL,
        functions::ALL,
        resources::ALL,
        volumes::ALL,
        components::ALL,
        suite::ALL,
    ]
    .concat()
}

/// Pipelines by their own names.
macro_rules! named {
    ($($name:ident)*) => { &[$((stringify!($name), $name::workflow)),*] };
}

use named;
