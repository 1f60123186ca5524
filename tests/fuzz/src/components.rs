//! Component files, as `import_component!` reads them.

use crate::lines::changed;
use crate::seeds::COMPONENTS;
use crate::seeds::Macro;
use kfp_grammar::component;
use proc_macro2::Literal;
use quote::quote;

pub(crate) fn run(data: &[u8]) {
    feed(&made(data));
}

pub(crate) fn made(data: &[u8]) -> String {
    changed(&COMPONENTS, data)
}

/// Every mistake has its place in the file, and the macro makes an item of whatever the file says.
pub(crate) fn feed(text: &str) {
    for mistake in component::read(text).1 {
        assert!(text.get(mistake.at.clone()).is_some(), "no place of the file: {mistake:?}\n{text}");
        component::position(text, mistake.at.start);
    }
    let source = Literal::string(text);
    crate::sources::feed(Macro::Import, quote!(), quote!(pub fn fuzzed = #source;));
}
