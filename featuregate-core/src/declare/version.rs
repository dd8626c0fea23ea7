//! Releases as gates count them: major and minor.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use crate::quote::Quoted;

/// A release of a component: `major.minor`.
///
/// Lifecycles are counted in minor releases (Kubernetes' rule: a history entry with a patch part is
/// refused), so a version has no patch and no pre-release part. Ordering is numeric.
///
/// ```
/// use featuregate_core::Version;
///
/// let version: Version = "1.36".parse()?;
/// assert_eq!(version, Version::new(1, 36));
/// assert!(version > Version::new(1, 9));
/// assert_eq!(version.to_string(), "1.36");
/// assert!("1.36.2".parse::<Version>().is_err());
/// # Ok::<(), featuregate_core::VersionError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    major: u32,
    minor: u32,
}

impl Version {
    /// `0.0`: the version of a gate that is declared without history.
    pub const ZERO: Self = Self::new(0, 0);

    /// The release `major.minor`.
    #[must_use]
    pub const fn new(major: u32, minor: u32) -> Self {
        Self { major, minor }
    }

    /// The part before the dot.
    #[must_use]
    pub const fn major(self) -> u32 {
        self.major
    }

    /// The part after the dot.
    #[must_use]
    pub const fn minor(self) -> u32 {
        self.minor
    }

    /// The minor release before this one, at least `major.0`.
    ///
    /// Kubernetes' default for the minimum compatibility version.
    ///
    /// ```
    /// # use featuregate_core::Version;
    /// assert_eq!(Version::new(1, 36).previous_minor(), Version::new(1, 35));
    /// assert_eq!(Version::new(2, 0).previous_minor(), Version::new(2, 0));
    /// ```
    #[must_use]
    pub const fn previous_minor(self) -> Self {
        Self::new(self.major, self.minor.saturating_sub(1))
    }

    /// Whether this release comes before another one; `<` where only constants are allowed.
    pub(crate) const fn is_before(self, other: Self) -> bool {
        self.major < other.major || (self.major == other.major && self.minor < other.minor)
    }

    /// Reads the version of a *release* (a crate, a binary): a leading `v`, a patch part, a
    /// pre-release and build metadata are accepted and dropped.
    ///
    /// # Errors
    /// [`VersionError`] if there is no `major.minor` to read.
    ///
    /// ```
    /// # use featuregate_core::Version;
    /// assert_eq!(Version::of_release("v1.36.2-rc.1+build.7"), Ok(Version::new(1, 36)));
    /// ```
    pub fn of_release(text: &str) -> Result<Self, VersionError> {
        let not_a_version = || VersionError::NotAVersion(text.to_owned());
        let numbers = text.strip_prefix('v').unwrap_or(text);
        let numbers = numbers.split(['-', '+']).next().unwrap_or(numbers);
        let mut parts = numbers.split('.');
        let (Some(major), Some(minor)) = (parts.next(), parts.next()) else {
            return Err(not_a_version());
        };
        if !parts.all(|part| number(part).is_some()) {
            return Err(not_a_version());
        }
        match (number(major), number(minor)) {
            (Some(major), Some(minor)) => Ok(Self::new(major, minor)),
            _ => Err(not_a_version()),
        }
    }
}

impl FromStr for Version {
    type Err = VersionError;

    fn from_str(text: &str) -> Result<Self, VersionError> {
        let exact = text
            .split_once('.')
            .and_then(|(major, minor)| Some(Self::new(number(major)?, number(minor)?)));
        match exact {
            Some(version) => Ok(version),
            None => Err(match Self::of_release(text) {
                Ok(version) => VersionError::TooPrecise { text: text.to_owned(), version },
                Err(error) => error,
            }),
        }
    }
}

/// Digits only: no sign, no whitespace, no leading zero, so that a version has one spelling.
fn number(digits: &str) -> Option<u32> {
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    let leading_zero = digits.len() > 1 && digits.starts_with('0');
    if plain && !leading_zero { digits.parse().ok() } else { None }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

/// Why a text is not a [`Version`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum VersionError {
    /// There is no `major.minor` in it.
    NotAVersion(String),
    /// It has more parts than `major.minor`, which is all that a lifecycle counts.
    TooPrecise {
        /// The text.
        text: String,
        /// The version to write instead.
        version: Version,
    },
}

impl VersionError {
    /// What is wrong: one clause.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::NotAVersion(text) => format!("{} is not a version", Quoted(text)),
            Self::TooPrecise { text, .. } => {
                format!("{} has more parts than major.minor", Quoted(text))
            }
        }
    }

    /// What to write: one clause.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::NotAVersion(_) => "write major.minor, as in \"1.36\"".to_owned(),
            Self::TooPrecise { version, .. } => format!("write \"{version}\""),
        }
    }
}

impl fmt::Display for VersionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.message(), self.help())
    }
}

impl core::error::Error for VersionError {}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn only_major_and_minor_are_a_version() {
        for (text, expected) in [
            ("1.36", Some(Version::new(1, 36))),
            ("0.0", Some(Version::ZERO)),
            ("2026.11", Some(Version::new(2026, 11))),
            ("4294967295.0", Some(Version::new(u32::MAX, 0))),
            ("4294967296.0", None),
            ("1.36.0", None),
            ("v1.36", None),
            ("1", None),
            ("1.", None),
            (".1", None),
            ("", None),
            ("1.+2", None),
            (" 1.2", None),
            ("1.02", None),
            ("1.2-alpha", None),
        ] {
            assert_eq!(text.parse::<Version>().ok(), expected, "{text:?}");
        }
    }

    #[test]
    fn a_release_drops_what_is_finer_than_minor() {
        for (text, expected) in [
            ("1.36.2", Some(Version::new(1, 36))),
            ("v1.36", Some(Version::new(1, 36))),
            ("1.36.0-alpha.1", Some(Version::new(1, 36))),
            ("1.36-rc.1+k3s", Some(Version::new(1, 36))),
            ("1", None),
            ("1.x", None),
            ("1.2.x", None),
            ("v", None),
        ] {
            assert_eq!(Version::of_release(text).ok(), expected, "{text:?}");
        }
    }

    #[test]
    fn the_error_says_what_to_write() {
        let error = "1.36.2".parse::<Version>().unwrap_err();
        assert_eq!(error.to_string(), "\"1.36.2\" has more parts than major.minor; write \"1.36\"");
        let error = "latest".parse::<Version>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "\"latest\" is not a version; write major.minor, as in \"1.36\""
        );
    }
}
