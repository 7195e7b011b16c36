import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { messageSend } from "../../static/shared/protocol.js";
import { Live } from "../../static/shared/socket.js";
import { Clock, fakeFetch, fakeSockets, settle } from "./support/fakes.js";

const HEARTBEAT_MS = 25_000;
let clock, sockets, heard, live, snapshot, http;

beforeEach(() => {
  clock = new Clock();
  heard = { events: [], statuses: [], resets: 0, unauthorized: 0, refused: [] };
  snapshot = { at: "e.100-0" };
  http = fakeFetch({ poll: () => undefined, send: () => ({ answers: [] }) });
  const fake = fakeSockets();
  sockets = fake.sockets;
  live = new Live({
    url: "ws://here/ws/",
    fallbackUrl: "/live/",
    credentials: () => ({ token: "t" }),
    handlers: {
      event: (event) => heard.events.push(event),
      status: (status) => heard.statuses.push(status),
      unauthorized: () => (heard.unauthorized += 1),
      refused: (code) => heard.refused.push(code),
      reset: async () => {
        heard.resets += 1;
        if (snapshot instanceof Error) throw snapshot;
        return snapshot.at;
      },
    },
    env: { ...clock, WebSocket: fake.FakeSocket, fetch: (...args) => http.fetch(...args), random: () => 0.5 },
  });
});

const newest = () => sockets.at(-1);

function welcome(socket = newest(), last = "e.1-0") {
  socket.open();
  socket.says({ type: "welcome", v: 1, last, heartbeat_s: HEARTBEAT_MS / 1000, me: {} });
}

function online(last = "e.1-0") {
  live.connect(last);
  welcome(newest(), last);
  newest().says({ type: "pong", last });
}

const say = (ref, ticket = "t1") => messageSend({ ref, ticket, body: ref });

test("hello says the number of the snapshot, and the pong behind the replay ends catching up", () => {
  live.connect("e.7-0");
  welcome();
  assert.deepEqual(newest().sent[0], { type: "hello", v: 1, token: "t", last: "e.7-0", open: {} });
  assert.equal(live.status, "catching_up");
  newest().says({ type: "message.created", at: "e.8-0", topic: "x" });
  newest().says({ type: "pong", last: "e.8-0" });
  assert.equal(live.status, "online");
  assert.equal(live.last, "e.8-0");
});

test("after an interruption the newest applied number is said", async () => {
  online("e.1-0");
  newest().says({ type: "message.created", at: "e.5-2", topic: "x" });
  newest().drops();
  assert.equal(live.status, "connecting");
  await clock.pass(1_000);
  assert.equal(sockets.length, 2);
  welcome();
  assert.equal(newest().sent[0].last, "e.5-2");
});

test("an unanswered message is sent again with the same ref until it is acknowledged", async () => {
  online();
  const answer = live.request(say("r1"));
  newest().drops();
  await clock.pass(1_000);
  welcome();
  assert.deepEqual(newest().sentOf("message.send"), [say("r1")]);
  newest().says({ type: "ack", ref: "r1", ticket: "t1", seq: 4 });
  assert.equal((await answer).seq, 4);
  newest().drops();
  await clock.pass(1_000);
  welcome();
  assert.deepEqual(newest().sentOf("message.send"), []);
});

test("a message written before the connection stands goes out with the welcome", () => {
  live.connect("e.1-0");
  live.request(say("r1"));
  assert.deepEqual(newest().sent, []);
  welcome();
  assert.deepEqual(newest().sentOf("message.send"), [say("r1")]);
});

test("busy is asked again later, any other error is the answer", async () => {
  online();
  const busy = live.request(say("r1"));
  newest().says({ type: "error", ref: "r1", code: "busy", message: "" });
  await clock.pass(3_000);
  assert.equal(newest().sentOf("message.send").length, 2);
  newest().says({ type: "ack", ref: "r1", seq: 1 });
  await busy;
  const refused = live.request(say("r2"));
  newest().says({ type: "error", ref: "r2", code: "closed", message: "It has ended." });
  await assert.rejects(refused, { code: "closed" });
});

