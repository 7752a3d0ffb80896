//! The shapes of what templates see. Every field is a key of that name in the template.
//!
//! Paths (`path`) stand after the page's `root` in links: `{{ root }}{{ card.path }}`. What is [`Html`]
//! is ready and stands as it is (see [`crate::render::markup`]); where it is several, it holds the items
//! of a list, each in its element (`li`, `tr`, `div`), and the list around them is the template's.
//!
//! Every shape can be hashed, so that a page is known to be up to date without being rendered.

use crate::model::Data;
use crate::render::Html;
use crate::render::account::Share;
use serde::Serialize;
use serde::ser::{SerializeMap as _, Serializer};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// What every page has: `page`.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Shell<'a> {
    /// The page's title, without the dossier's.
    pub title: String,
    /// One sentence, for search engines.
    pub description: Option<&'a str>,
    /// BCP 47 tag.
    pub lang: &'a str,
    /// Whether that language is written from right to left.
    pub from_right: bool,
    /// The absolute address.
    pub canonical: String,
    /// `actor`, `incident` …, or `home`, `index`, `tags`, `name`, `missing`, `redirect`.
    pub kind: &'static str,
    /// The folder that the page lies in, which the navigation marks as current; empty where none.
    pub section: &'static str,
    /// The items of the navigation as links, the current one marked.
    pub navigation: Html,
    /// The steps from the home page to this one, as far as the page's heading does not say them; none where there is
    /// nothing between the two.
    pub trail: Vec<Step>,
    /// The lists of what entries have in common: countries, sectors, markings.
    pub lists: Vec<Step>,
    /// The highest marking of what the page shows.
    pub tlp: Marking,
    /// The feed to offer, a path.
    pub feed: String,
    /// The same feed in JSON, a path.
    pub json_feed: String,
    /// Whether robots should leave it out.
    pub noindex: bool,
}

/// A step on the way from the home page, or a link of the frame.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Step {
    /// The words.
    pub text: String,
    /// The path; none where it is this very page.
    pub path: Option<String>,
}

/// A marking: `amber+strict`, the class `tlp-amber-strict`, `TLP:AMBER+STRICT`.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Marking {
    /// As in front matter.
    pub name: &'static str,
    /// Its class.
    pub class: &'static str,
    /// The class of a page that bears it: `p-amber-strict`.
    pub page_class: &'static str,
    /// As printed.
    pub label: &'static str,
    /// Whether it is above CLEAR.
    pub raised: bool,
}

/// What pages show of an entry; the same on every page.
#[derive(Debug, Clone, PartialEq, Serialize, Hash)]
pub struct Card {
    /// Its title.
    pub title: String,
    /// Its page.
    pub path: String,
    /// `actor`.
    pub kind: &'static str,
    /// `Actor`, for people's status see `legal`.
    pub label: Arc<str>,
    /// What it is, within a line: `actor`.
    pub noun: Arc<str>,
    /// One sentence, as plain text.
    pub summary: Option<String>,
    /// When, in words.
    pub when: Option<String>,
    /// Whether the date is vague.
    pub vague: bool,
    /// A person's legal status: `charged`.
    pub legal: Option<Arc<str>>,
    /// Withdrawn.
    pub withdrawn: bool,
    /// How many different sources it cites.
    pub sources: u32,
    /// The main figure of an incident: what was lost.
    pub figure: Option<String>,
}

/// A fact on which sources differ, or that has more to say than the infobox holds.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Fact {
    /// Its id on the page.
    pub id: String,
    /// `Actual loss`.
    pub label: String,
    /// The chosen version, if one is.
    pub chosen: Option<Version>,
    /// Why it is chosen.
    pub reason: Option<Html>,
    /// The others.
    pub others: Vec<Version>,
    /// Where the figures lie, if they can be drawn.
    pub chart: Option<Chart>,
}

/// A version of a fact.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Version {
    /// The value.
    pub text: String,
    /// A remark.
    pub note: Option<Html>,
    /// When it held.
    pub as_of: Option<String>,
    /// Its marking, where it is above CLEAR.
    pub tlp: Option<Html>,
    /// Its citations.
    pub cites: Html,
}

