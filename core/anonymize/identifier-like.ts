import { isIP } from 'node:net';

const PATTERNS: readonly RegExp[] = [
  /[^\s@]@[^\s@]+\.[^\s@]/u, // address of a mailbox
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/iu, // UUID
  /\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{16,}\b/iu, // hash or hex token
  /\+?\d[\d ()./-]{7,}\d/u, // telephone, card, account number, long id
  /\b[A-Z]{2}\d{2}[A-Z0-9]{10,30}\b/u, // IBAN
  /\b(?:\d{1,3}\.){3}\d{1,3}\b/u, // IPv4 anywhere in the value
  /\barn:aws/iu,
  /https?:\/\//iu,
  /(?:^|[\\/])(?:home|users)[\\/][^\\/]+/iu, // a home directory names its owner
];

/** Longest value still taken for a category. */
const CATEGORY_LENGTH = 64;

/** Whether a value looks like it names somebody, or is too long to be a category. Errs on the side of yes. */
export const looksLikeIdentifier = (value: string): boolean =>
  value.length > CATEGORY_LENGTH || isIP(value) !== 0 || PATTERNS.some((pattern) => pattern.test(value));
