import { Refusal } from "../../shared/base/errors.ts";
import { type Case, demandWritable } from "../case/case.ts";
import { record, timeOfAct } from "../custody/append.ts";
import { rowDigests } from "../custody/row-digests.ts";
import { countRuns, differenceOf, type Runs, runsOf, unionOf } from "./id-runs.ts";
import { labelDigests, sourcesOf } from "./label-digests.ts";
import { readRuns, writeRuns } from "./run-tables.ts";
import { tagNamed } from "./tag-names.ts";

/**
 * What `tag` and `undo` print. `events`: how many the filter matched. The act itself changes only those that did not
 * have the tag, or had it; `unchanged` where there was none, and no note either.
 */
export interface TagReport {
  readonly filter: string;
  readonly events: number;
  readonly tag: string;
  readonly unchanged?: true;
}

/** The events of an act, and the filter that says which they are. */
export interface ChosenEvents {
  readonly filter: string;
  /** Ascending. */
  readonly ids: Uint32Array;
}

/** The ids of `runs` (`within`) or those outside them. Both ascending. */
function split(ids: Uint32Array, runs: Runs): { within: number[]; outside: number[] } {
  const within: number[] = [];
  const outside: number[] = [];
  let run = 0;
  for (const id of ids) {
    while (run < runs.length && (runs[run] as readonly [number, number])[1] < id) run += 1;
    const here = runs[run];
    (here && here[0] <= id ? within : outside).push(id);
  }
  return { within, outside };
}

/** `origin`: where it was taken from, for custody. */
interface ActOptions {
  readonly note?: string;
  readonly by?: string;
  readonly origin?: Readonly<Record<string, unknown>>;
}

/** Adds a tag to every chosen event, with a note if there is one. Undoable. */
export function addTag(caseFile: Case, chosen: ChosenEvents, name: string, options: ActOptions = {}): TagReport {
  return changeTag(caseFile, chosen, checkName(name), "tag", options);
}

/** Removes a tag from every chosen event. Undoable. */
export function removeTag(caseFile: Case, chosen: ChosenEvents, name: string, options: ActOptions = {}): TagReport {
  return changeTag(caseFile, chosen, checkName(name), "untag", options);
}

function checkName(name: string): string {
  const tag = name.trim();
  if (tag === "" || tag.length > 100 || /\p{Cc}/u.test(tag)) {
    throw new Refusal("usage", "A tag is 1 to 100 characters without control characters", "choose another name");
  }
  return tag;
}

function changeTag(
  caseFile: Case,
  chosen: ChosenEvents,
  name: string,
  kind: "tag" | "untag",
  options: ActOptions,
): TagReport {
  demandWritable(caseFile);
  const by = options.by ?? caseFile.examiner;
  const { filter, ids } = chosen;
  const note = options.note?.trim() ? { note: options.note.trim() } : {};
  return caseFile.db.transaction((): TagReport => {
    const tag = tagNamed(caseFile, name, kind === "tag");
    const before = readRuns(caseFile, "tag_run", "tag", tag.id);
    const { within, outside } = split(ids, before);
    const changed = runsOf(kind === "tag" ? outside : within);
    const act = insertAct(caseFile, { kind, tag: tag.id, filter, events: ids.length, by }, changed);
    const after = kind === "tag" ? unionOf(before, changed) : differenceOf(before, changed);
    writeRuns(caseFile, "tag_run", "tag", tag.id, after);
    const notes = note.note === undefined ? [] : [insertNote(caseFile, act, note.note, by, runsOf(ids))];
    const count = countRuns(changed);
    const { db } = caseFile;
    const digests = {
      ...rowDigests(db, { tag: [tag.name, ...tag.formerly], act: [act], act_run: [act], note: notes.map(() => act) }),
      ...labelDigests(db, { tags: [tag.id], notes }, sourcesOf(db, notes.length > 0 ? runsOf(ids) : changed)),
    };
    const did = { tag: tag.name, filter, events: ids.length, changed: count, act, ...note };
    record(caseFile, kind, { ...did, ...options.origin, digests }, by);
    const unchanged = count === 0 && (note.note === undefined || ids.length === 0);
    return { filter, events: ids.length, tag: tag.name, ...(unchanged && { unchanged }) };
  })();
}

