"""Whether what a narrative quotes is there to be quoted."""

from opprod.core.errors import InvalidInput
from opprod.projects.queries.statements import check_quotations
from opprod.projects.quoting import parts
from opprod.reports.sections import SECTIONS
from opprod.reports.writing import CITES


def check_narrative(narrative: str) -> None:
    """Raise ``InvalidInput`` naming the first quotation of a measure, or citation of a section, that there is not."""
    quoted = [piece for piece, is_key in parts(narrative) if is_key]
    for citation in (piece for piece in quoted if CITES in piece):
        key, _, place = citation.partition(CITES)
        if key not in SECTIONS or not place.isdecimal() or int(place) < 1:
            raise InvalidInput(
                f"[[{citation}]] cites no paragraph: write a section’s key and the place of the paragraph in it, "
                "such as [[support#2]]",
                field="narrative",
            )
    try:
        check_quotations(f"[[{piece}]]" for piece in quoted if CITES not in piece)
    except InvalidInput as error:
        raise InvalidInput(error.message, field="narrative") from error
