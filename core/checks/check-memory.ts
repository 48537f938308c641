/**
 * What the checks found, for the next time: the checks of a layer are run again only when something that they looked at has
 * changed. What they look at is noted while they look, so that a check is written as if all of it were run every time.
 */
import type { Command } from "../graph/command.ts";
import type { DesignDocument } from "../graph/document.ts";
import { fixesOf, type Problem } from "../graph/problem.ts";
import type { NodePropagation, Propagation } from "../graph/propagation.ts";
import { type CheckedDesign, type CheckedNode, checkedDesign } from "./check.ts";
import type { DataFacts } from "./data-facts.ts";
import { checks } from "./registry.ts";

/** A problem, and the place of its check among all. */
interface Finding {
  readonly place: number;
  readonly problem: Problem;
}
/** What was looked at besides layers by their id: a part of the design, or a whole. */
type Part = keyof DesignDocument | "nodes" | "propagation" | "facts" | "lookup";

interface Look {
  readonly layers: ReadonlyMap<string, CheckedNode | undefined>;
  readonly parts: ReadonlyMap<Part, unknown>;
  readonly findings: readonly Finding[];
}
const NOTHING: readonly Finding[] = [];

export class CheckMemory {
  private context: CheckedDesign | null = null;
  private looks = new Map<string, Look>();
  /** Of the checks of the whole design, by code and place, to say the same by the same object. */
  private ofDesign = new Map<string, Finding>();
  /** What was compared already and found to say the same. */
  private readonly alike = new WeakMap<Problem, Finding>();
  private finished = new Map<
    string,
    { readonly own: NodePropagation; readonly found: readonly Finding[]; readonly node: NodePropagation }
  >();

  /** The problems of all checks, by the layer that they are said of; under null those of the design. Each list in the order of the checks. */
  run(
    design: DesignDocument,
    propagation: Propagation,
    lookup: CheckedDesign["lookup"],
    facts: DataFacts | null,
  ): ReadonlyMap<string | null, readonly Finding[]> {
    const context = checkedDesign({ design, propagation, lookup, facts }, this.context);
    const found = new Map<string | null, Finding[]>();
    const say = (finding: Finding): void => {
      const id = finding.problem.nodeId ?? null;
      const list = found.get(id);
      if (list === undefined) found.set(id, [finding]);
      else list.push(finding);
    };
    const looks = new Map<string, Look>();
    const watch = new Watch(context);
    for (const [id, checked] of context.nodes) {
      if (checked.node.bypassed) continue;
      const before = this.looks.get(id);
      const look = before !== undefined && stillHolds(before, context) ? before : withKnown(watch.look(checked), before);
      looks.set(id, look);
      for (const finding of look.findings) say(finding);
    }
    for (const finding of this.designFindings(context)) say(finding);
    for (const list of found.values()) list.sort((a, b) => a.place - b.place);
    for (const id of this.finished.keys()) if (!found.has(id)) this.finished.delete(id);
    this.looks = looks;
    this.context = context;
    return found;
  }

  /** A layer with what checks found on it; the same object as long as neither changes. */
  finish(id: string, own: NodePropagation, found: readonly Finding[], withChecks: () => NodePropagation): NodePropagation {
    const before = this.finished.get(id);
    if (before !== undefined && before.own === own && sameList(before.found, found)) return before.node;
    const node = withChecks();
    this.finished.set(id, { own, found, node });
    return node;
  }

  private designFindings(context: CheckedDesign): readonly Finding[] {
    const next = new Map<string, Finding>();
    checks.forEach((check, place) => {
      if (!("runDesign" in check)) return;
      for (const problem of check.runDesign(context)) {
        let key = `${place} ${problem.error.code} ${problem.nodeId ?? ""} ${problem.edgeId ?? ""}`;
        while (next.has(key)) key += "+";
        next.set(key, this.toldAs(this.ofDesign.get(key), { place, problem }));
      }
    });
    this.ofDesign = next;
    return [...next.values()];
  }

  /** The finding of before where it says the same. */
  private toldAs(before: Finding | undefined, now: Finding): Finding {
    if (before === undefined) return now;
    if (before.problem === now.problem || this.alike.get(now.problem) === before) return before;
    if (!sameProblem(before.problem, now.problem)) return now;
    this.alike.set(now.problem, before);
    return before;
  }
}

/** With the findings of before where they say the same. */
function withKnown(look: Look, before: Look | undefined): Look {
  const known = before?.findings ?? NOTHING;
  const findings = look.findings.map((finding, index) => {
    const other = known[index];
    return other?.place === finding.place && sameProblem(other.problem, finding.problem) ? other : finding;
  });
  return { ...look, findings };
}

