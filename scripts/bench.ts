// Keeps the figures honest, each measured beside what it is compared with, in one run on this machine, and says what must
// not be exceeded.
import { fleetFigures } from './bench/fleet.ts';
import { historyFigures } from './bench/history.ts';
import { manyTargetsFigures } from './bench/many-targets.ts';
import { node } from './bench/node.ts';
import { reportFigures } from './bench/reports.ts';
import { roundTripFigures } from './bench/round-trips.ts';
import { startTlsFigures } from './bench/starttls.ts';
import { stepFigures } from './bench/step.ts';

console.log(`Node ${process.versions.node}, ${node === process.execPath ? 'this one' : node}`);
const ALL = [
  stepFigures,
  roundTripFigures,
  fleetFigures,
  startTlsFigures,
  manyTargetsFigures,
  reportFigures,
  historyFigures,
];
for (const measure of ALL) {
  const table = await measure();
  console.log(table.text());
  if (table.exceeded) process.exitCode = 1;
}
