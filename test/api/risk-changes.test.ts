import { expect, test } from 'vitest';
import { parseActorColumns, quasiColumn, type SourceColumn } from '../../core/anonymize/risk/index.ts';
import { changesOf } from '../../core/api/risk/changes.ts';

const events = new Set(['actor_id', 'ts', 'country', 'device_id', 'amount']);
const sources: Readonly<Record<string, SourceColumn>> = {
  country: { kind: 'text', values: ['a', 'b', 'c', 'd', 'e', 'f'], codes: Float64Array.of(0, 0, 1, 2, 3, 4, 5) },
  'device_id:count': { kind: 'number', unit: 'count', values: Float64Array.of(1, 2, 3, 5, 9, 17, 33) },
  'amount:sum': { kind: 'number', unit: 'number', values: Float64Array.of(1, 2, 3, 4, 5, 6, 7) },
  events: { kind: 'number', unit: 'count', values: Float64Array.of(1, 2, 3, 5, 9, 17, 33) },
  hour: { kind: 'number', unit: 'hour', values: Float64Array.from({ length: 24 }, (_, h) => h) },
  first_day: { kind: 'number', unit: 'day', values: Float64Array.from({ length: 44 }, (_, d) => 4 + d) },
  last_day: { kind: 'number', unit: 'day', values: Float64Array.from({ length: 44 }, (_, d) => 4 + d) },
};
const changes = (levels: Readonly<Record<string, number>>, suppressed: readonly string[] = []) => {
  const names = Object.keys(levels);
  const specs = parseActorColumns(names, { events, features: new Set() }, '--quasi');
  const columns = names.map((name) => {
    const source = sources[name];
    if (source === undefined) throw new Error(name);
    return quasiColumn(name, source);
  });
  return changesOf(specs, columns, Object.values(levels), suppressed);
};
const table = {
  actors: ['ann', 'bob'],
  events: Float64Array.of(3, 9),
  names: ['event_count', 'night_share'],
  columns: [Float64Array.of(3, 9), Float64Array.of(0.5, 0.25)],
};

test('texts of a level become what the level says', () => {
  const [text] = changes({ country: 1 }).events.texts;
  expect(text?.column).toBe('country');
  expect(['a', 'b', 'f', 'new'].map((value) => text?.to(value))).toEqual(['a', 'b', 'other', 'other']);
  expect(changes({ country: 2 }).events.texts[0]?.to('a')).toBeNull();
  expect(changes({ country: 0 }).events.texts).toEqual([]);
});

test('hours and days; first and last day share the coarser band', () => {
  expect(changes({ hour: 1 }).events.time).toEqual({ hours: 3 });
  expect(changes({ hour: 4 }).events.time).toEqual({ hours: 24 });
  expect(changes({ first_day: 1, last_day: 2 }).events.time).toEqual({ days: { step: 28, from: 4 } });
  expect(changes({ first_day: 3, last_day: 1 }).events.time).toEqual({ days: 'all' });
});

test('counts are changed in the feature that holds them', () => {
  const changed = changes({ events: 1 }).features(table);
  expect(changed.columns.map((column) => Array.from(column))).toEqual([
    [2, 8],
    [0.5, 0.25],
  ]);
  expect(changes({ events: 4 }).features(table).names).toEqual(['night_share']);
});

test('what neither events nor features can show is said', () => {
  expect(changes({ 'device_id:count': 1, 'amount:sum': 1 }).unseen).toEqual(['device_id:count', 'amount:sum']);
  expect(changes({ 'amount:sum': 2 }).events.numbers).toEqual([{ column: 'amount', edges: [] }]);
  expect(changes({ 'device_id:count': 4 }).events.texts[0]?.to('x')).toBeNull();
});

test('suppressed actors lose every quasi-identifier, and no other column', () => {
  const { events: ofEvents, features } = changes({ country: 0, hour: 0, first_day: 0, events: 0 }, ['bob']);
  expect(ofEvents.suppressed).toEqual({ actors: ['bob'], columns: ['country', 'ts'] });
  expect(features(table).columns.map((column) => Array.from(column))).toEqual([
    [3, Number.NaN],
    [0.5, 0.25],
  ]);
});
