import fc from "fast-check";
import { REGISTRY_COLUMNS } from "../../../main/registry/kinds.ts";
import type { RegistryKind } from "../../../shared/model/registry.ts";
import { type BookCell, workbook } from "./as-people-write-them.ts";

/** A registry's rows, and every way in which people write them down. */

/** A text, a number of people, or a day: days since 1970. Absent: no value. */
export type Written = string | { readonly people: number } | { readonly day: number } | undefined;
/** In the order of the kind's columns. */
export type Row = readonly Written[];

const [EN, CAMEL, DE, FR, ES, DOTTED] = [1, 2, 3, 4, 5, 6];
/** By kind: the columns' own names, then English, camelCase, German, French, Spanish ones, and those of objects in objects. */
const HEADERS: Readonly<Record<RegistryKind, readonly (readonly string[])[]>> = {
  developers: [
    Object.keys(REGISTRY_COLUMNS.developers),
    ["Developer ID", "Developer name", "Contact", "Country"],
    ["developerId", "developerName", "contactEmail", "countryCode"],
    ["Entwickler-ID", "Firma", "Kontakt", "Land"],
    ["ID du développeur", "Société", "Courriel", "Pays"],
    ["ID del desarrollador", "Empresa", "Correo", "País"],
    ["developer.id", "developer.name", "developer.contact", "developer.country"],
  ],
  apps: [
    Object.keys(REGISTRY_COLUMNS.apps),
    ["App ID", "App name", "Developer ID", "Status", "Owned since", "Owned to"],
    ["appId", "appName", "developerId", "appStatus", "ownedFrom", "ownedUntil"],
    ["Anwendungs-ID", "Name der App", "Entwickler-ID", "Status", "Eigentümer seit", "Eigentümer bis"],
    [
      "Identifiant application",
      "Nom de l'application",
      "ID développeur",
      "Statut",
      "Propriétaire depuis",
      "Propriétaire jusqu'au",
    ],
    [
      "ID aplicación",
      "Nombre de la aplicación",
      "ID desarrollador",
      "Estado",
      "Propietario desde",
      "Propietario hasta",
    ],
    ["app.id", "app.name", "owner.id", "app.status", "owner.owned_from", "owner.owned_until"],
  ],
  grants: [
    Object.keys(REGISTRY_COLUMNS.grants),
    ["App ID", "Scope", "Granted on", "Removed"],
    ["appId", "permissionName", "grantedAt", "revokedAt"],
    ["Anwendung", "Berechtigung", "Erteilt am", "Widerrufen am"],
    ["Identifiant application", "Autorisation", "Accordé le", "Révoqué le"],
    ["Aplicación", "Permiso", "Concedido el", "Revocado el"],
    ["app.id", "grant.permission", "grant.granted_at", "grant.revoked_at"],
  ],
  consents: [
    Object.keys(REGISTRY_COLUMNS.consents),
    ["Member ID", "App ID", "Scope", "Opted in at", "Opted out at"],
    ["memberId", "appId", "permissionName", "givenAt", "withdrawnAt"],
    ["Mitglieds-ID", "Anwendung", "Berechtigung", "Einwilligung am", "Widerrufen am"],
    ["ID membre", "Application", "Autorisation", "Date du consentement", "Retiré le"],
    ["ID miembro", "Aplicación", "Permiso", "Fecha de consentimiento", "Revocado el"],
    ["member.id", "app.id", "consent.scope", "consent.given_at", "consent.withdrawn_at"],
  ],
  resources: [
    Object.keys(REGISTRY_COLUMNS.resources),
    ["Group ID", "Group name", "Members", "Privacy"],
    ["groupId", "groupName", "memberCount", "visibility"],
    ["Gruppen-ID", "Gruppenname", "Mitglieder", "Sichtbarkeit"],
    ["ID du groupe", "Nom du groupe", "Nombre de membres", "Visibilité"],
    ["ID grupo", "Nombre del grupo", "Número de miembros", "Visibilidad"],
    ["group.id", "group.name", "group.members", "group.visibility"],
  ],
};

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const iso = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);
const parts = (day: number) => iso(day).split("-") as [string, string, string];
/** Days of a spreadsheet begin with 1899-12-30. */
const serial = (day: number): string => String(day + 25_569);
const DATES = {
  iso,
  compact: (day: number) => iso(day).replaceAll("-", ""),
  dotted: (day: number) => parts(day).reverse().join("."),
  slashed: (day: number) => parts(day).reverse().join("/"),
  named: (day: number) => `${parts(day)[2]}-${MONTHS[Number(parts(day)[1]) - 1]}-${parts(day)[0]}`,
  serial,
};
const PEOPLE = {
  plain: String,
  comma: (people: number) => people.toLocaleString("en-US"),
  dot: (people: number) => people.toLocaleString("de-DE"),
};
/** Words for no value; the later ones for ends alone. */
const NO_VALUES = ["", "NULL", "n/a", "-", "None"];
const NEVER = ["never", "9999-12-31", "nie", "jamais", "nunca"];

