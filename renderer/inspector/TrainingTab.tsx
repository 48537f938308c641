/** Training options: forms made from the schemas of core/spec/training.ts and of the optimizer and the schedule chosen. Every change can be undone. */
import { useMemo } from "react";
import type { ActWords } from "../../core/graph/act-label.ts";
import { optimizerDefinitions, optimizerNames } from "../../core/optimizers/definitions.ts";
import { scheduleDefinitions, scheduleNames } from "../../core/schedules/definitions.ts";
import type { Schema } from "../../core/schema/fields.ts";
import { defaultsOf } from "../../core/schema/validate.ts";
import { earlyStoppingSchema, takesAllRows, trainingSchema } from "../../core/spec/training.ts";
import { trainingTexts } from "../../resources/translations/app/training-options.ts";
import { attempt } from "../canvas/edits.ts";
import { useDocument } from "../state/document.ts";
import { sweepThis } from "../sweeps/sweep-draft.ts";
import { NOT_OF_LEARNING } from "../sweeps/sweep-options.ts";
import { RangeTestButton } from "../training/RangeTestDialog.tsx";
import { actWords, optionWords, trainingWords } from "../ui/act-words.ts";
import { Field, Select } from "../ui/Field.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { type FieldWords, SchemaForm } from "./SchemaForm.tsx";

type Values = Readonly<Record<string, unknown>>;
const NOTHING: Values = {};

/** Of optimizers whose steps are over all rows. */
const { batch_size: _, ...WITHOUT_BATCHES } = trainingSchema;

function asRecord(value: unknown): Values {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Values) : NOTHING;
}

function setTraining(patch: Values, field: ActWords, merge: string): void {
  attempt(() => ({ type: "set_training", patch }), actWords("act.train", { field }), `train ${merge}`);
}

/** Words of a schema's fields from a catalogue with keys `<area>.<field>.label` and `.help`. */
function wordsOf(area: "train" | "early_stopping", names: readonly string[], language: "en" | "zh"): FieldWords {
  const index = language === "zh" ? 1 : 0;
  return Object.fromEntries(
    names.map((name) => {
      const text = (part: string): string => trainingTexts[`${area}.${name}.${part}`]?.[index] ?? name;
      return [name, { label: text("label"), help: text("help") }];
    }),
  );
}

export function TrainingTab() {
  const t = useText();
  const language = useLanguage();
  const train = useDocument((state) => state.design?.train ?? NOTHING);
  const earlyStopping = asRecord(train["early_stopping"]);
  const trainWords = useMemo(() => wordsOf("train", Object.keys(trainingSchema), language), [language]);
  const stoppingWords = useMemo(() => wordsOf("early_stopping", Object.keys(earlyStoppingSchema), language), [language]);
  return (
    <div className="inspector-body">
      <NamedForm field="optimizer" fallback="adam" names={optimizerNames} definitions={optimizerDefinitions} />
      <NamedForm field="schedule" fallback="constant" names={scheduleNames} definitions={scheduleDefinitions} />
      <SchemaForm
        schema={takesAllRows(asRecord(train["optimizer"])["type"]) ? WITHOUT_BATCHES : trainingSchema}
        values={{ ...defaultsOf(trainingSchema), ...train }}
        words={trainWords}
        onChange={(name, value) => setTraining({ [name]: value }, trainingWords("train", name), name)}
        onSweep={(option) => sweepThis({ of: "training", option })}
        unswept={NOT_OF_LEARNING}
      />
      <h2 className="inspector-section">{t("training.early_stopping")}</h2>
      <SchemaForm
        schema={earlyStoppingSchema}
        values={{ ...defaultsOf(earlyStoppingSchema), ...earlyStopping }}
        words={stoppingWords}
        onChange={(name, value) =>
          setTraining(
            { early_stopping: { ...earlyStopping, [name]: value } },
            trainingWords("early_stopping", name),
            `early_stopping ${name}`,
          )
        }
        onSweep={(option) => sweepThis({ of: "training", option: `early_stopping.${option}` })}
      />
    </div>
  );
}

/** What a registry of named things with options offers: optimizers, schedules. */
interface NamedDefinition {
  readonly schema: Schema;
  readonly texts: Readonly<Record<"en" | "zh", { readonly label: string; readonly summary: string; readonly fields: FieldWords }>>;
}

interface NamedFormProps {
  /** Field of the training options that holds `{type, …}`. */
  field: "optimizer" | "schedule";
  fallback: string;
  names: readonly string[];
  definitions: Readonly<Record<string, NamedDefinition>>;
}

/** A choice by name with the options of what was chosen. */
function NamedForm({ field, fallback, names, definitions }: NamedFormProps) {
  const t = useText();
  const language = useLanguage();
  const value = asRecord(useDocument((state) => state.design?.train[field]));
  const type = typeof value["type"] === "string" ? value["type"] : fallback;
  const definition = definitions[type];
  const title = t(`training.${field}`);
  const choose = (name: string): void => {
    const chosen = definitions[name];
    if (chosen !== undefined)
      setTraining({ [field]: { type: name, ...defaultsOf(chosen.schema) } }, actWords(`training.${field}`), `${field} ${name}`);
  };
  const words = definition?.texts[language];
  return (
    <>
      <Field label={title} help={words?.summary}>
        {(control) => (
          <Select
            {...control}
            value={type}
            options={(definition === undefined ? [type, ...names] : names).map((name) => ({
              value: name,
              label: definitions[name]?.texts[language].label ?? name,
            }))}
            onChange={choose}
          />
        )}
      </Field>
      {definition !== undefined && words !== undefined && (
        <SchemaForm
          key={type}
          schema={definition.schema}
          values={{ ...defaultsOf(definition.schema), ...value }}
          words={words.fields}
          onChange={(name, changed) =>
            setTraining({ [field]: { ...value, type, [name]: changed } }, optionWords(field, type, name), `${field} ${name}`)
          }
          onSweep={(option) => sweepThis({ of: "training", option: `${field}.${option}` })}
          below={
            field === "optimizer"
              ? {
                  learning_rate: (
                    <RangeTestButton
                      onUse={(rate) =>
                        setTraining(
                          { [field]: { ...value, type, learning_rate: rate } },
                          actWords("range.act", { rate: String(rate) }),
                          `range ${rate}`,
                        )
                      }
                    />
                  ),
                }
              : {}
          }
        />
      )}
    </>
  );
}
