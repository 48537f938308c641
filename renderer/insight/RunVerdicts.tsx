/** What the figures of a run that has ended say, in sentences with their numbers, and acts on the open design that may help. */
import { type ReactNode, type RefObject, useLayoutEffect, useMemo, useRef, useState } from "react";
import { isBaseline } from "../../core/baselines/backend.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import type { Fix } from "../../core/graph/problem.ts";
import { factsOf, judgedPart } from "../../core/insight/verdicts/facts.ts";
import { judgeRun } from "../../core/insight/verdicts/judge-run.ts";
import type { Tone, Verdict } from "../../core/insight/verdicts/verdict.ts";
import type { MethodOutput, Run } from "../../core/protocol/methods.ts";
import { applyFix, newId } from "../canvas/edits.ts";
import { useRunDetails } from "../compare/run-details.ts";
import { useDocument } from "../state/document.ts";
import { useAnswer } from "../state/use-answer.ts";
import { Button } from "../ui/Button.tsx";
import { errorText } from "../ui/error-text.ts";
import { Icon, type IconName } from "../ui/Icon.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import "./verdicts.css";

const ENDED: ReadonlySet<Run["status"]> = new Set(["done", "stopped", "failed"]);
const ICONS: Readonly<Record<Tone, IconName>> = { good: "check", advice: "info", problem: "warning" };

interface RunVerdictsProps {
  readonly run: Run;
  /** How many are shown until the others are asked for; the gravest come first. */
  readonly most?: number;
  /** In two lines each. */
  readonly short?: boolean;
}

export function RunVerdicts({ run, most = Number.POSITIVE_INFINITY, short = false }: RunVerdictsProps) {
  const t = useText();
  const [asked, setAsked] = useState(false);
  const verdicts = useRunVerdicts(run);
  const list = useRef<HTMLUListElement>(null);
  const isCut = useIsCut(list, short && !asked, verdicts);
  if (verdicts.length === 0) return null;
  return (
    <ul ref={list} className={short && !asked ? "verdicts is-short" : "verdicts"} aria-label={t("runs.verdicts")}>
      {verdicts.slice(0, asked ? undefined : most).map((verdict, place) => (
        <VerdictLine
          key={verdict.code}
          run={run}
          verdict={verdict}
          acts={
            place === 0 && (asked || isCut || verdicts.length > most) ? (
              <Button small aria-expanded={asked} onClick={() => setAsked(!asked)}>
                {asked
                  ? t("runs.verdicts_less")
                  : verdicts.length > most
                    ? t("runs.verdicts_more", { count: verdicts.length - most })
                    : t("runs.verdicts_whole")}
              </Button>
            ) : undefined
          }
        />
      ))}
    </ul>
  );
}

/** Whether a sentence is longer than what is shown of it. */
function useIsCut(list: RefObject<HTMLUListElement | null>, short: boolean, verdicts: readonly Verdict[]): boolean {
  const [isCut, setIsCut] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other sentences have other lengths
  useLayoutEffect(() => {
    const element = list.current;
    if (!short || element === null) return setIsCut(false);
    const look = (): void => setIsCut([...element.querySelectorAll("p")].some((line) => line.scrollHeight > line.clientHeight + 1));
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, [list, short, verdicts]);
  return isCut;
}

export function useRunVerdicts(run: Run): readonly Verdict[] {
  const ended = ENDED.has(run.status);
  const open = useDocument((state) => (state.project?.id === run.project_id ? state.design : null));
  const { details } = useRunDetails(useMemo(() => (ended ? [run.id] : []), [ended, run.id]));
  const losses = useAnswer("runs.losses", ended ? { id: run.id } : null).value;
  const evaluation = useAnswer("runs.evaluation", ended && run.has_model ? { id: run.id, part: judgedPart(run) } : null);
  const design = details[0]?.design;
  const found = evaluation.value?.evaluation.outputs;
  const beside = useBeside(run, design, found);
  // What depends on an evaluation is said only once there is one; a run without a model, or whose data are gone, has none.
  const waiting = (run.has_model && evaluation.value === null && evaluation.error === null) || beside === "awaited";
  const outputs = useMemo(
    () =>
      beside === null || beside === "awaited"
        ? found
        : found?.map((output) => ({ ...output, baselines: beside.find(({ node_id }) => node_id === output.node_id)?.baselines })),
    [found, beside],
  );
  return useMemo(
    () =>
      design === undefined || losses === null || waiting
        ? []
        : judgeRun(factsOf(run, { design, open: open ?? design }, losses.epochs, outputs ?? []), newId),
    [run, design, open, losses, outputs, waiting],
  );
}

type Outputs = MethodOutput<"runs.evaluation">["evaluation"]["outputs"];

/** Of a series: the baselines that stand beside it, where they are not kept with its evaluation yet; null where there are none, or nothing to wait for. */
function useBeside(run: Run, design: DesignDocument | undefined, outputs: Outputs | undefined) {
  const isSeries = design?.data?.window !== undefined && !isBaseline(run);
  const areWanted = isSeries && outputs?.some(({ baselines }) => baselines === undefined) === true;
  const { value, error } = useAnswer("baselines.beside", areWanted ? { id: run.id, part: judgedPart(run) } : null);
  if (!areWanted || error !== null) return null;
  return value?.outputs ?? "awaited";
}

/** What a run says that learned nothing, and the check of the design that knows the likeliest reason. */
const LEARNED_NOTHING: ReadonlySet<string> = new Set([
  "verdict.not_learning",
  "verdict.no_better_than_majority",
  "verdict.no_better_than_mean",
]);
const LIKELIEST_REASON = "design.vanishing_gradients";

/** Before another rate: gradients that vanish on their way do not come back by larger steps. */
function useFixes({ code, fixes }: Verdict): readonly Fix[] {
  const reason = useDocument((state) =>
    LEARNED_NOTHING.has(code) ? state.problems.find(({ error }) => error.code === LIKELIEST_REASON)?.fix : undefined,
  );
  return reason === undefined ? fixes : [reason, ...fixes];
}

interface VerdictLineProps {
  /** Whose numbers it has. */
  readonly run: Run;
  readonly verdict: Verdict;
  /** What else is said of it. */
  readonly children?: ReactNode;
  /** Beside the acts on the design. */
  readonly acts?: ReactNode;
}

export function VerdictLine({ run, verdict, children, acts }: VerdictLineProps) {
  const t = useText();
  const language = useLanguage();
  const isOpen = useDocument((state) => state.project?.id === run.project_id);
  const { code, params, tone } = verdict;
  const fixes = useFixes(verdict);
  return (
    <li className={`verdict is-${tone}`}>
      <Icon name={ICONS[tone]} size={14} />
      <p title={errorText({ code, params }, language)}>
        <span className="visually-hidden">{t(`verdict.tone.${tone}`)} </span>
        {errorText({ code, params }, language)} {children}
      </p>
      {isOpen && fixes.length > 0 && (
        <div className="problem-acts">
          {fixes.map((fix) => {
            const what = errorText({ code: fix.code, params: fix.params }, language);
            return (
              <Button key={fix.code} small onClick={() => applyFix(fix)}>
                {what}
              </Button>
            );
          })}
        </div>
      )}
      {acts}
    </li>
  );
}
