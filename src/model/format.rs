//! The forms in which a dossier is given on.
//!
//! Says of each what it is called, what its files end in and what they hold. Writes none: `crate::export` does.

use serde::{Deserialize, Serialize};

/// The forms that are written. Each is one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Format {
    /// Every entry with all that it says.
    Json,
    /// A bundle of STIX 2.1.
    Stix,
    /// A row for each statement.
    Csv,
    /// The sources, as Zotero, Pandoc and others read them.
    CslJson,
    /// The sources for BibLaTeX.
    Bibtex,
    /// The sources in RIS.
    Ris,
    /// Entries and relations as a graph.
    Graphml,
    /// The same for Gephi.
    Gexf,
    /// Techniques as a layer of the ATT&CK Navigator.
    Navigator,
    /// A row for each indicator.
    IndicatorsCsv,
    /// Nothing but the indicators, by type.
    IndicatorsTxt,
    /// A row for each indicator, as a pattern of STIX.
    StixPatterns,
    /// Rules for Suricata.
    Suricata,
    /// Domains for a file of hosts.
    Hosts,
    /// Actors as clusters of MISP.
    MispGalaxy,
    /// Tables that can be asked.
    #[cfg(feature = "sqlite")]
    Sqlite,
}

/// The forms that this program was compiled without need not be there.
const COUNT: usize = 15 + cfg!(feature = "sqlite") as usize;

impl Format {
    /// Every form, in the order in which they are listed.
    pub const ALL: [Format; COUNT] = [
        Format::Json,
        Format::Stix,
        Format::Csv,
        Format::CslJson,
        Format::Bibtex,
        Format::Ris,
        Format::Graphml,
        Format::Gexf,
        Format::Navigator,
        Format::IndicatorsCsv,
        Format::IndicatorsTxt,
        Format::StixPatterns,
        Format::Suricata,
        Format::Hosts,
        Format::MispGalaxy,
        #[cfg(feature = "sqlite")]
        Format::Sqlite,
    ];

