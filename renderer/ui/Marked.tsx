/** A text with the letters that a search matched set off: bold and underlined, so that it does not rest on colour. */
export function Marked({ text, positions }: { text: string; positions: readonly number[] }) {
  if (positions.length === 0) return <>{text}</>;
  const marked = new Set(positions);
  const pieces: { text: string; hit: boolean; at: number }[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const hit = marked.has(at);
    const last = pieces.at(-1);
    if (last !== undefined && last.hit === hit) last.text += text[at] ?? "";
    else pieces.push({ text: text[at] ?? "", hit, at });
  }
  return <>{pieces.map((piece) => (piece.hit ? <mark key={piece.at}>{piece.text}</mark> : <span key={piece.at}>{piece.text}</span>))}</>;
}

interface MarkedNameProps {
  readonly label: string;
  readonly also?: string | undefined;
  readonly positions: readonly number[];
  readonly alsoPositions: readonly number[];
}

/** A label, and where it was found by another name of its own that name, each with what matched set off. */
export function MarkedName({ label, also = "", positions, alsoPositions }: MarkedNameProps) {
  return (
    <span className="clip">
      <Marked text={label} positions={positions} />
      {alsoPositions.length > 0 && (
        <span className="faint also-name">
          <Marked text={also} positions={alsoPositions} />
        </span>
      )}
    </span>
  );
}
