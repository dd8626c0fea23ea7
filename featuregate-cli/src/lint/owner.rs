//! Whose gates a list sets: of several programs, the one that reads it.

use std::path::{Path, absolute};
use std::sync::OnceLock;

use featuregate_core::Version;
use ignore::overrides::Override;

use crate::config::extract::own::{OPENSHIFT, program_of_file};
use crate::config::extract::{Consumer, List, ListKind};
use crate::lint::target::Target;
use crate::program::builtin::{self, KUBEADM, KUBERNETES};
use crate::program::programs::Programs;
use crate::program::releases::Releases;

/// A program that reads the lists that match.
#[derive(Debug)]
pub(crate) struct Program {
    pub(crate) name: String,
    pub(crate) targets: Vec<Target>,
    pub(crate) matching: Matching,
}

/// Which lists a project says that a program reads; one of them suffices.
#[derive(Clone, Debug, Default)]
pub(crate) struct Matching {
    /// Files.
    pub(crate) paths: Option<Override>,
    /// Documents: a kind, or an apiVersion and a kind.
    pub(crate) kinds: Vec<Kind>,
    /// Names of commands, or of images without registry and tag.
    pub(crate) commands: Vec<String>,
}

/// A kind of document, of any apiVersion where none is given, and of any version where that has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Kind {
    pub(crate) api_version: Option<String>,
    pub(crate) kind: String,
}

impl Matching {
    fn matches(&self, path: &Path, consumer: &Consumer) -> bool {
        let of_path = self.paths.as_ref().is_some_and(|paths| {
            let path = absolute(path).unwrap_or_else(|_| path.to_owned());
            paths.matched(path, false).is_whitelist()
        });
        let of_kind = self.kinds.iter().any(|kind| kind.matches(consumer));
        let program = consumer.program.as_deref();
        of_path || of_kind || program.is_some_and(|name| self.commands.iter().any(|it| it == name))
    }
}

impl Kind {
    /// `Configuration`, or `config.kueue.x-k8s.io/Configuration`, or with a version between them.
    pub(crate) fn of(text: &str) -> Self {
        match text.rsplit_once('/') {
            Some((version, kind)) => {
                Self { api_version: Some(version.to_owned()), kind: kind.to_owned() }
            }
            None => Self { api_version: None, kind: text.to_owned() },
        }
    }

    fn matches(&self, consumer: &Consumer) -> bool {
        let of_version = |wanted: &str, found: &str| {
            found == wanted || found.strip_prefix(wanted).is_some_and(|rest| rest.starts_with('/'))
        };
        let version = match (&self.api_version, consumer.api_version.as_deref()) {
            (None, _) => true,
            (Some(wanted), found) => found.is_some_and(|found| of_version(wanted, found)),
        };
        version && consumer.kind.as_ref() == Some(&self.kind)
    }
}

/// The programs whose gates are known.
#[derive(Debug)]
pub(crate) struct Owners {
    /// The one that is meant where nothing names another.
    pub(crate) main: Vec<Target>,
    /// Whether that is Kubernetes as it is built in, and not a list of the user's own.
    built_in: bool,
    /// Whether a list of the user's own is one of Kubernetes, when first needed.
    of_kubernetes: OnceLock<bool>,
    /// The others; the first one that matches reads a list.
    others: Vec<Program>,
    /// Whether the gates of unknown programs are judged by the main one.
    strict: bool,
}

/// The reader of a list.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Owner<'a, 'c> {
    /// A program whose gates are known, at the releases that are asked for.
    Known(&'a [Target]),
    /// Another program.
    Unknown(&'c str),
    /// A map that is not of gates.
    Nobody,
}

/// That a list may be another program's.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Doubt<'c> {
    /// What that is called, if something shows it.
    pub(crate) reader: Option<&'c str>,
    pub(crate) remains: Remains,
}

/// When a doubt remains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Remains {
    /// Whatever names the list has.
    Always,
    /// Unless a name in it is nearly that of a gate.
    UnlessKnown,
    /// Unless a name in it begins like one.
    UnlessNamed,
}

impl Owners {
    /// One program reads everything.
    pub(crate) fn one(main: Vec<Target>) -> Self {
        let of_kubernetes = OnceLock::new();
        Self { main, built_in: false, of_kubernetes, others: Vec::new(), strict: false }
    }

