//! What the exports of a site share, made when somebody first asks: how large those of the whole are, by which hash a reader
//! knows that what came is what was given, and the objects of which bundles of single entries are made.
//!
//! Kept beside the site of which it is told: what another edit gave is another value.

use super::{Format, Subject, stix, write};
use crate::config::{Config, Exports};
use crate::plan::Site;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::OnceLock;

/// The size and the hash of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// In bytes.
    pub size: u64,
    /// SHA-256, in hexadecimal figures.
    pub sha256: String,
}

/// What the exports of one site share.
#[derive(Debug, Default)]
pub struct Ready {
    sums: BTreeMap<Format, OnceLock<Sum>>,
    /// Whether more is made of the objects of STIX than one bundle, for which they need not be held.
    holds_objects: bool,
    objects: OnceLock<stix::Everything>,
}

impl Ready {
    /// That of a site that has these exports: nothing is known yet.
    #[must_use]
    pub fn of(exports: &Exports) -> Ready {
        let forms = exports.whole.iter().map(|it| (*it, OnceLock::new()));
        Ready {
            sums: forms.collect(),
            holds_objects: exports.taxii || exports.entries.contains(&Format::Stix),
            objects: OnceLock::new(),
        }
    }

    /// What an export of the whole comes to; nothing of a form that is not published.
    #[must_use]
    pub fn sum(&self, format: Format, subject: &Subject<'_>) -> Option<&Sum> {
        let sum = || {
            let mut counted = Counted::new(io::sink());
            self.give(format, &subject.whole(), &mut counted)
                .expect("nothing refuses what nobody keeps");
            counted.sum()
        };
        Some(self.sums.get(&format)?.get_or_init(sum))
    }

    /// The objects of the site, of which there is one set for all bundles and for TAXII.
    #[must_use]
    pub fn objects(&self, site: &Site, config: &Config) -> &stix::Everything {
        self.objects
            .get_or_init(|| stix::Everything::of(site, config))
    }

    /// Writes an export, and keeps what it comes to where it is of the whole.
    ///
    /// # Errors
    /// Where `out` does not take it.
    pub fn write(
        &self,
        format: Format,
        subject: &Subject<'_>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        if subject.of.is_some() {
            return self.give(format, subject, out);
        }
        let mut counted = Counted::new(out);
        self.give(format, subject, &mut counted)?;
        if let Some(kept) = self.sums.get(&format) {
            let _ = kept.set(counted.sum());
        }
        Ok(())
    }

    /// Writes an export: of STIX from the objects that all have in common.
    fn give(&self, format: Format, subject: &Subject<'_>, out: &mut dyn Write) -> io::Result<()> {
        let Subject {
            site,
            config,
            of,
            noted: _,
        } = *subject;
        if format == Format::Stix && self.holds_objects {
            return self
                .objects(site, config)
                .bundle(site, config, of)
                .write(out);
        }
        write(format, subject, out)
    }
}

/// Passes on what is written, and counts it.
struct Counted<W> {
    out: W,
    size: u64,
    hash: Sha256,
}

impl<W: Write> Counted<W> {
    fn new(out: W) -> Counted<W> {
        Counted {
            out,
            size: 0,
            hash: Sha256::new(),
        }
    }

    fn sum(self) -> Sum {
        let figures = self.hash.finalize();
        Sum {
            size: self.size,
            sha256: figures.iter().map(|byte| format!("{byte:02x}")).collect(),
        }
    }
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.out.write(bytes)?;
        self.size += taken as u64;
        self.hash.update(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
