"""Where a text has figures: numbers that say how much or how many, as against those that name, date or count off."""

import re
from collections.abc import Iterable, Iterator

from opprod.core.quantity.vocabulary import APPROXIMATIONS, LIMITS, NUMBER_WORDS, SCALES

_BLANK = "\0"  # stands where a number is no figure: neither a letter, a digit, a space nor a mark


def _any_of(phrases: Iterable[str]) -> str:
    longest_first = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(phrase) + ("(?![a-z])" if phrase[-1].isalpha() else "") for phrase in longest_first)


_TENS = _any_of(word for word, number in NUMBER_WORDS.items() if number >= 20 and number % 10 == 0)
_TO_NINE = _any_of(word for word, number in NUMBER_WORDS.items() if 0 < number < 10)
_TO_NINETEEN = _any_of(word for word, number in NUMBER_WORDS.items() if 1 < number < 20)
_WORDS = rf"(?:(?:{_TENS})(?:[- ](?:{_TO_NINE}))?|{_TO_NINETEEN})"
_SCALE = _any_of(SCALES)
_ATTACHED = _any_of(["fte", "hr", "hrs", "kg", "km", "mg", "min", "mins", "p", "pp", "tn", "wte", "x"])
_PARTS = r"(?:halves|(?:third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)s?)(?![a-z])"

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DAY = r"[0-3]?\d(?:st|nd|rd|th)?"
_YEAR = r"(?:199\d|20\d\d)"
_AND = r"(?: ?[-–—/,&] ?| and | or | to )"

# What a number follows to name one of many: Phase 1, section 149. "At this stage 12 have joined" counts.
_EACH_OF_MANY = "".join(
    rf"(?<!\b{word} )" for word in ("a", "each", "every", "first", "last", "next", "past", "per", "that", "this")
)
_THING = (
    rf"{_EACH_OF_MANY}(?:annex|appendix|article|band|box|chapter|clause|cohort|figure|grade|item|level|objective"
    r"|option|page|paragraph|para|part|phase|priority|recommendation|regulation|room|schedule|section|stage|step"
    r"|table|tier|tranche|version|wave|workstream)"
)
_PERIOD = rf"{_EACH_OF_MANY}(?<!\bthe )(?:day|week|month|quarter|year)"
# What a compound measures: a 12-month programme is a figure, a 2-pager or a two-way street a name.
_MEASURED = r"(?:bed(?:ded)?|day|fold|hour|mile|minute|month|quarter|site|strong|trust|week|year)"

# Each is blanked in the whole text before figures are looked for, in this order.
_NO_FIGURES = [
    re.compile(pattern)
    for pattern in (
        r"\[\[[^\[\]]*\]\]",  # a quoted measure
        r"(?i:\b(?:https?://|www\.)\S+)|(?<!\S)[^\s@]+@\S+",
        rf"\b{_DAY}(?:{_AND}{_DAY}){{0,3}}(?: of)? {_MONTH}(?:,? {_YEAR})?(?!\w)",
        rf"\b{_MONTH} {_DAY}(?:,? {_YEAR})?(?!\w)",
        r"(?<!\w)(?:\d{4}-\d\d-\d\d|\d\d?[/.]\d\d?[/.](?:\d\d)?\d\d)(?!\w)",
        r"(?i:\b(?:[01]?\d|2[0-3])(?::[0-5]\d(?: ?[ap]\.?m\b)?|(?:\.[0-5]\d)? ?[ap]\.?m\b))",
        rf"\b{_YEAR}[/–-]\d\d+(?!\w)",  # 2016/17, Regulation 2016/679
        r"(?<![\w:])(?:24/7|1:1)(?![\w:])|\b(?:Five|Seven) (?:Year|Day) [A-Z]\w+|\bNHS 111\b",
        r"(?<![\w/-])(?!ca?\d)[A-Za-z][\w/-]*\d[\w/-]*(?:\.\d[\w/-]*)*",  # COVID19, BM/16/89, Q2
        rf"(?i:\b(?=[a-z]+ \d)(?:{_THING}|{_PERIOD}) \d[\d.]*(?:[a-z]\b)?(?: ?[-–] ?\d+)?(?!\w))",
        rf"(?i:\b(?=[a-z]+s \d){_THING}s \d[\d.]*[a-z]?(?:{_AND}\d[\d.]*[a-z]?){{1,20}}(?!\w))",
        r"(?i:\bnos?\. ?\d+(?!\w))",
        r"(?<![\w£$€.])\d+(?:\.\d+){2,}(?!\w)|(?<![\w.,])0\d[\d ]{1,14}\d",  # 10.6.1, and a telephone's number
        rf"(?i:\b(?:\d+|{_WORDS})-(?!(?:{_MEASURED}|{_PARTS}|{_WORDS})\b)[a-z]\w*)",
        r"(?m:^[ \t]{0,8}\d\d?[.)]\s)",
    )
]
_TWO_DIGIT_YEARS = re.compile(r"(?<![\w/£])(\d\d)[/–-](\d\d)(?![\w/%])")
_BARE_YEAR = re.compile(rf"(?<![\w£$€.,]){_YEAR}(?!\w|[%+]|[.,]\d)")
# "Up to 2018" and "about 2018" are times; "more than 2000" is not.
_COUNTS = ["~", *(LIMITS.keys() - {"up to", "above", "under", "below"})]
_COUNTED = re.compile(rf"(?:{_any_of(_COUNTS)}) ?$", re.IGNORECASE)
_ITEM = re.compile(r"(?<![\w£])\(?(\d\d?)\)(?= )")