/// Figures on a line, positions in per cent of its width.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Chart {
    /// What it says in words.
    pub label: String,
    /// The marks.
    pub marks: Vec<Mark>,
    /// The least of the scale, in words.
    pub low: &'static str,
    /// The greatest of the scale, in words.
    pub high: String,
}

/// A mark on a chart.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Mark {
    /// Where it begins.
    pub x: Share,
    /// How wide it is; `0.00` for a point.
    pub width: Share,
    /// Whether it is the chosen one.
    pub chosen: bool,
    /// Its value in words.
    pub text: String,
}

/// Relations of one verb with entries of one kind, from one end.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct RelationGroup {
    /// `is attributed to actors`; what the other ends are is marked as such.
    pub heading: Html,
    /// How many.
    pub count: usize,
    /// Where they are the techniques that the entry uses: rows of a table, no items. Each has its id, name and
    /// tactics, how it was used and when, as far as there is a column for that, and its sources.
    pub techniques: Option<Columns>,
    /// These, under their tactics, where there are enough of them to be drawn.
    pub drawing: Option<Drawing>,
    /// The relations: each the other end, the citations where this page states it, and remarks: a denial, how
    /// likely, when, a note, where the other page states it, the marking.
    pub items: Html,
    /// Where all stand that others state, if that is not here.
    pub rest: Option<Rest>,
}

/// The columns of a table of techniques that not every one has.
#[derive(Debug, Clone, Copy, Serialize, Hash)]
pub struct Columns {
    /// How it was used.
    pub used: bool,
    /// Since when, or from when to when.
    pub when: bool,
}

/// A drawing of what is told on a page, too.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Drawing {
    /// As SVG: one for pages that are wide, of the class `wide`, and one for those that are narrow, of the class `narrow`.
    pub drawn: Html,
    /// How much of it is drawn, where that is not all.
    pub caption: Option<String>,
}

/// The way to a whole list.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Rest {
    /// Its first page.
    pub path: String,
    /// How many it holds.
    pub count: u32,
}

/// An act in an actor's timeline.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Act<'a> {
    /// When, at the rail.
    pub when: Html,
    /// Whether the date is vague.
    pub vague: bool,
    /// The incident or campaign.
    pub link: Html,
    /// It in one sentence.
    pub summary: Option<&'a str>,
    /// Remarks: a denial, else how likely it is the actor's; its marking where it is above the
    /// page's; where it is said, and by how many sources.
    pub bits: Html,
}

/// An event in the course of an incident.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Event {
    /// When, at the rail.
    pub when: Html,
    /// Whether the date is vague.
    pub vague: bool,
    /// What happened.
    pub what: Html,
    /// Where.
    pub place: Option<Html>,
    /// Its marking, where it is above CLEAR.
    pub tlp: Option<Html>,
    /// Its citations.
    pub cites: Html,
}

/// A name in use.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Alias<'a> {
    /// The name.
    pub name: &'a str,
    /// Who uses it, linked where they have a page; that nobody is named.
    pub by: Html,
    /// How many names of theirs stand in a row from here on; 0 behind the first.
    pub rows: u32,
    /// `the same`, `overlaps`, `a part`.
    pub overlap: &'a str,
    /// The same as a sign: `=`, `∩`, `⊂`.
    pub sign: &'static str,
    /// Where the name is contested: the page of the name.
    pub contested: Option<String>,
    /// Its marking, where it is above CLEAR.
    pub tlp: Option<Html>,
    /// Its citations.
    pub cites: Html,
}

/// A legal status.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Legal {
    /// When, at the rail.
    pub when: Html,
    /// `charged`.
    pub status: Arc<str>,
    /// By whom, linked where they have a page; empty where nobody is named.
    pub by: Html,
    /// Its marking, where it is above CLEAR.
    pub tlp: Option<Html>,
    /// Its citations.
    pub cites: Html,
}

/// A judgement.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Judgement {
    /// What is judged.
    pub text: Html,
    /// Its citations; empty on the home page.
    pub cites: Html,
    /// Remarks: how likely, in words and drawn; how many sources it rests on; its marking.
    pub bits: Html,
}

