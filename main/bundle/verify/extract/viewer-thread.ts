import { parentPort, workerData } from "node:worker_threads";
import type { CatalogInput } from "../../viewer/catalog.ts";
import { openBag } from "../bag/open-bag.ts";
import { viewerFaults } from "./viewer-faults.ts";

/** The thread that makes the viewer's data of a large bag anew while another one reads its rows. */
const { target, input } = workerData as { readonly target: string; readonly input: CatalogInput };
const { bag, close } = await openBag(target);
try {
  if (bag) parentPort?.postMessage(await viewerFaults(bag, input));
} finally {
  await close();
}
