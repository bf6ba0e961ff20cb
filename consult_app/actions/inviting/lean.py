"""Say the same for less: of two wordings the one that takes fewer parts on a phone."""

from consult_app.outbox.segments import measure


def leanest(*wordings: str) -> str:
    """The wording of fewest parts; of several the first, which says most."""
    return min(wordings, key=lambda words: measure(words).segments)
