import { isDeepStrictEqual } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { NightjarError } from '../../../api/errors.ts';
import { assertSigma } from './check-document.ts';
import type { SigmaDocument } from './documents.ts';
import { byCodePoint, isHiding, withHidden } from '../../text/hidden.ts';

/**
 * The YAML of Sigma documents, four spaces deep and with texts in single quotes as the specification asks. Each is valid by
 * the official schema. Every scalar is written so that YAML 1.1 (pySigma) and 1.2 read the same: it is read back to see.
 */
export const printDocuments = (documents: readonly SigmaDocument[]): string => {
  for (const document of documents) assertSigma(document);
  const text = documents.map((document) => printMap(document, '')).join('---\n');
  for (const version of ['1.1', '1.2'] as const) {
    const read = parseAllDocuments(text, { version }).map((document): unknown => document.toJS());
    if (!isDeepStrictEqual(read, documents.map(plain))) {
      throw new NightjarError('internal', 'A Sigma document does not read back as it was meant.', {
        next: 'Nothing was written; this is a fault of the program.',
      });
    }
  }
  return text;
};

const printMap = (map: object, indent: string): string =>
  Object.entries(map)
    .map(([key, value]) => `${indent}${printKey(key)}:${printValue(value, `${indent}    `)}`)
    .join('');

const printValue = (value: unknown, indent: string): string => {
  if (Array.isArray(value)) return `\n${value.map((item) => `${indent}- ${printScalar(item)}\n`).join('')}`;
  if (typeof value === 'object' && value !== null) return `\n${printMap(value, indent)}`;
  return ` ${printScalar(value)}\n`;
};

const printScalar = (value: unknown): string => {
  if (typeof value === 'string') return printText(value);
  if (typeof value === 'number') return printNumber(value);
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  throw new TypeError(`no scalar of Sigma: ${typeof value}`);
};

/** Texts that a line of single quotes cannot hold, or that hide something, stand in double quotes, escaped as in JSON. */
const printText = (text: string): string => {
  if (!isHiding(text) && !/[^\u0020-\u007e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/.test(text)) {
    return `'${text.replaceAll("'", "''")}'`;
  }
  return withHidden(JSON.stringify(text), byCodePoint);
};

/** YAML 1.1 wants a point before an exponent, and a sign in it. */
const printNumber = (value: number): string => {
  const [mantissa = '', exponent] = String(value).split('e');
  if (exponent === undefined) return mantissa;
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}e${exponent.startsWith('-') ? '' : '+'}${exponent.replace('+', '')}`;
};

const SAID_BY_YAML = /^(y|n|yes|no|on|off|true|false|null)$/i;

const printKey = (key: string): string =>
  /^[A-Za-z_][\w.|-]*$/.test(key) && !SAID_BY_YAML.test(key) ? key : printText(key);

/** Large whole numbers come back as numbers, and zero has no sign. */
const plain = (value: unknown): unknown => {
  if (typeof value === 'bigint') return Number(value);
  if (value === 0) return 0;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
};
