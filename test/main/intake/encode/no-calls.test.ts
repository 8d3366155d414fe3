import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { describeFile } from "../../../../main/intake/detect/detect.ts";
import { parseMapping } from "../../../../main/intake/mapping/parse-mapping.ts";
import { temporaryFolder } from "../../../temporary.ts";
import { imported } from "../imported.ts";

/** An Insight as a trail delivers it (CloudTrail user guide, record contents for Insights events for trails). */
const insight = (state: "Start" | "End") => ({
  eventVersion: "1.08",
  eventTime: state === "Start" ? "2024-05-02T12:02:00Z" : "2024-05-02T12:10:00Z",
  eventID: `i-${state}`,
  eventType: "AwsCloudTrailInsight",
  sharedEventID: "s-1",
  insightDetails: { state, eventSource: "s3.amazonaws.com", eventName: "GetObject", insightType: "ApiCallRateInsight" },
  eventCategory: "Insight",
});
const REASON = "a CloudTrail Insight: a rate of calls or errors over a time, no call";

test("a file of Insights alone is CloudTrail's, and none of its records is a call", async () => {
  const text = JSON.stringify({ Records: [insight("Start"), insight("End")] });
  const file = path.join(temporaryFolder(), "insights.json");
  fs.writeFileSync(file, text);
  expect((await describeFile(file, "insights.json", {})).report.format).toBe("cloudtrail");
  const { source, events } = await imported(text, { name: "insights.json" });
  expect(events).toEqual([]);
  expect(source).toMatchObject({ format: "cloudtrail", rejected: 2, line_ledger: { events: 0, rejected: 1 } });
  expect(source.rejects.map(({ reason }) => reason)).toEqual([REASON, REASON]);
});

test("an Insight inside what lookup-events gives is none either", async () => {
  const text = JSON.stringify({
    Events: [{ EventId: "i", EventTime: "2024-05-02T12:02:00Z", CloudTrailEvent: JSON.stringify(insight("Start")) }],
  });
  const { source } = await imported(text, { name: "lookup.json" });
  expect(source).toMatchObject({ format: "cloudtrail", events: 0, rejects: [{ line: 1, reason: REASON }] });
});

test("a mapping says of its own records which are no calls; words for no value are counted once", async () => {
  const mapping = {
    schema: "exhibit/mapping@1",
    format: "csv",
    no_calls: [{ when: { kind: "^(?:start|stop)$", app: "^$|." }, why: "the gateway itself" }],
    fields: { actor: "kind" },
  };
  const text = [
    "time,app,kind",
    "2024-05-02T12:00:00Z,a,start",
    "2024-05-02T12:00:01Z,a,call",
    "2024-05-02T12:00:02Z,a,NULL",
    "2024-05-02T12:00:03Z,NULL,stop",
  ].join("\n");
  for (const batch of [undefined, 60]) {
    const { source, events } = await imported(text, { mapping, ...(batch && { batch }) });
    expect(events.map(({ line }) => line)).toEqual([3, 4, 5]);
    expect(source.rejects).toEqual([{ line: 2, reason: "the gateway itself" }]);
    expect(source.no_values).toBe(2);
  }
  expect(() =>
    parseMapping(JSON.stringify({ ...mapping, no_calls: [{ when: { kind: "(" }, why: "x" }] }), "m.json"),
  ).toThrow(/no_calls\[0\]\.when\.kind/u);
});
