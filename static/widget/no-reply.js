// @ts-check
/** Nobody has answered for longer than we said: we ask once for an address to answer to. */
import { html, useEffect, useState } from "../shared/view.js";
import { Later } from "./later.js";
import { isOpen } from "./reduce.js";

const MINUTE = 60_000;
const PATIENCE_MINUTES = 3;

/** The first of his messages that nobody has answered yet. @param {any[]} known */
export function unanswered(known) {
  const said = known.filter((message) => message.kind === "reply");
  const last = said.map((message) => message.author.kind !== "contact").lastIndexOf(true);
  return said[last + 1];
}

/**
 * How long he has to wait before we ask: as long as we said that it takes.
 * @param {number | null | undefined} replyMinutes
 */
export const patience = (replyMinutes) => Math.max(PATIENCE_MINUTES, replyMinutes ?? 0) * MINUTE;

/** @param {{app: any, row: any, known: any[]}} props */
export function NoReply({ app, row, known }) {
  const { store } = app;
  const { visitor, team, queue } = store.state.value;
  const key = `no-reply:${row.id}`;
  const waits = unanswered(known);
  const asks = isOpen(row) && waits && !visitor?.email && store.keep.get(key) !== "done";
  const [late, setLate] = useState(false);
  const [done, setDone] = useState(false);

  useEffect(() => {
    if (!asks) return setLate(false);
    // By this browser's clock, whatever it says: the server's may be another.
    const { ref, at } = store.keep.get(key) ?? {};
    const since = ref === waits.ref ? at : Date.now();
    store.keep.set(key, { ref: waits.ref, at: since });
    const due = Math.max(since + patience(team.reply_minutes), queue[row.id]?.promised ?? 0);
    const timer = setTimeout(() => setLate(true), due - Date.now());
    return () => clearTimeout(timer);
  }, [asks && waits.ref, queue[row.id]?.promised]);

  function close() {
    store.keep.set(key, "done");
    setDone(true);
  }

  return late && asks && !done && html`<${Later} load=${() => import("./email-card.js")} quiet app=${app} onClose=${close} />`;
}
