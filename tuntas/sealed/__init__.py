"""The sealed room: words that only appointed readers open, and the keys they open them with."""
