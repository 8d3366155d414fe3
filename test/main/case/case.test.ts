import fs from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { demandWritable, openCase } from "../../../main/case/case.ts";
import { createCase } from "../../../main/case/create.ts";
import { record } from "../../../main/custody/append.ts";
import { temporaryFolder } from "../../temporary.ts";

const ABOUT = { title: "Groups", examiner: "R. Vale <vale@example.org>" };
const place = () => path.join(temporaryFolder(), "case");

test("a case is made with its folders, its first act is in custody, and closed it holds no journal and no lock", () => {
  const folder = place();
  const made = createCase(folder, ABOUT, "B");
  expect(made).toMatchObject({ ...ABOUT, readOnly: false });
  expect(made.id).toMatch(/^[0-9a-f-]{36}$/u);
  const entry = made.db.prepare("select entry from custody").pluck().all() as string[];
  expect(entry.map((line) => JSON.parse(line) as object)).toMatchObject([
    { seq: 1, act: "create", by: "B", detail: { ...ABOUT, case: made.id } },
  ]);
  made.close();
  expect(fs.readdirSync(folder).sort()).toEqual(["bundles", "cache", "case.db", "evidence"]);
});

test("without a title a case is called as its folder; an empty folder will do", () => {
  const folder = place();
  fs.mkdirSync(folder);
  const made = createCase(folder, { ...ABOUT, title: "  " });
  expect(made.title).toBe("case");
  made.close();
});

test("where a case or anything else is, none is made, and what is there stays", () => {
  const folder = place();
  createCase(folder, ABOUT).close();
  const before = fs.readFileSync(path.join(folder, "case.db"));
  expect(() => createCase(folder, ABOUT)).toThrow(
    expect.objectContaining({ code: "case-exists", message: expect.stringContaining("A case is already there") }),
  );
  expect(fs.readFileSync(path.join(folder, "case.db"))).toEqual(before);
  const file = path.join(temporaryFolder(), "file");
  fs.writeFileSync(file, "mine");
  expect(() => createCase(file, ABOUT)).toThrow(expect.objectContaining({ code: "case-exists" }));
  expect(fs.readFileSync(file, "utf8")).toBe("mine");
});

test("a case without an examiner, or under a file, leaves nothing half-made", () => {
  const folder = place();
  for (const examiner of ["", "  ", "R.\nVale"])
    expect(() => createCase(folder, { ...ABOUT, examiner })).toThrow(
      expect.objectContaining({ code: "examiner-missing" }),
    );
  const file = path.join(path.dirname(folder), "file");
  fs.writeFileSync(file, "");
  expect(() => createCase(path.join(file, "case"), ABOUT)).toThrow(expect.objectContaining({ code: "out-unwritable" }));
  expect(fs.readdirSync(path.dirname(folder))).toEqual(["file"]);
});

test("a second to open it to write gets it read-only and is told why; when the first has closed it, it may write", () => {
  const folder = place();
  const first = createCase(folder, ABOUT);
  const second = openCase(folder, "write");
  expect(second).toMatchObject({
    readOnly: true,
    readOnlyBecause: expect.stringContaining("open in another window or command since 20"),
  });
  expect(() => demandWritable(second)).toThrow(expect.objectContaining({ code: "case-read-only" }));
  expect(() => second.db.exec("delete from meta")).toThrow(/readonly/u);
  expect(() => record(second, "note", {})).toThrow(expect.objectContaining({ code: "case-read-only" }));
  second.close();
  // closing what had no lock takes none away
  expect(openCase(folder, "read").readOnlyBecause).not.toBe("");
  first.close();
  const third = openCase(folder, "write");
  expect(third).toMatchObject({ readOnly: false, id: first.id });
  third.close();
});

test("opened to read it takes no lock, so that another may write", () => {
  const folder = place();
  createCase(folder, ABOUT).close();
  const reader = openCase(folder, "read");
  const writer = openCase(folder, "write");
  expect([reader.readOnly, writer.readOnly]).toEqual([false, false]);
  record(writer, "note", { n: 1 });
  expect(reader.db.prepare("select count(*) from custody").pluck().get()).toBe(2);
  writer.close();
  reader.close();
});

test("a copy of the closed folder is the case, its empty folders made again where the copy lost them", () => {
  const folder = place();
  const made = createCase(folder, ABOUT);
  made.close();
  const copy = path.join(temporaryFolder(), "copy");
  fs.mkdirSync(copy);
  fs.copyFileSync(path.join(folder, "case.db"), path.join(copy, "case.db"));
  const opened = openCase(copy, "write");
  expect(opened).toMatchObject({ id: made.id, ...ABOUT, created: made.created });
  expect([opened.evidence, opened.cache, opened.bundles].every((each) => fs.existsSync(each))).toBe(true);
  opened.close();
});

test.skipIf(process.platform === "win32")("a case that the system does not let anybody read is not called none", () => {
  const folder = place();
  fs.mkdirSync(folder);
  // A link to itself: also who may read everything cannot open it.
  fs.symlinkSync("case.db", path.join(folder, "case.db"));
  for (const mode of ["read", "write"] as const)
    expect(() => openCase(folder, mode)).toThrow(
      expect.objectContaining({ code: "file-unreadable", message: expect.stringContaining("cannot be read (ELOOP)") }),
    );
});

test("no case, another program's database, one that is no database, and one from the future are told apart and not touched", () => {
  expect(() => openCase(place(), "read")).toThrow(expect.objectContaining({ code: "case-missing" }));
  const wrong = (make: (file: string) => void) => {
    const folder = place();
    fs.mkdirSync(folder);
    const file = path.join(folder, "case.db");
    make(file);
    const before = fs.readFileSync(file);
    const codes = (["read", "write"] as const).map((mode) => {
      try {
        openCase(folder, mode).close();
        return "opened";
      } catch (error) {
        return (error as { code?: string }).code;
      }
    });
    expect(fs.readFileSync(file)).toEqual(before);
    return codes;
  };
  const foreign = (file: string) => new Database(file).exec("create table notes (text)").close();
  expect(wrong(foreign)).toEqual(["case-damaged", "case-damaged"]);
  expect(wrong((file) => fs.writeFileSync(file, "not a database, but long enough to be looked at".repeat(20)))).toEqual(
    ["case-damaged", "case-damaged"],
  );
  const newer = (file: string) => {
    const made = createCase(place(), ABOUT);
    made.db.pragma("user_version = 999");
    made.close();
    fs.copyFileSync(path.join(made.folder, "case.db"), file);
  };
  expect(wrong(newer)).toEqual(["case-newer", "case-newer"]);
});
