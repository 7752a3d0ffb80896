//! Query languages of databases and of hunting.

use std::sync::LazyLock;

use super::super::{
    Class::*,
    region::{block, line, pair, quote, raw},
    table::{Table, words},
};

pub(in super::super) static KQL: LazyLock<Table> = LazyLock::new(|| Table {
    words: words(
        "
        keyword: and as asc by between consume contains contains_cs count datatable desc distinct
            endswith endswith_cs evaluate extend facet find fork from getschema has has_all
            has_any has_cs hasprefix hassuffix hint in invoke join kind let limit lookup
            make-series matches materialize mv-apply mv-expand nulls not of on or order parse
            parse-where partition print project project-away project-keep project-rename
            project-reorder range reduce regex render sample scan search serialize set sort
            startswith startswith_cs step summarize take to top top-nested typeof union where with
        type: bool boolean date datetime decimal double dynamic guid int long real string time
            timespan
        constant: anti false fullouter inner innerunique leftanti leftouter leftsemi null
            rightanti rightouter rightsemi true
        ",
    ),
    regions: vec![
        line("//"),
        raw("```", "```"),
        pair("@\"", "\"", Str),
        pair("@'", "'", Str),
        quote("\""),
        quote("'"),
    ],
    prefixes: &["h", "H"],
    glue: "-",
    calls: "(",
    leads: &[";", "(", "{"],
    lead: Type,
    ..Table::default()
});

pub(in super::super) static SPL: LazyLock<Table> = LazyLock::new(|| Table {
    words: words(
        "
        operator: AND NOT OR
        keyword: AS BY IN OUTPUT OUTPUTNEW OVER as by in over
        constant: false null true
        ",
    ),
    regions: vec![
        block("```", "```"),
        pair("`", "`", Function),
        quote("\"").over_lines(),
        quote("'"),
    ],
    glue: ".:-*",
    sigils: &[('$', Variable)],
    keys: "=<>!",
    calls: "(",
    leads: &["|", "["],
    lead: Keyword,
    ..Table::default()
});

pub(in super::super) static SQL: LazyLock<Table> = LazyLock::new(|| Table {
    words: words(
        "
        keyword: add all alter analyze and as asc begin between by case check column commit
            constraint create cross database declare default delete desc distinct drop else end
            except exec execute exists explain foreign from full function grant group having if in
            index inner insert intersect into is join key left like limit not offset on or order
            outer over partition primary procedure references returning revoke right rollback
            select set table then to top transaction trigger truncate union unique update use
            using values view when where while with
        type: bigint binary bit blob boolean char date datetime decimal double float int integer
            json nvarchar real smallint text time timestamp tinyint uuid varbinary varchar
        constant: false null true
        ",
    ),
    fold: true,
    regions: vec![
        line("--"),
        line("#").apart(),
        block("/*", "*/"),
        raw("'", "'"),
        raw("\"", "\""),
        pair("`", "`", Str),
    ],
    sigils: &[('@', Variable)],
    calls: "(",
    ..Table::default()
});
