import path from "node:path";
import { Refusal } from "../../../../shared/base/errors.ts";
import { figure } from "../../../../shared/base/figure.ts";
import { given } from "../../../../shared/base/given.ts";
import {
  type ColumnChoice,
  REGISTRY_KINDS,
  type RegistryFileReport,
  type RegistryImport,
  type RegistryKind,
  type RegistryReport,
} from "../../../../shared/model/registry.ts";
import { askCase, changeCase } from "../../kit/ask-case.ts";
import { type Args, AS, type Command } from "../../kit/command.ts";
import { inert, type Output } from "../../kit/output.ts";
import { byHandOf, showJoins } from "./registry-by-hand.ts";

const DATES = ["dmy", "mdy"] as const;

export const registry: Command = {
  name: "registry",
  summary:
    "Adds tables of who is who: developers, apps, grants, consents, resources; without a file, lists the imports",
  takes: ["CASE", "[FILE…]"],
  options: {
    kind: { value: REGISTRY_KINDS.join("|"), meaning: "what the files are, where their columns do not say" },
    columns: {
      value: 'granted_at="Granted on",…',
      meaning: "which column of the registry a column of the files is; ignore=… leaves one out",
    },
    timezone: { value: "ZONE", meaning: "the zone of times that name none; without it UTC" },
    dates: { value: DATES.join("|"), meaning: "which number of 04/05/2018 is the day, where no date of a file says" },
    replace: { meaning: "make the files the whole of their kinds" },
    "dry-run": { meaning: "say what would be recognised, left out and joined, and change nothing" },
    "take-back": { value: "N", meaning: "take import N back: the registry becomes what the others make of it" },
    join: { value: "DEVELOPER", meaning: "this developer, by id as `exhibit findings` lists it, counts for another" },
    into: { value: "DEVELOPER", meaning: "for whom it counts" },
    separate: { value: "N", meaning: "take join N back" },
    conflicts: { meaning: "list what the registry says in two ways, each with its key, and what was decided of it" },
    resolve: { value: "KEY", meaning: "say what of a conflict stands: a row of it with --use, or all as it is" },
    use: { value: "N", meaning: "the conflict's row that stands, 1 or 2; 0 sets a single row aside" },
    reopen: { value: "N", meaning: "take resolution N back" },
    reason: { value: "TEXT", meaning: "why" },
    ...AS,
  },
  async run(args, out) {
    const byHand = byHandOf(args);
    if (byHand) return byHand(out);
    const files = args.from(1).map((file) => path.resolve(file));
    const n = args.whole("take-back", 1);
    if (n !== undefined) {
      if (files.length > 0) throw new Refusal("usage", "--take-back takes no file", "import the file on its own");
      return changeCase(args.at(0), out, async (ask) => {
        const report = await ask("takeBackRegistry", { n, reason: args.value("reason") ?? "", ...args.by });
        print(out, report);
        return 0;
      });
    }
    if (files.length === 0) return list(args, out);
    const options = { ...optionsOf(args), ...args.by };
    return (args.has("dry-run") ? askCase : changeCase)(args.at(0), out, async (ask) => {
      print(out, await ask("registry", { files, ...options }));
      return 0;
    });
  },
};

function optionsOf(args: Args) {
  const oneOf = <T extends string>(name: string, values: readonly T[], what: string): T | undefined => {
    const wanted = args.value(name);
    const found = values.find((each) => each === wanted);
    if (wanted !== undefined && found === undefined)
      throw new Refusal("usage", `"${wanted}" is no ${what}`, `give one of ${values.join(", ")}`);
    return found;
  };
  return given({
    kind: oneOf("kind", REGISTRY_KINDS, "kind of registry table"),
    dates: oneOf("dates", DATES, "order of dates"),
    columns: choicesOf(args.value("columns")),
    timezone: args.value("timezone"),
    replace: args.has("replace") || undefined,
    dry_run: args.has("dry-run") || undefined,
  });
}

/** `granted_at=Granted on,revoked_at="Removed, or not"`: a comma parts two only where a column of the registry follows it. */
function choicesOf(text: string | undefined): ColumnChoice[] | undefined {
  if (text === undefined) return undefined;
  const choices = text.split(/,(?=\s*[a-z_]+\s*=)/u).map((each) => {
    const [, column = "", written = ""] = /^\s*([a-z_]+)\s*=\s*(.*?)\s*$/su.exec(each) ?? [];
    const from = written.replace(/^"(.*)"$/su, "$1");
    if (column === "" || from === "")
      throw new Refusal(
        "usage",
        `--columns cannot be read at "${each}"`,
        'write granted_at="Granted on",revoked_at="Removed"',
      );
    return { column, from };
  });
  const twice = choices.find(({ column, from }, index) =>
    choices.some(
      (other, at) => at < index && (other.from === from || (column !== "ignore" && other.column === column)),
    ),
  );
  if (twice)
    throw new Refusal("usage", `--columns maps ${twice.column}="${twice.from}" and the same again`, "map each once");
  return choices;
}

function list(args: Args, out: Output): Promise<number> {
  if (args.has("dry-run") || args.has("replace"))
    throw new Refusal("usage", "`exhibit registry` needs a FILE for that", "name the file");
  return askCase(args.at(0), out, async (ask) => {
    const { counts, files } = await ask("registryInForce", {});
    const { joins } = await ask("joinedDevelopers", {});
    if (out.isJson) out.json({ ...counts, imports: files, ...(joins.length > 0 ? { joins } : {}) });
    else {
      out.line(countsText(counts));
      if (files.length > 0) out.table(["import", "file", "kind", "rows", "at", "taken back"], files.map(importRow));
      showJoins(joins, out);
    }
    return 0;
  });
}

const importRow = ({ n, name, kind, rows, at, taken_back }: RegistryImport): string[] => [
  String(n),
  name,
  kind,
  figure(rows),
  at,
  taken_back ?? "",
];

const countsText = (counts: Readonly<Record<RegistryKind, number>>): string =>
  REGISTRY_KINDS.map((each) => `${figure(counts[each])} ${each}`).join(", ");

function print(out: Output, report: RegistryReport): void {
  if (out.isJson) {
    out.json(report);
    return;
  }
  for (const file of report.files) printFile(out, file);
  out.line(`${report.dry_run ? "would be: " : ""}${countsText(report)}`);
  for (const conflict of report.conflicts) out.line(inert(`conflict: ${conflict}`));
  if (report.dry_run) out.line("a dry run: nothing was changed");
}

function printFile(out: Output, { n, file, tables, ignored, said, changes }: RegistryFileReport): void {
  const name = n === undefined ? file : `${file} (import ${n})`;
  for (const { sheet, kind, rows, added, changed, same, removed, columns } of tables) {
    const parts = [`${figure(added)} added`, `${figure(changed)} changed`, `${figure(same)} same`];
    if (removed !== undefined) parts.push(`${figure(removed)} removed`);
    const renamed = Object.entries(columns).filter(([column, from]) => column !== from);
    out.line(
      inert(`${name}${sheet === undefined ? "" : `, ${sheet}`}: ${kind}, ${figure(rows)} rows: ${parts.join(", ")}`),
    );
    if (renamed.length > 0)
      out.line(inert(`  read as: ${renamed.map(([column, from]) => `${column} from "${from}"`).join(", ")}`));
  }
  if (ignored.length > 0) out.line(inert(`  not used: ${ignored.join(", ")}`));
  for (const each of said) out.line(inert(`  ${each}`));
  for (const each of changes) out.line(inert(`  changed: ${each}`));
}
