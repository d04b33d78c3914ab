import { NightjarError } from '../../../api/errors.ts';
import type { Exporter } from '../exporter.ts';
import { lintSml } from './lint.ts';
import { ospreyShape, translateToOsprey } from './translate.ts';
import { writeSml } from './write-sml.ts';

/** Osprey's SML; what is written has passed our own lint. */
export const OSPREY_EXPORTERS: readonly Exporter[] = [
  {
    name: 'osprey',
    title: 'Osprey',
    sentence: 'A rule and its effect in Osprey’s SML, which looks at one action at a time and remembers labels.',
    translate: translateToOsprey,
    write: (rule, options) => {
      const files = writeSml(ospreyShape(rule), options);
      const faults = lintSml(files.filter(({ name }) => name.endsWith('.sml')));
      const [fault] = faults;
      if (fault === undefined) return files;
      throw new NightjarError('internal', `An SML file is not valid: ${fault.message}.`, {
        where: `${fault.file}:${fault.line}:${fault.column}`,
        next: 'Nothing was written; this is a fault of the program.',
      });
    },
  },
];
