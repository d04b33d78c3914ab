import type { Batch } from './batch.ts';
import { START_MS } from './calendar.ts';
import { COLON, COMMA, createCsvBytes, DASH, DOT, field, NEWLINE } from './csv-bytes.ts';
import { scramble } from './mix.ts';
import { dotOf, firstName, hostOf, lastName, NAME_LISTS } from './names.ts';
import { AGENTS, ZONES } from './places.ts';
import { ACTIONS, DAY_MS, ITEM_TYPES, SAMPLE_COLUMNS, TEXTS } from './schema.ts';
import { textOf } from './texts.ts';

/** Turns events into CSV rows. */
export type RowWriter = {
  /** Appends the event at `position` of the batch. */
  row(batch: Batch, position: number): void;
  /** Bytes waiting: take them once there are `CHUNK_BYTES`. */
  pending(): number;
  take(): Uint8Array;
};

export const CHUNK_BYTES = 1 << 20;
/** No row is longer: the longest text is under 250 bytes and every other field under 80. */
const LONGEST_ROW = 1200;
/** Distinct texts kept as bytes. */
const TEXT_CACHE = 60_000;

const ACCOUNT = ITEM_TYPES.indexOf('account');
const ITEM_PREFIXES = ['', 'p-', 'g-', 'doc-', ''];
const LETTER_D = 100;
const LETTER_E = 101;
const LETTER_S = 115;
const LETTER_Z = 90;

/** A writer of rows about these people, by their public numbers; it starts with the header line. */
export const createRowWriter = (publicNumbers: Uint32Array): RowWriter => {
  const out = createCsvBytes(CHUNK_BYTES + LONGEST_ROW);
  const nothing = field('');
  const actions = ACTIONS.map(field);
  const types = ITEM_TYPES.map(field);
  const prefixes = ITEM_PREFIXES.map(field);
  const agents = AGENTS.map(field);
  const countries = ZONES.map((zone) => field(zone.country));
  const outcomes = [field('success'), field('failure')];
  const firsts = NAME_LISTS.first.map(field);
  const dots = NAME_LISTS.dot.map(field);
  const lasts = NAME_LISTS.last.map(field);
  const hosts = NAME_LISTS.host.map((host) => field(`@${host}`));
  const texts = new Map<number, Uint8Array>();
  let rows = 0;
  let day = -1;
  let date = nothing;

  const time = (timeMs: number): void => {
    const today = Math.floor(timeMs / DAY_MS);
    if (today !== day) {
      day = today;
      date = field(`${new Date(START_MS + day * DAY_MS).toISOString().slice(0, 10)}T`);
    }
    const ms = timeMs - day * DAY_MS;
    out.put(date);
    out.digits(Math.floor(ms / 3_600_000), 2);
    out.byte(COLON);
    out.digits(Math.floor(ms / 60_000) % 60, 2);
    out.byte(COLON);
    out.digits(Math.floor(ms / 1000) % 60, 2);
    out.byte(DOT);
    out.digits(ms % 1000, 3);
    out.byte(LETTER_Z);
    out.byte(COMMA);
  };
  const account = (actor: number): void => {
    const publicNumber = publicNumbers[actor] ?? 0;
    out.put(firsts[firstName(publicNumber)] ?? nothing);
    out.put(dots[dotOf(publicNumber)] ?? nothing);
    out.put(lasts[lastName(publicNumber)] ?? nothing);
    out.integer(publicNumber);
    out.put(hosts[hostOf(publicNumber)] ?? nothing);
  };
  const item = (itemType: number, number: number): void => {
    if (itemType === ACCOUNT) account(number);
    else if (itemType > 0) {
      out.put(prefixes[itemType] ?? nothing);
      out.hex(scramble(number, 28), 7);
    }
    out.byte(COMMA);
  };
  const coded = (letter: number, value: number): void => {
    out.byte(letter);
    out.byte(DASH);
    out.hex(value, 8);
    out.byte(COMMA);
  };
  const choice = (fields: readonly Uint8Array[], index: number): void => {
    out.put(fields[index] ?? nothing);
    out.byte(COMMA);
  };
  const message = (text: number, seed: number): void => {
    const key = text * 2 ** 32 + seed;
    const known = texts.get(key) ?? field(textOf(TEXTS[text] ?? '', seed));
    if (texts.size < TEXT_CACHE) texts.set(key, known);
    out.put(known);
  };

  out.put(field(SAMPLE_COLUMNS[0]));
  for (const name of SAMPLE_COLUMNS.slice(1)) {
    out.byte(COMMA);
    out.put(field(name));
  }
  out.byte(NEWLINE);

  const row = (batch: Batch, i: number): void => {
    const from = batch.columns;
    const itemType = from.itemType[i] ?? 0;
    const amountCents = from.amountCents[i] ?? 0;
    const text = from.text[i] ?? 0;
    time(from.timeMs[i] ?? 0);
    out.byte(LETTER_E);
    out.digits(++rows, 9);
    out.byte(COMMA);
    account(from.actor[i] ?? 0);
    out.byte(COMMA);
    choice(actions, from.action[i] ?? 0);
    item(itemType, from.item[i] ?? 0);
    choice(types, itemType);
    out.ip(from.ip[i] ?? 0);
    out.byte(COMMA);
    coded(LETTER_D, from.device[i] ?? 0);
    coded(LETTER_S, scramble(from.session[i] ?? 0, 32));
    choice(agents, from.agent[i] ?? 0);
    choice(countries, from.country[i] ?? 0);
    choice(outcomes, from.failed[i] ?? 0);
    if (amountCents !== 0) out.money(amountCents);
    out.byte(COMMA);
    if (text !== 0) message(text, from.textSeed[i] ?? 0);
    out.byte(NEWLINE);
  };
  return { row, pending: out.pending, take: out.take };
};
