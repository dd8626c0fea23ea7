//! The names under which gates are set, and where a text mentions one.

use std::ops::Range;
use std::sync::{Arc, LazyLock};

use aho_corasick::{AhoCorasick, Input};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use featuregate_core::__private::{slice, slice_bytes};
use memchr::memmem::Finder;

/// Names of maps, lists, arguments and variables with gates. They are made once for many texts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Keys {
    /// Nothing where there are only the usual names, so that threads do not count it.
    more: Option<Arc<Others>>,
    /// Whether they are looked for in base64 as well.
    encoded: bool,
}

/// What has gates in addition to the usual names.
#[derive(Debug, Default)]
struct Others {
    /// In [`normal`] form, with what a name by itself is under them: on or off, if they say that.
    names: Vec<(String, Option<bool>)>,
    /// What begins the name of a variable with the value of one gate of the program.
    prefixes: Vec<Finder<'static>>,
}

/// Ends of names in [`normal`] form.
const ENDS: [&str; 2] = ["featuregates", "featuregatesmap"];

/// What begins the name of a variable with the value of one gate, as client-go reads it.
const VARIABLE: &str = "KUBE_FEATURE_";

/// The map of `OpenShift` with the lists `enabled` and `disabled`.
pub(super) const CUSTOM: &str = "customNoUpgrade";

/// What a key says about what is under it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Under {
    /// What a name by itself is: on or off.
    pub(super) bare: Option<bool>,
    /// Whether gates may be tables with a key `enabled`: under keys of the program's own.
    pub(super) has_tables: bool,
    /// Whether a boolean is the master switch: in place of names that are on, but not in a variable.
    pub(super) is_switch: bool,
}

impl Keys {
    /// The usual keys and these: `NAME`, `NAME=on` or `NAME=off` of a list of names, or `PREFIX*` of variables with the
    /// value of one gate.
    pub(crate) fn of(others: &[String]) -> Self {
        let mut more = Others::default();
        for key in others {
            more.add(key);
        }
        let more = (!others.is_empty()).then(|| Arc::new(more));
        Self { more, encoded: false }
    }

    /// The same for a text: they are looked for in base64 where it mentions that, or something that is written in it.
    pub(super) fn within(&self, text: &str) -> Self {
        Self { more: self.more.clone(), encoded: has_encoded(text) }
    }

    fn others(&self) -> &Others {
        const NONE: &Others = &Others { names: Vec::new(), prefixes: Vec::new() };
        self.more.as_deref().unwrap_or(NONE)
    }

    /// Whether this is the name of something with gates: `featureGates`, `--feature-gates`,
    /// `KUBE_FEATURE_GATES`, `kubeletFeatureGates`.
    pub(super) fn name(&self, key: &str) -> bool {
        ENDS.iter().any(|end| ends_with(key, end)) || self.under(key).has_tables
    }

    /// What is under a key.
    pub(super) fn under(&self, key: &str) -> Under {
        // Of kops, which takes a name by itself.
        if key == "--kubernetes-feature-gates" {
            return Under { bare: Some(true), ..Under::default() };
        }
        let names = &self.others().names;
        if names.is_empty() {
            return Under::default();
        }
        let name = normal(key);
        let mut own = names.iter().filter(|(known, _)| *known == name).peekable();
        let has_tables = own.peek().is_some();
        // It may be named twice, once with more.
        let bare = own.find_map(|(_, bare)| *bare);
        Under { bare, has_tables, is_switch: bare == Some(true) && !is_variable(key) }
    }

    /// Whether a key with gates lists those that are off: `disabledFeatureGates`.
    pub(super) fn is_off(&self, key: &str) -> bool {
        self.under(key).bare == Some(false) || begins_with(key, "disabled")
    }

    /// Where the gate's name begins in the name of a variable with its value: `KUBE_FEATURE_A`.
    pub(super) fn variable(&self, key: &str) -> Option<usize> {
        let length =
            if key.starts_with(VARIABLE) { VARIABLE.len() } else { self.prefix_of(key)?.len() };
        (key.len() > length && !self.name(key)).then_some(length)
    }

