"""The ledger's tables and the triggers that refuse what must not happen, as one literal text.

`docs/explanation/ledger-format.md` says what each column means. A change here is a new version:
a step in MIGRATIONS, and columns only ever added, at the end and nullable.
"""

from __future__ import annotations

from collections.abc import Sequence

# "KarT" in ASCII; `file` and every SQLite tool show it, and no other program's database has it.
APPLICATION_ID = 0x4B617254
VERSION = 2

_TABLES = """
CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  act TEXT NOT NULL,
  note TEXT NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TABLE series (
  id INTEGER PRIMARY KEY,
  entry INTEGER NOT NULL,
  profile TEXT NOT NULL,
  supplier TEXT NOT NULL,
  prefix TEXT NOT NULL,
  last_used INTEGER NOT NULL CHECK (last_used >= 0),
  UNIQUE (profile, prefix),
  UNIQUE (supplier, prefix)
) STRICT;

CREATE TABLE documents (
  id INTEGER PRIMARY KEY,
  entry INTEGER NOT NULL,
  series INTEGER NOT NULL REFERENCES series,
  value INTEGER NOT NULL,
  number TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('invoice', 'credit-note')),
  month TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]'),
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  net INTEGER NOT NULL,
  vat INTEGER NOT NULL,
  total INTEGER NOT NULL CHECK (total = net + vat),
  sessions INTEGER NOT NULL CHECK (sessions > 0),
  issued_on TEXT NOT NULL,
  due_on TEXT,
  corrects INTEGER UNIQUE REFERENCES documents,
  reason TEXT NOT NULL,
  UNIQUE (series, value),
  CHECK ((kind = 'credit-note') = (corrects IS NOT NULL))
) STRICT;
CREATE INDEX documents_by_number ON documents (number COLLATE NOCASE);
CREATE INDEX documents_by_entry ON documents (entry);

CREATE TABLE lines (
  id INTEGER PRIMARY KEY,
  entry INTEGER NOT NULL,
  document INTEGER NOT NULL REFERENCES documents,
  position INTEGER NOT NULL,
  fingerprint TEXT NOT NULL,
  date TEXT NOT NULL,
  time TEXT,
  service TEXT NOT NULL,
  professional TEXT NOT NULL,
  professional_email TEXT NOT NULL,
  sponsor TEXT NOT NULL,
  kind TEXT NOT NULL,
  price INTEGER NOT NULL,
  payment_id TEXT NOT NULL,
  late INTEGER NOT NULL CHECK (late IN (0, 1)),
  UNIQUE (document, position)
) STRICT;
CREATE INDEX lines_by_fingerprint ON lines (fingerprint);
CREATE INDEX lines_by_date ON lines (date);

CREATE TABLE files (
  id INTEGER PRIMARY KEY,
  entry INTEGER NOT NULL,
  document INTEGER REFERENCES documents,
  role TEXT NOT NULL CHECK (role IN ('frozen', 'pdf', 'annex', 'mail')),
  name TEXT NOT NULL,
  content BLOB NOT NULL,
  CHECK ((role = 'mail') = (document IS NULL)),
  CHECK ((role = 'frozen') = (name = ''))
) STRICT;
CREATE UNIQUE INDEX files_by_name ON files (name COLLATE NOCASE) WHERE name <> '';
CREATE UNIQUE INDEX files_by_document ON files (document, role) WHERE document IS NOT NULL;
CREATE UNIQUE INDEX files_by_entry ON files (entry) WHERE document IS NULL;

CREATE TABLE marks (
  id INTEGER PRIMARY KEY,
  entry INTEGER NOT NULL,
  issue INTEGER NOT NULL REFERENCES audit,
  document INTEGER REFERENCES documents,
  mark TEXT NOT NULL CHECK (mark IN ('sending', 'sent', 'unsent', 'unknown', 'paid', 'unpaid')),
  day TEXT,
  CHECK ((mark IN ('paid', 'unpaid')) = (document IS NOT NULL)),
  CHECK (mark NOT IN ('paid', 'sent') OR day IS NOT NULL)
) STRICT;
CREATE INDEX marks_by_issue ON marks (issue);

CREATE TABLE decisions (
  id INTEGER PRIMARY KEY,
  entry INTEGER NOT NULL,
  fingerprint TEXT NOT NULL,
  decision TEXT NOT NULL
    CHECK (decision IN ('confirmed', 'collect', 'void', 'elsewhere', 'later')),
  session TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;
CREATE INDEX decisions_by_fingerprint ON decisions (fingerprint);

CREATE TABLE routes (
  id INTEGER PRIMARY KEY,
  entry INTEGER NOT NULL,
  profile TEXT NOT NULL,
  sponsor TEXT NOT NULL,
  route TEXT NOT NULL CHECK (route IN ('kara', 'elsewhere')),
  note TEXT NOT NULL
) STRICT;
CREATE INDEX routes_by_profile ON routes (profile, sponsor);

CREATE TABLE places (
  profile TEXT PRIMARY KEY,
  saved_at TEXT NOT NULL,
  step TEXT NOT NULL,
  answers TEXT NOT NULL,
  exports TEXT NOT NULL
) STRICT;
"""

