/** The app's line icons, drawn on a 16 × 16 grid in the colour of the text. Always beside words or an accessible name. */
/** Each in a square of 16. */
export const iconPaths = {
  add: "M8 3v10M3 8h10",
  archive: "M2 3h12v3H2zM3 6v7.2h10V6M6.3 8.8h3.4",
  check: "M3.5 8.5l3 3 6-7",
  chevronDown: "M4 6.5l4 4 4-4",
  chevronRight: "M6.5 4l4 4-4 4",
  clock: "M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8zM8 4.6V8l2.4 1.6",
  close: "M4 4l8 8M12 4l-8 8",
  data: "M3 4.5c0-1.1 2.2-2 5-2s5 .9 5 2v7c0 1.1-2.2 2-5 2s-5-.9-5-2zM3 4.5c0 1.1 2.2 2 5 2s5-.9 5-2M3 8c0 1.1 2.2 2 5 2s5-.9 5-2",
  enter: "M2.5 8h7M6.5 5l3 3-3 3M10 2.5h3.5v11H10",
  error: "M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8zM8 4.8v4M8 11v.2",
  export: "M8 10V2.5M5 5l3-3 3 3M3 9.5v4h10v-4",
  file: "M4 1.8h5l3 3v9.4H4zM9 1.8v3h3",
  help: "M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8zM6.2 6.2c.2-2.2 3.8-2 3.6.1-.1 1.3-1.8 1.4-1.8 2.7M8 11.2v.2",
  info: "M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8zM8 7.2v4M8 4.8V5",
  lock: "M5 7.5V5a3 3 0 0 1 6 0v2.5M3.5 7.5h9v6h-9z",
  more: "M3.5 8h.01M8 8h.01M12.5 8h.01",
  moon: "M13 9.6A5.6 5.6 0 1 1 6.4 3 4.6 4.6 0 0 0 13 9.6z",
  pause: "M5.5 3.5v9M10.5 3.5v9",
  play: "M4.5 3l8 5-8 5z",
  redo: "M13 6.5H6a3.5 3.5 0 0 0 0 7h3M10.5 4L13 6.5 10.5 9",
  reset: "M3 8a5 5 0 1 0 1.6-3.7M4.2 1.8v2.8H7",
  search: "M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10.3 10.3l3.2 3.2",
  settings: "M2.5 4.5h6M11.5 4.5h2M2.5 11.5h2M7.5 11.5h6M10 2.8v3.4M6 9.8v3.4",
  stepBatch: "M4.5 3l6 5-6 5zM12.5 3v10",
  stepEpoch: "M2 3l5 5-5 5zM7.5 3l5 5-5 5zM14 3v10",
  stop: "M4 4h8v8H4z",
  sun: "M8 5.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6zM8 1.3v1.4M8 13.3v1.4M1.3 8h1.4M13.3 8h1.4M3.3 3.3l1 1M11.7 11.7l1 1M3.3 12.7l1-1M11.7 4.3l1-1",
  swap: "M3 5.5h9.5M10 3l2.5 2.5L10 8M13 10.5H3.5M6 8l-2.5 2.5L6 13",
  trash: "M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.6 9h5.8l.6-9",
  undo: "M3 6.5h7a3.5 3.5 0 0 1 0 7H7M5.5 4L3 6.5 5.5 9",
  warning: "M8 2.2l6.3 11.3H1.7zM8 6.5v3.3M8 11.6v.2",
} as const;

export type IconName = keyof typeof iconPaths;

export function Icon({ name, size = 16, className }: { name: IconName; size?: number; className?: string }) {
  return (
    <svg
      className={className}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === "more" ? 2.2 : 1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={iconPaths[name]} />
    </svg>
  );
}
