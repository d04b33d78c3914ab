import type { QueryError, ReleasePlan } from '../../release/index.ts';
import type { ReleasePlanData } from '../contract/privacy.ts';
import { unitOf } from './units.ts';

/** What makes a release differ from the truth, cause by cause; a cause that a query cannot have is left out. */
export const errorParts = ({ query }: Pick<ReleasePlan, 'query'>, error: QueryError): ReleasePlanData['error'] => {
  const { measure, source, by } = query;
  const unit = unitOf(query);
  return [
    { cause: 'Noise on each number', unit, part: error.noise },
    ...(source === 'actors'
      ? []
      : [
          {
            cause: 'Rows left out, because actors go beyond the bounds',
            unit: 'rows of all groups together',
            part: error.contributionBounds,
          },
        ]),
    ...('column' in measure
      ? [
          {
            cause: 'Values cut off at their bounds',
            unit: `of ${measure.column}, all values together`,
            part: error.clamping,
          },
        ]
      : []),
    ...(by.some(({ kind }) => kind === 'unknown')
      ? [{ cause: 'Groups that are not shown, of the size assumed', unit, part: error.droppedKeys }]
      : []),
  ];
};
