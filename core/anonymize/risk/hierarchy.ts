import { parseAddress } from '../address.ts';
import { binOf, generaliseText, keptBy } from './generalise-value.ts';
import type { Hierarchy, NumberUnit, QuasiColumn, Rule, SensitiveColumn, SourceColumn } from './schema.ts';

/** A column with its codes and its generalisations, each level coarser than the one before. */
export const quasiColumn = (name: string, source: SourceColumn): QuasiColumn => {
  const { codes, hasMissing, ...coded } = codeColumn(source);
  const rules = source.kind === 'number' ? numberRules(coded.numbers, source.unit) : textRules(source);
  return { name, codes, hierarchy: hierarchyOf(rules, coded, hasMissing) };
};

/** A column to be protected. Numbers are ordered, and a missing one is placed above all others; texts are categories. */
export const sensitiveColumn = (name: string, source: SourceColumn): SensitiveColumn => {
  const { codes, width } = codeColumn(source);
  return { name, codes, width, isOrdered: source.kind === 'number' };
};

type Coded = {
  /** Different values without the missing one. */
  readonly values: number;
  readonly numbers: Float64Array;
  readonly texts: readonly string[];
  readonly sets: readonly (readonly number[])[];
};

const codeColumn = (
  source: SourceColumn,
): Coded & { readonly codes: Uint32Array; readonly width: number; readonly hasMissing: boolean } => {
  const numbers = source.kind === 'number' ? distinctNumbers(source.values) : new Float64Array(0);
  const values = source.kind === 'number' ? numbers.length : source.values.length;
  const from = source.kind === 'number' ? source.values : source.codes;
  let hasMissing = false;
  const codes = new Uint32Array(from.length);
  for (let i = 0; i < from.length; i++) {
    const value = from[i]!; // i < length
    if (Number.isNaN(value)) {
      hasMissing = true;
      codes[i] = values;
    } else codes[i] = source.kind === 'number' ? binOf(numbers, value) : value;
  }
  const coded = { values, numbers, codes, width: values + (hasMissing ? 1 : 0), hasMissing };
  if (source.kind === 'number') return { ...coded, texts: [], sets: [] };
  return source.kind === 'text'
    ? { ...coded, texts: source.values, sets: [] }
    : { ...coded, texts: source.elements, sets: source.values };
};

const distinctNumbers = (values: Float64Array): Float64Array => {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  return sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
};

const hierarchyOf = (rules: readonly Rule[], coded: Coded, hasMissing: boolean): Hierarchy => {
  const names: string[] = [];
  const maps: Uint32Array[] = [];
  const widths: number[] = [];
  const kept: Rule[] = [];
  for (const rule of rules) {
    const { map, width } = rule.kind === 'all' ? everything(coded.values, hasMissing) : mapBy(rule, coded, hasMissing);
    const before = widths.at(-1);
    // A level that merges nothing is no level.
    if (before !== undefined && width >= before) continue;
    names.push(nameOf(rule));
    maps.push(map);
    widths.push(width);
    kept.push(rule);
  }
  return { names, maps, widths, rules: kept };
};

const everything = (values: number, hasMissing: boolean): { map: Uint32Array; width: number } => ({
  map: new Uint32Array(values + (hasMissing ? 1 : 0)),
  width: 1,
});

const mapBy = (rule: Rule, coded: Coded, hasMissing: boolean): { map: Uint32Array; width: number } => {
  const map = new Uint32Array(coded.values + (hasMissing ? 1 : 0));
  const numbers = new Map<string | number, number>();
  const keyOf = keyMaker(rule, coded);
  for (let code = 0; code < coded.values; code++) {
    const key = keyOf(code);
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    map[code] = number;
  }
  // Nobody's value stays apart from everybody's until all are one.
  if (hasMissing) map[coded.values] = numbers.size;
  return { map, width: numbers.size + (hasMissing ? 1 : 0) };
};