    /// Programs at releases; an older program is judged at its newest one.
    pub(crate) fn of(programs: &Programs, targets: &[Version], strict: bool) -> Self {
        let others = programs.others.iter().map(|(name, releases)| Program {
            name: name.clone(),
            targets: at(releases, targets),
            matching: Matching::default(),
        });
        // A list of the user's own may be that of a component.
        let main = programs.main.clone();
        let main = if programs.is_built_in || programs.others.is_empty() {
            main
        } else {
            main.with_components(&programs.others)
        };
        Self {
            main: at(&main, targets),
            built_in: programs.is_built_in,
            of_kubernetes: OnceLock::new(),
            others: others.collect(),
            strict,
        }
    }

    /// The same with programs of which a project says what they read.
    pub(crate) fn with(mut self, programs: Vec<Program>) -> Self {
        self.others.retain(|known| programs.iter().all(|other| other.name != known.name));
        self.others.splice(0..0, programs);
        self
    }

    /// The program that reads what no other one does.
    pub(crate) fn main(&self) -> &[Target] {
        &self.main
    }

    /// The targets of all programs.
    pub(crate) fn all(&self) -> impl Iterator<Item = &[Target]> {
        let others = self.others.iter().map(|program| &*program.targets);
        std::iter::once(&*self.main).chain(others)
    }

    /// The reader of a list in a file.
    pub(crate) fn owner<'c>(&self, path: &Path, list: &'c List) -> Owner<'_, 'c> {
        let matches = |program: &&Program| program.matching.matches(path, &list.consumer);
        if let Some(program) = self.others.iter().find(matches) {
            return Owner::Known(&program.targets);
        }
        let Some(name) = program(list) else {
            let Consumer { kind, hint, .. } = &*list.consumer;
            let is_of = |program: &&Program| {
                let name = Some(&program.name);
                kind.as_ref() == name || hint.as_ref() == name
            };
            let named = self.others.iter().find(is_of);
            return Owner::Known(named.map_or(&self.main, |program| &program.targets));
        };
        if let Some(program) = self.others.iter().find(|program| program.name == name) {
            return Owner::Known(&program.targets);
        }
        // The list of another program is taken for everything that nothing else is known about.
        if name == KUBERNETES || self.strict || !self.is_kubernetes() {
            Owner::Known(&self.main)
        } else {
            Owner::Unknown(name)
        }
    }

    /// The reader of a gate in a list with that reader. Where only the kind of a document says that kubeadm reads it, it may
    /// be a part of one that has the gates of Kubernetes.
    pub(crate) fn of_gate<'a, 'c>(
        &'a self,
        owner: Owner<'a, 'c>,
        list: &List,
        gate: &str,
    ) -> Owner<'a, 'c> {
        let Consumer { program, api_version, kind, .. } = &*list.consumer;
        let is_part = program.is_none() && api_version.is_none() && kind.is_some();
        let knows = |targets: &[Target]| targets.iter().any(|target| target.resembles(gate));
        match owner {
            Owner::Known(targets) if is_part && !knows(targets) && knows(&self.main) => {
                Owner::Known(&self.main)
            }
            owner => owner,
        }
    }

    /// Whether a list that the main program would judge may be another one's, which depends on its names.
    pub(crate) fn doubt<'c>(&self, path: &Path, list: &'c List) -> Option<Doubt<'c>> {
        let consumer = &*list.consumer;
        if self.strict || program(list).is_some() {
            return None;
        }
        let hint = consumer.hint.as_deref();
        if let Some(own) = named_by(path).filter(|_| consumer.kind.is_none()) {
            return Some(Doubt { reader: Some(own), remains: Remains::Always });
        }
        let Some(kind) = consumer.kind.as_deref() else {
            let values = hint.is_some() || is_of_chart(path);
            if values && self.is_kubernetes() {
                return Some(Doubt { reader: hint, remains: Remains::UnlessKnown });
            }
            let nothing = consumer.program.is_none();
            return nothing.then_some(Doubt { reader: None, remains: Remains::UnlessNamed });
        };
        if !self.is_kubernetes() {
            return None;
        }
        let version = consumer.api_version.as_deref().unwrap_or_default();
        let group = version.split_once('/').map_or("", |(group, _)| group);
        if group.ends_with(".k8s.io") && group != "kustomize.config.k8s.io" {
            return None;
        }
        let is_own = |own: &&str| {
            group.strip_suffix(*own).is_some_and(|it| it.is_empty() || it.ends_with('.'))
        };
        // The configuration of a component, such as config.kueue.x-k8s.io.
        let configures =
            group.split('.').any(|label| label == "config") && !group.ends_with(".k8s.io");
        let own = configures || OWN_GROUPS.iter().any(is_own);
        let remains = if own { Remains::Always } else { Remains::UnlessKnown };
        let kind = own.then_some(kind);
        Some(Doubt { reader: hint.or(kind), remains })
    }

    /// Whether the main program is Kubernetes, also where the list is the user's own: most names are the same.
    fn is_kubernetes(&self) -> bool {
        self.built_in || *self.of_kubernetes.get_or_init(|| self.main.iter().any(is_of_kubernetes))
    }

    /// The releases by which a setting of an unknown program is judged. A list of the user's own is taken for everything,
    /// and that of Kubernetes for its gates in `OpenShift`, but a name that is not in it says nothing.
    pub(crate) fn judges(&self, program: &str, gate: &str) -> Option<&[Target]> {
        let judges = !self.built_in || program == OPENSHIFT;
        let known = judges && self.main.iter().any(|target| target.knows(gate));
        known.then_some(&self.main)
    }
}

