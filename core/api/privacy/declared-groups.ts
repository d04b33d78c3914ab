import { TIME_WIDTH_US, timeLabel, totalLabels } from '../../release/query/index.ts';
import type { Dimension } from '../../release/index.ts';

/** The first declared groups in the order of a release, totals first; none where keys are unknown. At most `most`. */
export const firstGroups = (by: readonly Dimension[], most: number): string[][] => {
  if (by.some(({ kind }) => kind === 'unknown')) return [];
  let groups: string[][] = [[]];
  for (const dimension of by) {
    const labels = [...totalLabels(dimension), ...ownLabels(dimension, most)].slice(0, most);
    groups = groups.flatMap((group) => labels.map((label) => [...group, label])).slice(0, most);
  }
  return groups;
};

/** As the release will name them. */
const ownLabels = (dimension: Dimension, most: number): readonly string[] => {
  switch (dimension.kind) {
    case 'unknown':
      return [];
    case 'keys':
      return dimension.keys.slice(0, most);
    case 'bins':
      return dimension.edges.slice(1, most + 1).map((edge, i) => `[${dimension.edges[i] ?? ''}, ${edge})`);
    case 'time': {
      const { fromUs, toUs, every } = dimension;
      const width = TIME_WIDTH_US[every];
      const bins = Math.min(most, (toUs - fromUs) / width);
      return Array.from({ length: bins }, (_, i) => timeLabel(fromUs + i * width));
    }
  }
};