/// A list that goes on over several pages.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Pages {
    /// The current page, from 1.
    pub current: u32,
    /// Every page.
    pub all: Vec<Numbered>,
    /// The first entry shown, from 1.
    pub first: u32,
    /// The last entry shown.
    pub last: u32,
    /// How many entries there are.
    pub total: u32,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
}

/// A numbered page; a gap where the number is 0.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Numbered {
    /// Its number.
    pub number: u32,
    /// Its path.
    pub path: String,
}

/// A change.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Change {
    /// When, in words.
    pub when: String,
    /// For `datetime`.
    pub datetime: String,
    /// What.
    pub what: Html,
    /// Whether it corrects an error.
    pub correction: bool,
    /// Its marking, where it is above CLEAR.
    pub tlp: Option<Html>,
}

/// A withdrawal or retraction.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Notice {
    /// When, in words.
    pub when: String,
    /// Why.
    pub reason: Html,
}

/// How well a page is sourced.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Sourcing {
    /// How many statements cite something.
    pub statements: u32,
    /// How many different sources.
    pub sources: u32,
    /// How many of them do not derive from one another.
    pub independent: u32,
}

/// How a page of the dossier is cited: three forms, each ready to copy.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Citation {
    /// For a reader.
    pub text: String,
    /// For BibTeX.
    pub bibtex: String,
    /// For programs that read CSL-JSON.
    pub csl: String,
}

/// What only a source's page shows.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Evidence<'a> {
    /// Rows of the record as in [`EntryView::infobox`]: publisher, date, language, how it is cited here.
    pub rows: Html,
    /// The parts of the grade with their meaning.
    pub grade: Option<Graded>,
    /// `all of it`, `excerpts`, `only a reference to it`; none where the source does not say.
    pub seen: Option<&'a str>,
    /// The address in full.
    pub url: Option<&'a str>,
    /// Without scheme.
    pub url_short: Option<&'a str>,
    /// The archived copy.
    pub archived: Option<&'a str>,
    /// When it was read, in words.
    pub accessed: Option<String>,
    /// The kept copy.
    pub snapshot: Option<Snapshot<'a>>,
    /// Taken back.
    pub retracted: Option<Notice>,
    /// What it derives from: descriptions (`dd`).
    pub derives_from: Html,
    /// What derives from it: descriptions.
    pub basis_of: Html,
    /// A citation, ready to copy.
    pub citation: String,
    /// The same for BibTeX.
    pub bibtex: String,
    /// The places that cite it: one page of them, as in [`EntryView::mentions`].
    pub citing: Html,
    /// How many statements rest on it.
    pub statements: u32,
    /// On how many pages.
    pub on_pages: u32,
    /// The pages of the list, where there are several.
    pub pages: Option<Pages>,
}

/// A grade taken apart.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Graded {
    /// `B2`, or `2` where nobody says how reliable the source is.
    pub grade: String,
    /// What the letter says, if there is one.
    pub reliability: Option<Reliable>,
    /// `2`.
    pub digit: String,
    /// `probably true`.
    pub credibility: Arc<str>,
}

/// How reliable a source is.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Reliable {
    /// `B`.
    pub letter: String,
    /// `usually reliable`.
    pub meaning: Arc<str>,
    /// Whether that is said of its publisher, and not of itself.
    pub of_publisher: bool,
}

/// A kept copy.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Snapshot<'a> {
    /// SHA-256.
    pub sha256: &'a str,
    /// When it was taken, in words.
    pub taken: Option<String>,
    /// Its path, where it is published.
    pub path: Option<String>,
}

/// An incident beside another in the order of time.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Neighbour<'a> {
    /// The link to it.
    pub link: Html,
    /// When, in words.
    pub when: Option<&'a str>,
    /// Its marking, where it is above that of the page's entry.
    pub tlp: Option<Html>,
}