_LEAD = rf"(?:(?:{_any_of([*LIMITS, *APPROXIMATIONS])}) ?){{0,2}}"
_BIG = "(?:hundred|thousand|million|billion|dozen)"
_IN_WORDS = (
    rf"(?:(?:half an?|an?|one|{_WORDS})[ -])?{_BIG}(?!\w)"
    rf"(?: {_BIG}(?!\w)|(?: and)? (?:one|{_WORDS})(?: {_BIG})?(?!\w))*+"
    rf"|(?:tens of )?{_BIG[:-1]})s|{_WORDS}"
)
_NUMBER = rf"(?:\d++(?:,\d++)*+(?:\.\d++)?+[¼½¾⅓⅔]?|[¼½¾⅓⅔]|{_IN_WORDS})(?: and a (?:half|quarter|third))?"
_END = (
    rf"(?:(?<!\S)[-–−+](?=[\d£$€])|minus )?(?:[£$€] ?)?(?:{_NUMBER})(?: ?(?:{_SCALE})|(?:{_ATTACHED}))?(?!\w)"
    r"(?: ?%| per ?cent(?!\w))?"
)
_FRACTION = (
    rf"(?:(?:an?|one|{_WORDS}|\d+)[ -](?:half|{_PARTS})(?= of\b)|(?:one|{_WORDS})[ -](?:half|{_PARTS})"
    rf"|(?:{_any_of([*LIMITS, *APPROXIMATIONS, 'by'])}) half(?! an?\b)"
    r"|(?<!first )(?<!second )(?<!other )(?<!latter )half(?= (?:of|the|its|their|our|all)\b))(?!\w)"
)
_FIGURE = re.compile(
    rf"(?<!\w)(?=[^\s\0])(?<!\d[,.])(?:{_LEAD}(?:{_FRACTION}|\d+[:/]\d+(?!\w)|one (?:in|out of) {_END}"
    rf"|{_END}(?:(?: ?[-–—] ?| to ){_END})?(?: ?\+(?! ?\d))?(?: (?:in|of|out of) {_END})?"
    r"(?:[ -](?:minute|hour|day|week|month|year)s?\b)?))",
    re.IGNORECASE,
)


_MAY_HAVE_FIGURES = re.compile(rf"[\d¼½¾⅓⅔]|\b(?:{_BIG}s?|half|{_PARTS}|{_WORDS})\b", re.IGNORECASE)


def figures_in(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each figure begins and ends.

    Figures are numerals and number words from two on, with what qualifies them: £18–20m, c.20, over 1,400, 20+,
    40 per cent, three months, a hundred, two thirds. No figures are dates, times, financial and calendar years,
    ordinals, references and labels (BM/16/89, Q2, Phase 1, section 149), items counted off, names (2-pager,
    COVID19), the word "one", addresses and quoted measures.
    """
    if not _MAY_HAVE_FIGURES.search(text):
        return
    for found in _FIGURE.finditer(_blanked(text)):
        yield found.start(), found.end()


def _blanked(text: str) -> str:
    """The text, as long as it was, with what is no figure blanked."""
    for pattern in _NO_FIGURES:
        text = pattern.sub(_blank, text)
    text = _TWO_DIGIT_YEARS.sub(_blank_if_consecutive, text)
    text = _BARE_YEAR.sub(_blank_unless_counted, text)
    return re.sub(r"\s", " ", _without_items(text))


def _without_items(text: str) -> str:
    """Blank what counts off: (1) and (2), if they come in order."""
    expected = 1
    for found in _ITEM.finditer(text):
        if int(found[1]) == expected:
            text = f"{text[: found.start()]}{_blank(found)}{text[found.end() :]}"
            expected += 1
    return text


def _blank(found: re.Match[str]) -> str:
    return _BLANK * len(found[0])


def _blank_if_consecutive(found: re.Match[str]) -> str:
    return _blank(found) if (int(found[1]) + 1) % 100 == int(found[2]) else found[0]


def _blank_unless_counted(found: re.Match[str]) -> str:
    before = found.string[max(found.start() - 20, 0) : found.start()]
    return found[0] if _COUNTED.search(before) else _blank(found)
