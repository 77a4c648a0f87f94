"""The thirteen digits that Thailand gives every registered person, read and checked.

The number is written N-NNNN-NNNNN-NN-N: the category of the person, the registration office that
gave it, a group, an order within the group, and a check digit. A leading zero is a category of
its own (persons without civil status) and not an error.

The formula of the check digit is the one described on the Thai Wikipedia page
"เลขประจำตัวประชาชนไทย": with d1 to d12 the first twelve digits and S the sum of (14 - i) x d_i, the
thirteenth digit is (11 - S mod 11) mod 10. The published example is 1-2345-67890-12-1 (S = 352).
"""

from __future__ import annotations

import re
import unicodedata

from census.core.locale import from_thai_digits

_WELL_FORMED = re.compile(r"[0-9]{13}")
_FIRST_TWELVE = re.compile(r"[0-9]{12}")

# What people and programs put between the digits: every dash and space, the full stop, the
# slash, and the invisible characters that arrive with text copied from a document.
_BETWEEN_THE_DIGITS = frozenset({"Pd", "Zs", "Cf"})
_ALSO_BETWEEN = frozenset("./_\u2212\t\r\n")


def normalise_pid(text: str) -> str:
    """The digits alone, however the number was written.

    What is neither a digit nor a separator stays, so that a letter typed for a digit is seen as a
    malformed number instead of silently becoming a shorter one.
    """
    composed = unicodedata.normalize("NFC", from_thai_digits(text))
    return "".join(c for c in composed if not _is_separator(c))


def is_well_formed_pid(digits: str) -> bool:
    """Whether this is thirteen digits, right or wrong: anything else is malformed."""
    return _WELL_FORMED.fullmatch(digits) is not None


def is_valid_pid(digits: str) -> bool:
    """Whether thirteen normalised digits agree with their check digit."""
    return is_well_formed_pid(digits) and check_digit(digits[:12]) == int(digits[12])


def check_digit(first_twelve: str) -> int:
    """The thirteenth digit that belongs to the first twelve."""
    if not _FIRST_TWELVE.fullmatch(first_twelve):
        raise ValueError("a check digit is computed from exactly twelve digits")
    weighted = sum(w * int(d) for w, d in zip(range(13, 1, -1), first_twelve, strict=True))
    return (11 - weighted % 11) % 10


def masked(pid: str) -> str:
    """What a screen may show: category, office and check digit, and nothing of a malformed one."""
    if not is_well_formed_pid(pid):
        return "*-****-*****-**-*"
    return f"{pid[0]}-{pid[1:5]}-*****-**-{pid[12]}"


def _is_separator(character: str) -> bool:
    return character in _ALSO_BETWEEN or unicodedata.category(character) in _BETWEEN_THE_DIGITS
