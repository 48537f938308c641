/**
 * Below a node: what is wrong in whole sentences, and the button that mends it. Shown where a fix is on offer or the
 * node is selected; elsewhere the line on the node itself says it in short.
 */
import type { Problem } from "../../core/graph/problem.ts";
import { showInspectorTab } from "../state/view.ts";
import { Button } from "../ui/Button.tsx";
import { errorText } from "../ui/error-text.ts";
import { useLanguage, useText } from "../ui/texts.ts";
import { applyFix } from "./edits.ts";

export function ProblemBubble({ problems, selected }: { problems: readonly Problem[]; selected: boolean }) {
  const t = useText();
  const language = useLanguage();
  const [first] = selected ? problems : problems.filter((problem) => problem.fix !== undefined);
  if (first === undefined) return null;
  const others = problems.length - 1;
  return (
    <div className={`problem-bubble nodrag nopan ${first.severity}`} role="note">
      <p>{errorText(first.error, language)}</p>
      {(first.fix !== undefined || others > 0) && (
        <div className="problem-acts">
          {first.fix !== undefined && (
            <Button small look="primary" onClick={() => applyFix(first)}>
              {errorText({ code: first.fix.code, params: first.fix.params }, language)}
            </Button>
          )}
          {others > 0 && (
            <Button small onClick={() => showInspectorTab("checks")}>
              {t("canvas.more_problems", { count: others })}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
