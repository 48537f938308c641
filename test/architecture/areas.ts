/**
 * Who may import whom: the table of the architecture as data. Every source file lies in exactly one area (the first that
 * matches); what an area may import is listed, everything else is refused. import-rules.ts holds the tree to it.
 */
export interface Area {
  readonly name: string;
  readonly files: RegExp;
  /** Files of the tree that it may import, besides itself; `$folder` stands for the file's own folder. */
  readonly may: readonly RegExp[];
  /** Files of which it may import types only. */
  readonly mayTypes?: readonly RegExp[];
  /** Which other files of the area it may import: all, none, or those with this many leading folders in common. */
  readonly itself: "all" | "none" | 2 | 3;
  /** Packages it may import; `node:` for Node's own modules. */
  readonly packages: readonly string[];
}

const SCHEMA = /^core\/(schema\/|(errors|version)\.ts$)/;
const TEXTS = /^resources\/translations\//;
/** The contract, and what layers of a family share: every file beside the folders but the registry. */
const LAYER_CONTRACT = /^core\/layers\/(?!registry\.ts$)[^/]+\.ts$/;
/** What the help card shows. */
const LAYER_PAGES = /^core\/layers\/[^/]+\/doc\.md$/;
const LAYERS = /^core\/layers\/[^/]+\.ts$/;
const GRAPH = /^core\/graph\//;
const BLOCKS = /^core\/blocks\//;
const PROPOSALS = /^core\/proposals\//;
/** Where layers are drawn, by a library: sizes and edges in, places out. */
const LAYOUT = /^core\/layout\//;
const SPEC = /^core\/spec\/(?!build)/;
/** Turns a spec into a program: the one part of core/spec that knows implementations, so the renderer may not import it. */
const SPEC_BUILD = /^core\/spec\/build/;
const EXPORT = /^core\/export\//;
const IR = /^core\/ir\//;
const IR_BUILDER = /^core\/ir\/(builder|tensor)\.ts$/;
/** Shapes and their arithmetic. */
const SHAPES = /^core\/ir\/tensor\.ts$/;
const CHECKS = /^core\/checks\//;
/** What may be set for a training, and the defaults: checks read them as a design keeps them. */
const TRAINING_OPTIONS = /^core\/spec\/training\.ts$/;
/** Plans of run groups, what follows from how their members did, and the statistics of it. */
const SWEEPS = /^core\/sweeps\//;
/** Draws numbers from a seed; it knows nothing else. */
const RANDOM = /^core\/data\/random\.ts$/;
/** What signals are and how they are judged: plain figures, for the engine to make and the canvas to draw. */
const INSIGHT = /^core\/insight\//;
/** What the figures of a run say, and what may be done to its design. */
const VERDICTS = /^core\/insight\/verdicts\//;
const EVALUATION = /^core\/train\/evaluation\.ts$/;
/** What an ensemble is, for the contract and the window. */
const ENSEMBLE = /^core\/ensembles\/ensemble\.ts$/;
const DATA = /^core\/data\//;
const PROTOCOL = /^core\/protocol\//;
/** One layer run on a made-up sample, for the drawing of its help card; loaded when a card is opened. */
const FIGURES = /^core\/figures\//;
const LAYER_FIGURES = /^core\/layers\/[^/]+\/figure\.ts$/;
const KINDS = "activations|losses|optimizers|schedules|initializers|metrics|baselines|steps";
/** The part of an activation, loss, step … that everyone may know: schema, texts, registry of definitions, contract. */
const DEFINITIONS = new RegExp(`^core/(${KINDS})/(?!(.*/)?implementations?\\.ts$)`);
const IMPLEMENTATIONS = new RegExp(`^core/(${KINDS})/(.*/)?implementations?\\.ts$`);
const ALL_CORE = /^core\/(?!index\.ts$)/;
const HOST_SIDE = /^main\/(host|engine|store)\//;

/** The two packages that most of core stands on: validation of files and messages, and SHA-256. */
const CORE_PACKAGES = ["zod", "@noble/hashes"];
const HOST_PACKAGES = [
  "node:",
  "better-sqlite3",
  "@duckdb/node-api",
  "sharp",
  "yauzl",
  "read-excel-file",
  "umap-js",
  "ws",
  ...CORE_PACKAGES,
];
const RENDERER_PACKAGES = ["react", "react-dom", "@xyflow/react", "radix-ui", "recharts", "katex", "zustand", "zod"];

export const TESTS = "tests and configuration";

