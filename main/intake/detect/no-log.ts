import { Refusal } from "../../../shared/base/errors.ts";
import { figure } from "../../../shared/base/figure.ts";
import type { LeftOut } from "../../../shared/model/source.ts";

/** Refusals that say of a file only that it is no log: in an archive or a folder that is no fault. */
export const isNoLog = ({ code }: Refusal): boolean => code === "not-a-log" || code === "file-empty";

/** Refusals that no other file of the same archive or folder would escape. */
export const endsAll = ({ code }: Refusal): boolean =>
  ["cancelled", "disk-full", "mapping-wrong", "format-unknown", "timezone-unknown", "case-read-only"].includes(code);

/** A refusal's own words, without what every refused file adds. */
export const reasonOf = ({ what }: Refusal): string => what.replace(/\. Nothing (?:of it )?was imported$/u, "");

/** Nothing came of an archive or a folder: the first reason stands for all, which are in the outcome. */
export function holdsNoLog(name: string, leftOut: readonly LeftOut[]): Refusal {
  const [first] = leftOut;
  const why = first ? ` (${first.member ?? first.file}: ${first.why})` : "";
  const many = leftOut.length === 1 ? "its one file is none" : `none of its ${figure(leftOut.length)} files is one`;
  return new Refusal(
    "not-a-log",
    `${name} holds no log${leftOut.length > 0 ? `: ${many}${why}` : ""}. Nothing was imported`,
    "give log exports: CSV, JSON or text",
  );
}
