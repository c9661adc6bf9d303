//! A list of states of the core as a type that crosses to the page, each state named once: a state
//! that is added there and missing here does not compile.

macro_rules! mirror {
    (
        $(#[$of_all:meta])*
        pub(crate) enum $view:ident of $core:ident { $($(#[$of_one:meta])* $state:ident,)+ }
    ) => {
        #[derive(Debug, Clone, Copy, serde::Serialize, specta::Type)]
        $(#[$of_all])*
        pub(crate) enum $view { $($(#[$of_one])* $state,)+ }

        impl From<$core> for $view {
            fn from(state: $core) -> Self {
                match state { $($core::$state => Self::$state,)+ }
            }
        }
    };
}

pub(crate) use mirror;
