/** A sweep put together: which options, how they are searched, how runs are judged, and how many that makes. */
import { useEffect, useMemo } from "react";
import { AppError } from "../../core/errors.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import type { ShapeField } from "../../core/schema/fields.ts";
import { readTraining } from "../../core/spec/training.ts";
import { isEmptyRange } from "../../core/sweeps/draw.ts";
import { expectedFigures } from "../../core/sweeps/fitting/known-target.ts";
import { type UnfitCombination, unfitCombinations } from "../../core/sweeps/fitting/unfit-values.ts";
import { memberCount, trialCount } from "../../core/sweeps/members.ts";
import { type Dimension, dimensionKey, type MemberOptions, type SweepPlan } from "../../core/sweeps/plan.ts";
import { trainGroup } from "../shell/acts.ts";
import { factsOf, useDataset } from "../state/dataset.ts";
import { useDocument } from "../state/document.ts";
import { useRuns } from "../state/runs.ts";
import { closeDialog } from "../state/view.ts";
import { figureTitle } from "../training/chart-words.ts";
import { higherIsBetter, sortedFigures } from "../training/metrics.ts";
import { Button } from "../ui/Button.tsx";
import { errorText } from "../ui/error-text.ts";
import { Field, Select, SwitchField } from "../ui/Field.tsx";
import { formatCount } from "../ui/format.ts";
import { Icon } from "../ui/Icon.tsx";
import { Modal } from "../ui/Modal.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { DimensionRow, NumberBox } from "./DimensionRow.tsx";
import { addDimension, addDimensions, changeDimension, openDraft, planOf, useSweepDraft } from "./sweep-draft.ts";
import {
  boundsOf,
  choicesOf,
  optionValueText,
  proposedDimension,
  type SweepOption,
  sameTarget,
  structureDimensions,
  sweepOptions,
  targetName,
} from "./sweep-options.ts";
import { hasUnlikeLosses, isLoss } from "./unlike-losses.ts";
import "./sweeps.css";

const METHODS: readonly SweepPlan["method"][] = ["tpe", "random", "grid"];

export function SweepDialog() {
  const t = useText();
  const language = useLanguage();
  const design = useDocument((state) => state.design);
  const profile = useDataset((state) => state.profile);
  const facts = useMemo(() => (profile === null ? null : factsOf(profile)), [profile]);
  const draft = useSweepDraft();
  useEffect(openDraft, []);
  const chosen = useDocument((state) => state.selection);
  const options = useMemo(() => (design === null ? [] : sweepOptions(design, language, t, chosen)), [design, language, t, chosen]);
  const choices = useMemo(
    () =>
      new Map(
        draft.dimensions.map(({ target }) => {
          const option = options.find((one) => sameTarget(one.target, target));
          return [JSON.stringify(target), design === null ? null : choicesOf(option, design, facts, language, t, draft.dimensions)];
        }),
      ),
    [draft.dimensions, options, design, facts, language, t],
  );
  const unfit = useMemo(
    () => (design === null ? [] : unfitCombinations(design, draft.dimensions, facts)),
    [design, draft.dimensions, facts],
  );
  const expected = useMemo(() => (design === null ? [] : expectedFigures(design, facts)), [design, facts]);
  if (design === null) return null;
  const structure = structureDimensions(design, options);
  const { seed, epochs } = readTraining(design.train);
  const plan = { ...planOf(draft, seed), ...(unfit.length === 0 ? {} : { without: unfit.map((one) => one.options) }) };
  const count = draft.dimensions.length === 0 ? 0 : memberCount(plan);
  const empty = draft.dimensions.find(({ values }) => isEmptyRange(values));
  const start = (): void => {
    closeDialog();
    trainGroup(plan);
  };
  return (
    <Modal
      wide
      title={t("sweep.title")}
      onClose={closeDialog}
      footer={
        <>
          <span className="muted number">
            {count > 0 &&
              t("sweep.count", {
                trials: formatCount(trialCount(plan)),
                seeds: draft.seedCount,
                count: formatCount(count),
                epochs: formatCount(epochs),
              })}
          </span>
          <span className="spacer" />
          <Button onClick={closeDialog}>{t("common.cancel")}</Button>
          <Button look="primary" disabled={count === 0 || empty !== undefined} onClick={start}>
            {t("sweep.start", { count: formatCount(count) })}
          </Button>
        </>
      }
    >
      <div className="sweep-add">
        <AddOption
          onAdd={(option) => addDimension(proposedDimension(option, design, facts, draft.dimensions))}
          options={options.filter(({ target }) => !draft.dimensions.some((known) => sameTarget(known.target, target)))}
        />
        <Button disabled={structure.length === 0} title={t("sweep.structure_help")} onClick={() => addDimensions(structure)}>
          {t("sweep.structure")}
        </Button>
      </div>
      {draft.dimensions.length === 0 && <p className="muted">{t("sweep.none")}</p>}
      <ul className="sweep-dimensions">
        {draft.dimensions.map((dimension, place) => (
          <DimensionRow
            key={JSON.stringify(dimension.target)}
            name={targetName(dimension.target, design, language, t)}
            dimension={dimension}
            grid={draft.method === "grid"}
            choices={choices.get(JSON.stringify(dimension.target)) ?? null}
            bounds={boundsOf(options.find(({ target }) => sameTarget(target, dimension.target)))}
            sizes={sizesOf(options.find(({ target }) => sameTarget(target, dimension.target)))}
            onChange={(changed) => changeDimension(place, changed)}
          />
        ))}
      </ul>
      {empty !== undefined && (
        <p className="sweep-unfit" role="status">
          {errorText(
            new AppError("sweep.bad_range", { ...rangeOf(empty), option: targetName(empty.target, design, language, t) }).toData(),
            language,
          )}
        </p>
      )}
      {unfit.length > 0 && <LeftOut unfit={unfit} design={design} dimensions={draft.dimensions} />}
      <Search />
      <Judging expected={expected} />
    </Modal>
  );
}

