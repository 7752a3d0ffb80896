//! The JSON of events, as servers, feeds and exports of MISP have it.
//!
//! What is a number in one is a text in the other, so that nothing but names of fields is relied on. What only a server needs
//! (numbers of rows, locks, counts) is read by nobody.

use super::super::json::Object;
use serde::Deserialize;
use serde_json::Value as Json;

/// Fields that say nothing of what happened.
pub(super) const BOOKKEEPING: &[&str] = &[
    "id",
    "org_id",
    "orgc_id",
    "event_id",
    "object_id",
    "galaxy_id",
    "attribute_count",
    "proposal_email_lock",
    "locked",
    "disable_correlation",
    "publish_timestamp",
    "sighting_timestamp",
    "timestamp",
    "event_creator_email",
    "protected",
    "Org",
    "category",
    "description",
    "template_uuid",
    "template_version",
    "meta-category",
    "published",
    "Galaxy",
    // Of clusters and reports.
    "uuid",
    "type",
    "tag_id",
    "tag_name",
    "deleted",
    "default",
    "local",
    "version",
    "collection_uuid",
    "extends_version",
    "galaxy_cluster_relation_id",
    "relationship_type",
    "GalaxyElement",
];

/// Fields that say nothing of who may see what they are of: what happened, what other parts bear markings of their own, and
/// what only a server needs. Whether an event was sent on says nothing of who may see it.
pub(super) const OURS: &[&str] = &[
    "Attribute",
    "EventReport",
    "Feed",
    "Galaxy",
    "GalaxyCluster",
    "GalaxyClusterRelation",
    "Object",
    "ObjectReference",
    "Org",
    "Orgc",
    "RelatedAttribute",
    "RelatedEvent",
    "Server",
    "ShadowAttribute",
    "Sighting",
    "TargetingClusterRelation",
    "User",
    "category",
    "comment",
    "content",
    "data",
    "date",
    "deleted",
    "description",
    "event_creator_email",
    "info",
    "name",
    "object_relation",
    "published",
    "tag_name",
    "type",
    "uuid",
    "value",
];

/// An event.
#[derive(Deserialize)]
pub(super) struct Event {
    pub(super) uuid: Option<String>,
    pub(super) info: Option<String>,
    pub(super) date: Option<String>,
    pub(super) timestamp: Option<Json>,
    pub(super) threat_level_id: Option<Json>,
    pub(super) analysis: Option<Json>,
    pub(super) extends_uuid: Option<String>,
    #[serde(rename = "Orgc")]
    pub(super) orgc: Option<Organisation>,
    #[serde(rename = "Galaxy")]
    pub(super) galaxies: Option<Vec<Json>>,
    #[serde(rename = "Attribute")]
    pub(super) attributes: Option<Vec<Json>>,
    #[serde(rename = "Object")]
    pub(super) objects: Option<Vec<Json>>,
    #[serde(rename = "EventReport")]
    pub(super) reports: Option<Vec<Json>>,
    #[serde(rename = "ShadowAttribute")]
    pub(super) proposals: Option<Vec<Json>>,
    #[serde(rename = "RelatedEvent")]
    pub(super) others: Option<Vec<Json>>,
    #[serde(flatten)]
    pub(super) rest: Object,
}

/// Who made an event.
#[derive(Deserialize)]
pub(super) struct Organisation {
    pub(super) name: String,
    pub(super) uuid: Option<String>,
}

/// What was seen.
#[derive(Deserialize)]
pub(super) struct Attribute {
    pub(super) r#type: String,
    pub(super) value: Json,
    pub(super) to_ids: Option<Json>,
    pub(super) comment: Option<String>,
    pub(super) deleted: Option<Json>,
    pub(super) first_seen: Option<String>,
    pub(super) last_seen: Option<String>,
    pub(super) object_relation: Option<String>,
    pub(super) uuid: Option<String>,
    pub(super) data: Option<Json>,
    #[serde(rename = "Galaxy")]
    pub(super) galaxies: Option<Vec<Json>>,
    #[serde(rename = "Sighting")]
    pub(super) sightings: Option<Vec<Json>>,
    #[serde(rename = "ShadowAttribute")]
    pub(super) proposals: Option<Vec<Json>>,
    #[serde(flatten)]
    pub(super) rest: Object,
}

/// Attributes of one thing.
#[derive(Deserialize)]
pub(super) struct Thing {
    pub(super) name: String,
    pub(super) comment: Option<String>,
    pub(super) deleted: Option<Json>,
    pub(super) first_seen: Option<String>,
    pub(super) last_seen: Option<String>,
    pub(super) uuid: Option<String>,
    #[serde(rename = "Attribute")]
    pub(super) attributes: Option<Vec<Json>>,
    #[serde(rename = "ObjectReference")]
    pub(super) references: Option<Vec<Reference>>,
    #[serde(flatten)]
    pub(super) rest: Object,
}

/// What a thing has to do with another.
#[derive(Deserialize)]
pub(super) struct Reference {
    pub(super) referenced_uuid: Option<String>,
    pub(super) relationship_type: Option<String>,
    pub(super) comment: Option<String>,
    #[serde(flatten)]
    pub(super) rest: Object,
}

/// A report, in Markdown.
#[derive(Deserialize)]
pub(super) struct Report {
    pub(super) name: Option<String>,
    pub(super) content: Option<String>,
    pub(super) deleted: Option<Json>,
    #[serde(flatten)]
    pub(super) rest: Object,
}

/// A cluster of a galaxy that an event is tagged with.
#[derive(Deserialize)]
pub(super) struct Cluster {
    pub(super) value: String,
    pub(super) uuid: Option<String>,
    pub(super) description: Option<String>,
    pub(super) meta: Option<Object>,
    #[serde(flatten)]
    pub(super) rest: Object,
}