test("reset loads everything anew and applies what was announced meanwhile", async () => {
  online();
  newest().says({ type: "reset", delay_ms: 1_000 });
  newest().says({ type: "message.created", at: "e.101-0", topic: "x" });
  assert.deepEqual(heard.events, []);
  await clock.pass(499);
  assert.equal(heard.resets, 0);
  await clock.pass(1);
  assert.equal(heard.resets, 1);
  assert.equal(heard.events.length, 1);
  assert.equal(live.last, "e.101-0");
  assert.equal(live.status, "online");
});

test("a snapshot that fails is asked for again", async () => {
  online();
  snapshot = new Error("503");
  newest().says({ type: "reset", delay_ms: 0 });
  await clock.pass(0);
  snapshot = { at: "e.200-0" };
  await clock.pass(2_000);
  assert.equal(heard.resets, 2);
  assert.equal(live.last, "e.200-0");
});

test("an interruption in the middle of a reset starts the reset again", async () => {
  online();
  newest().says({ type: "reset", delay_ms: 10_000 });
  newest().drops();
  await clock.pass(1_000);
  welcome();
  assert.equal(newest().sent[0].last, null);
  await clock.pass(0);
  assert.equal(heard.resets, 1);
  assert.equal(live.last, "e.100-0");
});

test("a socket that answers nothing is replaced", async () => {
  online();
  await clock.pass(HEARTBEAT_MS + 9_000);
  assert.equal(sockets.length, 1);
  await clock.pass(3_000);
  assert.equal(sockets.length, 2);
});

test("a socket that never says welcome counts as a failed attempt", async () => {
  live.connect("e.1-0");
  newest().open();
  await clock.pass(10_000);
  assert.equal(live.status, "offline");
  await clock.pass(2_000);
  assert.equal(sockets.length, 2);
});

test("alive but behind: two pongs ahead of us bring a new connection with our number", async () => {
  online("e.1000-0");
  const ahead = `e.${1000 + HEARTBEAT_MS + 1}-0`;
  newest().says({ type: "pong", last: ahead });
  assert.equal(sockets.length, 1);
  newest().says({ type: "pong", last: ahead });
  await clock.pass(1_000);
  assert.equal(sockets.length, 2);
  welcome();
  assert.equal(newest().sent[0].last, "e.1000-0");
});

test("an event between the two pongs ends the doubt", async () => {
  online("e.1000-0");
  const ahead = `e.${1000 + HEARTBEAT_MS + 1}-0`;
  newest().says({ type: "pong", last: ahead });
  newest().says({ type: "message.created", at: ahead, topic: "x" });
  newest().says({ type: "pong", last: ahead });
  await clock.pass(2_000);
  assert.equal(sockets.length, 1);
});

test("pings carry the newest number applied, and come early after 200 events", () => {
  online("e.1-0");
  const before = newest().sentOf("ping").length;
  for (let n = 1; n <= 200; n += 1) newest().says({ type: "message.created", at: `e.2-${n}`, topic: "x" });
  const pings = newest().sentOf("ping");
  assert.equal(pings.length, before + 1);
  assert.equal(pings.at(-1).seen, "e.2-200");
});

test("coming back is faster when the network says so", async () => {
  online();
  live.lost();
  assert.equal(live.status, "offline");
  live.wake();
  assert.equal(sockets.length, 2);
});

test("standing frames are said on every connection, passing ones only when somebody listens", async () => {
  live.connect("e.1-0");
  live.tell({ type: "typing" });
  live.keepTelling("page", { type: "page", url: "/a" });
  welcome();
  assert.equal(newest().sentOf("typing").length, 0);
  assert.equal(newest().sentOf("page").length, 1);
  newest().drops();
  await clock.pass(1_000);
  welcome();
  assert.equal(newest().sentOf("page").length, 1);
});

