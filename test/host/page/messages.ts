/** The isolated world → the host, through a binding that only that world has. */
export type ToHost =
  | { t: "invoke"; id: number; channel: string; args: unknown[] }
  | { t: "send"; channel: string; args: unknown[] }
  | { t: "close" }
  | { t: "files"; id: number }
  | { t: "key"; key: string; modifiers: string[] }
  | { t: "preload-error"; message: string };

/** The host → the isolated world. */
export type ToPage =
  | { t: "event"; channel: string; args: unknown[] }
  | { t: "reply"; id: number; value: unknown }
  | { t: "failed"; id: number; message: string };

/** Where a `files` message leaves its files for the host to look at: by the message's id. */
export type HeldFiles = Map<number, File[]>;

/** The isolated world → the main world, as the detail of a synchronous event. */
export type ToMain =
  | { t: "expose"; key: string; api: unknown }
  | { t: "returned"; id: number; value: unknown }
  | { t: "threw"; id: number; message: string }
  | { t: "promised"; id: number }
  | { t: "resolved"; id: number; value: unknown }
  | { t: "rejected"; id: number; message: string }
  | { t: "callback"; id: number; args: unknown[] };

/** The main world → the isolated world. */
export type ToIsolated = { t: "call"; fn: number; id: number; args: unknown[] } | { t: "hello" } | { t: "close" };
