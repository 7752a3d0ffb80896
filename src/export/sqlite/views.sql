-- Indexes are made when the tables are full, views when there is something to see.

CREATE INDEX entries_of_kind ON entries (kind, slug);
CREATE INDEX details_of_entry ON details (entry, key);
CREATE INDEX details_of_key ON details (key, value);
CREATE INDEX external_ids_of_entry ON external_ids (entry);
CREATE INDEX external_ids_by_id ON external_ids (catalogue, id);
CREATE INDEX changes_of_entry ON changes (entry);
CREATE INDEX statements_of_sort ON statements (sort, name);
CREATE INDEX statements_on_target ON statements (target);
CREATE INDEX indicators_of_entry ON indicators (entry);
CREATE INDEX indicators_by_value ON indicators (value, type);
CREATE INDEX citations_of_entry ON citations (entry);
CREATE INDEX citations_of_statement ON citations (statement);
CREATE INDEX citations_of_indicator ON citations (indicator);
CREATE INDEX citations_of_source ON citations (source);

-- Each sort of statement under the names of its own.

CREATE VIEW relations AS
  SELECT number AS statement, entry, name AS verb, target, denied,
    CASE WHEN currency IS NULL THEN value END AS own, CASE WHEN currency IS NOT NULL THEN value END AS amount, low, high, currency,
    came_from, date AS since, earliest, latest,
    until, confidence, confidence_low, confidence_high, note, says, tlp
  FROM statements WHERE sort = 'relation';

CREATE VIEW events AS
  SELECT number AS statement, entry, date, earliest, latest, value AS what, target AS place, confidence, note, tlp
  FROM statements WHERE sort = 'event';

CREATE VIEW losses AS
  SELECT number AS statement, entry, substr(name, 6) AS loss, value, low, high, currency, one_of_several,
    chosen IS NOT NULL OR NOT one_of_several AS counts, chosen, confidence, note, tlp
  FROM statements WHERE sort = 'fact' AND name LIKE 'loss.%';

-- Everything that an entry is called: its title, and the names that others use.
CREATE VIEW names AS
  SELECT id AS entry, title AS name, 'title' AS overlap, NULL AS used_by, NULL AS used_by_entry, NULL AS statement, own_tlp AS tlp
  FROM entries
  UNION ALL
  SELECT entry, value, name, said_by, target, number, tlp FROM statements WHERE sort = 'alias';

-- The usual questions.

-- Who uses which technique, malware or tool.
CREATE VIEW uses AS
  SELECT who.title AS who, who.kind AS who_kind, what.title AS what, what.kind AS what_kind,
    (SELECT group_concat(id, ' ') FROM external_ids WHERE entry = what.id AND catalogue = 'attack') AS attack,
    it.denied, it.confidence, it.date AS since, it.until,
    (SELECT count(DISTINCT source) FROM citations WHERE statement = it.number) AS sources,
    it.entry AS who_entry, it.target AS what_entry, it.number AS statement, it.tlp
  FROM statements AS it
  JOIN entries AS who ON who.id = it.entry
  JOIN entries AS what ON what.id = it.target
  WHERE it.sort = 'relation' AND it.name = 'uses';

-- Statements that rest on one source alone.
CREATE VIEW single_source AS
  SELECT entries.title, statements.says, alone.source, coalesce(sources.reliability, '') || sources.credibility AS grade,
    statements.entry, alone.statement, statements.tlp
  FROM (
    SELECT statement, min(source) AS source FROM citations
    WHERE of = 'statement' GROUP BY statement HAVING min(source) = max(source)
  ) AS alone
  JOIN statements ON statements.number = alone.statement
  JOIN entries ON entries.id = statements.entry
  LEFT JOIN sources ON sources.entry = alone.source;

-- Statements that rest on none.
CREATE VIEW without_source AS
  SELECT entries.title, it.says, it.entry, it.number AS statement, it.tlp
  FROM statements AS it JOIN entries ON entries.id = it.entry
  WHERE NOT EXISTS (SELECT 1 FROM citations WHERE citations.statement = it.number);

-- Values on which sources differ, each with what it rests on.
CREATE VIEW contested AS
  SELECT entries.title, it.name, it.value, it.chosen IS NOT NULL AS is_chosen, it.chosen,
    (SELECT group_concat(source, ' ') FROM citations WHERE statement = it.number) AS sources,
    it.entry, it.number AS statement, it.tlp
  FROM statements AS it JOIN entries ON entries.id = it.entry
  WHERE it.sort = 'fact' AND it.one_of_several;

-- What each incident cost, by sort of loss and currency: the value that the dossier goes by, and the bounds of all.
CREATE VIEW losses_by_incident AS
  SELECT entries.title, losses.loss, losses.currency,
    max(CASE WHEN losses.counts THEN losses.value END) AS value,
    max(CASE WHEN losses.counts THEN losses.low END) AS low,
    max(CASE WHEN losses.counts THEN losses.high END) AS high,
    min(losses.low) AS lowest, max(losses.high) AS highest, count(*) AS "values", losses.entry
  FROM losses JOIN entries ON entries.id = losses.entry
  GROUP BY losses.entry, losses.loss, losses.currency;

-- Sources that nothing rests on.
CREATE VIEW uncited_sources AS
  SELECT entries.title, sources.publisher, sources.url, sources.entry, entries.tlp
  FROM sources JOIN entries ON entries.id = sources.entry
  WHERE NOT EXISTS (SELECT 1 FROM citations WHERE citations.source = sources.entry);

-- Indicators with what they rest on.
CREATE VIEW sourced_indicators AS
  SELECT it.type, it.value, it.defanged, it.file, it.until, it.note, entries.title,
    (SELECT group_concat(source, ' ') FROM citations WHERE indicator = it.number) AS sources,
    it.entry, it.number AS indicator, it.tlp
  FROM indicators AS it JOIN entries ON entries.id = it.entry;

-- How much rests on each source.
CREATE VIEW source_use AS
  SELECT entries.title, sources.publisher, sources.reliability, sources.credibility,
    count(citations.number) AS citations, count(DISTINCT citations.entry) AS entries, sources.entry, entries.tlp
  FROM sources
  JOIN entries ON entries.id = sources.entry
  LEFT JOIN citations ON citations.source = sources.entry
  GROUP BY sources.entry;
