//! YAML, JSON and TOML as one tree of nodes with their positions.

mod json;
mod maps;
mod node;
mod toml;
mod yaml;

pub(super) use json::json;
pub(super) use node::{Kind, Layout, NodeId, Style, Tree};
pub(super) use toml::toml;
pub(super) use yaml::yaml;
