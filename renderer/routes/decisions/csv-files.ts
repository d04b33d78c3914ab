import { chooseFiles, client, saveExport } from '../../client.ts';
import { count, counted } from '../../format.ts';
import { takeIn } from '../../intake.ts';
import { showError, showToast } from '../../ui/index.ts';

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
      const { changed, unchanged, unmatched } = await client.decisions.importCsv({ grant: grant.id });
      const rest = [
        unchanged === 0 ? null : `${count(unchanged)} as before`,
        unmatched === 0 ? null : `${count(unmatched)} about nobody in this case`,
      ].filter((part) => part !== null);
      const text = `${counted(changed, 'decision')} read from ${grant.name}${rest.length === 0 ? '' : `; ${rest.join(', ')}`}.`;
      showToast({
        text,
        topic: 'decision',
        ...(changed === 0 ? {} : { action: { label: 'Undo', run: () => void undo() } }),
      });
    } catch (error) {
      showError(error);
    }
  }
};
