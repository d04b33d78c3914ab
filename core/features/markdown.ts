import { documentedFamilies, featureDictionary } from './catalogue.ts';
import type { FeatureInfo } from './schema.ts';

const HEAD = `# Features

Generated from the catalogue in \`core/features\`; a test keeps the two equal.

One row per actor. A **gap** is the time between consecutive events of one actor, ordered by time; events at the same
time are ordered by their place in the input or, where that is not known, by action, outcome (success before failure),
address, device and country, each by its text, missing last. Events without an actor are left out. Days and hours are UTC. Quartiles interpolate linearly between order
statistics. Shannon entropy is −Σ p·log2 p. A value that cannot be computed (no such event, a zero divisor) is missing,
except where the formula says otherwise; counts and amounts received are 0 for an actor nobody acts on. NaN and infinite
numbers are missing, as are amounts beyond 10^18.

Features that lack a column, are the same for every actor or have no value at all stay out of the table, and the run
says which and why. "Per window" marks those also computed per actor × window.
`;

/** The feature catalogue as Markdown: the text of docs/features.md. */
export const featureDictionaryMarkdown = (): string => {
  const dictionary = featureDictionary();
  const sections = documentedFamilies().map(
    (family) => `
## ${family.title}

| feature | meaning | formula | unit | needs | suspicious when | per window |
|---|---|---|---|---|---|---|
${dictionary
  .filter((info) => info.family === family.name)
  .map(row)
  .join('\n')}
`,
  );
  return `${HEAD}${sections.join('')}`;
};

const WORSE = { high: 'high', low: 'low', both: 'high or low' };

const row = (info: FeatureInfo): string => {
  const needs = info.needs.map((column) => `\`${column}\``).join(', ');
  const cells = [
    `\`${info.name}\``,
    info.sentence,
    info.formula.replaceAll('|', '\\|'),
    info.unit,
    needs,
    WORSE[info.worse],
    info.windowed ? 'yes' : '',
  ];
  return `| ${cells.join(' | ')} |`;
};
