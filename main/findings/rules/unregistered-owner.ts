import { idKey } from "../../../shared/base/same-id.ts";
import type { Micros } from "../../../shared/base/time.ts";
import type { Dataset } from "../../query/dataset.ts";
import type { Owner } from "../../registry/attribution.ts";
import { Grants } from "./grants.ts";
import type { Judged } from "./judge.ts";

/** The owner of an app for which the registry has none: the developer that its first call with a name gives, else the app itself. */
export function unregisteredOwner(
  dataset: Dataset,
  firstNamed: () => ReadonlyMap<string, number> = () => firstNamedCalls(dataset),
): (app: string) => Owner {
  let first: ReadonlyMap<string, number> | undefined;
  const { columns } = dataset;
  return (app) => {
    if (dataset.holders) {
      const id = dataset.holders.get(idKey(app));
      return id === undefined ? dataset.attribution.unregisteredOwner(app, undefined) : dataset.attribution.named(id);
    }
    first ??= firstNamed();
    const position = first.get(app);
    const name =
      position === undefined
        ? undefined
        : columns.dictionary("developer").get(columns.codes("developer")[position] as number);
    return dataset.attribution.unregisteredOwner(app, name);
  };
}

/** By app, the position of its first call whose log names a developer. A duplicate says nothing of its own. */
function firstNamedCalls({ columns }: Dataset): Map<string, number> {
  const apps = columns.dictionary("app").all();
  const appOf = columns.codes("app");
  const nameOf = columns.codes("developer");
  const { originals } = columns;
  const first = new Map<string, number>();
  const met = new Uint8Array(apps.length);
  for (let p = 0; p < columns.rows; p += 1) {
    const app = appOf[p] as number;
    if (met[app] === 1 || nameOf[p] === 0 || !originals.has(p)) continue;
    met[app] = 1;
    if (app !== 0) first.set(apps[app] as string, p);
  }
  return first;
}

/** Whom an app without a registered owner counts for, by the call that names it. */
export interface Holder {
  readonly app: string;
  readonly developer_id: string;
}

/**
 * The calls that name whom a grant of a rule's permission counts for: of each app without a registered owner that is asked for,
 * one. `heldSince`: by rule, from when on it is asked who holds one.
 */
export const namingCalls = (
  dataset: Dataset,
  judged: readonly Judged[],
  heldSince: ReadonlyMap<string, Micros>,
): Set<number> => new Set([...named(dataset, judged, heldSince).values()].map(({ position }) => position));

/** Those whom a call names, by app. */
export const holdersOf = (dataset: Dataset, judged: readonly Judged[]): Holder[] =>
  [...named(dataset, judged)]
    .map(([app, { owner }]) => ({ app, developer_id: owner.id }))
    .sort((a, b) => (a.app < b.app ? -1 : 1));

function named(
  dataset: Dataset,
  judged: readonly Judged[],
  heldSince: ReadonlyMap<string, Micros> = new Map(),
): Map<string, { position: number; owner: Owner }> {
  const naming = new Map<string, { position: number; owner: Owner }>();
  let first: ReadonlyMap<string, number> | undefined;
  const firstNamed = () => {
    first ??= firstNamedCalls(dataset);
    return first;
  };
  const ownerOf = unregisteredOwner(dataset, firstNamed);
  const noted = (app: string): Owner => {
    const position = firstNamed().get(app);
    const owner = ownerOf(app);
    if (position !== undefined) naming.set(app, { position, owner });
    return owner;
  };
  for (const { rule, cutoff, asOf } of judged) {
    const grants = new Grants(dataset, rule, noted);
    grants.entitled(cutoff, asOf);
    grants.revocations(asOf);
    const since = heldSince.get(rule.id);
    if (since !== undefined) grants.entitled(since, Number.POSITIVE_INFINITY);
  }
  return naming;
}
