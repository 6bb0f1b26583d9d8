"""Static files under names that carry a hash of their content, also where one script names another."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedNames(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # the package has no types
    """Rewrite the imports of scripts too: a phone that keeps one for a year must find the others it was made with."""

    support_js_module_import_aggregation = True
