//! The folders in which the kernel shows its state. Some of their files wait for events, and none is configuration.

use std::path::Path;

/// Whether a folder belongs to the kernel.
pub(super) fn owns(folder: &Path) -> bool {
    #[cfg(target_os = "linux")]
    {
        /// The kinds of file systems that it has for itself: proc, sysfs, debugfs and tracefs.
        const KINDS: [u64; 4] = [0x9fa0, 0x6265_6572, 0x6462_6720, 0x7472_6163];
        let kind = rustix::fs::statfs(folder).map(|system| u64::try_from(system.f_type));
        matches!(kind, Ok(Ok(kind)) if KINDS.contains(&kind))
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = folder;
        false
    }
}

#[cfg(test)]
mod tests {
    use super::owns;
    use std::path::Path;

    #[test]
    fn the_folders_of_processes_and_devices_belong_to_the_kernel() {
        for folder in ["/proc", "/proc/self", "/sys"] {
            assert_eq!(owns(Path::new(folder)), cfg!(target_os = "linux"), "{folder}");
        }
        assert!(!owns(Path::new(env!("CARGO_MANIFEST_DIR"))));
        assert!(!owns(Path::new("/nowhere")));
    }
}