/// A program at these releases, or at its newest one where it has no later one.
pub(crate) fn at(releases: &Releases, targets: &[Version]) -> Vec<Target> {
    let mut targets: Vec<Version> =
        targets.iter().map(|target| *target.min(&releases.newest())).collect();
    targets.dedup();
    targets.into_iter().filter_map(|target| releases.at(target)).map(Target::of).collect()
}

/// The name of the reader, where something identifies it: `kubernetes` for what takes the gates of Kubernetes.
fn program(list: &List) -> Option<&str> {
    let Consumer { program, api_version, kind, .. } = &*list.consumer;
    let Some(name) = program.as_deref() else {
        let kubeadm = || kind.as_deref().filter(|kind| KUBEADM_KINDS.contains(kind));
        let group = match api_version {
            Some(version) => version.split('/').next()?,
            None => kubeadm().map(|_| "kubeadm.k8s.io")?,
        };
        if group == "config.openshift.io" {
            return Some(OPENSHIFT);
        }
        // In documents that kubeadm reads, arguments are those of parts of Kubernetes.
        return if KUBEADM_GROUPS.contains(&group) {
            Some(if list.kind == ListKind::Map { KUBEADM } else { KUBERNETES })
        } else {
            KUBERNETES_GROUPS.contains(&group).then_some(KUBERNETES)
        };
    };
    // A script or an interpreter says nothing about the program that it runs.
    if SHELLS.contains(&name) || name.contains(['.', '$', '{']) {
        return None;
    }
    let of_kubernetes = PARTS.iter().any(|part| name.contains(part)) || RUNNERS.contains(&name);
    Some(if of_kubernetes { KUBERNETES } else { name })
}

/// The groups of documents that kubeadm reads, or that contain such documents.
const KUBEADM_GROUPS: [&str; 3] =
    ["kubeadm.k8s.io", "bootstrap.cluster.x-k8s.io", "controlplane.cluster.x-k8s.io"];

/// Documents that kubeadm reads, also where their `apiVersion` is left out, as in a patch.
const KUBEADM_KINDS: [&str; 3] = ["ClusterConfiguration", "InitConfiguration", "JoinConfiguration"];

/// The groups of documents that parts of Kubernetes read, or programs that pass gates on to them.
const KUBERNETES_GROUPS: [&str; 15] = [
    "anywhere.eks.amazonaws.com",
    "core.gardener.cloud",
    "eksctl.io",
    "k0s.k0sproject.io",
    "k0sctl.k0sproject.io",
    "k3d.io",
    "kind.x-k8s.io",
    "kops.k8s.io",
    "kubekey.kubesphere.io",
    "kubelet.config.k8s.io",
    "kubeproxy.config.k8s.io",
    "kubescheduler.config.k8s.io",
    "machineconfiguration.openshift.io",
    "node.eks.aws",
    "provisioning.cattle.io",
];

/// The groups of documents that have only gates of their own programs.
const OWN_GROUPS: [&str; 2] = ["kubevirt.io", "opentelemetry.io"];

/// The program with gates of its own whose configuration a file has, by its name; the values of a chart, also by their
/// folder's. What a script sets is not for one program.
fn named_by(path: &Path) -> Option<&'static str> {
    let is_script = path.extension().is_some_and(|ending| ending.to_string_lossy().ends_with("sh"));
    let name = |path: &Path| Some(path.file_name()?.to_string_lossy().into_owned());
    let folder = path.parent().filter(|_| is_of_chart(path));
    let names = [name(path).filter(|_| !is_script), folder.and_then(name)];
    names.into_iter().flatten().find_map(|name| program_of_file(&name))
}

