import type { TimeFormat } from '../time/format.ts';

/** Event column (or `m_x`, `c_x`, `text`) → source field; several fields are joined with '+'. */
export type FieldMap = Readonly<Record<string, string>>;

/** Why a record is not an event. Reasons are a closed set per preset and never hold a value from the log. */
export type Reject = { readonly reject: string };

/** The values of one record in the order of the preset's `fields`; null where there is none. */
export type FieldValues = readonly (string | null)[];

/** Event column → value of one JSON record; `ts` is microseconds since 1970-01-01 UTC. */
export type EventValues = Readonly<Record<string, string | number | null>>;

export type ParserOptions = {
  /** Year of the first stamp of a log whose stamps carry none. */
  readonly year?: number;
  /** Zone of stamps that carry none; UTC when absent. */
  readonly zone?: string;
};

type PresetBase = {
  readonly name: string;
  readonly title: string;
  readonly sentence: string;
  /** How `ts` is written: of a JSON record always in epoch microseconds, whatever the log itself has. */
  readonly time: TimeFormat;
};

type FieldPreset = PresetBase & {
  readonly fields: readonly string[];
  readonly map: FieldMap;
};

export type LineParser = (line: string) => FieldValues | Reject;

/** One record per line. */
export type LinePreset = FieldPreset & {
  readonly kind: 'lines';
  /** The parser keeps state from line to line (the year, queue ids): one parser reads a whole file, in order. */
  readonly sequential: boolean;
  makeParser(options?: ParserOptions): LineParser;
  /** Confidence 0 to 1 that these lines are of this kind. */
  looksLike(lines: readonly string[]): number;
};

/** One record per JSON object. */
export type JsonPreset = PresetBase & {
  readonly kind: 'json';
  /** Path of the array that holds the records, where a file is one document. */
  readonly records?: string;
  /** Every key `derive` may return. */
  readonly columns: readonly string[];
  derive(record: unknown): EventValues | Reject;
  /** Confidence 0 to 1 that these records are of this kind. */
  looksLike(records: readonly unknown[]): number;
};

/** One record per mail: an .eml file, or a message of an mbox. */
export type MailPreset = FieldPreset & {
  readonly kind: 'mail';
  parse(message: string): FieldValues | Reject;
  /** Confidence 0 to 1 that a text begins an mbox or a mail. */
  looksLike(head: string): number;
};

export type Preset = LinePreset | JsonPreset | MailPreset;

export const isReject = (outcome: FieldValues | EventValues | Reject): outcome is Reject =>
  !Array.isArray(outcome) && typeof outcome === 'object' && 'reject' in outcome;
