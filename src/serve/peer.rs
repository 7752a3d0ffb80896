//! Who asks: somebody on this machine, or somebody elsewhere.

/// Who asks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peer {
    /// Whether it is on this machine: only then is it shown what stands in the files, and may it open
    /// the editor.
    pub here: bool,
}
