//! HTML that writers typed.

use super::writer::Writer;
use crate::model::body::Slice;

impl Writer<'_> {
    pub(super) fn html(&mut self, slice: Slice) {
        if self.ink.trust_html {
            self.out.push_str(self.body.slice(slice));
        } else {
            super::escape(self.body.slice(slice), self.out);
        }
    }
}
