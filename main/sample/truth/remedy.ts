import type { Developer } from "../incident/actors.ts";
import { AS_OF, DAY, iso } from "../incident/calendar.ts";
import type { Call } from "../incident/call-kinds.ts";
import { OBTAINED, POSSIBLE, type Verdict } from "../incident/call-levels.ts";
import type { Cast } from "../incident/cast.ts";
import { type Findings, RULE, revokedAt } from "./findings.ts";

/** The time that the truth is of: four weeks after the platform spoke. */
const AT = "2019-12-02T00:00:00Z";

const STEPS = ["revoked", "notified", "requested", "certified", "audited", "closed"] as const;
type Step = (typeof STEPS)[number];
const CALLS_SPEAK: readonly Step[] = ["revoked", "certified", "audited", "closed"];

/** When each step was done of a developer of whom nothing special is told, and by whom. */
const USUAL: Readonly<Record<Exclude<Step, "revoked">, readonly [on: string, by: string]>> = {
  notified: ["2019-11-07", "R. Vale"],
  requested: ["2019-11-11", "counsel"],
  certified: ["2019-11-18", "its director"],
  audited: ["2019-11-25", "Marlow & Hythe"],
  closed: ["2019-11-28", "R. Vale"],
};

interface Entry {
  readonly developer: Developer;
  readonly step: Step;
  readonly on?: string;
  readonly due?: string;
  readonly by?: string;
  readonly result?: string;
  readonly note?: string;
}

/** Every entry has a date of its own; none has a clock. */
const dayOf = (time: number): string => iso(time).slice(0, 10);
const begin = (day: string): number => Date.parse(day) * 1000;

/**
 * What was done after the incident, and what speaks against it: one certificate that the log contradicts, one audit that is
 * overdue, one developer that nobody notified.
 */
export class Remedy {
  readonly #cast: Cast;
  /** Times of the calls that the rule counts, by owner, and of those in its scope that come too late for it. */
  readonly #counted = new Map<Developer, number[]>();
  readonly #later = new Map<Developer, number[]>();

  constructor(cast: Cast) {
    this.#cast = cast;
  }

  /** One call that is no duplicate. */
  add(call: Call, verdict: Verdict, owner: Developer): void {
    const times =
      verdict === POSSIBLE || verdict === OBTAINED
        ? this.#counted
        : call.operation.inScope && call.time >= AS_OF && !call.app?.exempt
          ? this.#later
          : undefined;
    const own = times?.get(owner);
    if (own) own.push(call.time);
    else times?.set(owner, [call.time]);
  }

