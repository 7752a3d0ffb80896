//! The words that the corpus is made of: sentences with slots, what fills them, and for each kind
//! two lists of names that `combine` pairs. Not formatted, so that a list is a paragraph.

pub(crate) const HEADINGS: &[&str] = &[
    "How access was gained", "What was done inside", "How the money moved", "What the records say",
    "What remains open", "What followed",
];

pub(crate) const SENTENCES: &[&str] = &[
    "The first sign was a login to {system} from an address that {who} had never seen before.",
    "Over {n} days the intruders moved from {system} to {system} and read {data} on the way.",
    "{time} {who} noticed that someone had copied {data} and that the logs of the same hours were gone.",
    "What was written to {system} agrees with the later account, but the hours differ by as much as {n}.",
    "Two records give the same figure, and both seem to have it from {who} rather than from {system}.",
    "A mail with a job offer reached {n} members of staff, and four of them opened the document in it.",
    "The program waited until the end of the working day before it {did} and removed its own service.",
    "None of the public texts says how long {system} had been open to the outside before that week.",
    "The accounts had been opened more than a year earlier with papers that {who} later called forged.",
    "{time} the transfers stopped, since a clerk had asked why an order named a branch that did not exist.",
    "By then {n} messages had been sent, of which the larger part was held by a correspondent bank.",
    "The code that {did} is short and was built for this one target, as its fixed host names show.",
    "Analysts who compared both samples found the same key schedule, which others have since reused.",
    "An attempt to restore {system} from copies failed, as the copies had been wiped {n} days before.",
    "The money went through {n} accounts at casinos and exchange offices before it left the country.",
    "For {who} the case was closed in the same year, although a part of the sum was never found.",
    "It is a fair reading that the aim was {data} and that the damage to {system} served to hide it.",
    "{time} the same server answered for another name, and that is how both cases came to be linked.",
    "The overlap rests on one certificate and on {data}, which is thin ground for a firm conclusion.",
    "Those who cleaned {system} kept an image of it, and most of what is known comes from that image.",
    "Nothing points to help from inside, yet the intruders knew the shifts and holidays of {who} well.",
    "The second wave used new addresses but {did} in the same order and with the same mistakes.",
];

pub(crate) const LINKING: &[&str] = &[
    "The order of steps is the one known from {link}, down to the pause of {n} days.",
    "An earlier report ties {system} to {link}, though it gives no reason for doing so.",
    "What sets it apart from {link} is that nobody touched {data} until the last day.",
    "Through {link} the same people had come by {data} {n} months before.",
    "{time} a comparison with {link} was published, and {who} did not contradict it.",
    "It shares an address with {link}, and for some time both were counted as one.",
];

pub(crate) const SYSTEMS: &[&str] = &[
    "the payment terminal", "the mail server", "the domain controller",
    "a jump host in the branch network", "the message gateway", "the card switch",
    "a workstation in the back office", "the backup server", "the customer portal",
    "a forgotten test machine",
];

pub(crate) const DATA: &[&str] = &[
    "the operators' manual", "a list of standing orders", "the credentials of two clerks",
    "the ledger of the day", "correspondence with the regulator", "the printer's spool files",
    "the plan of the network", "the staff directory",
];

pub(crate) const WHO: &[&str] = &[
    "the bank", "the investigators", "the regulator", "an outside firm", "the police",
    "the night shift", "the supplier of the software", "the court",
];

pub(crate) const DID: &[&str] = &[
    "changed the balances on screen", "deleted the confirmations", "sent the queued orders",
    "overwrote the boot record", "collected keystrokes", "opened a tunnel to the outside",
];

pub(crate) const TIMES: &[&str] = &[
    "In the second week", "On the following Monday", "Half a year later", "During the holidays",
    "Shortly before midnight", "At the end of the quarter",
];

pub(crate) const EVENTS: &[&str] = &[
    "first login from outside", "transfers sent in three batches",
    "the printer fails and is restarted", "a correspondent bank asks for confirmation",
    "the account is emptied in cash", "police are told",
];

pub(crate) const TAGS: &[&str] = &[
    "accounts", "advisories", "aliases", "archives", "arrests", "atm", "attribution", "backdoors",
    "banking", "bridges", "cards", "casinos", "certificates", "courts", "credentials", "crypto",
    "customs", "cut-outs", "defence", "diplomacy", "energy", "exchanges", "extortion", "forgery",
    "fraud", "freight", "hosting", "infrastructure", "insurance", "journalism", "laundering",
    "lures", "media", "messaging", "mixers", "mules", "naming", "passwords", "payments", "phishing",
    "procurement", "records", "recruiting", "sanctions", "shipping", "supply-chain", "telecoms",
    "transfers", "wipers", "witnesses",
];

// ---- names

