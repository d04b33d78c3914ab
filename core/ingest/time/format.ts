/** How the timestamps of a field are written. */
export type TimeKind =
  | 'iso'
  | 'epoch-s'
  | 'epoch-ms'
  | 'epoch-us'
  | 'epoch-ns'
  | 'day-step'
  | 'clf'
  | 'rfc2822'
  | 'syslog'
  | 'us'
  | 'eu'
  | 'compact';

export type TimeFormat = {
  readonly kind: TimeKind;
  /** 'UTC', '+hh:mm' or an IANA name: used only where the text itself carries no zone. */
  readonly zone: string;
  /** Year of syslog stamps, which carry none; 2000 when absent: a leap year, so 29 February reads. */
  readonly year?: number;
};

/** The same kind of stamp in UTC. */
export const utc = (kind: TimeKind): TimeFormat => ({ kind, zone: 'UTC' });
