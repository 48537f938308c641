/** From what sample a step of a preparation learnt: what stands in the texts of the run's page, the report and the command line. */
import { stepDefinitions } from "../steps/definitions.ts";

const MOST_NAMES = 5;

interface SampledStep {
  /** The step's type. */
  readonly type: string;
  readonly columns: readonly string[];
  readonly rows: number;
  readonly of: number;
}

/** "Impute", "age, fare", "20,000", "5,000,000". */
export function sampledStepWords({ type, columns, rows, of }: SampledStep, language: "en" | "zh") {
  const names = columns.slice(0, MOST_NAMES).join(", ");
  return {
    step: stepDefinitions[type]?.texts[language].label ?? type,
    columns: columns.length > MOST_NAMES ? `${names} … (+${columns.length - MOST_NAMES})` : names,
    rows: rows.toLocaleString("en"),
    of: of.toLocaleString("en"),
  };
}
