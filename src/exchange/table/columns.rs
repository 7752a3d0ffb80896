//! What the columns of a spreadsheet are.
//!
//! Takes the head, the kind of the rows and what the caller says of columns; gives a role to each, or a fault that names the
//! columns and proposes what to say. A key that the caller gave away is not taken by a column of its name.

use super::Options;
use crate::exchange::Fault;
use crate::model::{Kind, Money, Verb};
use crate::parse::front::form::Form;
use crate::parse::front::{keys, withholding};
use csv::StringRecord;
use std::collections::HashSet;

/// A column.
#[derive(Debug)]
pub(super) struct Column {
    /// Its name in the file; its number where it has none.
    pub(super) name: String,
    /// What it is called under `extra`, as no other column is.
    pub(super) label: String,
    /// What its cells are.
    pub(super) role: Role,
    /// The currency that its name says: `Loss (USD)`.
    pub(super) currency: Option<String>,
}

/// What the cells of a column are.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Role {
    Title,
    /// What the row is called in the file.
    Id,
    Body,
    /// Who may see the row.
    Marking,
    /// What keeps a row back, in words that are none of a key: `Public`, `Hidden`.
    Withholds,
    Key(Key),
    /// Under `extra`, by that name.
    Extra(String),
}

/// A key of front matter, or one within it.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) name: String,
    /// The key within its map.
    pub(super) within: Option<String>,
    pub(super) takes: Takes,
    /// Whether a cell that cannot be read keeps the row back.
    pub(super) withholds: bool,
    /// Whether it may name rows of the same file.
    pub(super) names_rows: bool,
}

/// What a key takes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Takes {
    Form(Form),
    /// Other entries, in relation to which the row is.
    Relation,
}

/// Two columns may be the same key where that takes several.
impl PartialEq for Key {
    fn eq(&self, other: &Key) -> bool {
        (&self.name, &self.within) == (&other.name, &other.within)
    }
}

impl Eq for Key {}

impl Column {
    /// Whether its cells are of a role; a column that is the key `id` is what rows are called, too.
    pub(super) fn is(&self, role: &Role) -> bool {
        let is_id = || matches!(&self.role, Role::Key(key) if key.name == "id");
        self.role == *role || *role == Role::Id && is_id()
    }
}

/// Tells what each column is.
pub(super) fn told(head: &StringRecord, options: &Options) -> Result<Vec<Column>, Fault> {
    if head.iter().all(str::is_empty) {
        return Err(fault(
            "the first line, which names the columns, is empty".to_owned(),
        ));
    }
    let mut roles: Vec<Option<Role>> = head.iter().map(|_| None).collect();
    for (column, key) in &options.columns {
        let place = head.iter().position(|name| folded(name) == folded(column));
        let Some(role) = place.and_then(|at| roles.get_mut(at)) else {
            let all = listed(head);
            return Err(fault(format!(
                "there is no column `{column}`; the columns are {all}"
            )));
        };
        *role = Some(meant(options.kind, key.trim()).map_err(fault)?);
    }
    let mut labels: HashSet<String> = roles.iter().flatten().filter_map(extra).collect();
    let mut columns: Vec<Column> = Vec::with_capacity(head.len());
    let mut taken = HashSet::new();
    for key in roles.iter().flatten().filter_map(single) {
        if taken.contains(&key) {
            return Err(fault(format!(
                "two columns are to be `{}`",
                key.trim_end_matches('.')
            )));
        }
        taken.insert(key);
    }
    for (at, (name, role)) in head.iter().zip(roles).enumerate() {
        let label = label(name, at, &mut labels);
        let role = role.unwrap_or_else(|| {
            let role = by_name(options.kind, name, &label);
            // What only one column can say, a second one says under `extra`.
            match single(&role).is_none_or(|key| taken.insert(key)) {
                true => role,
                false => Role::Extra(label.clone()),
            }
        });
        let name = match name {
            "" => format!("column {}", at + 1),
            name => name.to_owned(),
        };
        columns.push(Column {
            currency: currency(&name),
            name,
            label,
            role,
        });
    }
    match columns.iter().any(|column| column.role == Role::Title) {
        true => Ok(columns),
        false => Err(fault(suggestions(head))),
    }
}

fn fault(message: String) -> Fault {
    Fault {
        message,
        line: Some(1),
    }
}

/// What to say where no column gives a title.
pub(super) fn suggestions(head: &StringRecord) -> String {
    let looks = |name: &&str| {
        let folded = folded(name);
        let words = [
            "title", "name", "headline", "titel", "titre", "nom", "incident", "victim", "subject",
        ];
        folded.split('_').any(|word| words.contains(&word))
    };
    let named = head.iter().filter(|name| !name.is_empty());
    let likely = named
        .clone()
        .find(looks)
        .or(named.clone().next())
        .unwrap_or("");
    format!(
        "no column gives the title of an entry; the columns are {}: say which does with `--map '{likely}=title'`",
        listed(head)
    )
}

