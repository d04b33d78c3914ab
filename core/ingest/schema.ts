/** The event table every log becomes. Later stages know only this. */
export type EventColumn = {
  readonly name: string;
  readonly type: 'TIMESTAMP' | 'VARCHAR' | 'DOUBLE' | 'BIGINT';
  /** Elastic Common Schema name, the one Sigma rules and SIEM exports use. */
  readonly ecs?: string;
  readonly meaning: string;
};

export const EVENT_COLUMNS: readonly EventColumn[] = [
  { name: 'ts', type: 'TIMESTAMP', ecs: '@timestamp', meaning: 'when, UTC, microseconds' },
  { name: 'event_id', type: 'VARCHAR', ecs: 'event.id', meaning: "the source's own id (pseudonym)" },
  { name: 'actor_id', type: 'VARCHAR', ecs: 'user.id', meaning: 'who did it (pseudonym)' },
  { name: 'action', type: 'VARCHAR', ecs: 'event.action', meaning: 'what was done' },
  { name: 'object_id', type: 'VARCHAR', ecs: 'entity.target.id', meaning: 'to what (pseudonym)' },
  { name: 'object_type', type: 'VARCHAR', ecs: 'entity.target.type', meaning: 'to what kind of thing' },
  { name: 'ip', type: 'VARCHAR', ecs: 'source.ip', meaning: 'from which address (pseudonym or generalised)' },
  { name: 'device_id', type: 'VARCHAR', ecs: 'device.id', meaning: 'from which device (pseudonym)' },
  { name: 'session_id', type: 'VARCHAR', ecs: 'session.id', meaning: 'in which session (pseudonym)' },
  { name: 'user_agent', type: 'VARCHAR', ecs: 'user_agent.original', meaning: 'with which client (pseudonym)' },
  { name: 'country', type: 'VARCHAR', ecs: 'source.geo.country_iso_code', meaning: 'from which country' },
  { name: 'asn', type: 'VARCHAR', ecs: 'source.as.number', meaning: 'from which network operator' },
  { name: 'outcome', type: 'VARCHAR', ecs: 'event.outcome', meaning: 'success, failure or unknown' },
  { name: 'amount', type: 'DOUBLE', meaning: 'signed number, unit in the mapping' },
  { name: 'text_length', type: 'DOUBLE', meaning: 'characters of a dropped text' },
  { name: 'text_links', type: 'DOUBLE', meaning: 'links in a dropped text' },
  { name: 'text_digits', type: 'DOUBLE', meaning: 'share of digits in a dropped text' },
  { name: 'text_upper', type: 'DOUBLE', meaning: 'share of capitals among the letters of a dropped text' },
  { name: 'text_entropy', type: 'DOUBLE', meaning: 'Shannon entropy of the characters of a dropped text, bits' },
  {
    name: 'text_signature',
    type: 'BIGINT',
    meaning: 'keyed b-bit MinHash signature of a dropped text, 16 × 4 bits: near-duplicates share most nibbles',
  },
  {
    name: 'text_digest',
    type: 'BIGINT',
    meaning: 'keyed hash of a dropped text without its case, digits and spacing: equal texts have equal digests',
  },
  { name: 'seq', type: 'BIGINT', meaning: 'place in the input: orders events of the same time, and actors' },
  { name: 'dataset', type: 'VARCHAR', ecs: 'event.dataset', meaning: 'which input it came from' },
];

/** `seq` counts from a multiple of this for each file of a case, in the order of their imports: 2^20 blocks of 2^24 rows. */
export const SEQ_PER_FILE = 2 ** 44;
/** A numeric column that has no place in the schema is kept as a measure `m_<name>` DOUBLE. */
export const MEASURE_PREFIX = 'm_';
/** A low-cardinality column that has no place in the schema is kept as a category `c_<name>` VARCHAR. */
export const CATEGORY_PREFIX = 'c_';

/** Of a column that looks like an identifier and has no place in the schema keyed buckets are kept: `b_<name>` BIGINT. */
export const BUCKET_PREFIX = 'b_';

export const isEventColumn = (name: string): boolean => EVENT_COLUMNS.some((column) => column.name === name);
