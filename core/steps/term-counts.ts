/** How often terms occur in texts, and in how many of them: counted text by text, so that nothing but the terms is held. */
import { AppError } from "../errors.ts";

/** Different terms at most: a term takes some hundred bytes, and a Map has no room for many more. */
const MOST_TERMS = 8_000_000;
const BYTES_A_TERM = 120;
/** A part of a text that is longer may be a view of it in the engine's memory, and keep the whole text there. */
const LONGEST_COPIED = 12;

export class TermCounts {
  private readonly column: string;
  private readonly most: number;
  /** Place of each term, in the order in which they were met. */
  private readonly places = new Map<string, number>();
  private counts = new Float64Array(1024);
  private withTerm = new Uint32Array(1024);
  /** The last text in which each term was met, from 1. */
  private lastText = new Uint32Array(1024);
  texts = 0;

  /** @param most different terms */
  constructor(column: string, most = MOST_TERMS) {
    this.column = column;
    this.most = most;
  }

  /** Terms of one text. @throws AppError data.too_many_terms */
  add(terms: readonly string[]): void {
    this.texts += 1;
    for (const term of terms) {
      const place = this.places.get(term) ?? this.enter(term);
      this.counts[place] = (this.counts[place] as number) + 1;
      if (this.lastText[place] === this.texts) continue;
      this.lastText[place] = this.texts;
      this.withTerm[place] = (this.withTerm[place] as number) + 1;
    }
  }

  all(): ReadonlyMap<string, number> {
    return this.inTexts(0);
  }

  /** How often those occur that are in so many texts. */
  inTexts(fewest: number): ReadonlyMap<string, number> {
    const found = new Map<string, number>();
    for (const [term, place] of this.places) if ((this.withTerm[place] as number) >= fewest) found.set(term, this.counts[place] as number);
    return found;
  }

  textsWith(term: string): number {
    const place = this.places.get(term);
    return place === undefined ? 0 : (this.withTerm[place] as number);
  }

  private enter(term: string): number {
    const place = this.places.size;
    if (place === this.most)
      throw new AppError("data.too_many_terms", {
        column: this.column,
        terms: this.most,
        texts: this.texts,
        megabytes: Math.ceil((this.most * BYTES_A_TERM) / 2 ** 20),
      });
    if (place === this.counts.length) this.grow();
    this.places.set(term.length > LONGEST_COPIED ? term.split("").join("") : term, place);
    return place;
  }

  private grow(): void {
    const longer = <A extends Float64Array | Uint32Array>(old: A): A => {
      const grown = new (old.constructor as new (size: number) => A)(2 * old.length);
      grown.set(old);
      return grown;
    };
    this.counts = longer(this.counts) as typeof this.counts;
    this.withTerm = longer(this.withTerm) as typeof this.withTerm;
    this.lastText = longer(this.lastText) as typeof this.lastText;
  }
}
