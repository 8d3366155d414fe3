import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Random } from "../incident/random.ts";
import { cloudCalls } from "./calls.ts";
import { AS_OF, BACKUP_ROLE, CUTOFF, PERMISSION, RECENT_DAYS, RULE, SIZES, VENDORS } from "./cast.ts";
import { logFiles } from "./logs.ts";
import { CloudTruth } from "./truth.ts";

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
const iso = (time: number): string => new Date(time).toISOString().replace(".000Z", "Z");

/**
 * Writes the cloud case into a new folder: vendors that read a company's AWS account and Microsoft 365 tenant, with its
 * registry, policy, claims and `truth.json`. Relative paths, in the order written.
 */
export function writeCloudCase(dir: string, seed: number): string[] {
  const calls = cloudCalls(new Random(seed, 21));
  const truth = new CloudTruth(calls);
  const files: Record<string, string> = {};
  for (const [name, text] of Object.entries(logFiles(calls, new Random(seed, 22)))) files[`exports/${name}`] = text;
  for (const [name, text] of Object.entries(registry())) files[`registry/${name}`] = text;
  files["policy.json"] = json(policy());
  files["claims.json"] = json({ schema: "exhibit/claims@1", claims: truth.claims().map(({ claim }) => claim) });
  files["truth.json"] = json({ seed, ...truth.json() });
  for (const folder of ["exports", "registry"]) mkdirSync(join(dir, folder), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text, { flag: "wx" });
  return Object.keys(files);
}

/** Ids in capitals, as somebody keeps them who never saw the logs. */
function registry(): Record<string, string> {
  const id = (app: string) => (app.includes(":") || app.startsWith("AKIA") ? app : app.toUpperCase());
  const table = (header: string, rows: readonly (readonly string[])[]) =>
    `${[header, ...rows.map((row) => row.join(","))].join("\n")}\n`;
  return {
    "developers.csv": table(
      "developer_id,developer",
      VENDORS.map(({ id: key, name }) => [key, name]),
    ),
    "apps.csv": table(
      "app,app_name,developer_id",
      VENDORS.map(({ app, called, id: key }) => [id(app), called, key]),
    ),
    "grants.csv": table(
      "app,permission,granted_at,revoked_at",
      VENDORS.map(({ app, revoked }) => [
        id(app),
        PERMISSION,
        "2023-01-01T00:00:00Z",
        revoked === undefined ? "" : iso(revoked),
      ]),
    ),
    "resources.csv": table(
      "resource,people",
      [...SIZES].map(([resource, people]) => [resource, String(people)]),
    ),
  };
}

const policy = (): object => ({
  schema: "exhibit/policy@1",
  title: "No vendor reads what is stored in the clouds",
  as_of: iso(AS_OF),
  recent_days: RECENT_DAYS,
  rules: [
    {
      id: RULE,
      title: "Vendors read nothing from March 2024 on",
      effective_from: iso(CUTOFF),
      grace_days: 0,
      applies_to: { operations: ["set:cloudtrail-reads", "set:m365-reads"] },
      permission: PERMISSION,
      exempt_apps: [BACKUP_ROLE],
    },
  ],
});
