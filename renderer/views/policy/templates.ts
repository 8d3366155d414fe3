import { fold } from "../../../shared/filter/match.ts";
import { quote } from "../../../shared/filter/print.ts";
import { ask } from "../../session/client.ts";
import { NO_RULE, type RuleDraft } from "../../session/policy-draft.ts";
import { counted, percent } from "../../text/format.ts";
import type { Known, KnownValue } from "./use-known.ts";

/** A rule begun from a template, and what of it came from the logs, in one sentence. */
export interface Begun {
  readonly rule: RuleDraft;
  readonly took: string;
}

interface Template {
  readonly name: string;
  /** What it is for. */
  readonly title: string;
  /** @throws Refusal where the logs cannot be asked */
  begin(known: Known): Promise<Begun>;
}

/** The day on which the platform of the disclosure closed the door; taken where the logs reach over it. */
const GROUPS_DAY = "2018-04-04";
const PERSONAL = ["name", "picture"] as const;
const MAX_OPERATIONS = 12;

/** Where rules begin: each is filled from what logs and registry hold, and names no day that they do not give. */
export const TEMPLATES: readonly Template[] = [
  { name: "members", title: "member names and pictures", begin: memberNames },
  { name: "permission", title: "a permission that ended", begin: endedPermission },
  { name: "token", title: "a leaked token", begin: leakedToken },
  { name: "purpose", title: "a purpose that expired", begin: expiredPurpose },
  {
    name: "empty",
    title: "an empty one",
    begin: () => Promise.resolve({ rule: { ...NO_RULE, title: "", id: "rule" }, took: "" }),
  },
];

async function memberNames(known: Known): Promise<Begun> {
  const api = known.apis.find(({ value }) => /group|circle|member/iu.test(value)) ?? known.apis[0];
  if (api === undefined)
    return { rule: { ...NO_RULE, title: "No member names or pictures" }, took: "The logs name no API." };
  const { count, facets } = await ask("query", {
    filter: `api:${quote(api.value)}`,
    facets: ["operation", "fields"],
  });
  const named = (rows: readonly { value?: string; count: number }[] = []): KnownValue[] =>
    rows.flatMap((row) => (row.value === undefined ? [] : [{ value: row.value, count: row.count }]));
  const all = named(facets?.operation);
  const about = all.filter(({ value }) => /member|user|people|profile/iu.test(value));
  // logs spell one operation in several ways, and a rule takes any of them
  const operations = [...new Map(about.map(({ value }) => [fold(value), value] as const).reverse()).values()]
    .reverse()
    .slice(0, MAX_OPERATIONS);
  const met = PERSONAL.filter((field) => known.fieldPaths.some((path) => path.toLowerCase() === field));
  const restricted =
    met.length === 0
      ? named(facets?.fields)
          .slice(0, 2)
          .map(({ value }) => value)
      : met;
  const having = named(facets?.fields).filter(({ value }) => restricted.some((field) => value.toLowerCase() === field));
  const share =
    having.length === 0
      ? ""
      : ` in up to ${percent(Math.max(...having.map((each) => each.count)), count)} of their calls`;
  const permission = known.permissions.find(({ value }) => /group|member/iu.test(value)) ?? known.permissions[0];
  const consent = known.consents.find(({ value }) => /opt|consent|group/iu.test(value));
  const isSpanned = known.lastCall !== undefined && known.lastCall > GROUPS_DAY;
  return {
    rule: {
      ...NO_RULE,
      title: `No member names or pictures through ${api.value}`,
      effective_from: isSpanned ? GROUPS_DAY : "",
      api: [api.value],
      operations,
      restricted_fields: restricted,
      permission: permission?.value ?? "",
      consent_permission: consent?.value ?? "",
    },
    took: `From the logs: ${api.value}, ${operations.length === 0 ? "all" : operations.length} of ${counted(all.length, "operation")}, ${restricted.length === 0 ? "no field" : restricted.join(" and ")}${share}.${isSpanned ? "" : " They end before 4 April 2018: name the day."}`,
  };
}

async function endedPermission(known: Known): Promise<Begun> {
  const { grants } = await ask("permissions", {});
  const permission = grants.find(({ ended }) => ended > 0) ?? grants[0];
  const title =
    permission === undefined
      ? "No use of a permission after its end"
      : `No use of ${permission.permission} after its end`;
  if (permission === undefined)
    return { rule: { ...NO_RULE, title }, took: "No grant is in the registry: name the permission and the day." };
  const api = known.apis.find(({ value }) =>
    permission.permission.toLowerCase().includes(value.toLowerCase().replace(/s$/u, "")),
  );
  return {
    rule: { ...NO_RULE, title, permission: permission.permission, api: api === undefined ? [] : [api.value] },
    took: `From the registry: ${permission.permission}, ${permission.ended} of ${counted(permission.count, "grant")} revoked${permission.last_end === undefined ? "" : `, the last on ${permission.last_end.slice(0, 10)}`}. Name the day on which it ended.`,
  };
}

function leakedToken(known: Known): Promise<Begun> {
  const [app] = known.apps;
  return Promise.resolve({
    rule: {
      ...NO_RULE,
      title: app === undefined ? "Calls with a leaked token" : `Calls with the leaked token of ${app.value}`,
      id: "leaked-token",
      filter: app === undefined ? "" : `app:${quote(app.value)}`,
    },
    took: `${app === undefined ? "The logs name no app" : `From the logs: ${app.value} made the most calls; name the app or actor whose token leaked`}, the day since when, and leave out its own addresses with -ip:.`,
  });
}

function expiredPurpose(known: Known): Promise<Begun> {
  const [consent] = known.consents;
  const [api] = known.apis;
  return Promise.resolve({
    rule: {
      ...NO_RULE,
      title:
        consent === undefined
          ? "No reading after its purpose expired"
          : `No reading without ${consent.value} after its purpose expired`,
      id: "expired-purpose",
      api: api === undefined ? [] : [api.value],
      consent_permission: consent?.value ?? "",
    },
    took: `${consent === undefined ? "No consent is in the registry" : `From the registry: ${consent.value}, ${counted(consent.count, "consent")}`}${api === undefined ? "" : `; from the logs: ${api.value}, the API called most`}. Name the day on which the purpose expired.`,
  });
}
