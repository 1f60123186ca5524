//! Lists and maps: spread over lines, or on one.

use super::{At, MANY, OPEN, Place, Refused, TEXTS, WIDE, WIDTH, Writer, value};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple, SerializeTupleStruct};

/// A list or a map that is being written.
pub(super) struct Collection<'t> {
    text: &'t mut String,
    /// Where it stands.
    at: At,
    brackets: (char, char),
    is_empty: bool,
    /// Whether each item has one line.
    is_long: bool,
    /// What the key says about its value: whether it is text, whether it is open.
    key: (bool, bool),
}

impl<'t> Collection<'t> {
    pub(super) fn new(text: &'t mut String, at: At, brackets: (char, char), length: usize) -> Self {
        if let Place::Line { .. } = at.place {
            text.push(' ');
        }
        if at.place.is_on_a_line() {
            text.push(brackets.0);
        }
        let is_long = length > MANY && at.is_open;
        Self { text, at, brackets, is_empty: true, is_long, key: (false, false) }
    }

    fn is_list(&self) -> bool {
        self.brackets.0 == '['
    }

    /// The column of its keys or dashes.
    fn column(&self) -> usize {
        match self.at.place {
            Place::Document => 0,
            // A list stands below its key, and not further in.
            Place::Field if self.is_list() => self.at.column,
            _ => self.at.column + 2,
        }
    }

    /// What comes before a key or an item.
    fn next(&mut self) {
        let is_first = std::mem::replace(&mut self.is_empty, false);
        if self.at.place.is_on_a_line() {
            self.text.push_str(if is_first { "" } else { ", " });
        } else if is_first && self.at.place == Place::Item {
            self.text.push(' ');
        } else if !is_first || self.at.place != Place::Document {
            self.text.push('\n');
            self.text.extend(std::iter::repeat_n(' ', self.column()));
        }
    }

    fn item<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Refused> {
        self.next();
        if !self.at.place.is_on_a_line() {
            self.text.push('-');
        }
        let is_open = self.at.is_open && self.at.place != Place::Document && !self.is_long;
        self.held(Place::Item, (self.at.is_text, is_open), item)
    }

    pub(super) fn field<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), Refused> {
        self.serialize_key(key)?;
        self.serialize_value(value)
    }

    /// Writes what follows a key or a dash.
    fn held<T: Serialize + ?Sized>(
        &mut self,
        place: Place,
        (is_text, is_open): (bool, bool),
        held: &T,
    ) -> Result<(), Refused> {
        match self.at.place {
            Place::Line { end } | Place::Flow { end } => {
                if place == Place::Field {
                    self.text.push(' ');
                }
                let at = At { place: Place::Flow { end }, column: 0, is_text, is_open: false };
                held.serialize(Writer { text: self.text, at })
            }
            _ => {
                let width = if self.is_long { WIDE } else { WIDTH };
                value(self.text, At { place, column: self.column(), is_text, is_open }, width, held)
            }
        }
    }

    pub(super) fn finish(self) -> Result<(), Refused> {
        if self.at.place.is_on_a_line() {
            self.text.push(self.brackets.1);
        } else if self.is_empty {
            if self.at.place != Place::Document {
                self.text.push(' ');
            }
            self.text.extend([self.brackets.0, self.brackets.1]);
        }
        self.at.place.fits(self.text)
    }
}

macro_rules! lists {
    ($($trait:ident $method:ident)*) => {$(
        impl $trait for Collection<'_> {
            type Ok = ();
            type Error = Refused;

            fn $method<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Refused> {
                self.item(item)
            }

            fn end(self) -> Result<(), Refused> {
                self.finish()
            }
        }
    )*};
}

lists! { SerializeSeq serialize_element SerializeTuple serialize_element SerializeTupleStruct serialize_field }

impl SerializeStruct for Collection<'_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Refused> {
        self.field(key, value)
    }

    fn end(self) -> Result<(), Refused> {
        self.finish()
    }
}

impl SerializeMap for Collection<'_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Refused> {
        self.next();
        let start = self.text.len();
        key.serialize(Writer { text: self.text, at: At { place: Place::Key, ..self.at } })?;
        let key = &self.text[start..];
        self.key = (TEXTS.contains(&key), OPEN.contains(&key));
        self.text.push(':');
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.held(Place::Field, self.key, value)
    }

    fn end(self) -> Result<(), Refused> {
        self.finish()
    }
}
