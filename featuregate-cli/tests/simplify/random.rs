//! Random programs of checks do the same after the gate is removed, and comments stay with the code that stays.

use std::env;
use std::fmt::Write as _;
use std::num::NonZero;
use std::sync::Mutex;
use std::thread;

use fastrand::Rng;

use crate::batch::{Case, differences};
use crate::with;

/// How many programs are compiled as one.
const BATCH: usize = 50;

/// How many programs there are if the variable does not say so.
const USUAL: usize = 100;

/// The variable that sets the number of programs. `.ci/full` uses 20,000.
const VARIABLE: &str = "FEATUREGATE_SIMPLIFY_PROGRAMS";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Bool,
    Number,
}

/// A program that is being written.
struct Program {
    random: Rng,
    text: String,
    /// The variables that can be read, by scope.
    variables: Vec<(String, Kind)>,
    /// How many numbers were printed.
    printed: usize,
    /// The labels of the loops around.
    loops: Vec<String>,
    indentation: usize,
}

impl Program {
    fn of(seed: u64) -> String {
        let mut program = Self {
            random: Rng::with_seed(seed),
            text: HELPERS.to_owned(),
            variables: Vec::new(),
            printed: 0,
            loops: Vec::new(),
            indentation: 0,
        };
        program.line("fn run(n: u32, flag: bool) -> u32 {");
        program.variables = vec![("n".to_owned(), Kind::Number), ("flag".to_owned(), Kind::Bool)];
        program.block(4, true);
        program.line("}");
        program.text.push_str(MAIN);
        program.text
    }

    fn chance(&mut self, percent: u32) -> bool {
        self.random.u32(0..100) < percent
    }

    fn line(&mut self, text: &str) {
        for line in text.lines() {
            writeln!(self.text, "{}{line}", "    ".repeat(self.indentation)).unwrap();
        }
    }

    /// The statements of a block, and a number as its value if requested.
    fn block(&mut self, depth: usize, is_value: bool) {
        let known = self.variables.len();
        self.indentation += 1;
        let statements = self.random.usize(1..4);
        for _ in 0..statements {
            self.statement(depth);
        }
        if is_value {
            if self.chance(25) && depth > 0 {
                let condition = self.boolean(2);
                self.line(&format!("if {condition} {{"));
                self.block(depth - 1, true);
                self.line("} else {");
                self.block(depth - 1, true);
                self.line("}");
            } else {
                let value = self.number(2);
                self.line(&value);
            }
        }
        self.indentation -= 1;
        self.variables.truncate(known);
    }

    fn print(&mut self) {
        self.printed += 1;
        let number = self.printed;
        if self.chance(50) {
            self.line(&format!("// About {number}."));
        }
        match self.random.u32(0..4) {
            0 => {
                let value = self.boolean(1);
                self.line(&format!("println!(\"{number} {{}}\", {value});"));
            }
            1 => {
                let value = self.number(1);
                self.line(&format!("println!(\"{number} {{:?}}\", {value}); // At {number}."));
            }
            _ => self.line(&format!("println!(\"{number}\");")),
        }
    }

    fn statement(&mut self, depth: usize) {
        if depth == 0 {
            return self.print();
        }
        match self.random.u32(0..40) {
            22..=28 => self.less_usual(depth),
            29..=35 => self.rare(depth),
            36.. => self.owned(depth),
            0..=2 => self.print(),
            3..=6 => self.choice(depth),
            7 | 8 => self.declare(Kind::Bool),
            9 => self.declare(Kind::Number),
            10 => self.matched(depth),
            11 => self.repeat(depth),
            12 => self.jump(),
            13 => {
                let value = self.boolean(2);
                self.line(&format!("assert!({value} || true, \"never\");"));
            }
            14 => {
                self.line("{");
                self.block(depth - 1, false);
                self.line("}");
            }
            15 => self.closure(depth),
            16 => {
                let condition = self.boolean(1);
                self.line(&format!("let size: Option<u32> = ({condition}).then(|| size_of(3));"));
                self.line("println!(\"{size:?}\");");
            }
            17 => {
                let (condition, one, other) = (self.boolean(2), self.number(1), self.number(1));
                self.line(&format!("let number = if {condition} {{ {one} }} else {{ {other} }};"));
                self.variables.push(("number".to_owned(), Kind::Number));
            }
            18 => {
                let condition = self.boolean(1);
                self.line(&format!("if let Some(found) = find(n) && ({condition}) {{"));
                self.variables.push(("found".to_owned(), Kind::Number));
                self.block(depth - 1, false);
                self.variables.pop();
                self.line("}");
            }
            19 => {
                self.line("let kept = {");
                self.block(depth - 1, true);
                self.line("};");
                self.variables.push(("kept".to_owned(), Kind::Number));
            }
            20 => {
                let (value, name) = (self.boolean(1), self.name());
                self.line(&format!("let {name} = {value};"));
                self.line(&format!("println!(\"{{{name}}} {{}}\", {name});"));
                self.variables.push((name, Kind::Bool));
            }
            _ => {
                let (condition, otherwise) = (self.boolean(1), self.number(0));
                let value = self.number(1);
                self.line(&format!(
                    "println!(\"{{}}\", ({condition}).then(|| {value}).unwrap_or({otherwise}));"
                ));
            }
        }
    }

