import { generateSample, type CastList, type SampleOptions } from '../../samples/index.ts';

export type Sample = {
  readonly csv: string;
  readonly labels: string;
  readonly rows: readonly Readonly<Record<string, string>>[];
  readonly cast: CastList;
};

/** A generated log, read back. */
export const play = async (options: SampleOptions): Promise<Sample> => {
  const chunks: Uint8Array[] = [];
  const cast = await generateSample(options, { write: (chunk) => void chunks.push(chunk) });
  const csv = Buffer.concat(chunks).toString('utf8');
  return { csv, labels: [...cast.labelLines()].join(''), rows: parseCsv(csv), cast };
};

/** Records of a CSV text, quotes included; for tests only. */
export const parseCsv = (text: string): Record<string, string>[] => {
  const [header, ...lines] = text.trimEnd().split('\n').map(cells);
  return lines.map((line) => Object.fromEntries((header ?? []).map((name, i) => [name, line[i] ?? '(missing)'])));
};

const cells = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((match) =>
    (match[1] ?? match[2] ?? '').replaceAll('""', '"'),
  );
