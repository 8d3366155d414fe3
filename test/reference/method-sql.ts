import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import type { Findings, People } from "../../shared/model/finding.ts";

type Row = Record<string, string | number | null>;

const LEVELS = ["attempted", "possible", "obtained"] as const;

/** What METHOD.txt's own lines answer, run as they stand in the sqlite3 shell, by the name that each question has there. */
function askedBySql(bundle: string): Map<string, Row[]> {
  const data = path.join(bundle, "data");
  const method = fs.readFileSync(path.join(data, "METHOD.txt"), "utf8");
  const section = method.slice(method.indexOf("\n18. "), method.indexOf("\n19. "));
  const blocks = [...section.matchAll(/(?:^|\n)(?:(\S.*):\n\n)?((?: {4}.*\n)+)/gu)].map(([, name = "", sql = ""]) => ({
    name,
    sql: sql.replace(/^ {4}/gmu, ""),
  }));
  const script = blocks.map(({ name, sql }) => (name === "" ? `${sql}.mode json\n` : `.print @@${name}\n${sql}`));
  const out = execFileSync("sqlite3", ["-bail", ":memory:"], {
    cwd: data,
    input: script.join(""),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return new Map(
    out
      .split("@@")
      .slice(1)
      .map((part) => {
        const end = part.indexOf("\n");
        const json = part.slice(end).trim();
        return [part.slice(0, end), json === "" ? [] : (JSON.parse(json) as Row[])];
      }),
  );
}

const sorted = (rows: readonly Row[]): string[] => rows.map((row) => JSON.stringify(row)).sort();
/** An id as the first call of the case spells it, or any. */
const folded = (text: string): string => text.toLowerCase();

const spread = ({ value, basis, ...rest }: People) => ({
  value,
  at_most: "at_most" in rest ? rest.at_most : null,
  basis,
});

/** The same answers from findings.json and bundle.json. */
function toldByFindings(bundle: string): Map<string, string[]> {
  const json = (name: string) => JSON.parse(fs.readFileSync(path.join(bundle, "data/extract", name), "utf8"));
  const { rules } = json("findings.json") as Findings;
  const { without_dismissed } = json("bundle.json") as {
    without_dismissed: { rule: string; totals: Findings["rules"][number]["totals"] }[];
  };
  const all = new Map<string, Row[]>();
  const put = (name: string, rows: Row[]) => all.set(name, [...(all.get(name) ?? []), ...rows]);
  for (const { rule, totals, by_month, developers } of rules) {
    const { entitled } = totals;
    put("kept", entitled.developers > 0 ? [{ rule, developers: entitled.developers, apps: entitled.apps }] : []);
    for (const level of [...LEVELS, "recent"] as const) {
      const { developers: who, apps, events } = totals[level];
      put("levels", events > 0 ? [{ rule, level, developers: who, apps, events }] : []);
      if (level !== "attempted") put("people", events > 0 ? [{ rule, level, ...spread(totals[level].people) }] : []);
    }
    for (const row of by_month)
      for (const level of LEVELS) {
        const { developers: who, events } = row[level];
        put("months", events > 0 ? [{ rule, month: row.month, level, developers: who, events }] : []);
        if (level !== "attempted")
          put("month people", events > 0 ? [{ rule, month: row.month, level, ...spread(row[level].people) }] : []);
      }
    const byField = new Map<string, number>();
    for (const row of developers) {
      const developer_id = folded(row.developer_id);
      for (const field of row.obtained.fields) {
        byField.set(field, (byField.get(field) ?? 0) + 1);
        put("fields", [{ rule, developer_id, field }]);
      }
      if (row.revoked_at !== undefined) put("revoked", [{ rule, developer_id, revoked_at: row.revoked_at }]);
      if (row.allowed_after_revocation > 0)
        put("after", [{ rule, developer_id, events: row.allowed_after_revocation }]);
      for (const level of LEVELS) {
        const { events, first = null, last = null } = row[level];
        put("developers", events > 0 ? [{ rule, developer_id, level, events, first, last }] : []);
        if (level !== "attempted")
          put("developer people", events > 0 ? [{ rule, developer_id, level, ...spread(row[level].people) }] : []);
      }
    }
    put(
      "field",
      [...byField].map(([field, count]) => ({ rule, field, developers: count })),
    );
    const without = without_dismissed.find((each) => each.rule === rule);
    const { recent, attempted, possible, obtained } = (without ?? { totals }).totals;
    for (const [level, of] of Object.entries({ recent, attempted, possible, obtained }))
      put(
        "without",
        of.events > 0
          ? [
              {
                rule,
                level,
                developers: of.developers,
                apps: of.apps,
                events: of.events,
                ...("people" in of ? spread(of.people) : { value: null, at_most: null, basis: null }),
              },
            ]
          : [],
      );
  }
  return new Map([...all].map(([name, rows]) => [name, sorted(rows)]));
}

/** Which question of METHOD.txt answers which of them. */
const QUESTIONS: Readonly<Record<string, string>> = {
  kept: "who kept access",
  levels: "who tried",
  people: "from how many people",
  field: "what did they get",
  fields: "which fields each developer",
  revoked: "put right",
  after: "who called after",
  months: "month by month",
  "month people": "people month by month",
  developers: "each developer",
  "developer people": "the people of each developer",
  without: "the totals without dismissed",
};

/** What SQL and findings.json say differently, in words. */
export function sqlFaults(bundle: string): string[] {
  const [asked, told] = [askedBySql(bundle), toldByFindings(bundle)];
  const faults: string[] = [];
  if (asked.size !== Object.keys(QUESTIONS).length) faults.push(`METHOD.txt asks ${asked.size} questions`);
  for (const [name, question] of Object.entries(QUESTIONS)) {
    const answer = [...asked].find(([title]) => title.startsWith(question))?.[1];
    if (answer === undefined) {
      faults.push(`METHOD.txt does not ask ${question}`);
      continue;
    }
    const rows = answer
      .filter((row) => name !== "revoked" || row.revoked_at !== null)
      .map(({ holds: _holds, entitled: _entitled, ...row }) =>
        typeof row.developer_id === "string" ? { ...row, developer_id: folded(row.developer_id) } : row,
      );
    const said = told.get(name) ?? [];
    const again = sorted(rows);
    // Developers who lost the permission before the rule's time, and called nothing, have no row in findings.json.
    const missing = said.filter((row) => !again.includes(row));
    const more = name === "revoked" ? [] : again.filter((row) => !said.includes(row));
    if (missing.length + more.length > 0)
      faults.push(`${question}: findings ${missing.slice(0, 3).join(" ")}; SQL ${more.slice(0, 3).join(" ")}`);
  }
  return faults;
}
