/**
 * Below a node, or above it where there is no room below: what is wrong in whole sentences, and the button that mends it. Shown where the fix changes options or
 * adds a layer; what only wants a connection is said on the node and in the inspector, so that a layer just dropped is
 * not nagged and nothing lies over its neighbours. It can be put away until something else is wrong.
 */
import { useStore } from "@xyflow/react";
import { useLayoutEffect, useRef, useState } from "react";
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
  nodeId: string;
  problem: Problem;
  /** How many more there are on this node. */
  others: number;
  onHide: () => void;
}

export function ProblemBubble({ nodeId, problem, others, onHide }: ProblemBubbleProps) {
  const t = useText();
  const language = useLanguage();
  const { ref, above } = useSide(nodeId);
  return (
    <div ref={ref} className={`problem-bubble nodrag nopan ${problem.severity}${above ? " above" : ""}`} role="note">
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

/** Pixels of the window that the buttons of the canvas take at its lower edge. */
const BUTTONS = 48;
/** Of the canvas, between node and bubble. */
const GAP = 18;

/** Where there is room in what is seen of the canvas; below where there is none either way. */
function useSide(nodeId: string) {
  const ref = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(0);
  // Its words decide how high it is, and they may change with every render.
  useLayoutEffect(() => setHeight(ref.current?.offsetHeight ?? 0));
  const above = useStore((state) => {
    const node = state.nodeLookup.get(nodeId);
    if (node === undefined) return false;
    const [, shift, zoom] = state.transform;
    const needed = (height + GAP) * zoom;
    const top = node.internals.positionAbsolute.y * zoom + shift;
    const bottom = top + (node.measured.height ?? 0) * zoom;
    return bottom + needed > state.height - BUTTONS && bottom < state.height && top >= needed;
  });
  return { ref, above };
}
