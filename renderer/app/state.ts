import type { CaseInfo, Progress } from "../../shared/contract.ts";
import type { RefusalData } from "../../shared/errors.ts";
import type { Policy } from "../../shared/model/policy.ts";
import { type History, historyAt } from "./places.ts";
import { DEFAULTS, type Settings } from "./settings.ts";

/** All that more than one screen knows. Screens keep the rest for themselves. */
export interface State {
  /** Absent: no case is open in this window. */
  readonly info?: CaseInfo;
  readonly policy?: Policy;
  /** Why nothing may be written, in words for the case bar; absent: the case is writable. */
  readonly readOnlyWhy?: string;
  readonly history: History;
  /** Raised by every act that may change what a request answers. */
  readonly revision: number;
  readonly jobs: readonly Job[];
  readonly notice?: Notice;
  readonly overlay?: Overlay;
  readonly settings: Settings;
}

/** Long work, in the case bar on every screen. */
export interface Job {
  readonly id: number;
  /** `Import b.csv`. */
  readonly title: string;
  readonly progress?: Progress;
  /** What the case bar's button says and does; absent: it cannot be stopped. */
  readonly stop?: "Pause" | "Cancel";
}

/** One sentence on what was just done: `Tagged 48,213 calls Reviewed.` */
export interface Notice {
  readonly id: number;
  readonly text: string;
  readonly canUndo: boolean;
  readonly error?: RefusalData;
}

export type Overlay = { readonly kind: "palette" } | { readonly kind: "keys" } | { readonly kind: "help"; readonly page?: string };

export const START: State = {
  history: historyAt({ screen: "start", text: "" }),
  revision: 0,
  jobs: [],
  settings: DEFAULTS,
};

/** A case was opened, or what it says of itself changed. */
export function withInfo(state: State, info: CaseInfo): State {
  const { readOnlyWhy: _, ...rest } = state;
  return { ...rest, info, ...(info.read_only ? { readOnlyWhy: state.readOnlyWhy ?? "The case is open read-only" } : {}) };
}

export function withPolicy(state: State, policy: Policy | undefined): State {
  const { policy: _, ...rest } = state;
  return policy ? { ...rest, policy } : rest;
}

/** What was asked before may have another answer now. */
export function acted(state: State): State {
  return { ...state, revision: state.revision + 1 };
}

export function withJob(state: State, job: Job): State {
  return { ...state, jobs: [...state.jobs.filter((each) => each.id !== job.id), job].sort((a, b) => a.id - b.id) };
}

export function withProgress(state: State, id: number, progress: Progress): State {
  return { ...state, jobs: state.jobs.map((job) => (job.id === id ? { ...job, progress } : job)) };
}

export function withoutJob(state: State, id: number): State {
  return { ...state, jobs: state.jobs.filter((job) => job.id !== id) };
}

export function withNotice(state: State, notice: Notice): State {
  return { ...state, notice };
}

/** Takes this notice away, if it is still the one shown. */
export function withoutNotice(state: State, id: number): State {
  if (state.notice?.id !== id) return state;
  const { notice: _, ...rest } = state;
  return rest;
}

/** Opens an overlay, or closes the one that is open. */
export function withOverlay(state: State, overlay: Overlay | undefined): State {
  const { overlay: _, ...rest } = state;
  return overlay ? { ...rest, overlay } : rest;
}

export function withHistory(state: State, change: (history: History) => History): State {
  const history = change(state.history);
  return history === state.history ? state : { ...state, history };
}
