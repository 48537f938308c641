/**
 * Numbers, sizes, times and shapes as people read them. Digits are grouped the same way in both languages; words come
 * from the catalogue, not from here.
 */

const grouped = new Intl.NumberFormat("en-US");

/** 16384 → "16,384". */
export function formatCount(value: number): string {
  return grouped.format(value);
}

/** A figure in few characters: "0.3527", "3.1e-6", "12,304". Null (was not finite) is "NaN". */
export function formatFigure(value: number | null, digits = 4): string {
  if (value === null || Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e7) return value.toExponential(2).replace("e+", "e");
  if (Number.isInteger(value)) return grouped.format(value);
  return size >= 1000 ? grouped.format(Math.round(value)) : Number(value.toPrecision(digits)).toString();
}

/** Decimals beyond which the figures of a column are told as "1.5e-4". */
const MOST_DECIMALS = 5;

/**
 * Figures that stand below each other, all with the same number of decimals, so that they can be compared by eye: three digits of the largest.
 * @returns writes one of them
 */
export function columnFormat(values: readonly number[]): (value: number) => string {
  const most = values.reduce((before, value) => (Number.isFinite(value) ? Math.max(before, Math.abs(value)) : before), 0);
  const decimals = most === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(most)));
  if (decimals > MOST_DECIMALS || most >= 1e7) return (value) => formatFigure(value, 3);
  const written = new Intl.NumberFormat("en-US", {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    signDisplay: "negative",
  });
  return (value) => (Number.isFinite(value) ? written.format(value) : formatFigure(value));
}

/** A large number in short: "16.4 k", "2.10 M", "3.02 G". */
export function formatShort(value: number): string {
  if (value < 10_000) return grouped.format(value);
  const units = ["k", "M", "G", "T"];
  let size = value;
  let unit = -1;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${size.toPrecision(3)} ${units[unit]}`;
}

export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const units = ["kB", "MB", "GB", "TB"];
  let size = bytes;
  let unit = -1;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${units[unit]}`;
}

/** Seconds as "0.94 s", "15 s", "3 min 20 s", "2 h 5 min". */
export function formatSeconds(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(seconds < 1 ? 2 : 1)} s`;
  // Rounded first: 119.6 seconds are two minutes, not one and sixty seconds.
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A sample's shape on an edge: "256", "28 × 28 × 1". */
export function formatShape(shape: readonly number[]): string {
  return shape.length === 0 ? "1" : shape.join(" × ");
}

/** Made once: making one takes as long as writing a hundred moments. */
const moments = {
  en: new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" }),
  zh: new Intl.DateTimeFormat("zh-CN", { dateStyle: "medium", timeStyle: "short" }),
} as const;

/** A moment as the locale writes it, short: date and time. */
export function formatMoment(milliseconds: number, language: "en" | "zh"): string {
  return moments[language].format(milliseconds);
}
