import { expect, test } from "vitest";
import { readMapping } from "../../../main/intake/mapping/parse-mapping.ts";
import type { EventRecord } from "../../../shared/model/event.ts";
import { imported } from "./imported.ts";

/** A CloudTrail record; `over` says what is not usual about it. */
const trail = (over: Record<string, unknown>) => ({
  eventVersion: "1.09",
  eventTime: "2024-05-02T12:00:00Z",
  eventSource: "s3.amazonaws.com",
  eventName: "GetObject",
  awsRegion: "eu-west-1",
  sourceIPAddress: "192.0.2.1",
  userAgent: "x",
  eventID: JSON.stringify(over),
  eventType: "AwsApiCall",
  ...over,
});
const ROLE = {
  type: "AssumedRole",
  principalId: "AROAX:s",
  arn: "arn:aws:sts::1:assumed-role/acme/s",
  accessKeyId: "ASIAX",
  sessionContext: { sessionIssuer: { type: "Role", arn: "arn:aws:iam::1:role/acme", userName: "acme" } },
};
const readTrail = async (...records: Record<string, unknown>[]): Promise<EventRecord[]> =>
  (await imported(JSON.stringify({ Records: records.map(trail) }), { name: "ct.json" })).events;

test("CloudTrail: the app is the assumed role or the lasting key, its developer their user; a session's key names none", async () => {
  const user = { type: "IAMUser", arn: "arn:aws:iam::1:user/vendor", userName: "vendor" };
  const events = await readTrail(
    { userIdentity: ROLE },
    { userIdentity: { ...user, accessKeyId: "AKIAEXAMPLE" } },
    { userIdentity: { ...user, accessKeyId: "ASIASESSION" } },
  );
  expect(events.map(({ app, developer }) => [app, developer])).toEqual([
    ["arn:aws:iam::1:role/acme", "acme"],
    ["AKIAEXAMPLE", "vendor"],
    [undefined, "vendor"],
  ]);
});

test("CloudTrail: services that act for themselves are told from those that act for a user or an app", async () => {
  const linked = { sessionContext: { sessionIssuer: { arn: "arn:aws:iam::1:role/aws-service-role/x/Y" } } };
  const events = await readTrail(
    { userIdentity: { type: "AWSService", invokedBy: "cloudtrail.amazonaws.com" }, eventName: "PutObject" },
    { userIdentity: { ...ROLE, ...linked, invokedBy: "config.amazonaws.com" } },
    { userIdentity: { invokedBy: "kms.amazonaws.com" }, eventType: "AwsServiceEvent", eventName: "RotateKey" },
    { userIdentity: { ...ROLE, invokedBy: "athena.amazonaws.com" } },
    { userIdentity: { type: "Root", arn: "arn:aws:iam::1:root" } },
    { userIdentity: { type: "IAMUser", userName: "ada", invokedBy: "athena.amazonaws.com" } },
    { userIdentity: { type: "AWSAccount", accountId: "2" } },
  );
  expect(events.map(({ caller }) => caller)).toEqual([
    "service",
    "service",
    "service",
    "app",
    "user",
    "user",
    undefined,
  ]);
});

test("CloudTrail: what was asked for is named by the request, the same in either place, and bytes are those that went out", async () => {
  const bucket = { type: "AWS::S3::Bucket", ARN: "arn:aws:s3:::ledger", accountId: "1" };
  const object = { type: "AWS::S3::Object", ARN: "arn:aws:s3:::ledger/a/2023.csv" };
  const events = await readTrail(
    { resources: [bucket, object], additionalEventData: { bytesTransferredIn: 0, bytesTransferredOut: 4711 } },
    { requestParameters: { bucketName: "ledger", Host: "h", key: "a/2023.csv" } },
    { eventName: "ListObjects", resources: [{ type: "AWS::S3::Object", ARNPrefix: "arn:aws:s3:::ledger/" }, bucket] },
    { eventName: "GetBucketPolicy", requestParameters: { bucketName: "ledger" } },
    { eventSource: "secretsmanager.amazonaws.com", eventName: "GetSecretValue", requestParameters: { secretId: "db" } },
    { eventSource: "dynamodb.amazonaws.com", eventName: "GetItem", requestParameters: { tableName: "members" } },
  );
  expect(events.map(({ resource, bytes }) => [resource, bytes])).toEqual([
    ["arn:aws:s3:::ledger/a/2023.csv", 4711],
    ["arn:aws:s3:::ledger/a/2023.csv", undefined],
    ["arn:aws:s3:::ledger", undefined],
    ["ledger", undefined],
    ["db", undefined],
    ["members", undefined],
  ]);
});