const rangeOf = ({ values }: Dimension): { low: number; high: number } =>
  values.form === "range" ? { low: values.low, high: values.high } : { low: 0, high: 0 };

/** So many causes are named. */
const MOST_LINES = 3;

const sizesOf = (option: SweepOption | undefined): ShapeField | null => (option?.field?.kind === "shape" ? option.field : null);

/** Combinations that the design cannot be trained with: the search goes around them, and says which. */
function LeftOut(o: { unfit: readonly UnfitCombination[]; design: DesignDocument; dimensions: readonly Dimension[] }) {
  const t = useText();
  const language = useLanguage();
  const listed = o.dimensions.filter((one) => Object.hasOwn(o.unfit[0]?.options ?? {}, dimensionKey(one)));
  const last = listed.at(-1);
  const word = (one: Dimension, options: MemberOptions): string => optionValueText(one.target, options[dimensionKey(one)], language, t);
  // Those that differ in the last option alone, and are left out for the same cause, are one line.
  const lines = new Map<string, { first: UnfitCombination; values: string[] }>();
  for (const one of last === undefined ? [] : o.unfit) {
    const key = JSON.stringify([one.reason.code, ...listed.slice(0, -1).map((dimension) => one.options[dimensionKey(dimension)])]);
    const line = lines.get(key) ?? { first: one, values: [] };
    line.values.push(last === undefined ? "" : word(last, one.options));
    lines.set(key, line);
  }
  return (
    <div className="sweep-unfit muted" role="status">
      <p>{t("sweep.left_out", { count: o.unfit.length })}</p>
      <ul>
        {[...lines.values()].slice(0, MOST_LINES).map(({ first, values }) => (
          <li key={JSON.stringify(first.options)}>
            {t("sweep.left_out_line", {
              names: [...listed.slice(0, -1).map((one) => word(one, first.options)), values.join(t("sweep.and"))].join(" × "),
              reason: errorText(first.reason, language),
            })}
          </li>
        ))}
      </ul>
      {lines.size > MOST_LINES && <p>{t("sweep.left_out_more", { count: lines.size - MOST_LINES })}</p>}
    </div>
  );
}

