/** `sourceNodeId`, `Source-Node.ID`, `source node id` → `source_node_id`. */
export const nameKey = (field: string): string =>
  field
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');

export const nameParts = (field: string): readonly string[] => nameKey(field).split('_');

const words = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');

/** Names of an event column in many logs, the most telling first: position makes the confidence. */
export const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  ts: words(
    'timestamp ts time event_time datetime date_time occurred_at event_timestamp created_at starred_at received received_at ' +
      'logged_at time_stamp utc_time request_time login_time transaction_time transaction_date start_time timestamp_ms ' +
      'timestamp_utc epoch time_local creation_time when created date event_date step day posted_at sent_at visited_at at',
  ),
  actor_id: words(
    'actor_id actor user_id userid uid user username user_name account_id account login subject_user_name member_id ' +
      'customer_id customer client_id sender_id sender source_node_id from_account from_domain from_addr name_orig src_user ' +
      'github github_login employee_id employee person_id player_id profile_id author_id author owner_id subject_id ' +
      'principal identity who nick handle screen_name source_account payer buyer_id reviewer_id initiator caller ' +
      'requester source_id email from source client_ip src_ip source_ip ip_address remote_addr client ip host',
  ),
  action: words(
    'action event_name event_type event activity operation verb method request_method http_method action_name activity_name ' +
      'command op type kind transaction_type api_call api action_type request_type category what',
  ),
  object_id: words(
    'object_id object target_id target item_id item product_id product target_node_id to_account name_dest dest_account ' +
      'resource_id resource repo repo_name repository post_id page_id page url path uri request_path file_path file ' +
      'document_id listing_id song_id video_id track_id article_id thread_id channel_id merchant_id merchant recipient_id ' +
      'recipient to to_addr destination dest target_user receiver_id receiver payee beneficiary endpoint content_id asin ' +
      'business_id movie_id book_id item_name host_name name',
  ),
  object_type: words('object_type target_type item_type resource_type entity_type content_type_name'),
  ip: words(
    'ip ip_address client_ip source_ip src_ip remote_addr remote_ip ip_addr ipaddr source_address src_addr relay_ip ' +
      'origin_ip peer_ip host_ip login_ip clientip remote_host addr address',
  ),
  device_id: words(
    'device_id device device_uuid device_fingerprint fingerprint machine_id hostname host computer_name workstation device_name imei',
  ),
  session_id: words('session_id session sid session_token session_key visit_id logon_id'),
  user_agent: words('user_agent useragent agent browser ua http_user_agent client_agent x_mailer'),
  country: words('country country_code country_iso_code geo_country ip_country nation cc'),
  asn: words('asn as_number autonomous_system as_org isp'),
  outcome: words(
    'outcome result status success login_successful succeeded status_code response_code http_status return_code is_success result_code',
  ),
  amount: words(
    'amount value transaction_amount price total amt sum bytes size body_bytes_sent response_size quantity qty cost payment volume',
  ),
  event_id: words(
    'event_id log_id record_id transaction_id trans_id request_id message_id msg_id msg uuid row_id id event_uuid trace_id',
  ),
};

const set = (text: string): ReadonlySet<string> => new Set(words(text));

/** Names of what was labelled by people or by a simulation: never a feature. Compared as whole names. */
export const LABEL_NAMES = set(
  'label labels is_fraud isfraud fraud is_flagged_fraud target y class is_spam spam is_bot bot is_attack attack ground_truth anomaly ' +
    'is_anomaly is_malicious malicious attack_type attack_cat outlier is_outlier fraud_step is_abuse abuse group split fold planted scenario',
);

/** Parts of names that say "this tells one person or thing from another". */
export const IDENTIFIER_PARTS = set(
  'id ids uid uuid guid key token hash ssn passport license licence iban card pan cvv phone tel mobile msisdn fax email mail ' +
    'mailbox addr user username login account name nickname nick handle surname firstname lastname fullname imei mac serial ' +
    'vin fingerprint ip hostname domain url uri link path plate sid session cookie password passwd secret msg reply',
);

/** `nodeid`, `accountid`: an id run together with what it is of. English words that end so are none. */
export const endsInId = (key: string): boolean =>
  /[a-z]{2}ids?$/.test(key) &&
  !/(?:pa|va|gr|b|vo|rap|sol|flu|hybr|m|ra|cov|inval|unpa|prepa|la|l|k|ac|ar|tim|stup|aval|gu|lip|plac)ids?$/.test(key);

/** Parts of names that narrow a person down together with others. */
export const QUASI_PARTS = set(
  'zip zipcode postcode postal birth dob birthday birthdate age gender sex city town state region county province district street ' +
    'lat latitude lon lng longitude location employer occupation job title department education school nationality language locale',
);

/** Last parts that make a name a kind of thing, whatever stands before them: `content_type`, `status_code`. */
export const CATEGORY_ENDS = set('type kind code format category class status level lang encoding charset method');

/** Parts of names of what lets somebody in or is a person's number with the state: nothing is kept of it, no bucket either. */
export const SECRET_PARTS = set('password passwd secret token cookie key pin cvv otp ssn passport license licence pan');

/** Names that look like a thing acted on but are not. */
export const NOT_OBJECTS = set('return_path reply_to referer referrer http_referer working_directory class_path');

/** Parts of names of special categories of data (GDPR article 9) and of what harms when known. */
export const SENSITIVE_PARTS = set(
  'religion ethnicity race health diagnosis disease medical disability sexual orientation political party union criminal salary ' +
    'income credit biometric genetic pregnancy',
);

/** Parts of names of free text. */
export const TEXT_PARTS = set(
  'text message msg subject body comment comments description content note notes title review caption bio query summary reason ' +
    'remark remarks feedback tweet post question answer details memo',
);

/** Parts of names of counts and sizes: such a number is a measure however many digits it has. */
export const MEASURE_PARTS = set(
  'count counts n num number total sum mean avg average min max median ratio share rate score size length len bytes kb mb duration ' +
    'elapsed seconds secs ms millis latency amount price cost value balance qty quantity hops pct percent level depth width height ' +
    'weight speed volume attempts retries clicks views likes followers delay caps urls rcpt event events',
);
