"""Puts right what WeasyPrint 70 gets wrong in a tagged PDF, so that text people wrote in Markdown is accessible.

Each repair has a test that fails without it; when a later WeasyPrint passes that test unaided, the repair can go.
"""

from __future__ import annotations

from typing import Any

import pydyf  # type: ignore[import-untyped]  # it carries no types

LIST_ITEM_PARTS = {"/Lbl", "/LBody"}


def keep_one_annotation_a_link(document: Any) -> None:
    """Drop the second annotation that bold words or an image inside a link are given.

    It lies outside the link's tag, which PDF/UA-1 (ISO 14289-1, 7.18.5) forbids, and repeats the link's own.
    """
    for sheet in document.pages:
        sheet.links = [link for link in sheet.links if _is_link_itself(link[3])]


def wrap_list_items(_document: Any, pdf: Any) -> None:
    """Put the paragraphs of a list item into its body.

    A list item may hold a label and a body and nothing else (ISO 32000-1, table 336); WeasyPrint leaves blocks
    such as ``<li><p>`` beside the label.
    """
    elements = {thing.reference: thing for thing in pdf.objects if isinstance(thing, pydyf.Dictionary)}
    for item in [element for element in elements.values() if element.get("S") == "/LI"]:
        kids = [elements[reference] for reference in item["K"]]
        if all(kid.get("S") in LIST_ITEM_PARTS for kid in kids):
            continue
        body = pydyf.Dictionary(
            {"Type": "/StructElem", "S": "/LBody", "K": pydyf.Array(), "Pg": item["Pg"], "P": item.reference}
        )
        pdf.add_object(body)
        item["K"] = pydyf.Array()
        for kid in kids:
            if kid.get("S") == "/Lbl":
                item["K"].append(kid.reference)
                continue
            if kid.get("S") == "/LBody":
                # WeasyPrint's own body holds only the words before the first paragraph.
                kid["S"] = "/Div"
            kid["P"] = body.reference
            body["K"].append(kid.reference)
        item["K"].append(body.reference)


def relate_attachments(_document: Any, pdf: Any) -> None:
    """Say that the files in the PDF are the data it was made from, as ISO 32000-2 (7.11.3) has it."""
    files = [
        thing for thing in pdf.objects if isinstance(thing, pydyf.Dictionary) and thing.get("Type") == "/Filespec"
    ]
    for file in files:
        file["AFRelationship"] = "/Data"
    if files:
        pdf.catalog["AF"] = pydyf.Array([file.reference for file in files])


def _is_link_itself(box: Any) -> bool:
    return str(box.element_tag).partition(":")[0] == "a"