fn listed(head: &StringRecord) -> String {
    let names = head.iter().filter(|name| !name.is_empty());
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

/// A name as it is compared and written under `extra`: `First Seen` is `first_seen`.
fn folded(name: &str) -> String {
    let lower = name.trim().to_lowercase();
    let words = lower
        .split(|c: char| !c.is_alphanumeric() && c != '.')
        .filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("_")
}

/// The name that a role has under `extra`.
fn extra(role: &Role) -> Option<String> {
    match role {
        Role::Extra(name) => Some(name.clone()),
        Role::Title | Role::Id | Role::Body | Role::Marking | Role::Withholds | Role::Key(_) => {
            None
        }
    }
}

/// The name of a column under `extra`, as no other has it.
fn label(name: &str, at: usize, labels: &mut HashSet<String>) -> String {
    let own = folded(name);
    let mut label = match own.as_str() {
        "" => format!("column_{}", at + 1),
        // Nothing under `extra` withholds, and nothing there may look as if it did.
        own if withholding::named(own).is_some() => format!("column_{}", at + 1),
        own => own.to_owned(),
    };
    while !labels.insert(label.clone()) {
        label = format!("{label}_column_{}", at + 1);
    }
    label
}

/// What a role takes for itself alone, under the name of the key.
fn single(role: &Role) -> Option<String> {
    match role {
        Role::Title => Some("title".to_owned()),
        Role::Id => Some("id".to_owned()),
        Role::Body => Some("body".to_owned()),
        Role::Marking | Role::Withholds => None,
        Role::Extra(name) => Some(format!("extra.{name}")),
        Role::Key(key) => {
            let several = match key.takes {
                Takes::Relation => true,
                Takes::Form(form) => takes_several(form),
            };
            let name = format!("{}.{}", key.name, key.within.as_deref().unwrap_or(""));
            (!several).then_some(name)
        }
    }
}

/// Whether a form holds several values, at which cells are split.
pub(super) fn takes_several(form: Form) -> bool {
    match form {
        Form::Fact(form) => takes_several(*form),
        form => form.is_several(),
    }
}

/// What a column is by its own name.
fn by_name(kind: Kind, name: &str, label: &str) -> Role {
    let folded = folded(name);
    if folded == "id" {
        return Role::Id;
    }
    if let Ok(role) = meant(kind, &folded) {
        return role;
    }
    match withholding::named(name).or_else(|| withholding::elsewhere(name)) {
        Some("tlp") => Role::Marking,
        Some(_) => Role::Withholds,
        None => Role::Extra(label.to_owned()),
    }
}

/// What a key means for rows of a kind, or why it means nothing.
fn meant(kind: Kind, key: &str) -> Result<Role, String> {
    match key {
        "title" => return Ok(Role::Title),
        "tlp" => return Ok(Role::Marking),
        "body" => return Ok(Role::Body),
        _ => {}
    }
    let (name, within) = match key.split_once('.') {
        Some((name, within)) => (
            name,
            Some(within.trim()).filter(|within| !within.is_empty()),
        ),
        None => (key, None),
    };
    let relation = Verb::from_key(name).filter(|verb| verb.allowed_from(kind));
    if let (Some(verb), None) = (relation, within) {
        return Ok(Role::Key(Key {
            name: name.to_owned(),
            within: None,
            takes: Takes::Relation,
            withholds: false,
            names_rows: verb.allowed_to(kind).contains(&kind),
        }));
    }
    let Some(row) = keys::row(kind, name) else {
        let near = keys::nearest(name, keys::of_kind(kind));
        let near = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        return Err(format!("`{key}` is no key of {}{near}", kind.folder()));
    };
    let form = within_form(row.form, name, within)?;
    let Some(form) = form else {
        return Ok(Role::Extra(folded(within.unwrap_or(name))));
    };
    Ok(Role::Key(Key {
        name: name.to_owned(),
        within: within.map(str::to_owned),
        takes: Takes::Form(form),
        withholds: row.withholds,
        names_rows: matches!(form, Form::Cites) && kind == Kind::Source,
    }))
}

/// The form of a key, or of one within it; none for what stands under `extra`.
fn within_form(form: Form, name: &str, within: Option<&str>) -> Result<Option<Form>, String> {
    let free = |within: &str| match withholding::named(within) {
        Some(key) => Err(format!(
            "`{name}.{within}` withholds nothing; `{key}` is a key of its own"
        )),
        None => Ok(()),
    };
    match (form, within) {
        (Form::Ids, Some(within)) => free(within).map(|()| Some(Form::Text)),
        (Form::Facts, Some(within)) => free(within).map(|()| Some(Form::Fact(&Form::Text))),
        (Form::Anything, Some(within)) => free(within).map(|()| None),
        (Form::One(shape) | Form::Many(shape), Some(within)) => {
            let inner = shape.keys.iter().find(|inner| inner.key == within);
            let known = || {
                let known: Vec<String> = shape
                    .keys
                    .iter()
                    .map(|inner| format!("`{name}.{}`", inner.key))
                    .collect();
                known.join(", ")
            };
            match inner {
                Some(inner) => Ok(Some(inner.form)),
                None => Err(format!(
                    "`{name}.{within}` is no key; there are {}",
                    known()
                )),
            }
        }
        (Form::Ids | Form::Facts | Form::Anything | Form::One(_), None) => Err(format!(
            "`{name}` takes names with values: say which, as in `{name}.name`"
        )),
        (Form::Many(shape), None) if shape.short.is_none() => Err(format!(
            "`{name}` takes {} with keys: say which, as in `{name}.{}`",
            shape.what,
            first(shape)
        )),
        (form, None) => Ok(Some(form)),
        (_, Some(within)) => Err(format!("`{name}` has no `{within}`")),
    }
}

fn first(shape: &crate::parse::front::form::Shape) -> &'static str {
    shape.keys.first().map_or("", |inner| inner.key)
}

/// The currency at the end of the name of a column.
fn currency(name: &str) -> Option<String> {
    let mut words = name.split(|c: char| !c.is_ascii_alphabetic());
    let code = words.rfind(|word| !word.is_empty())?;
    Money::from_text(&format!("1 {code}"))
        .ok()
        .map(|money| money.currency)
}
