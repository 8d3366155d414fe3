import type { Random } from "../incident/random.ts";
import type { CloudCall } from "./calls.ts";
import { KEY, ROLE } from "./cast.ts";

const iso = (time: number): string => new Date(time).toISOString().replace(".000Z", "Z");

/** The three logs as their owners export them: CloudTrail in two overlapping files, a table of its console, the unified audit log. */
export function logFiles(calls: readonly CloudCall[], random: Random): Record<string, string> {
  const [first, second]: [string[], string[]] = [[], []];
  const rows = [
    "Event name,Event time,User name,Event source,Resource name,AWS access key,Error code,Source IP address,Request ID",
  ];
  const unified: string[] = [];
  const met = new Set<string>();
  const trail = calls.filter(({ log }) => log === "trail");
  const middle = trail[trail.length >> 1]?.time ?? 0;
  for (const [n, call] of calls.entries()) {
    if (call.log === "console")
      rows.push(
        [
          call.operation,
          iso(call.time),
          "quill",
          call.api,
          call.resource,
          call.app,
          "",
          "192.0.2.44",
          `console-${n}`,
        ].join(","),
      );
    else if (call.log === "trail") {
      const record = JSON.stringify(trailRecord(call, n));
      const own = call.time < middle ? first : second;
      own.push(record);
      // The files overlap: the same record is in both.
      if (call.copies > 1) (own === first ? second : first).push(record);
    } else {
      // The first record of an id has it in lower case, later ones in any.
      const isLoud = met.has(call.app ?? "") && random.below(3) === 0;
      met.add(call.app ?? "");
      const record = unifiedRecord(call, n, isLoud);
      unified.push(JSON.stringify(record));
      // A page that was fetched twice: word for word, or the same call in other words.
      if (call.copies > 1) unified.push(JSON.stringify(n % 2 === 0 ? record : { ...record, Version: 2 }));
    }
  }
  return {
    "trail-1.json": `{"Records":[${first.join(",\n")}]}\n`,
    "trail-2.json": `{"Records":[${second.join(",\n")}]}\n`,
    "console.csv": `${rows.join("\n")}\n`,
    "unified.jsonl": `${unified.join("\n")}\n`,
  };
}

const CODES = { allowed: undefined, denied: "AccessDenied", failed: "NoSuchKey", unknown: undefined } as const;

function trailRecord(call: CloudCall, n: number): object {
  const { api, operation, resource, outcome, bytes } = call;
  const code = CODES[outcome];
  const isSecret = api.startsWith("secrets");
  const [bucket, ...key] = (resource ?? "").replace("arn:aws:s3:::", "").split("/");
  const object = [
    { accountId: "111122223333", type: "AWS::S3::Bucket", ARN: `arn:aws:s3:::${bucket}` },
    { type: "AWS::S3::Object", ARN: resource },
  ];
  return {
    eventVersion: "1.09",
    userIdentity: identityOf(call, n),
    eventTime: iso(call.time),
    eventSource: api,
    eventName: operation,
    awsRegion: "eu-west-1",
    sourceIPAddress: call.caller === "service" ? "AWS Internal" : "192.0.2.44",
    userAgent: call.caller === "service" ? "AWS Internal" : "vendor-sdk/2",
    ...(code && { errorCode: code }),
    ...(resource !== undefined && {
      requestParameters: isSecret ? { secretId: resource } : { bucketName: bucket, key: key.join("/") },
    }),
    ...(bytes !== undefined && { additionalEventData: { bytesTransferredIn: 0, bytesTransferredOut: bytes } }),
    requestID: `REQ${n}`,
    eventID: `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`,
    // Some deliveries name the object, some leave it to the request.
    ...(resource !== undefined && !isSecret && n % 3 > 0 && { resources: object }),
    eventType: "AwsApiCall",
  };
}

function identityOf({ app, caller }: CloudCall, n: number): object {
  const role = (arn: string) => ({
    type: "AssumedRole",
    arn: `${arn.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/")}/s${n % 5}`,
    accessKeyId: `ASIA${n}`,
    sessionContext: { sessionIssuer: { type: "Role", arn, userName: arn.split("/").at(-1) } },
  });
  if (caller === "service")
    return n % 2 === 0
      ? { type: "AWSService", invokedBy: "s3.amazonaws.com" }
      : role("arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig");
  if (app === KEY)
    return {
      type: "IAMUser",
      arn: "arn:aws:iam::111122223333:user/quill-export",
      userName: "quill-export",
      accessKeyId: KEY,
    };
  return role(app ?? ROLE);
}

function unifiedRecord(call: CloudCall, n: number, isLoud: boolean): object {
  const { api, operation, app, caller, developer, outcome, resource, count, mailbox = "" } = call;
  const isMail = operation === "MailItemsAccessed";
  const said = (id: string) => (isLoud ? id.toUpperCase() : id);
  return {
    CreationTime: iso(call.time).replace("Z", ""),
    Id: `11111111-0000-4000-8000-${String(n).padStart(12, "0")}`,
    Operation: operation,
    Workload: api,
    UserType: caller === "service" ? 4 : caller === "app" ? 5 : 0,
    UserId: caller === "service" ? "SHAREPOINT\\system" : said(mailbox),
    ...(isMail && { ResultStatus: outcome === "failed" ? "Failed" : "Succeeded" }),
    ...(app && { AppAccessContext: { ClientAppId: said(app), ClientAppName: developer?.name } }),
    ...(api === "SharePoint" && { ObjectId: resource }),
    ...(isMail && { Folders: [{ FolderItems: [{ InternetMessageId: resource }] }] }),
    ...(count !== undefined && { OperationCount: count }),
    ...(api === "Exchange" && { MailboxOwnerUPN: mailbox }),
    ClientIP: "192.0.2.77",
    Version: 1,
  };
}
