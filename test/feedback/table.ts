import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { detectEntities, type Case } from '../../core/index.ts';
import { seededRandom } from '../../core/random/index.ts';

/** 300 ordinary people, 20 odd but harmless ones, 20 abusive ones that keep together: raw names as a log has them. */
export const PEOPLE = Array.from({ length: 340 }, (_, i) => `person${i}@example.org`);
export const HARMLESS = PEOPLE.slice(300, 320);
export const ABUSIVE = PEOPLE.slice(320);

/** Writes the table and returns its path. */
export const writePeople = (folder: string): string => {
  const random = seededRandom(4);
  const lines = PEOPLE.map((name, i) => {
    const value = (): number => {
      if (i < 300) return random.normal();
      return i < 320 ? 7 * Math.sign(random.normal()) + random.normal() : 2.2 + 0.1 * random.normal();
    };
    return [name, value(), value(), value(), value()].join(',');
  });
  const path = join(folder, 'people.csv');
  writeFileSync(path, `id,a,b,c,d\n${lines.join('\n')}\n`);
  return path;
};

/** Writes a labels file of the people named and returns its path. */
export const writeLabels = (folder: string, labels: readonly (readonly [name: string, label: string])[]): string => {
  const path = join(folder, 'labels.csv');
  writeFileSync(path, `user,label\n${labels.map((row) => `${row.join(',')}\n`).join('')}`);
  return path;
};

/** Ranks the people in a case by an isolation forest. */
export const rankPeople = (into: Case, table: string) =>
  detectEntities(table, { into, id: 'id', detectors: ['isolationForest'], seed: 2 });
