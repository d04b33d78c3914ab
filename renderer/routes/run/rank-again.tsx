import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { RunInfo } from '../../../core/api/contract.ts';
import { api, client, once } from '../../client.ts';
import { detectorWords } from '../../plots/detector-words.ts';
import { Button, Checkbox, ErrorNotice, NumberField } from '../../ui/index.ts';
import css from './run.module.css';

type Changed = { readonly detectors?: readonly string[]; readonly minEvents?: number; readonly seed?: number };

/** Settings of the next run: as the last one had them, but for what was changed here, which a run that ends leaves as it is. */
export const RankAgain = ({ run, isBusy }: { readonly run: RunInfo | null; readonly isBusy: boolean }) => {
  const [changed, setChanged] = useState<Changed>({});
  const { minEvents = run?.minEvents ?? Number.NaN, seed = run?.seed ?? Number.NaN } = changed;
  const { data: app } = useQuery(api.app.info.queryOptions());
  const all = app?.detectors ?? run?.detectors ?? [];
  const usual = app?.defaultDetectors ?? all;
  const detectors = changed.detectors ?? run?.detectors ?? usual;
  const setDetectors = (chosen: readonly string[]): void => setChanged((now) => ({ ...now, detectors: chosen }));
  const isUsual = detectors.length === usual.length && usual.every((name) => detectors.includes(name));
  const start = useMutation({
    mutationFn: () =>
      client.jobs.startDetect({
        ...(isUsual ? {} : { detectors: all.filter((name) => detectors.includes(name)) }),
        ...(Number.isNaN(minEvents) ? {} : { minEvents }),
        ...(Number.isNaN(seed) ? {} : { seed }),
      }),
  });
  const choice = (name: string): ReactNode => (
    <span key={name} title={detectorWords(name).hint}>
      <Checkbox
        isSelected={detectors.includes(name)}
        onChange={(isOn) => setDetectors(isOn ? [...detectors, name] : detectors.filter((other) => other !== name))}
      >
        {detectorWords(name).label}
      </Checkbox>
    </span>
  );
  const verb = run === null ? 'Rank' : 'Rank again';
  return (
    <aside className={css.side} aria-labelledby="rank-again">
      <h2 id="rank-again">{verb}</h2>
      <div role="group" aria-label="Detectors" className={css.detectors}>
        {usual.map(choice)}
        {all.length > usual.length && (
          <details className={css.more} open={!isUsual}>
            <summary>Others, for comparison</summary>
            {all.filter((name) => !usual.includes(name)).map(choice)}
          </details>
        )}
        <Button kind="quiet" isDisabled={isUsual} onPress={() => setDetectors(usual)}>
          The usual ones
        </Button>
      </div>
      <NumberField
        label="Fewest events to be ranked"
        value={minEvents}
        onChange={(to) => setChanged((now) => ({ ...now, minEvents: to }))}
        min={1}
        description="Actors with fewer say too little and are listed without a rank."
      />
      <NumberField
        label="Seed"
        value={seed}
        onChange={(to) => setChanged((now) => ({ ...now, seed: to }))}
        min={0}
        description="Fixes every random choice."
      />
      {start.error === null ? null : <ErrorNotice error={start.error} />}
      <Button
        kind="primary"
        isDisabled={isBusy || detectors.length === 0}
        isBusy={start.isPending}
        onPress={() => once(start.mutate)}
      >
        {verb}
      </Button>
      <p className={css.muted}>
        Decisions stay. The queue is replaced when the run is done; cancel keeps the present one.
      </p>
    </aside>
  );
};
