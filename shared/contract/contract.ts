import type { z } from "zod";
import { ANNOTATION_REQUESTS } from "./annotations.ts";
import { BUNDLE_REQUESTS } from "./bundle.ts";
import { BY_HAND_REQUESTS } from "./by-hand.ts";
import { CASE_REQUESTS } from "./case.ts";
import { CHANGE_REQUESTS } from "./changes.ts";
import type { FromPage } from "./chosen.ts";
import { CLOCK_REQUESTS } from "./clocks.ts";
import { EXPLORE_REQUESTS } from "./explore.ts";
import { FINDING_REQUESTS } from "./findings.ts";
import { REMEDY_REQUESTS } from "./remedy.ts";
import { SOURCE_REQUESTS } from "./sources.ts";

/**
 * The only door between whoever asks (window, command line) and the engine of a case: each request with the schema of its
 * input and the type of its answer. Preload, client, engine and command line take their types from here.
 */
export const CONTRACT = {
  ...CASE_REQUESTS,
  ...BY_HAND_REQUESTS,
  ...SOURCE_REQUESTS,
  ...EXPLORE_REQUESTS,
  ...ANNOTATION_REQUESTS,
  ...FINDING_REQUESTS,
  ...REMEDY_REQUESTS,
  ...CLOCK_REQUESTS,
  ...CHANGE_REQUESTS,
  ...BUNDLE_REQUESTS,
} as const;

export type Contract = typeof CONTRACT;
export type RequestName = keyof Contract;
export type Input<Name extends RequestName> = z.input<Contract[Name]["input"]>;
/** As the page asks. */
export type PageInput<Name extends RequestName> = FromPage<Input<Name>>;
export type Reply<Name extends RequestName> = NonNullable<Contract[Name]["reply"]>;

export interface Progress {
  readonly what: string;
  /** Bytes, lines or files, as `unit` says. */
  readonly done: number;
  readonly total?: number;
  readonly unit: "bytes" | "records" | "files";
  readonly records?: number;
  readonly per_second?: number;
  readonly seconds_left?: number;
}

/** What a long request tells while it works, and how it is stopped. */
export interface Hooks {
  progress?(progress: Progress): void;
  signal?: AbortSignal;
}
