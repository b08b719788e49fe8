"""Elements of WordprocessingML, made one by one so that whatever people typed stands in them as text."""

import re
from typing import TypeAlias

from docx.oxml.ns import nsmap
from docx.oxml.parser import oxml_parser
from docx.oxml.xmlchemy import BaseOxmlElement

from opprod.charts.svg import legal

Element: TypeAlias = BaseOxmlElement

_W = f"{{{nsmap['w']}}}"
_NAMESPACE = {"w": nsmap["w"]}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LONGEST_NAME = 40


def w(tag: str, *children: Element | None, **values: object) -> Element:
    """An element of Word's, with attributes of Word's; children that are None are left out."""
    attributes = {_W + name: str(value) for name, value in values.items()}
    element: Element = oxml_parser.makeelement(_W + tag, attributes, _NAMESPACE)
    element.extend(child for child in children if child is not None)
    return element


def paragraph(style: str, *content: Element | None, numbering: Element | None = None) -> Element:
    """A paragraph in a style."""
    return w("p", w("pPr", w("pStyle", val=style), numbering), *content)


def run(words: str, *looks: Element) -> Element:
    """A run of text; a line feed in it is a line break."""
    element = w("r", w("rPr", *looks) if looks else None)
    for number, line in enumerate(re.split(r"\r\n|[\r\n]", legal(words))):
        if number:
            element.append(w("br"))
        if line:
            text = w("t")
            text.text = line
            text.set(_SPACE, "preserve")
            element.append(text)
    return element


def tab() -> Element:
    """A run that goes to the next tab stop."""
    return w("r", w("tab"))


def field(instruction: str, result: str) -> Element:
    """A field that Word keeps up to date, such as the page's number; ``result`` stands there until it does."""
    return w("fldSimple", run(result), instr=f" {instruction} ")


def bookmark_name(name: str) -> str:
    """A name that Word takes for a place in the document: ``paragraph_12`` for ``paragraph-12``."""
    return re.sub(r"\W", "_", name, flags=re.ASCII)[:_LONGEST_NAME]
