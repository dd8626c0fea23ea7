//! Which files are configuration, by their names.

use std::ffi::OsStr;
use std::path::Path;

use crate::config::extract::Syntax;

/// What ends the name of a template, whatever becomes of it.
const TEMPLATE: &[&str] =
    &["tpl", "tmpl", "gotmpl", "gotpl", "tftpl", "ctmpl", "j2", "jinja", "jinja2"];

/// What ends the name of a file that another is made from.
const DRAFT: &[&str] = &["in", "dist", "example", "sample", "template", "default"];

/// Folders whose files are environment files without an ending, as of Debian and Red Hat.
const ENVIRONMENT: &[&str] = &["default", "sysconfig"];

/// How a file of that name is read; `None` if it does not look like configuration.
///
/// ```
/// use std::path::Path;
/// use featuregate_cli::{extract::Syntax, walk::name::syntax};
///
/// assert_eq!(syntax(Path::new("deploy/kubelet.yaml.j2")), Some(Syntax::Yaml));
/// assert_eq!(syntax(Path::new("src/main.rs")), None);
/// ```
#[must_use]
pub fn syntax(path: &Path) -> Option<Syntax> {
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
        "yaml" | "yml" => Some(Syntax::Yaml),
        // With template actions it is not JSON, but it may be YAML with actions.
        "json" | "jsonc" | "json5" if template => Some(Syntax::Yaml),
        "json" | "jsonc" | "json5" => Some(Syntax::Json),
        "toml" => Some(Syntax::Toml),
        "env" | "service" | "sh" | "bash" | "zsh" => Some(Syntax::Lines),
        // Of systemd it is lines, of the kubelet YAML.
        "conf" => Some(Syntax::Unknown),
        _ if name.starts_with(".env") => Some(Syntax::Lines),
        "" if in_environment(path) => Some(Syntax::Lines),
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
    use super::syntax;
    use crate::config::extract::Syntax;
    use std::path::Path;

    #[test]
    fn the_name_decides_how_a_file_is_read() {
        let cases = [
            (Some(Syntax::Yaml), "a.yaml A.YML a.yaml.j2 a.yml.tmpl.example a.json.tpl .env.yaml"),
            (Some(Syntax::Json), "a.json tsconfig.jsonc a.json5 a.json.sample"),
            (Some(Syntax::Toml), "config.toml config.toml.tmpl config.toml.in"),
            (Some(Syntax::Lines), ".env .env.local .envrc .env.example a.env kubelet.service"),
            (Some(Syntax::Lines), "run.sh run.bash run.zsh run.sh.j2"),
            (Some(Syntax::Lines), "/etc/default/kubelet /etc/sysconfig/kubelet"),
            (
                Some(Syntax::Unknown),
                "10-kubeadm.conf a.conf.j2 _helpers.tpl kubelet.j2 a.html.tmpl",
            ),
            (None, "main.rs README.md kubelet .gitignore a.yaml.bak Makefile.in a.example yaml"),
            (None, "/etc/default/kubelet.rs /etc/default/.hidden . /"),
        ];
        for (expected, paths) in cases {
            for path in paths.split(' ') {
                assert_eq!(syntax(Path::new(path)), expected, "{path}");
            }
        }
    }
}
