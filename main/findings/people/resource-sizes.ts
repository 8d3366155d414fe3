import { idKey } from "../../../shared/base/same-id.ts";
import type { Dataset } from "../../query/dataset.ts";

/** Resource sizes by id in `text_resource`. */
export function resourceSizes(dataset: Dataset): (resource: number) => number | undefined {
  const known = new Map(dataset.registry.resources.map((resource) => [idKey(resource.resource), resource.people]));
  const sizes = dataset.columns
    .dictionary("resource")
    .all()
    .map((text) => (text === undefined ? undefined : known.get(idKey(text))));
  return (resource) => sizes[resource];
}
