//! The elements and attributes that a drawing may have.
//!
//! Closed lists (SVG 1.1, SVG 2, Filter Effects): what is not here does not come out.

/// What an element is to the one that writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    /// It draws, or holds what draws.
    Plain,
    /// Its reference may be the data of a picture.
    Picture,
    /// It sets an attribute of another.
    Animation,
    /// A style sheet.
    Style,
    /// It says something to programs and draws nothing.
    Silent,
}

/// An element that is known.
#[derive(Debug)]
pub(super) struct Named {
    pub name: &'static str,
    pub kind: Element,
}

/// What an attribute may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Attribute {
    /// Words, numbers: never an address.
    Plain,
    /// What style may say.
    Style,
    /// An address.
    Reference,
}

/// An element by its name.
pub(super) fn element(name: &str) -> Option<&'static Named> {
    ELEMENTS.iter().find(|element| element.name == name)
}

/// An attribute without a namespace by its name.
pub(super) fn attribute(name: &str) -> Option<(&'static str, Attribute)> {
    let find = |list: &'static [&'static str]| list.iter().copied().find(|known| *known == name);
    if name == "href" {
        return Some(("href", Attribute::Reference));
    }
    find(STYLED)
        .map(|known| (known, Attribute::Style))
        .or_else(|| find(PLAIN).map(|known| (known, Attribute::Plain)))
}

/// Whether an attribute that is not known would act or load in some document.
pub(super) fn acts(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.starts_with("on")
        || name.ends_with("href")
        || name.ends_with("src")
        || name.starts_with("xlink:")
        || name.starts_with("xml:")
        || name.ends_with("action")
        || matches!(
            name.as_str(),
            "srcset" | "srcdoc" | "data" | "poster" | "ping" | "background" | "codebase" | "code"
        )
}

macro_rules! elements {
    ($($kind:ident: $($name:literal)*;)*) => {
        const ELEMENTS: &[Named] = &[$($(Named { name: $name, kind: Element::$kind },)*)*];
    };
}

elements! {
    Plain: "a" "circle" "clipPath" "defs" "desc" "ellipse" "feBlend" "feColorMatrix" "feComponentTransfer"
        "feComposite" "feConvolveMatrix" "feDiffuseLighting" "feDisplacementMap" "feDistantLight"
        "feDropShadow" "feFlood" "feFuncA" "feFuncB" "feFuncG" "feFuncR" "feGaussianBlur" "feMerge"
        "feMergeNode" "feMorphology" "feOffset" "fePointLight" "feSpecularLighting" "feSpotLight" "feTile"
        "feTurbulence" "filter" "font" "font-face" "font-face-format" "font-face-name" "font-face-src" "g"
        "glyph" "hatch" "hatchpath" "hkern" "line" "linearGradient" "marker" "mask" "mesh" "meshgradient"
        "meshpatch" "meshrow" "missing-glyph" "mpath" "path" "pattern" "polygon" "polyline"
        "radialGradient" "rect" "solidcolor" "stop" "svg" "switch" "symbol" "text" "textPath" "title" "tref"
        "tspan" "use" "view" "vkern";
    Picture: "image" "feImage";
    Animation: "animate" "animateColor" "animateMotion" "animateTransform" "set";
    Style: "style";
    Silent: "metadata";
}

/// What may name a paint, a marker, a mask by an address, or hold several values.
const STYLED: &[&str] = &[
    "by",
    "clip",
    "clip-path",
    "color-profile",
    "cursor",
    "fill",
    "filter",
    "font",
    "font-family",
    "from",
    "marker",
    "marker-end",
    "marker-mid",
    "marker-start",
    "mask",
    "mask-image",
    "shape-inside",
    "shape-subtract",
    "stroke",
    "style",
    "to",
    "values",
];

