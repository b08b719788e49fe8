"""HTML documents as the paper's template makes them."""

ACHIEVEMENT = "The directorate can support other central directorates and regional teams, for example by sharing."
FOOTER = """
@page {
  size: A4; margin: 20mm 18mm 22mm;
  @bottom-left { content: "Agenda item: 09  Ref: BM/16/89" }
  @bottom-right { content: "Page " counter(page) " of " counter(pages) }
}
html { font: 11pt/1.35 "Liberation Sans" }
table { width: 100%; table-layout: fixed; border-collapse: collapse }
th, td { border: 0.5pt solid; padding: 2mm; vertical-align: top; text-align: left }
li { break-inside: avoid }
"""


def document(body: str, *, css: str = "", head: str = "<title>Board paper</title>", lang: str = "en-GB") -> str:
    """Return a whole document about the body."""
    return f'<!doctype html><html lang="{lang}"><head>{head}<style>{css}</style></head><body>{body}</body></html>'


def paper(*, rows: int = 12) -> str:
    """Return a document with what a Board paper has: headings, numbered paragraphs, a long table, a footer."""
    statements = f"<ul><li>{ACHIEVEMENT}</li><li>{ACHIEVEMENT}</li><li>{ACHIEVEMENT}</li></ul>"
    row = f'<tr><th scope="row">Finance</th><td>{statements}</td><td>{statements}</td></tr>'
    return document(
        f"""
        <h1>Operational Productivity Directorate</h1>
        <h2>Introduction</h2><p>1. This paper contains an update.</p>
        <h2>Establishment of the directorate</h2>
        <table><thead><tr><th scope="col">Workstream</th><th scope="col">Key achievements</th>
        <th scope="col">Next steps</th></tr></thead><tbody>{row * rows}</tbody></table>
        <h2>Support offering</h2><p>See <a href="https://example.org/">the portal</a>.</p>
        """,
        css=FOOTER,
        head="<title>Implementing the Carter review</title>",
    )
