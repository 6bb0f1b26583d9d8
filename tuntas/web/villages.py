"""The list of places one can choose from."""

from tuntas.agencies.installation import Installation


def villages(here: Installation) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the lowest areas, code and name, each group under the name of the area above it."""
    parents = {code.rpartition(".")[0] for code in here.areas}
    groups: dict[str, list[tuple[str, str]]] = {}
    for code, area_id in sorted(here.areas.items()):
        if code not in parents:
            groups.setdefault(code.rpartition(".")[0], []).append((code, here.area_names[area_id][1]))
    named = {code: here.area_names[here.areas[code]][1] if code in here.areas else code for code in groups}
    return [(named[code], rows) for code, rows in groups.items()]
