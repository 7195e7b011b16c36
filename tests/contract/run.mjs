// @ts-check
/** One line of JSON in, a list of jobs; one line out, their results. Until stdin ends. */
import { createInterface } from "node:readline";

import { replay } from "./replay.mjs";

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(JSON.stringify(JSON.parse(line).map(replay)) + "\n");
}