test("CloudTrail: an answer that there was none bears 404, so that faults are told from it; a refusal is denied", async () => {
  const codes = ["NoSuchKey", "NoSuchBucketPolicy", "ResourceNotFoundException", "InternalError", "AccessDenied"];
  const events = await readTrail(...codes.map((errorCode) => ({ errorCode })));
  expect(events.map(({ outcome, status }) => [outcome, status])).toEqual([
    ["failed", 404],
    ["failed", 404],
    ["failed", 404],
    ["failed", undefined],
    ["denied", undefined],
  ]);
});

test("CloudTrail behind Logstash: the record's own time counts, not that of its collection", async () => {
  const text = [trail({ userIdentity: ROLE }), trail({ userIdentity: { type: "AWSService" } })]
    .map((record) => JSON.stringify({ "@timestamp": "2024-05-09T00:00:00.000Z", "@version": "1", ...record }))
    .join("\n");
  const { events, source } = await imported(text, { name: "ct.jsonl" });
  expect(source.format).toBe("cloudtrail");
  expect(events.map(({ time, caller }) => [time, caller])).toEqual([
    ["2024-05-02T12:00:00Z", "app"],
    ["2024-05-02T12:00:00Z", "service"],
  ]);
});

test("Microsoft 365: callers by their type, files and messages by their ids, and what is only logged when it happened is allowed", async () => {
  const record = (over: Record<string, unknown>) =>
    JSON.stringify({
      CreationTime: "2024-05-02T12:00:00",
      Id: JSON.stringify(over),
      Operation: "FileDownloaded",
      RecordType: 6,
      UserType: 0,
      UserId: "ann@orbit.example",
      ...over,
    });
  const message = { InternetMessageId: "<m1@x>", SizeInBytes: 7 };
  const text = [
    record({ ObjectId: "https://o.example/a.xlsx", FileSizeBytes: 900 }),
    record({ UserType: 5, AppAccessContext: { ClientAppId: "c1", ClientAppName: "Acme" } }),
    record({ UserType: 4, Operation: "PageViewed" }),
    record({ UserId: "SHAREPOINT\\system", Operation: "FileModified" }),
    record({
      Operation: "MailItemsAccessed",
      RecordType: 50,
      Folders: [{ FolderItems: [message] }],
      OperationCount: 3,
    }),
    record({ Operation: "Set-Mailbox", RecordType: 1 }),
  ].join("\n");
  const { events } = await imported(text, { name: "ual.jsonl" });
  expect(
    events.map(({ caller, outcome, resource, bytes, app, developer }) => [
      caller,
      outcome,
      resource,
      bytes,
      app,
      developer,
    ]),
  ).toEqual([
    ["user", "allowed", "https://o.example/a.xlsx", 900, undefined, undefined],
    ["app", "allowed", undefined, undefined, "c1", "Acme"],
    ["service", "allowed", undefined, undefined, undefined, undefined],
    ["service", "allowed", undefined, undefined, undefined, undefined],
    ["user", "allowed", "<m1@x>", undefined, undefined, undefined],
    ["user", "unknown", undefined, undefined, undefined, undefined],
  ]);
});

