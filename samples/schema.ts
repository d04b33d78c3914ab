/** Columns of a generated log, in order. */
export const SAMPLE_COLUMNS = [
  'timestamp',
  'event_id',
  'user',
  'action',
  'item',
  'item_type',
  'ip',
  'device',
  'session',
  'user_agent',
  'country',
  'outcome',
  'amount',
  'message',
] as const;

/** Columns of the labels file, one row per user who occurs in the log. */
export const LABEL_COLUMNS = ['user', 'label', 'kind', 'note'] as const;

/** Planted abuse (`label` 1, `kind` holds the name). */
export const ABUSE_KINDS = [
  'scraper',
  'credential_stuffing',
  'takeover',
  'engagement_ring',
  'spam_sender',
  'slow_exfiltration',
  'humanlike_bot',
] as const;
export type AbuseKind = (typeof ABUSE_KINDS)[number];

/** Odd but harmless people (`label` 0, `note` holds the name): the ones a detector should not drown in. */
export const BENIGN_NOTES = [
  'api_client',
  'newsroom',
  'power_user',
  'traveller',
  'night_worker',
  'vpn_user',
  'fan_club',
  'stuffing_target',
] as const;
export type BenignNote = (typeof BENIGN_NOTES)[number];

export const ACTIONS = [
  'login',
  'logout',
  'view',
  'search',
  'like',
  'comment',
  'follow',
  'message',
  'post',
  'add_to_cart',
  'purchase',
  'refund',
  'download',
  'change_settings',
  'password_reset',
  'token_request',
] as const;
export type Action = (typeof ACTIONS)[number];

export const ITEM_TYPES = ['', 'post', 'product', 'document', 'account'] as const;
export type ItemType = (typeof ITEM_TYPES)[number];

/** What the free text of an event is drawn from. */
export const TEXTS = ['', 'chat', 'comment', 'post', 'headline', 'praise', 'spam', 'begging'] as const;
export type Text = (typeof TEXTS)[number];

export type Intensity = Readonly<Partial<Record<AbuseKind, number>>>;

export const DEFAULT_DAYS = 28;
/** The number of people follows from the number of events; one in four of them never shows up. */
export const EVENTS_PER_PERSON = 16;
export const DAY_MS = 86_400_000;
export const MINUTE_MS = 60_000;

export type SampleOptions = {
  /** Rows to write, exactly. */
  readonly events: number;
  readonly seed: number;
  /** Days the log spans, default 28. The last sessions may run a little past the end. */
  readonly days?: number;
  /** How much each kind of abuser does, beside the usual amount (1): below 1 harder to see, above easier. */
  readonly intensity?: Intensity;
};

export type SampleSummary = {
  readonly events: number;
  /** Bytes of the uncompressed CSV, header included. */
  readonly bytes: number;
  /** Users who occur in the log. */
  readonly actors: number;
  readonly positives: number;
  /** Users and events per planted kind and per benign note. */
  readonly groups: Readonly<Record<string, { readonly actors: number; readonly events: number }>>;
};
