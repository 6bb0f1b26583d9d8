"""Whether a text says when: a date, an hour, a day of the week, or a length of time. Pure.

“Segera” and “secepatnya” say nothing about when, and do not count. Worked examples: tests/rules/test_lights.py.
"""

import re

_MONTHS = (
    "januari|februari|maret|april|juni|juli|agustus|september|oktober|november|desember"
    "|january|february|march|june|july|august|october|december"
)
_SHORT_MONTHS = "jan|feb|mar|apr|mei|may|jun|jul|agu|agt|aug|sep|sept|okt|oct|nov|des|dec"
_DAYS = "senin|selasa|rabu|kamis|jum[’']?at|sabtu|minggu|ahad|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_NUMBER = "[0-9]+|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|one|two|three|four|five"
_LENGTHS = "menit|jam|hari|pekan|minggu|bulan|tahun|minutes?|hours?|days?|weeks?|months?|years?"
_SPANS = "pagi|siang|sore|petang|malam|hari|pekan|minggu|bulan|tahun"

_WHEN = re.compile(
    rf"""(?<![\w.,])(?:
      [0-9]{{1,2}}[-/.][0-9]{{1,2}}[-/.](?:[0-9]{{4}}|[0-9]{{2}})      # 24-11-2025
    | [0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}
    | [0-9]{{1,2}}\s+(?:{_SHORT_MONTHS})                               # 24 Nov
    | (?:{_MONTHS}) | (?:{_DAYS})
    | (?:tanggal|tgl\.?|pukul|jam)\s+[0-9]{{1,2}}
    | (?:[01]?[0-9]|2[0-4])[.:][0-5][0-9]                              # 09.14
    | (?:{_SPANS})\s+(?:ini|depan|lalu|kemarin|nanti)
    | (?:awal|akhir|pertengahan|bulan)\s+(?:pekan|minggu|bulan|tahun|mei)
    | besok | esok | lusa | kemarin | tadi
    | (?:{_NUMBER})(?:\s*[×x]\s*[0-9]+)?\s*(?:{_LENGTHS})              # 2×24 jam
    | se(?:jam|hari|malam|pekan|minggu|bulan|tahun)(?!-)
    | today | tonight | tomorrow | yesterday | (?:this|next|last)\s+(?:morning|week|month|year)
    )(?:nya)?(?![\w]|[.,:][0-9])""",
    re.IGNORECASE | re.VERBOSE,
)


def says_when(text: str) -> bool:
    """Return whether *text* holds a date, an hour, a day or a number of days; money and other numbers are none."""
    return _WHEN.search(text) is not None