const look = {
  language: fc.constantFrom(0, EN, CAMEL, DE, FR, ES, DOTTED),
  date: fc.constantFrom(...(Object.keys(DATES) as (keyof typeof DATES)[])),
  people: fc.constantFrom(...(Object.keys(PEOPLE) as (keyof typeof PEOPLE)[])),
  none: fc.constantFrom(...NO_VALUES),
  never: fc.constantFrom(...NO_VALUES, ...NEVER),
  above: fc.boolean(),
};
/** How one table is written. */
export const way = fc.record({
  ...look,
  form: fc.constantFrom("csv", "json", "nested", "jsonl", "xlsx", "xlsx dates"),
  delimiter: fc.constantFrom(",", ";", "\t", "|"),
  encoding: fc.constantFrom("utf8", "utf8 bom", "utf16le", "utf16be", "latin1"),
  hasSeparatorLine: fc.boolean(),
  end: fc.constantFrom("\n", "\r\n"),
});
export type Way = typeof way extends fc.Arbitrary<infer T> ? T : never;
/** How several tables are written into one file. */
export const together = fc.record({ ...look, form: fc.constantFrom("json", "xlsx", "xlsx dates") });
type Look = Omit<Way, "form" | "delimiter" | "encoding" | "end" | "hasSeparatorLine">;

export const PLAIN: Way = {
  form: "csv",
  delimiter: ",",
  encoding: "utf8",
  end: "\n",
  hasSeparatorLine: false,
  language: 0,
  date: "iso",
  people: "plain",
  none: "",
  never: "",
  above: false,
};

/** A kind's table as texts, with what stands in each cell. */
function tableOf(kind: RegistryKind, rows: readonly Row[], how: Look) {
  const columns: (readonly [string, { kind: string; day?: string }])[] = Object.entries(REGISTRY_COLUMNS[kind]);
  const days = rows.flat().flatMap((value) => (typeof value === "object" && "day" in value ? [value.day] : []));
  // a date of which the order is open needs one in its file that is not
  const isOpen = how.date === "slashed" && !days.some((day) => Number(parts(day)[2]) > 12);
  const date = DATES[isOpen ? "iso" : how.date];
  const text = (value: Written, column: number): string => {
    if (value === undefined) return columns[column]?.[1].day === "end" ? how.never : how.none;
    if (typeof value === "string") return value;
    return "day" in value ? date(value.day) : PEOPLE[how.people](value.people);
  };
  return { header: HEADERS[kind][how.language] as readonly string[], texts: rows.map((row) => row.map(text)) };
}

const objectsOf = (header: readonly string[], texts: readonly (readonly string[])[]) =>
  texts.map((row) => {
    const object: Record<string, unknown> = {};
    for (const [at, name] of header.entries()) {
      const [outer = "", inner] = name.split(".");
      const value = row[at] === "" ? null : row[at];
      object[outer] = inner === undefined ? value : { ...(object[outer] as object | undefined), [inner]: value };
    }
    return object;
  });

function sheetOf(kind: RegistryKind, rows: readonly Row[], how: Look, isDate: boolean): BookCell[][] {
  const { header, texts } = tableOf(kind, rows, how);
  const cells = rows.map((row, r) =>
    row.map((value, c): BookCell => {
      if (typeof value === "object" && "people" in value) return { number: String(value.people) };
      return isDate && typeof value === "object"
        ? { number: serial(value.day), style: 1 }
        : { text: texts[r]?.[c] as string };
    }),
  );
  return [...(how.above ? [[{ text: "Who is who" }], []] : []), header.map((text) => ({ text })), ...cells];
}