    /// What begins the name of a variable with the value of one gate of the program, if that is one.
    fn prefix_of(&self, key: &str) -> Option<&[u8]> {
        let prefixes = self.others().prefixes.iter().map(Finder::needle);
        prefixes.filter(|prefix| key.as_bytes().starts_with(prefix)).max_by_key(|it| it.len())
    }

    /// The same of a variable whose gate begins at a byte of a text.
    pub(super) fn prefix_before(&self, text: &str, at: usize) -> Option<Arc<str>> {
        let before = text.as_bytes().get(..at)?;
        let prefixes = self.others().prefixes.iter().map(Finder::needle);
        let found = prefixes.filter(|prefix| before.ends_with(prefix)).max_by_key(|it| it.len())?;
        str::from_utf8(found).ok().map(Arc::from)
    }

    /// Where the gate's name begins in a path to its value: `manager.featureGates.A`.
    pub(super) fn path(&self, path: &str) -> Option<usize> {
        let mut at = 0;
        for part in path.split('.') {
            at += part.len() + 1;
            if at < path.len() && self.name(part) {
                return Some(at);
            }
        }
        None
    }

    /// Whether a text mentions one anywhere.
    pub(super) fn mentioned(&self, text: &str) -> bool {
        self.in_plain(text) || self.encoded && has_words(text)
    }

    /// The same of a file, which may have them in base64.
    pub(crate) fn concern(&self, file: &str) -> bool {
        self.in_plain(file) || has_encoded(file) && has_words(file)
    }

    fn in_plain(&self, text: &str) -> bool {
        let default = std::iter::once("featuregates");
        let mut all = default.chain(self.others().names.iter().map(|(name, _)| name.as_str()));
        all.any(|key| occurrences(text, key).next().is_some())
            || self.exact().any(|word| word.find(text.as_bytes()).is_some())
    }

    /// What is mentioned in one spelling only.
    fn exact(&self) -> impl Iterator<Item = &Finder<'static>> {
        EXACT.iter().chain(&self.others().prefixes)
    }

    /// Where a text mentions one, and where it has escapes that may hide one; ascending.
    pub(super) fn mentions(&self, text: &str) -> Vec<usize> {
        let mut mentions = Mentions::new(self);
        mentions.scan(text, text.len());
        mentions.found
    }
}