/** Grouped by layer, training first. */
function AddOption({ options, onAdd }: { options: readonly SweepOption[]; onAdd: (option: SweepOption) => void }) {
  const t = useText();
  const sections = [...new Set(options.map(({ section }) => section))];
  return (
    <Field label={t("sweep.options")}>
      {(control) => (
        <select
          {...control}
          className="input"
          value=""
          onChange={(event) => {
            const option = options[Number(event.target.value)];
            if (option !== undefined) onAdd(option);
          }}
        >
          <option value="">{t("sweep.add")}</option>
          {sections.map((section) => (
            <optgroup key={section} label={section}>
              {options.map(
                (option, place) =>
                  option.section === section && (
                    <option key={JSON.stringify(option.target)} value={place}>
                      {option.label}
                    </option>
                  ),
              )}
            </optgroup>
          ))}
        </select>
      )}
    </Field>
  );
}

function Search() {
  const t = useText();
  const { method, trials, seedCount } = useSweepDraft();
  return (
    <div className="sweep-row">
      <Field label={t("sweep.method")}>
        {(control) => (
          <Select
            {...control}
            value={method}
            options={METHODS.map((value) => ({ value, label: t(`sweep.method.${value}`) }))}
            onChange={(value) => useSweepDraft.setState({ method: value })}
          />
        )}
      </Field>
      {method !== "grid" && (
        <Field label={t("sweep.trials")}>
          {() => (
            <NumberBox
              whole
              least={1}
              label={t("sweep.trials")}
              value={trials}
              onChange={(value) => useSweepDraft.setState({ trials: value })}
            />
          )}
        </Field>
      )}
      <Field label={t("sweep.seeds")}>
        {() => (
          <NumberBox
            whole
            least={1}
            label={t("sweep.seeds")}
            value={seedCount}
            onChange={(value) => useSweepDraft.setState({ seedCount: Math.min(50, value) })}
          />
        )}
      </Field>
    </div>
  );
}

/** Figures that this design will have, and those of earlier runs. */
function Judging({ expected }: { expected: readonly string[] }) {
  const t = useText();
  const runs = useRuns((state) => state.runs);
  const { dimensions, monitor, better, halvingOn, first, factor } = useSweepDraft();
  const names = sortedFigures(["val_loss", "loss", ...expected, ...runs.slice(0, 20).flatMap((run) => Object.keys(run.metrics)), monitor]);
  const judgeBy = (figure: string): void => useSweepDraft.setState({ monitor: figure, better: higherIsBetter(figure) ? "high" : "low" });
  const unlike = hasUnlikeLosses(monitor, dimensions);
  const other = names.find((name) => name.startsWith("val_") && !isLoss(name));
  return (
    <>
      <div className="sweep-row">
        <Field label={t("sweep.monitor")}>
          {(control) => (
            <Select
              {...control}
              value={monitor}
              options={[...new Set(names)].map((value) => ({ value, label: figureTitle(value, t) }))}
              onChange={judgeBy}
            />
          )}
        </Field>
        <Field label={t("sweep.better")}>
          {(control) => (
            <Select
              {...control}
              value={better}
              options={[
                { value: "low", label: t("sweep.low_better") },
                { value: "high", label: t("sweep.high_better") },
              ]}
              onChange={(value) => useSweepDraft.setState({ better: value })}
            />
          )}
        </Field>
      </div>
      <p className="muted">{t("sweep.judged_kept")}</p>
      {unlike && (
        <p className="sweep-unlike" role="status">
          <Icon name="warning" size={14} />
          <span>{t("sweep.unlike_losses")}</span>
          {other !== undefined && (
            <Button small onClick={() => judgeBy(other)}>
              {t("sweep.judge_by", { figure: figureTitle(other, t) })}
            </Button>
          )}
        </p>
      )}
      <SwitchField
        label={t("sweep.halving")}
        help={t("sweep.halving_help", { factor })}
        checked={halvingOn}
        onChange={(on) => useSweepDraft.setState({ halvingOn: on })}
      />
      {halvingOn && (
        <div className="sweep-row">
          <Field label={t("sweep.first_look")}>
            {() => (
              <NumberBox
                whole
                least={1}
                label={t("sweep.first_look")}
                value={first}
                onChange={(value) => useSweepDraft.setState({ first: value })}
              />
            )}
          </Field>
          <Field label={t("sweep.factor")}>
            {() => (
              <NumberBox
                whole
                least={2}
                label={t("sweep.factor")}
                value={factor}
                onChange={(value) => useSweepDraft.setState({ factor: Math.min(10, value) })}
              />
            )}
          </Field>
        </div>
      )}
    </>
  );
}
