/** How texts or pictures become numbers: which step does it, and its options from the step's own definition. */
import type { ColumnDocument, DataDocument } from "../../core/graph/document.ts";
import { SchemaForm } from "../inspector/SchemaForm.tsx";
import { useDocument } from "../state/document.ts";
import { Field } from "../ui/Field.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { setContentOption, setContentStep } from "./acts.ts";
import { ChoiceOfMany } from "./ChoiceOfMany.tsx";
import { type ContentType, contentStepOf, contentSteps, knownStep, optionsOf } from "./steps.ts";
import { TextSamples } from "./TextSamples.tsx";

interface ContentFieldsProps {
  type: ContentType;
  /** All of this type. */
  columns: readonly ColumnDocument[];
  data: DataDocument;
}

const NONE = "none";

export function ContentFields({ type, columns, data }: ContentFieldsProps) {
  const t = useText();
  const language = useLanguage();
  const datasetId = useDocument((state) => state.datasetId);
  const [only] = columns;
  const names = columns.map(({ name }) => name);
  const steps = columns.map((column) => contentStepOf(data, column));
  const [first] = steps;
  const same = first !== undefined && steps.every((step) => step === first);
  const definition = same ? knownStep(first.type) : undefined;
  const words = definition?.texts[language];
  return (
    <>
      <Field label={t("data.content_step")} help={words?.summary ?? t("data.content_none_help")}>
        {(control) => (
          <ChoiceOfMany
            {...control}
            values={steps.map((step) => step?.type ?? NONE)}
            options={[
              ...contentSteps(type).map((value) => ({ value, label: knownStep(value)?.texts[language].label ?? value })),
              { value: NONE, label: t("data.prep.none") },
            ]}
            onChange={(value) => setContentStep(names, type, value === NONE ? null : value)}
          />
        )}
      </Field>
      {same && definition !== undefined && words !== undefined && (
        <SchemaForm
          key={first.type}
          schema={definition.schema}
          values={optionsOf(first)}
          words={words.fields}
          onChange={(name, value) => setContentOption(names, type, name, value)}
        />
      )}
      {same && type === "text" && only !== undefined && datasetId !== null && columns.length === 1 && (
        <TextSamples key={only.name} datasetId={datasetId} column={only.name} step={first} />
      )}
    </>
  );
}
