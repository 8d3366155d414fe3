import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { Case } from "../../../main/case/case.ts";
import { registryText } from "../../../main/registry/document.ts";
import { importRegistry } from "../../../main/registry/import.ts";
import { temporaryFolder } from "../../temporary.ts";
import { quickCase } from "../query/dataset-of.ts";
import { type BookCell, workbook } from "./as-people-write-them.ts";

// A registry of grants, written in every way that is read, gives the rows of the plain one.

interface Grant {
  readonly app: string;
  readonly permission: string;
  /** Days since 1970. */
  readonly granted: number;
  readonly revoked: number | undefined;
}

const HEADERS = [
  ["app", "permission", "granted_at", "revoked_at"],
  ["App ID", "Scope", "Granted on", "Removed"],
  ["appId", "permissionName", "grantedAt", "revokedAt"],
  ["Anwendung", "Berechtigung", "Erteilt am", "Widerrufen am"],
  ["Identifiant application", "Autorisation", "Accordé le", "Révoqué le"],
  ["Aplicación", "Permiso", "Concedido el", "Revocado el"],
] as const;
const NONE = ["", "NULL", "n/a", "-", "never", "9999-12-31"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const iso = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);
const parts = (day: number) => iso(day).split("-") as [string, string, string];
const DATES: Readonly<Record<string, (day: number) => string>> = {
  iso,
  compact: (day) => iso(day).replaceAll("-", ""),
  dotted: (day) => parts(day).reverse().join("."),
  slashed: (day) => parts(day).reverse().join("/"),
  named: (day) => `${parts(day)[2]}-${MONTHS[Number(parts(day)[1]) - 1]}-${parts(day)[0]}`,
  serial: (day) => String(day + 25_569),
};

const grant: fc.Arbitrary<Grant> = fc.record({
  app: fc.constantFrom("1041", "00123", "10500000000000", "Käse", "a;b", 'x"y', "0b6f3c1e-0a4f-4f0e-9a51-3d2c1b0a9f8e"),
  permission: fc.constantFrom("p", "groups, members"),
  granted: fc.integer({ min: 16_000, max: 17_000 }),
  revoked: fc.option(fc.integer({ min: 17_000, max: 18_000 }), { nil: undefined }),
});
const way = fc.record({
  form: fc.constantFrom("csv", "json", "nested", "jsonl", "xlsx", "xlsx dates"),
  delimiter: fc.constantFrom(",", ";", "\t", "|"),
  encoding: fc.constantFrom("utf8", "utf8 bom", "utf16le", "latin1"),
  end: fc.constantFrom("\n", "\r\n"),
  header: fc.constantFrom(...HEADERS),
  date: fc.constantFrom(...Object.keys(DATES)),
  none: fc.constantFrom(...NONE),
  above: fc.constantFrom("", "Grants, all of them\n\n"),
});
type Way = typeof way extends fc.Arbitrary<infer T> ? T : never;

function written(grants: readonly Grant[], how: Way): Buffer {
  const { header, none, above } = how;
  // a date of which the order is open needs one in its file that is not
  const date = DATES[
    how.date === "slashed" && !grants.some(({ granted }) => Number(parts(granted)[2]) > 12) ? "iso" : how.date
  ] as (day: number) => string;
  const rows = grants.map(({ app, permission, granted, revoked }) => [
    app,
    permission,
    date(granted),
    revoked === undefined ? none : date(revoked),
  ]);
  if (how.form.startsWith("xlsx")) {
    const isDate = how.form === "xlsx dates";
    const cells = grants.map(({ app, permission, granted, revoked }, index): BookCell[] => [
      { text: app },
      { text: permission },
      isDate ? { number: String(granted + 25_569), style: 1 } : { text: rows[index]?.[2] as string },
      isDate && revoked !== undefined
        ? { number: String(revoked + 25_569), style: 1 }
        : { text: rows[index]?.[3] as string },
    ]);
    return workbook({ Grants: [...(above ? [[{ text: "Grants" }]] : []), header.map((text) => ({ text })), ...cells] });
  }
  const objects = rows.map((row) =>
    Object.fromEntries(header.map((name, index) => [name, row[index] === "" ? null : row[index]])),
  );
  const cell = (text: string) => (/["\n,;\t|]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const text =
    how.form === "json"
      ? JSON.stringify(objects, undefined, 1)
      : how.form === "nested"
        ? JSON.stringify({ made: "by hand", grants: objects })
        : how.form === "jsonl"
          ? objects.map((object) => JSON.stringify(object)).join("\n")
          : above + [header, ...rows].map((row) => row.map(cell).join(how.delimiter) + how.end).join("");
  if (how.encoding === "utf16le") return Buffer.from(`\uFEFF${text}`, "utf16le");
  if (how.encoding === "latin1" && how.form === "csv") return Buffer.from(text, "latin1");
  return Buffer.from(how.encoding === "utf8 bom" ? `\uFEFF${text}` : text);
}

let plain: Case;
let other: Case;
beforeAll(() => {
  plain = quickCase();
  other = quickCase();
});

test("a registry written in any supported way gives the same rows as the plain one", async () => {
  const folder = temporaryFolder();
  const take = async (caseFile: Case, name: string, bytes: Buffer) => {
    fs.writeFileSync(path.join(folder, name), bytes);
    await importRegistry(caseFile, [path.join(folder, name)], { replace: true });
    return registryText(caseFile.db);
  };
  const grants = fc.uniqueArray(grant, {
    minLength: 1,
    maxLength: 8,
    selector: ({ app, permission, granted }) => `${app} ${permission} ${granted}`,
  });
  const asPlain: Way = {
    form: "csv",
    delimiter: ",",
    encoding: "utf8",
    end: "\n",
    header: HEADERS[0],
    date: "iso",
    none: "",
    above: "",
  };
  await fc.assert(
    fc.asyncProperty(grants, way, async (rows, how) => {
      expect(await take(other, "other", written(rows, how))).toBe(await take(plain, "plain", written(rows, asPlain)));
    }),
    { numRuns: 60 },
  );
});
