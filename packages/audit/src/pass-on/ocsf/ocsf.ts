import { REASONS } from "@garim/policy";
import type { LogEntry, LoggedAccess } from "../../access.ts";
import { ACTIVITIES, type OcsfActivity, SEVERITY } from "./activity.ts";
import { CLASS_FIELDS, LOG_NAME, PROVIDER } from "./class-fields.ts";
import { OCSF_VERSION, type OcsfEvent, type OcsfMetadata } from "./ocsf-event.ts";
import { resourcesOf } from "./resources.ts";
import { unmappedOf } from "./unmapped.ts";

const SUCCESS = 1;
const FAILURE = 2;
/** Of a finding, 1 is New: whoever reads it changes that. */
const NEW = 1;

/**
 * Turns a record of the log into an event of OCSF 1.5.0: views and questions into API Activity, log-ins and second factors into
 * Authentication, accounts into Account Change, grants, keys, policies and reviews into Entity Management, signals into Detection
 * Finding, what happens to the log into Event Log Activity. No personal data of buyers: their pseudonyms are `resources`.
 *
 * @returns `metadata.uid` is the record's id, `metadata.sequence` its place, `time` when it was done, UTC milliseconds
 */
export function ocsfOf(entry: LogEntry): OcsfEvent {
  const { access } = entry;
  const activity = ACTIVITIES[access.action];
  const { of, id, name } = activity;
  const fields = CLASS_FIELDS[of.uid](entry);
  return {
    metadata: metadataOf(entry),
    category_uid: Math.floor(of.uid / 1_000),
    class_uid: of.uid,
    class_name: of.name,
    activity_id: id,
    activity_name: name,
    type_uid: of.uid * 100 + id,
    ...outcomeOf(access, activity),
    message: `${access.action}: ${access.outcome}`,
    ...timesOf(access),
    ...fields,
    unmapped: { ...unmappedOf(access), ...looseResources(access, fields) },
  };
}

/** Whom it was about, in a class that knows neither resources nor a user. */
function looseResources(access: LoggedAccess, { resources, user }: Partial<OcsfEvent>): Partial<OcsfEvent> {
  const loose = resources === undefined && user === undefined ? resourcesOf(access) : [];
  return loose.length === 0 ? {} : { resources: loose };
}

function metadataOf({ id, seq, recordedAt, access }: LogEntry): OcsfMetadata {
  return {
    version: OCSF_VERSION,
    product: { name: "Garim", vendor_name: "Garim" },
    uid: id,
    sequence: seq,
    log_name: LOG_NAME,
    log_provider: PROVIDER,
    logged_time: recordedAt,
    event_code: access.action,
  };
}

function outcomeOf(
  { outcome, reason }: LoggedAccess,
  { of, severity }: OcsfActivity,
): Pick<OcsfEvent, "severity_id" | "status_id" | "status_code" | "status_detail"> {
  const isRefused = outcome === "refused";
  return {
    severity_id: isRefused ? Math.max(severity, SEVERITY.low) : severity,
    status_id: of.uid === 2004 ? NEW : isRefused ? FAILURE : SUCCESS,
    ...(reason === null ? {} : { status_code: reason, status_detail: REASONS[reason].because.en }),
  };
}

/** A record that stands for many answers has the first of them, too. */
function timesOf({
  at,
  since,
  count,
}: LoggedAccess): Pick<OcsfEvent, "time" | "start_time" | "end_time" | "count"> {
  return {
    time: at,
    ...(since === undefined ? {} : { start_time: since, end_time: at }),
    ...(count === undefined ? {} : { count }),
  };
}
