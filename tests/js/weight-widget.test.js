import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

const STATIC = path.join(import.meta.dirname, "../../static");
const KB = 1024;

/** As the server sends it: see helpdesk/core/staticfiles.py. */
function served(file) {
  const text = fs.readFileSync(file, "utf8");
  if (/[/]vendor[/]|[/]icons[/]/.test(file)) return text;
  const slim = text.replace(/^[ \t]*\/\*(?:(?!\*\/)[^])*\*\/[ \t]*\n/gm, "");
  return file.endsWith(".js") ? slim.replace(/^[ \t]*\/\/.*\n/gm, "") : slim;
}

const weigh = (files) => files.reduce((sum, file) => sum + gzipSync(served(file), { level: 9 }).length, 0);

/** A module and all it imports at once; what it imports later comes later. */
function graph(file, seen = new Set()) {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, name] of served(file).matchAll(/(?:from|^import)\s*"(\.[^"]+)"/gm)) graph(path.join(path.dirname(file), name), seen);
  return seen;
}

test("opening the chat loads at most 40 KB of our scripts and styles", () => {
  const scripts = [...graph(path.join(STATIC, "widget/frame.js")), path.join(STATIC, "widget/copy/pl.js")];
  const styles = ["tokens", "base", "widget"].map((name) => path.join(STATIC, `css/${name}.css`));
  const ours = [...scripts.filter((file) => !file.includes("/vendor/")), ...styles];
  assert.ok(weigh(ours) <= 40 * KB, `${weigh(ours)} bytes`);
});
