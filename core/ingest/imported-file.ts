/** What became of one file. */
export type ImportedFile = {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Records read: stored + quarantined. */
  readonly rows: number;
  readonly stored: number;
  readonly quarantined: number;
  readonly reasons: Readonly<Record<string, number>>;
  readonly mapping: Readonly<Record<string, string>>;
  /** 0–1 for every column that was proposed rather than told. */
  readonly confidence: Readonly<Record<string, number>>;
  readonly format: string;
  readonly warnings: readonly string[];
};