/// An entry's page: `entry`.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct EntryView<'a> {
    /// What the page tells programs of itself: elements for its head.
    pub metadata: Html,
    /// Its card.
    pub card: &'a Card,
    /// The path of its kind's index; pages about the dossier have none.
    pub index_path: Option<String>,
    /// What stands after the kind: `confirmed`, `news`, `bank` …
    pub subtype: Option<String>,
    /// Its names other than the title, those that mean the same first.
    pub also: Vec<&'a str>,
    /// The day of the last change told of, in words.
    pub changed: Option<String>,
    /// The same for `datetime`.
    pub changed_datetime: Option<String>,
    /// Who wrote it.
    pub authors: Vec<&'a str>,
    /// Whose it is and on what terms.
    pub rights: Vec<&'a str>,
    /// It in one sentence, with what is marked up in it.
    pub summary: Option<Html>,
    /// The marking of the summary, where it has one of its own.
    pub summary_tlp: Option<Html>,
    /// How well it is sourced; none for sources.
    pub sourcing: Option<Sourcing>,
    /// A draft, shown because drafts were asked for.
    pub draft: bool,
    /// Taken back.
    pub withdrawn: Option<Notice>,
    /// The rows of the infobox: a term (`Active`, `Motive` …), and the values, each with how likely
    /// it is, its citations, its marking and a quieter remark.
    pub infobox: Html,
    /// The items of the table of contents; none where there is little to find.
    pub contents: Option<Html>,
    /// The first paragraph of the text; empty where it begins otherwise.
    pub lead: Html,
    /// The rest of it.
    pub body: Html,
    /// Facts on which sources differ, and the like.
    pub facts: Vec<Fact>,
    /// What an incident says of money, drawn; none of what has fewer than two amounts of a currency.
    pub money: Option<MoneyOf>,
    /// Where the money of an incident went, drawn; none where fewer than two amounts of a currency are told.
    pub flow: Option<FlowOf>,
    /// What the incidents say of money that are attributed to an actor; none of fewer than two.
    pub losses: Option<Losses>,
    /// The course of an incident.
    pub events: Vec<Event>,
    /// Judgements of a note.
    pub judgements: Vec<Judgement>,
    /// Where a person stands before the law.
    pub legal: Vec<Legal>,
    /// What is attributed to it, in order of time: one page of it.
    pub timeline: Vec<Act<'a>>,
    /// The timeline drawn; none of what has fewer than two acts.
    pub span: Option<Drawing>,
    /// Which countries an actor is concerned with, drawn; none where they are fewer than three.
    pub places: Option<Drawing>,
    /// The pages of the timeline, where there are several.
    pub timeline_pages: Option<Pages>,
    /// What it is connected with, drawn; none of what has few connections.
    pub around: Option<Drawing>,
    /// Its relations that the infobox does not tell, both directions, grouped.
    pub relations: Vec<RelationGroup>,
    /// Names in use.
    pub aliases: Vec<Alias<'a>>,
    /// The pages that compare it with others: items of a list.
    pub compared: Html,
    /// Which of its sources stand on which; none where each stands alone.
    pub origins: Option<Origins>,
    /// The reference list in the order of its numbers, from 1; the id of a reference is
    /// `ref-<number>`. Each is its number, the source and the ways back to the marks that lead here.
    pub references: Html,
    /// The pages that mention it, one page of them: each the way there, and what it says.
    pub mentions: Html,
    /// The pages of the mentions, where there are several.
    pub mention_pages: Option<Pages>,
    /// What was changed.
    pub changes: Vec<Change>,
    /// What only a source's page shows.
    pub evidence: Option<Evidence<'a>>,
    /// Its tags.
    pub tags: Html,
    /// What lies beside the page as data.
    pub downloads: Vec<Download>,
    /// How it is cited; none of a source, which is cited itself, and of a page about the dossier.
    pub cite: Option<Citation>,
    /// Of an incident with a date: the one before.
    pub previous: Option<Neighbour<'a>>,
    /// The one after.
    pub next: Option<Neighbour<'a>>,
    /// For templates, as written.
    pub extra: Option<Extra<'a>>,
}

/// A link within the site.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Link<'a> {
    /// The words.
    pub text: &'a str,
    /// The path.
    pub path: String,
    /// How many entries stand behind it.
    pub count: u32,
}

