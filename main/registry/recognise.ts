import { Refusal } from "../../shared/base/errors.ts";
import type { ColumnChoice, RegistryKind } from "../../shared/model/registry.ts";
import { isNoValue, yesOrNo } from "./columns/cell-words.ts";
import { squashed } from "./columns/column-key.ts";
import { type Look, lookOf, type Sense, sensesOf } from "./columns/column-words.ts";
import { lookOfCells } from "./columns/unread-columns.ts";
import { COLUMN_NAMES, columnsOf } from "./kinds.ts";
import { OpenRefusal, type Refuse, raise } from "./open-refusal.ts";
import type { Sheet } from "./sheets/sheet.ts";

/** A table in a sheet: where each of its columns stands, as an index. */
export interface Recognised {
  readonly kind: RegistryKind;
  readonly columns: ReadonlyMap<string, number>;
}

export interface Recognition {
  readonly tables: readonly Recognised[];
  /** The columns that answer "does it still hold", beside the ends. */
  readonly status: { readonly index: number; readonly answers: boolean } | undefined;
  /** `revoked`, yes or no, beside the date in `revoked_at`. */
  readonly flag: number | undefined;
  /** Columns that are not used. */
  readonly ignored: readonly number[];
}

export interface Wishes {
  readonly kind?: RegistryKind | undefined;
  readonly columns?: readonly ColumnChoice[] | undefined;
}

/** Left out on purpose. */
const IGNORE = "ignore";

const sameHeader = (one: string, other: string): boolean =>
  one.trim() === other.trim() || squashed(one) === squashed(other);

/** What a column was mapped to by hand. */
export const chosenColumn = (choices: readonly ColumnChoice[], name: string): string | undefined =>
  choices.find(({ from }) => sameHeader(from, name))?.column;

/** How many columns of a row are known by name: for finding the header. */
export const headerScore =
  ({ columns = [] }: Wishes) =>
  (cells: readonly string[]): number =>
    new Set(
      cells.flatMap((cell) => {
        if (cell.trim() === "") return [];
        if (columns.some(({ from }) => sameHeader(from, cell))) return [`=${cell}`];
        const [first] = sensesOf(cell);
        return first === undefined ? [] : [first];
      }),
    ).size;

/** A table's header and what its names can mean. A name that was mapped by hand means that alone. */
class Header {
  readonly names: readonly string[];
  readonly #senses: readonly ReadonlySet<Sense>[];
  readonly #chosen: readonly (string | undefined)[];

  constructor(names: readonly string[], choices: readonly ColumnChoice[]) {
    this.names = names;
    this.#chosen = names.map((name) => chosenColumn(choices, name));
    this.#senses = names.map((name, index) => (this.#chosen[index] === undefined ? sensesOf(name) : new Set()));
  }

  chosen(column: string): number[] {
    return this.#chosen.flatMap((each, index) => (each === column ? [index] : []));
  }

  withSense(sense: Sense): number[] {
    return this.#senses.flatMap((senses, index) => (senses.has(sense) ? [index] : []));
  }

  has(...senses: Sense[]): boolean {
    return senses.some((sense) => this.withSense(sense).length > 0);
  }

  hasChosen(...columns: string[]): boolean {
    return columns.some((column) => this.chosen(column).length > 0);
  }

  isChosen(index: number): boolean {
    return this.#chosen[index] !== undefined;
  }
}

/**
 * What a sheet is, by several of its columns together, and where the columns are. Undefined: nothing that Exhibit knows.
 * @throws Refusal `registry-wrong` where a name occurs twice, where two columns could be one, and where a column that looks
 * like an end, an owner or a status is not understood
 * @param refuse what is done about each of these; without it the first is thrown
 */
