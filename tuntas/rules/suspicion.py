"""Which ordinary reports sound as if they belonged into the sealed room. A guess that errs on the safe side. Pure.

Such a report stays closed to the desk until somebody appointed has looked at it (ux 8), so the words are few and plain.
"""

from tuntas.rules.topics import guess_topics

WORDS = (
    "pungli",
    "pungutan liar",
    "suap",
    "disuap",
    "sogok",
    "sogokan",
    "korupsi",
    "dikorupsi",
    "gratifikasi",
    "pemerasan",
    "diperas",
    "memeras",
    "uang pelicin",
    "uang rokok",
    "minta uang",
    "meminta uang",
    "dimintai uang",
    "jual beli jabatan",
    "penyalahgunaan wewenang",
    "kdrt",
    "perkosa",
    "diperkosa",
    "pelecehan",
    "dilecehkan",
    "dianiaya",
)


def is_suspected(*texts: str) -> bool:
    """Return whether any of the words stands in what somebody reports, as a word of its own."""
    return bool(guess_topics("\n".join(texts), {"sealed": WORDS}))
