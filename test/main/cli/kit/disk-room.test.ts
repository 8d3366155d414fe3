import fs from "node:fs";
import path from "node:path";
import { afterEach, expect, type Mock, test, vi } from "vitest";
import { demandRoom } from "../../../../main/cli/kit/disk-room.ts";
import { Output } from "../../../../main/cli/kit/output.ts";
import type { Ask } from "../../../../main/cli/kit/with-case-thread.ts";
import { Engine } from "../../../../main/engine/engine.ts";
import type { RequestName } from "../../../../shared/contract/contract.ts";
import { newCase } from "../../../fixture.ts";
import { temporaryFolder } from "../../../temporary.ts";

afterEach(() => vi.restoreAllMocks());

const disk = (free: number) => {
  const real = fs.statfsSync(".");
  vi.spyOn(fs, "statfsSync").mockReturnValue({ ...real, bsize: 1, bavail: free });
};

test("an import that cannot fit is refused with the numbers; one that fits is not even measured", async () => {
  const caseFile = newCase();
  const ask = vi.fn((name: RequestName, input: never) => new Engine(caseFile).ask(name, input)) as Ask & Mock;
  const file = path.join(temporaryFolder(), "a.csv");
  const lines = Array.from({ length: 20_000 }, (_, n) => `${new Date(1.5e12 + n * 1000).toISOString()},a${n},groups`);
  fs.writeFileSync(file, `time,app,api\n${lines.join("\n")}\n`);
  const { size } = fs.statSync(file);
  disk(size * 100);
  await demandRoom(caseFile.folder, { files: [file] }, ask, new Output(false));
  expect(ask).not.toHaveBeenCalled();
  disk(size);
  await expect(demandRoom(caseFile.folder, { files: [file] }, ask, new Output(false))).rejects.toMatchObject({
    code: "no-room",
    what: expect.stringMatching(
      /^The import does not fit: it needs evidence .* \+ database .* \+ cache .*, and .* are free/u,
    ),
  });
});