test("Kubernetes, Google Cloud, Okta, GitHub and Graph say what called in their own words", async () => {
  const callers = async (name: string, records: readonly object[]) =>
    (await imported(records.map((record) => JSON.stringify(record)).join("\n"), { name })).events.map(
      ({ caller }) => caller,
    );
  const pod = (username: string) => ({
    kind: "Event",
    apiVersion: "audit.k8s.io/v1",
    auditID: username,
    stage: "ResponseComplete",
    verb: "get",
    requestURI: "/api/v1/secrets",
    user: { username },
    requestReceivedTimestamp: "2024-05-02T12:00:00.000000Z",
    responseStatus: { code: 200 },
  });
  const names = ["system:node:n1", "system:serviceaccount:shop:reader", "ada", "system:anonymous", "sysadmin"];
  expect(await callers("k8s.jsonl", names.map(pod))).toEqual(["service", "app", "user", undefined, "user"]);
  const entry = (principalEmail: string) => ({
    insertId: principalEmail,
    logName: "projects/p/logs/cloudaudit.googleapis.com%2Fdata_access",
    timestamp: "2024-05-02T12:00:00Z",
    protoPayload: {
      serviceName: "storage.googleapis.com",
      methodName: "storage.objects.get",
      authenticationInfo: { principalEmail },
    },
  });
  const emails = [
    "service-17@gcp-sa-logging.iam.gserviceaccount.com",
    "etl@p.iam.gserviceaccount.com",
    "ann@orbit.example",
  ];
  expect(await callers("gcp.jsonl", emails.map(entry))).toEqual(["service", "app", "user"]);
  const okta = (type: string) => ({
    uuid: type,
    eventType: "user.session.start",
    published: "2024-05-02T12:00:00.000Z",
    actor: { id: "00u1", type, alternateId: "a@x.example" },
    outcome: { result: "SUCCESS" },
  });
  expect(await callers("okta.jsonl", ["SystemPrincipal", "PublicClientApp", "User"].map(okta))).toEqual([
    "service",
    "app",
    "user",
  ]);
  const github = (over: object) => ({
    "@timestamp": 1714651200000,
    action: "git.clone",
    repo: "o/r",
    actor: "ann",
    ...over,
  });
  expect(await callers("github.jsonl", [github({ actor: "deploy[bot]" }), github({ actor_is_bot: false })])).toEqual([
    "app",
    "user",
  ]);
  const graph = (over: object) => ({
    category: "MicrosoftGraphActivityLogs",
    time: "2024-05-02T12:00:00Z",
    properties: {
      timeGenerated: "2024-05-02T12:00:00Z",
      requestId: JSON.stringify(over),
      requestUri: "https://graph.microsoft.com/v1.0/users",
      requestMethod: "GET",
      responseStatusCode: 200,
      appId: "a1",
      ...over,
    },
  });
  expect(
    await callers("graph.jsonl", [graph({ servicePrincipalId: "sp1", userId: null }), graph({ userId: "u1" })]),
  ).toEqual(["app", "user"]);
});

test("a text may be put together from places of a record; it is there where all of them are", async () => {
  const mapping = {
    schema: "exhibit/mapping@1",
    format: "csv",
    fields: { resource: { from: ["{bucket}/{key}", "bucket"] }, actor: "u{account}:{user}" },
  };
  const text = "time,app,bucket,key,account,user\n2024-05-01T10:00:00Z,a,b,k,1,ann\n2024-05-01T10:00:01Z,a,b,,1,\n";
  const { events } = await imported(text, { mapping });
  expect(events.map(({ resource, actor }) => [resource, actor])).toEqual([
    ["b/k", "u1:ann"],
    ["b", undefined],
  ]);
  const time = { schema: "exhibit/mapping@1", format: "csv", fields: { time: "{day}T{clock}" } };
  expect(() => readMapping(time, "m.json")).toThrow(/fields\.time: only a text is put together/u);
});
