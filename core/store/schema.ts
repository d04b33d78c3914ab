// The event table's shape is law for the database too, so the store reads it from ingest's schema.
import { EVENT_COLUMNS } from '../ingest/schema.ts';

/** The version of the tables below; raised with every entry in MIGRATIONS. */
export const SCHEMA_VERSION = 5;

export type Migration = { readonly to: number; readonly statements: readonly string[] };

/**
 * Pseudonyms are random text: looking for a compression that fits them costs three times the rest of an import and
 * finds none worth having (docs/decisions/0003-import.md).
 */
const PSEUDONYMS = new Set(['event_id', 'actor_id', 'object_id', 'ip', 'device_id', 'session_id']);

const eventColumns = EVENT_COLUMNS.map(
  ({ name, type }) => `${name} ${type}${PSEUDONYMS.has(name) ? ' USING COMPRESSION uncompressed' : ''}`,
).join(', ');

/** What leads from an empty database to the present schema, in order. Entries are never changed, only added. */
export const MIGRATIONS: readonly Migration[] = [
  {
    to: 1,
    statements: [
      'CREATE TABLE meta (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL)',
      `CREATE TABLE imports (import_id VARCHAR PRIMARY KEY, batch_id VARCHAR NOT NULL, ordinal INTEGER NOT NULL,
        name VARCHAR, sha256 VARCHAR, bytes BIGINT, rows_read BIGINT, stored BIGINT, quarantined BIGINT,
        format VARCHAR, mapping VARCHAR, policy VARCHAR, warnings VARCHAR, vault_bytes BIGINT, imported_at TIMESTAMP)`,
      'CREATE TABLE quarantine (batch_id VARCHAR, dataset VARCHAR, line BIGINT, reason VARCHAR, column_name VARCHAR)',
      `CREATE TABLE events (${eventColumns})`,
      `CREATE TABLE runs (run_id VARCHAR PRIMARY KEY, ordinal INTEGER NOT NULL, created_at TIMESTAMP NOT NULL,
        kind VARCHAR NOT NULL, manifest VARCHAR NOT NULL)`,
      'CREATE TABLE scores (run_id VARCHAR, position INTEGER, actor_id VARCHAR, detector VARCHAR, score DOUBLE)',
      `CREATE TABLE queue (run_id VARCHAR, rank INTEGER, actor_id VARCHAR, score DOUBLE, percentile DOUBLE,
        p_value DOUBLE, evidence VARCHAR, events BIGINT, reasons VARCHAR)`,
    ],
  },
  {
    to: 2,
    statements: [
      // What was decided, as it stands; and every step that led there, which is only ever added to.
      `CREATE TABLE decisions (actor_id VARCHAR NOT NULL, verdict VARCHAR NOT NULL, kind VARCHAR, note VARCHAR,
        decided_at TIMESTAMP NOT NULL)`,
      `CREATE TABLE decision_log (entry INTEGER NOT NULL, made_at TIMESTAMP NOT NULL, event VARCHAR NOT NULL,
        step INTEGER NOT NULL, title VARCHAR NOT NULL)`,
      `CREATE TABLE decision_changes (step INTEGER NOT NULL, actor_id VARCHAR NOT NULL,
        verdict_before VARCHAR, kind_before VARCHAR, note_before VARCHAR, decided_before TIMESTAMP,
        verdict_after VARCHAR, kind_after VARCHAR, note_after VARCHAR, decided_after TIMESTAMP)`,
      // The features of the latest run, kept with it, so that any actor can be explained later.
      'ALTER TABLE IF EXISTS features RENAME TO run_features',
    ],
  },
  {
    to: 3,
    statements: [
      'ALTER TABLE queue ADD COLUMN q_value DOUBLE',
      // How odd and how alike, of which the score is the stronger; NULL in runs from before.
      'ALTER TABLE queue ADD COLUMN odd DOUBLE',
      'ALTER TABLE queue ADD COLUMN alike DOUBLE',
      // A sentence and the smallest change that would make the actor ordinary, as JSON.
      'ALTER TABLE queue ADD COLUMN story VARCHAR',
      `CREATE TABLE twin_groups (run_id VARCHAR, place INTEGER, basis VARCHAR, p_value DOUBLE, sentence VARCHAR,
        shared VARCHAR)`,
      'CREATE TABLE twin_members (run_id VARCHAR, place INTEGER, position INTEGER, actor_id VARCHAR)',
    ],
  },
  {
    // Nothing changes in the tables; `case.json` may hold a ledger, and keys may be sealed by the keychain.
    to: 4,
    statements: [],
  },
  {
    to: 5,
    statements: [
      // Every version of every rule, which is only ever added; a state of NULL: removed, or its saving undone.
      `CREATE TABLE rules (rule_id VARCHAR NOT NULL, version INTEGER NOT NULL, state VARCHAR, text VARCHAR NOT NULL,
        title VARCHAR NOT NULL, author VARCHAR NOT NULL, note VARCHAR NOT NULL, saved_at TIMESTAMP NOT NULL)`,
      // Every step that changed states, and what it changed.
      `CREATE TABLE rule_log (entry INTEGER NOT NULL, made_at TIMESTAMP NOT NULL, event VARCHAR NOT NULL,
        step INTEGER NOT NULL, title VARCHAR NOT NULL)`,
      `CREATE TABLE rule_changes (step INTEGER NOT NULL, rule_id VARCHAR NOT NULL, version INTEGER NOT NULL,
        state_before VARCHAR, state_after VARCHAR)`,
    ],
  },
];
