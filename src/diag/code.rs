//! The codes of all problems, each with its severity and explanation.
//!
//! A code's name is what `[severity]` in `dossier.toml` and `dossier explain` take. Its explanation
//! is a file of its own in `explain/`, with an example of wrong and right.

use super::Severity;
use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident $about:literal;)*) => {
        /// What kind of problem a [`super::Diagnostic`] is.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        pub enum Code {
            $(#[doc = $about] $variant,)*
        }

        impl Code {
            /// Every code, in the order in which `explain` lists them.
            pub const ALL: &[Code] = &[$(Code::$variant,)*];

            /// The code's name: lower case with hyphens, permanent.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// What the code stands for, a few words.
            #[must_use]
            pub const fn about(self) -> &'static str {
                match self { $(Code::$variant => $about,)* }
            }

            /// The weight it has unless the configuration says otherwise.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }

            /// The explanation, Markdown: what it means, an example of wrong and of right.
            #[must_use]
            pub const fn explanation(self) -> &'static str {
                match self { $(Code::$variant => include_str!(concat!("explain/", $name, ".md")),)* }
            }
        }
    };
}

codes! {
    NotUtf8 "not-utf8" Error "a file is not UTF-8 text";
    LinkLeavesProject "link-leaves-project" Error "a symbolic link leads out of the project";
    FileTooLarge "file-too-large" Error "a text file is too large to be an entry";
    FrontMatterMissing "front-matter-missing" Error "an entry has no front matter";
    FrontMatterSyntax "front-matter-syntax" Error "the front matter cannot be read";
    CutValue "cut-value" Warning "a value that YAML ends at a `#`";
    UnknownKey "unknown-key" Error "a key that does not exist for this kind of entry";
    DuplicateKey "duplicate-key" Error "a key that stands twice";
    WrongType "wrong-type" Error "a value of another type than the key takes";
    MissingKey "missing-key" Error "a required key is absent";
    BadValue "bad-value" Error "a value that is not one of those allowed";
    BadDate "bad-date" Error "a date that cannot be read";
    BadMoney "bad-money" Error "an amount of money that cannot be read";
    BadMarking "bad-marking" Error "a TLP marking that cannot be read or stands where none may";
    OtherMarking "other-marking" Error "a mark of a scheme other than TLP 2.0";
    LabelInCode "label-in-code" Warning "a label in a block of code, which marks nothing there";
    MarkedLeadIn "marked-lead-in" Warning "a marked sentence that leads to what is not marked";
    LowerMarking "lower-marking" Error "a lower marking inside a higher one";
    BadSlug "bad-slug" Error "a file name that is not a slug";
    UnknownFolder "unknown-folder" Error "a folder that is no kind of entry";
    DuplicateSlug "duplicate-slug" Error "two entries of one kind with the same slug";
    DuplicateId "duplicate-id" Error "two entries with the same permanent id";
    DuplicateAlias "duplicate-alias" Error "an entry that gives the same name twice";
    EndBeforeStart "end-before-start" Error "a period that ends before it starts";
    UnresolvedLink "unresolved-link" Error "a link to an entry that does not exist";
    AmbiguousLink "ambiguous-link" Error "a name that more than one entry claims";
    MissingAnchor "missing-anchor" Error "a link to a heading that the page does not have";
    LinkedEmbed "linked-embed" Warning "an embed that stands where it can only be a link";
    NestedEmbed "nested-embed" Warning "an embed within an embed, or of the page that it stands on";
    MissingFile "missing-file" Error "a link to a file that does not exist";
    UnknownEntry "unknown-entry" Error "a reference in front matter to an entry that does not exist";
    UnknownSource "unknown-source" Error "a citation of a source that does not exist";
    RelationNotAllowed "relation-not-allowed" Error "a relation between two kinds that cannot have it";
    UnknownTactic "unknown-tactic" Warning "an id of a tactic that ATT&CK does not have";
    UnsourcedClaim "unsourced-claim" Warning "a claim that cites no source";
    ReferenceOnly "reference-only" Warning "a claim that rests only on sources whose text was not seen";
    RetractedSource "retracted-source" Warning "a claim that rests only on retracted sources";
    NoChosenValue "no-chosen-value" Error "sources disagree and no value, or more than one, is chosen";
    MissingReliability "missing-reliability" Warning "a grade of which nobody says the letter";
    MissingLegalStatus "missing-legal-status" Warning "a person tied to an act without a legal status";
    MixedTerms "mixed-terms" Warning "words of estimative probability from both rows in one entry";
    BadQuery "bad-query" Error "a list in a text whose query cannot be read";
    BadDrawing "bad-drawing" Error "a drawing in a text that cannot be made";
    BadIndicator "bad-indicator" Error "a line of an indicator block that is no indicator";
    WithheldIndicator "withheld-indicator" Error "a link to what is an indicator only in what is withheld";
    LiveIndicator "live-indicator" Warning "a link to a known indicator";
    BadCitation "bad-citation" Error "a citation that cannot be read";
    UnsafeLink "unsafe-link" Error "a link or image with an address that a dossier may not carry";
    BadAttribute "bad-attribute" Error "a heading attribute other than an id, a class or tlp";
    OpenComment "open-comment" Error "a comment that is not closed";
    DroppedComment "dropped-comment" Warning "a comment that no reader sees";
    ImportConflict "import-conflict" Warning "what an import says otherwise than people do";
    DroppedHtml "dropped-html" Warning "an element of raw HTML that does not come out";
    LostFootnote "lost-footnote" Warning "a footnote that some or all readers do not get";
    LostCell "lost-cell" Warning "a cell of a table that lies beyond its columns";
    ControlCharacter "control-character" Error "a character in a text that no page can carry";
    ForeignMarkup "foreign-markup" Warning "markup of another tool, which means nothing here";
    TooDeep "too-deep" Error "nesting deeper than a page can carry";
    LeadsToDraft "leads-to-draft" Warning "a published entry that leads to a draft or to one of a later day";
    LinkToWithheld "link-to-withheld" Warning "a bare link to an entry that this audience may not see";
    SnapshotMismatch "snapshot-mismatch" Error "a kept snapshot that is absent or has another SHA-256";
    ActiveAttachment "active-attachment" Error "a published file that could act in a reader's browser";
    MarkedFile "marked-file" Error "a published file says a marking above those who get it";
    UnreadableSvg "unreadable-svg" Error "a published drawing that cannot be read, and so not cleaned";
    UnsearchedFile "unsearched-file" Warning "a compressed file, in which no label is looked for";
    CleanedSvg "cleaned-svg" Warning "a drawing that is published without what could act or load";
    UnusedFile "unused-file" Warning "a file below content/ that is neither read nor published";
    UnusedTrust "unused-trust" Warning "a name in `[attachments] trust` that nothing needs";
    CollidingRoutes "colliding-routes" Error "two pages that want the same address";
    BadPath "bad-path" Error "a file or page that some disk or server could not hold";
    BadRedirect "bad-redirect" Error "a former address that cannot be one";
    DeadNavigation "dead-navigation" Warning "an item of the navigation that leads to no page of the site";
    UnusedTemplate "unused-template" Warning "a file in templates/ that replaces nothing and that nothing names";
    OutdatedTemplate "outdated-template" Warning "a copy of a default template that has changed since";
    UnknownWord "unknown-word" Warning "a word in templates/words/ that is said nowhere";
    MissingWord "missing-word" Warning "a word, or a language, that readers see in English instead";
    BadWords "bad-words" Error "a file of words that cannot be read, or a word that cannot be filled in";
    TemplateError "template-error" Error "a template that cannot be read or rendered";
    ConfigSyntax "config-syntax" Error "dossier.toml cannot be read";
    ConfigValue "config-value" Error "a value in dossier.toml that is not allowed";
    ConfigUnknownKey "config-unknown-key" Error "a key that dossier.toml does not know";
}

impl Code {
    /// The code of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.name() == name)
    }
}
