import { expect, test } from "vitest";
import { imported } from "../imported.ts";

const T = "2018-05-01T10:00:00Z";
const ROWS = 1_500_000;

test("one quote too many before more than 64 MiB costs its own line", async () => {
  const rows = Array.from({ length: ROWS }, (_, n) => `${T},app${n % 97},/groups/${n}/members,curl 7`);
  const text = ["time,app,path,user_agent", `${T},first,/x,y`, `${T},stray,"/x,y`, ...rows].join("\n");
  expect(text.length).toBeGreaterThan(70 << 20);
  const { source } = await imported(text);
  expect(source).toMatchObject({
    events: ROWS + 1,
    rejected: 1,
    line_ledger: { events: ROWS + 1, rejected: 1, skipped: 1 },
    rejects: [{ line: 3, reason: "a quote that opens in it is not closed within 64 MiB" }],
  });
});
