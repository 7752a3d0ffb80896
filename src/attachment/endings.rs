//! What a file's name tells a web server, and so a browser; and how markup begins.
//!
//! A server gives a file a type by its ending. The tables are closed: an ending that is not in them tells
//! nothing, and then what the file begins with decides, as it would in a browser.
//!
//! | what | why |
//! |---|---|
//! | passive | every usual server gives it a type that a browser shows, plays or saves, without looking inside |
//! | drawing | SVG: shown, and run |
//! | active | HTML and every XML that a browser shows, in which scripts and styles may stand; programs of browsers and of servers; mails and archives of pages |
//! | compressed | as what is compressed: some servers unpack it on the way |
//! | nothing | no ending, or one that servers do not share |

/// What the name of a file says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    Passive,
    Drawing,
    Active(&'static str),
    Nothing,
}

/// Pictures, sound, film, fonts, documents, data, texts, archives.
const PASSIVE: &[&str] = &[
    "avif", "bmp", "gif", "ico", "jpeg", "jpg", "png", "tif", "tiff", "webp", // pictures
    "flac", "m4a", "mp3", "oga", "ogg", "opus", "wav", // sound
    "avi", "m4v", "mov", "mp4", "mpeg", "mpg", "ogv", "webm", // film
    "otf", "ttf", "woff", "woff2", // fonts
    "doc", "docx", "odp", "ods", "odt", "pdf", "ppt", "pptx", "rtf", "xls",
    "xlsx", // documents
    "css", "csv", "json", "txt", // data and texts
    "7z", "rar", "tar", "zip", // archives
];

/// What is compressed bears the ending of what it is before this one.
const COMPRESSED: &[&str] = &["br", "bz2", "deflate", "gz", "lz", "lzma", "xz", "z", "zst"];

/// Pages, XML, programs of the browser, programs of servers, pages kept in one file, and what plugins and
/// systems run.
const ACTIVE: &[&str] = &[
    "htm",
    "html",
    "htt",
    "sht",
    "shtm",
    "shtml",
    "stm",
    "xht",
    "xhtm",
    "xhtml", // pages
    "atom",
    "dtd",
    "gml",
    "gpx",
    "kml",
    "mathml",
    "mml",
    "opml",
    "owl",
    "rdf",
    "rng",
    "rss",
    "smil",
    "svgz",
    "ttml",
    "vml",
    "vxml",
    "wsdl",
    "xbl",
    "xml",
    "xsd",
    "xsl",
    "xslt",
    "xspf",
    "xul", // XML, and compressed SVG
    "appcache",
    "cjs",
    "crx",
    "hta",
    "htc",
    "js",
    "mjs",
    "swf",
    "wasm",
    "xpi", // programs of browsers
    "asp",
    "aspx",
    "cfm",
    "cgi",
    "fcgi",
    "jsp",
    "jspx",
    "phar",
    "php",
    "php3",
    "php4",
    "php5",
    "php7",
    "php8",
    "phps",
    "pht",
    "phtm",
    "phtml", // programs of servers
    "eml",
    "maff",
    "mht",
    "mhtm",
    "mhtml",
    "webarchive", // pages kept in one file
];

/// What a path says. Of several endings the last that is known decides, as it does for servers that know
/// more than one (`page.html.yar` is served as HTML by some).
pub(super) fn of(path: &str) -> Says {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let mut endings = name
        .split('.')
        .skip(1)
        .collect::<Vec<&str>>()
        .into_iter()
        .rev();
    let Some(last) = endings.next() else {
        return Says::Nothing;
    };
    let before = || endings.clone().find_map(acting);
    match acting(last) {
        // A drawing that is called one is cleaned; one that is called something else is not expected.
        _ if last == "svg" => Says::Drawing,
        Some(ending) => Says::Active(ending),
        None if PASSIVE.contains(&last) => Says::Passive,
        None if COMPRESSED.contains(&last) => before().map_or(Says::Passive, Says::Active),
        None => {
            // Of the others the nearest that is known counts.
            let known = |ending: &&str| PASSIVE.contains(ending) || acting(ending).is_some();
            match endings.clone().find(known).and_then(acting) {
                Some(ending) => Says::Active(ending),
                None => Says::Nothing,
            }
        }
    }
}

/// Documents and archives whose words are compressed.
const PACKED: &[&str] = &[
    "7z", "cab", "docx", "epub", "jar", "odg", "odp", "ods", "odt", "pptx", "rar", "tgz", "xlsm",
    "xlsx", "zip",
];

/// Whether what stands in a file is compressed, by its ending.
pub(super) fn is_packed(path: &str) -> bool {
    let ending = path.rsplit('.').next().unwrap_or(path).to_ascii_lowercase();
    PACKED.contains(&&*ending) || COMPRESSED.contains(&&*ending)
}

/// The ending, if it is one of what acts.
fn acting(ending: &str) -> Option<&'static str> {
    let drawing = (ending == "svg").then_some("svg");
    drawing.or_else(|| ACTIVE.iter().copied().find(|active| *active == ending))
}

/// Whether a file begins as markup does: with a tag, after marks of byte order and white space, as browsers
/// guess it (WHATWG, MIME Sniffing). UTF-16 and UTF-32 are read by leaving out their zeros.
pub(super) fn begins_as_markup(head: &[u8]) -> bool {
    let marks = |byte: &u8| matches!(byte, 0 | 0xef | 0xbb | 0xbf | 0xff | 0xfe);
    let blank = |byte: &u8| byte.is_ascii_whitespace() || byte.is_ascii_control() || marks(byte);
    let mut start = head.iter().skip_while(|byte| blank(byte));
    let opens = start.next() == Some(&b'<');
    let second = start.find(|&&byte| byte != 0);
    opens && second.is_some_and(|&byte| byte.is_ascii_alphabetic() || b"!?/%".contains(&byte))
}
