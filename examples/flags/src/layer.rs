//! What was changed while the database ran, in a file beside its data.

use std::fs::File;
use std::io::{self, BufReader, ErrorKind};
use std::path::Path;

use featuregate::RuntimeLayer;
use tempfile::NamedTempFile;

const NAME: &str = "experimental-features.json";

/// Reads the file; nothing was changed if it does not exist.
pub(crate) fn read(storage: &Path) -> io::Result<RuntimeLayer> {
    match File::open(storage.join(NAME)) {
        Ok(file) => serde_json::from_reader(BufReader::new(file)).map_err(io::Error::from),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(RuntimeLayer::new()),
        Err(error) => Err(error),
    }
}

/// Replaces the file as a whole.
pub(crate) fn write(storage: &Path, layer: &RuntimeLayer) -> io::Result<()> {
    let mut file = NamedTempFile::new_in(storage)?;
    serde_json::to_writer_pretty(&mut file, layer)?;
    file.persist(storage.join(NAME))?;
    Ok(())
}
