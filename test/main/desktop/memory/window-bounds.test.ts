import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boundsOn, MIN_WINDOW_SIZE } from "../../../../main/desktop/memory/window-bounds.ts";

const home = { x: 0, y: 0, width: 1920, height: 1040 };
const beside = { x: 1920, y: 0, width: 2560, height: 1400 };

describe("where a window opens", () => {
  it("is where it was, as long as that display is there", () => {
    const saved = { x: 2100, y: 100, width: 1600, height: 1000, maximized: true };
    expect(boundsOn([home, beside], saved)).toEqual(saved);
    expect(boundsOn([home], saved)).toMatchObject({ x: 320, y: 120, width: 1280, height: 800, maximized: true });
  });

  it("is never smaller than the least, nor out of reach, whatever was saved", () => {
    const number = fc.integer({ min: -5000, max: 5000 });
    const saved = fc.record({ x: number, y: number, width: number, height: number, maximized: fc.boolean() });
    fc.assert(
      fc.property(saved, (saved) => {
        const { x, y, width, height } = boundsOn([home, beside], saved);
        expect(width).toBeGreaterThanOrEqual(MIN_WINDOW_SIZE.width);
        expect(height).toBeGreaterThanOrEqual(MIN_WINDOW_SIZE.height);
        const grip = [home, beside].some(
          (area) => x + width > area.x + 40 && x < area.x + area.width - 40 && y >= area.y && y < area.y + area.height,
        );
        expect(grip).toBe(true);
      }),
    );
  });
});
