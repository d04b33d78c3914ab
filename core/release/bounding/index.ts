export { boundContributions, type CodedRows } from './bound-contributions.ts';
export type { BoundedRows } from './bounded-rows.ts';
export { codeGroups, type CodedGroups } from './code-groups.ts';
export { keepGroups } from './keep-groups.ts';
