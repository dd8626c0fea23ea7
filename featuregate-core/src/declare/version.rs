//! Releases as gates count them: major and minor.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use crate::quote::Quoted;

/// A release of a component: `major.minor`, and a patch part for programs that count those too.
///
/// Lifecycles are usually counted in minor releases (Kubernetes' rule: a history entry with a patch part is
/// refused), and then the patch part is 0. There is no pre-release part. Ordering is numeric.
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
    patch: u32,
}

impl Version {
    /// `0.0`: the version of a gate that is declared without history.
    pub const ZERO: Self = Self::new(0, 0);

    /// The release `major.minor`.
    #[must_use]
    pub const fn new(major: u32, minor: u32) -> Self {
        Self { major, minor, patch: 0 }
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

    /// The patch release of this minor release.
    ///
    /// ```
    /// # use featuregate_core::Version;
    /// let version = Version::new(1, 13).with_patch(5);
    /// assert!(version > Version::new(1, 13));
    /// assert_eq!(version.to_string(), "1.13.5");
    /// ```
    #[must_use]
    pub const fn with_patch(self, patch: u32) -> Self {
        Self { patch, ..self }
    }

    /// The part after the second dot; 0 for programs that do not count patch releases.
    #[must_use]
    pub const fn patch(self) -> u32 {
        self.patch
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
        if self.major != other.major {
            return self.major < other.major;
        }
        if self.minor != other.minor {
            return self.minor < other.minor;
        }
        self.patch < other.patch
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
        Precision::Minor.of_release(text)
    }
}

/// How finely a program counts its releases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Precision {
    /// `major.minor`, as Kubernetes. A patch release has the gates of its minor release.
    #[default]
    Minor,
    /// `major.minor.patch`: gates may change in a patch release. `1.13` is `1.13.0`.
    Patch,
}

impl Precision {
    /// Reads a version of a history.
    ///
    /// # Errors
    /// [`VersionError`] if it is not a version, or finer than this.
    ///
    /// ```
    /// use featuregate_core::{Precision, Version};
    ///
    /// assert_eq!(Precision::Patch.read("1.13.5"), Ok(Version::new(1, 13).with_patch(5)));
    /// assert!(Precision::Minor.read("1.13.5").is_err());
    /// ```
    pub fn read(self, text: &str) -> Result<Version, VersionError> {
        let parts = match self {
            Self::Minor => 2..=2,
            Self::Patch => 2..=3,
        };
        if let Some((version, _)) = numbers(text).filter(|(_, count)| parts.contains(count)) {
            return Ok(version);
        }
        let version = self.of_release(text)?;
        Err(VersionError::TooPrecise { text: text.to_owned(), version, to: self })
    }

    /// Reads the version of a release, as [`Version::of_release`] does, and drops what is finer than this.
    ///
    /// # Errors
    /// [`VersionError`] if there is no `major.minor` to read.
    ///
    /// ```
    /// use featuregate_core::{Precision, Version};
    ///
    /// assert_eq!(Precision::Patch.of_release("v1.13.5-rc.1"), Ok(Version::new(1, 13).with_patch(5)));
    /// ```
    pub fn of_release(self, text: &str) -> Result<Version, VersionError> {
        let release = text.strip_prefix('v').unwrap_or(text);
        let release = release.split(['-', '+']).next().unwrap_or(release);
        match (numbers(release), self) {
            (Some((version, 2..)), Self::Patch) => Ok(version),
            (Some((version, 2..)), Self::Minor) => Ok(version.with_patch(0)),
            _ => Err(VersionError::NotAVersion(text.to_owned())),
        }
    }
}

/// The first three parts of a text of numbers with dots between them, and how many parts there are.
fn numbers(text: &str) -> Option<(Version, usize)> {
    let mut parts = text.split('.');
    let major = number(parts.next()?)?;
    let minor = parts.next().map_or(Some(0), number)?;
    let patch = parts.next().map_or(Some(0), number)?;
    parts.all(|part| number(part).is_some()).then_some(())?;
    Some((Version { major, minor, patch }, text.split('.').count()))
}

impl FromStr for Version {
    type Err = VersionError;

    fn from_str(text: &str) -> Result<Self, VersionError> {
        Precision::Minor.read(text)
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
        write!(f, "{}.{}", self.major, self.minor)?;
        match self.patch {
            0 => Ok(()),
            patch => write!(f, ".{patch}"),
        }
    }
}

/// Why a text is not a [`Version`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum VersionError {
    /// There is no `major.minor` in it.
    NotAVersion(String),
    /// It has more parts than the lifecycle counts.
    TooPrecise {
        /// The text.
        text: String,
        /// The version to write instead.
        version: Version,
        /// What the lifecycle counts.
        to: Precision,
    },
}

impl VersionError {
    /// What is wrong: one clause.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::NotAVersion(text) => format!("{} is not a version", Quoted(text)),
            Self::TooPrecise { text, .. }
                if text.contains(|c: char| c != '.' && !c.is_ascii_digit()) =>
            {
                format!("{} has more than numbers", Quoted(text))
            }
            Self::TooPrecise { text, to, .. } => {
                let patch = if *to == Precision::Patch { ".patch" } else { "" };
                format!("{} has more parts than major.minor{patch}", Quoted(text))
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
    fn a_program_can_count_patch_releases() {
        let at = |patch| Some(Version::new(1, 13).with_patch(patch));
        for (text, history, release) in [
            ("1.13.5", at(5), at(5)),
            ("1.13", at(0), at(0)),
            ("1.13.0", at(0), at(0)),
            ("v1.13.5-rc.1", None, at(5)),
            ("1.13.5.2", None, at(5)),
            ("1.13.05", None, None),
            ("1", None, None),
            ("1.13.", None, None),
        ] {
            assert_eq!(Precision::Patch.read(text).ok(), history, "{text:?}");
            assert_eq!(Precision::Patch.of_release(text).ok(), release, "{text:?}");
        }
        let mut releases =
            ["1.13.10", "1.2", "1.13", "1.13.9"].map(|text| Precision::Patch.read(text).unwrap());
        releases.sort_unstable();
        let shown = releases.map(|version| version.to_string());
        assert_eq!(shown, ["1.2", "1.13", "1.13.9", "1.13.10"]);
        for (index, version) in releases.iter().enumerate() {
            for (other, than) in releases.iter().enumerate() {
                assert_eq!(version.is_before(*than), index < other);
            }
        }
        assert_eq!(
            Precision::Patch.read("1.13.5.2").unwrap_err().to_string(),
            "\"1.13.5.2\" has more parts than major.minor.patch; write \"1.13.5\""
        );
    }

    #[test]
    fn the_error_says_what_to_write() {
        let error = "1.36.2".parse::<Version>().unwrap_err();
        assert_eq!(error.to_string(), "\"1.36.2\" has more parts than major.minor; write \"1.36\"");
        let error = "v1.36".parse::<Version>().unwrap_err();
        assert_eq!(error.to_string(), "\"v1.36\" has more than numbers; write \"1.36\"");
        let error = "latest".parse::<Version>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "\"latest\" is not a version; write major.minor, as in \"1.36\""
        );
    }
}
