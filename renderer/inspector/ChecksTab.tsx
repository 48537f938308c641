/** All problems of the design: what is wrong in words, a click shows the layer, a button mends it. */
import { fixesOf, type Problem } from "../../core/graph/problem.ts";
import { FixButtons } from "../canvas/FixButtons.tsx";
import { revealProblem } from "../canvas/reveal.ts";
import { useDocument } from "../state/document.ts";
import { errorText } from "../ui/error-text.ts";
import { Icon } from "../ui/Icon.tsx";
import { Empty } from "../ui/States.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { nameOfPlace } from "./problem-place.ts";

export function ChecksTab() {
  const t = useText();
  const problems = useDocument((state) => state.problems);
  const hasData = useDocument((state) => state.datasetId !== null);
  if (problems.length === 0)
    return (
      <Empty icon="check" title={t("checks.none_title")}>
        {hasData ? t("checks.none_text") : t("checks.none_no_data")}
      </Empty>
    );
  return (
    <ul className="problem-list checks" aria-label={t("inspector.checks")}>
      {problems.map((problem) => (
        <ProblemItem key={problemKey(problem)} problem={problem} withPlace />
      ))}
    </ul>
  );
}

/** Two problems are never alike in error and place. */
export function problemKey(problem: Problem): string {
  return `${problem.edgeId ?? ""} ${JSON.stringify(problem.error)}`;
}

/** One problem; with its place where the list is of the whole design. */
export function ProblemItem({ problem, withPlace = false }: { problem: Problem; withPlace?: boolean }) {
  const t = useText();
  const language = useLanguage();
  const fixes = fixesOf(problem);
  const name = useDocument((state) => nameOfPlace(state.design?.graph, problem));
  const show = (): void => revealProblem(problem);
  return (
    <li className={`problem ${problem.severity}`}>
      <div className="problem-head">
        <Icon name={problem.severity === "error" ? "error" : "warning"} size={14} />
        <span className="problem-kind">{t(problem.severity === "error" ? "checks.error" : "checks.warning")}</span>
        {withPlace &&
          (name === undefined ? (
            <span className="faint">{t("checks.whole_design")}</span>
          ) : (
            <button type="button" className="link clip" aria-label={t("checks.show", { name })} onClick={show}>
              {name}
            </button>
          ))}
      </div>
      <p>{errorText(problem.error, language)}</p>
      {fixes.length > 0 && (
        <div className="problem-acts">
          <FixButtons fixes={fixes} />
        </div>
      )}
    </li>
  );
}
