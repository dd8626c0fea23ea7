//! The report as a page: one file, without scripts and without requests elsewhere.

use std::fmt::Write as _;

use quick_xml::escape::escape;

use super::groups::{Entry, Group, on_by_default};
use super::{Report, release};
use crate::fleet::finding::Certainty;
use crate::fleet::peers::{Peers, instances};
use crate::io::escape::escape as visible;

/// How many names a list has.
const SHOWN: usize = 200;

/// So many names are shown at once.
const FEW: usize = 5;

const HEAD: &str = include_str!("head.html");

/// The page.
pub(crate) fn page(report: &Report<'_>) -> String {
    let mut page = Page(String::new());
    page.raw(HEAD);
    page.raw("<title>").text(&report.title).raw("</title></head><body><main><h1>");
    page.text(&report.title).raw("</h1>");
    running(report, &mut page);
    missing(report, &mut page);
    if !report.order.is_empty() {
        page.raw("<h2>A safe order</h2><ol>");
        for step in &report.order {
            page.raw("<li>").text(step).raw("</li>");
        }
        page.raw("</ol>");
    }
    findings(&Group::all(&report.findings), &mut page);
    page.raw("</main></body></html>\n");
    page.0
}

/// A page that is being written.
struct Page(String);

impl Page {
    fn raw(&mut self, html: &str) -> &mut Self {
        self.0.push_str(html);
        self
    }

    /// Adds a text from outside.
    fn text(&mut self, text: &str) -> &mut Self {
        self.0.push_str(&escape(visible(text).as_ref()));
        self
    }

    fn number(&mut self, number: usize) -> &mut Self {
        // Writing to a text cannot fail.
        let _ = write!(self.0, "{number}");
        self
    }
}

fn running(report: &Report<'_>, page: &mut Page) {
    page.raw("<h2>What runs</h2><div class=\"wide\"><table><thead><tr><th scope=\"col\">Component</th><th scope=\"col\">Release</th><th scope=\"col\">Emulates</th><th scope=\"col\">Instances</th></tr></thead><tbody>");
    for peers in Peers::all(report.instances) {
        page.raw("<tr><th scope=\"row\">");
        page.text(peers.component.as_deref().unwrap_or("unknown"));
        page.raw("</th><td>").text(&release(peers.release)).raw("</td><td>");
        if let Some(emulated) = peers.emulated {
            page.text(&emulated.to_string());
        }
        page.raw("</td><td>").number(peers.instances.len()).raw("</td></tr>");
    }
    page.raw("</tbody></table></div>");
}

fn missing(report: &Report<'_>, page: &mut Page) {
    if report.missing.is_empty() {
        return;
    }
    page.raw("<h2>What is missing</h2><p>Some sources did not answer completely.</p><ul>");
    for missing in &report.missing {
        page.raw("<li><code>").text(&missing.source).raw("</code>: ");
        page.text(&missing.reason).raw("</li>");
    }
    page.raw("</ul>");
}

fn findings(groups: &[Group<'_>], page: &mut Page) {
    page.raw("<h2>Findings</h2>");
    if groups.is_empty() {
        page.raw("<p>There are none.</p>");
    }
    let (usual, entries): (Vec<_>, Vec<_>) =
        Entry::all(groups).into_iter().partition(Entry::is_usual);
    for entry in &entries {
        finding(entry, page);
    }
    if !usual.is_empty() {
        page.raw("<details><summary>").text(&on_by_default(&usual));
        page.raw(" at newer instances, and not on at older ones</summary>");
        for entry in &usual {
            finding(entry, page);
        }
        page.raw("</details>");
    }
}

fn finding(entry: &Entry<'_>, page: &mut Page) {
    let what = entry.what;
    let level = what.level.as_str();
    page.raw("<article class=\"").raw(level).raw("\"><h3><span class=\"level\">");
    page.raw(level).raw("</span> ").text(&entry.message()).raw("</h3><p class=\"facts\"><code>");
    page.text(what.rule.name).raw("</code>");
    if what.certainty == Certainty::Possible {
        page.raw(" · possible");
    }
    let whole = entry.places.iter().filter(|group| group.instances.is_empty());
    for component in whole.filter_map(|group| group.component) {
        page.raw(" · ").text(component);
    }
    page.raw("</p>");
    if let Some(help) = entry.help() {
        page.raw("<p>").text(help).raw("</p>");
    }
    if entry.gates.len() > 1 {
        list("gates", entry.gates.len(), &entry.gates, page);
    }
    for set_in in &what.set_in {
        let location =
            format!("{}:{}:{}", set_in.path, set_in.location.line, set_in.location.column);
        page.raw("<p>Set in <code>").text(&location).raw("</code></p>");
    }
    for group in &entry.places {
        let count = group.instances.len();
        let of = group.component.map_or_else(String::new, |component| format!(" of {component}"));
        if count > 0 {
            list(&format!("{}{of}", instances(count)), count, &group.instances, page);
        }
    }
    page.raw("</article>");
}

/// A list that opens, or a short one.
fn list(of: &str, count: usize, names: &[&str], page: &mut Page) {
    if count <= FEW {
        page.raw("<p>").number(count).raw(" ").text(of).raw(": ");
        for (number, name) in names.iter().enumerate() {
            page.raw(if number == 0 { "<code>" } else { ", <code>" }).text(name).raw("</code>");
        }
        page.raw("</p>");
        return;
    }
    page.raw("<details><summary>").number(count).raw(" ").text(of);
    page.raw("</summary><ul class=\"names\">");
    for name in names.iter().take(SHOWN) {
        page.raw("<li><code>").text(name).raw("</code></li>");
    }
    if let Some(more) = count.checked_sub(SHOWN).filter(|more| *more > 0) {
        page.raw("<li>and ").number(more).raw(" more</li>");
    }
    page.raw("</ul></details>");
}
