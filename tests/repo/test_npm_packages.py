"""The npm packages: pinned, hashed, from no named registry; few are built into what browsers get, the rest judges."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_the_npm_lock_carries_hashes_and_no_registry() -> None:
    text = (ROOT / "package-lock.json").read_text()
    packages = {name: entry for name, entry in json.loads(text)["packages"].items() if name}
    assert len(packages) > 100
    assert [name for name, entry in packages.items() if not entry.get("integrity", "").startswith("sha512-")] == []
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert "omit-lockfile-registry-resolved=true" in (ROOT / ".npmrc").read_text().split()


def test_every_npm_package_is_pinned_and_only_what_is_built_in_is_a_dependency() -> None:
    asked = json.loads((ROOT / "package.json").read_text())
    assert asked["private"] is True
    built_in = {"@noble/curves", "@noble/hashes", "@scure/base", "age-encryption", "altcha", "esbuild", "uqr"}
    assert set(asked["dependencies"]) == built_in
    versions = [*asked["dependencies"].values(), *asked["devDependencies"].values()]
    assert [v for v in versions if not re.fullmatch(r"\d+\.\d+\.\d+", v)] == []
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert locked[""]["dependencies"] == asked["dependencies"]
    assert [name for name in asked["dependencies"] if locked[f"node_modules/{name}"].get("dev")] == []


def test_what_runs_tuntas_asks_for_no_judge() -> None:
    makefile = (ROOT / "Makefile").read_text()
    demo = makefile[makefile.index("demo:") : makefile.index("test:")]
    assert "bin/bootstrap runtime" in demo
    assert "npm" not in demo
    library = (ROOT / "bin" / "bootstrap").read_text().partition("browser_library() {")[2].partition("\n}")[0]
    assert "npm ci --omit=dev --ignore-scripts" in library


def test_what_is_built_holds_nothing_that_a_page_may_not_do() -> None:
    built = ROOT / "build" / "js" / "age.js"
    if not built.exists():
        pytest.skip("bin/bootstrap test builds it")
    text = built.read_text()
    assert re.findall(r"\beval\(|new Function|https?:", text) == []
    assert "MIT License" in text
    assert "BSD-3-Clause" in text
