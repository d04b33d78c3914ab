/** A column of a SELECT: its name and what it is. */
export type Column = readonly [name: string, sql: string];

/** The lines of a SELECT: one where it is short, else one per column. */
export const select = (columns: readonly Column[]): readonly string[] => {
  const named = columns.map(([name, sql]) => (/^\w+\.(\w+)$/.exec(sql)?.[1] === name ? sql : `${sql} AS ${name}`));
  const line = `SELECT ${named.join(', ')}`;
  return line.length <= 100
    ? [line]
    : ['SELECT', ...named.map((each, k) => `  ${each}${k + 1 < named.length ? ',' : ''}`)];
};

/** These columns of the table with this alias, as they are. */
export const taken = (alias: string, names: readonly string[]): readonly Column[] =>
  names.map((name) => [name, `${alias}.${name}`]);

/** These columns of the table with this alias, for GROUP BY and PARTITION BY. */
export const listed = (alias: string, names: readonly string[]): string =>
  names.map((name) => `${alias}.${name}`).join(', ');

/** OVER (…) in the order of time, within each of these keys. */
export const over = (alias: string, keys: readonly string[], frame = ''): string =>
  `OVER (PARTITION BY ${listed(alias, keys)} ORDER BY ${alias}.us${frame === '' ? '' : ` ${frame}`})`;

/** WHERE with each condition on a line of its own; nothing without conditions. */
export const where = (conditions: readonly string[]): readonly string[] =>
  conditions.map((condition, k) => `${k === 0 ? 'WHERE' : '  AND'} ${condition}`);

/** A named part of a query. */
export const part = (name: string, lines: readonly string[]): string =>
  `${name} AS (\n${lines.map((line) => `  ${line}\n`).join('')})`;
