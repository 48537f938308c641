/**
 * The narrow interface of the store: what the host keeps and how it asks for it. It names no database; the one
 * implementation is sqlite/. Every method is synchronous and whole: it is done and kept when it returns, or it throws
 * an AppError (`store.*`, `project.*`, `run.*`, `dataset.*`) and nothing has changed.
 */
import type { SampledStep } from "../../core/data/learnt-samples.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import type { ListedRun } from "../../core/protocol/contract/runs.ts";
import type { Dataset, DatasetProfile, Evaluation, Project, Run, RunGroup } from "../../core/protocol/methods.ts";
import type { GroupPlan, MemberOptions } from "../../core/sweeps/plan.ts";
import type { CurveStore } from "./curve-store.ts";
import type { SpaceStore } from "./library-space.ts";

/** Where time and new names come from; passed in so that tests and replays are exact. */
export interface StoreSources {
  /** Whole milliseconds since 1970. */
  readonly now: () => number;
  /** A name never given before, 1 to 64 characters. */
  readonly newId: () => string;
}

/** The process that trains a run. Process numbers are used again by the system, so the start token tells two apart. */
export interface RunOwner {
  readonly processId: number;
  readonly startToken: string;
}

export interface NewProject {
  readonly name: string;
  readonly design: DesignDocument;
  readonly datasetId: string | null;
}

/** A project's name is that of its row: `design.name` always equals `project.name`. */
export interface OpenedProject {
  readonly project: Project;
  readonly design: DesignDocument;
  /** The undo history that was saved last; `fits`: with this very design. Null when none was. */
  readonly journal: { readonly text: string; readonly fits: boolean } | null;
}

/** A state that a project was in. */
export interface ProjectVersion {
  readonly id: string;
  readonly projectId: string;
  /** Given by a person; null of those that are kept by themselves, and thinned with age. */
  readonly name: string | null;
  /** When this state was last saved. */
  readonly createdAt: number;
  /** Null also where that data set was deleted. */
  readonly datasetId: string | null;
  /** Equal for equal designs. */
  readonly designHash: string;
  /** Whether it is the state that the project is in. */
  readonly current: boolean;
}

export interface VersionStore {
  /** Newest first, `limit` of them after the first `offset`; `total`: how many there are. */
  listVersions(projectId: string, offset: number, limit: number): { readonly versions: ProjectVersion[]; readonly total: number };
  /** @throws project.version_not_found also when its project is deleted */
  getVersion(id: string): ProjectVersion;
  /** Under the name that the project has now. */
  versionDesign(id: string): DesignDocument;
  /** Runs (and groups of runs, each once by one of its members) that were started from this very design, oldest first. */
  versionRuns(id: string): { readonly id: string; readonly name: string }[];
  /** Gives the state that the project is in a name, as a version of its own where it has one already. */
  keepVersion(projectId: string, name: string): ProjectVersion;
  /** Names it anew; with null it is one of those that are thinned. */
  nameVersion(id: string, name: string | null): ProjectVersion;
}

export interface ProjectStore {
  /** Newest change first; deleted ones left out. */
  listProjects(): Project[];
  createProject(project: NewProject): Project;
  /** @throws project.not_found also when it is deleted */
  getProject(id: string): OpenedProject;
  /**
   * @param revision the one this design was made from
   * @param journal the undo history that belongs to it, a text that is handed back as it was; left out: there is none
   * @param name what the project is called from now on; left out: what it was
   * @throws project.stale when another save came in between; nothing is changed
   */
  saveDesign(id: string, revision: number, design: DesignDocument, datasetId: string | null, journal?: string, name?: string): Project;
  /** Leaves the revision as it is: renaming is not a save of the design. */
  renameProject(id: string, name: string): Project;
  /** Copies design and choice of data, not the runs. */
  duplicateProject(id: string, name: string): Project;
  /** Hides the project and its runs; restoreProject brings both back. */
  deleteProject(id: string): void;
  restoreProject(id: string): Project;
}

