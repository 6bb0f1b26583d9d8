"""Styles and pictures, gathered under names that carry a hash of their content."""

import shutil

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from tuntas.ops.trouble import Trouble
from tuntas.web.styles import build_styles


def collect_static() -> None:
    """Gather the static files into STATIC_ROOT, where that has not been done since they changed. Raises Trouble."""
    build_styles(settings.BUILT_ROOT)
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    if manifest.exists() and manifest.stat().st_mtime > _changed_at():
        return
    try:
        shutil.rmtree(settings.STATIC_ROOT, ignore_errors=True)
        call_command("collectstatic", interactive=False, verbosity=0)
    except OSError as error:
        raise Trouble(f"TUNTAS_DATA: {settings.STATIC_ROOT} cannot be written: {error.strerror}.") from error


def _changed_at() -> float:
    """Return when a static file changed last, in seconds since 1970."""
    found = (storage.get_modified_time(path) for finder in get_finders() for path, storage in finder.list([]))
    return max((instant.timestamp() for instant in found), default=0.0)
