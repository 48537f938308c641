/** Everything done since the project was opened, newest first; a click goes to the state after that act. */
import { goTo, useDocument } from "../state/document.ts";
import { openDialog } from "../state/view.ts";
import { useActText } from "../ui/act-words.ts";
import { Button } from "../ui/Button.tsx";
import { useText } from "../ui/texts.ts";

export function HistoryTab() {
  const t = useText();
  const actText = useActText();
  const acts = useDocument((state) => state.acts);
  const done = useDocument((state) => state.done);
  const entries = [{ id: 0, label: t("history.start") }, ...acts]
    .map(({ id, label }, index) => ({ id, label: actText(label), index }))
    .reverse();
  return (
    <div className="history">
      <ol aria-label={t("inspector.history")}>
        {entries.map(({ id, label, index }) => (
          <li key={id}>
            <button
              type="button"
              className={index > done ? "undone" : ""}
              aria-label={t("history.go", { what: label })}
              {...(index === done ? { "aria-current": "step" as const } : {})}
              onClick={() => goTo(index)}
            >
              <span className="clip">{label}</span>
              {index === done && <span className="count">{t("history.now")}</span>}
            </button>
          </li>
        ))}
      </ol>
      <p className="field-help">{t("history.help")}</p>
      <Button small act="versions" onClick={() => openDialog({ name: "versions" })}>
        {t("versions.menu")}
      </Button>
    </div>
  );
}