    /// Statements that programs have less often.
    fn less_usual(&mut self, depth: usize) {
        self.printed += 1;
        let id = self.printed;
        match self.random.u32(0..8) {
            0 => {
                let (condition, value) = (self.boolean(1), self.number(1));
                self.line(&format!("let Some(held) = ({condition}).then(|| {value}) else {{"));
                let value = self.number(1);
                self.line(&format!("    println!(\"held {id}\");\n    return {value};\n}};"));
                self.variables.push(("held".to_owned(), Kind::Number));
            }
            1 => {
                let (condition, value) = (self.boolean(1), self.number(1));
                self.line(&format!("if let Some(held) = ({condition}).then(|| {value}) {{"));
                self.variables.push(("held".to_owned(), Kind::Number));
                self.block(depth - 1, false);
                self.variables.pop();
                if self.chance(50) {
                    self.line("} else {");
                    self.block(depth - 1, false);
                }
                self.line("}");
            }
            2 => self.labelled(depth, id),
            3 => self.loop_with_value(id),
            4 => {
                let (one, other) = (self.boolean(1), self.boolean(1));
                let operator = ["&=", "|=", "^=", "="][self.random.usize(0..4)];
                self.line(&format!("let mut all = {one};\nall {operator} {other};"));
                self.variables.push(("all".to_owned(), Kind::Bool));
            }
            5 => {
                let (one, other) = (self.boolean(1), self.boolean(1));
                self.line("match find(n) {");
                self.arms(&[&format!("Some(x) if ({one}) && x > 1"), "Some(1 | 2)"], depth, false);
                self.arms(&[&format!("None if {other}"), "None", "Some(_)"], depth, true);
            }
            6 => {
                // Values with ends that are seen.
                let condition = self.boolean(1);
                self.line(&format!("let _end = Ends({id});\nif {condition} {{"));
                self.line(&format!("    let _end = Ends({});", id + 1000));
                self.block(depth - 1, false);
                self.line("}");
            }
            _ => {
                let (condition, value) = (self.boolean(1), self.number(1));
                self.line(&format!("let end = if {condition} {{\n    let last = Ends({id});"));
                self.line(&format!("    {value}.wrapping_add(last.0)\n}} else {{"));
                let value = self.number(1);
                self.line(&format!("    Ends({}).0.max({value})\n}};", id + 1000));
                self.variables.push(("end".to_owned(), Kind::Number));
            }
        }
    }

