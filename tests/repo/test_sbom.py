"""What we say Tuntas is made of is what the locks name."""

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def made() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_sbom", ROOT / "bin" / "make_sbom.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def sbom(made: ModuleType) -> dict[str, Any]:
    found: dict[str, Any] = made.sbom()
    return found


def test_every_locked_package_is_in_it_with_its_hashes(sbom: dict[str, Any]) -> None:
    found = {one["purl"]: one for one in sbom["components"]}
    assert len(found) == len(sbom["components"]), "none twice"
    for file, scope in (("requirements.lock", {"required"}), ("requirements-dev.lock", {"required", "excluded"})):
        lines = (ROOT / file).read_text()
        for name, version in re.findall(r"^([a-z0-9._-]+)==([^\s;\\]+)", lines, re.M):
            one = found[f"pkg:pypi/{name}@{version}"]
            assert one["scope"] in scope
            assert one["hashes"], name
            assert all(hash_["content"] in lines for hash_ in one["hashes"])
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for path, package in packages.items():
        if path:
            name = path.rpartition("node_modules/")[2].replace("@", "%40", 1)
            assert f"pkg:npm/{name}@{package['version']}" in found


def test_it_is_cyclonedx_and_the_same_each_time(made: ModuleType, sbom: dict[str, Any]) -> None:
    assert (sbom["bomFormat"], sbom["specVersion"]) == ("CycloneDX", "1.6")
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", sbom["serialNumber"])
    assert sbom == made.sbom()
    sizes = {"SHA-256": 64, "SHA-512": 128, "SHA-1": 40}
    for one in sbom["components"]:
        assert all(len(hash_["content"]) == sizes[hash_["alg"]] for hash_ in one["hashes"])
    named = {one["bom-ref"] for one in sbom["components"]}
    assert set(sbom["dependencies"][0]["dependsOn"]) <= named


def test_what_runs_says_its_licence(sbom: dict[str, Any]) -> None:
    running = [one for one in sbom["components"] if one["scope"] == "required" and one["purl"].startswith("pkg:pypi")]
    said = [one for one in running if one.get("licenses")]
    assert len(said) >= 0.9 * len(running)
    assert not [one["name"] for one in said if "AGPL" in json.dumps(one["licenses"])]
