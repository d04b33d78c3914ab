export { availableColumns } from './available-columns.ts';
export { pseudonymOf } from './encode/index.ts';
export { importFiles, type ImportedFile, type ImportOptions } from './import-files.ts';
export { safeName } from './list-inputs.ts';
export { parseMapOption, type MapRule } from './mapping/index.ts';
export { planFile, type FilePlan, type PlanOptions } from './plan-file.ts';
export { PRESETS } from './presets/index.ts';
export { readEntities, type Entities, type EntityOptions } from './read-entities.ts';
export { readTable, type TextTable } from './read-table.ts';