    /// Statements about several names, closures and items.
    fn rare(&mut self, depth: usize) {
        self.printed += 1;
        let id = self.printed;
        match self.random.u32(8..17) {
            8 => {
                let (one, other, value) = (self.boolean(1), self.boolean(1), self.number(1));
                self.line(&format!("let several: Vec<u32> = [n, 1, {value}]\n    .into_iter()\n    .filter(|each| *each > 0 && ({one}))"));
                self.line(&format!("    // About the map.\n    .map(|n| if {other} {{ n.wrapping_add(1) }} else {{ n }})\n    .collect();\nprintln!(\"{{several:?}}\");"));
            }
            9 => {
                let (one, other) = (self.boolean(1), self.number(1));
                self.line(&format!(
                    "let tried = (|| -> Result<u32, String> {{\n    let tried = checked(n, {one})?;"
                ));
                let condition = self.boolean(1);
                self.line(&format!("    if {condition} {{\n        checked({other}, flag)?;\n    }}\n    Ok(tried)\n}})();\nprintln!(\"{{tried:?}}\");"));
            }
            10 => {
                let (condition, on) = (self.boolean(1), self.boolean(1));
                self.line(&format!("if {condition} {{\n    const LIMIT: u32 = {id};\n    fn twice(n: u32) -> u32 {{\n        n.wrapping_mul(2)\n    }}"));
                self.line(&format!("    let made = Made {{ on: {on}, limit: twice(LIMIT) }};\n    println!(\"{{made:?}}\");"));
                let value = self.number(1);
                self.line(&format!("    return {value};\n}}"));
            }
            11 => {
                let (one, value) = (self.boolean(2), self.number(1));
                let name = self.name();
                self.line(&format!("let ({name}, number) = ({one}, {value});"));
                self.variables.push((name, Kind::Bool));
                self.variables.push(("number".to_owned(), Kind::Number));
            }
            12 => {
                let condition = self.boolean(1);
                self.line(&format!("let mut stack = vec![1, n, 3];\nwhile let Some(top) = stack.pop() && ({condition}) {{"));
                self.variables.push(("top".to_owned(), Kind::Number));
                self.loops.push(String::new());
                self.block(depth - 1, false);
                self.loops.pop();
                self.variables.pop();
                self.line("}");
            }
            13 => {
                let (one, other, more) = (self.boolean(1), self.boolean(1), self.number(1));
                self.line(&format!("if let Some(one) = find(n) && ({one}) && let Some(other) = find({more}) && ({other}) {{"));
                self.variables.push(("one".to_owned(), Kind::Number));
                self.block(depth - 1, false);
                self.variables.pop();
                if self.chance(50) {
                    self.line("} else {");
                    self.block(depth - 1, false);
                }
                self.line("}");
            }
            14 => {
                let condition = self.boolean(1);
                self.line(&format!("let late{id};\nif {condition} {{"));
                let (one, other) = (self.number(1), self.number(1));
                self.line(&format!(
                    "    late{id} = {one};\n}} else {{\n    late{id} = {other};\n}}"
                ));
                self.variables.push((format!("late{id}"), Kind::Number));
            }
            15 => {
                let (one, other) = (self.boolean(1), self.boolean(1));
                self.line(&format!("assert_eq!(({one}) || true, true, \"{{}}\", {other});\ndebug_assert!(({other}) | true);"));
                self.line(&format!(
                    "println!(\"{{:?}} {{}}\", vec![{one}, {other}], format!(\"{{}}\", {one}));"
                ));
            }
            _ => {
                let (one, other) = (self.boolean(1), self.boolean(1));
                self.line(&format!("{{\n    use std::convert::identity as same;\n    println!(\"{{}}\", same({one}));\n}}"));
                self.line(&format!("let _ = {other};\n({one}).then(|| size_of(n));"));
            }
        }
    }

