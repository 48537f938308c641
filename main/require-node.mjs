/**
 * Run before every npm script and by the command line's launcher: says exactly what is wrong when the Node at hand is
 * too old to run the source (it strips types from 22.18 on), instead of a syntax error or a crash of a native module.
 * Plain JavaScript, because it must run on the Node that it complains about.
 */
const OLDEST = [22, 18];

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const oldEnough = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
// Node 23.0 to 23.5 is newer than 22.18 by number but does not strip types.
const stripsTypes = process.features.typescript !== false && process.features.typescript !== undefined;

if (!oldEnough || !stripsTypes) {
  process.stderr.write(
    `Neuroloom needs Node ${OLDEST.join(".")} or newer (24 is best); this is Node ${process.versions.node} at ${process.execPath}.\n` +
      `On Linux and on Windows or macOS with an Intel processor, "npm install" brings Node 24 into node_modules: run "npm start" or "npx neuroloom"\n` +
      `rather than "node …", and without "--omit=optional". Elsewhere install Node 24 and try again.\n`,
  );
  process.exit(1);
}
