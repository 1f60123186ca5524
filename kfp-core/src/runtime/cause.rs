//! The errors that a component's function may return.

use std::error::Error;

/// What a component's function may return as its error: any `Error`, a text, a boxed `dyn Error`, what `anyhow` has.
///
/// `Via` only tells the cases apart; it is never written.
#[diagnostic::on_unimplemented(
    message = "[KFP399] `{Self}` cannot be the error of a component",
    label = "return `Result<_, String>`, or implement `std::error::Error` for it"
)]
pub trait IntoCause<Via> {
    /// The error, boxed.
    fn into_cause(self) -> Box<dyn Error>;
}

/// Whatever `?` turns into a `Box<dyn Error>`.
#[derive(Debug)]
pub struct ByConversion;

#[diagnostic::do_not_recommend]
impl<E: Into<Box<dyn Error>>> IntoCause<ByConversion> for E {
    fn into_cause(self) -> Box<dyn Error> {
        self.into()
    }
}

/// Boxes with more promises: the standard library does not convert them.
#[derive(Debug)]
pub struct ByForgetting;

#[diagnostic::do_not_recommend]
impl IntoCause<ByForgetting> for Box<dyn Error + Send + Sync> {
    fn into_cause(self) -> Box<dyn Error> {
        self
    }
}

#[diagnostic::do_not_recommend]
impl IntoCause<ByForgetting> for Box<dyn Error + Send> {
    fn into_cause(self) -> Box<dyn Error> {
        self
    }
}