pub(crate) const VICTIMS: &[&str] = &[
    "Alder Savings", "Amber Trust", "Anchor Mutual", "Bay Credit", "Birch Union", "Bridge Capital",
    "Canal Post Bank", "Cape Cooperative", "Castle Exchange", "Cedar Deposit", "Cliff Lending",
    "Coastal Clearing", "Crown Giro", "Delta Finance", "Dune Wallet", "Eastgate Bank",
    "Elm Provident", "Falcon Pay", "Fern Holdings", "Ford Insurance", "Garnet Brokers",
    "Glen Remittance", "Granite Funds", "Harbour Bank", "Hazel Payments", "Heath Brothers",
    "Hill Treasury", "Ivory Coin", "Jade Markets", "Juniper Bank", "Keystone Transfer",
    "Lagoon Credit", "Larch Central", "Linden Savings", "Maple Notes", "Marsh Securities",
    "Meadow Bank", "Mill Clearing", "Moor Cooperative", "Northgate Bank", "Oak Provident",
    "Opal Exchange", "Orchard Trust", "Pearl Wallet", "Pine Deposit", "Quay Finance", "Reed Giro",
    "Ridge Capital", "Rowan Bank", "Sable Union", "Willow Mutual",
];

pub(crate) const CASES: &[&str] = &[
    "intrusion", "heist", "wiper case", "cash-out", "card breach", "mail compromise", "data theft",
    "message forgery", "ledger fraud", "wallet theft", "bridge theft", "ransom case",
    "watering hole", "terminal breach", "insider lure", "backup theft", "site takeover",
    "phishing wave", "transfer attempt", "switch breach", "key theft", "supplier breach",
    "staff lure", "branch breach", "night transfers", "portal breach", "clearing fraud",
    "holiday heist", "test-server breach", "silent entry", "blocked transfer", "false invoice case",
    "stolen certificate case", "token theft", "second intrusion", "exchange drain", "payroll fraud",
    "settlement case", "archive theft", "tunnel case", "printer case", "relay breach",
    "courier fraud", "gateway breach", "vendor lure", "credential sale", "cloud breach",
    "mule ring", "cold-wallet theft", "rogue update", "remote-desk breach", "courtesy-call fraud",
    "audit leak", "shadow ledger", "cheque fraud", "SIM swap case", "voucher theft", "kiosk breach",
    "proxy case",
];

pub(crate) const READINGS: &[&str] = &[
    "Inside", "Tracing", "The anatomy of", "Notes on", "Testimony on", "An advisory on",
    "A second look at", "The indictment over", "What is known of", "Findings on", "The hearing on",
    "A timeline of", "Lessons from", "The money behind", "Questions about", "An interview on",
    "The audit of", "Warnings about", "The map of",
];

pub(crate) const SUBJECTS: &[&str] = &[
    "the forged orders", "a quiet intrusion", "the missing ledger", "the casino accounts",
    "three linked breaches", "the cash machines", "a stolen certificate", "the wiped servers",
    "the exchange drain", "the night transfers", "a chain of shell firms", "the mule network",
    "the fake recruiters", "the message gateway", "the second wave", "an old backdoor",
    "the laundering route", "the printer failure", "the weekend heist", "the lost confirmations",
    "a sanctioned mixer", "the reused key", "the cut-out bank", "the seized wallets",
    "the test server", "the copied manual", "the staff lures", "the frozen funds",
    "the watering holes", "a shared server", "the returned millions",
];

pub(crate) const COLOURS: &[&str] = &[
    "Amber", "Ashen", "Azure", "Black", "Bronze", "Cobalt", "Copper", "Coral", "Crimson", "Dusky",
    "Ebony", "Emerald", "Fallow", "Gilded", "Golden", "Grey", "Hazel", "Indigo", "Ivory", "Jade",
    "Lilac", "Lunar", "Maroon", "Mottled", "Ochre", "Olive", "Pale", "Pewter", "Purple", "Russet",
    "Sable", "Saffron", "Scarlet", "Silver", "Sooty", "Tawny", "Teal", "Umber", "Violet", "White",
    "Woolly",
];

pub(crate) const BIRDS: &[&str] = &[
    "Avocet", "Bittern", "Bunting", "Buzzard", "Chough", "Coot", "Cormorant", "Crane", "Crow",
    "Curlew", "Dipper", "Dunlin", "Egret", "Eider", "Falcon", "Fulmar", "Gannet", "Godwit",
    "Goshawk", "Grebe", "Harrier", "Heron", "Hobby", "Ibis", "Jackdaw", "Kestrel", "Kite",
    "Lapwing", "Merlin", "Osprey", "Ouzel", "Petrel", "Plover", "Puffin", "Rail", "Raven", "Shrike",
    "Skua", "Snipe", "Stilt", "Tern", "Wren", "Wryneck",
];

pub(crate) const QUESTIONS: &[&str] = &[
    "How to read", "Where records differ on", "What links", "Who profits from", "The limits of",
    "A method for", "Gaps in", "The case against", "Three views of", "The cost of",
    "Open questions on", "The history of", "Changes in",
];

pub(crate) const MATTERS: &[&str] = &[
    "shared code", "reported losses", "laundering routes", "group names", "court papers",
    "press accounts", "mule accounts", "recruiting lures", "wiper attacks", "exchange thefts",
    "cash machine fraud", "attribution by habit", "server reuse", "leaked manuals", "time stamps",
    "language clues", "victim statements", "vendor reports", "blocked transfers", "frozen funds",
    "shell firms", "forged papers", "casino chips",
];

