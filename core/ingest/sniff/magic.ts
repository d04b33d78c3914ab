import { NightjarError } from '../../api/errors.ts';

type Magic = { readonly bytes: readonly number[]; readonly at: number; readonly what: string; readonly next: string };

const ascii = (text: string): readonly number[] => Array.from(text, (char) => char.charCodeAt(0));
const magic = (bytes: string | readonly number[], what: string, next: string, at = 0): Magic => ({
  bytes: typeof bytes === 'string' ? ascii(bytes) : bytes,
  at,
  what,
  next,
});

const UNPACK = 'Unpack it and give the files inside.';
const EXPORT = 'Export its table as CSV or Parquet and give that.';
const NO_LOG = 'Give a log or a table: CSV, JSON, Parquet, or a known log format.';

/** File signatures from the formats' own specifications and the `file` utility's database. */
const SIGNATURES: readonly Magic[] = [
  magic([0x50, 0x4b, 0x03, 0x04], 'a ZIP archive', UNPACK),
  magic([0x50, 0x4b, 0x05, 0x06], 'an empty ZIP archive', NO_LOG),
  magic([0x28, 0xb5, 0x2f, 0xfd], 'zstd-compressed', 'Decompress it (zstd -d), or compress it with gzip instead.'),
  magic(
    [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
    'xz-compressed',
    'Decompress it (xz -d), or compress it with gzip instead.',
  ),
  magic('BZh', 'bzip2-compressed', 'Decompress it (bzip2 -d), or compress it with gzip instead.'),
  magic([0x04, 0x22, 0x4d, 0x18], 'lz4-compressed', 'Decompress it (lz4 -d), or compress it with gzip instead.'),
  magic([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], 'a 7-Zip archive', UNPACK),
  magic('Rar!', 'a RAR archive', UNPACK),
  magic('ustar', 'a tar archive', UNPACK, 257),
  magic('SQLite format 3\0', 'an SQLite database', EXPORT),
  magic('DUCK', 'a DuckDB database', EXPORT, 8),
  magic('ARROW1', 'an Arrow file', 'Write it as Parquet and give that.'),
  magic('FEA1', 'a Feather file', 'Write it as Parquet and give that.'),
  magic('ORC', 'an ORC file', 'Write it as Parquet and give that.'),
  magic('Obj\u0001', 'an Avro file', 'Write it as Parquet or NDJSON and give that.'),
  magic(
    'ElfFile\0',
    'a Windows event log (EVTX)',
    'Export it as JSON (Winlogbeat, NXLog or an evtx tool) and give that.',
  ),
  magic('LPKSHHRH', 'a systemd journal', 'Export it with journalctl -o short-iso and give that.'),
  magic([0xd4, 0xc3, 0xb2, 0xa1], 'a packet capture', 'Run Zeek over it and give its JSON logs.'),
  magic([0xa1, 0xb2, 0xc3, 0xd4], 'a packet capture', 'Run Zeek over it and give its JSON logs.'),
  magic([0x0a, 0x0d, 0x0d, 0x0a], 'a packet capture', 'Run Zeek over it and give its JSON logs.'),
  magic(
    [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
    'an old Office document',
    'Save the sheet as CSV and give that.',
  ),
  magic([0x89, 0x48, 0x44, 0x46], 'an HDF5 file', EXPORT),
  magic([0x89, 0x50, 0x4e, 0x47], 'a PNG image', NO_LOG),
  magic([0xff, 0xd8, 0xff], 'a JPEG image', NO_LOG),
  magic('GIF8', 'a GIF image', NO_LOG),
  magic('%PDF', 'a PDF document', NO_LOG),
  magic([0x7f, 0x45, 0x4c, 0x46], 'a program (ELF)', NO_LOG),
  magic([0xcf, 0xfa, 0xed, 0xfe], 'a program (Mach-O)', NO_LOG),
];

/** Kinds of text known by how they begin. */
const TEXTS: readonly (readonly [pattern: RegExp, what: string, next: string])[] = [
  [/^\s*<\?xml\b/i, 'an XML document', 'Export the records as CSV or JSON and give that.'],
  [/^\s*<(?:!doctype\s+html|html)\b/i, 'an HTML page', 'Export the records as CSV or JSON and give that.'],
  [/^#separator /, "a Zeek log in Zeek's own text form", 'Let Zeek write JSON (LogAscii::use_json=T) and give that.'],
  [
    /^#(?:Software|Version|Fields|Date): /,
    'a W3C extended log',
    'Give it as CSV: one line of names, then the records.',
  ],
];

/** Throws `input`, saying what the file is, when it is of a kind that is not read. */
export const refuseForeign = (name: string, head: Uint8Array): void => {
  const found = SIGNATURES.find(({ bytes, at }) => bytes.every((byte, i) => head[at + i] === byte));
  if (found === undefined) return;
  if (found.what === 'a ZIP archive' && isWorkbook(name, head)) {
    refuse(name, 'an Excel workbook', 'Save the sheet as CSV and give that.');
  }
  refuse(name, found.what, found.next);
};

/** Throws `input` for a kind of text that is not read. */
export const refuseForeignText = (name: string, text: string): void => {
  const found = TEXTS.find(([pattern]) => pattern.test(text.slice(0, 200)));
  if (found !== undefined) refuse(name, found[1], found[2]);
};

/** Throws `input`: the file is something that is not read. */
export const refuse = (name: string, what: string, next: string): never => {
  throw new NightjarError('input', `This file is ${what}, which is not read.`, { where: name, next });
};

const isWorkbook = (name: string, head: Uint8Array): boolean =>
  /\.xls[xmb]$/i.test(name) || new TextDecoder('latin1').decode(head.subarray(0, 4096)).includes('xl/');
