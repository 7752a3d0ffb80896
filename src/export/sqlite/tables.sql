-- The tables of an export. Rows have the numbers in which they were written; what lasts is `id`, and within an entry `address`.

CREATE TABLE dossier (
  version INTEGER NOT NULL,
  title TEXT NOT NULL,
  url TEXT NOT NULL,
  language TEXT NOT NULL,
  description TEXT,
  tlp TEXT NOT NULL
);

-- `whole` is 0 where an entry is here only because another names it: it has its names and no more.
CREATE TABLE entries (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  slug TEXT NOT NULL,
  title TEXT NOT NULL,
  url TEXT NOT NULL,
  tlp TEXT NOT NULL,
  own_tlp TEXT NOT NULL,
  whole INTEGER NOT NULL CHECK (whole IN (0, 1)),
  draft INTEGER NOT NULL CHECK (draft IN (0, 1)),
  date TEXT,
  earliest TEXT,
  latest TEXT,
  publish TEXT,
  updated TEXT,
  language TEXT,
  country TEXT REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
  withdrawn TEXT,
  withdrawn_reason TEXT,
  summary TEXT,
  text TEXT
);

-- What stands in lists, and what only some kinds have, under the keys of front matter.
CREATE TABLE details (
  number INTEGER PRIMARY KEY,
  entry TEXT NOT NULL REFERENCES entries (id),
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  tlp TEXT NOT NULL
);

CREATE TABLE external_ids (
  number INTEGER PRIMARY KEY,
  entry TEXT NOT NULL REFERENCES entries (id),
  catalogue TEXT NOT NULL,
  id TEXT NOT NULL,
  tlp TEXT NOT NULL
);

CREATE TABLE changes (
  number INTEGER PRIMARY KEY,
  entry TEXT NOT NULL REFERENCES entries (id),
  date TEXT NOT NULL,
  what TEXT NOT NULL,
  correction INTEGER NOT NULL CHECK (correction IN (0, 1)),
  tlp TEXT NOT NULL
);

CREATE TABLE sources (
  entry TEXT PRIMARY KEY REFERENCES entries (id),
  publisher TEXT,
  publisher_entry TEXT REFERENCES entries (id),
  url TEXT,
  archived TEXT,
  accessed TEXT,
  type TEXT,
  language TEXT,
  seen TEXT,
  reliability TEXT,
  credibility INTEGER,
  sha256 TEXT,
  taken TEXT,
  retracted TEXT,
  retracted_reason TEXT,
  tlp TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE statements (
  number INTEGER PRIMARY KEY,
  entry TEXT NOT NULL REFERENCES entries (id),
  address TEXT NOT NULL,
  sort TEXT NOT NULL CHECK (sort IN ('fact', 'judgement', 'legal', 'event', 'relation', 'alias')),
  name TEXT,
  value TEXT,
  target TEXT REFERENCES entries (id),
  came_from TEXT REFERENCES entries (id),
  said_by TEXT,
  denied INTEGER CHECK (denied IN (0, 1)),
  one_of_several INTEGER CHECK (one_of_several IN (0, 1)),
  chosen TEXT,
  low NUMERIC,
  high NUMERIC,
  currency TEXT,
  date TEXT,
  earliest TEXT,
  latest TEXT,
  until TEXT,
  until_earliest TEXT,
  until_latest TEXT,
  confidence TEXT,
  confidence_low INTEGER,
  confidence_high INTEGER,
  confidence_stix INTEGER,
  note TEXT,
  says TEXT NOT NULL,
  tlp TEXT NOT NULL,
  UNIQUE (entry, address)
);

CREATE TABLE indicators (
  number INTEGER PRIMARY KEY,
  entry TEXT NOT NULL REFERENCES entries (id),
  type TEXT NOT NULL,
  value TEXT NOT NULL,
  defanged TEXT NOT NULL,
  file TEXT,
  first_seen TEXT,
  first_seen_earliest TEXT,
  last_seen TEXT,
  last_seen_latest TEXT,
  until TEXT,
  note TEXT,
  tlp TEXT NOT NULL
);

-- `of` says what rests on the source: a statement, an indicator, the entry as a whole, or its text.
CREATE TABLE citations (
  number INTEGER PRIMARY KEY,
  entry TEXT NOT NULL REFERENCES entries (id),
  of TEXT NOT NULL CHECK (of IN ('statement', 'indicator', 'entry', 'text')),
  statement INTEGER REFERENCES statements (number),
  indicator INTEGER REFERENCES indicators (number),
  source TEXT NOT NULL REFERENCES entries (id),
  at TEXT,
  tlp TEXT NOT NULL,
  CHECK ((statement IS NOT NULL) = (of = 'statement')),
  CHECK ((indicator IS NOT NULL) = (of = 'indicator'))
);

CREATE VIRTUAL TABLE search USING fts5 (
  title, summary, text,
  content="entries", content_rowid="number", tokenize="unicode61 remove_diacritics 2"
);
