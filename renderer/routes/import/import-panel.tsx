import { counted } from '../../format.ts';
import { useRunningJob } from '../../engine-state.ts';
import { toProblem } from '../../problem.ts';
import { Button, ErrorNotice, useCommands } from '../../ui/index.ts';
import { CaseChoice } from './case-choice.tsx';
import type { Inspection } from './use-inspection.ts';
import { useStartImport } from './use-start-import.ts';
import css from './import.module.css';

/** The case, and the one button. */
export const ImportPanel = ({ inspection }: { readonly inspection: Inspection }) => {
  const { open, plan, setPlan, start, isStarting, error, obstacle } = useStartImport(inspection);
  const running = useRunningJob();
  const problem = error === null ? null : toProblem(error);
  const isNameRefused = plan.into === 'new' && problem?.code === 'usage';
  const left = inspection.files.filter((file) => file.problem !== null || file.isImported).length;
  const hint = running === null ? obstacle : 'Another job is under way.';
  useCommands([
    {
      id: 'import:start',
      title: 'Import and rank',
      keys: 'Mod+Enter',
      group: 'Import',
      isEnabled: hint === null && !isStarting,
      run: start,
    },
  ]);
  return (
    <aside className={css.right} aria-label="Import">
      <div className={css.rightBody}>
        <CaseChoice
          open={open}
          plan={plan}
          onChange={setPlan}
          nameError={isNameRefused ? [problem.message, problem.next].filter(Boolean).join(' ') : null}
        />
      </div>
      <div className={css.rightFoot}>
        {error === null || isNameRefused ? null : <ErrorNotice error={error} />}
        {left === 0 || left === inspection.files.length ? null : (
          <p className={css.muted}>{counted(left, 'file')} will be left out: already in the case, or not readable.</p>
        )}
        {hint === null ? null : <p className={css.muted}>{hint}</p>}
        <Button kind="primary" size="large" onPress={start} isDisabled={hint !== null} isBusy={isStarting}>
          {isStarting ? 'Starting' : 'Import and rank'}
        </Button>
      </div>
    </aside>
  );
};
