import { instantOf } from "../../../shared/base/time.ts";
import type { Caller, EventRecord, Outcome } from "../../../shared/model/event.ts";
import { VERSION } from "../../platform/version.ts";

/** The release of the Open Cybersecurity Schema Framework that these records follow (schema.ocsf.io, API Activity). */
const OCSF_VERSION = "1.3.0";
const CATEGORY = 6;
const CLASS = 6003;
const INFORMATIONAL = 1;

/** `activity_id`: create, read, update, delete; 99 other, 0 unknown. By method alone: what an operation does is not known. */
const ACTIVITIES: Readonly<Record<string, number>> = {
  GET: 2,
  HEAD: 2,
  OPTIONS: 2,
  POST: 1,
  PUT: 3,
  PATCH: 3,
  DELETE: 4,
};
const OTHER = 99;

/** `status_id`: success, failure, unknown. A denial is a failure; `status_detail` says which. */
const STATUSES: Readonly<Record<Outcome, number>> = { allowed: 1, denied: 2, failed: 2, unknown: 0 };
/** `actor.user.type_id`: user, system, service account. */
const USERS: Readonly<Record<Caller, number>> = { user: 1, service: 3, app: 4 };

/** An object without what is absent; itself absent where nothing is left. */
function present(fields: Readonly<Record<string, unknown>>): Record<string, unknown> | undefined {
  const left = Object.entries(fields).filter(([, value]) => value !== undefined);
  return left.length === 0 ? undefined : Object.fromEntries(left);
}

/**
 * An event as a record of OCSF's class 6003, API Activity, one line of JSON. What that class has no place for stands under
 * `unmapped`, as OCSF wants it. Its `time` is in milliseconds, so that the event's own stands in `metadata.original_time`.
 */
export function ocsfLine(event: Partial<EventRecord>): string {
  const { method, outcome, caller, time } = event;
  const activity = method === undefined ? 0 : (ACTIVITIES[method.toUpperCase()] ?? OTHER);
  const user = present({ uid: event.actor, type_id: caller && USERS[caller] });
  return `${JSON.stringify(
    present({
      class_uid: CLASS,
      category_uid: CATEGORY,
      activity_id: activity,
      type_uid: CLASS * 100 + activity,
      severity_id: INFORMATIONAL,
      time: time === undefined ? undefined : Math.floor(instantOf(time) / 1000),
      status_id: outcome && STATUSES[outcome],
      status_detail: outcome,
      duration: event.duration_ms,
      actor: present({ app_uid: event.app, app_name: event.developer, user }),
      api: present({
        service: present({ name: event.api }),
        operation: event.operation,
      }),
      resources: event.resource === undefined ? undefined : [{ uid: event.resource }],
      src_endpoint: present({ ip: event.ip }),
      http_request: present({
        http_method: method,
        url: present({ path: event.path }),
        user_agent: event.user_agent,
        uid: event.request_id,
      }),
      http_response: present({ code: event.status, length: event.bytes }),
      metadata: present({
        version: OCSF_VERSION,
        product: { name: "Exhibit", version: VERSION, vendor_name: "Exhibit" },
        original_time: time,
      }),
      unmapped: present({
        fields: event.fields,
        fields_are: event.fields_are,
        subjects: event.subjects,
        subject_count: event.subject_count,
        duplicate: event.duplicate,
        source: event.source,
        line: event.line,
        offset: event.offset,
        length: event.length,
        part: event.part,
        tags: event.tags,
        notes: event.notes,
      }),
    }),
  )}\n`;
}
