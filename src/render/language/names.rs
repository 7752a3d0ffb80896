//! The names of closed sets: kinds, relations, terms of probability, grades, what a law court says.

use super::Word;
use crate::model::Family;
use crate::model::indicator::IndicatorKind;
use crate::model::{
    Affected, Confidence, Grade, IncidentStatus, Kind, LegalStatus, Loss, Overlap, Reliability,
    Sector, Verb,
};
use crate::plan::Presence;

/// The words for a kind.
#[derive(Debug, Clone, Copy)]
pub(in crate::render) struct KindWords {
    /// `Actor`.
    pub label: Word,
    /// `Actors`.
    pub heading: Word,
    /// `actor`, `actors`.
    pub noun: Word,
    /// The same in the case that some relations ask for.
    pub oblique: Word,
}

/// The words for a relation.
#[derive(Debug, Clone, Copy)]
pub(in crate::render) struct VerbWords {
    /// `{from} uses {to}`.
    pub says: Word,
    /// `uses {noun}`.
    pub out: Word,
    /// `is used by {noun}`.
    pub r#in: Word,
}

/// The words for what entries have in common in one respect.
#[derive(Debug, Clone, Copy)]
pub(in crate::render) struct FamilyWords {
    /// `Countries`.
    pub heading: Word,
    /// `Country`.
    pub label: Word,
    /// Whether they are listed by name; others have an order of their own.
    pub by_name: bool,
}

/// The words for what entries have in common in one respect.
pub(in crate::render) const fn family(family: Family) -> FamilyWords {
    match family {
        Family::Countries => FamilyWords {
            heading: Word::IndexCountries,
            label: Word::RowCountry,
            by_name: true,
        },
        Family::Sectors => FamilyWords {
            heading: Word::IndexSectors,
            label: Word::RowSector,
            by_name: true,
        },
        Family::Markings => FamilyWords {
            heading: Word::IndexMarkings,
            label: Word::IndexMarking,
            by_name: false,
        },
    }
}

macro_rules! kinds {
    ($($kind:ident $label:ident $heading:ident $noun:ident $oblique:ident,)*) => {
        pub(in crate::render) const fn kind(kind: Kind) -> KindWords {
            match kind {
                $(Kind::$kind => KindWords {
                    label: Word::$label,
                    heading: Word::$heading,
                    noun: Word::$noun,
                    oblique: Word::$oblique,
                },)*
            }
        }
    };
}

kinds! {
    Actor KindActorLabel KindActorHeading KindActorNoun KindActorOblique,
    Campaign KindCampaignLabel KindCampaignHeading KindCampaignNoun KindCampaignOblique,
    Incident KindIncidentLabel KindIncidentHeading KindIncidentNoun KindIncidentOblique,
    Malware KindMalwareLabel KindMalwareHeading KindMalwareNoun KindMalwareOblique,
    Tool KindToolLabel KindToolHeading KindToolNoun KindToolOblique,
    Infrastructure KindInfrastructureLabel KindInfrastructureHeading KindInfrastructureNoun KindInfrastructureOblique,
    Technique KindTechniqueLabel KindTechniqueHeading KindTechniqueNoun KindTechniqueOblique,
    Vulnerability KindVulnerabilityLabel KindVulnerabilityHeading KindVulnerabilityNoun KindVulnerabilityOblique,
    Person KindPersonLabel KindPersonHeading KindPersonNoun KindPersonOblique,
    Organisation KindOrganisationLabel KindOrganisationHeading KindOrganisationNoun KindOrganisationOblique,
    Place KindPlaceLabel KindPlaceHeading KindPlaceNoun KindPlaceOblique,
    Note KindNoteLabel KindNoteHeading KindNoteNoun KindNoteOblique,
    Source KindSourceLabel KindSourceHeading KindSourceNoun KindSourceOblique,
    Page KindPageLabel KindPageHeading KindPageNoun KindPageOblique,
}

macro_rules! verbs {
    ($($verb:ident $says:ident $out:ident $in:ident,)*) => {
        pub(in crate::render) const fn verb(verb: Verb) -> VerbWords {
            match verb {
                $(Verb::$verb => VerbWords {
                    says: Word::$says,
                    out: Word::$out,
                    r#in: Word::$in,
                },)*
            }
        }
    };
}