    /// Statements about values that are moved and dropped, and about numbers of several types.
    fn owned(&mut self, depth: usize) {
        self.printed += 1;
        let id = self.printed;
        let other = id + 1000;
        let condition = self.boolean(1);
        match self.random.u32(0..9) {
            0 => {
                self.line(&format!("let guard{id} = Ends({id});"));
                self.line(&format!("let kept{id}: Option<Ends> = ({condition}).then_some(guard{id});"));
                self.line(&format!("println!(\"{{}}\", kept{id}.is_some());"));
            }
            1 => {
                let value = self.number(1);
                self.line(&format!("let guard{id} = Ends({id});"));
                self.line(&format!("let got = ({condition}).then(|| taken(guard{id})).unwrap_or({value});"));
                self.variables.push(("got".to_owned(), Kind::Number));
            }
            2 => {
                self.line(&format!("let guard{id} = Ends({id});"));
                self.line(&format!("if let Some(guard) = ({condition}).then_some(guard{id}) {{\n    println!(\"{{}}\", guard.0);"));
                self.block(depth - 1, false);
                self.line("} else {");
                self.block(depth - 1, false);
                self.line("}");
            }
            3 => self.line(&format!("println!(\"{{}} {{}}\", if {condition} {{ Ends({id}).size() }} else {{ Ends({other}).size() }}, size_of(1));")),
            4 => self.line(&format!("println!(\"{{}} {{}}\", if {condition} {{ Ends({id}) == Ends({other}) }} else {{ flag }}, size_of(1));")),
            5 => {
                let add = self.random.u32(1..200);
                self.line(&format!("let narrow{id} = if {condition} {{ narrow(n) }} else {{ 200 }};"));
                self.line(&format!("println!(\"{{}}\", narrow{id}.wrapping_add({add}));"));
            }
            6 => {
                self.line(&format!("let guard{id} = Ends({id});"));
                self.line(&format!("let (on{id}, _) = ({condition}, guard{id});\nprintln!(\"{{on{id}}}\");"));
            }
            7 => {
                let value = self.boolean(1);
                self.line(&format!("let some{id} = find(n).map(Ends);"));
                self.line(&format!("println!(\"{{}}\", some{id}.is_some_and(|e{id}| ({condition}) || e{id}.0 > 2 && ({value})));"));
            }
            _ => {
                let value = self.number(1);
                self.line(&format!("match ({condition}, Ends({id})) {{\n    (true, e{id}) if e{id}.0 > {value} => println!(\"{id}\"),\n    (false, _) => println!(\"{{}}\", n),\n    (true, _) => (),\n}}"));
            }
        }
    }

    fn labelled(&mut self, depth: usize, id: usize) {
        self.line(&format!("let found = 'b{id}: {{"));
        self.indentation += 1;
        let known = self.variables.len();
        // Out of a labelled block, only a label leads to a loop.
        let loops = self.loops.clone();
        self.loops.retain(|label| !label.is_empty());
        for _ in 0..2 {
            // A statement before it may declare a name again, as one of the other kind.
            let (condition, value) = (self.boolean(1), self.number(1));
            self.line(&format!("if {condition} {{\n    break 'b{id} {value};\n}}"));
            if self.chance(50) {
                self.statement(depth - 1);
            }
        }
        let value = self.number(1);
        self.line(&value);
        self.indentation -= 1;
        self.loops = loops;
        self.variables.truncate(known);
        self.line("};");
        self.variables.push(("found".to_owned(), Kind::Number));
    }

    fn loop_with_value(&mut self, id: usize) {
        let (one, other) = (self.boolean(1), self.boolean(1));
        let (first, second) = (self.number(1), self.number(1));
        self.line(&format!("let mut tries{id} = 0u32;\nlet won = loop {{\n    tries{id} += 1;\n    if {one} {{\n        break {first};\n    }}"));
        self.line(&format!("    if ({other}) && tries{id} < 3 {{\n        continue;\n    }}\n    println!(\"tried {id}\");\n    if tries{id} > 2 {{\n        break {second};\n    }}\n}};"));
        self.variables.push(("won".to_owned(), Kind::Number));
    }

    fn name(&mut self) -> String {
        ["a", "b", "c"][self.random.usize(0..3)].to_owned()
    }

    fn declare(&mut self, kind: Kind) {
        let name = self.name();
        let value = match kind {
            Kind::Bool if self.chance(40) => "Feature::X.enabled()".to_owned(),
            Kind::Bool => self.boolean(2),
            Kind::Number => self.number(2),
        };
        if self.chance(20) {
            self.line("// Whether it is so.");
        }
        self.line(&format!("let {name} = {value};"));
        self.variables.push((name, kind));
    }

    fn choice(&mut self, depth: usize) {
        let condition = self.boolean(3);
        self.line(&format!("if {condition} {{"));
        self.block(depth - 1, false);
        while self.chance(25) {
            let condition = self.boolean(2);
            self.line(&format!("}} else if {condition} {{"));
            self.block(depth - 1, false);
        }
        if self.chance(50) {
            self.line("} else {");
            self.block(depth - 1, false);
        }
        self.line("}");
    }

