/** All faults; a new one goes into the file of its area. */
import { dataFaults } from "./data.ts";
import { designFaults } from "./design.ts";
import { engineFaults } from "./engine.ts";
import type { Fault } from "./fault.ts";
import { hostFaults } from "./host.ts";
import { metricFaults } from "./metrics.ts";

export const faults: readonly Fault[] = [...engineFaults, ...dataFaults, ...hostFaults, ...designFaults, ...metricFaults];
