/**
 * What a node of one type, configuration, input shapes and data comes to, remembered: while one node is edited all
 * others are looked up. The least recently used entries go first. The caller owns it; without one nothing is kept.
 */

import type { Shape } from "../ir/tensor.ts";
import type { Arrivals, LayerDefinition } from "../layers/layer.ts";
import type { NodeResult } from "./propagation.ts";
import type { PropagationMemory } from "./propagation-memory.ts";

export class PropagationCache {
  /** The last propagation itself: what did not change since is not even looked up. */
  memory: PropagationMemory | null = null;
  private readonly limit: number;
  private readonly results = new Map<string, NodeResult>();
  private readonly configTexts = new WeakMap<object, string>();
  private readonly definitionNumbers = new Map<LayerDefinition, number>();

  constructor(limit = 4096) {
    this.limit = limit;
  }

  get size(): number {
    return this.results.size;
  }

  /** Configurations are never changed in place, so the text of one is made once. */
  key(definition: LayerDefinition, config: Readonly<Record<string, unknown>>, arrivals: Arrivals<Shape>, data: unknown): string {
    let text = this.configTexts.get(config);
    if (text === undefined) {
      text = JSON.stringify(config);
      this.configTexts.set(config, text);
    }
    let number = this.definitionNumbers.get(definition);
    if (number === undefined) {
      number = this.definitionNumbers.size;
      this.definitionNumbers.set(definition, number);
    }
    return `${number}|${text}|${JSON.stringify(arrivals)}|${JSON.stringify(data)}`;
  }

  get(key: string): NodeResult | undefined {
    const result = this.results.get(key);
    if (result === undefined) return undefined;
    this.results.delete(key);
    this.results.set(key, result);
    return result;
  }

  set(key: string, result: NodeResult): void {
    this.results.set(key, result);
    if (this.results.size <= this.limit) return;
    const [oldest] = this.results.keys();
    if (oldest !== undefined) this.results.delete(oldest);
  }
}