/// A page of an index, of a tag, or of what else entries have in common: `index`.
#[derive(Debug, Clone, Default, Serialize, Hash)]
pub struct IndexView<'a> {
    /// The heading.
    pub heading: &'a str,
    /// `Index`, `Tag`, `Country`.
    pub label: &'a str,
    /// One sentence.
    pub summary: Option<Html>,
    /// The introduction; empty on further pages.
    pub body: Html,
    /// The references of the introduction, as in [`EntryView::references`].
    pub references: Html,
    /// The orders: by name, by date.
    pub orders: Vec<Ordered>,
    /// What the dates of the rows are: `First seen`.
    pub dated: &'a str,
    /// The rows in groups: a letter, a year, what they are.
    pub groups: Vec<Group>,
    /// The letters or years to jump to.
    pub jumps: Vec<Jump>,
    /// The pages of the list, where there are several.
    pub pages: Option<Pages>,
    /// Whether it is the index of sources, a bibliography.
    pub bibliography: bool,
}

/// A page of the register of names: `names`.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct NamesView<'a> {
    /// The heading.
    pub heading: &'a str,
    /// The names in groups, each under a letter: rows of three cells (the name, what it is, of what kind its bearer
    /// is).
    pub groups: Vec<Group>,
    /// The letters to jump to.
    pub jumps: Vec<Jump>,
    /// The pages of the list, where there are several.
    pub pages: Option<Pages>,
    /// The way to who calls what how, where there is enough of it.
    pub producers: Option<String>,
}

/// A page of who calls which entry what: `producers`.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct ProducersView<'a> {
    /// The heading.
    pub heading: &'a str,
    /// The producers that have a column, those that name the most entries first.
    pub columns: Vec<Html>,
    /// Whether there are others, who have the last column together.
    pub others: bool,
    /// How many columns there are, the entries' among them.
    pub width: u32,
    /// The entries by kind: rows of as many cells as there are columns (the entry, then names).
    pub groups: Vec<Group>,
    /// The pages of the list, where there are several.
    pub pages: Option<Pages>,
}

/// All techniques under their tactics: `matrix`.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct MatrixView<'a> {
    /// The heading.
    pub heading: &'a str,
    /// The orders in which techniques are listed: by name, by date, by tactic.
    pub orders: Vec<Ordered>,
    /// By what the tactics are in order: a version of ATT&CK.
    pub order: Option<String>,
    /// The techniques, drawn.
    pub drawn: Option<Drawing>,
    /// The techniques in groups, each under a tactic: rows of three cells (its id, its name, who uses it).
    pub groups: Vec<Group>,
}

/// Actors beside each other, or a list of those that are: `compare`.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct CompareView<'a> {
    /// The heading.
    pub heading: Arc<str>,
    /// What the list is.
    pub summary: Option<&'a str>,
    /// Of the list: rows of two cells (who is compared, how much they share).
    pub pairs: Html,
    /// Of a comparison: the path, below the root, to where others can be compared with these.
    pub others: Option<String>,
    /// Of a comparison: who is compared.
    pub entries: Vec<Html>,
    /// In what.
    pub sections: Vec<Shared>,
}

/// What some have in common.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Shared {
    /// `Victims`.
    pub heading: Arc<str>,
    /// Its id on the page.
    pub id: String,
    /// What its rows are: `In common`.
    pub head: Arc<str>,
    /// What several have: rows of one cell and one for each of them.
    pub rows: Html,
    /// What each has alone.
    pub apart: Vec<Apart>,
}

/// What one of them has alone.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Apart {
    /// Who it is, and how much that is.
    pub told: String,
    /// It, as items of a list.
    pub items: Html,
}

/// Which sources stand on which.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Origins {
    /// How many they are, and how many are independent, in words.
    pub told: String,
    /// It drawn, where that are more than three.
    pub drawn: Option<Drawing>,
    /// It as items of a list, with lists in them.
    pub tree: Html,
}

/// What incidents say of money: `money`.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct MoneyView<'a> {
    /// The heading.
    pub heading: &'a str,
    /// It by currency, those of which the most is told first; on the first page.
    pub currencies: Vec<OfCurrency>,
    /// It in one currency; none where no value is converted.
    pub converted: Option<InOneCurrency>,
    /// All values by incident, oldest first: a row with the incident, then rows of three cells (what became of it, the
    /// amount, who states it).
    pub groups: Vec<Group>,
    /// The way to its other pages; none where there is one.
    pub pages: Option<Pages>,
}

