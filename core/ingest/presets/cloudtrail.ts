import { utc } from '../time/format.ts';
import { shareOf, flagAt, textAt, valueAt } from './json-value.ts';
import type { EventValues, JsonPreset, Reject } from './schema.ts';
import { asCode, asIp, microsOf } from './value.ts';

/** AWS CloudTrail: who called which API on what. */
export const cloudtrail: JsonPreset = {
  kind: 'json',
  name: 'cloudtrail',
  title: 'AWS CloudTrail',
  sentence: 'API calls in an AWS account; the identity that calls is the actor.',
  time: utc('epoch-us'),
  records: 'Records',
  columns: [
    'ts',
    'event_id',
    'actor_id',
    'action',
    'object_id',
    'object_type',
    'ip',
    'session_id',
    'user_agent',
    'outcome',
    'c_region',
    'c_identity_type',
    'm_is_read_only',
    'm_has_mfa',
  ],
  derive: (record) => derive(record),
  looksLike: (records) =>
    shareOf(records, (record) =>
      ['eventSource', 'eventName', 'eventTime'].every((key) => textAt(record, key) !== null),
    ),
};

const derive = (record: unknown): EventValues | Reject => {
  const ts = microsOf(valueAt(record, 'eventTime'), 's');
  if (Number.isNaN(ts)) return { reject: 'the time is missing or cannot be read' };
  const actor = actorOf(record);
  if (actor === null) return { reject: 'no identity' };
  const source = asCode(textAt(record, 'eventSource')) ?? 'unknown';
  const name = apiName(textAt(record, 'eventName'));
  return {
    ts,
    event_id: textAt(record, 'eventID'),
    actor_id: actor,
    action: `${source}:${name}`,
    ...targetOf(record),
    ip: asIp(textAt(record, 'sourceIPAddress')),
    session_id: textAt(record, 'userIdentity.accessKeyId'),
    user_agent: textAt(record, 'userAgent'),
    outcome: outcomeOf(record),
    c_region: asCode(textAt(record, 'awsRegion')),
    c_identity_type: asCode(textAt(record, 'userIdentity.type')),
    m_is_read_only: flagAt(record, 'readOnly'),
    m_has_mfa: flagAt(record, 'userIdentity.sessionContext.attributes.mfaAuthenticated'),
  };
};

/** Some services add the version of their interface: GetFunction20150331v2, CreateDistribution2020_05_31. */
const API_VERSION = /20\d\d_?[01]\d_?[0-3]\d(?:v\d+)?$/;
const apiName = (name: string | null): string => asCode(name?.replace(API_VERSION, '') ?? null) ?? 'unknown';

/** The ARN where there is one; services and cross-account calls are known by what stands in for it. */
const actorOf = (record: unknown): string | null =>
  textAt(
    record,
    'userIdentity.arn',
    'userIdentity.sessionContext.sessionIssuer.arn',
    'userIdentity.userName',
    'userIdentity.principalId',
    'userIdentity.invokedBy',
    'userIdentity.accountId',
    'userIdentity.type',
  );

const outcomeOf = (record: unknown): string => {
  if (textAt(record, 'errorCode', 'errorMessage') !== null) return 'failure';
  return textAt(record, 'responseElements.ConsoleLogin') === 'Failure' ? 'failure' : 'success';
};

/** Request parameters that name the thing a call is about, most telling first. */
const PARAMETERS = [
  'bucketName',
  'instanceId',
  'secretId',
  'functionName',
  'roleName',
  'roleArn',
  'userName',
  'groupName',
  'policyArn',
  'keyId',
  'snapshotId',
  'imageId',
  'volumeId',
  'groupId',
  'dBInstanceIdentifier',
  'dBSnapshotIdentifier',
  'trailName',
  'parameterName',
  'vpcId',
  'subnetId',
  'networkInterfaceId',
  'resourceId',
  'modelId',
  'policyName',
  'name',
  'resourceArn',
  'target',
  'instancesSet.items.0.instanceId',
];

type Target = { readonly object_id: string | null; readonly object_type: string | null };

const targetOf = (record: unknown): Target => {
  const arn = textAt(record, 'resources.0.ARN', 'resources.0.ARNPrefix');
  if (arn !== null) return { object_id: arn, object_type: asCode(textAt(record, 'resources.0.type')) ?? 'resource' };
  for (const name of PARAMETERS) {
    const id = textAt(record, `requestParameters.${name}`);
    if (id !== null) return { object_id: id, object_type: name.slice(name.lastIndexOf('.') + 1) };
  }
  return { object_id: null, object_type: null };
};
