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

const columnsOf = (run: ReturnType<typeof runOf>, width: number) =>
  queueColumns({
    run,
    width,
    marked: new Set(),
    onMark: () => undefined,
    chosenReasons: undefined,
    onReason: () => undefined,
    sortedBy: 'rank',
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
