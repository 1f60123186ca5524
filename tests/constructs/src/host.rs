//! `#[host]`: what is decided while the pipeline is built.

#[cfg(test)]
use crate::snapshot::check;
use crate::steps::{add, print};
use kfp::prelude::*;

fn regions() -> Vec<&'static str> {
    vec!["eu", "us"]
}

#[pipeline]
fn host(rate: f64) {
    #[host]
    let regions = regions();
    let mut sums = Vec::new();
    #[host]
    for (index, region) in regions.iter().enumerate() {
        print(*region);
        if rate > 0.5 {
            print("fast");
        }
        sums.push(add(rate, index as f64).output);
    }
    crate::steps::sum(sums);
    #[host]
    if regions.len() > 5 {
        print("never built");
    } else {
        print("few");
    }
    #[host]
    let mut left = 2;
    #[host]
    while left > 0 {
        print(left.to_string());
        #[host]
        {
            left -= 1;
        }
    }
    let words: Vec<String> = ["a", "b"].iter().map(|word| word.to_uppercase()).collect();
    print(words.concat());
    #[cfg(any())]
    if rate > 0.1 {
        print("left out");
    }
    #[cfg(any())]
    for _ in [1, 2] {
        print("left out");
    }
}

#[test]
fn unrolled_while_it_is_built() {
    check(
        "host",
        &["print eu, print us, each with its own condition and add; sum of both; few; 2; 1; AB"],
        host::workflow(),
    );
}
