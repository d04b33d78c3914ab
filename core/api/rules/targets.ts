import { EXPORTERS, type Exporter } from '../../rules/export/index.ts';
import { NightjarError } from '../errors.ts';

/** The exporter of a name. Errors: `usage` for one there is not. */
export const exporterOf = (name: string): Exporter => {
  const found = EXPORTERS.find((exporter) => exporter.name === name);
  if (found !== undefined) return found;
  throw new NightjarError('usage', 'Rules cannot be exported to that.', {
    where: 'target',
    next: `Targets: ${EXPORTERS.map((exporter) => exporter.name).join(', ')}.`,
  });
};