/** A data set as the store keeps it; `profile.dataset` is the row that the contract knows. */
export interface StoredDataset {
  readonly profile: DatasetProfile;
  /** How it was made: options of a built-in set, or of the import. JSON. */
  readonly source: unknown;
  /** Its file, relative to the home's datasets/ folder; null when it is made anew from `source`. */
  readonly fileName: string | null;
}

export interface NewDataset {
  /** An id that exists is replaced (and brought back when deleted); a new one is given when left out. */
  readonly id?: string;
  readonly name: string;
  readonly kind: Dataset["kind"];
  readonly rowCount: number;
  readonly columnCount: number;
  readonly sizeBytes: number;
  /** SHA-256 of the content, in hexadecimal. */
  readonly fingerprint: string;
  readonly source: unknown;
  readonly fileName: string | null;
  readonly columns: DatasetProfile["columns"];
  readonly warnings: DatasetProfile["warnings"];
}

export interface DatasetStore {
  upsertDataset(dataset: NewDataset): Dataset;
  /** What is told of the columns, and how it was made. Nothing where it is deleted by now. */
  updateDatasetProfile(id: string, told: Pick<NewDataset, "source" | "columns" | "warnings">): void;
  /** Newest first; deleted ones left out. */
  listDatasets(): Dataset[];
  /** Deleted ones too, as long as they are not purged: old runs still need them. @throws dataset.not_found */
  getDataset(id: string): StoredDataset;
  /** The newest data set with this content that is not deleted. */
  findDataset(fingerprint: string): Dataset | null;
  /** Hides it; row and file stay until purgeDeleted finds that no project and no run names it. */
  deleteDataset(id: string): void;
  restoreDataset(id: string): Dataset;
}

export interface NewRun {
  readonly projectId: string;
  /** The design that is trained; kept with the run whatever becomes of the project's. */
  readonly design: DesignDocument;
  /** `#<number>` when left out. */
  readonly name?: string;
  readonly notes?: string;
  readonly tags?: readonly string[];
  /** The group it is a member of, its place in it, and what it sets. A place is given once. */
  readonly group?: { readonly id: string; readonly index: number; readonly options: MemberOptions };
  /** What a run outside a group is made of, kept in `group_options` (an ensemble: core/ensembles/ensemble.ts). */
  readonly options?: Readonly<Record<string, string | readonly string[]>>;
  /** The run and its checkpoint whose weights this one starts from. */
  readonly parent?: { readonly runId: string; readonly checkpoint: CheckpointKind; readonly optimizer?: boolean };
  /** Threads asked for; null: as the settings say. */
  readonly threadsWanted?: number | null;
  readonly owner: RunOwner;
  readonly datasetId: string | null;
  readonly datasetName: string;
  readonly dataFingerprint: string;
  readonly specHash: string;
  readonly engineVersion: string;
  readonly seed: number;
  readonly epochs: number;
  readonly stepsPerEpoch?: number;
}

/** What may change in a run after it was made, under the names of the contract. */
export type RunPatch = Partial<
  Pick<
    Run,
    | "name"
    | "notes"
    | "tags"
    | "status"
    | "error"
    | "started_at"
    | "ended_at"
    | "seconds"
    | "epoch"
    | "epochs"
    | "step"
    | "steps_per_epoch"
    | "parameters"
    | "peak_bytes"
    | "memory"
    | "backend"
    | "threads"
    | "best_epoch"
    | "metrics"
    | "queue_place"
    | "parent_optimizer"
    | "parent_layers"
  >
>;

/** What a run belongs to, beside what the contract shows. */
export interface RunLineage {
  readonly parent: { readonly runId: string; readonly checkpoint: CheckpointKind; readonly optimizer: boolean } | null;
  readonly threadsWanted: number | null;
  readonly owner: RunOwner;
  readonly heartbeatAt: number;
}

export interface RunPage {
  /** The last run of the page before; null for the first page. */
  readonly after: Pick<Run, "created_at" | "number" | "id"> | null;
  readonly limit: number;
}

export interface RunDesigns {
  readonly designs: ReadonlyMap<string, DesignDocument>;
  readonly runs: readonly { readonly id: string; readonly hash: string }[];
}

