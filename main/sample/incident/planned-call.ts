import type { App, Developer, Group, Home } from "./actors.ts";
import { berlinFold, SECOND } from "./calendar.ts";
import type { Call, FieldSet, Operation, Outcome } from "./call-kinds.ts";
import type { Random } from "./random.ts";

/** What happens; `realise` makes of it what the export it lands in has to say about it. */
export interface Plan {
  time: number;
  app: App | undefined;
  /** Whom it counts for, where there is no app. */
  owner?: Developer;
  logDeveloper?: string;
  home?: Home;
  operation: Operation;
  fields: FieldSet;
  /** 0: the log has none. */
  status: number;
  /** The gateway says so itself, whatever the status. */
  verdict?: "denied";
  /** Index of the group; -1: no resource. */
  group: number;
  /** Who was returned; undefined: nothing is logged. */
  people?: readonly number[] | undefined;
  /** How many were returned, where the export counts. */
  count?: number;
  agent?: string;
  requestId?: string;
  ip?: string;
  bytes?: number;
  /** How often the very record stands in its file. */
  copies?: number;
  /** In which file of the first gateway it stands, where both could have it. */
  only?: "first" | "second";
}

const HEX = Array.from({ length: 65_536 }, (_, i) => i.toString(16).padStart(4, "0"));
const hex8 = (word: number): string => (HEX[word >>> 16] as string) + (HEX[word & 0xffff] as string);

const outcomeOf = (status: number): Outcome =>
  status === 0 ? "unknown" : status < 400 ? "allowed" : status === 401 || status === 403 ? "denied" : "failed";

/** Letters that windows-1252 has and the sample uses; any other name is left out of that export. */
const ENCODABLE = /^[\x20-\x7e\xa0-\xff€—]*$/u;
const encodable = new Map<string, string>();
function asWindows1252(name: string): string {
  let known = encodable.get(name);
  if (known === undefined) {
    known = ENCODABLE.test(name) ? name : "";
    encodable.set(name, known);
  }
  return known;
}

/** Fills `call` with what the plan's export carries of it. */
export function realise(call: Call, plan: Plan, groups: readonly Group[], random: Random): void {
  const { app, operation } = plan;
  let home = plan.home ?? app?.home ?? 1;
  // An hour that the clock shows twice is told the first time only: the fourth export's clock has no zone.
  if (home === 4 && berlinFold(plan.time) === "second") home = 1;
  const low = random.next();
  const high = random.next();
  call.home = home;
  call.time = home === 1 ? plan.time : home === 2 ? plan.time - (plan.time % 1000) : plan.time - (plan.time % SECOND);
  call.app = app;
  call.operation = operation;
  call.status = plan.status;
  call.verdict = plan.verdict !== undefined;
  call.outcome = plan.verdict ?? outcomeOf(plan.status);
  call.group = plan.group;
  call.fields = plan.fields;
  call.bytes = plan.bytes ?? (plan.status === 204 || plan.status === 304 ? 0 : 180 + (low % 20_000));
  call.ip = plan.ip ?? `${app === undefined ? "192.0.2." : app.net}${1 + (high & 127)}`;
  // One call in 64 comes from the client that tries again.
  call.agent =
    plan.agent ??
    (app === undefined ? "curl/7.58.0" : (app.agents[high >>> 26 === 0 ? 3 : (high >>> 8) % 3] as string));
  const version = call.time < 1_546_300_800_000_000 ? "/v2.12" : "/v3.2";
  const object = plan.group >= 0 ? (groups[plan.group] as Group).id : String(5_000_000 + (low >>> 12));
  call.path = version + operation.route.replace("#", object);
  const logDeveloper = plan.logDeveloper ?? app?.logName ?? "";
  call.people = undefined;
  call.count = -1;
  call.duration = -1;
  call.requestId = "";
  call.actor = "";
  call.logDeveloper = "";
  if (home === 3) return;
  call.actor = `u-${high % 5003}`;
  if (home === 4) {
    call.logDeveloper = asWindows1252(logDeveloper);
    // Long answers are only counted.
    if (plan.people !== undefined) {
      call.count = plan.people.length;
      if (plan.people.length > 0 && plan.people.length <= 12) call.people = plan.people;
    } else if (plan.count !== undefined) call.count = plan.count;
    return;
  }
  call.logDeveloper = logDeveloper;
  call.duration = 2 + ((low >>> 8) % 900);
  call.requestId = plan.requestId ?? hex8(low) + hex8(high);
  if (home === 1) {
    // A cell cannot hold an empty list: it would be absent.
    if (plan.people !== undefined && plan.people.length > 0) call.people = plan.people;
    return;
  }
  if (plan.count !== undefined) call.count = plan.count;
  else if (plan.people !== undefined) call.count = plan.people.length;
  if (plan.people?.length === 0) call.people = plan.people;
}
