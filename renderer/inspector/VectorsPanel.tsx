/** In the options of a layer of vectors: the word vectors that it starts from, how many words they cover, and whether they are trained on. */
import { useRef } from "react";
import { errorData } from "../../core/errors.ts";
import type { NodeDocument, VectorsDocument } from "../../core/graph/document.ts";
import { toggleFreeze } from "../canvas/edits.ts";
import { useDocument } from "../state/document.ts";
import { useAsked } from "../state/use-asked.ts";
import { Button } from "../ui/Button.tsx";
import { errorText } from "../ui/error-text.ts";
import { SwitchField } from "../ui/Field.tsx";
import { formatCount } from "../ui/format.ts";
import { Icon } from "../ui/Icon.tsx";
import { LongState } from "../ui/LongState.tsx";
import { Progress } from "../ui/States.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { cancelReading, chooseVectors, countAgain, countKey, removeVectors, useVectors } from "./word-vectors.ts";
import "./vectors.css";

export function VectorsPanel({ node }: { node: NodeDocument }) {
  const t = useText();
  const reading = useVectors((state) => state.reading);
  const failure = useVectors((state) => (state.failure?.nodeId === node.id ? state.failure : null));
  const hasData = useDocument((state) => state.datasetId !== null);
  // Weights that belong to another layer start from what that one starts from.
  if (node.shared_with !== null) return null;
  const { vectors } = node;
  return (
    <section className="inspector-section vectors" aria-label={t("vectors.title")}>
      <h3>{t("vectors.title")}</h3>
      {reading?.nodeId === node.id ? (
        <ReadingNow />
      ) : (
        <>
          {vectors === undefined ? <p className="field-help">{t("vectors.none")}</p> : <Chosen node={node} vectors={vectors} />}
          {failure !== null && <Wrong error={failure.error} />}
          <div className="row">
            <FileChoice node={node} disabled={!hasData || reading !== null} />
            {vectors !== undefined && (
              <Button small onClick={() => removeVectors(node)}>
                {t("vectors.remove")}
              </Button>
            )}
          </div>
          {!hasData && <p className="field-help">{t("vectors.data_first")}</p>}
        </>
      )}
    </section>
  );
}

function FileChoice({ node, disabled }: { node: NodeDocument; disabled: boolean }) {
  const t = useText();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button small icon="file" disabled={disabled} onClick={() => input.current?.click()}>
        {t(node.vectors === undefined ? "vectors.choose" : "vectors.choose_other")}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".txt,.vec,.gz"
        aria-label={t("vectors.choose")}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = "";
          if (file !== undefined) void chooseVectors(node.id, file);
        }}
      />
    </>
  );
}

function ReadingNow() {
  const t = useText();
  const reading = useVectors((state) => state.reading);
  if (reading === null) return null;
  const words =
    reading.stage === "sending"
      ? t("vectors.sending", { name: reading.name })
      : t("vectors.reading", { name: reading.name, found: formatCount(reading.found) });
  return (
    <div role="status">
      <p>{words}</p>
      <Progress value={reading.share} label={words} />
      <Button small onClick={cancelReading}>
        {t("common.cancel")}
      </Button>
    </div>
  );
}

function Chosen({ node, vectors }: { node: NodeDocument; vectors: VectorsDocument }) {
  const t = useText();
  return (
    <>
      <p className="vectors-file">
        <b>{vectors.name}</b> <span>{t("vectors.width", { count: vectors.width })}</span>
      </p>
      <Coverage node={node} />
      <SwitchField
        label={t("vectors.keep")}
        help={t("vectors.keep_help")}
        helpOnLabel
        checked={node.frozen === true}
        onChange={() => toggleFreeze([node])}
      />
    </>
  );
}

function Coverage({ node }: { node: NodeDocument }) {
  const t = useText();
  const key = useDocument((state) => (state.design === null ? "" : countKey(state.design, state.datasetId, node)));
  const hasData = useDocument((state) => state.datasetId !== null);
  const counted = useVectors((state) => (state.counted?.key === key ? state.counted : null));
  const answer = useAsked(hasData && counted === null ? key : null, (signal) => countAgain(node, signal));
  if (!hasData) return null;
  if (counted === null) return <LongState small answer={{ ...answer, value: null }} what={t("vectors.counting")} />;
  const { found, of, missing } = counted.answer;
  const words = t("vectors.found", { found: formatCount(found), of: formatCount(of) });
  return (
    <div role="status">
      <p>{words}</p>
      <Progress value={of === 0 ? 0 : found / of} label={words} />
      {found === 0 ? (
        <p className="field-wrong">
          <Icon name="error" size={14} />
          <span>{t("vectors.found_none")}</span>
        </p>
      ) : (
        missing.length > 0 && (
          <p className="field-help vectors-missing">
            {t("vectors.missing", { words: `${missing.join(", ")}${missing.length < of - found ? " …" : ""}` })}
          </p>
        )
      )}
    </div>
  );
}

function Wrong({ error }: { error: unknown }) {
  const language = useLanguage();
  return (
    <p className="field-wrong" role="alert">
      <Icon name="error" size={14} />
      <span>{errorText(errorData(error), language)}</span>
    </p>
  );
}
