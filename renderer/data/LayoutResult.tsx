/** What comes out of the preparation: rows of both parts, classes in each, features and their names. */
import type { DataDocument } from "../../core/graph/document.ts";
import { countChoices } from "../../core/graph/row-choices.ts";
import type { DataLayout } from "../../core/protocol/methods.ts";
import { formatCount } from "../ui/format.ts";
import { LongState } from "../ui/LongState.tsx";
import { useText } from "../ui/texts.ts";
import { useLayout, useLayoutRead } from "./layout.ts";

const MOST_CLASSES = 12;
const MOST_COLUMNS = 500;
/** Names of features in a hint: more is unreadable. */
const MOST_NAMES = 40;

export function LayoutResult({ data, rowCount }: { data: DataDocument; rowCount: number }) {
  const t = useText();
  const read = useLayoutRead();
  const { value: layout, pending: busy, cancelled } = read;
  const failed = useLayout((state) => state.error !== null);
  const state = <LongState small over answer={read} what={t("data.layout_busy")} />;
  if (layout === null) return busy || cancelled ? state : null;
  const { filtered_rows: filtered = 0, test_rows: test = 0, filled_gaps: gaps, dropped_windows: dropped = 0 } = layout;
  const { copies = 0 } = data.augment_text ?? {};
  const used = (layout.sampled_from ?? layout.training_rows / (1 + copies)) + layout.validation_rows + test;
  const { excluded } = countChoices(data);
  const leftOut = rowCount - excluded - filtered - dropped - used;
  return (
    <div className="layout-result" data-stale={busy || failed || cancelled} aria-busy={busy}>
      {state}
      <section className="panel-section" aria-label={t("data.balance")}>
        <Parts training={layout.training_rows} validation={layout.validation_rows} test={test} />
        {excluded > 0 && <p className="panel-note muted">{t("rows.left_out_count", { count: formatCount(excluded) })}</p>}
        {dropped > 0 && <p className="panel-note muted">{t("rows.windows_dropped", { count: formatCount(dropped) })}</p>}
        {filtered > 0 && <p className="panel-note muted">{t("data.rows_filtered", { count: formatCount(filtered) })}</p>}
        {leftOut > 0 && <p className="panel-note muted">{t("data.rows_left_out", { count: formatCount(leftOut) })}</p>}
        {layout.fitted_on !== undefined && (
          <p className="panel-note muted">{t("data.fitted_on_sample", { count: formatCount(layout.fitted_on) })}</p>
        )}
        {gaps !== undefined && gaps.rows + gaps.values > 0 && (
          <p className="panel-note muted">{t("data.gaps_filled", { rows: formatCount(gaps.rows), values: formatCount(gaps.values) })}</p>
        )}
        {layout.class_balance.length > 0 && <Balance layout={layout} />}
      </section>
      <section className="panel-section" aria-label={t("data.result")}>
        <h3>{t("data.result")}</h3>
        <Features layout={layout} data={data} />
      </section>
    </div>
  );
}

function Parts({ training, validation, test }: { training: number; validation: number; test: number }) {
  const t = useText();
  return (
    <>
      <div className="part-bar" aria-hidden="true">
        <i className="training" style={{ flexGrow: training }} />
        <i className="validation" style={{ flexGrow: validation }} />
        {test > 0 && <i className="test" style={{ flexGrow: test }} />}
      </div>
      <p className="part-legend number">
        <span>
          <i className="training" aria-hidden="true" /> {formatCount(training)} {t("data.rows_training")}
        </span>
        <span>
          <i className="validation" aria-hidden="true" /> {formatCount(validation)} {t("data.rows_validation")}
        </span>
        {test > 0 && (
          <span>
            <i className="test" aria-hidden="true" /> {formatCount(test)} {t("data.rows_test")}
          </span>
        )}
      </p>
    </>
  );
}

function Balance({ layout }: { layout: DataLayout }) {
  const t = useText();
  const rows = layout.class_balance;
  const shown = rows.slice(0, MOST_CLASSES);
  const sumOf = ({ training, validation, test = 0 }: (typeof rows)[number]): number => training + validation + test;
  const largest = Math.max(1, ...rows.map(sumOf));
  const total = layout.training_rows + layout.validation_rows + (layout.test_rows ?? 0);
  const words = ({ label, training, validation, test }: (typeof rows)[number]): string => {
    const counts = { label, training: formatCount(training), validation: formatCount(validation) };
    return test === undefined ? t("data.balance_row", counts) : t("data.balance_row_test", { ...counts, test: formatCount(test) });
  };
  return (
    <>
      <h3>{t("data.balance")}</h3>
      <ul className="balance">
        {shown.map((row) => (
          <li key={row.label} title={words(row)} aria-label={words(row)}>
            <span className="clip">{row.label}</span>
            <span className="balance-bar">
              <i className="training" style={{ width: `${(100 * row.training) / largest}%` }} />
              <i className="validation" style={{ width: `${(100 * row.validation) / largest}%` }} />
              {row.test !== undefined && <i className="test" style={{ width: `${(100 * row.test) / largest}%` }} />}
            </span>
            <span className="number right">{Math.round((100 * sumOf(row)) / Math.max(1, total))} %</span>
          </li>
        ))}
      </ul>
      {rows.length > shown.length && <p className="panel-note muted">{t("data.balance_more", { count: rows.length - shown.length })}</p>}
    </>
  );
}

function Features({ layout, data }: { layout: DataLayout; data: DataDocument }) {
  const t = useText();
  const { graph } = layout;
  if (graph !== undefined)
    return (
      <p>
        {t("data.graph_of", { nodes: formatCount(graph.node_count), edges: formatCount(graph.edge_count), features: layout.feature_count })}
      </p>
    );
  if (layout.feature_count === 0) return <p className="muted">{t("data.no_features")}</p>;
  const types = new Map(data.columns.map(({ name, type }) => [name, type]));
  return (
    <details className="features">
      <summary>{t("data.features", { count: formatCount(layout.feature_count), columns: formatCount(layout.features.length) })}</summary>
      <ul>
        {layout.features.slice(0, MOST_COLUMNS).map(({ column, width, names }) => (
          <li key={column} title={names.slice(0, MOST_NAMES).join(", ") + (names.length > MOST_NAMES ? " …" : "")}>
            <span className="clip">{column}</span>
            <span className="faint">{t(`data.type.${types.get(column) ?? "numeric"}`)}</span>
            <span className="number right">{width}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
