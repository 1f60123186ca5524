//! Scalar metrics in KFP's format.

use super::{Metrics, Output};
use serde_json::json;
use std::io;

/// One number that KFP lists with a run.
#[derive(Clone, PartialEq, Debug)]
pub struct Metric {
    name: String,
    value: f64,
    format: &'static str,
}

impl Metric {
    /// A number shown as it is. KFP's `RAW`.
    pub fn raw(name: impl Into<String>, value: f64) -> Self {
        Self { name: name.into(), value, format: "RAW" }
    }

    /// A share shown as a percentage: 0.5 is 50 %. KFP's `PERCENTAGE`.
    pub fn percentage(name: impl Into<String>, value: f64) -> Self {
        Self { name: name.into(), value, format: "PERCENTAGE" }
    }

    /// KFP drops what it does not like without a word, so it is refused here.
    fn check(&self) -> io::Result<()> {
        let refuse = |why: &str| {
            let message = format!("the metric `{}` {why}", self.name);
            Err(io::Error::new(io::ErrorKind::InvalidInput, message))
        };
        let inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        let bytes = self.name.as_bytes();
        let named = bytes.len() <= 64
            && bytes.first().is_some_and(u8::is_ascii_alphabetic)
            && bytes.last().is_some_and(u8::is_ascii_alphanumeric)
            && bytes.iter().all(|byte| inner(*byte));
        if !named {
            return refuse("needs a name of at most 64 letters, digits, `-` and `_` that starts with a letter");
        }
        if !self.value.is_finite() {
            return refuse("is no finite number");
        }
        Ok(())
    }
}

impl Output<Metrics> {
    /// Writes scalar metrics in the format that KFP reads from an output named `mlpipeline_metrics`.
    ///
    /// # Errors
    /// A name that KFP does not take, a value that is not finite, a file that cannot be written.
    pub fn write_metrics(&self, metrics: impl IntoIterator<Item = Metric>) -> io::Result<()> {
        let mut list = Vec::new();
        for metric in metrics {
            metric.check()?;
            list.push(json!({ "name": metric.name, "numberValue": metric.value, "format": metric.format }));
        }
        self.write(json!({ "metrics": list }).to_string())
    }
}
