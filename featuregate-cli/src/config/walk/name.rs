//! Which files a walk reads, by their names.

use std::ffi::OsStr;
use std::path::Path;

use crate::config::extract::{Syntax, unread};

/// What ends the name of a template, whatever becomes of it.
const TEMPLATE: &[&str] =
    &["tpl", "tmpl", "gotmpl", "gotpl", "tftpl", "ctmpl", "j2", "jinja", "jinja2"];

/// What ends the name of a file that another is made from.
const DRAFT: &[&str] = &["in", "dist", "example", "sample", "template", "default"];

/// Folders whose files are environment files without an ending, as of Debian and Red Hat.
const ENVIRONMENT: &[&str] = &["default", "sysconfig"];

/// How the names of files end that are not text, or written by a program.
const OTHER: &[&str] = &[
    "png", "jpg", "jpeg", "gif", "ico", "webp", "svg", "pdf", "woff", "woff2", "ttf", "zip", "gz",
    "tgz", "bz2", "xz", "zst", "tar", "jar", "class", "o", "a", "so", "exe", "dll", "wasm", "pyc",
    "rlib", "rmeta", "lock", "sum",
];

/// Files without an ending that are for people to read.
const PAGES: &[&str] = &[
    "AUTHORS",
    "CHANGELOG",
    "CHANGES",
    "CONTRIBUTING",
    "FAQ",
    "HACKING",
    "INSTALL",
    "NEWS",
    "NOTES",
    "README",
    "TODO",
    "UPGRADING",
];

/// What a file is, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Configuration, which is read like this.
    Configuration(Syntax),
    /// Something in a language that is not read. A walk reports it if it mentions gates.
    Unread(&'static str),
    /// Something that is not text, or written by a program: a walk does not open it.
    Other,
    /// Its name does not show it. A walk reads it, like this, if it mentions gates.
    Unknown(Syntax),
}

/// What a file of that name is.
///
/// ```
/// use std::path::Path;
/// use featuregate_cli::extract::Syntax;
/// use featuregate_cli::walk::name::{Kind, kind};
///
/// assert_eq!(kind(Path::new("deploy/kubelet.yaml.j2")), Kind::Configuration(Syntax::Yaml));
/// assert_eq!(kind(Path::new("cluster.tf")), Kind::Unread("Terraform"));
/// assert_eq!(kind(Path::new("src/main.rs")), Kind::Unread("source code"));
/// assert_eq!(kind(Path::new("logo.png")), Kind::Other);
/// assert_eq!(kind(Path::new("user-data")), Kind::Unknown(Syntax::Unknown));
/// ```
#[must_use]
pub fn kind(path: &Path) -> Kind {
    // The settings of the command itself have names of keys, and not gates.
    if path.file_name() == Some(OsStr::new("featuregate.toml")) {
        return Kind::Other;
    }
    if let Some(syntax) = syntax(path) {
        return Kind::Configuration(syntax);
    }
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    let ending = ending.as_str();
    if let Some(language) = unread(ending) {
        return Kind::Unread(language);
    }
    if path.file_name().is_some_and(|name| PAGES.iter().any(|page| name == *page)) {
        return Kind::Unread("documentation");
    }
    match ending {
        _ if OTHER.contains(&ending) => Kind::Other,
        "txt" | "text" => Kind::Unknown(Syntax::Text),
        _ => Kind::Unknown(Syntax::Unknown),
    }
}

