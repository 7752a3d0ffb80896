//! What is found on a host: files and paths, registry keys, mutexes, named pipes; and user agents.

use super::IndicatorKind;

type Found = Option<(IndicatorKind, String)>;

/// Endings of file names. Some are top-level domains as well: `install.sh`.
const ENDINGS: [&str; 194] = [
    "exe", "dll", "doc", "docx", "docm", "dot", "dotm", "xls", "xlsx", "xlsm", "xlsb", "xll",
    "ppt", "pptx", "pptm", "pdf", "rtf", "odt", "txt", "csv", "json", "xml", "yml", "yaml", "htm",
    "html", "xhtml", "php", "asp", "aspx", "ashx", "jsp", "jspx", "js", "jse", "vbs", "vbe", "wsf",
    "hta", "bat", "cmd", "ps1", "psm1", "psd1", "sys", "drv", "ocx", "cpl", "scr", "pif", "lnk",
    "url", "rar", "7z", "tar", "gz", "tgz", "bz2", "xz", "iso", "img", "vhd", "vhdx", "dmg", "pkg",
    "deb", "rpm", "apk", "ipa", "jar", "war", "class", "dex", "elf", "bin", "ko", "dylib", "msi",
    "msp", "msix", "appx", "chm", "inf", "ini", "cfg", "conf", "log", "bak", "old", "db", "sqlite",
    "plist", "eml", "msg", "pst", "ost", "png", "jpg", "jpeg", "gif", "bmp", "ico", "svg", "webp",
    "tmp", "dat", "key", "pem", "crt", "cer", "dmp", "xlt", "xltm", "xlam", "xlw", "pot", "potm",
    "ppam", "ppsx", "pps", "accdb", "mdb", "hwp", "hwpx", "sct", "wsh", "wsc", "mht", "mhtml",
    "shtml", "phtml", "php5", "cgi", "cfm", "jnlp", "swf", "ace", "arj", "lzh", "uue", "z01",
    "r00", "r01", "cpgz", "vmdk", "ova", "nupkg", "whl", "crx", "xpi", "pyc", "pyd", "pyw", "lua",
    "rb", "cpp", "hpp", "csproj", "vbproj", "sln", "sql", "css", "mp3", "mp4", "wav", "avi", "ttf",
    "reg", "evtx", "pcap", "pdb", "tlb", "nls", "au3", "a3x", "ahk", "mui", "mjs", "yar", "yara",
    "sdb", "enc", "zip", "mov", "sh", "py", "rs", "pl", "md", "ps", "so", "cab", "java", "one",
];

/// Whether what stands after the last dot, in small letters, may tell a file.
pub(crate) fn is_ending(ending: &str) -> bool {
    ENDINGS.contains(&ending)
}

/// The same of what no domain ends in: `invoice.exe` is a file.
pub(super) fn is_file_ending(ending: &str) -> bool {
    is_ending(ending) && !tld::exist(ending)
}

/// What stands after the last dot of a text, in small letters.
fn ending(text: &str) -> Option<String> {
    let (_, ending) = text.rsplit_once('.')?;
    Some(ending.to_ascii_lowercase())
}

/// Whether a text ends as the names of files do.
pub(crate) fn ends_as_file(text: &str) -> bool {
    ending(text).is_some_and(|ending| is_file_ending(&ending))
}

/// Whether a text ends as the names of files do, or as they and domains do.
pub(super) fn may_end_as_file(text: &str) -> bool {
    ending(text).is_some_and(|ending| is_ending(&ending))
}

/// Whether a text may be a file or a domain: `install.sh`, `build-1.7.3.zip`.
pub(crate) fn is_file_or_domain(text: &str) -> bool {
    let (name, ending) = text.rsplit_once('.').unwrap_or((text, ""));
    let last = name.rsplit('.').next().unwrap_or(name);
    let version = last.bytes().all(|byte| byte.is_ascii_digit());
    let archive = ending.eq_ignore_ascii_case("zip");
    is_name(name)
        && (!name.contains('.') || version || archive || is_no_domain(name))
        && may_end_as_file(text)
        && !ends_as_file(text)
}

