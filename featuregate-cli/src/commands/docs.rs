//! `featuregate docs`.

use clap::Args;
use featuregate_page::Page;

use crate::commands::arguments::Program;
use crate::commands::output::Destination;
use crate::commands::output::{Console, Outcome};
use crate::error::Error;
use crate::io::json;
use crate::report::openfeature::FlagManifest;
use crate::report::{TITLE, markdown};

/// Writes a page of the gates in Markdown, as Kubernetes publishes one, in HTML, or for `OpenFeature`.
///
/// It has a table of the alpha and beta gates, one of the graduated and deprecated ones, and one of the
/// removed ones, each with a row for every milestone, and then what each gate does. The "doc" of a gate is
/// read as Markdown; HTML in it is shown as text. The HTML page shows its paragraphs and code, and other Markdown as
/// it is written. The same manifest gives the same bytes.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Docs {
    #[command(flatten)]
    program: Program,
    #[command(flatten)]
    destination: Destination,
    /// Writes one HTML file that can be filtered and sorted, with the timeline of each gate over the releases.
    ///
    /// It needs nothing else and sends no request.
    #[arg(long)]
    html: bool,
    /// The heading of the HTML page.
    #[arg(long, value_name = "TITLE", requires = "html", default_value = TITLE)]
    title: String,
    /// Writes the flag manifest of `OpenFeature`, in JSON, from which its tools generate typed clients.
    #[arg(long, conflicts_with = "html")]
    openfeature: bool,
}

const EXAMPLES: &str = "\
Examples:
  Write the page:
    featuregate docs --output docs/feature-gates.md
  In CI, fail if the committed page is not up to date:
    featuregate docs --output docs/feature-gates.md --check
  A page for the web:
    featuregate docs --html --output feature-gates.html
  For clients of OpenFeature:
    featuregate docs --openfeature --output flags.json";

impl Docs {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Error> {
        let gates = self.program.gates(console)?;
        let page = if self.html {
            Page::of_declarations(self.title, gates.resolution()).to_html()
        } else if self.openfeature {
            json::text(&FlagManifest::of(&gates))?
        } else {
            markdown::page(&gates)?
        };
        self.destination.put(&page, console)
    }
}
