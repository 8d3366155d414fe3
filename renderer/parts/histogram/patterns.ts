import type { Stack } from "../../../shared/model/explore.ts";

/** A tile that repeats, as canvases draw it. */
export interface Pattern {
  readonly image: HTMLCanvasElement;
  readonly repeat: "repeat";
}

const SIZE = 6;
const LIGHT = "rgb(255 255 255 / 45%)";

type Draw = (pen: CanvasRenderingContext2D) => void;

const lines = (from: number, to: number): Draw => {
  return (pen) => {
    pen.beginPath();
    for (const left of [-SIZE, 0, SIZE]) {
      pen.moveTo(left, from);
      pen.lineTo(left + SIZE, to);
    }
    pen.stroke();
  };
};
const UP = lines(SIZE, 0);
const DOWN = lines(0, SIZE);
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
  image.width = SIZE;
  image.height = SIZE;
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

const PATTERNS: Readonly<Record<string, Draw>> = {
  denied: UP,
  failed: DOTS,
  unknown: DOWN,
  possible: UP,
  attempted: DOTS,
};
const BY_TURNS: readonly (Draw | undefined)[] = [undefined, UP, DOTS, DOWN];

/** Parts of a bar differ in pattern as well as in colour; the plain one is allowed calls, and data that was got. */
export function patternOf(stack: Stack, value: string | undefined, index: number): Pattern | undefined {
  const draw =
    stack === "outcome" || stack === "level"
      ? PATTERNS[value ?? ""]
      : stack === "none"
        ? undefined
        : BY_TURNS[index % BY_TURNS.length];
  return draw && tile(draw, LIGHT);
}
