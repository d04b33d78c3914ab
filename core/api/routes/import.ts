import { listQuarantine } from '../../store/index.ts';
import type { EngineContext } from '../engine/context.ts';
import { saveText } from '../engine/save.ts';
import { inspectGranted } from '../import/inspect.ts';
import { importedFiles, quarantineText } from '../import/stored.ts';
import { importVocabulary } from '../import/vocabulary.ts';
import { base } from './base.ts';

/** Procedures about files: what they are, how they were read, and how such files are to be read. */
export const importRoutes = (context: EngineContext) => {
  const { session, grants, templates } = context;
  const routes = base.import;
  return routes.router({
    vocabulary: routes.vocabulary.handler(() => importVocabulary()),
    inspect: routes.inspect.handler(({ input, signal }) => inspectGranted(context, input, signal)),
    files: routes.files.handler(({ signal }) => importedFiles(session.require().readers, signal)),
    quarantine: routes.quarantine.handler(async ({ input, signal }) => {
      const page = await session.require().readers.read((connection) => listQuarantine(connection, input), signal);
      return { total: page.total, reasons: [...page.reasons], rows: [...page.rows] };
    }),
    quarantineCsv: routes.quarantineCsv.handler(async ({ input, signal }) => {
      const { readers, case: opened } = session.require();
      const { rows, text } = await quarantineText(readers, signal);
      const file = saveText(text, input.to, grants);
      opened.journal.append('quarantine.exported', { rows });
      return { rows, file };
    }),
    templates: routes.templates.handler(() => templates.list()),
    saveTemplate: routes.saveTemplate.handler(({ input }) => templates.save(input)),
    deleteTemplate: routes.deleteTemplate.handler(({ input }) => templates.remove(input.id)),
  });
};
