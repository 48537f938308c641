/** Which figures have a curve: those of the task to tick, the usual ones until something else is chosen. */
import { type ReactNode, useMemo } from "react";
import { NO_FIGURES, readFigureName } from "../../core/metrics/figure-names.ts";
import type { NamesField } from "../../core/schema/fields.ts";
import { chosenCurves } from "../../core/sweeps/fitting/known-target.ts";
import { factsOf, useDataset } from "../state/dataset.ts";
import { useDocument } from "../state/document.ts";
import { metricHelp, metricTitle } from "../training/chart-words.ts";
import { TickList } from "../ui/TickList.tsx";
import { useText } from "../ui/texts.ts";
import type { FieldControlProps } from "./field-control.ts";
import { PopoverField } from "./PopoverField.tsx";

export function FiguresField({ value, mixed, label, help, onChange, reset }: FieldControlProps<NamesField>) {
  const t = useText();
  const design = useDocument((state) => state.design);
  const profile = useDataset((state) => state.profile);
  const facts = useMemo(() => (profile === null ? null : factsOf(profile)), [profile]);
  const { all, usual } = useMemo(() => (design === null ? { all: [], usual: [] } : chosenCurves(design, facts)), [design, facts]);
  const own = Array.isArray(value) ? value.filter((name) => typeof name === "string") : [];
  const ticked = own.length === 0 ? usual : own;
  const gone = own.filter((name) => name !== NO_FIGURES && !all.includes(name));
  const summary = mixed
    ? t("inspector.mixed")
    : own.length === 0
      ? t("inspector.usual_figures")
      : own.includes(NO_FIGURES)
        ? t("inspector.no_figures")
        : own.length === 1
          ? metricTitle(own[0] ?? "", t)
          : t("inspector.figures_chosen", { count: own.length });
  const toggle = (name: string): void => {
    const next = [...gone, ...all].filter((one) => (one === name ? !ticked.includes(one) : ticked.includes(one)));
    const isUsual = next.length === usual.length && next.every((one) => usual.includes(one));
    onChange(next.length === 0 ? [NO_FIGURES] : isUsual ? [] : next);
  };
  const noteOf = (name: string): ReactNode =>
    gone.includes(name) ? (
      <span className="tick-note warn">{t("inspector.figure_gone")}</span>
    ) : readFigureName(name).known?.metric.wholeOnly === true ? (
      <span className="tick-note muted">{t("inspector.figure_validation")}</span>
    ) : undefined;
  const items = [...gone, ...all].map((name) => ({
    key: name,
    label: metricTitle(name, t),
    title: metricHelp(name, t),
    ticked: ticked.includes(name),
    note: noteOf(name),
  }));
  return (
    <PopoverField label={label} help={help} reset={reset} summary={summary} className="figures-popover">
      <TickList items={items} onToggle={toggle} />
    </PopoverField>
  );
}
