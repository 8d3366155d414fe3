import { expect, test } from "vitest";
import { Commands } from "../../../renderer/session/command-handlers.ts";

const inside = { contains: () => true } as unknown as Element;
const outside = { contains: () => false } as unknown as Element;
const focus = {} as Element;

test("the handler registered last answers, and gives back when it goes", () => {
  const commands = new Commands();
  const ran: string[] = [];
  commands.register("palette", { run: () => ran.push("frame"), isEnabled: true });
  const leave = commands.register("palette", { run: () => ran.push("screen"), isEnabled: true });
  commands.run("palette");
  leave();
  commands.run("palette");
  expect(ran).toEqual(["screen", "frame"]);
});

test("what is disabled does not run, and says why", () => {
  const commands = new Commands();
  commands.register("undo", { run: () => expect.fail(), isEnabled: false, why: "Read-only" });
  expect(commands.run("undo")).toBe(false);
  expect(commands.find("undo")?.why).toBe("Read-only");
});

test("keys mean the part of the screen that has the focus", () => {
  const commands = new Commands();
  commands.register("cell.exclude", { run: () => {}, isEnabled: true, within: () => outside });
  commands.register("histogram.out", { run: () => {}, isEnabled: true, within: () => inside });
  expect(commands.findAt(["cell.exclude", "histogram.out"], focus)?.id).toBe("histogram.out");
  expect(commands.findAt(["cell.exclude"], focus)).toBeUndefined();
  expect(commands.find("cell.exclude")?.isEnabled).toBe(true);
});