# Since version 2: numbers that were used without the ledger, and are not given out again.
_SKIPPED = """
CREATE TABLE skipped (
  id INTEGER PRIMARY KEY,
  entry INTEGER NOT NULL,
  series INTEGER NOT NULL REFERENCES series,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL CHECK (last >= first),
  reason TEXT NOT NULL
) STRICT;
"""

# Rows of these tables are written once. `places` alone changes: nothing depends on it.
_KEPT_FIRST = ("audit", "series", "documents", "lines", "files", "marks", "decisions", "routes")
KEPT = (*_KEPT_FIRST, "skipped")

# The guard before INSERT is what stops REPLACE, which deletes without firing delete triggers
# unless the connection asks for recursive triggers. The entry guard keeps rows from being added
# to an act that is closed: an entry's audit row is written last.
_KEEP = """
CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, 'ledger: a row of {table} is never changed'); END;
CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
BEGIN SELECT RAISE(ABORT, 'ledger: a row of {table} is never deleted'); END;
CREATE TRIGGER {table}_in_order BEFORE INSERT ON {table}
WHEN NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM {table})
BEGIN SELECT RAISE(ABORT, 'ledger: rows of {table} are added one after the other'); END;
"""
_OPEN_ENTRY = """
CREATE TRIGGER {table}_of_open_entry BEFORE INSERT ON {table}
WHEN NEW.entry IS NOT (SELECT coalesce(max(id), 0) + 1 FROM audit)
BEGIN SELECT RAISE(ABORT, 'ledger: a row of {table} belongs to the entry being written'); END;
"""

# The last number of a series `s`, before there were skipped ones.
LAST_NUMBER_FIRST = (
    "coalesce((SELECT max(value) FROM documents d WHERE d.series = s.id), s.last_used)"
)
_NEXT_NUMBER_FIRST = f"""
CREATE TRIGGER documents_next_number BEFORE INSERT ON documents
WHEN NEW.value IS NOT (
  SELECT {LAST_NUMBER_FIRST} + 1
  FROM series s WHERE s.id = NEW.series
)
BEGIN SELECT RAISE(ABORT, 'ledger: a number follows the last one of its series'); END;
"""  # noqa: S608 - our own text

# The last number of a series `s`: the highest of where it began, what was issued, what was skipped.
LAST_NUMBER = """max(
    s.last_used,
    coalesce((SELECT max(value) FROM documents d WHERE d.series = s.id), 0),
    coalesce((SELECT max(last) FROM skipped k WHERE k.series = s.id), 0)
  )"""
_NEXT_NUMBER = f"""
CREATE TRIGGER documents_next_number BEFORE INSERT ON documents
WHEN NEW.value IS NOT (
  SELECT {LAST_NUMBER} + 1 FROM series s WHERE s.id = NEW.series
)
BEGIN SELECT RAISE(ABORT, 'ledger: a number follows the last one of its series'); END;

CREATE TRIGGER skipped_next_number BEFORE INSERT ON skipped
WHEN NEW.first IS NOT (
  SELECT {LAST_NUMBER} + 1 FROM series s WHERE s.id = NEW.series
)
BEGIN SELECT RAISE(ABORT, 'ledger: what is skipped follows the last number of its series'); END;
"""  # noqa: S608 - our own text

