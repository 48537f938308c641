/** What "New from my data" is at. Each act ends the one before it: an answer that comes after that, or after Cancel, is not shown. */
import type { DatasetProfile } from "../../core/protocol/methods.ts";
import { host } from "../state/host.ts";
import { likelyTarget, type Proposed, proposeFor, readFile } from "./proposals.ts";

export type ProposalStep =
  | { readonly state: "choose" }
  | { readonly state: "reading"; readonly name: string; readonly share: number }
  | { readonly state: "looking"; readonly name: string }
  | { readonly state: "proposed"; readonly proposed: Proposed }
  /** The data are there, and another column may be the one to predict. */
  | {
      readonly state: "unfit";
      readonly profile: DatasetProfile;
      readonly target: string;
      readonly error: unknown;
      readonly again: () => void;
    }
  | { readonly state: "failed"; readonly error: unknown; readonly again: () => void };

interface Act<T> {
  readonly during: ProposalStep;
  readonly run: (signal: AbortSignal) => Promise<T>;
  readonly came: (value: T) => void;
  readonly failed: (error: unknown) => ProposalStep;
}

export class ProposalSteps {
  private readonly show: (step: ProposalStep) => void;
  private acting = new AbortController();

  constructor(show: (step: ProposalStep) => void) {
    this.show = show;
  }

  read(file: File): void {
    const { name } = file;
    this.act({
      during: { state: "reading", name, share: 0 },
      run: (signal) => {
        const onProgress = (share: number): void => {
          if (!signal.aborted) this.show({ state: "reading", name, share });
        };
        return readFile(file, { onProgress, signal });
      },
      came: (profile) => this.begin(profile),
      failed: (error) => ({ state: "failed", error, again: () => this.cancel() }),
    });
  }

  /** Data that are in the library. */
  takeKnown(id: string, name: string): void {
    this.act({
      during: { state: "looking", name },
      run: () => host().call("datasets.profile", { id }),
      came: (profile) => this.begin(profile),
      failed: (error) => ({ state: "failed", error, again: () => this.takeKnown(id, name) }),
    });
  }

  look(profile: DatasetProfile, target: string, ignored: readonly string[] = []): void {
    this.act({
      during: { state: "looking", name: profile.dataset.name },
      run: (signal) => proposeFor(profile, target, ignored, signal),
      came: (proposed) => this.show({ state: "proposed", proposed }),
      failed: (error) => ({ state: "unfit", profile, target, error, again: () => this.look(profile, target, ignored) }),
    });
  }

  cancel(): void {
    this.end();
    this.show({ state: "choose" });
  }

  end(): void {
    this.acting.abort();
  }

  private begin(profile: DatasetProfile): void {
    this.act({
      during: { state: "looking", name: profile.dataset.name },
      run: () => likelyTarget(profile),
      came: (target) => this.look(profile, target),
      failed: (error) => ({ state: "failed", error, again: () => this.begin(profile) }),
    });
  }

  private act<T>({ during, run, came, failed }: Act<T>): void {
    this.end();
    this.acting = new AbortController();
    const { signal } = this.acting;
    this.show(during);
    run(signal).then(
      (value) => !signal.aborted && came(value),
      (error: unknown) => !signal.aborted && this.show(failed(error)),
    );
  }
}
