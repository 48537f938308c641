/**
 * Below a node: what is wrong in whole sentences, and the button that mends it. Shown where the fix changes options or
 * adds a layer; what only wants a connection is said on the node and in the inspector, so that a layer just dropped is
 * not nagged and nothing lies over its neighbours. It can be put away until something else is wrong.
 */
import type { Command } from "../../core/graph/command.ts";
import { fixesOf, type Problem } from "../../core/graph/problem.ts";
import { showInspectorTab } from "../state/view.ts";
import { Button, IconButton } from "../ui/Button.tsx";
import { errorText } from "../ui/error-text.ts";
import { useLanguage, useText } from "../ui/texts.ts";
import { FixButtons } from "./FixButtons.tsx";

/** The problem that a bubble is due for, if there is one. */
export function bubbleProblem(problems: readonly Problem[]): Problem | undefined {
  return problems.find((problem) => problem.fix?.commands.some(changesOptions));
}

function changesOptions(command: Command): boolean {
  if (command.type === "batch") return command.commands.some(changesOptions);
  return command.type !== "remove" && command.type !== "connect";
}

interface ProblemBubbleProps {
  problem: Problem;
  /** How many more there are on this node. */
  others: number;
  onHide: () => void;
}

export function ProblemBubble({ problem, others, onHide }: ProblemBubbleProps) {
  const t = useText();
  const language = useLanguage();
  return (
    <div className={`problem-bubble nodrag nopan ${problem.severity}`} role="note">
      <IconButton small className="bubble-close" icon="close" label={t("common.close")} onClick={onHide} />
      <p>{errorText(problem.error, language)}</p>
      <div className="problem-acts">
        <FixButtons fixes={fixesOf(problem)} />
        {others > 0 && (
          <Button small onClick={() => showInspectorTab("checks")}>
            {t("canvas.more_problems", { count: others })}
          </Button>
        )}
      </div>
    </div>
  );
}
