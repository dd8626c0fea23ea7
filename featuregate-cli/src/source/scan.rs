//! The enums and modules of a file.
//!
//! The code around them is skipped instead of parsed, so it may be anything: a compiler's newest syntax, or a macro's.
//! Enums are found everywhere, even in the arguments of a macro.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::LitStr;
use syn::ext::IdentExt as _;

use super::attributes::{Applied, apply, condition, derives, ends_with, list};
use super::condition::Condition;

/// How deep a file may be nested. Real source stays far below it.
const DEEPEST: usize = 128;

/// What concerns gates in a file.
#[derive(Debug)]
pub(super) enum Item {
    /// An enum that derives `FeatureGate`: its tokens with its attributes.
    Enum { tokens: TokenStream, condition: Condition },
    /// A module in a file of its own.
    Module(Module),
    /// `include!` of a file, unless its path is computed.
    Include { path: Option<String>, line: usize, condition: Condition },
    /// An enum of gates that a macro writes.
    Template { line: usize, condition: Condition },
}

/// `mod name;`
#[derive(Debug)]
pub(super) struct Module {
    pub(super) name: String,
    pub(super) line: usize,
    /// The modules of the file in which it is declared.
    pub(super) within: Vec<String>,
    /// Files that are named for it, each with its condition.
    pub(super) paths: Vec<(String, Condition)>,
    pub(super) condition: Condition,
}

/// Finds them, in their order; `None` if the file is nested too deep.
pub(super) fn scan(tokens: TokenStream) -> Option<Vec<Item>> {
    if deeper_than(&tokens, DEEPEST) {
        return None;
    }
    let mut scanner = Scanner { items: Vec::new(), within: Vec::new(), in_macro: false };
    scanner.scan(tokens, &Condition::always());
    Some(scanner.items)
}

fn deeper_than(tokens: &TokenStream, left: usize) -> bool {
    let deep = |token: TokenTree| match token {
        TokenTree::Group(group) => left == 0 || deeper_than(&group.stream(), left - 1),
        _ => false,
    };
    tokens.clone().into_iter().any(deep)
}

struct Scanner {
    items: Vec<Item>,
    within: Vec<String>,
    /// Whether the code is what a macro writes.
    in_macro: bool,
}

/// The current item: its attributes, as tokens and taken apart.
#[derive(Default)]
struct Head {
    tokens: Vec<TokenTree>,
    applied: Vec<Applied>,
}

