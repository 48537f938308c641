/** The versions of the open project as the host lists them, page by page, and the acts on them. */
import { useState } from "react";
import type { ActLabel } from "../../core/graph/act-label.ts";
import { type ChangeSummary, summariseChange } from "../../core/graph/change-summary.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import type { MethodOutput, Version } from "../../core/protocol/methods.ts";
import { dispatch, endMerge, flushSave, useDocument } from "../state/document.ts";
import { host } from "../state/host.ts";
import { type Asked, useAsked } from "../state/use-asked.ts";

const PAGE = 30;

interface Pages {
  readonly versions: readonly Version[];
  readonly total: number;
}

export interface VersionList {
  /** Restarted it reads what changed; what is listed stays meanwhile. */
  readonly answer: Asked<Pages>;
  readonly versions: readonly Version[];
  readonly total: number;
  readonly more: () => void;
}

/** What is unsaved is saved first: the newest version is what is on the canvas. */
export function useVersions(): VersionList {
  const projectId = useDocument((state) => state.project?.id ?? null);
  const [pages, setPages] = useState(1);
  const key = projectId === null ? null : `${projectId} ${pages}`;
  const answer = useAsked(key, () => readPages(projectId ?? "", pages), { of: projectId ?? "" });
  const { versions = [], total = 0 } = answer.value ?? {};
  return { answer, versions, total, more: () => !answer.pending && setPages(pages + 1) };
}

async function readPages(projectId: string, pages: number): Promise<Pages> {
  await flushSave();
  const versions: Version[] = [];
  let total = 0;
  for (let page = 0; page < pages; page += 1) {
    const answer = await host().call("versions.list", { project_id: projectId, offset: page * PAGE, limit: PAGE });
    versions.push(...answer.versions);
    total = answer.total;
  }
  return { versions, total };
}

/** Names the state that is on the canvas. @returns false where it could not be saved: the host's newest is another window's */
export async function keepVersion(name: string): Promise<boolean> {
  const { project } = useDocument.getState();
  if (project === null) return false;
  await flushSave();
  if (useDocument.getState().saveState === "stale") return false;
  await host().call("versions.keep", { project_id: project.id, name });
  return true;
}

type OpenedVersion = MethodOutput<"versions.open">;

/** What restoring the version would change; its data set counts among the data. */
export function changeTo(
  { design, dataset_id }: OpenedVersion,
  now: { readonly design: DesignDocument; readonly datasetId: string | null },
): ChangeSummary {
  const change = summariseChange(now.design, design);
  return { ...change, data: change.data || now.datasetId !== dataset_id };
}

/** Takes over the design of a version with its data set, none where it had none or has it no more, as one act that undo takes back. */
export function restoreVersion({ design, dataset_id }: OpenedVersion, label: ActLabel): void {
  const { design: now } = useDocument.getState();
  endMerge();
  dispatch({ type: "replace", design: { ...design, name: now?.name ?? design.name } }, { label, datasetId: dataset_id });
  endMerge();
}
