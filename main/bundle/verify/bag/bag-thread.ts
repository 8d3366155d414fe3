import { parentPort, workerData } from "node:worker_threads";
import { verifyBag } from "./verify-bag.ts";

/** The thread that makes the digests of a large bag while its contents are read by another. */
const { target, signer } = workerData as { readonly target: string; readonly signer: string | undefined };
parentPort?.postMessage(await verifyBag(target, signer === undefined ? {} : { signer }));
