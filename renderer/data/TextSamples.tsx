/** Texts as the step sees them: the first rows with their tokens coloured, and how many tokens the first rows have. */
import type { StepDocument } from "../../core/graph/document.ts";
import { useAsked } from "../state/use-asked.ts";
import { formatCount } from "../ui/format.ts";
import { LongState } from "../ui/LongState.tsx";
import { useText } from "../ui/texts.ts";
import { optionsOf } from "./steps.ts";
import { TextWords } from "./TextWords.tsx";
import { type LengthBin, lengthBins, partsOf } from "./text-parts.ts";
import { samplesAsked, samplesOf } from "./text-samples.ts";

interface TextSamplesProps {
  datasetId: string;
  /** Name of a column of texts. */
  column: string;
  /** The step that makes numbers of it. */
  step: StepDocument;
}

const BINS = 26;

export function TextSamples({ datasetId, column, step }: TextSamplesProps) {
  const t = useText();
  const options = optionsOf(step);
  const asked = samplesAsked(datasetId, column, options);
  const cut = typeof options["length"] === "number" ? options["length"] : null;
  const answer = useAsked(
    asked === null ? null : JSON.stringify(asked),
    (signal) => (asked === null ? Promise.resolve(null) : samplesOf(asked, signal)),
    { of: `${datasetId} ${column}` },
  );
  if (asked === null) return null;
  if (answer.value === null) return <LongState answer={answer} what={t("common.loading")} />;
  const { lengths, shown } = answer.value;
  if (lengths.length === 0) return null;
  const tokens = lengths.reduce((sum, length) => sum + length, 0);
  return (
    <section className="panel-section" aria-label={t("data.samples")}>
      <h4>{t("data.samples")}</h4>
      <LongState answer={answer} what={t("common.loading")} over />
      <Lengths
        bins={lengthBins(lengths, BINS)}
        cut={cut}
        label={t("data.samples_lengths", {
          count: formatCount(lengths.length),
          mean: (tokens / lengths.length).toFixed(1),
          most: formatCount(Math.max(...lengths)),
        })}
      />
      <ul className="text-samples">
        {shown.map(({ text, is_cut, tokens: own }, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the first rows, in their order
          <li key={row}>
            {partsOf(text, own).map((part, place) =>
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
            {is_cut && " …"}
          </li>
        ))}
      </ul>
      <TextWords datasetId={datasetId} column={column} tokenizer={asked.tokenizer === "byte_pair" ? "words" : asked.tokenizer} />
    </section>
  );
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
