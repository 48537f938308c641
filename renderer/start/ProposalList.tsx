/** The networks that are proposed for a data set, a sentence of reason each, and what is to be known of the data before one is taken. */
import { useEffect, useRef, useState } from "react";
import { examine } from "../../core/checks/examine.ts";
import type { GapFillDocument } from "../../core/graph/document.ts";
import type { Proposal } from "../../core/proposals/facts.ts";
import { GapFields } from "../data/GapFields.tsx";
import { useLeaks } from "../data/leaks.ts";
import { SeriesPlot } from "../data/SeriesPlot.tsx";
import { withGapFill } from "../data/window.ts";
import { report } from "../state/toasts.ts";
import { Button } from "../ui/Button.tsx";
import { errorText } from "../ui/error-text.ts";
import { formatCount } from "../ui/format.ts";
import { Icon } from "../ui/Icon.tsx";
import { Busy } from "../ui/States.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { type Proposed, takeProposal, withFilledGaps } from "./proposals.ts";
import { Thumbnail } from "./Thumbnail.tsx";

interface ProposalListProps {
  proposed: Proposed;
  onIgnore: (column: string) => void;
}

export function ProposalList({ proposed, onIgnore }: ProposalListProps) {
  const t = useText();
  const { profile } = proposed;
  // Undefined: as it was proposed.
  const [fill, setFill] = useState<GapFillDocument | null>();
  const proposals = fill === undefined ? proposed.proposals : withFilledGaps(proposed.proposals, fill);
  const data = proposals[0]?.design.data;
  return (
    <>
      <Leaks proposed={proposed} onIgnore={onIgnore} />
      <LeftOut proposed={proposed} />
      {data?.window !== undefined && (
        <div className="proposal-series">
          <SeriesPlot
            data={data}
            window={data.window}
            datasetId={profile.dataset.id}
            gapsElsewhere={proposed.proposals[0]?.design.data?.window?.fill !== undefined}
            gapFields={
              <GapFields
                fill={data.window.fill ?? null}
                rowCount={profile.dataset.row_count}
                onChange={(change) => setFill(change === null ? null : (withGapFill(data, change).window?.fill ?? null))}
              />
            }
          />
        </div>
      )}
      {proposals.length === 0 && <p className="muted">{t("proposal.nothing")}</p>}
      <ul className="proposal-list">
        {proposals.map((proposal, place) => (
          <ProposalCard
            key={proposal.key}
            proposal={proposal}
            first={place === 0}
            onUse={(signal) => takeProposal(proposed, proposal, signal)}
          />
        ))}
      </ul>
    </>
  );
}

/** Names, texts without an end and what is the same in every row: said, so that nobody looks for them in the network. */
function LeftOut({ proposed: { proposals } }: { proposed: Proposed }) {
  const t = useText();
  const data = proposals[0]?.design.data;
  // The columns of the split and of the order are used, though not to learn from.
  const used = [data?.split.column, data?.split.order_by, data?.window?.order_by];
  const names = (data?.columns ?? []).flatMap(({ name, role }) => (role === "ignored" && !used.includes(name) ? [name] : []));
  if (names.length === 0) return null;
  const shown = names.slice(0, MOST_NAMED).join(", ");
  const more = names.length - MOST_NAMED;
  return (
    <p className="muted">
      {more > 0 ? t("proposal.left_out_more", { names: shown, count: more }) : t("proposal.left_out", { names: shown })}
    </p>
  );
}

const MOST_NAMED = 6;

/** Columns that give the target away: said before a network is chosen that would learn nothing else. */
function Leaks({ proposed: { profile, target, proposals }, onIgnore }: { proposed: Proposed; onIgnore: (column: string) => void }) {
  const t = useText();
  const language = useLanguage();
  const columns = proposals[0]?.design.data?.columns ?? [];
  const learnt = new Set(columns.filter(({ role }) => role === "feature").map(({ name }) => name));
  const leaks = useLeaks(profile.dataset.id, [target]).filter(({ params }) => learnt.has(String(params["column"])));
  if (leaks.length === 0) return null;
  return (
    <ul className="data-notes" aria-label={t("data.dataset_notes")}>
      {leaks.map((leak) => (
        <li key={String(leak.params["column"])}>
          <Icon name="warning" size={14} className="warn" />
          <span>{errorText(leak, language)}</span>
          <Button
            small
            aria-label={t("data.ignore_named", { column: String(leak.params["column"]) })}
            onClick={() => onIgnore(String(leak.params["column"]))}
          >
            {t("data.ignore_column")}
          </Button>
        </li>
      ))}
    </ul>
  );
}

/** Counts as they are read. */
function grouped(params: Proposal["params"]): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, typeof value === "number" ? formatCount(value) : value]));
}

function ProposalCard({ proposal, first, onUse }: { proposal: Proposal; first: boolean; onUse: (signal: AbortSignal) => Promise<void> }) {
  const t = useText();
  const title = t(`proposal.${proposal.key}`);
  const { nodes } = examine(proposal.design);
  const isGraph = proposal.design.data?.graph !== undefined;
  const [taking, setTaking] = useState<AbortController | null>(null);
  const last = useRef<AbortController | null>(null);
  // A dialog that is closed wants no project.
  useEffect(() => () => last.current?.abort(), []);
  const use = (): void => {
    const controller = new AbortController();
    last.current = controller;
    setTaking(controller);
    onUse(controller.signal)
      .catch((error: unknown) => !controller.signal.aborted && report(error))
      .finally(() => setTaking((now) => (now === controller ? null : now)));
  };
  const stop = (): void => {
    taking?.abort();
    setTaking(null);
  };
  const parameters = [...nodes.values()].reduce((sum, node) => sum + node.parameters, 0);
  return (
    <li className="proposal">
      <Thumbnail graph={proposal.design.graph} />
      <div>
        <h3>
          {title}
          {first && <span className="proposal-first">{t("proposal.first")}</span>}
        </h3>
        <p className="muted">{t(`proposal.${proposal.key}.why`, grouped(proposal.params))}</p>
        {/* Of a graph they follow from its words, which are counted when it is made. */}
        {parameters > 0 && <p className="faint number">{t("proposal.parameters", { count: formatCount(parameters) })}</p>}
        {taking !== null && <Busy small what={t(isGraph ? "proposal.counting" : "proposal.making")} onCancel={stop} />}
      </div>
      <Button look={first ? "primary" : "plain"} aria-label={`${t("proposal.use")}: ${title}`} disabled={taking !== null} onClick={use}>
        {t("proposal.use")}
      </Button>
    </li>
  );
}