pub(crate) const TREES: &[&str] = &[
    "Acacia", "Almond", "Apple", "Aspen", "Baobab", "Beech", "Cherry", "Chestnut", "Citron",
    "Cypress", "Dogwood", "Ebony Tree", "Elder", "Ficus", "Ginkgo", "Hawthorn", "Hemlock", "Holly",
    "Hornbeam", "Laurel", "Magnolia", "Medlar", "Mulberry", "Olive Tree", "Palm", "Poplar",
    "Quince", "Sequoia", "Spruce", "Sycamore", "Tamarind",
];

pub(crate) const HOUSES: &[&str] = &[
    "Bank", "Exchange", "Holdings", "Press Agency", "Ministry", "Software House", "Trading Company",
    "Shipping Line", "Telecom", "University", "Institute", "Casino", "Insurance", "Post",
    "Power Utility", "Airline", "Court", "Observer", "Payments",
];

pub(crate) const METALS: &[&str] = &[
    "alum", "antimon", "brass", "cadmi", "chrome", "cobalt", "copper", "gallium", "gild", "iron",
    "lead", "lithi", "mangan", "mercury", "nickel", "osmi", "pewter", "platin", "radium", "silver",
    "steel", "tin", "titan", "tungsten", "vanad", "zinc", "zircon", "rust", "slag",
];

pub(crate) const PARTS: &[&str] = &[
    "anchor", "bolt", "cage", "chain", "claw", "drift", "fang", "gate", "hammer", "hinge", "hook",
    "jar", "key", "knot", "lamp", "latch", "mask", "nail", "needle", "pipe", "reed", "shade",
    "spool", "thorn", "vault", "veil", "wedge", "wheel", "wire",
];

pub(crate) const DOINGS: &[&str] = &[
    "Collection of", "Destruction of", "Discovery of", "Forgery of", "Hiding of", "Interception of",
    "Manipulation of", "Misuse of", "Removal of", "Replacement of", "Reuse of", "Staging of",
    "Theft of",
];

pub(crate) const TARGETS: &[&str] = &[
    "access tokens", "account balances", "backup copies", "boot records", "browser sessions",
    "certificates", "confirmations", "database entries", "event logs", "installers", "keystrokes",
    "mail rules", "message queues", "network shares", "password stores", "payment orders",
    "print jobs", "remote desktops", "scheduled tasks", "service accounts", "signing keys",
    "software updates", "system clocks",
];

pub(crate) const FIRST_NAMES: &[&str] = &[
    "Ada", "Anselm", "Berit", "Bruno", "Cato", "Clio", "Dario", "Dora", "Edda", "Emil", "Fenna",
    "Florian", "Greta", "Gustav", "Hanno", "Ilse", "Ivo", "Jorun", "Kalle", "Lena", "Levin", "Mira",
    "Nils", "Orla", "Otto", "Petra", "Rasmus", "Runa", "Silas", "Tilda", "Viggo",
];

pub(crate) const LAST_NAMES: &[&str] = &[
    "Aldern", "Barnow", "Brandel", "Castner", "Corvin", "Dahlke", "Dornier", "Ekman", "Falk",
    "Farrow", "Gellert", "Grimsby", "Halden", "Hartog", "Imhof", "Jessen", "Kessel", "Korda",
    "Lindqvist", "Lorenz", "Marlen", "Morand", "Nyberg", "Ostrow", "Pallas", "Quist", "Rehn",
    "Rosing", "Sandoz", "Severin", "Stahl", "Thorne", "Ulmer", "Varga", "Verne", "Wessel", "Winter",
    "Yorke", "Zander", "Zeller", "Zorn",
];

pub(crate) const BEASTS: &[&str] = &[
    "badger", "beaver", "bison", "camel", "ermine", "ferret", "fox", "gecko", "hare", "ibex",
    "jackal", "lemur", "lynx", "marten", "mink", "mole", "newt", "otter", "panda", "puma", "stoat",
    "tapir", "viper", "vole", "weasel", "wolf", "yak", "zebra", "zebu",
];

pub(crate) const JOBS: &[&str] = &[
    "cat", "copy", "dump", "grab", "load", "map", "mount", "pack", "pass", "ping", "proxy", "scan",
    "shell", "sniff", "spray", "stage", "sync", "tap", "trace", "tunnel", "walk", "watch", "wipe",
];

pub(crate) const LANDS: &[&str] = &[
    "East", "Great", "High", "Little", "Long", "Low", "Middle", "New", "North", "Old", "Port",
    "Saint", "South", "Upper", "West", "White", "Lake",
];

pub(crate) const TOWNS: &[&str] = &[
    "Aldern", "Barrow", "Calder", "Dorn", "Elstow", "Farley", "Garran", "Hollin", "Iver", "Jarrow",
    "Kelda", "Lorne", "Marden", "Norwick", "Orford", "Penrith", "Quarne", "Rothal", "Selby", "Tarn",
    "Ulver", "Varne", "Wexal",
];