    fn matched(&mut self, depth: usize) {
        match self.random.u32(0..3) {
            0 => {
                let value = self.boolean(2);
                self.line(&format!("match {value} {{"));
                let other = if self.random.bool() { "false" } else { "_" };
                self.arms(&["true", other], depth, true);
            }
            1 => {
                let (value, number) = (self.boolean(1), self.number(1));
                self.line(&format!("match ({value}, {number}) {{"));
                let arms: &[&str] = if self.random.bool() {
                    &["(true, 0)", "(false, 1..=3)", "(_, 2)", "(true, _)", "(false, _)"]
                } else {
                    &["(false, _)", "(true, 0 | 1)", "_"]
                };
                self.arms(arms, depth, true);
            }
            _ => {
                let (number, one, other) = (self.number(1), self.boolean(2), self.boolean(1));
                self.line(&format!("match {number} {{"));
                let guarded = format!("0 if {one}");
                let other =
                    format!("{} if {other}", if self.random.bool() { "_" } else { "0 | 1" });
                self.arms(&[&guarded, "0", &other, "2", "_"], depth, true);
            }
        }
    }

    /// Arms, and the end of the `match` after the last ones.
    fn arms(&mut self, patterns: &[&str], depth: usize, ends: bool) {
        self.indentation += 1;
        for pattern in patterns {
            self.printed += 1;
            let number = self.printed;
            if self.chance(40) {
                self.line(&format!("// About {number}."));
                self.line(&format!("{pattern} => println!(\"{number}\"),"));
            } else {
                self.line(&format!("{pattern} => {{"));
                self.block(depth - 1, false);
                self.line("}");
            }
        }
        self.indentation -= 1;
        if ends {
            self.line("}");
        }
    }

    fn repeat(&mut self, depth: usize) {
        let label = format!("'l{}", self.random.u32(0..1000));
        let labelled = if self.chance(30) { format!("{label}: ") } else { String::new() };
        let counter = format!("count{}", self.random.u32(0..1000));
        let (head, guard) = match self.random.u32(0..4) {
            0 => (format!("{labelled}for {counter} in 0..3u32 {{"), String::new()),
            1 => {
                let condition = self.boolean(1);
                self.line(&format!("let mut {counter} = 0u32;"));
                (
                    format!("{labelled}while {counter} < 3 && ({condition}) {{"),
                    format!("{counter} += 1;"),
                )
            }
            2 => {
                let condition = self.boolean(1);
                self.line(&format!("let mut {counter} = 0u32;"));
                (
                    format!("{labelled}while {condition} {{"),
                    format!("{counter} += 1;\nif {counter} > 3 {{\n    break;\n}}"),
                )
            }
            _ => {
                self.line(&format!("let mut {counter} = 0u32;"));
                let condition = self.boolean(1);
                (
                    format!("{labelled}loop {{"),
                    format!("{counter} += 1;\nif {counter} > 3 || {condition} {{\n    break;\n}}"),
                )
            }
        };
        self.line(&head);
        let known = self.variables.len();
        self.indentation += 1;
        self.line(&guard);
        self.indentation -= 1;
        self.loops.push(if labelled.is_empty() { String::new() } else { format!(" {label}") });
        self.block(depth - 1, false);
        self.loops.pop();
        self.variables.truncate(known);
        self.line("}");
    }

    fn jump(&mut self) {
        let condition = self.boolean(2);
        let label = self.loops.last().cloned();
        let jump = match (label, self.random.u32(0..4)) {
            (Some(label), 0) => format!("continue{label};"),
            (Some(label), 1) => format!("break{label};"),
            (_, 2) => "panic!(\"left\");".to_owned(),
            _ => {
                let value = self.number(1);
                format!("return {value};")
            }
        };
        let bare = self.chance(80);
        if bare {
            self.line(&format!("if {condition} {{\n    {jump}\n}}"));
        } else {
            self.line(&format!("if {condition} {{"));
            self.block(0, false);
            self.line(&format!("    {jump}\n}} else {{"));
            self.block(1, false);
            self.line("}");
        }
    }

    fn closure(&mut self, depth: usize) {
        let name = self.name();
        if self.chance(40) {
            let value =
                if self.chance(60) { "Feature::X.enabled()".to_owned() } else { self.boolean(1) };
            self.line(&format!("let {name} = || {value};"));
            self.line(&format!("println!(\"{{}}\", {name}());"));
            self.line(&format!("let {name} = {name}();"));
            self.variables.push((name, Kind::Bool));
            return;
        }
        self.line(&format!("let {name} = |n: u32| -> u32 {{"));
        let loops = std::mem::take(&mut self.loops);
        self.block(depth - 1, true);
        self.loops = loops;
        self.line("};");
        self.line(&format!("let {name} = {name}(2);"));
        self.variables.push((name, Kind::Number));
    }

