//! Writes scripts in which gates are set in every way that a shell has: words, quotes, variables, arrays, conditions,
//! patterns, functions, documents, pipes, substitutions.

use fastrand::Rng;

/// Writes parts of scripts.
pub(crate) struct Writer<'r> {
    pub(crate) rng: &'r mut Rng,
    bash: bool,
    depth: usize,
}

impl<'r> Writer<'r> {
    pub(crate) fn new(rng: &'r mut Rng, bash: bool) -> Self {
        Self { rng, bash, depth: 0 }
    }

    pub(crate) fn pick<'t>(&mut self, choices: &[&'t str]) -> &'t str {
        choices[self.rng.usize(..choices.len())]
    }

    pub(crate) fn one_in(&mut self, times: u8) -> bool {
        self.rng.u8(..times) == 0
    }

    /// Gates that are removed, and gates that are not.
    pub(crate) fn gates(&mut self) -> String {
        let removed = self.pick(&[
            "CSIMigration=true",
            "BlockVolume=true",
            "EphemeralContainers=true",
            "NodeSwap=true",
        ]);
        let good = self.pick(&["MemoryQoS=true", "APIServerIdentity=false", "ImageVolume=true"]);
        match self.rng.u8(..7) {
            0..3 => removed.to_owned(),
            3 => format!("{removed},{good}"),
            4 => format!("{good},{removed}"),
            5 => format!("{good},{removed},BlockVolume=false"),
            _ => format!("{removed},BlockVolume=true"),
        }
    }

    fn command(&mut self) -> &'static str {
        [
            "kubelet",
            "kube-apiserver",
            "k3s server",
            "kubeadm init",
            "/usr/bin/env kubelet",
            "exec-it kubelet run",
        ][self.rng.usize(..6)]
    }

    /// One or more words that set gates.
    fn argument(&mut self) -> String {
        let gates = self.gates();
        match self.rng.u8(..30) {
            0..5 => format!("--feature-gates={gates}"),
            5 => format!("--feature-gates {gates}"),
            6 => format!("\"--feature-gates={gates}\""),
            7 => format!("'--feature-gates={gates}'"),
            8 => format!("--feature-gates=\"{gates}\""),
            9 => format!("--feature-gates='{gates}'"),
            10 => format!("--feature-gates=\"{gates}\",MemoryQoS=true"),
            11 => format!("--feature-gates='{gates}',\"MemoryQoS=true\""),
            12 => format!("\"--feature-gates\"={gates}"),
            13 => format!("--feature-gates \"{gates}\""),
            14 => format!("--feature-gates={gates},$EXTRA"),
            15 => format!("--feature-gates=\"${{EXTRA}},{gates}\""),
            16 => format!("--feature-gates=${{NONE:-{gates}}}"),
            17 => format!("--feature-gates=\"${{NONE-{gates}}}\""),
            18 => format!("--feature-gates=$(echo {gates})"),
            19 => format!("--feature-gates=`echo {gates}`"),
            20 => format!("--kubelet-arg=feature-gates={gates}"),
            21 => format!("--kubelet-arg feature-gates={gates}"),
            22 => format!("--kubelet-extra-args '--v=2 --feature-gates={gates}'"),
            23 => format!("--kubelet-extra-args \"--feature-gates={gates}\""),
            24 => format!("--fea\"ture-gates\"={gates}"),
            25 => format!("--feature-gates=\\\n{gates}"),
            26 => format!("--feature-gates={gates}\\\n,MemoryQoS=true"),
            27 if self.bash => format!("$'--feature-gates={gates}'"),
            28 if self.bash => format!("{{--feature-gates={gates},--v=3}}"),
            _ => format!("-e FEATURE_GATES={gates}"),
        }
    }

    /// A call of a program with gates.
    fn call(&mut self) -> String {
        let command = self.command();
        let argument = self.argument();
        let sep = self.pick(&[" ", " ", "  ", " \\\n  ", " \\\n\t"]);
        let more =
            self.pick(&["", " --v=2", " \"$EXTRA\"", " 'a b'", " --x=\"it's\"", " \\\n  --last"]);
        let first = self.pick(&["", " --v=1", " run"]);
        let gates = self.gates();
        let before = match self.rng.u8(..14) {
            0 => format!("FEATURE_GATES={gates} "),
            1 => format!("A=\"--feature-gates={gates}\" "),
            2 => format!("KUBELET_EXTRA_ARGS='--v=2 --feature-gates={gates}' B=1 "),
            3 => format!("env FEATURE_GATES={gates} "),
            4 => "sudo ".to_owned(),
            _ => String::new(),
        };
        format!("{before}{command}{first}{sep}{argument}{more}")
    }

    /// A value in some quotes.
    fn quoted(&mut self, value: &str) -> String {
        match self.rng.u8(..4) {
            0 if !value.contains(' ') => value.to_owned(),
            1 => format!("'{value}'"),
            _ => format!("\"{value}\""),
        }
    }

    fn assignment(&mut self) -> String {
        let gates = self.gates();
        let (name, value) = match self.rng.u8(..6) {
            0 => ("FEATURE_GATES", gates),
            1 => ("GATES", gates),
            2 => ("KUBELET_EXTRA_ARGS", format!("--feature-gates={gates}")),
            3 => ("KUBELET_EXTRA_ARGS", format!("--v=2 --feature-gates={gates}")),
            4 => ("ARGS", format!("--feature-gates={gates} --v=2")),
            _ => ("K8S_FEATURE_GATES", gates),
        };
        let value = self.quoted(&value);
        let export = self.pick(&["", "", "export ", "export ", "readonly ", "declare -x "]);
        let export =
            if export.starts_with("readonly") || (export.starts_with("declare") && !self.bash) {
                ""
            } else {
                export
            };
        format!("{export}{name}={value}")
    }

    fn used(&mut self) -> String {
        let name = self.pick(&[
            "FEATURE_GATES",
            "GATES",
            "KUBELET_EXTRA_ARGS",
            "ARGS",
            "K8S_FEATURE_GATES",
        ]);
        let name = format!("{name}{}", if self.one_in(3) { ":-" } else { "" });
        match self.rng.u8(..12) {
            0 => format!("kubelet ${{{name}}} --v=3"),
            1 => format!("kubelet \"${{{name}}}\""),
            2 => format!("kubelet --feature-gates=${{{name}}}"),
            3 => format!("kubelet --feature-gates ${{{name}}} --v=3"),
            4 => format!("kubelet --feature-gates=\"${{{name}}}\" --v=3"),
            5 => format!("eval \"kubelet ${{{name}}} --v=3\""),
            6 => format!("if [ -n \"${{{name}}}\" ]; then kubelet given; else kubelet missing; fi"),
            7 => format!("for it in ${{{name}}}; do kubelet \"$it\"; done"),
            8 => format!(
                "case \"${{{name}}}\" in *Migration*) kubelet with;; *) kubelet without;; esac"
            ),
            9 => format!("echo \"args: ${{{name}}}\""),
            10 => format!("kubelet --config=/x --feature-gates=\"${{{name}}},MemoryQoS=true\""),
            _ => format!("set -- ${{{name}}} --v=3\nkubelet \"$@\""),
        }
    }

    /// A document that is given to a program, or written to a file.
    fn document(&mut self) -> String {
        let gate = self.pick(&["CSIMigration", "BlockVolume", "NodeSwap"]);
        let gates = self.gates();
        let lines = match self.rng.u8(..5) {
            0 => format!(
                "kind: KubeletConfiguration\nfeatureGates:\n  {gate}: true\n  MemoryQoS: true"
            ),
            1 => format!("kind: KubeletConfiguration\nfeatureGates:\n  {gate}: true\nport: $PORT"),
            2 => format!("apiServer:\n  extraArgs:\n    feature-gates: {gates}\n    v: \"2\""),
            3 => format!("KUBELET_EXTRA_ARGS=--feature-gates={gates}\nOTHER=1"),
            _ => format!(
                "{{\"kind\": \"KubeletConfiguration\", \"featureGates\": {{\"{gate}\": true}}, \"port\": 1}}"
            ),
        };
        let mark = self.pick(&["EOF", "'EOF'", "\"EOF\"", "-EOF", "E\\OF"]);
        let tabs = if mark.starts_with('-') { "\t" } else { "" };
        let body = lines.replace('\n', &format!("\n{tabs}"));
        let file = self.rng.u8(..4);
        let start = match self.rng.u8(..6) {
            0 => format!("cat <<{mark} > file{file}"),
            1 => format!("cat > file{file} <<{mark}"),
            2 => format!("cat <<{mark} | kind create cluster --config=-"),
            3 => format!("tee file{file} <<{mark} >/dev/null"),
            4 => format!("kubectl apply -f - <<{mark} && kubelet applied"),
            _ => format!("kubelet --config=file{file} --feature-gates={gates} <<{mark}"),
        };
        format!("{start}\n{tabs}{body}\n{tabs}EOF")
    }

    /// A program in a string, a message, or a comparison.
    fn text(&mut self) -> String {
        let gates = self.gates();
        let file = self.rng.u8(..4);
        match self.rng.u8(..16) {
            0 => format!("echo \"use --feature-gates={gates} here\""),
            1 => format!("echo 'KUBELET_EXTRA_ARGS=--feature-gates={gates}' > file{file}"),
            2 => format!("echo --feature-gates={gates} >> file{file}"),
            3 => format!("printf '%s\\n' \"--feature-gates={gates}\" > file{file}"),
            4 => format!(
                "echo \"--feature-gates={gates} --v=2\" > file{file}\nif grep -q -- '--feature-gates={gates}' file{file}; then kubelet found; fi"
            ),
            5 => format!(
                "echo x--feature-gates={gates} > file{file}\nsed -i 's/--feature-gates={gates}/--none/' file{file}"
            ),
            6 => format!(
                "echo \"--feature-gates={gates} y\" | awk '/--feature-gates={gates}/ {{ print \"--feature-gates={gates}\" }}' > file{file}"
            ),
            7 => format!(
                "X=\"--feature-gates={gates}\"\nif [ \"$X\" = \"--feature-gates={gates}\" ]; then kubelet same; else kubelet other; fi"
            ),
            8 => format!(
                "X='kubelet --feature-gates={gates} --v=2'\ncase \"$X\" in *--feature-gates={gates}*) kubelet same;; *) kubelet other;; esac"
            ),
            9 if self.bash => format!(
                "X=\"a --feature-gates={gates} b\"\nif [[ $X = *\"--feature-gates={gates}\"* ]]; then kubelet same; else kubelet other; fi"
            ),
            10 if self.bash => format!(
                "X=--feature-gates={gates}\n[[ $X =~ --feature-gates={gates} ]] && kubelet same"
            ),
            11 => format!(
                "X=--feature-gates={gates}\nkubelet \"${{X#--feature-gates=}}\" \"${{#X}}\""
            ),
            12 => format!("eval 'kubelet --feature-gates={gates} --v=2'"),
            13 => format!("sh -c \"kubelet --feature-gates={gates} --v=2\""),
            14 => format!("trap 'kubelet trap --feature-gates={gates}' EXIT"),
            _ => format!(
                "usage() {{ cat <<'EOF'\nusage: x [--feature-gates={gates}]\nEOF\n}}\nusage"
            ),
        }
    }

    fn list(&mut self) -> String {
        let gates = self.gates();
        let argument = self.argument();
        match self.rng.u8(..8) {
            0 if self.bash => {
                format!("ARGS=(--feature-gates={gates} --v=2)\nkubelet \"${{ARGS[@]}}\"")
            }
            1 if self.bash => format!(
                "ARGS=(\n  --v=2\n  \"--feature-gates={gates}\"\n)\nkubelet \"${{ARGS[@]}}\" \"${{#ARGS[@]}}\""
            ),
            2 if self.bash => format!("ARGS=()\nARGS+=({argument})\nkubelet \"${{ARGS[@]}}\""),
            3 if self.bash => format!(
                "declare -A MAP=([gates]=\"--feature-gates={gates}\" [v]=2)\nkubelet \"${{MAP[gates]}}\""
            ),
            4 => format!("set -- {argument} \"$@\"\nkubelet \"$@\" \"$#\""),
            5 => format!("for it in {argument} --v=2; do kubelet \"$it\"; done"),
            6 => format!("ARGS=--v=1\nARGS=\"$ARGS --feature-gates={gates}\"\nkubelet $ARGS"),
            _ => format!("set -- {argument}\nif [ $# -gt 0 ]; then kubelet \"$1\"; fi"),
        }
    }

    /// A statement within another one.
    fn nested(&mut self) -> String {
        if self.depth > 2 {
            return self.call();
        }
        let condition = self.pick(&["true", "false", "[ -f x ]", "[ ! -f x ]", "kubelet --check"]);
        let one = self.statement_below();
        let two = self.statement_below();
        match self.rng.u8(..14) {
            0 => format!("{condition} ||\n{one}\n{two}"),
            1 => format!("{condition} &&\n  {one}\n{two}"),
            2 => format!("if {condition}; then\n  {one}\nelse\n  {two}\nfi"),
            3 => format!("if ! {}; then kubelet failed; fi", self.call()),
            4 => format!("while kubelet --loop; do\n{one}\nbreak\ndone"),
            5 => format!("f() {{\n{one}\n}}\nf x y"),
            6 => format!("(\n{one}\n)"),
            7 => format!("{{ {}; kubelet after; }}", self.call()),
            8 => format!("X=$({})\nkubelet \"$X\"", self.call()),
            9 => format!("kubelet \"$({})\"", self.call()),
            10 => format!("echo in | {}", self.call()),
            11 => format!("{} > file0 2>&1", self.call()),
            12 => format!("case a in\n  a) {one} ;;\n  *) {two} ;;\nesac"),
            _ => format!("{condition} || {}; rm -rf data", self.call()),
        }
    }

    fn statement_below(&mut self) -> String {
        self.depth += 1;
        let statement = if self.one_in(3) { self.assignment() } else { self.statement() };
        self.depth -= 1;
        // What ends with the end of a document cannot be followed by something on its line.
        statement
            + if self.one_in(4) { "\n# a comment: --feature-gates=BlockVolume=true" } else { "" }
    }

    pub(crate) fn statement(&mut self) -> String {
        let statement = match self.rng.u8(..20) {
            0..6 => self.call(),
            6..9 => self.assignment(),
            9 | 10 => format!("{}\n{}", self.assignment(), self.used()),
            11 => self.used(),
            12 | 13 => self.document(),
            14 | 15 => self.text(),
            16 => self.list(),
            17 => format!("{} && {}", self.call(), self.call()),
            _ => self.nested(),
        };
        let comment = self.one_in(10) && !statement.ends_with("EOF");
        statement + if comment { "  # --feature-gates=CSIMigration=true" } else { "" }
    }
}
