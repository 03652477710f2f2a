// Declares and synthesizes one stack, and prints the processor time that this took, without that for loading modules:
//
//   node synth.cjs DECLARATION
//
// DECLARATION is JSON, as `stacks.cjs` describes it.
const { declare } = require('./stacks.cjs');

const start = process.cpuUsage();
declare(JSON.parse(process.argv[2] ?? '')).synth();
const { user, system } = process.cpuUsage(start);

console.log(JSON.stringify({ milliseconds: (user + system) / 1000 }));
