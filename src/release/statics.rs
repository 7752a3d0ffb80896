//! Files that are published as they are: those of the folders for an audience and all below it.

use super::Audience;
use crate::model::statics::split;
use std::sync::Arc;

/// The files, by their paths below the root, that an audience gets, of all that there are, in order.
#[must_use]
pub fn statics<'a>(paths: impl Iterator<Item = &'a String>, audience: Audience) -> Arc<[String]> {
    let passes = |path: &&String| split(path).is_some_and(|(_, tlp, _)| tlp <= audience.tlp);
    paths.filter(passes).cloned().collect()
}
