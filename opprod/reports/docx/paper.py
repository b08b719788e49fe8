"""A paper's content to the bytes of a Word document."""

from datetime import datetime, time
from io import BytesIO

from docx import Document
from docx.document import Document as DocumentType
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.shared import Mm

from opprod.charts.svg import legal
from opprod.reports.composition import PaperContent
from opprod.reports.docx.blocks import block_elements
from opprod.reports.docx.cover import cover_elements, head_and_foot
from opprod.reports.docx.draft import Draft
from opprod.reports.docx.markup import paragraph, run, w
from opprod.reports.docx.numbering import Numbering
from opprod.reports.docx.packing import packed
from opprod.resources import PACKAGE_DIR
from opprod.web.presenters import day

STYLES = PACKAGE_DIR / "reports" / "docx" / "styles.xml"
LANGUAGE = "en-GB"
# What the library's template has besides, of which this document has no use.
UNUSED = {
    RELATIONSHIP_TYPE.CUSTOM_XML,
    RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
    RELATIONSHIP_TYPE.FONT_TABLE,
    RELATIONSHIP_TYPE.THUMBNAIL,
    RELATIONSHIP_TYPE.WEB_SETTINGS,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
}
WORD_2013 = "15"  # the least that does not open in a compatibility mode
LONGEST_PROPERTY = 255


def paper_docx(content: PaperContent) -> bytes:
    """Return the paper as a Word document that says what its HTML says; equal contents give equal bytes."""
    document = Document()
    _set_up(document, content)
    draft = Draft(document.part, Numbering.begun(document.part.numbering_part.element))
    body = document.element.body
    end = body[-1]
    for element in cover_elements(content, draft):
        end.addprevious(element)
    for section in content.all_sections:
        heading = draft.bookmarked(f"section-{section.key}", run(section.title))
        end.addprevious(paragraph("Heading1", *heading))
        for element in block_elements(section.blocks, draft):
            end.addprevious(element)
    written = BytesIO()
    document.save(written)
    return packed(written.getvalue())


def _set_up(document: DocumentType, content: PaperContent) -> None:
    styles = document.styles.element
    for child in list(styles):
        styles.remove(child)
    styles.extend(list(parse_xml(STYLES.read_bytes())))
    _settings(document)
    _properties(document, content)
    (section,) = document.sections
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = Mm(20)
    section.bottom_margin = Mm(24)
    section.header_distance = section.footer_distance = Mm(10)
    head_and_foot(section, content.cover)


def _settings(document: DocumentType) -> None:
    """Put this document's settings in place of the template's, and leave out what it has no use for."""
    settings = document.settings.element
    for child in list(settings):
        settings.remove(child)
    mode = w("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=WORD_2013)
    settings.extend(
        [
            w("defaultTabStop", val=720),
            w("compat", mode),
            w("themeFontLang", val=LANGUAGE),
            w("decimalSymbol", val="."),
        ]
    )
    for relationships in (document.part.package.rels, document.part.rels):
        for key in [key for key, one in relationships.items() if one.reltype in UNUSED]:
            del relationships[key]


def _properties(document: DocumentType, content: PaperContent) -> None:
    cover, properties = content.cover, document.core_properties
    made_on = content.issued.on if content.issued else content.as_at
    properties.title = _property(f"{cover.report_on}, {cover.reference}")
    properties.subject = _property(f"Board paper {cover.reference} for {day(cover.meeting_on)}")
    properties.author = properties.last_modified_by = _property(cover.author_name)
    properties.comments = ""
    properties.language = LANGUAGE
    properties.revision = 1
    properties.created = properties.modified = datetime.combine(made_on, time())


def _property(words: str) -> str:
    return legal(words)[:LONGEST_PROPERTY]
