/** Built-in sets: generated ones with their options and a live picture, and those that ship. */
import { useEffect, useMemo, useRef, useState } from "react";
import type { MethodOutput } from "../../core/protocol/methods.ts";
import { useDocument } from "../state/document.ts";
import { host } from "../state/host.ts";
import { report } from "../state/toasts.ts";
import { useAnswer } from "../state/use-answer.ts";
import { Button } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { LongState } from "../ui/LongState.tsx";
import { NumberInput } from "../ui/NumberInput.tsx";
import { Busy } from "../ui/States.tsx";
import { type TextKey, useLanguage, useText } from "../ui/texts.ts";
import { chooseDataset } from "./acts.ts";
import { SketchOf } from "./SketchOf.tsx";

type Builtin = MethodOutput<"datasets.builtins">["builtins"][number];
type BuiltinOption = Builtin["options"][number];
type Options = Readonly<Record<string, number>>;

const OPTION_TEXTS: Readonly<Record<string, TextKey>> = {
  count: "data.option.count",
  noise: "data.option.noise",
  seed: "data.option.seed",
  classes: "data.option.classes",
  words: "data.option.words",
  communities: "data.option.communities",
  links_inside: "data.option.links_inside",
  links_outside: "data.option.links_outside",
  length: "data.option.length",
  bits: "data.option.bits",
  waves: "data.option.waves",
  side: "data.option.side",
  shown: "data.option.shown",
  blanks: "data.option.blanks",
  symbols: "data.option.symbols",
};

function defaults(builtin: Builtin): Options {
  return Object.fromEntries(builtin.options.map((option) => [option.name, option.default]));
}

export function BuiltinPicker({ onChosen }: { onChosen: () => void }) {
  const t = useText();
  const answer = useAnswer("datasets.builtins", {});
  // What the project uses now is where one starts from.
  const source = useDocument((state) => state.design?.data?.source);
  const [name, setName] = useState<string | null>(source?.kind === "builtin" ? source.name : null);
  const [options, setOptions] = useState<Readonly<Record<string, Options>>>(
    source?.kind === "builtin" ? { [source.name]: source.options } : {},
  );
  if (answer.value === null) return <LongState answer={answer} what={t("common.loading")} />;
  const { builtins } = answer.value;
  const chosen = builtins.find((builtin) => builtin.name === name) ?? builtins[0];
  if (chosen === undefined) return null;
  const values = { ...defaults(chosen), ...options[chosen.name] };
  return (
    <section className="builtins" aria-label={t("data.builtin")}>
      <h3>{t("data.builtin")}</h3>
      <div className="builtin-columns">
        <BuiltinList builtins={builtins} chosen={chosen.name} onChoose={setName} />
        <BuiltinDetails
          key={chosen.name}
          builtin={chosen}
          values={values}
          onChange={(change) => setOptions({ ...options, [chosen.name]: { ...values, ...change } })}
          onChosen={onChosen}
        />
      </div>
    </section>
  );
}

function BuiltinList({ builtins, chosen, onChoose }: { builtins: readonly Builtin[]; chosen: string; onChoose: (name: string) => void }) {
  const t = useText();
  const language = useLanguage();
  return (
    <div className="builtin-list" role="radiogroup" aria-label={t("data.builtin")}>
      {builtins.map(({ name, title, summary }) => (
        <label key={name} className="builtin">
          <input type="radio" name="builtin" checked={name === chosen} onChange={() => onChoose(name)} />
          <span>
            <b>{title[language] ?? name}</b>
            <span className="muted">{summary[language] ?? ""}</span>
          </span>
        </label>
      ))}
    </div>
  );
}

interface BuiltinDetailsProps {
  builtin: Builtin;
  values: Options;
  onChange: (change: Options) => void;
  onChosen: () => void;
}

