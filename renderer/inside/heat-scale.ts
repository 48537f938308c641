/** Colours of a heat map: blue is positive, orange negative, the panel's own colour is 0; pictures go from the panel to ink. Pure. */

export type Rgb = readonly [red: number, green: number, blue: number];

export interface HeatColours {
  readonly positive: Rgb;
  readonly negative: Rgb;
  readonly middle: Rgb;
  readonly ink: Rgb;
}

export type HeatKind = "signed" | "picture";

export interface HeatScale {
  readonly kind: HeatKind;
  /** What full colour stands for: the same either side of 0 when signed. */
  readonly low: number;
  readonly high: number;
}

/** @param values all that is drawn by this scale */
export function heatScale(kind: HeatKind, values: Iterable<number>): HeatScale {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (!(low <= high)) return { kind, low: 0, high: 1 };
  if (kind === "picture") return { kind, low, high: high > low ? high : low + 1 };
  const most = Math.max(Math.abs(low), Math.abs(high)) || 1;
  return { kind, low: low < 0 ? -most : 0, high: most };
}

/** Of values that lie between known bounds, so that maps beside each other mean the same by a colour; the values' own where one lies outside. */
export function boundedScale(low: number, high: number, values: Iterable<number>): HeatScale {
  const own = heatScale("signed", values);
  return own.low >= low && own.high <= high ? { kind: "signed", low, high } : own;
}

export function heatColour(value: number, scale: HeatScale, colours: HeatColours): Rgb {
  if (!Number.isFinite(value)) return colours.ink;
  if (scale.kind === "picture") return mixed(colours.middle, colours.ink, (value - scale.low) / (scale.high - scale.low));
  const share = Math.min(1, Math.abs(value) / scale.high);
  return mixed(colours.middle, value < 0 ? colours.negative : colours.positive, share);
}

function mixed(from: Rgb, to: Rgb, share: number): Rgb {
  const at = (part: 0 | 1 | 2): number => Math.round(from[part] + (to[part] - from[part]) * Math.max(0, Math.min(1, share)));
  return [at(0), at(1), at(2)];
}

export const cssOf = ([red, green, blue]: Rgb): string => `rgb(${red} ${green} ${blue})`;