impl Scanner {
    /// `around` is the condition of the code that contains these tokens.
    fn scan(&mut self, tokens: TokenStream, around: &Condition) {
        let mut around = around.clone();
        let mut head = Head::default();
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Punct(hash) if hash.as_char() == '#' => {
                    let inner = matches!(tokens.peek(), Some(TokenTree::Punct(bang)) if bang.as_char() == '!');
                    let bang = if inner { tokens.next() } else { None };
                    let Some(TokenTree::Group(group)) = tokens.peek().cloned() else { continue };
                    if group.delimiter() != Delimiter::Bracket {
                        continue;
                    }
                    tokens.next();
                    let applied = apply(group.stream(), &Condition::always());
                    if bang.is_some() {
                        around = around.and(condition(&applied));
                    } else {
                        head.tokens.extend([TokenTree::Punct(hash), TokenTree::Group(group)]);
                        head.applied.extend(applied);
                    }
                }
                TokenTree::Ident(word) if word == "enum" => {
                    let mut all = std::mem::take(&mut head);
                    let line = word.span().start().line;
                    all.tokens.push(TokenTree::Ident(word));
                    for token in tokens.by_ref() {
                        let last = matches!(&token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
                        all.tokens.push(token);
                        if last {
                            break;
                        }
                    }
                    self.enumeration(all, line, &around);
                }
                TokenTree::Ident(word) if word == "mod" => {
                    let Some(TokenTree::Ident(name)) = tokens.peek().cloned() else { continue };
                    tokens.next();
                    let own = around.clone().and(condition(&head.applied));
                    let name_text = name.unraw().to_string();
                    match tokens.peek().cloned() {
                        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                            tokens.next();
                            self.within.push(name_text);
                            self.scan(group.stream(), &own);
                            self.within.pop();
                        }
                        Some(TokenTree::Punct(end)) if end.as_char() == ';' => {
                            let line = name.span().start().line;
                            self.module(name_text, line, &head.applied, own);
                        }
                        _ => {}
                    }
                    head = Head::default();
                }
                TokenTree::Ident(word) if word == "include" => {
                    let called = matches!(tokens.peek(), Some(TokenTree::Punct(bang)) if bang.as_char() == '!');
                    let group = if called { tokens.nth(1) } else { None };
                    let Some(TokenTree::Group(group)) = group else { continue };
                    let path = syn::parse2::<LitStr>(group.stream()).ok().map(|path| path.value());
                    let line = word.span().start().line;
                    let condition = around.clone().and(condition(&head.applied));
                    self.items.push(Item::Include { path, line, condition });
                }
                TokenTree::Ident(word) if word == "macro_rules" => {
                    let group = |token: &TokenTree| matches!(token, TokenTree::Group(_));
                    if let Some(TokenTree::Group(rules)) = tokens.find(group) {
                        let own = around.clone().and(condition(&head.applied));
                        let before = std::mem::replace(&mut self.in_macro, true);
                        self.scan(rules.stream(), &own);
                        self.in_macro = before;
                    }
                    head = Head::default();
                }
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                    let own = around.clone().and(condition(&head.applied));
                    let test = head.applied.iter().any(|it| ends_with(&it.content, "test"));
                    if !test {
                        self.scan(group.stream(), &own);
                    }
                    head = Head::default();
                }
                // The arguments of a macro or a function. The item may go on after them, as after `pub(crate)`.
                TokenTree::Group(group) => {
                    let own = around.clone().and(condition(&head.applied));
                    self.scan(group.stream(), &own);
                }
                TokenTree::Punct(end) if end.as_char() == ';' => head = Head::default(),
                _ => {}
            }
        }
    }

    fn enumeration(&mut self, head: Head, line: usize, around: &Condition) {
        let derived = derives(&head.applied);
        let tokens = TokenStream::from_iter(head.tokens);
        // The derive may have another name: `use featuregate::FeatureGate as Gates`.
        let Some(derived) = derived.or_else(|| has_gates(&tokens).then(Condition::always)) else {
            return;
        };
        let condition = around.clone().and(condition(&head.applied)).and(derived);
        self.items.push(if self.in_macro || is_template(&tokens) {
            Item::Template { line, condition }
        } else {
            Item::Enum { tokens, condition }
        });
    }

    fn module(&mut self, name: String, line: usize, applied: &[Applied], condition: Condition) {
        if self.in_macro {
            return;
        }
        let path = |applied: &Applied| {
            let mut tokens = applied.content.clone().into_iter();
            let named = matches!(tokens.next()?, TokenTree::Ident(word) if word == "path");
            let equals =
                matches!(tokens.next()?, TokenTree::Punct(equals) if equals.as_char() == '=');
            let path = syn::parse2::<LitStr>(tokens.collect()).ok().filter(|_| named && equals)?;
            Some((path.value(), condition.clone().and(applied.condition.clone())))
        };
        let paths = applied.iter().filter_map(path).collect();
        let within = self.within.clone();
        self.items.push(Item::Module(Module { name, line, within, paths, condition }));
    }
}

/// Whether an enum has attributes that only `FeatureGate` reads: `feature_gate`, or `gate` with a stage.
fn has_gates(tokens: &TokenStream) -> bool {
    let of_gate = |content: &TokenStream| {
        let stage = list(content, "gate").and_then(|list| list.into_iter().next());
        let stage = matches!(stage, Some(TokenTree::Ident(stage)) if ["alpha", "beta", "ga", "deprecated"].iter().any(|it| stage == it));
        stage || list(content, "feature_gate").is_some()
    };
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => {
            of_gate(&group.stream())
        }
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
            has_gates(&group.stream())
        }
        _ => false,
    })
}

/// The name of an enum.
pub(super) fn name(tokens: &TokenStream) -> Option<String> {
    let mut tokens = tokens.clone().into_iter();
    tokens.find(|token| matches!(token, TokenTree::Ident(word) if word == "enum"))?;
    match tokens.next()? {
        TokenTree::Ident(name) => Some(name.unraw().to_string()),
        _ => None,
    }
}

