"""What an invented household answers about its dwelling: codes that agree with one another."""

from __future__ import annotations

from random import Random

from census.demo.enumeration_areas import Kind

Answers = dict[str, object]

DETACHED, TOWNHOUSE, ROW, FLAT, DORMITORY = "1", "2", "3", "4", "6"
OWNED, RENTED = "1", "3"
ON_LAND = (DETACHED, TOWNHOUSE, ROW)


def dwelling_answers(dice: Random, kind: Kind, members: int, households: int) -> Answers:
    """The items about the dwelling and its equipment."""
    structure = _structure(dice, kind)
    is_rented = structure in (FLAT, DORMITORY) or dice.random() < 0.18
    rooms = 1 if structure == DORMITORY else dice.randint(2, 6)
    answers: Answers = {
        "h01": structure,
        "h02": "1",
        "h03": "1",
        "h04": households,
        "h05": dice.choices("123", (70, 12, 18))[0],
        "h06": RENTED if is_rented else dice.choices("126", (80, 14, 6))[0],
        "h08": rooms,
        "h09": min(rooms, dice.randint(1, 4)),
        "h11": dice.choices("1345", (30, 58, 6, 6))[0],
        "h12": dice.choices("134", (82, 4, 14))[0],
        "h13": dice.choices("123", (48, 44, 8))[0],
        "h14": "1" if dice.random() < 0.96 else "2",
        "h15": dice.choices("12346", (78, 10, 5, 2, 5))[0],
        "h16": "1",
        "h17": dice.choices("12", (88, 12))[0],
        "h18": dice.choices("123", (42, 48, 10))[0],
        "h19": dice.choice(("1", "1 4", "1 4", "1 2 4", "1 2 3 4")),
        "h20_motorcycles": dice.choices((0, 1, 2, 3), (20, 45, 28, 7))[0],
        "h20_cars": dice.choices((0, 1, 2), (48, 42, 10))[0],
    }
    if structure in ON_LAND:
        answers["h07"] = RENTED if is_rented else OWNED
    if structure != DORMITORY:
        answers["h10"] = dice.choice("12345")
    if members > 6 * rooms:
        answers["h08"] = members
    return answers


def _structure(dice: Random, kind: Kind) -> str:
    if kind is Kind.ROOMS:
        return dice.choices((DORMITORY, FLAT, ROW), (50, 38, 12))[0]
    if kind is Kind.TOWN:
        return dice.choices((DETACHED, TOWNHOUSE, ROW), (50, 32, 18))[0]
    return dice.choices((DETACHED, TOWNHOUSE, ROW), (86, 8, 6))[0]
