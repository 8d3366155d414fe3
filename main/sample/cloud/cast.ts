/** Who is in the cloud case: a company's AWS account and Microsoft 365 tenant, its vendors, and the platforms themselves. */

export const CUTOFF = Date.UTC(2024, 2, 1);
export const AS_OF = Date.UTC(2024, 3, 1);
export const RECENT_DAYS = 10;
export const RULE = "no-vendor-reads";
export const PERMISSION = "read_data";
const DAY = 86_400_000;

export interface Vendor {
  readonly id: string;
  readonly name: string;
  /** As the logs spell it first. */
  readonly app: string;
  readonly cloud: "aws" | "m365";
  /** End of its grant; absent: it holds one still. */
  readonly revoked?: number;
  /** What it calls itself in the logs. */
  readonly called: string;
}

const GUIDS = ["7c1d9e04-5b2a-4f6e-9a31-0c8e5d7f2b16", "b83f6a2c-91d4-4e07-8c5b-f1a09d6e3472"] as const;

export const ROLE = "arn:aws:iam::111122223333:role/northwind-sync";
export const KEY = "AKIAQUILLEXPORT00001";
export const BACKUP_ROLE = "arn:aws:iam::111122223333:role/own-backup";

/** The last of them holds a grant and never calls. */
export const VENDORS: readonly Vendor[] = [
  {
    id: "V01",
    name: "Northwind Analytics",
    app: ROLE,
    cloud: "aws",
    revoked: CUTOFF + 9 * DAY,
    called: "northwind-sync",
  },
  { id: "V02", name: "Quill Labs", app: KEY, cloud: "aws", called: "quill-export" },
  {
    id: "V03",
    name: "Pinecrest CRM",
    app: GUIDS[0],
    cloud: "m365",
    revoked: CUTOFF + 20 * DAY,
    called: "Pinecrest Sync",
  },
  { id: "V04", name: "Sable Notes", app: "3f2b8c77-1a90-4d1c-b6e5-a94c0e7d5f83", cloud: "m365", called: "Sable" },
];

/** Nobody registered it: it goes by the name that the log has. */
export const UNREGISTERED = { id: "name:Juniper Mailer", name: "Juniper Mailer", app: GUIDS[1] } as const;

export const MAILBOXES = ["ann@orbit.example", "Ben@orbit.example", "cleo@Orbit.example", "dov@orbit.example"] as const;

export const OBJECTS = Array.from(
  { length: 12 },
  (_, n) => `arn:aws:s3:::orbit-records/${n < 3 ? "payroll" : "members"}/${n}.csv`,
);
/** People of an object, where the registry knows them. */
export const SIZES: ReadonlyMap<string, number> = new Map(
  OBJECTS.slice(3, 8).map((object, n) => [object, 40 + 10 * n]),
);