/// What incidents say of one currency.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct OfCurrency {
    /// `USD`.
    pub heading: String,
    /// Its id on the page.
    pub id: String,
    /// It drawn; none where there are fewer than two amounts.
    pub drawn: Option<Drawing>,
    /// Sums: rows of three cells (what became of it, the sum, of how many incidents).
    pub totals: Html,
}

/// What incidents say of all currencies, in one.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct InOneCurrency {
    /// `All in USD, converted`.
    pub heading: String,
    /// Sums: rows of three cells (what became of it, the sum, of how many incidents and what is not in it).
    pub totals: Html,
    /// The rates: rows of three cells (the rate, its day with of how many values it is, its source).
    pub rates: Html,
}

/// What an incident says of money.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct MoneyOf {
    /// It drawn, once for each currency.
    pub drawings: Vec<Drawing>,
    /// The currencies that are drawn.
    pub currencies: Vec<String>,
    /// Whether values stand among the facts on which sources differ, too.
    pub differ: bool,
    /// All of it: rows of three cells (what became of it, the amount, who states it).
    pub rows: Html,
}

/// Where the money of an incident went.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct FlowOf {
    /// It drawn, once for each currency.
    pub drawings: Vec<Drawing>,
    /// All ways that are stated: rows of four cells (from whom, to whom, the amount, who states it).
    pub rows: Html,
}

/// What the incidents say of money that are attributed to an actor.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Losses {
    /// It by currency, those of which the most is told first.
    pub currencies: Vec<OfCurrency>,
    /// It in one currency; none where no value is converted.
    pub converted: Option<InOneCurrency>,
    /// All values by incident, as on the page of money.
    pub groups: Vec<Group>,
    /// How many of the incidents stand in the table, where that is not all.
    pub caption: Option<String>,
}

/// Everything that is connected: `graph`.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct GraphView<'a> {
    /// The heading.
    pub heading: &'a str,
    /// The connections, drawn.
    pub drawn: Option<Drawing>,
    /// What is drawn, by its colours: those that there are.
    pub kinds: Vec<Hue>,
    /// How many of the entries stand in the list, where that is not all.
    pub caption: Option<String>,
    /// Those with the most connections: rows of three cells (the entry, what it is, with how many others it is connected).
    pub rows: Html,
}

/// What the dossier is given on as: `data`.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct DataView<'a> {
    /// The heading.
    pub heading: &'a str,
    /// The exports of the whole.
    pub whole: Vec<Export<'a>>,
    /// The forms in which each entry stands beside its page.
    pub entries: Vec<&'static str>,
    /// A line of code that asks for the objects as a TAXII client does, where it can.
    pub taxii: Option<String>,
}

/// An export of the whole.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Export<'a> {
    /// `csl-json`, as the command line names it.
    pub name: &'static str,
    /// `CSL-JSON`.
    pub label: &'static str,
    /// What it holds.
    pub about: &'a str,
    /// Whether indicators stand in it as machines need them.
    pub live: bool,
    /// Its path.
    pub path: String,
    /// The name of the file.
    pub file: String,
    /// Its media type.
    pub media_type: &'static str,
    /// `1.2 MB`.
    pub size: String,
    /// SHA-256, in hexadecimal figures.
    pub sha256: String,
    /// A line of code that reads it.
    pub example: String,
    /// The path of its JSON Schema, where it has one.
    pub schema: Option<String>,
}

/// An export of an entry, which lies beside its page.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Download {
    /// `CSL-JSON`.
    pub label: &'static str,
    /// Its path.
    pub path: String,
    /// The name of the file.
    pub file: String,
    /// Its media type.
    pub media_type: &'static str,
}

/// A kind, as drawings show it.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Hue {
    /// `actor`; its class is `k-actor`.
    pub kind: &'static str,
    /// `Actors`.
    pub text: Arc<str>,
}

/// Who is where: `map`.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct MapView<'a> {
    /// The heading.
    pub heading: &'a str,
    /// The world, drawn.
    pub drawn: Option<Drawing>,
    /// How many each filling of the drawing stands for.
    pub weights: Vec<Weight>,
    /// Whether the drawing says of any country that somebody comes from there.
    pub origins: bool,
    /// The countries, those where most are first: rows of three cells (as what, how many, who).
    pub groups: Vec<MapGroup>,
}

