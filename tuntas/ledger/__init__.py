"""The log nobody can quietly change: a leaf for every event and every look."""
