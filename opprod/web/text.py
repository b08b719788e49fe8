"""Text from people, tidied the same way wherever it comes in."""

import re
import unicodedata

# Word processors paste these for a line or page break.
LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
INVISIBLE = re.compile("[\u200b\u2060\ufeff]")
# Control characters cannot be stored or printed; direction overrides make text read other than it is.
UNUSABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def tidy(text: str, *, lines: bool) -> str:
    """Return text with one kind of line break, composed letters and no space at its ends.

    It becomes one line unless ``lines``.
    """
    tidied = LINE_BREAKS.sub("\n", text)
    tidied = unicodedata.normalize("NFC", INVISIBLE.sub("", tidied))
    if not lines:
        tidied = tidied.replace("\n", " ").replace("\t", " ")
    return tidied.strip()


def without_unusable(text: str) -> str:
    """Return the text without the characters that cannot be kept."""
    return UNUSABLE.sub("", text)


def is_blank(text: str) -> bool:
    """Return whether nothing in the text would be seen."""
    return all(char.isspace() or unicodedata.category(char) in {"Cf", "Cc", "Mn"} for char in text)
