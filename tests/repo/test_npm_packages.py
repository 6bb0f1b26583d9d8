"""The npm packages of the browser tests: pinned, hashed, from no named registry, and never needed to run Tuntas."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_npm_lock_carries_hashes_and_no_registry() -> None:
    text = (ROOT / "package-lock.json").read_text()
    packages = {name: entry for name, entry in json.loads(text)["packages"].items() if name}
    assert len(packages) > 100
    assert [name for name, entry in packages.items() if not entry.get("integrity", "").startswith("sha512-")] == []
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert "omit-lockfile-registry-resolved=true" in (ROOT / ".npmrc").read_text().split()


def test_every_npm_package_is_pinned_and_for_development_alone() -> None:
    asked = json.loads((ROOT / "package.json").read_text())
    assert asked["private"] is True
    assert "dependencies" not in asked
    assert [v for v in asked["devDependencies"].values() if not re.fullmatch(r"\d+\.\d+\.\d+", v)] == []


def test_what_runs_tuntas_asks_for_no_npm_package() -> None:
    makefile = (ROOT / "Makefile").read_text()
    demo = makefile[makefile.index("demo:") : makefile.index("test:")]
    assert "bin/bootstrap runtime" in demo
    assert "npm" not in demo