export function recognise(
  names: readonly string[],
  sheet: Pick<Sheet, "name" | "rows">,
  wishes: Wishes,
  where: string,
  refuse: Refuse = raise,
): Recognition | undefined {
  refuseTwice(names, where, refuse);
  const header = new Header(names, wishes.columns ?? []);
  const kinds = wishes.kind ? [wishes.kind] : kindsOf(header, sheet.name);
  if (kinds === undefined) return undefined;
  const base = kinds[0] as RegistryKind;
  const status = base === "grants" || base === "consents" ? statusColumn(header, where, refuse) : undefined;
  // By a name that no column of the registry has: the status of a grant is none of its app.
  const used = new Map<number, string>(status ? [[status.index, "status of the row"]] : []);
  const tables = kinds.map((kind) => ({ kind, columns: assign(kind, kind === base, header, used, where, refuse) }));
  const flag = flagColumn(header, used, tables[0], sheet);
  if (flag !== undefined) used.set(flag, "end, yes or no");
  const ignored = names.flatMap((_, index) => (used.has(index) ? [] : [index]));
  refuseNotUnderstood(ignored, header, base, sheet, where, refuse, {
    begin: ["granted_at", "given_at"].some((column) => tables[0]?.columns.has(column)),
    end: tables[0]?.columns.has(MEANT.end[base] ?? "") ?? false,
    status: status !== undefined,
    owner: tables[0]?.columns.has("developer_id") ?? false,
  });
  return { tables, status, flag, ignored };
}

function refuseTwice(names: readonly string[], where: string, refuse: Refuse): void {
  for (const [index, name] of names.entries()) {
    const first = names.findIndex((each) => each.trim() !== "" && squashed(each) === squashed(name));
    if (name.trim() !== "" && first >= 0 && first < index)
      refuse(
        new OpenRefusal(
          `${where} has the column "${name}" twice${names[first] === name ? "" : ` (the other is written "${names[first]}")`}`,
          "rename or remove one of them; nothing was changed",
          { where, columns: [name], by: "file" },
        ),
      );
  }
}

const CONTACTS: readonly Sense[] = ["contact", "country"];

/** The kinds of table that a sheet holds, the one that its dates belong to first. */
function kindsOf(header: Header, name: string | undefined): RegistryKind[] | undefined {
  const hasApp = header.has("app:id", "app:either") || header.hasChosen("app");
  const hasPermission = header.has("permission") || header.hasChosen("permission");
  const hasSubject = header.has("subject") || header.hasChosen("subject");
  const hasDeveloperId = header.has("developer:id") || header.hasChosen("developer_id");
  const hasDeveloperName = header.has("developer:name") || header.hasChosen("developer");
  const hasDeveloper = hasDeveloperId || hasDeveloperName || header.has("developer:either");
  const hasResource = header.has("resource:id", "resource:either") || header.hasChosen("resource");
  const hasPeople = header.has("people", "visibility") || header.hasChosen("people", "visibility");
  /** Owners with a name, or with what else is known of them, are a table of developers too. */
  const withDevelopers = (kinds: RegistryKind[]): RegistryKind[] =>
    (hasDeveloperId || header.has("developer:either")) && (hasDeveloperName || isNamedBeside(header))
      ? [...kinds, "developers"]
      : hasDeveloperId && header.has(...CONTACTS)
        ? [...kinds, "developers"]
        : kinds;
  if (hasPermission && !isSideNote(header)) {
    if (!hasApp) return undefined;
    const kinds: RegistryKind[] = [hasSubject ? "consents" : "grants"];
    return hasDeveloper || header.has("app:name", "status:app") ? withDevelopers([...kinds, "apps"]) : kinds;
  }
  if (hasApp) return withDevelopers(["apps"]);
  if (hasResource && !hasDeveloperId) return ["resources"];
  if (header.has("bare:id"))
    return kindsOfBare(header, { hasDeveloperId, hasDeveloper, hasDeveloperName, hasPeople }, name, withDevelopers);
  if (hasDeveloperId) return ["developers"];
  if (header.has("developer:either") && (hasDeveloperName || header.has(...CONTACTS))) return ["developers"];
  return undefined;
}

/** `scopes` in a list of apps, without a word of when: what an app may ask for, and no table of grants. */
const isSideNote = (header: Header): boolean =>
  !header.hasChosen("permission", "granted_at", "given_at") &&
  !header.has("begin", "begin:grant", "begin:consent", "end", "end:grant", "end:consent") &&
  header.has("app:name", "bare:name", "developer:id") &&
  header.withSense("permission").every((index) => /(?:s|en|rechte)$/iu.test(header.names[index] as string));

