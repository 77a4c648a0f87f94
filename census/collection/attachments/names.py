"""What a file may be called: one name, in one spelling, that can do no harm anywhere."""

from __future__ import annotations

import unicodedata

MAX_NAME_CHARACTERS = 200
MAX_NAME_BYTES = 255

_SEPARATORS = frozenset("/\\")
_UNSEEN = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})
_TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


def canonical_name(name: str) -> str | None:
    """The name in Unicode's composed form (NFC), or none if no file may be called so.

    Letters of any script are fine. Separators of paths, control characters, characters that turn
    the direction of reading, and a leading dot are not.
    """
    composed = unicodedata.normalize("NFC", name)
    if not composed.strip() or composed.startswith("."):
        return None
    if len(composed) > MAX_NAME_CHARACTERS or any(map(_is_harmful, composed)):
        return None
    return composed if len(composed.encode()) <= MAX_NAME_BYTES else None


def _is_harmful(character: str) -> bool:
    return (
        character in _SEPARATORS
        or unicodedata.category(character) in _UNSEEN
        or unicodedata.bidirectional(character) in _TURNING
    )
