import { countIf, money, ratio } from './expressions.ts';
import { from, type Family, type Relation } from './feature.ts';
import { steps } from './steps.ts';

/** One row per actor, sender and day: `n` events of others that name the actor as object, and their `total`. */
const links: Relation = {
  name: 'links',
  stored: true,
  uses: () => [steps],
  sql: (context) => {
    const table = from(steps, context);
    const total = context.available.has('amount') ? `, sum(${money('abs(amount)')}) AS total` : '';
    return `SELECT object_id AS actor, actor AS sender, day_index, count(*) AS n${total} FROM ${table}
      WHERE object_id <= (SELECT max(actor) FROM ${table}) AND object_id <> actor
      GROUP BY object_id, actor, day_index`;
  },
};

/** One row per actor and sender: `n` events, `mutual` when the actor also acts on the sender, `sent` by the actor. */
const senders: Relation = {
  name: 'senders',
  stored: false,
  uses: () => [links, steps],
  sql: (context) => `SELECT l.actor, l.n, s.sent, CASE WHEN r.actor IS NOT NULL THEN 1 ELSE 0 END AS mutual
    FROM (SELECT actor, sender, sum(n) AS n FROM ${from(links, context)} GROUP BY actor, sender) AS l
    LEFT JOIN (SELECT DISTINCT actor, sender FROM ${from(links, context)}) AS r
      ON r.actor = l.sender AND r.sender = l.actor
    JOIN (SELECT actor, count(*) AS sent FROM ${from(steps, context)} GROUP BY actor) AS s ON s.actor = l.actor`,
};

/** One row per actor and day: distinct `senders`. */
const fanIn: Relation = {
  name: 'fan_in',
  stored: false,
  uses: () => [links],
  sql: (context) => `SELECT actor, count(*) AS senders FROM ${from(links, context)}
    WHERE day_index IS NOT NULL GROUP BY actor, day_index`,
};

/** One row per actor who receives and day: `total` amount sent. */
const outflows: Relation = {
  name: 'outflows',
  stored: true,
  uses: () => [links, steps],
  sql: (context) => `SELECT actor, day_index, sum(${money('abs(amount)')}) AS total FROM ${from(steps, context)}
    WHERE amount IS NOT NULL AND actor IN (SELECT actor FROM ${from(links, context)}) GROUP BY actor, day_index`,
};

/** One row per actor who receives and day: amounts `received`, `sent`, and `sent_soon`, sent that day or the next. */
const flows: Relation = {
  name: 'flows',
  stored: false,
  uses: () => [links, outflows],
  sql: (context) => {
    const zero = 'CAST(0 AS DECIMAL(38, 9))';
    return `SELECT actor, sum(received) AS received, sum(sent) AS sent, sum(sent_soon) AS sent_soon FROM (
      SELECT actor, day_index, total AS received, ${zero} AS sent, ${zero} AS sent_soon
        FROM ${from(links, context)} WHERE total IS NOT NULL
      UNION ALL SELECT actor, day_index, ${zero}, total, total FROM ${from(outflows, context)}
      UNION ALL SELECT actor, day_index - 1, ${zero}, ${zero}, total FROM ${from(outflows, context)}
    ) AS f GROUP BY actor, day_index`;
  },
};

export const inbound: Family = {
  name: 'inbound',
  title: 'Inbound: what others do to this actor',
  features: [
    {
      name: 'received_events',
      sentence: 'How many events of others name this actor as their object.',
      formula: 'events of other actors whose object is the actor, R',
      unit: 'events',
      needs: ['object_id'],
      over: senders,
      sql: () => 'sum(n)',
      worse: 'high',
      absent: 0,
    },
    {
      name: 'sender_count',
      sentence: 'How many different actors act on this one.',
      formula: 'distinct other actors whose object is the actor, S',
      unit: 'actors',
      needs: ['object_id'],
      over: senders,
      sql: () => 'count(*)',
      worse: 'high',
      absent: 0,
    },
    {
      name: 'received_share',
      sentence: 'Whether the actor mostly receives (1) or mostly acts (0).',
      formula: 'R / (R + N)',
      unit: 'share',
      needs: ['object_id'],
      over: senders,
      sql: () => ratio('sum(n)', '(sum(n) + max(sent))'),
      worse: 'both',
      absent: 0,
    },
    {
      name: 'reciprocity_share',
      sentence: 'Share of those acting on this actor whom it acts on in turn.',
      formula: 'senders that are also objects of the actor / S',
      unit: 'share',
      needs: ['object_id'],
      over: senders,
      sql: () => ratio(countIf('mutual = 1'), 'count(*)'),
      worse: 'high',
    },
    {
      name: 'fan_in_day',
      sentence: 'The most different actors acting on this one within one day.',
      formula: 'maximum over days of the distinct senders',
      unit: 'actors',
      needs: ['object_id', 'ts'],
      over: fanIn,
      sql: () => 'max(senders)',
      worse: 'high',
      absent: 0,
    },
    {
      name: 'amount_received',
      sentence: 'How much others moved to this actor.',
      formula: 'Σ |amount| of the R events, A',
      unit: 'amount',
      needs: ['object_id', 'amount'],
      over: flows,
      sql: () => 'CAST(sum(received) AS DOUBLE)',
      worse: 'high',
      absent: 0,
    },
    {
      name: 'amount_in_share',
      sentence: 'Share of what passes through the actor that comes in; one half is money that only passes.',
      formula: 'A / (A + amount_sum); 0 when nothing is received',
      unit: 'share',
      needs: ['object_id', 'amount'],
      over: flows,
      sql: () => ratio('sum(received)', '(sum(received) + sum(sent))'),
      worse: 'both',
      absent: 0,
    },
    {
      name: 'pass_through_share',
      sentence: 'Share of what comes in that leaves again the same day or the next.',
      formula: 'Σ over days d of min(in(d), out(d) + out(d + 1)) / A',
      unit: 'share',
      needs: ['object_id', 'amount', 'ts'],
      over: flows,
      sql: () => ratio('sum(least(received, sent_soon))', 'sum(received)'),
      worse: 'high',
    },
  ],
};
