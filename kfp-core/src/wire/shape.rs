//! The shape of a type, found by asking its `Deserialize` what it wants.

use crate::graph::Shape;
use serde::de::{self, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, VariantAccess, Visitor};
use serde::forward_to_deserialize_any;
use std::cell::Cell;
use std::fmt;

/// What the text of every value of a type looks like. No value is needed for it.
///
/// An enum is [`Shape::Text`] if no variant holds data, and [`Shape::Json`] otherwise, which is also what may be anything.
pub fn shape<T: DeserializeOwned>() -> Shape {
    let variant = |index| {
        let asked = Asked { wants: Cell::new(Wants::Json), variants: Cell::new(&[]), variant: index };
        let _ = T::deserialize(Probe(&asked));
        (asked.wants.get(), asked.variants.get().len())
    };
    match variant(0) {
        (Wants::Text, _) => Shape::Text,
        (Wants::Bool, _) => Shape::Bool,
        (Wants::Integer, _) => Shape::Integer,
        (Wants::Float, _) => Shape::Float,
        (Wants::UnitVariant, variants) if (1..variants).all(|index| variant(index).0 == Wants::UnitVariant) => {
            Shape::Text
        }
        (Wants::List, _) => Shape::List,
        (Wants::Map, _) => Shape::Map,
        (Wants::UnitVariant | Wants::Json, _) => Shape::Json,
    }
}

/// The names of an enum whose variants all hold no data; none for any other type.
pub fn variants<T: DeserializeOwned>() -> &'static [&'static str] {
    let asked = Asked { wants: Cell::new(Wants::Json), variants: Cell::new(&[]), variant: 0 };
    let _ = T::deserialize(Probe(&asked));
    if shape::<T>() == Shape::Text { asked.variants.get() } else { &[] }
}

#[derive(Clone, Copy, PartialEq)]
enum Wants {
    Text,
    Bool,
    Integer,
    Float,
    UnitVariant,
    List,
    Map,
    Json,
}

/// What a type asked for.
struct Asked {
    wants: Cell<Wants>,
    /// Its variants, if it is an enum.
    variants: Cell<&'static [&'static str]>,
    /// The variant that it is offered.
    variant: usize,
}

impl Asked {
    fn stop<T>(&self, wants: Wants) -> Result<T, Stop> {
        self.wants.set(wants);
        Err(Stop)
    }
}

/// Ends the probe: there is no value to go on with.
#[derive(Debug)]
struct Stop;

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no value, a probe only")
    }
}

impl std::error::Error for Stop {}

impl de::Error for Stop {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

struct Probe<'a>(&'a Asked);

macro_rules! wants {
    ($($wants:ident: $($method:ident)*;)*) => {$($(
        fn $method<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Stop> {
            self.0.stop(Wants::$wants)
        }
    )*)*};
}

impl<'de> Deserializer<'de> for Probe<'_> {
    type Error = Stop;

    wants! {
        Text: deserialize_str deserialize_string deserialize_char;
        Bool: deserialize_bool;
        Integer: deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
            deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128;
        Float: deserialize_f32 deserialize_f64;
        Json: deserialize_any;
    }

    fn deserialize_seq<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Stop> {
        self.0.stop(Wants::List)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Stop> {
        self.0.stop(Wants::List)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(self, _: &'static str, _: usize, _: V) -> Result<V::Value, Stop> {
        self.0.stop(Wants::List)
    }

    fn deserialize_map<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Stop> {
        self.0.stop(Wants::Map)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Stop> {
        self.0.stop(Wants::Map)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Stop> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Stop> {
        self.0.variants.set(variants);
        match variants.get(self.0.variant) {
            Some(name) => visitor.visit_enum(Offer { asked: self.0, name }),
            None => self.0.stop(Wants::Json),
        }
    }

    forward_to_deserialize_any! {
        option bytes byte_buf unit unit_struct identifier ignored_any
    }
}

/// One variant of an enum.
struct Offer<'a> {
    asked: &'a Asked,
    name: &'static str,
}

impl<'de> EnumAccess<'de> for Offer<'_> {
    type Error = Stop;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Stop> {
        let value = seed.deserialize(de::value::StrDeserializer::new(self.name))?;
        Ok((value, self))
    }
}

impl<'de> VariantAccess<'de> for Offer<'_> {
    type Error = Stop;

    fn unit_variant(self) -> Result<(), Stop> {
        self.asked.wants.set(Wants::UnitVariant);
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _: T) -> Result<T::Value, Stop> {
        self.asked.stop(Wants::Json)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Stop> {
        self.asked.stop(Wants::Json)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], _: V) -> Result<V::Value, Stop> {
        self.asked.stop(Wants::Json)
    }
}
