import { numberAt, textAt, valueAt } from './json-value.ts';
import { microsOf } from './value.ts';

/** A field of the event's own data, wherever the shipper put it. */
export const data = (record: unknown, ...names: readonly string[]): string | null =>
  textAt(
    record,
    ...names.flatMap((name) => [name, `winlog.event_data.${name}`, `Event.EventData.${name}`, `EventData.${name}`]),
  );

export const eventId = (record: unknown): number | null =>
  numberAt(
    record,
    'EventID',
    'winlog.event_id',
    'Event.System.EventID',
    'Event.System.EventID.#text',
    'event_id',
    'System.EventID',
  );

export const channelOf = (record: unknown): string | null =>
  textAt(record, 'Channel', 'winlog.channel', 'Event.System.Channel', 'log_name', 'System.Channel');

export const computerOf = (record: unknown): string | null =>
  textAt(
    record,
    'Hostname',
    'winlog.computer_name',
    'Event.System.Computer',
    'computer_name',
    'Computer',
    'host.name',
    'System.Computer',
  );

/** `@timestamp` carries its zone; NXLog's EventTime does not and is the last resort, read as UTC. */
export const timeOf = (record: unknown): number => {
  const paths = [
    '@timestamp',
    'Event.System.TimeCreated.#attributes.SystemTime',
    'Event.System.TimeCreated.SystemTime',
    'TimeCreated',
    'UtcTime',
    'EventTime',
  ];
  for (const path of paths) {
    const micros = microsOf(valueAt(record, path), 'ms');
    if (!Number.isNaN(micros)) return micros;
  }
  return Number.NaN;
};
