/// A value inside of a list or an `Option`, which travels as JSON.
pub trait Json: Sized {
    fn read(json: &mut &str) -> Option<Self>;
    fn json(&self) -> std::result::Result<String, String>;
}

/// Takes this off the front.
fn eat(json: &mut &str, token: &str) -> Option<()> {
    *json = json.trim_start().strip_prefix(token)?.trim_start();
    Some(())
}

macro_rules! bare {
    ($type:ty) => {
        impl Json for $type {
            fn read(json: &mut &str) -> Option<Self> {
                let end = json.find([',', ']']).unwrap_or(json.len());
                let (text, rest) = json.split_at(end);
                *json = rest;
                Self::from_text(text.trim())
            }
            fn json(&self) -> std::result::Result<String, String> {
                let text = self.to_text()?;
                let finite = !matches!(text.as_str(), "NaN" | "inf" | "-inf");
                if finite { Ok(text) } else { Err(format!("JSON has no `{text}`")) }
            }
        }
    };
}

bare!(i8);
bare!(i16);
bare!(i32);
bare!(i64);
bare!(i128);
bare!(isize);
bare!(u8);
bare!(u16);
bare!(u32);
bare!(u64);
bare!(u128);
bare!(usize);
bare!(f32);
bare!(f64);
bare!(bool);

impl Json for String {
    fn read(json: &mut &str) -> Option<Self> {
        *json = json.trim_start().strip_prefix('"')?;
        let mut units: Vec<u16> = Vec::new();
        let mut characters = json.char_indices();
        while let Some((at, character)) = characters.next() {
            let character = match character {
                '"' => {
                    *json = &json[at + 1..];
                    return String::from_utf16(&units).ok();
                }
                '\\' => match characters.next()?.1 {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    'b' => '\u{8}',
                    'f' => '\u{c}',
                    'u' => {
                        let digits: String = characters.by_ref().take(4).map(|(_, digit)| digit).collect();
                        units.push(u16::from_str_radix(&digits, 16).ok()?);
                        continue;
                    }
                    other => other,
                },
                other => other,
            };
            units.extend_from_slice(character.encode_utf16(&mut [0; 2]));
        }
        None
    }
    fn json(&self) -> std::result::Result<String, String> {
        let mut json = String::from("\"");
        for character in self.chars() {
            match character {
                '"' | '\\' => json.extend(['\\', character]),
                '\n' => json.push_str("\\n"),
                '\0'..='\u{1f}' => json.push_str(&format!("\\u{:04x}", u32::from(character))),
                _ => json.push(character),
            }
        }
        Ok(json + "\"")
    }
}

impl Json for char {
    fn read(json: &mut &str) -> Option<Self> {
        Self::from_text(&String::read(json)?)
    }
    fn json(&self) -> std::result::Result<String, String> {
        self.to_string().json()
    }
}

impl<T: Json> Json for Option<T> {
    fn read(json: &mut &str) -> Option<Self> {
        match eat(json, "null") {
            Some(()) => Some(None),
            None => T::read(json).map(Some),
        }
    }
    fn json(&self) -> std::result::Result<String, String> {
        self.as_ref().map_or_else(|| Ok("null".to_owned()), Json::json)
    }
}

impl<T: Json> Json for Vec<T> {
    fn read(json: &mut &str) -> Option<Self> {
        let mut list = Vec::new();
        eat(json, "[")?;
        if eat(json, "]").is_some() {
            return Some(list);
        }
        loop {
            list.push(T::read(json)?);
            if eat(json, "]").is_some() {
                return Some(list);
            }
            eat(json, ",")?;
        }
    }
    fn json(&self) -> std::result::Result<String, String> {
        let items: std::result::Result<Vec<_>, _> = self.iter().map(Json::json).collect();
        Ok(format!("[{}]", items?.join(",")))
    }
}

macro_rules! as_json {
    ($type:ident, $what:literal) => {
        impl<T: Json> Value for $type<T> {
            const WHAT: &'static str = $what;
            fn from_text(text: &str) -> Option<Self> {
                let mut json = text.trim();
                let value = Self::read(&mut json)?;
                json.trim().is_empty().then_some(value)
            }
            fn to_text(&self) -> std::result::Result<String, String> {
                self.json()
            }
        }
    };
}

as_json!(Option, "`null` or JSON of that type");
as_json!(Vec, "a JSON list of that type");
