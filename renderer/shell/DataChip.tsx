/** What the project trains on, in one line; a click opens the data screen. */
import { useDataset } from "../state/dataset.ts";
import { useDocument } from "../state/document.ts";
import { showScreen } from "../state/view.ts";
import { formatCount } from "../ui/format.ts";
import { useText } from "../ui/texts.ts";

export function DataChip() {
  const t = useText();
  const dataset = useDataset((state) => state.profile?.dataset ?? null);
  const targets = useDocument((state) =>
    (state.design?.data?.columns ?? [])
      .filter((column) => column.role === "target")
      .map((column) => column.name)
      .join(", "),
  );
  const used = useDocument((state) => (state.design?.data?.columns ?? []).filter((column) => column.role === "feature").length);
  const source = useDocument((state) => state.design?.data?.source.name ?? null);
  if (dataset === null)
    return (
      <button type="button" className="chip empty" onClick={() => showScreen("data")}>
        <span className="dot" />
        <span className="clip">{source === null ? t("shell.no_data") : t("shell.data_missing", { name: source })}</span>
      </button>
    );
  const values = { name: dataset.name, rows: formatCount(dataset.row_count), columns: formatCount(used > 0 ? used : dataset.column_count) };
  const summary = targets === "" ? t("shell.dataset_summary", values) : t("shell.dataset_summary_target", { ...values, target: targets });
  return (
    <button
      type="button"
      className="chip"
      aria-label={t("shell.data_chip", { summary })}
      title={summary}
      onClick={() => showScreen("data")}
    >
      <span className="dot" />
      <span className="clip">{summary}</span>
    </button>
  );
}