_RULES = """
CREATE TRIGGER series_once BEFORE INSERT ON series
WHEN EXISTS (
  SELECT 1 FROM series s
  WHERE s.prefix = NEW.prefix AND (s.profile = NEW.profile OR s.supplier = NEW.supplier)
)
BEGIN SELECT RAISE(ABORT, 'ledger: the supplier has a series with this prefix'); END;

CREATE TRIGGER documents_number_text BEFORE INSERT ON documents
WHEN NOT EXISTS (
  SELECT 1 FROM series s
  WHERE s.id = NEW.series AND substr(NEW.number, 1, length(s.prefix)) = s.prefix
    AND substr(NEW.number, length(s.prefix) + 1) NOT GLOB '*[^0-9]*'
    AND CAST(substr(NEW.number, length(s.prefix) + 1) AS INTEGER) = NEW.value
)
BEGIN SELECT RAISE(ABORT, 'ledger: a number is written as its prefix and its value'); END;

CREATE TRIGGER documents_number_once BEFORE INSERT ON documents
WHEN EXISTS (
  SELECT 1 FROM documents d
  JOIN series s ON s.id = d.series JOIN series n ON n.id = NEW.series
  WHERE d.number = NEW.number COLLATE NOCASE
    AND (s.supplier = n.supplier OR s.profile = n.profile)
)
BEGIN SELECT RAISE(ABORT, 'ledger: the supplier has a document of this number'); END;

CREATE TRIGGER documents_month_once BEFORE INSERT ON documents
WHEN NEW.kind = 'invoice' AND EXISTS (
  SELECT 1 FROM documents d
  JOIN series s ON s.id = d.series JOIN series n ON n.id = NEW.series
  WHERE d.kind = 'invoice' AND d.month = NEW.month AND d.currency = NEW.currency
    AND s.profile = n.profile
    AND NOT EXISTS (SELECT 1 FROM documents c WHERE c.corrects = d.id)
)
BEGIN SELECT RAISE(ABORT, 'ledger: the month is invoiced in this currency'); END;

CREATE TRIGGER documents_credit BEFORE INSERT ON documents
WHEN NEW.kind = 'credit-note' AND NOT EXISTS (
  SELECT 1 FROM documents d
  WHERE d.id = NEW.corrects AND d.kind = 'invoice' AND d.series = NEW.series
    AND d.month = NEW.month AND d.currency = NEW.currency AND d.net = NEW.net
    AND d.vat = NEW.vat AND d.sessions = NEW.sessions
    AND NOT EXISTS (SELECT 1 FROM documents c WHERE c.corrects = d.id)
)
BEGIN SELECT RAISE(ABORT, 'ledger: a credit note cancels one standing invoice, whole'); END;

CREATE TRIGGER lines_of_new_invoice BEFORE INSERT ON lines
WHEN NOT EXISTS (
  SELECT 1 FROM documents d
  WHERE d.id = NEW.document AND d.entry = NEW.entry AND d.kind = 'invoice'
)
BEGIN SELECT RAISE(ABORT, 'ledger: lines are written with their invoice'); END;

CREATE TRIGGER lines_billed_once BEFORE INSERT ON lines
WHEN EXISTS (
  SELECT 1 FROM lines l
  WHERE l.fingerprint = NEW.fingerprint
    AND NOT EXISTS (SELECT 1 FROM documents c WHERE c.corrects = l.document)
)
BEGIN SELECT RAISE(ABORT, 'ledger: the session is billed'); END;

CREATE TRIGGER lines_position_once BEFORE INSERT ON lines
WHEN EXISTS (
  SELECT 1 FROM lines l WHERE l.document = NEW.document AND l.position = NEW.position
)
BEGIN SELECT RAISE(ABORT, 'ledger: the line is written'); END;

CREATE TRIGGER files_once BEFORE INSERT ON files
WHEN EXISTS (
  SELECT 1 FROM files f WHERE f.document = NEW.document AND f.role = NEW.role
) OR (NEW.document IS NULL AND EXISTS (
  SELECT 1 FROM files f WHERE f.entry = NEW.entry AND f.document IS NULL
)) OR (NEW.name <> '' AND EXISTS (
  SELECT 1 FROM files f WHERE f.name <> '' AND f.name = NEW.name COLLATE NOCASE
))
BEGIN SELECT RAISE(ABORT, 'ledger: the file is written'); END;

CREATE TRIGGER files_of_new_document BEFORE INSERT ON files
WHEN NEW.document IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM documents d WHERE d.id = NEW.document AND d.entry = NEW.entry
)
BEGIN SELECT RAISE(ABORT, 'ledger: files are written with their document'); END;

CREATE TRIGGER marks_of_issue BEFORE INSERT ON marks
WHEN NOT EXISTS (
  SELECT 1 FROM documents d
  WHERE d.entry = NEW.issue AND (NEW.document IS NULL OR d.id = NEW.document)
)
BEGIN SELECT RAISE(ABORT, 'ledger: a mark is about an issued document'); END;

CREATE TRIGGER audit_whole_documents BEFORE INSERT ON audit
WHEN EXISTS (
  SELECT 1 FROM documents d
  WHERE d.entry = NEW.id AND (
    (SELECT count(*) FROM files f WHERE f.document = d.id AND f.role IN ('pdf', 'frozen')) <> 2
    OR NOT EXISTS (SELECT 1 FROM files f WHERE f.entry = d.entry AND f.document IS NULL)
    OR (d.kind = 'invoice' AND NOT EXISTS (
      SELECT 1 FROM lines l WHERE l.document = d.id GROUP BY l.document
      HAVING count(*) = d.sessions AND sum(l.price) IN (d.net, d.total)
    ))
  )
)
BEGIN SELECT RAISE(ABORT, 'ledger: a document is issued with its lines, PDF and mail'); END;
"""


def _kept(tables: Sequence[str]) -> str:
    return "".join(_KEEP.format(table=table) for table in tables) + "".join(
        _OPEN_ENTRY.format(table=table) for table in tables if table != "audit"
    )


SCHEMA = _TABLES + _SKIPPED + _kept(KEPT) + _NEXT_NUMBER + _RULES

# What ledgers of older versions look like: a backup of one is verified as it is.
OLDER: dict[int, str] = {1: _TABLES + _kept(_KEPT_FIRST) + _NEXT_NUMBER_FIRST + _RULES}

# From version n to n + 1, each one text of SQL. Applied in one transaction, after a backup.
MIGRATIONS: dict[int, str] = {
    1: _SKIPPED + _kept(("skipped",)) + "DROP TRIGGER documents_next_number;\n" + _NEXT_NUMBER
}