    /// Its name, as it is asked for.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Format::Json => "json",
            Format::Stix => "stix",
            Format::Csv => "csv",
            Format::CslJson => "csl-json",
            Format::Bibtex => "bibtex",
            Format::Ris => "ris",
            Format::Graphml => "graphml",
            Format::Gexf => "gexf",
            Format::Navigator => "navigator",
            Format::IndicatorsCsv => "indicators-csv",
            Format::IndicatorsTxt => "indicators-txt",
            Format::StixPatterns => "stix-patterns",
            Format::Suricata => "suricata",
            Format::Hosts => "hosts",
            Format::MispGalaxy => "misp-galaxy",
            #[cfg(feature = "sqlite")]
            Format::Sqlite => "sqlite",
        }
    }

    /// What people who use it call it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Format::Json => "JSON",
            Format::Stix => "STIX 2.1",
            Format::Csv => "CSV",
            Format::CslJson => "CSL-JSON",
            Format::Bibtex => "BibLaTeX",
            Format::Ris => "RIS",
            Format::Graphml => "GraphML",
            Format::Gexf => "GEXF",
            Format::Navigator => "ATT&CK Navigator",
            Format::IndicatorsCsv => "IOC (CSV)",
            Format::IndicatorsTxt => "IOC (TXT)",
            Format::StixPatterns => "STIX patterns",
            Format::Suricata => "Suricata",
            Format::Hosts => "Hosts",
            Format::MispGalaxy => "MISP galaxy",
            #[cfg(feature = "sqlite")]
            Format::Sqlite => "SQLite",
        }
    }

    /// Whether indicators stand in it live, as machines need them.
    #[must_use]
    pub const fn is_live(self) -> bool {
        match self {
            Format::Json
            | Format::Stix
            | Format::IndicatorsCsv
            | Format::IndicatorsTxt
            | Format::StixPatterns
            | Format::Suricata
            | Format::Hosts => true,
            Format::Csv
            | Format::CslJson
            | Format::Bibtex
            | Format::Ris
            | Format::Graphml
            | Format::Gexf
            | Format::Navigator
            | Format::MispGalaxy => false,
            #[cfg(feature = "sqlite")]
            Format::Sqlite => true,
        }
    }

    /// What the name of a file of it ends in. No two end alike, so that files of several may lie in one folder.
    #[must_use]
    pub const fn suffix(self) -> &'static str {
        match self {
            Format::Json => ".json",
            Format::Stix => ".stix.json",
            Format::Csv => ".statements.csv",
            Format::CslJson => ".csl.json",
            Format::Bibtex => ".bib",
            Format::Ris => ".ris",
            Format::Graphml => ".graphml",
            Format::Gexf => ".gexf",
            Format::Navigator => ".navigator.json",
            Format::IndicatorsCsv => ".indicators.csv",
            Format::IndicatorsTxt => ".indicators.txt",
            Format::StixPatterns => ".patterns.csv",
            Format::Suricata => ".rules",
            Format::Hosts => ".hosts.txt",
            Format::MispGalaxy => ".misp-galaxy.json",
            #[cfg(feature = "sqlite")]
            Format::Sqlite => ".sqlite",
        }
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Format::Json | Format::Navigator | Format::MispGalaxy => "application/json",
            Format::Stix => "application/stix+json;version=2.1",
            Format::Csv | Format::IndicatorsCsv | Format::StixPatterns => "text/csv; charset=utf-8",
            Format::CslJson => "application/vnd.citationstyles.csl+json",
            Format::Bibtex => "application/x-bibtex",
            Format::Ris => "application/x-research-info-systems",
            Format::Graphml => "application/graphml+xml",
            Format::Gexf => "application/gexf+xml",
            Format::IndicatorsTxt | Format::Suricata | Format::Hosts => "text/plain; charset=utf-8",
            #[cfg(feature = "sqlite")]
            Format::Sqlite => "application/vnd.sqlite3",
        }
    }

    /// What it holds, in a line.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Format::Json => "Every entry with all that it says",
            Format::Stix => "A bundle for platforms of threat intelligence",
            Format::Csv => "A row for each statement, for spreadsheets",
            Format::CslJson => "The sources for Zotero, Pandoc and others",
            Format::Bibtex => "The sources for BibLaTeX",
            Format::Ris => "The sources for EndNote, Zotero and others",
            Format::Graphml => "Entries and relations as a graph",
            Format::Gexf => "The same graph for Gephi",
            Format::Navigator => "Techniques as a layer of the ATT&CK Navigator",
            Format::IndicatorsCsv => "A row for each indicator, live",
            Format::IndicatorsTxt => "The indicators alone, live, by type",
            Format::StixPatterns => "The indicators as patterns of STIX, a row each",
            Format::Suricata => "Rules that find the indicators on the wire, for Suricata",
            Format::Hosts => "The domains, live, as a file of hosts that leads nowhere",
            Format::MispGalaxy => "The actors as a galaxy of MISP",
            #[cfg(feature = "sqlite")]
            Format::Sqlite => "A database of tables that can be asked, with a search",
        }
    }

    /// Whether it is a form of this program's own, or has parts that are, which a schema explains.
    #[must_use]
    pub const fn is_of_our_own(self) -> bool {
        match self {
            Format::Json | Format::Stix => true,
            Format::Csv
            | Format::CslJson
            | Format::Bibtex
            | Format::Ris
            | Format::Graphml
            | Format::Gexf
            | Format::Navigator
            | Format::IndicatorsCsv
            | Format::IndicatorsTxt
            | Format::StixPatterns
            | Format::Suricata
            | Format::Hosts
            | Format::MispGalaxy => false,
            #[cfg(feature = "sqlite")]
            Format::Sqlite => false,
        }
    }

    /// The form of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|it| it.name() == name)
    }
}
