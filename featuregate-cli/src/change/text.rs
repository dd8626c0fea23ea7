//! A file of source, and edits of it at the locations that the compiler sees.

use std::io;
use std::path::Path;

use featuregate_core::__private::slice;

use crate::finding::Edit;
use crate::io::file;
use crate::source::modules::before_rust;

/// The text of a file, with whatever the compiler does not see: a byte order mark, a line for a shell, and the carriage
/// returns before line ends.
#[derive(Clone, Debug)]
pub(crate) struct Text(pub(crate) String);

impl Text {
    pub(crate) fn read(path: &Path) -> io::Result<Self> {
        let bytes = file::read(path)?;
        String::from_utf8(bytes).map(Self).map_err(|_| io::Error::other("not UTF-8"))
    }

    /// The same with edits, which do not overlap. What they insert gets the line ends of the file.
    pub(crate) fn edited(&self, mut edits: Vec<Edit>) -> String {
        edits.sort();
        let text = &self.0;
        let mut places = Places { text, at: before_rust(text), seen: 0 };
        let (mut edited, mut copied) = (String::with_capacity(text.len() + 64), 0);
        for Edit { span: (start, end), text: new } in edits {
            let (start, end) = (places.of(start), places.of(end));
            edited.push_str(slice(text, copied..start));
            if text.contains("\r\n") {
                edited.push_str(&new.replace('\n', "\r\n"));
            } else {
                edited.push_str(&new);
            }
            copied = end;
        }
        edited.push_str(slice(text, copied..text.len()));
        edited
    }
}

/// Finds the bytes of the text that the compiler sees in that of the file, in ascending order.
struct Places<'t> {
    text: &'t str,
    /// Up to here the file was looked at.
    at: usize,
    /// How many bytes of that the compiler sees.
    seen: usize,
}

impl Places<'_> {
    fn of(&mut self, byte: usize) -> usize {
        let rest = slice(self.text, self.at..self.text.len()).as_bytes();
        let mut bytes = rest.iter().zip(rest.iter().skip(1).chain([&0]));
        while self.seen < byte
            && let Some(pair) = bytes.next()
        {
            self.at += 1;
            // It is only part of a line end.
            self.seen += usize::from(pair != (&b'\r', &b'\n'));
        }
        self.at
    }
}

#[cfg(test)]
mod tests {
    use super::Text;
    use crate::finding::Edit;

    #[test]
    fn edits_are_where_the_compiler_sees_the_text() {
        let edits = || {
            let insert = Edit { span: (5, 5), text: "x\ny".to_owned() };
            vec![insert, Edit { span: (0, 1), text: "ä".to_owned() }]
        };
        for (text, edited) in [
            ("a\nb\nc\n", "ä\nb\ncx\ny\n"),
            ("a\r\nb\r\nc\r\n", "ä\r\nb\r\ncx\r\ny\r\n"),
            ("\u{feff}a\nb\nc", "\u{feff}ä\nb\ncx\ny"),
            ("a\rb\nc", "ä\rb\ncx\ny"),
        ] {
            assert_eq!(Text(text.to_owned()).edited(edits()), edited, "{text:?}");
        }
        let after_shebang = Edit { span: (1, 1), text: "x".to_owned() };
        let text = Text("#!/bin/rust\r\na\r\n".to_owned());
        assert_eq!(text.edited(vec![after_shebang]), "#!/bin/rust\r\nxa\r\n");
    }
}
