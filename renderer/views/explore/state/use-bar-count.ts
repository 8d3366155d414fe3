import { useEffect, useState } from "react";

/** Bars as wide as can be told apart, whatever the window. */
const barCount = () => Math.max(20, Math.round((window.innerWidth - 110) / 220) * 20);

/** How many bars the window has room for. */
export function useBarCount(): number {
  const [bars, setBars] = useState(barCount);
  useEffect(() => {
    const resized = () => setBars(barCount());
    window.addEventListener("resize", resized);
    return () => window.removeEventListener("resize", resized);
  }, []);
  return bars;
}
