import pytest

from opprod.reports.rendering.pdf import write_pdf
from opprod.reports.rendering.progress import progress_from
from tests.builders.documents import paper


def test_a_real_render_goes_forward_from_reading_to_the_end():
    messages: list[str] = []
    pdf = write_pdf(paper(), {}, messages.append)
    steps = [step for step in map(progress_from, messages) if step is not None]
    assert len(steps) == len(messages)
    assert steps[0].step == "Reading the document"
    assert steps[-1].percent > 90
    assert max(step.page or 0 for step in steps) == pdf.pages
    first_pass = [step.percent for step in steps if step.page is not None][: pdf.pages]
    assert first_pass == sorted(first_pass)


@pytest.mark.parametrize("page", [1, 10, 1000, 10**6])
def test_laying_out_stays_between_the_steps_around_it(page):
    progress = progress_from(f"Step 5 - Creating layout - Page {page}")
    assert progress is not None
    assert 20 <= progress.percent <= 80
    assert progress.step == f"Laying out page {page}"


def test_a_message_of_another_kind_is_not_progress():
    assert progress_from("Step 9 - Something new") is None
    assert progress_from("Hello") is None
