//! The file that a process writes its records to.
//!
//! It is a text of lines, whose fields are separated by tabs: first the name of the format, its version and the program,
//! then for each gate that a test reads the enum, the gate, `on` or `off`, and the test. Each process has a file of its own,
//! and each line is written at once, so that processes do not disturb each other, and one that is killed leaves at most
//! one line incomplete.
#![expect(
    clippy::panic,
    reason = "it makes a test fail, since the report would be wrong without the record"
)]

use core::fmt::Write as _;
use std::env;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process;
use std::string::String;
use std::time::{SystemTime, UNIX_EPOCH};

/// The environment variable with the folder that a run of tests writes its records to.
pub(super) const VARIABLE: &str = "FEATUREGATE_RECORD";

/// The first two fields of a file.
const FORMAT: &str = "featuregate-record\t1";

pub(super) struct Record {
    file: File,
    folder: PathBuf,
}

impl Record {
    /// A new file in a folder, which is created if it does not exist.
    pub(super) fn create(folder: PathBuf) -> Self {
        match create(&folder) {
            Ok(file) => Self { file, folder },
            Err(error) => refuse(&folder, &error),
        }
    }

    pub(super) fn add(&self, of: &str, gate: &str, value: bool, test: Option<&str>) {
        let value = if value { "on" } else { "off" };
        let line = line(&[of, gate, value, test.unwrap_or_default()]);
        if let Err(error) = (&self.file).write_all(line.as_bytes()) {
            refuse(&self.folder, &error);
        }
    }
}

fn create(folder: &Path) -> io::Result<File> {
    fs::create_dir_all(folder)?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
    let names = (now..).map(|number| format!("{}-{number}.gates", process::id()));
    let create = |name| OpenOptions::new().append(true).create_new(true).open(folder.join(name));
    let taken = |file: &io::Result<File>| {
        file.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::AlreadyExists)
    };
    let mut files = names.map(create).skip_while(taken);
    let mut file = files.next().unwrap_or_else(|| Err(io::ErrorKind::AlreadyExists.into()))?;
    let program = line(&[&program()]);
    file.write_all(format!("{FORMAT}\t{program}").as_bytes())?;
    Ok(file)
}

/// The program whose tests these are. Cargo puts a hash into its name, which distinguishes programs of one name.
fn program() -> String {
    if let Ok(program) = env::var("NEXTEST_BINARY_ID") {
        return program;
    }
    let path = env::current_exe().unwrap_or_default();
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// The fields of a line, without characters that would end them.
fn line(fields: &[&str]) -> String {
    let mut line = String::new();
    for (number, field) in fields.iter().enumerate() {
        if number > 0 {
            line.push('\t');
        }
        for c in field.chars() {
            if c.is_control() || c == '\\' {
                // Writing to a text does not fail.
                let _ = write!(line, "{}", c.escape_default());
            } else {
                line.push(c);
            }
        }
    }
    line.push('\n');
    line
}

fn refuse(folder: &Path, error: &io::Error) -> ! {
    panic!(
        "cannot record in {} which gates are read: {error}; set {} to a folder that can be written to, or unset it",
        folder.display(),
        VARIABLE
    )
}