/** Puts a note on every chosen event. Undoable. */
export function addNote(
  caseFile: Case,
  chosen: ChosenEvents,
  text: string,
  by = caseFile.examiner,
  origin: Readonly<Record<string, unknown>> = {},
): { filter: string; events: number; note: string } {
  demandWritable(caseFile);
  const note = text.trim();
  if (note === "") throw new Refusal("usage", "A note without text was given", "write what the note should say");
  const { filter, ids } = chosen;
  caseFile.db.transaction(() => {
    const act = insertAct(caseFile, { kind: "note", filter, events: ids.length, by }, []);
    const notes = [insertNote(caseFile, act, note, by, runsOf(ids))];
    const { db } = caseFile;
    const digests = {
      ...rowDigests(db, { act: [act], act_run: [act], note: [act] }),
      ...labelDigests(db, { tags: [], notes }, sourcesOf(db, runsOf(ids))),
    };
    record(caseFile, "note", { note, filter, events: ids.length, act, ...origin, digests }, by);
  })();
  return { filter, events: ids.length, note };
}

/** Undoes the latest act that is not undone. @throws Refusal `nothing-to-undo` */
export function undo(caseFile: Case, by = caseFile.examiner): TagReport {
  return undoOrRedo(caseFile, "undo", "undone is null order by act.id desc", by);
}

/** Redoes the act undone last, as long as no other act came after it. @throws Refusal `nothing-to-undo` */
export function redo(caseFile: Case, by = caseFile.examiner): TagReport {
  return undoOrRedo(caseFile, "redo", `undone is not null and act.id in (${UNDONE_SINCE}) order by act.id`, by);
}

/**
 * Acts undone after the newest act was made. What was undone before that is never redone: it would stand among acts that were
 * worked out without it. Only custody says which of the two came first.
 */
const UNDONE_SINCE = `
  select json_extract(entry, '$.detail.act') from custody where json_extract(entry, '$.act') = 'undo' and seq >
    (select seq from custody where json_extract(entry, '$.act') in ('tag', 'untag', 'note') order by seq desc limit 1)`;

/** A note keeps its events. It shows on them as long as its act is not undone. */
function undoOrRedo(caseFile: Case, way: "undo" | "redo", which: string, by: string): TagReport {
  demandWritable(caseFile);
  const act = caseFile.db
    .prepare(`select act.*, tag.name from act left join tag on tag.id = act.tag where ${which} limit 1`)
    .get() as ActRow | undefined;
  if (!act)
    throw new Refusal(
      "nothing-to-undo",
      way === "undo" ? "No tag or note is left to take back" : "No act is left to do again",
      "go on",
    );
  const changed = readRuns(caseFile, "act_run", "act", act.id);
  caseFile.db.transaction(() => {
    if (act.tag !== null) {
      const before = readRuns(caseFile, "tag_run", "tag", act.tag);
      const adds = (act.kind === "tag") === (way === "redo");
      writeRuns(caseFile, "tag_run", "tag", act.tag, adds ? unionOf(before, changed) : differenceOf(before, changed));
    }
    caseFile.db
      .prepare("update act set undone = ? where id = ?")
      .run(way === "undo" ? timeOfAct(caseFile).at : null, act.id);
    record(
      caseFile,
      way,
      {
        act: act.id,
        kind: act.kind,
        filter: act.filter,
        events: act.events,
        ...(act.name === null ? {} : { tag: act.name }),
        digests: {
          ...rowDigests(caseFile.db, { act: [act.id] }),
          ...labelDigests(
            caseFile.db,
            { tags: act.tag === null ? [] : [act.tag], notes: [] },
            sourcesOf(caseFile.db, changed),
          ),
        },
      },
      by,
    );
  })();
  const noted = caseFile.db.prepare(
    "select 1 from note join note_run on note_run.note = note.id where act = ? limit 1",
  );
  const unchanged = changed.length === 0 && noted.get(act.id) === undefined;
  return { filter: act.filter, events: act.events, tag: act.name ?? "", ...(unchanged && { unchanged }) };
}

interface ActRow {
  id: number;
  kind: "tag" | "untag" | "note";
  tag: number | null;
  name: string | null;
  filter: string;
  events: number;
}

function insertAct(
  caseFile: Case,
  act: { kind: string; tag?: number; filter: string; events: number; by: string },
  changed: Runs,
): number {
  const id = caseFile.db
    .prepare("insert into act (kind, tag, filter, events, at, by_whom) values (?, ?, ?, ?, ?, ?)")
    .run(act.kind, act.tag ?? null, act.filter, act.events, timeOfAct(caseFile).at, act.by).lastInsertRowid as number;
  writeRuns(caseFile, "act_run", "act", id, changed);
  return id;
}

/** Gives the note's id. */
function insertNote(caseFile: Case, act: number, text: string, by: string, runs: Runs): number {
  const note = caseFile.db
    .prepare("insert into note (text, at, by_whom, act) values (?, ?, ?, ?)")
    .run(text, timeOfAct(caseFile).at, by, act).lastInsertRowid as number;
  writeRuns(caseFile, "note_run", "note", note, runs);
  return note;
}
