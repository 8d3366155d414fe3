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

/** The calls that name whom a grant of a rule's permission counts for: of each app without a registered owner that is asked for, one. */
export function namingCalls(dataset: Dataset, judged: readonly Judged[]): Set<number> {
  const naming = new Set<number>();
  let first: ReadonlyMap<string, number> | undefined;
  const firstNamed = () => {
    first ??= firstNamedCalls(dataset);
    return first;
  };
  const owner = unregisteredOwner(dataset, firstNamed);
  const noted = (app: string): Owner => {
    const position = firstNamed().get(app);
    if (position !== undefined) naming.add(position);
    return owner(app);
  };
  for (const { rule, cutoff, asOf } of judged) {
    const grants = new Grants(dataset, rule, noted);
    grants.entitled(cutoff, asOf);
    grants.revocations(asOf);
  }
  return naming;
}
