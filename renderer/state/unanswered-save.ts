/**
 * Sends saves. Where the answer to one was lost with the connection, the host may have written it or not: it is asked before the next
 * one, so that what this very window saved is not taken for another window's.
 */
import { errorData } from "../../core/errors.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import type { MethodInput, Project } from "../../core/protocol/methods.ts";
import { canonicalJson } from "../../core/spec/hash.ts";
import { host } from "./host.ts";

type Save = MethodInput<"projects.save">;

let unanswered: Save | null = null;

/** @throws AppError of projects.save */
export async function sendSave(asked: Save): Promise<Project> {
  const save = { ...asked, revision: await revisionNow(asked) };
  unanswered = save;
  try {
    return (await host().call("projects.save", save)).project;
  } catch (thrown) {
    if (errorData(thrown).code === "protocol.host_gone") throw thrown;
    unanswered = null;
    throw thrown;
  }
}

/** The revision that the project is at, as far as this window brought it there. */
async function revisionNow({ id, revision }: Save): Promise<number> {
  const before = unanswered;
  if (before === null || before.id !== id || before.revision !== revision) return revision;
  const { project, design } = await host().call("projects.open", { id });
  const isMine =
    project.revision === revision + 1 && project.dataset_id === before.dataset_id && content(design) === content(before.design);
  return isMine ? project.revision : revision;
}

/** Without the name, which the start screen of another window may have changed; that is no save. */
function content(design: DesignDocument): string {
  return canonicalJson({ ...design, name: "" });
}
