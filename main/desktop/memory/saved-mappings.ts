import type { DesktopInput, DesktopReply, SavedMapping } from "../../../shared/contract/desktop.ts";
import { askCaseless } from "../../engine/threads/remote-engine.ts";

type Looked = DesktopReply<"detect">["files"][number];

/** Tries the saved mappings on files that nothing else reads. The mapping must read most of the first records. */
export async function bySavedMappings(
  { files }: DesktopReply<"detect">,
  input: DesktopInput<"detect">,
  saved: readonly SavedMapping[],
): Promise<Looked[]> {
  if (input.format !== undefined || input.mapping !== undefined || saved.length === 0) return files;
  return Promise.all(files.map((looked) => ("looks" in looked ? looked : byOne(looked, input, saved))));
}

async function byOne(
  looked: Extract<Looked, { refused: unknown }>,
  input: DesktopInput<"detect">,
  saved: readonly SavedMapping[],
): Promise<Looked> {
  if (looked.refused.code !== "not-a-log") return looked;
  for (const mapping of saved) {
    const [tried] = (await askCaseless("detect", { ...input, files: [looked.path], mapping: mapping.document })).files;
    if (!tried || !("looks" in tried)) continue;
    const records = tried.looks.flatMap((look) => look.records);
    const events = records.filter(({ event }) => event !== undefined).length;
    if (events * 2 > records.length) return { ...tried, saved: mapping };
  }
  return looked;
}
