/**
 * What every exported script has, whatever it computes with: what it says at its top, the names of its ends, its rows and its command
 * line. Between them each tool writes its own model, training and weights.
 */
import { ENGINE_VERSION } from "../../version.ts";
import { docstring, indented } from "./python.ts";
import { type InputEnd, type OutputEnd, randomInput, randomTarget } from "./script-ends.ts";

/** How an input or an output is called in the script. */
export type NameOf = (end: InputEnd | OutputEnd) => string;

/** @param written what it is written for and how that is installed: lines behind "Written by Neuroloom …" */
export function headLines(name: string, written: string, notes: readonly string[], imports: readonly string[]): string[] {
  return [
    `"""${docstring(name)}`,
    "",
    `Written by Neuroloom ${ENGINE_VERSION} for ${written}`,
    ...notes,
    "",
    "    python THIS.py                       trains on random rows, to show that it runs",
    "    python THIS.py --data rows.npz       trains on prepared rows: an array for each input, target_NAME for each output",
    "    python THIS.py --weights model.json  takes the weights of a model file of Neuroloom and compares its check",
    '"""',
    ...imports,
    "",
  ];
}

/** Parts of the script with two empty lines between them, as Python has it. */
export function script(...parts: readonly (readonly string[])[]): string {
  return `${parts.map((lines) => lines.join("\n")).join("\n\n\n")}\n`;
}

export function idLines(inputs: readonly InputEnd[], outputs: readonly OutputEnd[], nameOf: NameOf): string[] {
  const ids = (ends: readonly (InputEnd | OutputEnd)[]): string =>
    `{${ends.map((end) => `${JSON.stringify(end.layer.id)}: "${nameOf(end)}"`).join(", ")}}`;
  return ["# Ids in the file's check.", `INPUTS, OUTPUTS = ${ids(inputs)}, ${ids(outputs)}`];
}

/** @param array what the tool makes of an array of numpy */
export function dataLines(
  inputs: readonly InputEnd[],
  outputs: readonly OutputEnd[],
  nameOf: NameOf,
  array: (value: string) => string,
): string[] {
  const rows = [
    ...inputs.map((end) => `"${nameOf(end)}": ${randomInput(end)},`),
    ...outputs.map((end) => {
      const from = inputs.find(({ layer }) => layer.name === end.targetInput);
      return `"target_${nameOf(end)}": ${from === undefined ? randomTarget(end) : randomInput(from)},`;
    }),
  ];
  return [
    "ROWS = 64",
    "",
    "",
    "def load_data(path):",
    '    """Inputs and targets by name: from an .npz, or random rows of the right shape."""',
    ...indented([
      "random = np.random.default_rng(0)",
      "if path is None:",
      '    print("no --data: random rows", file=sys.stderr)',
      "    arrays = {",
      ...indented(rows, 2),
      "    }",
      "else:",
      "    arrays = np.load(path)",
      `inputs = {name: ${array("arrays[name]")} for name in INPUTS.values()}`,
      `targets = {name: ${array('arrays[f"target_{name}"]')} for name in OUTPUTS.values()}`,
      "return inputs, targets",
    ]),
  ];
}

/** @param model an expression that gives a fresh one */
export function mainLines(model: string): string[] {
  return [
    'if __name__ == "__main__":',
    ...indented([
      "parser = argparse.ArgumentParser()",
      'parser.add_argument("--data")',
      'parser.add_argument("--weights")',
      'parser.add_argument("--epochs", type=int)',
      "options = parser.parse_args()",
      `model = ${model}`,
      "if options.weights is not None:",
      '    with open(options.weights, encoding="utf-8") as opened:',
      "        kept = json.load(opened)",
      "    load_weights(model, kept)",
      '    print(f"largest difference from the kept predictions: {check(model, kept):.3g}")',
      "else:",
      "    rows = load_data(options.data)",
      '    train(model, *rows, **({} if options.epochs is None else {"epochs": options.epochs}))',
    ]),
  ];
}
