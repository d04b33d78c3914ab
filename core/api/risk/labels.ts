import { basename } from 'node:path';
import { readLabels } from '../../evaluate/index.ts';
import { requireHeader } from '../../evaluate/label-columns.ts';
import { pseudonymOf, readTable } from '../../ingest/index.ts';
import { readDecisions, type Case } from '../../store/index.ts';

/** Labels by pseudonym: those of a file, else the verdicts of the case. Errors: as `evaluateCase`. */
export const labelsFor = async (
  from: Case,
  path: string | undefined,
  isKnown: (actor: string) => boolean,
): Promise<ReadonlyMap<string, 0 | 1>> => {
  if (path === undefined) {
    const decisions = await readDecisions(from.connection);
    return new Map(
      [...decisions].flatMap(([actor, { verdict }]) =>
        verdict === 'unsure' ? [] : [[actor, verdict === 'abuse' ? 1 : 0] as const],
      ),
    );
  }
  const table = await readTable(path, basename(path));
  const labels = readLabels(table);
  const pseudonym = pseudonymOf(from.vault.pseudonymKey());
  requireHeader(table, {}, (actor) => isKnown(actor) || isKnown(pseudonym(actor)));
  return new Map(
    [...labels.byActor].map(([actor, { label }]) => [isKnown(actor) ? actor : pseudonym(actor), label] as const),
  );
};
