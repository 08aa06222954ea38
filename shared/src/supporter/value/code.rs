//! Closed lists of codes: an enum, its spelling in documents, and nothing else.

/// An enum whose variants are written as fixed codes. Codes never change once released.
macro_rules! codes {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $code:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $variant,)* }

        impl $name {
            /// Every one, in the order in which they are listed.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The stable code, as documents and JSON have it.
            pub const fn code(self) -> &'static str {
                match self { $($name::$variant => $code,)* }
            }

            /// The one with this code.
            pub fn from_code(code: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|one| one.code() == code)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.code())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::supporter::value::ValueError;

            fn from_str(code: &str) -> Result<$name, Self::Err> {
                $name::from_code(code).ok_or($crate::supporter::value::ValueError { expected: stringify!($name) })
            }
        }

        impl $crate::supporter::value::Stored for $name {
            fn read(value: &$crate::document::Value) -> Option<$name> {
                $name::from_code(value.as_text()?)
            }
        }

        impl From<$name> for $crate::document::Value {
            fn from(one: $name) -> $crate::document::Value {
                $crate::document::Value::from(one.code())
            }
        }
    };
}
pub(crate) use codes;
