//! Shells: a word where a command may stand is a command.

use std::sync::LazyLock;

use super::super::{
    Class::*,
    pen::Pen,
    region::{block, line, pair, quote, raw},
    table::{Table, words},
};

pub(in super::super) static BASH: LazyLock<Table> = LazyLock::new(|| Table {
    words: words(
        "
        keyword: case do done elif else esac fi for function if in select then until while break
            continue declare exec export local readonly return sudo time
        constant: false true
        ",
    ),
    regions: vec![
        line("#").apart(),
        quote("\"").over_lines().filled(),
        raw("'", "'"),
        raw("$'", "'").escaped(b'\\'),
    ],
    glue: "-./~+@",
    sigils: &[('$', Variable), ('-', Attribute)],
    leads: &[
        "\n", "|", ";", "&", "(", "{", "`", "!", "do", "elif", "else", "if", "sudo", "then",
    ],
    lead: Function,
    extra: Some(here_document),
    ..Table::default()
});

pub(in super::super) static BATCH: LazyLock<Table> = LazyLock::new(|| Table {
    words: words(
        "
        keyword: call defined do else equ errorlevel exist exit for geq goto gtr if in leq lss neq
            not set setlocal endlocal
        ",
    ),
    fold: true,
    regions: vec![
        line("rem ").at_line_start(),
        line("REM ").at_line_start(),
        line("::").at_line_start(),
        pair(":", "\n", Metadata).at_line_start(),
        pair("\"", "\"", Str),
    ],
    glue: "-.\\",
    sigils: &[
        ('%', Variable),
        ('/', Attribute),
        ('-', Attribute),
        ('@', Metadata),
    ],
    leads: &["\n", "|", "&", "(", "call", "do", "else"],
    lead: Function,
    ..Table::default()
});

pub(in super::super) static POWERSHELL: LazyLock<Table> = LazyLock::new(|| Table {
    words: words(
        "
        keyword: begin break catch class continue data do dynamicparam else elseif end enum exit
            filter finally for foreach function if in param process return switch throw trap try
            until using while
        operator: -and -as -band -bnot -bor -bxor -ccontains -ceq -clike -cmatch -contains
            -creplace -eq -f -ge -gt -icontains -ieq -in -is -isnot -join -le -like -lt -match -ne
            -not -notcontains -notin -notlike -notmatch -or -replace -shl -shr -split -xor
        constant: $false $null $true
        ",
    ),
    fold: true,
    regions: vec![
        block("<#", "#>"),
        line("#").apart(),
        raw("@\"\n", "\n\"@").filled(),
        raw("@'\n", "\n'@"),
        raw("\"", "\"").escaped(b'`').filled(),
        raw("'", "'"),
    ],
    glue: "-",
    sigils: &[('$', Variable), ('-', Attribute), ('@', Variable)],
    calls: "(",
    leads: &["\n", "|", ";", "&", "{", "(", "=", "function"],
    lead: Function,
    extra: Some(bracketed_type),
    ..Table::default()
});

/// `<<EOF`, the rest of its line, and the text to the line that says `EOF`.
/// Only quoted or capital words are taken, because `1<<n` shifts.
fn here_document(pen: &mut Pen) -> bool {
    let Some(text) = pen.rest().strip_prefix("<<") else {
        return false;
    };
    let name = text
        .trim_start_matches(['-', ' '])
        .trim_start_matches(['"', '\'']);
    let word = name
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .next();
    let Some(word) = word.filter(|word| word.starts_with(|c: char| c.is_ascii_uppercase())) else {
        return false;
    };
    pen.put(Operator, pen.rest().len() - name.len());
    pen.put(Constant, word.len());
    pen.run(Plain, |c| c != '\n');
    let lines = pen.rest().split_inclusive('\n').skip(1);
    let body = lines
        .take_while(|line| line.trim() != word)
        .map(str::len)
        .sum::<usize>();
    pen.put(Plain, 1);
    pen.put(Str, body);
    pen.run(Plain, char::is_whitespace);
    if pen.at(word) {
        pen.put(Constant, word.len());
    }
    true
}

/// PowerShell's `[Net.WebClient]`: a name right after a bracket.
fn bracketed_type(pen: &mut Pen) -> bool {
    let name = pen.last == '[' && pen.rest().starts_with(|c: char| c.is_alphabetic());
    if name {
        pen.run(Type, |c| c.is_alphanumeric() || c == '.' || c == '_');
    }
    name
}
