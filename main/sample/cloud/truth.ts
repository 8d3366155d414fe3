import type { CloudCall } from "./calls.ts";
import { AS_OF, BACKUP_ROLE, CUTOFF, RECENT_DAYS, RULE, SIZES, VENDORS } from "./cast.ts";

/**
 * What the product must find in the cloud case, worked out from the calls as they were made up: FORMATS of findings, people
 * and claims, over a few hundred calls, with no code of the product.
 */

type People =
  | { value: number; basis: "exact" | "at-least" | "at-most" }
  | { value: number; at_most: number; basis: "between" }
  | { value: null; basis: "not-logged" };

const iso = (time: number): string => new Date(time).toISOString().replace(".000Z", "Z");
const RECENT_FROM = AS_OF - RECENT_DAYS * 86_400_000;
const ended = (app: string | undefined, time: number): boolean => {
  const end = VENDORS.find((vendor) => vendor.app === app)?.revoked;
  return end !== undefined && time >= end;
};

/** No call lists ids: bounds alone are known. A call that was refused or failed returned nobody. */
function peopleOf(calls: readonly CloudCall[]): People {
  const sums = new Map<string, number>();
  let least = 0;
  let isOpen = false;
  for (const { count, outcome, resource, log } of calls) {
    const told = count ?? (outcome === "denied" || outcome === "failed" ? 0 : undefined);
    const key = resource ?? "";
    const size = log === "trail" || log === "console" ? SIZES.get(key) : undefined;
    if (told !== undefined) {
      least = Math.max(least, told);
      sums.set(key, (sums.get(key) ?? 0) + told);
    } else if (size !== undefined) sums.set(key, size);
    else isOpen = true;
  }
  if (calls.length === 0) return { value: 0, basis: "exact" };
  const most = [...sums.values()].reduce((sum, each) => sum + each, 0);
  if (isOpen) return least === 0 ? { value: null, basis: "not-logged" } : { value: least, basis: "at-least" };
  if (least === 0) return { value: most, basis: "at-most" };
  return { value: least, at_most: most, basis: "between" };
}

const spelled = (app: string, calls: readonly CloudCall[]): string =>
  app.includes("-") && !app.includes(":") && !calls.some((call) => call.app === app) ? app.toUpperCase() : app;

export class CloudTruth {
  readonly #all: readonly CloudCall[];
  /** In the rule's scope and span, whatever called; its own backup is exempt. */
  readonly #asked: readonly CloudCall[];
  readonly #denied: readonly CloudCall[];
  readonly #got: readonly CloudCall[];
  readonly #open: readonly CloudCall[];