const PLAIN: &[&str] = &[
    // what is told to those who do not see
    "aria-describedby",
    "aria-description",
    "aria-details",
    "aria-hidden",
    "aria-label",
    "aria-labelledby",
    "aria-level",
    "aria-posinset",
    "aria-roledescription",
    "aria-setsize",
    "role",
    // names and conditions
    "class",
    "id",
    "lang",
    "requiredExtensions",
    "requiredFeatures",
    "systemLanguage",
    // style sheets
    "media",
    "type",
    // the drawing as a whole
    "baseProfile",
    "preserveAspectRatio",
    "version",
    "viewBox",
    "zoomAndPan",
    // geometry
    "cx",
    "cy",
    "d",
    "dx",
    "dy",
    "fr",
    "fx",
    "fy",
    "height",
    "offset",
    "path",
    "pathLength",
    "points",
    "r",
    "rotate",
    "rx",
    "ry",
    "transform",
    "transform-origin",
    "gradientTransform",
    "patternTransform",
    "width",
    "x",
    "x1",
    "x2",
    "y",
    "y1",
    "y2",
    "z",
    // units and methods
    "clipPathUnits",
    "filterUnits",
    "gradientUnits",
    "lengthAdjust",
    "markerHeight",
    "markerUnits",
    "markerWidth",
    "maskContentUnits",
    "maskUnits",
    "method",
    "orient",
    "patternContentUnits",
    "patternUnits",
    "primitiveUnits",
    "refX",
    "refY",
    "side",
    "spacing",
    "spreadMethod",
    "startOffset",
    "textLength",
    "hatchUnits",
    "hatchContentUnits",
    "pitch",
    "mask-type",
    // presentation
    "alignment-baseline",
    "background-color",
    "baseline-shift",
    "clip-rule",
    "color",
    "color-interpolation",
    "color-interpolation-filters",
    "color-rendering",
    "direction",
    "display",
    "dominant-baseline",
    "enable-background",
    "fill-opacity",
    "fill-rule",
    "flood-color",
    "flood-opacity",
    "font-feature-settings",
    "font-kerning",
    "font-size",
    "font-size-adjust",
    "font-stretch",
    "font-style",
    "font-variant",
    "font-weight",
    "glyph-orientation-horizontal",
    "glyph-orientation-vertical",
    "image-rendering",
    "inline-size",
    "isolation",
    "kerning",
    "letter-spacing",
    "lighting-color",
    "line-height",
    "mix-blend-mode",
    "opacity",
    "overflow",
    "paint-order",
    "pointer-events",
    "shape-rendering",
    "solid-color",
    "solid-opacity",
    "stop-color",
    "stop-opacity",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-opacity",
    "stroke-width",
    "text-align",
    "text-anchor",
    "text-decoration",
    "text-overflow",
    "text-rendering",
    "transform-box",
    "unicode-bidi",
    "vector-effect",
    "visibility",
    "white-space",
    "word-spacing",
    "writing-mode",
    // filters
    "amplitude",
    "azimuth",
    "baseFrequency",
    "bias",
    "diffuseConstant",
    "divisor",
    "edgeMode",
    "elevation",
    "exponent",
    "in",
    "in2",
    "intercept",
    "k1",
    "k2",
    "k3",
    "k4",
    "kernelMatrix",
    "kernelUnitLength",
    "limitingConeAngle",
    "mode",
    "numOctaves",
    "operator",
    "order",
    "pointsAtX",
    "pointsAtY",
    "pointsAtZ",
    "preserveAlpha",
    "radius",
    "result",
    "scale",
    "seed",
    "slope",
    "specularConstant",
    "specularExponent",
    "stdDeviation",
    "stitchTiles",
    "surfaceScale",
    "tableValues",
    "targetX",
    "targetY",
    "xChannelSelector",
    "yChannelSelector",
    "filterRes",
    // animation
    "accumulate",
    "additive",
    "attributeName",
    "attributeType",
    "begin",
    "calcMode",
    "dur",
    "end",
    "keyPoints",
    "keySplines",
    "keyTimes",
    "max",
    "min",
    "origin",
    "repeatCount",
    "repeatDur",
    "restart",
    // fonts of SVG
    "accent-height",
    "alphabetic",
    "arabic-form",
    "ascent",
    "bbox",
    "cap-height",
    "descent",
    "g1",
    "g2",
    "glyph-name",
    "hanging",
    "horiz-adv-x",
    "horiz-origin-x",
    "horiz-origin-y",
    "ideographic",
    "k",
    "mathematical",
    "name",
    "overline-position",
    "overline-thickness",
    "panose-1",
    "stemh",
    "stemv",
    "strikethrough-position",
    "strikethrough-thickness",
    "string",
    "u1",
    "u2",
    "underline-position",
    "underline-thickness",
    "unicode",
    "unicode-range",
    "units-per-em",
    "v-alphabetic",
    "v-hanging",
    "v-ideographic",
    "v-mathematical",
    "vert-adv-y",
    "vert-origin-x",
    "vert-origin-y",
    "widths",
    "x-height",
];
