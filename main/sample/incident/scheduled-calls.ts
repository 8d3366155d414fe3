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
export function scheduledCalls(cast: Cast): Plan[] {
  const schedule = new Schedule(cast);
  edgeCalls(schedule);
  recentCalls(schedule);
  callsAfterTheEnd(schedule);
  consentedCalls(schedule);
  emptyCalls(schedule);
  unclearCalls(schedule);
  scopeCalls(schedule);
  unregisteredCalls(schedule);
  repeatedCalls(schedule);
  overlapCalls(schedule);
  repeatedHourCalls(schedule);
  hostileCalls(schedule);
  return schedule.plans.sort((a, b) => a.time - b.time);
}

/** The calls planned so far, and who makes the ones that any developer could make. */
class Schedule {
  readonly plans: Plan[] = [];
  readonly cast: Cast;
  readonly named: Cast["named"];
  readonly last: App;
  readonly lister: App;
  readonly counter: App;
  readonly front: App;
  readonly desk: App;

  constructor(cast: Cast) {
    this.cast = cast;
    this.named = cast.named;
    this.last = appOf(cast.named.lastInstant);
    this.lister = appOf(cast.obtaining[7] as Developer);
    this.counter = appOf(cast.obtaining[6] as Developer);
    this.front = appOf(cast.obtaining[5] as Developer);
    this.desk = appOf(cast.named.revokedAsOf);
  }

  /** A call that gets two people's names and pictures, unless `more` says otherwise. */
  call(app: App | undefined, time: number | string, more: Partial<Plan> = {}): void {
    const group = app?.groups[this.plans.length % 8] ?? -1;
    const base = (this.cast.groups[group] as Group | undefined)?.base ?? 0;
    this.plans.push({
      time: typeof time === "number" ? time : at(time),
      app,
      operation: MEMBERS,
      fields: NAME_PICTURE,
      status: 200,
      group,
      people: [base, base + 1],
      ...more,
    });
  }

  denied(app: App | undefined, time: number | string, more: Partial<Plan> = {}): void {
    this.call(app, time, { status: 403, people: undefined, ...more });
  }

  open(app: App, time: string | number, more: Partial<Plan> = {}): void {
    this.call(app, time, { fields: OPEN_FIELDS[1], ...more });
  }
}

/** The edges of the rule's span, of the recent window and of an ownership: half-open, to the microsecond. */
function edgeCalls(schedule: Schedule): void {
  const { cast, named, last } = schedule;
  schedule.call(last, CUTOFF - 1);
  schedule.call(last, CUTOFF);
  schedule.call(last, AS_OF - 1);
  schedule.call(last, AS_OF);
  schedule.call(last, AS_OF + HOUR, { people: [PEOPLE.unaffected] });
  schedule.call(appOf(named.revokedAsOf), AS_OF - 1_000_000);
  schedule.call(appOf(named.boundary), RECENT);
  schedule.call(appOf(named.justBefore), RECENT - 1000);
  schedule.call(cast.handedOver, HANDOVER - 1);
  schedule.call(cast.handedOver, HANDOVER);
  schedule.call(appOf(named.cutAtCutoff), CUTOFF - 1_000_000);
}

/** Every recent developer has a recent call. */
function recentCalls(schedule: Schedule): void {
  const { cast, named } = schedule;
  schedule.call(appOf(named.revokedLater), "2019-09-12T08:40:11.250Z");
  const recent = cast.obtaining.slice(4, 10);
  const days = ["2019-09-18", "2019-09-24", "2019-09-27", "2019-10-03", "2019-10-09", "2019-10-15"];
  recent.forEach((developer, i) => {
    schedule.call(appOf(developer), `${days[i]}T1${i}:2${i}:31.500Z`, { fields: RESTRICTED_FIELDS[i] as FieldSet });
  });
  schedule.call(appOf(named.halfRecent), "2019-09-20T07:00:00.001Z", { fields: UNKNOWN_FIELDS });
  schedule.call(appOf(named.halfRecent), "2019-10-11T07:00:00.001Z", { fields: UNKNOWN_FIELDS });
}

/** After the permission was gone: one at the very instant, one between two grants. */
function callsAfterTheEnd(schedule: Schedule): void {
  const { named } = schedule;
  schedule.call(appOf(named.again), endOf(appOf(named.again)));
  schedule.call(appOf(named.again), endOf(appOf(named.again)) + 9 * DAY);
  schedule.call(appOf(named.alsoAgain), endOf(appOf(named.alsoAgain)) + 30 * DAY);
  schedule.call(appOf(named.regranted), (appOf(named.regranted).grants[0]?.until as number) + 5 * DAY);
  schedule.call(appOf(named.recentAgain), "2019-11-03T10:15:00.125Z");
}