/** `Partner ID` and `Partner`: the second is the name. */
const isNamedBeside = (header: Header): boolean => header.has("developer:id") && header.has("developer:either");

/** A table whose id is called `id`: what stands beside it says of what. */
function kindsOfBare(
  header: Header,
  has: { hasDeveloperId: boolean; hasDeveloper: boolean; hasDeveloperName: boolean; hasPeople: boolean },
  name: string | undefined,
  withDevelopers: (kinds: RegistryKind[]) => RegistryKind[],
): RegistryKind[] | undefined {
  const isNamed = header.has("bare:name", "app:name");
  const hinted = hintOf(name);
  if (has.hasPeople) return ["resources"];
  if (hinted) return hinted === "apps" ? withDevelopers(["apps"]) : [hinted];
  if (has.hasDeveloperId && !isNamed && (has.hasDeveloperName || header.has("developer:either", ...CONTACTS)))
    return ["developers"];
  if (has.hasDeveloperId || (has.hasDeveloper && isNamed) || header.has("app:name")) return withDevelopers(["apps"]);
  if (has.hasDeveloperName || header.has(...CONTACTS)) return ["developers"];
  return undefined;
}

const HINTS: readonly (readonly [RegistryKind, RegExp])[] = [
  ["developers", /^(?:developers?|partners?|owners?|entwickler|developpeurs?|desarrolladores)$/u],
  ["apps", /^(?:apps?|applications?|anwendungen|applikationen|aplicaciones)$/u],
  ["resources", /^(?:resources?|groups?|gruppen|groupes?|grupos?|circles?)$/u],
];

/** What a sheet or a JSON key is called decides only where `id` and the columns beside it leave it open. */
function hintOf(name: string | undefined): RegistryKind | undefined {
  const key = squashed(name?.replace(/^.*\./u, "") ?? "");
  return HINTS.find(([, word]) => word.test(key))?.[0];
}

/** Columns of which a wrong choice would change who held what, and when. */
const isDecisive = (column: string): boolean =>
  !["app_name", "contact", "country", "title", "visibility", "developer"].includes(column);

/** Of the row as a whole: they belong to the table that the sheet is first of all. */
const OF_THE_ROW: ReadonlySet<Sense> = new Set(["bare:id", "bare:name", "begin", "end", "status", "status:active"]);

function assign(
  kind: RegistryKind,
  isBase: boolean,
  header: Header,
  used: Map<number, string>,
  where: string,
  refuse: Refuse,
): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const isFree = (index: number, column: string) => !used.has(index) || used.get(index) === column;
  for (const [column, { senses, needed }] of columnsOf(kind)) {
    const tiers = [
      header.chosen(column),
      ...(column === "app" || column === "developer" || column === "status" ? [] : [exactly(header, column)]),
      ...senses.filter((sense) => isBase || !OF_THE_ROW.has(sense)).map((sense) => header.withSense(sense)),
    ];
    const tier = tiers.map((each) => each.filter((index) => isFree(index, column))).find((each) => each.length > 0);
    if (tier && tier.length > 1 && isDecisive(column)) {
      const columns = tier.map((index) => header.names[index] as string);
      const names = columns.map((name) => `"${name}"`);
      refuse(
        new OpenRefusal(
          `${where}: ${names.join(" and ")} could each be ${column}`,
          `say which with --columns ${column}=${names[0]},${IGNORE}=${names[1]}; nothing was changed`,
          { where, columns, by: "columns" },
        ),
      );
    }
    const index = tier?.[0];
    if (index !== undefined) {
      found.set(column, index);
      used.set(index, column);
    } else if (needed) {
      refuse(
        new OpenRefusal(
          `${where} has no column ${column}, which ${kind} need (its columns: ${header.names.join(", ")})`,
          `map one with --columns ${column}="…", or name another --kind; nothing was changed`,
          { where, columns: [], by: "columns" },
        ),
      );
    }
  }
  return found;
}

const exactly = (header: Header, column: string): number[] =>
  header.names.flatMap((name, index) =>
    !header.isChosen(index) && squashed(name) === squashed(column) && sensesOf(name).size > 0 ? [index] : [],
  );

