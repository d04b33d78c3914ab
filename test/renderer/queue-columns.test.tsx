// @vitest-environment jsdom
import { expect, it } from 'vitest';
import type { RunInfo } from '../../core/api/contract.ts';
import { queueColumns } from '../../renderer/routes/explore/columns.tsx';

const PADDING_PX = 20;
const DIGIT_PX = 8.2;
const COMMA_PX = 4;

/** What the columns look at. */
const runOf = (actors: number): Pick<RunInfo, 'span' | 'detectors' | 'actors'> => ({
  span: null,
  detectors: [],
  actors,
});

const columnsOf = (run: ReturnType<typeof runOf>, width: number, sortedBy = 'rank') =>
  queueColumns({
    run,
    width,
    marked: new Set(),
    onMark: () => undefined,
    chosenReasons: undefined,
    onReason: () => undefined,
    chosenGroup: undefined,
    onGroup: () => undefined,
    sortedBy,
    onSortBy: () => undefined,
  });

it('a table of entities has no column of events: each would have one', () => {
  const idsOf = (run: ReturnType<typeof runOf>): readonly string[] => columnsOf(run, 1900).map(({ id }) => id);
  expect(idsOf(runOf(100))).not.toContain('events');
  expect(idsOf({ ...runOf(100), span: { from: 0, to: 1 } })).toContain('events');
});

it.each([
  [2_021, 4, 1],
  [50_000, 5, 1],
  [1_000_000, 7, 2],
])('the last rank of %d actors is whole', (actors, digits, commas) => {
  const columns = columnsOf(runOf(actors), 640);
  const width = Number.parseFloat(columns.find(({ id }) => id === 'rank')?.width ?? '');
  expect(width).toBeGreaterThanOrEqual(PADDING_PX + DIGIT_PX * digits + COMMA_PX * commas);
});

const EIGHT = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const REASON_PX = 210;

it.each([
  ['1280 pixels with the inspector', 638, 160],
  ['1280 pixels without it', 982, REASON_PX],
  ['1920 pixels with the inspector', 1277, 2 * REASON_PX],
  ['1920 pixels without it', 1621, 2 * REASON_PX],
])('at %s no column takes the room of the reason and its value', (_, width, least) => {
  const columns = columnsOf({ span: { from: 0, to: 1 }, detectors: EIGHT, actors: 2_021 }, width);
  const others = columns.map((column) => Number.parseFloat(column.width)).filter((px) => !Number.isNaN(px));
  expect(others).toHaveLength(columns.length - 1);
  expect(width - 2 * 16 - others.reduce((sum, px) => sum + px, 0)).toBeGreaterThanOrEqual(least);
});

it('a column that there is room for is there', () => {
  const ids = columnsOf({ span: { from: 0, to: 1 }, detectors: EIGHT, actors: 2_021 }, 1_900).map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(['detectors', 'events', 'spark', 'lastSeen']));
});

it('where verdicts made the order, the rank is said to be from before them', () => {
  const headOf = (sortedBy: string) => {
    const found = columnsOf(runOf(100), 900, sortedBy).find(({ id }) => id === 'rank');
    return [found?.header, found?.label];
  };
  expect(headOf('rank')).toEqual(['#', 'Rank']);
  expect(headOf('feedback')).toEqual(['was #', 'Rank before the verdicts']);
});
