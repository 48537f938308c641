/** neuroloom associate: has the system open project files with this app, as the switch of the settings does, or takes it back. */
import { readAssociation, setAssociation } from "../host/association/association.ts";
import { homeFolder, makeHome } from "../host/home.ts";
import { EXIT, type Output } from "./output.ts";

export async function associate(o: { readonly home: string | null; readonly on: boolean }, output: Output): Promise<number> {
  const home = makeHome(homeFolder(o.home));
  const before = await readAssociation(home);
  const { state, missing } = await setAssociation(home, o.on);
  if (missing.length > 0)
    output.note(`not installed here: ${missing.join(", ")}; file managers may learn of it only when it is and this was run again`);
  output.result(
    { event: "done", before: before.state, state, missing },
    state === "on" ? `.neuroloom files open with Neuroloom, in the library of ${home}` : ".neuroloom files do not open with Neuroloom",
  );
  return EXIT.ok;
}
