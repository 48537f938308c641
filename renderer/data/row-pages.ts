/**
 * Rows of a table read a page at a time. Only what is in sight is asked for, two pages at once: of a table that is scrolled from end to
 * end, pages that went by while others were read are left out.
 */

export interface SeenRow {
  /** In the file, from 0. */
  readonly number: number;
  readonly cells: readonly (string | null)[];
}

export interface PageRead {
  readonly rows: readonly (readonly (string | null)[])[];
  readonly numbers: readonly number[];
  readonly total: number;
}

/** Asked for and not yet there. */
const PAGES_AT_ONCE = 2;
/** Pages further from sight than this are forgotten. */
const PAGES_KEPT = 200;

export class RowPages {
  private readonly size: number;
  private readonly read: (offset: number, count: number) => Promise<PageRead>;
  private readonly changed: () => void;
  /** Rows of the table; null until they are counted. */
  total: number | null;
  private readonly pages = new Map<number, readonly SeenRow[] | "asked">();
  private wanted: readonly number[] = [];
  private underWay = 0;
  /** Of the first page that could not be read; nothing more is asked for then. */
  error: unknown = null;
  /** Nobody waits for what is not there; nothing more is asked for then. */
  cancelled = false;
  private round = 0;
  /** A page of it has come. */
  answered = false;

  /**
   * @param size    rows a page
   * @param total   rows of the table; null until the first page says it
   * @param read    `count` rows from `offset` on
   * @param changed called when a page came, or could not be read
   */
  constructor(size: number, total: number | null, read: (offset: number, count: number) => Promise<PageRead>, changed: () => void) {
    this.size = size;
    this.total = total;
    this.read = read;
    this.changed = changed;
  }

  /** Undefined while it is read. */
  rowAt(row: number): SeenRow | undefined {
    const page = this.pages.get(Math.floor(row / this.size));
    return page === "asked" ? undefined : page?.[row % this.size];
  }

  /** Rows from `first` to before `end` are in sight. */
  need(first: number, end: number): void {
    const [from, to] = [Math.floor(first / this.size), Math.floor(Math.max(first, end - 1) / this.size)];
    this.wanted = Array.from({ length: to - from + 1 }, (_, place) => from + place);
    this.ask();
  }

  retry(): void {
    this.error = null;
    this.cancelled = false;
    this.ask();
  }

  /** What comes of pages that were asked for is not taken any more. */
  cancel(): void {
    this.cancelled = true;
    this.round += 1;
    this.underWay = 0;
    for (const [page, rows] of this.pages) if (rows === "asked") this.pages.delete(page);
    this.changed();
  }

  private ask(): void {
    if (this.error !== null || this.cancelled) return;
    const missing = this.wanted.filter((page) => !this.pages.has(page) && (this.total === null || page * this.size < this.total));
    for (const page of missing.slice(0, PAGES_AT_ONCE - this.underWay)) void this.bring(page);
  }

  private async bring(page: number): Promise<void> {
    const { round } = this;
    this.underWay += 1;
    this.pages.set(page, "asked");
    try {
      const { rows, numbers, total } = await this.read(page * this.size, this.size);
      if (round !== this.round) return;
      this.total = total;
      this.answered = true;
      this.pages.set(
        page,
        rows.map((cells, place) => ({ cells, number: numbers[place] ?? 0 })),
      );
      for (const old of [...this.pages.keys()].slice(0, -PAGES_KEPT)) this.pages.delete(old);
    } catch (thrown) {
      if (round !== this.round) return;
      this.pages.delete(page);
      this.error = thrown;
    }
    this.underWay -= 1;
    this.changed();
    this.ask();
  }
}

/** Those that were asked for, as soon as any of them is there; until then, and where they cannot be read, those of before. */
export const pagesToShow = (asked: RowPages, before: RowPages | null): RowPages =>
  asked.answered && asked.error === null ? asked : (before ?? asked);
