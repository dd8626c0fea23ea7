//! What is known to be wrong. A case that becomes right fails the test until it is removed here.

/// The cases that are not right, with what is missing.
pub(crate) const KNOWN: &[(&str, &str)] = &[
    ("06-openshift-customnoupgrade", "the lists of OpenShift are not read"),
    ("13-k3d-node-filters", "the node filter is taken for a part of the value"),
    ("14-k3d-config-file", "the filters of an argument that is removed are left"),
    ("17-yaml-arg-literal-quotes", "quotes in an argument without a shell are taken off"),
    ("19-capi-envsubst-defaults", "a removed gate with a variable as its value is not found"),
    ("27-bottlerocket-toml-in-yaml", "TOML in YAML is not read"),
    ("32-cloud-init", "base64 in user data is not read"),
    ("36-sed-replacement", "programs of sed and awk are taken for arguments"),
    ("37-bash-heredoc-yaml", "documents in a script are not read"),
    ("38-kubectl-patch-json", "JSON in the argument of a command is not read"),
    ("42-helm-set-dotted", "values that helm sets are not read"),
    ("46-statsig-and-saas-gates", "objects that are not gates are taken for gates"),
    ("49-ocm-feature-mode", "a gate with a mode is not read"),
    ("51-agones-query-string", "a query string is not read"),
    ("54-rke-yaml-anchors", "an anchor that aliases use is removed"),
    ("58-ansible-tasks", "a regular expression is taken for a setting"),
    ("59-salt-sls", "a fix removes what a template inserts"),
    ("62-kubelet-quoted-bool", "the types of a kubelet's configuration do not apply"),
    ("66-k3s-service-unit", "an option is left without its value"),
    ("68-kubeadm-own-gates", "the gates of kubeadm are taken for those of Kubernetes"),
    ("69-csi-sidecar-topology", "the gates of a sidecar are taken for those of Kubernetes"),
    ("74-terraform-yaml-template", "a template makes what follows unreadable"),
    ("76-env-indirection", "a pattern is taken for a setting"),
    ("92-prefixed-variable-names", "names in camel case are not known"),
];

/// Where something must be found or listed as not read: the case, the file, and the line if not the whole file.
pub(crate) const MENTIONED: &[(&str, &str, Option<u32>)] = &[
    ("19-capi-envsubst-defaults", "input.yaml", None),
    ("20-terraform-variable-map", "input.tf", None),
    ("21-terraform-userdata-string", "input.tf", None),
    ("25-nixos-modules", "input.nix", None),
    ("27-bottlerocket-toml-in-yaml", "input.yaml", None),
    ("32-cloud-init", "user-data", Some(8)),
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
pub(crate) const KINDS: &[(&str, &str)] = &[
    ("new", "quotes in quotes are not kept together, and an unknown mode is taken for a gate"),
    ("parse", "an anchor that aliases use is removed, and the end of a document is left alone"),
    ("promise", "a fix is promised that cannot be made"),
    ("tree", "a key of an object is removed"),
    ("unreadable", "a text that cannot be read is changed"),
];

/// Why some scripts do something else after a fix.
pub(crate) const SCRIPTS: Option<&str> =
    Some("a script is read as lines, not as the shell reads it");
