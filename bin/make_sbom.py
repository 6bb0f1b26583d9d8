"""Write what Tuntas is made of as CycloneDX 1.6 (`make sbom`): every locked package with its hashes and licence.

Python packages come from requirements.lock, with licences from their own metadata where they are installed; npm
packages from package-lock.json. What only tests and checks use is marked as excluded.
"""

import base64
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

ROOT = Path(__file__).parents[1]
LICENCES = {
    "MIT License": "MIT",
    "MIT": "MIT",
    "Apache Software License": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "BSD": "BSD-3-Clause",
    "BSD-3-Clause": "BSD-3-Clause",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "MPL-2.0": "MPL-2.0",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
    "Python Software Foundation License": "PSF-2.0",
    "ISC License (ISCL)": "ISC",
}
REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def main() -> int:
    """Print it, or write it to the file that is named."""
    text = json.dumps(sbom(), indent=1, ensure_ascii=False) + "\n"
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(text)
    else:
        sys.stdout.write(text)
    return 0


def sbom() -> dict[str, Any]:
    """Return the whole; the same locks give the same bytes."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    components = sorted([*python_packages(), *npm_packages()], key=lambda one: str(one["bom-ref"]))
    root = f"pkg:pypi/tuntas@{project['version']}"
    name = json.dumps(components, sort_keys=True)
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, name)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": root,
                "name": project["name"],
                "version": project["version"],
                "licenses": [{"license": {"id": project["license"]}}],
                "purl": root,
            }
        },
        "components": components,
        "dependencies": [{"ref": root, "dependsOn": [c["bom-ref"] for c in components if c["scope"] == "required"]}],
    }


def python_packages() -> Iterator[dict[str, Any]]:
    """Give what requirements.lock names, and of requirements-dev.lock what is more."""
    needed = dict(locked("requirements.lock"))
    for key, hashes in {**dict(locked("requirements-dev.lock")), **needed}.items():
        name, version = key
        purl = f"pkg:pypi/{name}@{version}"
        yield {
            "type": "library",
            "bom-ref": purl,
            "name": name,
            "version": version,
            "scope": "required" if key in needed else "excluded",
            "hashes": [{"alg": "SHA-256", "content": one} for one in hashes],
            **licence_of(name),
            "purl": purl,
        }


def locked(file: str) -> Iterator[tuple[tuple[str, str], list[str]]]:
    """Give each name and version of a lock with its hashes: one for each wheel that may be fetched."""
    found: tuple[str, str] | None = None
    hashes: list[str] = []
    for line in (ROOT / file).read_text().splitlines():
        if start := REQUIREMENT.match(line):
            if found:
                yield found, hashes
            found, hashes = (start[1].lower().replace("_", "-"), start[2]), []
        hashes += HASH.findall(line)
    if found:
        yield found, hashes


def licence_of(name: str) -> dict[str, Any]:
    """Return what a package says of its licence; nothing where it is not installed here."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return {}
    if expression := said.get("License-Expression"):
        return {"licenses": [{"expression": expression}]}
    classified = [one.rpartition(" :: ")[2] for one in said.get_all("Classifier") or [] if one.startswith("License ::")]
    short = (said.get("License") or "").strip()
    for word in (short, *classified):
        if word in LICENCES:
            return {"licenses": [{"license": {"id": LICENCES[word]}}]}
    named = next((word for word in (*classified, short.partition("\n")[0]) if word), "")
    return {"licenses": [{"license": {"name": named}}]} if named else {}


def npm_packages() -> Iterator[dict[str, Any]]:
    """Give what package-lock.json names, once each."""
    seen = set()
    for path, package in json.loads((ROOT / "package-lock.json").read_text())["packages"].items():
        if not path or package.get("link"):
            continue
        name, version = path.rpartition("node_modules/")[2], package["version"]
        purl = f"pkg:npm/{name.replace('@', '%40', 1)}@{version}"
        if purl in seen:
            continue
        seen.add(purl)
        licence = package.get("license")
        yield {
            "type": "library",
            "bom-ref": purl,
            "name": name,
            "version": version,
            "scope": "excluded" if package.get("dev") else "required",
            "hashes": [integrity(package["integrity"])] if "integrity" in package else [],
            **({"licenses": [{"expression": licence}]} if licence else {}),
            "purl": purl,
        }


def integrity(text: str) -> dict[str, str]:
    """Turn npm's ``sha512-…`` into CycloneDX' way of writing it."""
    kind, _, data = text.partition("-")
    return {"alg": kind.upper().replace("SHA", "SHA-"), "content": base64.b64decode(data).hex()}


if __name__ == "__main__":
    sys.exit(main())
