"""Write a whole city into a folder: its profile, and all its reports. An empty installation becomes the same city.

There: ``tuntas load-profile FOLDER/profile``, then ``tuntas import-reports FOLDER/reports.csv.gz --as tuntas --open``.
"""

import argparse
from pathlib import Path

from tuntas.ops.export_reports import write_reports
from tuntas.ops.trouble import Trouble
from tuntas.steps.export_profile import export_profile

PROFILE, REPORTS = "profile", "reports.csv.gz"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``tuntas export-city`` takes."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="an empty folder, or one that is not there yet")


def run(args: argparse.Namespace) -> int:
    """Write the folder, and say what stays behind."""
    folder: Path = args.folder
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Trouble(f"{folder} is not empty.")
    (folder / PROFILE).mkdir(parents=True, exist_ok=True)
    export_profile(folder / PROFILE)
    written = write_reports(folder / REPORTS, None, None, whole=True)
    print(f"{written:,} reports and the profile stand in {folder}.")
    print("Left behind: reporters' names and contacts, photos and files, sealed words, passwords and keys.")
    return 0
