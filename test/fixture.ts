import path from "node:path";
import type { Case } from "../main/case/case.ts";
import { createCase } from "../main/case/create.ts";
import { instantOf } from "../shared/base/time.ts";
import { CALLER_SHIFT, CALLERS, ENCODED_COLUMNS, type EventRecord, FLAG, OUTCOMES } from "../shared/model/event.ts";
import type { Input } from "./reference/model.ts";
import { temporaryFolder } from "./temporary.ts";

export const newCase = (): Case =>
  createCase(path.join(temporaryFolder(), "case"), { title: "Test", examiner: "T <t@example.org>" });

/** A case that holds these calls as one complete source, written by plain INSERTs: no intake has a hand in it. */
export function caseOf(input: Pick<Input, "events"> & Partial<Input>, caseFile = newCase()): Case {
  const { db } = caseFile;
  db.transaction(() => {
    emptyCase(caseFile);
    db.prepare(
      `insert into source (id, state, name, path, sha256, bytes, format, encoding, timezone, timezone_from, mapping, lines, events, lines_events, duplicates, began, ended)
       values (1, 'complete', 'calls.jsonl', 'calls.jsonl', ?, 0, 'jsonl', 'utf-8', 'UTC', 'timestamps', '{}', @n, @n, @n, 0, '', ?)`.replaceAll(
        "@n",
        String(input.events.length),
      ),
    ).run(String(Math.random()), String(Math.random()));
    const codes = new Map<string, number>();
    const code = (column: string, text: string | undefined) => {
      if (text === undefined) return null;
      const key = `${column}\u0000${text}`;
      const known = codes.get(key);
      if (known !== undefined) return known;
      const id = db.prepare(`insert into text_${column} (value) values (?)`).run(text).lastInsertRowid as number;
      codes.set(key, id);
      return id;
    };
    for (const [index, call] of input.events.entries()) insertCall(caseFile, call as Partial<EventRecord>, index, code);
    if (input.registry) fillRegistry(caseFile, input.registry);
    if (input.policy)
      db.prepare("insert into policy (name, sha256, document, at) values ('p', '', ?, '')").run(
        JSON.stringify(input.policy),
      );
  })();
  return caseFile;
}

function emptyCase({ db }: Case): void {
  const tables = [
    "source",
    "event_row",
    "developer",
    "app",
    "grant_held",
    "consent",
    "resource",
    "developer_join",
    "policy",
    "claims",
    ...ENCODED_COLUMNS.map((name) => `text_${name}`),
  ];
  for (const table of tables) db.exec(`delete from ${table}`);
}

function insertCall(
  { db }: Case,
  call: Partial<EventRecord>,
  index: number,
  code: (column: string, text: string | undefined) => number | null,
): void {
  const texts = ENCODED_COLUMNS.map((name) => {
    const value = call[name];
    return code(name, Array.isArray(value) ? JSON.stringify(value) : value);
  });
  const flags =
    (call.duplicate ? FLAG.duplicate : 0) |
    (call.fields_are === "requested" ? FLAG.requested : 0) |
    ((call.caller === undefined ? 0 : CALLERS.indexOf(call.caller) + 1) << CALLER_SHIFT);
  db.prepare(
    `insert into event_row (id, source, line, "offset", length, time, ${ENCODED_COLUMNS.join(", ")}, status, outcome, subject_count, request_id, bytes, duration_ms, flags)
     values (${index + 1}, 1, ${index + 1}, ${index * 10}, 9, ?, ${ENCODED_COLUMNS.map(() => "?").join(", ")}, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    instantOf(call.time as string),
    ...texts,
    call.status ?? null,
    OUTCOMES.indexOf(call.outcome ?? "unknown"),
    call.subject_count ?? null,
    call.request_id ?? null,
    call.bytes ?? null,
    call.duration_ms ?? null,
    flags,
  );
}

function fillRegistry({ db }: Case, registry: Input["registry"]): void {
  const time = (text: string | undefined) => (text === undefined ? null : instantOf(text));
  for (const { developer_id, into } of registry.joined ?? [])
    db.prepare("insert into developer_join (developer_id, into_id, reason, at, by_whom) values (?, ?, '', '', '')").run(
      developer_id,
      into,
    );
  for (const row of registry.developers)
    db.prepare("insert into developer (developer_id, developer, file) values (?, ?, 0)").run(
      row.developer_id,
      row.developer ?? null,
    );
  for (const row of registry.apps) {
    db.prepare(
      "insert into app (app, app_name, developer_id, owned_from, owned_until, file) values (?, ?, ?, ?, ?, 0)",
    ).run(row.app, row.app_name ?? null, row.developer_id ?? null, time(row.owned_from), time(row.owned_until));
  }
  for (const row of registry.grants)
    db.prepare("insert into grant_held (app, permission, granted_at, revoked_at, file) values (?, ?, ?, ?, 0)").run(
      row.app,
      row.permission,
      time(row.granted_at),
      time(row.revoked_at),
    );
  for (const row of registry.consents) {
    db.prepare(
      "insert into consent (subject, app, permission, given_at, withdrawn_at, file) values (?, ?, ?, ?, ?, 0)",
    ).run(row.subject, row.app, row.permission, time(row.given_at), time(row.withdrawn_at));
  }
  for (const row of registry.resources)
    db.prepare("insert into resource (resource, title, people, file) values (?, ?, ?, 0)").run(
      row.resource,
      row.title ?? null,
      row.people ?? null,
    );
}
