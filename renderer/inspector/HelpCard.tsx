/** What the chosen layer does: plain words, a small live figure, formula, when to use it, what to watch for, and the same in Keras and PyTorch. */
import { useEffect, useRef } from "react";
import type { NodeDocument } from "../../core/graph/document.ts";
import type { Shape } from "../../core/ir/tensor.ts";
import type { Arrivals, LayerDefinition } from "../../core/layers/layer.ts";
import { defaultsOf } from "../../core/schema/validate.ts";
import { useSession } from "../state/session.ts";
import { useAsked } from "../state/use-asked.ts";
import { LongState } from "../ui/LongState.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { FigurePlace } from "./FigurePlace.tsx";
import { type LayerCode, layerCode } from "./layer-code.ts";
import { loadLayerDoc } from "./layer-docs.ts";

interface HelpCardProps {
  readonly definition: LayerDefinition;
  readonly node: NodeDocument;
  /** What arrives, as far as it is known. */
  readonly arrivals: Arrivals<Shape>;
}

export function HelpCard({ definition, node, arrivals }: HelpCardProps) {
  const t = useText();
  const open = useSession((state) => state.helpOpen);
  const setOpen = useSession((state) => state.setHelpOpen);
  return (
    <details className="help-card" open={open} onToggle={(event) => event.currentTarget.open !== open && setOpen(event.currentTarget.open)}>
      <summary>{t("inspector.help")}</summary>
      {open && <HelpBody key={definition.type} definition={definition} node={node} arrivals={arrivals} />}
    </details>
  );
}

/** Of the size of the text: smaller, its indices could not be read. */
const SMALLEST_FORMULA = 0.8;

function HelpBody({ definition, node, arrivals }: HelpCardProps) {
  const t = useText();
  const language = useLanguage();
  const answer = useAsked(definition.type, () => loadLayerDoc(definition.type));
  const { value: doc } = answer;
  const formula = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = formula.current;
    if (place === null || doc === null) return;
    place.style.fontSize = "";
    doc.setFormula(place);
    // A little too wide it is set smaller; what is wider still scrolls.
    const share = place.clientWidth / place.scrollWidth;
    if (share < 1) place.style.fontSize = `${Math.max(SMALLEST_FORMULA, share * 0.97) * 100}%`;
  }, [doc]);
  if (doc === null)
    return (
      <div className="help-body">
        <LongState small answer={answer} what={t("inspector.help_loading")} failed={t("inspector.help_failed")} />
      </div>
    );
  const words = doc.words[language];
  const waits = arrivals.inputs.length === 0 && definition.ports.inputs.length > 0;
  const code = layerCode(definition, { ...defaultsOf(definition.schema), ...node.config }, arrivals);
  return (
    <div className="help-body">
      <p>
        <Words text={words.what} />
      </p>
      {doc.figure !== null && <FigurePlace definition={definition} figure={doc.figure} options={node.config} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long formula scrolls, by keys too */}
      <div className="help-formula" ref={formula} tabIndex={0} />
      <p className="muted">
        <Words text={words.symbols} />
      </p>
      <h3>{t("inspector.help_when")}</h3>
      <p>
        <Words text={words.when} />
      </p>
      <h3>{t("inspector.help_pitfall")}</h3>
      <p>
        <Words text={words.pitfall} />
      </p>
      {code.keras !== null && <Code tool="Keras" code={code.keras} />}
      {code.pytorch !== null && <Code tool="PyTorch" code={code.pytorch} />}
      {waits && code.pytorch === null && (
        <p className="muted">{t(code.keras === null ? "inspector.help_code_later" : "inspector.help_pytorch_later")}</p>
      )}
      <h3>{t("inspector.help_source")}</h3>
      <p className="muted">{words.source.replaceAll("`", "")}</p>
    </div>
  );
}

/** A sentence of doc.md: what stands between backticks is a value as it is written, `q_i` outside them a letter with its index. */
function Words({ text }: { readonly text: string }) {
  const parts = text.split("`").map((part, at) => ({ at, part }));
  return parts.map(({ at, part }) => (at % 2 === 1 ? <code key={at}>{part}</code> : <Letters key={at} text={part} />));
}

function Letters({ text }: { readonly text: string }) {
  const parts = text.split(/(?<![A-Za-z0-9_])([A-Za-z]_[A-Za-z0-9])(?![A-Za-z0-9_])/).map((part, at) => ({ at, part }));
  return parts.map(({ at, part }) =>
    at % 2 === 1 ? (
      <span key={at}>
        <i>{part[0]}</i>
        <sub>{part[2]}</sub>
      </span>
    ) : (
      part
    ),
  );
}

function Code({ tool, code: { text, ownNames } }: { readonly tool: string; readonly code: LayerCode }) {
  const t = useText();
  return (
    <>
      <h3>{t("inspector.help_same_in", { tool })}</h3>
      <code className="help-code">{text}</code>
      {ownNames && <p className="muted">{t("inspector.help_own_names")}</p>}
    </>
  );
}
