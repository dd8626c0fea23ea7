//! What is known to be wrong. A case that becomes right fails the test until it is removed here.

/// The cases that are not right, with what is missing.
pub(crate) const KNOWN: &[(&str, &str)] = &[];

/// The cases that are not right with the built-in list of Kubernetes, with the difference.
pub(crate) const BUILT_IN: &[(&str, &str)] = &[
    ("68-kubeadm-own-gates", "kubeadm has no EtcdLearnerMode since 1.33, and its list is built in"),
    ("71-k3s-not-yet", "a gate that is deprecated in the history is removed in the list of 1.36"),
];

/// Where something is found or listed as not read, either of which is right: the case, the file, and the line if not the
/// whole file.
pub(crate) const MENTIONED: &[(&str, &str, Option<u32>)] = &[
    ("19-capi-envsubst-defaults", "input.yaml", None),
    ("20-terraform-variable-map", "input.tf", None),
    ("21-terraform-userdata-string", "input.tf", None),
    ("25-nixos-modules", "input.nix", None),
    ("27-bottlerocket-toml-in-yaml", "input.yaml", None),
    ("32-cloud-init", "user-data", Some(8)),
    ("52-juju-config", "set.sh", Some(4)),
    ("58-ansible-tasks", "input.yml", Some(16)),
    ("58-ansible-tasks", "input.yml", Some(17)),
    ("59-salt-sls", "input.sls", None),
    ("60-powershell-kubelet", "start.ps1", None),
    ("74-terraform-yaml-template", "kubelet-conf.yaml", Some(6)),
    ("74-terraform-yaml-template", "conf.yaml", Some(5)),
    ("76-env-indirection", "up.sh", Some(5)),
    ("76-env-indirection", "up.sh", Some(7)),
    ("76-env-indirection", "kubelet.service", Some(4)),
];

/// The kinds of wrong fixes that mutants still have. One that no longer occurs fails the test until it is removed here.
pub(crate) const KINDS: &[(&str, &str)] = &[];

/// Why some scripts do something else after a fix.
pub(crate) const SCRIPTS: Option<&str> = None;