/// What is mentioned in one spelling only. Made once, since most files are small.
static EXACT: LazyLock<[Finder<'_>; 2]> = LazyLock::new(|| [VARIABLE, CUSTOM].map(Finder::new));

impl Others {
    /// Adds a key; what is none names nothing.
    fn add(&mut self, key: &str) {
        match Key::parse(key) {
            Ok(Key::Name(name, bare)) => self.names.push((normal(name), bare)),
            Ok(Key::Prefix(prefix)) => self.prefixes.push(Finder::new(prefix).into_owned()),
            Err(_) => {}
        }
    }
}

/// A key as an operator writes it.
#[derive(Debug)]
pub(crate) enum Key<'k> {
    /// `NAME`, or with `=on` or `=off`, which names by themselves are.
    Name(&'k str, Option<bool>),
    /// `PREFIX*`.
    Prefix(&'k str),
}

impl<'k> Key<'k> {
    /// # Errors
    /// What is wrong, and what to write.
    pub(crate) fn parse(key: &'k str) -> Result<Self, String> {
        let (name, parsed) = match (key.strip_suffix('*'), key.split_once('=')) {
            (Some(prefix), _) => (prefix, Self::Prefix(prefix)),
            (None, Some((name, "on"))) => (name, Self::Name(name, Some(true))),
            (None, Some((name, "off"))) => (name, Self::Name(name, Some(false))),
            (None, _) => (key, Self::Name(key, None)),
        };
        let wrong = if normal(name).is_empty() {
            "it has no name".to_owned()
        } else if name.contains('*') {
            "a * is for the end of a prefix of variables, as in APP_GATE_*".to_owned()
        } else if let Some((_, what)) = name.split_once('=') {
            format!("{what:?} is neither on nor off")
        } else {
            return Ok(parsed);
        };
        Err(format!("{wrong}; write NAME, NAME=on, NAME=off or PREFIX*"))
    }
}

/// Whether a name is that of a variable.
pub(super) fn is_variable(name: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    !name.is_empty() && name.bytes().all(letter)
}

/// Whether a text mentions base64, or something that is written in it.
fn has_encoded(text: &str) -> bool {
    // Made once, since most files are small. Each of them is quicker than one search for all.
    static MARKS: LazyLock<[Finder<'_>; 7]> = LazyLock::new(|| {
        ["b64", "base64", "Secret", "userData", "user_data", "user-data", "UserData"]
            .map(Finder::new)
    });
    MARKS.iter().any(|mark| mark.find(text.as_bytes()).is_some())
}

/// Whether a text has one of the usual spellings in base64.
fn has_words(text: &str) -> bool {
    encoded(text, 0..text.len()).next().is_some()
}

/// Where a part of a text has one of the usual spellings in base64.
fn encoded(text: &str, range: Range<usize>) -> impl Iterator<Item = usize> {
    static WORDS: LazyLock<Option<AhoCorasick>> =
        LazyLock::new(|| AhoCorasick::new(encoded_words()).ok());
    WORDS.iter().flat_map(move |words| {
        let part = range.start..range.end.saturating_add(words.max_pattern_len()).min(text.len());
        let found = words.find_overlapping_iter(Input::new(text).range(part));
        let range = range.clone();
        found.map(|found| found.start()).filter(move |at| range.contains(at))
    })
}

/// The usual spellings in base64, as they are at each of the three offsets.
fn encoded_words() -> Vec<String> {
    const SPELLINGS: [&str; 5] =
        ["featureGates", "feature-gates", "feature_gates", "FEATURE_GATES", "FeatureGates"];
    let at = |word: &str, offset: usize| {
        let padded = [vec![0; offset], word.as_bytes().to_vec()].concat();
        let encoded = STANDARD_NO_PAD.encode(&padded);
        // The letters that depend on nothing but the word.
        slice(&encoded, (offset * 8).div_ceil(6)..padded.len() * 8 / 6).to_owned()
    };
    SPELLINGS.iter().flat_map(|word| (0..3).map(move |offset| at(word, offset))).collect()
}

/// Where a text mentions a key, looked for as far as needed.
#[derive(Debug)]
pub(super) struct Mentions<'k> {
    keys: &'k Keys,
    scanned: usize,
    pub(super) found: Vec<usize>,
}

/// How far is looked at least.
const STEP: usize = 1 << 12;

impl<'k> Mentions<'k> {
    pub(super) fn new(keys: &'k Keys) -> Self {
        Self { keys, scanned: 0, found: Vec::new() }
    }

    /// Whether a key is mentioned in a part of the text.
    pub(super) fn within(&mut self, text: &str, range: &Range<usize>) -> bool {
        if range.end > self.scanned {
            self.scan(text, range.end.max(self.scanned + STEP));
        }
        let first = self.found.partition_point(|mention| *mention < range.start);
        self.found.get(first).is_some_and(|mention| *mention < range.end)
    }

    /// Looks for mentions up to a byte.
    pub(super) fn scan(&mut self, text: &str, until: usize) {
        let range = self.scanned..until.min(text.len());
        if range.is_empty() {
            return;
        }
        let known = self.found.len();
        self.found.extend(occurrences_in(text, "featuregates", range.clone()));
        for (other, _) in &self.keys.others().names {
            self.found.extend(occurrences_in(text, other, range.clone()));
        }
        let bytes = text.as_bytes();
        for word in self.keys.exact() {
            let length = word.needle().len();
            let part = range.start..range.end.saturating_add(length).min(bytes.len());
            let found = word.find_iter(slice_bytes(bytes, part));
            self.found.extend(found.map(|at| range.start + at).filter(|at| *at < range.end));
        }
        if self.keys.encoded {
            self.found.extend(encoded(text, range.clone()));
        }
        let slashes = memchr::memchr_iter(b'\\', slice_bytes(bytes, range.clone()));
        self.found.extend(slashes.map(|at| range.start + at).filter(|at| {
            matches!(bytes.get(at + 1), Some(b'u' | b'U' | b'x'))
                && bytes.get(at + 2).is_some_and(u8::is_ascii_hexdigit)
        }));
        let (_, new) = self.found.split_at_mut(known);
        new.sort_unstable();
        self.found.dedup();
        self.scanned = range.end;
    }
}

