import fs from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { verify } from "../../../../../main/bundle/verify/verify.ts";
import { given } from "../../../../../shared/base/given.ts";
import { examiner, forged } from "../../signed-bundle.ts";
import { acts, makeBundles, OTHER, root, without } from "./forge.ts";

beforeAll(() => makeBundles());

describe("signature: by the key that custody names", () => {
  const signatureOf = async (folder: string, signer?: string) =>
    (await verify(folder, given({ signer }))).checks.find(({ check }) => check === "signature");

  test("it is, and by which act", async () => {
    expect(await signatureOf(root)).toMatchObject({
      ok: true,
      code: "signature-valid",
      detail: expect.stringMatching(/; it is the one that act \d+ \(signer\) of custody names$/u),
    });
  });

  test("another is named, in the act and in the bundle's own: that is said whatever key is given, and on the page", async () => {
    const folder = await forged(
      root,
      acts((all) => {
        all.find(({ act }) => act === "signer").detail.signer = OTHER;
        all.at(-1).detail.key_named = OTHER.fingerprint;
        return all;
      }),
    );
    const detail = expect.stringMatching(/which is not the one that act \d+ \(signer\) of custody names, SHA256:/u);
    expect(await signatureOf(folder)).toMatchObject({ ok: true, code: "signature-not-named", detail });
    expect(await signatureOf(folder, examiner.publicKey.line)).toMatchObject({
      ok: true,
      code: "signer-confirmed-not-named",
      detail,
    });
    expect(fs.readFileSync(path.join(folder, "data/index.html"), "utf8")).toMatch(
      /which is not the one that act \d+ \(signer\) of the case/u,
    );
  });

  test("no act names one", async () => {
    const folder = await forged(root, without("signer"));
    expect(await signatureOf(folder)).toMatchObject({
      code: "signature-valid",
      detail: expect.stringMatching(/; no act of custody names a key$/u),
    });
  });
});