    fn variable(&mut self, kind: Kind) -> Option<String> {
        // The last declaration of a name is the one that is seen.
        let mut seen: Vec<(String, Kind)> = Vec::new();
        for (name, kind) in self.variables.iter().rev() {
            if !seen.iter().any(|(other, _)| other == name) {
                seen.push((name.clone(), *kind));
            }
        }
        seen.retain(|(_, own)| *own == kind);
        (!seen.is_empty()).then(|| seen[self.random.usize(0..seen.len())].0.clone())
    }

    fn boolean(&mut self, depth: usize) -> String {
        if depth == 0 {
            return match self.random.u32(0..8) {
                0..=2 => "Feature::X.enabled()".to_owned(),
                3 => "!Feature::X.enabled()".to_owned(),
                4 => ["true", "false"][self.random.usize(0..2)].to_owned(),
                5 => format!("n > {}", self.random.u32(0..4)),
                _ => self.variable(Kind::Bool).unwrap_or_else(|| "flag".to_owned()),
            };
        }
        let d = depth - 1;
        match self.random.u32(0..21) {
            0 | 1 => self.boolean(0),
            16 => format!("matches!(find(n), Some(1 | 2) if {})", self.boolean(d)),
            17 => format!("matches!(({}, n), (true, 1..) | (false, 0))", self.boolean(d)),
            18 => format!("({}) | ({})", self.boolean(d), self.boolean(d)),
            19 => format!("({}).then_some({}).is_some()", self.boolean(d), self.number(0)),
            20 => {
                format!("find({}).is_some_and(|n| n > 2 && ({}))", self.number(0), self.boolean(d))
            }
            2 => format!("({}) && ({})", self.boolean(d), self.boolean(d)),
            3 => format!("({}) || ({})", self.boolean(d), self.boolean(d)),
            4 => format!("!({})", self.boolean(d)),
            5 => format!("({}) == ({})", self.boolean(d), self.boolean(d)),
            6 => format!("({}) != ({})", self.boolean(d), self.boolean(d)),
            7 | 8 => {
                self.printed += 1;
                let number = self.printed;
                format!("hit({number}, {})", self.boolean(d))
            }
            9 => format!("Feature::X.enabled() && {}", self.boolean(0)),
            10 => format!("{} || Feature::X.enabled()", self.boolean(0)),
            11 => format!("({}) & ({})", self.boolean(d), self.boolean(d)),
            12 => format!("({}) ^ ({})", self.boolean(d), self.boolean(d)),
            13 => format!(
                "(if {} {{ {} }} else {{ {} }})",
                self.boolean(d),
                self.boolean(d),
                self.boolean(d)
            ),
            14 => format!("{} > {}", self.number(d), self.random.u32(0..9)),
            _ => format!(
                "(match {} {{ true => {}, false => {} }})",
                self.boolean(d),
                self.boolean(d),
                self.boolean(d)
            ),
        }
    }

    fn number(&mut self, depth: usize) -> String {
        if depth == 0 {
            return match self.random.u32(0..3) {
                0 => self.random.u32(0..9).to_string() + "u32",
                _ => self.variable(Kind::Number).unwrap_or_else(|| "n".to_owned()),
            };
        }
        let d = depth - 1;
        match self.random.u32(0..12) {
            0 | 1 => self.number(0),
            9 => format!(
                "[{}, {}][usize::from({})]",
                self.number(0),
                self.number(0),
                self.boolean(d)
            ),
            10 => format!(
                "find({}).map_or({}, |n| if {} {{ n }} else {{ {} }})",
                self.number(0),
                self.number(0),
                self.boolean(d),
                self.number(d)
            ),
            11 => format!("({{\n    let inner = {};\n    size_of(inner)\n}})", self.number(d)),
            2 => format!(
                "(if {} {{ {} }} else {{ {} }})",
                self.boolean(d),
                self.number(d),
                self.number(d)
            ),
            3 => format!("{}.wrapping_add(size_of({}))", self.number(0), self.number(d)),
            4 => format!(
                "(match {} {{ true => {}, _ => {} }})",
                self.boolean(d),
                self.number(d),
                self.number(d)
            ),
            5 => format!("u32::from({})", self.boolean(d)),
            6 => format!(
                "({}).then_some({}).unwrap_or({})",
                self.boolean(d),
                self.number(0),
                self.number(d)
            ),
            7 => format!(
                "({}).then(|| {}).unwrap_or_else(|| {})",
                self.boolean(d),
                self.number(d),
                self.number(d)
            ),
            _ => format!(
                "(match {} {{ 0 if {} => {}, _ => {} }})",
                self.number(0),
                self.boolean(d),
                self.number(d),
                self.number(d)
            ),
        }
    }
}

