"""Marking the figures in people's own words with what they rest on, or as resting on nothing yet."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from opprod.reports.blocks import Block, Span, Spans
from opprod.reports.claims import Found, anchor, find
from opprod.reports.evidence import Evidence, Provenance
from opprod.reports.facts import Claim, SectionText
from opprod.reports.walking import mapped_texts


@dataclass(frozen=True, slots=True)
class Ground:
    """A source that some of a text's figures have already: ``covers`` are those, as they are said there."""

    evidence: Evidence
    covers: frozenset[str]

    @classmethod
    def of(cls, evidence: Evidence, original: str) -> "Ground":
        """The ground of the figures that a text has, whatever is made of its other words."""
        return cls(evidence, frozenset(_comparable(found) for found in find(original)))


def marked_blocks(blocks: Iterable[Block], text: SectionText, *, what: str | None = None) -> tuple[Block, ...]:
    """Mark every figure that a section's writers state in these blocks; ``what`` names their text in the annex."""
    named = what or f"Text of the section “{text.title}”"
    return mapped_texts(blocks, lambda spans: marked(spans, text, what=named))


def marked(spans: Spans, text: SectionText, *, what: str, ground: Ground | None = None) -> Spans:
    """Mark the figures in the words of one paragraph.

    A figure has the source that the paper gives it; failing that its ``ground``, where there is one that covers it;
    failing that it is unsourced. Quoted readings have their evidence already.
    """
    found = find("".join(map(_as_written, spans)))
    if not found:
        return spans
    evidence = _evidence(found, text.claims, what, ground)
    return tuple(_cut(spans, [(one, _mark(one, evidence.get(one.key), text)) for one in found]))


def _as_written(span: Span) -> str:
    """What a writer typed: a sentence stays the same when a measure it quotes has a new reading."""
    return f"[[{span.measure}]]" if span.measure else span.text


def _comparable(found: Found) -> str:
    return found.said.lower()


def _evidence(
    found: Sequence[Found], claims: Mapping[str, Claim], what: str, ground: Ground | None
) -> dict[str, Evidence]:
    """What each figure rests on, by its key; figures of one paragraph that rest on the same thing share it."""
    groups: dict[object, list[Found]] = {}
    for one in found:
        claim = claims.get(one.key)
        if claim is not None:
            groups.setdefault((claim.source, claim.by, claim.at), []).append(one)
        elif ground is not None and _comparable(one) in ground.covers:
            groups.setdefault(None, []).append(one)
    evidence: dict[str, Evidence] = {}
    for shared, members in groups.items():
        said = ", ".join(dict.fromkeys(one.said for one in members))
        if shared is None and ground is not None:
            rests_on = replace(ground.evidence, said=said)
        else:
            rests_on = _of_claim(claims[members[0].key], members, what, said)
        evidence |= {one.key: rests_on for one in members}
    return evidence


def _of_claim(claim: Claim, members: Iterable[Found], what: str, said: str) -> Evidence:
    return Evidence(
        key=" ".join(anchor(one.key) for one in members),
        kind="accepted" if claim.source is None else "statement",
        what=what,
        said=said,
        source=claim.source,
        provenance=Provenance(recorded_by=claim.by, recorded_at=claim.at),
        record=claim.record,
    )


def _mark(found: Found, evidence: Evidence | None, text: SectionText) -> Span:
    """What is to be known of a figure, as a span without words."""
    if evidence is not None:
        return Span("", evidence=evidence)
    record = f"{text.evidence_page}#{anchor(found.key)}" if text.evidence_page else None
    return Span("", unsourced=found.key, record=record)


def _cut(spans: Spans, marks: Sequence[tuple[Found, Span]]) -> Iterator[Span]:
    """Yield the spans, cut so that each figure is one or more of its own."""
    at = 0
    for span in spans:
        if span.measure:
            yield span
        else:
            yield from _pieces(span, at, marks)
        at += len(_as_written(span))


def _pieces(span: Span, begin: int, marks: Sequence[tuple[Found, Span]]) -> Iterator[Span]:
    at, until = begin, begin + len(span.text)
    for found, mark in marks:
        start, end = max(found.start, at), min(found.end, until)
        if start >= end:
            continue
        if start > at:
            yield replace(span, text=span.text[at - begin : start - begin])
        said = span.text[start - begin : end - begin]
        yield replace(span, text=said, evidence=mark.evidence, unsourced=mark.unsourced, record=mark.record)
        at = end
    if at < until or not span.text:
        yield replace(span, text=span.text[at - begin :])
