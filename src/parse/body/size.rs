//! The size of an image as Obsidian writes it: `![words|300](x.png)`, `![[x.png|300x200]]`.
//!
//! Takes the words of an image that has just been read; takes the size off their end.

use super::walk::Walk;
use crate::model::body::{Destination, Event, Size};

impl Walk<'_> {
    /// Takes the size off the words of an image, whose events begin at `start`.
    pub(super) fn size_of_image(&mut self, at: u32, start: usize, words: &str) {
        let Some(link) = self
            .body
            .links
            .get_mut(at as usize)
            .filter(|link| link.image)
        else {
            return;
        };
        let typed = link.span.of(self.file);
        // An image that was typed as HTML has its size there, and a bar is one of its words.
        if typed.starts_with('<') {
            return;
        }
        let by_name = typed.starts_with("![[");
        let (alone, written) = match words.rsplit_once('|') {
            Some((_, written)) => (false, written),
            None if by_name => (true, words),
            None => return,
        };
        let Some(size) = read(written) else {
            return;
        };
        let path = match &link.to {
            Destination::Relative { path, .. } => path.clone(),
            _ => return,
        };
        if alone {
            link.size = size;
            // Its words are its address, as where no size is written.
            self.body.events.truncate(start + 1);
            let slice = self.push_text(&path);
            self.body.events.push(Event::Text(slice));
            return;
        }
        let Some(Event::Text(last)) = self.body.events.last_mut() else {
            return;
        };
        let text = self.body.text.get(last.start as usize..last.end as usize);
        let Some(kept) = text.and_then(|text| text.rfind('|')) else {
            return;
        };
        link.size = size;
        last.end = last.start + super::walk::offset(kept);
        if last.start == last.end {
            self.body.events.pop();
        }
    }
}

/// `300`, `300x200`
fn read(written: &str) -> Option<Size> {
    let (width, height) = match written.trim().split_once(['x', '×']) {
        Some((width, height)) => (width, Some(pixels(height)?)),
        None => (written, None),
    };
    Some(Size {
        width: Some(pixels(width)?),
        height,
    })
}

/// A number of pixels that a picture may have.
pub(super) fn pixels(written: &str) -> Option<u16> {
    let digits = written.trim();
    let fits = (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|&number| fits && number > 0)
}

#[cfg(test)]
mod tests {
    use super::{Size, read};

    #[test]
    fn sizes_are_read() {
        let size = |width, height| {
            Some(Size {
                width: Some(width),
                height,
            })
        };
        for (text, expected) in [
            ("300", size(300, None)),
            (" 300x200 ", size(300, Some(200))),
            ("0", None),
            ("2016 report", None),
            ("12345", None),
            ("x", None),
            ("300x", None),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
