"""The pages of STPs and trusts."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask

from opprod import create_app
from opprod.accounts import Role
from opprod.config import Settings
from opprod.core import clock
from opprod.core.regions import Region
from opprod.db import db, unit_of_work
from tests.builders.plans import an_stp
from tests.client import Client
from tests.conftest import TODAY
from tests.statements import statements

SignIn = Callable[..., Client]


@pytest.fixture
def viewer(signed_in: SignIn) -> Client:
    """Someone who may only look."""
    return signed_in(Role.VIEWER)


def codes(page: str) -> list[str]:
    """The codes of the trusts that a page links to, in order."""
    return re.findall(r'href="/trusts/(\w+)', page)


def before_history(page: str) -> str:
    """A page without its panel of changes, which tells of names recorded for days to come."""
    return page.partition("app-history")[0]


def count_of(page: str) -> str:
    """What the list's caption says there are."""
    found = re.search(r"<caption[^>]*>([^<]+)</caption>", page)
    assert found
    return found.group(1)


def test_trusts_are_listed_by_name_a_page_at_a_time(viewer: Client) -> None:
    first = viewer.get("/trusts").text
    assert count_of(first) == "238 trusts"
    assert codes(first)[:2] == ["RTQ", "RTV"]
    last = viewer.get("/trusts?page=10").text
    assert len(codes(last)) == 13
    assert viewer.get("/trusts?page=11").status_code == 404

    seen = [code for page in range(1, 11) for code in codes(viewer.get(f"/trusts?page={page}").text)]
    assert len(seen) == len(set(seen)) == 238


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=alder hey children’s", ["RBS"]),
        ("q=rtv", ["RTV"]),
        ("q=TRUST worcestershire health", ["R1A"]),
        ("q=north west boroughs", []),
        ("q=alder&region=south", []),
        ("type=ambulance&region=london", ["RRU"]),
        ("stp=2", ["RNN", "RNL"]),
    ],
)
def test_search_and_filters_narrow_the_list(viewer: Client, query: str, expected: list[str]) -> None:
    page = viewer.get(f"/trusts?{query}").text
    assert codes(page) == expected
    assert ("No trust fits" in page) is (not expected)


def test_filters_count_what_the_reference_data_holds(viewer: Client) -> None:
    expected = {
        "type=acute": 136,
        "type=acute+specialist": 18,
        "region=north": 74,
        "region=midlands-and-east": 73,
        "region=london": 36,
        "region=south": 55,
        "stp=0": 13,
        "stp=0&type=ambulance": 10,
        "stp=8": 19,
    }
    for query, count in expected.items():
        assert count_of(viewer.get(f"/trusts?{query}").text) == f"{count} trusts", query


def test_filters_go_along_to_the_next_page(viewer: Client) -> None:
    page = viewer.get("/trusts?type=acute&region=north&as_at=2016-09-01").text
    assert '/trusts?type=acute&amp;region=north&amp;as_at=2016-09-01&amp;page=2"' in page


@pytest.mark.parametrize(
    "text", ["%", "_", "\\", "'; DROP TABLE trust; --", "<script>alert(1)</script>", "\u202eevil", "a\x00b", "’"]
)
def test_hostile_search_text_finds_nothing_and_is_shown_as_text(viewer: Client, text: str) -> None:
    answer = viewer.get(f"/trusts?q={quote(text)}")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    if text.isprintable() and text != "’":
        assert codes(answer.text) == []


def test_search_text_of_many_words_is_refused_at_its_field(viewer: Client) -> None:
    answer = viewer.get("/trusts?q=" + "a+" * 1500)
    assert answer.status_code == 200
    assert "Name or code must be 100 characters or fewer" in answer.text
    assert count_of(answer.text) == "238 trusts"


@pytest.mark.parametrize("query", ["region=nowhere", "type=hospital", "stp=99", "stp=x"])
def test_a_filter_that_is_no_choice_says_so(viewer: Client, query: str) -> None:
    answer = viewer.get(f"/trusts?{query}")
    assert answer.status_code == 200
    assert "must be one of the choices shown" in answer.text


def test_a_trust_shows_its_facts_its_doubts_and_its_history(viewer: Client) -> None:
    page = viewer.get("/trusts/TAE").text
    assert "<h1>Manchester Mental Health and Social Care Trust</h1>" in page
    assert "ERIC calls it a care trust" in page
    assert page.count("To be confirmed") == 2
    assert "Medium confidence" in page
    assert "Reference data loaded" in page
    assert "Not recorded" in page  # the head office
    assert '<a href="/stps/7">Greater Manchester</a>' in page

    sure = viewer.get("/trusts/R1H").text
    assert "To be confirmed" not in sure
    assert '<a href="/audit' not in sure

    assert "A regional service across several footprints, so in none" in viewer.get("/trusts/RRU").text
    assert "ODS, ERIC and CQC all say NHS trust" in viewer.get("/trusts/RT5").text


def test_a_code_in_small_letters_leads_to_the_trust_on_the_same_day(viewer: Client) -> None:
    answer = viewer.get("/trusts/r1a?as_at=2016-09-01&_external=1")
    assert (answer.status_code, answer.location) == (302, "/trusts/R1A?as_at=2016-09-01")
    assert viewer.get("/trusts/r1a").location == "/trusts/R1A"


