import type { RefusalData } from "../../../shared/base/errors.ts";
import type { CaseInfo } from "../../../shared/contract/case.ts";
import type { Progress } from "../../../shared/contract/contract.ts";

/** What the main process and an engine's thread say to each other. Requests are numbered by the side that asks. */
export type ToThread =
  | {
      readonly kind: "ask";
      readonly id: number;
      readonly name: string;
      readonly input: unknown;
      /** The reply as JSON text in bytes, so that the main process only hands it on. */
      readonly asBytes: boolean;
      /** Shared memory, not 0 once the request is cancelled: work that never yields to its messages sees that too. */
      readonly stop: Int32Array<SharedArrayBuffer>;
    }
  | { readonly kind: "cancel"; readonly id: number }
  | { readonly kind: "close" };

export type FromThread =
  | { readonly kind: "opened"; readonly about: Opened | undefined }
  | { readonly kind: "not-opened"; readonly refusal: RefusalData }
  | { readonly kind: "reply"; readonly id: number; readonly reply: unknown }
  | { readonly kind: "bytes"; readonly id: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: "progress"; readonly id: number; readonly progress: Progress }
  | { readonly kind: "refused"; readonly id: number; readonly refusal: RefusalData };

/** An open case as its thread found it. */
export interface Opened {
  readonly info: CaseInfo;
  /** Empty when the case can be written. */
  readonly readOnlyBecause: string;
}

/** How a case's thread begins. `read`: without the case's lock. `second`: for one long request, next to the thread that holds the case's lock, behind all else. */
export type CaseThreadStart =
  | { readonly mode: "open" | "read" | "second"; readonly folder: string }
  /** A zip or a folder: a read-only case that is made of it and gone when it is closed. */
  | { readonly mode: "bundle"; readonly folder: string }
  | { readonly mode: "create"; readonly folder: string; readonly title: string; readonly examiner: string };