export interface RunStore {
  /** Status `queued`, numbered within its project; a number is never given twice. */
  createRun(run: NewRun): Run;
  updateRun(id: string, patch: RunPatch): Run;
  /** @throws run.not_found also when it is deleted */
  getRun(id: string): Run;
  runLineage(id: string): RunLineage;
  /** Newest first; null for the runs of all projects. Deleted runs and those of deleted projects are left out. */
  listRuns(projectId: string | null): Run[];
  /** The newest `limit` of a project and all that wait or train, in the order of listRuns; `older`: how many there are besides. */
  recentRuns(projectId: string, limit: number): { readonly runs: Run[]; readonly older: number };
  /** What a list shows of runs: `limit` of those behind `after`, in the order of listRuns; `total`: how many all are. */
  listPage(projectId: string | null, page: RunPage): { readonly runs: ListedRun[]; readonly total: number };
  /** Runs whose notes hold `text`, in capitals or not. */
  runsNoted(projectId: string | null, text: string): string[];
  /** Archived runs stay in every list and are only marked. @throws run.not_found, and nothing has changed */
  archiveRuns(ids: readonly string[], archived: boolean): void;
  runDesign(id: string): DesignDocument;
  /** The designs of several runs, each design once under its hash; a run that is gone is left out. */
  runDesigns(ids: readonly string[]): RunDesigns;
  deleteRuns(ids: readonly string[]): void;
  restoreRuns(ids: readonly string[]): void;
  /** The waiting runs whose owner is dead, in the order of the queue, taken over by this one: still `queued`. */
  adoptQueued(isAlive: (owner: RunOwner) => boolean, owner: RunOwner): Run[];
  /** Gives a waiting run to another owner, or to nobody: it keeps its place. */
  handOver(id: string, owner: RunOwner): void;
  /** Says that the owner still lives. */
  heartbeat(id: string): void;
  /** Marks runs that were at work and whose owner is dead as interrupted, ended at their last heartbeat, and returns those it marked. */
  markInterrupted(isAlive: (owner: RunOwner) => boolean): Run[];
  /**
   * Takes over a run that nobody trains, to resume it: status `queued`, error and end cleared.
   * @throws run.taken when it is going: of two windows that resume the same run one wins
   */
  claimRun(id: string, owner: RunOwner): Run;
}

export interface NewRunGroup {
  readonly projectId: string;
  readonly name: string;
  readonly plan: GroupPlan;
  /** What the members are made from. */
  readonly design: DesignDocument;
  readonly datasetId: string | null;
  readonly threads: number | null;
}

export interface RunGroupStore {
  /** Status `going`. */
  createGroup(group: NewRunGroup): RunGroup;
  /** @throws run.group_not_found also when it is deleted */
  getGroup(id: string): RunGroup;
  groupDesign(id: string): DesignDocument;
  /** Threads that each member was to take; null: as the settings say. */
  groupThreads(id: string): number | null;
  /** Newest first; null for all projects. */
  listGroups(projectId: string | null): RunGroup[];
  updateGroup(id: string, patch: Partial<Pick<RunGroup, "name" | "status">>): RunGroup;
  /** Members that are not deleted, by their place. */
  groupRuns(id: string): Run[];
  /** Ensembles of the project that are not deleted, newest first. */
  projectEnsembles(projectId: string): Run[];
  /** Places that were given, those of deleted members too. */
  groupPlaces(id: string): number[];
  /** The group and its members with it; restoreGroup brings those back that were deleted with it. */
  deleteGroup(id: string): string[];
  restoreGroup(id: string): string[];
}

/** `epoch-12`: kept every so many epochs. */
export type CheckpointKind = "best" | "last" | "final" | `epoch-${number}`;

export interface CheckpointEntry {
  readonly kind: CheckpointKind;
  readonly step: number;
  readonly epoch: number;
  readonly sizeBytes: number;
}

export interface Checkpoint {
  readonly kind: CheckpointKind;
  readonly step: number;
  readonly epoch: number;
  /** Names, offsets, random streams: JSON that the trainer reads back. */
  readonly header: unknown;
  readonly bytes: Uint8Array;
}

