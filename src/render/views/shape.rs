//! The shapes of what templates see. Every field is a key of that name in the template.
//!
//! Paths (`path`) stand after the page's `root` in links: `{{ root }}{{ card.path }}`.

use crate::render::Html;
use tera::Value;

view! {
    /// What every page has: `page`.
    Shell {
        /// The page's title, without the dossier's.
        title: String,
        /// One sentence, for search engines.
        description: Option<String>,
        /// BCP 47 tag.
        lang: String,
        /// The absolute address.
        canonical: String,
        /// `actor`, `incident` …, or `home`, `index`, `tags`, `name`, `missing`, `redirect`.
        kind: String,
        /// The folder that the navigation marks as current; empty where none.
        section: String,
        /// The highest marking of what the page shows.
        tlp: Marking,
        /// The feed to offer, a path.
        feed: String,
        /// Whether robots should leave it out.
        noindex: bool,
    }

    /// A marking: `amber+strict`, the class `tlp-amber-strict`, `TLP:AMBER+STRICT`.
    Marking {
        /// As in front matter.
        name: String,
        /// Its class.
        class: String,
        /// As printed.
        label: String,
        /// Whether it is above CLEAR.
        raised: bool,
    }

    /// What pages show of an entry; the same value on every page.
    Card {
        /// Its title.
        title: String,
        /// Its page.
        path: String,
        /// `actor`.
        kind: String,
        /// `Actor`, for people's status see `legal`.
        label: String,
        /// One sentence.
        summary: Option<String>,
        /// When, in words.
        when: Option<String>,
        /// Whether the date is vague.
        vague: bool,
        /// A person's legal status: `charged`.
        legal: Option<String>,
        /// Withdrawn.
        withdrawn: bool,
        /// How many different sources it cites.
        sources: u32,
        /// The main figure of an incident: what was lost.
        figure: Option<String>,
    }

    /// A citation mark.
    Cite {
        /// The number; 0 where the source is withheld.
        number: u32,
        /// The id of the mark; none where the same citation has its mark elsewhere on the page.
        anchor: Option<String>,
        /// Where in the source.
        at: Option<String>,
        /// The source; none where it is withheld.
        source: Option<Value>,
    }

    /// What pages show of a source where it is cited; the same value on every page.
    SourceCard {
        /// Its title.
        title: String,
        /// Its page.
        path: String,
        /// `Reuters`.
        publisher: String,
        /// The page of the publisher, if it has one.
        publisher_path: Option<String>,
        /// `Reuters 2016`, for margin notes.
        short: String,
        /// When published, in words.
        date: Option<String>,
        /// Its address, if it may be linked.
        url: Option<String>,
        /// The host of the address: `reuters.com`.
        host: Option<String>,
        /// `B2`.
        grade: Option<String>,
        /// `B: usually reliable · 2: probably true`.
        grade_meaning: Option<String>,
        /// `retracted`, `text not seen`, `derives from Reuters 2016`: what a reader must know.
        caveats: Vec<String>,
    }

    /// A confidence.
    Sure {
        /// The words.
        words: String,
        /// The lower bound, per cent.
        low: u32,
        /// The upper bound, per cent.
        high: u32,
    }

    /// A row of the infobox.
    Pair {
        /// `Active`, `Motive` …
        label: String,
        /// The values.
        items: Vec<Item>,
    }

    /// A value in the infobox.
    Item {
        /// The words, where it is no entry.
        text: String,
        /// The entry.
        card: Option<Value>,
        /// An address elsewhere.
        url: Option<String>,
        /// How likely.
        sure: Option<Sure>,
        /// A quieter remark: `as of October 2018`, `others: 80, 91`.
        quiet: Option<String>,
        /// An id on the page where more is said.
        more: Option<String>,
        /// Its marking, where it is above CLEAR.
        tlp: Option<Marking>,
        /// Its citations.
        cites: Vec<Cite>,
    }

    /// A fact on which sources differ, or that has more to say than the infobox holds.
    Fact {
        /// Its id on the page.
        id: String,
        /// `Actual loss`.
        label: String,
        /// The chosen version, if one is.
        chosen: Option<Version>,
        /// Why it is chosen.
        reason: Option<String>,
        /// The others.
        others: Vec<Version>,
        /// Where the figures lie, if they can be drawn.
        chart: Option<Chart>,
    }

    /// A version of a fact.
    Version {
        /// The value.
        text: String,
        /// A remark.
        note: Option<String>,
        /// When it held.
        as_of: Option<String>,
        /// Its marking, where it is above CLEAR.
        tlp: Option<Marking>,
        /// Its citations.
        cites: Vec<Cite>,
    }

    /// Figures on a line, positions in per cent of its width.
    Chart {
        /// What it says in words.
        label: String,
        /// The marks.
        marks: Vec<Mark>,
        /// The least of the scale, in words.
        low: String,
        /// The greatest of the scale, in words.
        high: String,
    }

    /// A mark on a chart.
    Mark {
        /// Where it begins, with two decimals.
        x: String,
        /// How wide it is; `0.00` for a point.
        width: String,
        /// Whether it is the chosen one.
        chosen: bool,
        /// Its value in words.
        text: String,
    }

    /// Relations of one verb, from one end.
    RelationGroup {
        /// `is attributed to`.
        phrase: String,
        /// The relations.
        items: Vec<Relation>,
    }

    /// A relation.
    Relation {
        /// The other end.
        card: Value,
        /// How likely.
        sure: Option<Sure>,
        /// `since 2014`, `2016–2018`.
        period: Option<String>,
        /// The source denies it.
        denied: bool,
        /// A remark.
        note: Option<String>,
        /// Its marking, where it is above CLEAR.
        tlp: Option<Marking>,
        /// Its citations, where this page states it.
        cites: Vec<Cite>,
        /// Where the other page states it, with how many sources; where that page does.
        stated: Option<Stated>,
    }

    /// The place on another page where a relation is stated.
    Stated {
        /// That page, with a fragment.
        path: String,
        /// How many sources it cites there.
        sources: u32,
    }

    /// An act in an actor's timeline.
    Act {
        /// The incident or campaign.
        card: Value,
        /// How likely it is the actor's.
        sure: Option<Sure>,
        /// The source denies it.
        denied: bool,
        /// Its marking where it is above the page's.
        tlp: Option<Marking>,
        /// Where it is said.
        stated: Stated,
    }

    /// A timeline drawn: positions in per cent of its width.
    Span {
        /// What it says in words.
        label: String,
        /// The years on the scale.
        ticks: Vec<Tick>,
        /// The acts; a point where the width is `0.00`.
        marks: Vec<Mark>,
    }

    /// A year on a scale.
    Tick {
        /// Where, with two decimals.
        x: String,
        /// The year.
        text: String,
    }

    /// An event in the course of an incident.
    Event {
        /// When, in words.
        when: String,
        /// For `datetime`, where it is exact.
        datetime: Option<String>,
        /// Whether the date is vague.
        vague: bool,
        /// What happened.
        what: String,
        /// Where.
        place: Option<Value>,
        /// Its marking, where it is above CLEAR.
        tlp: Option<Marking>,
        /// Its citations.
        cites: Vec<Cite>,
    }

    /// A name in use.
    Alias {
        /// The name.
        name: String,
        /// Who uses it.
        by: Option<String>,
        /// The page of who uses it.
        by_path: Option<String>,
        /// `the same`, `overlaps`, `a part`.
        overlap: String,
        /// Where the name is contested: the page of the name.
        contested: Option<String>,
        /// Its marking, where it is above CLEAR.
        tlp: Option<Marking>,
        /// Its citations.
        cites: Vec<Cite>,
    }

    /// A legal status.
    Legal {
        /// `charged`.
        status: String,
        /// When, in words.
        when: Option<String>,
        /// By whom.
        by: Option<String>,
        /// The page of that authority.
        by_path: Option<String>,
        /// Its marking, where it is above CLEAR.
        tlp: Option<Marking>,
        /// Its citations.
        cites: Vec<Cite>,
    }

    /// A judgement.
    Judgement {
        /// What is judged.
        text: String,
        /// How likely.
        sure: Option<Sure>,
        /// How many sources it rests on.
        sources: u32,
        /// Its marking, where it is above CLEAR.
        tlp: Option<Marking>,
        /// Its citations; empty on the home page.
        cites: Vec<Cite>,
    }

    /// A reference in the list.
    Reference {
        /// Its number; its id is `ref-<number>`.
        number: u32,
        /// The source.
        source: Value,
        /// The ids of the marks that lead here.
        back: Vec<String>,
    }

    /// A page that mentions or cites this one.
    Mention {
        /// That page; none for the home page or an index page.
        card: Option<Value>,
        /// The title of that page.
        title: String,
        /// Its path.
        path: String,
        /// What it says.
        said: Vec<Said>,
    }

    /// A sentence or statement elsewhere.
    Said {
        /// The words.
        text: String,
        /// `in the text`, `connections` …
        place: String,
        /// That very place, with a fragment.
        path: String,
    }

    /// A line in the table of contents.
    Entry {
        /// The id.
        id: String,
        /// The heading.
        text: String,
        /// 1 for the top, 2 for what is below.
        level: u32,
    }

    /// A list that goes on over several pages.
    Pages {
        /// The current page, from 1.
        current: u32,
        /// Every page.
        all: Vec<Numbered>,
        /// The first entry shown, from 1.
        first: u32,
        /// The last entry shown.
        last: u32,
        /// How many entries there are.
        total: u32,
        /// The page before.
        previous: Option<String>,
        /// The page after.
        next: Option<String>,
    }

    /// A numbered page; a gap where the number is 0.
    Numbered {
        /// Its number.
        number: u32,
        /// Its path.
        path: String,
    }

    /// A change.
    Change {
        /// When, in words.
        when: String,
        /// For `datetime`.
        datetime: String,
        /// What.
        what: String,
        /// Whether it corrects an error.
        correction: bool,
        /// Its marking, where it is above CLEAR.
        tlp: Option<Marking>,
    }

    /// A withdrawal or retraction.
    Notice {
        /// When, in words.
        when: String,
        /// Why.
        reason: String,
    }

    /// How well a page is sourced.
    Sourcing {
        /// How many statements cite something.
        statements: u32,
        /// How many different sources.
        sources: u32,
        /// How many of them do not derive from one another.
        independent: u32,
    }

    /// What only a source's page shows.
    Evidence {
        /// `report`, `news` …
        type_: Option<String>,
        /// The parts of the grade with their meaning.
        grade: Option<Graded>,
        /// `all of it`, `excerpts`, `only a reference to it`.
        seen: String,
        /// The address in full.
        url: Option<String>,
        /// Without scheme.
        url_short: Option<String>,
        /// The archived copy.
        archived: Option<String>,
        /// When it was read, in words.
        accessed: Option<String>,
        /// The kept copy.
        snapshot: Option<Snapshot>,
        /// Taken back.
        retracted: Option<Notice>,
        /// What it derives from: cards.
        derives_from: Vec<Value>,
        /// What derives from it: cards.
        basis_of: Vec<Value>,
        /// A citation, ready to copy.
        citation: String,
        /// The same for BibTeX.
        bibtex: String,
        /// The places that cite it: one page of them.
        citing: Vec<Mention>,
        /// How many statements rest on it.
        statements: u32,
        /// On how many pages.
        on_pages: u32,
        /// The pages of the list.
        pages: Pages,
    }

    /// A grade taken apart.
    Graded {
        /// `B2`.
        grade: String,
        /// `B`.
        letter: String,
        /// `usually reliable`.
        reliability: String,
        /// `2`.
        digit: String,
        /// `probably true`.
        credibility: String,
    }

    /// A kept copy.
    Snapshot {
        /// SHA-256.
        sha256: String,
        /// When it was taken, in words.
        taken: Option<String>,
        /// Its path, where it is published.
        path: Option<String>,
    }

    /// An entry's page: `entry`.
    EntryView {
        /// Its card.
        card: Value,
        /// The path of its kind's index.
        index_path: String,
        /// What stands after the kind: `confirmed`, `news`, `bank` …
        subtype: Option<String>,
        /// Its names other than the title, those that mean the same first.
        also: Vec<String>,
        /// The day of the last change told of, in words.
        changed: Option<String>,
        /// The same for `datetime`.
        changed_datetime: Option<String>,
        /// Who wrote it.
        authors: Vec<String>,
        /// How well it is sourced; none for sources.
        sourcing: Option<Sourcing>,
        /// A draft, shown because drafts were asked for.
        draft: bool,
        /// Taken back.
        withdrawn: Option<Notice>,
        /// The infobox.
        infobox: Vec<Pair>,
        /// The table of contents.
        contents: Vec<Entry>,
        /// The text.
        body: Html,
        /// Facts on which sources differ, and the like.
        facts: Vec<Fact>,
        /// The course of an incident.
        events: Vec<Event>,
        /// Judgements of a note.
        judgements: Vec<Judgement>,
        /// Where a person stands before the law.
        legal: Vec<Legal>,
        /// What is attributed to it, in order of time: one page of it.
        timeline: Vec<Act>,
        /// The timeline drawn.
        span: Option<Span>,
        /// The pages of the timeline.
        timeline_pages: Pages,
        /// Its relations, both directions, grouped: one page of those that others state.
        relations: Vec<RelationGroup>,
        /// The pages of what others state of it.
        relation_pages: Pages,
        /// Names in use.
        aliases: Vec<Alias>,
        /// The reference list.
        references: Vec<Reference>,
        /// The pages that mention it: one page of them.
        mentions: Vec<Mention>,
        /// The pages of the mentions.
        mention_pages: Pages,
        /// What was changed.
        changes: Vec<Change>,
        /// What only a source's page shows.
        evidence: Option<Evidence>,
        /// Its tags.
        tags: Vec<Link>,
        /// For templates, as written.
        extra: Value,
    }

    /// A link within the site.
    Link {
        /// The words.
        text: String,
        /// The path.
        path: String,
        /// How many entries stand behind it.
        count: u32,
    }

    /// A page of an index or of a tag: `index`.
    IndexView {
        /// The heading.
        heading: String,
        /// `Index` or `Tag`.
        label: String,
        /// One sentence.
        summary: Option<String>,
        /// The introduction; empty on further pages.
        body: Html,
        /// The references of the introduction.
        references: Vec<Reference>,
        /// The orders: by name, by date.
        orders: Vec<Ordered>,
        /// The rows in groups: a letter, a year, or one group without a heading.
        groups: Vec<Group>,
        /// The letters or years to jump to.
        jumps: Vec<Jump>,
        /// The pages of the list.
        pages: Pages,
        /// Whether it is the index of sources, a bibliography.
        bibliography: bool,
    }

    /// An order of an index.
    Ordered {
        /// `by name`.
        text: String,
        /// Its first page.
        path: String,
        /// Whether it is this one.
        current: bool,
    }

    /// Rows under a letter or a year.
    Group {
        /// The letter or year; empty where there is none.
        heading: String,
        /// Its id on the page.
        id: String,
        /// The rows.
        rows: Vec<Row>,
    }

    /// A row of an index.
    Row {
        /// The entry.
        card: Value,
        /// What it is connected with: cards, a few.
        links: Vec<Value>,
        /// A source as in a reference list; only in the index of sources.
        source: Option<Value>,
        /// How many statements rest on it; only in the index of sources.
        statements: u32,
    }

    /// A letter or year to jump to.
    Jump {
        /// The letter or year.
        text: String,
        /// The id of the group.
        id: String,
    }

    /// The home page: `home`.
    HomeView {
        /// The heading.
        heading: String,
        /// One sentence.
        summary: Option<String>,
        /// The text.
        body: Html,
        /// The references of the text.
        references: Vec<Reference>,
        /// Key judgements.
        judgements: Vec<Judgement>,
        /// The note that holds them: a card.
        reasoning: Option<Value>,
        /// The entries with most connections: cards.
        main: Vec<Value>,
        /// What changed last.
        newest: Vec<Newest>,
        /// How it is sourced.
        sourcing: Sourcing,
        /// Sources of which the text was not seen.
        unseen: u32,
        /// Sources by the letter of their grade.
        grades: Vec<GradeCount>,
        /// The indexes.
        indexes: Vec<Link>,
    }

    /// A change on the home page.
    Newest {
        /// The entry.
        card: Value,
        /// `changed 3 March 2026`.
        what: String,
    }

    /// How many sources have a letter.
    GradeCount {
        /// The letter, or `–` for none.
        letter: String,
        /// What it means.
        meaning: String,
        /// How many.
        count: u32,
        /// The share of the greatest count, per cent.
        share: u32,
    }

    /// All tags: `tags`.
    TagsView {
        /// The tags.
        tags: Vec<Link>,
    }

    /// A contested name: `name`.
    NameView {
        /// The name.
        name: String,
        /// Who claims it.
        claims: Vec<Claim>,
    }

    /// An entry that claims a name.
    Claim {
        /// The entry.
        card: Value,
        /// `its own name`, `a name for the same`, `overlaps`, `a part of it`.
        how: String,
        /// Who uses it so.
        by: Option<String>,
    }

    /// A former address: `redirect`.
    RedirectView {
        /// The title of the page that it leads to.
        title: String,
        /// Its path.
        path: String,
    }

    /// A further page of a list of an entry's: `more`.
    MoreView {
        /// The entry.
        card: Value,
        /// `cited`, `mentions`, `connections` or `timeline`.
        list: String,
        /// `What rests on it`.
        heading: String,
        /// The places, for `cited` and `mentions`.
        mentions: Vec<Mention>,
        /// The relations, for `connections`.
        relations: Vec<RelationGroup>,
        /// The acts, for `timeline`.
        timeline: Vec<Act>,
        /// The pages of the list.
        pages: Pages,
    }

    /// What every page may use: `site`.
    SiteView {
        /// The dossier's title.
        title: String,
        /// One sentence.
        description: Option<String>,
        /// BCP 47 tag.
        lang: String,
        /// Its authors.
        authors: Vec<String>,
        /// The navigation.
        navigation: Vec<NavLink>,
        /// The home page's path: empty, or `index.html` where links name files.
        home: String,
        /// The path of the page of all tags, where there are tags.
        tags: Option<String>,
        /// The audience.
        audience: Marking,
    }

    /// An item of the navigation.
    NavLink {
        /// The words.
        text: String,
        /// The path, where it is within the site.
        path: Option<String>,
        /// The address, where it is elsewhere.
        url: Option<String>,
        /// The folder that marks it as current.
        section: String,
    }
}
