import type { World } from "../../query/dataset.ts";

/** Resource sizes by id in `text_resource`. */
export function resourceSizes(world: World): (resource: number) => number | undefined {
  const known = new Map(world.registry.resources.map((resource) => [resource.resource, resource.people]));
  const sizes = world.columns
    .dictionary("resource")
    .all()
    .map((text) => (text === undefined ? undefined : known.get(text)));
  return (resource) => sizes[resource];
}
