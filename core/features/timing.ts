import { countIf, entropy, ratio, shareIf } from './expressions.ts';
import { from, type Family, type Relation } from './feature.ts';
import { clock, days } from './hours.ts';
import { steps } from './steps.ts';

/** A pause longer than this ends a session: 30 minutes (Catledge & Pitkow 1995 found 25.5). */
const SESSION_PAUSE_US = 1_800_000_000;

/** One row per actor and gap rounded to a second: `n` gaps. Gaps that round to zero are left out. */
const gapModes: Relation = {
  name: 'gap_modes',
  stored: false,
  uses: () => [steps],
  sql: (context) => `SELECT actor, count(*) AS n FROM ${from(steps, context)} WHERE gap_us >= 500000
    GROUP BY actor, CAST(round(gap_us / 1e6) AS BIGINT)`,
};

const GAPS = 'CAST(count(gap_us) AS DOUBLE)';
const GAP_SUM = 'CAST(sum(gap_us) AS DOUBLE)';
const GAP_SQUARES = 'CAST(sum(CAST(gap_us AS DECIMAL(38, 0)) * CAST(gap_us AS DECIMAL(38, 0))) AS DOUBLE)';
/** n·σ, from σ² = Σx²/n − (Σx/n)². */
const GAP_SPREAD = `sqrt(greatest(0e0, ${GAPS} * ${GAP_SQUARES} - ${GAP_SUM} * ${GAP_SUM}))`;
/** Day 0 is a Thursday; 0 is Sunday, 6 Saturday; written to hold before 1970 as well. */
const WEEKDAY = '((day_index % 7) + 11) % 7';

export const timing: Family = {
  name: 'timing',
  title: 'Timing',
  features: [
    {
      name: 'gap_median_s',
      sentence: 'The typical pause between two events of the actor.',
      formula: 'median of the gaps between consecutive events',
      unit: 'seconds',
      needs: ['ts'],
      over: steps,
      sql: (dialect) => `${dialect.quartile('gap_us', 2)} / 1e6`,
      worse: 'low',
    },
    {
      name: 'gap_burstiness',
      sentence: 'Whether events come like clockwork (−1), at random (0) or in bursts (1).',
      formula: '(σ − μ) / (σ + μ) of the gaps, σ with divisor n; two gaps or more (Goh & Barabási 2008, eq. 1)',
      unit: 'index',
      needs: ['ts'],
      over: steps,
      sql: () => `CASE WHEN count(gap_us) >= 2 THEN
        ${ratio(`(${GAP_SPREAD} - ${GAP_SUM})`, `(${GAP_SPREAD} + ${GAP_SUM})`)} END`,
      worse: 'both',
    },
    {
      name: 'gap_dispersion',
      sentence: 'How much the middle half of the pauses varies: near 0 is a timer, long silences do not count.',
      formula: '(Q3 − Q1) / (Q3 + Q1) of the gaps; two gaps or more (quartile coefficient of dispersion, Bonett 2006)',
      unit: 'index',
      needs: ['ts'],
      over: steps,
      sql: (dialect) => {
        const [q1, q3] = [dialect.quartile('gap_us', 1), dialect.quartile('gap_us', 3)];
        return `CASE WHEN count(gap_us) >= 2 THEN ${ratio(`(${q3} - ${q1})`, `(${q3} + ${q1})`)} END`;
      },
      worse: 'low',
    },
    {
      name: 'gap_short_share',
      sentence: 'Share of pauses under two seconds, faster than most people act.',
      formula: 'gaps < 2 s / gaps',
      unit: 'share',
      needs: ['ts'],
      over: steps,
      sql: () => shareIf('gap_us < 2000000', 'gap_us'),
      worse: 'high',
    },
    {
      name: 'gap_modal_share',
      sentence: 'How often the pause is the same to the second, as a script that waits a fixed time.',
      formula: '(m − 1) / (g − 1): g gaps of at least 0.5 s, m of them equal the most common whole second (half up)',
      unit: 'share',
      needs: ['ts'],
      over: gapModes,
      sql: () => ratio('(max(n) - 1)', '(sum(n) - 1)'),
      worse: 'high',
    },
    {
      name: 'hour_entropy',
      sentence: 'How evenly activity spreads over the hours of the day: people sleep, machines need not.',
      formula: 'Shannon entropy of the events per hour of day (UTC)',
      unit: 'bits',
      needs: ['ts'],
      over: clock,
      sql: entropy,
      worse: 'both',
    },
    {
      name: 'night_share',
      sentence: 'Share of events between 00:00 and 06:00 UTC.',
      formula: 'events with hour of day < 6 / events with a time',
      unit: 'share',
      needs: ['ts'],
      over: steps,
      sql: () => shareIf('hour_of_day < 6', 'hour_of_day'),
      worse: 'high',
    },
    {
      name: 'weekend_share',
      sentence: 'Share of events on Saturday or Sunday (UTC).',
      formula: 'events on Saturday or Sunday / events with a time',
      unit: 'share',
      needs: ['ts'],
      over: steps,
      sql: () => shareIf(`${WEEKDAY} IN (0, 6)`, 'day_index'),
      worse: 'both',
    },
    {
      name: 'session_count',
      sentence: 'How many sittings there were, where a pause over 30 minutes ends one.',
      formula: '1 + gaps > 30 min',
      unit: 'sessions',
      needs: ['ts'],
      over: steps,
      sql: () => `CASE WHEN count(us) > 0 THEN 1 + ${countIf(`gap_us > ${SESSION_PAUSE_US}`)} END`,
      worse: 'both',
    },
    {
      name: 'session_minutes_mean',
      sentence: 'How long a sitting lasts on average.',
      formula: 'sum of gaps ≤ 30 min / session_count',
      unit: 'minutes',
      needs: ['ts'],
      over: steps,
      sql: () => `CASE WHEN count(us) > 0 THEN
        CAST(sum(CASE WHEN gap_us <= ${SESSION_PAUSE_US} THEN gap_us ELSE 0 END) AS DOUBLE) / 6e7
        / (1 + ${countIf(`gap_us > ${SESSION_PAUSE_US}`)}) END`,
      worse: 'high',
    },
    {
      name: 'busiest_day_hours',
      sentence: 'Clock hours with activity on the longest day (nobody stays up for 24).',
      formula: 'maximum over days of the distinct hours with an event',
      unit: 'clock hours',
      needs: ['ts'],
      over: days,
      sql: () => 'max(active_hours)',
      worse: 'high',
    },
  ],
};
