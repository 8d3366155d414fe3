import { figure } from "../../../shared/base/figure.ts";
import type { CustodyRow } from "../../../shared/contract/case.ts";
import { counted } from "../../text/format.ts";

const DISPOSITION_WORDS: Readonly<Record<string, string>> = {
  confirmed: "confirmed",
  dismissed: "dismissed",
  disputed: "disputed",
  open: "reopened",
};

const STANCE_WORDS: Readonly<Record<string, string>> = { agrees: "agreed with", comments: "commented on" };

/** An act in one sentence. What has no sentence here shows its detail as it stands. */
export function actWords({ act, detail }: Pick<CustodyRow, "act" | "detail">): string {
  const text = (key: string) => (typeof detail[key] === "string" ? (detail[key] as string) : undefined);
  const listed = (key: string) => (Array.isArray(detail[key]) ? (detail[key] as unknown[]).length : 0);
  const number = (key: string) => (typeof detail[key] === "number" ? (detail[key] as number) : undefined);
  const calls = number("events") === undefined ? "" : ` ${counted(number("events") as number, "call")}`;
  const filter =
    text("filter") === undefined ? "" : text("filter") === "" ? " of the whole case" : ` of ${text("filter")}`;
  switch (act) {
    case "create":
      return `made the case ${text("title") ?? ""}`;
    case "import begun":
      return `began to import ${text("file") ?? "a file"}`;
    case "archive begun":
      return `began to import the archive ${text("file") ?? ""}`;
    case "import taken back":
      return `took the import of ${text("file") ?? "a file"} back: ${text("reason") ?? ""}`;
    case "registry":
      if (number("joined") !== undefined)
        return `joined ${text("developer") ?? ""} to ${text("into") ?? ""}: ${text("reason") ?? ""}`;
      if (number("separated") !== undefined)
        return `separated ${text("developer") ?? ""} from ${text("into") ?? ""}: ${text("reason") ?? ""}`;
      if (number("resolved") !== undefined)
        return `resolved a conflict of the registry, ${detail.kept === true ? "kept as it is" : "a row set aside"}: ${text("reason") ?? ""}`;
      if (number("reopened") !== undefined) return `reopened a conflict of the registry: ${text("reason") ?? ""}`;
      if (number("taken_back") !== undefined)
        return `took import ${number("taken_back")} of the registry back, ${text("file") ?? "a file"}: ${text("reason") ?? ""}`;
      return `added ${number("rows") === undefined ? "" : `${figure(number("rows") as number)} `}${text("kind") ?? "rows"} to the registry from ${text("file") ?? "a file"}`;
    case "finding":
      return `${DISPOSITION_WORDS[text("disposition") ?? ""] ?? "decided"} the finding on ${text("developer") ?? ""} (${text("rule") ?? ""}): ${text("reason") ?? ""}`;
    case "review":
      return `${STANCE_WORDS[text("stance") ?? ""] ?? "objected to"} the finding on ${text("developer") ?? ""} (${text("rule") ?? ""}): ${text("reason") ?? ""}`;
    case "review taken":
      return `took in ${counted(listed("taken"), "act")} of ${text("author") ?? ""} on the bundle ${text("bundle") ?? ""}, from ${text("file") ?? "a file"}${text("why") === undefined ? "" : `: ${text("why")}`}`;
    case "clocks":
      return `took ${counted(listed("clocks"), "clock")} into force from ${text("file") ?? "a file"}`;
    case "fact":
      return text("value") === undefined
        ? `took the fact ${text("fact") ?? ""} back: ${text("reason") ?? ""}`
        : `set ${text("fact") ?? ""}: ${text("value") ?? ""}${text("reason") === undefined ? "" : `, ${text("reason")}`}`;
    case "undo":
    case "redo":
      return `${act === "undo" ? "took back" : "did again"}: ${text("kind") ?? "an act"} ${text("tag") ?? ""}${filter}`;
    case "save-filter":
      return `saved the filter ${text("name") ?? ""}: ${text("filter") ?? ""}`;
    case "forget-filter":
      return `deleted the saved filter ${text("name") ?? ""}`;
    case "import":
      return `imported${calls} from ${text("file") ?? "a file"}${number("rejected") ? `, ${figure(number("rejected") as number)} rejected` : ""}`;
    case "archive":
      return `took the archive ${text("file") ?? ""}: ${counted(listed("sources"), "source")}, ${counted(listed("left_out"), "file")} left out`;
    case "tag":
      return `tagged${calls} ${text("tag") ?? ""}${filter}`;
    case "untag":
      return `took the tag ${text("tag") ?? ""} from${calls}${filter}`;
    case "note":
      return `noted on${calls}${filter}: ${text("note") ?? ""}`;
    case "export":
      if (text("format")?.startsWith("remedy"))
        return `exported the remedy of ${counted(number("developers") ?? 0, "developer")} to ${text("file") ?? "a file"}`;
      return `exported ${number("people") === undefined ? calls.trim() : counted(number("people") as number, "id")}${filter} to ${text("file") ?? "a file"}`;
    case "bundle":
      return `made the bundle ${text("name") ?? ""} with${calls}, ${detail.signed === true ? "signed" : "not signed"}`;
    case "seal":
      return `sealed the bundle ${text("name") ?? ""} as ${text("file") ?? "a file"}`;
    case "bundle-failed":
      return `did not finish the bundle ${text("name") ?? ""}: ${text("why") ?? ""}`;
    case "received":
      return `said how ${text("file") ?? "a file"} came: on ${text("on") ?? ""} from ${text("from") ?? ""}, ${text("medium") ?? ""}, ${text("method") ?? ""}`;
    case "signer":
      return `named the key that signs: ${text("reason") ?? ""}`;
    case "cache made anew":
      return `made ${text("file") ?? "a file"} of the cache anew, which was damaged`;
    case "output finished":
      return `put ${text("file") ?? "a file"} in its place, which a run that broke off had left behind`;
    case "output lost":
      return `did not find ${text("file") ?? "a file"} any more, which a run that broke off had made`;
    case "remedy":
      return remedyWords(detail);
    case "policy":
    case "claims":
      return `set the ${act} from ${text("file") ?? "a file"}${text("note") === undefined ? "" : `: ${text("note")}`}`;
    default: {
      const { digests: _, ...said } = detail;
      return `${act}: ${JSON.stringify(said)}`;
    }
  }
}

/** A step that was recorded or taken back, or many at once. */
function remedyWords({ taken_back, step, developer, reason, file, entries }: CustodyRow["detail"]): string {
  if (taken_back !== undefined) return `took back remedy step ${taken_back}, ${step} of ${developer}: ${reason}`;
  const steps = (Array.isArray(entries) ? entries : []) as {
    n: number;
    step: string;
    developer: string;
    on?: string;
    due?: string;
  }[];
  const [first] = steps;
  if (first === undefined || steps.length > 1)
    return `recorded ${counted(steps.length, "remedy step")}${file === undefined ? "" : ` from ${file}`}`;
  const when = first.on === undefined ? `due ${first.due}` : `on ${first.on}`;
  return `recorded remedy step ${first.n}: ${first.step} of ${first.developer}, ${when}`;
}