/// Whether it has a macro's variables, so that it is the template of an enum.
fn is_template(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Punct(punct) => punct.as_char() == '$',
        TokenTree::Group(group) => is_template(&group.stream()),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::{Item, scan};

    /// What is found, each with its condition.
    fn found(text: &str) -> Vec<String> {
        let items = scan(text.parse().unwrap()).unwrap();
        let shown = |item: Item| match item {
            Item::Enum { tokens, condition } => {
                let text = tokens.to_string();
                let name =
                    text.split("enum ").nth(1).unwrap().split(' ').next().unwrap().to_owned();
                format!("{name} if {condition}")
            }
            Item::Module(module) => {
                let paths = module
                    .paths
                    .iter()
                    .map(|(path, condition)| format!(" at {path} if {condition}"));
                format!(
                    "{}; if {}{}",
                    [module.within, vec![module.name]].concat().join("::"),
                    module.condition,
                    paths.collect::<String>()
                )
            }
            Item::Include { path, condition, .. } => {
                format!("include {} if {condition}", path.as_deref().unwrap_or("?"))
            }
            Item::Template { line, condition } => format!("macro on {line} if {condition}"),
        };
        items.into_iter().map(shown).collect()
    }

    #[test]
    fn enums_are_found_everywhere() {
        for (text, expected) in [
            ("#[derive(FeatureGate)] enum A {}", "A if all()"),
            ("#[derive(Clone, featuregate::FeatureGate,)] pub(crate) enum A {}", "A if all()"),
            ("#[cfg(unix)] #[derive(FeatureGate)] enum A {}", "A if unix"),
            ("#[cfg_attr(unix, derive(Debug, FeatureGate))] enum A {}", "A if unix"),
            ("#![cfg(unix)] mod a { #[derive(FeatureGate)] enum A {} }", "A if unix"),
            ("#[cfg(unix)] mod a { mod b { #[derive(FeatureGate)] enum A {} } }", "A if unix"),
            ("cfg_net! { #[derive(FeatureGate)] enum A {} }", "A if all()"),
            ("fn main() { #[derive(FeatureGate)] enum A {} }", "A if all()"),
            ("const X: [u8; 1] = [1]; #[derive(FeatureGate)] enum A {}", "A if all()"),
            ("#[cfg(unix)] struct X; #[derive(FeatureGate)] enum A {}", "A if all()"),
            ("#[cfg(test)] mod tests { #[derive(FeatureGate)] enum A {} }", "A if test"),
            ("#[cfg(unix)] fn f() {} #[derive(FeatureGate)] enum A {}", "A if all()"),
            ("gates!(#[derive(FeatureGate)] enum A {});", "A if all()"),
            ("#[cfg(unix)] gates![#[derive(FeatureGate)] pub(crate) enum A {}];", "A if unix"),
            ("f(|| { #[derive(FeatureGate)] enum A {} });", "A if all()"),
            ("#[cfg(unix)] #[derive(FeatureGate)] pub(crate) enum A {}", "A if unix"),
            ("#[derive(Gates)] #[feature_gate(emulation)] enum A {}", "A if all()"),
            ("#[cfg(unix)] #[derive(FG)] enum A { #[gate(alpha)] B }", "A if unix"),
        ] {
            assert_eq!(found(text), [expected], "{text}");
        }
    }

    #[test]
    fn included_files_are_found() {
        for (text, expected) in [
            ("include!(\"gates.rs\");", "include gates.rs if all()"),
            ("#[cfg(unix)] include! { \"gates.rs\" }", "include gates.rs if unix"),
            ("fn f() { include!(concat!(env!(\"OUT_DIR\"), \"/x.rs\")); }", "include ? if all()"),
        ] {
            assert_eq!(found(text), [expected], "{text}");
        }
        assert_eq!(found("const include: u8 = 1; include_str!(\"a\");"), [""; 0]);
    }

    #[test]
    fn enums_that_macros_write_are_found() {
        for (text, expected) in [
            (
                "macro_rules! m { () => { #[derive(FeatureGate)] enum A {} } }",
                "macro on 1 if all()",
            ),
            (
                "#[cfg(unix)]\nmacro_rules! m(($a:ident) => {{ #[feature_gate(emulation)] enum $a {} }});",
                "macro on 2 if unix",
            ),
            ("macro m() {\n#[derive(FeatureGate)] enum $name {} }", "macro on 2 if all()"),
        ] {
            assert_eq!(found(text), [expected], "{text}");
        }
    }

    #[test]
    fn other_code_is_skipped() {
        for text in [
            "#[derive(Debug)] enum A {}",
            "#[derive(FeatureGates)] enum A {}",
            "#[derive(Circuit)] enum A { #[gate(x, y)] B }",
            "/// #[derive(FeatureGate)]\nenum A {}",
            "// #[derive(FeatureGate)] enum A {}",
            "const A: &str = \"#[derive(FeatureGate)] enum A {}\";",
            "#[test] fn a() { #[derive(FeatureGate)] enum A {} }",
            "#[tokio::test] async fn a() { #[derive(FeatureGate)] enum A {} }",
            "macro_rules! m { ($a:item) => { enum A {} mod b; $a } }",
            "#",
            "enum",
            "mod",
            "#[derive(FeatureGate)]",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn modules_are_found_with_their_conditions_and_files() {
        let text = "mod a; #[cfg(unix)] pub mod r#b; mod c { #[path = \"x.rs\"] mod d; }
            #[cfg_attr(unix, path = \"u.rs\")] mod e; cfg_net! { mod f; }";
        assert_eq!(
            found(text),
            [
                "a; if all()",
                "b; if unix",
                "c::d; if all() at x.rs if all()",
                "e; if all() at u.rs if unix",
                "f; if all()",
            ]
        );
    }

    #[test]
    fn what_is_nested_too_deep_is_not_read() {
        let nested = |depth: usize| format!("{}{}", "{".repeat(depth), "}".repeat(depth));
        assert!(scan(nested(128).parse().unwrap()).is_some());
        assert!(scan(nested(129).parse().unwrap()).is_none());
        assert!(scan(nested(100_000).parse().unwrap()).is_none());
    }
}
