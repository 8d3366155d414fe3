import type { Dataset } from "../../query/dataset.ts";
import type { Owner } from "../../registry/attribution.ts";

/** The owner of an app for which the registry has none: the developer that its first call with a name gives, else the app itself. */
export function unregisteredOwner(dataset: Dataset): (app: string) => Owner {
  let first: Map<string, string> | undefined;
  return (app) => {
    first ??= firstNames(dataset);
    return dataset.attribution.unregisteredOwner(app, first.get(app));
  };
}

export function firstNames(dataset: Dataset): Map<string, string> {
  const { columns } = dataset;
  const apps = columns.dictionary("app").all();
  const names = columns.dictionary("developer").all();
  const appOf = columns.codes("app");
  const nameOf = columns.codes("developer");
  const first = new Map<string, string>();
  const met = new Uint8Array(apps.length);
  for (let p = 0; p < columns.rows; p += 1) {
    const app = appOf[p] as number;
    if (met[app] === 1 || nameOf[p] === 0) continue;
    met[app] = 1;
    if (app !== 0) first.set(apps[app] as string, names[nameOf[p] as number] as string);
  }
  return first;
}
