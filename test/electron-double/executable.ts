/** Which Electron a test launches: the real binary where it is, else the double. For `_electron.launch({ executablePath })`. */
import { fileURLToPath } from "node:url";
import { findElectron } from "../../main/electron-binary.ts";

export interface ElectronExecutable {
  readonly path: string;
  /** The double proves the wiring only; a test that needs the sandbox, native dialogs or packaging must skip, loudly. */
  readonly isDouble: boolean;
}

export function electronExecutable(): ElectronExecutable {
  const real = findElectron({
    platform: process.platform,
    environment: process.env,
    packageFolder: fileURLToPath(new URL("../../node_modules/electron", import.meta.url)),
  });
  return real === null ? { path: fileURLToPath(new URL("electron", import.meta.url)), isDouble: true } : { path: real, isDouble: false };
}