verbs! {
    AttributedTo RelationAttributedToSays RelationAttributedToOut RelationAttributedToIn,
    PartOf RelationPartOfSays RelationPartOfOut RelationPartOfIn,
    MemberOf RelationMemberOfSays RelationMemberOfOut RelationMemberOfIn,
    EmployedBy RelationEmployedBySays RelationEmployedByOut RelationEmployedByIn,
    Uses RelationUsesSays RelationUsesOut RelationUsesIn,
    Hosts RelationHostsSays RelationHostsOut RelationHostsIn,
    Controls RelationControlsSays RelationControlsOut RelationControlsIn,
    CommunicatesWith RelationCommunicatesWithSays RelationCommunicatesWithOut RelationCommunicatesWithIn,
    Owns RelationOwnsSays RelationOwnsOut RelationOwnsIn,
    Targets RelationTargetsSays RelationTargetsOut RelationTargetsIn,
    Exploits RelationExploitsSays RelationExploitsOut RelationExploitsIn,
    RoutedThrough RelationRoutedThroughSays RelationRoutedThroughOut RelationRoutedThroughIn,
    OriginatesFrom RelationOriginatesFromSays RelationOriginatesFromOut RelationOriginatesFromIn,
    LocatedAt RelationLocatedAtSays RelationLocatedAtOut RelationLocatedAtIn,
    AuthoredBy RelationAuthoredBySays RelationAuthoredByOut RelationAuthoredByIn,
    VariantOf RelationVariantOfSays RelationVariantOfOut RelationVariantOfIn,
    Drops RelationDropsSays RelationDropsOut RelationDropsIn,
    Downloads RelationDownloadsSays RelationDownloadsOut RelationDownloadsIn,
    Impersonates RelationImpersonatesSays RelationImpersonatesOut RelationImpersonatesIn,
    InvestigatedBy RelationInvestigatedBySays RelationInvestigatedByOut RelationInvestigatedByIn,
    DerivedFrom RelationDerivedFromSays RelationDerivedFromOut RelationDerivedFromIn,
    DuplicateOf RelationDuplicateOfSays RelationDuplicateOfOut RelationDuplicateOfIn,
    RelatedTo RelationRelatedToSays RelationRelatedToOut RelationRelatedToIn,
}

/// A term of probability.
pub(in crate::render) fn confidence(confidence: Confidence) -> Word {
    const TERMS: [[Word; 2]; 7] = [
        [Word::ConfidenceAlmostNoChance, Word::ConfidenceRemote],
        [
            Word::ConfidenceVeryUnlikely,
            Word::ConfidenceHighlyImprobable,
        ],
        [Word::ConfidenceUnlikely, Word::ConfidenceImprobable],
        [
            Word::ConfidenceRoughlyEvenChance,
            Word::ConfidenceRoughlyEvenOdds,
        ],
        [Word::ConfidenceLikely, Word::ConfidenceProbable],
        [Word::ConfidenceVeryLikely, Word::ConfidenceHighlyProbable],
        [Word::ConfidenceAlmostCertain, Word::ConfidenceNearlyCertain],
    ];
    let terms = TERMS[usize::from(confidence.rank().min(6))];
    terms[usize::from(confidence.row().min(1))]
}

/// What the letter of a grade means.
pub(in crate::render) fn reliability(reliability: Reliability) -> Word {
    match reliability.letter() {
        b'A' => Word::GradeA,
        b'B' => Word::GradeB,
        b'C' => Word::GradeC,
        b'D' => Word::GradeD,
        b'E' => Word::GradeE,
        _ => Word::GradeF,
    }
}

/// As what somebody is somewhere.
pub(in crate::render) fn presence(presence: Presence) -> Word {
    match presence {
        Presence::Victim => Word::MapVictims,
        Presence::Scene => Word::MapScenes,
        Presence::Passage => Word::MapPassages,
        Presence::Origin => Word::MapOrigins,
        Presence::Infrastructure => Word::MapInfrastructure,
    }
}

/// What the digit of a grade means.
pub(in crate::render) fn credibility(grade: Grade) -> Word {
    match grade.digit() {
        b'1' => Word::Grade1,
        b'2' => Word::Grade2,
        b'3' => Word::Grade3,
        b'4' => Word::Grade4,
        b'5' => Word::Grade5,
        _ => Word::Grade6,
    }
}

/// Where a person stands before the law.
pub(in crate::render) fn legal(status: LegalStatus) -> Word {
    match status {
        LegalStatus::Alleged => Word::LegalAlleged,
        LegalStatus::Charged => Word::LegalCharged,
        LegalStatus::Convicted => Word::LegalConvicted,
        LegalStatus::Acquitted => Word::LegalAcquitted,
        LegalStatus::Sanctioned => Word::LegalSanctioned,
    }
}

/// How an incident is determined.
pub(in crate::render) fn incident(status: IncidentStatus) -> Word {
    match status {
        IncidentStatus::Confirmed => Word::IncidentConfirmed,
        IncidentStatus::Blocked => Word::IncidentBlocked,
        IncidentStatus::FailedAttempt => Word::IncidentFailedAttempt,
        IncidentStatus::Suspected => Word::IncidentSuspected,
        IncidentStatus::FalsePositive => Word::IncidentFalsePositive,
    }
}

/// What is told of the money of an incident.
pub(in crate::render) fn loss(loss: Loss) -> Word {
    match loss {
        Loss::Attempted => Word::FactAttempted,
        Loss::Demanded => Word::FactDemanded,
        Loss::Paid => Word::FactPaid,
        Loss::Actual => Word::FactActual,
        Loss::Recovered => Word::FactRecovered,
        Loss::Frozen => Word::FactFrozen,
        Loss::Seized => Word::FactSeized,
    }
}

