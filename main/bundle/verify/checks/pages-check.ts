import { VERSION } from "../../../platform/version.ts";
import type { Bag } from "../../bag/load-bag.ts";
import { bad, good, none, type Outcome } from "../bag/outcomes.ts";
import type { BundleContents } from "../extract/bundle-contents.ts";
import { pagesInput, payloadPageFaults, tagTextFaults } from "../extract/page-faults.ts";

/** Every page, and every file beside `data`, is what this version makes from the bundle's own extract, byte for byte. */
export async function pagesCheck(bag: Bag, { about }: BundleContents, target: string): Promise<Outcome> {
  if (about.software !== `Exhibit ${VERSION}`) return none("pages-of-another-version", about.software, VERSION);
  const input = await pagesInput(bag);
  const faults = [...(await tagTextFaults(bag, input)), ...(await payloadPageFaults(bag, input, target))];
  return faults.length > 0 ? bad("pages-differ", faults.join("; ")) : good("pages-agree");
}