  constructor(calls: readonly CloudCall[]) {
    this.#all = calls;
    this.#asked = calls.filter(
      ({ time, reads, app }) => reads && time >= CUTOFF && time < AS_OF && app !== BACKUP_ROLE,
    );
    const own = this.#asked.filter(({ caller }) => caller !== "service");
    this.#denied = own.filter(({ outcome }) => outcome === "denied");
    this.#got = own.filter(({ outcome }) => outcome === "allowed");
    this.#open = own.filter(({ outcome }) => outcome === "unknown");
  }

  json(): object {
    const services = this.#asked.length - this.#asked.filter(({ caller }) => caller !== "service").length;
    const rows = this.#developers();
    const recent = this.#got.filter(({ time }) => time >= RECENT_FROM);
    return {
      findings: {
        as_of: iso(AS_OF),
        rules: [
          {
            rule: RULE,
            totals: {
              entitled: { developers: VENDORS.length, apps: VENDORS.length },
              attempted: count(this.#denied),
              possible: { ...count([]), people: peopleOf([]) },
              obtained: { ...count(this.#got), people: peopleOf(this.#got), fields_are: "returned" },
              recent: { ...count(recent), people: peopleOf(recent) },
            },
            by_month: [
              {
                month: "2024-03",
                attempted: short(this.#denied),
                possible: { ...short([]), people: peopleOf([]) },
                obtained: { ...short(this.#got), people: peopleOf(this.#got), fields_are: "returned" },
              },
            ],
            developers: rows,
            service_calls: services,
          },
        ],
      },
      apart: this.#apart(),
      people: this.#people(),
      claims: this.claims().map(({ claim, verdict, measured }) => ({ id: claim.id, verdict, measured })),
    };
  }

  #apart(): object[] {
    const failed = this.#asked.filter(({ caller, outcome }) => caller !== "service" && outcome === "failed").length;
    return [{ rule: RULE, failed, unknown: this.#open.length }];
  }

  #developers(): object[] {
    const met = [...this.#denied, ...this.#got].flatMap(({ developer }) => developer ?? []);
    const all = new Map([...VENDORS, ...met].map(({ id, name }) => [id, name]));
    const rows = [...all].map(([id, name]) => {
      const mine = ({ developer }: CloudCall) => developer?.id === id;
      const [denied, got] = [this.#denied.filter(mine), this.#got.filter(mine)];
      const vendor = VENDORS.find((each) => each.id === id);
      // Who never called goes by the registry's spelling.
      const apps = new Set([...denied, ...got].map(({ app }) => app).concat(vendor && spelled(vendor.app, this.#all)));
      return {
        developer_id: id,
        developer: name,
        level: got.length > 0 ? "obtained" : denied.length > 0 ? "attempted" : "entitled",
        recent: got.some(({ time }) => time >= RECENT_FROM),
        entitled: vendor !== undefined,
        apps: [...apps].filter((app) => app !== undefined).sort(),
        attempted: span(denied),
        possible: { events: 0, people: peopleOf([]) },
        obtained: {
          ...span(got),
          people: peopleOf(got),
          fields: got.length > 0 ? ["*"] : [],
          ...(got.length > 0 && { fields_are: "returned" }),
        },
        ...(vendor?.revoked !== undefined && { revoked_at: iso(vendor.revoked) }),
        allowed_after_revocation: got.filter(({ app, time }) => ended(app, time)).length,
        status: "open",
        remedy: [],
      };
    });
    const rank = ["entitled", "attempted", "obtained"];
    return rows.sort(
      (a, b) =>
        rank.indexOf(b.level) - rank.indexOf(a.level) ||
        b.obtained.events - a.obtained.events ||
        b.attempted.events - a.attempted.events ||
        (a.developer_id < b.developer_id ? -1 : 1),
    );
  }

  #people(): object[] {
    const asked: [string, (call: CloudCall) => boolean][] = [
      ["", () => true],
      ["operation:MailItemsAccessed", ({ operation }) => operation === "MailItemsAccessed"],
      ["level:obtained", (call) => this.#got.includes(call)],
      [
        "resource:*/members/3.csv outcome:allowed",
        ({ resource = "", outcome }) => resource.endsWith("/members/3.csv") && outcome === "allowed",
      ],
      ["caller:service", ({ caller }) => caller === "service"],
    ];
    return asked.map(([filter, keep]) => ({ filter, people: peopleOf(this.#all.filter(keep)) }));
  }

  /** What was said in public, and what becomes of it. */
  claims(): { claim: { id: string } & Record<string, unknown>; verdict: string; measured: People }[] {
    const exact = (value: number): People => ({ value, basis: "exact" });
    const got = (app: string) => this.#got.filter((call) => call.app === app);
    const [northwind, quill, pinecrest] = VENDORS.map(({ app }) => app) as [string, string, string, string];
    const bytes = got(northwind)
      .filter(({ api }) => api.startsWith("s3."))
      .reduce((sum, call) => sum + (call.bytes ?? 0), 0);
    const developers = new Set(this.#got.map(({ developer }) => developer?.id)).size;
    const services = this.#all.filter(({ caller }) => caller === "service").length;
    const rule = { rule: RULE, level: "obtained" };
    const made = (id: string, claim: object, verdict: string, measured: People) => ({
      claim: { id, text: id.replaceAll("-", " "), ...claim },
      verdict,
      measured,
    });
    return [
      made(
        "no-user-of-the-account-read-payroll",
        { measure: "events", filter: "resource:*/payroll/* outcome:allowed caller:user", is: "=", value: 0 },
        "supported",
        exact(0),
      ),
      // The console's rows do not say how they ended: they may have read them.
      made(
        "no-payroll-file-was-downloaded",
        {
          measure: "events",
          filter: "resource:*/payroll/* outcome:allowed -caller:service -app:*backup",
          is: "=",
          value: 0,
        },
        "undetermined",
        exact(0),
      ),
      made(
        "quill-read-no-more",
        { ...rule, measure: "events", filter: `app:${quill}`, is: "=", value: got(quill).length },
        "undetermined",
        exact(got(quill).length),
      ),
      made(
        "pinecrest-read-less",
        {
          ...rule,
          measure: "events",
          filter: `app:"${pinecrest.toUpperCase()}"`,
          is: "<",
          value: got(pinecrest).length,
        },
        "contradicted",
        exact(got(pinecrest).length),
      ),
      made(
        "developers-that-read",
        { ...rule, measure: "developers", is: "=", value: developers },
        "supported",
        exact(developers),
      ),
      made(
        "most-was-the-platform",
        { measure: "events", filter: "caller:service", is: ">=", value: services },
        "supported",
        exact(services),
      ),
      made(
        "northwind-bytes",
        { ...rule, measure: "bytes", filter: `app:"${northwind}" api:s3.amazonaws.com`, is: ">=", value: bytes },
        "supported",
        exact(bytes),
      ),
      made(
        "who-had-access",
        { rule: RULE, level: "entitled", measure: "developers", is: "=", value: VENDORS.length },
        "supported",
        exact(VENDORS.length),
      ),
    ];
  }
}

const count = (calls: readonly CloudCall[]) => ({
  developers: new Set(calls.map(({ developer }) => developer?.id)).size,
  apps: new Set(calls.map(({ app }) => app)).size,
  events: calls.length,
});

const short = (calls: readonly CloudCall[]) => ({ developers: count(calls).developers, events: calls.length });

function span(calls: readonly CloudCall[]): { events: number; first?: string; last?: string } {
  const [first, last] = [calls[0], calls.at(-1)];
  return first && last ? { events: calls.length, first: iso(first.time), last: iso(last.time) } : { events: 0 };
}
