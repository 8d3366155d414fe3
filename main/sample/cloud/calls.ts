import type { Random } from "../incident/random.ts";
import {
  AS_OF,
  BACKUP_ROLE,
  CUTOFF,
  KEY,
  MAILBOXES,
  OBJECTS,
  ROLE,
  UNREGISTERED,
  VENDORS,
  type Vendor,
} from "./cast.ts";

/** One call of the cloud case, as it was made up. */
export interface CloudCall {
  readonly time: number;
  readonly log: "trail" | "console" | "unified";
  readonly api: string;
  readonly operation: string;
  /** Whether the operation returns what is stored. */
  readonly reads: boolean;
  readonly app?: string;
  /** Whose findings list it; absent: the platform's, or a person's own. */
  readonly developer?: { readonly id: string; readonly name: string };
  readonly caller?: "app" | "user" | "service";
  readonly outcome: "allowed" | "denied" | "failed" | "unknown";
  readonly resource?: string;
  readonly bytes?: number;
  /** How many messages one call returned. */
  readonly count?: number;
  readonly mailbox?: string;
  /** How often the record stands in its log. */
  readonly copies: number;
}

/** Days before the cutoff and behind `as_of` in which there are calls too. */
const MARGIN = 5 * 86_400_000;

/** All calls, by time, each at a second of its own. */
export function cloudCalls(random: Random): CloudCall[] {
  const calls: CloudCall[] = [];
  const taken = new Set<number>();
  const moment = (from = CUTOFF - MARGIN, until = AS_OF + MARGIN): number => {
    for (;;) {
      const time = from + random.below((until - from) / 1000) * 1000;
      if (!taken.has(time)) {
        taken.add(time);
        return time;
      }
    }
  };
  const copies = () => (random.below(8) === 0 ? 2 : 1);
  for (let n = 0; n < 360; n++) calls.push(trailCall(random, moment(), copies()));
  for (let n = 0; n < 24; n++) calls.push(consoleCall(random, moment(CUTOFF, AS_OF)));
  for (let n = 0; n < 300; n++) calls.push(unifiedCall(random, moment(), copies()));
  return calls.sort((a, b) => a.time - b.time);
}

const S3 = "s3.amazonaws.com";
/** Objects that nobody is known to have read: what the claim of the company is about. */
const PAYROLL = OBJECTS.slice(0, 3);
const MEMBERS = OBJECTS.slice(3);

function trailCall(random: Random, time: number, copies: number): CloudCall {
  const base = { time, log: "trail", copies } as const;
  const dice = random.below(20);
  if (dice < 5) {
    // Log delivery and inventory of the platform itself.
    const reads = random.below(2) === 0;
    const operation = reads ? "GetObject" : "PutObject";
    return {
      ...base,
      api: S3,
      operation,
      reads,
      caller: "service",
      outcome: "allowed",
      resource: random.pick(OBJECTS),
    };
  }
  if (dice < 7) {
    const own = { app: BACKUP_ROLE, developer: { id: "name:own-backup", name: "own-backup" }, caller: "app" } as const;
    return {
      ...base,
      ...own,
      api: S3,
      operation: "GetObject",
      reads: true,
      outcome: "allowed",
      resource: random.pick(OBJECTS),
      bytes: 10,
    };
  }
  const vendor = random.pick(VENDORS.filter(({ cloud }) => cloud === "aws"));
  const caller = vendor.app === ROLE ? "app" : "user";
  const by = { ...base, app: vendor.app, developer: vendor, caller } as const;
  if (dice < 9) return { ...by, api: S3, operation: "ListBuckets", reads: false, outcome: "allowed" };
  if (dice < 11)
    return {
      ...by,
      api: "secretsmanager.amazonaws.com",
      operation: "GetSecretValue",
      reads: true,
      outcome: random.below(3) === 0 ? "allowed" : "denied",
      resource: `orbit/db-${random.below(3)}`,
    };
  const outcome = random.pick(["allowed", "allowed", "allowed", "denied", "failed"] as const);
  const resource = outcome === "allowed" ? random.pick(MEMBERS) : random.pick(OBJECTS);
  const bytes = outcome === "allowed" ? { bytes: 1000 + random.below(100_000) } : {};
  return { ...by, api: S3, operation: "GetObject", reads: true, outcome, resource, ...bytes };
}

/** Rows of the console say no error, and no success either. */
function consoleCall(random: Random, time: number): CloudCall {
  const quill = VENDORS.find(({ app }) => app === KEY) as Vendor;
  return {
    time,
    log: "console",
    api: S3,
    operation: "GetObject",
    reads: true,
    app: KEY,
    developer: quill,
    outcome: "unknown",
    resource: random.pick(PAYROLL),
    copies: 1,
  };
}

function unifiedCall(random: Random, time: number, copies: number): CloudCall {
  const base = { time, log: "unified", copies, mailbox: random.pick(MAILBOXES) } as const;
  const dice = random.below(20);
  const page = `https://orbit.sharepoint.example/Docs/${random.below(30)}.xlsx`;
  if (dice < 4)
    return {
      ...base,
      api: "SharePoint",
      operation: "FileAccessed",
      reads: true,
      caller: "service",
      outcome: "allowed",
      resource: page,
    };
  if (dice < 6)
    return {
      ...base,
      api: "SharePoint",
      operation: "FileUploaded",
      reads: false,
      caller: "user",
      outcome: "allowed",
      resource: page,
    };
  const vendor = random.pick([VENDORS[2] as Vendor, UNREGISTERED]);
  const by = { ...base, app: vendor.app, developer: { id: vendor.id, name: vendor.name }, caller: "app" } as const;
  if (dice < 9)
    return { ...by, api: "SharePoint", operation: "FileDownloaded", reads: true, outcome: "allowed", resource: page };
  if (dice < 11)
    return { ...by, api: "Exchange", operation: "FolderBind", reads: true, outcome: "unknown", resource: base.mailbox };
  const outcome = dice < 13 ? "failed" : "allowed";
  return {
    ...by,
    api: "Exchange",
    operation: "MailItemsAccessed",
    reads: true,
    outcome,
    resource: `<m${random.below(60)}@orbit.example>`,
    ...(outcome === "allowed" ? { count: 1 + random.below(20) } : {}),
  };
}
