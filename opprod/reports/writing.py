"""From what people wrote, plain or in Markdown, to blocks. Figures quoted as ``[[key]]`` are put in here."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from markdown_it.token import Token

from opprod.projects import quoting
from opprod.reports.blocks import Block, Bullets, Heading, Item, Label, Paragraph, Span, Spans
from opprod.reports.evidence import Evidence
from opprod.reports.facts import Figure, Figures, SectionText, StatementFacts, StatementKind, StrandFacts, Wording
from opprod.reports.marking import Ground, marked, marked_blocks
from opprod.reports.promises import Promise
from opprod.reports.wordings import grouped, key_of
from opprod.web.markdown import tokens

LEVELS = {"h3": 1, "h4": 2}
CITES = "#"  # [[support#2]] stands for the number of that section's second numbered paragraph


def narrative_blocks(text: SectionText, figures: Figures, *, numbered: bool = True) -> tuple[Block, ...]:
    """Return the blocks of what a section's editor wrote, its figures marked and its paragraphs numbered unless told.

    Neither headings nor paragraphs in lists are numbered.
    """
    return marked_blocks(markdown_blocks(text.narrative, figures, numbered=numbered), text)


def markdown_blocks(text: str, figures: Figures, *, numbered: bool) -> tuple[Block, ...]:
    """Return a narrative's blocks; ``numbered`` gives its own paragraphs, but none in lists, a number each."""
    found = _blocks(_Reader(tokens(text)), figures, until=None)
    return tuple(replace(b, numbered=True) if numbered and isinstance(b, Paragraph) else b for b in found)


def plain_spans(text: str, figures: Figures) -> Spans:
    """Return text that is not Markdown, its line breaks kept."""
    return tuple(_with_breaks(text, figures))


def statement_list(strand: StrandFacts, *kinds: StatementKind, text: SectionText) -> tuple[Block, ...]:
    """Return what a strand says of these kinds as a list, and a list under its name for each group the editor made.

    What the editor left out is not in it, and what they worded anew is in those words; nothing for none.
    """
    found: list[Block] = []
    for name, members in grouped(strand, strand.said(*kinds), text).items():
        found += [Label(name)] if name else []
        found.append(Bullets(tuple(_statement(strand, statement, wording, text) for statement, wording in members)))
    return tuple(found)


def _statement(strand: StrandFacts, statement: StatementFacts, wording: Wording, text: SectionText) -> Item:
    figures = {figure.key: figure for figure in (*statement.figures, *wording.figures)}
    spans = plain_spans(wording.text or statement.text, figures)
    what = f"{strand.name}, {statement.kind.replace('-', ' ')}"
    return Item(
        (Paragraph(marked(spans, text, what=what, ground=_ground(strand, statement, what))),),
        outcome=statement.outcome,
        illustrative=statement.illustrative,
        promise=_promise(statement, wording, spans),
        reworded=wording.text is not None,
    )


def _promise(statement: StatementFacts, wording: Wording, spans: Spans) -> Promise | None:
    """What is promised, in the words that the Board reads."""
    if statement.promise is None or wording.text is None:
        return statement.promise
    return replace(statement.promise, text="".join(span.text for span in spans))


def _ground(strand: StrandFacts, statement: StatementFacts, what: str) -> Ground | None:
    """What the figures in a statement's own words rest on, where its update says so."""
    if statement.source is None:
        return None
    evidence = Evidence(
        key=f"statement:{key_of(strand.id, statement.kind, statement.text)}",
        kind="statement",
        what=what,
        said="",
        source=statement.source,
        provenance=strand.provenance,
        record=strand.record,
    )
    return Ground.of(evidence, statement.text)


@dataclass(slots=True)
class _Reader:
    """Tokens, taken one by one."""

    tokens: list[Token]
    place: int = 0

    def take(self) -> Token | None:
        """Return the next token; None at the end."""
        self.place += 1
        return self.tokens[self.place - 1] if self.place <= len(self.tokens) else None


def _blocks(reader: _Reader, figures: Figures, *, until: str | None) -> Iterator[Block]:
    while (token := reader.take()) is not None and token.type != until:
        match token.type:
            case "paragraph_open":
                yield Paragraph(_inline(reader, figures))
            case "heading_open":
                yield Heading(_inline(reader, figures), LEVELS[token.tag])
            case "bullet_list_open":
                yield Bullets(tuple(_items(reader, figures, until="bullet_list_close")))
            case "ordered_list_open":
                start = int(token.attrs.get("start", 1))
                yield Bullets(tuple(_items(reader, figures, until="ordered_list_close")), start)


def _items(reader: _Reader, figures: Figures, *, until: str) -> Iterator[Item]:
    while (token := reader.take()) is not None and token.type != until:
        yield Item(tuple(map(_within_item, _blocks(reader, figures, until="list_item_close"))))


def _within_item(block: Block) -> Block:
    """A heading in a list would stand in no outline: it becomes a line in bold."""
    if isinstance(block, Heading):
        return Paragraph(tuple(replace(span, strong=True) for span in block.spans))
    return block


def _inline(reader: _Reader, figures: Figures) -> Spans:
    """Read the inline token of a paragraph or heading, and its closing token."""
    token = reader.take()
    reader.take()
    children = token.children if token is not None else None
    return tuple(_spans(children or [], figures))


def _spans(children: list[Token], figures: Figures) -> Iterator[Span]:
    style = Span("")
    links: list[str] = []
    strong = emphasis = 0
    for child in children:
        match child.type:
            case "strong_open" | "strong_close":
                strong += child.nesting
            case "em_open" | "em_close":
                emphasis += child.nesting
            case "link_open":
                links.append(str(child.attrs["href"]))
            case "link_close":
                links.pop()
            case "softbreak":
                yield replace(style, text=" ")
            case "hardbreak":
                yield replace(style, text="\n")
            case _:
                for span in _with_figures(child.content, figures):
                    yield replace(span, strong=style.strong, emphasis=style.emphasis, href=style.href)
        style = Span("", strong > 0, emphasis > 0, links[-1] if links else None)


def _with_breaks(text: str, figures: Figures) -> Iterator[Span]:
    for number, line in enumerate(text.split("\n")):
        if number:
            yield Span("\n")
        yield from _with_figures(line, figures)


def _with_figures(text: str, figures: Figures) -> Iterator[Span]:
    for piece, is_key in quoting.parts(text):
        if is_key and CITES in piece:
            yield Span(f"[[{piece}]]", cites=piece)
        else:
            yield _figure(piece, figures.get(piece)) if is_key else Span(piece)


def _figure(key: str, figure: Figure | None) -> Span:
    if figure is None:
        return Span(f"[[{key}]]")
    evidence = _reading(figure)
    return Span(figure.said or quoting.NO_READING, measure=key, illustrative=figure.illustrative, evidence=evidence)


def _reading(figure: Figure) -> Evidence | None:
    if figure.said is None:
        return None
    return Evidence(
        key=f"reading:{figure.reading_id or figure.key}",
        kind="reading",
        what=figure.name,
        said=figure.said,
        on=figure.effective_on,
        source=figure.source,
        provenance=figure.provenance,
        record=f"/measures/{figure.key}",
        illustrative=figure.illustrative,
    )