@pytest.mark.parametrize("path", ["/trusts/ZZZ", "/trusts/<b>x", "/stps/0", "/stps/45", "/stps/99999999999999999999"])
def test_what_is_not_there_is_not_found(viewer: Client, path: str) -> None:
    assert viewer.get(path, follow_redirects=True).status_code == 404


def test_names_are_those_of_the_day_shown(settings: Settings, signed_in: SignIn) -> None:
    viewer = signed_in(Role.VIEWER)
    now = viewer.get("/trusts/RTV").text
    assert "<h1>5 Boroughs Partnership NHS Foundation Trust</h1>" in now
    assert "North West Boroughs" not in before_history(now)
    assert viewer.get("/trusts/RTV?as_at=2017-04-01").status_code == 400

    later = Settings(data_dir=settings.data_dir, database_url=settings.database_url, today=date(2017, 5, 1))
    app = create_app(later)
    app.test_client_class = Client
    client: Any = app.test_client()
    cookie = viewer.get_cookie("opprod")
    assert cookie
    client.set_cookie("opprod", cookie.value)
    page = client.get("/trusts/RTV").text
    assert "<h1>North West Boroughs Healthcare NHS Foundation Trust</h1>" in page
    assert "5 Boroughs Partnership NHS Foundation Trust" in page  # among its names
    assert codes(client.get("/trusts?q=north+west+boroughs").text) == ["RTV"]
    assert "<h1>Humber, Coast and Vale</h1>" in client.get("/stps/6").text

    before = client.get("/trusts/RTV?as_at=2017-03-31").text
    assert "<h1>5 Boroughs Partnership NHS Foundation Trust</h1>" in before
    assert "North West Boroughs" not in before_history(before)
    assert "As at 31 March 2017" in before
    assert codes(client.get("/trusts?q=north+west+boroughs&as_at=2017-03-31").text) == []
    assert "<h1>Coast, Humber and Vale</h1>" in client.get("/stps/6?as_at=2017-03-31").text
    with app.app_context():
        db.engine.dispose()


def test_a_day_before_any_name_is_known_shows_codes_and_numbers(viewer: Client) -> None:
    assert "<h1>Trust RTV</h1>" in viewer.get("/trusts/RTV?as_at=2016-01-01").text
    page = viewer.get("/stps/6?as_at=2016-01-01").text
    assert "<h1>STP 6</h1>" in page
    assert "No name is known on this day or before it" in page
    assert viewer.get("/trusts?as_at=2016-01-01").status_code == 200
    assert viewer.get("/stps?as_at=2016-01-01").status_code == 200


def test_stps_are_listed_by_region(viewer: Client) -> None:
    page = viewer.get("/stps").text
    for region in ("North: 9 STPs", "Midlands and East: 17 STPs", "London: 5 STPs", "South: 13 STPs"):
        assert region in page
    assert page.count("Not recorded") == 27
    assert len(re.findall(r'href="/stps/\d+"', page)) == 44

    london = viewer.get("/stps?region=london").text
    assert re.findall(r'href="/stps/(\d+)"', london) == ["27", "28", "29", "30", "31"]
    assert "must be one of the choices shown" in viewer.get("/stps?region=wales").text


def test_more_stps_than_there_are_come_a_page_at_a_time_each_region_with_all_it_has(
    app: Flask, viewer: Client
) -> None:
    with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
        for _ in range(10):
            an_stp(Region.LONDON)
    first, second = viewer.get("/stps").text, viewer.get("/stps?page=2").text
    assert len(re.findall(r'href="/stps/\d+"', first)) == 50
    assert len(re.findall(r'href="/stps/\d+"', second)) == 4
    assert "London: 15 STPs" in first
    assert "South: 13 STPs" in first
    assert "South: 13 STPs" in second
    assert viewer.get("/stps?page=3").status_code == 404


def test_trusts_are_narrowed_to_stps_that_have_some(app: Flask, viewer: Client) -> None:
    with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
        an_stp(name="Footprint without trusts")
    page = viewer.get("/trusts").text
    assert "Footprint without trusts" not in page
    assert len(re.findall(r'<option value="\d+"', page)) == 45


def test_an_stp_shows_its_facts_and_its_trusts(viewer: Client) -> None:
    page = viewer.get("/stps/1").text
    assert "<h1>Northumberland, Tyne and Wear</h1>" in page
    assert "1,680,083" in page
    assert "without prisoners, summed over the STP boundaries of April 2017" in page
    assert page.count("To be confirmed") >= 2  # its number and its lead
    assert count_of(page) == "6 trusts"
    assert "Not recorded" in viewer.get("/stps/10").text


def test_administrators_are_led_to_the_whole_trail_of_a_record(signed_in: SignIn) -> None:
    page = signed_in(Role.ADMINISTRATOR).get("/trusts/R1A").text
    assert 'href="/audit?kind=trust&amp;record=' in page


def test_a_page_costs_the_same_statements_however_many_rows(app: Flask, viewer: Client) -> None:
    for few, many in (
        ("/trusts?region=london&type=ambulance", "/trusts"),
        ("/stps?region=london", "/stps"),
        ("/stps/34", "/stps/8"),
    ):
        viewer.get(few)  # what is made ready once
        with statements(app) as for_few:
            viewer.get(few)
        with statements(app) as for_many:
            viewer.get(many)
        assert len(for_few) == len(for_many) <= 15, many
