//! What is found on a host: files and paths, registry keys, mutexes, named pipes; and user agents.

use super::IndicatorKind;

type Found = Option<(IndicatorKind, String)>;

/// Endings of file names that no domain has; `invoice.exe` is a file, not a domain.
const FILE_ENDINGS: [&str; 111] = [
    "exe", "dll", "doc", "docx", "docm", "dot", "dotm", "xls", "xlsx", "xlsm", "xlsb", "xll",
    "ppt", "pptx", "pptm", "pdf", "rtf", "odt", "txt", "csv", "json", "xml", "yml", "yaml", "htm",
    "html", "xhtml", "php", "asp", "aspx", "ashx", "jsp", "jspx", "js", "jse", "vbs", "vbe", "wsf",
    "hta", "bat", "cmd", "ps1", "psm1", "psd1", "sys", "drv", "ocx", "cpl", "scr", "pif", "lnk",
    "url", "rar", "7z", "tar", "gz", "tgz", "bz2", "xz", "iso", "img", "vhd", "vhdx", "dmg", "pkg",
    "deb", "rpm", "apk", "ipa", "jar", "war", "class", "dex", "elf", "bin", "ko", "dylib", "msi",
    "msp", "msix", "appx", "chm", "inf", "ini", "cfg", "conf", "log", "bak", "old", "db", "sqlite",
    "plist", "eml", "msg", "pst", "ost", "png", "jpg", "jpeg", "gif", "bmp", "ico", "svg", "webp",
    "tmp", "dat", "key", "pem", "crt", "cer", "dmp",
];

/// Endings of files that are top-level domains too.
const BOTH: [&str; 11] = [
    "zip", "mov", "sh", "py", "rs", "pl", "md", "ps", "so", "cab", "java",
];

/// Whether what stands after the last dot tells a file.
pub(super) fn is_file_ending(ending: &str) -> bool {
    FILE_ENDINGS.contains(&ending)
}

/// Whether a text ends as the names of files do.
pub(super) fn ends_as_file(text: &str) -> bool {
    text.rsplit_once('.')
        .is_some_and(|(_, ending)| is_file_ending(&ending.to_ascii_lowercase()))
}

/// Whether a text with one dot may be a file or a domain: `install.sh`.
pub(crate) fn is_file_or_domain(text: &str) -> bool {
    let (name, ending) = text.rsplit_once('.').unwrap_or((text, ""));
    is_name(name) && !name.contains('.') && BOTH.contains(&ending.to_ascii_lowercase().as_str())
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
    let fits = is_name(name) && ends_as_file(text);
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
        && !text.contains(|c: char| c.is_whitespace() || r#"/\:*?"<>|@[]{}#"#.contains(c))
        && text.chars().any(char::is_alphanumeric)
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
    let root = text
        .strip_prefix('/')
        .or_else(|| text.strip_prefix("~/").map(|_| "~/"));
    let rooted = root.is_some_and(|rest| {
        rest.split_once('/')
            .is_some_and(|(first, _)| !first.is_empty())
            || text.starts_with("~/")
    });
    drive || variable || share || rooted || is_relative(text)
}

/// `system32\drivers\x.sys`: its last part is a file.
fn is_relative(text: &str) -> bool {
    text.rsplit_once('\\').is_some_and(|(folders, file)| {
        file_name(file).is_some()
            && folders
                .split('\\')
                .all(|part| is_name(part) || matches!(part, "." | ".."))
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
