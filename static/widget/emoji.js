// @ts-check
/** A small choice of emoji: one tab stop, moved in with the arrows; the last used come first. */
import { html, useLayoutEffect, useRef, useState } from "../shared/view.js";

const COLUMNS = 8;
const RECENT = "emoji.recent";

/** By the name of a group; split at blanks, since some emoji are several characters long. */
const GROUPS = Object.entries({
  "emoji.faces":
    "😀 😃 😄 😁 😆 😅 😂 🤣 🙂 😉 😊 😇 🥰 😍 😘 😋 😜 🤪 🤗 🤭 🤫 🤔 🤐 😐 😑 😶 😏 😒 🙄 😬 😌 😔 😴 😷 🤒 🥵 🥶 🤯 🥳 😎 🤓 🧐 😕 😟 ☹️ 😮 😳 🥺 😢 😭 😱 😖 😞 😩 😤 😡 🤬 💩 👻 🤖",
  "emoji.people": "👍 👎 👌 ✌️ 🤞 🤟 👈 👉 👆 👇 ☝️ ✋ 👋 🤙 💪 🙏 👏 🙌 🤝 ✍️ 👀 🧠 🙋 🤷 🤦 🙇 💁 🏃 💃 👶 👪 🧑‍💻",
  "emoji.nature": "🐶 🐱 🐭 🐰 🦊 🐻 🐼 🐨 🦁 🐮 🐷 🐸 🐵 🐔 🐧 🦉 🐝 🦋 🐢 🐟 🌱 🌲 🌵 🌷 🌹 🌻 🍀 🍁 🌍 🌙 ⭐ ☀️ ⛅ 🌧️ ❄️ 🌈 🔥 💧",
  "emoji.food": "🍎 🍌 🍇 🍓 🍑 🍋 🍅 🥑 🌽 🥕 🍞 🧀 🍳 🍔 🍟 🍕 🌮 🥗 🍝 🍣 🍰 🎂 🍪 🍫 🍦 ☕ 🍵 🥤 🍺 🍷 🥂 🍽️",
  "emoji.travel": "🚗 🚕 🚌 🚚 🚲 ✈️ 🚆 🚢 🏠 🏢 🏪 🏖️ ⛰️ 🗺️ ⚽ 🏀 🎾 🎮 🎲 🎨 🎵 🎸 🎬 🎉 🎁 🎈 🏆 🥇",
  "emoji.things": "❤️ 🧡 💛 💚 💙 💜 🖤 💔 ✅ ❌ ⚠️ ❓ ❗ 💯 ➕ ➖ 🔔 🔕 🔍 🔒 🔑 💡 🔧 📦 🛒 💳 💰 🧾 📅 ⏰ ⌛ 📱 💻 🖨️ 📷 📞 ✉️ 📎 📌 📝 🔗 💬",
}).map(([name, emoji]) => ({ name, emoji: emoji.split(" ") }));

/** The newest first, each once, two rows of them. @param {string[]} recent @param {string} emoji */
export const withRecent = (recent, emoji) => [emoji, ...recent.filter((one) => one !== emoji)].slice(0, 2 * COLUMNS);

/** @param {any} recent what was kept, if anything */
export function groupsWith(recent) {
  const known = new Set(GROUPS.flatMap(({ emoji }) => emoji));
  const mine = Array.isArray(recent) ? recent.filter((one) => known.has(one)) : [];
  return mine.length ? [{ name: RECENT, emoji: mine }, ...GROUPS] : GROUPS;
}

/** Rows of a group: the last one may be short. @param {string[]} emoji */
export const rowsOf = (emoji) => Array.from({ length: Math.ceil(emoji.length / COLUMNS) }, (_, row) => emoji.slice(row * COLUMNS, (row + 1) * COLUMNS));

/**
 * Where a key leads from a cell, over the borders of groups.
 * @param {string[][]} rows @param {[number, number]} at row and column @param {string} key
 * @returns {[number, number] | null} null: the key means nothing here
 */
export function moved(rows, [row, column], key) {
  const within = (line, wanted) => /** @type {[number, number]} */ ([line, Math.min(wanted, rows[line].length - 1)]);
  switch (key) {
    case "ArrowRight":
      return column + 1 < rows[row].length ? [row, column + 1] : row + 1 < rows.length ? [row + 1, 0] : [row, column];
    case "ArrowLeft":
      return column > 0 ? [row, column - 1] : row > 0 ? within(row - 1, COLUMNS) : [row, column];
    case "ArrowDown":
      return within(Math.min(row + 1, rows.length - 1), column);
    case "ArrowUp":
      return within(Math.max(row - 1, 0), column);
    case "Home":
      return [0, 0];
    case "End":
      return within(rows.length - 1, COLUMNS);
    default:
      return null;
  }
}

export default function EmojiPicker({ t, keep, onPick }) {
  const [groups] = useState(() => groupsWith(keep.get(RECENT)));
  const [at, setAt] = useState(/** @type {[number, number]} */ ([0, 0]));
  const grid = useRef(/** @type {HTMLElement | null} */ (null));
  const rows = groups.flatMap(({ emoji }) => rowsOf(emoji));

  // The stop is not scrolled to the edge, where half of it would be hidden by the next group's name.
  useLayoutEffect(() => {
    const stop = /** @type {HTMLElement | null} */ (grid.current?.querySelector("[tabindex='0']") ?? null);
    stop?.focus({ preventScroll: true });
    stop?.scrollIntoView({ block: "center" });
  }, [at]);

  function pressed(event) {
    const rtl = document.documentElement.dir === "rtl";
    const mirrored = rtl ? { ArrowLeft: "ArrowRight", ArrowRight: "ArrowLeft" }[event.key] : undefined;
    const to = moved(rows, at, mirrored ?? event.key);
    if (!to) return;
    event.preventDefault();
    setAt(to);
  }

  function pick(emoji) {
    keep.set(RECENT, withRecent(groups[0].name === RECENT ? groups[0].emoji : [], emoji));
    onPick(emoji);
  }

  let line = -1;
  return html`<div class="emoji" role="dialog" aria-label=${t("emoji")}>
    <div class="emoji__grid" role="grid" aria-label=${t("emoji")} ref=${grid} onKeyDown=${pressed}>
      ${groups.map(({ name, emoji }) => html`<div role="rowgroup" aria-label=${t(name)} key=${name}>
        <p class="emoji__name" aria-hidden="true">${t(name)}</p>
        ${rowsOf(emoji).map((row) => {
          line += 1;
          return html`<${Row} key=${line} row=${row} line=${line} at=${at} onPick=${pick} />`;
        })}
      </div>`)}
    </div>
  </div>`;
}

const Row = ({ row, line, at, onPick }) => html`<div class="emoji__row" role="row">
  ${row.map((one, column) => html`<button
    type="button" role="gridcell" class="emoji__one" key=${one}
    tabindex=${line === at[0] && column === at[1] ? "0" : "-1"} onClick=${() => onPick(one)}
  >${one}</button>`)}
</div>`;
