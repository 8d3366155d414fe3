import type { Stack } from "../../../shared/model/explore.ts";

/** A tile that repeats, as canvases draw it. */
export interface Pattern {
  readonly image: HTMLCanvasElement;
  readonly repeat: "repeat";
}

const TILE_PX = 6;
/** What a pattern is drawn with, over any colour. */
const PATTERN_COLOUR = "rgb(255 255 255 / 45%)";

type Draw = (pen: CanvasRenderingContext2D) => void;

const lines = (from: number, to: number): Draw => {
  return (pen) => {
    pen.beginPath();
    for (const left of [-TILE_PX, 0, TILE_PX]) {
      pen.moveTo(left, from);
      pen.lineTo(left + TILE_PX, to);
    }
    pen.stroke();
  };
};
const UP = lines(TILE_PX, 0);
const DOWN = lines(0, TILE_PX);
const DOTS: Draw = (pen) => {
  pen.beginPath();
  for (const [x, y] of [
    [1.5, 1.5],
    [4.5, 4.5],
  ] as const) {
    pen.moveTo(x + 0.8, y);
    pen.arc(x, y, 0.8, 0, 2 * Math.PI);
  }
  pen.fill();
};

const made = new Map<string, Pattern>();

function tile(draw: Draw, colour: string): Pattern {
  const key = `${colour} ${draw === UP ? "up" : draw === DOWN ? "down" : "dots"}`;
  const known = made.get(key);
  if (known) return known;
  const image = document.createElement("canvas");
  image.width = TILE_PX;
  image.height = TILE_PX;
  const pen = image.getContext("2d");
  if (pen) {
    pen.strokeStyle = colour;
    pen.fillStyle = colour;
    draw(pen);
  }
  const pattern = { image, repeat: "repeat" } as const;
  made.set(key, pattern);
  return pattern;
}

/** Where there are no logs nothing is known: neither bars nor the ground, but stripes. */
export const hatching = (colour: string): Pattern => tile(UP, colour);

const PATTERN_OF_VALUE: Readonly<Record<string, Draw>> = {
  denied: UP,
  failed: DOTS,
  unknown: DOWN,
  possible: UP,
  attempted: DOTS,
};
const PATTERNS_IN_TURN: readonly (Draw | undefined)[] = [undefined, UP, DOTS, DOWN];

/** Parts of a bar differ in pattern as well as in colour; the plain one is allowed calls, and data that was got. */
export function patternOf(stack: Stack, value: string | undefined, index: number): Pattern | undefined {
  const draw =
    stack === "outcome" || stack === "level"
      ? PATTERN_OF_VALUE[value ?? ""]
      : stack === "none"
        ? undefined
        : PATTERNS_IN_TURN[index % PATTERNS_IN_TURN.length];
  return draw && tile(draw, PATTERN_COLOUR);
}
