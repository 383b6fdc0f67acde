"""The tables of the store: what was read, and beside it what follows from it.

Statements (`sources` to `passages`) are kept as read; `files` tells which files they were read from (`kg.files`).
Derived tables (`cells` to `units`, and in `claims` the columns from `subject` on) are a function of the statements,
kept in step by `kg.settle` in the same transaction.
"""

from __future__ import annotations

APPLICATION_ID = 0x7468_6F6E  # "thon": tells our file from any other SQLite file
VERSION = 4  # raised whenever what a store keeps would be read otherwise

# Which members of archives could not be read, and why; stores kept before have it made when they are next written to.
REFUSED = """CREATE TABLE IF NOT EXISTS refused (
    archive TEXT NOT NULL, member TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (archive, member)) WITHOUT ROWID"""

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO meta VALUES ('generation', 0);

CREATE TABLE sources (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL, kind TEXT NOT NULL,
    header TEXT NOT NULL, warnings TEXT NOT NULL, text TEXT NOT NULL, generation INTEGER NOT NULL,
    format TEXT NOT NULL, recognised INTEGER NOT NULL);
CREATE INDEX sources_generation ON sources (generation);
CREATE INDEX sources_sha256 ON sources (sha256);
CREATE TABLE files (
    name TEXT PRIMARY KEY, folder TEXT NOT NULL, path BLOB NOT NULL, size INTEGER NOT NULL, mtime INTEGER NOT NULL,
    sha256 TEXT NOT NULL, format TEXT NOT NULL, read INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX files_folder ON files (folder);
CREATE INDEX files_path ON files (path);
CREATE INDEX files_sha256 ON files (sha256);
CREATE TABLE removed (name TEXT PRIMARY KEY, generation INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE claims (
    id INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES sources, local TEXT NOT NULL, kind TEXT NOT NULL,
    type TEXT NOT NULL, number TEXT, symbol TEXT, full TEXT, date TEXT, issuer TEXT, title TEXT, term TEXT,
    mentions INTEGER NOT NULL, subject TEXT NOT NULL, cell INTEGER NOT NULL,
    document TEXT NOT NULL DEFAULT '');
CREATE INDEX claims_source ON claims (source);
CREATE INDEX claims_new ON claims (cell) WHERE document = '';
CREATE INDEX claims_cell ON claims (cell);
CREATE INDEX claims_document ON claims (document);
CREATE TABLE issuers (claim INTEGER NOT NULL, unit TEXT NOT NULL, name TEXT NOT NULL);
CREATE INDEX issuers_claim ON issuers (claim);
CREATE INDEX issuers_unit ON issuers (unit);
CREATE TABLE names (name TEXT NOT NULL, claim INTEGER NOT NULL, PRIMARY KEY (name, claim)) WITHOUT ROWID;
CREATE INDEX names_claim ON names (claim);
CREATE TABLE conflicts (claim INTEGER NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, start INTEGER, "end" INTEGER);
CREATE INDEX conflicts_claim ON conflicts (claim);
CREATE TABLE mentions (
    source INTEGER NOT NULL, claim INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL,
    form TEXT NOT NULL, type TEXT, full TEXT, date TEXT, issuer TEXT, title TEXT);
CREATE INDEX mentions_claim ON mentions (claim);
CREATE INDEX mentions_source ON mentions (source);
CREATE TABLE relations (
    source INTEGER NOT NULL, subject INTEGER NOT NULL, type TEXT NOT NULL, object INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, evidence TEXT NOT NULL, rule TEXT NOT NULL, status TEXT NOT NULL);
CREATE INDEX relations_source ON relations (source);
CREATE INDEX relations_subject ON relations (subject);
CREATE INDEX relations_object ON relations (object);
CREATE TABLE unit_claims (
    id INTEGER PRIMARY KEY, source INTEGER NOT NULL, local TEXT NOT NULL, name TEXT NOT NULL, level TEXT NOT NULL,
    parent TEXT, aliases TEXT NOT NULL, unit TEXT NOT NULL);
CREATE INDEX unit_claims_source ON unit_claims (source);
CREATE INDEX unit_claims_unit ON unit_claims (unit);
CREATE TABLE actions (
    source INTEGER NOT NULL, unit INTEGER NOT NULL, action TEXT NOT NULL, claim INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, evidence TEXT NOT NULL, rule TEXT NOT NULL, status TEXT NOT NULL);
CREATE INDEX actions_source ON actions (source);
CREATE INDEX actions_unit ON actions (unit);
CREATE INDEX actions_claim ON actions (claim);
CREATE TABLE passages (
    source INTEGER NOT NULL, section TEXT NOT NULL, kind TEXT NOT NULL, text TEXT,  -- NULL: as in the source
    start INTEGER NOT NULL, "end" INTEGER NOT NULL);
CREATE INDEX passages_source ON passages (source);

CREATE TABLE cells (
    id INTEGER PRIMARY KEY, signature TEXT NOT NULL UNIQUE, fields TEXT NOT NULL, day TEXT NOT NULL,
    claims INTEGER NOT NULL, mentions INTEGER NOT NULL, document TEXT NOT NULL DEFAULT '');
CREATE INDEX cells_day ON cells (day) WHERE day <> '';
CREATE INDEX cells_document ON cells (document);
CREATE TABLE cell_keys (key TEXT NOT NULL, cell INTEGER NOT NULL, PRIMARY KEY (key, cell)) WITHOUT ROWID;
CREATE INDEX cell_keys_cell ON cell_keys (cell);
CREATE TABLE cell_titles (
    cell INTEGER NOT NULL, title TEXT NOT NULL, claims INTEGER NOT NULL, PRIMARY KEY (cell, title)) WITHOUT ROWID;
CREATE INDEX cell_titles_first ON cell_titles (cell, claims DESC, title);
CREATE TABLE documents (
    id TEXT PRIMARY KEY, nkey TEXT NOT NULL, number TEXT NOT NULL, family TEXT NOT NULL, date TEXT NOT NULL,
    state TEXT NOT NULL, candidates TEXT NOT NULL) WITHOUT ROWID;  -- state: sure | ambiguous | unplaced
CREATE INDEX documents_nkey ON documents (nkey);
CREATE INDEX documents_number ON documents (number, family);
CREATE TABLE units (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX units_body ON units (body);
"""
