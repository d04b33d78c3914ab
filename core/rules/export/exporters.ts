import type { Exporter } from './exporter.ts';
import { OSPREY_EXPORTERS } from './osprey/index.ts';
import { SIGMA_EXPORTERS } from './sigma/index.ts';
import { SQL_EXPORTERS } from './sql/index.ts';

/** Forms that other systems run. */
export const EXPORTERS: readonly Exporter[] = [...SQL_EXPORTERS, ...SIGMA_EXPORTERS, ...OSPREY_EXPORTERS];