/// Whether a name with an ending of files and domains can be no domain, or is hardly meant to be one:
/// `invoice_1.zip` (no domain that is given out holds an underscore), `scan.pdf.zip`. `libra.so` may be one.
fn is_no_domain(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or(name);
    let foreign = |c: char| !c.is_alphanumeric() && !matches!(c, '-' | '.');
    last.contains(foreign) || ends_as_file(name)
}

/// `libcurl.so.4.6.0`
fn is_library(text: &str) -> bool {
    text.split_once(".so.").is_some_and(|(name, version)| {
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        is_name(name) && version.split('.').all(digits)
    })
}

/// A path, a registry key, a pipe, a mutex or a user agent, where its beginning tells.
pub(super) fn read(text: &str) -> Found {
    let lower = text.to_ascii_lowercase();
    let kind = if lower.starts_with("mozilla/")
        && lower.as_bytes().get(8).is_some_and(u8::is_ascii_digit)
    {
        IndicatorKind::UserAgent
    } else if lower.starts_with(r"\\.\pipe\") || lower.starts_with(r"\pipe\") {
        IndicatorKind::Pipe
    } else if is_mutex(text, &lower) {
        IndicatorKind::Mutex
    } else if is_registry(&lower) && ends_clearly(text) {
        IndicatorKind::Registry
    } else if is_path(text) && ends_clearly(text) {
        IndicatorKind::FilePath
    } else {
        return None;
    };
    Some((kind, text.to_owned()))
}

/// A file's name, where its ending tells: `svchost.exe`.
pub(super) fn file_name(text: &str) -> Found {
    let (name, _) = text.rsplit_once('.')?;
    let told = || ends_as_file(text) || (is_file_or_domain(text) && is_no_domain(name));
    let fits = (is_name(name) && told()) || is_library(text);
    fits.then(|| (IndicatorKind::FileName, text.to_owned()))
}

