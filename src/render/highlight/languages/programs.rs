//! Programming languages.

use std::sync::LazyLock;

use super::super::{
    Class::*,
    pen::Pen,
    regex,
    region::{Region, block, line, pair, quote, raw},
    table::{Table, words},
};

pub(in super::super) static C: LazyLock<Table> = LazyLock::new(|| Table {
    words: words(
        "
        keyword: alignas alignof asm auto break case catch class const const_cast consteval
            constexpr continue default delete do dynamic_cast else enum explicit extern for friend
            goto if inline mutable namespace new noexcept operator private protected public
            register reinterpret_cast return sizeof static static_cast struct switch template this
            throw try typedef typename union using virtual volatile while __asm __cdecl __declspec
            __stdcall __try __except
        type: bool char char16_t char32_t double float int int8_t int16_t int32_t int64_t long
            short signed size_t ssize_t uint8_t uint16_t uint32_t uint64_t uintptr_t unsigned void
            wchar_t BOOL BYTE DWORD DWORD64 FARPROC HANDLE HINSTANCE HKEY HMODULE HWND LPCSTR
            LPCWSTR LPSTR LPVOID LPWSTR NTSTATUS PVOID QWORD SIZE_T SOCKET UINT ULONG WCHAR WINAPI
            WORD
        constant: false true nullptr NULL TRUE FALSE
        ",
    ),
    regions: slashes(vec![pair("#include", "\n", Metadata).at_line_start()]),
    prefixes: &["L", "u", "U", "u8"],
    sigils: &[('#', Metadata)],
    ..braces()
});

pub(in super::super) static CSHARP: LazyLock<Table> = LazyLock::new(|| Table {
    words: words(
        "
        keyword: abstract as async await base break case catch checked class const continue
            default delegate do else enum event explicit extern finally fixed for foreach get goto
            if implicit in init interface internal is lock namespace new operator out override
            params partial private protected public readonly record ref return sealed set sizeof
            stackalloc static struct switch this throw try typeof unsafe using var virtual
            volatile when where while yield
        type: bool byte char decimal double dynamic float int long nint object sbyte short string
            uint ulong ushort void
        constant: false null true
        ",
    ),
    regions: slashes(vec![raw("@\"", "\""), quote("$\"")]),
    sigils: &[('#', Metadata)],
    ..braces()
});

pub(in super::super) static GO: LazyLock<Table> = LazyLock::new(|| Table {
    words: words(
        "
        keyword: break case chan const continue default defer else fallthrough for func go goto if
            import interface map package range return select struct switch type var
        type: any bool byte complex64 complex128 error float32 float64 int int8 int16 int32 int64
            rune string uint uint8 uint16 uint32 uint64 uintptr
        constant: false iota nil true
        ",
    ),
    regions: slashes(vec![raw("`", "`")]),
    capitals: false,
    ..braces()
});

pub(in super::super) static JAVA: LazyLock<Table> = LazyLock::new(|| Table {
    words: words(
        "
        keyword: abstract as assert break case catch class const continue data default do else
            enum extends final finally for fun goto if implements import in instanceof interface
            is native new object override package permits private protected public record return
            sealed static super switch synchronized this throw throws transient try val var
            volatile when while yield
        type: boolean byte char double float int long short void
        constant: false null true
        ",
    ),
    regions: slashes(vec![raw("\"\"\"", "\"\"\"")]),
    sigils: &[('@', Metadata)],
    ..braces()
});

pub(in super::super) static JAVASCRIPT: LazyLock<Table> = LazyLock::new(|| Table {
    words: words(
        "
        keyword: abstract as async await break case catch class const continue debugger declare
            default delete do else enum export extends finally for from function if implements
            import in instanceof interface is keyof let namespace new of package private protected
            public readonly return satisfies static super switch this throw try type typeof var
            void while with yield
        type: any bigint boolean never number object string symbol unknown
        constant: false null true undefined Infinity NaN
        ",
    ),
    regions: slashes(vec![raw("`", "`").escaped(b'\\').filled()]),
    glue: "$",
    sigils: &[('@', Metadata)],
    extra: Some(|pen| regex::literal(pen, &["return", "typeof", "case"])),
    ..braces()
});

