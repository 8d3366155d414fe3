import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import Database from "better-sqlite3";

/** As a trail delivers them in a day and a half: a file a region and five minutes. */
const FILES = 3858;
const RECORDS = 30_000;

const SERVICES = [
  ["s3.amazonaws.com", "GetObject"],
  ["s3.amazonaws.com", "ListBuckets"],
  ["ec2.amazonaws.com", "DescribeInstances"],
  ["iam.amazonaws.com", "GetUser"],
  ["kms.amazonaws.com", "Decrypt"],
] as const;

/** A CloudTrail record, as long as most are. Equal numbers give equal records. */
function recordOf(n: number): object {
  const id = createHash("md5").update(String(n)).digest("hex");
  const uuid = id.replace(/^(.{8})(.{4})(.{4})(.{4})/u, "$1-$2-$3-$4-");
  const of = (many: number) => Number.parseInt(id.slice(0, 8), 16) % many;
  const [eventSource, eventName] = SERVICES[of(SERVICES.length)] as (typeof SERVICES)[number];
  const role = `role${of(40)}`;
  const issuer = { type: "Role", arn: `arn:aws:iam::123456789012:role/${role}`, userName: role };
  return {
    eventVersion: "1.08",
    userIdentity: {
      type: "AssumedRole",
      principalId: `AROA${of(300)}:session`,
      arn: `arn:aws:sts::123456789012:assumed-role/${role}/s${of(300)}`,
      accountId: "123456789012",
      accessKeyId: `ASIA${of(300)}`,
      sessionContext: { sessionIssuer: issuer, attributes: { mfaAuthenticated: "false" } },
    },
    eventTime: new Date(1_682_899_200_000 + n * 2000).toISOString().replace(".000", ""),
    eventSource,
    eventName,
    awsRegion: "eu-central-1",
    sourceIPAddress: `10.0.${of(200)}.${of(250)}`,
    userAgent: `aws-sdk-go/1.44.${of(30)} (go1.19; linux; amd64)`,
    ...(of(15) === 0 ? { errorCode: "AccessDenied", errorMessage: "Access Denied" } : {}),
    requestParameters: { bucketName: `bucket-${of(60)}`, key: `data/${of(5000)}.json` },
    responseElements: null,
    requestID: uuid,
    eventID: [...uuid].reverse().join(""),
    readOnly: true,
    eventType: "AwsApiCall",
    recipientAccountId: "123456789012",
  };
}

export interface Trail {
  /** A folder of many small files. */
  readonly many: string;
  /** The same records in one. */
  readonly one: string;
}

/** Writes the records of a trail as many files and as one. What is there from an earlier run is taken as it is. */
export function writeTrail(folder: string): Trail {
  const many = path.join(folder, `trail-${FILES}`);
  const one = path.join(folder, `trail-${FILES}.json.gz`);
  // The last file written says that all are whole.
  if (fs.existsSync(one)) return { many, one };
  const pack = (records: readonly object[]) => zlib.gzipSync(JSON.stringify({ Records: records }));
  const all: object[] = [];
  for (let file = 0; file < FILES; file++) {
    const until = Math.floor((RECORDS * (file + 1)) / FILES);
    const records = Array.from({ length: until - all.length }, (_, k) => recordOf(all.length + k));
    all.push(...records);
    const day = path.join(many, "AWSLogs", "123456789012", "CloudTrail", "eu-central-1", String(1 + (file >> 10)));
    fs.mkdirSync(day, { recursive: true });
    fs.writeFileSync(path.join(day, `123456789012_CloudTrail_${String(file).padStart(5, "0")}.json.gz`), pack(records));
  }
  fs.writeFileSync(one, pack(all));
  return { many, one };
}

/** All that a case says of its calls but where they stand, as one digest. */
export function callsOf(folder: string): string {
  const db = new Database(path.join(folder, "case.db"), { readonly: true });
  try {
    const names = (db.pragma("table_info(event)") as { name: string }[])
      .map(({ name }) => `"${name}"`)
      .filter((name) => !['"id"', '"source"', '"line"', '"offset"'].includes(name));
    const hash = createHash("sha256");
    const rows = db.prepare(`select json_array(${names.join(", ")}) from event order by time, request_id`).pluck();
    for (const row of rows.iterate() as IterableIterator<string>) hash.update(row);
    return hash.digest("hex");
  } finally {
    db.close();
  }
}
