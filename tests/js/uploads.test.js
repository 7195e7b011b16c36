// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { canRetry, FILES_A_MESSAGE, Uploads } from "../../static/shared/uploads.js";

const fileOf = (name, size = 10) => /** @type {File} */ ({ name, size });
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A server that answers when it is told to. */
function setUp(options = {}) {
  const asked = /** @type {any[]} */ ([]);
  const discarded = /** @type {string[]} */ ([]);
  let refs = 0;
  const uploads = new Uploads({
    send: (file, progressed, signal) =>
      new Promise((resolve, reject) => {
        const ask = { file, progressed, fail: reject, done: () => resolve({ id: `stored ${file.name}`, name: file.name, size: file.size }) };
        signal.addEventListener("abort", () => reject({ code: "offline", message: "" }));
        asked.push(ask);
      }),
    discard: (id) => discarded.push(id),
    newRef: () => `ref ${(refs += 1)}`,
    limit: 100,
    ...options,
  });
  return { uploads, asked, discarded, states: (place = "t") => uploads.of(place).map((item) => item.state) };
}

test("files go one after the other and stand in the order in which they were chosen", async () => {
  const { uploads, asked, states } = setUp();
  uploads.add("t", [fileOf("a"), fileOf("b")]);
  assert.deepEqual(states(), ["uploading", "waiting"]);
  asked[0].progressed(0.5);
  assert.equal(uploads.of("t")[0].progress, 0.5);
  asked[0].done();
  await turn();
  assert.deepEqual(states(), ["ready", "uploading"]);
  asked[1].done();
  assert.deepEqual(uploads.take((await uploads.settled("t")) ?? []).map(({ id }) => id), ["stored a", "stored b"]);
  assert.deepEqual(uploads.of("t"), []);
});

test("each conversation has its own", async () => {
  const { uploads, asked } = setUp();
  uploads.add("t", [fileOf("a")]);
  uploads.add("other", [fileOf("b")]);
  asked[0].done();
  assert.deepEqual(uploads.take((await uploads.settled("t")) ?? []).length, 1);
  assert.equal(uploads.of("other").length, 1);
});

test("what was cut off is tried again, what was refused is not", async () => {
  const { uploads, asked, states } = setUp();
  uploads.add("t", [fileOf("a"), fileOf("b")]);
  asked[0].fail({ code: "offline", message: "" });
  await turn();
  asked[1].fail({ code: "file_refused", message: "No." });
  assert.equal(await uploads.settled("t"), null);
  const [cut, refused] = uploads.of("t");
  assert.deepEqual([canRetry(cut), canRetry(refused)], [true, false]);
  uploads.retry(refused.id);
  uploads.retry(cut.id);
  assert.deepEqual(states(), ["uploading", "failed"]);
  asked[2].done();
  await turn();
  assert.deepEqual(states(), ["ready", "failed"]);
  assert.equal(await uploads.settled("t"), null);
});

test("what is wrong from the start is not sent", () => {
  const { uploads, asked } = setUp();
  uploads.add("t", [fileOf("big", 101), fileOf("empty", 0)]);
  assert.deepEqual(uploads.of("t").map((item) => item.error?.code), ["big", "empty"]);
  uploads.add("u", Array.from({ length: FILES_A_MESSAGE + 2 }, (_, n) => fileOf(`${n}`)));
  assert.deepEqual(uploads.of("u").slice(-2).map((item) => item.error?.code), ["many", "many"]);
  assert.equal(asked.length, 1);
});

test("what is removed is taken back, wherever it was on its way", async () => {
  const { uploads, asked, discarded } = setUp();
  uploads.add("t", [fileOf("a"), fileOf("b"), fileOf("c")]);
  asked[0].done();
  await turn();
  const [a, b, c] = uploads.of("t");
  uploads.remove(a.id);
  assert.deepEqual(discarded, ["stored a"]);
  uploads.remove(c.id);
  asked[1].done();
  uploads.remove(b.id);
  await turn();
  assert.deepEqual(discarded, ["stored a", "stored b"]);
  assert.deepEqual(uploads.of("t"), []);
  assert.deepEqual(await uploads.settled("t"), []);
  assert.equal(asked.length, 2);
});

test("files follow a conversation that gets its name while they are on their way", async () => {
  const { uploads, asked } = setUp();
  uploads.add("start:r", [fileOf("a"), fileOf("b")]);
  asked[0].done();
  const sent = uploads.settled("start:r");
  uploads.move("start:r", "t");
  await turn();
  asked[1].done();
  assert.equal(uploads.take((await sent) ?? []).length, 2);
});

test("stored files come back with a message that did not leave", () => {
  const { uploads, discarded } = setUp();
  uploads.putBack("t", [{ id: "stored a", name: "a", size: 3 }]);
  assert.deepEqual(uploads.take(["stored a"]).map(({ id }) => id), ["stored a"]);
  assert.deepEqual(discarded, []);
});