function stillHolds({ layers, parts }: Look, context: CheckedDesign): boolean {
  for (const [id, checked] of layers) if (context.nodes.get(id) !== checked) return false;
  for (const [part, value] of parts) if (partOf(context, part) !== value) return false;
  return true;
}

function partOf(context: CheckedDesign, part: Part): unknown {
  return part === "nodes" || part === "propagation" || part === "facts" || part === "lookup" ? context[part] : context.design[part];
}

/** Runs the checks of one layer and notes what they look at. */
class Watch {
  private readonly context: CheckedDesign;
  private layers = new Map<string, CheckedNode | undefined>();
  private parts = new Map<Part, unknown>();
  readonly design: DesignDocument;
  readonly nodes: ReadonlyMap<string, CheckedNode>;

  constructor(context: CheckedDesign) {
    this.context = context;
    this.design = new Proxy(context.design, {
      get: (design, part) => {
        this.part(part as keyof DesignDocument);
        return design[part as keyof DesignDocument];
      },
    });
    this.nodes = new Proxy(context.nodes, {
      get: (nodes, name) => {
        if (name === "get") return (id: string) => this.layer(id);
        if (name === "has") return (id: string) => this.layer(id) !== undefined;
        this.part("nodes");
        const value: unknown = Reflect.get(nodes, name, nodes);
        return typeof value === "function" ? value.bind(nodes) : value;
      },
    });
  }

  look(checked: CheckedNode): Look {
    this.layers = new Map([[checked.node.id, checked]]);
    this.parts = new Map();
    const context = new WatchedNode(this, checked);
    const findings = checks.flatMap((check, place) =>
      "run" in check ? check.run(context).map((problem): Finding => ({ place, problem })) : NOTHING,
    );
    return { layers: this.layers, parts: this.parts, findings: findings.length === 0 ? NOTHING : findings };
  }

  part<P extends Part>(part: P): void {
    this.parts.set(part, partOf(this.context, part));
  }
  whole<P extends "propagation" | "facts" | "lookup">(part: P): CheckedDesign[P] {
    this.part(part);
    return this.context[part];
  }
  private layer(id: string): CheckedNode | undefined {
    const checked = this.context.nodes.get(id);
    this.layers.set(id, checked);
    return checked;
  }
}

/** A layer as its checks see it. */
class WatchedNode implements CheckedDesign, CheckedNode {
  private readonly watch: Watch;
  readonly node: CheckedNode["node"];
  readonly definition: CheckedNode["definition"];
  readonly config: CheckedNode["config"];
  readonly result: CheckedNode["result"];
  readonly incoming: CheckedNode["incoming"];
  readonly outgoing: CheckedNode["outgoing"];
  readonly lends: boolean;

  constructor(watch: Watch, checked: CheckedNode) {
    this.watch = watch;
    this.node = checked.node;
    this.definition = checked.definition;
    this.config = checked.config;
    this.result = checked.result;
    this.incoming = checked.incoming;
    this.outgoing = checked.outgoing;
    this.lends = checked.lends;
  }
  get design(): DesignDocument {
    return this.watch.design;
  }
  get nodes(): CheckedDesign["nodes"] {
    return this.watch.nodes;
  }
  get propagation(): CheckedDesign["propagation"] {
    return this.watch.whole("propagation");
  }
  get lookup(): CheckedDesign["lookup"] {
    return this.watch.whole("lookup");
  }
  get facts(): CheckedDesign["facts"] {
    return this.watch.whole("facts");
  }
}

const sameList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a === b || (a.length === b.length && a.every((one, index) => one === b[index]));

/** Commands are often the same objects: the fix of a long row of layers has hundreds, and so has that of the next. */
function sameProblem(a: Problem, b: Problem): boolean {
  const [ours, others] = [commandsOf(a), commandsOf(b)];
  return (
    ours.length === others.length &&
    JSON.stringify(withoutCommands(a)) === JSON.stringify(withoutCommands(b)) &&
    ours.every((command, index) => command === others[index] || JSON.stringify(command) === JSON.stringify(others[index]))
  );
}

const commandsOf = (problem: Problem): readonly Command[] => fixesOf(problem).flatMap(({ commands }) => commands);

function withoutCommands(problem: Problem): unknown {
  const { fix: _fix, otherFixes: _others, ...rest } = problem;
  return { ...rest, fixes: fixesOf(problem).map(({ code, params, commands }) => ({ code, params, count: commands.length })) };
}
