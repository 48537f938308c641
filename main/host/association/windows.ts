/** Windows: keys of the person's own classes, which need no rights of an administrator, written and read by the system's reg.exe. */
import type { Association, AssociationState, AssociationSurroundings } from "./association-types.ts";

const CLASSES = "HKCU\\Software\\Classes";
const ENDING = `${CLASSES}\\.neuroloom`;
const KIND = "Neuroloom.Project";
const COMMAND = `${CLASSES}\\${KIND}\\shell\\open\\command`;

export function windowsAssociation({ launcher, run }: AssociationSurroundings): Association {
  const command = `${launcher.map((part) => `"${part}"`).join(" ")} "%1"`;
  const reg = async (...args: string[]): Promise<string> => {
    const said = await run("reg.exe", args);
    if (said === null) throw new Error("reg.exe is not there");
    return said;
  };
  const value = (key: string): Promise<string> =>
    // It ends with an error where there is no such key, in the language of the system: nothing is registered then.
    reg("query", key, "/ve").catch(() => "");
  const state = async (): Promise<AssociationState["state"]> => {
    if (!(await value(ENDING)).includes(KIND)) return "off";
    const registered = await value(COMMAND);
    // What reg.exe prints is in the system's own encoding: only plain letters can be compared.
    const same = /^[ -~]*$/.test(command) ? registered.includes(command) : registered !== "";
    return same ? "on" : "elsewhere";
  };
  return {
    read: async () => ({ state: await state(), missing: [] }),
    async set(on) {
      if (on) {
        await reg("add", `${CLASSES}\\${KIND}`, "/ve", "/d", "Neuroloom project", "/f");
        await reg("add", COMMAND, "/ve", "/d", command, "/f");
        await reg("add", ENDING, "/ve", "/d", KIND, "/f");
      } else {
        // An ending that another program has taken since is left to it.
        if ((await value(ENDING)).includes(KIND)) await reg("delete", ENDING, "/f");
        if ((await value(COMMAND)) !== "") await reg("delete", `${CLASSES}\\${KIND}`, "/f");
      }
      return { state: await state(), missing: [] };
    },
  };
}
