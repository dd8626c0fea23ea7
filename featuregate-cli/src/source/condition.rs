//! Conditions of conditional compilation: `cfg(…)`.

use std::fmt;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The content of `cfg(…)`. `Display` writes it the same way for every layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Condition {
    /// All of these; always, where there are none.
    All(Vec<Condition>),
    /// One of these.
    Any(Vec<Condition>),
    Not(Box<Condition>),
    /// A word or `word = "value"`.
    Option(String),
}

impl Condition {
    /// The condition that always applies.
    pub(super) fn always() -> Self {
        Self::All(Vec::new())
    }

    /// Reads the content of the parentheses of `cfg(…)`.
    pub(crate) fn read(tokens: TokenStream) -> Self {
        let mut tokens = tokens.into_iter();
        match (tokens.next(), tokens.next()) {
            (Some(TokenTree::Ident(word)), Some(TokenTree::Group(list)))
                if list.delimiter() == Delimiter::Parenthesis =>
            {
                let mut inner: Vec<Self> =
                    split(list.stream()).into_iter().map(Self::read).collect();
                match (word.to_string().as_str(), inner.len()) {
                    ("all", _) => Self::All(inner),
                    ("any", _) => Self::Any(inner),
                    ("not", 1) => Self::Not(Box::new(inner.remove(0))),
                    (word, _) => Self::Option(format!("{word}({})", listed(&inner))),
                }
            }
            (first, second) => {
                let all = first.into_iter().chain(second).chain(tokens);
                let words: Vec<String> = all.map(|token| token.to_string()).collect();
                Self::Option(words.join(" "))
            }
        }
    }

    /// Reads `#[cfg(…)]` or `#![cfg(…)]`; `None` for another attribute.
    pub(crate) fn of_attribute(text: &str) -> Option<Self> {
        let inner = text.trim_start_matches(['#', '!', '[', ' ']).strip_prefix("cfg(")?;
        let inner = inner.trim_end().strip_suffix(")]")?;
        Some(Self::read(inner.parse().ok()?))
    }

    /// Reads `cfg!(…)`, `!cfg!(…)`, or several of them with `&&` or `||` between them.
    pub(super) fn of_expression(tokens: TokenStream) -> Self {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let is =
            |token: &TokenTree, c: char| matches!(token, TokenTree::Punct(it) if it.as_char() == c);
        for (operator, join) in [('|', Self::Any as fn(Vec<Self>) -> Self), ('&', Self::All)] {
            let parts = tokens.split(|token| is(token, operator)).filter(|part| !part.is_empty());
            let parts: Vec<&[TokenTree]> = parts.collect();
            if parts.len() > 1 {
                let read = |part: &[TokenTree]| Self::of_expression(part.iter().cloned().collect());
                return join(parts.into_iter().map(read).collect());
            }
        }
        match tokens.as_slice() {
            [not, rest @ ..] if is(not, '!') => {
                Self::Not(Box::new(Self::of_expression(rest.iter().cloned().collect())))
            }
            [TokenTree::Ident(cfg), mark, TokenTree::Group(list)]
                if cfg == "cfg" && is(mark, '!') =>
            {
                Self::read(list.stream())
            }
            [TokenTree::Group(inner)] => Self::of_expression(inner.stream()),
            _ => Self::read(tokens.into_iter().collect()),
        }
    }

    /// Both.
    pub(super) fn and(self, other: Self) -> Self {
        let mut all = self.conjuncts();
        for condition in other.conjuncts() {
            if !all.contains(&condition) {
                all.push(condition);
            }
        }
        match (all.pop(), all.is_empty()) {
            (Some(only), true) => only,
            (last, _) => Self::All(all.into_iter().chain(last).collect()),
        }
    }

    /// One of the two at least.
    pub(super) fn or(self, other: Self) -> Self {
        let mut any = match self {
            Self::Any(any) if !any.is_empty() => any,
            condition => vec![condition],
        };
        if !any.contains(&other) {
            any.push(other);
        }
        match (any.pop(), any.is_empty()) {
            (Some(only), true) => only,
            (last, _) => Self::Any(any.into_iter().chain(last).collect()),
        }
    }

