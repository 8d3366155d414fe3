import fs from "node:fs";
import path from "node:path";
import axe from "axe-core";
import { beforeAll, describe, expect, it } from "vitest";
import { parsePrivateKey } from "../../main/bundle/signature/ssh-key.ts";
import { createCase } from "../../main/case/create.ts";
import { Engine } from "../../main/engine/engine.ts";
import type { BundleReply } from "../../shared/contract/bundle.ts";
import type { FindingReview } from "../../shared/model/accountability/review.ts";
import { exhibit } from "../exhibit.ts";
import type { Launched } from "../host/launch.ts";
import { privateKeyText } from "../main/bundle/fixture.ts";
import { openDesk } from "./desk.ts";

/** What a reviewer of a bundle says comes back into the case, by keys alone. */

const desk = openDesk("review");
const folder = desk.place("case");
const file = desk.place("okafor.review.json");
const key = parsePrivateKey(privateKeyText(Buffer.alloc(32, 3))).publicKey;
let app: Launched;
let bundle: BundleReply;
const page = () => app.page;
const dialog = () => page().getByRole("dialog");
const said = (words: string | RegExp) =>
  page().getByRole("contentinfo").getByRole("status").filter({ hasText: words }).waitFor();
const row = (words: string) => dialog().getByRole("row").filter({ hasText: words });
const box = (words: string) => row(words).getByRole("checkbox");

function review(tagmanifest_sha256: string): void {
  const finding = (developer_id: string) => ({ rule: "r", developer_id });
  const acts = [
    { act: "confirm", finding: finding("D1"), text: "Seen in the lines." },
    { act: "dispute", finding: finding("D2"), text: "A test account." },
    { act: "tag", calls: [{ event: 1, source: 1, line: 1, offset: 0 }], tag: "check" },
    { act: "confirm", finding: finding("D9"), text: "Nobody here." },
  ];
  const about = { author: "J. Okafor", at: "2019-12-07T16:20:00Z", bundle: { name: bundle.name, tagmanifest_sha256 } };
  fs.writeFileSync(file, JSON.stringify({ schema: "exhibit/review@1", ...about, acts }));
}

/** By its name in the palette, as anybody without a mouse would. */
async function take(): Promise<void> {
  await app.answer("showOpenDialog", { canceled: false, filePaths: [file] });
  await page().keyboard.press("Control+k");
  await page().getByRole("textbox", { name: "Command" }).waitFor();
  await page().keyboard.type("Take in a review");
  await page().getByRole("menuitem").filter({ hasText: "Take in a review" }).first().waitFor();
  await page().keyboard.press("Enter");
}

beforeAll(async () => {
  const calls = ["a1", "a2"].map((each, index) => ({
    ...{
      time: `2019-09-1${index}T12:00:00Z`,
      app: each,
      api: "groups",
      status: 200,
      fields: ["name"],
      subjects: ["u"],
    },
  }));
  fs.writeFileSync(desk.place("calls.jsonl"), `${calls.map((call) => JSON.stringify(call)).join("\n")}\n`);
  fs.writeFileSync(desk.place("apps.csv"), "app,developer_id,developer\na1,D1,Acme Social\na2,D2,Brisk Labs\n");
  const rule = { id: "r", title: "No names", effective_from: "2018-04-04", applies_to: { api: ["groups"] } };
  const rules = [{ ...rule, restricted_fields: ["name"], permission: "p" }];
  fs.writeFileSync(
    desk.place("policy.json"),
    JSON.stringify({ schema: "exhibit/policy@1", as_of: "2019-11-05", rules }),
  );
  fs.writeFileSync(desk.place("vale.pub"), `${key.line} vale\n`);
  const caseFile = createCase(folder, { title: "Review", examiner: "R. Vale <vale@example.org>" });
  const engine = new Engine(caseFile);
  await engine.ask("import", { files: [desk.place("calls.jsonl")] });
  await engine.ask("registry", { files: [desk.place("apps.csv")] });
  await engine.ask("policy", { file: desk.place("policy.json") });
  await engine.ask("finding", { developer: "D2", disposition: "confirmed", reason: "seen" });
  bundle = await engine.ask("bundle", { out: desk.place("b.zip") });
  caseFile.close();
  app = await desk.start(folder);
  await page().getByRole("grid").first().waitFor();
}, 60_000);

