//! The features.

use featuregate::FeatureGate;

/// The features of a session. What is under development is alpha, what the menu offers is beta, and what is stable stays
/// a switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "0.1", rename_all = "snake_case", groups = "none")]
#[tombstones(removed = "0.1", value = false; search_tool)]
#[tombstone(steer, removed = "0.1", value = true)]
pub enum Feature {
    /// Keeps a copy of the work before each turn, so that it can be undone.
    #[gate(ga(default = false, locked = false, switchable))]
    Undo,
    /// Offers the shell as a tool.
    #[gate(ga(locked = false, switchable))]
    ShellTool,
    /// Runs all commands in one terminal.
    #[gate(ga(locked = false, switchable), alias = "experimental_use_unified_exec_tool")]
    UnifiedExec,
    /// Lets a session start others.
    #[gate(ga(locked = false, switchable), alias = "collab")]
    MultiAgent,
    /// Runs JavaScript in a process that stays.
    #[gate(
        beta(default = false),
        meta(menu = "JavaScript", announcement = "JavaScript now runs in a process that stays")
    )]
    JsRepl,
    /// Uses the apps that are connected to the account.
    #[gate(beta(default = false), meta(menu = "Apps"))]
    Apps,
    /// Offers only JavaScript as a tool.
    #[gate(alpha, requires(JsRepl))]
    JsReplToolsOnly,
    /// Offers a mode in which the model writes programs.
    #[gate(alpha)]
    CodeMode,
    /// Offers nothing but this mode.
    #[gate(alpha, implies(CodeMode))]
    CodeModeOnly,
    /// Starts a session for each row of a table.
    #[gate(alpha, implies(MultiAgent))]
    EnableFanout,
    /// Remembers what was said in earlier sessions.
    #[gate(alpha, alias = "memory_tool")]
    Memories,
    /// Searches the web for each request; the setting `web_search` has replaced it.
    #[gate(deprecated)]
    WebSearchRequest,
}
