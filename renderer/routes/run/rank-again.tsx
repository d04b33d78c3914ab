import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { RunInfo } from '../../../core/api/contract.ts';
import { api, client } from '../../client.ts';
import { stageName } from '../../jobs/job-words.ts';
import { Button, Checkbox, ErrorNotice, NumberField } from '../../ui/index.ts';
import css from './run.module.css';

/** Settings of the next run, as the last one had them. */
export const RankAgain = ({ run, isBusy }: { readonly run: RunInfo | null; readonly isBusy: boolean }) => {
  const [minEvents, setMinEvents] = useState(run?.minEvents ?? Number.NaN);
  const [seed, setSeed] = useState(run?.seed ?? Number.NaN);
  const { data: app } = useQuery(api.app.info.queryOptions());
  const all = app?.detectors ?? run?.detectors ?? [];
  const [chosen, setDetectors] = useState(run?.detectors);
  const detectors = chosen ?? all;
  const start = useMutation({
    mutationFn: () =>
      client.jobs.startDetect({
        detectors: all.filter((name) => detectors.includes(name)),
        ...(Number.isNaN(minEvents) ? {} : { minEvents }),
        ...(Number.isNaN(seed) ? {} : { seed }),
      }),
  });
  const verb = run === null ? 'Rank' : 'Rank again';
  return (
    <aside className={css.side} aria-labelledby="rank-again">
      <h2 id="rank-again">{verb}</h2>
      <div role="group" aria-label="Detectors">
        {all.map((name) => (
          <Checkbox
            key={name}
            isSelected={detectors.includes(name)}
            onChange={(isOn) => setDetectors(isOn ? [...detectors, name] : detectors.filter((other) => other !== name))}
          >
            {stageName(name)}
          </Checkbox>
        ))}
      </div>
      <NumberField
        label="Fewest events to be ranked"
        value={minEvents}
        onChange={setMinEvents}
        min={1}
        description="Actors with fewer say too little and are listed without a rank."
      />
      <NumberField label="Seed" value={seed} onChange={setSeed} min={0} description="Fixes every random choice." />
      {start.error === null ? null : <ErrorNotice error={start.error} />}
      <Button
        kind="primary"
        isDisabled={isBusy || detectors.length === 0}
        isBusy={start.isPending}
        onPress={() => start.mutate()}
      >
        {verb}
      </Button>
      <p className={css.muted}>
        Decisions stay. The queue is replaced when the run is done; cancel keeps the present one.
      </p>
    </aside>
  );
};
