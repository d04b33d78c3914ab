import { useCommands } from '../ui/index.ts';
import { useDecide } from './use-decide.ts';

/** Mod+Z and Shift+Mod+Z on every screen. */
export const UndoCommands = () => {
  const { undo, redo, canUndo, canRedo } = useDecide();
  useCommands([
    {
      id: 'undo',
      title: canUndo === null ? 'Undo' : `Undo: ${canUndo}`,
      keys: 'Mod+Z',
      group: 'Decisions',
      isEnabled: canUndo !== null,
      run: () => void undo(),
    },
    {
      id: 'redo',
      title: canRedo === null ? 'Redo' : `Redo: ${canRedo}`,
      keys: 'Shift+Mod+Z',
      group: 'Decisions',
      isEnabled: canRedo !== null,
      run: () => void redo(),
    },
  ]);
  return null;
};
