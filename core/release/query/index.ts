export { canonicalQuery } from './canonical-query.ts';
export { countGroups, sizeOf } from './count-groups.ts';
export { parseQuery } from './parse-query.ts';
export { TIME_WIDTH_US, timeLabel } from './time-width.ts';
export { totalsOf, totalLabels } from './totals-of.ts';
export { wrongQuery } from './refuse.ts';
