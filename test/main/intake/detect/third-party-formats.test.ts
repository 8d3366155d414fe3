import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { readFile } from "../encode-file.ts";

const samples = path.resolve(import.meta.dirname, "../../../../resources/formats/samples");

/**
 * Names on which files rest that are easily misremembered, and where their owners write them:
 * - API Management: `totalTime` and `durationMs` are milliseconds until the answer is sent in full (MicrosoftDocs/azure-docs,
 *   articles/api-management/gateway-log-schema-reference.md).
 * - Apigee: `(not set)` stands in any dimension, also for the proxy (docs.apigee.com, analytics, "What does an analytics
 *   entity value "(not set)" mean"); `x_forwarded_for_ip` is a dimension (release notes of Edge of 14 September 2023).
 * - GitHub: the common fields of every event (github/docs, src/audit-logs/data/shared/fields-pool.json); `integration`,
 *   `oauth_application_name`, `application_client_id` as the schema of Tailpipe's GitHub plugin describes them.
 * - Salesforce: REQUEST_ID is that of a transaction with one or more events (object reference, EventLogFile).
 * - Slack: `context.app` is an app with `id` and `name` (slackapi/python-slack-sdk, slack_sdk/audit_logs/v1/logs.py).
 * - Google Drive: `originating_app_id` is a parameter of Drive's activities, as in samples of the Reports API.
 * - Dropbox: team_log.stone of dropbox/dropbox-api-spec; a member that is a plain struct stands beside its `.tag`, one with
 *   kinds of its own below it.
 */
/** What the first and the last record of each sample must become, read by eye beside the owner's documentation. */
const expected = JSON.parse(
  fs.readFileSync(path.join(import.meta.dirname, "third-party-samples.json"), "utf8"),
) as Record<string, readonly object[]>;

test.each(Object.entries(expected))(
  "%s is recognised by what its records must have, and read whole",
  async (name, wanted) => {
    const { detection, events, rejects } = await readFile(path.join(samples, name));
    expect(detection.resolved.format).toBe(path.parse(name).name);
    expect(rejects).toEqual([]);
    expect(events[0]).toMatchObject(wanted[0] as object);
    expect(events.at(-1)).toMatchObject(wanted.at(-1) as object);
    // What a format does not read is not made up.
    for (const key of ["app", "developer", "actor", "fields", "subjects"])
      if (!(key in (wanted[0] as object))) expect(events[0]).not.toHaveProperty(key);
  },
);
