import { z } from "zod";

export const WINDOW_BOUNDS = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
  maximized: z.boolean(),
});
export type WindowBounds = z.output<typeof WINDOW_BOUNDS>;

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const MIN_WINDOW_SIZE = { width: 1024, height: 640 };
const USUAL_WINDOW_SIZE = { width: 1280, height: 800 };

/** Pixels of a window's top that must be on a display for it to be dragged by. */
const GRIP_PX = 80;

/** Where a window opens: as saved, if a display still shows it there, else in the middle of the first display. Work areas in CSS pixels. */
export function boundsOn(displays: readonly Area[], saved: WindowBounds | undefined): WindowBounds {
  if (saved) {
    for (const area of displays) {
      const there = { ...saved, ...within(area, saved) };
      if (isReachable(area, there)) return { ...there, y: Math.max(area.y, there.y) };
    }
  }
  const home = displays[0] ?? { x: 0, y: 0, ...USUAL_WINDOW_SIZE };
  const { width, height } = within(home, USUAL_WINDOW_SIZE);
  const x = home.x + Math.max(0, Math.round((home.width - width) / 2));
  const y = home.y + Math.max(0, Math.round((home.height - height) / 2));
  return { x, y, width, height, maximized: saved?.maximized ?? false };
}

function within(area: Area, { width, height }: Pick<Area, "width" | "height">): Pick<Area, "width" | "height"> {
  return {
    width: Math.max(MIN_WINDOW_SIZE.width, Math.min(width, area.width)),
    height: Math.max(MIN_WINDOW_SIZE.height, Math.min(height, area.height)),
  };
}

function isReachable(area: Area, { x, y, width }: Omit<Area, "height">): boolean {
  const across = Math.min(x + width, area.x + area.width) - Math.max(x, area.x);
  return across >= GRIP_PX && y >= area.y - GRIP_PX / 2 && y <= area.y + area.height - GRIP_PX / 2;
}
