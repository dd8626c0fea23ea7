//! Files that start programs, or that such files read: scripts, units, images, make files, workflows.

use fastrand::Rng;

use crate::shell::Writer;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Bash,
    Sh,
    Make,
    Environment,
    Unit,
    Docker,
    Workflow,
}

/// A file as its parts, so that it can be shortened.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    pub(crate) kind: Kind,
    pub(crate) head: String,
    pub(crate) parts: Vec<String>,
}

impl Sample {
    pub(crate) fn text(&self) -> String {
        format!("{}{}\n", self.head, self.parts.join("\n"))
    }

    /// The name of such a file.
    pub(crate) fn name(&self) -> &'static str {
        match self.kind {
            Kind::Bash | Kind::Sh => "script.sh",
            Kind::Make => "Makefile",
            Kind::Environment => "kubelet.env",
            Kind::Unit => "kubelet.service",
            Kind::Docker => "Dockerfile",
            Kind::Workflow => "ci.yaml",
        }
    }

    pub(crate) fn generate(rng: &mut Rng) -> Self {
        let kind = match rng.u8(..20) {
            0..8 => Kind::Bash,
            8..13 => Kind::Sh,
            13 => Kind::Make,
            14 => Kind::Environment,
            15 | 16 => Kind::Unit,
            17 | 18 => Kind::Docker,
            _ => Kind::Workflow,
        };
        let count = rng.usize(1..6);
        let mut writer = Writer::new(rng, matches!(kind, Kind::Bash | Kind::Workflow));
        let parts = (0..count).map(|at| match kind {
            Kind::Bash | Kind::Sh => writer.statement(),
            Kind::Make => writer.make(at),
            Kind::Environment => writer.environment(),
            Kind::Unit => writer.unit(),
            Kind::Docker => writer.image(),
            Kind::Workflow => writer.step(),
        });
        let parts = parts.collect();
        let options = [
            "",
            "set -e\n",
            "set -u\n",
            "set -eu\n",
            "# --feature-gates=BlockVolume=true was here\n",
        ];
        let options = options[rng.usize(..options.len())];
        let head = match kind {
            Kind::Bash => {
                format!("{}\n{options}", ["#!/bin/bash", "#!/usr/bin/env bash"][rng.usize(..2)])
            }
            Kind::Sh => format!("#!/bin/sh\n{options}"),
            Kind::Make => "ARGS = --v=1\nall: a0 a1 a2 a3 a4 a5\na0 a1 a2 a3 a4 a5: ;\n".to_owned(),
            Kind::Environment => String::new(),
            Kind::Unit => "[Unit]\nDescription=x\n[Service]\n".to_owned(),
            Kind::Docker => "FROM scratch\n".to_owned(),
            Kind::Workflow => "on: push\njobs:\n  a:\n    steps:\n".to_owned(),
        };
        Self { kind, head, parts }
    }
}

