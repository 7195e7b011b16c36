// Collects Tabler icons (MIT) into static/icons/. Usage, after unpacking the npm package
// @tabler/icons: node tools/icons.mjs <folder of the package>
import fs from "node:fs";
import path from "node:path";

const [source] = process.argv.slice(2);
const target = path.join(import.meta.dirname, "../static/icons");
const names = fs.readFileSync(path.join(target, "names.txt"), "utf8").split("\n").filter((n) => n && !n.startsWith("#"));

/** All the strokes of one icon as a single path: each piece starts with an absolute M. */
function outline(name) {
  const filled = name.endsWith("-filled");
  const file = path.join(source, "icons", filled ? "filled" : "outline", `${name.replace(/-filled$/, "")}.svg`);
  const pieces = [...fs.readFileSync(file, "utf8").matchAll(/<path(?! stroke="none")[^>]*? d="([^"]+)"/g)];
  return pieces.map((piece) => piece[1]).join("");
}

const lines = [];
const symbols = [];
const widget = { widget: [], later: [] };
for (const entry of names) {
  const [name, use] = entry.split(" ");
  const d = outline(name);
  const fill = name.endsWith("-filled") ? ' fill="currentColor" stroke="none"' : "";
  lines.push(`  "${name}": "${d}",`);
  symbols.push(`<symbol id="i-${name}" viewBox="0 0 24 24"${fill}><path d="${d}"/></symbol>`);
  if (use) widget[use].push(`  "${name}": "${d}",`);
}
const note = "// Tabler Icons, MIT, see LICENSE. Written by tools/icons.mjs.\n";
fs.writeFileSync(path.join(target, "console.js"), `${note}export default {\n${lines.join("\n")}\n};\n`);
fs.writeFileSync(path.join(target, "widget.js"), `${note}export default {\n${widget.widget.join("\n")}\n};\n`);
fs.writeFileSync(path.join(target, "../widget/icons-later.js"), `${note}export default {\n${widget.later.join("\n")}\n};\n`);
fs.writeFileSync(path.join(target, "sprite.svg"), `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`);