/** Consent, and calls about the people whose story is told. */
function consentedCalls(schedule: Schedule): void {
  const { named, last } = schedule;
  const wavering = appOf(named.justBefore);
  schedule.call(wavering, "2018-04-20T09:00:00.000Z", { people: [PEOPLE.wavering] });
  schedule.call(wavering, WAVERING.given, { people: [PEOPLE.wavering, 20] });
  schedule.call(wavering, "2018-06-15T09:00:00.000Z", { people: [PEOPLE.wavering] });
  schedule.call(wavering, WAVERING.withdrawn - 1, { people: [PEOPLE.wavering] });
  schedule.call(wavering, WAVERING.withdrawn, { people: [PEOPLE.wavering] });
  for (let i = 0; i < 6; i++) {
    schedule.call(appOf(named.consented), at("2018-05-20T15:00:00Z") + i * 40 * DAY, {
      people: [PEOPLE.consenting, ...[10, 11, 12].slice(0, i % 4)],
    });
  }
  schedule.call(appOf(named.boundary), "2018-05-03T17:30:00.000Z", { people: [PEOPLE.frequent, 21] });
  schedule.call(last, "2018-08-09T06:30:00.000Z", { people: [PEOPLE.frequent], fields: ID_NAME });
  schedule.call(last, "2019-09-28T06:30:00.000Z", { people: [PEOPLE.frequent] });
  schedule.call(appOf(named.revokedAsOf), "2018-12-01T12:00:00.000Z", { people: [PEOPLE.frequent, 22] });
  schedule.call(last, "2018-03-10T12:00:00.000Z", { people: [PEOPLE.early] });
  schedule.call(appOf(named.halfRecent), "2018-10-10T12:00:00.000Z", {
    people: [PEOPLE.possibly],
    fields: UNKNOWN_FIELDS,
  });
  schedule.call(appOf(named.exempt), "2018-07-20T12:00:00.000Z", { people: [PEOPLE.unaffected] });
  schedule.call(appOf(named.exempt), "2019-10-01T12:00:00.000Z");
}

/** Nobody returned: attempted. An empty list with a count means that people are not logged. */
function emptyCalls(schedule: Schedule): void {
  const { lister, counter, front, desk } = schedule;
  schedule.call(lister, "2018-11-05T10:00:00.000Z", { status: 304, people: undefined });
  schedule.call(lister, "2018-11-05T10:00:01.000Z", { status: 204, people: undefined });
  schedule.call(front, "2018-11-06T10:00:00.000Z", { status: 302 });
  schedule.call(front, "2018-11-06T10:00:05.000Z", { status: 304, operation: SEARCH });
  schedule.call(counter, "2018-11-07T10:00:00.000Z", { people: [], count: 0 });
  schedule.call(counter, "2018-11-07T10:00:09.000Z", { people: [], count: 12 });
  schedule.call(counter, "2018-11-07T10:01:00.000Z", { people: undefined, count: 0, fields: UNKNOWN_FIELDS });
  schedule.call(desk, "2018-11-08T10:00:00.000Z", { people: [] });
}

/** How it ended is not known, or the gateway knows better than the status. */
function unclearCalls(schedule: Schedule): void {
  const { cast, named, counter } = schedule;
  schedule.call(appOf(named.boundary), "2018-06-20T10:00:00.000Z", { status: 0 });
  schedule.call(appOf(named.boundary), "2018-06-20T10:00:02.000Z", { status: 0, people: undefined });
  schedule.call(counter, "2018-06-21T10:00:00.000Z", { status: 0, people: undefined });
  schedule.call(counter, "2018-06-21T10:00:03.000Z", { verdict: "denied" });
  schedule.call(appOf(named.alsoAgain), "2018-06-28T10:00:00.000Z", { people: undefined });
  for (const [i, status] of [500, 502, 404, 429, 400].entries()) {
    schedule.call(appOf(cast.obtaining[i] as Developer), at("2018-05-07T11:00:00Z") + i * DAY, {
      status,
      people: undefined,
    });
  }
}

/** Scope: in upper and lower case, and with the wildcard. The rule does not apply to other names. */
function scopeCalls(schedule: Schedule): void {
  const { lister, counter } = schedule;
  schedule.call(lister, "2018-05-21T13:00:00.000Z", { operation: MEMBERS_SHOUTED });
  schedule.call(lister, "2018-05-21T13:00:04.000Z", { operation: SEARCH });
  schedule.call(lister, "2018-05-21T13:00:08.000Z", { operation: ALBUMS });
  schedule.call(counter, "2018-05-22T13:00:00.000Z", { operation: FEED, fields: RESTRICTED_FIELDS[3] });
}

