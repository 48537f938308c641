/** The design tokens that heat maps are drawn with, as numbers; read again when the theme changes. */
import { useMemo } from "react";
import { useSession } from "../state/session.ts";
import type { HeatColours, Rgb } from "./heat-scale.ts";

export function useHeatColours(): HeatColours {
  const theme = useSession((state) => state.theme);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are those of the theme
  return useMemo(readColours, [theme]);
}

function readColours(): HeatColours {
  const context = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const styles = getComputedStyle(document.documentElement);
  const read = (token: string): Rgb => {
    if (context === null) return [128, 128, 128];
    context.fillStyle = styles.getPropertyValue(token);
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    return [red, green, blue];
  };
  return { positive: read("--series-1"), negative: read("--series-2"), middle: read("--panel"), ink: read("--ink") };
}
