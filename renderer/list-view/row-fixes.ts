/** The ways to mend what is wrong with the layers of a row and with the connections that lead to them, which have no row of their own. */
import { fixesOf, type Problem } from "../../core/graph/problem.ts";
import { applyFix } from "../canvas/edits.ts";
import { nameOfPlace } from "../inspector/problem-place.ts";
import { useDocument } from "../state/document.ts";
import { useSession } from "../state/session.ts";
import { errorText } from "../ui/error-text.ts";
import type { MenuEntry } from "../ui/Menu.tsx";
import { type ListRow, membersOf, problemsByEnd } from "./list-rows.ts";

const NONE: readonly Problem[] = [];

/** As entries of its menu. */
export function fixEntries(row: ListRow): readonly MenuEntry[] {
  const { design, facts, problems } = useDocument.getState();
  if (design === null || row.kind === "note") return [];
  const byEnd = problemsByEnd(design.graph, problems);
  const { language } = useSession.getState();
  const own = membersOf(row).flatMap((id) => [...(facts.get(id)?.problems ?? NONE), ...(byEnd.get(id) ?? NONE)]);
  const entries = own.flatMap((problem) => {
    const place = problem.edgeId === undefined ? "" : `${nameOfPlace(design.graph, problem) ?? ""}: `;
    return fixesOf(problem).map((fix) => ({ label: `${place}${errorText(fix, language)}`, onSelect: () => applyFix(fix) }));
  });
  return entries.length === 0 ? [] : [...entries, "line"];
}
