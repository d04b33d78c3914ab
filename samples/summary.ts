import { addressOf } from './names.ts';
import type { Population } from './population.ts';
import { ABUSE_KINDS, LABEL_COLUMNS, type AbuseKind, type SampleSummary } from './schema.ts';

/** Who took part in a generated log. */
export type CastList = {
  readonly summary: SampleSummary;
  /** The labels file's lines, header first, each with its line end, in order of the users' public numbers. */
  labelLines(): Generator<string>;
};

const isAbuse = (role: string | undefined): role is AbuseKind => ABUSE_KINDS.some((kind) => kind === role);

/** The cast of a log in which actor i occurs `perActor[i]` times. */
export const castList = (people: Population, perActor: Uint32Array, bytes: number): CastList => {
  const groups: Record<string, { actors: number; events: number }> = {};
  let events = 0;
  let actors = 0;
  let positives = 0;
  perActor.forEach((count, actor) => {
    if (count === 0) return;
    const role = people.roles.of(actor);
    const group = (groups[role ?? 'ordinary'] ??= { actors: 0, events: 0 });
    group.actors++;
    group.events += count;
    events += count;
    actors++;
    if (isAbuse(role)) positives++;
  });
  return {
    summary: { events, bytes, actors, positives, groups },
    labelLines: () => labelLines(people, perActor),
  };
};

function* labelLines(people: Population, perActor: Uint32Array): Generator<string> {
  const first = people.publicNumber.reduce((least, number) => Math.min(least, number), Number.POSITIVE_INFINITY);
  const byNumber = new Uint32Array(people.size);
  people.publicNumber.forEach((number, actor) => (byNumber[number - first] = actor));
  yield `${LABEL_COLUMNS.join(',')}\n`;
  for (const actor of byNumber) {
    if ((perActor[actor] ?? 0) === 0) continue;
    const role = people.roles.of(actor);
    const user = addressOf(people.publicNumber[actor] ?? 0);
    yield isAbuse(role) ? `${user},1,${role},\n` : `${user},0,,${role ?? ''}\n`;
  }
}
