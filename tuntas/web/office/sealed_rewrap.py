"""Keys a reader's browser wrapped for others: newcomers of the list, the reporter, or all of them after a change."""

from base64 import b64decode

import orjson
from django.http import HttpRequest, HttpResponse

from tuntas import steps
from tuntas.kit.errors import Invalid
from tuntas.steps.rewrap import NO_KEY
from tuntas.web.office.sealed_door import Vault, of_vault
from tuntas.web.posts import once_only


@of_vault(methods=("POST",))
def new_keys(request: HttpRequest, vault: Vault) -> HttpResponse:
    """Keep wrapped keys, once. Raises NotAllowed, Invalid."""
    keys, recipient = _read(request.POST.get("kunci_baru", "")), request.POST.get("penerima", "")

    def do() -> str:
        steps.rewrap(vault.report, by=vault.signed.actor, keys=keys, recipient=recipient, now=vault.signed.now)
        return vault.here

    return once_only(request, caller=vault.signed.key, do=do, now=vault.signed.now)


def _read(text: str) -> dict[str, bytes]:
    """Return the keys by reader: JSON of base64."""
    try:
        given = orjson.loads(text)
        return {str(name): b64decode(data, validate=True) for name, data in given.items()}
    except (ValueError, TypeError, AttributeError) as error:
        raise Invalid.field("/keys", NO_KEY) from error
