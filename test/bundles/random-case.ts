import fs from "node:fs";
import path from "node:path";
import { createCase } from "../../main/case/create.ts";
import { Engine } from "../../main/engine/engine.ts";
import { APIS, APPS, DEVELOPERS, Maker, OPERATIONS, PEOPLE, RESOURCES } from "./random-calls.ts";
import { logFile } from "./random-logs.ts";

const quoted = (value: string) => `"${value}"`;

/** Filters that choose by what findings do not rest on, too. */
function filterOf(make: Maker): string {
  const term = () =>
    make.pick([
      `app:${quoted(make.pick(APPS))}`,
      `developer:${quoted(make.pick(DEVELOPERS))}`,
      `api:${make.pick(APIS)}`,
      `actor:${quoted(make.pick(PEOPLE))}`,
      `subjects:${quoted(make.pick(PEOPLE))}`,
      `resource:${quoted(make.pick(RESOURCES))}`,
      `fields:${make.pick(["name", "id"])}`,
      `path:"/v2/${make.below(5)}/members"`,
      `outcome:${make.pick(["allowed", "denied", "failed", "unknown"])}`,
      `time>=${make.instant()}`,
      `source:${1 + make.below(3)}`,
      `duplicate:${make.pick(["yes", "no"])}`,
      `source:"${make.pick(["1-calls.csv", "*local*", "2-*"])}"`,
      `line<${2 + make.below(30)}`,
      `tag:${make.pick(["one", "two", "*"])}`,
      "note:*",
      `${quoted(make.pick([...PEOPLE, ...APPS]))}`,
    ]);
  const terms = Array.from({ length: 1 + make.below(3) }, () => (make.chance(0.2) ? `not ${term()}` : term()));
  return terms.join(make.pick([" ", " or "]));
}

function registryOf(make: Maker): Record<string, string> {
  const csv = (head: string, rows: readonly (readonly (string | number | undefined)[])[]) =>
    `${head}\n${rows.map((row) => `${row.map((value) => value ?? "").join(",")}\n`).join("")}`;
  /** Few keys, each once: what stands twice is another row's contradiction and refused nowhere. */
  const some = <T>(list: readonly T[]) => make.shuffle(list).slice(0, make.below(list.length + 1));
  const span = () => {
    const [from, to] = [make.instant(), make.instant()].sort();
    return [make.maybe(0.7, () => from), make.maybe(0.5, () => to)] as const;
  };
  const lasting = () => {
    const [from, to] = [make.instant(), make.instant()].sort();
    return [make.chance(0.5) ? "2017-06-01T00:00:00Z" : from, make.maybe(0.6, () => to)] as const;
  };
  const ids = ["D001", "D002", "Dev@x.example"];
  const owned = some(APPS).flatMap((app) => {
    if (make.chance(0.6)) return [[app, `${app} app`, make.pick(ids), undefined, undefined]];
    return Array.from({ length: 1 + make.below(2) }, () => [app, `${app} app`, make.pick(ids), ...span()]);
  });
  const files: Record<string, string> = {
    developers: csv(
      "developer_id,developer",
      some(ids).map((id) => [id, make.pick(DEVELOPERS.slice(2))]),
    ),
    apps: csv("app,app_name,developer_id,owned_from,owned_until", owned),
    grants: csv(
      "app,permission,granted_at,revoked_at",
      some([...APPS, "never-called", "Silent@x.example"]).map((app) => [
        app,
        make.pick(["members", "members", "feed"]),
        ...lasting(),
      ]),
    ),
    consents: csv(
      "subject,app,permission,given_at,withdrawn_at",
      some(PEOPLE).flatMap((person) =>
        some(APPS)
          .slice(0, 2)
          .map((app) => [person, app, "opt_in", ...lasting()]),
      ),
    ),
    resources: csv(
      "resource,title,people",
      some(RESOURCES).map((resource) => [resource, "a group", make.maybe(0.8, () => make.below(60))]),
    ),
  };
  return Object.fromEntries(
    Object.entries(files).filter(([, text]) => text.split("\n").length > 2 && make.chance(0.85)),
  );
}

function policyOf(make: Maker): object {
  const rule = (_: unknown, n: number) => ({
    id: `rule-${n}`,
    effective_from: make.chance(0.5) ? make.instant() : make.instant().slice(0, 10),
    grace_days: make.pick([0, 0, 1]),
    applies_to: {
      ...(make.chance(0.5) ? { api: make.chance(0.5) ? ["groups"] : ["groups", "events"] } : {}),
      ...(make.chance(0.3) ? { operations: [make.pick([...OPERATIONS, "GET /*"])] } : {}),
      ...(make.chance(0.2) ? { filter: make.pick(['not app:"103"', "status:2xx or status:403", "actor:9*"]) } : {}),
    },
    ...(make.chance(0.7) ? { restricted_fields: make.chance(0.5) ? ["name"] : ["name", "picture"] } : {}),
    ...(make.chance(0.8) ? { permission: "members" } : {}),
    ...(make.chance(0.3) ? { exempt_apps: make.some(APPS).slice(0, 2) } : {}),
    ...(make.chance(0.5) ? { consent_permission: "opt_in" } : {}),
  });
  return {
    schema: "exhibit/policy@1",
    ...(make.chance(0.5) ? { as_of: make.chance(0.5) ? make.instant() : make.instant().slice(0, 10) } : {}),
    recent_days: 1 + make.below(3),
    rules: Array.from({ length: 1 + make.below(3) }, rule),
  };
}

