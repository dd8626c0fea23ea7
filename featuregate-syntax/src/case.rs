//! How the names of gates are written: `rename_all`.

use heck::{
    ToKebabCase, ToLowerCamelCase, ToShoutyKebabCase, ToShoutySnakeCase, ToSnakeCase,
    ToUpperCamelCase,
};

/// A way to write the words of a name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Case {
    name: &'static str,
    apply: fn(&str) -> String,
}

impl Case {
    /// The ways that `serde` has too.
    pub(crate) const ALL: [Self; 8] = [
        Self { name: "lowercase", apply: |text| text.to_lowercase() },
        Self { name: "UPPERCASE", apply: |text| text.to_uppercase() },
        Self { name: "PascalCase", apply: |text| text.to_upper_camel_case() },
        Self { name: "camelCase", apply: |text| text.to_lower_camel_case() },
        Self { name: "snake_case", apply: |text| text.to_snake_case() },
        Self { name: "SCREAMING_SNAKE_CASE", apply: |text| text.to_shouty_snake_case() },
        Self { name: "kebab-case", apply: |text| text.to_kebab_case() },
        Self { name: "SCREAMING-KEBAB-CASE", apply: |text| text.to_shouty_kebab_case() },
    ];

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|case| case.name == name)
    }

    pub(crate) fn name(self) -> &'static str {
        self.name
    }

    /// An identifier in this case.
    pub(crate) fn of(self, identifier: &str) -> String {
        (self.apply)(identifier)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_case_writes_the_words_of_an_identifier_in_its_own_way() {
        let written = Case::ALL.map(|case| case.of("HttpServer2Push"));
        assert_eq!(
            written,
            [
                "httpserver2push",
                "HTTPSERVER2PUSH",
                "HttpServer2Push",
                "httpServer2Push",
                "http_server2_push",
                "HTTP_SERVER2_PUSH",
                "http-server2-push",
                "HTTP-SERVER2-PUSH",
            ]
        );
        let kebab = Case::named("kebab-case").unwrap();
        for (identifier, name) in [("TLSResume", "tls-resume"), ("A", "a"), ("JsREPL", "js-repl")] {
            assert_eq!(kebab.of(identifier), name);
        }
    }
}
