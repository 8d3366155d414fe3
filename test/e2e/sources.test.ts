import fs from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { exhibit } from "../exhibit.ts";
import type { Launched } from "../host/launch.ts";
import { openDesk } from "./desk.ts";
import { counted } from "./explore.ts";

/** A source that was wrong: out of every count, or read again, and the record says so. */

const desk = openDesk("sources");
const folder = desk.place("case");
let app: Launched;
const page = () => app.page;
const drawer = () => page().getByRole("dialog", { name: "berlin.csv" });
const button = (name: string) => drawer().getByRole("button", { name, exact: true });
const said = (words: string) =>
  page().getByRole("contentinfo").getByRole("status").filter({ hasText: words }).waitFor();
const count = async () => {
  await page().keyboard.press("Control+2");
  return counted(page());
};
const openSource = async () => {
  await page().keyboard.press("Control+1");
  await page().getByRole("button", { name: "berlin.csv", exact: true }).click();
  await drawer().waitFor();
};
const times = () =>
  exhibit("query", folder, "source:1", "--json")
    .json<{ events: { time: string }[] }>()
    .events.map(({ time }) => time);

beforeAll(async () => {
  const [one, two] = [desk.place("berlin.csv"), desk.place("utc.csv")];
  fs.writeFileSync(one, "time,app\n2018-04-04 10:00:00,a\n2018-04-04 09:00:00,a\n");
  fs.writeFileSync(two, "time,app\n2018-04-05T10:00:00Z,b\n");
  exhibit("create", folder, "--title", "Sources", "--examiner", "R. Vale <vale@example.org>");
  exhibit("import", folder, one, two);
  app = await desk.start(folder);
  await page().getByRole("heading", { level: 1 }).first().waitFor();
});

describe("a source", () => {
  it("is said to have come from somebody, by keys for all, by mouse for one", async () => {
    const acquisitions = () =>
      exhibit("sources", folder, "--json").json<{ sources: { sha256: string; acquisition?: object }[] }>().sources;
    await page().keyboard.press("Control+1");
    await page().getByText("2 sources without acquisition.").waitFor();
    await page().getByRole("button", { name: "Say how they came" }).focus();
    await page().keyboard.press("Enter");
    const dialog = page().getByRole("dialog", { name: "How did these files come?" });
    await dialog.waitFor();
    const { keyboard } = page();
    for (const text of ["A. Marsh, Orbit", "2019-11-06", "encrypted disk", "vendor export"]) {
      await keyboard.type(text);
      await keyboard.press("Tab");
    }
    await dialog.getByLabel("Stated digest of utc.csv").fill("1988");
    await dialog.getByText("no SHA-256").waitFor();
    await dialog.getByLabel("Stated digest of utc.csv").fill("0".repeat(64));
    await dialog.getByText(/^differs: the file has [0-9a-f]{8}\.\./u).waitFor();
    await keyboard.press("Control+Enter");
    await said("Recorded how 2 sources came. 1 stated digest differs.");
    await page().getByText("without acquisition").waitFor({ state: "detached" });
    const came = { from: "A. Marsh, Orbit", on: "2019-11-06", medium: "encrypted disk", method: "vendor export" };
    expect(acquisitions().map(({ acquisition }) => acquisition)).toEqual([
      came,
      { ...came, digest: "0".repeat(64), digest_matches: false },
    ]);

    await openSource();
    await button("Say again how it came").click();
    expect(await dialog.getByLabel("From").inputValue()).toBe("A. Marsh, Orbit");
    await dialog.getByLabel("On").fill("2099-01-01");
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.getByText("is after this computer's clock").waitFor();
    await dialog.getByLabel("On").fill("2019-11-07T10:15Z");
    await dialog.getByLabel("Stated digest of berlin.csv").fill(acquisitions()[0]?.sha256 ?? "");
    await dialog.getByText("matches", { exact: true }).waitFor();
    await dialog.getByRole("button", { name: "Save" }).click();
    await said("Recorded how berlin.csv came.");
    await drawer().getByText("2019-11-07 10:15:00 UTC").waitFor();
    expect(acquisitions()[0]?.acquisition).toMatchObject({ on: "2019-11-07T10:15:00Z", digest_matches: true });
    await page().keyboard.press("Escape");
  });

  it("is withdrawn with a reason, leaves every count, and comes back", async () => {
    expect(await count()).toBe(3);
    await openSource();
    await button("Withdraw").click();
    const dialog = page().getByRole("dialog", { name: "Withdraw the source" });
    await dialog.getByLabel("Reason").fill("the wrong gateway");
    await dialog.getByRole("button", { name: "Withdraw" }).click();
    await said("2 calls left every count");
    await drawer().getByText("the wrong gateway").waitFor();
    await page().keyboard.press("Escape");
    await page().getByText("1 source withdrawn and in no count").waitFor();
    expect(await count()).toBe(1);
    await openSource();
    await button("Count it again").click();
    const back = page().getByRole("dialog", { name: "Count the source again" });
    await back.getByLabel("Reason").fill("it was the right one");
    await back.getByRole("button", { name: "Count it again" }).click();
    await said("2 calls came back");
    await page().keyboard.press("Escape");
    expect(await count()).toBe(3);
  });

  it("is read again in another zone, and says how its clock runs", async () => {
    expect(times()).toEqual(["2018-04-04T09:00:00Z", "2018-04-04T10:00:00Z"]);
    await openSource();
    await drawer().getByText("newest first").waitFor();
    await button("Read again").click();
    const dialog = page().getByRole("dialog", { name: "Read the source again" });
    await dialog.getByLabel("Zone of times without one").selectOption("Europe/Berlin");
    await dialog.getByRole("button", { name: "Read again" }).click();
    await said("2 calls before, 2 calls now");
    await drawer().getByText("Europe/Berlin (as given)").waitFor();
    expect(times()).toEqual(["2018-04-04T07:00:00Z", "2018-04-04T08:00:00Z"]);
  });

  it("stays where it is, if asked, and is watched there", async () => {
    const huge = desk.place("huge.csv");
    fs.writeFileSync(huge, "time,app\n2018-04-06T10:00:00Z,c\n");
    await page().keyboard.press("Escape");
    await drawer().waitFor({ state: "detached" });
    await page().keyboard.press("Control+1");
    await app.answer("showOpenDialog", { canceled: false, filePaths: [huge] });
    await page().getByRole("button", { name: "Import logs" }).first().click();
    await page().getByLabel("Leave the original where it is").press("Space");
    await page().getByRole("button", { name: "Import 1 file" }).click();
    await page().getByRole("button", { name: "Show the source" }).click();
    const sheet = page().getByRole("dialog", { name: "huge.csv" });
    await sheet.getByText(huge).waitFor();
    await page().keyboard.press("Escape");
    expect(await count()).toBe(4);
    fs.rmSync(huge);
    await page().keyboard.press("Control+1");
    await page().getByRole("button", { name: "huge.csv", exact: true }).click();
    await sheet.getByText("not copied, and gone").waitFor();
    await page().keyboard.press("Escape");
  });
});
