import type { EventRecord } from "../../shared/model/event.ts";

/** A filter and the same question as plain JavaScript. `line` is the event's original line, decoded. */
export interface Count {
  filter: string;
  keep: (event: EventRecord, line: string) => boolean;
}

const same = (one: string | undefined, other: string): boolean => one?.toLowerCase() === other.toLowerCase();
const holds = (text: string | undefined, part: string): boolean => text?.toLowerCase().includes(part) ?? false;
const begins = (text: string | undefined, part: string): boolean => text?.toLowerCase().startsWith(part) ?? false;
const ends = (text: string | undefined, part: string): boolean => text?.toLowerCase().endsWith(part) ?? false;

/** Milliseconds; for comparing at whole seconds and coarser. */
const ms = (event: EventRecord): number => Date.parse(event.time);
const since = (event: EventRecord, day: string): boolean => ms(event) >= Date.parse(`${day}T00:00:00Z`);
const until = (event: EventRecord, day: string): boolean => ms(event) < Date.parse(`${day}T00:00:00Z`);

/** The words in a list of fields, brackets or not: `from{name,picture}` has from, name and picture. */
const words = (event: EventRecord): string[] =>
  (event.fields ?? []).flatMap((field) => field.toLowerCase().split(/[{},.]/)).filter((word) => word !== "");

const octets = (ip: string | undefined): number[] =>
  /^\d+\.\d+\.\d+\.\d+$/.test(ip ?? "") ? (ip as string).split(".").map(Number) : [];

/** The commonest value, so that a filter on it finds something in any sample; on a tie the first in the alphabet. */
function commonest(events: EventRecord[], value: (event: EventRecord) => string | undefined, none = "nobody"): string {
  const counts = new Map<string, number>();
  for (const event of events) {
    const one = value(event);
    if (one !== undefined) counts.set(one, (counts.get(one) ?? 0) + 1);
  }
  const [first] = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return first?.[0] ?? none;
}

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, "\\$&")}"`;

/**
 * Filters of every kind, each beside a predicate written without a filter parser. For events as `query --format jsonl`
 * gives them (`developer` from the registry), with a policy whose cutoff is 2018-04-04 and `as_of` 2019-11-05, both at
 * midnight UTC. Duplicates are left out before `keep` is asked, but for filters that name `duplicate`.
 */
