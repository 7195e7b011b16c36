/* What our tests use of node:test and node:assert/strict, for a browser. */
const tests = [];
const preparations = [];
globalThis.setImmediate ??= (run) => setTimeout(run);

export const beforeEach = (prepare) => preparations.push(prepare);
export function test(name, run) {
  tests.push({ name, run });
}

/* Runs what was collected since the last time; answers with how many, and what failed. */
export async function runTests() {
  const failures = [];
  const collected = tests.splice(0);
  const prepare = preparations.splice(0);
  for (const { name, run } of collected) {
    try {
      for (const each of prepare) await each();
      await run();
    } catch (error) {
      failures.push(`${name}: ${error.stack}`);
    }
  }
  return { count: collected.length, failures };
}

const isObject = (value) => typeof value === "object" && value !== null;
const plain = (value) => (value instanceof Map || value instanceof Set ? [...value] : value);

function same(one, other) {
  if (Object.is(one, other)) return true;
  if (!isObject(one) || !isObject(other) || one.constructor !== other.constructor) return false;
  const [a, b] = [plain(one), plain(other)];
  if (a instanceof Date) return a.getTime() === b.getTime();
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && same(a[key], b[key]));
}

function claim(holds, message, ...values) {
  if (!holds) throw new Error(`${message} ${values.map((value) => JSON.stringify(value)).join(" | ")}`);
}

async function rejects(promise, expected) {
  const error = await promise.then(() => claim(false, "was not rejected"), (reason) => reason);
  for (const [key, value] of Object.entries(expected ?? {})) claim(same(error[key], value), `rejected with ${key}`, error[key], value);
}

export default Object.assign(test, {
  ok: (value, message = "is falsy") => claim(value, message, value),
  equal: (one, other, message = "differs") => claim(Object.is(one, other), message, one, other),
  notEqual: (one, other, message = "is the same") => claim(!Object.is(one, other), message, one, other),
  deepEqual: (one, other, message = "differs") => claim(same(one, other), message, one, other),
  notDeepEqual: (one, other, message = "is the same") => claim(!same(one, other), message, one, other),
  match: (text, pattern, message = "does not match") => claim(pattern.test(text), message, text, String(pattern)),
  doesNotMatch: (text, pattern, message = "matches") => claim(!pattern.test(text), message, text, String(pattern)),
  rejects,
});
