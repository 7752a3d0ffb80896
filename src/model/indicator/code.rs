//! Names of programs and of their parts, which have the shape of domains and files: `System.Net`, `com.bank.app`.
//!
//! Takes a text that is written plain; tells whether it is such a name, or two sentences without a space between
//! (`others.GOLD`). In doubt it is: who means the domain writes it defanged, or `domain:` before it.

use super::host_based::is_ending;

/// Names of languages and libraries, which have capitals.
const PRODUCTS: [&str; 10] = [
    "ado.net",
    "asp.net",
    "d3.js",
    "express.js",
    "next.js",
    "node.js",
    "react.js",
    "three.js",
    "vb.net",
    "vue.js",
];

/// The roots of namespaces of .NET.
const NAMESPACES: [&str; 5] = ["Microsoft", "Mono", "Newtonsoft", "System", "Windows"];

/// The roots of packages of Java and Android.
const PACKAGES: [&str; 10] = [
    "android", "androidx", "dalvik", "jakarta", "java", "javax", "kotlin", "kotlinx", "scala",
    "sun",
];

/// Top-level domains with which names of packages begin.
const REVERSED: [&str; 5] = ["com", "edu", "io", "net", "org"];

/// What members belong to, and members that are top-level domains or endings of files as well.
const OBJECTS: [&str; 10] = [
    "console", "document", "file", "logging", "requests", "self", "task", "this", "thread",
    "window",
];
const MEMBERS: [&str; 8] = ["info", "log", "name", "open", "post", "read", "run", "zone"];

/// Whether a text is a name in a program, or of one.
pub(super) fn is_name(text: &str) -> bool {
    let part = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    if text.len() > 200 || !text.contains('.') || !text.split('.').all(part) {
        return false;
    }
    let parts: Vec<&str> = text.split('.').collect();
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
        return false;
    };
    let capital = |part: &&str| part.starts_with(|c: char| c.is_ascii_uppercase());
    let upper = |part: &str| !part.bytes().any(|byte| byte.is_ascii_lowercase());
    let lower = |part: &str| !part.bytes().any(|byte| byte.is_ascii_uppercase());
    let product = || !lower(text) && PRODUCTS.iter().any(|it| it.eq_ignore_ascii_case(text));
    // `Microsoft.Com` is a host.
    let namespace = || NAMESPACES.contains(first) && parts.iter().all(capital) && *last != "Com";
    let package = || PACKAGES.contains(first) && !matches!(*last, "com" | "org" | "dev");
    let reversed = || {
        REVERSED.contains(first)
            && parts.len() > 2
            && (last.len() > 3 || *last == "app")
            && parts
                .iter()
                .all(|part| lower(part) && !part.starts_with(|c: char| c.is_ascii_digit()))
    };
    let member = || {
        parts.len() == 2
            && OBJECTS.iter().any(|it| it.eq_ignore_ascii_case(first))
            && MEMBERS.iter().any(|it| it.eq_ignore_ascii_case(last))
    };
    // A sentence ends with the one and the next begins with the other.
    let sentences = || {
        let begins = match upper(last) {
            // `update.PS1`, `evil.COM`
            true => last.len() > 3 && lower(first),
            false => capital(last) && (lower(first) || upper(first) && first.len() > 1),
        };
        let file = is_ending(&last.to_ascii_lowercase());
        parts.len() == 2 && begins && !file
    };
    product() || namespace() || package() || reversed() || member() || sentences()
}

#[cfg(test)]
mod tests {
    use super::super::Indicator;
    use super::*;

    #[test]
    fn names_in_programs_are_no_indicators() {
        for text in [
            "System.Net",
            "System.IO",
            "System.Management",
            "System.Web.Services",
            "Microsoft.Office",
            "Microsoft.Win32",
            "Newtonsoft.Json",
            "java.net",
            "java.lang",
            "javax.net",
            "android.app",
            "com.example.bank",
            "com.example.app",
            "com.android.x",
            "com.apple.security",
            "ASP.NET",
            "Node.js",
            "self.name",
            "Task.Run",
            "console.log",
            "others.GOLD",
            "MEGA.In",
        ] {
            assert!(Indicator::from_text(text).is_none(), "{text}");
        }
    }

    #[test]
    fn hosts_and_files_that_look_alike_are() {
        for text in [
            "evil.net",
            "UKR.NET",
            "Ransomed.VC",
            "Evil.Com",
            "update.microsoft.com",
            "Update.Microsoft.Com",
            "microsoft.net",
            "java.com",
            "com.evil.ru",
            "com-secure.evil.app",
            "asp.net",
            "System.Drawing.dll",
            "Microsoft.CSharp.dll",
            "node.exe",
            "system.net",
            "java[.]net",
            "com.evil[.]app",
            "domain: com.evil.app",
            "bi.zone",
            "update.PS1",
            "evil.COM",
        ] {
            assert!(Indicator::from_text(text).is_some(), "{text}");
            assert!(!is_name(text), "{text}");
        }
    }
}
