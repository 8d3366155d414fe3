import type { RefusalData } from "../../shared/base/errors.ts";
import type { CaseInfo } from "../../shared/contract/case.ts";
import type { Chosen } from "../../shared/contract/chosen.ts";
import type { Progress } from "../../shared/contract/contract.ts";
import type { AppState, Settings } from "../../shared/contract/desktop.ts";
import type { ReviewReport } from "../../shared/model/accountability/review-file.ts";
import type { Disposition } from "../../shared/model/finding.ts";
import type { Policy } from "../../shared/model/policy.ts";
import type { RegistryPreview } from "../../shared/model/registry.ts";
import { minute } from "../text/format.ts";
import type { ImportQueue } from "./import-queue.ts";
import { type History, historyAt } from "./places.ts";

/** All that more than one screen knows. Screens keep the rest for themselves. */
export interface State {
  /** Absent: no case is open in this window. */
  readonly info?: CaseInfo;
  readonly policy?: Policy;
  readonly version: string;
  /** Why nothing may be written, in words for the case bar; absent: the case is writable. */
  readonly readOnlyWhy?: string;
  readonly history: History;
  /** Raised by every act that may change what a request answers. */
  readonly revision: number;
  readonly jobs: readonly Job[];
  /** Work on this case that another screen or the desktop began. */
  readonly elsewhere?: NonNullable<AppState["job"]>;
  /** The engine died; nothing that was saved is lost. */
  readonly crashed?: RefusalData;
  readonly notice?: Notice;
  readonly overlay?: Overlay;
  readonly imports: ImportQueue;
  readonly settings: Settings;
  /** Of these, what was changed here and not yet answered: what the desktop says meanwhile is older. */
  readonly changing?: Partial<Settings>;
  readonly dark: boolean;
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
  /** What a button beside it does: takes the act back, does it again, reopens what was decided. */
  readonly offers?: "undo" | "redo" | { readonly reopen: readonly DecidedFinding[] };
  readonly error?: RefusalData;
}

/** A finding that was decided, to be reopened. */
export interface DecidedFinding {
  readonly rule: string;
  readonly developer_id: string;
  readonly developer: string;
  readonly status: Disposition;
}

export type Overlay =
  | { readonly kind: "palette" }
  | { readonly kind: "keys" }
  | { readonly kind: "help"; readonly page?: string }
  /** What registry files would do, before they do it. */
  | { readonly kind: "registry"; readonly files: readonly Chosen[]; readonly preview: RegistryPreview }
  /** What a review says, before anything of it is taken in. */
  | { readonly kind: "review"; readonly file: Chosen; readonly report: ReviewReport };

/** The window before its first answer from the desktop, and whenever no case is open. */
export function startOf(app: AppState, historyOf?: (folder: string) => History | undefined): State {
  const empty: State = {
    version: app.version,
    history: historyAt({ screen: "start", text: "" }),
    revision: 0,
    jobs: [],
    imports: [],
    settings: app.settings,
    dark: app.dark,
  };
  return withApp(empty, app, historyOf);
}

/** What the desktop says of the window. Another case than before begins at its own screens, with its own history. */
export function withApp(
  state: State,
  app: AppState,
  historyOf: (folder: string) => History | undefined = () => undefined,
): State {
  const { info: before, policy: _, readOnlyWhy: _r, elsewhere: _e, crashed: _c, notice, ...rest } = state;
  const isSame = before?.case === app.case?.case;
  // an act of another window's request, or of the desktop itself
  const isMoved = before?.custody_head !== app.case?.custody_head;
  return {
    ...rest,
    ...(isSame && state.policy ? { policy: state.policy } : {}),
    ...(isSame && notice ? { notice } : {}),
    ...(isMoved ? { revision: state.revision + 1 } : {}),
    ...(isSame ? {} : { history: historyFor(app.case, historyOf), imports: [] }),
    ...(app.case ? { info: app.case } : {}),
    ...(app.case?.read_only ? { readOnlyWhy: readOnlyWords(app.readOnlyBecause) } : {}),
    ...(app.job ? { elsewhere: app.job } : {}),
    ...(app.crashed ? { crashed: app.crashed } : {}),
    version: app.version,
    settings: { ...app.settings, ...state.changing },
    dark: app.dark,
  };
}

export const withChange = (state: State, change: Partial<Settings>): State => ({
  ...state,
  settings: { ...state.settings, ...change },
  changing: { ...state.changing, ...change },
});

/** Every change was answered: from now on the desktop's word counts. */
export function changed({ changing: _, ...state }: State): State {
  return state;
}

function historyFor(info: CaseInfo | undefined, historyOf: (folder: string) => History | undefined): History {
  if (!info) return historyAt({ screen: "start", text: "" });
  const stored = historyOf(info.case);
  if (!stored) return historyAt({ screen: info.events === 0 ? "sources" : "explore", text: "" });
  return stored;
}

function readOnlyWords(because: string | undefined): string {
  if (because === undefined) return "Read-only";
  return `Read-only: ${because.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/gu, minute)}`;
}

/** The case's own account of itself, read anew after an act. */
export function withInfo(state: State, info: CaseInfo): State {
  return { ...state, info };
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

export function withImports(state: State, change: (queue: ImportQueue) => ImportQueue): State {
  return { ...state, imports: change(state.imports) };
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
