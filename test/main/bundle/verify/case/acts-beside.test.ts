import { expect, test } from "vitest";
import { actsBeside } from "../../../../../main/bundle/verify/case/acts-beside.ts";
import { imported } from "../../../intake/imported.ts";

test("a thread finds whether the rows are what the acts made them, and what is wrong is said as without it", async () => {
  const { caseFile } = await imported("time,app,status\n2018-04-04T10:00:00Z,a1,200\n2018-04-04T10:00:01Z,a2,403\n");
  const beside = async (eventsForThread: number) => {
    const acts = actsBeside(caseFile, eventsForThread);
    await acts.demand().finally(() => acts.close());
  };
  await expect(beside(1)).resolves.toBe(undefined);
  caseFile.db.exec("update event_row set status = 404 where id = 2");
  const alone = await beside(Number.POSITIVE_INFINITY).catch((error: Error) => error);
  expect(alone).toMatchObject({ code: "case-damaged" });
  await expect(beside(1)).rejects.toEqual(alone);
  caseFile.close();
});
