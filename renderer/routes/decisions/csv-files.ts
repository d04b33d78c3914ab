import { chooseFiles, client, saveExport } from '../../client.ts';
import { counted } from '../../format.ts';
import { takeIn } from '../../intake.ts';
import { showError, showToast } from '../../ui/index.ts';
import { importWords } from './import-words.ts';

/** Saves all decisions as CSV where the user wants them. */
export const exportDecisions = async (): Promise<void> => {
  try {
    const rows = await saveExport('decisions.csv', (place) => client.decisions.exportCsv(place));
    if (rows !== null) showToast({ text: `${counted(rows, 'decision')} saved.` });
  } catch (error) {
    showError(error);
  }
};

/** Reads decisions from CSV files that the user picks; one undo takes each file back. */
export const importDecisions = async (undo: () => Promise<void>): Promise<void> => {
  for (const grant of await takeIn(chooseFiles)) {
    try {
      const read = await client.decisions.importCsv({ grant: grant.id });
      const { changed } = read;
      showToast({
        text: importWords(grant.name, read),
        topic: 'decision',
        ...(changed === 0 ? {} : { action: { label: 'Undo', run: () => void undo() } }),
      });
    } catch (error) {
      showError(error);
    }
  }
};
