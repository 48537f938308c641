/** Beside a figure: whether it differs from the one it is held against by more than chance. */
import { formatFigure } from "../ui/format.ts";
import { useText } from "../ui/texts.ts";

/** p under this is told as more than chance. */
export const SURE = 0.05;

export function Chance({ p }: { p: number | null }) {
  const t = useText();
  if (p === null) return null;
  return (
    <span className={`compared-chance ${p < SURE ? "ok" : "muted"}`} title={p < SURE ? t("groups.real") : t("groups.chance")}>
      {t("groups.p_value", { p: formatFigure(p, 2) })}
      {p < SURE && " *"}
    </span>
  );
}
