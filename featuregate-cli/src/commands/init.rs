//! `featuregate init`.

use std::fs;
use std::io::{self, Write as _};
use std::path::{self, Path, PathBuf};

use clap::Args;
use ra_ap_syntax::SyntaxNode;
use ra_ap_syntax::ast::{self, AstNode as _, HasName as _};

use crate::change::dependencies::{self, Dependency, Source};
use crate::change::program;
use crate::code::tree::parse;
use crate::commands::output::{Console, Outcome};
use crate::commands::update;
use crate::error::Error;
use crate::io::replace;
use crate::io::text::with_line_ends_of;
use crate::lint::audit::Compared;
use crate::removal::files;
use crate::source::modules::{Instead, Root};
use crate::source::package::{Package, relative};
use crate::source::read;
use crate::source::selection::Selection;

/// Gives a package its first enum of gates: with a gate, a flag, a field of the configuration, and a test.
///
/// In a package that `cargo new` has just made, `src/main.rs` becomes a program that uses the gate. In another one, the program
/// stays as it is, but for the declaration of the new module, and the command shows what to add.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Init {
    /// The Cargo.toml of the package; by default the nearest one from the current directory upwards.
    #[arg(long, value_name = "FILE")]
    manifest_path: Option<PathBuf>,
    /// The package, if it is not the one of the Cargo.toml.
    #[arg(long, short, value_name = "NAME")]
    package: Option<String>,
    /// Takes featuregate from this clone of its repository, and not from the registry.
    #[arg(long, value_name = "DIR")]
    path: Option<PathBuf>,
    /// Shows the files, and writes nothing.
    #[arg(long)]
    dry_run: bool,
}

const EXAMPLES: &str = "\
Examples:
  A program whose gate the flag, the environment and a file can set:
    cargo new app && cd app
    featuregate init
    cargo run -- --help
    cargo run -- --feature-gates=Greeting=true
    cargo test
  The next gate:
    featuregate add Cache --doc 'Keeps pages in memory.'";

/// The module with the enum.
const FEATURES: &str = "features.rs";

/// A file that is written: its text before, if it exists, and after.
struct File {
    path: PathBuf,
    before: Option<String>,
    after: String,
}

/// What the code of the program gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// A new program.
    New,
    /// The module only.
    Module,
}

impl Init {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Error> {
        let package = Package::find(self.manifest_path.as_deref(), self.package.as_deref())?;
        refuse_second(&package)?;
        // The code of a package that has both is in its library.
        let root = package.library.clone().or(package.program.clone()).ok_or_else(|| {
            Error::new(format!("package {} has neither a program nor a library", package.name))
        })?;
        let (files, shape) = self.files(&package, &relative(root))?;
        if self.dry_run {
            for File { path, before, after } in &files {
                let shown = path.display().to_string();
                let before = before.as_deref().unwrap_or_default();
                console.show_diff((&shown, before), (&shown, after))?;
            }
            return Ok(Outcome::Clean);
        }
        for File { path, before, after } in &files {
            let shown = path.display();
            let written = match before {
                Some(before) if before == after => continue,
                Some(before) => {
                    replace::exchange(path, before.as_bytes(), after).map_err(Into::into)
                }
                None => replace::replace(path, after),
            };
            written
                .map_err(|error: io::Error| Error::new(format!("cannot write {shown}: {error}")))?;
            let what = if before.is_some() { "changed" } else { "new" };
            writeln!(console.out, "{shown} is {what}")?;
        }
        let selected = Selection::of_package(&package).read()?;
        update::write(&Compared::of(&selected, None)?, console)?;
        advise(shape, package.library.is_some(), console)?;
        Ok(Outcome::Clean)
    }

    /// The files that change, and what the code gets.
    fn files(&self, package: &Package, root: &Path) -> Result<(Vec<File>, Shape), Error> {
        let text = files::read(root)?;
        let new = program::main(&text).filter(|_| package.library.is_none());
        let shape = if new.is_some() { Shape::New } else { Shape::Module };
        let module = if package.library.is_some() { "pub mod features;" } else { "mod features;" };
        let changed = match new {
            Some(new) => new.to_owned(),
            // A second try.
            None if text.contains(module) => text.clone(),
            None => program::with_module(&text, module),
        };
        let features = root.with_file_name(FEATURES);
        refuse_module(root, &text)?;
        let expected = program::features(&package.name, package.version, shape == Shape::Module);
        let known = match fs::read_to_string(&features) {
            Ok(known) if known == expected => Some(known),
            Ok(_) => {
                return Err(Error::new(format!(
                    "{} already exists; move it away, or declare the enum by hand",
                    features.display()
                )));
            }
            Err(_) => None,
        };
        let manifest = package.folder.join("Cargo.toml");
        let before = files::read(&manifest)?;
        let after = dependencies::with(&before, &self.dependencies(shape)?)
            .map_err(|error| Error::file("read", &manifest, &error))?;
        let after = with_line_ends_of(&before, &after);
        let changed = with_line_ends_of(&text, &changed);
        let files = vec![
            File { path: manifest, before: Some(before), after },
            File { path: features, before: known, after: expected },
            File { path: root.to_owned(), before: Some(text), after: changed },
        ];
        Ok((files, shape))
    }