test("topics are subscribed again after an interruption, but not those taken away", async () => {
  live.subscribe(["a", "b"]);
  online();
  assert.deepEqual(newest().sentOf("subscribe"), [{ type: "subscribe", topics: ["a", "b"], last: "e.1-0" }]);
  live.subscribe(["b", "c"]);
  assert.deepEqual(newest().sentOf("subscribe")[1], { type: "subscribe", topics: ["c"], last: "e.1-0" });
  newest().says({ type: "unsubscribed", topic: "a" });
  newest().drops();
  await clock.pass(1_000);
  welcome();
  assert.deepEqual(newest().sentOf("subscribe"), [{ type: "subscribe", topics: ["b", "c"], last: "e.1-0" }]);
});

test("bad credentials and foreign protocols end it", async () => {
  online();
  newest().drops(4401);
  assert.equal(heard.unauthorized, 1);
  await clock.pass(120_000);
  assert.equal(sockets.length, 1);
  live.connect();
  newest().drops(4406);
  assert.deepEqual(heard.refused, [4406]);
});

test("a restarting server names the jitter", async () => {
  online();
  newest().says({ type: "restarting", delay_ms: 8_000 });
  newest().drops(4012);
  await clock.pass(3_999);
  assert.equal(sockets.length, 1);
  await clock.pass(1);
  assert.equal(sockets.length, 2);
});

async function blocked() {
  live.connect("e.1-0");
  newest().drops();
  await clock.pass(1_500);
  newest().drops();
  await settle();
}

test("where sockets do not work, HTTP carries everything both ways", async () => {
  let polls = 0;
  http = fakeFetch({
    poll: () => (++polls === 1 ? { last: "e.9-0", events: [{ type: "message.created", at: "e.9-0" }] } : undefined),
    send: ({ frames }) => ({ answers: frames.map((f) => f.ref && { type: "ack", ref: f.ref, seq: 1 }) }),
  });
  const early = live.request(say("r1"));
  await blocked();
  assert.equal(live.status, "fallback");
  assert.equal((await early).seq, 1);
  assert.equal((await live.request(say("r2"))).seq, 1);
  assert.equal(heard.events.length, 1);
  assert.deepEqual(http.calls.filter((c) => c.name === "poll").map((c) => c.body.last), ["e.1-0", "e.9-0"]);
});

test("from the fallback the socket is tried now and then, and takes over with our number", async () => {
  await blocked();
  await clock.pass(61_000);
  assert.equal(sockets.length, 3);
  assert.equal(live.status, "fallback");
  welcome();
  newest().says({ type: "pong", last: "e.1-0" });
  assert.equal(live.status, "online");
});

test("a reset over HTTP loads anew and misses nothing announced meanwhile", async () => {
  const answers = [{ last: "e.50-0", reset: true }, { last: "e.51-0", events: [{ type: "x", at: "e.51-0" }] }];
  http = fakeFetch({ poll: () => answers.shift(), send: () => ({ answers: [] }) });
  snapshot = { at: "e.50-1" };
  await blocked();
  await clock.pass(0);
  assert.equal(heard.resets, 1);
  assert.equal(heard.events.length, 1);
  assert.equal(live.last, "e.51-0");
  assert.deepEqual(http.calls.filter((c) => c.name === "poll").map((c) => c.body.last), ["e.1-0", "e.50-0", "e.51-0"]);
});

test("a poll that knows no number yet does not ask without a pause", async () => {
  http = fakeFetch({ poll: () => ({ last: null, events: [] }), send: () => ({ answers: [] }) });
  live.connect(null);
  newest().drops();
  await clock.pass(1_500);
  newest().drops();
  await clock.pass(5_000);
  assert.ok(http.calls.filter((c) => c.name === "poll").length < 8);
});

test("nothing answers at all: offline, and everything is tried again", async () => {
  http = fakeFetch({ poll: () => new Error("down"), send: () => new Error("down") });
  await blocked();
  assert.equal(live.status, "offline");
  await clock.pass(30_000);
  assert.ok(sockets.length > 2);
});
