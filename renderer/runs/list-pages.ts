/** How the run list is read: how many rows at first, and how many at once afterwards. */

/** More rows than any window shows. */
export const FIRST_PAGE = 150;
/** Few enough that the window answers between two pages. */
export const NEXT_PAGES = 2500;
/** Of how many runs the options are read at once: each takes its design from the library. */
export const OPTIONS_PAGE = 50;