    /// What the code needs. Our crates are released together with this command.
    fn dependencies(&self, shape: Shape) -> Result<Vec<Dependency>, Error> {
        let ours = |name: &str| match &self.path {
            None => Ok(Source::Version(env!("CARGO_PKG_VERSION"))),
            Some(clone) => {
                let folder = clone.join(name);
                let found =
                    path::absolute(&folder).ok().filter(|it| it.join("Cargo.toml").is_file());
                found.map(Source::Path).ok_or_else(|| {
                    Error::new(format!(
                        "{} is not a crate; give a clone of the repository of featuregate with --path",
                        folder.display()
                    ))
                })
            }
        };
        let needed =
            |name, source, features| Dependency { name, source, features, of_tests: false };
        let of_program: &[&str] = match shape {
            Shape::New => &["clap", "serde"],
            Shape::Module => &[],
        };
        let mut dependencies = vec![needed("featuregate", ours("featuregate")?, of_program)];
        if shape == Shape::New {
            dependencies.push(needed("clap", Source::Version("4.5"), &["derive"]));
            dependencies.push(needed("serde", Source::Version("1.0"), &["derive"]));
            dependencies.push(needed("toml", Source::Version("1"), &[]));
        }
        let of_tests = needed("featuregate-test", ours("featuregate-test")?, &["record"]);
        dependencies.push(Dependency { of_tests: true, ..of_tests });
        Ok(dependencies)
    }
}

/// Refuses a package that has an enum already.
fn refuse_second(package: &Package) -> Result<(), Error> {
    let roots = package.roots.iter().cloned().map(Root::of_file).collect();
    let source = read::Source::read(roots, package.version, None, &Instead::default());
    let known = source.components.iter().map(|component| &component.first().name).next();
    match (known, source.diagnostics.first()) {
        (None, None) => Ok(()),
        (Some(name), _) => Err(Error::new(format!(
            "package {} already has the enum {name}; add gates to it with featuregate add",
            package.name
        ))),
        (None, Some(diagnostic)) => Err(Error::new(format!(
            "package {} already has gates, but {}; run `featuregate verify` to see more",
            package.name, diagnostic.message
        ))),
    }
}

/// Refuses a root that has another module of that name: in itself, or in a folder.
fn refuse_module(root: &Path, text: &str) -> Result<(), Error> {
    let folder = root.with_file_name("features").join("mod.rs");
    let tree = parse(text);
    let modules = tree.iter().flat_map(SyntaxNode::children).filter_map(ast::Module::cast);
    let mut modules = modules.filter(|module| module.item_list().is_some());
    let is_inline =
        modules.any(|module| module.name().is_some_and(|name| name.text() == "features"));
    let known = if is_inline { root } else { &folder };
    if !is_inline && !folder.is_file() {
        return Ok(());
    }
    Err(Error::new(format!(
        "the module features already exists, in {}; give it another name, or declare the enum by hand",
        known.display()
    )))
}

/// What comes next.
fn advise(shape: Shape, is_library: bool, console: &mut Console) -> io::Result<()> {
    let out = &mut console.out;
    match (shape, is_library) {
        (Shape::New, _) => {
            writeln!(out, "next: see the gate with cargo run -- --help, and run cargo test")
        }
        (Shape::Module, false) => writeln!(
            out,
            "next: in main, resolve and install the gates before the first check, as in\n    \
             features::Feature::resolver().flag(\"Greeting=true\").resolve()?.install()?;\n\
             the feature `clap` of featuregate has --feature-gates as arguments, and `serde` a map for configurations"
        ),
        (Shape::Module, true) => {
            writeln!(out, "next: check the gate with features::Feature::Greeting.enabled()")
        }
    }
}
