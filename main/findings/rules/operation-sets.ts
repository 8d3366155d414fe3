import fs from "node:fs";
import { z } from "zod";

const FOLDER = new URL("../../../resources/operations/", import.meta.url);

/** How a policy names one of them among its operations. */
const PREFIX = "set:";

const SET = z.strictObject({
  title: z.string(),
  formats: z.array(z.string()).min(1),
  sources: z.array(z.string()).min(1),
  operations: z
    .array(
      z.strictObject({
        /** Absent: whatever the API. */
        api: z.array(z.string()).min(1).optional(),
        operations: z.array(z.string()).min(1),
      }),
    )
    .min(1),
});

/** Operations of one kind as the logs of a few formats call them; `*` as in a policy's own operations. */
export type OperationSet = z.output<typeof SET>;

let loaded: ReadonlyMap<string, OperationSet> | undefined;

/** The sets of `resources/operations/`, by name. */
export function operationSets(): ReadonlyMap<string, OperationSet> {
  loaded ??= new Map(
    fs
      .readdirSync(FOLDER)
      .filter((file) => file.endsWith(".json"))
      .sort()
      .map((file) => [
        file.slice(0, -".json".length),
        SET.parse(JSON.parse(fs.readFileSync(new URL(file, FOLDER), "utf8"))),
      ]),
  );
  return loaded;
}

/** The name of the set that an entry of a policy's operations names; undefined where it is an operation itself. */
export const setNamed = (operation: string): string | undefined =>
  operation.startsWith(PREFIX) ? operation.slice(PREFIX.length) : undefined;

/** Operations, and the APIs whose they must be. */
export interface OperationGroup {
  readonly api?: readonly string[] | undefined;
  readonly operations: readonly string[];
}

/** What a policy's operations mean, its sets written out. A call that is in one group is meant. */
export function groupsOf(operations: readonly string[]): OperationGroup[] {
  const plain = operations.filter((operation) => setOf(operation) === undefined);
  const groups = operations.flatMap((operation) => setOf(operation)?.operations ?? []);
  return plain.length > 0 ? [{ operations: plain }, ...groups] : groups;
}

const setOf = (operation: string): OperationSet | undefined => operationSets().get(setNamed(operation) ?? "");

/** The table of `resources/help/policy.md`. */
export function setsReference(): string {
  const quoted = (texts: readonly string[]) => texts.map((text) => `\`${text}\``).join(", ");
  const rows = [...operationSets()].map(([name, { title, operations }]) => {
    const groups = operations.map(({ api, operations: names }) => `${api ? `${quoted(api)}: ` : ""}${quoted(names)}`);
    return `| \`set:${name}\` | ${title} | ${groups.join("; ")} |`;
  });
  return ["| set | of | operations |", "| --- | --- | --- |", ...rows].join("\n");
}