/** Apps that nobody registered, calls without an app. */
function unregisteredCalls(schedule: Schedule): void {
  const { cast, named } = schedule;
  schedule.call(cast.namedOtherwise, "2018-05-10T14:00:00.000Z");
  schedule.call(cast.namedOtherwise, "2018-05-12T14:00:00.000Z");
  schedule.call(cast.namedById, "2018-05-11T14:00:00.000Z", { people: undefined, count: 7 });
  for (let i = 0; i < 3; i++) {
    schedule.denied(undefined, at("2018-07-02T03:00:00Z") + i * 11_000_000, {
      home: 3,
      status: 401,
      owner: cast.unknown,
      group: i,
    });
  }
  const namedAlone = cast.attempting[0] as Developer;
  schedule.denied(undefined, "2018-07-03T03:00:00.000Z", {
    status: 401,
    owner: namedAlone,
    logDeveloper: namedAlone.name,
    group: 3,
  });
  cast.attempting.forEach((developer, i) => {
    schedule.denied(appOf(developer), at("2018-04-20T08:00:00Z") + i * 11 * DAY, {
      fields: i % 2 === 0 ? UNKNOWN_FIELDS : ID_NAME,
    });
  });
  for (const developer of [named.cutAtCutoff, named.cutBefore, named.otherPermission]) {
    schedule.denied(appOf(developer), CUTOFF + HOUR + developer.index * 1_000_000);
  }
  schedule.denied(appOf(named.grantedTooLate), "2019-11-02T16:00:00.000Z");
  schedule.open(appOf(named.neverAsked), "2018-04-30T16:00:00.000Z");
}

/** The same record twice in one file, by its request id; twins without one, and a request id that tells two calls. */
function repeatedCalls(schedule: Schedule): void {
  const { lister, counter, front } = schedule;
  schedule.call(lister, "2018-09-09T09:09:09.000Z", { copies: 2 });
  schedule.open(lister, "2018-09-10T09:09:09.000Z", { copies: 3 });
  schedule.call(counter, "2018-09-11T09:09:09.000Z", { copies: 2 });
  const twin = {
    operation: TOKEN,
    fields: UNKNOWN_FIELDS,
    group: -1,
    people: undefined,
    agent: "probe/1.0",
    ip: "10.99.1.1",
    bytes: 512,
  };
  schedule.call(front, "2018-09-12T09:09:09.000Z", twin);
  schedule.call(front, "2018-09-12T09:09:09.000Z", twin);
  schedule.call(lister, "2018-09-13T09:09:09.000Z", { requestId: "00c0ffee00c0ffee", status: 503, people: undefined });
  schedule.call(lister, "2018-09-13T09:09:10.000Z", { requestId: "00c0ffee00c0ffee" });
}

/** The two files of the first gateway begin and end their common fortnight each on its own. */
function overlapCalls(schedule: Schedule): void {
  const { lister } = schedule;
  const page = { operation: POSTS, fields: OPEN_FIELDS[3], group: -1, people: undefined };
  schedule.call(lister, OVERLAP.from, { ...page, only: "second" });
  schedule.call(lister, OVERLAP.to - 1000, { ...page, only: "first" });
}

/** An hour that the clock in Berlin shows twice: these are its first. */
function repeatedHourCalls(schedule: Schedule): void {
  const { desk } = schedule;
  schedule.open(desk, "2018-10-28T00:20:00.000Z");
  schedule.open(desk, "2018-10-28T00:50:00.000Z");
  schedule.open(desk, "2019-10-27T00:15:00.000Z");
}

/** Log text is hostile: markup, a formula, a terminal's escape, a line break within a cell. */
function hostileCalls(schedule: Schedule): void {
  const { lister, counter, desk } = schedule;
  schedule.open(lister, "2018-10-01T05:00:00.000Z", { agent: "<img src=x onerror=alert(1)>" });
  schedule.open(counter, "2018-10-01T05:00:01.000Z", { agent: "\u001b[31mred\u001b[0m \u202egnp.exe" });
  schedule.open(desk, "2018-10-01T05:00:02.000Z", { agent: '=HYPERLINK("http://orbit.example";"x")' });
  schedule.open(lister, "2018-10-01T05:00:03.000Z", { agent: 'two\nlines, "quoted"' });
  schedule.open(desk, "2018-10-01T05:00:04.000Z", { agent: "zwei\r\nZeilen" });
  schedule.open(lister, "2018-10-01T05:00:05.000Z", { agent: "three\n\nlines" });
}
