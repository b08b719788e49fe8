"""Forms: what is accepted, what is refused in which words, and that nothing typed is lost."""

from datetime import date
from typing import Any

import pytest
import wtforms
from flask import Flask
from werkzeug.datastructures import FileStorage, MultiDict

from opprod.core.errors import InvalidInput
from opprod.web.forms import (
    BaseForm,
    CheckboxesField,
    DayField,
    FileField,
    FormField,
    IntegerField,
    QuantityField,
    SelectField,
    StringField,
    SubForm,
    TextAreaField,
    add_error,
    form_errors,
    max_length,
    min_length,
    required,
)
from tests.builders.gallery import EverythingForm
from tests.client import Client

GOOD = {"rag": "red", "title": "Lease"}


class AddressForm(SubForm):
    street = StringField("Street", [required("Enter the street"), max_length(50)])

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields, then the whole."""
        good: bool = super().validate(extra_validators)
        self.form_errors = ["The address is not known"]
        return good and False


class ChoicesForm(BaseForm):
    owner = SelectField("Owner", [required("Choose an owner")], choices=[(1, "Finance lead")], coerce=int)
    regions = CheckboxesField("Regions", choices=[(1, "North"), (2, "London")], coerce=int)
    spreadsheet = FileField("Spreadsheet", [required("Choose a file")])
    address = FormField(AddressForm, "Address")


class PurposeForm(BaseForm):
    purpose = TextAreaField("Purpose (optional)", [max_length(500)])
    code = StringField("Code", [required("Enter the code"), min_length(3), max_length(5)])
    starts = DayField("Start day", [required("Enter the start day")])
    posts = IntegerField("Posts", smallest=1, largest=50)
    saving = QuantityField("Saving", unit="GBP")


def submitted(form_class: type[BaseForm], app: Flask, **values: Any) -> Any:
    with app.test_request_context("/", method="POST"):
        form = form_class(formdata=MultiDict(values), meta={"csrf": False})
        form.validate()
        return form


def messages(form: Any) -> dict[str, list[str]]:
    return {name: list(found) for name, found in form.errors.items()}


def test_good_values_come_out_as_what_they_are(app: Flask) -> None:
    form = submitted(
        PurposeForm,
        app,
        purpose="  One\r\ntwo ",
        code="ABC",
        starts="29 Sep 2016",
        posts="1,0",
        saving="£18-20m",
    )
    assert messages(form) == {}
    assert (form.purpose.data, form.code.data, form.starts.data) == ("One\ntwo", "ABC", date(2016, 9, 29))
    assert form.posts.data == 10
    assert (form.saving.data.low, form.saving.data.high) == (18_000_000, 20_000_000)


def test_what_may_be_left_empty_may(app: Flask) -> None:
    form = submitted(PurposeForm, app, purpose="", code="ABC", starts="1/9/2016", posts=" ", saving="")
    assert messages(form) == {}
    assert (form.purpose.data, form.posts.data, form.saving.data) == ("", None, None)


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("purpose", "x" * 512, "Purpose must be 500 characters or fewer; you have 512"),
        ("code", " \u200b ", "Enter the code"),
        ("code", "ab", "Code must be 3 characters or more"),
        ("starts", "", "Enter the start day"),
        ("starts", "31/2/2016", "Start day must be a real day, like 29 September 2016 or 29/9/2016"),
        ("posts", "ten", "Posts must be a whole number, like 12"),
        ("posts", "²", "Posts must be a whole number, like 12"),
        ("posts", "9" * 5000, "Posts must be a whole number, like 12"),
        ("posts", "0", "Posts must be between 1 and 50"),
    ],
)
def test_each_refusal_names_the_field_and_says_what_to_do(app: Flask, field: str, typed: str, message: str) -> None:
    form = submitted(PurposeForm, app, **{"code": "ABC", "starts": "1/9/2016", field: typed})
    assert messages(form) == {field: [message]}


def test_a_value_in_the_wrong_unit_is_refused_in_the_words_of_quantities(app: Flask) -> None:
    form = submitted(PurposeForm, app, code="ABC", starts="1/9/2016", saving="40%")
    assert len(messages(form)["saving"]) == 1
    assert form.saving._value() == "40%"


def test_a_length_counts_a_line_break_once_however_the_browser_sends_it(app: Flask) -> None:
    form = submitted(PurposeForm, app, purpose="\r\n".join("x" * 250), code="ABC", starts="1/9/2016")
    assert messages(form) == {}


def test_characters_that_cannot_be_kept_are_reported_and_gone_from_the_page(app: Flask) -> None:
    form = submitted(PurposeForm, app, purpose="bef\x00ore", code="ABC", starts="1/9/2016")
    assert messages(form)["purpose"][0].startswith("Purpose had characters that cannot be kept")
    assert form.purpose._value() == "before"


def test_a_password_is_left_as_typed_and_never_sent_back(gallery: Client) -> None:
    page = gallery.send("/gallery/form", {"password": " hunter2 "}).text
    assert "hunter2" not in page


def test_a_choice_that_was_not_offered_is_refused(gallery: Client) -> None:
    answer = gallery.send("/gallery/form", {**GOOD, "region": "x", "regions": ["n", "x"]})
    assert answer.status_code == 422
    assert "Region must be one of the choices shown" in answer.text
    assert "Regions told must be one of the choices shown" in answer.text


def test_choices_in_groups_start_with_the_blank_one(gallery: Client) -> None:
    page = gallery.get("/gallery/form").text
    assert (
        '<option value="" selected>All</option>'
        '<optgroup label="Outside London"><option value="n">North</option></optgroup>'
    ) in page


def test_a_refused_form_comes_back_as_an_error_page_with_all_that_was_typed(gallery: Client) -> None:
    typed = {
        "title": "x" * 61,
        "takes_effect": "tomorrow-ish",
        "saving": "lots",
        "posts": "many",
        "email": "not an address",
        "regions": ["l"],
        "confirmed": "y",
        "statements-0-kind": "achievement",
        "statements-0-text": "Opened <b>",
        "statements-1-text": "",
        "statements-1-due": "32/1/2016",
    }
    answer = gallery.send("/gallery/form", typed)
    page = answer.text
    assert answer.status_code == 422
    assert "<title>Error: Update" in page
    for text in ("x" * 61, "tomorrow-ish", "lots", "many", "not an address", "Opened &lt;b&gt;", "32/1/2016"):
        assert text in page
    assert page.count(" checked") == 2


def test_the_error_summary_links_to_each_field_and_names_the_row(gallery: Client) -> None:
    page = gallery.send("/gallery/form", {"title": "Lease", "statements-0-kind": "step"}).text
    assert '<a href="#rag">Select a rating</a>' in page
    assert '<a href="#statements-0-text">Statement 1: enter what was done</a>' in page
    assert 'id="rag"' in page
    assert 'id="statements-0-text"' in page
    assert 'aria-describedby="statements-0-text-error" aria-invalid="true"' in page


def test_a_good_form_is_saved_and_says_so_on_the_next_page(gallery: Client) -> None:
    answer = gallery.send("/gallery/form", GOOD)
    assert (answer.status_code, answer.location) == (303, "/gallery/components")
    page = gallery.get("/gallery/components").text
    assert "Saved Lease" in page
    assert "nhsuk-notification-banner--success" in page
    assert "Saved Lease" not in gallery.get("/gallery/components").text


def test_a_service_s_refusal_shows_at_its_field_or_at_the_top(app: Flask) -> None:
    with app.test_request_context("/"):
        form = EverythingForm()
        add_error(form, InvalidInput("Choose another title", field="title"))
        add_error(form, InvalidInput("The round is closed"))
        found = [(error.message, error.field_id) for error in form_errors(form)]
    assert found == [("The round is closed", None), ("Choose another title", "title")]


def test_choices_that_are_numbers_come_out_as_numbers(app: Flask) -> None:
    form = submitted(ChoicesForm, app, owner="1", regions=["1", "2"])
    assert (form.owner.data, form.regions.data) == (1, [1, 2])


@pytest.mark.parametrize("sent", ["one", "9" * 5000, "²", "2"])
def test_what_is_no_number_or_not_offered_is_refused_alike(app: Flask, sent: str) -> None:
    found = messages(submitted(ChoicesForm, app, owner=sent, regions=["1", "x"]))
    assert found["owner"] == ["Owner must be one of the choices shown"]
    assert found["regions"] == ["Regions must be one of the choices shown"]


def test_nothing_chosen_and_no_file_are_asked_for(app: Flask) -> None:
    found = messages(submitted(ChoicesForm, app, owner="", spreadsheet=FileStorage(filename="")))
    assert found["owner"] == ["Choose an owner"]
    assert found["spreadsheet"] == ["Choose a file"]


def test_errors_of_a_form_within_a_form_are_in_the_summary(app: Flask) -> None:
    form = submitted(ChoicesForm, app)
    found = [(error.message, error.field_id) for error in form_errors(form)]
    assert ("The address is not known", "address") in found
    assert ("Enter the street", "address-street") in found


def test_a_text_field_without_a_length_is_not_let_into_a_form(app: Flask) -> None:
    class Careless(BaseForm):
        note = StringField("Note")

    class Foreign(BaseForm):
        note = wtforms.StringField("Note", [max_length(10)])

    with app.test_request_context("/"):
        with pytest.raises(TypeError, match="needs max_length"):
            Careless()
        with pytest.raises(TypeError, match=r"opprod\.web\.forms"):
            Foreign()
