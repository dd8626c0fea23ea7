//! The items of a text such as `A=true,B=false`.

use std::ops::Range;

/// An item, by its places in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// Without the blanks around it.
    pub(super) whole: Range<usize>,
    pub(super) name: Range<usize>,
    pub(super) value: Value,
}

/// The value of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// What stands after the equals sign.
    Text(Range<usize>),
    /// A bare name, which turns a gate on; or off, after a minus.
    Sign(bool),
}

/// The items of a part of a text. As in the core's parser, empty items are skipped and blanks are trimmed.
pub(super) fn items(text: &str, part: &Range<usize>) -> Vec<Item> {
    let mut found = Vec::new();
    let mut at = part.start;
    for whole in text.get(part.clone()).unwrap_or_default().split(',') {
        let range = at..at + whole.len();
        at = range.end + 1;
        if !whole.is_empty() {
            found.push(item(text, range));
        }
    }
    found
}

fn item(text: &str, whole: Range<usize>) -> Item {
    let trimmed = trim(text, whole.clone());
    let written = text.get(trimmed.clone()).unwrap_or_default();
    let whole = if trimmed.is_empty() { whole } else { trimmed.clone() };
    if let Some(equals) = written.find('=') {
        let name = trim(text, trimmed.start..trimmed.start + equals);
        let value = trim(text, trimmed.start + equals + 1..trimmed.end);
        return Item { whole, name, value: Value::Text(value) };
    }
    let (sign, length) = match written.as_bytes().first() {
        Some(b'+') => (true, 1),
        Some(b'-') => (false, 1),
        _ => (true, 0),
    };
    Item { whole, name: trimmed.start + length..trimmed.end, value: Value::Sign(sign) }
}

/// A part of a text without the blanks around it, and without the backslash of a line that goes on.
fn trim(text: &str, part: Range<usize>) -> Range<usize> {
    let blank = |letter: char| letter.is_whitespace() || letter == '\\';
    let written = text.get(part.clone()).unwrap_or_default();
    let start = part.start + (written.len() - written.trim_start_matches(blank).len());
    start..start + written.trim_matches(blank).len()
}

#[cfg(test)]
mod tests {
    use super::{Value, items};

    #[test]
    fn an_item_is_a_name_with_a_value_or_a_sign() {
        let text = "A=true, B = f ,,-c.d,+e,F,\\\n G=1, ";
        let told: Vec<(&str, String)> = items(text, &(0..text.len()))
            .into_iter()
            .map(|item| {
                let value = match item.value {
                    Value::Text(value) => text[value].to_owned(),
                    Value::Sign(on) => format!("{on}!"),
                };
                (&text[item.name], value)
            })
            .collect();
        let expected = [
            ("A", "true"),
            ("B", "f"),
            ("c.d", "false!"),
            ("e", "true!"),
            ("F", "true!"),
            ("G", "1"),
            ("", "true!"),
        ];
        assert_eq!(told, expected.map(|(name, value)| (name, value.to_owned())));
    }
}