/// Whether a file has the values of a chart, by its name.
fn is_of_chart(path: &Path) -> bool {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().to_ascii_lowercase());
    stem.is_some_and(|stem| stem.split(['-', '_', '.']).any(|word| word == "values"))
}

fn is_of_kubernetes(target: &Target) -> bool {
    let Ok(known) = builtin::releases(KUBERNETES) else { return false };
    let known = known.get(KUBERNETES).and_then(|known| known.at(known.newest()));
    let Some(known) = known else { return false };
    let (mut same, mut all) = (0, 0);
    for name in target.names() {
        all += 1;
        same += usize::from(known.manifest.get(name).is_some());
    }
    same * 2 > all
}

/// What the name of a part or distribution of Kubernetes contains, also where it is packaged under another name.
const PARTS: [&str; 11] = [
    "kubelet",
    "apiserver",
    "kube-controller-manager",
    "cloud-controller-manager",
    "kube-scheduler",
    "kube-proxy",
    "hyperkube",
    "k3s",
    "microk8s",
    "minikube",
    "rke2",
];

/// Programs that pass gates on to Kubernetes.
const RUNNERS: [&str; 18] = [
    "eksctl",
    "k0s",
    "k0sctl",
    "k3d",
    "kind",
    "kops",
    "kubectl",
    "kubekins-e2e",
    "kubernetes",
    "kubernetes-control-plane",
    "kubernetes-master",
    "kubernetes-node",
    "kubernetes-server",
    "kubernetes-worker",
    "kubetest",
    "kubetest2",
    "rke",
    "talosctl",
];

/// Programs that run others, here or on another machine.
const SHELLS: [&str; 24] = [
    "ash",
    "aws",
    "az",
    "bash",
    "busybox",
    "containerd",
    "crictl",
    "docker",
    "env",
    "exec",
    "gcloud",
    "juju",
    "nerdctl",
    "nohup",
    "nsenter",
    "podman",
    "salt-call",
    "sh",
    "snap",
    "ssh",
    "sudo",
    "systemd-run",
    "vagrant",
    "zsh",
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn list(kind: ListKind, program: Option<&str>, api_version: Option<&str>) -> List {
        let text = |text: &str| text.to_owned();
        let (program, api_version) = (program.map(text), api_version.map(text));
        let consumer = Consumer { program, api_version, ..Consumer::default() };
        List { kind, consumer: Arc::new(consumer) }
    }

    #[test]
    fn parts_of_kubernetes_are_one_program_and_shells_are_none() {
        for (name, expected) in [
            ("kubelet", Some(KUBERNETES)),
            ("kube-apiserver-amd64", Some(KUBERNETES)),
            ("k3s", Some(KUBERNETES)),
            ("kubeadm", Some(KUBEADM)),
            ("csi-provisioner", Some("csi-provisioner")),
            ("kueue-controller-manager", Some("kueue-controller-manager")),
            ("sudo", None),
            ("bootstrap.sh", None),
            ("$BINARY", None),
        ] {
            let arguments = list(ListKind::List, Some(name), None);
            assert_eq!(program(&arguments), expected, "{name}");
        }
        for (group, kind, expected) in [
            ("kubeadm.k8s.io/v1beta4", ListKind::Map, Some(KUBEADM)),
            ("kubeadm.k8s.io/v1beta4", ListKind::List, Some(KUBERNETES)),
            ("controlplane.cluster.x-k8s.io/v1beta1", ListKind::Map, Some(KUBEADM)),
            ("kind.x-k8s.io/v1alpha4", ListKind::Map, Some(KUBERNETES)),
            ("v1", ListKind::Map, None),
        ] {
            assert_eq!(program(&list(kind, None, Some(group))), expected, "{group}");
            // A command within a document counts more.
            let within = list(kind, Some("kubelet"), Some(group));
            assert_eq!(program(&within), Some(KUBERNETES));
        }
        assert_eq!(program(&list(ListKind::Map, None, None)), None);
    }

    #[test]
    fn a_kind_matches_documents_of_its_group_in_every_version() {
        let queue = Consumer {
            api_version: Some("queue.x-k8s.io/v1".to_owned()),
            kind: Some("Configuration".to_owned()),
            ..Consumer::default()
        };
        for (text, expected) in [
            ("Configuration", true),
            ("queue.x-k8s.io/Configuration", true),
            ("queue.x-k8s.io/v1/Configuration", true),
            ("queue.x-k8s.io/v2/Configuration", false),
            ("queue/Configuration", false),
            ("queue.x-k8s.io/Other", false),
        ] {
            assert_eq!(Kind::of(text).matches(&queue), expected, "{text}");
        }
    }
}