export type SnapshotEntry = Omit<CheckpointEntry, "kind">;
/** Weights of the end of an epoch; 0: those that the run began with. */
export type Snapshot = Omit<Checkpoint, "kind">;

/**
 * Artifacts are written and read in pieces, between which others are heard: one thread answers every window. Of one library the saves go
 * one after the other, in the order in which they were asked for.
 */
export interface ArtifactStore {
  /**
   * Replaces the one of the same kind: after a crash there is the old one or the new one, whole. Bytes must not change before it resolves,
   * which is when they are kept.
   */
  saveCheckpoint(runId: string, checkpoint: Checkpoint): Promise<void>;
  /** Its bytes lie in memory that threads can share. @throws store.damaged_artifact when they are not those that were saved */
  loadCheckpoint(runId: string, kind: CheckpointKind): Promise<Checkpoint | null>;
  /** The header of a checkpoint without its bytes; null where there is none. */
  checkpointHeader(runId: string, kind: CheckpointKind): unknown;
  /** Oldest epoch first. */
  listCheckpoints(runId: string): CheckpointEntry[];
  /** It is gone at once; its room comes back in pieces. */
  deleteCheckpoint(runId: string, kind: CheckpointKind): void;
  /** Weights of an epoch to look back at; replaces those of the same epoch. */
  saveSnapshot(runId: string, snapshot: Snapshot): Promise<void>;
  /** As a checkpoint is loaded. */
  loadSnapshot(runId: string, epoch: number): Promise<Snapshot | null>;
  /** Oldest epoch first. */
  listSnapshots(runId: string): SnapshotEntry[];
  /**
   * Drops the snapshots of the oldest runs until those of all together take no more than this: they are the first thing to go when room
   * is short, since no run needs them to go on. @returns how many runs lost theirs
   */
  keepSnapshots(mostBytes: number): number;
  /** Predictions on the rows that the run did not train on: bytes of its caller; replaces earlier ones. */
  saveHeldOut(runId: string, bytes: Uint8Array): Promise<void>;
  loadHeldOut(runId: string): Promise<Uint8Array | null>;
  /** The trained model's JSON file, in UTF-8; replaces an earlier one. */
  saveModel(runId: string, file: Uint8Array, header: ModelHeader): Promise<void>;
  /** As a checkpoint is loaded. */
  loadModel(runId: string): Promise<Uint8Array | null>;
  /** Begins to remove what a killed process left half written. */
  sweepArtifacts(): void;
  /** Resolves when all that was begun (saves, removals) is done: before the library is closed. */
  settled(): Promise<void>;
}

/** What the run tells of its model without reading the file. */
export interface ModelHeader {
  readonly sampled_steps: readonly SampledStep[];
}

export type EvaluatedPart = "training" | "validation";

export interface EvaluationStore {
  /** Replaces an earlier one of the same part. */
  saveEvaluation(runId: string, part: EvaluatedPart, evaluation: Evaluation): void;
  /** Null when the run was never evaluated on this part. */
  loadEvaluation(runId: string, part: EvaluatedPart): Evaluation | null;
}

export interface SettingStore {
  getSettings(): Record<string, unknown>;
  setSetting(key: string, value: unknown): void;
}

export interface PurgeResult {
  readonly projects: number;
  readonly runs: number;
  readonly datasets: number;
  /** Files under datasets/ that no data set names any more: the caller removes them. */
  readonly fileNames: readonly string[];
}

export interface Store
  extends ProjectStore,
    VersionStore,
    DatasetStore,
    RunStore,
    RunGroupStore,
    CurveStore,
    ArtifactStore,
    EvaluationStore,
    SettingStore,
    SpaceStore {
  /** Removes for good what was deleted before this time, and gives the space back to the system. */
  purgeDeleted(olderThan: number): PurgeResult;
  /** SHA-256 of the word vectors that any design names, of projects that can be brought back too. */
  vectorsInUse(): ReadonlySet<string>;
  /** What is wrong with the file, in the database's own words; empty when it is sound. Reads all of it. */
  integrityCheck(): string[];
  close(): void;
}
