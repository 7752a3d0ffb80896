//! Facets: what of a site a page may be made of.
//!
//! Takes nothing and gives names: [`Reads`](super::reads::Reads) notes them as it hands out what they name, and
//! [`Changes`](super::Changes) tells which of them an edit moved.

use crate::model::{Family, Kind, PageId};
use crate::plan::{Attribute, Order, Site};
use foldhash::fast::FixedState;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// Something of a site that a page may be made of.
///
/// The finer they are, the less an edit reaches: what a page shows of another is mostly its name and its card,
/// which a change of its text leaves as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Facet {
    /// All that an entry says, with the numbers of its citations.
    Entry(PageId),
    /// What it is called: title, other names, legal status.
    Name(PageId),
    /// Its title and its own marking, as exports of others have them.
    Called(PageId),
    /// What feeds tell of it.
    Feed(PageId),
    /// The places in its text that links lead to.
    Places(PageId),
    /// Its card, with its marking.
    Card(PageId),
    /// A source as it is cited.
    Source(PageId),
    /// The relations that it states, with where they are cited.
    Relations(PageId),
    /// The sentences of the first that name the second.
    Mention(PageId, PageId),
    /// What of the first cites the second, and where.
    Citation(PageId, PageId),
    /// The relations that others state of it, with what decides how they are listed.
    Incoming(PageId),
    /// The links that lead to it.
    Mentions(PageId),
    /// The places that cite it.
    Citing(PageId),
    /// The introductions of the home page and of indexes.
    Intros,
    /// The sentences of them that others quote.
    IntroQuotes,
    /// Who is connected with whom, and how they are called.
    Web,
    /// What of an entry decides where it is on a map.
    Seat(PageId),
    /// Who is where.
    Map,
    /// A page of a kind's index.
    Rows(Kind, Order, u32),
    /// On which page of a kind's index which letter or year begins.
    Marks(Kind, Order),
    /// What came before and after an incident.
    Neighbours(PageId),
    /// What came when over the whole dossier.
    Chronicle,
    /// What incidents say of money.
    Money,
    /// The course of an incident.
    Events(PageId),
    /// A page of the register of names.
    Named(u32),
    /// On which page of it which letter begins.
    NamedMarks,
    /// The whole of it.
    Register,
    /// Which actors have the most in common.
    Pairs,
    /// A page of the entries of whose names it is told who uses them.
    Producers(u32),
    /// A part of the words of all texts.
    Postings(u32),
    /// What entries have in common by which a reader picks some.
    Attributes,
    /// A page of a tag.
    Tagged(u32, u32),
    /// All tags.
    Tags,
    /// A page of the entries that have something in common.
    Shelf(Attribute, u32),
    /// What entries have in common in one respect, and how many each.
    Shelves(Family),
    /// Whether any entry has something in common with others.
    Shelved(Attribute),
    /// A contested name.
    Contested(u32),
    /// Which names are contested.
    AllContested,
    /// What is counted and ranked over the whole dossier.
    Overview,
    /// The entries of a feed.
    Latest(Option<Kind>),
    /// When which entry changed.
    Days,
    /// Which entries are other ones than before, for readers who come again.
    Revisions,
    /// What stands at which address.
    Routes,
    /// All that any entry says: of whatever is asked of all.
    Entries,
}

impl Facet {
    /// What it is, in words for a writer; `site` is the site of which it is.
    #[must_use]
    pub fn describe(self, site: &Site) -> String {
        let page = |id: PageId| site.release.pages.get(id.0 as usize);
        let of = |id: PageId| {
            page(id).map_or_else(String::new, |page| {
                format!("{}/{}", page.kind.folder(), page.slug)
            })
        };
        match self {
            Facet::Entry(id) => format!("what {} says", of(id)),
            Facet::Name(id) => format!("what {} is called", of(id)),
            Facet::Called(id) => format!("the title or the marking of {}", of(id)),
            Facet::Feed(id) => format!("what feeds tell of {}", of(id)),
            Facet::Places(id) => format!("the headings of {}", of(id)),
            Facet::Card(id) => format!("the title, date, summary or marking of {}", of(id)),
            Facet::Source(id) => format!("how {} is cited", of(id)),
            Facet::Relations(id) => format!("the relations of {}", of(id)),
            Facet::Mention(from, to) => format!("what {} says of {}", of(from), of(to)),
            Facet::Citation(from, to) => format!("what of {} cites {}", of(from), of(to)),
            Facet::Incoming(id) => format!("the relations that others state of {}", of(id)),
            Facet::Mentions(id) => format!("the links to {}", of(id)),
            Facet::Citing(id) => format!("the citations of {}", of(id)),
            Facet::Intros | Facet::IntroQuotes => {
                "the text of the home page or an index".to_owned()
            }
            Facet::Seat(id) => format!("where {} is", of(id)),
            Facet::Map => "who is where".to_owned(),
            Facet::Web => "who is connected with whom".to_owned(),
            Facet::Rows(kind, ..) | Facet::Marks(kind, _) => {
                format!("the order of the index of {}", kind.folder())
            }
            Facet::Neighbours(id) => format!("what came before and after {}", of(id)),
            Facet::Chronicle => "when incidents and campaigns were".to_owned(),
            Facet::Money => "what incidents say of money".to_owned(),
            Facet::Events(id) => format!("the sequence of events of {}", of(id)),
            Facet::Pairs => "which actors have the most in common".to_owned(),
            Facet::Producers(_) => "who calls which entry what".to_owned(),
            Facet::Named(_) | Facet::NamedMarks | Facet::Register => {
                "the names of all entries".to_owned()
            }
            Facet::Attributes => "dates, countries, grades and the like".to_owned(),
            Facet::Postings(_) => "the words of the texts".to_owned(),
            Facet::Tagged(..) | Facet::Tags => "the tags".to_owned(),
            Facet::Shelf(..) | Facet::Shelves(_) | Facet::Shelved(_) => {
                "the countries, sectors and markings of entries".to_owned()
            }
            Facet::Contested(_) | Facet::AllContested => "names that several bear".to_owned(),
            Facet::Overview => "what the dossier holds as a whole".to_owned(),
            Facet::Latest(_) | Facet::Days | Facet::Revisions => "when entries changed".to_owned(),
            Facet::Routes => "what pages there are".to_owned(),
            Facet::Entries => "what entries say, which a list asks for".to_owned(),
        }
    }
}

/// Facets without an order: a page asks for some hundred, many of them again and again.
pub(super) type Facets = HashSet<Facet, FixedState>;
