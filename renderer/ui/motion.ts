/** What moves by script asks here whether it may: transitions of the style sheets are ended by tokens.css. */

/** The person has asked the system for less motion. */
export function wantsLessMotion(): boolean {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** How long the view may glide to another place, in milliseconds. */
export function glideTime(): number {
  return wantsLessMotion() ? 0 : 200;
}
