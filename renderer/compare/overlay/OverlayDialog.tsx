/** The overlay in a dialog as large as the window: which two designs, to be chosen among the open one, its versions, and the runs of its project. */
import { useState } from "react";
import { errorData } from "../../../core/errors.ts";
import type { DesignDocument } from "../../../core/graph/document.ts";
import { useDocument } from "../../state/document.ts";
import { useRuns } from "../../state/runs.ts";
import { closeDialog, type DialogRequest, type OverlaySide, useView } from "../../state/view.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { errorText } from "../../ui/error-text.ts";
import { Select } from "../../ui/Field.tsx";
import { formatMoment } from "../../ui/format.ts";
import { LongState } from "../../ui/LongState.tsx";
import { Modal } from "../../ui/Modal.tsx";
import { useLanguage, useText } from "../../ui/texts.ts";
import { useVersionDesigns } from "../../versions/use-version-designs.ts";
import { useVersions, type VersionList } from "../../versions/use-versions.ts";
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
  const language = useLanguage();
  const [[left, right], setSides] = useState<readonly [OverlaySide, OverlaySide]>([request.left, request.right]);
  const { choices, listing } = useChoices([request.left, request.right]);
  const ids = [left, right].flatMap((side) => (side.kind === "run" ? [side.id] : []));
  const { details, answer: reading } = useRunDetails(ids);
  const versions = useVersionDesigns([left, right].flatMap((side) => (side.kind === "version" ? [side.id] : [])));
  const open = useDocument((state) => state.design);
  const found = (side: OverlaySide): NamedDesign | null => {
    if (side.kind === "open") return open === null ? null : { name: t("overlay.open_design"), design: open };
    if (side.kind === "version") {
      const design = versions.value?.get(side.id);
      return design === undefined ? null : { name: t("overlay.version", { name: side.name }), design };
    }
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
        {listing.error !== null && (
          <p className="overlay-unlisted" role="alert">
            {t("overlay.versions_failed", { why: errorText(errorData(listing.error), language) })}
            <Button small onClick={listing.restart}>
              {t("common.retry")}
            </Button>
          </p>
        )}
        {sides.left === null || sides.right === null ? (
          <LongState answer={reading.value === null ? reading : versions} what={t("common.loading")} />
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
  return side.kind === "open" ? "open" : `${side.kind} ${side.id}`;
}

interface Choice {
  readonly side: OverlaySide;
  readonly name: string;
}

/** The open design, the sides asked for, the runs that are compared, the newest of the project, and its newest versions. */
function useChoices(asked: readonly OverlaySide[]): { readonly choices: readonly Choice[]; readonly listing: VersionList["answer"] } {
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
  const language = useLanguage();
  const { versions, answer: listing } = useVersions();
  const listed = versions.map(
    ({ id, name, created_at }) => ({ kind: "version", id, name: name ?? formatMoment(created_at, language) }) as const,
  );
  // One that was asked for may be older than those that are listed.
  const past = new Map([...listed, ...asked.filter((side) => side.kind === "version")].map((side) => [side.id, side]));
  const choices = [
    ...(isOpen ? [{ side: { kind: "open" } as const, name: t("overlay.open_design") }] : []),
    ...[...wanted].map((id) => ({ side: { kind: "run", id } as const, name: names.get(id) ?? id })),
    ...[...past.values()].map((side, place, all) => {
      // Several may be of one minute.
      const alike = all.slice(0, place).filter(({ name }) => name === side.name).length;
      return { side, name: t("overlay.version", { name: alike === 0 ? side.name : `${side.name} (${alike + 1})` }) };
    }),
  ];
  return { choices, listing };
}