pub(in super::super) static PHP: LazyLock<Table> = LazyLock::new(|| Table {
    words: words(
        "
        keyword: abstract and as break callable case catch class clone const continue declare
            default die do echo else elseif empty enum eval exit extends final finally fn for
            foreach function global goto if implements include include_once instanceof interface
            isset list match namespace new or print private protected public readonly require
            require_once return static switch throw trait try unset use var while xor yield
        type: array bool float int iterable mixed object self string void
        constant: false null true FALSE NULL TRUE
        ",
    ),
    regions: vec![
        pair("<?php", "", Metadata),
        pair("<?=", "", Metadata),
        pair("?>", "", Metadata),
        pair("#[", "]", Metadata),
        line("//"),
        line("#").apart(),
        block("/*", "*/"),
        quote("\"").over_lines().filled(),
        quote("'").over_lines(),
    ],
    sigils: &[('$', Variable)],
    ..braces()
});

pub(in super::super) static PYTHON: LazyLock<Table> = LazyLock::new(|| Table {
    words: words(
        "
        keyword: and as assert async await break case class continue def del elif else except
            finally for from global if import in is lambda match nonlocal not or pass raise return
            try while with yield
        type: bool bytearray bytes dict float frozenset int list object set str tuple type
        constant: False None True
        variable: cls self
        ",
    ),
    regions: vec![
        line("#").apart(),
        raw("\"\"\"", "\"\"\"").escaped(b'\\'),
        raw("'''", "'''").escaped(b'\\'),
        quote("\""),
        quote("'"),
    ],
    prefixes: &["b", "br", "f", "r", "rb", "rf", "fr", "u", "B", "F", "R"],
    sigils: &[('@', Metadata)],
    ..braces()
});

pub(in super::super) static RUST: LazyLock<Table> = LazyLock::new(|| Table {
    words: words(
        "
        keyword: as async await break const continue crate dyn else enum extern fn for if impl in
            let loop match mod move mut pub ref return self static struct super trait type union
            unsafe use where while
        type: bool char f32 f64 i8 i16 i32 i64 i128 isize str u8 u16 u32 u64 u128 usize
        constant: false true
        ",
    ),
    regions: vec![
        line("//"),
        block("/*", "*/"),
        pair("#[", "]", Metadata),
        pair("#![", "]", Metadata),
        raw("r#\"", "\"#"),
        raw("br#\"", "\"#"),
        raw("r\"", "\""),
        quote("\"").over_lines(),
    ],
    prefixes: &["b", "br", "c"],
    extra: Some(lifetime),
    calls: "(!",
    ..braces()
});

pub(in super::super) static VB: LazyLock<Table> = LazyLock::new(|| Table {
    words: words(
        "
        keyword: and as attribute byref byval call case class close const declare dim do each else
            elseif end enum error exit explicit for friend function get global gosub goto if
            implements imports in input is let lib like loop mod module new next not on open
            option or optional output preserve private property ptrsafe public randomize redim
            resume return select set static step stop sub then to try type until wend while with
            xor
        type: boolean byte currency date double integer long longlong longptr object single string
            variant
        constant: empty false me nothing null true vbcr vbcrlf vblf vbnullstring
        ",
    ),
    fold: true,
    regions: vec![
        line("'"),
        line("Rem ").at_line_start(),
        pair("\"", "\"", Str),
    ],
    sigils: &[('#', Metadata)],
    calls: "(",
    ..Table::default()
});

/// The comments and strings of the C family, after a language's own.
fn slashes(mut own: Vec<Region>) -> Vec<Region> {
    own.extend([line("//"), block("/*", "*/"), quote("\""), quote("'")]);
    own
}

/// What most of them share.
fn braces() -> Table {
    Table {
        calls: "(",
        capitals: true,
        ..Table::default()
    }
}

/// Rust's `'a'` is a character, `'a` a lifetime.
fn lifetime(pen: &mut Pen) -> bool {
    if !pen.at("'") {
        return false;
    }
    let c = pen.ahead(1);
    if c == '\\' {
        let literal = quote("'");
        literal.write(pen, literal.len(pen.rest()));
    } else if pen.ahead(1 + c.len_utf8()) == '\'' {
        pen.put(Str, 2 + c.len_utf8());
    } else {
        pen.put(Metadata, 1);
        pen.run(Metadata, |c| c.is_alphanumeric() || c == '_');
    }
    true
}