export const areas: readonly Area[] = [
  {
    name: TESTS,
    files: /^test\/|\.(test|spec)\.tsx?$|^[^/]+\.(ts|mjs|js|cjs)$/,
    may: [/.*/],
    itself: "all",
    packages: ["*"],
  },
  // The library's front door, and the only barrel: nothing of the tree but tests may go through it.
  { name: "core/index", files: /^core\/index\.ts$/, may: [ALL_CORE], itself: "none", packages: [] },
  { name: "core/schema", files: /^core\/(schema\/|(errors|version|env\.d)\.ts$)/, may: [], itself: "all", packages: CORE_PACKAGES },
  {
    name: "core/layers/registry",
    files: /^core\/layers\/registry\.ts$/,
    may: [SCHEMA, LAYER_CONTRACT, /^core\/layers\/[^/]+\/index\.ts$/],
    itself: "none",
    packages: [],
  },
  {
    name: "core/layers contract",
    files: LAYER_CONTRACT,
    may: [SCHEMA, IR_BUILDER, DEFINITIONS, TEXTS],
    itself: "all",
    packages: [],
  },
  {
    name: "core/layers/<type>",
    files: /^core\/layers\/[^/]+\//,
    may: [SCHEMA, LAYER_CONTRACT, IR_BUILDER, DEFINITIONS, TEXTS],
    itself: 3,
    packages: CORE_PACKAGES,
  },
  {
    name: "implementations",
    files: IMPLEMENTATIONS,
    may: [SCHEMA, IR, DATA, DEFINITIONS, TEXTS],
    itself: 2,
    packages: CORE_PACKAGES,
  },
  // A block draws ordinary layers; the command that inserts it is the clipboard's.
  { name: "core/blocks", files: BLOCKS, may: [SCHEMA, LAYER_CONTRACT, GRAPH, TEXTS], itself: "all", packages: [] },
  // Networks for a data set: drawn of ordinary layers, as blocks and templates are.
  { name: "core/proposals", files: PROPOSALS, may: [SCHEMA, DEFINITIONS, GRAPH, TRAINING_OPTIONS], itself: "all", packages: [] },
  // What a sweep offers is what the checks and the preparation take.
  {
    name: "core/sweeps/fitting",
    files: /^core\/sweeps\/fitting\//,
    may: [SCHEMA, LAYERS, DEFINITIONS, GRAPH, CHECKS, SHAPES, SWEEPS, /^core\/data\/encoding-fits\.ts$/],
    itself: "all",
    packages: [],
  },
  {
    name: "core/sweeps",
    files: SWEEPS,
    may: [SCHEMA, LAYERS, DEFINITIONS, GRAPH, TRAINING_OPTIONS, RANDOM],
    itself: "all",
    packages: CORE_PACKAGES,
  },
  {
    name: "core/insight/verdicts",
    files: VERDICTS,
    may: [TRAINING_OPTIONS, SCHEMA, LAYERS, DEFINITIONS, GRAPH],
    mayTypes: [EVALUATION],
    itself: "all",
    packages: [],
  },
  {
    name: "core/insight/slices, statistics",
    files: /^core\/insight\/(slices|statistics)\//,
    may: [SCHEMA, /^core\/sweeps\/(statistics|student-t)\.ts$/],
    itself: "all",
    packages: [],
  },
  { name: "core/insight/importance", files: /^core\/insight\/importance\//, may: [SCHEMA, RANDOM], itself: "all", packages: [] },
  // A view asks what a layer is by its traits, and lays vectors out in a plane as a step of preparation does.
  {
    name: "core/insight/inside",
    files: /^core\/insight\/inside\//,
    may: [SCHEMA, LAYER_CONTRACT, /^core\/steps\/principal_components\/implementation\.ts$/],
    itself: "all",
    packages: [],
  },
  { name: "core/insight", files: INSIGHT, may: [SCHEMA], itself: "all", packages: [] },
  // A check looks at a design and what is known of its layers, so it may know more than the other things that have definitions.
  {
    name: "core/checks",
    files: CHECKS,
    may: [TRAINING_OPTIONS, SCHEMA, LAYERS, DEFINITIONS, GRAPH, SHAPES, TEXTS],
    itself: "all",
    packages: CORE_PACKAGES,
  },
  { name: "definitions", files: DEFINITIONS, may: [SCHEMA, TEXTS], mayTypes: [IR, DATA], itself: 2, packages: CORE_PACKAGES },
  // The builder and the ops because a node's multiply-adds are counted on what its layer emits.
  { name: "core/graph", files: GRAPH, may: [SCHEMA, LAYERS, DEFINITIONS, IR, TEXTS], itself: "all", packages: CORE_PACKAGES },
  {
    name: "core/spec/build",
    files: SPEC_BUILD,
    may: [SCHEMA, LAYERS, DEFINITIONS, IMPLEMENTATIONS, GRAPH, SPEC, IR, TEXTS],
    mayTypes: [DATA],
    itself: "all",
    packages: CORE_PACKAGES,
  },
  {
    name: "core/spec",
    files: SPEC,
    may: [SCHEMA, LAYERS, DEFINITIONS, GRAPH, IR, TEXTS],
    mayTypes: [DATA],
    itself: "all",
    packages: CORE_PACKAGES,
  },
  {
    name: "core/export",
    files: EXPORT,
    may: [SCHEMA, LAYERS, DEFINITIONS, GRAPH, SPEC, SHAPES, TEXTS],
    mayTypes: [DATA, IR],
    itself: "all",
    packages: CORE_PACKAGES,
  },
  // Models of other tools as designs: it knows what a spec is, to put weights in their places.
  {
    name: "core/import",
    files: /^core\/import\//,
    may: [SCHEMA, LAYERS, DEFINITIONS, GRAPH, LAYOUT, SPEC, SHAPES, TEXTS],
    itself: "all",
    packages: CORE_PACKAGES,
  },
  { name: "core/layout", files: LAYOUT, may: [], itself: "all", packages: ["@dagrejs/dagre"] },
  { name: "core/ir", files: IR, may: [SCHEMA, DEFINITIONS, IMPLEMENTATIONS], itself: "all", packages: CORE_PACKAGES },
  {
    name: "core/kernels",
    files: /^core\/kernels\//,
    may: [SCHEMA, IR, DEFINITIONS, IMPLEMENTATIONS],
    itself: "all",
    packages: CORE_PACKAGES,
  },
  {
    name: "core/figures",
    files: FIGURES,
    may: [SCHEMA, LAYERS, DEFINITIONS, IMPLEMENTATIONS, IR, /^core\/kernels\/reference\//],
    itself: "all",
    packages: [],
  },
  {
    name: "core/data",
    files: DATA,
    may: [SCHEMA, IR, DEFINITIONS, IMPLEMENTATIONS, TEXTS],
    mayTypes: [GRAPH],
    itself: "all",
    packages: CORE_PACKAGES,
  },
  {
    name: "core/train",
    files: /^core\/train\//,
    // A trained network is written as a model file and read back from one.
    may: [
      SCHEMA,
      LAYERS,
      GRAPH,
      SPEC,
      SPEC_BUILD,
      IR,
      INSIGHT,
      /^core\/kernels\//,
      /^core\/export\//,
      DATA,
      DEFINITIONS,
      IMPLEMENTATIONS,
      TEXTS,
    ],
    itself: "all",
    packages: CORE_PACKAGES,
  },
  // A page for people from what is kept of runs.
  {
    name: "core/report",
    files: /^core\/report\//,
    may: [SCHEMA, LAYERS, DEFINITIONS, GRAPH, SWEEPS, /^resources\/translations\//, /^resources\/mark-shapes\.ts$/],
    mayTypes: [PROTOCOL],
    itself: "all",
    packages: [],
  },
  // Arithmetic over what several runs say of the same rows; the network itself is not needed.
  {
    name: "core/ensembles",
    files: /^core\/ensembles\//,
    may: [SCHEMA, INSIGHT, SWEEPS, DEFINITIONS, IMPLEMENTATIONS, /^core\/train\/predicted-rows\.ts$/],
    itself: "all",
    packages: CORE_PACKAGES,
  },
  {
    name: "core/protocol",
    files: PROTOCOL,
    may: [SCHEMA, GRAPH, SWEEPS, INSIGHT, ENSEMBLE, TEXTS],
    mayTypes: [SPEC, DATA],
    itself: "all",
    packages: CORE_PACKAGES,
  },
  {
    name: "renderer",
    files: /^renderer\//,
    may: [
      SCHEMA,
      LAYERS,
      LAYER_PAGES,
      LAYER_FIGURES,
      FIGURES,
      BLOCKS,
      PROPOSALS,
      GRAPH,
      LAYOUT,
      SPEC,
      EXPORT,
      PROTOCOL,
      DEFINITIONS,
      CHECKS,
      SHAPES,
      SWEEPS,
      INSIGHT,
      ENSEMBLE,
      /^resources\//,
    ],
    mayTypes: [IR_BUILDER, DATA],
    itself: "all",
    packages: RENDERER_PACKAGES,
  },
  { name: "main/host, engine, store", files: HOST_SIDE, may: [ALL_CORE, /^resources\//], itself: "all", packages: HOST_PACKAGES },
  {
    name: "main/electron",
    files: /^main\/electron\//,
    may: [ALL_CORE, HOST_SIDE, /^resources\//],
    itself: "all",
    packages: ["electron", "node:", ...CORE_PACKAGES],
  },
  { name: "preload", files: /^preload\//, may: [PROTOCOL, SCHEMA], itself: "all", packages: ["electron"] },
  {
    name: "main/loopback",
    files: /^main\/loopback\//,
    may: [ALL_CORE, HOST_SIDE, /^resources\//],
    itself: "all",
    packages: HOST_PACKAGES,
  },
  {
    name: "main/cli",
    files: /^main\/cli\//,
    may: [ALL_CORE, HOST_SIDE, /^main\/[^/]+\.mjs$/, /^main\/out-freshness\.ts$/, /^resources\//],
    itself: "all",
    packages: HOST_PACKAGES,
  },
  {
    name: "main launchers",
    files: /^main\/[^/]+\.(ts|mjs)$/,
    may: [/^core\/errors\.ts$/, /^main\//, TEXTS],
    itself: "all",
    packages: ["node:"],
  },
  { name: "resources", files: /^resources\//, may: [], itself: "all", packages: [] },
];
