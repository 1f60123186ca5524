//! Panics of a component's function, with the place that they came from.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Calls a function. A panic becomes its text, behind its place.
pub(super) fn catch<T>(call: impl FnOnce() -> T) -> Result<T, String> {
    note_places();
    PLACE.take();
    // What the function left half done is dropped or removed, never looked at.
    panic::catch_unwind(AssertUnwindSafe(call)).map_err(|payload| {
        let text = text(payload.as_ref());
        match PLACE.take() {
            Some(place) => format!("{place}: {text}"),
            None => text.to_owned(),
        }
    })
}

/// Notes the place of every panic of this thread, before the hook that is there already prints what it prints.
fn note_places() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let earlier = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            PLACE.set(panic.location().map(ToString::to_string));
            earlier(panic);
        }));
    });
}

fn text(payload: &(dyn Any + Send)) -> &str {
    let owned = payload.downcast_ref::<String>().map(String::as_str);
    owned.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("no text")
}
