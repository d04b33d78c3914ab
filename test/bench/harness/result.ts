import { mkdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { commitOf, describeMachine, ownVersions } from './machine.ts';
import { ROOT } from './options.ts';
import { median, range } from './statistics.ts';

/** One measured thing beside its peers. */
export type Figure = {
  readonly what: string;
  readonly unit: string;
  /** Median of `n` repeats, or mean over `n` seeds. */
  readonly ours: number;
  readonly peers: Readonly<Record<string, number>>;
  /** `ours` divided by the first peer; null without one. */
  readonly ratio: number | null;
  readonly n: number;
  /** Lowest and highest of each, `ours` among them. */
  readonly spread: Readonly<Record<string, readonly [low: number, high: number]>>;
};

/** A figure of repeated measurements: medians, the ratio of the medians, and the ranges. */
export const figureOf = (
  what: string,
  unit: string,
  ours: readonly number[],
  peers: Readonly<Record<string, readonly number[]>> = {},
  middle: (values: readonly number[]) => number = median,
): Figure => {
  const rounded = Object.entries(peers).map(([name, values]) => [name, round(middle(values))] as const);
  const [first] = Object.values(peers);
  return {
    what,
    unit,
    ours: round(middle(ours)),
    peers: Object.fromEntries(rounded),
    ratio: first === undefined ? null : round(middle(ours) / middle(first)),
    n: ours.length,
    spread: Object.fromEntries(
      [['ours', ours] as const, ...Object.entries(peers)].map(([name, values]) => {
        const [low, high] = range(values);
        return [name, [round(low), round(high)] as const];
      }),
    ),
  };
};

/** Four significant digits, enough for anything measured here. */
const round = (value: number): number => (Number.isFinite(value) ? Number(value.toPrecision(4)) : value);

/** Prints figures as a Markdown table. */
export const printFigures = (title: string, figures: readonly Figure[]): void => {
  const peers = [...new Set(figures.flatMap((figure) => Object.keys(figure.peers)))];
  const cell = (figure: Figure, name: string): string => {
    const value = name === 'ours' ? figure.ours : figure.peers[name];
    if (value === undefined) return '';
    const [low, high] = figure.spread[name] ?? [value, value];
    return low === high ? String(value) : `${value} (${low}–${high})`;
  };
  const rows = figures.map((figure) => [
    figure.what,
    figure.unit,
    cell(figure, 'ours'),
    ...peers.map((name) => cell(figure, name)),
    ...(peers.length > 0 ? [figure.ratio === null ? '' : String(figure.ratio)] : []),
  ]);
  const head = ['what', 'unit', 'nightjar', ...peers, ...(peers.length > 0 ? ['nightjar ÷ first peer'] : [])];
  printTable(title, head, rows);
};

export const printTable = (title: string, head: readonly string[], rows: readonly (readonly string[])[]): void => {
  console.log(`\n### ${title}\n`);
  for (const row of [head, head.map(() => '---'), ...rows]) {
    console.log(`| ${row.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`);
  }
};

/** Read before anything is measured: the checkout may move on while a long benchmark runs. */
const COMMIT = commitOf();
const loadOf = (): number => round(loadavg()[0] ?? 0);
const LOAD_BEFORE = loadOf();

/** Writes `test/bench/results/<name>.json`. `peers` names what ours is held against, with versions. */
export const writeResult = (
  name: string,
  peers: Readonly<Record<string, string>>,
  figures: readonly Figure[],
  more: Readonly<Record<string, unknown>> = {},
): void => {
  const folder = join(ROOT, 'test/bench/results');
  mkdirSync(folder, { recursive: true });
  // Other work on the machine slows both sides: one-minute load averages, before and after.
  const load = [LOAD_BEFORE, loadOf()];
  const document = {
    name,
    commit: COMMIT,
    machine: describeMachine(),
    versions: ownVersions(),
    load,
    peers,
    figures,
    ...more,
  };
  // Six digits, and numbers of one list in one line: such files are read by people, and kept.
  const short = (_: string, value: unknown): unknown =>
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value;
  const text = JSON.stringify(document, short, 1).replaceAll(/\[[^[\]{}"]*\]/gu, (list) =>
    list.replaceAll(/\s+/gu, ' '),
  );
  writeFileSync(join(folder, `${name}.json`), `${text}\n`);
  console.log(`\nWritten: test/bench/results/${name}.json`);
};