function statusColumn(header: Header, where: string, refuse: Refuse): Recognition["status"] {
  const chosen = header.chosen("status");
  const words = header.withSense("status");
  const answers = header.withSense("status:active");
  const all = chosen.length > 0 ? chosen : [...words, ...answers];
  const [index, second] = all;
  if (index === undefined) return undefined;
  if (second !== undefined)
    refuse(
      new OpenRefusal(
        `${where}: "${header.names[index]}" and "${header.names[second]}" could each be the status`,
        `leave one out with --columns ${IGNORE}="${header.names[second]}"; nothing was changed`,
        { where, columns: [header.names[index] as string, header.names[second] as string], by: "columns" },
      ),
    );
  return { index, answers: answers.includes(index) };
}

/** A yes or no in words; a mere mark may be anything. */
const isAnswer = (cell: string): boolean =>
  isNoValue(cell) || (yesOrNo(cell) !== undefined && cell.toLowerCase() !== "x");

/** The one further column of ends that holds a yes or no alone. */
function flagColumn(
  header: Header,
  used: ReadonlyMap<number, string>,
  base: Recognised | undefined,
  sheet: Pick<Sheet, "rows">,
): number | undefined {
  if (!base?.columns.has(base.kind === "grants" ? "revoked_at" : "withdrawn_at")) return undefined;
  const found = header.names.flatMap((name, index) => {
    if (used.has(index) || header.isChosen(index) || lookOf(name) !== "end") return [];
    const cells = sheet.rows.map(({ cells }) => (cells[index] ?? "").trim()).filter((cell) => cell !== "");
    return cells.length > 0 && cells.every((cell) => isAnswer(cell)) ? [index] : [];
  });
  return found.length === 1 ? found[0] : undefined;
}

/** The column that each look would be mapped to, where the kind has one. */
const MEANT: Readonly<Record<Look, Partial<Record<RegistryKind, string>>>> = {
  end: { grants: "revoked_at", consents: "withdrawn_at", apps: "owned_until" },
  owner: { apps: "developer_id", grants: "developer_id", consents: "developer_id", developers: "developer" },
  status: { apps: "status", grants: "status", consents: "status" },
};

function refuseNotUnderstood(
  ignored: readonly number[],
  header: Header,
  kind: RegistryKind,
  sheet: Pick<Sheet, "rows">,
  where: string,
  refuse: Refuse,
  has: Parameters<typeof lookOfCells>[3],
): void {
  for (const index of ignored) {
    const name = header.names[index] as string;
    const senses = sensesOf(name);
    const cells = () => sheet.rows.map((row) => row.cells[index] ?? "");
    const look =
      header.isChosen(index) || CONTACTS.some((sense) => senses.has(sense))
        ? undefined
        : (lookOf(name) ?? (senses.size > 0 ? undefined : lookOfCells(name, cells(), kind, has)));
    // A group has a member for its owner, and a developer a state to live in.
    if (look === undefined || (look !== "end" && MEANT[look][kind] === undefined)) continue;
    if (sheet.rows.every(({ cells }) => (cells[index] ?? "").trim() === "")) continue;
    const column = MEANT[look][kind];
    refuse(
      new OpenRefusal(
        `${where}: the column "${name}" looks like ${look === "end" ? "an end" : look === "owner" ? "an owner" : "a status"} and is not understood`,
        `${column === undefined ? "" : `map it with --columns ${column}="${name}", or `}leave it out with --columns ${IGNORE}="${name}"; nothing was changed`,
        { where, columns: [name], by: "columns" },
      ),
    );
  }
}

/** @throws Refusal `registry-wrong` where a mapped column is none of the registry's, or is in none of the files */
export function checkChoices(choices: readonly ColumnChoice[], headers: readonly (readonly string[])[]): void {
  for (const { column, from } of choices) {
    if (column !== IGNORE && !COLUMN_NAMES.has(column))
      throw new Refusal(
        "registry-wrong",
        `--columns names "${column}", which is no column of a registry`,
        `use ${[...COLUMN_NAMES].join(", ")}, or ${IGNORE} to leave one out`,
      );
    if (!headers.some((names) => names.some((name) => sameHeader(from, name))))
      throw new Refusal(
        "registry-wrong",
        `--columns maps "${from}", a column that no file has`,
        "write it as it stands in the header; nothing was changed",
      );
  }
}