/// A filling of a drawing.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Weight {
    /// `0`; its class is `w0`.
    pub step: u32,
    /// `2–3`.
    pub text: String,
}

/// A country with who is there.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct MapGroup {
    /// Its id on the page.
    pub id: String,
    /// The link to its entry; words for what is in no country.
    pub heading: Html,
    /// A row for each sort of presence.
    pub rows: Html,
}

/// A page of the incidents and campaigns of the dossier in order of time: `chronicle`.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct ChronicleView {
    /// They drawn, on the first page.
    pub drawn: Option<Drawing>,
    /// They in groups, each under a year: rows of four cells (the title with a line about it and its events, the date,
    /// what it is connected with, how many sources).
    pub groups: Vec<Group>,
    /// The years to jump to.
    pub jumps: Vec<Jump>,
    /// The pages of the list, where there are several.
    pub pages: Option<Pages>,
}

/// Where a reader searches: `search`. Without scripts it leads to the register.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct SearchView {
    /// The letters of the register to jump to.
    pub jumps: Vec<Jump>,
}

/// An order of an index.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Ordered {
    /// `by name`.
    pub text: Arc<str>,
    /// Its first page.
    pub path: String,
    /// Whether it is this one.
    pub current: bool,
}

/// Rows under a letter, a year, or of one sort.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Group {
    /// The letter, the year or the sort; empty where there is none.
    pub heading: String,
    /// What the dates of these rows are, where that differs from group to group and one has a date.
    pub dated: Option<Arc<str>>,
    /// Its id on the page.
    pub id: String,
    /// The rows: of four cells each (the entry, its date, what it is connected with, how many sources
    /// it cites); in the index of sources items, each as in a reference list with remarks.
    pub rows: Html,
}

/// A letter or year to jump to.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Jump {
    /// The letter or year.
    pub text: String,
    /// The id of the group.
    pub id: String,
    /// The page on which it begins, unless it is this one.
    pub path: Option<String>,
}

/// The home page: `home`.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct HomeView<'a> {
    /// What the page tells programs of itself: elements for its head.
    pub metadata: Html,
    /// The heading.
    pub heading: &'a str,
    /// One sentence.
    pub summary: Option<Html>,
    /// The text.
    pub body: Html,
    /// The references of the text, as in [`EntryView::references`].
    pub references: Html,
    /// Key judgements.
    pub judgements: Vec<Judgement>,
    /// The note that holds them.
    pub reasoning: Option<&'a Card>,
    /// The entries with most connections.
    pub main: Vec<Shown<'a>>,
    /// What changed last.
    pub newest: Vec<Newest<'a>>,
    /// How it is sourced.
    pub sourcing: Sourcing,
    /// Sources of which the text was not seen.
    pub unseen: u32,
    /// Sources by the letter of their grade.
    pub grades: Vec<GradeCount>,
    /// The indexes.
    pub indexes: Vec<Link<'a>>,
    /// The pages that show the dossier as a whole: all connections, techniques by tactic.
    pub overviews: Vec<Step>,
}

/// An entry and the link to it.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Shown<'a> {
    /// The link.
    pub link: Html,
    /// The entry.
    pub card: &'a Card,
}

/// A change on the home page.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Newest<'a> {
    /// The link to the entry.
    pub link: Html,
    /// The entry.
    pub card: &'a Card,
    /// `changed 3 March 2026`.
    pub what: String,
}

/// How many sources have a letter.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct GradeCount {
    /// The letter, or `–` for none.
    pub letter: String,
    /// What it means.
    pub meaning: Arc<str>,
    /// How many.
    pub count: u32,
    /// The share of the greatest count, per cent.
    pub share: u32,
}

/// All tags, or all of what entries have in common in another respect: `tags`.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct TagsView<'a> {
    /// The tags, countries, sectors, markings.
    pub tags: Vec<Link<'a>>,
}

/// A contested name: `name`.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct NameView<'a> {
    /// The name.
    pub name: &'a str,
    /// Who claims it.
    pub claims: Vec<Claim<'a>>,
}

