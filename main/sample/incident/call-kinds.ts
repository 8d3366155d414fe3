import type { App, Home } from "./actors.ts";

/** An operation of the platform, as every export writes it. */
export interface Operation {
  readonly api: "groups" | "events" | "pages" | "login";
  readonly name: string;
  readonly method: "GET" | "POST";
  /** Path after the version; `#` is the object's id. */
  readonly route: string;
  /** The policy's `applies_to` holds it. */
  readonly inScope: boolean;
}

const operation = (api: Operation["api"], name: string, route: string, inScope = false): Operation => ({
  api,
  name,
  method: name.startsWith("POST") ? "POST" : "GET",
  route,
  inScope,
});

export const MEMBERS = operation("groups", "GET /{group-id}/members", "/#/members", true);
/** Held by the policy's `GET /{group-id}/members*`. */
export const SEARCH = operation("groups", "GET /{group-id}/members/search", "/#/members/search", true);
/** The same operation in capitals: scope is compared without regard to case. */
export const MEMBERS_SHOUTED = operation("groups", "GET /{GROUP-ID}/MEMBERS", "/#/members", true);
export const FEED = operation("groups", "GET /{group-id}/feed", "/#/feed", true);
export const GROUP = operation("groups", "GET /{group-id}", "/#");
export const ALBUMS = operation("groups", "GET /{group-id}/albums", "/#/albums");
export const POST_FEED = operation("groups", "POST /{group-id}/feed", "/#/feed");
export const ATTENDING = operation("events", "GET /{event-id}/attending", "/e-#/attending");
export const POSTS = operation("pages", "GET /{page-id}/posts", "/p-#/posts");
export const TOKEN = operation("login", "POST /oauth/token", "/oauth/token");

/** A list of data fields, with what the rules make of it written down by hand. */
export interface FieldSet {
  readonly list: readonly string[];
  /** The policy's restricted fields that it holds, sorted. */
  readonly got: readonly ("name" | "picture")[];
  /** Lower case: what `fields:…` finds it by, as far as the sample's filters ask. */
  readonly found: readonly string[];
}

const fields = (list: string, got: string, found: string): FieldSet => ({
  list: list.split(" "),
  got: got.split(" ").filter(Boolean) as ("name" | "picture")[],
  found: found.split(" "),
});

export const UNKNOWN_FIELDS: FieldSet = { list: [], got: [], found: [] };
export const NAME_PICTURE = fields("name picture", "name picture", "name picture");
export const ID_NAME = fields("id name", "name", "id name");
export const OPEN_FIELDS = [
  fields("id", "", "id"),
  fields("id joined", "", "id joined"),
  fields("id username administrator", "", "id username administrator"),
  fields("message created_time", "", "message created_time"),
  fields("id cover{source}", "", "id cover cover.source source"),
] as const;
export const RESTRICTED_FIELDS = [
  ID_NAME,
  NAME_PICTURE,
  fields("id name picture administrator", "name picture", "id name picture administrator"),
  fields(
    "from{name,picture} message",
    "name picture",
    "from from.name from.picture name picture message from{name,picture}",
  ),
  fields("from{name,picture}", "name picture", "from from.name from.picture name picture from{name,picture}"),
  fields("id from.name", "name", "id from.name name from"),
  fields("id feed{from{name}}", "name", "id feed feed.from feed.from.name from from.name name"),
  fields("members.limit(50){id,name} joined", "name", "members members.id members.name id name joined"),
  fields("picture{url}", "picture", "picture picture.url url"),
  fields("Name joined", "name", "name joined"),
] as const;

export type Outcome = "allowed" | "denied" | "failed" | "unknown";

/** One call, as its export will carry it: what that export leaves out is already absent here. Reused from row to row. */
export interface Call {
  /** µs; whole seconds in exports 3 and 4. */
  time: number;
  home: Home;
  app: App | undefined;
  /** Who the log says the developer is; "" if it does not. */
  logDeveloper: string;
  operation: Operation;
  path: string;
  /** 0: absent. */
  status: number;
  outcome: Outcome;
  /** The gateway says the outcome itself. */
  verdict: boolean;
  /** "" if absent. */
  actor: string;
  /** Index of the group; -1 if the call has no resource. */
  group: number;
  fields: FieldSet;
  /** Numbers of the people listed; undefined: no list. */
  people: readonly number[] | undefined;
  /** -1: absent. */
  count: number;
  ip: string;
  agent: string;
  /** "" if absent, as are -1 below. */
  requestId: string;
  bytes: number;
  duration: number;
}

export function emptyCall(): Call {
  return {
    time: 0,
    home: 1,
    app: undefined,
    logDeveloper: "",
    operation: MEMBERS,
    path: "",
    status: 0,
    outcome: "unknown",
    verdict: false,
    actor: "",
    group: -1,
    fields: UNKNOWN_FIELDS,
    people: undefined,
    count: -1,
    ip: "",
    agent: "",
    requestId: "",
    bytes: 0,
    duration: -1,
  };
}
