import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Recent } from "../../../../main/desktop/memory/recent-cases.ts";
import { droppedOf } from "../../../../main/desktop/page/dropped-files.ts";
import type { CaseInfo } from "../../../../shared/contract/case.ts";

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "exhibit-recent-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const info = (name: string, events = 0) => ({ case: path.join(folder, name), title: name, events }) as CaseInfo;
const make = (name: string) => {
  fs.mkdirSync(path.join(folder, name));
  fs.writeFileSync(path.join(folder, name, "case.db"), "");
};

describe("recent cases", () => {
  it("come latest first, once each, and are there at the next start", () => {
    make("a");
    const file = path.join(folder, "recent.json");
    const recent = new Recent(file);
    for (const name of ["a", "b", "a"]) recent.note(info(name, 7));
    expect(new Recent(file).list()).toMatchObject([
      { title: "a", events: 7, missing: false },
      { title: "b", missing: true },
    ]);
  });

  it("follow a case that was moved, and forget", () => {
    make("there");
    const recent = new Recent(path.join(folder, "recent.json"));
    recent.note(info("gone"));
    recent.move(path.join(folder, "gone"), path.join(folder, "there"));
    expect(recent.list()).toMatchObject([{ folder: path.join(folder, "there"), title: "gone", missing: false }]);
    recent.forget(path.join(folder, "there"));
    expect(recent.list()).toEqual([]);
  });

  it("begin anew where their file is damaged, and a disk that cannot be written stops nobody", () => {
    const file = path.join(folder, "recent.json");
    fs.writeFileSync(file, '[{"folder":1}]');
    expect(new Recent(file).list()).toEqual([]);
    fs.writeFileSync(path.join(folder, "no-folder"), "");
    const recent = new Recent(path.join(folder, "no-folder", "recent.json"));
    recent.note(info("a"));
    expect(recent.list()).toHaveLength(1);
  });
});

describe("what was dropped", () => {
  it("is a case, a bundle or files, by what is there and not by its name", () => {
    make("case");
    const zip = path.join(folder, "logs.csv");
    const first = (name: string) =>
      Buffer.from(`PK\u0003\u0004${"\0".repeat(22)}${String.fromCharCode(name.length)}\0\0\0${name}`, "latin1");
    fs.writeFileSync(zip, first("case-1/bagit.txt"));
    const archive = path.join(folder, "logs.zip");
    fs.writeFileSync(archive, first("logs/access.csv"));
    const log = path.join(folder, "bundle.zip");
    fs.writeFileSync(log, "time,app\n");
    expect(droppedOf([path.join(folder, "case")])).toEqual({ kind: "case", folder: path.join(folder, "case") });
    expect(droppedOf([path.join(folder, "case", "case.db")])).toEqual({
      kind: "case",
      folder: path.join(folder, "case"),
    });
    expect(droppedOf([zip])).toEqual({ kind: "bundle", target: zip });
    expect(droppedOf([archive])).toEqual({ kind: "files", files: [archive] });
    expect(droppedOf([log])).toEqual({ kind: "files", files: [log] });
    expect(droppedOf([zip, log])).toEqual({ kind: "files", files: [zip, log] });
    expect(droppedOf(["/nowhere"])).toEqual({ kind: "files", files: ["/nowhere"] });
  });
});
