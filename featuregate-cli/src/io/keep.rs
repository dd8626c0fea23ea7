//! What belongs to a file besides its content: owner, group, permissions, and extended attributes, which include access
//! control lists.

use std::fs::{File, Metadata};
use std::{fmt, io};

/// What a file cannot have of another one.
#[derive(Debug)]
pub(crate) struct Lost {
    what: String,
    error: io::Error,
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "its {} cannot be kept: {}", self.what, self.error)
    }
}

fn lost(what: impl Into<String>) -> impl FnOnce(io::Error) -> Lost {
    move |error| Lost { what: what.into(), error }
}

/// Gives a new file everything of an old one that is not content.
pub(super) fn all(new: &File, old: &File, metadata: &Metadata) -> Result<(), Lost> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt as _, fchown};
        let owners = |metadata: &Metadata| (metadata.uid(), metadata.gid());
        let own = new.metadata().map_err(lost("owner"))?;
        if owners(&own) != owners(metadata) {
            let owner = lost("owner or group");
            fchown(new, Some(metadata.uid()), Some(metadata.gid())).map_err(owner)?;
        }
        // Another owner takes some permissions away, and a list of them adds some.
        new.set_permissions(metadata.permissions()).map_err(lost("permissions"))?;
        attributes(new, old)
    }
    #[cfg(not(unix))]
    {
        let _ = old;
        new.set_permissions(metadata.permissions()).map_err(lost("permissions"))
    }
}

#[cfg(unix)]
fn attributes(new: &File, old: &File) -> Result<(), Lost> {
    use xattr::FileExt as _;
    let unlisted = "extended attributes";
    // A file system without them has none.
    let names = |file: &File| match file.list_xattr() {
        Ok(names) => Ok(names.collect::<Vec<_>>()),
        Err(error) if error.kind() == io::ErrorKind::Unsupported => Ok(Vec::new()),
        Err(error) => Err(lost(unlisted)(error)),
    };
    let (of_old, of_new) = (names(old)?, names(new)?);
    let attribute =
        |name: &std::ffi::OsStr| lost(format!("extended attribute {}", name.to_string_lossy()));
    for name in &of_old {
        let value = old.get_xattr(name).map_err(attribute(name))?;
        if value != new.get_xattr(name).map_err(attribute(name))? {
            new.set_xattr(name, &value.unwrap_or_default()).map_err(attribute(name))?;
        }
    }
    // A folder may give a list of permissions to its new files.
    for name in of_new.iter().filter(|name| !of_old.contains(name)) {
        new.remove_xattr(name).map_err(attribute(name))?;
    }
    Ok(())
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::all;
    use std::fs::{self, File, Permissions};
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
    use xattr::FileExt as _;

    #[test]
    fn a_new_file_has_owner_permissions_and_attributes_of_the_old_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("old");
        fs::write(&path, "a").unwrap();
        // Only root can give a file to another user.
        let other = chown(&path, Some(65_534), Some(65_534)).is_ok();
        fs::set_permissions(&path, Permissions::from_mode(0o6751)).unwrap();
        let old = File::options().read(true).write(true).open(&path).unwrap();
        let name = "user.featuregate.test";
        let attributes = old.set_xattr(name, b"x").is_ok();
        let new = tempfile::tempfile_in(folder.path()).unwrap();
        all(&new, &old, &old.metadata().unwrap()).unwrap();
        let now = new.metadata().unwrap();
        assert_eq!(now.uid() == 65_534, other);
        assert_eq!(
            (now.uid(), now.gid()),
            (old.metadata().unwrap().uid(), old.metadata().unwrap().gid())
        );
        assert_eq!(now.mode() & 0o7777, 0o6751);
        assert_eq!(new.get_xattr(name).ok().flatten(), attributes.then(|| b"x".to_vec()));
        // What the old one does not have is removed.
        let bare = File::create(folder.path().join("bare")).unwrap();
        all(&new, &bare, &bare.metadata().unwrap()).unwrap();
        assert_eq!(new.get_xattr(name).ok().flatten(), None);
    }

    /// A list of permissions is an attribute that changes the permissions.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_new_file_has_the_list_of_permissions_of_the_old_one() {
        let folder = tempfile::tempdir().unwrap();
        let (old, new) =
            (File::create(folder.path().join("old")).unwrap(), tempfile::tempfile().unwrap());
        // The owner reads and writes, user 1 reads, the group, the mask and others as their numbers say.
        let mut list = vec![2, 0, 0, 0];
        for (tag, permission, id) in
            [(1, 6, u32::MAX), (2, 4, 1), (4, 0, u32::MAX), (16, 4, u32::MAX), (32, 0, u32::MAX)]
        {
            list.extend([tag, 0, permission, 0]);
            list.extend(u32::to_le_bytes(id));
        }
        let name = "system.posix_acl_access";
        let supported = old.set_xattr(name, &list).is_ok();
        all(&new, &old, &old.metadata().unwrap()).unwrap();
        assert_eq!(new.get_xattr(name).ok().flatten(), supported.then_some(list));
        assert_eq!(new.metadata().unwrap().mode(), old.metadata().unwrap().mode());
    }
}