/// Lower case, without `-` and `_`.
pub(super) fn normal(key: &str) -> String {
    letters_of(key).collect()
}

pub(super) fn letters_of(key: &str) -> impl Iterator<Item = char> {
    key.chars().filter(|c| !matches!(c, '-' | '_')).flat_map(char::to_lowercase)
}

/// Whether a key is the usual one, with which programs take their own gates, however it is spelt, without more words.
pub(super) fn is_usual(key: &str) -> bool {
    letters_of(key).eq("featuregates".chars())
}

/// Whether the [`normal`] form of a key begins with a word.
fn begins_with(key: &str, word: &str) -> bool {
    letters_of(key).take(word.len()).eq(word.chars())
}

/// Whether a key is that name, perhaps with more words before it: `kube_feature_gates`, `kubeletFeatureGates`.
fn ends_with(key: &str, end: &str) -> bool {
    if key.contains(char::is_whitespace) {
        return false;
    }
    let mut rest = key.as_bytes();
    let mut first = b' ';
    for wanted in end.bytes().rev() {
        while let [before @ .., b'-' | b'_'] = rest {
            rest = before;
        }
        match rest {
            [before @ .., byte] if byte.eq_ignore_ascii_case(&wanted) => {
                (rest, first) = (before, *byte);
            }
            _ => return false,
        }
    }
    rest.last().is_none_or(|before| {
        !before.is_ascii_alphanumeric() || before.is_ascii_lowercase() && first.is_ascii_uppercase()
    })
}

/// The beginnings of a key in normal form, however it is spelt.
fn occurrences<'a>(text: &'a str, key: &'a str) -> impl Iterator<Item = usize> + 'a {
    occurrences_in(text, key, 0..text.len())
}

/// The same, of those that begin in a part of the text.
fn occurrences_in<'a>(
    text: &'a str,
    key: &'a str,
    range: Range<usize>,
) -> impl Iterator<Item = usize> + 'a {
    let bytes = text.as_bytes();
    // A letter that is rare in configuration, unlike the first one, which begins each `false`.
    let pivot = key.find('g').unwrap_or_default();
    let (before, from) = key.as_bytes().split_at(pivot);
    let letter = from.first().copied().unwrap_or_default();
    // So many separators as there are letters at most, so that a line of them costs its length.
    let most = 2 * key.len();
    let part = range.start..range.end.saturating_add(most).min(bytes.len());
    let part_of = slice_bytes(bytes, part.clone());
    let (lower, upper) = (letter.to_ascii_lowercase(), letter.to_ascii_uppercase());
    memchr::memchr2_iter(lower, upper, part_of).filter_map(move |at| {
        let (front, back) = bytes.split_at_checked(part.start + at)?;
        // Quicker than what follows, and enough for most.
        if let (Some(wanted), Some(found)) = (before.last(), front.last())
            && found.is_ascii_alphanumeric()
            && !found.eq_ignore_ascii_case(wanted)
        {
            return None;
        }
        let front = letters(front.iter().rev().take(most), before.iter().rev())?;
        letters(back.iter().take(most), from.iter())?;
        let begin = part.start + at - front;
        range.contains(&begin).then_some(begin)
    })
}

