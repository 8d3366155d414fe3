import type { MappedField } from "../../../shared/model/event.ts";

/** Column names that need no mapping, best first (FORMATS, "Columns that need no mapping"). */
export const SYNONYMS: Readonly<Record<MappedField, readonly string[]>> = {
  time: ["timestamp", "ts", "@timestamp", "time", "datetime", "date", "eventtime", "event_time", "created_at"],
  app: ["app", "app_id", "application", "application_id", "client_id"],
  developer: ["developer", "developer_name", "owner", "partner"],
  api: ["api", "api_name", "service"],
  operation: ["operation", "endpoint", "route", "event_name", "eventname"],
  method: ["method", "http_method", "verb"],
  path: ["path", "url", "uri", "request_path"],
  status: ["status", "status_code", "http_status", "response_code", "code"],
  outcome: ["outcome"],
  actor: ["actor", "user", "user_id", "account_id"],
  caller: ["caller"],
  resource: ["resource", "resource_id", "group_id", "object_id"],
  fields: ["fields", "scopes", "data_fields"],
  subjects: ["subjects", "subject_ids", "member_ids"],
  subject_count: ["subject_count"],
  ip: ["ip", "ip_address", "client_ip", "remote_addr", "source_ip"],
  user_agent: ["user_agent", "useragent"],
  request_id: ["request_id", "requestid", "trace_id"],
  bytes: ["bytes", "size", "response_bytes"],
  duration_ms: ["duration_ms", "latency_ms", "duration"],
};

/** Columns as the Elastic Common Schema names them, in tables that were exported from it (elastic.co/guide/en/ecs, "Field reference"). */
const ECS: Partial<Record<MappedField, readonly string[]>> = {
  operation: ["event.action"],
  method: ["http.request.method"],
  path: ["url.path", "url.original", "url.full"],
  status: ["http.response.status_code"],
  outcome: ["event.outcome"],
  actor: ["user.id", "user.name", "user.email"],
  ip: ["source.ip", "client.ip", "source.address"],
  user_agent: ["user_agent.original"],
  request_id: ["http.request.id", "trace.id"],
  bytes: ["http.response.body.bytes", "http.response.bytes"],
};

/** Any case; `_`, `-` and space alike. */
export const nameKey = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/gu, "_");

const BY_NAME = new Map<string, { field: MappedField; rank: number }>();
for (const field of Object.keys(SYNONYMS) as MappedField[]) {
  for (const [rank, name] of [...SYNONYMS[field], ...(ECS[field] ?? [])].entries())
    BY_NAME.set(nameKey(name), { field, rank });
}

/** `Timestamp [UTC]`, `Time (Europe/Berlin)`, `Date (GMT+2)`. */
const ZONE_BEHIND =
  /^(.+?)\s*[[(]\s*(?:(?:UTC|GMT)[^\])]*|[A-Z]{2,4}|[A-Z][a-z]+\/[\w/+-]+|[+-]\d\d:?\d\d)\s*[\])]\s*$/u;

/** The event field a column of this name fills, and how good the name is (0 is best). */
export function fieldNamed(name: string): { field: MappedField; rank: number } | undefined {
  const known = BY_NAME.get(nameKey(name));
  if (known) return known;
  const bare = ZONE_BEHIND.exec(name)?.[1];
  const found = bare === undefined ? undefined : BY_NAME.get(nameKey(bare));
  return found?.field === "time" ? found : undefined;
}