/// What an incident hit that is counted.
pub(in crate::render) fn affected(affected: Affected) -> Word {
    match affected {
        Affected::People => Word::FactPeople,
        Affected::Records => Word::FactRecords,
        Affected::Systems => Word::FactSystems,
        Affected::Organisations => Word::FactOrganisations,
    }
}

/// What an organisation works in.
pub(in crate::render) fn sector(sector: Sector) -> Word {
    match sector {
        Sector::Agriculture => Word::SectorAgriculture,
        Sector::Aerospace => Word::SectorAerospace,
        Sector::Automotive => Word::SectorAutomotive,
        Sector::Chemical => Word::SectorChemical,
        Sector::Commercial => Word::SectorCommercial,
        Sector::Communications => Word::SectorCommunications,
        Sector::Construction => Word::SectorConstruction,
        Sector::Defense => Word::SectorDefense,
        Sector::Education => Word::SectorEducation,
        Sector::Energy => Word::SectorEnergy,
        Sector::Entertainment => Word::SectorEntertainment,
        Sector::FinancialServices => Word::SectorFinancialServices,
        Sector::Government => Word::SectorGovernment,
        Sector::EmergencyServices => Word::SectorEmergencyServices,
        Sector::GovernmentLocal => Word::SectorGovernmentLocal,
        Sector::GovernmentNational => Word::SectorGovernmentNational,
        Sector::GovernmentPublicServices => Word::SectorGovernmentPublicServices,
        Sector::GovernmentRegional => Word::SectorGovernmentRegional,
        Sector::Healthcare => Word::SectorHealthcare,
        Sector::HospitalityLeisure => Word::SectorHospitalityLeisure,
        Sector::Infrastructure => Word::SectorInfrastructure,
        Sector::Dams => Word::SectorDams,
        Sector::Nuclear => Word::SectorNuclear,
        Sector::Water => Word::SectorWater,
        Sector::Insurance => Word::SectorInsurance,
        Sector::Manufacturing => Word::SectorManufacturing,
        Sector::Mining => Word::SectorMining,
        Sector::NonProfit => Word::SectorNonProfit,
        Sector::Pharmaceuticals => Word::SectorPharmaceuticals,
        Sector::Retail => Word::SectorRetail,
        Sector::Technology => Word::SectorTechnology,
        Sector::Telecommunications => Word::SectorTelecommunications,
        Sector::Transportation => Word::SectorTransportation,
        Sector::Utilities => Word::SectorUtilities,
    }
}

/// How far a name means the same.
pub(in crate::render) fn overlap(overlap: Overlap) -> Word {
    match overlap {
        Overlap::Equal => Word::NamesSame,
        Overlap::Overlaps => Word::NamesOverlaps,
        Overlap::PartOf => Word::NamesPart,
    }
}

/// The same as a sign.
pub(in crate::render) const fn overlap_sign(overlap: Overlap) -> &'static str {
    match overlap {
        Overlap::Equal => "=",
        Overlap::Overlaps => "∩",
        Overlap::PartOf => "⊂",
    }
}

/// What the date of an entry of a kind is.
pub(in crate::render) const fn dated(kind: Kind) -> Word {
    match kind {
        Kind::Actor | Kind::Campaign | Kind::Malware | Kind::Tool | Kind::Infrastructure => {
            Word::DatedFirstSeen
        }
        Kind::Incident => Word::DatedHappened,
        Kind::Vulnerability | Kind::Note | Kind::Source => Word::DatedPublished,
        Kind::Technique | Kind::Person | Kind::Organisation | Kind::Place | Kind::Page => {
            Word::DatedDate
        }
    }
}

/// A type of indicators that has words; the others are called by signs that are no language's.
pub(in crate::render) const fn indicator(kind: IndicatorKind) -> Option<Word> {
    Some(match kind {
        IndicatorKind::IpRange => Word::IndicatorIpRange,
        IndicatorKind::Domain => Word::IndicatorDomain,
        IndicatorKind::HostPort => Word::IndicatorHostPort,
        IndicatorKind::HostPath => Word::IndicatorHostPath,
        IndicatorKind::Email => Word::IndicatorEmail,
        IndicatorKind::UserAgent => Word::IndicatorUserAgent,
        IndicatorKind::FileName => Word::IndicatorFileName,
        IndicatorKind::FilePath => Word::IndicatorFilePath,
        IndicatorKind::Registry => Word::IndicatorRegistry,
        IndicatorKind::Mutex => Word::IndicatorMutex,
        IndicatorKind::Pipe => Word::IndicatorPipe,
        IndicatorKind::Wallet => Word::IndicatorWallet,
        IndicatorKind::Ipv4
        | IndicatorKind::Ipv6
        | IndicatorKind::Asn
        | IndicatorKind::Url
        | IndicatorKind::Md5
        | IndicatorKind::Sha1
        | IndicatorKind::Sha224
        | IndicatorKind::Sha256
        | IndicatorKind::Sha384
        | IndicatorKind::Sha512
        | IndicatorKind::Ssdeep
        | IndicatorKind::Tlsh
        | IndicatorKind::Ja3
        | IndicatorKind::Ja4
        | IndicatorKind::Jarm
        | IndicatorKind::Cve => return None,
    })
}