/// How many bytes these letters take, with separators between them; `None` if there are others.
fn letters<'a>(
    bytes: impl Iterator<Item = &'a u8>,
    mut wanted: impl Iterator<Item = &'a u8>,
) -> Option<usize> {
    let mut bytes = bytes.enumerate().filter(|(_, byte)| !matches!(byte, b'-' | b'_'));
    wanted.try_fold(0, |_, letter| {
        let (count, byte) = bytes.next()?;
        byte.eq_ignore_ascii_case(letter).then_some(count + 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spellings_of_a_key_are_one_name() {
        let keys = Keys::of(&["my-Toggles".to_owned()]);
        for key in [
            "featureGates",
            "feature_gates",
            "--feature-gates",
            "-feature-gates",
            "featureGatesMap",
            "kube_feature_gates",
            "KUBE_FEATURE_GATES",
            "myToggles",
            "kubeletFeatureGates",
        ] {
            assert!(keys.name(key), "{key}");
            assert!(keys.mentioned(&format!("x {key}: y")), "{key}");
        }
        for key in [
            "featureGate",
            "featureGatesList",
            "toggles",
            "the feature-gates",
            "gates",
            "myfeaturegates",
            "MYFeatureGates",
        ] {
            assert!(!keys.name(key), "{key}");
        }
        assert!(!keys.mentioned("features: gates, feature gates"));
    }

    #[test]
    fn one_gate_has_a_variable_or_a_path() {
        let keys = Keys::default();
        assert_eq!(keys.variable("KUBE_FEATURE_WatchListClient"), Some(13));
        assert_eq!(keys.variable("KUBE_FEATURE_GATES"), None);
        assert_eq!(keys.variable("KUBE_FEATURE_"), None);
        assert_eq!(keys.path("manager.featureGates.a.b"), Some(21));
        assert_eq!(keys.path("featureGates"), None);
        assert_eq!(keys.path("featureGates."), None);
        assert!(keys.mentioned("KUBE_FEATURE_X=true") && keys.mentioned("customNoUpgrade:"));
        assert!(keys.is_off("disabledFeatureGates") && !keys.is_off("enabledFeatureGates"));
    }

    #[test]
    fn a_key_may_say_what_names_are_and_begin_a_variable() {
        let keys = ["enable=on", "dis-able=off", "APP_GATE_*", "APP_GATES", "*"];
        let keys = Keys::of(&keys.map(str::to_owned));
        assert_eq!(keys.under("--enable").bare, Some(true));
        assert_eq!(keys.under("disable").bare, Some(false));
        assert_eq!(keys.under("APP_GATES").bare, None);
        assert!(keys.name("--enable") && keys.is_off("--disable") && !keys.is_off("--enable"));
        assert_eq!(keys.variable("APP_GATE_JS_REPL"), Some(9));
        assert_eq!(keys.variable("APP_GATE_"), None);
        assert_eq!(keys.variable("APP_GATES"), None);
        assert_eq!(keys.prefix_before("export APP_GATE_A=1", 16).as_deref(), Some("APP_GATE_"));
        assert_eq!(keys.prefix_before("export KUBE_FEATURE_A=1", 20), None);
        assert!(keys.mentioned("x APP_GATE_A=1") && !keys.mentioned("x app_gate_a=1"));
        assert_eq!(keys.mentions("x APP_GATE_A enable"), [2, 13]);
    }

    #[test]
    fn base64_is_found_at_each_offset() {
        let keys = Keys::default().within("encoding: b64");
        for before in ["", "a", "ab", "abc"] {
            let text = STANDARD_NO_PAD.encode(format!("{before}featureGates: {{}}"));
            assert!(keys.mentioned(&format!("encoding: b64\ncontent: {text}")), "{before}");
            assert!(!Keys::default().mentioned(&text), "{before}");
        }
    }

    #[test]
    fn mentions_are_found_in_order() {
        let keys = Keys::default();
        assert_eq!(keys.mentions("a FeatureGates --feature-gates \\u0066x"), [2, 17, 31]);
        let keys = Keys::of(&["to-ggles".to_owned(), "g".to_owned()]);
        assert_eq!(
            keys.mentions("-F-e_ature--gates TOG_GLES_ gtogglefeatureGate"),
            [1, 12, 18, 20, 22, 28, 31, 32, 42]
        );
    }

    #[test]
    fn parts_of_a_text_mention_what_begins_in_them() {
        let text = "featureGates feature-gates featureGates";
        for size in 1..text.len() {
            let parts = (0..text.len()).step_by(size);
            let found = parts.flat_map(|at| {
                occurrences_in(text, "featuregates", at..(at + size).min(text.len()))
            });
            assert_eq!(found.collect::<Vec<_>>(), [0, 13, 27], "{size}");
        }
    }
}
