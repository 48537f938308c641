/** What the network says of what was typed, drawn or picked: prediction, share of each class, and what the answer hangs on. */
import { useEffect, useState } from "react";
import { isEnsemble } from "../../../core/ensembles/ensemble.ts";
import type { MethodInput, MethodOutput, Run } from "../../../core/protocol/methods.ts";
import { host } from "../../state/host.ts";
import { formatFigure } from "../../ui/format.ts";
import { Failure } from "../../ui/States.tsx";
import { useText } from "../../ui/texts.ts";
import { PictureEffects } from "./PictureEffects.tsx";

/** Asked anew a moment after the last change; the answer before stays until then. */
const WAIT_MS = 120;
const MOST_EFFECTS = 12;

export type Values = Readonly<Record<string, string | null>>;
type AskedPicture = MethodInput<"runs.try">["picture"];

interface AnswersProps {
  readonly run: Run;
  readonly values: Values;
  readonly picture: AskedPicture;
  readonly effects: boolean;
  readonly asNew: boolean;
}

export function TryAnswers({ run, values, picture, effects, asNew }: AnswersProps) {
  // Made anew in every drawing of the form: what it holds is what counts.
  const shown = JSON.stringify(picture);
  const t = useText();
  const [asked, setAsked] = useState<{ values: Values; picture: AskedPicture; asNew: boolean } | null>(null);
  const [found, setFound] = useState<MethodOutput<"runs.try"> | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    const now = JSON.parse(shown) as AskedPicture;
    if (Object.keys(values).length === 0 && now === null) return;
    const timer = setTimeout(() => setAsked({ values, picture: now, asNew }), WAIT_MS);
    return () => clearTimeout(timer);
  }, [values, shown, asNew]);
  useEffect(() => {
    if (asked === null) return;
    let wanted = true;
    host()
      .call("runs.try", { id: run.id, values: asked.values, picture: asked.picture, effects, as_new: asked.asNew })
      .then((answer) => {
        if (!wanted) return;
        setFound(answer);
        setError(null);
      })
      .catch((thrown: unknown) => wanted && setError(thrown));
    return () => {
      wanted = false;
    };
  }, [run.id, asked, effects]);
  if (error !== null) return <Failure error={error} onRetry={() => setAsked((last) => (last === null ? null : { ...last }))} />;
  if (found === null) return null;
  return (
    <section className="try-answer" aria-label={t("try.answer")} aria-live="polite">
      <OutputAnswers outputs={found.outputs} />
      {!effects && asked !== null && !isEnsemble(run) && (
        <PictureEffects run={run} given={{ values: asked.values, picture: asked.picture }} />
      )}
      {found.node !== undefined && (
        <p className="muted">{t(found.node.known ? "try.node_known" : "try.node_new", { links: found.node.links })}</p>
      )}
      {found.effects.length > 1 && (
        <Effects
          title={t("try.effects")}
          help={t("try.effects_text")}
          effects={found.effects.map(({ column, effect }) => ({ label: column, effect }))}
        />
      )}
      {found.words.length > 0 && (
        <Effects
          title={t("try.words")}
          help={t("try.words_text")}
          effects={found.words.map(({ word, effect }) => ({ label: word, effect }))}
        />
      )}
    </section>
  );
}

export function OutputAnswers({ outputs }: { outputs: MethodOutput<"runs.try">["outputs"] }) {
  const t = useText();
  return outputs.map(({ node_id, name, predicted, shares }) => (
    <div key={node_id}>
      <h3>{outputs.length > 1 ? name : t("try.answer")}</h3>
      <p className="try-predicted">
        {predicted.map((one) => (typeof one === "number" ? formatFigure(one) : one)).join(", ") || t("try.nothing")}
      </p>
      {shares.map(({ label, share }) => (
        <Bar key={label} label={label} share={share} value={percentOf(share)} />
      ))}
    </div>
  ));
}

interface EffectsProps {
  readonly title: string;
  readonly help: string;
  /** The sign says for or against the answer. */
  readonly effects: readonly { readonly label: string; readonly effect: number }[];
}

/** The strongest first. */
export function Effects({ title, help, effects }: EffectsProps) {
  const strongest = Math.max(1e-12, ...effects.map(({ effect }) => Math.abs(effect)));
  return (
    <>
      <h3>{title}</h3>
      <p className="muted">{help}</p>
      {effects
        .toSorted((a, b) => Math.abs(b.effect) - Math.abs(a.effect))
        .slice(0, MOST_EFFECTS)
        .map(({ label, effect }) => (
          <Bar key={label} label={label} share={Math.abs(effect) / strongest} value={formatFigure(effect, 3)} against={effect < 0} />
        ))}
    </>
  );
}

/** One decimal: what is less is as good as nothing. */
function percentOf(share: number): string {
  const percent = share * 100;
  if (percent < 100 && percent >= 99.95) return "> 99.9 %";
  return percent > 0 && percent < 0.1 ? "< 0.1 %" : `${percent.toFixed(1)} %`;
}

interface BarProps {
  readonly label: string;
  readonly share: number;
  readonly value: string;
  readonly against?: boolean;
}

function Bar({ label, share, value, against = false }: BarProps) {
  return (
    <div className="try-bar">
      <span className="clip" title={label}>
        {label}
      </span>
      <span className={against ? "try-track is-against" : "try-track"}>
        <span style={{ width: `${Math.max(0, Math.min(1, share)) * 100}%` }} />
      </span>
      <span className="number">{value}</span>
    </div>
  );
}
