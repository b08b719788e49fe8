"""The words a quantity is said in."""

from enum import StrEnum


class Qualifier(StrEnum):
    """How `low` and `high` bound the truth. A bound that is None is open.

    There is no qualifier for a range: it is EXACT or CIRCA with `low` below `high`.
    """

    EXACT = "exact"  # low <= truth <= high; low equals high for a single figure
    CIRCA = "circa"  # near low and high, whichever are known: c.20, c.£18–20m, c.20+, up to c.20
    OVER = "over"  # truth > low; no high
    JUST_OVER = "just_over"  # truth > low, and near it; no high
    AT_LEAST = "at_least"  # truth >= low; no high
    UNDER = "under"  # truth < high; no low
    NEARLY = "nearly"  # truth < high, and near it; no low
    UP_TO = "up_to"  # truth <= high; no low

    @property
    def bounds_below(self) -> bool:
        """True when only `low` is known."""
        return self in {Qualifier.OVER, Qualifier.JUST_OVER, Qualifier.AT_LEAST}

    @property
    def bounds_above(self) -> bool:
        """True when only `high` is known."""
        return self in {Qualifier.UNDER, Qualifier.NEARLY, Qualifier.UP_TO}


# Phrases that make a limit of the figure after them. Symbols are printed against the figure.
LIMITS = {
    "over": Qualifier.OVER,
    "more than": Qualifier.OVER,
    "above": Qualifier.OVER,
    ">": Qualifier.OVER,
    "just over": Qualifier.JUST_OVER,
    "at least": Qualifier.AT_LEAST,
    "no fewer than": Qualifier.AT_LEAST,
    "no less than": Qualifier.AT_LEAST,
    "≥": Qualifier.AT_LEAST,
    "under": Qualifier.UNDER,
    "fewer than": Qualifier.UNDER,
    "less than": Qualifier.UNDER,
    "below": Qualifier.UNDER,
    "<": Qualifier.UNDER,
    "nearly": Qualifier.NEARLY,
    "almost": Qualifier.NEARLY,
    "just under": Qualifier.NEARLY,
    "up to": Qualifier.UP_TO,
    "at most": Qualifier.UP_TO,
    "no more than": Qualifier.UP_TO,
    "≤": Qualifier.UP_TO,
}

# Marks of approximation as typed, and as printed.
APPROXIMATIONS = {
    "c": "c.",
    "c.": "c.",
    "ca": "c.",
    "ca.": "c.",
    "~": "~",
    "circa": "circa ",
    "about": "about ",
    "around": "around ",
    "roughly": "roughly ",
    "approximately": "approximately ",
    "approx": "approx. ",
    "approx.": "approx. ",
}

# Scales as typed, and as printed.
SCALES = {
    "k": "k",
    "thousand": "k",
    "m": "m",
    "mn": "m",
    "million": "m",
    "bn": "bn",
    "billion": "bn",
}

# Powers of ten of the scales as printed.
POWERS = {"": 0, "k": 3, "m": 6, "bn": 9}

_TO_NINETEEN = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *(
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def _number_words() -> dict[str, int]:
    words = {word: number for number, word in enumerate(_TO_NINETEEN)}
    for tens, word in enumerate(_TENS, start=2):
        words[word] = tens * 10
        words |= {f"{word}-{_TO_NINETEEN[digit]}": tens * 10 + digit for digit in range(1, 10)}
    return words


NUMBER_WORDS = _number_words()

# Words that would change the figure if they were taken for part of its unit ("20 or more", "two hundred").
NEVER_UNITS = frozenset(
    {
        *("or", "plus", "more", "less", "fewer", "odd", "ish", "so", "max", "maximum", "min", "minimum"),
        *("over", "above", "under", "below", "nearly", "almost", "just", "least", "most"),
        *(
            "half",
            "quarter",
            "dozen",
            "hundred",
            "hundreds",
            "thousands",
            "millions",
            "billions",
            "trillion",
            "tn",
        ),
        *("minus", "b", "percent", "pound", "pounds", "gbp"),
        *(word for word in APPROXIMATIONS if word.isalpha()),
        *SCALES,
        *NUMBER_WORDS,
    }
)
