/** Texts as the step sees them: the first rows with their tokens coloured, and how many tokens the first rows have. */
import { useMemo } from "react";
import type { StepDocument } from "../../core/graph/document.ts";
import { BytePairTokenizer, countBytePairWords, learnBytePairs } from "../../core/steps/byte-pair.ts";
import { TOKENIZERS, tokenize } from "../../core/steps/tokens.ts";
import { useAnswer } from "../state/use-answer.ts";
import { formatCount } from "../ui/format.ts";
import { Failure } from "../ui/States.tsx";
import { useText } from "../ui/texts.ts";
import { optionsOf } from "./steps.ts";
import { TextWords } from "./TextWords.tsx";
import { type LengthBin, lengthBins, partsOf } from "./text-parts.ts";

interface TextSamplesProps {
  datasetId: string;
  /** Name of a column of texts. */
  column: string;
  /** The step that makes numbers of it. */
  step: StepDocument;
}

const ROWS = 500;
const SHOWN = 4;
const LONGEST_SHOWN = 400;
const BINS = 26;
/** More would be learnt by heart from so few texts. */
const MOST_PAIRS = 2000;

export function TextSamples({ datasetId, column, step }: TextSamplesProps) {
  const t = useText();
  const { value, error, restart } = useAnswer("datasets.preview", { id: datasetId, offset: 0, count: ROWS });
  const texts = useMemo(() => {
    const place = value?.columns.indexOf(column) ?? -1;
    return value?.rows.map((row) => row[place] ?? "").filter((text) => text.trim() !== "") ?? null;
  }, [value, column]);
  const options = optionsOf(step);
  const tokenizer = options["tokenizer"];
  const lowercase = options["lowercase"] === true;
  const size = typeof options["vocabulary"] === "number" ? options["vocabulary"] : null;
  const cut = typeof options["length"] === "number" ? options["length"] : null;
  const tokensOf = useMemo(() => tokensBy(tokenizer, lowercase, size, texts ?? []), [texts, tokenizer, lowercase, size]);
  const lengths = useMemo(() => (texts === null || tokensOf === null ? [] : texts.map((text) => tokensOf(text).length)), [texts, tokensOf]);
  if (error !== null) return <Failure error={error} onRetry={restart} />;
  if (texts === null || texts.length === 0 || tokensOf === null) return null;
  const tokens = lengths.reduce((sum, length) => sum + length, 0);
  return (
    <section className="panel-section" aria-label={t("data.samples")}>
      <h4>{t("data.samples")}</h4>
      <Lengths
        bins={lengthBins(lengths, BINS)}
        cut={cut}
        label={t("data.samples_lengths", {
          count: formatCount(texts.length),
          mean: (tokens / texts.length).toFixed(1),
          most: formatCount(Math.max(...lengths)),
        })}
      />
      <ul className="text-samples">
        {texts.slice(0, SHOWN).map((text, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the first rows, in their order
          <li key={row}>
            {partsOf(asSeen(text.slice(0, LONGEST_SHOWN), lowercase), tokensOf).map((part, place) =>
              part.token === null ? (
                part.text
              ) : (
                <mark
                  // biome-ignore lint/suspicious/noArrayIndexKey: tokens come in their order
                  key={place}
                  data-colour={part.colour}
                >
                  {part.text}
                </mark>
              ),
            )}
            {text.length > LONGEST_SHOWN && " …"}
          </li>
        ))}
      </ul>
      <TextWords datasetId={datasetId} column={column} tokenizer={TOKENIZERS.find((one) => one === tokenizer) ?? "words"} />
    </section>
  );
}

const asSeen = (text: string, lowercase: boolean): string => (lowercase ? text.toLowerCase() : text);

/** Tokens of a text; byte pairs are learnt from the texts that are looked at, so that all rows may give others. Null: no tokenizer. */
function tokensBy(
  tokenizer: unknown,
  lowercase: boolean,
  size: number | null,
  texts: readonly string[],
): ((text: string) => readonly string[]) | null {
  const known = TOKENIZERS.find((one) => one === tokenizer);
  if (known !== undefined) return (text) => tokenize(text, known, lowercase);
  if (tokenizer !== "byte_pair" || size === null) return null;
  const learnt = new BytePairTokenizer(
    learnBytePairs(countBytePairWords(texts.map((text) => asSeen(text, lowercase))), Math.min(size, MOST_PAIRS)),
  );
  return (text) => learnt.tokensOf(asSeen(text, lowercase));
}

const WIDTH = 260;
const HEIGHT = 46;

/** The line stands where texts are cut. */
function Lengths({ bins, cut, label }: { bins: readonly LengthBin[]; cut: number | null; label: string }) {
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const each = WIDTH / bins.length;
  const longest = (bins.at(-1)?.to ?? 0) + 1;
  return (
    <>
      <svg className="text-lengths" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
        {bins.map(({ from, to, count }, place) => (
          <rect key={from} x={place * each} y={HEIGHT * (1 - count / most)} width={Math.max(1, each - 1)} height={(HEIGHT * count) / most}>
            <title>{`${from}–${to}: ${count}`}</title>
          </rect>
        ))}
        {cut !== null && cut < longest && <line x1={(WIDTH * cut) / longest} x2={(WIDTH * cut) / longest} y1={0} y2={HEIGHT} />}
      </svg>
      <p className="panel-note muted">{label}</p>
    </>
  );
}
