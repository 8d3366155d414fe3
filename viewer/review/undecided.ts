import type { Catalog } from "../../shared/viewer/data.ts";
import { findingPlace } from "../../shared/viewer/places.ts";
import type { Remarks } from "./remarks.ts";

interface Place {
  readonly rule: string;
  readonly id: string;
}

/** The findings in the order of the bundle, and which of them are open and were neither confirmed nor disputed here. */
function findingsOf({ rules }: Catalog, remarks: Remarks): (Place & { readonly isOpen: boolean })[] {
  const said = new Set(
    remarks.all.flatMap((each) =>
      each.act === "confirm" || each.act === "dispute"
        ? [JSON.stringify([each.finding.rule, each.finding.developer_id])]
        : [],
    ),
  );
  return rules.flatMap(({ rule, developers }) =>
    developers.map(({ developer_id: id, status }) => ({
      rule,
      id,
      isOpen: status === "open" && !said.has(JSON.stringify([rule, id])),
    })),
  );
}

export const undecidedCount = (catalog: Catalog, remarks: Remarks): number =>
  findingsOf(catalog, remarks).filter(({ isOpen }) => isOpen).length;

/** The place of the next open finding after this one, or of the one before it, round in a circle; undefined where there is no other. */
export function undecidedFrom(
  catalog: Catalog,
  remarks: Remarks,
  here: Partial<Place>,
  by: 1 | -1,
): string | undefined {
  const all = findingsOf(catalog, remarks);
  const at = all.findIndex(({ rule, id }) => rule === here.rule && id === here.id);
  for (let step = 1; step <= all.length; step += 1) {
    const index = at < 0 ? (by === 1 ? step - 1 : all.length - step) : (at + by * step + all.length) % all.length;
    const found = all[index];
    if (found?.isOpen && index !== at) return findingPlace(found.rule, found.id);
  }
  return undefined;
}
