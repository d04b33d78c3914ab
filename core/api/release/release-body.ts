import { formatRational } from '../../math/rational.ts';
import type { Release } from '../../release/index.ts';
import { planText, type ReleaseBody } from '../../release/release-file/index.ts';
import { originText, paidText, type Paid } from './common-body.ts';

/** What a release file will say. Everything in it is public, or has noise on it. */
export const releaseBody = ({ release, ...paid }: Paid & { readonly release: Release }): ReleaseBody => ({
  ...originText(paid),
  query: paid.request.query,
  epsilon: formatRational(paid.request.epsilon),
  delta: formatRational(paid.request.delta),
  ...planText(release.plan),
  level: release.plan.query.level,
  keys: release.dimensions.map(({ column, labels, index }) => ({
    column,
    of: Array.from(index, (place) => labels[place] ?? ''),
  })),
  columns: release.columns.map(({ name, value, low, high }) => ({
    name,
    value: numbers(value),
    low: numbers(low),
    high: numbers(high),
  })),
  noised: release.noised.map((integers) => Array.from(integers, (x) => x + 0)),
  ...paidText(paid),
});

/** JSON has no NaN and one zero. */
const numbers = (values: Float64Array): (number | null)[] =>
  Array.from(values, (x) => (Number.isFinite(x) ? x + 0 : null));