/// An entry that claims a name.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct Claim<'a> {
    /// The link to the entry.
    pub link: Html,
    /// The entry.
    pub card: &'a Card,
    /// `its own name`, `a name for the same`, `overlaps`, `a part of it`.
    pub how: &'a str,
    /// Who uses it so.
    pub by: Option<&'a str>,
}

/// A former address: `redirect`.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct RedirectView<'a> {
    /// The title of the page that it leads to.
    pub title: &'a str,
    /// Its path.
    pub path: &'a str,
}

/// A further page of a list of an entry's: `more`.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct MoreView<'a> {
    /// The entry.
    pub card: &'a Card,
    /// `cited`, `mentions`, `connections` or `timeline`.
    pub list: &'static str,
    /// `What rests on it`, `is targeted by incidents`.
    pub heading: String,
    /// The places, for `cited` and `mentions`, as in [`EntryView::mentions`]; the relations, for
    /// `connections`, as in [`RelationGroup::items`].
    pub items: Html,
    /// The acts, for `timeline`.
    pub timeline: Vec<Act<'a>>,
    /// The pages of the list.
    pub pages: Option<Pages>,
}

/// What every page may use: `site`.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct SiteView {
    /// The dossier's title.
    pub title: String,
    /// One sentence.
    pub description: Option<String>,
    /// BCP 47 tag.
    pub lang: String,
    /// Its authors.
    pub authors: Vec<String>,
    /// The navigation; as ready links in `page.navigation`.
    pub navigation: Vec<NavLink>,
    /// The home page's path: empty, or `index.html` where links name files.
    pub home: String,
    /// The path of the page of the search.
    pub search: String,
    /// The path of the list of all names.
    pub names: String,
    /// The path of the timeline of the dossier, where there is one.
    pub timeline: Option<String>,
    /// The path of the page of exports, where there are any.
    pub data: Option<String>,
    /// The path of the page of all tags, where there are tags.
    pub tags: Option<String>,
    /// The lists of what entries have in common, in the language of the dossier; in that of the page in `page.lists`.
    pub lists: Vec<Step>,
    /// The audience.
    pub audience: Marking,
    /// Whether quotation marks and apostrophes are set after the templates.
    pub smart_punctuation: bool,
    /// The paths of the stylesheets behind the default one.
    pub stylesheets: Vec<String>,
    /// The path of the picture beside the title, where there is one.
    pub logo: Option<String>,
}

/// An item of the navigation.
#[derive(Debug, Clone, PartialEq, Serialize, Hash)]
pub struct NavLink {
    /// The words.
    pub text: String,
    /// The path, where it is within the site.
    pub path: Option<String>,
    /// The address, where it is elsewhere.
    pub url: Option<String>,
    /// The folder, or the page, on which it is current.
    pub section: String,
}

/// What a writer put under `extra`, as it is.
#[derive(Debug, Clone, Copy)]
pub struct Extra<'a>(pub &'a Data);

impl Serialize for Extra<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Data::Null => serializer.serialize_none(),
            Data::Bool(value) => serializer.serialize_bool(*value),
            Data::Integer(value) => serializer.serialize_i64(*value),
            Data::Float(value) => serializer.serialize_f64(*value),
            Data::Text(text) => serializer.serialize_str(text),
            Data::List(list) => serializer.collect_seq(list.iter().map(Extra)),
            Data::Map(pairs) => {
                let mut map = serializer.serialize_map(Some(pairs.len()))?;
                for (key, value) in pairs {
                    map.serialize_entry(key, &Extra(value))?;
                }
                map.end()
            }
        }
    }
}

impl Hash for Extra<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::mem::discriminant(self.0).hash(state);
        match self.0 {
            Data::Null => {}
            Data::Bool(value) => value.hash(state),
            Data::Integer(value) => value.hash(state),
            Data::Float(value) => value.to_bits().hash(state),
            Data::Text(text) => text.hash(state),
            Data::List(list) => {
                state.write_usize(list.len());
                list.iter().for_each(|value| Extra(value).hash(state));
            }
            Data::Map(pairs) => {
                state.write_usize(pairs.len());
                for (key, value) in pairs {
                    key.hash(state);
                    Extra(value).hash(state);
                }
            }
        }
    }
}