/// How a file of that name is read; `None` if it does not look like configuration.
fn syntax(path: &Path) -> Option<Syntax> {
    let name = path.file_name()?;
    // Most are written like that.
    if name.as_encoded_bytes().ends_with(b".yaml") {
        return Some(Syntax::Yaml);
    }
    let name = name.to_string_lossy().to_ascii_lowercase();
    let mut name = name.as_str();
    let mut template = false;
    while let Some((before, ending)) = name.rsplit_once('.') {
        if TEMPLATE.contains(&ending) {
            template = true;
        } else if !DRAFT.contains(&ending) {
            break;
        }
        name = before;
    }
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let syntax = match ending {
        "yaml" | "yml" | "sls" => Some(Syntax::Yaml),
        // With template actions it is not JSON, but it may be YAML with actions.
        "json" | "jsonc" | "json5" if template => Some(Syntax::Yaml),
        "json" | "jsonc" | "json5" => Some(Syntax::Json),
        "toml" if name == "cargo.toml" => Some(Syntax::Cargo),
        "toml" => Some(Syntax::Toml),
        "sh" | "bash" | "zsh" => Some(Syntax::Shell),
        "env" => Some(Syntax::Env),
        "service" | "socket" | "timer" | "slice" => Some(Syntax::Unit),
        "mk" | "just" => Some(Syntax::Makefile),
        "dockerfile" | "containerfile" => Some(Syntax::Dockerfile),
        // Of systemd it is a unit, of the kubelet YAML.
        "conf" => Some(Syntax::Unknown),
        _ if name.starts_with(".env") => Some(Syntax::Env),
        "justfile" if name == ".justfile" => Some(Syntax::Makefile),
        "" if matches!(name, "makefile" | "gnumakefile" | "justfile") => Some(Syntax::Makefile),
        "" if matches!(name, "dockerfile" | "containerfile") => Some(Syntax::Dockerfile),
        "" if in_environment(path) => Some(Syntax::Env),
        _ => None,
    };
    syntax.or(template.then_some(Syntax::Unknown))
}

fn in_environment(path: &Path) -> bool {
    let folder = path.parent().and_then(Path::file_name);
    ENVIRONMENT.iter().any(|name| folder == Some(OsStr::new(name)))
}

#[cfg(test)]
mod tests {
    use super::{Kind, kind};
    use crate::config::extract::Syntax;
    use std::path::Path;

    #[test]
    fn the_name_decides_how_a_file_is_read() {
        let cases = [
            (
                Kind::Configuration(Syntax::Yaml),
                "a.yaml A.YML a.yaml.j2 a.yml.tmpl.example a.json.tpl .env.yaml",
            ),
            (Kind::Configuration(Syntax::Json), "a.json tsconfig.jsonc a.json5 a.json.sample"),
            (Kind::Configuration(Syntax::Toml), "config.toml config.toml.tmpl config.toml.in"),
            (Kind::Configuration(Syntax::Cargo), "Cargo.toml app/Cargo.toml Cargo.toml.tmpl"),
            (Kind::Configuration(Syntax::Env), ".env .env.local .envrc .env.example a.env"),
            (Kind::Configuration(Syntax::Env), "/etc/default/kubelet /etc/sysconfig/kubelet"),
            (Kind::Configuration(Syntax::Shell), "run.sh run.bash run.zsh run.sh.j2"),
            (Kind::Configuration(Syntax::Unit), "kubelet.service a.socket"),
            (Kind::Configuration(Syntax::Dockerfile), "Dockerfile a.dockerfile"),
            (
                Kind::Configuration(Syntax::Makefile),
                "Makefile rules.mk Makefile.in justfile .justfile ci.just",
            ),
            (
                Kind::Configuration(Syntax::Unknown),
                "10-kubeadm.conf a.conf.j2 _helpers.tpl kubelet.j2 a.html.tmpl",
            ),
            (Kind::Unread("Terraform"), "main.tf prod.tfvars"),
            (Kind::Unread("HCL"), "terragrunt.HCL job.nomad"),
            (Kind::Unread("Jsonnet"), "k.jsonnet lib.libsonnet"),
            (Kind::Unread("Nix"), "flake.nix"),
            (Kind::Unread("source code"), "main.rs /etc/default/kubelet.rs index.ts"),
            (Kind::Unread("documentation"), "README.md README docs/INSTALL"),
            (Kind::Unread("a record"), "kubelet.log"),
            (Kind::Other, "a.PNG Cargo.lock"),
            (
                Kind::Unknown(Syntax::Unknown),
                "kubelet .gitignore a.yaml.bak a.example yaml user-data",
            ),
            (Kind::Unknown(Syntax::Unknown), "/etc/default/.hidden . / input.manifest"),
            (Kind::Unread("PowerShell"), "start.ps1"),
            (Kind::Unknown(Syntax::Text), "NOTES.txt user-data.TXT"),
        ];
        for (expected, paths) in cases {
            for path in paths.split(' ') {
                assert_eq!(kind(Path::new(path)), expected, "{path}");
            }
        }
    }
}
