"""Lists in pages, from the database."""

import pytest
from sqlalchemy import event, select
from werkzeug.exceptions import NotFound

from opprod.accounts import User
from opprod.db import db
from opprod.web.paging import paginate, paginate_rows
from tests.builders.accounts import a_user


@pytest.mark.usefixtures("programme")
def test_a_page_of_many_costs_two_statements() -> None:
    people = [a_user() for _ in range(7)]
    db.session.flush()
    statement = select(User).where(User.id.in_([user.id for user in people])).order_by(User.id)
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    page = paginate(db.session(), statement, number=2, size=3)
    event.remove(db.engine, "before_cursor_execute", note)

    assert [user.id for user in page.items] == sorted(user.id for user in people)[3:6]
    assert (page.total, page.pages, page.first, page.last) == (7, 3, 4, 6)
    assert len(statements) == 2


@pytest.mark.usefixtures("programme")
def test_rows_of_several_columns_are_paged_too() -> None:
    emails = sorted(a_user().email for _ in range(3))
    db.session.flush()
    statement = select(User.email, User.name).where(User.email.in_(emails)).order_by(User.email)
    page = paginate_rows(db.session(), statement, number=2, size=2)
    assert [row.email for row in page.items] == emails[2:]


@pytest.mark.usefixtures("programme")
def test_the_first_page_of_nothing_is_empty_and_there_is_no_second() -> None:
    nobody = select(User).where(User.email == "nobody@test.example")
    assert paginate(db.session(), nobody, number=1).items == []
    with pytest.raises(NotFound):
        paginate(db.session(), nobody, number=2)