const HELPERS: &str = r#"
/// Prints when it ends.
struct Ends(u32);

impl Drop for Ends {
    fn drop(&mut self) {
        println!("end {}", self.0);
    }
}

impl Ends {
    fn size(&self) -> u32 {
        self.0.wrapping_add(1)
    }
}

impl PartialEq for Ends {
    fn eq(&self, other: &Ends) -> bool {
        self.0 == other.0
    }
}

fn taken(end: Ends) -> u32 {
    println!("taken {}", end.0);
    end.0
}

fn narrow(n: u32) -> u8 {
    n.to_le_bytes()[0]
}

#[derive(Debug)]
#[allow(dead_code)]
struct Made {
    on: bool,
    limit: u32,
}

fn checked(n: u32, ok: bool) -> Result<u32, String> {
    println!("checked {n} {ok}");
    if ok { Ok(n) } else { Err(format!("not {n}")) }
}

fn hit(number: u32, value: bool) -> bool {
    println!("hit {number} {value}");
    value
}

fn size_of(n: u32) -> u32 {
    println!("size {n}");
    n.wrapping_mul(3)
}

fn find(n: u32) -> Option<u32> {
    println!("find {n}");
    (n > 0).then_some(n + 1)
}

"#;

const MAIN: &str = r#"
pub fn main() {
    for n in 0..3 {
        for flag in [false, true] {
            let ended = std::panic::catch_unwind(|| println!("{}", run(n, flag))).is_ok();
            println!("{n} {flag} {ended}");
        }
    }
}
"#;

/// The comments that are left are those beside the code that is left.
fn assert_comments(before: &str, after: &str, seed: u64) {
    for (line, above) in before.lines().skip(1).zip(before.lines()) {
        let (line, above) = (line.trim(), above.trim());
        let printed = |line: &str| {
            let rest = line.split("println!(\"").nth(1)?;
            let number: String = rest.chars().take_while(char::is_ascii_digit).collect();
            (!number.is_empty()).then_some(number)
        };
        let Some(number) = printed(line) else { continue };
        let is_left = after.lines().any(|line| printed(line).as_ref() == Some(&number));
        for comment in [format!("// About {number}."), format!("// At {number}.")] {
            if above == comment || line.ends_with(&comment) {
                let is_there = after.lines().any(|line| line.trim_end().ends_with(&comment));
                assert_eq!(
                    is_there, is_left,
                    "seed {seed}: {comment}\n{before}\n\n== after\n{after}"
                );
            }
        }
    }
}

#[test]
fn random_programs_do_the_same() {
    let number = env::var(VARIABLE).ok().and_then(|text| text.parse().ok()).unwrap_or(USUAL);
    let first = env::var("FEATUREGATE_SIMPLIFY_SEED").ok().and_then(|text| text.parse().ok());
    let first: u64 = first.unwrap_or(0);
    let seeds: Vec<u64> = (first..first + number as u64).collect();
    let batches = Mutex::new(seeds.chunks(BATCH));
    let check = || {
        while let Some(seeds) = { batches.lock().unwrap().next() } {
            check_batch(seeds);
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, NonZero::get) {
            scope.spawn(check);
        }
    });
}

fn check_batch(seeds: &[u64]) {
    let case = |seed: &u64| {
        let before = Program::of(*seed);
        let (on, off) = (with(&before, true), with(&before, false));
        for after in [&on, &off] {
            assert!(!after.contains("Feature::"), "seed {seed}:\n{after}");
            assert_comments(&before, after, *seed);
        }
        Case { name: format!("seed {seed}"), before, on, off }
    };
    let found = differences(&seeds.iter().map(case).collect::<Vec<_>>());
    assert!(found.is_empty(), "{found}");
}
