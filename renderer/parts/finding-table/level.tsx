import type { ReactNode } from "react";
import { LEVEL_WORDS } from "./words.ts";
import "./level.css";
import type { Level } from "../../../shared/model/level.ts";

/** Solid, hatched, dotted, hollow: told apart without colour and in print. */
export function LevelSwatch({ level }: { level: Level }): ReactNode {
  return <span className={`level-swatch level-${level}`} aria-hidden />;
}

export function LevelMark({ level, recent = false }: { level: Level; recent?: boolean }): ReactNode {
  return (
    <span className="level-mark">
      <LevelSwatch level={level} />
      <span>{LEVEL_WORDS[level]}</span>
      {recent && <span className="level-recent">recent</span>}
    </span>
  );
}