describe("a review", () => {
  it("of another bundle is refused in one sentence", async () => {
    review("0".repeat(64));
    await take();
    await page()
      .getByText(/which this case never made/u)
      .first()
      .waitFor();
    await page().keyboard.press("Escape");
  });

  it("shows what is new, what differs and what is about nothing here; ticked acts are taken in", async () => {
    review(bundle.sha256);
    await take();
    await dialog()
      .getByText("2 to take in, 1 differs from here, 0 already here, 1 about nothing in this case")
      .waitFor();
    expect(await Promise.all(["Seen in", "A test", "check", "Nobody"].map((each) => box(each).isChecked()))).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect(await box("Nobody").isDisabled()).toBe(true);
    await page().evaluate(axe.source);
    const { violations } = await page().evaluate(() =>
      (window as unknown as { axe: typeof axe }).axe.run(".review", { resultTypes: ["violations"] }),
    );
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
    if (process.env.SHOTS) await page().screenshot({ path: path.join(process.env.SHOTS, "review.png") });
    // What changes in the case meanwhile is marked, and no longer ticked.
    await page().evaluate(() =>
      window.exhibit.ask("d", "decide", {
        findings: [{ rule: "r", developer_id: "D1" }],
        disposition: "dismissed",
        reason: "a mistake",
      }),
    );
    await dialog().getByRole("button", { name: "Take in 2", exact: true }).click();
    await dialog()
      .getByText(/^The case or the review changed since they were compared/u)
      .waitFor();
    await row("Seen in").getByText("Changed here meanwhile.").waitFor();
    expect(await box("Seen in").isChecked()).toBe(false);
    await box("Seen in").focus();
    await page().keyboard.press("Space");
    await dialog().getByRole("textbox", { name: "Reason" }).fill("Review of counsel");
    await dialog().getByRole("button", { name: "Take in 2", exact: true }).focus();
    await page().keyboard.press("Enter");
    await dialog().waitFor({ state: "detached" });
    await said("Took in 2 acts of J. Okafor.");
    const acts = exhibit("query", folder, "tag:check", "--count", "--json").json();
    expect(acts).toMatchObject({ count: 1 });
    const { reply } = (await page().evaluate(() => window.exhibit.ask("r", "reviews", {}))) as unknown as {
      reply: { reviews: FindingReview[] };
    };
    expect(reply.reviews.map(({ developer_id, stance, by }) => [developer_id, stance, by])).toEqual([
      ["D1", "agrees", "J. Okafor"],
    ]);
  });

  it("taken in once says so", async () => {
    await take();
    await dialog()
      .getByText(/^0 to take in, 1 differs from here, 2 already here/u)
      .waitFor();
    expect(await dialog().getByRole("button", { name: "Take in", exact: true }).isDisabled()).toBe(true);
    await page().keyboard.press("Escape");
    await dialog().waitFor({ state: "detached" });
  });

  it("a bundle says how much it will hold, for whom and why, and is refused where nothing is in it", async () => {
    await page().keyboard.press("Control+8");
    const main = page().getByRole("main");
    await main.getByText(/^2 findings, 2 calls with .+ of original lines; left out: 0$/u).waitFor();
    await main.getByText("Also the calls of a filter").click();
    await main.getByRole("textbox", { name: "Filter of the calls that go along" }).fill("app:a1 and and");
    await main.getByRole("alert").first().waitFor();
    expect(await main.getByRole("button", { name: "Create bundle" }).isDisabled()).toBe(true);
    await main.getByRole("textbox", { name: "Filter of the calls that go along" }).fill("app:a1");
    await main.getByRole("row").filter({ hasText: "asked for" }).waitFor();
    await main.getByRole("textbox", { name: "For", exact: true }).fill("Marlow & Hythe LLP");
    await main.getByRole("textbox", { name: "Matter" }).fill("19-0417");
    await main.getByRole("textbox", { name: "Reason" }).fill("Production");
    await main.getByText("Compact: about a fifth").click();
    // What cannot sign is refused where it is chosen; whose a key is stands there before it is used.
    await app.answer("showOpenDialog", { canceled: false, filePaths: [desk.place("b.zip")] });
    await main.getByRole("button", { name: "Choose a key" }).click();
    await main.getByText(/b\.zip (?:is not a private key|has \d+ bytes, and no private key)/u).waitFor();
    fs.writeFileSync(desk.place("vale"), privateKeyText(Buffer.alloc(32, 3)));
    await app.answer("showOpenDialog", { canceled: false, filePaths: [desk.place("vale")] });
    await main.getByRole("button", { name: "Choose a key" }).click();
    await main.getByText(key.fingerprint).waitFor();
    expect(await main.getByText("Passphrase of the key").count()).toBe(0);
    // Only the calls of some findings, and how many others there are.
    await main.getByText(/^open \d$/u).click();
    await main.getByText("No finding is in another state.").waitFor();
    await main.getByRole("row").filter({ hasText: "finding:(confirmed or dismissed or disputed)" }).waitFor();
    if (process.env.SHOTS) await page().screenshot({ path: path.join(process.env.SHOTS, "bundle.png") });
    await main.getByText(/^open \d$/u).click();
    await main.getByRole("button", { name: "Without it" }).click();
    await app.answer("showSaveDialog", { canceled: false, filePath: desk.place("c.zip") });
    await main.getByRole("button", { name: "Create bundle" }).click();
    await main.getByText(/^INTACT, UNSIGNED/u).waitFor();
    expect(fs.statSync(desk.place("c.zip")).size).toBeLessThan(fs.statSync(desk.place("b.zip")).size / 2);
    const last = (await page().evaluate(() =>
      window.exhibit.ask("c", "custodyRows", { offset: 1, limit: 1 }),
    )) as unknown;
    expect(last).toMatchObject({
      reply: {
        rows: [{ act: "bundle", detail: { for: "Marlow & Hythe LLP", matter: "19-0417", reason: "Production" } }],
      },
    });
  });

  it("its bundle opens as a case in which nothing is changed", async () => {
    await app.answer("showOpenDialog", { canceled: false, filePaths: [desk.place("b.zip")] });
    await page().keyboard.press("Control+k");
    await page().getByRole("textbox", { name: "Command" }).waitFor();
    await page().keyboard.type("Verify a bundle");
    await page().getByRole("menuitem").filter({ hasText: "Verify a bundle" }).first().waitFor();
    await page().keyboard.press("Enter");
    const main = page().getByRole("main");
    await main.getByRole("button", { name: "Choose a bundle" }).click();
    await main.getByText(/^INTACT, UNSIGNED/u).waitFor();
    // What is no public key is refused, and the verdict stays; a key makes a new question of it.
    await app.answer("showOpenDialog", { canceled: false, filePaths: [desk.place("b.zip")] });
    await main.getByRole("button", { name: "Choose a public key" }).click();
    await main.getByText(/b\.zip (?:is not an OpenSSH|has \d+ bytes, and no public key)/u).waitFor();
    expect(await main.getByText(/^INTACT, UNSIGNED/u).count()).toBe(1);
    await app.answer("showOpenDialog", { canceled: false, filePaths: [desk.place("vale.pub")] });
    await main.getByRole("button", { name: "Choose a public key" }).click();
    await main.getByText("Not checked since vale.pub was chosen.").waitFor();
    await main.getByText(key.fingerprint).waitFor();
    expect(await main.getByText(/^INTACT, UNSIGNED/u).count()).toBe(0);
    if (process.env.SHOTS) await page().screenshot({ path: path.join(process.env.SHOTS, "verify.png") });
    await main.getByRole("button", { name: "Any key" }).click();
    await main.getByRole("button", { name: "Check again" }).click();
    await main.getByText(/^INTACT, UNSIGNED/u).waitFor();
    await main.getByRole("button", { name: "Open as a case, read-only" }).click();
    await page()
      .getByText(/it is a bundle/u)
      .first()
      .waitFor();
    await page().keyboard.press("Control+1");
    await main.getByText("calls.jsonl").first().waitFor();
    if (process.env.SHOTS) await page().screenshot({ path: path.join(process.env.SHOTS, "opened.png") });
    expect((await page().evaluate(() => window.exhibit.ask("i", "info", {}))) as unknown).toMatchObject({
      reply: { title: "Review", events: 2, read_only: true },
    });
  });
});
