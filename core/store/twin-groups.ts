import type { DuckDBConnection } from '@duckdb/node-api';
import { appendColumns } from './append-columns.ts';
import { numberColumn, readColumns, textColumn } from './read-columns.ts';

/** A group of actors that are alike, with pseudonyms for members. */
export type StoredGroup = {
  readonly members: readonly string[];
  readonly basis: string;
  readonly pValue: number;
  readonly sentence: string;
  /** JSON list of what they share. */
  readonly shared: string;
};

/** Stores the groups of a run, in their order. For use inside the run's transaction. */
export const saveGroups = async (
  connection: DuckDBConnection,
  runId: string,
  groups: readonly StoredGroup[],
): Promise<void> => {
  await appendColumns(connection, 'twin_groups', groups.length, {
    run_id: runId,
    place: Float64Array.from(groups, (_, i) => i),
    basis: groups.map(({ basis }) => basis),
    p_value: Float64Array.from(groups, ({ pValue }) => pValue),
    sentence: groups.map(({ sentence }) => sentence),
    shared: groups.map(({ shared }) => shared),
  });
  const members = groups.flatMap((group, place) =>
    group.members.map((actor, position) => ({ actor, place, position })),
  );
  await appendColumns(connection, 'twin_members', members.length, {
    run_id: runId,
    place: Float64Array.from(members, ({ place }) => place),
    position: Float64Array.from(members, ({ position }) => position),
    actor_id: members.map(({ actor }) => actor),
  });
};

/** The groups of a run, in their order. */
export const loadGroups = async (connection: DuckDBConnection, runId: string): Promise<readonly StoredGroup[]> => {
  const groups = await readColumns(
    connection,
    'SELECT place, basis, p_value, sentence, shared FROM twin_groups WHERE run_id = $1 ORDER BY place',
    [runId],
  );
  const members = await readColumns(
    connection,
    'SELECT place, actor_id FROM twin_members WHERE run_id = $1 ORDER BY place, position',
    [runId],
  );
  const places = numberColumn(members, 'place');
  const actors = textColumn(members, 'actor_id');
  const byPlace = new Map<number, string[]>();
  places.forEach((place, i) => {
    const own = byPlace.get(place) ?? [];
    own.push(actors[i] ?? '');
    byPlace.set(place, own);
  });
  const basis = textColumn(groups, 'basis');
  const sentence = textColumn(groups, 'sentence');
  const shared = textColumn(groups, 'shared');
  const pValue = numberColumn(groups, 'p_value');
  return Array.from(numberColumn(groups, 'place'), (place, i) => ({
    members: byPlace.get(place) ?? [],
    basis: basis[i] ?? '',
    pValue: pValue[i] ?? 1,
    sentence: sentence[i] ?? '',
    shared: shared[i] ?? '[]',
  }));
};
