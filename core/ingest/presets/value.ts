import { isIP } from 'node:net';
import { parseEpoch, type EpochUnit } from '../time/epoch.ts';
import { parseIso } from '../time/iso.ts';

/**
 * A value fit to be kept in the clear as an action or category: short, of code characters, with nothing in it that looks like an
 * address, a number of a person or thing, or a token. Anything else becomes 'other'; null stays null.
 */
export const asCode = (text: string | null): string | null => {
  if (text === null) return null;
  return CODE.test(text) && !TOKEN.test(text) && isIP(text) === 0 ? text : 'other';
};

const CODE = /^[A-Za-z%][\w .:/%*-]{0,79}$/;
/** Five digits in a row, or hex of a digest or UUID. */
const TOKEN = /\d{5}|(?=[0-9a-f-]*\d)[0-9a-f]{8,}(?:-|$)|\d+\.\d+\.\d+\.\d+/i;

/** The address itself, without brackets, port or an IPv4-in-IPv6 prefix; null when it is none. */
export const asIp = (text: string | null): string | null => {
  if (text === null) return null;
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? text;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1] ?? bare;
  if (isIP(mapped) !== 0) return mapped;
  const withPort = /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(mapped)?.[1];
  return withPort !== undefined && isIP(withPort) !== 0 ? withPort : null;
};

/** Microseconds of a JSON time: a count of the given unit, or an ISO stamp (UTC where it names no zone); NaN for neither. */
export const microsOf = (value: unknown, unit: EpochUnit): number => {
  if (typeof value === 'number') return parseEpoch(String(value), unit);
  if (typeof value !== 'string') return Number.NaN;
  const iso = parseIso(value);
  return Number.isNaN(iso) ? parseEpoch(value, unit) : iso;
};
