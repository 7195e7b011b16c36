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

test("the launcher weighs under 4 KB with an inbox's settings inside", () => {
  const settings = {
    inbox: "3f0c9a1e-1111-4222-8333-444455556666", origin: "https://help.example.com", brand: "#1a533e", ink: "#ffffff",
    side: "right", offset: [20, 20], z: 2147483000, label: { en: "Help", tr: "Yardım", pl: "Pomoc" },
    languages: ["en", "tr", "pl"], theme: "light",
  };
  const source = fs.readFileSync(path.join(STATIC, "widget/loader.js"), "utf8");
  const body = source.replace("__HELPDESK_SETTINGS__", JSON.stringify(settings));
  assert.ok(gzipSync(body).length <= 4 * KB, `${gzipSync(body).length} bytes`);
});

test("the launcher is plain ASCII, so that no page's encoding can spoil it", () => {
  assert.match(fs.readFileSync(path.join(STATIC, "widget/loader.js"), "utf8"), /^[\x00-\x7f]*$/);
});

test("opening the chat loads at most 40 KB of our scripts and styles", () => {
  const scripts = [...graph(path.join(STATIC, "widget/frame.js")), path.join(STATIC, "widget/copy/pl.js")];
  const styles = ["tokens", "base", "widget"].map((name) => path.join(STATIC, `css/${name}.css`));
  const ours = [...scripts.filter((file) => !file.includes("/vendor/")), ...styles];
  assert.ok(weigh(ours) <= 40 * KB, `${weigh(ours)} bytes`);
});
