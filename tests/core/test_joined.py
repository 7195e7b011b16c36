"""Modules joined into one file: nothing collides, nothing runs twice, nothing is guessed."""

import json
import subprocess
from pathlib import Path
from shutil import which

import pytest

from helpdesk.core.bundles import SCRIPTS
from helpdesk.core.joined import CannotJoin, join_all
from tests.house.tree import ROOT

SOURCES = {
    "app/main.js": """// @ts-check
import view, { h as make } from "../lib/view.js";
import * as words from "./words.js";
import "./effect.js";
/** @type {import("./never.js").Never} */
const say = (text) => globalThis.said.push(text);
say(`${make("a")} ${view.name} ${words.HELLO} ${words.count()} ${words.default}`);
globalThis.done = (async () => {
  const { default: Later, also } = await import("./later.js");
  say(`${new Later().hello()} ${also}`);
  const more = await import("./more.js");
  say(more.twice());
})();
""",
    "lib/view.js": """export { make as h } from "./make.js";
export default { name: "view" };
""",
    "lib/make.js": "const say = (n) => `<${n}>`; export { say as make };",
    "app/words.js": """export const HELLO = "hello";
export function count() { return "one"; }
export default class { static toString() { return "class"; } }
""",
    "app/effect.js": 'globalThis.said.push("effect");\n',
    "app/shared.js": """globalThis.said.push("shared");
export const once = "once";
""",
    "app/later.js": """import { once } from "./shared.js";
import { HELLO } from "./words.js";
export default class Later { hello() { return HELLO + once + Later.name; } }
export const also = "also";
""",
    "app/more.js": """export * from "./words.js";
import { once } from "./shared.js";
export async function wait() {}
export function twice() { return once + once; }
""",
}


def read(name: str) -> str:
    return SOURCES[name]


def test_each_entry_and_each_later_import_is_one_file() -> None:
    assert set(join_all("app/main.js", read)) == {
        "app/main.joined.js", "app/main.common.joined.js",
        "app/later.joined.js", "app/more.joined.js",
    }  # fmt: skip


@pytest.mark.skipif(which("node") is None, reason="the browser tests run the joined widget")
def test_it_runs_as_the_modules_would(tmp_path: Path) -> None:
    for name, text in join_all("app/main.js", read).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    script = """
        globalThis.said = [];
        await import("./app/main.joined.js");
        await globalThis.done;
        console.log(JSON.stringify(said));
    """
    (tmp_path / "run.js").write_text(script)
    run = [which("node") or "", "run.js"]
    said = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert json.loads(said) == [
        "effect", "<a> view hello one class", "shared", "helloonceLater also", "onceonce",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "export let changing = 1;\n",
        "export var old = 1;\n",
        'import bare from "somewhere";\n',
        'import "./one.js";\nimport { main } from "./main.js";\n',
    ],
)
def test_what_is_not_known_is_an_error(text: str) -> None:
    sources = {"a/main.js": 'import "./two.js";\n', "a/two.js": text, "a/one.js": ""}
    with pytest.raises(CannotJoin):
        join_all("a/main.js", sources.__getitem__)


@pytest.mark.parametrize("entry", SCRIPTS)
def test_ours_can_be_joined(entry: str) -> None:
    texts = join_all(entry, lambda name: (ROOT / "static" / name).read_text())
    assert all(texts.values())
