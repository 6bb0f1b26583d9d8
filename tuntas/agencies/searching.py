"""What a search means here: the forms of its words, and the areas, topics and agencies whose names it holds."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import Model, Value

from tuntas.agencies.installation import Installation, installation
from tuntas.rules.search import FEWEST_LETTERS, Known, Named, Term, query_of, terms_of, words_in

T = TypeVar("T")
MOST_NAMES = 60  # rows of other tables that a word may name
KNOWN = """
WITH common AS (
    SELECT unnest(most_common_elems::text::text[]) AS each FROM pg_stats
    WHERE schemaname = current_schema() AND tablename = %s AND attname = 'words'
)
SELECT coalesce(ts_lexize('indonesian_stem', w), '{}'),
    ARRAY(SELECT each FROM common WHERE starts_with(each, w) AND length(w) > 0 LIMIT %s)
FROM unnest(%s::text[]) WITH ORDINALITY AS t (w, n) ORDER BY n
"""


class Written(SearchQuery):
    """A search written out as PostgreSQL keeps it."""

    def __init__(self, text: str) -> None:
        super().__init__(Value(text), search_type="raw")
        self.text = text

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **kwargs: Any) -> Any:
        return "%s::tsquery", [self.text]


class Search:
    """What somebody looks for in the words of a table. One query, none where they look for nothing."""

    def __init__(self, q: str, table: type[Model]) -> None:
        here = installation()
        self.terms = terms_of(q, prefix=here.number_prefix)
        self.known = _known([term.word for term in self.terms], table._meta.db_table) if self.terms else []
        self.named = [_named(term, here) for term in self.terms]

    def text(self, marks: str = "") -> str:
        """Return it as PostgreSQL writes a tsquery; *marks* says in which words it may be found."""
        return query_of(self.terms, self.known, self.named, marks)

    def each(self) -> list[tuple[Term, str, Named]]:
        """Return every term with its own tsquery, names aside, and with what it names; the tsquery may be empty."""
        return [
            (term, query_of([Term(term.word)], [known], [Named()]) if term.word else "", named)
            for term, known, named in zip(self.terms, self.known, self.named, strict=True)
        ]

    def words_found(self, texts: Iterable[str]) -> set[str]:
        """Return which words of some texts are what somebody looks for, in any form. One query, none without words."""
        words = sorted({word for text in texts for word in words_in(text)})
        found = " | ".join(query for _, query, _ in self.each() if query)
        if not words or not found:
            return set()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT w FROM unnest(%s::text[]) w "
                "WHERE (to_tsvector('indonesian', w) || to_tsvector('simple', w)) @@ %s::tsquery",
                [words, found],
            )
            return {word for (word,) in cursor.fetchall()}


def _known(words: Sequence[str], table: str) -> list[Known]:
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [table, MOST_NAMES, list(words)])
        return [Known([each for each in stems if each], common) for stems, common in cursor.fetchall()]


def _named(term: Term, here: Installation) -> Named:
    """Return the areas, categories and agencies whose names hold a word."""
    word = term.word
    if len(word) < FEWEST_LETTERS:
        return Named()
    areas = (code for code, name in here.area_names.values() if word in name.lower())
    categories = (c.id for c in here.categories.values() if word in f"{c.name.id} {c.name.en}".lower())
    agencies = (a.id for a in here.agencies.values() if word in f"{a.name} {a.short}".lower())
    return Named(_few(areas), _few(categories), _few(agencies))


def _few(found: Iterable[T]) -> list[T]:
    return list(islice(found, MOST_NAMES))