function BuiltinDetails({ builtin, values, onChange, onChosen }: BuiltinDetailsProps) {
  const t = useText();
  const language = useLanguage();
  const [making, setMaking] = useState(false);
  const title = builtin.title[language] ?? builtin.name;
  /** Of what is being made, until nobody waits for it any more. */
  const wanted = useRef<symbol | null>(null);
  const stop = (): void => {
    wanted.current = null;
    setMaking(false);
  };
  const use = (): void => {
    const mine = Symbol();
    wanted.current = mine;
    const isWanted = (): boolean => wanted.current === mine;
    setMaking(true);
    host()
      .call("datasets.builtin", { name: builtin.name, options: { ...values } })
      .then(async (profile) => {
        if (!isWanted()) return;
        await chooseDataset(profile);
        onChosen();
      })
      .catch((error: unknown) => isWanted() && report(error))
      .finally(() => isWanted() && stop());
  };
  return (
    <div className="builtin-details">
      {builtin.options.length > 0 && <Sketch builtin={builtin} values={values} title={title} />}
      <fieldset aria-label={t("data.builtin_options", { name: title })}>
        {builtin.options.map((option) => (
          <OptionField
            key={option.name}
            option={option}
            value={values[option.name] ?? option.default}
            onChange={(value) => onChange({ [option.name]: value })}
          />
        ))}
      </fieldset>
      <Button look="primary" disabled={making} onClick={use}>
        {t("data.use_named", { name: title })}
      </Button>
      {making && <Busy small what={t("data.making")} onCancel={stop} />}
    </div>
  );
}

/** Ranges over several decades are moved along by their logarithm. */
function isWide({ min, max }: BuiltinOption): boolean {
  return min > 0 && max / min > 1000;
}
const STEPS = 200;
/** The slider of a seed covers the first few; any other can be typed. */
const SEEDS = 100;

function OptionField({ option, value, onChange }: { option: BuiltinOption; value: number; onChange: (value: number) => void }) {
  const t = useText();
  const [wrong, setWrong] = useState<string | null>(null);
  const key = OPTION_TEXTS[option.name];
  const label = key === undefined ? option.name : t(key);
  const whole = option.name !== "noise";
  const max = option.name === "seed" ? SEEDS : option.max;
  const wide = isWide(option);
  const bounds = t("data.option_wrong", { option: label, min: option.min, max: option.max });
  const good = (candidate: number | null): boolean =>
    candidate !== null && candidate >= option.min && candidate <= option.max && (!whole || Number.isInteger(candidate));
  const place = wide ? (STEPS * Math.log(value / option.min)) / Math.log(max / option.min) : value;
  const atPlace = (slider: number): number => (wide ? rounded(option.min * (max / option.min) ** (slider / STEPS)) : slider);
  return (
    <Field label={label} wrong={wrong}>
      {(control) => (
        <div className="slider-row">
          <input
            type="range"
            aria-label={t("data.slider", { name: label })}
            min={wide ? 0 : option.min}
            max={wide ? STEPS : max}
            step={wide || whole ? 1 : max / STEPS}
            value={place}
            aria-valuetext={String(value)}
            onChange={(event) => onChange(atPlace(Number(event.target.value)))}
          />
          <NumberInput
            control={control}
            value={value}
            check={(candidate) => (good(candidate) ? null : bounds)}
            onWrong={setWrong}
            onChange={(candidate) => {
              if (candidate !== null) onChange(candidate);
            }}
            step={() => (whole ? 1 : max / STEPS)}
            notANumber={bounds}
          />
        </div>
      )}
    </Field>
  );
}

/** Two figures: sliders over decades need no more. */
function rounded(value: number): number {
  return value < 100 ? Math.round(value) : Number(value.toPrecision(2));
}

function Sketch({ builtin, values, title }: { builtin: Builtin; values: Options; title: string }) {
  const [sketch, setSketch] = useState<MethodOutput<"datasets.sketch"> | null>(null);
  const asked = useRef(0);
  const options = useMemo(() => ({ ...values }), [values]);
  const key = JSON.stringify(options);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text of the options stands for them
  useEffect(() => {
    asked.current += 1;
    const own = asked.current;
    host()
      .call("datasets.sketch", { name: builtin.name, options })
      .then((answer) => {
        if (own === asked.current) setSketch(answer);
      })
      .catch(report);
  }, [builtin.name, key]);
  return <SketchOf columns={sketch?.columns ?? []} rows={sketch?.rows ?? []} title={title} />;
}