impl Writer<'_> {
    /// A rule or a variable of a make file.
    fn make(&mut self, at: usize) -> String {
        let gates = self.gates();
        let comment = self.pick(&["", "", "# --feature-gates=NodeSwap=true\n"]);
        let text = match self.rng.u8(..9) {
            0 => format!("ARGS += --feature-gates={gates}\na{at}::\n\tkubelet $(ARGS)"),
            1 => format!(
                "FEATURE_GATES ?= {gates}\na{at}::\n\tkubelet --feature-gates=$(FEATURE_GATES)"
            ),
            2 => format!(
                "FEATURE_GATES := {gates}\nifneq ($(FEATURE_GATES),)\na{at}::\n\tkubelet given\nendif"
            ),
            3 => format!(
                "a{at}:: export FEATURE_GATES = {gates}\na{at}::\n\tkubelet $$FEATURE_GATES"
            ),
            4 => format!("a{at}::\n\t@kubelet run \\\n\t  --feature-gates={gates} \\\n\t  --last"),
            5 => format!("a{at}::\n\tFEATURE_GATES={gates} kubelet $(ARGS)"),
            6 => format!("a{at}::\n\tfor it in --feature-gates={gates}; do kubelet $$it; done"),
            7 => format!(
                "define run\n\tkubelet $(1) --feature-gates={gates}\nendef\na{at}::\n\t$(call run,x)"
            ),
            _ => format!(
                "a{at}::\n\tkubelet --v=1 --feature-gates={gates} # end\n\t-kubeadm init --feature-gates {gates} --v=1"
            ),
        };
        format!("{comment}{text}")
    }

    fn environment(&mut self) -> String {
        let gates = self.gates();
        let comment = self.pick(&["", "", "# --feature-gates=NodeSwap=true\n", "\n"]);
        let export = self.pick(&["", "", "export "]);
        let text = match self.rng.u8(..11) {
            0 => format!("FEATURE_GATES={gates}"),
            1 => format!("FEATURE_GATES=\"{gates}\""),
            2 => format!("KUBELET_EXTRA_ARGS='--feature-gates={gates} --v=2'"),
            3 => format!("KUBELET_EXTRA_ARGS=\"--v=2 --feature-gates={gates}\""),
            4 => format!("ARGS=--feature-gates={gates}"),
            5 => format!("ARGS=\"--v=2 \\\n--feature-gates={gates} \\\n--x\""),
            6 => format!("ARGS=\"--v=2 --feature-gates {gates} --x='a b'\""),
            7 => format!("ARGS=\"--feature-gates={gates}\n --v=2\""),
            8 => format!("ARGS=$B:--feature-gates={gates}"),
            9 => format!("ARGS=x\"--feature-gates={gates}\""),
            _ => format!("A=\"--feature-gates=$B{gates}\""),
        };
        format!("{comment}{export}{text}")
    }

    fn unit(&mut self) -> String {
        let gates = self.gates();
        let comment = self.pick(&["", "", "# --feature-gates=NodeSwap=true\n", "; x\n"]);
        let text = match self.rng.u8(..16) {
            0 => format!("Environment=FEATURE_GATES={gates}"),
            1 => format!("Environment=\"KUBELET_EXTRA_ARGS=--feature-gates={gates} --v=2\" B=1"),
            2 => format!("Environment='A=--feature-gates={gates}'"),
            3 => format!("Environment=B=1 FEATURE_GATES={gates} A=2"),
            4 => format!("ExecStart=/usr/bin/kubelet --feature-gates={gates} --v=2"),
            5 => format!(
                "ExecStart=/usr/bin/kubelet --v=2 \\\n  --feature-gates={gates} \\\n  --last"
            ),
            6 => format!(
                "ExecStart=/usr/bin/kubelet \\\n  # a comment\n  \"--feature-gates={gates}\""
            ),
            7 => format!("ExecStart=/usr/bin/kubelet --v=2 \\\n  --feature-gates={gates}"),
            8 => format!("ExecStartPre=-/bin/sh -c 'kubelet --feature-gates={gates} --v=2'"),
            9 => format!("ExecStart=/usr/bin/kubelet --feature-gates {gates} $ARGS"),
            10 => format!(
                "ExecStart=\nExecStart=/usr/bin/k3s server '--kubelet-arg=feature-gates={gates}' --x"
            ),
            11 => format!("ExecStart=/usr/bin/kubelet --feature-gates=\"{gates}\",MemoryQoS=true"),
            12 => {
                format!("ExecStart=/usr/bin/k3s server --kubelet-arg feature-gates={gates} --last")
            }
            13 => format!("Environment=A=$B:--feature-gates={gates}"),
            14 => format!("Environment=A=x\"--feature-gates={gates}\""),
            _ => format!("ExecReload=/bin/sh -c \"A='--feature-gates={gates}' kubelet run\""),
        };
        format!("{comment}{text}")
    }

    /// An instruction of a Dockerfile.
    fn image(&mut self) -> String {
        let gates = self.gates();
        let comment = self.pick(&["", "", "# --feature-gates=NodeSwap=true\n"]);
        let text = match self.rng.u8(..14) {
            0 => format!("ENV FEATURE_GATES={gates}"),
            1 => format!("ENV FEATURE_GATES={gates} B=1"),
            2 => format!("ENV FEATURE_GATES {gates}"),
            3 => format!("ENV ARGS=\"--feature-gates={gates} --v=2\" \\\n    B=1"),
            4 => format!("ARG FEATURE_GATES={gates}"),
            5 => format!("CMD [\"kubelet\", \"--feature-gates={gates}\", \"--v=2\"]"),
            6 => format!("CMD [\"kubelet\", \"--feature-gates\", \"{gates}\"]"),
            7 => format!("ENTRYPOINT [\"sh\", \"-c\", \"kubelet --feature-gates={gates} --v=2\"]"),
            8 => format!("CMD kubelet --feature-gates={gates} --v=2"),
            9 => format!(
                "RUN kubelet --v=1 \\\n    --feature-gates={gates} \\\n    && kubelet --last"
            ),
            10 => format!("RUN kubelet --v=1 \\\n# a comment\n    --feature-gates={gates}"),
            11 => format!(
                "RUN FEATURE_GATES={gates} kubelet run && [ -n x ] || A=\"--feature-gates={gates}\" kubelet run"
            ),
            12 => format!("LABEL run=\"kubelet --feature-gates={gates}\" b=c"),
            _ => format!("RUN echo 'ARGS=--feature-gates={gates}' > file"),
        };
        format!("{comment}{text}")
    }

    /// A step of a workflow.
    fn step(&mut self) -> String {
        let gates = self.gates();
        if self.one_in(5) {
            return format!(
                "    - name: x\n      env:\n        FEATURE_GATES: {gates}\n        A: b"
            );
        }
        let script = self.statement();
        let lines: String = script
            .lines()
            .map(|line| if line.is_empty() { "\n".into() } else { format!("        {line}\n") })
            .collect();
        format!("    - run: |\n{}", lines.trim_end_matches('\n'))
    }
}
