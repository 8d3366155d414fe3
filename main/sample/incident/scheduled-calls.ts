import { type App, type Developer, type Group, PEOPLE, WAVERING } from "./actors.ts";
import { AS_OF, at, CUTOFF, DAY, HOUR, OVERLAP, RECENT } from "./calendar.ts";
import {
  ALBUMS,
  FEED,
  type FieldSet,
  ID_NAME,
  MEMBERS,
  MEMBERS_SHOUTED,
  NAME_PICTURE,
  OPEN_FIELDS,
  POSTS,
  RESTRICTED_FIELDS,
  SEARCH,
  TOKEN,
  UNKNOWN_FIELDS,
} from "./call-kinds.ts";
import { type Cast, HANDOVER } from "./cast.ts";
import type { Plan } from "./planned-call.ts";

const appOf = (developer: Developer): App => developer.apps[0] as App;
const endOf = (app: App): number => Math.max(...app.grants.map((grant) => grant.until));

/** The calls that the incident needs whatever its size, in time order. */
export function schedule(cast: Cast): Plan[] {
  const plans: Plan[] = [];
  const { named } = cast;
  /** A call that gets two people's names and pictures, unless `more` says otherwise. */
  const call = (app: App | undefined, time: number | string, more: Partial<Plan> = {}): void => {
    const group = app?.groups[plans.length % 8] ?? -1;
    const base = (cast.groups[group] as Group | undefined)?.base ?? 0;
    plans.push({
      time: typeof time === "number" ? time : at(time),
      app,
      operation: MEMBERS,
      fields: NAME_PICTURE,
      status: 200,
      group,
      people: [base, base + 1],
      ...more,
    });
  };
  const denied = (app: App | undefined, time: number | string, more: Partial<Plan> = {}): void =>
    call(app, time, { status: 403, people: undefined, ...more });
  const open = (app: App, time: string | number, more: Partial<Plan> = {}): void =>
    call(app, time, { fields: OPEN_FIELDS[1], ...more });

  // The edges of the rule's span, of the recent window and of an ownership: half-open, to the microsecond.
  const last = appOf(named.lastInstant);
  call(last, CUTOFF - 1);
  call(last, CUTOFF);
  call(last, AS_OF - 1);
  call(last, AS_OF);
  call(last, AS_OF + HOUR, { people: [PEOPLE.unaffected] });
  call(appOf(named.revokedAsOf), AS_OF - 1_000_000);
  call(appOf(named.boundary), RECENT);
  call(appOf(named.justBefore), RECENT - 1000);
  call(cast.handedOver, HANDOVER - 1);
  call(cast.handedOver, HANDOVER);
  call(appOf(named.cutAtCutoff), CUTOFF - 1_000_000);

  // Every recent developer is.
  call(appOf(named.revokedLater), "2019-09-12T08:40:11.250Z");
  const recent = cast.obtaining.slice(4, 10);
  const days = ["2019-09-18", "2019-09-24", "2019-09-27", "2019-10-03", "2019-10-09", "2019-10-15"];
  recent.forEach((developer, i) => {
    call(appOf(developer), `${days[i]}T1${i}:2${i}:31.500Z`, { fields: RESTRICTED_FIELDS[i] as FieldSet });
  });
  call(appOf(named.halfRecent), "2019-09-20T07:00:00.001Z", { fields: UNKNOWN_FIELDS });
  call(appOf(named.halfRecent), "2019-10-11T07:00:00.001Z", { fields: UNKNOWN_FIELDS });

  // After the permission was gone: one at the very instant, one between two grants.
  call(appOf(named.again), endOf(appOf(named.again)));
  call(appOf(named.again), endOf(appOf(named.again)) + 9 * DAY);
  call(appOf(named.alsoAgain), endOf(appOf(named.alsoAgain)) + 30 * DAY);
  call(appOf(named.regranted), (appOf(named.regranted).grants[0]?.until as number) + 5 * DAY);
  call(appOf(named.recentAgain), "2019-11-03T10:15:00.125Z");

  // Consent, and the people whose story is told.
  const wavering = appOf(named.justBefore);
  call(wavering, "2018-04-20T09:00:00.000Z", { people: [PEOPLE.wavering] });
  call(wavering, WAVERING.given, { people: [PEOPLE.wavering, 20] });
  call(wavering, "2018-06-15T09:00:00.000Z", { people: [PEOPLE.wavering] });
  call(wavering, WAVERING.withdrawn - 1, { people: [PEOPLE.wavering] });
  call(wavering, WAVERING.withdrawn, { people: [PEOPLE.wavering] });
  for (let i = 0; i < 6; i++) {
    call(appOf(named.consented), at("2018-05-20T15:00:00Z") + i * 40 * DAY, {
      people: [PEOPLE.consenting, ...[10, 11, 12].slice(0, i % 4)],
    });
  }
  call(appOf(named.boundary), "2018-05-03T17:30:00.000Z", { people: [PEOPLE.frequent, 21] });
  call(last, "2018-08-09T06:30:00.000Z", { people: [PEOPLE.frequent], fields: ID_NAME });
  call(last, "2019-09-28T06:30:00.000Z", { people: [PEOPLE.frequent] });
  call(appOf(named.revokedAsOf), "2018-12-01T12:00:00.000Z", { people: [PEOPLE.frequent, 22] });
  call(last, "2018-03-10T12:00:00.000Z", { people: [PEOPLE.early] });
  call(appOf(named.halfRecent), "2018-10-10T12:00:00.000Z", { people: [PEOPLE.possibly], fields: UNKNOWN_FIELDS });
  call(appOf(named.exempt), "2018-07-20T12:00:00.000Z", { people: [PEOPLE.unaffected] });
  call(appOf(named.exempt), "2019-10-01T12:00:00.000Z");

  // Nobody returned: attempted. An empty list beside a count is taken as not logged.
  const lister = appOf(cast.obtaining[7] as Developer);
  const counter = appOf(cast.obtaining[6] as Developer);
  const front = appOf(cast.obtaining[5] as Developer);
  const desk = appOf(named.revokedAsOf);
  call(lister, "2018-11-05T10:00:00.000Z", { status: 304, people: undefined });
  call(lister, "2018-11-05T10:00:01.000Z", { status: 204, people: undefined });
  call(front, "2018-11-06T10:00:00.000Z", { status: 302 });
  call(front, "2018-11-06T10:00:05.000Z", { status: 304, operation: SEARCH });
  call(counter, "2018-11-07T10:00:00.000Z", { people: [], count: 0 });
  call(counter, "2018-11-07T10:00:09.000Z", { people: [], count: 12 });
  call(counter, "2018-11-07T10:01:00.000Z", { people: undefined, count: 0, fields: UNKNOWN_FIELDS });
  call(desk, "2018-11-08T10:00:00.000Z", { people: [] });

  // How it ended is not known, or the gateway knows better than the status.
  call(appOf(named.boundary), "2018-06-20T10:00:00.000Z", { status: 0 });
  call(appOf(named.boundary), "2018-06-20T10:00:02.000Z", { status: 0, people: undefined });
  call(counter, "2018-06-21T10:00:00.000Z", { status: 0, people: undefined });
  call(counter, "2018-06-21T10:00:03.000Z", { verdict: "denied" });
  call(appOf(named.alsoAgain), "2018-06-28T10:00:00.000Z", { people: undefined });
  for (const [i, status] of [500, 502, 404, 429, 400].entries()) {
    call(appOf(cast.obtaining[i] as Developer), at("2018-05-07T11:00:00Z") + i * DAY, { status, people: undefined });
  }

  // Scope: in any case and with the wildcard; names outside of it are no matter of the rule.
  call(lister, "2018-05-21T13:00:00.000Z", { operation: MEMBERS_SHOUTED });
  call(lister, "2018-05-21T13:00:04.000Z", { operation: SEARCH });
  call(lister, "2018-05-21T13:00:08.000Z", { operation: ALBUMS });
  call(counter, "2018-05-22T13:00:00.000Z", { operation: FEED, fields: RESTRICTED_FIELDS[3] });

  // Apps that nobody registered, calls without an app.
  call(cast.namedOtherwise, "2018-05-10T14:00:00.000Z");
  call(cast.namedOtherwise, "2018-05-12T14:00:00.000Z");
  call(cast.namedById, "2018-05-11T14:00:00.000Z", { people: undefined, count: 7 });
  for (let i = 0; i < 3; i++) {
    denied(undefined, at("2018-07-02T03:00:00Z") + i * 11_000_000, {
      home: 3,
      status: 401,
      owner: cast.unknown,
      group: i,
    });
  }
  const namedAlone = cast.attempting[0] as Developer;
  denied(undefined, "2018-07-03T03:00:00.000Z", {
    status: 401,
    owner: namedAlone,
    logDeveloper: namedAlone.name,
    group: 3,
  });
  cast.attempting.forEach((developer, i) => {
    denied(appOf(developer), at("2018-04-20T08:00:00Z") + i * 11 * DAY, {
      fields: i % 2 === 0 ? UNKNOWN_FIELDS : ID_NAME,
    });
  });
  for (const developer of [named.cutAtCutoff, named.cutBefore, named.otherPermission]) {
    denied(appOf(developer), CUTOFF + HOUR + developer.index * 1_000_000);
  }
  denied(appOf(named.grantedTooLate), "2019-11-02T16:00:00.000Z");
  open(appOf(named.neverAsked), "2018-04-30T16:00:00.000Z");

  // The same record twice in one file, by its request id; twins without one, and a request id that tells two calls.
  call(lister, "2018-09-09T09:09:09.000Z", { copies: 2 });
  open(lister, "2018-09-10T09:09:09.000Z", { copies: 3 });
  call(counter, "2018-09-11T09:09:09.000Z", { copies: 2 });
  const twin = {
    operation: TOKEN,
    fields: UNKNOWN_FIELDS,
    group: -1,
    people: undefined,
    agent: "probe/1.0",
    ip: "10.99.1.1",
    bytes: 512,
  };
  call(front, "2018-09-12T09:09:09.000Z", twin);
  call(front, "2018-09-12T09:09:09.000Z", twin);
  call(lister, "2018-09-13T09:09:09.000Z", { requestId: "00c0ffee00c0ffee", status: 503, people: undefined });
  call(lister, "2018-09-13T09:09:10.000Z", { requestId: "00c0ffee00c0ffee" });

  // The two files of the first gateway begin and end their common fortnight each on its own.
  const page = { operation: POSTS, fields: OPEN_FIELDS[3], group: -1, people: undefined };
  call(lister, OVERLAP.from, { ...page, only: "second" });
  call(lister, OVERLAP.to - 1000, { ...page, only: "first" });

  // An hour that the clock in Berlin shows twice: these are its first.
  open(desk, "2018-10-28T00:20:00.000Z");
  open(desk, "2018-10-28T00:50:00.000Z");
  open(desk, "2019-10-27T00:15:00.000Z");

  // Log text is hostile: markup, a formula, a terminal's escape, a line break within a cell.
  open(lister, "2018-10-01T05:00:00.000Z", { agent: "<img src=x onerror=alert(1)>" });
  open(counter, "2018-10-01T05:00:01.000Z", { agent: "\u001b[31mred\u001b[0m \u202egnp.exe" });
  open(desk, "2018-10-01T05:00:02.000Z", { agent: '=HYPERLINK("http://orbit.example";"x")' });
  open(lister, "2018-10-01T05:00:03.000Z", { agent: 'two\nlines, "quoted"' });
  open(desk, "2018-10-01T05:00:04.000Z", { agent: "zwei\r\nZeilen" });
  open(lister, "2018-10-01T05:00:05.000Z", { agent: "three\n\nlines" });

  return plans.sort((a, b) => a.time - b.time);
}
