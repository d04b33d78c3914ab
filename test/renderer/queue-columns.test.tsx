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

it.each([
  [2_021, 4, 1],
  [50_000, 5, 1],
  [1_000_000, 7, 2],
])('the last rank of %d actors is whole', (actors, digits, commas) => {
  const columns = queueColumns({
    run: runOf(actors),
    width: 640,
    marked: new Set(),
    onMark: () => undefined,
    chosenReasons: undefined,
    onReason: () => undefined,
    sortedBy: 'rank',
    onSortBy: () => undefined,
  });
  const width = Number.parseFloat(columns.find(({ id }) => id === 'rank')?.width ?? '');
  expect(width).toBeGreaterThanOrEqual(PADDING_PX + DIGIT_PX * digits + COMMA_PX * commas);
});
