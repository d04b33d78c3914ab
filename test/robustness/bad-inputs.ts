import { BREAKAGE } from './breakage.ts';
import type { BadInput } from './bad-input.ts';
import { ENCODINGS } from './breakage-encodings.ts';
import { FORMATS } from './breakage-formats.ts';
import { OPTIONS } from './breakage-options.ts';
import { PLACES } from './breakage-places.ts';
import { TABLES } from './breakage-tables.ts';

/** Every broken input that is known, grouped as in docs/bad-input.md. */
export const BAD_INPUTS: readonly (readonly [group: string, inputs: readonly BadInput[]])[] = [
  ['Broken tables', BREAKAGE],
  ['Encodings and compression', ENCODINGS],
  ['Other formats', FORMATS],
  ['Odd but readable tables', TABLES],
  ['Files, folders and cases', PLACES],
  ['Options', OPTIONS],
];
