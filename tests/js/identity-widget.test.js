/** Who a browser is, tab by tab: against a server and a page that only remember what they were told. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Identity, subjectOf } from "../../static/widget/identity.js";
import { Keep } from "../../static/shared/keep.js";
import { settle } from "./support/fakes.js";

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const bytes = (value) => String.fromCharCode(...new TextEncoder().encode(JSON.stringify(value)));
const encode = (value) => btoa(bytes(value)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const jwt = (sub, mark = "1") => `${encode({ alg: "HS256" })}.${encode({ sub })}.${mark.padStart(43, "s")}`;

class FakeStorage {
  getItem(key) {
    return this[key] ?? null;
  }
  setItem(key, value) {
    this[key] = value;
  }
  removeItem(key) {
    delete this[key];
  }
}

/** A frame in a page; `answers` are what the server says to each path, in order, the last for ever. */
function frame({ answers = {}, around = {}, kept = {}, ready = true, grace = 5 } = {}) {
  const storage = new FakeStorage();
  const keep = new Keep("helpdesk:1:", () => storage);
  for (const [key, value] of Object.entries(kept)) keep.set(key, value);
  const asked = [], told = [], did = [], heard = {};
  const api = {
    async post(path, body) {
      asked.push([path, body]);
      const said = answers[path]?.length > 1 ? answers[path].shift() : answers[path]?.[0];
      if (said instanceof Object && said.status !== undefined) throw Object.assign(new Error("no"), said);
      return said ?? {};
    },
    async signOut(token) {
      asked.push(["logout/", token]);
      return true;
    },
  };
  const listeners = {};
  const page = { addEventListener: (type, listener) => (listeners[type] = listener) };
  const identity = new Identity({
    api, keep, page,
    ready: () => ready,
    renew: () => did.push("renew"),
    blank: () => did.push("blank"),
    reload: () => did.push("reload"),
    grace,
  });
  const host = { on: (type, listener) => (heard[type] = listener), tell: (type, detail) => told.push(detail ? [type, detail] : [type]) };
  identity.listenTo(host, { jwt: null, attributes: null, ...around });
  return { identity, api, keep, storage, asked, told, did, heard, stored: listeners.storage };
}

const ok = (id, token = `token of ${id}`) => ({ token, visitor: { id } });
const identified = (good) => ["event", { name: "identified", detail: { ok: good } }];
const ANNA = { token: "token of anna", identified: { mark: "1".padStart(16, "s"), sub: "anna", id: "anna" } };

test("whom the shop names never becomes a stranger first", async () => {
  const { identity, keep, asked, told } = frame({ around: { jwt: jwt("anna") }, answers: { "identify/": [ok("anna")] } });
  await identity.enter();
  assert.deepEqual(asked, [["identify/", { jwt: jwt("anna") }]]);
  assert.equal(keep.get("token"), "token of anna");
  assert.deepEqual(told, [identified(true)]);
});

test("whom the shop names badly is somebody all the same", async () => {
  const answers = { "identify/": [{ status: 403 }], "session/": [{ token: "new" }] };
  const { identity, keep, told } = frame({ around: { jwt: jwt("anna") }, answers });
  await identity.enter();
  assert.equal(keep.get("token"), "new");
  assert.deepEqual(told, [identified(false)]);
});

test("a server that is busy does not keep him from writing", async () => {
  const answers = { "identify/": [{ status: 429 }], "session/": [{ token: "new" }] };
  const { identity, keep } = frame({ around: { jwt: jwt("anna") }, answers });
  await identity.enter();
  assert.equal(keep.get("token"), "new");
});

test("without a network nobody new is made", async () => {
  const { identity, keep } = frame({ around: { jwt: jwt("anna") }, answers: { "identify/": [{ status: 0 }, ok("anna")] } });
  await assert.rejects(identity.enter());
  assert.equal(keep.get("token"), null);
  await identity.enter();
  assert.equal(keep.get("token"), "token of anna");
});

test("the same words again ask nobody", async () => {
  const { identity, asked, told, did } = frame({ kept: ANNA });
  await identity.say({ jwt: jwt("anna") });
  assert.deepEqual([asked, told, did], [[], [identified(true)], []]);
});

test("fresh words of the same shop about the same person change nothing on screen", async () => {
  const { identity, asked, did } = frame({ kept: ANNA, answers: { "identify/": [ok("anna", null)] } });
  await identity.say({ jwt: jwt("anna", "2") });
  assert.equal(asked.length, 1);
  assert.deepEqual(did, []);
  await identity.say({ jwt: jwt("anna", "2") });
  assert.equal(asked.length, 1);
});

test("a stranger who becomes known keeps what he was writing", async () => {
  const kept = { token: "stranger", "draft:new": "Is it in stock?" };
  const { identity, keep, did } = frame({ kept, answers: { "identify/": [ok("anna")] } });
  await identity.say({ jwt: jwt("anna") });
  assert.deepEqual(did, ["renew"]);
  assert.equal(keep.get("draft:new"), "Is it in stock?");
});

test("the next customer on this browser finds nothing of the one before", async () => {
  const kept = { ...ANNA, "draft:new": "Anna's", "outbox:1": { ref: "1" }, trail: [] };
  const { identity, keep, storage, did, told } = frame({ kept, answers: { "identify/": [ok("ben")] } });
  identity.say({ jwt: jwt("ben", "2") });
  await settle();
  assert.deepEqual(did, ["blank", "reload"]);
  assert.deepEqual(Object.keys(storage).sort(), ["helpdesk:1:identified", "helpdesk:1:token"]);
  assert.equal(keep.get("token"), "token of ben");
  assert.deepEqual(told, [identified(true)]);
  keep.set("draft:new", "said while the page went away");
  assert.equal(keep.get("draft:new"), null);
});

