//! What templates see: structs that become template values without a detour through serde.

use tera::Value;

/// HTML that is ready to stand on a page and is not escaped again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(pub String);

impl From<Html> for Value {
    fn from(html: Html) -> Value {
        Value::safe_string(&html.0)
    }
}

/// Defines a struct for templates: each field becomes a key of the same name.
macro_rules! view {
    ($($(#[$about:meta])* $name:ident { $($(#[$field_about:meta])* $field:ident: $type:ty,)* })*) => {$(
        $(#[$about])*
        #[derive(Debug, Clone)]
        pub struct $name { $($(#[$field_about])* pub $field: $type,)* }

        impl From<$name> for tera::Value {
            fn from(view: $name) -> tera::Value {
                let $name { $($field,)* } = view;
                let fields = [$(stringify!($field)),*].len();
                let mut map = tera::Map::with_capacity(fields);
                $(map.insert(tera::value::Key::from(stringify!($field)), tera::Value::from($field));)*
                tera::Value::from(map)
            }
        }
    )*};
}