function claimsOf(make: Maker, rules: readonly string[]): object {
  const claim = (_: unknown, n: number) => {
    const level = make.maybe(0.6, () =>
      make.pick(["entitled", "attempted", "possible", "obtained", "entitled+", "attempted+", "possible+"]),
    );
    return {
      id: `claim-${n}`,
      text: "said",
      ...(rules.length > 1 || level || make.chance(0.5) ? { rule: make.pick(rules) } : {}),
      measure: make.pick(["developers", "apps", "events", "people", "bytes", "resources"]),
      ...(level === undefined ? {} : { level }),
      ...(make.chance(0.3) ? { recent: true } : {}),
      ...(make.chance(0.5)
        ? {
            filter: filterOf(make),
          }
        : {}),
      is: make.pick([">=", ">", "=", "<", "<="]),
      value: make.below(12),
    };
  };
  return { schema: "exhibit/claims@1", claims: Array.from({ length: 1 + make.below(4) }, claim) };
}

/** A small case by chance in `folder`, all of it through the engine's own door; `acts` says what was done. */
export async function randomCase(
  folder: string,
  seed: number,
): Promise<{ engine: Engine; make: Maker; acts: string[] }> {
  const make = new Maker(seed);
  const acts: string[] = [];
  const engine = new Engine(
    createCase(path.join(folder, "case"), { title: "By chance", examiner: "T <t@example.org>" }),
  );
  /** What the product refuses, for a reason of its own, is not done: a case is what came of it. */
  const attempt = async (what: string, act: () => Promise<unknown>) => {
    try {
      await act();
      acts.push(what);
      return true;
    } catch (error) {
      acts.push(`${what}: ${(error as Error).message}`);
      return false;
    }
  };
  const put = (name: string, text: string | Buffer) => {
    const file = path.join(folder, name);
    fs.writeFileSync(file, text);
    return file;
  };
  const before = new Map();
  const sources = 1 + make.below(4);
  for (let n = 1; n <= sources; n += 1) {
    const { name, bytes, written, ...how } = logFile(make, before);
    const file = put(`${n}-${name}`, bytes);
    fs.utimesSync(file, new Date(written), new Date(written));
    await attempt(`import ${n}-${name} ${how.timezone ?? ""}`, async () => {
      const { failures } = await engine.ask("import", { files: [file], ...how });
      if (failures[0]) throw new Error(failures[0].what);
    });
  }
  for (const [kind, text] of Object.entries(registryOf(make)))
    await attempt(`registry ${kind}`, () => engine.ask("registry", { files: [put(`${kind}.csv`, text)] }));
  const policy = policyOf(make) as { rules: { id: string }[] };
  const hasPolicy =
    make.chance(0.9) &&
    (await attempt("policy", () => engine.ask("policy", { file: put("policy.json", JSON.stringify(policy)) })));
  const rules = policy.rules.map(({ id }) => id);
  if (hasPolicy && make.chance(0.7))
    await attempt("claims", () =>
      engine.ask("claims", { file: put("claims.json", JSON.stringify(claimsOf(make, rules))) }),
    );
  if (hasPolicy && make.chance(0.5))
    for (const { developers, rule } of (await engine.ask("findings", {})).rules)
      for (const { developer_id } of make.some(developers))
        await attempt(`decide ${developer_id}`, () =>
          engine.ask("finding", {
            developer: developer_id,
            rule,
            disposition: make.pick(["dismissed", "confirmed", "disputed"]),
            reason: "r",
          }),
        );
  for (let n = make.below(3); n > 0; n -= 1) {
    const filter = filterOf(make);
    await attempt(`tag ${filter}`, () => engine.ask("tag", { filter, tag: make.pick(["one", "two"]) }));
  }
  if (make.chance(0.3)) {
    const filter = filterOf(make);
    await attempt(`note ${filter}`, () => engine.ask("note", { filter, note: "seen" }));
  }
  if (sources > 1 && make.chance(0.3)) {
    const source = 1 + make.below(sources);
    await attempt(`withdraw ${source}`, () => engine.ask("withdraw", { source, reason: "r" }));
    if (make.chance(0.3)) await attempt(`restore ${source}`, () => engine.ask("restore", { source, reason: "r" }));
  }
  return { engine, make, acts };
}

/** What a bundle of it is asked for with. */
export const bundleOf = (make: Maker): { filter?: string; originals?: boolean } => ({
  ...(make.chance(0.6) ? { filter: filterOf(make) } : {}),
  ...(make.chance(0.1) ? { originals: true } : {}),
});