test("words that are refused, about somebody else, end the one before", async () => {
  const { identity, storage, asked, did, told } = frame({ kept: ANNA, answers: { "identify/": [{ status: 403 }] } });
  identity.say({ jwt: jwt("ben", "2") });
  await settle();
  await pause(5);
  assert.deepEqual(Object.keys(storage), []);
  assert.deepEqual(asked.at(-1), ["logout/", "token of anna"]);
  assert.deepEqual(did, ["blank", "reload"]);
  assert.deepEqual(told, [["forgotten"]]);
});

test("words that are refused, about himself, leave him who he is", async () => {
  const { identity, keep, did, told } = frame({ kept: ANNA, answers: { "identify/": [{ status: 403 }] } });
  await identity.say({ jwt: jwt("anna", "2") });
  assert.equal(keep.get("token"), "token of anna");
  assert.deepEqual([did, told], [[], [identified(false)]]);
});

test("leaving empties the storage before anybody is asked", async () => {
  const { identity, storage, asked, did, told } = frame({ kept: { ...ANNA, "draft:new": "x" } });
  identity.leave();
  assert.deepEqual([Object.keys(storage), told, asked], [[], [["forgotten"]], []]);
  await settle();
  await pause(5);
  assert.deepEqual(asked, [["logout/", "token of anna"]]);
  assert.deepEqual(did, ["blank", "reload"]);
});

test("another tab that becomes somebody takes this one with it; one that leaves too", async () => {
  const { stored, keep, storage, did, told } = frame({ kept: { token: "stranger", "draft:new": "x" } });
  const changed = (newValue, key = "helpdesk:1:token") => stored({ key, newValue, storageArea: storage });
  changed(null, "helpdesk:2:token");
  assert.deepEqual(did, []);
  keep.set("identified", ANNA.identified);
  keep.set("token", "token of anna");
  changed('"token of anna"');
  assert.deepEqual(did, ["renew"]);
  keep.empty();
  changed(null);
  await settle();
  assert.deepEqual(did, ["renew", "blank", "reload"]);
  assert.deepEqual([Object.keys(storage), told], [[], [["forgotten"]]]);
});

test("another tab that becomes the next customer empties this one, and keeps what is his", async () => {
  const { stored, keep, storage, did } = frame({ kept: { ...ANNA, "draft:new": "Anna's" } });
  keep.empty();
  keep.set("token", "token of ben");
  keep.set("identified", { mark: "2", sub: "ben", id: "ben" });
  stored({ key: "helpdesk:1:token", newValue: null, storageArea: storage });
  assert.deepEqual(did, []);
  stored({ key: "helpdesk:1:token", newValue: '"token of ben"', storageArea: storage });
  await settle();
  assert.deepEqual(did, ["blank", "reload"]);
  assert.equal(keep.get("token"), "token of ben");
});

test("a token that the server does not know any more is not kept", async () => {
  // Long enough for a busy machine to look before it is over.
  const { identity, storage, did } = frame({ kept: ANNA, grace: 200 });
  await identity.turnedAway("an older one");
  assert.deepEqual(did, ["renew"]);
  identity.turnedAway("token of anna"); // which ends with the page
  await settle();
  assert.deepEqual(did, ["renew"]);
  while (did.length < 3) await pause(5);
  assert.deepEqual([did, Object.keys(storage)], [["renew", "blank", "reload"], []]);
});

test("whoever becomes somebody is not turned away by what that ends", async () => {
  const { identity, keep, did, api } = frame({ kept: { token: "stranger", "draft:new": "x" } });
  let answer;
  api.post = () => new Promise((resolve) => (answer = resolve));
  const said = identity.say({ jwt: jwt("anna") });
  const turned = identity.turnedAway("stranger");
  await pause(10);
  answer(ok("anna"));
  await Promise.all([said, turned]);
  assert.deepEqual([new Set(did), keep.get("draft:new")], [new Set(["renew"]), "x"]);
});

test("nor is another tab", async () => {
  const { identity, keep, storage, did } = frame({ kept: { token: "stranger", "draft:new": "x" }, grace: 200 });
  const turned = identity.turnedAway("stranger");
  await settle();
  storage.setItem("helpdesk:1:token", '"token of anna"');
  await turned;
  assert.deepEqual([did, keep.get("draft:new")], [["renew"], "x"]);
});

test("a customer whose token has run out is known again by the same words", async () => {
  const { identity, keep } = frame({ kept: { ...ANNA, "draft:new": "x" }, around: { jwt: jwt("anna") }, answers: { "identify/": [ok("anna", "fresh")] } });
  await identity.enter();
  assert.equal(keep.get("token"), "token of anna");
  await identity.enterAnew();
  assert.deepEqual([keep.get("token"), keep.get("draft:new")], ["fresh", null]);
});

test("what the page says of him is told once, and again only when it changes", async () => {
  const { identity, asked } = frame({ kept: ANNA });
  await identity.say({ attributes: { plan: "gold" } });
  await identity.say({ attributes: { plan: "gold" } });
  await identity.say({ attributes: { plan: "silver" } });
  assert.deepEqual(asked, [["attributes/", { attributes: { plan: "gold" } }], ["attributes/", { attributes: { plan: "silver" } }]]);
});

test("what is said before anybody is there waits", async () => {
  const { identity, asked } = frame({ ready: false });
  await identity.say({ jwt: jwt("anna"), attributes: { plan: "gold" } });
  assert.deepEqual(asked, []);
});

test("whom a token speaks of", () => {
  assert.equal(subjectOf(jwt("Zażółć 42")), "Zażółć 42");
  for (const odd of ["", "x", "a.b.c", "a.bnVsbA.c"]) assert.equal(subjectOf(odd), null);
});