  /** Whose certificate the log contradicts: the developer that called on when its access was revoked. */
  get #contradicted(): Developer {
    return this.#cast.named.again;
  }

  #entries(findings: Findings): Entry[] {
    const entries: Entry[] = [];
    const revoked = [...findings.entitled.keys()]
      .filter((developer) => developer.registered && developer !== this.#contradicted)
      .sort((a, b) => a.index - b.index)
      .flatMap((developer) => {
        const at = revokedAt(this.#cast, developer);
        return at === undefined ? [] : [{ developer, at }];
      });
    for (const [index, { developer, at }] of revoked.entries()) {
      entries.push({ developer, step: "revoked", on: dayOf(at), by: "platform" });
      // The first is never notified, the second's audit is overdue; the others are as far as their turn.
      const done = index === 0 ? 3 : index === 1 ? 3 : index % STEPS.length;
      for (const step of STEPS.slice(1, done + 1) as Exclude<Step, "revoked">[]) {
        if (index === 0 && step === "notified") continue;
        const [on, by] = USUAL[step];
        const result = step === "audited" ? { result: index % 4 === 0 ? "exceptions" : "passed" } : {};
        entries.push({ developer, step, on, by, ...result });
      }
      if (index === 1) entries.push({ developer, step: "audited", due: "2019-11-29", by: USUAL.audited[1] });
      if (index % STEPS.length === 2 && index > 1) entries.push({ developer, step: "certified", due: "2019-12-09" });
    }
    return [...entries, ...this.#contradictedEntries()];
  }

  #contradictedEntries(): Entry[] {
    const developer = this.#contradicted;
    const ended = revokedAt(this.#cast, developer) as number;
    const last = Math.max(...(this.#counted.get(developer) as number[]));
    const day = (time: number) => dayOf(Math.min(time, last - DAY));
    return [
      { developer, step: "revoked", on: dayOf(ended), by: "platform" },
      { developer, step: "notified", on: day(ended + 2 * DAY), by: "R. Vale", note: "mail, read receipt" },
      { developer, step: "requested", on: day(ended + 4 * DAY), by: "counsel", note: "within 30 days" },
      {
        developer,
        step: "certified",
        on: dayOf(last - DAY),
        by: "its director",
        note: 'says "all copies" are deleted',
      },
    ];
  }

  /** `remedy.csv`, as FORMATS.md writes one. */
  csv(findings: Findings): string {
    const cell = (text = "") => (/[",]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    const rows = this.#entries(findings).map(({ developer, step, on, due, by, result, note }) =>
      [developer.id, RULE, step, on, due, by, result, note].map(cell).join(","),
    );
    return ["developer_id,rule,step,on,due,by,result,note", ...rows].map((row) => `${row}\n`).join("");
  }

  /** What `exhibit remedy --at AT --json` must say once the file is imported, without filters. */
  json(findings: Findings) {
    const entries = this.#entries(findings).map((entry, index) => ({ ...entry, n: index + 1 }));
    const row = (id: string, name: string, level: string) => {
      const own = entries.filter(({ developer }) => developer.id === id);
      const done = own.filter((entry): entry is typeof entry & { on: string } => entry.on !== undefined);
      const furthest = Math.max(-1, ...done.map(({ step }) => STEPS.indexOf(step)));
      const next = STEPS[furthest + 1];
      const overdue = own.filter(
        ({ n, step, due }) =>
          due !== undefined &&
          begin(due) + DAY <= begin(AT.slice(0, 10)) &&
          !done.some((other) => other.step === step && other.n >= n),
      );
      return {
        ...{ developer_id: id, developer: name, level },
        ...(furthest < 0 ? {} : { state: STEPS[furthest] }),
        ...(next === undefined ? {} : { next }),
        overdue: STEPS.filter((step) => overdue.some((entry) => entry.step === step)),
        entries: own.map(({ developer, ...entry }) => ({
          ...entry,
          files: [],
          against: entry.on === undefined ? [] : this.#against(developer, { ...entry, on: entry.on }, done),
        })),
      };
    };
    const rows = findings
      .json()
      .developers.map(({ developer_id, developer, level }) => row(developer_id, developer, level));
    return { at: AT, rules: [{ rule: RULE, developers: rows }] };
  }

  #against(developer: Developer, entry: { step: Step; on: string }, done: readonly { step: Step; on: string }[]) {
    const against: { kind: string; events?: number; first?: string; last?: string }[] = [];
    const from = begin(entry.on) + DAY;
    if (CALLS_SPEAK.includes(entry.step))
      for (const [kind, all] of [
        ["calls", this.#counted],
        ["later", this.#later],
      ] as const) {
        const times = (all.get(developer) ?? []).filter((time) => time >= from).sort((a, b) => a - b);
        if (times.length > 0)
          against.push({
            kind,
            events: times.length,
            first: iso(times[0] as number),
            last: iso(times.at(-1) as number),
          });
      }
    if (entry.step === "revoked" && this.#holdsAfter(developer, from)) against.push({ kind: "grant" });
    const place = STEPS.indexOf(entry.step);
    const before = done.filter(({ step }) => STEPS.indexOf(step) < place);
    const nearest = Math.max(...before.map(({ step }) => STEPS.indexOf(step)));
    const days = before.filter(({ step }) => STEPS.indexOf(step) === nearest).map(({ on }) => on);
    if (days.length > 0 && (days.sort()[0] as string) > entry.on) against.push({ kind: "order" });
    const due = STEPS[place - 1];
    if (due !== undefined && due !== "notified" && !done.some(({ step }) => step === due))
      against.push({ kind: "missing" });
    return against;
  }

  #holdsAfter(developer: Developer, from: number): boolean {
    return this.#cast.apps.some(
      (app) =>
        !app.exempt &&
        app.owners.some(
          (owner) =>
            owner.developer === developer &&
            app.grants.some((grant) => Math.max(owner.from, grant.from, from) < Math.min(owner.until, grant.until)),
        ),
    );
  }
}
