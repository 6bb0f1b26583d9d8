"""What Lighthouse thinks of pages of a running installation, on a simulated slow phone; one JSON object a line."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

PROGRAM = Path(__file__).parents[1] / "node_modules" / ".bin" / "lighthouse"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chromium-headless-shell")
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
SECONDS = 180.0  # for one page; it takes about twenty


def main(argv: Sequence[str] | None = None) -> int:
    """Judge each path; 1 when a figure is below the least that was asked for, or a page cannot be judged."""
    parser = argparse.ArgumentParser(prog="python -m bench.lighthouse", description=__doc__)
    parser.add_argument("base_url", help="where it runs, such as http://localhost:8000")
    parser.add_argument("paths", nargs="*", default=["/"], help="pages, such as / /laporan")
    parser.add_argument("--least", type=int, default=0, help="exit with 1 where a figure is lower")
    parser.add_argument("--why", action="store_true", help="say on standard error which audits cost points")
    args = parser.parse_args(argv)
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None or not PROGRAM.exists():
        print("Chromium or Lighthouse is missing: run bin/bootstrap test.", file=sys.stderr)
        return 1
    is_good = True
    for path in args.paths:
        found = judge(args.base_url.rstrip("/") + path, browser)
        figures = figures_of(found) if found else {}
        print(json.dumps({"path": path, **figures}), flush=True)
        is_good = is_good and all(figure is not None and figure >= args.least for figure in figures.values())
        is_good = is_good and bool(figures)
        if args.why and found:
            print("\n".join(costs_of(found)), file=sys.stderr)
    return 0 if is_good else 1


def judge(address: str, browser: str) -> dict[str, Any] | None:
    """Return Lighthouse's report on a page, or None with a sentence on standard error."""
    with tempfile.TemporaryDirectory(prefix="tuntas-lighthouse-") as folder:
        command = [
            str(PROGRAM),
            address,
            "--quiet",
            "--output=json",
            "--no-enable-error-reporting",
            f"--only-categories={','.join(CATEGORIES)}",
            f"--chrome-flags={FLAGS} --user-data-dir={folder}",
        ]
        given = {**os.environ, "CHROME_PATH": browser}
        try:
            done = subprocess.run(command, env=given, capture_output=True, text=True, timeout=SECONDS, check=True)
            found: dict[str, Any] = json.loads(done.stdout)
        except subprocess.TimeoutExpired:
            print(f"{address}: no answer within {SECONDS:.0f} s.", file=sys.stderr)
            return None
        except (subprocess.CalledProcessError, ValueError) as error:
            said = getattr(error, "stderr", "") or str(error)
            print(f"{address}: {said.strip()[-500:]}", file=sys.stderr)
            return None
    return found


def figures_of(found: dict[str, Any]) -> dict[str, int | None]:
    """Return the four figures, of 100; None where Lighthouse could not tell."""
    scores = {name: found["categories"][name]["score"] for name in CATEGORIES}
    return {name.replace("-", "_"): None if score is None else round(score * 100) for name, score in scores.items()}


def costs_of(found: dict[str, Any]) -> list[str]:
    """Return a line for each audit that counts and is not full."""
    lines = []
    for name in CATEGORIES:
        for part in found["categories"][name]["auditRefs"]:
            audit = found["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 1:
                lines.append(f"  {name} {audit['score']:.2f} {audit['title']} {audit.get('displayValue', '')}".rstrip())
    return lines


if __name__ == "__main__":
    sys.exit(main())
