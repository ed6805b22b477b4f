//! JSON values whose objects keep the order of the file, which is the order of
//! places that people are told; `serde_json`'s own sorts them by their names.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

/// A value of a JSON text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// A number, a yes or a no, as text; nothing for null.
    Plain(String),
    /// A text.
    Text(String),
    /// Values in a row.
    List(Vec<Value>),
    /// Values by their names.
    Object(Object),
}

/// The values of an object with their names, in the order of the file.
pub(super) type Object = Vec<(String, Value)>;

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Plain(String::new()))
    }

    fn visit_bool<E: Error>(self, is: bool) -> Result<Value, E> {
        Ok(Value::Plain(is.to_string()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Plain(number.to_string()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Plain(number.to_string()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        let number = Number::from_f64(number).map_or(String::new(), |n| n.to_string());
        Ok(Value::Plain(number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut all = Vec::new();
        while let Some(item) = items.next_element()? {
            all.push(item);
        }
        Ok(Value::List(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut all = Vec::new();
        while let Some(item) = items.next_entry()? {
            all.push(item);
        }
        Ok(Value::Object(all))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_keep_their_order() {
        let value: Value = serde_json::from_str(r#"{"b": [1.0, true, null], "a": "x"}"#).unwrap();
        let plain = |text: &str| Value::Plain(text.to_owned());
        let list = Value::List(vec![plain("1.0"), plain("true"), plain("")]);
        let wanted = vec![
            ("b".to_owned(), list),
            ("a".to_owned(), Value::Text("x".to_owned())),
        ];
        assert_eq!(value, Value::Object(wanted));
    }
}