const keyMaker = (rule: Rule, { numbers, texts, sets }: Coded): ((code: number) => string | number) => {
  if (rule.kind === 'as-is') return (code) => code;
  if (rule.kind === 'bins') return (code) => binOf(rule.edges, numbers[code] ?? 0);
  const keep = keptBy(rule);
  const elements = texts.map((text) => generaliseText(rule, keep, text));
  if (sets.length === 0) return (code) => elements[code] ?? '';
  return (code) => JSON.stringify([...new Set((sets[code] ?? []).map((i) => elements[i] ?? ''))].toSorted());
};

const nameOf = (rule: Rule): string => {
  if (rule.kind === 'as-is') return 'as it is';
  if (rule.kind === 'top') return `the ${rule.keep.length} commonest, others together`;
  if (rule.kind === 'prefix') return `/${rule.bitsIPv4} (IPv6: /${rule.bitsIPv6})`;
  if (rule.kind === 'bins') return `${rule.edges.length} bands`;
  return 'left out';
};

/** How many values stay at each level. */
const TOPS = [64, 16, 4];
const PREFIXES: readonly Rule[] = [
  { kind: 'prefix', bitsIPv4: 24, bitsIPv6: 48 },
  { kind: 'prefix', bitsIPv4: 16, bitsIPv6: 32 },
  { kind: 'prefix', bitsIPv4: 8, bitsIPv6: 16 },
];
/** Most of the values must be addresses for the column to be one of addresses. */
const ADDRESS_SHARE = 0.9;

const textRules = (source: Extract<SourceColumn, { kind: 'text' | 'set' }>): readonly Rule[] => {
  const texts = source.kind === 'text' ? source.values : source.elements;
  const counts = new Float64Array(texts.length);
  for (const code of source.codes) {
    if (Number.isNaN(code)) continue;
    if (source.kind === 'text') counts[code]! += 1; // codes are places in values
    else for (const element of source.values[code] ?? []) counts[element]! += 1;
  }
  const addresses = texts.filter((text) => parseAddress(text.split('/', 1)[0] ?? '') !== undefined).length;
  if (texts.length > 0 && addresses / texts.length >= ADDRESS_SHARE)
    return [{ kind: 'as-is' }, ...PREFIXES, { kind: 'all' }];
  const commonest = texts.map((text, i) => ({ text, count: counts[i] ?? 0 }));
  commonest.sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1));
  const tops = TOPS.filter((most) => most < texts.length - 1).map((most): Rule => {
    return { kind: 'top', keep: commonest.slice(0, most).map(({ text }) => text) };
  });
  return [{ kind: 'as-is' }, ...tops, { kind: 'all' }];
};

const numberRules = (ascending: Float64Array, unit: NumberUnit): readonly Rule[] => {
  const bands = (edges: readonly number[]): Rule => ({ kind: 'bins', edges });
  const low = ascending[0] ?? 0;
  const high = ascending.at(-1) ?? 0;
  const every = (step: number, from: number): Rule => {
    const start = from + Math.floor((low - from) / step) * step;
    return bands(Array.from({ length: Math.floor((high - start) / step) + 1 }, (_, i) => start + i * step));
  };
  const powers = (base: number): Rule => {
    const edges = [0];
    for (let edge = 1; edge <= high; edge *= base) edges.push(edge);
    return bands(edges);
  };
  const levels: Readonly<Record<NumberUnit, () => readonly Rule[]>> = {
    hour: () => [every(3, 0), every(6, 0), every(12, 0)],
    day: () => [every(7, MONDAY), every(28, MONDAY)],
    count: () => [powers(2), powers(4), powers(16)],
    number: () => QUANTILES.map((bins) => bands(quantileEdges(ascending, bins))),
  };
  return [{ kind: 'as-is' }, ...levels[unit](), { kind: 'all' }];
};

/** 1970-01-05 was a Monday: weeks start there, and every fourth of them a band of 28 days. */
const MONDAY = 4;
/** Each divides the one before, so that edges of a level are edges of the finer one. */
const QUANTILES = [64, 16, 4];

/** Edges that split the different values evenly; every fourth edge of a level is one of the next. */
const quantileEdges = (ascending: Float64Array, bins: number): readonly number[] => {
  const places = Array.from({ length: bins }, (_, i) => Math.floor((i * ascending.length) / bins));
  return [...new Set(places)].map((place) => ascending[place] ?? 0);
};
