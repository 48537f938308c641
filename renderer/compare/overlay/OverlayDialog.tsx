/** The overlay in a dialog as large as the window: which two designs, to be chosen among the open one and the runs of its project. */
import { useState } from "react";
import type { DesignDocument } from "../../../core/graph/document.ts";
import { useDocument } from "../../state/document.ts";
import { useRuns } from "../../state/runs.ts";
import { closeDialog, type DialogRequest, type OverlaySide, useView } from "../../state/view.ts";
import { IconButton } from "../../ui/Button.tsx";
import { Select } from "../../ui/Field.tsx";
import { Modal } from "../../ui/Modal.tsx";
import { Busy, Failure } from "../../ui/States.tsx";
import { useText } from "../../ui/texts.ts";
import { hasDesign } from "../compare-runs.ts";
import { useRunDetails } from "../run-details.ts";
import { DesignOverlay } from "./DesignOverlay.tsx";

/** Besides those that were asked for and those compared. */
const MOST_RUNS = 50;

interface NamedDesign {
  readonly name: string;
  readonly design: DesignDocument;
}

export function OverlayDialog({ request }: { request: Extract<DialogRequest, { name: "overlay" }> }) {
  const t = useText();
  const [[left, right], setSides] = useState<readonly [OverlaySide, OverlaySide]>([request.left, request.right]);
  const choices = useChoices([request.left, request.right]);
  const ids = [left, right].flatMap((side) => (side.kind === "run" ? [side.id] : []));
  const { details, error } = useRunDetails(ids);
  const open = useDocument((state) => state.design);
  const found = (side: OverlaySide): NamedDesign | null => {
    if (side.kind === "design") return side;
    if (side.kind === "open") return open === null ? null : { name: t("overlay.open_design"), design: open };
    const known = details.find(({ run }) => run.id === side.id);
    return known === undefined ? null : { name: known.run.name, design: known.design };
  };
  const sides = { left: found(left), right: found(right) };
  const pick = (label: string, side: OverlaySide, put: (chosen: OverlaySide) => void) => (
    <>
      <span className="muted" aria-hidden="true">
        {label}
      </span>
      <Select
        aria-label={label}
        value={keyOf(side)}
        options={choices.map((choice) => ({ value: keyOf(choice.side), label: choice.name }))}
        onChange={(key) => {
          const choice = choices.find((candidate) => keyOf(candidate.side) === key);
          if (choice !== undefined) put(choice.side);
        }}
      />
    </>
  );
  return (
    <Modal title={t("overlay.title")} onClose={closeDialog} wide>
      <div className="overlay-dialog">
        <div className="overlay-sides">
          {pick(t("overlay.left"), left, (chosen) => setSides([chosen, right]))}
          <IconButton icon="swap" small label={t("overlay.swap")} onClick={() => setSides([right, left])} />
          {pick(t("overlay.right"), right, (chosen) => setSides([left, chosen]))}
        </div>
        {error !== null ? (
          <Failure error={error} />
        ) : sides.left === null || sides.right === null ? (
          <Busy what={t("common.loading")} onCancel={closeDialog} />
        ) : (
          <DesignOverlay
            // Another pair is looked at from its beginning.
            key={`${keyOf(left)} ${keyOf(right)}`}
            left={sides.left.design}
            right={sides.right.design}
            leftName={sides.left.name}
            rightName={sides.right.name}
          />
        )}
      </div>
    </Modal>
  );
}

function keyOf(side: OverlaySide): string {
  return side.kind === "run" ? `run ${side.id}` : side.kind === "open" ? "open" : `design ${side.name}`;
}

interface Choice {
  readonly side: OverlaySide;
  readonly name: string;
}

/** The open design, the sides asked for, the runs that are compared, and the newest of the project. */
function useChoices(asked: readonly OverlaySide[]): readonly Choice[] {
  const t = useText();
  const runs = useRuns((state) => state.runs);
  const compared = useView((state) => state.comparedRuns);
  const isOpen = useDocument((state) => state.design !== null);
  const ids = [...new Set([...asked.flatMap((side) => (side.kind === "run" ? [side.id] : [])), ...compared])];
  const { details } = useRunDetails(ids);
  const known = [...details.map(({ run }) => run), ...runs];
  const without = new Set(known.filter((run) => !hasDesign(run)).map(({ id }) => id));
  const wanted = new Set([...ids, ...runs.slice(0, MOST_RUNS).map(({ id }) => id)].filter((id) => !without.has(id)));
  const names = new Map(known.map((run) => [run.id, run.name]));
  return [
    ...(isOpen ? [{ side: { kind: "open" } as const, name: t("overlay.open_design") }] : []),
    ...asked.flatMap((side) => (side.kind === "design" ? [{ side, name: side.name }] : [])),
    ...[...wanted].map((id) => ({ side: { kind: "run", id } as const, name: names.get(id) ?? id })),
  ];
}
