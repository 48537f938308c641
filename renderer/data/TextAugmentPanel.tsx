/** Changed copies of the texts of training rows: how many, what is changed, the person's synonyms, and what it looks like. */
import { useEffect, useState } from "react";
import { errorData } from "../../core/errors.ts";
import type { DataDocument, TextAugmentDocument } from "../../core/graph/document.ts";
import type { MethodOutput } from "../../core/protocol/methods.ts";
import { host } from "../state/host.ts";
import { errorText } from "../ui/error-text.ts";
import { Field } from "../ui/Field.tsx";
import { NumberInput } from "../ui/NumberInput.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { setTextAugment } from "./acts.ts";

const SHARES = ["replace", "insert", "swap", "leave_out"] as const;
const MOST_COPIES = 16;
const NOTHING: TextAugmentDocument = { copies: 0, seed: null };
/** Typing asks when it rests. */
const AFTER_MS = 200;

export function TextAugmentPanel({ data, datasetId }: { data: DataDocument; datasetId: string }) {
  const t = useText();
  const column = data.columns.find(({ type, role }) => type === "text" && role === "feature")?.name;
  const augment = data.augment_text ?? NOTHING;
  if (column === undefined) return null;
  return (
    <section aria-label={t("data.augment_text")}>
      <h4>{t("data.augment_text")}</h4>
      <p className="panel-note muted">{t("data.augment_text_help")}</p>
      <Amount name="copies" value={augment.copies} most={MOST_COPIES} factor={1} />
      {augment.copies > 0 && (
        <>
          {SHARES.map((name) => (
            <Amount key={name} name={name} value={augment[name] ?? 0} most={100} factor={100} />
          ))}
          <Synonyms lines={augment.synonyms ?? []} />
          <Preview datasetId={datasetId} column={column} augment={augment} />
        </>
      )}
    </section>
  );
}

interface AmountProps {
  name: (typeof SHARES)[number] | "copies";
  value: number;
  most: number;
  /** Shares are shown as percent. */
  factor: number;
}

function Amount({ name, value, most, factor }: AmountProps) {
  const t = useText();
  const [wrong, setWrong] = useState<string | null>(null);
  const bad = t("data.augment_wrong", { most, unit: factor === 1 ? "" : "%" });
  const fits = (amount: number): boolean => amount >= 0 && amount <= most && (factor !== 1 || Number.isInteger(amount));
  return (
    <Field label={t(`data.augment_text.${name}`)} note={factor === 1 ? "" : "%"} wrong={wrong}>
      {(control) => (
        <NumberInput
          control={control}
          value={Number((value * factor).toPrecision(6))}
          check={(amount) => (amount !== null && fits(amount) ? null : bad)}
          onWrong={setWrong}
          onChange={(amount) => {
            if (amount !== null) setTextAugment({ [name]: Number((amount / factor).toPrecision(6)) });
          }}
          step={() => (factor === 1 ? 1 : 5)}
          notANumber={bad}
        />
      )}
    </Field>
  );
}

/** Kept when the field is left: a list that is half typed is none yet. */
function Synonyms({ lines }: { lines: readonly string[] }) {
  const t = useText();
  const text = lines.join("\n");
  return (
    <Field label={t("data.augment_text.synonyms")} help={t("data.augment_text.synonyms_help")} helpOnLabel>
      {(control) => (
        <textarea
          {...control}
          key={text}
          className="input"
          rows={4}
          defaultValue={text}
          placeholder="good, fine, great"
          onBlur={(event) => {
            const typed = event.target.value.split("\n").filter((line) => line.trim() !== "");
            if (typed.join("\n") !== text) setTextAugment({ synonyms: typed });
          }}
        />
      )}
    </Field>
  );
}

type Texts = MethodOutput<"datasets.changed_texts">["texts"];

function Preview({ datasetId, column, augment }: { datasetId: string; column: string; augment: TextAugmentDocument }) {
  const t = useText();
  const language = useLanguage();
  const [texts, setTexts] = useState<Texts | null>(null);
  const [error, setError] = useState<unknown>(null);
  const asked = JSON.stringify(augment);
  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      host()
        .call("datasets.changed_texts", { id: datasetId, column, augment: JSON.parse(asked) as TextAugmentDocument })
        .then((answer) => {
          if (!current) return;
          setTexts(answer.texts);
          setError(null);
        })
        .catch((thrown: unknown) => {
          if (current) setError(thrown);
        });
    }, AFTER_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [datasetId, column, asked]);
  if (error !== null) return <p className="panel-note bad">{errorText(errorData(error), language)}</p>;
  return (
    <figure className="text-copies" aria-label={t("data.augment_text_preview")} aria-busy={texts === null}>
      <figcaption className="faint">{t("data.augment_text_preview")}</figcaption>
      {(texts ?? []).map(({ text, changed }) => (
        <div key={text}>
          <p>{text}</p>
          <ul className="muted">
            {changed.map((copy, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: copies come in their order
              <li key={place}>{copy}</li>
            ))}
          </ul>
        </div>
      ))}
    </figure>
  );
}
