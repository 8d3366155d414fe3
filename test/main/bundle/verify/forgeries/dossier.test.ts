import { beforeAll, describe, test } from "vitest";
import { type Payload, signedBundle } from "../../signed-bundle.ts";
import { expectNamed, makeBundles } from "./forge.ts";

beforeAll(() => makeBundles());

describe("custody: of a dossier what stands there whole is compared too", () => {
  let dossier: string;
  beforeAll(async () => {
    dossier = await signedBundle({ developer: "D2" });
  });
  test.each<[name: string, change: (payload: Payload) => void, says: RegExp]>([
    [
      "the policy",
      (it) => it.text("extract/policy.json", (text) => text.replace("2018-04-04", "2018-04-06")),
      /policy\.json is not what act \d+ \(policy\) took/u,
    ],
    [
      "another developer",
      (it) => it.json("extract/registry.json", ({ developers }) => developers.push({ developer_id: "D9" })),
      /registry\.json has the developer D9, whose dossier this is not/u,
    ],
  ])("%s", async (name, change, says) => expectNamed([name, change, "custody", says], dossier));

  test("what is due about the case, put in where a dossier has none", async () => {
    const change = (it: Payload) => it.json("extract/clocks.json", (document) => (document.facts.discovered = "D9"));
    await expectNamed(["", change, "recompute", /clocks\.json: facts\.discovered is "D9"/u], dossier);
  });
});
