import path from "node:path";
import { Refusal } from "../../../../shared/base/errors.ts";
import { figure } from "../../../../shared/base/figure.ts";
import { faultOf } from "../../../platform/system-errors.ts";
import type { Command } from "../../kit/command.ts";
import { inert } from "../../kit/output.ts";

export const sample: Command = {
  name: "sample",
  summary: "Writes the sample incident: invented log exports, registry, policy, claims, and their truth",
  takes: ["DIR"],
  options: {
    rows: { value: "N", meaning: "how many calls; without it 20,000" },
    seed: { value: "S", meaning: "another seed, another incident of the same shape; without it 1" },
  },
  async run(args, out) {
    const dir = path.resolve(args.at(0));
    const rows = args.whole("rows", 2000) ?? 20_000;
    const seed = args.whole("seed", 0) ?? 1;
    const { writeSample } = await import("../../../sample/write-sample.ts");
    const summary = await sampleMade(dir, () =>
      writeSample(dir, {
        rows,
        seed,
        progress: (done, total) => out.progress({ what: "writing", done, total, unit: "records", records: done }),
      }),
    );
    if (out.isJson) out.json(summary);
    else
      out.line(
        inert(
          `${figure(summary.rows)} calls in ${figure(summary.files.length)} files, ${figure(summary.bytes)} bytes: ${dir}`,
        ),
      );
    return 0;
  },
};

/** What the sample's folder refuses, as a sentence. @throws Refusal `out-exists`, `out-unwritable` */
export async function sampleMade<T>(dir: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = (error as { code?: string }).code ?? "";
    if (code === "EEXIST" || code === "ENOTEMPTY")
      throw new Refusal("out-exists", `${dir} is there and not empty`, "choose a new folder; nothing was written");
    if (["EACCES", "EPERM", "ENOENT", "ENOTDIR", "EROFS"].includes(code))
      throw new Refusal("out-unwritable", `${dir} cannot be written (${code})`, "choose a folder that you may write");
    throw faultOf(error, dir) ?? error;
  }
}
