//! Daemons: services for the other tasks of a block.

#[cfg(test)]
use crate::snapshot::check;
use crate::steps::print;
use kfp::prelude::*;

/// Serves the folder that it is in.
#[component]
fn serve(port: i64) -> ContainerOp {
    ContainerOp::new("serve", "python:3.12")
        .command(["python3", "-m", "http.server"])
        .arg(&port)
        .set_readiness_probe(Probe::tcp_socket(18_437).period_seconds(1))
}

/// Asks for a page.
#[component]
fn fetch(address: String, page: String) -> ContainerOp {
    let code = "import sys, urllib.request as r; print(r.urlopen(sys.argv[1]).status, sys.argv[2])";
    ContainerOp::new("fetch", "python:3.12")
        .command(["python3", "-c", code])
        .arg(format!("http://{address}:18437/"))
        .arg(page)
}

#[pipeline]
fn fetch_all(address: String, pages: Vec<String>) {
    for page in pages {
        fetch(address, page);
    }
}

#[pipeline]
fn daemons(pages: Vec<String>, more: bool) {
    let server = serve(18_437).daemon();
    fetch(server.address(), "first");
    let asked = fetch_all(server.address(), pages);
    if more {
        fetch(format!("{}", server.address()), "more").after(asked);
    }
    #[on_exit(|end| print(format!("{}: {}", server.address(), end.status)))]
    {
        print("serving").after(server);
    }
}

#[test]
fn a_service_for_a_block() {
    check(
        "daemons",
        &[
            "serve(18437) in the background; once it is ready",
            "fetch(its address, first); for each page fetch(its address, page); if more then fetch(its address, more)",
            "print(serving), and at the end of that print(the address, its status)",
            "then serve ends",
        ],
        daemons::workflow(),
    );
}
