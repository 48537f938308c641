/** What the figures of a group's members say, each thing once: of how many, of which, and what may help, as acts on the open design. */
import type { MethodOutput, Run, RunGroup } from "../../core/protocol/methods.ts";
import { useRunVerdicts, VerdictLine } from "../insight/RunVerdicts.tsx";
import { useAnswer } from "../state/use-answer.ts";
import { formatCount } from "../ui/format.ts";
import { Failure } from "../ui/States.tsx";
import { useText } from "../ui/texts.ts";

type Said = MethodOutput<"groups.verdicts">["verdicts"][number];

const ENDED: ReadonlySet<Run["status"]> = new Set<Run["status"]>(["done", "stopped", "failed"]);
/** The gravest and most common come first. */
const MOST_SHOWN = 6;

export function GroupVerdicts({ group, runs, onOpen }: { group: RunGroup; runs: readonly Run[]; onOpen: (id: string) => void }) {
  const t = useText();
  const ended = runs.filter(({ status }) => ENDED.has(status)).length;
  // Asked anew with each member that ends; meanwhile what was said stays.
  const { value, error, restart } = useAnswer("groups.verdicts", ended === 0 ? null : { id: group.id }, group.id, ended);
  if (error !== null) return <Failure error={error} onRetry={restart} />;
  if (value === null || value.verdicts.length === 0) return null;
  return (
    <ul className="verdicts group-verdicts" aria-label={t("groups.verdicts")}>
      {value.verdicts.slice(0, MOST_SHOWN).map((said) => (
        <GroupVerdictItem key={said.code} said={said} ended={value.ended} runs={runs} onOpen={onOpen} />
      ))}
    </ul>
  );
}

function GroupVerdictItem({
  said,
  ended,
  runs,
  onOpen,
}: {
  said: Said;
  ended: number;
  runs: readonly Run[];
  onOpen: (id: string) => void;
}) {
  const t = useText();
  const members = said.runs.flatMap((id) => runs.find((run) => run.id === id) ?? []);
  const [first] = members;
  if (first === undefined) return null;
  const counts = { count: formatCount(members.length), all: formatCount(ended) };
  return (
    <GroupVerdict said={said} first={first}>
      <span className="verdict-members">
        {members.length === 1 ? t("groups.verdict_of", counts) : t("groups.verdict_of_several", { ...counts, name: first.name })}{" "}
        {members.map((run) => (
          <button key={run.id} type="button" className="link" onClick={() => onOpen(run.id)}>
            {run.name}
          </button>
        ))}
      </span>
    </GroupVerdict>
  );
}

/** The sentence has the numbers of the first member of which it is said; what helps it helps the design that all share. */
function GroupVerdict({ said, first, children }: { said: Said; first: Run; children: React.ReactNode }) {
  const fixes = useRunVerdicts(first).find(({ code }) => code === said.code)?.fixes ?? [];
  return (
    <VerdictLine run={first} verdict={{ ...said, fixes }}>
      {children}
    </VerdictLine>
  );
}
