export { OSPREY_EXPORTERS } from './exporters.ts';
export { lintSml, type SmlFault } from './lint.ts';
