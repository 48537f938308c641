/** The rows with the largest errors among very many, without holding more than those: a heap whose root is the least wrong of them. */

interface Wrong {
  readonly place: number;
  readonly error: number;
}

/** An error that is no number is the worst of all; of rows that are wrong alike the first come first. */
const isWorse = (a: Wrong, b: Wrong): boolean => a.error > b.error || (a.error === b.error && a.place < b.place);

export class WorstRows {
  private readonly most: number;
  private readonly heap: Wrong[] = [];

  /** @param most rows that are kept */
  constructor(most: number) {
    this.most = most;
  }

  add(place: number, given: number): void {
    const error = Number.isNaN(given) ? Number.POSITIVE_INFINITY : given;
    const row = { place, error };
    const { heap } = this;
    if (heap.length < this.most) this.rise(heap.push(row) - 1);
    else if (heap[0] !== undefined && isWorse(row, heap[0])) {
      heap[0] = row;
      this.sink();
    }
  }

  /** The worst first. */
  places(): number[] {
    return [...this.heap].sort((a, b) => (isWorse(a, b) ? -1 : 1)).map(({ place }) => place);
  }

  private rise(from: number): void {
    for (let at = from; at > 0; ) {
      const above = (at - 1) >> 1;
      if (!this.swapped(above, at)) return;
      at = above;
    }
  }

  private sink(): void {
    const { heap } = this;
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      if (left >= heap.length) return;
      const least = right < heap.length && isWorse(heap[left] as Wrong, heap[right] as Wrong) ? right : left;
      if (!this.swapped(at, least)) return;
      at = least;
    }
  }

  /** Puts the less wrong of the two above. */
  private swapped(above: number, below: number): boolean {
    const [first, second] = [this.heap[above] as Wrong, this.heap[below] as Wrong];
    if (!isWorse(first, second)) return false;
    this.heap[above] = second;
    this.heap[below] = first;
    return true;
  }
}