export function filterCounts(events: EventRecord[]): Count[] {
  const developer = commonest(events, (event) => event.developer);
  const app = commonest(events, (event) => event.app);
  const network = commonest(events, (event) => octets(event.ip).slice(0, 2).join(".") || undefined, "198.51");
  const person = commonest(events, (event) => event.subjects?.[0]);
  const other = commonest(events, (event) => (event.developer === developer ? undefined : event.developer));
  const within = (event: EventRecord, prefix: string) => octets(event.ip).slice(0, 2).join(".") === prefix;
  return [
    { filter: "", keep: () => true },
    { filter: "api:groups", keep: (event) => same(event.api, "groups") },
    { filter: "API:GROUPS outcome:Allowed", keep: (event) => same(event.api, "groups") && event.outcome === "allowed" },
    {
      filter: "api:groups and outcome:denied or api:pages",
      keep: (event) => (same(event.api, "groups") && event.outcome === "denied") || same(event.api, "pages"),
    },
    {
      filter: "api:groups (outcome:denied or api:pages)",
      keep: (event) => same(event.api, "groups") && (event.outcome === "denied" || same(event.api, "pages")),
    },
    {
      filter: "not api:groups outcome:allowed",
      keep: (event) => !same(event.api, "groups") && event.outcome === "allowed",
    },
    {
      filter: "-api:(groups or pages) -outcome:denied",
      keep: (event) => !same(event.api, "groups") && !same(event.api, "pages") && event.outcome !== "denied",
    },
    {
      filter: "not (api:groups or outcome:failed)",
      keep: (event) => !(same(event.api, "groups") || event.outcome === "failed"),
    },
    { filter: `developer:${quoted(developer.toLowerCase())}`, keep: (event) => same(event.developer, developer) },
    {
      filter: `developer:(${quoted(developer)} or ${quoted(other)}) status:200..299`,
      keep: (event) =>
        (same(event.developer, developer) || same(event.developer, other)) &&
        Math.floor((event.status ?? 0) / 100) === 2,
    },
    {
      filter: `app:${quoted(app)} -fields:*`,
      keep: (event) => same(event.app, app) && (event.fields?.length ?? 0) === 0,
    },
    {
      filter: "operation:GET*members",
      keep: (event) => begins(event.operation, "get") && ends(event.operation, "members"),
    },
    { filter: 'operation:"GET*members"', keep: (event) => same(event.operation, "get*members") },
    {
      filter: "operation:*group* method:(GET or POST)",
      keep: (event) => holds(event.operation, "group") && (same(event.method, "get") || same(event.method, "post")),
    },
    {
      filter: "fields:(name or picture)",
      keep: (event) => words(event).some((word) => word === "name" || word === "picture"),
    },
    {
      filter: "fields:(name and picture)",
      keep: (event) => words(event).includes("name") && words(event).includes("picture"),
    },
    { filter: "fields:* not fields:name", keep: (event) => words(event).length > 0 && !words(event).includes("name") },
    { filter: "caller:service", keep: (event) => event.caller === "service" },
    {
      filter: "-caller:(service or app) outcome:allowed",
      keep: (event) => event.caller !== "service" && event.caller !== "app" && event.outcome === "allowed",
    },
    { filter: "fields_are:requested", keep: (event) => event.fields_are === "requested" },
    { filter: `subjects:${quoted(person)}`, keep: (event) => event.subjects?.some((id) => same(id, person)) ?? false },
    {
      filter: "-subjects:* subject_count:*",
      keep: (event) => event.subjects === undefined && event.subject_count !== undefined,
    },
    {
      filter: "subject_count>=10 subject_count<40",
      keep: (event) => event.subject_count !== undefined && event.subject_count >= 10 && event.subject_count < 40,
    },
    { filter: "status:4xx", keep: (event) => event.status !== undefined && event.status >= 400 && event.status <= 499 },
    {
      filter: "not status:2xx",
      keep: (event) => !(event.status !== undefined && event.status >= 200 && event.status <= 299),
    },
    {
      filter: "status:..299 or status>403",
      keep: (event) => event.status !== undefined && (event.status <= 299 || event.status > 403),
    },
    { filter: "time:2018-04", keep: (event) => event.time.startsWith("2018-04") },
    { filter: "time<=2018-04", keep: (event) => until(event, "2018-05-01") },
    {
      filter: "time>2018-04 time<2018-12-24",
      keep: (event) => since(event, "2018-05-01") && until(event, "2018-12-24"),
    },
    { filter: "time:2018-06-15..2019-02", keep: (event) => since(event, "2018-06-15") && until(event, "2019-03-01") },
    { filter: "time:2019", keep: (event) => event.time.startsWith("2019-") },
    {
      filter: "time>=2018-04-04T12:30 time<2018-04-20T02:00:00+02:00",
      keep: (event) => ms(event) >= Date.parse("2018-04-04T12:30:00Z") && until(event, "2018-04-20"),
    },
    { filter: "time<cutoff", keep: (event) => until(event, "2018-04-04") },
    { filter: "time>=cutoff time<asof", keep: (event) => since(event, "2018-04-04") && until(event, "2019-11-05") },
    {
      filter: "time:last60d api:groups",
      keep: (event) => since(event, "2019-09-06") && until(event, "2019-11-05") && same(event.api, "groups"),
    },
    { filter: `ip:${network}.0.0/16`, keep: (event) => within(event, network) },
    {
      filter: `ip:* -ip:${network}.0.0/17`,
      keep: (event) => event.ip !== undefined && !(within(event, network) && (octets(event.ip)[2] as number) < 128),
    },
    { filter: "-resource:*", keep: (event) => event.resource === undefined },
    {
      filter: "request_id:*7* bytes>500",
      keep: (event) => holds(event.request_id, "7") && event.bytes !== undefined && event.bytes > 500,
    },
    { filter: "duplicate:yes", keep: (event) => event.duplicate === true },
    { filter: "duplicate:(yes or no) source:2", keep: (event) => event.source === 2 },
    { filter: "line:2..40", keep: (event) => event.line >= 2 && event.line <= 40 },
    { filter: 'members "200"', keep: (_, line) => holds(line, "members") && line.includes("200") },
    {
      filter: 'NAME -"picture" api:groups',
      keep: (event, line) => holds(line, "name") && !holds(line, "picture") && same(event.api, "groups"),
    },
    { filter: '"or" or "not"', keep: (_, line) => holds(line, "or") || holds(line, "not") },
  ];
}
