//! Measures the engine beside others that do the same on the same machine, in the same minute:
//!
//! ```console
//! $ cargo run --release -p kfp-bench
//! $ KFP2_PYTHON=venv/bin/python cargo run --release -p kfp-bench   # with KFP 2's local runner
//! ```
//!
//! This program is also what it measures: the engine as a process of its own, and the program of the components.

#![expect(clippy::print_stdout, reason = "it is there to print")]

mod engine;
mod manifests;
mod peers;

use engine::{Ran, run};
use std::path::Path;
use std::process::ExitCode;

/// Rounds of which the best counts: what else the machine does only makes things slower.
const ROUNDS: usize = 3;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.first().map(String::as_str) {
        Some("kfp-exec") => kfp::cli::main(env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION")),
        Some("engine") => engine::child(&arguments[1..]),
        _ => {
            let place = tempfile::Builder::new().prefix("kfp-bench").tempdir_in(".").expect("a folder");
            independent(place.path());
            chain(place.path());
            many(place.path());
            hello(place.path());
            ExitCode::SUCCESS
        }
    }
}

fn best(mut measure: impl FnMut() -> f64) -> f64 {
    (0..ROUNDS).map(|_| measure()).fold(f64::INFINITY, f64::min)
}

fn independent(place: &Path) {
    let text = manifests::flat(1000);
    let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let peer = best(|| peers::xargs(1000, cores));
    let isolated = best(|| run(place, &text, true).seconds);
    let plain = best(|| run(place, &text, false).seconds);
    println!("1,000 independent tasks of `true`, {cores} cores");
    println!("  xargs -P {cores}                     {peer:7.2} s");
    println!(
        "  isolated                       {isolated:7.2} s   {:5.2} times xargs (goal: at most 3)",
        isolated / peer
    );
    println!("  not isolated                   {plain:7.2} s   {:5.2} times xargs (goal: at most 1.5)", plain / peer);
}

fn chain(place: &Path) {
    let text = manifests::chain(1000);
    let isolated = best(|| run(place, &text, true).seconds) / 1000.0;
    let plain = best(|| run(place, &text, false).seconds) / 1000.0;
    println!("a chain of 1,000 component tasks");
    println!("  isolated                       {:7.2} ms a task", isolated * 1e3);
    println!("  not isolated                   {:7.2} ms a task", plain * 1e3);
    for (mode, count, what) in [("fast", 20, "without environments"), ("default", 3, "as it comes")] {
        match peers::kfp2(count, mode) {
            Ok(peer) => println!(
                "  KFP 2's local runner, {what}: {:.0} ms a task; {:.0} and {:.0} times as long (goal: 30)",
                peer * 1e3,
                peer / isolated,
                peer / plain
            ),
            Err(why) => println!("  KFP 2's local runner, {what}: skipped: {why}"),
        }
    }
    println!("  one sync of the disk takes {:.2} ms; a chain needs one a task", peers::sync(place) * 1e3);
}

fn many(place: &Path) {
    println!("tasks of `true` in one workflow, isolated");
    for (kind, manifest) in [("independent", manifests::flat as fn(usize) -> String), ("a loop", manifests::each)] {
        for count in [1000, 10_000] {
            let Ran { seconds, peak, .. } = run(place, &manifest(count), true);
            let each = seconds / f64::from(u32::try_from(count).unwrap_or(u32::MAX)) * 1e3;
            println!("  {count:6} {kind:12} {seconds:7.2} s   {each:5.2} ms a task   {peak:4} MB at most");
        }
    }
}

fn hello(place: &Path) {
    let text = manifests::flat(1);
    let first = best(|| run(place, &text, true).first);
    println!("start to first task: {:.1} ms (goal: under 50)", first * 1e3);
}