/** A table in a file of its own. */
export function written(kind: RegistryKind, rows: readonly Row[], how: Way): Buffer {
  if (how.form.startsWith("xlsx")) return workbook({ Sheet1: sheetOf(kind, rows, how, how.form === "xlsx dates") });
  const { header, texts } = tableOf(kind, rows, how);
  const cell = (text: string) => (/["\n,;\t|]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const separator = how.hasSeparatorLine ? `sep=${how.delimiter}${how.end}` : "";
  const above = separator + (how.above ? `Who is who, all of it${how.end}${how.end}` : "");
  const objects = objectsOf(header, texts);
  const text =
    how.form === "json"
      ? JSON.stringify(objects, undefined, 1)
      : how.form === "nested"
        ? JSON.stringify({ made: "by hand", [kind]: objects })
        : how.form === "jsonl"
          ? objects.map((object) => JSON.stringify(object)).join("\n")
          : above + [header, ...texts].map((row) => row.map(cell).join(how.delimiter) + how.end).join("");
  if (how.encoding === "utf16le") return Buffer.from(`\uFEFF${text}`, "utf16le");
  if (how.encoding === "utf16be") return Buffer.from(`\uFEFF${text}`, "utf16le").swap16();
  if (how.encoding === "latin1" && how.form === "csv") return Buffer.from(text, "latin1");
  return Buffer.from(how.encoding === "utf8 bom" ? `\uFEFF${text}` : text);
}

/** Several tables in one file: a workbook with a cover, or a JSON document. */
export function writtenTogether(
  tables: readonly (readonly [RegistryKind, readonly Row[]])[],
  how: typeof together extends fc.Arbitrary<infer T> ? T : never,
): Buffer {
  if (how.form !== "json") {
    const sheets = tables.map(([kind, rows]) => [kind, sheetOf(kind, rows, how, how.form === "xlsx dates")]);
    return workbook({ Cover: [[{ text: "Who is who" }]], ...Object.fromEntries(sheets) });
  }
  const parts = tables.map(([kind, rows]) => {
    const { header, texts } = tableOf(kind, rows, how);
    return [kind, objectsOf(header, texts)];
  });
  return Buffer.from(JSON.stringify({ made: "by hand", ...Object.fromEntries(parts) }));
}

const day = (min: number, max: number) => fc.integer({ min, max }).map((day) => ({ day }));
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
const app = fc.constantFrom(
  "1041",
  "00123",
  "10500000000000",
  "Käse",
  "a;b",
  'x"y',
  "0b6f3c1e-0a4f-4f0e-9a51-3d2c1b0a9f8e",
);
const developer = fc.constantFrom("D1", "D2", "007", "Müller & Söhne");
const permission = fc.constantFrom("p", "groups, members");
const begin = day(16_000, 17_000);
const end = maybe(day(17_000, 18_000));

/** Rows of each kind. */
export const ROWS: Readonly<Record<RegistryKind, fc.Arbitrary<Row>>> = {
  developers: fc.tuple(
    developer,
    maybe(fc.constantFrom("Acme Social", "Société Générale", "Ñandú, S.A.")),
    maybe(fc.constant("privacy@acme.example")),
    maybe(fc.constantFrom("DE", "FR")),
  ),
  apps: fc.tuple(
    app,
    maybe(fc.constantFrom("Circle Tool", "Über")),
    maybe(developer),
    maybe(fc.constantFrom("live", "disabled")),
    maybe(begin),
    end,
  ),
  grants: fc.tuple(app, permission, begin, end),
  consents: fc.tuple(fc.constantFrom("u1", "u2", "007", "Ann@x.example"), app, permission, begin, end),
  resources: fc.tuple(
    fc.constantFrom("g1", "g2", "00042", "Käse & Wein"),
    maybe(fc.constantFrom("Knitting", "Crème brûlée")),
    maybe(fc.integer({ min: 0, max: 2_000_000 }).map((people) => ({ people }))),
    maybe(fc.constantFrom("closed", "public")),
  ),
};
