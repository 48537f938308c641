/** A text cut into its tokens and what lies between, to be coloured; and how many tokens texts have. Pure functions. */
export interface TextPart {
  readonly text: string;
  /** Place among the tokens; null between them. */
  readonly token: number | null;
  /** The same word has the same colour, 0 to 7. */
  readonly colour: number;
}

/** @param plain as the step sees it: in small letters where it ignores case */
export function partsOf(plain: string, tokens: readonly string[]): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  tokens.forEach((token, place) => {
    const start = plain.indexOf(token, end);
    if (start > end) parts.push({ text: plain.slice(end, start), token: null, colour: 0 });
    parts.push({ text: token, token: place, colour: colourOf(token) });
    end = start + token.length;
  });
  if (end < plain.length) parts.push({ text: plain.slice(end), token: null, colour: 0 });
  return parts;
}

function colourOf(token: string): number {
  let sum = 0;
  for (let place = 0; place < token.length; place += 1) sum = (sum * 31 + token.charCodeAt(place)) % 65_521;
  return sum % 8;
}

export interface LengthBin {
  readonly from: number;
  /** Included. */
  readonly to: number;
  readonly count: number;
}

/** At most `most` bins of the same width over 0 to the longest. */
export function lengthBins(lengths: readonly number[], most: number): readonly LengthBin[] {
  const longest = lengths.reduce((largest, length) => Math.max(largest, length), 0);
  const width = Math.max(1, Math.ceil((longest + 1) / most));
  const bins = Array.from({ length: Math.ceil((longest + 1) / width) }, (_, bin) => ({
    from: bin * width,
    to: (bin + 1) * width - 1,
    count: 0,
  }));
  for (const length of lengths) {
    const bin = bins[Math.floor(length / width)];
    if (bin !== undefined) bin.count += 1;
  }
  return bins;
}
