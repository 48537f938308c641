/**
 * What a planted fault is: one small wrong change of the source, and the tests that must break when it is made. The faults
 * are listed by area in the files beside; main.ts plants them one at a time in a copy of the tree.
 */
export interface Fault {
  /** Short, for `--only` and the table. */
  readonly name: string;
  /** File of the tree, from its root. */
  readonly file: string;
  /** Part of one line that occurs exactly once in the file: a fault whose text has moved on is reported, not passed over. */
  readonly find: string;
  readonly replace: string;
  /** The narrowest test files that should notice, from the root. */
  readonly tests: readonly string[];
}

/** @throws Error when the fault's text does not stand in the file exactly once */
export function planted(fault: Fault, text: string): string {
  const count = text.split(fault.find).length - 1;
  if (count !== 1) throw new Error(`${fault.file} holds the text of '${fault.name}' ${count} times, not once: ${fault.find}`);
  return text.replace(fault.find, () => fault.replace);
}