    fn conjuncts(self) -> Vec<Self> {
        match self {
            Self::All(all) => all.into_iter().flat_map(Self::conjuncts).collect(),
            condition => vec![condition],
        }
    }

    /// Whether it applies, if it is known of its options, which are written as `Display` does, whether they do. Nothing if
    /// what is known does not decide it.
    pub(crate) fn applies(&self, known: &dyn Fn(&str) -> Option<bool>) -> Option<bool> {
        let of = |all: &[Self], decisive: bool| {
            let all: Vec<Option<bool>> = all.iter().map(|inner| inner.applies(known)).collect();
            if all.contains(&Some(decisive)) {
                return Some(decisive);
            }
            all.iter().all(Option::is_some).then_some(!decisive)
        };
        match self {
            Self::All(all) => of(all, false),
            Self::Any(any) => of(any, true),
            Self::Not(inner) => inner.applies(known).map(|applies| !applies),
            Self::Option(option) => known(option),
        }
    }

    /// Whether it always applies.
    pub(super) fn is_always(&self) -> bool {
        matches!(self, Self::All(all) if all.iter().all(Self::is_always))
    }

    /// Whether it applies only in tests.
    pub(super) fn is_of_tests(&self) -> bool {
        match self {
            Self::All(all) => all.iter().any(Self::is_of_tests),
            Self::Any(any) => !any.is_empty() && any.iter().all(Self::is_of_tests),
            Self::Not(_) => false,
            Self::Option(option) => option == "test" || option == "doctest",
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All(all) => write!(f, "all({})", listed(all)),
            Self::Any(any) => write!(f, "any({})", listed(any)),
            Self::Not(not) => write!(f, "not({not})"),
            Self::Option(option) => f.write_str(option),
        }
    }
}

fn listed(conditions: &[Condition]) -> String {
    conditions.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// A list's parts between its commas, without empty ones.
pub(super) fn split(tokens: TokenStream) -> Vec<TokenStream> {
    let mut parts = vec![Vec::new()];
    for token in tokens {
        match &token {
            TokenTree::Punct(comma) if comma.as_char() == ',' => parts.push(Vec::new()),
            _ => {
                if let Some(part) = parts.last_mut() {
                    part.push(token);
                }
            }
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.into_iter().map(TokenStream::from_iter).collect()
}

#[cfg(test)]
mod tests {
    use super::Condition;

    fn read(text: &str) -> Condition {
        Condition::read(text.parse().unwrap())
    }

    #[test]
    fn a_condition_is_written_the_same_way_however_it_is_laid_out() {
        for (written, expected) in [
            ("unix", "unix"),
            ("feature=\"a, b\"", "feature = \"a, b\""),
            ("any(unix,\n  windows,\n)", "any(unix, windows)"),
            ("not ( all( unix , feature = \"x\" ) )", "not(all(unix, feature = \"x\"))"),
            ("target(os = \"linux\", env = \"gnu\")", "target(os = \"linux\", env = \"gnu\")"),
            ("all()", "all()"),
            ("true", "true"),
        ] {
            assert_eq!(read(written).to_string(), expected);
        }
    }

    #[test]
    fn conditions_are_joined_without_repetition() {
        let (unix, net) = (read("unix"), read("all(feature = \"net\", unix)"));
        assert_eq!(Condition::always().and(unix.clone()), unix);
        assert_eq!(unix.clone().and(net).to_string(), "all(unix, feature = \"net\")");
        assert_eq!(unix.clone().or(read("windows")).to_string(), "any(unix, windows)");
        assert_eq!(unix.clone().or(unix.clone()), unix);
        assert!(Condition::always().and(Condition::always()).is_always());
    }

    #[test]
    fn what_is_compiled_only_in_tests_is_recognized() {
        for (condition, of_tests) in [
            ("test", true),
            ("all(test, unix)", true),
            ("any(test, unix)", false),
            ("any(test, doctest)", true),
            ("not(test)", false),
            ("feature = \"test\"", false),
        ] {
            assert_eq!(read(condition).is_of_tests(), of_tests, "{condition}");
        }
    }
}
