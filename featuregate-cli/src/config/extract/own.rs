//! The programs that gates are of, and what names them in a file.

use super::keys::{is_usual, letters_of, normal};

/// By what their charts, images, objects and keys are called; other words may follow.
const PROGRAMS: [&str; 29] = [
    "agones",
    "antrea",
    "aws-ebs-csi",
    "aws-load-balancer-controller",
    "cert-manager",
    "cluster-api-operator",
    "containerized-data-importer",
    "crossplane",
    "descheduler",
    "etcd",
    "external-provisioner",
    "external-secrets",
    "jobset",
    "karmada",
    "karpenter",
    "keda",
    "kruise",
    "kuberay",
    "kubevirt",
    "kueue",
    "node-feature-discovery",
    "nvidia-dra-driver",
    "openkruise",
    "opentelemetry-collector",
    "prometheus-operator",
    "snapshot-controller",
    "strimzi",
    "vertical-pod-autoscaler",
    "volcano",
];

/// Programs that take the gates of Kubernetes, or that start it with them.
pub(crate) const COMPONENTS: [&str; 15] = [
    "hyperkube",
    "k0s",
    "k3d",
    "k3s",
    "kind",
    "kube-apiserver",
    "kube-controller-manager",
    "kube-proxy",
    "kube-scheduler",
    "kubeadm",
    "kubelet",
    "microk8s",
    "minikube",
    "rke2",
    "talosctl",
];

/// `OpenShift`, which has most gates of Kubernetes and more of its own.
pub(crate) const OPENSHIFT: &str = "openshift";

/// The program of a chart, an object or a key with that name: `etcd-arg` is for etcd, and `kubevirt-config` for `KubeVirt`.
pub(crate) fn program(name: &str) -> Option<&'static str> {
    if name == "developerConfiguration" {
        return Some("kubevirt");
    }
    let begins_with = |program: &&str| {
        let mut letters = letters_of(name);
        letters_of(program).all(|letter| letters.next() == Some(letter))
    };
    PROGRAMS.into_iter().find(begins_with)
}

/// Who reads the gates under a key, where its words say that: `kubeadm_feature_gates`.
pub(super) fn reader(key: &str) -> Option<&'static str> {
    const PARTS: [&str; 5] =
        ["kubelet", "kubeapiserver", "kubecontroller", "kubescheduler", "kubeproxy"];
    if is_usual(key) {
        return None;
    }
    if let Some(own) = program(key) {
        return Some(own);
    }
    let key = normal(key);
    if key.contains("kubeadm") {
        return Some("kubeadm");
    }
    (key == "kubefeaturegates" || PARTS.iter().any(|part| key.contains(part)))
        .then_some("kubernetes")
}

/// The program whose name is among the words of a file's name.
pub(crate) fn program_of_file(name: &str) -> Option<&'static str> {
    let name = name.to_ascii_lowercase();
    PROGRAMS.into_iter().find(|program| name.contains(program))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_have_more_words_and_other_spellings() {
        for (name, expected) in [
            ("--etcd-arg", Some("etcd")),
            ("ETCD_FEATURE_GATES", Some("etcd")),
            ("certManager", Some("cert-manager")),
            ("kubevirt-config", Some("kubevirt")),
            ("developerConfiguration", Some("kubevirt")),
            ("my-etcd", None),
            ("kubelet", None),
        ] {
            assert_eq!(program(name), expected, "{name}");
        }
        assert_eq!(program_of_file("values-cert-manager.yaml"), Some("cert-manager"));
        assert_eq!(program_of_file("kubelet.conf"), None);
    }
}