/// What a type word says: any text is a mutex, a pipe, a user agent, a file, a key.
pub(super) fn read_as(kind: IndicatorKind, text: &str) -> Found {
    let kind = match kind {
        IndicatorKind::FileName | IndicatorKind::FilePath if text.contains("://") => return None,
        IndicatorKind::FileName | IndicatorKind::FilePath if text.contains(['/', '\\']) => {
            IndicatorKind::FilePath
        }
        IndicatorKind::FileName | IndicatorKind::FilePath => IndicatorKind::FileName,
        IndicatorKind::Registry if !text.contains('\\') => return None,
        IndicatorKind::Registry
        | IndicatorKind::Mutex
        | IndicatorKind::Pipe
        | IndicatorKind::UserAgent => kind,
        _ => return None,
    };
    (text.len() <= 1024).then(|| (kind, text.to_owned()))
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 255
        && !without_count(text)
            .contains(|c: char| c.is_whitespace() || r#"/\:*?"<>|@[]{}#,;"#.contains(c))
        && text.chars().any(char::is_alphanumeric)
}

/// A name without the count that browsers give to a second copy: `x[1].jpg`.
fn without_count(name: &str) -> &str {
    let count = name.strip_suffix(']').and_then(|it| it.rsplit_once('['));
    match count {
        Some((rest, digits)) if digits.len() <= 3 && digits.parse::<u16>().is_ok() => rest,
        _ => name,
    }
}

/// Kernel objects in a namespace of sessions hold no other backslash.
fn is_mutex(text: &str, lower: &str) -> bool {
    let name = lower
        .strip_prefix(r"global\")
        .or_else(|| lower.strip_prefix(r"local\"));
    name.is_some_and(|name| !name.is_empty() && !name.contains('\\')) && !text.contains(' ')
}

fn is_registry(lower: &str) -> bool {
    let root = lower.strip_prefix(r"\registry\").map(|_| "hklm");
    let root = root.or_else(|| {
        lower
            .split_once('\\')
            .map(|(root, _)| root.trim_end_matches(':'))
    });
    root.is_some_and(|root| {
        [
            "hklm",
            "hkcu",
            "hkcr",
            "hku",
            "hkcc",
            "hkey_local_machine",
            "hkey_current_user",
            "hkey_classes_root",
            "hkey_users",
            "hkey_current_config",
        ]
        .contains(&root)
    })
}

fn is_path(text: &str) -> bool {
    let bytes = text.as_bytes();
    let drive = bytes.first().is_some_and(u8::is_ascii_alphabetic)
        && matches!(bytes.get(1..3), Some(br":\" | b":/"))
        && bytes.get(3) != Some(&b'/');
    let variable = text.strip_prefix('%').and_then(|rest| rest.split_once('%'));
    let variable = variable.is_some_and(|(name, rest)| {
        !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"_()".contains(&byte))
            && rest.starts_with(['\\', '/'])
    });
    let share = text.strip_prefix(r"\\").is_some_and(|rest| {
        rest.split_once('\\')
            .is_some_and(|(host, rest)| !host.is_empty() && !rest.is_empty())
    });
    let rooted = text.strip_prefix('/').and_then(|rest| rest.split_once('/'));
    let rooted = rooted.is_some_and(|(first, rest)| ROOTS.contains(&first) && !rest.contains('?'));
    drive || variable || share || rooted || is_below_home(text) || is_relative(text)
}

/// Folders at the root of Linux, macOS and Android. What begins otherwise may as well be the path of an
/// address: `/gate/connect`.
const ROOTS: [&str; 37] = [
    "Applications",
    "Library",
    "System",
    "Users",
    "Volumes",
    "bin",
    "boot",
    "cores",
    "data",
    "dev",
    "etc",
    "flash",
    "home",
    "lib",
    "lib32",
    "lib64",
    "media",
    "mnt",
    "nsconfig",
    "opt",
    "private",
    "proc",
    "root",
    "run",
    "sbin",
    "sdcard",
    "snap",
    "srv",
    "storage",
    "sys",
    "system",
    "tmp",
    "usr",
    "usr2",
    "var",
    "vendor",
    "vmfs",
];

/// `~/.ssh/x`, `$HOME/.local/x`, `${TMPDIR}/x`, `$env:TEMP\x`.
fn is_below_home(text: &str) -> bool {
    let end = text.find(['/', '\\']).unwrap_or(0);
    let (start, rest) = text.split_at(end);
    let name = start.strip_prefix('$').map(|name| {
        let name = name
            .strip_prefix('{')
            .and_then(|it| it.strip_suffix('}'))
            .unwrap_or(name);
        name.strip_prefix("env:").unwrap_or(name)
    });
    let word = |name: &str| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    };
    rest.len() > 1 && (start == "~" || name.is_some_and(word))
}

/// `system32\drivers\x.sys`, `Users/Public/x.bin`: its last part is a file. And what lies in a bundle of macOS:
/// `Player.app/Contents/MacOS/Player`.
fn is_relative(text: &str) -> bool {
    let bundle = text.split_once(".app/Contents/");
    if bundle.is_some_and(|(name, rest)| !name.is_empty() && !rest.is_empty()) {
        return true;
    }
    let sign = if text.contains('\\') { '\\' } else { '/' };
    text.rsplit_once(sign).is_some_and(|(folders, file)| {
        let named = |part: &str| is_name(part) || (sign == '\\' && matches!(part, "." | ".."));
        // `evil.example/x.exe` is an address.
        let host = |part: &str| sign == '/' && part.contains('.');
        let mut parts = folders.split(sign);
        let library = file.starts_with("lib") && file.ends_with(".so");
        (library || file_name(file).is_some())
            && !parts.clone().next().is_some_and(host)
            && parts.all(named)
    })
}

/// Where words begin can be told: the last part of a path holds a space only before a known ending.
/// `C:\a.exe dropped it` is a path and words.
fn ends_clearly(text: &str) -> bool {
    let aside = [" - ", " – ", " — ", " | ", " // ", "\t", "  "];
    if aside.iter().any(|sign| text.contains(sign)) {
        return false;
    }
    let parts: Vec<&str> = text.split(['\\', '/']).collect();
    let Some((last, folders)) = parts.split_last() else {
        return false;
    };
    // A file with words after it, which hold a slash: `C:\a.exe and/or`.
    let named = |part: &&str| {
        part.split_once(' ')
            .is_some_and(|(first, _)| file_name(first).is_some())
    };
    if folders.iter().any(named) {
        return false;
    }
    match last.rsplit_once(' ') {
        None => true,
        Some((before, word)) => !before.contains('.') && ends_as_file(word),
    }
}
