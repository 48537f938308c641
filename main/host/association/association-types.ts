/** What the systems have in common: what is asked of each, and what each is given. */
import type { MethodOutput } from "../../../core/protocol/methods.ts";
import type { Surroundings } from "../home.ts";

export type AssociationState = MethodOutput<"app.association">;

/** Runs a program of the system. @returns null when it is not there @throws Error when it fails, with what it said */
export type RunProgram = (command: string, args: readonly string[]) => Promise<string | null>;

export interface AssociationSurroundings extends Surroundings {
  /** Program and arguments that a file's path is put behind. */
  readonly launcher: readonly string[];
  readonly run: RunProgram;
}

export interface Association {
  read(): Promise<AssociationState>;
  set(on: boolean): Promise<AssociationState>;
}
