/** Which options of a sweep explain the differences between its runs, as bars with their shares. */
import type { Importance } from "../../core/sweeps/importance.ts";
import { LEAST_TRIALS } from "../../core/sweeps/importance.ts";
import { useText } from "../ui/texts.ts";

interface ImportanceBarsProps {
  readonly found: readonly Importance[];
  /** In words: what the options explain. */
  readonly figure: string;
  readonly nameOf: (key: string) => string;
}

export function ImportanceBars({ found, figure, nameOf }: ImportanceBarsProps) {
  const t = useText();
  return (
    <section className="importance" aria-label={t("groups.importance")}>
      <h2>{t("groups.importance_of", { figure })}</h2>
      {found.length === 0 ? (
        <p className="muted">{t("groups.importance_few", { count: LEAST_TRIALS })}</p>
      ) : (
        <ul>
          {found.map(({ key, share }) => (
            <li key={key}>
              <span className="importance-name">{nameOf(key)}</span>
              <meter min={0} max={1} value={share} aria-label={nameOf(key)} />
              <span className="number">{`${Math.round(100 * share)} %`}</span>
            </li>
          ))}
        </ul>
      )}
      <p className="faint">{t("groups.importance_help")}</p>
    </section>
  );
}
